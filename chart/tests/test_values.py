"""What values are taken, and what is said of those that are not."""

import json
import re
from pathlib import Path

import pytest
import yaml
from rendering import CHART, HELMS, KUBERNETES, SECRETS, TESTS, VALUE_SETS, helm, objects

REFUSED = sorted((TESTS / "refused").glob("*.yaml"))


@pytest.mark.parametrize("version", HELMS)
@pytest.mark.parametrize("refused", REFUSED, ids=lambda file: file.stem)
def test_wrong_values_are_refused_with_a_sentence(refused: Path, version: str) -> None:
    sentence = re.match(r"# says: (.+)\n", refused.read_text()).group(1)
    result = helm(version, "template", "todo", ".", f"--values={refused}")
    assert result.returncode != 0
    assert sentence in result.stderr


def test_two_api_replicas_are_refused_without_the_schema_too() -> None:
    result = helm("helm4", "template", "todo", ".", "--set=api.replicas=2", "--skip-schema-validation")
    assert result.returncode != 0
    assert "SQLite is one writer on one volume" in result.stderr


@pytest.mark.parametrize("version", HELMS)
def test_the_chart_lints(values: Path, version: str) -> None:
    result = helm(version, "lint", "--strict", ".", f"--values={values}")
    assert result.returncode == 0, result.stdout + result.stderr


def test_both_helms_render_the_same(values: Path) -> None:
    def key(document: dict) -> tuple[str, str]:
        return document["kind"], document["metadata"]["name"]

    third, fourth = (sorted(objects(values, version=version), key=key) for version in HELMS)
    assert third == fourth


def test_there_are_enough_value_sets_and_versions() -> None:
    assert len(VALUE_SETS) >= 12
    assert {"1.28", "1.31", "1.34"} <= set(KUBERNETES)


def test_the_schema_is_strict_and_knows_every_value() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())
    defaults = yaml.safe_load((CHART / "values.yaml").read_text())

    def compare(values: dict, schema: dict, path: str) -> None:
        while "$ref" in schema:
            schema = resolve[schema["$ref"]]
        if "properties" not in schema:
            return
        assert schema["additionalProperties"] is False, path
        if "quantities" not in json.dumps(schema):
            assert set(schema["properties"]) == set(values), path
        for name, each in schema["properties"].items():
            if isinstance(values.get(name), dict):
                compare(values[name], each, f"{path}.{name}")

    resolve = {f"#/definitions/{name}": each for name, each in schema["definitions"].items()}
    compare(defaults, schema, "")


def test_a_secret_that_is_not_given_is_long_and_random() -> None:
    def secret() -> dict:
        result = helm("helm4", "template", "todo", ".", "--show-only=templates/secret.yaml")
        return yaml.safe_load(result.stdout)["data"]

    one, other = secret(), secret()
    assert set(one) == {"jwt-secret", "agent-token"}
    assert all(len(one[key]) >= 64 and one[key] != other[key] for key in one)


def test_pods_are_replaced_when_a_secret_changes_and_only_then() -> None:
    def checksums(*more: str) -> dict[str, str]:
        result = helm("helm4", "template", "todo", ".", *SECRETS, *more)
        pods = [d for d in yaml.safe_load_all(result.stdout) if d and d["kind"] == "Deployment"]
        annotations = {d["metadata"]["name"]: d["spec"]["template"]["metadata"].get("annotations", {}) for d in pods}
        return {name: each.get("checksum/secret") for name, each in annotations.items()}

    before, after = checksums(), checksums("--set=secrets.openaiApiKey=sk-new")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"todo-todo-app-api", "todo-todo-app-agent"}
    assert checksums("--set=web.replicas=2") == before
