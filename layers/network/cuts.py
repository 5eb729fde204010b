"""Why no route leads from one place to another, and what became of routes after a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np

from layers.atlas import Atlas
from layers.network.graph import NO_SEGMENT
from layers.network.places import WGS84, Place, connectors, place_of
from layers.network.route import Route
from layers.network.whatif import AS_IT_IS, WhatIf, closures, in_use, open_segments, touched, touched_by


@dataclass(frozen=True)
class NoRoute:
    """What keeps two places apart.

    The network falls into pieces; `start_node` and `goal_node` are the two nodes nearest to each other in
    the pieces of the two places, `gap_km` apart in a straight line.
    `cut_by` are the keys of the closed links on the way that needs fewest of them reopened. `joined_by`
    are the segments not in operation on the way that needs fewest kilometres of them, `joined_corridors`
    their corridors. Either is empty where that alone would not help.
    """

    start: Place
    goal: Place
    start_node: str
    goal_node: str
    gap_km: float
    cut_by: tuple[str, ...]
    joined_by: tuple[str, ...]
    joined_corridors: tuple[str, ...]


def no_route(
    atlas: Atlas, start: str, goal: str, what_if: WhatIf = AS_IT_IS, via: tuple[str, ...] = ()
) -> NoRoute | None:
    """What keeps two places apart, on the first leg that does not lead through; None where all do."""
    places = [place_of(atlas, key) for key in (start, *via, goal)]
    graph = whole_graph(atlas, places)
    is_open = open_segments(atlas, what_if)
    way = open_part(graph, is_open)
    for one, other in pairwise(places):
        if not nx.has_path(way, one.stop, other.stop):
            return explained(atlas, graph, way, is_open, what_if, one, other)
    return None


def whole_graph(atlas: Atlas, places: Sequence[Place]) -> nx.MultiGraph:
    """All nodes, segments and the connectors of these places; each edge has segment (position) and km."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(atlas.nodes.index)
    columns = ["from_node", "to_node", "computed_length_km"]
    for position, (start, end, km) in enumerate(atlas.segments[columns].itertuples(index=False, name=None)):
        graph.add_edge(start, end, segment=position, km=float(km))
    for place in places:
        graph.add_node(place.stop)
        for one in connectors(atlas, place):
            graph.add_edge(place.stop, one.node_id, segment=NO_SEGMENT, km=one.straight_km)
    return graph


def open_part(graph: nx.MultiGraph, is_open: np.ndarray) -> nx.Graph:
    """The graph without the segments that are not open; places stay."""
    usable = np.append(is_open, True)
    part = nx.Graph()
    part.add_nodes_from(graph)
    part.add_edges_from((a, b) for a, b, segment in graph.edges(data="segment") if usable[segment])
    return part


def explained(
    atlas: Atlas,
    graph: nx.MultiGraph,
    way: nx.Graph,
    is_open: np.ndarray,
    what_if: WhatIf,
    start: Place,
    goal: Place,
) -> NoRoute:
    """What keeps these two apart."""
    closed = closures(atlas, what_if)
    running = in_use(atlas, what_if)
    reopened = missing(graph, start, goal, is_open, running & ~is_open, by_km=False)
    built = missing(graph, start, goal, is_open, ~running & ~touched_by(atlas, closed), by_km=True)
    pieces = (nx.node_connected_component(way, place.stop) for place in (start, goal))
    ids = atlas.segments.index
    corridors = (one for at in built for one in atlas.segments["corridor_ids"].iloc[at])
    blamed = (key for key in closed if any(touched(atlas, key, "closed")[at] for at in reopened))
    return NoRoute(
        start,
        goal,
        *nearest_pair(atlas, *pieces),
        cut_by=tuple(blamed),
        joined_by=tuple(ids[at] for at in built),
        joined_corridors=tuple(dict.fromkeys(corridors)),
    )


def missing(
    graph: nx.MultiGraph, start: Place, goal: Place, is_open: np.ndarray, extra: np.ndarray, *, by_km: bool
) -> list[int]:
    """The extra segments on the way that needs fewest of them, or fewest kilometres; [] where none leads."""
    light = nx.Graph()
    light.add_nodes_from(graph)
    usable, addable = np.append(is_open, True), np.append(extra, False)
    for a, b, data in graph.edges(data=True):
        at, km = data["segment"], data["km"]
        if not (usable[at] or addable[at]):
            continue
        weight = 1e-6 * km if usable[at] else km if by_km else 1.0 + 1e-6 * km
        if not light.has_edge(a, b) or weight < light.edges[a, b]["weight"]:
            light.add_edge(a, b, weight=weight, segment=at)
    try:
        nodes = nx.dijkstra_path(light, start.stop, goal.stop)
    except nx.NetworkXNoPath:
        return []
    return [at for a, b in pairwise(nodes) if not usable[at := light.edges[a, b]["segment"]]]


def nearest_pair(atlas: Atlas, one: set[str], other: set[str]) -> tuple[str, str, float]:
    """The two nodes of two pieces that are nearest to each other, and their distance in kilometres."""
    nodes = atlas.nodes[atlas.nodes["kind"].ne("shape")]
    here, there = (nodes[nodes.index.isin(piece)] for piece in (one, other))
    ones, others = np.divmod(np.arange(len(here) * len(there)), len(there))
    km = WGS84.inv(
        *(here[column].to_numpy(float)[ones] for column in ("lon", "lat")),
        *(there[column].to_numpy(float)[others] for column in ("lon", "lat")),
    )[2]
    at = int(np.argmin(km))
    return here.index[ones[at]], there.index[others[at]], float(km[at]) / 1000


@dataclass(frozen=True)
class Changes:
    """What became of the routes between two places.

    hours, km and borders are those of the best route after less those before, None where either is missing.
    `kept` pairs the numbers of the same way before and after; `lost` and `new` number those that are gone
    and those that came.
    """

    hours: float | None
    km: float | None
    borders: int | None
    kept: tuple[tuple[int, int], ...]
    lost: tuple[int, ...]
    new: tuple[int, ...]


def changes(before: Sequence[Route], after: Sequence[Route]) -> Changes:
    """What a change of the network or of the assumptions did to the routes of one question."""
    then, now = ([trail(route) for route in side] for side in (before, after))
    best = (before[0], after[0]) if before and after else None
    return Changes(
        hours=best[1].hours - best[0].hours if best else None,
        km=best[1].km - best[0].km if best else None,
        borders=best[1].borders - best[0].borders if best else None,
        kept=tuple((number, now.index(one)) for number, one in enumerate(then) if one in now),
        lost=tuple(number for number, one in enumerate(then) if one not in now),
        new=tuple(number for number, one in enumerate(now) if one not in then),
    )


def trail(route: Route) -> tuple[tuple[int, str, str], ...]:
    """The segments and nodes of a route, by which it is known again."""
    return tuple((move.segment, move.from_node, move.to_node) for move in route.moves)
