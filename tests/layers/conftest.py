"""Copies of the real data to break."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.conftest import copied
from tests.postgres import Postgres

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


@pytest.fixture(scope="session")
def folders(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Real data that read quickly, and a corrected copy of them, to read only."""
    old = shortened(copied(data_folder, tmp_path_factory.mktemp("old")))
    new = shutil.copytree(old, tmp_path_factory.mktemp("new") / "geodata")
    text = (new / "projects.csv").read_text("utf-8")
    (new / "projects.csv").write_text(text.replace(",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto"), "utf-8")
    cities = json.loads((new / "cities.geojson").read_text("utf-8"))
    cities["features"][0]["properties"]["population"] = None
    (new / "cities.geojson").write_text(json.dumps(cities), "utf-8")
    return old, new


@pytest.fixture(scope="session")
def published(postgres: Postgres, folders: tuple[Path, Path]) -> str:
    """The name of a database in which the first folder is published: to read, and to copy."""
    from layers.postgis import database_of

    name = postgres.database()
    database_of(postgres.url(name)).publish(folders[0])
    postgres.leave(name)
    return name
