"""What can be reached from outside the cluster: web, and nothing else."""

from pathlib import Path

from rendering import objects, of_kind, pod_of


def fits(service: dict, pod: dict) -> bool:
    return service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()


def test_only_web_has_a_service_that_leads_outside(values: Path) -> None:
    for service in of_kind(objects(values), "Service"):
        spec, name = service["spec"], service["metadata"]["name"]
        if spec["type"] != "ClusterIP":
            assert name.endswith("-web")
            assert [port["targetPort"] for port in spec["ports"]] == ["http"] * len(spec["ports"]), "never the metrics"
        else:
            assert not any("nodePort" in port for port in spec["ports"])
        assert not spec.get("externalIPs")


def test_every_service_leads_to_the_pods_of_one_part(values: Path) -> None:
    found = objects(values)
    for service in of_kind(found, "Service"):
        fitting = [document for document in found if (pod := pod_of(document)) and fits(service, pod)]
        assert len(fitting) == 1 and fitting[0]["kind"] == "Deployment"
        ports = pod_of(fitting[0])["spec"]["containers"][0]["ports"]
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= {port["name"] for port in ports}


def test_routes_lead_to_web(values: Path) -> None:
    found = objects(values)
    [web] = [s for s in of_kind(found, "Service") if s["metadata"]["name"].endswith("-web")]
    for ingress in of_kind(found, "Ingress"):
        [path] = ingress["spec"]["rules"][0]["http"]["paths"]
        assert path["backend"]["service"] == {"name": web["metadata"]["name"], "port": {"name": "http"}}
    for route in of_kind(found, "HTTPRoute"):
        [rule] = route["spec"]["rules"]
        assert rule["backendRefs"] == [{"name": web["metadata"]["name"], "port": web["spec"]["ports"][0]["port"]}]


def test_no_pod_uses_the_network_or_ports_of_its_node(values: Path) -> None:
    for document in objects(values):
        if pod := pod_of(document):
            assert not pod["spec"].get("hostNetwork")
            ports = [port for container in pod["spec"]["containers"] for port in container.get("ports", [])]
            assert not any("hostPort" in port for port in ports)
