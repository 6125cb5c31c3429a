"""The scripts that change a cluster, with stand-ins for every tool: what they run, in which order, and what they say."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from rendering import CHART

ROOT = CHART.parent
SCRIPTS = ("minikube", "oke-deploy", "oke-destroy")
REAL = ("bash", "cat", "cut", "date", "dirname", "env", "git", "grep", "make", "mktemp", "openssl", "paste", "rm", "sort", "tr", "sed")
OKE = {"REGISTRY": "docker.io/you", "YES": "1"}

# Writes down how it was called, and answers as a cluster on OKE with two arm64 nodes would.
STAND_IN = r"""#!/bin/bash
echo "${0##*/} $*" >>"$CALLS"
case "${0##*/} $*" in
    "helm version"*) echo "${HELM_VERSION:-v4.3.1}" ;;
    "kubectl config current-context"*) [[ -z ${NO_CONTEXT:-} ]] && echo "${CURRENT:-oke-todo}" ;;
    "kubectl config view"*) echo https://203.0.113.7:6443 ;;
    "kubectl version"*) [[ -z ${AWAY:-} ]] ;;
    "kubectl get nodes"*) printf '%b' "${NODES-linux/arm64\nlinux/arm64\n}" ;;
    "kubectl get namespace"* | "kubectl get secret"*) [[ -n ${THERE:-} ]] ;;
    "kubectl get service"*nodePort*) echo 30123 ;;
    "kubectl get service"*spec.type*) echo "${TYPE:-LoadBalancer}" ;;
    "kubectl get service"*) echo 203.0.113.9 ;;
    "minikube ip"*) echo 192.168.49.2 ;;
    "minikube status"*) [[ -n ${STARTED:-} ]] ;;
    "docker image inspect"*) echo sha256:0123456789ab ;;
    "helm status"*) [[ -n ${THERE:-} ]] ;;
    "helm get values"*) [[ -z ${GET_FAILS:-} ]] && echo 'backup: {enabled: true}' ;;
    "helm upgrade"*)
        for file in "$@"; do [[ $file != /*.yaml ]] || sed 's/^/told: /' "$file" >>"$CALLS"; done
        [[ -z ${UPGRADE_FAILS:-} ]]
        ;;
    "docker push"*) [[ -z ${PUSH_FAILS:-} ]] ;;
esac
"""


@dataclass
class Outcome:
    code: int
    said: str
    calls: list[str]

    def calls_of(self, *words: str) -> list[str]:
        return [call for call in self.calls if call.startswith(words)]


@pytest.fixture
def script(tmp_path: Path):
    tools = tmp_path / "bin"
    tools.mkdir()

    def call(name: str, *arguments: str, missing: str = "", **environment: str) -> Outcome:
        for tool in REAL:
            found = next(Path(p, tool) for p in os.get_exec_path() if Path(p, tool).is_file())
            (tools / tool).unlink(missing_ok=True)
            (tools / tool).symlink_to(found)
        for tool in {"kubectl", "helm", "docker", "minikube"} - {missing}:
            (tools / tool).write_text(STAND_IN)
            (tools / tool).chmod(0o755)
        # `make images` would build for minutes.
        (tools / "make").unlink()
        (tools / "make").write_text(STAND_IN)
        (tools / "make").chmod(0o755)
        calls = tmp_path / "calls"
        calls.write_text("")
        given = {"PATH": str(tools), "HOME": str(tmp_path), "CALLS": str(calls), **environment}
        command = ["bash", CHART / "scripts" / f"{name}.sh", *arguments]
        result = subprocess.run(command, env=given, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return Outcome(result.returncode, result.stdout + result.stderr, calls.read_text().splitlines())

    return call


CHANGES = ("helm upgrade", "helm uninstall", "helm test", "docker push", "docker tag", "make", "minikube start",
           "minikube image", "kubectl create", "kubectl label", "kubectl apply", "kubectl delete", "kubectl config use")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_dry_run_changes_nothing_and_says_what_it_would_do(script, name: str) -> None:
    outcome = script(name, DRY_RUN="1", **OKE)
    assert outcome.code == 0, outcome.said
    assert outcome.calls_of(*CHANGES) == []
    assert re.search(r"^\+ helm (upgrade --install|uninstall) todo", outcome.said, re.MULTILINE)


@pytest.mark.parametrize(("name", "tool"), [("minikube", "minikube"), ("minikube", "kubectl"), ("minikube", "helm"),
                                            ("minikube", "docker"), ("oke-deploy", "kubectl"), ("oke-deploy", "helm"),
                                            ("oke-deploy", "docker"), ("oke-destroy", "kubectl"), ("oke-destroy", "helm")])
def test_a_missing_tool_is_named_with_where_to_get_it(script, name: str, tool: str) -> None:
    outcome = script(name, missing=tool, **OKE)
    assert outcome.code != 0
    assert f"{tool} is missing: " in outcome.said and "https://" in outcome.said
    assert outcome.calls_of(*CHANGES) == []


def test_deploying_goes_through_all_steps_in_order(script) -> None:
    outcome = script("oke-deploy", TAG="abc", **OKE)
    assert outcome.code == 0, outcome.said
    changes = [" ".join(call.split()[:2]) for call in outcome.calls_of(*CHANGES)]
    pushes = ["docker push", "docker tag", "docker push"]
    assert changes == ["make images", *pushes * 3, "kubectl create", "kubectl label", "kubectl create", "helm upgrade", "helm test"]
    assert "make images REGISTRY=docker.io/you TAG=abc PLATFORMS=linux/arm64" in outcome.calls
    [upgrade] = outcome.calls_of("helm upgrade")
    for word in ("--install todo chart", "--rollback-on-failure", "--wait", "--values chart/values-oke.yaml",
                 "image.registry=docker.io/you", "--set-string image.tag=abc", "secrets.existingSecret=todo-secrets"):
        assert word in upgrade
    assert "The app: http://203.0.113.9" in outcome.said


def test_the_cluster_is_said_before_anything_is_changed(script) -> None:
    outcome = script("oke-deploy", REGISTRY="docker.io/you")
    assert outcome.code != 0 and "YES=1" in outcome.said, "nobody is there to be asked"
    assert 'about to change the cluster "oke-todo" (https://203.0.113.7:6443), namespace todo' in outcome.said
    assert outcome.calls_of(*CHANGES) == []


@pytest.mark.parametrize("name", ["oke-deploy", "oke-destroy"])
def test_another_context_than_the_one_meant_is_refused(script, name: str) -> None:
    outcome = script(name, CONTEXT="production", **OKE)
    assert outcome.code != 0
    assert "CONTEXT=production is not the current context" in outcome.said
    assert outcome.calls_of(*CHANGES) == []


@pytest.mark.parametrize(("trouble", "sentence"), [({"NO_CONTEXT": "1"}, "kubectl has no current context"),
                                                   ({"AWAY": "1"}, 'the cluster "oke-todo" does not answer'),
                                                   ({"NODES": ""}, "the cluster has no nodes"),
                                                   ({"REGISTRY": ""}, "say where the images go"),
                                                   ({"VALUES": "none.yaml"}, "VALUES=none.yaml: there is no such file"),
                                                   ({"REGISTRY": "you"}, "such as docker.io/you"),
                                                   ({"PUSH_FAILS": "1"}, "is `docker login docker.io` done")])
def test_what_stands_in_the_way_is_said(script, trouble: dict[str, str], sentence: str) -> None:
    outcome = script("oke-deploy", **OKE | trouble)
    assert outcome.code != 0 and sentence in outcome.said, outcome.said
    assert outcome.calls_of("helm upgrade") == []


def test_helm_3_has_another_name_for_taking_back(script) -> None:
    [upgrade] = script("oke-deploy", HELM_VERSION="v3.17.2+gcc0bbbd", **OKE).calls_of("helm upgrade")
    assert "--atomic" in upgrade and "--rollback-on-failure" not in upgrade


def test_nodes_of_two_kinds_get_one_name_for_both_images(script) -> None:
    outcome = script("oke-deploy", TAG="abc", NODES=r"linux/arm64\nlinux/amd64\n", **OKE)
    assert outcome.code == 0, outcome.said
    assert "make images REGISTRY=docker.io/you TAG=abc PLATFORMS=linux/amd64,linux/arm64" in outcome.calls
    name = "docker.io/you/todo-api:abc"
    assert f"docker manifest create --amend {name} {name}-amd64 {name}-arm64" in outcome.calls
    assert f"docker manifest push {name}" in outcome.calls


def test_a_failed_upgrade_ends_with_an_error_and_without_a_test(script) -> None:
    outcome = script("oke-deploy", UPGRADE_FAILS="1", **OKE)
    assert outcome.code != 0 and outcome.calls_of("helm test") == []


def test_what_the_release_was_told_before_stays(script, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("{}")
    outcome = script("oke-deploy", THERE="1", VALUES=str(mine), **OKE)
    assert outcome.code == 0 and "told: backup: {enabled: true}" in outcome.calls
    [upgrade] = outcome.calls_of("helm upgrade")
    files = re.findall(r"--values (\S+)", upgrade)
    assert files[0] == "chart/values-oke.yaml" and files[1].startswith("/") and files[2:] == [str(mine)]
    assert not Path(files[1]).exists(), "it may hold secrets"
    assert script("oke-deploy", **OKE).calls_of("helm get values") == [], "the first time there is nothing"


def test_a_deploy_that_cannot_read_what_was_told_before_changes_nothing(script) -> None:
    outcome = script("oke-deploy", THERE="1", GET_FAILS="1", **OKE)
    assert outcome.code != 0 and "cannot read the values of the release todo" in outcome.said
    assert outcome.calls_of("helm upgrade") == []


def test_an_app_behind_an_ingress_is_not_waited_for_as_one_with_a_balancer(script) -> None:
    outcome = script("oke-deploy", THERE="1", TYPE="ClusterIP", **OKE)
    assert outcome.code == 0 and outcome.calls_of("kubectl wait") == []
    assert "`helm status todo --namespace todo` says where the app is" in outcome.said


def test_images_of_sources_that_are_not_committed_have_a_name_of_their_own(script, tmp_path: Path) -> None:
    assert "say TAG=…" in script("oke-deploy", GIT_DIR=str(tmp_path / "none"), **OKE).said
    outcome = script("oke-deploy", **OKE)
    head = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    dirty = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tag = re.search(r"image\.tag=(\S+)", outcome.calls_of("helm upgrade")[0]).group(1)
    assert re.fullmatch(head.strip() + (r"-\d{14}" if dirty else ""), tag)


@pytest.mark.parametrize("version", ["v3.9.4+gdbc6d8e", "v3.13.3+gc8b9489"])
def test_a_helm_that_is_too_old_is_refused(script, version: str) -> None:
    outcome = script("oke-deploy", HELM_VERSION=version, **OKE)
    assert outcome.code != 0 and f"helm {version} is too old" in outcome.said


def test_a_secret_that_is_there_stays(script) -> None:
    outcome = script("oke-deploy", THERE="1", OPENAI_API_KEY="sk-secret", **OKE)
    assert outcome.code == 0 and outcome.calls_of("kubectl create") == []
    assert "the Secret todo-secrets is there and stays" in outcome.said


def test_no_secret_is_shown_or_on_a_command_line(script) -> None:
    outcome = script("oke-deploy", OPENAI_API_KEY="sk-secret", **OKE)
    assert outcome.calls_of("kubectl create secret generic todo-secrets")
    assert "sk-secret" not in outcome.said + "".join(outcome.calls)


def test_destroying_keeps_the_data_unless_told(script) -> None:
    kept = script("oke-destroy", YES="1")
    assert kept.code == 0 and kept.calls_of("helm uninstall todo")
    assert [call.split()[2] for call in kept.calls_of("kubectl delete")] == ["pod"], "that of `helm test`"
    deleted = script("oke-destroy", YES="1", DELETE_DATA="1").calls_of("kubectl delete")
    assert [call.split()[2] for call in deleted] == ["pod", "persistentvolumeclaim", "secret", "namespace"]


def test_a_namespace_that_was_there_before_is_not_deleted(script) -> None:
    made = script("oke-deploy", **OKE).calls_of("kubectl label namespace todo todo-app/made-by=oke-deploy")
    assert len(made) == 1 and "pod-security.kubernetes.io/enforce=restricted" in made[0]
    assert script("oke-deploy", THERE="1", **OKE).calls_of("kubectl label") == [], "others may live there"
    [*_, deleted] = script("oke-destroy", YES="1", DELETE_DATA="1").calls_of("kubectl delete")
    assert deleted == "kubectl delete namespace --selector todo-app/made-by=oke-deploy --field-selector metadata.name=todo"


def test_destroying_asks(script) -> None:
    outcome = script("oke-destroy")
    assert outcome.code != 0 and outcome.calls_of(*CHANGES) == []


def test_minikube_is_started_loaded_and_its_address_printed(script) -> None:
    outcome = script("minikube", CURRENT="minikube")
    assert outcome.code == 0, outcome.said
    assert outcome.calls_of("minikube start --profile minikube")
    assert len(outcome.calls_of("minikube image load")) == 3
    [upgrade] = outcome.calls_of("helm upgrade")
    assert "--values chart/values-minikube.yaml" in upgrade and "api.podAnnotations.todo-app/image=0123456789ab" in upgrade
    assert "The app: http://192.168.49.2:30123" in outcome.said


def test_a_minikube_that_runs_is_not_started_again(script) -> None:
    assert script("minikube", CURRENT="minikube", STARTED="1").calls_of("minikube start") == []


@pytest.mark.parametrize("file", sorted((CHART / "scripts").glob("*.sh")), ids=lambda file: file.name)
def test_scripts_stop_at_the_first_error(file: Path) -> None:
    text = file.read_text()
    assert "set -euo pipefail" in text or "# To be sourced" in text
