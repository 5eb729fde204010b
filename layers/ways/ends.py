"""The places that two corridors have in common, between which they can be compared."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import geopandas as gpd
from pyproj import Geod

from layers.atlas import Atlas
from layers.contract.words import MODES
from layers.corridors import places, segments_of, with_branches
from layers.ways.routes import corridor_links, shortest

WGS84 = Geod(ellps="WGS84")
PAIRS_TRIED = 60
"""So many pairs of ends are tried, farthest first, before two corridors count as alike between them."""


@lru_cache(maxsize=256)
def common_places(atlas: Atlas, one: str, other: str) -> gpd.GeoDataFrame:
    """The nodes that are places and lie on both corridors, branches included."""
    nodes = places(atlas.nodes)
    return nodes[nodes.index.isin(nodes_of(atlas, one) & nodes_of(atlas, other))]


def nodes_of(atlas: Atlas, corridor_id: str) -> set[str]:
    """The nodes that a corridor and its branches pass."""
    own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id]))
    return {*own["from_node"], *own["to_node"]}


@lru_cache(maxsize=256)
def farthest_ends(atlas: Atlas, one: str, other: str) -> tuple[str, str] | None:
    """The two common places farthest apart between which both corridors lead, by different ways if they do.

    The western one comes last, as corridors are named from Asia to Europe; None where there are no two.
    """
    common = common_places(atlas, one, other)
    lon, lat = common["lon"].to_dict(), common["lat"].to_dict()
    apart_km = {
        (a, b): WGS84.inv(lon[a], lat[a], lon[b], lat[b])[2] for a, b in combinations(common.index, 2)
    }
    links = [corridor_links(atlas, corridor, frozenset(MODES)) for corridor in (one, other)]
    alike = None
    for tried, (a, b) in enumerate(sorted(apart_km, key=lambda pair: (-apart_km[pair], pair))):
        if alike and tried > PAIRS_TRIED:
            break
        start, goal = (a, b) if lon[a] >= lon[b] else (b, a)
        ways = [shortest(those, start, goal) for those in links]
        if None in ways:
            continue
        if ways[0] != ways[1]:
            return start, goal
        alike = alike or (start, goal)
    return alike
