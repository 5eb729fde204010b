"""What tests of several folders need: the data, the application, and programs of their own."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient

import app
import layers
from tests.postgres import postgres as postgres
from tests.processes import Program, started


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The data the tests run over: the atlas's own, or ATLAS_DATA."""
    return app.data_folder()


@pytest.fixture(scope="session")
def atlas(data_folder: Path) -> layers.Atlas:
    return layers.load(data_folder)


def copied(data_folder: Path, parent: Path) -> Path:
    """A copy of all real data files in a folder of its own below `parent`."""
    copy = parent / "geodata"
    copy.mkdir()
    for path in data_folder.iterdir():
        if path.suffix in (".csv", ".geojson"):
            shutil.copyfile(path, copy / path.name)
    if (data_folder / "decks").is_dir():
        shutil.copytree(data_folder / "decks", copy / "decks")
    return copy


@pytest.fixture
def whole_copy(data_folder: Path, tmp_path: Path) -> Path:
    """A copy of all real data files to change."""
    return copied(data_folder, tmp_path)


@pytest.fixture(scope="session")
def site(data_folder: Path) -> dash.Dash:
    """The application; one for all tests, because Dash registers pages for the whole process."""
    return app.create_app(data_folder)


@pytest.fixture
def client(site: dash.Dash) -> FlaskClient:
    return site.server.test_client()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """A function that starts a Python program; what still runs is stopped after the test."""
    logs = (tmp_path / f"{number}.log" for number in count())
    with contextlib.ExitStack() as running:
        yield lambda *arguments, **environment: running.enter_context(
            started(arguments, next(logs), **environment)
        )
