"""The search box: what it answers, in which language, and what it tells assistive software."""

import json

import plotly
import pytest

from dashboard import ids, searchbox
from dashboard.guard import CALLBACK_PATH
from dashboard.keys import SELECTABLE, bounds_of, exists, frame_of
from dashboard.text import languages, speak
from layers.search import RANK, find, index


@pytest.fixture(autouse=True)
def published(site):
    """The application, whose snapshot the box reads."""


def as_json(component):
    return json.loads(json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder))


def answered(text, language="en"):
    """Options and status as the browser gets them."""
    options, status = searchbox.answer({"text": text, "at": 7}, language)
    return [as_json(option)["props"] for option in options], as_json(status)["props"]


def parts(option):
    """The spans of an option by their class."""
    spans = (child["props"] for child in option["children"] if isinstance(child, dict))
    return {span.get("className", "kind"): span for span in spans}


def test_the_box_is_labelled_and_owns_an_empty_list():
    box = as_json(searchbox.searchbox(speak("en")))
    text = json.dumps(box)
    assert '"htmlFor": "search-text"' in text and '"role": "listbox"' in text
    assert box["props"]["lang"] == "en"


def test_an_option_names_the_thing_and_what_it_is():
    options, status = answered("Тошкент")
    assert [option["id"] for option in options] == [f"search-option-{n}" for n in range(len(options))]
    first = parts(options[0])
    assert options[0]["data-key"] == "region:UZ-TK"
    assert options[0]["role"] == "option" and options[0]["aria-selected"] == "false"
    assert first["title"]["children"] == "Tashkent"
    assert first["kind"]["children"] == "city with the rank of a region"
    assert status["data-at"] == "7" and status["children"] == f"{len(options)} found"


def test_the_name_that_fits_is_shown_where_it_is_another():
    first = parts(answered("Khiva")[0][0])
    assert first["title"]["children"] == "Khorezm Region"
    assert first["other"]["children"] == "Khiva" and first["other"]["lang"] == "en"
    assert "other" not in parts(answered("Toshkent")[0][0])
    assert parts(answered("X09")[0][0])["other"]["children"] == "X09"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Kyzylorda Region"),
        ("ru", "Кызылординская область"),
        ("uz", "Qiziloʻrda viloyati"),
        ("kk", "Қызылорда облысы"),
    ],
)
def test_titles_are_in_the_language_of_the_reader(language, title):
    first = parts(answered("Qizilorda", language)[0][0])["title"]
    assert first["children"] == title and first["lang"] == language


def test_nothing_found_is_said_with_a_hint():
    options, status = answered("qwrtpsdf")
    assert options == []
    assert status["className"] == "nothing"
    assert "Nothing found for “qwrtpsdf”. Try a town" in status["children"]


@pytest.mark.parametrize("asked", [None, {}, [], "x", 3, {"text": None}, {"text": ["a"]}, {"text": "   "}])
def test_strange_questions_get_an_answer(asked):
    options, _ = searchbox.answer(asked, "en")
    assert len(options) <= 8


def test_a_long_question_is_cut(atlas):
    _, status = answered("ъ" * 10_000)
    assert len(status["children"]) < 200


@pytest.mark.parametrize("language", languages())
def test_everything_that_can_be_found_can_be_shown_and_selected(atlas, language):
    for key in index(atlas).keys:
        assert exists(key, atlas)
    for text in ("a", "k", "J-0", "P-0", "X", "A-20", "corridor"):
        for hit in find(index(atlas), text, 40):
            searchbox.option(0, hit, atlas, speak(language))


def test_what_is_found_has_a_place_or_none_on_earth(atlas):
    nowhere = [key for key in index(atlas).keys if bounds_of(key, atlas) is None]
    assert all(key.startswith("project:") for key in nowhere)
    for key in nowhere:
        row = atlas.projects.loc[key.partition(":")[2]]
        assert not any(row[c] for c in ("site_id", "corridor_id", "uz_region_ids", "kz_region_ids"))


def test_bounds_are_those_of_the_thing(atlas):
    west, south, east, north = bounds_of("region:UZ-TK", atlas)
    assert 69 < west < east < 69.6 and 41 < south < north < 41.6
    site = atlas.sites.loc["J-010"]
    assert bounds_of("project:P-010", atlas) == (site["lon"], site["lat"], site["lon"], site["lat"])
    assert bounds_of("node:tashkent", atlas)[:2] == bounds_of("node:tashkent", atlas)[2:]
    both = atlas.regions.loc[["KZ-11", "KZ-39"]].total_bounds
    assert bounds_of("project:P-035", atlas) == tuple(both)
    assert bounds_of("project:P-045", atlas) == bounds_of("corridor:trans-caspian", atlas)
    assert bounds_of("project:P-041", atlas) is None
    assert bounds_of("corridor:north-south", atlas) is not None


def test_all_that_is_searched_is_selectable_and_shape_points_are_not(atlas):
    assert set(RANK) <= set(SELECTABLE)
    shapes = atlas.nodes.index[atlas.nodes["kind"] == "shape"]
    assert len(shapes) and not any(exists(f"node:{one}", atlas) for one in shapes)
    assert not set(shapes) & set(frame_of("node", atlas).index)


def test_an_answer_over_the_web_names_the_place_in_the_language_of_the_page(client):
    body = {
        "output": f"..{ids.SEARCH_LIST}.children...{ids.SEARCH_STATUS}.children..",
        "outputs": [
            {"id": ids.SEARCH_LIST, "property": "children"},
            {"id": ids.SEARCH_STATUS, "property": "children"},
        ],
        "inputs": [{"id": ids.SEARCH_ASKED, "property": "data", "value": {"text": "Qizilorda", "at": 1}}],
        "state": [{"id": ids.SEARCH, "property": "lang", "value": "ru"}],
        "changedPropIds": [f"{ids.SEARCH_ASKED}.data"],
    }
    answer = client.post(CALLBACK_PATH, json=body)
    assert answer.status_code == 200
    assert json.dumps("Кызылординская область")[1:-1] in answer.get_data(as_text=True)
