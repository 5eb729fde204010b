"""The running atlas over a real PostgreSQL: the same answers as over files, and what it does without it."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import dash
import pytest
from plotly.utils import PlotlyJSONEncoder

import app
import layers
from dashboard import geometry
from dashboard.evidence.publications import publications_section
from dashboard.export.__main__ import main as export
from dashboard.export.formats import FORMATS
from dashboard.export.publication import SIZES, Wishes, find
from dashboard.export.sheets import sheet
from dashboard.plain import trees
from dashboard.text import speak
from layers.atlas import pinned
from layers.contract import data_bytes, files
from layers.postgis import database_of
from layers.publish import main
from layers.store import Store
from tests.processes import Program

LONGEST = 90  # seconds, for a busy machine


@pytest.fixture(scope="module")
def both(postgres, published, folders, tmp_path_factory):
    """The same version from its files and from the database."""
    place = tmp_path_factory.mktemp("copy")
    from_files = layers.load(folders[0])
    database, store = database_of(postgres.url(published)), Store(place, place)
    database.copy_into(store)
    from_database = database.load(from_files.version, store)
    postgres.leave(published)
    assert from_database.schema and not from_files.schema
    return from_files, from_database


def page(path: str) -> dict[str, Any]:
    return next(one for one in dash.page_registry.values() if one["path"] == path)


def begun(_atlas: layers.Atlas, query: str) -> Any:
    """The first answer of the overview: the figure of the map, and the rows that fit."""
    return sys.modules[page("/")["module"]].begin("screen", {"query": query, "lang": "kk"})


def laid_out(_atlas: layers.Atlas, path: str) -> Any:
    return page(path)["layout"](lang="ru")


def exported(atlas: layers.Atlas, form: str) -> Any:
    """What is drawn of a figure, as it goes to the program that draws it, or its data as a file."""
    publication, size = find("/?kind=sez", "map", atlas, speak("uz")), SIZES["web"]
    if form == "drawn":
        return sheet(publication, size, Wishes())
    return FORMATS[form].write(publication, size, Wishes()).decode()


def geometries(atlas: layers.Atlas, _which: str) -> Any:
    geometry._contents.clear()  # kept by version, which both have
    return [geometry.geometry(atlas, name).body.decode() for name in geometry.NAMES]


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (begun, ""),
        (begun, "?kind=sez&country=KAZ&metric=population"),
        (laid_out, "/corridors"),
        (exported, "drawn"),
        (exported, "csv"),
        (exported, "geojson"),
        (geometries, "all"),
    ],
)
def test_an_answer_over_the_database_is_that_over_files(site, both, answer, asked):
    told = []
    for atlas in both:
        with pinned(atlas):
            told.append(json.dumps(answer(atlas, asked), cls=PlotlyJSONEncoder))
    assert told[0] == told[1] and len(told[0]) > 1000


def health(app: Program) -> dict[str, Any]:
    with urllib.request.urlopen(f"{app.address()}/healthz", timeout=60) as answer:
        return json.load(answer)


def until(app: Program, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What /healthz says once it fits."""
    deadline = time.monotonic() + LONGEST
    while not fits(told := health(app)):
        assert time.monotonic() < deadline, told
        time.sleep(0.05)  # another process does the work that is waited for
    return told


def test_servers_follow_the_database_and_go_on_without_it(postgres, published, folders, tmp_path, program):
    first, second = (files.version(data_bytes(folder)) for folder in folders)
    url = postgres.url(postgres.database(template=published), password="k9secret")

    def server(machine: str) -> Program:
        state = {"ATLAS_STATE": str(tmp_path / machine), "ATLAS_DATABASE_URL": url}
        return program("app.py", "--port", "0", "--data", str(tmp_path / "none"), **state)

    apps = [server("one"), server("another")]
    for one in apps:
        told = until(one, lambda told: told["status"] == "ok")
        assert (told["data_version"], told["faults"]) == (first, [])

    # Both follow one publication.
    assert main([str(folders[1]), "--to", url]) == 0
    for one in apps:
        until(one, lambda told: told["data_version"] == second)

    # The database goes away: both say so and go on, one of them also after a restart.
    postgres.stop()
    try:
        for one in apps:
            told = until(one, lambda told: told["status"] == "degraded")
            assert told["data_version"] == second and "see that PostgreSQL runs" in told["faults"][0]
        apps[1].end()
        apps[1] = server("another")
        told = health(apps[1])
        assert (told["status"], told["data_version"]) == ("degraded", second)
    finally:
        postgres.start()

    # It is back: so are they.
    for one in apps:
        until(one, lambda told: told["status"] == "ok")
        assert one.line("followed again") and "k9secret" not in one.said()


def test_a_start_without_the_database_and_without_a_copy_says_what_to_do(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path))
    monkeypatch.setenv("ATLAS_DATABASE_URL", postgres.url("nowhere"))
    with pytest.raises(
        SystemExit, match=r"does not start, because of its database: .* CREATE DATABASE nowhere"
    ):
        app.created_or_exit(tmp_path)


def test_the_sources_list_what_was_published_in_the_database(both):
    told = str(trees(publications_section(both[1], speak("en"))))
    assert both[1].version in told and "published by command" in told


def test_files_from_the_command_line_are_of_the_database(
    postgres, published, folders, tmp_path, monkeypatch, capsys
):
    def said(*arguments):
        code = export(["/?kind=sez", "--figure", "sites", "--format", "csv", *map(str, arguments)])
        return code, capsys.readouterr().err

    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ATLAS_DATABASE_URL", postgres.url(published))
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path / "none"))
    assert said("--out", tmp_path / "database.csv") == (0, "")
    assert said("--out", tmp_path / "folder.csv", "--data", folders[0]) == (0, "")
    assert (tmp_path / "database.csv").read_bytes() == (tmp_path / "folder.csv").read_bytes()
    postgres.leave(published)
    monkeypatch.setenv("ATLAS_DATABASE_URL", postgres.url("nowhere"))
    code, line = said("--out", tmp_path / "none.csv")
    assert code == 2 and "CREATE DATABASE nowhere" in line and line.count("\n") == 1
    assert not (tmp_path / "none.csv").exists()
