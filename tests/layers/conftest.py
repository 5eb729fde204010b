"""The real data, read once, and copies of it to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import layers

GEODATA = Path(__file__).parents[2] / "geodata"


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The folder of the real data."""
    return GEODATA


@pytest.fixture(scope="session")
def atlas(geodata: Path) -> layers.Atlas:
    """The real data."""
    return layers.load(geodata)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real data files, to break one thing in it."""
    copy = tmp_path / "geodata"
    copy.mkdir()
    for path in GEODATA.iterdir():
        if path.suffix in (".csv", ".geojson"):
            shutil.copyfile(path, copy / path.name)
    return copy
