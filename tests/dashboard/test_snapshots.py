"""Every answer is of the version that its page was made of, and a page whose version is gone is told so."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace

import pytest

import layers
from dashboard import geometry
from dashboard.evidence.changes import ChangesView
from dashboard.evidence.publications import changed_text, publications_section, time_text
from dashboard.filters import Filters
from dashboard.plain import trees
from dashboard.snapshots import GONE, HEADER, NEWEST
from dashboard.text import languages, speak
from layers import atlas as snapshots
from layers.atlas import Publication
from layers.versions import TABLES, packed

OLD, NEW = "a" * 12, "b" * 12


@pytest.fixture
def two_versions(site, atlas, monkeypatch):
    """A version that was served, with one site more than the one published after it."""
    monkeypatch.setattr(snapshots, "_published", [])
    old = replace(atlas, version=OLD)
    new = replace(atlas, version=NEW, sites=atlas.sites.iloc[1:])
    layers.serve(old)
    layers.serve(new)
    return old, new


def layout(client, **headers):
    return client.get("/_dash-layout", headers=headers)


def test_an_answer_is_of_the_version_that_its_page_names(client, two_versions):
    answer = layout(client, **{HEADER: OLD})
    assert OLD in answer.text and NEW not in answer.text
    assert answer.headers[NEWEST] == NEW
    for headers in ({}, {HEADER: NEW}):
        answer = layout(client, **headers)
        assert NEW in answer.text and OLD not in answer.text
        assert NEWEST not in answer.headers


def test_the_head_names_the_version_and_what_is_said_of_newer_ones(client, two_versions):
    page = client.get("/?lang=en").text
    found = re.search(r'<meta name="data-version" content="(\w+)" data-newer="([^"]+)"', page)
    assert found.group(1) == NEW
    assert found.group(2) == "Newer data have been published since this page was opened."
    (script,) = re.findall(r"/assets/bundle\.\w+\.js", page)
    assert "Data-Version" in client.get(script).text


@pytest.mark.parametrize("asked", ["c" * 12, "x", "../etc", "b" * 2000])
def test_a_page_whose_version_is_gone_is_told_so_in_its_language(client, two_versions, asked):
    answer = layout(client, **{HEADER: asked, "Referer": "http://localhost/?lang=ru"})
    assert answer.status_code == 409
    assert answer.text == speak("ru")(GONE) + "\n"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers[NEWEST] == NEW
    assert client.get("/assets/atlas.css", headers={HEADER: asked}).status_code == 200
    assert client.get("/healthz", headers={HEADER: asked}).status_code == 200


def test_a_request_reads_one_version_to_its_end(site, two_versions):
    old, new = two_versions
    newest = replace(new, version="d" * 12)
    with site.server.test_request_context("/"):
        site.server.preprocess_request()
        assert layers.current() is new
        layers.serve(newest)
        assert layers.current() is new
    assert layers.current() is newest
    assert layers.held() == (newest, new, old)


def test_no_more_versions_are_held_than_said(two_versions):
    for number in range(5):
        layers.serve(replace(two_versions[0], version=f"{number:012d}"))
    assert [one.version for one in layers.held()] == [f"{number:012d}" for number in (4, 3, 2)]


def test_fewer_versions_are_held_of_large_data(two_versions, monkeypatch):
    monkeypatch.setattr(snapshots, "LARGE", 10)
    for number in range(5):
        layers.serve(replace(two_versions[0], version=f"{number:012d}"))
    snapshots.hold(two_versions[1])
    assert [one.version for one in layers.held()] == [f"{4:012d}", NEW]


def test_geometry_of_a_held_version_is_served_and_no_other_in_its_place(client, two_versions):
    old, new = two_versions
    urls = [geometry.geometry_url(one, "sites") for one in (old, new)]
    assert urls[0] != urls[1]
    bodies = [client.get(url) for url in urls]
    assert [answer.status_code for answer in bodies] == [200, 200]
    assert bodies[0].data != bodies[1].data
    assert client.get("/geodata/sites.000000000000.geojson").location == urls[1]


def test_caches_are_emptied_but_for_words(two_versions):
    pages = sys.modules["dashboard.pages.sources"]
    pages._around(two_versions[0], "en")
    words, overview = speak("en"), sys.modules["dashboard.pages.overview"]
    marks = overview._marks(two_versions[0], Filters())
    assert overview._marks(two_versions[0], Filters()) is marks
    assert pages._around.cache_info().currsize
    snapshots.forget_derived()
    assert overview._marks(two_versions[0], Filters()) is not marks
    assert not pages._around.cache_info().currsize
    assert speak("en") is words


# What readers are told of the versions


@pytest.fixture
def published(atlas, data_folder, tmp_path):
    """An atlas after three publications, the tables of the last two of which are kept."""
    versions = ("1" * 12, "2" * 12, atlas.version)
    changed = (("sites", 1, 0, 2), ("regions.geojson", 0, 0, 3), ("decks/first-meeting.json", 0, 0, 1))
    lines = tuple(
        Publication(version, f"2026-11-2{day}T09:30:00Z", how, before, () if not before else changed)
        for version, day, how, before in zip(
            versions, (1, 2, 2), ("start", "saved", "command"), ("", *versions), strict=False
        )
    )
    tables = packed({f"{name}.csv": (data_folder / f"{name}.csv").read_bytes() for name in TABLES})
    for line in lines[1:]:
        (tmp_path / f"{line.name}.zip").write_bytes(tables)
    return replace(atlas, folder=tmp_path / "none", publications=lines, kept_in=(tmp_path,))


@pytest.mark.parametrize("language", languages())
def test_every_published_version_is_listed_with_what_changed(published, language):
    words = speak(language)
    told = json.dumps(trees(publications_section(published, words)), ensure_ascii=False)
    for line in published.publications:
        assert line.version in told and time_text(line, words) in told
        assert changed_text(line, words) in told
    first, second, third = published.publications
    assert f"/changes?from={second.name}&to={third.name}" in told
    assert first.name not in told, "the tables of the first are not kept"


def test_the_page_of_sources_has_the_list_and_offers_it_as_a_file(client, site, published, monkeypatch):
    monkeypatch.setattr(snapshots, "_published", [published])
    page = sys.modules["dashboard.pages.sources"].layout(lang="en")
    assert "sites: added 1, changed 2; geometry (regions.geojson): changed 3" in str(page)
    answer = client.get("/export/file?view=/sources&figure=versions&format=csv&lang=en")
    assert answer.status_code == 200
    lines = answer.text.splitlines()
    assert sum(line.count("2026-11-2") for line in lines if re.match(r'"?2026-11-2\dT', line)) == 3


def test_changes_are_those_since_the_version_before(published):
    view = ChangesView.from_query({}, published)
    assert (view.before, view.after) == (published.publications[1].name, "now")
    linked = {"from": published.publications[1].name, "to": published.publications[2].name}
    assert ChangesView.from_query(linked, published).ignored == ()
