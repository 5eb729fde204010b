"""The barriers on the corridors: where they are, what stands behind them, and which routes they lengthen.

What a barrier costs is computed on the network with what it counts at that place taken away: the hours of
waiting at a border or at a change of gauge, the hours in a port, a line that is not open, a closed crossing.
Where the network counts nothing of a kind (sanctions, tariffs, documents …) there is no effect to compute.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import lru_cache

import networkx as nx
import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.barrier_times import UNCHANGED, Eased, times
from layers.corridors import segments_of, with_branches
from layers.nearby import NEIGHBOUR_KM, geodesic_km
from layers.network.assumptions import assumptions_of
from layers.network.graph import Move, Network, network_of
from layers.network.whatif import AS_IT_IS, WhatIf, open_segments
from layers.projects import named

CARRYING = ("transport", "logistics", "trade")
"""Sectors of projects that can bear on how goods move."""

SILENT = ("documents", "tariff", "sanctions", "security", "sea-level")
"""Kinds of barriers of which the network counts nothing."""

MOST_SEGMENTS = 10_000
"""On a network of more segments effects are not computed: all of them together would take minutes."""

LEAST_HOURS = 0.05
"""A way that gets shorter by less is as long as before."""


@dataclass(frozen=True)
class Removal:
    """What is taken away of a barrier, and what the network is like before.

    `what` is gauge, border, gauge-in-border, port, closed, link, bypass or corridor. `opened` are keys of
    links opened for it; `beforehand` those that must be open for the barrier to count at all, as where a
    line is not built yet. `hours` are what the network counts there: of the change of gauge once, of the two
    sides of a border, of a port with the wait for a ship.
    """

    what: str
    opened: tuple[str, ...] = ()
    beforehand: tuple[str, ...] = ()
    eased: Eased = UNCHANGED
    hours: float = 0.0


@dataclass(frozen=True, eq=False)
class Effect:
    """What becomes of the ways of `layers.barrier_times.asked_ways` without a barrier.

    `ways` are those that get shorter, those that gain most first: kind, start, goal, before, after and gained
    (hours; before and gained are inf where there is no way today).
    """

    removal: Removal
    ways: pd.DataFrame

    def of(self, *kinds: str) -> pd.DataFrame:
        """The ways of some kinds that get shorter."""
        return self.ways[self.ways["kind"].isin(kinds)]


@dataclass(frozen=True)
class Untold:
    """Why the network says nothing of a barrier: a kind of SILENT, whole-corridor, nothing-counted,
    gauge-unknown or big-network."""

    why: str


def country_of(atlas: Atlas) -> pd.Series:
    """The country of each barrier's place, "" for a barrier of a whole corridor."""
    nodes = atlas.barriers["node_id"]
    return nodes.map(atlas.nodes["country_iso3"]).fillna("").astype(str)


def family_of(atlas: Atlas, corridor_id: str) -> tuple[str, ...]:
    """A corridor with its branches and the one it is a branch of."""
    parent = atlas.corridors.at[corridor_id, "parent_id"]
    return tuple(
        dict.fromkeys((*with_branches(atlas.corridors, [corridor_id]), *([parent] if parent else [])))
    )


def projects_behind(atlas: Atlas, barrier_id: str) -> pd.DataFrame:
    """The single projects of transport, logistics or trade on the corridor of a barrier.

    That one of them would take the barrier away is not said by any column.
    """
    rows = named(atlas.projects)
    on_it = rows["corridor_id"].isin(family_of(atlas, atlas.barriers.at[barrier_id, "corridor_id"]))
    carries = rows["sectors"].map(lambda codes: not set(CARRYING).isdisjoint(codes)).astype(bool)
    return rows[on_it & carries]


def sites_near(atlas: Atlas, barrier_id: str) -> pd.DataFrame:
    """The sites at most NEIGHBOUR_KM from the place of a barrier, nearest first, with distance_km."""
    node_id = atlas.barriers.at[barrier_id, "node_id"]
    if not node_id or atlas.sites.empty:
        return atlas.sites.iloc[:0].assign(distance_km=[])
    here = atlas.nodes.geometry[node_id]
    sites = atlas.sites.assign(
        distance_km=geodesic_km(atlas.sites.geometry.x, atlas.sites.geometry.y, here.x, here.y)
    )
    return sites[sites["distance_km"] <= NEIGHBOUR_KM].sort_values("distance_km", kind="stable")


def crossings_at(atlas: Atlas, barrier_id: str) -> pd.DataFrame:
    """The crossings at the place of a barrier."""
    node_id = atlas.barriers.at[barrier_id, "node_id"]
    return atlas.crossings[atlas.crossings["node_id"].eq(node_id) & (node_id != "")]


@lru_cache(maxsize=256)
def removal_of(atlas: Atlas, barrier_id: str) -> Removal | Untold:
    """What of the network is taken away with a barrier, by its kind and what lies at its place."""
    row = atlas.barriers.loc[barrier_id]
    kind, node_id = row["kind"], row["node_id"]
    if kind in SILENT:
        return Untold(kind)
    if not node_id:
        return Untold("whole-corridor")
    if kind == "gauge-break":
        return gauge_removal(atlas, node_id, row["corridor_id"])
    if kind == "missing-link":
        return link_removal(atlas, node_id, row["corridor_id"])
    return wait_removal(atlas, node_id)


def gauge_removal(atlas: Atlas, node_id: str, corridor_id: str) -> Removal | Untold:
    """The change of gauge at a place, or at the other end of a line that leads from it over a border."""
    network = network_of(atlas)
    for node in (node_id, *over_border(network, node_id)):
        steps = [number for number in steps_at(network, node) if is_gauge(network, number)]
        if not steps:
            continue
        values = assumptions_of(atlas).values
        hours = max(sum(values[one] for one in network.step_ids[number]) for number in steps)
        if not hours:  # the hours at the border hold the change of gauge
            return border_removal(atlas, node_id, "gauge-in-border")
        segments = {network.moves[end].segment for number in steps for end in network.ends[number]}
        is_open = open_segments(atlas, AS_IT_IS)
        needs = () if all(is_open[one] for one in segments) else (f"corridor:{corridor_id}",)
        return Removal("gauge", beforehand=needs, eased=Eased(gauge_nodes=(node,)), hours=float(hours))
    return Untold("gauge-unknown")


def link_removal(atlas: Atlas, node_id: str, corridor_id: str) -> Removal | Untold:
    """The lines of a corridor that are not open, as far as they hang together at a place; where none begins
    there, those that hang together nearest to it."""
    groups = missing_groups(atlas, corridor_id)
    if not groups:
        return Untold("nothing-counted")
    ends = atlas.segments[["from_node", "to_node"]]
    own = next((one for one in groups if node_id in ends.loc[list(one)].to_numpy()), None)
    chosen = own or min(groups, key=lambda one: distance_to(atlas, node_id, one))
    return Removal("link", opened=tuple(f"segment:{one}" for one in chosen))


def wait_removal(atlas: Atlas, node_id: str) -> Removal | Untold:
    """What the network counts at a place: a closed crossing, a port, a border; or a way round it to come."""
    here = atlas.crossings[atlas.crossings["node_id"].eq(node_id)]
    closed = here.index[here["status"].eq("closed")]
    if len(closed):
        return Removal("closed", opened=tuple(f"crossing:{one}" for one in closed))
    if atlas.nodes.at[node_id, "kind"] == "port":
        return port_removal(atlas, node_id)
    if found := bypasses(atlas, node_id):
        return Removal("bypass", opened=tuple(f"segment:{one}" for one in found))
    return border_removal(atlas, node_id, "border")


def border_removal(atlas: Atlas, node_id: str, what: str) -> Removal | Untold:
    """The waiting on lines in operation that lead from a place over a border, on those of its crossing if it
    has one."""
    network, is_open = network_of(atlas), open_segments(atlas, AS_IT_IS)
    crossing = atlas.crossings[atlas.crossings["node_id"].eq(node_id)]["segment_ids"]
    own = {one for ids in crossing for one in ids}
    ids = atlas.segments.index
    waiting = {
        move.segment: move.border
        for move in moves_at(network, node_id)
        if move.border and is_open[move.segment] and (not own or ids[move.segment] in own)
    }
    if not waiting:
        return Untold("nothing-counted")
    values = assumptions_of(atlas).values
    hours = max(sum(values[one] for one in border) for border in waiting.values())
    return Removal(what, eased=Eased(border_segments=tuple(sorted(waiting))), hours=float(hours))


def port_removal(atlas: Atlas, node_id: str) -> Removal:
    """The handling of goods in a port and the wait for a ship there."""
    values = assumptions_of(atlas).values
    hours = values.get("port-hours", 0.0) + values.get("ferry-wait-hours", 0.0)
    return Removal("port", eased=Eased(port_nodes=(node_id,)), hours=float(hours))


def over_border(network: Network, node_id: str) -> tuple[str, ...]:
    """The other ends of the lines that lead from a place over a border."""
    moves = (network.moves[number] for number in network.leaving.get(node_id, ()))
    return tuple(dict.fromkeys(move.to_node for move in moves if move.pair))


def moves_at(network: Network, node_id: str) -> list[Move]:
    """The moves to and from a place."""
    numbers = {*network.leaving.get(node_id, ()), *network.arriving.get(node_id, ())}
    return [network.moves[one] for one in sorted(numbers)]


def steps_at(network: Network, node_id: str) -> list[int]:
    """The numbers of the steps between two moves that meet at a place."""
    links = network.ahead
    befores = network.arriving.get(node_id, ())
    return [int(step) for one in befores for step in links.steps[links.first[one] : links.first[one + 1]]]


def is_gauge(network: Network, step: int) -> bool:
    """Whether a step is a change of gauge."""
    return any(one.startswith("gauge-change") for one in network.step_ids.get(step, ()))


@lru_cache(maxsize=64)
def missing_groups(atlas: Atlas, corridor_id: str) -> tuple[tuple[str, ...], ...]:
    """The segments of a corridor that are not open, grouped as they hang together."""
    rows = segments_of(atlas.segments[~open_segments(atlas, AS_IT_IS)], [corridor_id])
    graph = nx.MultiGraph()
    for one, start, end in rows[["from_node", "to_node"]].itertuples(name=None):
        graph.add_edge(start, end, segment_id=one)
    parts = nx.connected_components(graph)
    return tuple(
        tuple(sorted({one for *_, one in graph.subgraph(part).edges(data="segment_id")})) for part in parts
    )


def distance_to(atlas: Atlas, node_id: str, segment_ids: tuple[str, ...]) -> float:
    """Kilometres from a place to the nearest end of these segments."""
    rows = atlas.segments.loc[list(segment_ids)]
    ends = atlas.nodes.loc[[*rows["from_node"], *rows["to_node"]]]
    here = atlas.nodes.loc[node_id]
    return float(np.min(geodesic_km(ends["lon"], ends["lat"], here["lon"], here["lat"])))


def bypasses(atlas: Atlas, node_id: str) -> tuple[str, ...]:
    """The lines to come that join two neighbours of a place and so lead round it."""
    segments = atlas.segments
    at = segments["from_node"].eq(node_id) | segments["to_node"].eq(node_id)
    around = set(segments.loc[at, ["from_node", "to_node"]].to_numpy().ravel()) - {node_id}
    rows = segments[~at & ~open_segments(atlas, AS_IT_IS)]
    joins = rows["from_node"].isin(around) & rows["to_node"].isin(around)
    return tuple(rows.index[joins])


# Key: the atlas (one object a data version) and the barrier; an old version leaves the cache by disuse.
@lru_cache(maxsize=256)
def effect_of(atlas: Atlas, barrier_id: str) -> Effect | Untold:
    """What becomes of the ways without a barrier. Where a missing link alone shortens nothing, all lines of
    its corridor are opened with it (`what` is then corridor)."""
    removal = removal_of(atlas, barrier_id)
    if isinstance(removal, Untold):
        return removal
    if len(atlas.segments) > MOST_SEGMENTS:
        return Untold("big-network")
    found = computed(atlas, removal)
    if len(found.ways) or removal.what != "link":
        return found
    corridor = f"corridor:{atlas.barriers.at[barrier_id, 'corridor_id']}"
    return computed(atlas, replace(removal, what="corridor", opened=(corridor,)))


def computed(atlas: Atlas, removal: Removal) -> Effect:
    """The ways that a removal makes shorter."""
    before = times(atlas, WhatIf(opened=removal.beforehand))
    after = times(atlas, WhatIf(opened=(*removal.beforehand, *removal.opened)), removal.eased)
    both = after.rename(columns={"hours": "after"}).assign(before=before["hours"])
    both = both.assign(gained=both["before"] - both["after"].where(np.isfinite(both["after"])))
    both = both[both["gained"].gt(LEAST_HOURS)]
    return Effect(removal, both.sort_values("gained", ascending=False, kind="stable", ignore_index=True))


THREAD = "barriers"

_known: dict[Atlas, dict[str, Effect | Untold]] = {}
_lock = threading.Lock()


def effects(atlas: Atlas) -> dict[str, Effect | Untold]:
    """The effects of all barriers, as far as they are known; the first call starts to compute them beside
    the requests, in a third of a second, and returns at once."""
    with _lock:
        if atlas not in _known:
            for old in list(_known)[:-1]:
                del _known[old]
            _known[atlas] = {}
            threading.Thread(target=_compute_all, args=(atlas,), name=THREAD, daemon=True).start()
        return dict(_known[atlas])


def _compute_all(atlas: Atlas) -> None:
    for barrier_id in atlas.barriers.index:
        found = effect_of(atlas, barrier_id)
        with _lock:
            if atlas in _known:
                _known[atlas][barrier_id] = found
