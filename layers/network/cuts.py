"""Why no route leads from one place to another, and what became of routes after a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from scipy.spatial import KDTree

from layers.atlas import Atlas
from layers.network.graph import NO_SEGMENT
from layers.network.places import WGS84, Place, connectors, on_sphere, place_of
from layers.network.route import Route
from layers.network.whatif import (
    AS_IT_IS,
    WhatIf,
    closures,
    in_use,
    open_segments,
    shut_nodes,
    touched,
    touched_by,
)

MOST_PAIRS = 1_000_000
"""Of more pairs of nodes only the nearest on a sphere to each are measured on the ellipsoid."""


@dataclass(frozen=True)
class NoRoute:
    """What keeps two places apart.

    The network falls into pieces; `start_node` and `goal_node` are the two nodes nearest to each other in
    the pieces of the two places, `gap_km` apart in a straight line.
    `cut_by` are the keys of the closed links on the way that needs fewest of them reopened. `joined_by`
    are the segments not in operation on the way that needs fewest kilometres of them, `joined_corridors`
    their corridors. Either is empty where that alone would not help; `is_both` where only both together do.
    """

    start: Place
    goal: Place
    start_node: str
    goal_node: str
    gap_km: float
    cut_by: tuple[str, ...]
    joined_by: tuple[str, ...]
    joined_corridors: tuple[str, ...]
    is_both: bool = False


Link = tuple[int, str]
"""A segment by its position, or NO_SEGMENT and the node of a connector."""


def no_route(
    atlas: Atlas, start: str, goal: str, what_if: WhatIf = AS_IT_IS, via: tuple[str, ...] = ()
) -> NoRoute | None:
    """What keeps two places apart, on the first leg that does not lead through; None where all do."""
    places = [place_of(atlas, key) for key in (start, *via, goal)]
    graph = whole_graph(atlas, places)
    way = parts(graph, open_links(atlas, what_if))
    for one, other in pairwise(places):
        if not nx.has_path(way, one.stop, other.stop):
            return explained(atlas, graph, what_if, one, other)
    return None


def whole_graph(atlas: Atlas, places: Sequence[Place]) -> nx.MultiGraph:
    """All nodes, segments and the connectors of these places; each edge has its link and km."""
    graph = nx.MultiGraph()
    graph.add_nodes_from(atlas.nodes.index)
    columns = ["from_node", "to_node", "computed_length_km"]
    for position, (start, end, km) in enumerate(atlas.segments[columns].itertuples(index=False, name=None)):
        graph.add_edge(start, end, link=(position, ""), km=float(km))
    for place in places:
        graph.add_node(place.stop)
        for one in connectors(atlas, place):
            graph.add_edge(place.stop, one.node_id, link=(NO_SEGMENT, one.node_id), km=one.straight_km)
    return graph


def open_links(atlas: Atlas, what_if: WhatIf) -> Callable[[Link], bool]:
    """Whether a link can be used."""
    is_open, shut = open_segments(atlas, what_if), shut_nodes(what_if)
    return lambda link: bool(is_open[link[0]]) if link[0] != NO_SEGMENT else link[1] not in shut


def parts(graph: nx.MultiGraph, is_open: Callable[[Link], bool]) -> nx.Graph:
    """The graph without the links that are not open; places stay."""
    part = nx.Graph()
    part.add_nodes_from(graph)
    part.add_edges_from((a, b) for a, b, link in graph.edges(data="link") if is_open(link))
    return part


def explained(atlas: Atlas, graph: nx.MultiGraph, what_if: WhatIf, start: Place, goal: Place) -> NoRoute:
    """What keeps these two apart."""
    is_open = open_links(atlas, what_if)
    closed = closures(atlas, what_if)
    running, stopped = in_use(atlas, what_if), touched_by(atlas, closed)

    def is_shut(link: Link) -> bool:
        return not is_open(link) and (link[0] == NO_SEGMENT or bool(running[link[0]]))

    def is_unbuilt(link: Link) -> bool:
        return link[0] != NO_SEGMENT and not running[link[0]] and not stopped[link[0]]

    reopened = missing(graph, start, goal, is_open, is_shut, by_km=False)
    built = missing(graph, start, goal, is_open, is_unbuilt, by_km=True)
    is_both = not reopened and not built
    if is_both:
        reopened = missing(graph, start, goal, is_open, lambda link: True, by_km=True)
        built = [link for link in reopened if link[0] != NO_SEGMENT and not running[link[0]]]
    way = parts(graph, is_open)
    pieces = (nx.node_connected_component(way, place.stop) for place in (start, goal))
    ids, corridors = atlas.segments.index, atlas.segments["corridor_ids"]
    return NoRoute(
        start,
        goal,
        *nearest_pair(atlas, *pieces),
        cut_by=tuple(key for key in closed if any(is_part(atlas, link, key) for link in reopened)),
        joined_by=tuple(ids[at] for at, _ in built),
        joined_corridors=tuple(dict.fromkeys(one for at, _ in built for one in corridors.iloc[at])),
        is_both=is_both and bool(reopened),
    )


def is_part(atlas: Atlas, link: Link, key: str) -> bool:
    """Whether a link belongs to what a key closes."""
    at, node = link
    return key == f"node:{node}" if at == NO_SEGMENT else bool(touched(atlas, key, "closed")[at])


def missing(
    graph: nx.MultiGraph,
    start: Place,
    goal: Place,
    is_open: Callable[[Link], bool],
    is_extra: Callable[[Link], bool],
    *,
    by_km: bool,
) -> list[Link]:
    """The extra links on the way that needs fewest of them, or fewest kilometres; [] where none leads."""
    light = nx.Graph()
    light.add_nodes_from(graph)
    for a, b, data in graph.edges(data=True):
        link, km = data["link"], data["km"]
        if is_open(link):
            weight = 1e-6 * km
        elif is_extra(link):
            weight = km if by_km else 1.0 + 1e-6 * km
        else:
            continue
        if not light.has_edge(a, b) or weight < light.edges[a, b]["weight"]:
            light.add_edge(a, b, weight=weight, link=link)
    try:
        nodes = nx.dijkstra_path(light, start.stop, goal.stop)
    except nx.NetworkXNoPath:
        return []
    links = (light.edges[a, b]["link"] for a, b in pairwise(nodes))
    return [link for link in links if not is_open(link)]


def nearest_pair(atlas: Atlas, one: set[str], other: set[str]) -> tuple[str, str, float]:
    """The two nodes of two pieces that are nearest to each other, and their distance in kilometres."""
    nodes = atlas.nodes[atlas.nodes["kind"].ne("shape")]
    here, there = (nodes[nodes.index.isin(piece)] for piece in (one, other))
    if len(here) * len(there) > MOST_PAIRS:
        ends = [
            on_sphere(*(side[column].to_numpy(float) for column in ("lon", "lat"))) for side in (here, there)
        ]
        ones, others = np.arange(len(here)), KDTree(ends[1]).query(ends[0])[1]
    else:
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
