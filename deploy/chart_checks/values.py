"""Values: the schema refuses what is wrong, every value is documented, the README shows it."""

import copy
import json
import subprocess

import yaml
from common import CHART, require


def helm(binary, *args):
    return subprocess.run([binary, *args], check=False, capture_output=True, text=True, cwd=CHART)


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
    "one rate limit for everybody": {
        "httpRoute": {"enabled": True, "parentRefs": [{"name": "public"}]},
        "route": {"peers": [{"podSelector": {}}], "trustedProxies": []},
    },
    "a timeout that no service takes": {"departments": {"timeout": "60s"}},
    "port 53 of the whole world": {"networkPolicy": {"dns": []}},
    "labels by which pods are found": {"defaults": {"podLabels": {"app.kubernetes.io/component": "x"}}},
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
        require(old == new, "the README's table of values is old: deploy/chart_checks --write")
