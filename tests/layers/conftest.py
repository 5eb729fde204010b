"""Copies of the real data to break."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import settings

from tests.conftest import copied

settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")


def shortened(folder: Path) -> Path:
    """The folder with one feature left in the two largest background files, which is quicker to read."""
    for name in ("neighbours.geojson", "railways.geojson"):
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        content["features"] = content["features"][:1]
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def folder(whole_copy: Path) -> Path:
    """A copy to break one thing in."""
    return shortened(whole_copy)


@pytest.fixture(scope="module")
def common_folder(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to break many things in at once, for all tests of a module."""
    return shortened(copied(data_folder, tmp_path_factory.mktemp("common")))
