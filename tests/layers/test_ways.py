"""Ways from end to end: what they pass, where they cross borders, and how two of them compare."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from layers import ways
from layers.ways.frontiers import frontiers

WGS84 = Geod(ellps="WGS84")
XIAN_ISTANBUL = "trans-caspian-xian-istanbul"


@pytest.fixture(scope="module")
def variant(atlas):
    """A function from variant_id to its way."""
    return lambda variant_id: ways.variant_way(atlas, variant_id)


@pytest.fixture(scope="module")
def all_ways(atlas):
    return {variant_id: ways.variant_way(atlas, variant_id) for variant_id in atlas.corridor_variants.index}


def reversed_way(atlas, way):
    return ways.way_of(atlas, way.segment_ids[::-1], way.stops["node_id"].iloc[-1])


def test_every_variant_leads_through_its_nodes_by_its_modes(atlas, all_ways):
    assert len(all_ways) > 70
    for variant_id, way in all_ways.items():
        row = atlas.corridor_variants.loc[variant_id]
        passed = list(way.stops["node_id"])
        assert (passed[0], passed[-1]) == (row["from_node"], row["to_node"]), variant_id
        at = [passed.index(node) for node in row["via_nodes"]]
        assert at == sorted(at), variant_id
        assert set(way.steps["mode"]) <= set(row["modes"]), variant_id


def test_steps_join_and_their_kilometres_add_up(atlas, all_ways):
    for variant_id, way in all_ways.items():
        steps, stops = way.steps, way.stops
        assert list(steps["to_node"]) == list(stops["node_id"].iloc[1:]), variant_id
        assert list(steps["from_node"]) == list(stops["node_id"].iloc[:-1]), variant_id
        assert np.allclose(steps["start_km"], stops["km"].iloc[:-1])
        assert np.allclose(steps["end_km"] - steps["start_km"], steps["length_km"])
        own = atlas.segments.loc[list(way.segment_ids), "computed_length_km"].sum()
        assert way.length_km == pytest.approx(own), variant_id
        assert ways.summary(way).length_km == way.length_km


def test_lines_run_in_the_direction_of_travel(variant):
    way = variant("china-iran-turkey-xian-sarakhs-istanbul")
    nodes = way.stops.geometry.to_numpy()
    for at, line in enumerate(way.steps.geometry):
        assert shapely.get_point(line, 0).distance(nodes[at]) < 0.03
        assert shapely.get_point(line, -1).distance(nodes[at + 1]) < 0.03


def test_a_way_back_is_the_same_way_mirrored(atlas, all_ways):
    for variant_id, way in all_ways.items():
        back, there = ways.summary(reversed_way(atlas, way)), ways.summary(way)
        assert set(back.countries) == set(there.countries), variant_id
        for figure in ("length_km", "borders", "gauge_breaks", "sea_legs", "ports", "schematic_km"):
            assert getattr(back, figure) == pytest.approx(getattr(there, figure)), (variant_id, figure)
        mirrored = way.length_km - ways.borders(reversed_way(atlas, way))["km"].to_numpy()[::-1]
        assert np.allclose(mirrored, ways.borders(way)["km"])


def test_bands_cover_the_way_without_gaps(all_ways):
    for way in all_ways.values():
        for column in ("country_iso3", "mode", "status", "gauge_mm"):
            bands = ways.bands(way, column)
            assert bands["start_km"].iloc[0] == 0
            assert bands["end_km"].iloc[-1] == pytest.approx(way.length_km)
            assert np.allclose(bands["start_km"].iloc[1:], bands["end_km"].iloc[:-1])
            value = bands["value"].fillna(-1) if column == "gauge_mm" else bands["value"]
            assert (value.shift().iloc[1:] != value.iloc[1:]).all()


def test_counts_agree_with_the_bands(all_ways):
    for variant_id, way in all_ways.items():
        countries = ways.bands(way, "country_iso3")["value"]
        on_land = (countries.ne("") & countries.shift().ne("") & countries.shift().notna()).sum()
        at_the_ends = ways.borders(way)["km"].isin([0.0, way.length_km]).sum()
        assert len(ways.borders(way)) == on_land + at_the_ends, variant_id
        assert len(ways.sea_legs(way)) == ways.bands(way, "mode")["value"].eq("sea").sum()


def test_the_trans_caspian_way_from_end_to_end(variant):
    way = variant(XIAN_ISTANBUL)
    legs = ways.sea_legs(way)
    assert legs[["from_node", "to_node"]].to_numpy().tolist() == [["aktau_port", "alat_port"]]
    assert legs["end_km"].iloc[0] - legs["start_km"].iloc[0] == pytest.approx(523, abs=5)
    assert ways.bands(way, "country_iso3")["value"].tolist() == ["CHN", "KAZ", "", "AZE", "GEO", "TUR"]
    assert ways.bands(way, "mode")["value"].tolist() == ["rail", "sea", "rail"]
    breaks = ways.gauge_breaks(way)
    assert breaks[["from_mm", "to_mm"]].to_numpy().tolist() == [[1435, 1520], [1520, 1435]]
    assert ways.ports(way)["node_id"].tolist() == ["aktau_port", "alat_port"]
    pairs = ways.borders(way)[["from_iso3", "to_iso3"]].to_numpy().tolist()
    assert pairs == [["CHN", "KAZ"], ["AZE", "GEO"], ["GEO", "TUR"]]


@pytest.mark.parametrize(
    ("variant_id", "nodes"),
    [
        ("cku-kashgar-andijan", ["makmal"]),
        ("btk-baku-kars", ["akhalkalaki"]),
        ("trans-caspian-altynkol-poti", []),
        ("northern-dostyk-tobol-duisburg", ["alashankou", "brest"]),
        ("trans-afghan-tashkent-peshawar", []),  # the gauge in Pakistan is not decided
        ("trans-afghan-west-mary-karachi", []),
    ],
)
def test_gauge_breaks_where_both_gauges_are_known(variant, variant_id, nodes):
    assert ways.gauge_breaks(variant(variant_id))["node_id"].tolist() == nodes


@pytest.mark.parametrize(
    ("variant_id", "pairs"),
    [
        ("btk-baku-kars", ["AZE-GEO", "GEO-TUR"]),
        ("cku-kashgar-andijan", ["CHN-KGZ", "KGZ-UZB"]),
        ("tripp-horadiz-nakhchivan", ["AZE-ARM", "ARM-AZE"]),
        ("trans-afghan-termez-kharlachi", ["UZB-AFG", "AFG-PAK"]),
        ("north-south-caspian-aktau-anzali", []),  # two countries, and nothing but sea between them
        ("trans-caspian-altynkol-baku", []),
    ],
)
def test_borders_are_changes_of_country_on_land(variant, variant_id, pairs):
    borders = ways.borders(variant(variant_id))
    assert (borders["from_iso3"] + "-" + borders["to_iso3"]).tolist() == pairs


def test_a_sea_leg_joins_countries_without_a_border(variant):
    summary = ways.summary(variant("north-south-caspian-aktau-anzali"))
    assert summary.countries == ("KAZ", "IRN")
    assert (summary.borders, summary.sea_legs, summary.ports) == (0, 1, 2)


def test_sea_segments_in_a_row_are_one_leg_and_a_port_between_them_ends_it(atlas, variant):
    way = variant("trans-caspian-altynkol-constanta")
    assert way.steps["mode"].eq("sea").sum() > 2
    assert ways.sea_legs(way)[["from_node", "to_node"]].to_numpy().tolist() == [
        ["aktau_port", "alat_port"],
        ["poti", "constanta"],
    ]


def test_a_ferry_over_a_lake_stays_in_its_country(variant):
    way = variant("china-iran-turkey-tashkent-istanbul")
    assert len(ways.sea_legs(way)) == 1
    assert ways.bands(way, "country_iso3")["value"].tolist() == ["UZB", "TKM", "IRN", "TUR"]


def test_bends_are_neither_places_nor_ports(all_ways):
    for way in all_ways.values():
        shapes = way.stops[way.stops["kind"].eq("shape")]
        assert not shapes["is_place"].any()
        assert not ways.ports(way)["node_id"].isin(shapes["node_id"]).any()


def test_a_border_lies_at_its_crossing_or_station_or_inside_the_segment(atlas):
    found = frontiers(atlas)
    assert found["SEG-337"].crossing_id == "X01"
    assert found["SEG-337"].node_id == "gisht_kuprik"
    assert found["SEG-330"].crossing_id == "X11"  # a crossing without a node, in the middle of a segment
    assert 0 < found["SEG-330"].share < 1
    assert not found["SEG-330"].node_id
    assert found["SEG-312"].share == 0.5  # Khaf–Rozanak: nothing but the two ends is known
    assert found["SEG-312"].is_approximate
    km_to_petropavl = found["SEG-114"].share * atlas.segments.at["SEG-114", "computed_length_km"]
    assert km_to_petropavl == pytest.approx(64, abs=10)  # by the outline of Kazakhstan
    assert not found["SEG-114"].is_approximate
    assert all(0 <= one.share <= 1 for one in found.values())
    assert "SEG-066" not in found  # by sea


def test_the_shortest_way_between_two_nodes(atlas):
    way = ways.way_between(atlas, "btk", "baku", "kars")
    assert way.segment_ids == ways.variant_way(atlas, "btk-baku-kars").segment_ids
    assert ways.way_between(atlas, "btk", "kars", "baku").segment_ids == way.segment_ids[::-1]
    assert ways.way_between(atlas, "btk", "baku", "xian") is None
    assert ways.way_between(atlas, "btk", "baku", "no_such_node") is None
    assert ways.way_between(atlas, "north-south", "moscow", "bandar_abbas") is not None  # by its branches
    assert ways.way_between(atlas, "btk", "baku", "baku").length_km == 0


def test_shortest_means_no_longer_than_any_stated_variant(atlas, all_ways):
    for variant_id, way in all_ways.items():
        row = atlas.corridor_variants.loc[variant_id]
        shortest = ways.way_between(atlas, row["corridor_id"], row["from_node"], row["to_node"])
        assert shortest.length_km <= way.length_km + 1e-6, variant_id


def test_variants_of_a_parent_are_those_of_its_branches(atlas):
    assert set(ways.variants_of(atlas, "north-south")["corridor_id"]) == {
        "north-south-west",
        "north-south-east",
        "north-south-caspian",
    }
    assert set(ways.variants_of(atlas, "btk")["corridor_id"]) == {"btk"}
    assert ways.variants_of(atlas, "no-such-corridor").empty


def test_what_does_not_join_is_named(atlas):
    with pytest.raises(ValueError, match=r"segment SEG-003 .* the way is at baoji"):
        ways.way_of(atlas, ["SEG-001", "SEG-003"], "xian")
    with pytest.raises(ValueError, match="SEG-9999"):
        ways.way_of(atlas, ["SEG-9999"], "xian")
    with pytest.raises(ValueError, match="nowhere"):
        ways.way_of(atlas, ["SEG-001"], "nowhere")
    with pytest.raises(KeyError):
        ways.variant_way(atlas, "no-such-variant")


def test_a_way_of_no_segment_is_one_stop(atlas):
    way = ways.way_of(atlas, [], "xian")
    assert way.length_km == 0
    assert len(way.stops) == 1
    for read in (ways.borders, ways.gauge_breaks, ways.sea_legs, ways.ports):
        assert read(way).empty
    assert ways.bands(way, "country_iso3").empty
    assert ways.sites_along(way, atlas.sites, 100).empty
    assert ways.summary(way).countries == ("CHN",)


def test_ways_are_made_once(atlas):
    assert ways.variant_way(atlas, XIAN_ISTANBUL) is ways.variant_way(atlas, XIAN_ISTANBUL)


def test_a_gauge_not_known_is_a_band_of_its_own_and_no_break(variant):
    way = variant("trans-afghan-tashkent-peshawar")
    bands = ways.bands(way, "gauge_mm")
    assert bands["value"].iloc[0] == 1520
    assert np.isnan(bands["value"].iloc[-1])
    assert ways.gauge_breaks(way).empty


def test_shared_stretches(atlas, variant):
    first, second = variant(XIAN_ISTANBUL), variant("china-iran-turkey-xian-bolashak-istanbul")
    shared = ways.shared_with(first, second)
    assert shared["from_node"].tolist() == ["xian", "divrigi"]
    km, other_km = (
        (frame["end_km"] - frame["start_km"]).sum() for frame in (shared, ways.shared_with(second, first))
    )
    assert km == pytest.approx(other_km)
    assert ways.difference(first, second).shared_km == pytest.approx(km)
    assert ways.shared_with(first, variant("btk-baku-kars"))["from_node"].tolist() == ["alat_port"]
    assert ways.shared_with(first, variant("trans-afghan-termez-kharlachi")).empty
    assert ways.shared_with(first, first)["end_km"].tolist() == [first.length_km]


def test_the_difference_of_two_ways(variant):
    one, other = variant(XIAN_ISTANBUL), variant("china-iran-turkey-xian-bolashak-istanbul")
    found = ways.difference(one, other)
    assert found.shorter_by_km == pytest.approx(other.length_km - one.length_km)
    assert (found.first.sea_legs, found.second.sea_legs) == (1, 1)
    assert (found.first.borders, found.second.borders) == (3, 4)
    back = ways.difference(other, one)
    assert (back.first, back.second) == (found.second, found.first)
    assert sum(found.first.km_by_status.values()) == pytest.approx(one.length_km)
    assert sum(found.first.km_by_mode.values()) == pytest.approx(one.length_km)


def test_sites_along_a_way_stand_at_their_kilometre(atlas, variant):
    way = variant("kz-uz-links-rail-shymkent-tashkent")
    near = ways.sites_along(way, atlas.sites, 60)
    assert len(near) > 5
    assert near["km"].is_monotonic_increasing
    assert near["distance_km"].between(0, 60).all()
    lines = shapely.union_all(way.steps.geometry.segmentize(0.002).to_numpy())
    vertices = shapely.get_coordinates(lines)
    for point, distance_km in zip(near.geometry, near["distance_km"], strict=True):
        lon, lat = np.full(len(vertices), point.x), np.full(len(vertices), point.y)
        exact = WGS84.inv(lon, lat, vertices[:, 0], vertices[:, 1])[2].min() / 1000
        assert distance_km == pytest.approx(exact, abs=0.2)


def test_sites_measured_in_several_lots_are_the_same(atlas, variant, monkeypatch):
    way = variant(XIAN_ISTANBUL)
    whole = ways.sites_along(way, atlas.sites, 100)
    monkeypatch.setattr("layers.ways.nearby.AT_ONCE", 7)
    assert len(whole) > 7
    assert ways.sites_along(way, atlas.sites, 100).equals(whole)


def test_a_larger_distance_only_adds_sites(atlas, variant):
    way = variant("trans-caspian-altynkol-poti")
    by_reach = [ways.sites_along(way, atlas.sites, km) for km in (0, 10, 50, 100, 400)]
    for nearer, farther in pairwise(by_reach):
        assert set(nearer.index) <= set(farther.index)
        pd.testing.assert_series_equal(
            farther.loc[nearer.index, "km"], nearer["km"], check_exact=False, atol=1e-6
        )
    assert len(by_reach[-1]) > len(by_reach[1]) > 0
    assert ways.sites_along(way, atlas.sites.iloc[:0], 100).empty


def test_a_connector_goes_before_and_after_a_way(atlas):
    rail = ways.way_of(atlas, ["SEG-133"], "saryagash")
    point = rail.stops.geometry
    line = shapely.LineString([(69.3, 41.2), point.iloc[1].coords[0]])
    row = atlas.nodes.loc["keles"]
    node = ("keles", *row[["kind", "country_iso3", *ways.NAMES]])
    last = ways.connector(line.reverse(), node, ("UZ-TO", "region", "UZB", *["Nurafshon"] * 4))
    way = ways.joined([rail, last])
    assert way.length_km == pytest.approx(rail.length_km + WGS84.geometry_length(line) / 1000)
    assert list(way.steps["segment_id"]) == ["SEG-133", ""]
    assert way.segment_ids == ("SEG-133",)
    assert list(way.stops["node_id"]) == ["saryagash", "keles", "UZ-TO"]
    assert list(way.stops["name_kk"]) == ["Сарыағаш", "Келес", "Nurafshon"]
    assert len(ways.borders(way)) == 1
    assert ways.gauge_breaks(way).empty
    assert ways.shared_with(way, last).empty  # connectors are no segments that two ways could share
    with pytest.raises(ValueError, match="keles"):
        ways.joined([last, last])


def test_a_gauge_that_is_lost_is_no_break_any_more(atlas):
    lost = atlas.segments["gauge_mm"].mask(atlas.segments.index == "SEG-072")
    other = dataclasses.replace(atlas, segments=atlas.segments.assign(gauge_mm=lost))
    assert ways.gauge_breaks(ways.variant_way(other, "btk-baku-kars")).empty
