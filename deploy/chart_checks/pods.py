"""Objects that Kubernetes accepts, pods that are safe, Services that reach them."""

import kubernetes_validate
import yaml
from common import CHART, SERVICES, named, pod_of, require
from operators import FOREIGN

VERSIONS = ["1.30", "1.33", "1.37"]


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
