"""The ways that corridors state as their variants, and the shortest way between two nodes of a corridor."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise

import pandas as pd

from layers.atlas import Atlas
from layers.contract.words import MODES
from layers.corridors import segments_of, with_branches
from layers.ways.way import Way, way_of

Links = dict[str, list[tuple[float, str, str]]]
"""For each node the segments that leave it: kilometres, the node at the other end, segment_id."""


def variants_of(atlas: Atlas, corridor_id: str) -> pd.DataFrame:
    """The rows of corridor_variants that a corridor has, for a parent those of its branches too."""
    own = with_branches(atlas.corridors, [corridor_id])
    return atlas.corridor_variants[atlas.corridor_variants["corridor_id"].isin(own)]


@lru_cache(maxsize=256)
def variant_way(atlas: Atlas, variant_id: str) -> Way:
    """The shortest way of a variant through its via_nodes, by its modes, along its corridor; KeyError for an
    unknown variant.
    """
    variant = atlas.corridor_variants.loc[variant_id]
    nodes = (variant["from_node"], *variant["via_nodes"], variant["to_node"])
    way = way_through(atlas, variant["corridor_id"], nodes, variant["modes"])
    if way is None:
        raise ValueError(f"{variant_id} does not lead through")
    return way


def way_between(atlas: Atlas, corridor_id: str, from_node: str, to_node: str) -> Way | None:
    """The shortest way along the corridor's own segments, None where they do not join the two nodes."""
    return way_through(atlas, corridor_id, (from_node, to_node))


@lru_cache(maxsize=256)
def way_through(
    atlas: Atlas, corridor_id: str, nodes: tuple[str, ...], modes: tuple[str, ...] = MODES
) -> Way | None:
    """The shortest way along a corridor by these modes through these nodes in order; None if none leads."""
    links = corridor_links(atlas, corridor_id, frozenset(modes))
    chain: list[str] = []
    for start, goal in pairwise(nodes):
        part = shortest(links, start, goal)
        if part is None:
            return None
        chain += part
    return way_of(atlas, chain, nodes[0])


@lru_cache(maxsize=64)
def corridor_links(atlas: Atlas, corridor_id: str, modes: Collection[str]) -> Links:
    """The links of a corridor by these modes, for a parent those of its branches too."""
    own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id]))
    own = own[own["mode"].isin(modes)]
    links: Links = {}
    rows = own[["from_node", "to_node", "computed_length_km"]].to_dict("list")
    for segment_id, start, end, km in zip(own.index.tolist(), *rows.values(), strict=True):
        links.setdefault(start, []).append((km, end, segment_id))
        links.setdefault(end, []).append((km, start, segment_id))
    return links


def shortest(links: Links, start: str, goal: str) -> list[str] | None:
    """The segments of the shortest way between two nodes (Dijkstra); [] to where one is, None if no way."""
    if start not in links or goal not in links:
        return None
    came_by: dict[str, tuple[str, str]] = {}
    waiting = [(0.0, start, "", "")]
    while waiting:
        km, node, before, segment_id = heapq.heappop(waiting)
        if node in came_by:
            continue
        came_by[node] = before, segment_id
        if node == goal:
            return list(walked(came_by, goal))[::-1]
        for length_km, other, by in links[node]:
            if other not in came_by:
                heapq.heappush(waiting, (km + length_km, other, node, by))
    return None


def walked(came_by: dict[str, tuple[str, str]], goal: str) -> Iterator[str]:
    """The segments back from the goal to the start."""
    node, segment_id = came_by[goal]
    while segment_id:
        yield segment_id
        node, segment_id = came_by[node]
