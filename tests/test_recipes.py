"""The recipes of the README, each followed once."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import dash
import pytest

import layers
from dashboard import catalogue, text, vocabulary
from dashboard.cards import card_of
from dashboard.figures import features, screen
from dashboard.figures import marks as m
from dashboard.figures.style import SOURCES
from dashboard.filters import Filters, choices
from dashboard.panel import panel
from dashboard.text import speak
from layers.metrics import METRICS, Metric, no_sources, undated

ROOT = Path(__file__).parents[1]


@pytest.fixture
def overview(site):
    """The overview's module; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.overview"]


def change_table(path, change):
    """Rewrite a CSV file with its rows changed by a function."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = reader.fieldnames, list(reader)
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_site_is_one_row(whole_copy):
    change_table(
        whole_copy / "sites.csv",
        lambda rows: rows.append({**rows[0], "site_id": "J-999", "name_en": "New cluster"}),
    )
    atlas = layers.load(whole_copy)
    assert "J-999" in features.sites(atlas).decode()
    assert "J-999" in Filters.from_query("?kind=joint-cluster", atlas).apply(atlas).sites.index
    assert card_of(["site:J-999"], atlas, speak("en")) is not None


def test_a_corridor_is_rows(whole_copy):
    def add_corridor(rows):
        rows.append(
            {**rows[0], "corridor_id": "silk", "name_en": "Silk line", "parent_id": "", "group": "northern"}
        )

    def join_lines(rows):
        for row in rows:
            if row["segment_id"] in ("SEG-107", "SEG-108"):
                row["corridor_ids"] += ";silk"

    def add_variant(rows):
        rows.append(
            {
                **rows[0],
                "variant_id": "silk-whole",
                "corridor_id": "silk",
                "from_node": "karaganda",
                "to_node": "esil",
                "via_nodes": "astana",
            }
        )

    change_table(whole_copy / "corridors.csv", add_corridor)
    change_table(whole_copy / "segments.csv", join_lines)
    change_table(whole_copy / "corridor_variants.csv", add_variant)
    atlas = layers.load(whole_copy)
    assert "silk" in choices(atlas)["corridors"]
    rows = Filters.from_query("?corridor=silk", atlas).apply(atlas)
    assert list(rows.segments.index) == ["SEG-107", "SEG-108"]
    lines = m.line_marks(rows.segments, atlas.corridors["group"], ("silk",))
    assert set(lines["colour"]) == {m.GROUP_COLOURS["northern"]}


def test_a_metric_is_one_entry(atlas, monkeypatch):
    metric = Metric(
        id="people_per_site",
        label="People per site",
        unit="people",
        form="rate",
        compute=lambda a: METRICS["population"].compute(a) / METRICS["sites"].compute(a).clip(1),
        source_ids=no_sources,
        period=undated,
        computed=True,
    )
    monkeypatch.setitem(METRICS, metric.id, metric)
    filters = Filters.from_query("?metric=people_per_site", atlas)
    assert filters.metric == "people_per_site"
    assert len(set(m.region_marks(atlas, METRICS[filters.metric]).class_of)) >= 5
    assert "People per site" in json.dumps(panel(filters, atlas, speak("en")).to_plotly_json(), default=vars)


@pytest.mark.parametrize("name", vocabulary.LAYERS)
def test_every_layer_of_the_list_switches_something_on_the_map(overview, atlas, name):
    def visible(shown):
        marks = overview._marks(atlas, Filters(shown=shown))
        return {c["layer"] for c in screen.instructions(marks) if c.get("visible")}

    assert visible((name,)) - visible(())


def test_every_built_geometry_is_drawn():
    style = screen.base_style(speak("en"), dict.fromkeys(SOURCES, "/x.geojson"))
    assert {layer.get("source") for layer in style["layers"]} >= set(features.BUILT)


def test_a_page_is_one_file(tmp_path):
    copy = tmp_path / "atlas"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(".git", ".venv", "venv", "tests", "__pycache__", "published"),
    )
    (copy / "dashboard" / "pages" / "hello.py").write_text(
        "import dash\nfrom dash import html\n"
        "dash.register_page(__name__, path='/hello', name='Hello', order=9)\n"
        "def layout(lang=None, **query):\n    return html.H1('Hello')\n",
        encoding="utf-8",
    )
    code = (
        "import app; site = app.create_app(); c = site.server.test_client();"
        "assert c.get('/hello').status_code == 200;"
        "assert 'hello?lang=en' in c.get('/_dash-layout').text"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=copy, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language", text.languages())
def test_every_page_opens_without_a_query_and_with_a_senseless_one(site, language):
    pages = [page for page in dash.page_registry.values()]
    assert len(pages) == len([p for p in (ROOT / "dashboard" / "pages").glob("*.py") if p.stem != "__init__"])
    for page in pages:
        if language == text.SOURCE_LANGUAGE:
            assert page["layout"]() is not None
        assert page["layout"](lang=language, nonsense="1") is not None


def test_a_language_is_one_catalogue(tmp_path, monkeypatch):
    for path in text.LOCALE_FOLDER.glob("*.po"):
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / "de.po").touch()
    monkeypatch.setattr(text, "LOCALE_FOLDER", tmp_path)
    text.languages.cache_clear()
    speak.cache_clear()
    try:
        messages = catalogue.update(tmp_path / "de.po")
        messages.get("Overview").string = "Überblick"
        catalogue.write(tmp_path / "de.po", messages)
        assert text.languages()[-1] == "de"
        assert speak("de")("Overview") == "Überblick"
        assert speak("de")("Filters") == "Filters"
    finally:
        monkeypatch.undo()
        text.languages.cache_clear()
        speak.cache_clear()
