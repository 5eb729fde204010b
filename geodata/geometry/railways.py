"""The railway graph of the area shown: read from its package and healed.

The source keeps the length of a line but often replaces its course by a chord, and breaks lines at
stations. Gaps are closed by rule (inferred 1) or by hand (inferred 2). The result is a background and
a shape to follow, never proof that a line exists.
"""

import json
import re
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

from geometry.units import AREA_SHOWN

EARTH_KM = 6371.0088
STEP_KM = 15  # how far a broken-off part may be from the rest
MAIN_PART = 3000  # nodes; smaller components count as broken off
END_GAPS_KM = (12, 25, 45, 75)  # dead ends inside HEALED are continued over gaps, the short ones first
HEALED = (38, 26, 95, 57)

# Stations both ends of a missing line (lon, lat): Kungrad - Jaslyk on the Nukus - Beyneu line.
HAND_LINKS = (((58.90, 43.07), (57.50, 43.91)),)

# Long chords whose course is known from stations on them (lon, lat): from, to, by way of.
BENDS = (
    ((65.03, 40.29), (61.28, 41.37), ((63.55, 42.16),)),  # Kanimekh - Uchkuduk - Misken
    ((51.31, 43.68), (55.12, 40.84), ((52.86, 43.34),)),  # Mangystau - Zhanaozen - Gyzylgaya
)


def healed_railways(text: str) -> nx.Graph:
    """Railway graph with its gaps closed.

    Nodes are numbers with `at` (lon, lat); edges have `km` (length of the line as the source states it)
    and `inferred` (0 source, 1 gap closed by rule, 2 by hand).
    """
    graph = source_railways(text)
    bend_chords(graph)
    join_parts(graph)
    continue_ends(graph)
    add_hand_links(graph)
    return graph


def source_railways(text: str) -> nx.Graph:
    """Railway graph of the area shown as the package states it: two Python literals, read as JSON."""
    links = re.search(r"^graph ?= ?(\[.*\])\s*$", text, re.MULTILINE).group(1)
    points = re.search(r"^nodes ?= ?(\[.*\])\s*$", text, re.MULTILINE).group(1)
    places = np.array(json.loads(points))[:, ::-1]
    links = json.loads(re.sub(r"(\d+): ", r'"\1": ', links))
    west, south, east, north = AREA_SHOWN.bounds
    shown = (places > (west, south)).all(axis=1) & (places < (east, north)).all(axis=1)
    graph = nx.Graph()
    for node in np.flatnonzero(shown).tolist():
        graph.add_node(node, at=tuple(places[node].tolist()))
    for node in graph:
        for other, km in links[node].items():
            if node < int(other) and shown[int(other)]:
                graph.add_edge(node, int(other), km=max(km, 0.001), inferred=0)
    return graph


@dataclass(frozen=True)
class Stations:
    """The nodes of a railway graph as points of a globe in km, to look for near ones."""

    nodes: np.ndarray
    points: np.ndarray
    row_of: dict[int, int]
    tree: cKDTree


def stations(graph: nx.Graph) -> Stations:
    """All nodes of a railway graph as they stand."""
    nodes, places = node_places(graph)
    points = globe(places)
    return Stations(nodes, points, {node: row for row, node in enumerate(nodes.tolist())}, cKDTree(points))


def globe(places: np.ndarray) -> np.ndarray:
    """Places (lon, lat) as points of a globe in km, so that near means near at any latitude."""
    lon, lat = np.radians(np.atleast_2d(places)).T
    return EARTH_KM * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def node_places(graph: nx.Graph) -> tuple[np.ndarray, np.ndarray]:
    """Node numbers and their places (lon, lat)."""
    return np.array(list(graph)), np.array([at for _, at in graph.nodes(data="at")])


def nearest_node(graph: nx.Graph, place: tuple[float, float]) -> int:
    """Node nearest to a place (lon, lat)."""
    nodes, places = node_places(graph)
    return int(nodes[np.argmin(np.linalg.norm(globe(places) - globe(place), axis=1))])


def bend_chords(graph: nx.Graph) -> None:
    """Lead known long chords through their stations; the stated length is kept."""
    for start, end, way in BENDS:
        first, last = nearest_node(graph, start), nearest_node(graph, end)
        if not graph.has_edge(first, last):
            continue
        edge = graph.edges[first, last]
        added = range(max(graph) + 1, max(graph) + 1 + len(way))
        graph.add_nodes_from((node, {"at": at}) for node, at in zip(added, way, strict=True))
        path = [first, *added, last]
        legs = [straight_km(graph, a, b) for a, b in pairwise(path)]
        for (a, b), km in zip(pairwise(path), legs, strict=True):
            graph.add_edge(a, b, km=edge["km"] * km / sum(legs), inferred=0)
        graph.remove_edge(first, last)


def straight_km(graph: nx.Graph, first: int, second: int) -> float:
    """Straight distance of two nodes in km."""
    ends = globe(np.array([graph.nodes[first]["at"], graph.nodes[second]["at"]]))
    return float(np.linalg.norm(ends[0] - ends[1]))


def join_parts(graph: nx.Graph) -> None:
    """Join parts of the network that come within a short step of each other."""
    at = stations(graph)
    for _ in range(6):
        parts = list(nx.connected_components(graph))
        part_of = {node: number for number, members in enumerate(parts) for node in members}
        part = np.array([part_of[node] for node in at.nodes.tolist()])
        loose = [
            row
            for row, node in enumerate(at.nodes.tolist())
            if graph.degree(node) <= 1 or len(parts[part[row]]) < MAIN_PART
        ]
        steps = shortest_steps(at, part, loose)
        for km, first, second in steps:
            graph.add_edge(int(at.nodes[first]), int(at.nodes[second]), km=max(km, 0.001), inferred=1)
        if not steps:
            return


def shortest_steps(at: Stations, part: np.ndarray, loose: list[int]) -> list[tuple[float, int, int]]:
    """The shortest step (km, row, row) from loose rows between any two parts that are near each other."""
    best = {}
    distances, rows = at.tree.query(at.points[loose], k=40, distance_upper_bound=STEP_KM)
    for row, near, others in zip(loose, distances, rows, strict=True):
        for km, other in zip(near, others, strict=True):
            if not np.isfinite(km):
                break
            if part[other] != part[row]:
                pair = tuple(sorted((int(part[row]), int(part[other]))))
                best[pair] = min(best.get(pair, (np.inf,)), (float(km), row, int(other)))
                break
    return sorted(best.values())


def continue_ends(graph: nx.Graph) -> None:
    """Continue dead ends over a gap where the network leads there only by a long way round."""
    at = stations(graph)
    west, south, east, north = HEALED
    for gap_km in END_GAPS_KM:
        proposals = []
        for node, (lon, lat) in graph.nodes(data="at"):
            if west < lon < east and south < lat < north and is_dead_end(graph, node, at):
                proposals += best_gap(graph, node, gap_km, at)
        for km, first, second in sorted(proposals):
            if is_far_round(graph, first, second, km):
                graph.add_edge(first, second, km=km, inferred=1)


def is_dead_end(graph: nx.Graph, node: int, at: Stations) -> bool:
    """Whether the line stops here: one track, or two that leave in much the same direction."""
    around = list(graph[node])
    if len(around) == 1:
        return True
    if len(around) != 2:
        return False
    ways = [at.points[at.row_of[other]] - at.points[at.row_of[node]] for other in around]
    lengths = np.linalg.norm(ways[0]) * np.linalg.norm(ways[1])
    return bool(ways[0] @ ways[1] > 0.3 * lengths)


def best_gap(graph: nx.Graph, node: int, gap_km: float, at: Stations) -> list[tuple[float, int, int]]:
    """The nearest place ahead of a dead end that is worth a link, as (km, node, node), or nothing."""
    row = at.row_of[node]
    others = [other for other in at.tree.query_ball_point(at.points[row], gap_km) if other != row]
    if not others:
        return []
    behind = np.mean([at.points[at.row_of[other]] for other in graph[node]], axis=0)
    ahead = at.points[row] - behind
    ahead /= np.linalg.norm(ahead) + 1e-9
    steps = at.points[others] - at.points[row]
    km = np.maximum(np.linalg.norm(steps, axis=1), 0.01)
    in_front = steps @ ahead > -0.3 * km
    round_km = nx.single_source_dijkstra_path_length(graph, node, cutoff=max(5 * gap_km, 10), weight="km")
    found = [
        (float(step), node, int(other))
        for step, other in zip(km[in_front], at.nodes[others][in_front], strict=True)
        if round_km.get(int(other), np.inf) > max(5 * step, 10)
    ]
    return [min(found)] if found else []


def is_far_round(graph: nx.Graph, first: int, second: int, km: float) -> bool:
    """Whether the network joins two nodes only by a way at least five times the gap, and over 10 km."""
    limit = max(5 * km, 10)
    return second not in nx.single_source_dijkstra_path_length(graph, first, cutoff=limit, weight="km")


def add_hand_links(graph: nx.Graph) -> None:
    """Add the lines that are known to be missing."""
    for start, end in HAND_LINKS:
        first, last = nearest_node(graph, start), nearest_node(graph, end)
        if first != last and not graph.has_edge(first, last):
            graph.add_edge(first, last, km=straight_km(graph, first, last), inferred=2)
