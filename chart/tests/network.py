"""Says what NetworkPolicies allow, as networking.k8s.io/v1 defines it: for reasoning where nothing enforces them."""

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network


@dataclass(frozen=True)
class Pod:
    namespace: str
    labels: dict[str, str] = field(default_factory=dict)
    address: str = "10.244.0.9"


@dataclass(frozen=True)
class Outside:
    """Something that is no pod."""

    address: str


def selects(selector: dict, labels: dict[str, str]) -> bool:
    unknown = set(selector) - {"matchLabels"}
    assert not unknown, f"this evaluator does not know {unknown}"
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def is_peer(peer: dict, other: Pod | Outside, namespace: str) -> bool:
    if "ipBlock" in peer:
        block, address = peer["ipBlock"], ip_address(other.address)
        excepted = any(address in ip_network(each) for each in block.get("except", []))
        return address in ip_network(block["cidr"]) and not excepted
    if isinstance(other, Outside):
        return False
    if "namespaceSelector" in peer:
        in_namespace = selects(peer["namespaceSelector"], {"kubernetes.io/metadata.name": other.namespace})
    else:
        in_namespace = other.namespace == namespace
    return in_namespace and selects(peer.get("podSelector", {}), other.labels)


def allows(rule: dict, side: str, other: Pod | Outside, namespace: str, port: int, protocol: str) -> bool:
    ports = rule.get("ports")
    peers = rule.get(side)
    on_port = not ports or any((p.get("protocol", "TCP"), p.get("port", port)) == (protocol, port) for p in ports)
    return on_port and (not peers or any(is_peer(peer, other, namespace) for peer in peers))


def one_side(policies: list[dict], direction: str, pod: Pod | Outside, other: Pod | Outside, port: int, protocol: str) -> bool:
    if isinstance(pod, Outside):
        return True
    side = {"Ingress": "from", "Egress": "to"}[direction]
    own = [
        policy for policy in policies
        if policy["metadata"]["namespace"] == pod.namespace
        and direction in policy["spec"]["policyTypes"]
        and selects(policy["spec"]["podSelector"], pod.labels)
    ]
    rules = [rule for policy in own for rule in policy["spec"].get(direction.lower(), [])]
    return not own or any(allows(rule, side, other, pod.namespace, port, protocol) for rule in rules)


def reaches(policies: list[dict], source: Pod | Outside, target: Pod | Outside, port: int, protocol: str = "TCP") -> bool:
    """Whether both the source may send and the target may receive. A pod that no policy selects may do both."""
    return one_side(policies, "Egress", source, target, port, protocol) and one_side(
        policies, "Ingress", target, source, port, protocol
    )
