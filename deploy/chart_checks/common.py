"""What the checks share: where things are, and what was found wrong."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "helm/yiwang"
SERVICES = ["assistance", "burial", "child", "gateway", "marriage", "rescue"]

wrong = []


def require(good, what):
    if not good:
        wrong.append(what)


def named(doc):
    return f"{doc['kind']}/{doc['metadata']['name']}"


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
