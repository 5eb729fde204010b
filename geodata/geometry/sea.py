"""Courses of sea legs: the shortest way over water, off the coast, that never crosses land.

The way is found among the corners of the water shrunk by a few kilometres. Ports may lie a little
inland: the first and the last stretch may cross land close to a port.
"""

import networkx as nx
import numpy as np
import shapely

from geometry.geodesy import geodesic, straight_km

PORT_KM = 15  # land this near a port may be crossed
OFF_COAST = 0.06  # degrees kept from the coast where the water is wide enough
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
    free = shapely.union_all([water.buffer(0), *(harbour(place) for place in (start, end))])
    course = [start, end]
    if not shapely.covers(free, shapely.LineString(course)):
        course = way_round(start, end, water, free)
    legs = [shapely.get_coordinates(geodesic(a, b)) for a, b in zip(course, course[1:], strict=False)]
    return shapely.LineString(np.concatenate([legs[0], *[leg[1:] for leg in legs[1:]]]))


def harbour(place: np.ndarray) -> shapely.Polygon:
    """Area around a port where a course may touch land."""
    lat = place[1]
    east = PORT_KM / (111.32 * np.cos(np.radians(lat)))
    circle = shapely.Point(0, 0).buffer(1)
    turned = shapely.transform(circle, lambda xy: xy * (east, PORT_KM / 110.57) * 0.98 + place)
    return turned


def way_round(
    start: np.ndarray, end: np.ndarray, water: shapely.Polygon, free: shapely.Geometry
) -> list[np.ndarray]:
    """Corners of the shortest way from place to place that stays in the free water."""
    inner = shapely.simplify(water.buffer(-OFF_COAST), CORNERS)
    corners = shapely.get_coordinates(inner)
    box = shapely.box(*shapely.MultiPoint([start, end]).buffer(4).bounds)
    corners = np.unique(corners[shapely.intersects_xy(box, corners)], axis=0)
    extra = [place for canal in CANALS for place in canal]
    places = np.concatenate([[start, end], corners, np.array(extra)])
    first, second = np.triu_indices(len(places), 1)
    lines = shapely.linestrings(np.stack([places[first], places[second]], axis=1))
    shapely.prepare(free)
    seen = shapely.covers(free, lines)
    graph = nx.Graph()
    for a, b in zip(first[seen].tolist(), second[seen].tolist(), strict=True):
        graph.add_edge(a, b, km=straight_km(places[a], places[b]))
    return [places[row] for row in nx.shortest_path(graph, 0, 1, weight="km")]
