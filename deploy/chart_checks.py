#!/usr/bin/env python3
"""What must hold of the chart, checked on what Helm renders; called by deploy/test-chart.

    chart_checks.py --helm PATH [--helm PATH]    all checks; each Helm must render the same
    chart_checks.py --write                      writes the table of values into the chart's README
"""

import argparse
import copy
import ipaddress
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import kubernetes_validate
import yaml

ROOT = Path(__file__).resolve().parent.parent
CHART = ROOT / "helm/yiwang"
VERSIONS = ["1.30", "1.33", "1.37"]
SERVICES = ["assistance", "burial", "child", "gateway", "marriage", "rescue"]
# Of operators: no schema here, looked at by tests with an API server.
FOREIGN = {"HTTPRoute", "ServiceMonitor", "PrometheusRule", "ExternalSecret"}

# Metrics that alerts and dashboards read and the code does not have yet: metric → who is to set it.
PROPOSED = {
    "yiwang_database_connections": "chassis/db: gauge by state (used, idle, max) of the pool, every 5 s",
    "yiwang_payment_run_open_seconds": "assistance, child: age of the oldest month that is due and not made",
    "yiwang_audit_head_age_seconds": "chassis/audit/chainer: age of the oldest entry that no head signs",
}
# Metrics of others: Prometheus, kubelet, kube-state-metrics.
OTHERS = re.compile(r"^(up|container_\w+|kube_\w+)$")

wrong = []


def require(good, what):
    if not good:
        wrong.append(what)


def helm(binary, *args):
    return subprocess.run([binary, *args], capture_output=True, text=True, cwd=CHART)


def render(binary, values):
    linted = helm(binary, "lint", "--strict", ".", "-f", values)
    require(linted.returncode == 0, f"{values.name}: lint: {linted.stdout}{linted.stderr}")
    done = helm(binary, "template", "yiwang", ".", "--namespace", "civil", "-f", values)
    require(done.returncode == 0, f"{values.name}: {done.stderr}")
    return [doc for doc in yaml.safe_load_all(done.stdout) if doc]


def named(doc):
    return f"{doc['kind']}/{doc['metadata']['name']}"


# --- Kubernetes' own schemas ------------------------------------------------------------------


def valid(profile, docs):
    for doc in docs:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(doc, version, strict=True)
            except kubernetes_validate.SchemaNotFoundError:
                require(doc["kind"] in FOREIGN, f"{profile}: no schema for {named(doc)} in {version}")
            except kubernetes_validate.ValidationError as error:
                require(False, f"{profile}: {named(doc)} in {version}: {error.message}")
    names = [named(doc) for doc in docs]
    require(len(names) == len(set(names)), f"{profile}: two objects of one name")


# --- Pods -------------------------------------------------------------------------------------


def pod_of(doc):
    """Labels and spec of the pods that an object makes."""
    match doc["kind"]:
        case "Pod":
            return doc["metadata"].get("labels", {}), doc["spec"]
        case "Deployment" | "Job":
            template = doc["spec"]["template"]
        case "CronJob":
            template = doc["spec"]["jobTemplate"]["spec"]["template"]
        case _:
            return None
    return template["metadata"]["labels"], template["spec"]


def safe_pods(profile, docs):
    accounts = {doc["metadata"]["name"]: doc for doc in docs if doc["kind"] == "ServiceAccount"}
    claims = {doc["metadata"]["name"] for doc in docs if doc["kind"] == "PersistentVolumeClaim"}
    for name, account in accounts.items():
        require(account["automountServiceAccountToken"] is False, f"{profile}: {name} mounts a token")
    for doc in docs:
        if not (pod := pod_of(doc)):
            continue
        _, spec = pod
        at = f"{profile}: {named(doc)}"
        security = spec["securityContext"]
        require(spec["automountServiceAccountToken"] is False, f"{at}: token")
        require(spec["enableServiceLinks"] is False, f"{at}: service links")
        require(spec["serviceAccountName"] in accounts, f"{at}: no ServiceAccount")
        require(security["runAsNonRoot"] is True and security["runAsUser"] == 65532, f"{at}: root")
        require(security["seccompProfile"]["type"] == "RuntimeDefault", f"{at}: seccomp")
        require(not any(spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")), f"{at}: host")
        volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
        require(len(volumes) == len(spec.get("volumes", [])), f"{at}: two volumes of one name")
        require(not any("hostPath" in volume for volume in volumes.values()), f"{at}: hostPath")
        for volume in volumes.values():
            if claim := volume.get("persistentVolumeClaim"):
                known = claim["claimName"] in claims or profile == "everything"
                require(known, f"{at}: no claim {claim['claimName']}")
        for container in spec["containers"]:
            here = f"{at} {container['name']}"
            own = container["securityContext"]
            require(own["allowPrivilegeEscalation"] is False, f"{here}: escalation")
            require(own["readOnlyRootFilesystem"] is True, f"{here}: writable root")
            require(own["capabilities"]["drop"] == ["ALL"], f"{here}: capabilities")
            require(container["resources"]["requests"].keys() >= {"cpu", "memory"}, f"{here}: requests")
            require("memory" in container["resources"]["limits"], f"{here}: no memory limit")
            mounts = [mount["name"] for mount in container.get("volumeMounts", [])]
            require(set(mounts) <= volumes.keys(), f"{here}: mounts what is not there")
            variables = [variable["name"] for variable in container.get("env", [])]
            require(len(variables) == len(set(variables)), f"{here}: a variable twice")
            plain = [it["name"] for it in container.get("env", []) if it["name"].endswith("__URL") and "value" in it]
            require(not plain, f"{here}: {plain} is not from a Secret")


def serving(profile, docs):
    """Probes, draining, and Services that reach exactly one Deployment on a port that it opens."""
    deployments = [doc for doc in docs if doc["kind"] == "Deployment"]
    topology = yaml.safe_load((CHART / "files/topology.yaml").read_text())
    served = []
    for doc in deployments:
        labels, spec = pod_of(doc)
        require(labels.items() >= doc["spec"]["selector"]["matchLabels"].items(), f"{named(doc)}: selector")
        require(spec["terminationGracePeriodSeconds"] >= 5 + 25 + 5, f"{named(doc)}: no time to stop")
        for container in spec["containers"]:
            name = container["name"]
            served.append(name)
            require(container["args"] == ["serve", name], f"{profile}: {name}: args")
            ports = {port["containerPort"] for port in container["ports"]}
            require(ports == {topology[name]["port"], topology[name]["admin"]}, f"{profile}: {name}: ports")
            for probe, path in {"startup": "/readyz", "liveness": "/livez", "readiness": "/readyz"}.items():
                get = container[f"{probe}Probe"]["httpGet"]
                asked = {"path": path, "port": topology[name]["admin"]}
                require(get == asked, f"{profile}: {name}: {probe} probe")
            require(container["lifecycle"]["preStop"]["sleep"]["seconds"] > 0, f"{profile}: {name}: preStop")
    require(sorted(served) == SERVICES, f"{profile}: serves {served}")
    for doc in docs:
        if doc["kind"] != "Service":
            continue
        hit = [it for it in deployments if pod_of(it)[0].items() >= doc["spec"]["selector"].items()]
        require(len(hit) == 1, f"{profile}: {named(doc)} reaches {len(hit)} Deployments")
        opened = {port["containerPort"] for it in hit for c in pod_of(it)[1]["containers"] for port in c["ports"]}
        targets = {port["targetPort"] for port in doc["spec"]["ports"]}
        require(targets <= opened, f"{profile}: {named(doc)}: nobody opens {targets - opened}")


# --- Configuration ----------------------------------------------------------------------------


def known_keys(service):
    """section → key → default, as the program embeds them."""
    home = ROOT / ("gateway" if service == "gateway" else f"services/{service}")
    own = tomllib.loads((home / "src/config.default.toml").read_text())
    common = tomllib.loads((ROOT / "services/chassis/src/config.default.toml").read_text())
    return {section: common.get(section, {}) | keys for section, keys in own.items()}


def known_variable(name, value=None):
    """Why the program would refuse a variable; nothing when it knows it."""
    if not (found := re.fullmatch(r"YIWANG_([A-Z]+)__([A-Z_]+?)__([A-Z0-9_]+)", name)):
        return "not a variable of the program"
    service, section, key = (part.lower() for part in found.groups())
    if service not in SERVICES:
        return f"no service {service}"
    keys = known_keys(service)
    if service == "gateway" and section == "services":
        return None if key in SERVICES else f"no service {key}"
    if key not in keys.get(section, {}):
        return f"{service} has no {section}.{key}"
    default = keys[section][key]
    if value is None or "$" in value:
        return None
    shape = {bool: r"true|false", int: r"-?\d+", float: r"-?\d+(\.\d+)?", list: r"\[.*\]"}
    pattern = shape.get(type(default), r".*")
    return None if re.fullmatch(pattern, value) else f"{section}.{key} is {value!r}, by default {default!r}"


def known_configuration(profile, docs):
    for doc in docs:
        variables = {}
        if doc["kind"] == "ConfigMap":
            variables = {k: v for k, v in doc["data"].items() if k.startswith("YIWANG_")}
        elif pod := pod_of(doc):
            for container in pod[1]["containers"]:
                variables |= {it["name"]: it.get("value") for it in container.get("env", [])}
        for name, value in variables.items():
            if name.startswith("YIWANG_") and (why := known_variable(name, value)):
                require(False, f"{profile}: {named(doc)}: {name}: {why}")


def compose():
    file = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    for name, service in file["services"].items():
        for variable, value in service.get("environment", {}).items():
            if "__" in variable and (why := known_variable(variable, str(value))):
                require(False, f"compose: {name}: {variable}: {why}")
    require(set(SERVICES) <= file["services"].keys(), "compose: a service is missing")


# --- Network policies -------------------------------------------------------------------------


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
            if opened and any(is_peer(peer, other, "civil") for peer in rule[key]):
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


# --- Values, schema, README -------------------------------------------------------------------


REFUSED = {
    "an unknown key": {"replica": 3},
    "an unknown key of a service": {"services": {"gateway": {"replica": 3}}},
    "an unknown service": {"services": {"pension": {}}},
    "no host": {"host": ""},
    "a host with a scheme": {"host": "https://civil.example.gov"},
    "no repository": {"image": {"repository": ""}},
    "an unknown profile": {"profile": "medium"},
    "a number for text": {"keys": {"secret": 7}},
    "no pods": {"services": {"gateway": {"replicas": 0}}},
    "a digest that is none": {"image": {"digest": "latest"}},
    "a department that is no URL": {"departments": {"urls": {"bank": "bank.example"}}},
    "a missing department": {"departments": {"urls": {"bank": ""}}},
    "ingress without a certificate": {"ingress": {"enabled": True}},
    "a route without a Gateway": {"httpRoute": {"enabled": True}},
    "nobody before the portal": {"ingress": {"enabled": True, "tlsSecret": "tls"}},
    "no database to reach": {"postgres": {"peers": []}},
    "two addresses of NATS": {"nats": {"urlSecret": {"name": "nats"}}},
    "a password in values": {"services": {"gateway": {"config": {"database": {"url": "postgres://a:b@c/d"}}}}},
    "a demonstration": {"services": {"gateway": {"config": {"demo": {"accounts": True}}}}},
    "min over max": {"services": {"gateway": {"autoscaling": {"enabled": True, "min": 5, "max": 2}}}},
    "two pods in profile small": {"profile": "small", "services": {"gateway": {"replicas": 2}}},
    "one node's volume for pods on many": {"volumes": {"audit": {"accessMode": "ReadWriteOnce"}}},
    "a store without a name": {"externalSecrets": {"enabled": True}},
    "no cron expression": {"jobs": {"reconcile": {"enabled": True, "schedule": "nightly"}}},
    "monitoring that cannot reach": {"monitoring": {"serviceMonitors": True}},
}


def merged(base, over):
    base = copy.deepcopy(base)
    for key, value in over.items():
        base[key] = merged(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return base


def refusals(binary, scratch):
    base = yaml.safe_load((CHART / "ci/standard.yaml").read_text())
    for what, over in REFUSED.items():
        scratch.write_text(yaml.safe_dump(merged(base, over)))
        done = helm(binary, "template", "yiwang", ".", "-f", scratch)
        require(done.returncode != 0, f"values with {what} are accepted")
    scratch.write_text("host: a.example\nimage: {repository: a}\n")
    done = helm(binary, "template", "yiwang", ".", "-f", scratch)
    for each in ("check_centre", "sharing", "postgres.peers", "nats.peers"):
        require(each in done.stderr, f"not all that is wrong is told at once: {each}")


def schema():
    return json.loads((CHART / "values.schema.json").read_text())


def resolved(node):
    if ref := node.get("$ref"):
        return schema()["$defs"][ref.split("/")[-1]] | {k: v for k, v in node.items() if k != "$ref"}
    return node


def documented():
    """Every value has a place in the schema, every object is closed or says what is in it."""

    def walk(values, node, path):
        for key, value in (values or {}).items():
            child = resolved(node.get("properties", {}).get(key, {}))
            here = f"{path}{key}"
            require("description" in child, f"values.yaml: {here} has no description in the schema")
            if isinstance(value, dict) and "properties" in child:
                walk(value, child, f"{here}.")

    walk(yaml.safe_load((CHART / "values.yaml").read_text()), schema(), "")
    for file in sorted((CHART / "files/profiles").iterdir()):
        profile = yaml.safe_load(file.read_text())
        for settings in [profile["defaults"], *profile["services"].values()]:
            walk(settings, resolved({"$ref": "#/$defs/service"}), f"{file.name}: ")


def table():
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    lines = []

    def shown(value):
        if value in (None, "", {}, []):
            return ""
        return f"`{json.dumps(value, ensure_ascii=False)}`" if not isinstance(value, str) else f"`{value}`"

    def walk(node, defaults, path):
        for key, child in node["properties"].items():
            child = resolved(child)
            default = (defaults or {}).get(key)
            if "properties" in child and path + key != "defaults" and not path.startswith("services."):
                lines.append(f"| **`{path}{key}`** | | {child.get('description', '')} |")
                walk(child, default, f"{path}{key}.")
            else:
                lines.append(f"| `{path}{key}` | {shown(default)} | {child.get('description', '')} |")

    root = schema()
    root["properties"] = {k: v for k, v in root["properties"].items() if k not in ("services", "global")}
    walk(root, values, "")
    lines.append("| **`services.<name>`** | by profile | One service: `gateway`, `assistance`, `marriage`, `burial`, `rescue`, `child`. |")
    walk({"properties": root["$defs"]["service"]["properties"]}, {}, "services.<name>.")
    return "\n".join(["| value | default | meaning |", "|---|---|---|", *lines])


def readme(write):
    file = CHART / "README.md"
    before, _, rest = file.read_text().partition("<!-- values -->\n")
    old, _, after = rest.partition("<!-- end of values -->")
    new = f"\n{table()}\n\n"
    if write:
        file.write_text(f"{before}<!-- values -->\n{new}<!-- end of values -->{after}")
    else:
        require(old == new, "the README's table of values is old: deploy/chart_checks.py --write")


# --- Alerts and dashboards --------------------------------------------------------------------


def metrics_of_the_code():
    found = set()
    call = re.compile(r'(?:metrics::)?(?:counter|gauge|histogram)!?\(\s*"([a-z_]+)"')
    for home in ("services", "gateway", "deploy"):
        for file in (ROOT / home).rglob("*.rs"):
            for name in call.findall(file.read_text()):
                found |= {name, f"{name}_bucket", f"{name}_count", f"{name}_sum"}
    return found


def names_in(expression):
    """The metrics that an expression reads."""
    in_matcher = re.findall(r'__name__=~"([^"]+)"', expression)
    text = re.sub(r"\{[^}]*\}", "{}", expression)
    text = re.sub(r"\[[^]]*\]", "[]", text)
    text = re.sub(r"\b(by|on|ignoring|without|group_left|group_right)\s*\([^)]*\)", "", text)
    words = set(re.findall(r"[a-z_][a-z0-9_]+(?!\s*\()\b", text)) - {"and", "or", "unless", "bool", "le", "offset"}
    called = set(re.findall(r"([a-z_]+)\s*\(", text))
    return (words - called) | {name for names in in_matcher for name in names.split("|")}


def watched():
    code = metrics_of_the_code()
    used = []
    anchors = set()
    for file in sorted((CHART / "files/alerts").glob("*.yaml")):
        for group in yaml.safe_load(file.read_text())["groups"]:
            for rule in group["rules"]:
                used.append((f"alert {rule['alert']}", rule["expr"]))
                url, _, anchor = rule["annotations"]["runbook_url"].partition("#")
                require(url == "https://yiwang.example/runbook.md", f"{rule['alert']}: runbook {url}")
                require(rule["labels"]["severity"] in ("critical", "warning", "info"), f"{rule['alert']}: severity")
                anchors.add(anchor)
    for file in sorted((CHART / "files/dashboards").glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel.get("targets", []):
                used.append((f"{file.name}: {panel['title']}", target["expr"]))
    seen = set()
    for place, expression in used:
        for name in names_in(expression):
            seen.add(name)
            known = name in code or name in PROPOSED or OTHERS.match(name)
            require(known, f"{place}: the code has no metric {name}")
    for name in PROPOSED:
        require(name not in code, f"{name} is there now: take it off PROPOSED and the notes beside its alert")
        require(name in seen, f"{name} is proposed and nobody reads it")
    runbook = (ROOT / "deploy/runbook.md").read_text()
    headings = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in runbook.splitlines() if line.startswith("#")}
    for anchor in sorted(anchors - headings):
        require(False, f"runbook: no paragraph #{anchor}")
    read = {name.removesuffix("_bucket") for name in seen}
    unused = {name for name in code if name.startswith("yiwang_") and not name.endswith(("_bucket", "_count", "_sum"))} - read
    require(not unused, f"nobody looks at {sorted(unused)}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--helm", action="append", default=[])
    arguments.add_argument("--out", type=Path, help="where the rendered objects go")
    arguments.add_argument("--write", action="store_true")
    arguments = arguments.parse_args()
    if arguments.write:
        return readme(True)
    documented()
    readme(False)
    watched()
    compose()
    for values in sorted((CHART / "ci").glob("*.yaml")):
        profile = values.stem
        each = [render(binary, values) for binary in arguments.helm]
        require(all(docs == each[0] for docs in each), f"{profile}: the Helms differ")
        docs = each[0]
        if arguments.out:
            (arguments.out / f"{profile}.yaml").write_text(yaml.safe_dump_all(docs))
        for check in (valid, safe_pods, serving, known_configuration):
            check(profile, docs)
        if profile in ("small", "standard", "everything"):
            found, wanted = edges(docs), expected_edges(profile)
            for edge in sorted(found - wanted):
                require(False, f"{profile}: the network lets through {edge}")
            for edge in sorted(wanted - found):
                require(False, f"{profile}: the network does not let through {edge}")
    if arguments.helm:
        scratch = (arguments.out or Path("/tmp")) / "refused.values"
        refusals(arguments.helm[0], scratch)
        scratch.unlink()
    for problem in dict.fromkeys(wrong):
        print(f"xxx {problem}")
    if wrong:
        sys.exit(1)
    print(f"the chart holds: {len(REFUSED)} refusals, Kubernetes {', '.join(VERSIONS)}, {len(arguments.helm)} Helm")


if __name__ == "__main__":
    main()
