"""Whatever stands in the texts of the data runs nowhere: on pages, in figures, files, embeds and decks."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import dash
import openpyxl
import pytest
from flask.testing import FlaskClient

import layers
import layers.atlas
from dashboard import drawn
from dashboard.export.csv_file import FORMULA
from dashboard.guard import CALLBACK_PATH
from dashboard.text import languages
from tests.conftest import copied
from tests.hostile import make_hostile
from tests.strangers import body_of, filled, page_callback
from tests.test_app import EXAMPLES

TAG = re.compile(r"<(?!/?(b|br|i|sub|sup|span|extra)\b)[a-z!/]", re.IGNORECASE)
"""A tag that no figure of ours has; in Plotly's texts some others would be obeyed."""

SAFE_ADDRESS = re.compile(r"/(?!/)|#|\?|https?://|$|data:image/svg\+xml")
ADDRESSES = ("href", "src", "action", "formAction", "srcDoc", "poster", "xlinkHref")


@pytest.fixture(scope="module")
def hostile(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[layers.Atlas]:
    """The data with hostile texts, published."""
    folder = copied(data_folder, tmp_path_factory.mktemp("hostile"))
    make_hostile(folder)
    before, atlas = layers.held(), layers.load(folder)
    layers.serve(atlas)
    yield atlas
    layers.atlas._published[:] = before


@pytest.fixture
def reader(site: dash.Dash, hostile: layers.Atlas) -> FlaskClient:
    """Asks the application over the hostile data."""
    return site.server.test_client()


def test_every_page_of_hostile_texts_runs_nothing(site, reader):
    """In every language in turn; the index holds the words of the page too."""
    speechless = []
    callback = page_callback(site._callback_list)
    for number, page in enumerate(dash.page_registry.values()):
        path = filled(page["path_template"] or page["path"], EXAMPLES)
        query = f"?lang={languages()[number % len(languages())]}"
        assert_runs_nothing(reader.get(path + query).text)
        answer = reader.post(CALLBACK_PATH, json=body_of(callback, [path, query]))
        assert answer.status_code == 200, path
        assert_harmless(answer.json)
        speechless += [] if "pwned" in answer.text else [path]
    assert set(speechless) <= {"/404", "/council/agenda", "/changes"}  # which show nothing of the data


@pytest.mark.parametrize("renderer", ["screen", "paper:700x500"])
def test_a_map_of_hostile_texts_holds_no_tag_of_theirs(site, reader, renderer):
    def ids(callback):
        return [part["id"] for part in (*callback["inputs"], *callback["state"])]

    callback = next(one for one in site._callback_list if ids(one) == ["page-renderer", "scene"])
    shown = {"kind": "corridor", "which": "btk?within=100", "lang": "ru"}
    answer = reader.post(CALLBACK_PATH, json=body_of(callback, [renderer, shown]))
    assert answer.status_code == 200 and "pwned" in answer.text
    assert_harmless(answer.json)


@pytest.mark.parametrize("view", ["/corridors/btk", "/sites"])
def test_files_embeds_and_the_dialog_run_nothing(reader, view):
    about = reader.get(f"/export/about?view={view}").json
    assert 'src="http://localhost/embed' in about["embed"] or not about["embed"]
    assert_runs_nothing(about["embed"])
    assert_runs_nothing(reader.get(f"/embed{view}").text)
    for figure in about["figures"][:5]:
        told = reader.get("/export/about", query_string={"view": view, "figure": figure}).json
        formats = {one["id"] for one in told["formats"]}
        for name in formats & {"csv", "xlsx", "geojson", "bibtex", "ris"}:
            answer = reader.get("/export/file", query_string={"view": view, "figure": figure, "format": name})
            assert answer.status_code == 200, (figure, name)
            assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', answer.headers["Content-Disposition"])
            CHECKS.get(name, len)(answer.data)


def no_formula(data: bytes) -> None:
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA) and not re.fullmatch(r"-?[\d.e+-]+", cell)]


def no_formula_in_a_workbook(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" and not cell.hyperlink for page in book for row in page for cell in row)


CHECKS = {"csv": no_formula, "xlsx": no_formula_in_a_workbook, "geojson": json.loads}


def test_pictures_and_previews_are_xml_without_scripts(reader, hostile):
    for corridor_id in list(hostile.corridors.index)[:6]:
        answer = reader.get(drawn.small_map_url(hostile, corridor_id))
        tree = ElementTree.fromstring(answer.data)
        assert not [one.tag for one in tree.iter() if one.tag.endswith(("}script", "}img", "}a", "}image"))]


def test_the_player_and_its_one_file_hold_their_texts_as_data(reader):
    for address in ("/present/first-meeting?lang=kk", "/present/"):
        assert_runs_nothing(reader.get(address).text)
    page = reader.get("/present/first-meeting").text
    given = re.search(r'<script type="application/json" id="given">(.*?)</script>', page, re.DOTALL)[1]
    assert "pwned" in given and json.loads(given)["deck"] == "first-meeting"


def test_a_sign_that_nobody_sees_is_refused_where_it_stands(whole_copy):
    path = whole_copy / "sites.csv"
    lines = path.read_text("utf-8").split("\n")
    signs = {2: "\x0b", 3: "\u202e", 4: "\x1b"}
    for number, sign in signs.items():
        lines[number - 1] = lines[number - 1].replace(",", f",a{sign}", 1)
    path.write_text("\n".join(lines), "utf-8", newline="")
    with pytest.raises(layers.DataError) as caught:
        layers.load(whole_copy)
    assert [fault.row for fault in caught.value.faults] == [*signs]
    for number, sign in signs.items():
        assert f'sites.csv, row {number}, name_en = "a�' in str(caught.value)
        assert f"a sign that is not seen (U+{ord(sign):04X})" in str(caught.value)
        assert sign not in str(caught.value)


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_runs_nothing(text: str) -> None:
    """No element of a page comes from the data, and no attribute that runs."""
    for tag, attributes in Elements(text).found:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "script" and "src" not in attributes:
            assert attributes.keys() <= {"id", "type"}
        for name in ("href", "src", "action", "srcdoc"):
            assert SAFE_ADDRESS.match(attributes.get(name) or ""), attributes
    scripts = re.findall(r"<script(?![^>]*json)[^>]*>(.*?)</script>", text, re.DOTALL)
    assert not [one for one in scripts if "pwned" in one]


def assert_harmless(content: Any, in_figure: bool = False) -> None:
    """No address of the JSON of components is a script, and no text of a figure has a tag of the data."""
    if isinstance(content, list):
        for one in content:
            assert_harmless(one, in_figure)
    elif isinstance(content, dict):
        assert not content.get("dangerously_allow_html")
        for name, value in content.items():
            if name in ADDRESSES and isinstance(value, str):
                assert SAFE_ADDRESS.match(value), value[:200]
            # What the style of a map and our own scripts show is text: nothing there reads tags.
            if name not in ("words", "sources"):
                assert_harmless(value, in_figure or name == "figure")
    elif in_figure and isinstance(content, str):
        assert not TAG.search(content), content[:300]
