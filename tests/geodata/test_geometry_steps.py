"""The steps of the build on small made-up maps."""

from itertools import pairwise

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
from geometry import coverage, geodesy, railway_lines, railways, sea, tracing, units, waters
from geometry.features import feature, write_features
from geometry.packages import BuildError


def square(west: float, south: float, size: float = 1) -> shapely.Polygon:
    return shapely.box(west, south, west + size, south + size)


def track(*places: tuple[float, float]) -> nx.Graph:
    """A railway through places (lon, lat)."""
    graph = nx.Graph()
    graph.add_nodes_from((number, {"at": place}) for number, place in enumerate(places))
    for number in range(len(places) - 1):
        km = railways.straight_km(graph, number, number + 1)
        graph.add_edge(number, number + 1, km=km, inferred=0)
    return graph


# ---- text


def test_a_feature_has_three_decimals_and_its_id(tmp_path):
    made = feature(shapely.Point(66.12349, 41.0), {"name": "Oʻsh"}, "X-1")
    assert made["geometry"]["coordinates"] == [66.123, 41]
    write_features(tmp_path / "a.geojson", [made])
    text = (tmp_path / "a.geojson").read_text(encoding="utf-8")
    assert '"id":"X-1"' in text and "Oʻsh" in text and "41.0" not in text


# ---- borders


def test_land_between_two_outlines_goes_to_the_neighbour_it_touches():
    regions = gpd.GeoDataFrame({"unit": ["KZ-10"]}, geometry=[square(60, 45)], crs=4326)
    rest = gpd.GeoDataFrame({"unit": ["RUS"]}, geometry=[shapely.box(60, 46.1, 61, 47)], crs=4326)
    former = np.array([shapely.box(60, 45, 61, 46.1)])
    faces = units.common_faces(regions, rest, former)
    owned = units.united(faces, units.face_owners(faces, regions, rest, former), 2)
    assert shapely.area(owned[0]) == pytest.approx(1)
    assert shapely.area(owned[1]) == pytest.approx(1.0)
    assert shapely.coverage_is_valid(owned)


def test_land_that_touches_two_neighbours_is_divided_between_them():
    strip = shapely.box(60, 45, 62, 45.2)
    cuts = units.nearness_cuts(strip, np.array([square(60, 45.2), square(61, 45.2)]))
    parts = units.faces_between([strip.boundary, *cuts])
    assert shapely.area(parts) == pytest.approx([0.2, 0.2], abs=0.01)


def test_simplified_borders_stay_shared_and_the_edge_of_the_map_keeps_vertices():
    west = shapely.box(4, 40, 60, 62)
    east = shapely.Polygon([(60, 40), (60.0004, 50), (60, 62), (127, 62), (127, 40)])
    west = shapely.Polygon([*west.exterior.coords[:-1], (60.0004, 50)]).convex_hull
    made = coverage.rounded(np.array([west, shapely.difference(east, west)]))
    assert shapely.coverage_is_valid(made)
    north = [lon for lon, lat in shapely.get_coordinates(made) if lat == 62]
    assert max(np.diff(np.unique(north))) <= 2


def test_a_far_islet_goes_and_a_near_one_stays():
    frame = gpd.GeoDataFrame(
        {"unit": ["near", "far"], "country_iso3": ["KAZ", "NOR"], "far": [0.0, 30.0]},
        geometry=[square(50, 45, 0.05), shapely.union_all([square(10, 60), square(12, 60, 0.05)])],
        crs=4326,
    )
    kept = coverage.without_islets(frame)
    assert list(kept["unit"]) == ["near", "far"]
    assert shapely.area(kept.geometry.to_numpy()) == pytest.approx([0.0025, 1])


def test_a_detached_sliver_joins_the_unit_around_it():
    sliver = square(0.5, 0.5, 0.004)
    frame = gpd.GeoDataFrame(
        {"unit": ["a", "b"]},
        geometry=[shapely.difference(square(0, 0), sliver), shapely.union_all([square(3, 0), sliver])],
        crs=4326,
    )
    joined = coverage.without_slivers(frame).geometry.to_numpy()
    assert shapely.area(joined) == pytest.approx([1, 1], abs=1e-9)


# ---- water


def test_a_lake_cut_into_pieces_is_put_together_and_a_river_left_out():
    pieces = [square(70, 46, 0.5), shapely.box(70.5, 46, 71, 46.5), shapely.box(72, 46, 75, 46.02)]
    lakes = waters.lakes(shapely.GeometryCollection([shapely.MultiPolygon(pieces)]), square(50.5, 40.5))
    assert [lake.bounds for lake in lakes] == [(70, 46, 71, 46.5)]


def test_rivers_are_read_from_arcs_of_a_topology():
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [60, 40]},
        "arcs": [[[0, 0], [2, 0]], [[4, 2], [-2, -2]]],
        "objects": {"rivers": {"geometries": [{"type": "LineString", "arcs": [0, -2]}, {"type": None}]}},
    }
    (river,) = waters.rivers(topology)
    assert shapely.get_coordinates(river).tolist() == [[60, 40], [61, 40], [62, 41]]


def test_a_sea_leg_goes_round_an_island():
    island = shapely.box(50.9, 40.5, 51.1, 41.5)
    water = shapely.difference(shapely.box(50, 40, 52, 42), island)
    line = sea.sea_line(np.array([50.2, 41.0]), np.array([51.8, 41.0]), np.array([water]))
    assert line.coords[0] == (50.2, 41.0) and line.coords[-1] == (51.8, 41.0)
    assert not line.intersects(island)


def test_a_sea_leg_without_water_between_is_refused():
    water = shapely.MultiPolygon([square(50, 40), square(52, 40)])
    with pytest.raises(BuildError, match="no way by water"):
        sea.sea_line(np.array([50.5, 40.5]), np.array([52.5, 40.5]), np.array([water]))


# ---- railways


def test_a_small_gap_between_parts_is_closed_and_a_large_one_is_not():
    graph = track((60, 45), (61, 45))
    graph = nx.disjoint_union(graph, track((61.1, 45), (62, 45)))  # 8 km on
    graph = nx.disjoint_union(graph, track((62.5, 45), (63, 45)))  # 39 km on
    railways.join_parts(graph)
    assert nx.number_connected_components(graph) == 2
    assert [edge for *edge, kind in graph.edges(data="inferred") if kind == 1] == [[1, 2]]


def test_a_dead_end_is_continued_only_where_the_way_round_is_long():
    loop = track((60, 45), (60, 46), (61, 46), (61, 45), (60.1, 45))
    railways.continue_ends(loop)
    assert loop.has_edge(0, 4)
    straight = track((60, 45), (60.1, 45), (60.2, 45.02))
    railways.continue_ends(straight)
    assert straight.number_of_edges() == 2


def test_the_railway_file_is_read_without_running_it():
    text = (
        "from nowhere import anything\n"
        "graph=[{1: 2.02, 0: 0.0}, {0: 2.02}, {}]\n"
        "nodes=[[45.0, 60.0], [45.01, 60.02], [-20.0, 30.0]]\n"
        "other = anything(graph=graph, nodes=nodes)\n"
    )
    graph = railways.source_railways(text)
    assert dict(graph.nodes(data="at")) == {0: (60.0, 45.0), 1: (60.02, 45.01)}
    assert list(graph.edges(data="km")) == [(0, 1, 2.02)]


def test_far_railways_are_drawn_only_between_large_cities():
    graph = nx.disjoint_union(track((20, 50), (20.5, 50), (21, 50)), track((20.5, 51), (20.5, 52)))
    city = {"population": 900_000, "latitude": 50.0}
    gazetteer = {"1": {**city, "longitude": 20.0}, "2": {**city, "longitude": 21.0}}
    ((kind, line),) = railway_lines.railway_lines(graph, gazetteer)
    assert kind == 0
    assert line.bounds == (20, 50, 21, 50)


# ---- tracing

ENDS = {"a": (60.0, 45.01), "b": (62.0, 45.01), "c": (62.0, 47.0)}


def test_a_segment_follows_the_tracks_from_node_to_node():
    line = tracing.traced_line(tracing.network(track((60, 45), (61, 45.3), (62, 45)), ENDS), "a", "b", None)
    assert line.coords[0] == ENDS["a"] and line.coords[-1] == ENDS["b"]
    assert line.distance(shapely.Point(61, 45.3)) < 1e-6


def test_a_detour_is_believed_only_when_the_published_length_says_so():
    network = tracing.network(track((60, 45), (61, 46.2), (62, 45)), ENDS)
    drawn = geodesy.length_km([ENDS["a"], (60, 45), (61, 46.2), (62, 45), ENDS["b"]])
    assert drawn > 1.4 * geodesy.straight_km(ENDS["a"], ENDS["b"])
    assert tracing.traced_line(network, "a", "b", None) is None
    assert tracing.traced_line(network, "a", "b", drawn * 1.3) is None
    assert tracing.traced_line(network, "a", "b", drawn * 1.05) is not None


def test_a_node_far_from_the_tracks_is_not_traced():
    network = tracing.network(track((60, 45), (61, 45), (62, 45)), ENDS)
    assert tracing.traced_line(network, "a", "c", None) is None


def test_a_way_never_passes_through_another_node_off_the_tracks():
    broken = nx.disjoint_union(track((60, 45), (60.9, 45)), track((61.1, 45), (62, 45)))
    network = tracing.network(broken, {**ENDS, "between": (61.0, 45.0)})
    assert tracing.traced_line(network, "a", "b", None) is None


def test_a_geodesic_has_a_vertex_about_every_50_km():
    places = shapely.get_coordinates(geodesy.geodesic((50, 40), (60, 50)))
    steps = [geodesy.straight_km(*step) for step in pairwise(places)]
    assert max(steps) < 60
    assert sum(steps) == pytest.approx(geodesy.straight_km((50, 40), (60, 50)))
