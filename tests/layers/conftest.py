"""Copies of the real data to break."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def whole_copy(data_folder: Path, tmp_path: Path) -> Path:
    """A copy of all real data files."""
    copy = tmp_path / "geodata"
    copy.mkdir()
    for path in data_folder.iterdir():
        if path.suffix in (".csv", ".geojson"):
            shutil.copyfile(path, copy / path.name)
    return copy


@pytest.fixture
def folder(whole_copy: Path) -> Path:
    """A copy to break one thing in; the two largest background files keep one feature, which is quicker."""
    for name in ("neighbours.geojson", "railways.geojson"):
        content = json.loads((whole_copy / name).read_text(encoding="utf-8"))
        content["features"] = content["features"][:1]
        (whole_copy / name).write_text(json.dumps(content), encoding="utf-8")
    return whole_copy
