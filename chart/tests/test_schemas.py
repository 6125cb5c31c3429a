"""What is rendered is what Kubernetes understands, to the letter."""

import functools
import json
from pathlib import Path

import jsonschema
import kubernetes_validate
import pytest
import yaml
from rendering import KUBERNETES, TOOLS, objects

# Not Kubernetes' own: checked against the definitions that their projects publish.
CUSTOM = {"HTTPRoute", "ServiceMonitor", "PrometheusRule"}


@pytest.mark.parametrize("kubernetes", KUBERNETES)
def test_objects_are_valid(values: Path, kubernetes: str) -> None:
    own = [document for document in objects(values, kubernetes=kubernetes) if document["kind"] not in CUSTOM]
    assert len(own) >= 10
    for document in own:
        validate(json.dumps(document), kubernetes)


@functools.cache
def validate(document: str, kubernetes: str) -> None:
    """Once for objects that several value sets have in common."""
    kubernetes_validate.validate(json.loads(document), kubernetes, strict=True)


def test_custom_objects_are_valid(values: Path) -> None:
    for document in objects(values):
        if document["kind"] in CUSTOM:
            jsonschema.validate(document, schema_of(document))


def schema_of(document: dict) -> dict:
    version = document["apiVersion"].split("/")[1]
    definition = yaml.safe_load((TOOLS / "crds" / f"{document['kind']}.yaml").read_text())
    [schema] = [v["schema"]["openAPIV3Schema"] for v in definition["spec"]["versions"] if v["name"] == version]
    return strict(schema) | {"additionalProperties": True}


def strict(schema: dict) -> dict:
    """The same, but what is not named is wrong, as for an API server that validates strictly."""
    schema = {
        key: {name: strict(each) for name, each in value.items()} if key == "properties"
        else strict(value) if isinstance(value, dict) and key in ("items", "additionalProperties")
        else value
        for key, value in schema.items()
    }
    # Written for Go's engine, which takes flags in the middle; Kubernetes itself checks what has a pattern.
    schema.pop("pattern", None)
    if "properties" in schema and "additionalProperties" not in schema:
        schema["additionalProperties"] = schema.get("x-kubernetes-preserve-unknown-fields", False)
    return schema


def test_a_wrong_field_would_be_found() -> None:
    [document] = [d for d in objects(Path(__file__).parent / "values" / "http-route.yaml") if d["kind"] == "HTTPRoute"]
    document["spec"]["hostname"] = "todo.example.org"
    with pytest.raises(jsonschema.ValidationError, match="hostname"):
        jsonschema.validate(document, schema_of(document))
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"prots": []}}
    with pytest.raises(kubernetes_validate.ValidationError, match="prots"):
        kubernetes_validate.validate(service, "1.34", strict=True)
