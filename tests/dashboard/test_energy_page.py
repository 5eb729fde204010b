"""The page of energy: published values with their sources, arrows in both renderers, what is not known."""

import json
import re
import sys
from dataclasses import replace

import plotly
import pytest
import shapely

from dashboard.cards import card_of
from dashboard.energy import charts
from dashboard.energy.disagreements import disagreements_part
from dashboard.energy.findings import energy_finding
from dashboard.energy.listing import flows_part
from dashboard.energy.scenes import energy_scene
from dashboard.energy.tables import lines_part, projects_part, sites_part
from dashboard.energy.view import EnergyView
from dashboard.figures import marks as m
from dashboard.figures import paper, screen, style
from dashboard.figures.period_chart import decimal_year
from dashboard.figures.projection import CONIC
from dashboard.keys import bounds_of
from dashboard.legend import legend
from dashboard.plain import trees
from dashboard.printed import ground
from dashboard.text import languages, speak
from layers import current
from layers.energy import courses, drawable, newest, series

NOT_MEANT = re.compile(r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\{\w+\}")
WORDS = speak("en")
URLS = {name: f"/geodata/{name}.0.geojson" for name in ("regions", *style.SOURCES)}
every_language = pytest.mark.parametrize("language", languages())
QUERIES = ({}, {"carrier": "gas"}, {"carrier": "water", "year": "2024"}, {"year": "2017"}, {"year": "2038"})


def texts_of(tree):
    if isinstance(tree, str):
        return [tree]
    named = {name: value for name, value in tree[1].items() if name not in ("figure", "data-unit")}
    own = [str(value) for value in named.values() if not isinstance(value, dict)]
    return own + [text for inner in tree[2:] for text in texts_of(inner)]


def said(contents):
    return " ".join(text for tree in trees(contents) for text in texts_of(tree))


def rows_of(contents):
    """The texts of each row of the tables in it."""
    found = []

    def walk(tree):
        if isinstance(tree, str):
            return
        if tree[0] == "tr":
            found.append(" ".join(texts_of(tree)))
        for inner in tree[2:]:
            walk(inner)

    for tree in trees(contents):
        walk(tree)
    return found


def page(**query):
    return sys.modules["dashboard.pages.energy"].layout(lang="en", **query)


@pytest.mark.parametrize(
    ("amount", "source", "about"),
    [
        ("921.7 million m³", "Trend News Agency", "Jan – Jul 2025"),
        ("11 billion m³ a year", "Trend News Agency", "2026–2038"),
        ("900 million kWh", "Trend News Agency", "Mar – Dec 2026"),
        ("1.281 billion m³", "https://", "7 Oct – 31 Dec 2023"),
    ],
)
def test_a_published_value_stands_on_the_page_with_its_source(site, atlas, amount, source, about):
    plain = [row.replace("\u2009", " ").replace("\u202f", " ") for row in rows_of(page())]
    rows = [row for row in plain if amount in row and about in row]
    assert len(rows) >= 2  # in the table of the map and under its chart
    assert all(source in row for row in rows)


@every_language
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_page_says_nothing_strange_in_any_language(site, query, language):
    made = sys.modules["dashboard.pages.energy"].layout(lang=language, **query)
    assert not NOT_MEANT.search(said(made))


def test_a_strange_query_is_told_and_left_out(site):
    text = said(page(carrier="coal", year="1999", colour="red"))
    assert "Part of this link means nothing here" in text
    assert all(part in text for part in ("carrier=coal", "year=1999", "colour=red"))
    assert "means nothing here" not in said(page(carrier="all", year="latest"))


def test_a_view_and_its_link_are_the_same(atlas):
    for query in ({"carrier": "oil", "year": "2023"}, {"carrier": "gas"}, {"year": "2019"}, {}):
        view = EnergyView.from_query(query, atlas)
        assert EnergyView.from_query(view.to_query(), atlas) == view


def test_the_finding_is_made_from_the_figures(atlas):
    text = energy_finding(EnergyView(), atlas, WORDS)
    assert "11 billion m³ a year (plan, 2026–2038)" in text and "900 million kWh (contract" in text
    alone = energy_finding(EnergyView("gas"), atlas, WORDS)
    assert "921.7 million m³ (actual" in alone and "Oil" not in alone
    double = replace(atlas, energy_flows=atlas.energy_flows.assign(value=atlas.energy_flows["value"] * 2))
    assert "22 billion m³ a year" in energy_finding(EnergyView(), double, WORDS)


def test_without_figures_there_are_words(atlas):
    bare = replace(
        atlas,
        energy_flows=atlas.energy_flows.iloc[:0],
        energy_lines=atlas.energy_lines.iloc[:0],
        sites=atlas.sites.iloc[:0],
        projects=atlas.projects.iloc[:0],
    )
    view = EnergyView()
    parts = [
        energy_finding(view, bare, WORDS),
        flows_part(view, bare, WORDS),
        charts.charts_section.__wrapped__(bare, "", "en"),
        lines_part(view.lines(bare), bare, WORDS),
        sites_part(bare, WORDS),
        projects_part(bare, WORDS),
        disagreements_part(bare, WORDS),
    ]
    assert said(parts).count("known to our sources") >= 6
    assert "No two sources state different figures" in said(parts)
    scene = energy_scene(bare, "")
    assert scene.marks.flows.empty and scene.home == screen.HOME
    assert "Flows" not in said(legend(scene.marks, WORDS))


def test_lines_say_what_is_not_known_and_that_they_are_schematic(atlas):
    part = lines_part(atlas.energy_lines, atlas, WORDS)
    (urals,) = [row for row in rows_of(part) if "Bukhara–Urals" in row]
    assert "not known" in urals and "closed" in urals
    assert "All energy lines are schematic." in said(part)
    (kambarata,) = [row for row in rows_of(part) if "Kambarata-1" in row]
    assert "1,860 MW" in kambarata and "plant" in kambarata


def test_sites_and_projects_lead_to_their_pages_and_the_map(atlas):
    text = said([sites_part(atlas, WORDS), projects_part(atlas, WORDS)])
    for part in ("/sites/J-030?lang=en", "project:P-043", "project:P-044", "site:J-030", "4.2 billion USD"):
        assert part in text


def test_sources_that_disagree_stand_side_by_side(atlas):
    text = said(disagreements_part(atlas, WORDS))
    assert "2.8 billion m³ a year" in text and "3 billion m³ a year" in text


# ---- charts


def test_no_chart_mixes_units_spans_or_series(atlas):
    for series_id, figure in charts.figures(atlas, WORDS).items():
        drawn = [one for trace in figure["data"] for one in trace["customdata"]]
        rows = atlas.energy_flows.loc[drawn]
        assert set(rows["series_id"]) == {series_id} and rows["unit"].nunique() == 1
        assert set(drawn) == set(series(atlas.energy_flows, series_id).index)
        assert all(trace["type"] == "bar" for trace in figure["data"])  # nothing is joined


def test_a_yearly_rate_is_as_wide_as_the_span_it_holds_for(atlas):
    figure = charts.figures(atlas, WORDS)["gas_ru_uz_contract_per_year"]
    (plan,) = [trace for trace in figure["data"] if "EF-008" in trace["customdata"]]
    assert plan["width"] == [13.0] and plan["x"] == [2032.5] and plan["y"] == [11.0]
    (edge,) = figure["layout"]["shapes"]
    assert edge["line"]["dash"] != "solid" and (edge["x0"], edge["x1"]) == (2026, 2039)


def test_results_contracts_and_plans_look_different(atlas):
    figures = charts.figures(atlas, WORDS)
    (contract,) = figures["el_uz_kz"]["data"]
    assert contract["marker"]["pattern"]["shape"] and not figures["el_uz_kz"]["layout"]["shapes"]
    oil = figures["oil_ru_uz"]
    assert len(oil["data"]) == 2 and len(oil["layout"]["shapes"]) == 2
    assert "pattern" not in oil["data"][1]["marker"]
    assert "2023: 62% of the plan" in said(charts.charts_section(atlas, "oil", "en"))


def test_a_figure_whose_period_is_not_stated_is_told_and_not_drawn(atlas):
    assert "water_syr_to_april" not in charts.figures(atlas, WORDS)
    text = said(charts.charts_section(atlas, "water", "en"))
    assert "Not drawn: the period is not fully stated" in text and "11.1 billion m³" in text


def test_days_are_decimal_years():
    assert decimal_year("2025-01-01") == 2025 and decimal_year("2025-12-31", True) == 2026


def test_the_figures_of_the_page_are_small(site, atlas):
    figures = json.dumps(charts.figures(atlas, WORDS), cls=plotly.utils.PlotlyJSONEncoder)
    drawn = screen_of(atlas, "")
    own = [drawn["layout"]["map"]["style"]["sources"][one]["data"] for one in ("flows", "flow-names")]
    assert len(figures.encode()) + len(json.dumps(own, ensure_ascii=False).encode()) < 90_000
    assert len(figures.encode()) + len(json.dumps(drawn, ensure_ascii=False).encode()) < 120_000


# ---- the map


def screen_of(atlas, which):
    scene = energy_scene(atlas, which)
    return screen.screen_map(scene.marks, atlas.regions, atlas.corridors, WORDS, URLS, (), (), scene.home)


def test_arrows_of_one_unit_are_as_wide_as_their_amounts(atlas):
    flows = m.flow_marks(atlas, atlas.energy_flows.index).set_index("flow_id")
    tonnes = flows[flows["unit"].eq("thousand tonnes")]
    assert tonnes.at["EF-024", "width_m"] / tonnes.at["EF-023", "width_m"] == pytest.approx(550 / 250)
    assert (flows["width_m"] > 0).all() and flows.geometry.is_valid.all()
    # Another choice of years leaves an amount as wide as it was.
    alone = m.flow_marks(atlas, atlas.energy_flows.index[atlas.energy_flows.index == "EF-023"])
    assert alone["width_m"].iloc[0] == tonnes.at["EF-023", "width_m"]


def test_units_never_share_a_scale(atlas):
    flows = m.flow_marks(atlas, newest(atlas.energy_flows).index)
    text = said(legend(energy_scene(atlas, "").marks, WORDS))
    for unit in ("million m³ a day", "billion m³ a year", "million kWh", "thousand t"):
        assert unit in text
    largest = flows[flows["share"].eq(1)].groupby("unit")["width_m"].max()
    assert largest["bcm per year"] == pytest.approx(
        largest["million m3 per day"]
    )  # 11 and 9: the largest each
    assert "cannot be compared" in text


def test_arrows_of_one_line_lie_beside_each_other(atlas):
    flows = m.flow_marks(atlas, newest(atlas.energy_flows).index)
    shapes = flows.geometry[flows["line_id"].eq("L-CAC")].to_crs(3857)
    assert len(shapes) == 4
    for i, one in enumerate(shapes):
        for other in list(shapes)[i + 1 :]:
            assert one.intersection(other).area < 0.2 * min(one.area, other.area)


def test_the_head_is_where_the_flow_goes(atlas):
    """Seen without colours: the arrow is pointed at the end of its course and broadest shortly before it."""
    ways = courses(drawable(atlas.energy_flows), atlas.energy_lines, atlas.countries).set_index("flow_id")
    for flow_id in ("EF-001", "EF-008", "EF-012", "EF-015"):
        shape = m.flow_marks(atlas, [flow_id]).set_index("flow_id").to_crs(CONIC).geometry[flow_id]
        way = ways.to_crs(CONIC).geometry[flow_id]
        start, end = (shapely.Point(way.coords[i]) for i in (0, -1))
        near = way.length * 0.02
        areas = [shape.intersection(place.buffer(near)).area for place in (start, end)]
        assert 0 < areas[1] < 0.7 * areas[0], flow_id
        corners = shapely.points(shape.exterior.coords)[:-1]
        breadth = [corner.distance(way) for corner in corners]
        broadest = corners[breadth.index(max(breadth))]
        assert broadest.distance(end) < broadest.distance(start), flow_id


def test_looks_are_told_apart_on_the_screen_map(atlas):
    figure = screen_of(atlas, "")
    shapes = figure["layout"]["map"]["style"]["sources"]["flows"]["data"]["features"]
    arrows = [f["properties"] for f in shapes if f["properties"]["part"] == "arrow"]
    assert {one["look"] for one in arrows} == {"actual", "contract", "plan"}
    (contract,) = [one for one in arrows if one["flow_id"] == "EF-012"]
    assert contract["text"].startswith("900 million kWh, contract, ")
    layers = {layer["id"]: layer for layer in figure["layout"]["map"]["style"]["layers"]}
    assert "line-dasharray" in layers["flows-edge-dashed"]["paint"]
    assert "line-dasharray" not in layers["flows-edge"]["paint"]
    chevrons = {f["properties"]["flow_id"]: f["geometry"]["coordinates"] for f in shapes if f not in arrows}
    assert len(chevrons["EF-006"]) > 4 * len(chevrons["EF-008"])  # a hatching: both are equally wide


def test_arrows_of_all_carriers_bear_their_amounts_alone(atlas):
    def written(query):
        sources = screen_of(atlas, query)["layout"]["map"]["style"]["sources"]
        return [feature["properties"]["text"] for feature in sources["flow-names"]["data"]["features"]]

    assert "900 million kWh" in written("")
    assert not [text for text in written("") if "contract" in text]
    assert any(text.startswith("900 million kWh, contract, ") for text in written("?carrier=electricity"))


def test_the_map_of_a_carrier_shows_its_lines_alone(atlas):
    figure = screen_of(atlas, "?carrier=oil")
    layers = {layer["id"]: layer for layer in figure["layout"]["map"]["style"]["layers"]}
    assert layers["energy-operating"]["filter"][2] == ["literal", ["L-OIL"]]
    assert "L-CAC" in json.dumps(screen_of(atlas, "")["layout"]["map"]["style"]["layers"])


def test_the_printed_map_draws_the_same_arrows(atlas):
    scene = energy_scene(atlas, "")
    figure = paper.paper_map(scene.marks, atlas, ground(atlas), WORDS, (900, 600), None, ("flow:EF-008",))
    keys = {
        key for trace in figure["data"] for key in trace.get("customdata", ()) if str(key).startswith("flow:")
    }
    assert keys == {f"flow:{flow_id}" for flow_id in scene.marks.flows["flow_id"]}
    told = [text for trace in figure["data"] for text in trace.get("text", ()) if isinstance(text, str)]
    assert any("900 million kWh, contract" in text for text in told)
    dashes = {t["line"]["dash"] for t in figure["data"] if t["type"] == "scattergeo" and "line" in t}
    assert any(dash != "solid" for dash in dashes)
    texts = paper.Texts("Energy", (), ("Sources",))
    sheet = paper.paper_map(scene.marks, atlas, ground(atlas), WORDS, (1200, 800), texts)
    written = " ".join(note["text"] for note in sheet["layout"]["annotations"])
    assert "plan or target" in written and "Flows, width by amount" in written


def test_maps_without_flows_are_as_they_were(site, atlas):
    shown = energy_scene(atlas, "").marks
    bare = replace(shown, flows=m.no_flows())
    figure = screen.screen_map(bare, atlas.regions, atlas.corridors, WORDS, URLS)
    assert figure["layout"]["map"]["style"]["sources"]["flows"]["data"]["features"] == []
    assert "Flows" not in said(legend(bare, WORDS))


def test_a_style_never_keeps_what_another_map_hid(atlas):
    """Layers once shared one layout: hiding the corridors hid what was selected on every later map."""
    screen_of(atlas, "")
    layers = {layer["id"]: layer for layer in style.base_style(WORDS, URLS)["layers"]}
    assert "visibility" not in layers["selected-line"]["layout"]


def test_a_flow_has_a_card_and_a_place(atlas):
    text = said(card_of(["flow:EF-001"], atlas, WORDS))
    assert "921.7 million m³" in text and "Uzbekistan" in text and "schematic curve" in text
    assert "Trend News Agency" in text and "flow of gas, actual" in text
    assert "Flows that use it" in said(card_of(["energy:L-CAC"], atlas, WORDS))
    west, south, east, north = bounds_of("flow:EF-008", atlas)
    assert west < 50 < east and south < 45 < north
    assert bounds_of("flow:EF-011", atlas) is None


def test_the_page_is_in_the_navigation(site):
    assert current() is not None
    assert "/energy" in {one["path"] for one in sys.modules["dash"].page_registry.values()}
