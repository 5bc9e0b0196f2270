"""What the rendered network policies let through is what the services need, and nothing else."""

import ipaddress

from common import SERVICES, pod_of, require


def selects(selector, labels):
    for expression in selector.get("matchExpressions", []):
        has = labels.get(expression["key"]) in expression["values"]
        if has != (expression["operator"] == "In"):
            return False
    return labels.items() >= selector.get("matchLabels", {}).items()


def is_peer(peer, other, namespace):
    if block := peer.get("ipBlock"):
        return ipaddress.ip_address(other["ip"]) in ipaddress.ip_network(block["cidr"])
    if other.get("outside"):
        return False
    if "namespaceSelector" in peer:
        there = {"kubernetes.io/metadata.name": other["namespace"]}
        if not selects(peer["namespaceSelector"], there):
            return False
    elif other["namespace"] != namespace:
        return False
    return selects(peer.get("podSelector", {}), other["labels"])


def side_allows(policies, direction, pod, other, port, protocol):
    key = {"Ingress": "from", "Egress": "to"}[direction]
    if not pod.get("ours"):
        return True
    mine = [p for p in policies if direction in p["policyTypes"] and selects(p["podSelector"], pod["labels"])]
    if not mine:
        return True
    for policy in mine:
        for rule in policy.get(direction.lower()) or []:
            opened = any(it["port"] == port and it["protocol"] == protocol for it in rule["ports"])
            peers = rule.get(key)
            # Without peers a rule is about everybody.
            if opened and (not peers or any(is_peer(peer, other, "civil") for peer in peers)):
                return True
    return False


def edges(docs):
    """Every (from, to, port) that the rendered policies let through; UDP counts where TCP does."""
    policies = [doc["spec"] for doc in docs if doc["kind"] == "NetworkPolicy"]
    pods = {
        "postgres": {"labels": {"cnpg.io/cluster": "yiwang"}, "namespace": "civil"},
        "nats": {"labels": {"app.kubernetes.io/name": "nats"}, "namespace": "civil"},
        "dns": {"labels": {"k8s-app": "kube-dns"}, "namespace": "kube-system"},
        "ingress": {"labels": {}, "namespace": "gateways"},
        "monitoring": {"labels": {}, "namespace": "monitoring"},
        "neighbour": {"labels": {"app": "other"}, "namespace": "civil"},
        "stranger": {"labels": {}, "namespace": "default"},
        "department": {"labels": {}, "namespace": "", "ip": "192.0.2.7", "outside": True},
        "world": {"labels": {}, "namespace": "", "ip": "198.51.100.7", "outside": True},
    }
    common = {"app.kubernetes.io/name": "yiwang", "app.kubernetes.io/instance": "yiwang"}
    pods["forgotten"] = {"labels": common, "namespace": "civil", "ours": True}
    for doc in docs:
        if pod := pod_of(doc):
            labels = pod[0]
            pods[labels["app.kubernetes.io/component"]] = {"labels": labels, "namespace": "civil", "ours": True}
    for number, pod in enumerate(pods.values()):
        pod.setdefault("ip", f"10.0.0.{number}")
    ports = [53, 80, 443, 4222, 4317, 5432, 6222, 8080, 8443, *range(7100, 7106), *range(7200, 7206)]
    found = set()
    for a, source in pods.items():
        for b, target in pods.items():
            if a == b or not (source.get("ours") or target.get("ours")):
                continue
            for port in ports:
                protocols = ["TCP", "UDP"] if port == 53 else ["TCP"]
                if any(
                    side_allows(policies, "Egress", source, target, port, protocol)
                    and side_allows(policies, "Ingress", target, source, port, protocol)
                    for protocol in protocols
                ):
                    found.add((a, b, port))
    return found


def expected_edges(profile):
    everything = profile == "everything"
    ports = {"gateway": 8080, "assistance": 7101, "marriage": 7102, "burial": 7103, "rescue": 7104, "child": 7105}
    admin = {"gateway": 7200, "assistance": 7201, "marriage": 7202, "burial": 7203, "rescue": 7204, "child": 7205}
    pods = {name: "all" if profile == "small" else name for name in SERVICES}
    wanted = set()
    for name, pod in pods.items():
        wanted |= {(pod, "postgres", 5432), (pod, "nats", 4222), (pod, "dns", 53), (pod, "department", 443)}
        if everything:
            wanted |= {(pod, "monitoring", 4317), (pod, "department", 8443), ("monitoring", pod, admin[name])}
        if profile != "small" and name != "gateway":
            wanted |= {("gateway", name, ports[name]), (name, "gateway", 8080)}
    wanted.add(("test", pods["gateway"], 8080))
    if everything:
        wanted.add(("ingress", "gateway", 8080))
    for task in ("migrate", "reconcile", "audit-verify", "test"):
        wanted |= {(task, "postgres", 5432), (task, "dns", 53)}
    return wanted


def network(profile, docs):
    found, wanted = edges(docs), expected_edges(profile)
    for edge in sorted(found - wanted):
        require(False, f"{profile}: the network lets through {edge}")
    for edge in sorted(wanted - found):
        require(False, f"{profile}: the network does not let through {edge}")
