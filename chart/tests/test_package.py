"""The chart as a package: its README, its version, what is in it."""

import json
import re
import subprocess
import tarfile
from pathlib import Path

import yaml
from rendering import CHART, HELMS, TOOLS, helm

ROOT = CHART.parent
METRIC = re.compile(r"\b((?:api|gateway|todo_agent)_[a-z_]+)\b")


def test_the_readme_is_current() -> None:
    command = [TOOLS / "bin/helm-docs", "--chart-search-root=.", "--sort-values-order=file", "--dry-run", "--log-level=error"]
    current = subprocess.run(command, cwd=CHART, capture_output=True, text=True, check=True).stdout
    assert current.strip() == (CHART / "README.md").read_text().strip(), "if this is meant: make chart-golden"


def test_every_value_is_described() -> None:
    lines = (CHART / "values.yaml").read_text().splitlines()
    leaves = [number for number, line in enumerate(lines) if re.match(r"^ *\w+: *\S", line)]
    described = [number for number in leaves if "# --" in lines[number - 1] or "# --" in lines[number - 2]]
    undescribed = [lines[number].strip() for number in leaves if number not in described]
    assert undescribed == ["requests: {cpu: 30m, memory: 32Mi}"] or not [
        line for line in undescribed if not line.startswith(("requests:", "limits:", "kubernetes.io/"))
    ]


def test_the_versions_of_chart_and_product_agree() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    product = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE).group(1)
    assert chart["appVersion"] == product


def test_the_package_has_no_tests_and_scripts(tmp_path: Path) -> None:
    for version in HELMS:
        assert helm(version, "package", ".", f"--destination={tmp_path}").returncode == 0
        with tarfile.open(next(tmp_path.glob("*.tgz"))) as package:
            names = package.getnames()
        assert "todo-app/values-oke.yaml" in names and "todo-app/files/dashboard.json" in names
        assert "todo-app/templates/tests/smoke.yaml" in names
        assert not [name for name in names if name.startswith(("todo-app/tests", "todo-app/scripts"))]


def test_alerts_and_dashboard_use_metrics_that_there_are() -> None:
    sources = [*ROOT.glob("api/src/**/*.rs"), *ROOT.glob("agent/src/**/*.rs"), *ROOT.glob("web/gateway/src/**/*.rs")]
    written = {name for source in sources for name in re.findall(r'"((?:api|gateway|todo_agent)_[a-z_]+)"', source.read_text())}
    dashboard = json.loads((CHART / "files/dashboard.json").read_text())
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    expressions.append((CHART / "templates/monitoring/prometheusrule.yaml").read_text())
    used = {re.sub(r"_(bucket|sum|count)$", "", name) for text in expressions for name in METRIC.findall(text)}
    assert len(used) >= 8
    assert used <= written


def test_what_alerts_point_to_is_in_the_runbook() -> None:
    rules = (CHART / "templates/monitoring/prometheusrule.yaml").read_text()
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    named = re.findall(r'See "(.+?)" in docs/operations.md', rules)
    assert len(named) == rules.count("- alert:") and set(named) <= set(headings)
