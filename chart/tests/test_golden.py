"""Snapshots: a change of what is rendered is seen in review. `make chart-golden` takes new ones."""

import os

import pytest
from rendering import TESTS, VALUE_SETS, rendered


@pytest.mark.parametrize("name", ["defaults", "oke"])
def test_what_is_rendered_is_what_was_reviewed(name: str) -> None:
    golden = TESTS / "golden" / f"{name}.yaml"
    if os.environ.get("CHART_GOLDEN") == "update":
        golden.write_text(rendered(VALUE_SETS[name]))
    assert rendered(VALUE_SETS[name]) == golden.read_text(), "if this is meant: make chart-golden"
