"""Alerts and dashboards read metrics that the code has; each alert has its paragraph and fires in a test."""

import json
import re

import yaml
from common import CHART, ROOT, require

# Metrics of others: Prometheus, kubelet, kube-state-metrics.
OTHERS = re.compile(r"^(up|container_\w+|kube_\w+)$")


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


def expressions(file):
    """What the dashboards ask, as rules, so that promtool can read it."""
    rules = []
    for dashboard in sorted((CHART / "files/dashboards").glob("*.json")):
        for panel in json.loads(dashboard.read_text())["panels"]:
            for target in panel.get("targets", []):
                asked = target["expr"].replace("$__rate_interval", "5m").replace("$namespace", "n").replace("$component", "c")
                rules.append({"record": f"dashboards:{len(rules)}", "expr": asked})
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}))


def fired():
    """The alerts that some test of promtool makes fire."""
    for file in sorted((ROOT / "deploy/chart_checks/alerts").glob("*.yaml")):
        for test in yaml.safe_load(file.read_text())["tests"]:
            for asked in test["alert_rule_test"]:
                if asked["exp_alerts"]:
                    yield asked["alertname"]


def watched():
    code = metrics_of_the_code()
    used = []
    anchors = set()
    tested = set(fired())
    for file in sorted((CHART / "files/alerts").glob("*.yaml")):
        for group in yaml.safe_load(file.read_text())["groups"]:
            for rule in group["rules"]:
                used.append((f"alert {rule['alert']}", rule["expr"]))
                require(rule["alert"] in tested, f"{rule['alert']}: no test in chart_checks/alerts makes it fire")
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
            known = name in code or OTHERS.match(name)
            require(known, f"{place}: the code has no metric {name}")
    runbook = (ROOT / "deploy/runbook.md").read_text()
    headings = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in runbook.splitlines() if line.startswith("#")}
    for anchor in sorted(anchors - headings):
        require(False, f"runbook: no paragraph #{anchor}")
    read = {name.removesuffix("_bucket") for name in seen}
    unused = {name for name in code if name.startswith("yiwang_") and not name.endswith(("_bucket", "_count", "_sum"))} - read
    require(not unused, f"nobody looks at {sorted(unused)}")
