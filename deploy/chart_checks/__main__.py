"""What must hold of the chart, checked on what Helm renders; called by deploy/test-chart.

    chart_checks --helm PATH [--helm PATH]    all checks; each Helm must render the same
    chart_checks --write                      writes the table of values into the chart's README
"""

import argparse
import sys
import tempfile
from pathlib import Path

import yaml
from common import CHART, require, wrong
from configuration import accepted, compose, environments, known_configuration
from network import network
from operators import examples, operators
from pods import VERSIONS, safe_pods, serving, valid
from values import REFUSED, documented, helm, readme, refusals
from watching import expressions, watched


def render(binary, values):
    linted = helm(binary, "lint", "--strict", ".", "-f", values)
    require(linted.returncode == 0, f"{values.name}: lint: {linted.stdout}{linted.stderr}")
    done = helm(binary, "template", "yiwang", ".", "--namespace", "civil", "-f", values)
    require(done.returncode == 0, f"{values.name}: {done.stderr}")
    return [doc for doc in yaml.safe_load_all(done.stdout) if doc]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--helm", action="append", default=[])
    parser.add_argument("--out", type=Path, help="where the rendered objects go")
    parser.add_argument("--program", type=lambda text: Path(text).resolve(), help="asked about every configuration")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.write:
        return readme(True)
    if not arguments.helm:
        parser.error("--helm is needed")
    documented()
    readme(False)
    watched()
    compose(arguments.program)
    for values in sorted((CHART / "ci").glob("*.yaml")):
        profile = values.stem
        each = [render(binary, values) for binary in arguments.helm]
        require(all(docs == each[0] for docs in each), f"{profile}: the Helms differ")
        docs = each[0]
        if arguments.out:
            (arguments.out / f"{profile}.yaml").write_text(yaml.safe_dump_all(docs))
        for check in (valid, safe_pods, serving, operators, known_configuration):
            check(profile, docs)
        if arguments.program:
            accepted(profile, arguments.program, environments(docs))
        if profile == "standard":
            examples(docs)
        if profile in ("small", "standard", "everything"):
            network(profile, docs)
    with tempfile.TemporaryDirectory() as scratch:
        refusals(arguments.helm[0], Path(scratch) / "values.yaml")
    if arguments.out:
        expressions(arguments.out / "dashboards.rules")
    for problem in dict.fromkeys(wrong):
        print(f"xxx {problem}")
    if wrong:
        sys.exit(1)
    asked = ", the program accepts each configuration" if arguments.program else ""
    print(f"the chart holds: {len(REFUSED)} refusals, Kubernetes {', '.join(VERSIONS)}, {len(arguments.helm)} Helm{asked}")


if __name__ == "__main__":
    main()
