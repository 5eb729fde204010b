"""The build lives beside the data and is run as a script: its folder is put on the path as Python would."""

import sys
from pathlib import Path

import pytest

GEODATA = Path(__file__).parents[2] / "geodata"
sys.path.insert(0, str(GEODATA))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the full rebuild, which downloads 160 MB, unless `-m rebuild` asks for it."""
    if "rebuild" in config.option.markexpr:
        return
    reason = pytest.mark.skip(reason="downloads packages and takes minutes: ask for it with -m rebuild")
    for item in items:
        if item.get_closest_marker("rebuild"):
            item.add_marker(reason)


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The folder of the committed data."""
    return GEODATA
