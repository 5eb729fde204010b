"""Kilometres along the network from the sites, over lines in operation: to nodes, corridors and crossings.

The same kilometres as the shortest route of layers.network, but to all nodes at once; a site joins the lines
between them by the connectors of its routes.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from layers.atlas import Atlas
from layers.corridors import segments_of, with_branches
from layers.network import assumptions_of, place_of
from layers.network.places import connectors
from layers.network.whatif import AS_IT_IS, open_segments

DETOUR = "connector-detour"
"""The assumption on how much longer a road to the network is than the straight line."""


@lru_cache(maxsize=2)
def open_lines(atlas: Atlas) -> csr_array:
    """Kilometres of the open lines from node to node, both by position in the table."""
    lines = atlas.segments[open_segments(atlas, AS_IT_IS)]
    nodes = atlas.nodes.index
    links = pd.DataFrame(
        {
            "start": nodes.get_indexer(lines["from_node"]),
            "end": nodes.get_indexer(lines["to_node"]),
            "km": lines["computed_length_km"].to_numpy(float),
        }
    )
    # Of two lines between the same nodes the shorter one counts; a sparse table would add them up.
    links = links.assign(
        start=links[["start", "end"]].min(axis=1), end=links[["start", "end"]].max(axis=1)
    ).sort_values("km", kind="stable")
    links = links.drop_duplicates(["start", "end"])
    ends = links["start"], links["end"]
    return coo_array((links["km"], ends), shape=(len(nodes), len(nodes))).tocsr()


@lru_cache(maxsize=32)
def km_to_nodes(atlas: Atlas, site_id: str) -> pd.Series:
    """Kilometres from a site to every node along the network, by node_id; inf where no way leads.

    The road to the network is the straight line times the assumed detour.
    """
    detour, nodes = assumptions_of(atlas).values[DETOUR], atlas.nodes.index
    joined = connectors(atlas, place_of(atlas, f"site:{site_id}"))
    if not joined:
        return pd.Series(np.inf, index=nodes)
    from_nodes = nodes.get_indexer([one.node_id for one in joined])
    between = dijkstra(open_lines(atlas), directed=False, indices=from_nodes)
    road_km = np.array([detour * one.straight_km for one in joined])
    return pd.Series((road_km[:, None] + between).min(axis=0), index=nodes)


def km_to(atlas: Atlas, site_id: str, key: str) -> float:
    """Kilometres from a site along the network to a thing: "node:poti", "crossing:X09", "corridor:btk".

    A corridor is reached at the nearest place on its open lines, a crossing at its node, or where it has none
    at the nearer end of its lines. NaN where no open way leads there.
    """
    km = km_to_nodes(atlas, site_id).reindex(nodes_of(atlas, key)).min()
    return float(km) if np.isfinite(km) else float("nan")


@lru_cache(maxsize=512)
def nodes_of(atlas: Atlas, key: str) -> tuple[str, ...]:
    """The nodes at which a thing is reached; KeyError for an unknown thing."""
    kind, _, one = key.partition(":")
    if kind == "node":
        return (one,)
    segments = atlas.segments
    if kind == "crossing":
        crossing = atlas.crossings.loc[one]
        if crossing["node_id"]:
            return (crossing["node_id"],)
        lines = segments.loc[list(crossing["segment_ids"])]
    else:
        lines = segments_of(
            segments[open_segments(atlas, AS_IT_IS)],
            with_branches(atlas.corridors, [atlas.corridors.loc[one].name]),
        )
        lines = lines[lines["mode"].ne("sea")]
    return tuple(dict.fromkeys([*lines["from_node"], *lines["to_node"]]))
