"""The printed map of more sites, lines and regions than a sheet can show one by one."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from dashboard import printed
from dashboard.figures import marks as m
from dashboard.figures import paper, paper_crowds, paper_labels, paper_legend, projection
from dashboard.figures.paper_crowds import crowd_of
from dashboard.figures.paper_hover import answering
from dashboard.figures.paper_labels import Asked
from dashboard.figures.paper_look import Look
from dashboard.figures.paper_pane import Pane
from dashboard.figures.paper_spots import Spots
from dashboard.figures.projection import Rectangle
from dashboard.figures.sheet import Sheet, text_height, text_width
from dashboard.figures.tiled import MESH_OPACITY
from dashboard.filters import Filters, map_marks
from dashboard.legend import legend
from dashboard.text import speak
from dashboard.tiles import segments

WORDS, SIZE = speak("en"), (1200, 800)


@pytest.fixture
def crowded(monkeypatch):
    """The real data are more than a sheet can hold."""
    monkeypatch.setattr(paper_crowds, "MOST_SITES", 20)
    monkeypatch.setattr(paper_crowds, "MOST_LINES", 20)


def sheet_of(atlas, query="", area=None):
    """The printed map with all that stands round it."""
    filters = Filters.from_query(query, atlas)
    marks = map_marks(atlas, filters)
    texts = printed.texts_of(atlas, filters, WORDS, "", crowd_of(marks, area))
    ground = printed.ground(atlas)
    return paper.paper_map(marks, atlas, ground, WORDS, SIZE, texts, filters.selected, area)


@pytest.fixture(scope="module")
def usual(atlas):
    """The sheet of the real data as they are."""
    return sheet_of(atlas)


@pytest.fixture(scope="module")
def together(atlas):
    """The sheet of the real data where they are more than it can hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper_crowds, "MOST_SITES", 20)
        patch.setattr(paper_crowds, "MOST_LINES", 20)
        return sheet_of(atlas)


def written_on(figure):
    return " ".join(a["text"].replace("<br>", " ") for a in figure["layout"]["annotations"])


def counts_of(figure, geo="geo"):
    """The numbers in the circles of a map."""
    traces = [t for t in figure["data"] if t.get("mode") == "markers+text" and t["geo"] == geo]
    return [int(text.replace(",", "")) for t in traces for text in t["text"]]


def alone_on(figure, geo="geo"):
    """The ids of the sites that stand for themselves."""
    told = [t["customdata"] for t in figure["data"] if t["geo"] == geo and "customdata" in t]
    return [key for keys in told for key in keys if key.startswith("site:")]


def test_each_site_is_counted_in_one_circle_or_stands_alone(atlas, together):
    counts, alone = counts_of(together), alone_on(together)
    assert counts and min(counts) > 1
    assert sum(counts) + len(alone) == len(atlas.sites) and len(set(alone)) == len(alone)


def test_a_sheet_says_in_words_what_stands_together(atlas, usual, together, crowded):
    said = (paper_crowds.SO_MANY, paper_crowds.SITES_TOGETHER, paper_crowds.LINES_TOGETHER)
    plain, told = written_on(usual), written_on(together)
    assert not any(text in plain for text in said) and "drawn side by side" in plain
    assert all(text in told for text in said) and "drawn side by side" not in told
    beside = str(legend(map_marks(atlas, Filters()), WORDS))
    assert paper_crowds.SITES_TOGETHER in beside


def test_a_map_of_a_small_area_shows_each_site_and_line(atlas, crowded):
    samarkand = (66.8, 39.5, 67.2, 39.9)
    figure = sheet_of(atlas, area=samarkand)
    assert counts_of(figure) == [] and "drawn side by side" in written_on(figure)


def test_circles_keep_apart(atlas, together):
    corners = together["layout"]["meta"]["map"]
    frame = projection.frame(Rectangle(*corners), tuple(printed.ground(atlas).regions.total_bounds))
    (circles,) = [t for t in together["data"] if t.get("mode") == "markers+text" and t["geo"] == "geo"]
    x, y = frame.pixels(circles["lon"], circles["lat"])
    wide = np.array(circles["marker"]["size"])
    apart = np.hypot(x[:, None] - x, y[:, None] - y) + 1e9 * np.eye(len(x))
    assert (apart >= (wide[:, None] + wide) / 2 - 0.2).all()


def test_no_name_covers_a_number(atlas):
    marks, look, ground = map_marks(atlas, Filters()), Look.of(*SIZE), printed.ground(atlas)
    bounds = tuple(ground.regions.total_bounds)
    pane = Pane.of("geo", Rectangle(0, 0, *SIZE), bounds, marks, atlas, ground, look, paper_crowds.Crowd())

    def names(shown):
        sheet = Sheet(*SIZE)
        shown.write(sheet, marks, atlas, look, WORDS, Asked(1.0, has_leaders=False))
        return [a for a in sheet.annotations if "name" in a]

    spots = pd.DataFrame(
        [(a["x"] * SIZE[0], (1 - a["y"]) * SIZE[1]) for a in names(pane)], columns=["x", "y"]
    )
    counts = spots.assign(count=1234, wide=30.0)
    found = names(dataclasses.replace(pane, spots=dataclasses.replace(pane.spots, counts=counts)))
    assert found
    for a in found:
        lines, size = a["text"].split("<br>"), a["font"]["size"]
        across = abs(spots["x"] - a["x"] * SIZE[0]) - max(text_width(line, size) for line in lines) / 2
        down = abs(spots["y"] - (1 - a["y"]) * SIZE[1]) - text_height(lines, size) / 2
        assert ((across > 10) | (down > look.small / 2 - 0.5)).all(), a["text"]


def test_what_is_selected_in_a_crowd_has_its_ring(atlas, crowded):
    figure = sheet_of(atlas, "?show=site:J-001,corridor:btk")
    lit = [t for t in figure["data"] if t.get("line", {}).get("color") == "#ffd23f" and t["lon"]]
    rings = [t for t in figure["data"] if t.get("marker", {}).get("color") == "rgba(255,210,63,0.5)"]
    assert lit and any(len(t["lon"]) == 1 for t in rings)


def looks(figure):
    """Colour, dash and width of the lines of corridors."""
    lines = [t["line"] for t in figure["data"] if t.get("mode") == "lines" and t["geo"] == "geo"]
    own = set(m.GROUP_COLOURS.values())
    return {(line["color"], line["dash"], line["width"]) for line in lines if line["color"] in own}


def test_lines_run_together_keep_their_colours_and_dashes(usual, together):
    assert looks(together) <= looks(usual) and len(looks(together)) > 5
    lost = looks(usual) - looks(together)
    assert all(dash != "solid" for _, dash, _ in lost)  # plans that are a pixel long


def test_only_lines_that_a_pointer_can_meet_answer_it(atlas, crowded):
    marks = map_marks(atlas, Filters())
    frame = projection.frame(Rectangle(0, 0, *SIZE), tuple(printed.ground(atlas).regions.total_bounds))
    spots = Spots.of(marks, frame, Look.of(*SIZE), is_crowded=True)
    for crowd, most in ((crowd_of(marks), len(atlas.segments)), (paper_crowds.Crowd(), len(marks.lines))):
        told = answering(marks, atlas, spots, frame, WORDS, crowd)
        assert [t["customdata"][0].partition(":")[0] for t in told] == ["segment"]
        assert 0 < len(told[0]["meta"]) <= most


def test_a_net_of_very_many_lines_is_drawn_thinly_and_answers_nowhere(atlas, crowded, monkeypatch):
    monkeypatch.setattr(segments, "MESH", 10)  # lines of the same corridors
    monkeypatch.setattr(paper_crowds, "PIECES_OF_A_WAY", 3)
    netted = dataclasses.replace(atlas, version="c0ffee000013")
    figure = sheet_of(netted)
    thin = [t for t in figure["data"] if t.get("opacity") == MESH_OPACITY]
    assert thin and all(t["line"]["width"] < 1 for t in thin)
    lines = map_marks(netted, Filters()).lines
    in_net = ~lines.index.isin(paper_crowds.without_meshes(lines, netted).index)
    way = lines.index[in_net][:3]
    routed = lines.assign(colour=lines["colour"].where(~lines.index.isin(way), "#d81b60"))
    frame = projection.frame(Rectangle(0, 0, *SIZE), tuple(printed.ground(atlas).regions.total_bounds))
    found = paper_crowds.lines_together(routed, netted, frame)
    assert not found.loc[found["colour"] == "#d81b60", "is_mesh"].any()
    left = paper_crowds.without_meshes(lines, netted)
    counts = left["corridor_ids"].value_counts()
    assert 0 < len(left) < len(lines) and counts.max() <= 10


def test_lines_run_together_lack_only_what_is_too_short(atlas):
    lines = map_marks(atlas, Filters()).lines
    frame = projection.frame(Rectangle(0, 0, *SIZE), tuple(printed.ground(atlas).regions.total_bounds))
    found = paper_crowds.lines_together(lines, atlas, frame)
    assert 0 < len(found) < len(lines)
    whole = lines.geometry.to_crs(projection.CONIC).length.sum()
    assert found.length.sum() == pytest.approx(whole, rel=0.05)


def test_of_very_many_regions_the_largest_are_named_and_none_is_numbered(atlas, monkeypatch):
    for module in (paper_labels, paper):
        monkeypatch.setattr(module, "MOST_NAMED", 10)
    monkeypatch.setattr("dashboard.figures.paper_marks.MOST_NAMED", 10)
    paper_labels._regions.cache_clear()
    try:
        figure = sheet_of(atlas)
    finally:
        paper_labels._regions.cache_clear()
    names = {a["name"].partition(":")[0] for a in figure["layout"]["annotations"] if "name" in a}
    named = {a["name"] for a in figure["layout"]["annotations"] if a.get("name", "").startswith("region:")}
    areas = printed.ground(atlas).regions.area.drop(paper_labels.city_of_region(atlas), errors="ignore")
    assert "number" not in names and 0 < len(named) <= 20  # ten of the map, and those of the inset
    assert f"region:{areas.idxmax()}" in named
    regions = next(t for t in figure["data"] if t["type"] == "choropleth" and "customdata" in t)
    assert regions["marker"]["line"]["width"] < 0.5


def test_a_browser_gets_no_larger_map_than_can_be_made_soon():
    assert paper.size_of("paper:800x600") == (800, 600)
    assert paper.size_of("paper:9999x10") == (800, 200)
    assert paper.size_of("paper:10x9999") == (200, 800)
    assert paper.size_of("paper:9999x9999") == (2400, 2400)
    for wrong in (None, "", "screen", "paper:1x1", "paper:99999x100", "paper:٣٣٣x٣٣٣", "paper:800x600 "):
        assert paper.size_of(wrong) is None


def test_the_legend_explains_circles_only_where_there_are_some(atlas):
    marks = map_marks(atlas, Filters())
    usual = paper_legend.entries_of(marks, WORDS)
    told = paper_legend.entries_of(marks, WORDS, has_counts=True)
    assert [e.text for e in told if e not in usual] == [paper_crowds.SO_MANY]
    without = dataclasses.replace(marks, shown=("labels",))
    assert paper_legend.entries_of(without, WORDS, has_counts=True) == paper_legend.entries_of(without, WORDS)
