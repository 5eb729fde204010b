"""Pairs of regions: what is counted in them, their borders and crossings, and what events name them."""

import math
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from layers.access import corridors_through, nearest_crossing, nearest_sea_port
from layers.mentions import events_of, mentions
from layers.metrics import METRICS
from layers.pairs import (
    distance_km,
    frontiers,
    margins,
    nearest_crossings,
    neighbours,
    pairs,
    region_ids,
    sectors,
    totals_of,
    trade_figures,
    without_region,
    worth,
)
from layers.projects import named
from layers.standing import standing, standings


def test_there_are_fourteen_by_twenty_pairs_and_three_have_a_project(atlas):
    uzbek, kazakh = region_ids(atlas)
    assert (len(uzbek), len(kazakh)) == (14, 20)
    every = pairs(atlas)
    assert len(every) == 280
    having = every[every["count"].gt(0)]
    assert having["count"].to_dict() == {
        ("UZ-FA", "KZ-61"): 1,
        ("UZ-SI", "KZ-61"): 4,
        ("UZ-TO", "KZ-61"): 1,
    }
    assert having.at[("UZ-SI", "KZ-61"), "value_usd"] == 905e6  # 360 and 545 million, both converted
    assert having.at[("UZ-SI", "KZ-61"), "valued"] == 2
    assert math.isnan(having.at[("UZ-TO", "KZ-61"), "value_usd"])


def test_a_project_of_several_regions_counts_in_each_pair_and_once_in_the_margin(atlas):
    every, margin = pairs(atlas), margins(atlas)
    shared = [pair for pair, ids in every["projects"].items() if "P-050" in ids]
    assert shared == [("UZ-SI", "KZ-61"), ("UZ-TO", "KZ-61")]
    assert margin.at["KZ-61", "projects"].count("P-050") == 1
    assert every["count"].sum() == 6
    assert len({one for ids in every["projects"] for one in ids}) == 5


def test_the_margins_hold_what_names_one_side_alone(atlas):
    margin = margins(atlas)
    assert margin.at["UZ-SI", "alone"] == ("P-002",)
    assert margin.at["KZ-39", "alone"] == ("P-016", "P-029", "P-035")
    assert (margin.at["KZ-61", "count"], margin.at["KZ-61", "value_usd"]) == (13, pytest.approx(996.11e6))
    assert margin.at["UZ-TO", "is_least"]  # over 84 million USD
    assert margin.at["KZ-10", "count"] == 0


def test_every_single_project_stands_somewhere_and_no_total_anywhere(atlas):
    inside = {one for ids in margins(atlas)["projects"] for one in ids}
    outside = set(without_region(atlas))
    assert not inside & outside
    assert inside | outside == set(named(atlas.projects).index)
    assert not any(one.startswith("A-") for one in inside | outside)
    assert set(totals_of(atlas, "UZ-SA", "KZ-61").index) == {"A-2024-F4"}
    assert pairs(atlas).at[("UZ-SA", "KZ-61"), "count"] == 0


def test_worth_adds_no_claim_and_no_total(atlas):
    value_usd, valued, is_least = worth(atlas.projects.loc[["P-041", "A-2025-80", "P-018", "P-010"]])
    assert (value_usd, valued, is_least) == (105e6, 2, True)
    assert math.isnan(worth(atlas.projects.iloc[:0])[0])


def test_borders_are_shared_where_the_table_of_regions_says_so(atlas):
    shared = frontiers(atlas)
    assert len(shared) == 8
    touching = {region_id for pair in shared.index for region_id in pair}
    assert touching == set(atlas.regions.index[atlas.regions["borders_other_country"]])
    # The border of the two countries is 2,330 km long; simplified outlines leave bends out.
    assert 2000 < shared.sum() < 2400
    assert list(neighbours(atlas, "KZ-61").index) == ["UZ-TO", "UZ-JI", "UZ-NW", "UZ-SI"]
    assert neighbours(atlas, "UZ-FA").empty


def test_distances_are_geodesic(atlas):
    assert distance_km(atlas, "UZ-TK", "KZ-75") == pytest.approx(672, abs=3)
    assert distance_km(atlas, "UZ-TK", "KZ-79") == pytest.approx(118, abs=5)


def test_the_nearest_crossings_lie_on_the_way(atlas):
    near = nearest_crossings(atlas, "UZ-QR", "KZ-47")
    assert set(near.index[:2]) == {"X08", "X10"}
    assert near["is_between"].tolist()[:2] == [True, True]
    assert (near["detour_km"] >= distance_km(atlas, "UZ-QR", "KZ-47") - 0.001).all()
    assert near["detour_km"].is_monotonic_increasing


def test_sectors_part_into_three(atlas):
    found = sectors(atlas, "UZ-SI", "KZ-61")
    assert "textiles" in found.both
    assert "metals" in found.only_kazakh
    assert not {*found.both} & {*found.only_uzbek, *found.only_kazakh}
    assert sectors(atlas, "UZ-TK", "KZ-10").only_kazakh == ()


def test_trade_figures_are_those_with_the_other_country(atlas):
    rows = trade_figures(atlas, "UZ-SI", "KZ-61")
    assert set(rows["indicator"]) == {
        "trade_with_uzbekistan",
        "exports_to_uzbekistan",
        "imports_from_uzbekistan",
    }
    assert trade_figures(atlas, "UZ-AN", "KZ-10").empty


def test_events_name_regions_by_name_centre_or_crossing(atlas):
    found = mentions(atlas)
    assert found["EV-14"] == {"KZ-43", "KZ-47", "KZ-61", "UZ-NW", "UZ-QR", "UZ-SA", "UZ-TO"}
    assert found["EV-08"] == {"UZ-TK"}  # Tashkent alone is the city
    assert found["EV-10"] == {"KZ-61", "UZ-SI", "UZ-TK"}  # Atameken, Gulistan, Tashkent
    assert list(events_of(atlas, "UZ-SI", "KZ-61").index) == ["EV-25", "EV-10"]
    assert events_of(atlas, "UZ-AN").empty


def test_the_nearest_crossing_is_in_operation_and_near(atlas):
    by_km = nearest_crossing(atlas, "km")
    assert by_km.loc["UZ-TK", "km"] < 40
    assert by_km["km"].notna().all()
    closed = atlas.crossings.index[atlas.crossings["status"].eq("closed")]
    assert not set(by_km["crossing_id"]) & set(closed)
    # Both capitals of the border lie within two hours of it once its stops are left out.
    assert nearest_crossing(atlas)["hours"][["UZ-TK", "KZ-79"]].max() < 2


def test_the_sea_is_a_port_of_the_oceans(atlas):
    found = nearest_sea_port(atlas)
    assert set(atlas.nodes.loc[found["gateway"], "kind"]) == {"port"}
    assert "aktau_port" not in set(found["gateway"])


def test_corridors_are_joined_by_geometry(atlas):
    through = corridors_through(atlas)
    assert set(through.loc[through["region_id"].eq("KZ-47"), "corridor_id"]) >= {"trans-caspian"}
    assert (through["km"] >= 5).all()
    assert through.groupby("region_id")["corridor_id"].nunique().equals(through.groupby("region_id").size())
    assert METRICS["corridors"].compute(atlas)["KZ-55"] == 0


def test_a_folder_without_projects_or_crossings_has_empty_pairs(atlas):
    bare = replace(atlas, projects=atlas.projects.iloc[:0], crossings=atlas.crossings.iloc[:0])
    assert pairs(bare)["count"].sum() == 0
    assert without_region(bare) == ()
    assert nearest_crossings(bare, "UZ-SI", "KZ-61").empty
    assert nearest_crossing(bare)["km"].isna().all()
    assert METRICS["joint_project_value"].compute(bare).isna().all()


def test_regions_that_do_not_touch_share_no_border(atlas):
    apart = atlas.regions.assign(geometry=[point.buffer(0.01) for point in centres(atlas)])
    assert frontiers(replace(atlas, regions=apart)).empty


def centres(atlas) -> gpd.GeoSeries:
    """The centres of the regions as points."""
    return gpd.GeoSeries(gpd.points_from_xy(atlas.regions["centre_lon"], atlas.regions["centre_lat"]))


def test_a_standing_compares_one_day_and_one_country_only(atlas):
    found = standing(atlas, METRICS["population"], "UZ-SA")
    assert (found.rank, found.last_rank, len(found.values)) == (1, 1, 14)
    alone = standing(atlas, METRICS["population"], "KZ-11")  # counted in 2022, no other region with it
    assert alone.values == (785708.0,)
    half = standing(atlas, METRICS["grp_kz"], "KZ-75")
    assert (half.rank, len(half.values)) == (1, 20)
    assert half.period == ("2024-01-01", "2024-06-30")


def test_equal_regions_share_their_places_and_less_can_be_first(atlas):
    operating = standing(atlas, METRICS["sites_operating"], "KZ-61")
    values = pd.Series(operating.values)
    assert operating.last_rank - operating.rank + 1 == values.eq(operating.value).sum()
    assert standing(atlas, METRICS["crossing_km"], "UZ-TK").rank == 1
    unknown = standing(atlas, METRICS["joint_project_value"], "KZ-10")
    assert (unknown.rank, unknown.last_rank) == (0, 0)
    assert math.isnan(unknown.value)


def test_a_region_stands_only_by_what_its_country_has(atlas):
    assert "industrial_output_uz" not in {one.metric.id for one in standings(atlas, "KZ-61")}
    assert "grp_kz" not in {one.metric.id for one in standings(atlas, "UZ-SI")}
