"""Renders the chart. Every render is made once, and shared by all tests."""

import functools
import os
import subprocess
from pathlib import Path

import yaml

CHART = Path(__file__).resolve().parent.parent
TESTS = CHART / "tests"
TOOLS = Path(os.environ["TODO_CHART_TOOLS"])
HELMS = ("helm3", "helm4")
KUBERNETES = ("1.28", "1.31", "1.34", "1.37")
VALUE_SETS = {
    **{file.stem: file for file in sorted((TESTS / "values").glob("*.yaml"))},
    "minikube": CHART / "values-minikube.yaml",
    "oke": CHART / "values-oke.yaml",
}
# Of no server: what is random otherwise would be another in every render.
SECRETS = ["--set=secrets.jwtSecret=a-secret-of-the-tests-that-is-long-enough", "--set=secrets.agentToken=a-token-of-the-tests"]


def helm(version: str, *arguments: str, chart: Path = CHART) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "bin" / version), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=chart, timeout=60, check=False)


@functools.cache
def rendered(values: Path, kubernetes: str = "1.34", version: str = "helm4", flags: tuple[str, ...] = ()) -> str:
    given = (yaml.safe_load(values.read_text()) or {}).get("secrets")
    result = helm(
        version, "template", "todo", str(CHART), "--namespace=todo", f"--kube-version={kubernetes}.0",
        f"--values={values}", *([] if given else SECRETS), *flags,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def objects(values: Path, **how: str | tuple[str, ...]) -> list[dict]:
    return [document for document in yaml.safe_load_all(rendered(values, **how)) if document]


def of_kind(found: list[dict], *kinds: str) -> list[dict]:
    return [document for document in found if document["kind"] in kinds]


def pod_of(document: dict) -> dict | None:
    """The pod that an object makes, with its metadata."""
    match document["kind"]:
        case "Pod":
            return document
        case "Deployment" | "Job":
            return document["spec"]["template"]
        case "CronJob":
            return document["spec"]["jobTemplate"]["spec"]["template"]
    return None
