"""Objects of operators, whose schemas nobody carries: their fields are known, and what they name is there."""

import yaml
from common import CHART, SERVICES, named, pod_of, require

# Below `spec`, what of it the chart and the examples use.
FIELDS = {
    ("gateway.networking.k8s.io/v1", "HTTPRoute"): """
        hostnames parentRefs.name parentRefs.namespace parentRefs.sectionName rules.matches.path.type
        rules.matches.path.value rules.timeouts.request rules.backendRefs.name rules.backendRefs.port""",
    ("monitoring.coreos.com/v1", "ServiceMonitor"): """
        selector.matchLabels.* endpoints.port endpoints.path endpoints.interval endpoints.honorLabels
        endpoints.relabelings.sourceLabels endpoints.relabelings.targetLabel endpoints.relabelings.replacement""",
    ("monitoring.coreos.com/v1", "PrometheusRule"): """
        groups.name groups.rules.alert groups.rules.expr groups.rules.for groups.rules.labels.*
        groups.rules.annotations.*""",
    ("external-secrets.io/v1", "ExternalSecret"): """
        refreshInterval secretStoreRef.kind secretStoreRef.name target.name target.creationPolicy
        target.deletionPolicy target.template.metadata.labels.* dataFrom.extract.key""",
    ("postgresql.cnpg.io/v1", "Cluster"): """
        instances postgresql.synchronous.method postgresql.synchronous.number postgresql.parameters.*
        storage.size walStorage.size resources.requests.* resources.limits.* affinity.topologyKey
        affinity.podAntiAffinityType managed.roles.name managed.roles.ensure managed.roles.login
        managed.roles.passwordSecret.name""",
    ("postgresql.cnpg.io/v1", "Database"): "cluster.name name owner databaseReclaimPolicy",
}
FOREIGN = {kind for _, kind in FIELDS}


def paths(value, path=()):
    if isinstance(value, list):
        for each in value:
            yield from paths(each, path)
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from paths(child, (*path, key))
    else:
        yield path


def known_fields(place, doc):
    fields = FIELDS.get((doc["apiVersion"], doc["kind"]))
    require(fields is not None, f"{place}: {named(doc)}: unknown {doc['apiVersion']}")
    for path in paths(doc["spec"]):
        known = {".".join(path), ".".join([*path[:-1], "*"])} & set((fields or "").split())
        require(known, f"{place}: {named(doc)}: spec.{'.'.join(path)} is not known")


def secrets_of(docs):
    """The Secrets that pods read, whether files or variables."""
    for _, spec in filter(None, map(pod_of, docs)):
        for volume in spec.get("volumes", []):
            if "secret" in volume:
                yield volume["secret"]["secretName"]
        for variable in (it for container in spec["containers"] for it in container.get("env", [])):
            if "valueFrom" in variable:
                yield variable["valueFrom"]["secretKeyRef"]["name"]


def operators(profile, docs):
    services = {doc["metadata"]["name"]: doc for doc in docs if doc["kind"] == "Service"}
    for doc in docs:
        if doc["kind"] not in FOREIGN | {"Ingress"}:
            continue
        at = f"{profile}: {named(doc)}"
        if doc["kind"] != "Ingress":
            known_fields(profile, doc)
        spec = doc["spec"]
        match doc["kind"]:
            case "HTTPRoute":
                asked = [(it["name"], it["port"]) for rule in spec["rules"] for it in rule["backendRefs"]]
            case "Ingress":
                backends = [path["backend"]["service"] for rule in spec["rules"] for path in rule["http"]["paths"]]
                asked = [(it["name"], it["port"]["number"]) for it in backends]
            case "ServiceMonitor":
                wanted = spec["selector"]["matchLabels"].items()
                hit = [name for name, it in services.items() if it["metadata"]["labels"].items() >= wanted]
                require(len(hit) == len(SERVICES), f"{at}: sees {hit}")
                asked = [(name, endpoint["port"]) for name in hit for endpoint in spec["endpoints"]]
            case "PrometheusRule":
                file = CHART / f"files/alerts/{doc['metadata']['name'].split('-')[-1]}.yaml"
                alerts = [rule["alert"] for group in spec["groups"] for rule in group["rules"]]
                theirs = [rule["alert"] for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]
                require(alerts == theirs, f"{at}: not the alerts of {file.name}")
                asked = []
            case _:
                asked = []
        for name, port in asked:
            ports = services[name]["spec"]["ports"] if name in services else []
            require(any(port in (it["port"], it["name"]) for it in ports), f"{at}: no Service {name} with port {port}")
    made = {doc["spec"]["target"]["name"] for doc in docs if doc["kind"] == "ExternalSecret"}
    if made:
        require(made == set(secrets_of(docs)), f"{profile}: ExternalSecrets make {made}, pods read {set(secrets_of(docs))}")


def examples(docs):
    """What the example of PostgreSQL makes is what the chart asks for, rendered without names of its own."""
    place = "examples/cnpg-cluster.yaml"
    made = [doc for doc in yaml.safe_load_all((CHART / place).read_text()) if doc]
    for doc in made:
        known_fields(place, doc)
    cluster = next(doc for doc in made if doc["kind"] == "Cluster")
    roles = {role["name"]: role["passwordSecret"]["name"] for role in cluster["spec"]["managed"]["roles"]}
    databases = [doc["spec"] for doc in made if doc["kind"] == "Database"]
    require({it["owner"] for it in databases} == roles.keys() == {f"yiwang_{name}" for name in SERVICES}, f"{place}: roles")
    require(all(it["cluster"]["name"] == cluster["metadata"]["name"] for it in databases), f"{place}: another cluster")
    asked = {name for name in secrets_of(docs) if name.endswith("-db")}
    require(set(roles.values()) == asked, f"{place}: Secrets {sorted(roles.values())}, the chart reads {sorted(asked)}")
