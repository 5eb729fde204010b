"""The strip shows a way truly: every stop, border, gauge break and site at its kilometre, and reads well."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pytest

from dashboard.figures.sheet import text_width
from dashboard.figures.strip import context_of, duel, strip
from dashboard.figures.strip_drawing import SMALL, TEXT_SIZE, Ruler
from dashboard.figures.strip_labels import BETWEEN, Name, apart, beside, shortened, slanted, spread
from dashboard.figures.strip_lane import StripContext
from dashboard.text import languages, speak
from layers import ways

XIAN_ISTANBUL = "trans-caspian-xian-istanbul"
LONGEST = "china-iran-turkey-xian-sarakhs-istanbul"
VARIANTS = (
    XIAN_ISTANBUL,
    LONGEST,
    "cku-kashgar-tashkent",
    "trans-afghan-west-mary-karachi",
    "north-south-caspian-aktau-anzali",
    "north-south-west-moscow-bandar-abbas",
    "northern-altynkol-petropavl-duisburg",
    "kz-uz-links-road-zhibek-zholy",
    "kz-uz-links-rail-shymkent-navoi",
    "tripp-baku-kars",
)
SHAPES = [(False, 1280), (True, 390)]
EN = speak("en")


@pytest.fixture(scope="module")
def view(atlas):
    """A function from a variant, a distance and a width to its way and context."""

    def made(variant_id: str, within_km: float | None = 100, width: int = 1280):
        way = ways.variant_way(atlas, variant_id)
        sites = None if within_km is None else ways.sites_along(way, atlas.sites, within_km)
        corridor = atlas.corridor_variants.at[variant_id, "corridor_id"]
        return way, context_of(atlas, corridor, sites=sites, within_km=within_km or 0, width=width)

    return made


def trace(figure, name):
    """The one trace of this name."""
    (found,) = [one for one in figure["data"] if one.get("name") == name]
    return found


def along(one, is_upright=False):
    """The kilometres of a trace."""
    return one["y" if is_upright else "x"]


def size(figure) -> int:
    return len(json.dumps(figure, ensure_ascii=False, separators=(",", ":")).encode())


@pytest.mark.parametrize("variant_id", VARIANTS)
@pytest.mark.parametrize(("is_upright", "width"), SHAPES)
def test_every_stop_border_break_and_site_is_at_its_kilometre(view, variant_id, is_upright, width):
    way, context = view(variant_id, width=width)
    figure = strip(way, context, EN, is_upright)
    places = way.stops[way.stops["is_place"]]
    stops = trace(figure, "stops")
    assert stops["customdata"] == [f"node:{node}" for node in places["node_id"]]
    assert np.allclose(along(stops, is_upright), places["km"], atol=0.06)
    for name, rows in (("borders", ways.borders(way)), ("gauge breaks", ways.gauge_breaks(way))):
        drawn = [one for one in figure["data"] if one.get("name") == name]
        assert len(drawn) == (len(rows) > 0)
        if drawn:
            assert np.allclose(along(drawn[0], is_upright), rows["km"], atol=0.06)
    assert (
        len(along(trace(figure, "sites"), is_upright)) == len(context.sites) if len(context.sites) else True
    )


@pytest.mark.parametrize("variant_id", VARIANTS)
def test_bands_are_those_of_the_way(view, variant_id):
    way, context = view(variant_id)
    figure = strip(way, context, EN)
    for name, column in (("countries", "country_iso3"), ("mode", "mode"), ("status", "status")):
        bands = ways.bands(way, column)
        bars = trace(figure, name)
        assert np.allclose(bars["base"], bands["start_km"], atol=0.06)
        assert np.allclose(np.add(bars["base"], bars["x"]), bands["end_km"], atol=0.11)
    rail_km = way.steps.loc[way.steps["mode"].eq("rail"), "length_km"].sum()
    gauge = [one for one in figure["data"] if one.get("name") == "gauge_mm"]
    assert sum(sum(one["x"]) for one in gauge) == pytest.approx(rail_km, abs=1)


@pytest.mark.parametrize(("is_upright", "width"), SHAPES)
def test_a_segment_answers_with_its_key(view, is_upright, width):
    way, context = view(XIAN_ISTANBUL, None, width)
    hits = trace(strip(way, context, EN, is_upright), "segments")
    assert list(dict.fromkeys(hits["customdata"])) == [f"segment:{one}" for one in way.segment_ids]
    spans = way.steps.set_index("segment_id")
    for key, km in zip(hits["customdata"], along(hits, is_upright), strict=True):
        step = spans.loc[key.removeprefix("segment:")]
        assert step["start_km"] - 0.1 <= km <= step["end_km"] + 0.1
    assert not any("waypoint" in text for text in hits["hovertext"])  # bends at sea are no places


def test_a_crossing_answers_with_its_key_and_says_its_status(view):
    way, context = view("kz-uz-links-road-zhibek-zholy")
    borders = trace(strip(way, context, EN), "borders")
    assert borders["customdata"] == ["crossing:X01"]
    assert "Gisht-Kuprik" in borders["hovertext"][0]
    assert "closed" in borders["hovertext"][0]


def test_barriers_stand_at_their_node_and_say_what_was_measured(view, atlas):
    way, context = view("cku-kashgar-tashkent")
    barriers = trace(strip(way, context, EN), "barriers")
    assert barriers["customdata"] == ["barrier:B21", "barrier:B22"]
    km = way.stops.set_index("node_id").loc[["makmal", "tosh_kutchu"], "km"]
    assert np.allclose(barriers["x"], km, atol=0.06)
    assert "160 km at 1435 mm" in barriers["hovertext"][0]


def test_barriers_of_a_branch_are_also_those_of_its_parent(atlas):
    ids = set(context_of(atlas, "north-south").setting.barriers["corridor_id"])
    assert ids == {"north-south", "north-south-west", "north-south-east", "north-south-caspian"}
    assert "north-south" in set(context_of(atlas, "north-south-west").setting.barriers["corridor_id"])
    assert set(context_of(atlas, "btk").setting.barriers["corridor_id"]) == {"btk"}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("is_upright", "width"), SHAPES)
def test_the_longest_strip_is_small_in_every_language(view, language, is_upright, width):
    for variant_id in (LONGEST, XIAN_ISTANBUL, "china-iran-turkey-xian-bolashak-istanbul"):
        way, context = view(variant_id, 100, width)
        figure = strip(way, context, speak(language), is_upright)
        assert size(figure) < 62_000, variant_id
        assert "template" not in figure["layout"]


@pytest.mark.parametrize("language", languages())
def test_a_duel_is_small_in_every_language(view, language):
    sides = [("A", *view(one, None)) for one in (LONGEST, XIAN_ISTANBUL)]
    assert size(duel(*sides, speak(language))) < 90_000


def test_status_is_shown_by_dash_and_word(view):
    way, context = view("trans-afghan-west-mary-karachi", None)
    figure = strip(way, context, EN)
    dashes = {
        one["name"]: one["line"].get("dash", "solid")
        for one in figure["data"]
        if one.get("mode") == "lines" and one.get("name")
    }
    assert dashes["rail operating"] == "solid"
    statuses = ("operating", "under-construction", "planned", "study")
    assert len({dashes[f"rail {status}"] for status in statuses}) == 4
    words = {note["text"] for note in figure["layout"]["annotations"]}
    assert {"operating", "under construction", "planned", "under study"} <= words
    assert "under study" in trace(figure, "status")["text"]


def test_modes_are_told_apart_by_form(view):
    way, context = view(XIAN_ISTANBUL, None)
    figure = strip(way, context, EN)
    sea = trace(figure, "sea operating")
    assert len(sea["x"]) > 12
    assert len({round(y, 1) for y in sea["y"]}) > 2
    assert len(set(trace(figure, "rail operating")["y"]) - {None}) == 1


def test_a_gauge_not_decided_is_no_break(view):
    way, context = view("trans-afghan-tashkent-peshawar", None)
    figure = strip(way, context, EN)
    assert "not decided" in trace(figure, "gauge_mm")["text"]
    assert not [one for one in figure["data"] if one.get("name") == "gauge breaks"]


@pytest.mark.parametrize("variant_id", VARIANTS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_slanted_names_neither_touch_nor_leave_the_figure(view, variant_id, language):
    way, context = view(variant_id, None)
    layout = strip(way, context, speak(language))["layout"]
    names = [note for note in layout["annotations"] if note.get("textangle") == -45]
    assert len(names) >= 2
    margin, pixels = layout["margin"], 1280 - layout["margin"]["l"] - layout["margin"]["r"]
    starts = [note["x"] / way.length_km * pixels for note in names]
    assert all(after - before > BETWEEN - 1 for before, after in pairwise(starts))
    for note, start in zip(names, starts, strict=True):
        text = note["text"].removeprefix("<b>").removesuffix("</b>")
        reach = text_width(text, TEXT_SIZE, text != note["text"]) * math.cos(math.radians(45))
        assert start + reach <= pixels + margin["r"]
        assert note["x"] <= layout["xaxis"]["range"][1]  # Plotly hides what lies beyond


@pytest.mark.parametrize("variant_id", VARIANTS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_upright_names_neither_touch_nor_leave_a_phone(view, variant_id, language):
    way, context = view(variant_id, 50, 390)
    layout = strip(way, context, speak(language), is_upright=True)["layout"]
    names = [note for note in layout["annotations"] if "<span" in note["text"]]
    pixels = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    share = layout["yaxis"]["domain"][1] - layout["yaxis"]["domain"][0]
    places = [note["y"] / way.length_km * pixels * share for note in names]
    assert all(after - before > 16 for before, after in pairwise(places))
    for note in names:
        bare = note["text"].replace("<b>", "").replace("</b>", "").replace("</span>", "")
        bare = bare.split("<span")[0] + bare.split(">")[-1]
        assert note["x"] + text_width(bare, TEXT_SIZE) <= 386
    assert names[0]["text"].startswith("<b>")
    assert names[-1]["text"].startswith("<b>")


@pytest.mark.parametrize(("is_upright", "width"), SHAPES)
def test_no_letter_is_smaller_than_eleven_pixels(view, is_upright, width):
    way, context = view(LONGEST, 50, width)
    figure = strip(way, context, EN, is_upright)
    sizes = [note.get("font", {}).get("size", TEXT_SIZE) for note in figure["layout"]["annotations"]]
    sizes += [one["textfont"]["size"] for one in figure["data"] if one["type"] == "bar"]
    assert min(sizes) == SMALL == 11


def test_ends_and_borders_are_named_before_others(view):
    way, context = view(LONGEST, None)
    shown = {note["text"] for note in strip(way, context, EN)["layout"]["annotations"]}
    assert {"<b>Xi'an</b>", "<b>Istanbul</b>", "Saryagash", "Razi"} <= shown


def test_sites_hang_as_deep_as_they_are_far(view):
    way, context = view("kz-uz-links-rail-shymkent-navoi", 50)
    figure = strip(way, context, EN)
    sites = trace(figure, "sites")
    depth = np.array(sites["y"])
    order = np.argsort(context.sites["distance_km"].to_numpy())
    assert (np.diff(depth[order]) >= -0.11).all()
    assert sites["customdata"] == [f"site:{one}" for one in context.sites.index]
    hollow = context.sites["location_precision"].eq("region-centre").to_numpy()
    assert [colour == "#ffffff" for colour in sites["marker"]["color"]] == list(hollow)


def test_another_distance_leaves_the_rest_as_it_is(view):
    way, near = view("kz-uz-links-rail-shymkent-navoi", 10)
    _, far = view("kz-uz-links-rail-shymkent-navoi", 100)
    first, second = strip(way, near, EN), strip(way, far, EN)
    assert trace(first, "stops") == trace(second, "stops")
    assert len(trace(first, "sites")["x"]) < len(trace(second, "sites")["x"])
    assert strip(way, near, EN) == first


def test_no_site_and_no_sites_asked_for(view, atlas):
    way, context = view("cku-kashgar-andijan", 0)
    assert context.sites.empty or len(context.sites) < 3
    empty = StripContext(context.setting, atlas.sites.iloc[:0].assign(km=[], distance_km=[]), 25)
    notes = [note["text"].replace("<br>", " ") for note in strip(way, empty, EN)["layout"]["annotations"]]
    assert "No site within 25 km" in notes
    without = strip(way, StripContext(context.setting), EN)
    assert not [one for one in without["data"] if one.get("name") == "sites"]
    for shape in (empty, StripContext(context.setting)):
        assert strip(way, shape, EN, is_upright=True)["data"]


def test_a_way_of_no_kilometres_is_an_empty_figure(view, atlas):
    _, context = view(XIAN_ISTANBUL, None)
    nowhere = ways.way_of(atlas, [], "xian")
    for figure in (strip(nowhere, context, EN), duel(("A", nowhere, context), ("B", nowhere, context), EN)):
        assert figure["data"] == []
        assert figure["layout"]["annotations"][0]["text"] == "No way to draw."


@pytest.mark.parametrize(("is_upright", "width"), SHAPES)
def test_a_duel_has_one_axis_and_marks_what_is_shared_on_both(view, is_upright, width):
    sides = [view(one, None, width) for one in (XIAN_ISTANBUL, "china-iran-turkey-xian-bolashak-istanbul")]
    figure = duel(("First", *sides[0]), ("Second <b>", *sides[1]), EN, is_upright)
    axis = figure["layout"]["yaxis" if is_upright else "xaxis"]["range"]
    assert max(axis) == pytest.approx(max(way.length_km for way, _ in sides), abs=0.3)
    yellow = [shape for shape in figure["layout"]["shapes"] if shape["fillcolor"] == "#ffdf75"]
    names = ("y0", "y1") if is_upright else ("x0", "x1")
    spans = [shape[names[1]] - shape[names[0]] for shape in yellow]
    shared_km = ways.difference(sides[0][0], sides[1][0]).shared_km
    assert sum(spans) == pytest.approx(2 * shared_km, abs=1)
    texts = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert "First" in texts
    assert "Second &lt;b&gt;" in texts
    assert len([one for one in figure["data"] if one.get("name") == "stops"]) == 2


def test_a_duel_of_ways_without_common_stretch_marks_nothing(view):
    sides = [view(one, None) for one in ("btk-baku-kars", "kz-uz-links-rail-shymkent-navoi")]
    figure = duel(("First", *sides[0]), ("Second", *sides[1]), EN)
    assert not [one for one in figure["data"] if one.get("name") == "shared"]
    assert not [shape for shape in figure["layout"]["shapes"] if shape["fillcolor"] == "#ffdf75"]


def test_names_of_equal_rank_keep_the_order_of_the_way():
    ruler = Ruler(100, 300)
    crowd = [Name(50 + at, f"place {at}", 5) for at in range(10)]
    found = slanted([Name(0, "start", 0), *crowd, Name(100, "end", 0)], ruler, 90)
    assert [one.name.km for one in found] == sorted(one.name.km for one in found)
    assert [found[0].text, found[-1].text] == ["start", "end"]
    assert len(found) < 12
    upright = beside(crowd, ruler, 18)
    assert all(after.px - before.px >= 17.9 for before, after in pairwise(upright))


def test_places_spread_as_little_as_needed():
    assert spread([10, 50, 90], 20, 0, 100) == [10, 50, 90]
    assert spread([50, 50, 50], 20, 0, 100) == [30, 50, 70]
    assert spread([0, 0], 20, 5, 100) == [5, 25]
    assert spread([100, 100], 20, 0, 100) == [80, 100]
    assert spread([], 20, 0, 100) == []


def test_long_names_lose_their_brackets_first():
    assert shortened("Kazaly (Ayteke Bi)", 500) == "Kazaly (Ayteke Bi)"
    assert shortened("Kazaly (Ayteke Bi)", 60) == "Kazaly"
    assert shortened("Bandar-e Anzali / Caspian", 110) == "Bandar-e Anzali"
    assert shortened("A very long name of a station", 60).endswith("…")
    assert text_width(shortened("A very long name of a station", 60), TEXT_SIZE) <= 60


def test_discs_move_a_little_and_never_far():
    assert apart([(10, 0), (100, 0)], 11, 200) == [(10, 0), (100, 0)]
    crowd = apart([(50, 0)] * 30, 11, 200)
    assert max(abs(x - 50) for x, _ in crowd) <= 27.5
    assert len({x for x, _ in crowd[:5]}) == 5
    assert all(0 <= x <= 200 for x, _ in apart([(0, 0)] * 5 + [(200, 0)] * 5, 11, 200))
