"""The printed map: its frame, its names, its legend, its words, from the real data."""

import json
import random
import re

import numpy as np
import pytest
import shapely
from dash import page_registry

from dashboard import printed
from dashboard.figures import marks as m
from dashboard.figures import (
    paper,
    paper_ground,
    paper_labels,
    paper_legend,
    placing,
    projection,
    screen,
    sheet,
)
from dashboard.figures.paper_look import Look, opaque
from dashboard.figures.projection import Rectangle
from dashboard.filters import Filters
from dashboard.shell import ATTRIBUTION, DISCLAIMER
from dashboard.text import languages, speak
from layers.metrics import METRICS

WORDS = speak("en")
PHONE = (390, 844)
LARGE = [(1600, 900), (1080, 1080), (794, 1123), (1123, 794)]
SIZES = [*LARGE, PHONE]
# Each size once, each language at least once; a sheet drawn for one test is there for the others.
SHEETS = list(zip(SIZES, ("en", "ru", "uz", "kk", "ru"), strict=True))
LARGE_SHEETS = SHEETS[: len(LARGE)]
UZBEKISTAN_AND_KAZAKHSTAN = (-1_489_324.0, -981_678.0, 1_454_826.0, 1_052_314.0)  # metres


def figure_of(atlas, query="", size=(1600, 900), language="en", **rest):
    return printed.printed_map(atlas, Filters.from_query(query, atlas), language, size, **rest)


def texts_of(figure):
    return [a["text"].replace("<br>", " ") for a in figure["layout"]["annotations"]]


def names_of(figure):
    return {a["name"] for a in figure["layout"]["annotations"] if "name" in a}


def lines_of(figure):
    return [t for t in figure["data"] if t["type"] == "scattergeo" and t["mode"] == "lines"]


# The frame


@pytest.mark.parametrize(("width", "height"), [(1300, 740), (1037, 660), (756, 757), (370, 297), (1500, 400)])
def test_the_ranges_given_to_plotly_fill_the_rectangle(width, height):
    frame = projection.frame(Rectangle(10, 50, width, height), UZBEKISTAN_AND_KAZAKHSTAN)
    box = projection.outline_box((*frame.lon_range, *frame.lat_range))
    assert np.abs(np.subtract(box, frame.window)).max() / frame.metres_a_pixel < 0.01
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(width / height)


def test_pixels_and_degrees_are_each_others_way_back():
    frame = projection.frame(Rectangle(10, 50, 1300, 740), UZBEKISTAN_AND_KAZAKHSTAN)
    x, y = frame.pixels([69.28, 51.2], [41.31, 43.65])
    lon, lat = frame.degrees(x, y)
    assert lon == pytest.approx([69.28, 51.2]) and lat == pytest.approx([41.31, 43.65])
    assert frame.pixels_of_metres(*frame.window[0::3]) == pytest.approx((10, 50))


def test_areas_are_true_and_the_scale_bar_too(atlas):
    areas = atlas.regions.to_crs(projection.CONIC).area / 1e6
    sphere = atlas.regions.to_crs("+proj=cea +R=6371008.8").area / 1e6
    assert areas.to_numpy() == pytest.approx(sphere.to_numpy(), rel=2e-3)
    frame = projection.frame(Rectangle(0, 0, 1000, 700), UZBEKISTAN_AND_KAZAKHSTAN)
    km, latitude = frame.km_a_pixel()
    assert km == pytest.approx(frame.metres_a_pixel / 1000, rel=0.01)
    assert 45 < latitude < 48


def test_the_layout_tells_plotly_the_frame(atlas):
    layout = figure_of(atlas)["layout"]
    left, top, width, height = layout["meta"]["map"]
    assert layout["geo"]["domain"]["x"] == pytest.approx([left / 1600, (left + width) / 1600], abs=1e-5)
    assert layout["geo"]["domain"]["y"] == pytest.approx([1 - (top + height) / 900, 1 - top / 900], abs=1e-5)
    assert layout["geo"]["fitbounds"] is False and layout["geo"]["projection"]["scale"] == 1


# Ground and marks


@pytest.mark.parametrize(("size", "language"), SHEETS)
def test_rings_run_clockwise_on_the_map_or_they_would_fill_the_world(atlas, size, language):
    for trace in figure_of(atlas, size=size, language=language)["data"]:
        for feature in trace.get("geojson", {}).get("features", []):
            for rings in feature["geometry"]["coordinates"]:
                drawn = [
                    shapely.LinearRing(np.stack(projection.forward(*zip(*r, strict=True)), 1)) for r in rings
                ]
                assert not drawn[0].is_ccw
                assert all(hole.is_ccw for hole in drawn[1:])


@pytest.mark.parametrize("size", SIZES)
def test_land_keeps_its_area_on_the_way_to_degrees(atlas, size):
    ground = printed.ground(atlas)
    frame = projection.frame(Rectangle(0, 0, *size), ground.regions.total_bounds)
    land = paper_ground.drawn(ground, frame).land
    for feature in paper_ground.geojson(land)["features"]:
        shape = shapely.transform(shapely.geometry.shape(feature["geometry"]), _in_metres)
        assert shape.area == pytest.approx(land[feature["id"]].area, rel=0.02)
        assert shape.is_valid


def _in_metres(degrees):
    return np.stack(projection.forward(degrees[:, 0], degrees[:, 1]), axis=1)


def test_neighbours_keep_one_border_when_made_coarse(atlas):
    ground = printed.ground(atlas)
    frame = projection.frame(Rectangle(0, 0, 390, 300), ground.regions.total_bounds)
    regions = paper_ground.drawn(ground, frame).regions
    assert set(regions.index) == set(atlas.regions.index)
    lost = ground.regions.area.sum() - shapely.union_all(regions.to_numpy()).area
    assert abs(lost) < 0.01 * ground.regions.area.sum()
    overlap = regions.area.sum() - shapely.union_all(regions.to_numpy()).area
    assert overlap < 1e-4 * regions.area.sum()


@pytest.mark.parametrize("metric_id", METRICS)
def test_regions_have_the_classes_and_colours_of_the_screen(atlas, metric_id):
    # The map alone, which is the quicker; what the legend says of it is asked for below.
    figure = figure_of(atlas, f"?metric={metric_id}&layer=none", size=(600, 400), is_alone=True)
    regions = next(t for t in figure["data"] if "customdata" in t and t["type"] == "choropleth")
    marks = m.region_marks(atlas, METRICS[metric_id])
    assert regions["z"] == list(marks.class_of)
    assert {opaque(colour) for colour in marks.colours} <= {colour for _, colour in regions["colorscale"]}
    circles = [t for t in figure["data"] if t.get("marker", {}).get("color") == "#b8742a"]
    assert bool(circles) == (METRICS[metric_id].form == "total" and bool((marks.values > 0).any()))
    json.dumps(figure, allow_nan=False)
    shown = printed.map_marks(atlas, Filters.from_query(f"?metric={metric_id}", atlas))
    said = " ".join(entry.text for entry in paper_legend.entries_of(shown, WORDS))
    assert said and not re.search(r"\bnan\b", said.lower())


def test_circles_of_the_legend_are_those_of_the_map(atlas):
    look = Look.of(1600, 900)
    figure = figure_of(atlas, "?metric=population")
    circles = next(t for t in figure["data"] if t.get("marker", {}).get("color") == "#b8742a")
    values = m.region_marks(atlas, METRICS["population"]).values.sort_values(ascending=False)
    assert circles["marker"]["size"][0] == pytest.approx(look.widest, abs=0.1)
    assert circles["marker"]["size"][5] == pytest.approx(look.circle(values.iloc[5] / values.max()), abs=0.1)
    assert look.circle(0.25) == pytest.approx(screen.circle_diameter(1, 4, look.widest))
    assert any("3,900,000" in text for text in texts_of(figure))


def test_status_is_a_dash_and_operating_is_solid(atlas):
    quick = {"size": (600, 400), "is_alone": True}
    operating = lines_of(figure_of(atlas, "?corridor_status=operating", **quick))
    assert {t["line"]["dash"] == "solid" for t in operating} == {True}
    planned = lines_of(figure_of(atlas, "?corridor_status=planned", **quick))
    assert any("px" in t["line"]["dash"] for t in planned)


def test_a_filter_leaves_only_its_marks_and_its_legend(atlas):
    figure = figure_of(atlas, "?kind=dry-port&corridor=btk")
    keys = [key for t in figure["data"] if t["type"] == "scattergeo" for key in t.get("customdata", ())]
    ports = {key for key in keys if key.startswith("site:")}
    assert ports == {f"site:{i}" for i in atlas.sites.index[atlas.sites["kind"] == "dry-port"]}
    texts = texts_of(figure)
    assert "dry port" in texts and "trade centre" not in texts
    assert "South Caucasus links" in texts and "Trans-Caspian" not in texts
    assert any(text.startswith("Only: ") and "dry port" in text for text in texts)


def test_layers_that_are_off_are_neither_drawn_nor_explained(atlas):
    figure = figure_of(atlas, "?layer=none&metric=none")
    assert names_of(figure) == set()
    assert len(lines_of(figure)) == 2  # the borders of the two countries, on the map and its inset
    assert "Corridors" not in texts_of(figure) and "no data" not in texts_of(figure)


def test_approximate_places_are_hollow_and_selected_ones_ringed(atlas):
    figure = figure_of(atlas, "?show=site:J-003,corridor:btk,region:UZ-SI")
    discs = next(t for t in figure["data"] if "site:J-003" in t.get("customdata", ()))
    i = discs["customdata"].index("site:J-003")
    assert discs["marker"]["color"][i] == "#ffffff"
    assert discs["marker"]["line"]["color"][i] == m.SITE_COLOURS["joint-cluster"]
    assert any(
        t["marker"]["color"] == "rgba(255,210,63,0.5)" for t in figure["data"] if "lon" in t and "marker" in t
    )
    assert any(t["line"]["color"] == "#ffd23f" for t in lines_of(figure))
    regions = next(t for t in figure["data"] if "region:UZ-SI" in t.get("customdata", ()))
    assert max(regions["marker"]["line"]["width"]) == 3


def test_sites_stand_side_by_side_and_near_their_place(atlas):
    points = [(100.0, 100.0)] * 5 + [(300.0, 100.0)]
    spread = placing.spread(points, 8, 12)
    assert spread[0] == points[0] and spread[5] == points[5]
    gaps = [np.hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(spread) for b in spread[:i]]
    assert min(gaps) > 6
    assert all(np.hypot(a[0] - b[0], a[1] - b[1]) <= 12 for a, b in zip(spread, points, strict=True))


# Words and names


@pytest.mark.parametrize("language", languages())
def test_every_sheet_says_sources_date_version_and_disclaimer(atlas, language):
    words = speak(language)
    said = " ".join(texts_of(figure_of(atlas, size=PHONE, language=language)))
    assert words(DISCLAIMER) in said
    assert words(ATTRIBUTION).replace("&", "&amp;") in said
    assert atlas.version in said
    assert words.date(atlas.date.isoformat()) in said
    assert "46°" in said


@pytest.mark.parametrize(("size", "language"), SHEETS)
def test_what_is_written_stays_on_the_sheet(atlas, size, language):
    for text in figure_of(atlas, size=size, language=language)["layout"]["annotations"]:
        lines = text["text"].replace("&amp;", "&").split("<br>")
        bold = text["font"].get("weight") == 700
        width = max(sheet.text_width(line, text["font"]["size"], bold) for line in lines)
        share = {"left": 0, "center": 0.5}[text["xanchor"]]
        assert text["x"] * size[0] - share * width >= 0
        assert text["x"] * size[0] + (1 - share) * width <= size[0]


def unnamed_regions(atlas, names):
    """Regions without a name or number; a city that is a region is named as a city."""
    cities = paper_labels.city_of_region(atlas)
    keys = {i: {f"region:{i}", f"number:{i}", cities.get(i)} for i in atlas.regions.index}
    return {i for i, several in keys.items() if not several & names}


@pytest.mark.parametrize(
    ("size", "language"), [*LARGE_SHEETS, *zip(LARGE, ("ru", "en", "kk", "uz"), strict=True)]
)
def test_every_region_is_named_on_the_map_or_its_inset(atlas, size, language):
    names = names_of(figure_of(atlas, size=size, language=language))
    assert unnamed_regions(atlas, names) == set()
    assert {name for name in names if name.startswith("number:")} == set()
    own = atlas.cities["country_iso3"].isin(atlas.regions["country_iso3"]) & atlas.cities["rank"].eq(1)
    assert {f"city:{city_id}" for city_id in atlas.cities.index[own]} <= names


@pytest.mark.parametrize(
    ("language", "is_alone"), [*((language, False) for language in languages()), ("ru", True)]
)
def test_on_a_phone_every_region_is_named_or_has_a_number_with_a_key(atlas, language, is_alone):
    figure, words = figure_of(atlas, size=PHONE, language=language, is_alone=is_alone), speak(language)
    assert figure["layout"]["meta"]["inset"] is None and "geo2" not in figure["layout"]
    assert unnamed_regions(atlas, names_of(figure)) == set()
    numbers = {
        label["name"][7:]: label["text"]
        for label in figure["layout"]["annotations"]
        if label.get("name", "").startswith("number:")
    }
    assert 5 < len(numbers) < 25 and len(set(numbers.values())) == len(numbers)
    key = next(text for text in texts_of(figure) if text.startswith("1\u00a0")).replace("\u00a0", " ")
    for region_id, number in numbers.items():
        assert f"{number} {words.name(atlas.regions.loc[region_id])}" in key
    _, top, _, height = figure["layout"]["meta"]["map"]
    below = next(a for a in figure["layout"]["annotations"] if a["text"].startswith("1\u00a0"))
    assert (1 - below["y"]) * PHONE[1] >= top + height


def test_the_city_of_a_region_is_the_one_with_its_name(atlas):
    for region_id, key in paper_labels.city_of_region(atlas).items():
        assert atlas.cities["name_en"].astype(str)[key[5:]] == atlas.regions["name_en"][region_id]


@pytest.mark.parametrize(("size", "language"), SHEETS)
def test_the_name_of_a_city_stands_beside_it(atlas, size, language):
    layout = figure_of(atlas, size=size, language=language)["layout"]
    ground, cities = printed.ground(atlas).regions, set(paper_labels.city_of_region(atlas).values())
    main = projection.frame(Rectangle(*layout["meta"]["map"]), ground.total_bounds)
    inset = layout["meta"]["inset"] and projection.frame(
        Rectangle(*layout["meta"]["inset"]), ground.loc[list(paper.ENLARGED)].total_bounds
    )
    for label in layout["annotations"]:
        if not label.get("name", "").startswith("city:"):
            continue
        place = atlas.cities.geometry[label["name"][5:]]
        at = label["x"] * size[0], (1 - label["y"]) * size[1]
        frame = inset if inset and inset.has(*at) else main
        x, y = (float(value) for value in frame.pixels(place.x, place.y))
        size_px, bold = label["font"]["size"], label["font"].get("weight") == 700
        width = sheet.text_width(label["text"], size_px, bold)
        # A city that is a region may have a leader line.
        farther = paper_labels.CITY_LEADER * size_px if label["name"] in cities else 0
        assert abs(at[0] - x) <= width / 2 + 1.2 * size_px + farther
        assert abs(at[1] - y) <= 2 * size_px + farther


@pytest.mark.parametrize(("size", "language"), LARGE_SHEETS)
def test_no_leader_line_ends_outside_of_the_map(atlas, size, language):
    layout = figure_of(atlas, size=size, language=language)["layout"]
    boxes = [shapely.box(x, y, x + w, y + h) for x, y, w, h in (layout["meta"][k] for k in ("map", "inset"))]
    dots = [s for s in layout["shapes"] if s["type"] == "circle" and s["fillcolor"] == sheet.INK]
    assert dots
    legend = min(box.bounds[1] for box in boxes), max(box.bounds[3] for box in boxes)
    for dot in dots:
        x, y = (dot["x0"] + dot["x1"]) / 2 * size[0], (1 - (dot["y0"] + dot["y1"]) / 2) * size[1]
        assert legend[0] <= y <= legend[1]
        if (dot["x1"] - dot["x0"]) * size[0] < 3.5:
            assert any(box.contains(shapely.Point(x, y)) for box in boxes)


# The inset


@pytest.mark.parametrize(("size", "language"), LARGE_SHEETS)
def test_the_inset_enlarges_the_fergana_valley_beside_the_map(atlas, size, language):
    layout = figure_of(atlas, size=size, language=language)["layout"]
    main, inset = (Rectangle(*layout["meta"][name]) for name in ("map", "inset"))
    boxes = [shapely.box(box.left, box.top, box.right, box.bottom) for box in (main, inset)]
    assert not boxes[0].intersects(boxes[1])
    assert shapely.box(0, 0, *size).contains(boxes[1])
    ground = printed.ground(atlas).regions
    small = projection.frame(inset, ground.loc[list(paper.ENLARGED)].total_bounds)
    large = projection.frame(main, ground.total_bounds)
    assert large.metres_a_pixel / small.metres_a_pixel > 2
    assert layout["geo2"]["lonaxis"]["range"] == pytest.approx(small.lon_range)
    x, y = large.pixels_of_metres(np.array(small.window)[[0, 2]], np.array(small.window)[[3, 1]])
    outline = [x[0] / size[0], x[1] / size[0], 1 - y[0] / size[1], 1 - y[1] / size[1]]
    assert any(
        [s.get(k) for k in ("x0", "x1", "y0", "y1")] == pytest.approx(outline, abs=1e-5)
        for s in layout["shapes"]
        if s["type"] == "rect"
    )
    bars = [text for text in texts_of({"layout": layout}) if re.search(r"\d\d°", text)]
    assert len(bars) == 2 and any("41°" in bar for bar in bars)


def test_the_inset_shows_the_same_marks(atlas):
    data = figure_of(atlas, "?metric=population&show=site:J-003")["data"]
    main, inset = ([t for t in data if t["geo"] == name] for name in ("geo", "geo2"))

    def values(traces):
        regions = next(t for t in traces if "region:UZ-SI" in t.get("customdata", ()))
        return dict(zip(regions["locations"], regions["z"], strict=True)), regions["colorscale"]

    assert values(inset)[0].items() <= values(main)[0].items()
    assert set(paper.ENLARGED) <= set(values(inset)[0]) < set(values(main)[0])
    assert values(inset)[1] == values(main)[1]
    colours = [{t["line"]["color"] for t in traces if t.get("mode") == "lines"} for traces in (main, inset)]
    assert colours[1] <= colours[0] and len(colours[1]) > 4
    keys = [{k for t in traces for k in t.get("customdata", ())} for traces in (main, inset)]
    assert "site:J-003" in keys[0] and keys[1] < keys[0]


# Other areas


XIAN, ISTANBUL = (108.94, 34.34), (28.98, 41.01)


@pytest.mark.parametrize(
    ("size", "is_alone"), list(zip(SIZES, (False, True, False, True, False), strict=True))
)
def test_a_map_of_a_corridor_reaches_from_end_to_end(atlas, size, is_alone):
    area = (ISTANBUL[0], XIAN[1], XIAN[0], 44.0)
    figure = figure_of(atlas, size=size, area=area, is_alone=is_alone)
    box = Rectangle(*figure["layout"]["meta"]["map"])
    frame = projection.frame(box, projection.box_of(area))
    for lon, lat in (XIAN, ISTANBUL):
        assert bool(frame.has(*frame.pixels(lon, lat)))
    outline = projection.outline_box((*frame.lon_range, *frame.lat_range))
    assert np.abs(np.subtract(outline, frame.window)).max() / frame.metres_a_pixel < 0.05
    assert "geo2" not in figure["layout"] and not any(n.startswith("number:") for n in names_of(figure))
    # No corner of the frame lies where our map of the world ends.
    west, south, east, north = frame.window
    places = [(west, south), (east, south), (west, north), (east, north), ((west + east) / 2, north)]
    lon, lat = projection.inverse(*zip(*places, strict=True))
    assert lon.min() > 4 and lon.max() < 127 and lat.min() > 18 - 6 and lat.max() < 62
    assert box.width > 0.8 * (size[0] - 300) and box.height > 100


@pytest.mark.parametrize("region_id", ["UZ-SI", "UZ-TK", "KZ-35"])
def test_a_map_of_one_region_is_filled_by_it_and_names_it(atlas, region_id):
    area = tuple(atlas.regions.geometry[region_id].bounds)
    figure = figure_of(atlas, size=(1080, 1080), area=area)
    frame = projection.frame(Rectangle(*figure["layout"]["meta"]["map"]), projection.box_of(area))
    west, south, east, north = printed.ground(atlas).regions[region_id].bounds
    x, y = frame.pixels_of_metres([west, east], [north, south])
    box = frame.rectangle
    shares = (x[1] - x[0]) / box.width, (y[1] - y[0]) / box.height
    assert max(shares) > (0.3 if region_id == "UZ-TK" else 0.75)
    assert frame.has(x, y).all()
    assert {f"region:{region_id}", paper_labels.city_of_region(atlas).get(region_id)} & names_of(figure)
    json.dumps(figure, allow_nan=False)


def test_a_map_without_any_of_our_regions_is_drawn_all_the_same(atlas):
    figure = figure_of(atlas, "?corridor=btk&metric=population", (1080, 1080), area=(42.0, 39.5, 47.0, 42.6))
    assert not any(name.startswith("region:") for name in names_of(figure))
    assert "country:GEO" in names_of(figure)
    json.dumps(figure, allow_nan=False)


def test_a_point_is_not_magnified_without_end():
    west, south, east, north = projection.box_of((69.2, 41.3, 69.2, 41.3))
    assert east - west == pytest.approx(60_000) and north - south == pytest.approx(60_000)


# Lines that answer


def test_lines_of_the_map_alone_answer_with_what_they_are(atlas):
    query = "?layer=corridors,energy,sites,crossings"
    figure = figure_of(atlas, query, size=(900, 600), is_alone=True)
    answering = [t for t in figure["data"] if t.get("mode") == "none"]
    keys = {key for trace in answering for key in trace["customdata"]}
    assert {key.partition(":")[0] for key in keys} == {"segment", "energy"}
    frame = projection.frame(Rectangle(0, 0, 900, 600), printed.ground(atlas).regions.total_bounds)
    middles = atlas.segments.geometry.to_crs(projection.CONIC).interpolate(0.5, normalized=True)
    inside = frame.has(*frame.pixels_of_metres(middles.x, middles.y))
    long = atlas.segments.geometry.to_crs(projection.CONIC).length > 60 * frame.metres_a_pixel
    assert {f"segment:{i}" for i in atlas.segments.index[inside & long]} <= keys
    line = atlas.segments.loc["SEG-146"]
    trace = next(t for t in answering if "segment:SEG-146" in t["customdata"])
    i = int(re.search(r"\d+", trace["hovertemplate"][trace["customdata"].index("segment:SEG-146")])[0])
    for column in ("from_node", "to_node"):
        assert atlas.nodes["name_en"][line[column]] in trace["meta"][i]
    assert "rail · operating" in trace["meta"][i]


def test_a_symbol_on_a_line_answers_before_the_line(atlas):
    figure = figure_of(atlas, size=(900, 600), is_alone=True)
    frame = projection.frame(Rectangle(0, 0, 900, 600), printed.ground(atlas).regions.total_bounds)
    lines = next(t for t in figure["data"] if t.get("mode") == "none")
    symbols = [t for t in figure["data"] if t.get("mode") == "markers" and "customdata" in t]
    ends = np.stack(frame.pixels(lines["lon"], lines["lat"]), 1)
    for trace in symbols:
        for point in np.stack(frame.pixels(trace["lon"], trace["lat"]), 1):
            assert np.hypot(*(ends - point).T).min() > 10


def test_a_sheet_for_print_has_no_hidden_marks(atlas):
    assert not any(t.get("mode") == "none" for t in figure_of(atlas)["data"])


def test_a_title_is_shown_as_written_and_never_run(atlas):
    figure = figure_of(atlas, title="<b>Ports & plants</b>")
    assert figure["layout"]["annotations"][0]["text"] == "&lt;b&gt;Ports &amp; plants&lt;/b&gt;"


def test_the_map_alone_fills_the_sheet(atlas):
    figure = figure_of(atlas, size=(700, 500), is_alone=True)
    assert figure["layout"]["meta"]["map"] == [0, 0, 700, 500]
    assert not any("OpenStreetMap" in text for text in texts_of(figure))


@pytest.mark.parametrize("size", [(1, 1), (99_999, 300), (300, 2000)])
def test_strange_sizes_give_a_sheet_all_the_same(atlas, size):
    layout = figure_of(atlas, size=size)["layout"]
    for side in ("width", "height"):
        assert paper.SMALLEST_SHEET <= layout[side] <= paper.LARGEST_SHEET


def test_lines_are_wrapped_to_their_width():
    text = "Boundaries, names and designations on this map; Karakalpakstanundavongereinsehrlangeswort " * 3
    for width in (60, 140, 400):
        lines = sheet.wrapped(text, 10, width)
        assert all(sheet.text_width(line, 10) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_without_a_font_file_widths_are_generous(monkeypatch):
    text = "Республика Каракалпакстан, Oʻzbekiston"
    measured = sheet.text_width.__wrapped__(text, 12, True)
    monkeypatch.setattr(sheet, "_font", lambda bold: None)
    assert sheet.text_width.__wrapped__(text, 12, True) > measured


def test_labels_never_overlap_nor_leave_the_area():
    chance = random.Random(7)
    area = Rectangle(0, 0, 400, 300)
    labels = []
    for i in range(150):
        x, y = chance.uniform(0, 400), chance.uniform(0, 300)
        places = placing.beside(x, y, 40, 14, 4)
        labels.append(placing.Label(str(i), ("Label 000",), 9, places, False, (x, y), 60))
    taken = placing.Box(0, 250, 120, 300)
    found = placing.placed([labels, labels[::-1]], area, [(200, 150, 30)], [(5, 5)], [taken], {"149": 1})
    assert len(found) > 40 and "149" in {one.label.key for one in found}
    boxes = [shapely.box(*one.box.corners) for one in found] + [shapely.box(*taken.corners)]
    for i, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:i])
        assert shapely.box(0, 0, 400, 300).contains(box)
    leaders = [shapely.LineString(one.leader) for one in found if one.leader]
    assert leaders
    for i, leader in enumerate(leaders):
        assert not any(leader.crosses(other) for other in leaders[:i])


def test_a_group_of_the_legend_is_never_cut(atlas):
    marks = printed.map_marks(atlas, Filters())
    entries = paper_legend.entries_of(marks, WORDS)
    columns = paper_legend.packed(entries, 3, 240, Look.of(1080, 1080))
    assert all(column.entries[0].is_title for column in columns)
    assert sorted(e.text for c in columns for e in c.entries) == sorted(e.text for e in entries)


# The page


@pytest.mark.parametrize(
    "query", [{}, {"size": "poster"}, {"size": "phone", "kind": "castle"}, {"title": "x" * 999}]
)
def test_strange_queries_give_a_preview_all_the_same(site, query):
    page = next(page for page in page_registry.values() if page["path"] == "/print")
    shown = str(page["layout"](lang="en", **query))
    assert "paper-" in shown and "Back to the map" in shown
    assert ("castle" in shown) == ("kind" in query)
    assert "x" * 141 not in shown
