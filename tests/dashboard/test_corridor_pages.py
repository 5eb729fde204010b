"""The pages of corridors: the list, one corridor, two compared; what links may say."""

import itertools
import json
import re
import sys

import plotly
import pytest

from dashboard.corridors import strips
from dashboard.corridors.duel import Duel
from dashboard.corridors.scenes import all_corridors, one_corridor
from dashboard.corridors.strips import corridor_strip, duel_strip
from dashboard.corridors.view import WITHIN_KM, CorridorView
from dashboard.plain import trees
from dashboard.text import languages, speak
from layers.ways import variants_of

MOST_FIGURES = 120_000
EMPTY = re.compile(r"\b(nan|None|NaT|undefined)\b")


@pytest.fixture
def page(site):
    """Modules of pages by name; Dash must exist before a page is imported."""
    return lambda name: sys.modules[f"dashboard.pages.{name}"]


def text_of(component):
    def inner(found):
        return " ".join(one if isinstance(one, str) else inner(one[2:]) for one in found)

    return inner(trees(component))


def size_of(figure):
    return len(json.dumps(figure, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False).encode())


@pytest.mark.parametrize("language", languages())
def test_every_corridor_has_a_page_without_empty_words(page, atlas, language):
    """All in English, and by turns in one of the other languages."""
    turn, others = languages().index(language), len(languages()) - 1
    for corridor_id in atlas.corridors.index[turn - 1 :: others] if turn else atlas.corridors.index:
        text = text_of(page("corridor").layout(corridor_id, lang=language))
        assert not EMPTY.search(text), (corridor_id, EMPTY.search(text))
        assert speak(language).name(atlas.corridors.loc[corridor_id]) in text


@pytest.mark.parametrize("language", languages())
def test_the_list_has_every_corridor_once(page, atlas, language):
    text = text_of(page("corridors").layout(lang=language))
    assert not EMPTY.search(text)
    for _, row in atlas.corridors.iterrows():
        assert speak(language).name(row) in text


def test_the_list_shows_known_figures(page):
    rows = text_of(page("corridors").layout(lang="en"))
    assert "846 km" in rows and "532.5 km" in rows and "523 km" in rows  # all statements stand
    assert "4,119,000 t" in rows


def test_figures_of_a_corridor_page_are_small(atlas):
    for corridor_id in atlas.corridors.index:
        which = f"{corridor_id}?within=100"
        strip = corridor_strip(atlas, which, speak("ru"), 1240, False)
        assert 0 < size_of(strip) < MOST_FIGURES / 2, corridor_id


@pytest.mark.parametrize(("is_upright", "width"), [(False, 1240), (True, 390)])
def test_a_strip_on_which_not_all_sites_hang_says_so(atlas, monkeypatch, is_upright, width):
    def said():
        strip = corridor_strip(atlas, "trans-caspian?within=100", speak("en"), width, is_upright)
        (sites,) = [trace for trace in strip["data"] if trace.get("name") == "sites"]
        texts = " ".join(a["text"] for a in strip["layout"]["annotations"]).replace("<br>", " ")
        return len(sites["customdata"]), texts

    every, whole = said()
    assert every > 5 and " nearest of " not in whole
    monkeypatch.setattr(strips, "MOST_HUNG", 5)
    hung, told = said()
    assert hung == 5 and f"The 5 nearest of {every} sites within 100 km" in told


def test_an_unknown_corridor_leads_to_the_nearest_names(page):
    text = text_of(page("corridor").layout("trans-caspain", lang="en"))
    assert "There is no such corridor" in text and "Middle Corridor" in text
    assert "All corridors" in text_of(page("corridor").layout("", lang="en"))


def test_a_link_restores_the_way_and_the_distance(atlas):
    way = variants_of(atlas, "trans-caspian").index[-1]
    view = CorridorView.from_query("trans-caspian", f"?way={way}&within=100", atlas)
    assert (view.variant_id, view.within_km, view.ignored) == (way, 100, ())
    assert CorridorView.from_query("trans-caspian", view.to_query(atlas), atlas) == view
    assert CorridorView.from_query("trans-caspian", "", atlas).to_query(atlas) == ""


@pytest.mark.parametrize("query", ["?way=no-such", "?within=7", "?x=1", "?way=%00", "?within=1e9"])
def test_what_a_link_cannot_mean_is_named(atlas, query):
    view = CorridorView.from_query("btk", query, atlas)
    assert view.ignored and view.within_km == WITHIN_KM
    assert view.variant_id == variants_of(atlas, "btk").index[0]


def test_a_wider_distance_never_loses_a_site(atlas):
    for corridor_id in ("trans-caspian", "kz-uz-links"):
        counts = [
            set(CorridorView.from_query(corridor_id, {"within": km}, atlas).sites(atlas).index)
            for km in ("10", "25", "50", "100")
        ]
        assert all(near <= far for near, far in itertools.pairwise(counts))


def test_the_map_of_a_corridor_lights_its_way_and_opens_on_it(atlas):
    scene = one_corridor(atlas, "btk")
    assert len(scene.selected) == len(CorridorView.from_query("btk", "", atlas).way(atlas).segment_ids)
    west, south, east, north = scene.home
    assert 40 < west < 45 and 48 < east < 51 and 39 < south < 41 and 41 < north < 43
    assert all("btk" in ids for ids in scene.marks.lines["corridor_ids"])
    assert len(all_corridors(atlas, "").marks.lines) == len(atlas.segments)


def test_every_pair_of_corridors_can_be_compared(page, atlas):
    for a, b in itertools.combinations(atlas.corridors.index, 2):
        text = text_of(page("compare").layout(lang="en", a=a, b=b))
        assert not EMPTY.search(text) and "Difference" in text, (a, b)


def test_the_duel_draws_both_ways_on_one_axis(atlas):
    figure = duel_strip(atlas, "?a=trans-caspian&b=northern", speak("en"), 1240, False)
    assert 0 < size_of(figure) < MOST_FIGURES
    assert "Northern" in json.dumps(figure, cls=plotly.utils.PlotlyJSONEncoder)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({}, ""),
        ({"a": "btk"}, ""),
        ({"a": "nowhere", "b": "btk"}, "unknown"),
        ({"a": "btk", "b": "btk"}, "same"),
        ({"a": "btk", "b": "tripp", "from": "xian", "to": "kars"}, "ends"),
        ({"a": "btk", "b": "tripp", "from": "kars", "to": "kars"}, "ends"),
        ({"a": "btk", "b": "tripp", "from": "alat_port", "to": "kars"}, ""),
        ({"a": "btk", "b": "tripp", "from": "alat_port"}, "ends"),
        ({"a": "north-south", "b": "trans-afghan"}, ""),
    ],
)
def test_a_link_to_a_comparison_says_what_cannot_be_compared(page, atlas, query, problem):
    assert Duel.from_query(query, atlas).problem == problem
    text = text_of(page("compare").layout(lang="en", **query))
    assert ("note" in str(page("compare").layout(lang="en", **query))) or not problem
    assert not EMPTY.search(text)


def test_a_comparison_survives_its_own_link(atlas):
    for query in (
        "?a=btk&b=tripp",
        "?a=btk&b=tripp&from=none&to=none",
        "?a=btk&b=tripp&from=alat_port&to=kars",
    ):
        duel = Duel.from_query(query, atlas)
        assert Duel.from_query(duel.to_query(atlas), atlas) == duel
