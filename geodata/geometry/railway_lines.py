"""Railways as lines to draw: all near the two countries, only the ways between large cities elsewhere."""

import networkx as nx
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geometry.railways import globe, node_places

NEAR = shapely.box(44, 34, 90, 57)
NEAR_DRAWING = (0.005, 0.006, 0.03)  # degrees: grid, tolerance, shortest branch that is drawn
FAR_DRAWING = (0.02, 0.025, 0.1)
LARGE_CITY = 500_000  # people
STATION_KM = 15  # how far a city may be from its tracks
WAYS = 4  # each large city is joined to this many others, the nearest by rail
LONGEST_WAY_KM = 1500


def railway_lines(graph: nx.Graph, gazetteer: dict) -> list[tuple[int, shapely.LineString]]:
    """Lines as (inferred, line), merged where they run on, finer near the two countries.

    `gazetteer` holds the GeoNames cities, whose large ones say which lines matter far away.
    """
    nodes, places = node_places(graph)
    row_of = {node: row for row, node in enumerate(nodes.tolist())}
    edges = [(row_of[a], row_of[b], data["km"], data["inferred"]) for a, b, data in graph.edges(data=True)]
    first, second, km, inferred = (np.array(column) for column in zip(*edges, strict=True))
    pieces = shapely.linestrings(np.stack([places[first], places[second]], axis=1))
    near = shapely.within(shapely.centroid(pieces), NEAR)
    matrix = csr_array((km, (first, second)), shape=(len(nodes), len(nodes)))
    main = edges_of_ways(first, second, ways(matrix, station_rows(places, gazetteer)))
    drawn = []
    for zone, drawing in ((near, NEAR_DRAWING), (~near & main, FAR_DRAWING)):
        for kind in (0, 1, 2):
            drawn += [(kind, line) for line in merged_lines(pieces[zone & (inferred == kind)], *drawing)]
    return drawn


def station_rows(places: np.ndarray, gazetteer: dict) -> np.ndarray:
    """Rows of the track points nearest to the large cities."""
    cities = [
        (city["longitude"], city["latitude"])
        for city in gazetteer.values()
        if city["population"] >= LARGE_CITY
    ]
    km, rows = cKDTree(globe(places)).query(globe(np.array(cities)), distance_upper_bound=STATION_KM)
    return np.unique(rows[np.isfinite(km)])


def ways(matrix: csr_array, stations: np.ndarray) -> list[np.ndarray]:
    """Ways (rows) by rail from each station to the few nearest others."""
    found = []
    for station in stations.tolist():
        km, before = dijkstra(
            matrix, directed=False, indices=station, limit=LONGEST_WAY_KM, return_predecessors=True
        )
        others = stations[np.isfinite(km[stations]) & (stations != station)]
        for other in others[np.argsort(km[others], kind="stable")][:WAYS].tolist():
            way = [other]
            while way[-1] != station:
                way.append(int(before[way[-1]]))
            found.append(np.array(way))
    return found


def edges_of_ways(first: np.ndarray, second: np.ndarray, found: list[np.ndarray]) -> np.ndarray:
    """Whether each edge (row to row) lies on one of the ways."""
    steps = np.concatenate([np.stack([way[:-1], way[1:]], axis=1) for way in found])
    used = set(map(tuple, np.sort(steps, axis=1).tolist()))
    pairs = np.sort(np.stack([first, second], axis=1), axis=1).tolist()
    return np.array([tuple(pair) in used for pair in pairs])


def merged_lines(
    pieces: np.ndarray, grid: float, tolerance: float, shortest: float
) -> list[shapely.LineString]:
    """Pieces on a grid merged to lines and simplified, without short branches that lead nowhere (degrees)."""
    pieces = pieces[shapely.length(pieces) > 0]
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(pieces, grid_size=grid)))
    lines = lines[shapely.length(lines) > 0]
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, end)) for end in (0, -1)])
    _, place, count = np.unique(ends, axis=0, return_inverse=True, return_counts=True)
    loose = (count[place].reshape(2, -1) == 1).any(axis=0)
    lines = lines[~loose | (shapely.length(lines) >= shortest)]
    lines = shapely.simplify(lines, tolerance)
    return [lines[row] for row in np.lexsort(shapely.bounds(lines).T[::-1])]
