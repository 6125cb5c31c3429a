"""Who may talk to whom, by the policies as they are rendered."""

from pathlib import Path

import pytest
from network import Outside, Pod, reaches
from rendering import VALUE_SETS, objects, of_kind, pod_of

HTTP = {"web": 3000, "api": 8000, "agent": 8010}
STRANGER = Pod("todo", {"app": "stranger"})
NEIGHBOUR = Pod("other", {"app.kubernetes.io/component": "web"})
PROMETHEUS = Pod("monitoring", {"app": "prometheus"})
DNS = Pod("kube-system", {"k8s-app": "kube-dns"})
INTERNET, PRIVATE, METADATA = Outside("104.18.7.192"), Outside("10.0.0.10"), Outside("169.254.169.254")


def policies(name: str) -> list[dict]:
    return of_kind(objects(VALUE_SETS[name]), "NetworkPolicy")


def pods(name: str) -> dict[str, Pod]:
    made = [pod_of(document) for document in objects(VALUE_SETS[name])]
    labels = [pod["metadata"]["labels"] for pod in made if pod]
    return {each["app.kubernetes.io/component"]: Pod("todo", each) for each in labels}


def test_the_only_paths_are_those_of_the_design() -> None:
    found, pod = policies("metrics"), pods("metrics")
    everyone = pod | {"stranger": STRANGER, "neighbour": NEIGHBOUR, "prometheus": PROMETHEUS, "internet": INTERNET}
    allowed = {
        (source, target)
        for source, speaker in everyone.items()
        for target, port in HTTP.items()
        if speaker != pod[target] and reaches(found, speaker, pod[target], port)
    }
    to_web = {(source, "web") for source in ("test", "stranger", "neighbour", "prometheus", "internet")}
    assert allowed == to_web | {("web", "api"), ("api", "agent")}


@pytest.mark.parametrize("part", ["api", "agent"])
def test_a_pod_without_the_right_labels_reaches_neither_api_nor_agent(values: Path, part: str) -> None:
    found = of_kind(objects(values), "NetworkPolicy")
    if not found:
        pytest.skip("this value set turns the policies off")
    [target] = [p for d in objects(values) if (p := pod_of(d)) and component(p) == part]
    right = target["metadata"]["labels"] | {"app.kubernetes.io/component": {"api": "web", "agent": "api"}[part]}
    pod = Pod("todo", target["metadata"]["labels"])
    assert reaches(found, Pod("todo", right), pod, HTTP[part])
    assert not reaches(found, Pod("other", right), pod, HTTP[part]), "the same labels in another namespace"
    for label in ("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"):
        assert not reaches(found, Pod("todo", right | {label: "another"}), pod, HTTP[part]), label
    for other in (STRANGER, NEIGHBOUR, PROMETHEUS, INTERNET, PRIVATE):
        assert not reaches(found, other, pod, HTTP[part])


def component(pod: dict) -> str:
    return pod["metadata"]["labels"]["app.kubernetes.io/component"]


def test_every_pod_is_under_the_default_denial(values: Path) -> None:
    found = of_kind(objects(values), "NetworkPolicy")
    for document in objects(values):
        if found and (pod := pod_of(document)):
            speaker = Pod("todo", pod["metadata"]["labels"])
            assert not reaches(found, speaker, PRIVATE, 22)
            assert not reaches(found, speaker, METADATA, 80)
            assert not reaches(found, STRANGER, speaker, 22)


def test_the_agent_alone_reaches_the_internet_and_by_443_alone() -> None:
    found, pod = policies("defaults"), pods("defaults")
    assert {name for name in pod if reaches(found, pod[name], INTERNET, 443)} == {"agent"}
    assert reaches(found, pod["agent"], Outside("2606:4700::6812:7c0"), 443)
    for other in (PRIVATE, METADATA, Outside("fd00::1"), STRANGER, Pod("other", {}, "10.244.3.3")):
        assert not reaches(found, pod["agent"], other, 443)
    assert not reaches(found, pod["agent"], INTERNET, 80)
    assert reaches(found, pod["agent"], DNS, 53, "UDP")


def test_the_agent_reaches_the_model_that_is_named_and_no_other() -> None:
    found, agent = policies("model-in-cluster"), pods("model-in-cluster")["agent"]
    assert reaches(found, agent, Pod("models", {"app": "ollama"}), 11434)
    assert not reaches(found, agent, Pod("models", {"app": "other"}), 11434)
    assert not reaches(found, agent, Pod("todo", {"app": "ollama"}), 11434)
    assert not reaches(found, agent, INTERNET, 443)
    found, agent = policies("model-at-address"), pods("model-at-address")["agent"]
    assert reaches(found, agent, Outside("10.1.2.3"), 443)
    assert not reaches(found, agent, Outside("10.1.2.4"), 443) and not reaches(found, agent, INTERNET, 443)


def test_the_built_in_planner_needs_no_network_at_all() -> None:
    found, agent = policies("builtin-planner"), pods("builtin-planner")["agent"]
    assert not any(reaches(found, agent, other, 443) for other in (INTERNET, PRIVATE))
    assert not reaches(found, agent, DNS, 53, "UDP")


def test_the_backup_and_the_api_speak_to_nobody_else() -> None:
    found, pod = policies("metrics"), pods("metrics")
    assert not any(reaches(found, pod["backup"], other, port) for other in pod.values() for port in HTTP.values())
    assert not reaches(found, pod["backup"], DNS, 53, "UDP")
    assert not reaches(found, pod["api"], INTERNET, 443)


def test_metrics_are_for_the_scraper_alone() -> None:
    found, pod = policies("metrics"), pods("metrics")
    for part in HTTP:
        assert reaches(found, PROMETHEUS, pod[part], 9090)
        assert not any(reaches(found, other, pod[part], 9090) for other in (STRANGER, NEIGHBOUR, INTERNET))


def test_only_those_named_reach_web_where_some_are() -> None:
    found, pod = policies("http-route"), pods("http-route")
    assert reaches(found, Pod("gateways", {}), pod["web"], 3000)
    assert reaches(found, pod["test"], pod["web"], 3000)
    assert not reaches(found, STRANGER, pod["web"], 3000) and not reaches(found, INTERNET, pod["web"], 3000)
