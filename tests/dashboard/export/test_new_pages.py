"""What the pages of trade, energy, the Council and the changes publish: sheets, tables, published values."""

import csv
import io
import json
import math
import re
from itertools import cycle, pairwise

import pandas as pd
import pytest

from dashboard.export import sheets
from dashboard.export.csv_file import csv_file
from dashboard.export.geo_files import geojson_file
from dashboard.export.publication import SIZES, NotPublished, Wishes, find, makers_of
from dashboard.text import languages, speak
from tests.dashboard.export.boxes import outside, overlapping

PAGES = (
    "/trade",
    "/trade?flow=exports&by=uzbekistan-statistics",
    "/energy",
    "/energy?carrier=gas&year=2025",
    "/council",
    "/council?status=announced",
    "/council/priorities",
    "/council/barriers",
    "/council/barriers?barrier=B01",
    "/changes",
)
WEB, SITE = SIZES["web"], Wishes(site="https://atlas.example.org")
FIGURES = {
    "/trade": {"turnover", "parts-of-years", "balance", "path", "targets", "enterprises", "sectors", "share"},
    "/energy": {"map", "flows", "lines", "series-gas_ru_uz", "series-water_syr_to_april", "projects"},
    "/council": {"portfolio", "stated-totals", "by-status", "by-uz", "events"},
    "/council/priorities": {"ranks"},
    "/council/barriers": {"map", "barriers"},
    "/council/barriers?barrier=B01": {"map", "barriers", "ways"},
    "/changes": {"changes"},
}


def rows_of(publication):
    """The rows of the CSV by the English names of their columns."""
    text = csv_file(publication, WEB, SITE).decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    names = [column.name for column in publication.columns]
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("page", FIGURES)
def test_figures_have_stable_names(atlas, page):
    assert FIGURES[page] <= set(makers_of(page, atlas, speak("en")))


@pytest.mark.parametrize(("page", "language"), [(one, languages()[n % 4]) for n, one in enumerate(PAGES)])
def test_every_figure_says_what_it_shows(atlas, page, language):
    for name, make in makers_of(page, atlas, speak(language)).items():
        found = make()
        assert found.name == name
        assert found.title.rstrip(" .") in found.alt and "{" not in found.title + found.subtitle + found.alt
        assert "nan" not in found.alt.split() and "None" not in found.alt
        assert found.source_ids and set(found.source_ids) <= set(atlas.sources.index)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column.name) for column in found.columns)
        cells = {str(cell).lower() for row in rows_of(found) for cell in row.values()}
        assert not cells & {"nan", "none", "nat", "<na>", "inf"}


@pytest.mark.parametrize("page", PAGES)
def test_texts_never_leave_a_sheet_nor_overlap(atlas, page):
    sizes = cycle(SIZES.values())
    for name, make in makers_of(page, atlas, speak("ru")).items():
        drawn = sheets.sheet(make(), next(sizes), SITE)
        assert outside(drawn) == [], name
        assert overlapping(drawn) == [], name
        json.dumps(drawn, allow_nan=False)


@pytest.mark.parametrize(
    ("page", "figure", "column", "value", "source_id"),
    [
        ("/trade", "turnover", "value", 4.97e9, "TREND"),
        ("/trade", "path", "value", 4.97e9, "TREND"),
        ("/trade", "targets", "value", 10e9, "TREND"),
        ("/trade", "enterprises", "enterprises", 1199, "TREND"),
        ("/energy", "flows", "value", 921.7, "TREND"),
        ("/energy", "series-gas_kz_via_uz_part_year", "value", 921.7, "TREND"),
        ("/energy", "series-gas_ru_uz_contract_per_year", "value", 11, "TREND"),
        ("/energy", "series-el_uz_kz", "value", 900, "TREND"),
        ("/council", "stated-totals", "value", 1.3e9, "TREND"),
    ],
)
def test_files_hold_published_values_as_numbers_with_their_sources(
    published, page, figure, column, value, source_id
):
    found = published(page, figure, "ru")
    assert pd.api.types.is_numeric_dtype(found.table[column])
    equal = [row for row in rows_of(found) if row[column] and math.isclose(float(row[column]), value)]
    assert any(source_id in row["source_ids"].split("; ") for row in equal)
    assert source_id in found.source_ids


def test_amounts_carry_unit_period_reporter_and_kind(published):
    units = {column.name: column.unit for column in published("/trade", "turnover").columns}
    assert units["value"] == "USD" and units["growth"] == "%"
    row = next(row for row in rows_of(published("/trade", "turnover")) if row["period_start"] == "2025-01-01")
    assert (row["reporter"], row["kind"]) == ("Uzbekistan ministry of investment", "actual")
    gas = published("/energy", "series-gas_kz_via_uz_part_year")
    assert {column.name: column.unit for column in gas.columns}["value"] == "million m³"
    mixed = published("/energy", "flows")
    assert mixed.table["unit"].nunique() > 3


def test_computed_rows_of_the_path_name_no_reporter(published):
    table = published("/trade", "path").table.set_index(["series", "year"])
    needed = table.loc["needed path"]
    assert needed["kind"].eq("computed").all() and needed["source_ids"].eq("").all()
    assert needed.loc[2030, "value"] == 10e9 and table.loc[("at last year's pace", 2030), "value"] == 8.53e9


def test_a_chart_joins_no_two_reporters(published, atlas):
    drawn = sheets.sheet(published("/trade", "turnover"), WEB, SITE)
    for trace in drawn["data"]:
        ids = [text for text in trace["customdata"] if text]
        assert atlas.trade.loc[ids, "reporter"].nunique() == 1
        years = [x for x in trace["x"]]
        assert all(b is None or a is None or b - a <= 1 for a, b in pairwise(years))


def test_what_is_chosen_is_told_and_stays_in_the_address(published):
    exports = published("/trade?flow=exports&by=uzbekistan-statistics&lang=ru", "exports")
    assert exports.address == "/trade?flow=exports&by=uzbekistan-statistics"
    assert exports.filters == ("Only: Uzbekistan statistics",)
    assert set(exports.table["reporter"]) == {"Uzbekistan statistics"}
    gas = published("/energy?carrier=gas&year=2025", "map")
    assert gas.filters == ("Only: gas, 2025",) and set(gas.table["carrier"]) == {"gas"}
    announced = published("/council?status=announced", "portfolio")
    assert announced.filters == ("Only: Status: announced",) and set(announced.table["status"]) == {
        "announced"
    }
    weighted = published("/council/priorities?value=5&todo=1", "ranks")
    assert "Value 5" in weighted.filters[0] and len(weighted.filters) == 2


def test_maps_have_flows_and_barriers_as_layers(published, atlas):
    flows = published("/energy", "map").layers()["flows"]
    assert flows.crs == 4326 and set(flows.geom_type) == {"LineString"} and flows["value"].gt(0).all()
    barriers = json.loads(geojson_file(published("/council/barriers", "barriers"), WEB, SITE))["features"]
    assert len(barriers) == atlas.barriers["node_id"].ne("").sum()
    places = published("/council/barriers", "map").layers()["barriers"]
    assert set(places["barrier_id"]) == set(atlas.barriers.index[atlas.barriers["node_id"].ne("")])


def test_the_map_of_barriers_rings_their_places(published, atlas):
    drawn = sheets.sheet(published("/council/barriers", "map"), WEB, SITE)
    rings = [t for t in drawn["data"] if t.get("marker", {}).get("color") == "rgba(255,210,63,0.5)"]
    places = {one for one in atlas.barriers["node_id"] if one}
    assert sum(len(trace["lon"]) for trace in rings) >= len(places) - 2


def test_ranks_are_told_of_all_projects_and_drawn_of_the_first(published):
    found = published("/council/priorities", "ranks")
    drawn = sheets.sheet(found, WEB, SITE)["data"][0]
    assert len(found.table) == 50 and 10 <= len(drawn["y"]) <= 20
    assert drawn["customdata"] == list(found.table["project_id"][: len(drawn["y"])])
    assert any("50" in note for note in found.notes)
    table = found.table
    assert (table["best_place"] <= table["place"]).all() and (table["place"] <= table["worst_place"]).all()


def test_claims_and_totals_are_in_no_sum(published, atlas):
    table = published("/council", "by-status").table
    assert table["projects"].sum() == len(published("/council", "portfolio").table) == 50
    assert table["stated_value"].sum() < atlas.projects["value_usd"].sum()


def test_nothing_ranked_is_nothing_published(atlas):
    weights = "&".join(f"{one}=0" for one in ("value", "jobs", "readiness", "sides", "corridor", "border"))
    with pytest.raises(NotPublished):
        find(f"/council/priorities?{weights}", "", atlas, speak("en"))


def test_a_reporter_who_states_nothing_has_no_chart(atlas):
    names = makers_of("/trade?flow=imports&by=presidents", atlas, speak("en"))
    assert "turnover" not in names and "path" in names


def test_changes_keep_both_values_and_follow_the_choice(published):
    found = published("/changes", "changes")
    assert {"before", "after", "sources_before", "source_ids"} <= set(found.table.columns)
    table = found.table["table"].iloc[0]
    part = published(f"{found.address}&table={table}", "changes")
    assert set(part.table["table"]) == {table} and f"table={table}" in part.address


def test_the_register_waits_for_what_the_network_says(published):
    found = published("/council/barriers", "barriers")
    assert "the network can say what they cost" in found.subtitle and "Saryagash" in found.subtitle
    assert found.table["shorter_ways"].notna().sum() == 25
