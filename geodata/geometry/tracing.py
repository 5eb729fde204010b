"""Courses of rail segments along the railway graph.

A segment is traced when both its nodes lie near the tracks and the way between them is believable;
otherwise the caller draws it schematically.
"""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geometry.geodesy import length_km, straight_km
from geometry.railways import globe

ACCESS_KM = 15  # a node farther from every track is not on the railway
OFF_TRACK = 1.5  # a km beside the tracks counts as this many, so that a way keeps to them
INFERRED = 1.2  # so does a km over a gap closed by rule
PIECE_KM = 5  # long chords are cut into pieces, so that a node can join them anywhere
LONGEST_DETOUR = 1.4  # way along the tracks against the straight line
NEAR_PUBLISHED = 0.12  # share by which a drawn length may differ from a published one
MOST_OFF_TRACK = 0.55  # share of a way that may lie beside the tracks


@dataclass(frozen=True)
class Network:
    """Tracks and nodes as one directed graph.

    Rows are track points, then every node as a start, then every node as an end: a way can begin and
    end at a node but never pass through one that is not on the tracks.
    """

    places: np.ndarray  # lon, lat of every row
    weights: csr_matrix
    tracks: int  # number of track points
    row_of: dict[str, int]  # node id -> its place among the starts


def network(graph: nx.Graph, node_places: dict[str, tuple[float, float]]) -> Network:
    """Railway graph and corridor nodes (id -> lon, lat) as a network to find ways in."""
    tracks, edges = track_pieces(graph)
    nodes = np.array(list(node_places.values()))
    tree = cKDTree(globe(tracks))
    starts, ends, weights = [], [], []
    near = tree.query_ball_point(globe(nodes), ACCESS_KM, return_sorted=True)
    for row, reachable in enumerate(near):
        km = np.linalg.norm(globe(tracks[reachable]) - globe(nodes[row]), axis=1) if reachable else []
        starts += [len(tracks) + row] * len(reachable) + list(reachable)
        ends += list(reachable) + [len(tracks) + len(nodes) + row] * len(reachable)
        weights += list(OFF_TRACK * np.maximum(km, 0.001)) * 2
    first, second, km = edges
    rows = np.concatenate([first, second, np.array(starts, int)])
    columns = np.concatenate([second, first, np.array(ends, int)])
    size = len(tracks) + 2 * len(nodes)
    matrix = csr_matrix((np.concatenate([km, km, weights]), (rows, columns)), shape=(size, size))
    places = np.concatenate([tracks, nodes, nodes])
    return Network(places, matrix, len(tracks), {node: row for row, node in enumerate(node_places)})


def track_pieces(graph: nx.Graph) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Track points (lon, lat) and the pieces between them as (from row, to row, weighted km)."""
    row_of = {node: row for row, node in enumerate(graph)}
    places = [at for _, at in graph.nodes(data="at")]
    first, second, weights = [], [], []
    for a, b, data in graph.edges(data=True):
        count = max(1, int(data["km"] // PIECE_KM))
        way = [row_of[a], *range(len(places), len(places) + count - 1), row_of[b]]
        line = np.linspace(places[row_of[a]], places[row_of[b]], count + 1)[1:-1]
        places += [tuple(place) for place in line.tolist()]
        weight = data["km"] * (INFERRED if data["inferred"] else 1) / count
        first += way[:-1]
        second += way[1:]
        weights += [weight] * count
    return np.array(places), (np.array(first), np.array(second), np.array(weights))


def traced_line(
    network: Network, from_node: str, to_node: str, published_km: float | None
) -> shapely.LineString | None:
    """Course from node to node along the tracks, or None where no believable way exists.

    The way may be 1.4 times the straight line, or longer where that comes near the published length.
    """
    nodes = len(network.row_of)
    start = network.tracks + network.row_of[from_node]
    end = network.tracks + nodes + network.row_of[to_node]
    straight = straight_km(network.places[start], network.places[end])
    longest = max(LONGEST_DETOUR * straight, (published_km or 0) * (1 + NEAR_PUBLISHED))
    reach = OFF_TRACK * (longest + 2 * ACCESS_KM)
    km, before = dijkstra(network.weights, indices=start, limit=reach, return_predecessors=True)
    if not np.isfinite(km[end]):
        return None
    way = [end]
    while way[-1] != start:
        way.append(int(before[way[-1]]))
    places = network.places[way[::-1]]
    return shapely.LineString(places) if is_believable(places, straight, published_km) else None


def is_believable(places: np.ndarray, straight: float, published_km: float | None) -> bool:
    """Whether a way (lon, lat of node, tracks, node) is no detour and keeps to the tracks."""
    drawn = length_km(places)
    off_track = straight_km(places[0], places[1]) + straight_km(places[-2], places[-1])
    if off_track > MOST_OFF_TRACK * drawn:
        return False
    if drawn <= LONGEST_DETOUR * straight:
        return True
    return published_km is not None and abs(drawn / published_km - 1) <= NEAR_PUBLISHED
