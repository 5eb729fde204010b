"""What lies near the sites: regions by geometry, neighbours with kilometres, also along the network."""

import dataclasses
import itertools
import random

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Geod

from layers import nearby, network_km, site_choice
from layers.network import assumptions_of, routes
from layers.site_choice import ANY, SiteChoice, counts, fitting
from layers.ways import sites_along, variant_way, variants_of
from tests.layers.breaking import only_fault_of, set_cells
from tests.plain_choice import facet_counts, select

WGS84 = Geod(ellps="WGS84")
FACETS = ("countries", "regions", "kinds", "statuses", "sectors")


@pytest.fixture
def empty(atlas):
    """The atlas without sites."""
    return dataclasses.replace(atlas, sites=atlas.sites.iloc[:0])


# Regions by geometry


def test_every_site_lies_in_the_region_it_states(atlas):
    found = nearby.site_regions(atlas)
    stated = found[found["stated"].ne("")]
    assert list(found.index) == list(atlas.sites.index)
    assert len(stated) >= 110
    assert (stated["found"] == stated["stated"]).all()
    assert stated["outside_km"].max() == 0
    assert found.loc[found["stated"].eq(""), "outside_km"].isna().all()


def test_a_point_outside_its_region_is_measured(atlas):
    moved = atlas.sites.assign(region_id=atlas.sites["region_id"].mask(atlas.sites.index == "J-003", "UZ-TO"))
    row = nearby.site_regions(dataclasses.replace(atlas, sites=moved)).loc["J-003"]
    assert (row["stated"], row["found"]) == ("UZ-TO", "UZ-SI")
    assert 20 < row["outside_km"] < 80


def test_the_data_are_refused_where_a_site_lies_outside_its_region(folder):
    row = set_cells(folder, "sites", "J-006", lat="41.3", lon="69.2")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/sites.csv, row {row}, region_id = "UZ-SA": 41.3 N 69.2 E lies about ')
    assert "km outside UZ-SA, in UZ-" in message
    assert message.endswith("expected a point in UZ-SA or within 10 km of it")


# Distances


def test_kilometres_to_crossings_and_other_sites_are_geodesic(atlas):
    site, crossing = atlas.sites.geometry["J-001"], atlas.crossings.geometry["X05"]
    expected = WGS84.inv(site.x, site.y, crossing.x, crossing.y)[2] / 1000
    assert nearby.crossing_distances(atlas).at["J-001", "X05"] == pytest.approx(expected)
    near = nearby.sites_within(atlas, "J-001", 50)
    other = atlas.sites.geometry["J-002"]
    assert near.at["J-002", "distance_km"] == pytest.approx(
        WGS84.inv(site.x, site.y, other.x, other.y)[2] / 1000
    )
    assert near["distance_km"].is_monotonic_increasing
    assert near["distance_km"].max() <= 50
    assert "J-001" not in near.index


def test_sites_on_one_spot_are_neighbours_at_no_distance(atlas):
    assert nearby.sites_within(atlas, "J-003").at["P-UZ09", "distance_km"] == 0


@pytest.mark.parametrize("corridor_id", ["cku", "northern", "kz-uz-links"])
def test_a_site_beside_a_way_of_a_corridor_is_no_further_from_the_corridor(atlas, corridor_id):
    km = nearby.corridor_distances(atlas)[corridor_id]
    seen = 0
    for variant_id in variants_of(atlas, corridor_id).index:
        along = sites_along(variant_way(atlas, variant_id), atlas.sites, 50)
        assert (km[along.index] <= along["distance_km"] + 0.1).all()
        seen += len(along)
    assert seen


def test_a_parent_is_as_near_as_its_nearest_branch(atlas):
    km = nearby.corridor_distances(atlas)
    branches = atlas.corridors.index[atlas.corridors["parent_id"].eq("north-south")]
    assert len(branches) == 3
    assert np.allclose(km["north-south"], km[list(branches)].min(axis=1))


def test_a_ship_does_not_bring_a_corridor_to_the_coast(atlas):
    sea = atlas.segments.index[atlas.segments["mode"].eq("sea")]
    assert not nearby.land_pieces(atlas).index.isin(sea).any()


def test_the_nearest_of_everything(atlas):
    near = nearby.nearest_things(atlas)
    assert list(near.index) == list(atlas.sites.index)
    km = nearby.corridor_distances(atlas)
    assert (near["corridor_km"] == km.min(axis=1)).all()
    crossings = nearby.crossing_distances(atlas)
    assert (near["crossing_km"] == crossings.min(axis=1)).all()
    opened = atlas.crossings.index[atlas.crossings["status"].eq("operating")]
    assert near["open_crossing"].isin(opened).all()
    assert (near["open_crossing_km"] >= near["crossing_km"]).all()
    assert set(near["port"]) <= set(atlas.nodes.index[atlas.nodes["kind"].eq("port")])
    assert near.at["J-003", "rail_node"] == "gulistan"


def test_the_nearest_in_the_plane_is_the_nearest_on_the_earth(atlas):
    nodes = nearby.rail_nodes(atlas)
    near = nearby.nearest_things(atlas)["rail_node_km"]
    points = atlas.sites.geometry
    km = [nearby.geodesic_km(nodes.geometry.x, nodes.geometry.y, p.x, p.y).min() for p in points]
    assert near.to_numpy() == pytest.approx(np.array(km), rel=0.01, abs=0.01)


def test_without_sites_or_things_there_is_nothing_near(atlas, empty):
    assert nearby.site_regions(empty).empty
    assert nearby.nearest_things(empty).empty
    bare = dataclasses.replace(
        atlas,
        crossings=atlas.crossings.iloc[:0],
        corridors=atlas.corridors.iloc[:0],
        segments=atlas.segments.iloc[:0],
        nodes=atlas.nodes.iloc[:0],
    )
    near = nearby.nearest_things(bare)
    for name in ("corridor", "rail_node", "crossing", "open_crossing", "port"):
        assert (near[name] == "").all()
        assert near[f"{name}_km"].isna().all()


def test_many_sites_are_as_near_as_few(atlas, monkeypatch):
    exact, crossings = nearby.corridor_distances(atlas), nearby.crossing_distances(atlas)
    monkeypatch.setattr(nearby, "MANY", 50)
    found = nearby.corridor_distances(atlas, 120).to_numpy()
    km, is_near = exact.to_numpy(), exact.to_numpy() < 119.9
    assert is_near.sum() > 100
    assert np.abs(found - km)[is_near].max() < 0.1
    assert np.isinf(found[km > 120.1]).all()
    within = nearby.crossing_distances(atlas, 60)
    assert within.equals(crossings.where(crossings <= 60, np.inf))


def test_one_of_many_sites_has_the_same_around_it_as_in_the_table(atlas, monkeypatch):
    table, exact = nearby.nearest_things(atlas), nearby.corridor_distances(atlas)
    monkeypatch.setattr(nearby, "MANY", 50)
    columns = [one for one in table.columns if not one.startswith("corridor")]
    for site_id in ("J-001", "P-UZ09", "S-KZ06"):
        row, km = nearby.things_near(atlas, site_id), nearby.distances_from(atlas, site_id)
        assert row[columns].to_dict() == table.loc[site_id, columns].to_dict()
        assert km.to_numpy() == pytest.approx(exact.loc[site_id].to_numpy(), abs=0.1)
        assert row["corridor_km"] == km.min()


# Along the network


def test_kilometres_along_the_network_are_those_of_the_shortest_route(atlas):
    near, stated = nearby.nearest_things(atlas), assumptions_of(atlas)
    chance = random.Random(3)
    for site_id in chance.sample(list(atlas.sites.index), 6):
        for node_id in (near.at[site_id, "port"], near.at[site_id, "rail_node"], "poti"):
            found = routes(atlas, f"site:{site_id}", f"node:{node_id}", stated, criterion="distance", most=1)
            km = network_km.km_to(atlas, site_id, f"node:{node_id}")
            assert km == pytest.approx(found[0].km) if found else np.isnan(km)


def test_the_network_is_never_shorter_than_the_straight_line(atlas):
    near = nearby.nearest_things(atlas)
    for site_id, name in itertools.product(["J-001", "J-005", "S-KZ06"], ["rail_node", "port"]):
        km = network_km.km_to(atlas, site_id, f"node:{near.at[site_id, name]}")
        assert not km < near.at[site_id, f"{name}_km"] - 0.01


def test_a_crossing_without_a_node_is_reached_on_its_lines(atlas):
    (bare,) = atlas.crossings.index[atlas.crossings["node_id"].eq("")]
    assert network_km.nodes_of(atlas, f"crossing:{bare}")
    assert network_km.nodes_of(atlas, "crossing:X01") == ("gisht_kuprik",)


def test_a_line_that_is_only_planned_leads_nowhere(atlas):
    shut = atlas.segments.assign(status="planned")
    cut = dataclasses.replace(atlas, segments=shut)
    assert np.isnan(network_km.km_to(cut, "J-003", "node:poti"))
    assert np.isnan(network_km.km_to(cut, "J-003", "corridor:cku"))


# Choosing


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"countries": ("UZB",)},
        {"sectors": ("food", "textiles"), "countries": ("KAZ",)},
        {"kinds": ("sez",), "statuses": ("operating",), "regions": ("KZ-61", "UZ-TO")},
    ],
)
def test_a_choice_leaves_the_same_sites_and_counts_as_the_overview(atlas, chosen):
    choice = SiteChoice(**chosen)
    assert list(atlas.sites.index[fitting(atlas, choice)]) == list(select(atlas.sites, **chosen).index)
    found, expected = counts(atlas, choice), facet_counts(atlas.sites, chosen)
    for facet in FACETS:
        left = {value: n for value, n in found[facet].items() if n}
        assert left == {value: n for value, n in expected[facet].items() if value}


def test_near_a_corridor_and_a_crossing_both_must_be(atlas):
    choice = SiteChoice(corridors=("cku", "btk"), crossings=(ANY,), within_km=50)
    fits = fitting(atlas, choice)
    corridor = nearby.corridor_distances(atlas)[["cku", "btk"]].min(axis=1) <= 50
    crossing = nearby.crossing_distances(atlas).min(axis=1) <= 50
    assert fits.tolist() == (corridor & crossing).tolist()
    assert 0 < fits.sum() < corridor.sum()


def test_a_count_is_what_its_value_would_leave(atlas):
    choice = SiteChoice(countries=("UZB",), within_km=10)
    left = counts(atlas, choice)
    for facet, value in [
        ("corridors", "cku"),
        ("crossings", ANY),
        ("investment", "stated"),
        ("kinds", "sez"),
    ]:
        assert left[facet][value] == fitting(atlas, dataclasses.replace(choice, **{facet: (value,)})).sum()


def test_with_or_without_an_investment_figure_are_all(atlas):
    known = fitting(atlas, SiteChoice(investment=("stated",)))
    sites = atlas.sites
    assert known.tolist() == (sites["investment_usd"].notna() | sites["investment_orig"].notna()).tolist()
    assert (fitting(atlas, SiteChoice(investment=("not-stated",))) == ~known).all()
    assert fitting(atlas, SiteChoice(investment=site_choice.INVESTMENT)).all()


def test_a_choice_among_no_sites(empty):
    assert fitting(empty, SiteChoice(kinds=("sez",), corridors=(ANY,))).size == 0
    assert not any(counts(empty, SiteChoice())["corridors"].values())


def test_distances_do_not_change_the_sites(atlas):
    assert isinstance(atlas.sites, gpd.GeoDataFrame)
    assert "distance_km" not in atlas.sites
