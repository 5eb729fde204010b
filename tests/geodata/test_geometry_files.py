"""The committed geometry: complete, valid, edge-matched, small, and in agreement with the tables."""

import json

import brotli
import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

EQUAL_AREA = "+proj=aea +lat_1=40 +lat_2=52 +lon_0=67 +lat_0=46 +ellps=WGS84"
GEOD = pyproj.Geod(ellps="WGS84")
LARGEST_KB = {
    "regions": 60, "land": 60, "neighbours": 120, "water": 35, "rivers": 30, "railways": 110, "cities": 10,
    "corridors": 60,
}  # fmt: skip
# Land that sea legs may cross beside the land at their ports: the Volga - Caspian canal, as ships use it.
CANAL = shapely.LineString([(48.041, 46.350), (47.734, 46.095), (47.550, 45.780), (47.750, 45.350)])


@pytest.fixture(scope="module")
def frames(geodata) -> dict[str, gpd.GeoDataFrame]:
    """Every geometry file as a frame."""
    return {layer: gpd.read_file(geodata / f"{layer}.geojson") for layer in LARGEST_KB}


@pytest.fixture(scope="module")
def regions(frames) -> gpd.GeoDataFrame:
    return frames["regions"].set_index("region_id")


@pytest.fixture(scope="module")
def segments(frames, geodata) -> gpd.GeoDataFrame:
    """Corridor lines with their rows of segments.csv."""
    rows = pd.read_csv(geodata / "segments.csv").set_index("segment_id")
    lines = frames["corridors"].set_index("id")
    assert sorted(lines.index) == sorted(rows.index)
    return lines.join(rows)


@pytest.fixture(scope="module")
def nodes(geodata) -> pd.DataFrame:
    return pd.read_csv(geodata / "nodes.csv", keep_default_na=False).set_index("node_id")


@pytest.mark.parametrize("layer", LARGEST_KB)
def test_a_file_stays_small(layer, geodata):
    data = (geodata / f"{layer}.geojson").read_bytes()
    assert len(brotli.compress(data, quality=11)) <= LARGEST_KB[layer] * 1000


@pytest.mark.parametrize("layer", LARGEST_KB)
def test_a_file_has_plain_coordinates(layer, geodata, frames):
    text = (geodata / f"{layer}.geojson").read_bytes()
    assert b"\r" not in text and text.endswith(b"]}\n")
    coordinates = shapely.get_coordinates(frames[layer].geometry.to_numpy())
    assert np.allclose(coordinates, np.round(coordinates, 3), atol=1e-9)
    west, south, east, north = frames[layer].total_bounds
    assert west >= 4 and south >= 18 and east <= 127 and north <= 62
    assert frames[layer].is_valid.all() and not frames[layer].is_empty.any()


def test_there_are_the_34_regions_of_the_table(regions, geodata):
    table = pd.read_csv(geodata / "regions.csv")
    assert len(regions) == 34
    assert list(regions.index) == sorted(table["region_id"])
    features = json.loads((geodata / "regions.geojson").read_text(encoding="utf-8"))["features"]
    assert [item["id"] for item in features] == list(regions.index)


def test_the_centre_of_a_region_lies_in_it(regions, geodata):
    table = pd.read_csv(geodata / "regions.csv").set_index("region_id")
    centres = shapely.points(table["centre_lon"], table["centre_lat"])
    outside = table.index[~shapely.contains(regions.geometry[table.index].to_numpy(), centres)]
    assert list(outside) == []


def test_regions_have_the_area_of_the_table(regions, geodata):
    stated = pd.read_csv(geodata / "regions.csv").set_index("region_id")["area_km2"]
    drawn = regions.to_crs(EQUAL_AREA).area / 1e6
    difference = (drawn / stated - 1).abs().sort_values()
    coarse = {"UZ-TK", "UZ-XO", "UZ-SI", "UZ-FA"}  # the source draws these with few points
    assert difference.drop(list(coarse)).max() < 0.04
    assert difference.max() < 0.3
    assert drawn.sum() == pytest.approx(stated.sum(), rel=0.005)


def test_regions_and_neighbours_share_their_borders(regions, frames):
    shapes = [*regions.geometry, *frames["neighbours"].geometry]
    assert shapely.coverage_is_valid(np.array(shapes))


def test_countries_share_their_borders(frames):
    assert shapely.coverage_is_valid(frames["land"].geometry.to_numpy())


@pytest.mark.parametrize(("country", "prefix"), [("KAZ", "KZ-"), ("UZB", "UZ-")])
def test_the_outline_of_a_country_is_that_of_its_regions(country, prefix, regions, frames):
    own = regions[regions.index.str.startswith(prefix)].geometry.to_numpy()
    drawn = frames["land"].set_index("country_iso3").geometry[country]
    outline = shapely.normalize(shapely.coverage_union_all(own))
    assert shapely.equals_exact(shapely.normalize(drawn), outline, 0)


def test_the_units_of_a_neighbour_fill_its_land(frames):
    land = frames["land"].set_index("country_iso3").geometry
    for country, units in frames["neighbours"].groupby("country_iso3"):
        assert shapely.area(units.geometry.to_numpy()).sum() == pytest.approx(land[country].area, rel=1e-9)


def test_every_country_has_a_row(frames, geodata):
    table = pd.read_csv(geodata / "countries.csv")
    assert set(frames["land"]["country_iso3"]) <= set(table["country_iso3"])


def test_a_node_lies_in_its_country(frames, nodes):
    land = frames["land"].set_index("country_iso3").geometry
    on_land = nodes[nodes["country_iso3"] != ""]
    far = []
    for node in on_land.itertuples():
        shape, place = land[node.country_iso3], shapely.Point(float(node.lon), float(node.lat))
        near = shapely.get_coordinates(shapely.shortest_line(place, shape))
        if GEOD.inv(*near[0], *near[-1])[2] > 5000:
            far.append(node.Index)
    assert far == []


def test_the_caspian_is_a_hole_in_the_land(frames):
    sea = frames["water"].query("kind == 'sea'").geometry.item()
    land = shapely.union_all(frames["land"].geometry.to_numpy())
    assert shapely.area(shapely.intersection(sea, land)) < 1e-9
    assert 350_000 < gpd.GeoSeries([sea], crs=4326).to_crs(EQUAL_AREA).area.item() / 1e6 < 420_000


@pytest.mark.parametrize(
    ("lake", "lon", "lat"),
    [("Balkhash", 74.0, 45.6), ("North Aral", 60.7, 46.4), ("Issyk-Kul", 77.3, 42.4), ("Zaysan", 83.9, 48.0)],
)
def test_a_well_known_lake_is_drawn(lake, lon, lat, frames):
    lakes = frames["water"].query("kind == 'lake'")
    assert lakes.contains(shapely.Point(lon, lat)).sum() == 1, lake


def test_the_eastern_basin_of_the_aral_sea_is_dry(frames):
    assert not frames["water"].contains(shapely.Point(60.0, 45.0)).any()


def test_cities_have_four_names_and_a_rank(frames):
    cities = frames["cities"]
    names = cities[["name_en", "name_ru", "name_uz", "name_kk"]]
    assert (names.map(len) > 0).all().all()
    assert not names["name_uz"].str.contains("['‘’`]").any()
    assert set(cities["rank"]) == {1, 2, 3, 4}
    assert (cities["population"] > 0).all()
    assert cities["rank"].is_monotonic_increasing


def test_city_names_agree_with_the_centres_of_regions(frames, geodata):
    centres = pd.read_csv(geodata / "regions.csv")["centre_en"]
    assert set(centres) <= set(frames["cities"]["name_en"])


def test_railways_say_what_is_inferred(frames):
    assert set(frames["railways"]["inferred"]) == {0, 1, 2}


def test_every_segment_runs_from_node_to_node(segments, nodes):
    for segment in segments.itertuples():
        places = shapely.get_coordinates(segment.geometry)
        for place, node in ((places[0], segment.from_node), (places[-1], segment.to_node)):
            assert tuple(place) == (float(nodes.lon[node]), float(nodes.lat[node])), segment.Index


def test_the_computed_length_is_that_of_the_line(segments):
    for segment in segments.itertuples():
        lon, lat = shapely.get_coordinates(segment.geometry).T
        assert segment.computed_length_km == pytest.approx(GEOD.line_length(lon, lat) / 1000, abs=0.06)


def test_most_operating_railways_are_traced_and_nothing_else_is(segments):
    railways = segments[(segments["mode"] == "rail") & (segments["status"] == "operating")]
    others = segments.drop(railways.index)
    assert (railways["geometry_kind"] == "traced").mean() > 0.6
    assert set(others["geometry_kind"]) == {"schematic"}


def test_a_traced_line_has_no_long_chords(segments):
    for segment in segments[segments["geometry_kind"] == "traced"].itertuples():
        lon, lat = shapely.get_coordinates(segment.geometry).T
        steps = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2] / 1000
        assert steps[steps > 50].sum() <= steps.sum() / 2 + 0.5, segment.Index


def test_a_long_schematic_line_is_dense_enough_for_mercator(segments):
    straight = segments[(segments["mode"] == "road") | (segments["status"] != "operating")]
    for segment in straight.itertuples():
        lon, lat = shapely.get_coordinates(segment.geometry).T
        assert (GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2] < 80_000).all(), segment.Index


def test_a_sea_leg_crosses_no_land_but_at_its_ports(segments, nodes, frames):
    water = shapely.union_all(frames["water"].geometry.to_numpy())
    dry = shapely.difference(shapely.union_all(frames["land"].geometry.to_numpy()), water)
    dry = shapely.difference(dry, CANAL.buffer(0.025))
    for leg in segments[segments["mode"] == "sea"].itertuples():
        ashore = shapely.get_coordinates(shapely.segmentize(leg.geometry.intersection(dry), 0.01))
        for place in ashore:
            ports = [nodes.loc[node] for node in (leg.from_node, leg.to_node)]
            km = min(GEOD.inv(*place, float(port.lon), float(port.lat))[2] / 1000 for port in ports)
            assert km <= 15, leg.Index


# Published lengths in km and the segments they cover. `share` is how far the drawn line may differ: mostly
# 12 %, more for schematic lines in mountains, because straight lines leave out the bends.
LENGTHS = [
    ("Baku - Tbilisi - Kars", 846, [83, *range(55, 62), *range(68, 74)], 0.12),
    ("Uzen - Gorgan", 928, range(167, 175), 0.12),
    ("Dostyk - Moiynty", 836, range(28, 33), 0.12),
    ("Zhetygen - Khorgos", 298, range(17, 21), 0.12),
    ("Turkmenabat - Kerki", 203, [315], 0.12),
    ("Rasht - Astara", 162, [210, 211], 0.12),
    ("Khaf - Herat", 225, range(312, 315), 0.12),
    ("Torghundi - Herat", 115, [299, 300], 0.13),
    ("Moiynty - Kyzylzhar", 329, [40], 0.12),
    ("Agbend - Ordubad across Armenia", 42, [251, 252], 0.12),
    ("Kashgar - Andijan", 532.5, range(262, 271), 0.2),
    ("Termez - Kharlachi", 647, [*range(280, 283), *range(284, 291)], 0.2),
    ("Darbaza - Maktaaral", 152, [328, 329], 0.25),
    ("Ayagoz - Bakhty", 295, [36], 0.25),
]  # fmt: skip


@pytest.mark.parametrize(("line", "published", "numbers", "share"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_a_drawn_line_comes_near_its_published_length(line, published, numbers, share, segments):
    drawn = segments.loc[[f"SEG-{number:03d}" for number in numbers], "computed_length_km"].sum()
    assert drawn == pytest.approx(published, rel=share)
