"""What the map shows: colours, dashes, classes, sizes and addresses, from the real data."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.figures import features, screen, style
from dashboard.figures import marks as m
from dashboard.filters import Filters, map_marks
from dashboard.text import speak
from layers.metrics import METRICS

WORDS = speak("en")
URLS = {name: f"/geodata/{name}.0.geojson" for name in ("regions", *style.SOURCES)}


def marks_of(atlas, query="", metric="density"):
    return map_marks(atlas, replace(Filters.from_query(query, atlas), metric=metric))


def figure_of(atlas, query="", metric="density", selected=()):
    return screen.screen_map(
        marks_of(atlas, query, metric), atlas.regions, atlas.corridors, WORDS, URLS, selected
    )


def test_no_part_of_the_style_is_empty(atlas):
    """Plotly would take it away and load the style anew, and the selection would be gone."""
    layers = figure_of(atlas)["layout"]["map"]["style"]["layers"]
    assert [one["id"] for one in layers for part in one.values() if part == {}] == []


def layer(figure, name):
    return next(layer for layer in figure["layout"]["map"]["style"]["layers"] if layer["id"] == name)


def test_the_figure_carries_ids_and_values_but_no_geometry(atlas):
    figure = figure_of(atlas)
    regions = figure["data"][0]
    assert regions["locations"] == list(atlas.regions.index)
    assert regions["geojson"] == URLS["regions"]
    assert len(json.dumps(figure, ensure_ascii=False).encode()) < 150_000


def test_the_style_asks_for_nothing_but_the_atlas_own_files(atlas):
    drawn = figure_of(atlas)["layout"]["map"]["style"]
    assert "glyphs" not in drawn and "sprite" not in drawn
    addresses = [source["data"] for source in drawn["sources"].values() if isinstance(source["data"], str)]
    assert addresses and all(address.startswith("/geodata/") for address in addresses)


@pytest.mark.parametrize("metric_id", METRICS)
def test_every_metric_shades_or_sizes_the_regions(atlas, metric_id):
    figure = figure_of(atlas, metric=metric_id)
    regions, circles = figure["data"]
    assert len(regions["z"]) == len(atlas.regions)
    assert all(isinstance(z, int) for z in regions["z"])
    assert "nan" not in " ".join(regions["text"]).lower()
    form = METRICS[metric_id].form
    assert circles["visible"] == (form == "total")
    assert (max(regions["z"]) >= 0) == (form == "rate")


def test_circles_stand_for_totals_by_area():
    assert screen.circle_diameter(4, 16) == pytest.approx(screen.circle_diameter(16, 16) / 2)
    assert screen.circle_diameter(float("nan"), 16) == 0


def test_a_region_without_data_says_so(atlas):
    texts = figure_of(atlas, metric="industrial_output_uz")["data"][0]["text"]
    kazakh = [
        t for region_id, t in zip(atlas.regions.index, texts, strict=True) if region_id.startswith("KZ")
    ]
    assert all("no data" in text for text in kazakh)


def test_status_is_a_dash_and_operating_is_solid(atlas):
    figure = figure_of(atlas)
    assert "line-dasharray" not in layer(figure, "corridors-operating")["paint"]
    dashes = [
        tuple(layer(figure, f"corridors-{s}")["paint"]["line-dasharray"])
        for s in ("under-construction", "planned", "study")
    ]
    assert len(set(dashes)) == 3


def test_every_status_and_kind_of_the_data_has_its_look(atlas):
    assert set(atlas.segments["status"]) <= set(m.STATUS_DASHES)
    assert set(atlas.energy_lines["status"]) <= set(m.STATUS_DASHES)
    assert set(atlas.segments["mode"]) <= set(m.MODE_WIDTHS)
    assert set(atlas.sites["kind"]) <= set(m.SITE_COLOURS)
    assert set(atlas.energy_lines["carrier"]) <= set(m.CARRIER_COLOURS)
    assert set(atlas.corridors["group"]) <= set(m.GROUP_COLOURS)


def test_a_shared_segment_takes_the_colour_of_the_corridor_the_reader_chose(atlas):
    shared = atlas.segments.index[
        atlas.segments["corridor_ids"].map(lambda ids: {"trans-caspian", "northern"} <= set(ids))
    ]
    free, chosen = marks_of(atlas).lines, marks_of(atlas, "?corridor=northern").lines
    assert set(free.loc[shared, "colour"]) == {m.GROUP_COLOURS["trans-caspian"]}
    assert set(chosen["colour"]) == {m.GROUP_COLOURS["northern"]}


def test_approximate_places_are_hollow(atlas):
    marks = marks_of(atlas).sites
    assert marks.loc["J-003", "is_approximate"]
    assert not marks.loc["J-012", "is_approximate"]
    disc = layer(figure_of(atlas), "sites")["paint"]
    assert disc["circle-color"][:3] == ["case", ["get", "is_approximate"], style.PAPER]


def test_a_filter_leaves_only_its_rows(atlas):
    figure = figure_of(atlas, "?kind=dry-port&corridor=btk")
    ports = figure["layout"]["meta"]["sites"]["keep"]
    assert sorted(ports) == sorted(atlas.sites.index[atlas.sites["kind"] == "dry-port"])
    lines = layer(figure, "corridors-casing")["filter"][2][1]
    assert all("btk" in atlas.segments.loc[i, "corridor_ids"] for i in lines)


def test_sites_that_would_overlap_are_one_circle_with_their_number(atlas):
    drawn = figure_of(atlas)["layout"]["map"]["style"]
    assert drawn["sources"]["sites"]["cluster"] is True
    assert drawn["sources"]["sites"]["clusterMaxZoom"] >= 22  # those on one spot never come apart
    assert layer(figure_of(atlas), "clusters")["filter"] == ["has", "point_count"]


def test_layers_switch_on_and_off(atlas):
    figure = figure_of(atlas, "?layer=energy")
    assert layer(figure, "energy-operating")["layout"]["visibility"] == "visible"
    assert layer(figure, "sites")["layout"]["visibility"] == "none"
    assert layer(figure, "label-countries")["layout"]["visibility"] == "none"


def test_a_selected_corridor_lights_up_all_its_lines(atlas):
    figure = figure_of(atlas, selected=("corridor:btk",))
    lit = layer(figure, "selected-line")["filter"][2][1]
    assert set(lit) == set(atlas.segments.index[atlas.segments["corridor_ids"].map(lambda ids: "btk" in ids)])


def test_nothing_left_is_an_empty_map_and_not_an_error(atlas):
    marks = marks_of(atlas)
    empty = replace(
        marks,
        lines=marks.lines.iloc[:0],
        has_all_lines=False,
        sites=marks.sites.iloc[:0],
        has_all_sites=False,
        crossings=marks.crossings.iloc[:0],
        energy=marks.energy.iloc[:0],
    )
    figure = screen.screen_map(empty, atlas.regions, atlas.corridors, WORDS, URLS)
    assert figure["layout"]["meta"]["sites"]["keep"] == []


def test_what_a_filter_sends_is_small(atlas):
    for query in ("?corridor=northern", "?kind=plant&metric=population", "?layer=none"):
        size = len(json.dumps(screen.instructions(marks_of(atlas, query))).encode())
        assert size < 20_000


@pytest.mark.parametrize("name", features.BUILT)
def test_built_geometry_names_its_things_in_words_the_data_have(atlas, name):
    collection = json.loads(features.BUILT[name](atlas))
    assert collection["features"]
    assert all(f["properties"].get("name_en") for f in collection["features"])
    json.dumps(collection, allow_nan=False)


def test_built_segments_keep_direction_and_corridors(atlas):
    collection = json.loads(features.segments(atlas))
    assert len(collection["features"]) == len(atlas.segments)
    first = collection["features"][0]
    row = atlas.segments.loc[first["properties"]["segment_id"]]
    start = atlas.nodes.loc[row["from_node"]]
    assert first["geometry"]["coordinates"][0] == pytest.approx([start["lon"], start["lat"]], abs=0.01)
    assert first["properties"]["corridors"].split(";") == list(row["corridor_ids"])


def test_markup_in_a_name_is_shown_and_not_run(atlas):
    regions = atlas.regions.assign(name_en="<script>alert(1)</script>")
    figure = screen.screen_map(marks_of(atlas), regions, atlas.corridors, WORDS, URLS)
    assert "<script>" not in " ".join(figure["data"][0]["text"])


def test_line_colour_is_the_shortest_that_is_true(atlas):
    both = marks_of(atlas, "?corridor=northern,trans-caspian").lines
    rule = screen._line_colour(both)
    default = (
        atlas.segments.loc[both.index, "corridor_ids"]
        .str[0]
        .map(atlas.corridors["group"])
        .map(m.GROUP_COLOURS)
    )
    exceptions = both.index[both["colour"] != default]
    named = (
        {i for part in rule[2:-1:2] if isinstance(part, list) for i in part}
        if rule[1] == ["get", "segment_id"]
        else set()
    )
    assert set(exceptions) <= named
    assert isinstance(both, pd.DataFrame)
