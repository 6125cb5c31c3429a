import pytest
from rendering import VALUE_SETS


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with the argument `values` runs for every value set."""
    if "values" in metafunc.fixturenames:
        metafunc.parametrize("values", VALUE_SETS.values(), ids=VALUE_SETS.keys())
