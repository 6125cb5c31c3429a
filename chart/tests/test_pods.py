"""How pods run: restricted, small, probed, and ended gently."""

import re
from pathlib import Path

import pytest
from rendering import VALUE_SETS, objects, of_kind, pod_of

# Seconds in which each program finishes after SIGTERM, by default (docs/configuration.md).
FINISHES = {"web": 20, "api": 10, "agent": 25}


def pods(values: Path, *flags: str) -> list[dict]:
    return [pod for document in objects(values, flags=flags) if (pod := pod_of(document))]


def part(pod: dict) -> str:
    return pod["metadata"]["labels"]["app.kubernetes.io/component"]


def test_every_pod_keeps_to_the_restricted_profile(values: Path) -> None:
    for pod in pods(values):
        spec = pod["spec"]
        security = spec["securityContext"]
        assert security["runAsNonRoot"] and security["runAsUser"] == 10001
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}
        assert security["fsGroup"] == 10001 and security["fsGroupChangePolicy"] == "OnRootMismatch"
        assert spec["automountServiceAccountToken"] is False
        assert all(set(volume) & {"persistentVolumeClaim", "emptyDir"} for volume in spec.get("volumes", []))
        for container in spec["containers"]:
            own = container["securityContext"]
            assert own["readOnlyRootFilesystem"] and not own["allowPrivilegeEscalation"]
            assert own["capabilities"] == {"drop": ["ALL"]}


def test_no_service_account_mounts_a_token_and_every_pod_has_one(values: Path) -> None:
    accounts = {a["metadata"]["name"]: a for a in of_kind(objects(values), "ServiceAccount")}
    assert all(account["automountServiceAccountToken"] is False for account in accounts.values())
    assert {pod["spec"]["serviceAccountName"] for pod in pods(values)} <= set(accounts)


def test_the_three_pods_ask_for_little() -> None:
    requests = [d["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]
                for d in of_kind(objects(VALUE_SETS["defaults"]), "Deployment")]
    assert len(requests) == 3
    assert sum(int(r["cpu"].removesuffix("m")) for r in requests) <= 150
    assert sum(int(r["memory"].removesuffix("Mi")) for r in requests) <= 160


def test_every_container_has_a_memory_limit(values: Path) -> None:
    for pod in pods(values):
        assert all(container["resources"]["limits"]["memory"] for container in pod["spec"]["containers"])


def test_services_are_probed_where_they_serve(values: Path) -> None:
    for document in of_kind(objects(values), "Deployment"):
        [container] = document["spec"]["template"]["spec"]["containers"]
        paths = {probe: container[f"{probe}Probe"]["httpGet"] for probe in ("startup", "liveness", "readiness")}
        assert {get["port"] for get in paths.values()} == {"http"}
        is_web = document["metadata"]["labels"]["app.kubernetes.io/component"] == "web"
        assert paths["liveness"]["path"] == "/healthz"
        assert paths["readiness"]["path"] == ("/readyz?page" if is_web else "/readyz"), "the page outlives the api"
        assert paths["startup"]["path"] == "/healthz", "an api that starts with a full volume is not ready, but serves"


def test_pods_have_the_time_to_end_that_their_program_takes(values: Path) -> None:
    for document in of_kind(objects(values), "Deployment"):
        pod = document["spec"]["template"]
        [container] = pod["spec"]["containers"]
        seconds = {e["name"]: int(e["value"].removesuffix("s")) for e in container["env"] if e["name"].startswith("SHUTDOWN_")}
        needed = seconds.get("SHUTDOWN_DELAY", 0) + seconds.get("SHUTDOWN_TIMEOUT", FINISHES[part(pod)])
        assert pod["spec"]["terminationGracePeriodSeconds"] > needed


def test_the_api_is_one_pod_that_goes_before_the_next_comes(values: Path) -> None:
    [api] = [d for d in of_kind(objects(values), "Deployment") if part(d["spec"]["template"]) == "api"]
    assert api["spec"]["replicas"] == 1 and api["spec"]["strategy"] == {"type": "Recreate"}


def test_environment_names_are_unique(values: Path) -> None:
    for pod in pods(values):
        for container in pod["spec"]["containers"]:
            names = [each["name"] for each in container.get("env", [])]
            assert len(names) == len(set(names))


def test_settings_of_ones_own_take_the_place_of_the_charts() -> None:
    found = {part(pod): {e["name"]: e for e in pod["spec"]["containers"][0].get("env", [])}
             for pod in pods(VALUE_SETS["own-settings"])}
    assert found["web"]["LOG_FORMAT"] == {"name": "LOG_FORMAT", "value": "text"}
    assert found["api"]["API_BIND"]["value"] == "[::]:8000" and found["api"]["SSE_HEARTBEAT"]["value"] == "5s"
    assert found["api"]["JWT_SECRET"]["valueFrom"]["secretKeyRef"] == {"name": "vault", "key": "jwt"}
    assert found["agent"]["SHUTDOWN_DELAY"]["value"] == "2s" and found["agent"]["LOG_FORMAT"]["value"] == "json"


def test_a_scaled_part_leaves_its_number_to_the_autoscaler() -> None:
    found = objects(VALUE_SETS["autoscaling"])
    scaled = {h["spec"]["scaleTargetRef"]["name"] for h in of_kind(found, "HorizontalPodAutoscaler")}
    assert scaled == {"todo-todo-app-web", "todo-todo-app-agent"}
    for document in of_kind(found, "Deployment"):
        assert ("replicas" in document["spec"]) == (document["metadata"]["name"] not in scaled)


@pytest.mark.parametrize(("name", "guarded"), [("defaults", set()), ("several-pods", {"web", "agent"}), ("autoscaling", {"web"})])
def test_a_disruption_budget_is_there_where_it_does_not_block_a_drain(name: str, guarded: set[str]) -> None:
    budgets = of_kind(objects(VALUE_SETS[name]), "PodDisruptionBudget")
    assert {b["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"] for b in budgets} == guarded


def test_names_of_images_are_in_full(values: Path) -> None:
    for pod in pods(values):
        assert all(re.match(r"[^/]+[.:][^/]*/.+[:@].+", each["image"]) for each in pod["spec"]["containers"])


def test_the_volume_outlives_the_release_unless_told() -> None:
    def kept(name: str) -> list[bool]:
        claims = of_kind(objects(VALUE_SETS[name]), "PersistentVolumeClaim")
        return [(c["metadata"].get("annotations") or {}).get("helm.sh/resource-policy") == "keep" for c in claims]

    assert kept("defaults") == [True] and kept("backup") == [True, True] and kept("volume-class") == [False]
    assert kept("own-claim") == [] and kept("no-volume") == []


def claims_of(pod: dict) -> set[str]:
    return {v["persistentVolumeClaim"]["claimName"] for v in pod["spec"].get("volumes", []) if "persistentVolumeClaim" in v}


def test_every_claim_has_a_pod_at_once(values: Path) -> None:
    """Helm waits until claims are bound, and many classes bind them for their first pod only."""
    at_once = [pod_of(document) for document in of_kind(objects(values), "Deployment", "Job")]
    claims = {claim["metadata"]["name"] for claim in of_kind(objects(values), "PersistentVolumeClaim")}
    assert claims <= set().union(*map(claims_of, at_once))


def test_what_binds_the_claim_of_the_copies_is_new_with_each_change() -> None:
    """What is in a Job cannot be changed."""
    def job(name: str) -> str:
        [found] = of_kind(objects(VALUE_SETS[name]), "Job")
        return found["metadata"]["name"]

    assert re.fullmatch(r"todo-todo-app-backup-volume-[0-9a-f]{8}", job("backup"))
    assert job("backup") == job("metrics") and job("backup") != job("backup-elsewhere")
    assert of_kind(objects(VALUE_SETS["own-claim"]), "Job") == []


def test_a_proxy_in_front_is_believed_and_counted() -> None:
    def settings(name: str) -> tuple[str, str]:
        env = {e["name"]: e.get("value") for pod in pods(VALUE_SETS[name]) for e in pod["spec"]["containers"][0].get("env", [])}
        return env["TRUST_PROXY"], env["PROXY_HOPS"]

    assert settings("defaults") == ("false", "1")
    assert {settings(name) for name in ("ingress-tls", "http-route", "balancer-tls", "oke")} == {("true", "2")}


def secrets_of(name: str, *flags: str) -> dict[str, dict[str, bool]]:
    """The entries of the Secret that each part gets, and whether each may be missing."""
    found = {}
    for pod in pods(VALUE_SETS[name], *flags):
        entries = [e["valueFrom"]["secretKeyRef"] for e in pod["spec"]["containers"][0].get("env", []) if "valueFrom" in e]
        found[part(pod)] = {entry["key"]: entry.get("optional", False) for entry in entries}
    return found


def test_a_secret_with_the_two_entries_of_old_is_enough() -> None:
    """`openai-api-key` and `jwt-secret`: the agent then derives its token as the api does."""
    found = secrets_of("existing-secret")
    assert found["api"] == {"agent-token": True, "jwt-secret": False, "jwt-secret-previous": True}
    assert found["agent"] == {"agent-token": True, "jwt-secret": False, "model-key": True}


def test_the_agent_gets_the_signing_secret_only_where_it_derives_its_token() -> None:
    assert "jwt-secret" not in secrets_of("defaults")["agent"]
    told = secrets_of("existing-secret", "--set=secrets.deriveAgentToken=false")
    assert told["agent"] == {"agent-token": False, "model-key": True} and told["api"]["agent-token"] is False
    derived = secrets_of("derived-token")
    assert "agent-token" not in derived["api"] | derived["agent"] and derived["agent"]["jwt-secret"] is False
    [secret] = of_kind(objects(VALUE_SETS["derived-token"]), "Secret")
    assert set(secret["data"]) == {"jwt-secret"}


def test_the_model_key_reaches_the_agent_alone(values: Path) -> None:
    derives = ("existing-secret", "derived-token")
    for pod in pods(values):
        for container in pod["spec"]["containers"]:
            names = {each["name"] for each in container.get("env", [])}
            assert "OPENAI_API_KEY" not in names or part(pod) == "agent"
            assert "JWT_SECRET" not in names or part(pod) == "api" or values.stem in derives
            assert "DATABASE_URL" not in names or part(pod) in ("api", "backup")
