"""Courses of sea legs: the shortest way over water, off the coast, that never crosses land.

The way is found among the corners of the water shrunk by a few kilometres. Ports may lie a little
inland: the first and the last stretch may cross the land between a port and its water.
"""

from itertools import pairwise

import networkx as nx
import numpy as np
import shapely

from geometry.geodesy import geodesic, straight_km
from geometry.packages import BuildError

HARBOUR_KM = 2  # a port may lie this much farther inland than the nearest water
OFF_COAST = (0.06, 0.03, 0.01)  # degrees kept from the coast, less only where no way is left
CORNERS = 0.03  # degrees; tolerance for the shore that the course goes round
RIVER_WIDTH = 0.02  # degrees

# The Volga - Caspian canal (lon, lat): Astrakhan, Ikryanoye, Olya, the sea. Ships use it; the map draws land.
CANALS = (((48.041, 46.350), (47.734, 46.095), (47.550, 45.780), (47.750, 45.350)),)


def waters_to_sail(sea: shapely.Geometry, lakes: list[shapely.Polygon]) -> np.ndarray:
    """Water bodies that ships can use: parts of the sea with the canals into them, and lakes."""
    canals = [shapely.LineString(canal).buffer(RIVER_WIDTH) for canal in CANALS]
    joined = shapely.get_parts(shapely.union_all([sea, *canals]))
    return np.array([*joined, *lakes])


def sea_line(start: np.ndarray, end: np.ndarray, waters: np.ndarray) -> shapely.LineString:
    """Course from one place (lon, lat) to another over the water nearest to both."""
    ends = shapely.points([start, end])
    water = waters[np.argmin(shapely.distance(waters, ends[0]) + shapely.distance(waters, ends[1]))]
    free = shapely.union_all([water, *(harbour(place, water) for place in (start, end))])
    shapely.prepare(free)
    course = [start, end]
    if not shapely.covers(free, shapely.LineString(course)):
        course = way_round(start, end, water, free)
    legs = [shapely.get_coordinates(sea_leg(a, b, free)) for a, b in pairwise(course)]
    return shapely.LineString(np.concatenate([legs[0], *[leg[1:] for leg in legs[1:]]]))


def sea_leg(start: np.ndarray, end: np.ndarray, free: shapely.Geometry) -> shapely.LineString:
    """Line between two places that see each other: the shortest one if it is free too."""
    leg = geodesic(start, end)
    return leg if shapely.covers(free, leg) else shapely.LineString([start, end])


def harbour(place: np.ndarray, water: shapely.Polygon) -> shapely.Polygon:
    """Area around a port, just large enough to reach the water."""
    shore = shapely.get_coordinates(shapely.shortest_line(shapely.Point(place), water))[-1]
    km = straight_km(place, shore) + HARBOUR_KM
    degrees = km / 111.32 / np.array([np.cos(np.radians(place[1])), 1])
    return shapely.transform(shapely.Point(0, 0).buffer(1), lambda xy: xy * degrees + place)


def way_round(
    start: np.ndarray, end: np.ndarray, water: shapely.Polygon, free: shapely.Geometry
) -> list[np.ndarray]:
    """Corners of the shortest way from place to place that stays in the free water."""
    canals = [place for canal in CANALS for place in canal]
    box = shapely.box(*shapely.MultiPoint([start, end]).buffer(4).bounds)
    for off_coast in OFF_COAST:
        corners = shapely.get_coordinates(shapely.simplify(water.buffer(-off_coast), CORNERS))
        corners = np.unique(corners[shapely.intersects_xy(box, corners)], axis=0)
        seen = sight_lines(np.concatenate([[start, end], corners, canals]), free)
        if nx.has_path(seen, 0, 1):
            return [seen.nodes[row]["at"] for row in nx.shortest_path(seen, 0, 1, weight="km")]
    raise BuildError(f"no way by water from {tuple(start)} to {tuple(end)}")


def sight_lines(places: np.ndarray, free: shapely.Geometry) -> nx.Graph:
    """Places joined where a straight line between them stays in the free water."""
    first, second = np.triu_indices(len(places), 1)
    lines = shapely.linestrings(np.stack([places[first], places[second]], axis=1))
    seen = shapely.covers(free, lines)
    graph = nx.Graph()
    graph.add_nodes_from((row, {"at": place}) for row, place in enumerate(places))
    for a, b in zip(first[seen].tolist(), second[seen].tolist(), strict=True):
        graph.add_edge(a, b, km=straight_km(places[a], places[b]))
    return graph
