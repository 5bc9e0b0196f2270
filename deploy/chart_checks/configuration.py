"""Every variable that chart and compose file set is one that the program knows."""

import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

import yaml
from common import ROOT, SERVICES, named, pod_of, require


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


def environments(docs):
    """service → variables of its container, what comes from Secrets made up."""
    data = {doc["metadata"]["name"]: doc["data"] for doc in docs if doc["kind"] == "ConfigMap"}
    secret = {"DATABASE": "postgres://user:word@postgres:5432/name?sslmode=require", "NATS": "nats://user:word@nats:4222"}
    for doc in docs:
        if doc["kind"] != "Deployment":
            continue
        for container in pod_of(doc)[1]["containers"]:
            variables = {}
            for source in container["envFrom"]:
                variables |= data[source["configMapRef"]["name"]]
            for it in container["env"]:
                made_up = secret[it["name"].split("__")[1]] if "__" in it["name"] else ""
                variables[it["name"]] = it.get("value", made_up)
            yield container["name"], variables


def accepted(place, program, environment):
    """The program itself finds nothing wrong with what each service is given."""
    for service, variables in environment:
        with tempfile.TemporaryDirectory() as home:
            here = {}
            for name, value in variables.items():
                if value.startswith("/etc/yiwang/"):
                    value = home + value
                    file = Path(value)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.touch()
                here[name] = value
            done = subprocess.run(
                [program, "config", "check", service], check=False, capture_output=True, text=True, cwd=home, env=here
            )
        require(done.returncode == 0, f"{place}: {service}: {done.stderr.strip()}")


def compose_environments(file):
    def filled(it):
        return it["default"] or ("https://civil.example.gov" if it["name"].endswith("_URL") else "word")

    for name, service in file["services"].items():
        if name in SERVICES:
            yield name, {
                variable: re.sub(r"\$\{(?P<name>\w+):-?(?P<default>[^}?]*)\??\}", filled, str(value))
                for variable, value in service["environment"].items()
            }


def compose(program):
    file = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    if program:
        accepted("compose", program, compose_environments(file))
    for name, service in file["services"].items():
        for variable, value in service.get("environment", {}).items():
            if "__" in variable and (why := known_variable(variable, str(value))):
                require(False, f"compose: {name}: {variable}: {why}")
    require(set(SERVICES) <= file["services"].keys(), "compose: a service is missing")
