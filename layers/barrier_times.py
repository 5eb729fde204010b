"""Hours of many ways at once, on a network in which single places may cost nothing.

The same search as that of layers.network, from many starts: see there how hours are counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from layers.atlas import Atlas
from layers.network.assumptions import assumptions_of
from layers.network.graph import Costs, Network, change, costs_of, countries_of, network_with, sails
from layers.network.nearest import starts
from layers.network.places import GATEWAYS, gateways_of, place_of
from layers.network.search import Question, question
from layers.network.whatif import AS_IT_IS, WhatIf, open_segments
from layers.regions import first_level, of_country

UZBEK, KAZAKH = "UZB", "KAZ"
PORT_IDS = ("port-hours", "ferry-wait-hours")
NOTHING = 1e-12
"""An edge of no hours; a sparse matrix takes zero for no edge."""


@dataclass(frozen=True)
class Eased:
    """Where the network counts no hours: for the change of gauge at nodes, in ports at nodes (the wait for a
    ship there included), at the border on segments (by position)."""

    gauge_nodes: tuple[str, ...] = ()
    port_nodes: tuple[str, ...] = ()
    border_segments: tuple[int, ...] = ()


UNCHANGED = Eased()


@dataclass(frozen=True)
class Asked:
    """A way to be timed: `kind` is a set of gateways, "pair" (of regions) or "corridor" (between two ends of
    a stated way). `start` is the key of a place; `goal` too, or the name of a set of gateways."""

    kind: str
    start: str
    goal: str


@lru_cache(maxsize=4)
def asked_ways(atlas: Atlas) -> tuple[Asked, ...]:
    """All centres of regions of the first level with each set of gateways, all pairs of an Uzbek and a Kazakh
    one, and the ends of the stated ways of the corridors, each once."""
    regions = first_level(atlas.regions)
    to_gateways = [Asked(name, f"region:{one}", name) for name in GATEWAYS for one in regions.index]
    uzbek, kazakh = (of_country(regions, country).index for country in (UZBEK, KAZAKH))
    pairs = [Asked("pair", f"region:{one}", f"region:{other}") for one in uzbek for other in kazakh]
    ends = atlas.corridor_variants[["from_node", "to_node"]].drop_duplicates()
    along = [Asked("corridor", f"node:{one}", f"node:{other}") for one, other in ends.to_numpy()]
    return (*to_gateways, *pairs, *along)


@lru_cache(maxsize=64)
def times(atlas: Atlas, what_if: WhatIf = AS_IT_IS, eased: Eased = UNCHANGED) -> pd.DataFrame:
    """One row per way of `asked_ways`, in their order: kind, start, goal (keys; of a set of gateways the one
    nearest) and hours of the best way under the stated assumptions, inf where none leads. Read-only.
    """
    regions = tuple(place_of(atlas, f"region:{one}") for one in first_level(atlas.regions).index)
    network, assumptions = network_with(atlas, regions), assumptions_of(atlas)
    costs = eased_costs(network, costs_of(network, assumptions), eased, assumptions.values)
    is_open, country = open_segments(atlas, what_if), countries_of(atlas)
    asked = question(network, costs, is_open, frozenset(), (), "time", country, assumptions.values)
    ways = asked_ways(atlas)
    # Ways are the same in both directions: those to gateways are searched from the gateways.
    origins = list(dict.fromkeys(one.kind if one.kind in GATEWAYS else one.start for one in ways))
    weight, before = searched(asked, [begun(atlas, asked, origin, eased) for origin in origins])
    row_of = {origin: row for row, origin in enumerate(origins)}
    rows = []
    for one in ways:
        is_set = one.kind in GATEWAYS
        row = row_of[one.kind if is_set else one.start]
        hours, last = ended(asked, weight[row], one.start if is_set else one.goal, eased)
        goal = f"node:{first_node(network, before[row], last)}" if is_set and last >= 0 else one.goal
        rows.append((one.kind, one.start, goal, hours))
    return pd.DataFrame(rows, columns=["kind", "start", "goal", "hours"])


def eased_costs(network: Network, costs: Costs, eased: Eased, values: dict[str, float]) -> Costs:
    """The costs of moves and steps without the hours that are taken away."""
    if eased == UNCHANGED:
        return costs
    hours, step_hours = costs.hours.copy(), costs.step_hours.copy()
    for number, move in enumerate(network.moves):
        if move.segment in eased.border_segments:
            hours[number] -= sum(values[one] for one in move.border)
    for step, ids in network.step_ids.items():
        node = network.moves[network.ends[step, 0]].to_node
        step_hours[step] -= sum(values[one] for one in ids if is_eased(one, node, eased))
    return replace(costs, hours=hours, step_hours=step_hours)


def is_eased(assumption_id: str, node: str, eased: Eased) -> bool:
    """Whether the hours of an assumption are taken away at a node."""
    if assumption_id.startswith("gauge-change-hours"):
        return node in eased.gauge_nodes
    return node in eased.port_nodes and assumption_id in PORT_IDS


def begun(atlas: Atlas, asked: Question, origin: str, eased: Eased) -> dict[int, float]:
    """The moves that leave a place or a set of gateways, with the hours up to the end of each."""
    if origin.startswith("region:"):
        return {one: asked.move_weight[one] for one in asked.network.leaving.get(origin, ())}
    found = {}
    for number, (hours, _) in starts(asked, gateways_of(atlas, origin)).items():
        move = asked.network.moves[number]
        is_free = sails(move) and move.from_node in eased.port_nodes
        found[number] = asked.move_weight[number] if is_free else hours
    return found


def ended(asked: Question, weight: np.ndarray, place: str, eased: Eased) -> tuple[float, int]:
    """Hours to a place, what it takes to unload there included, and the last move; inf and -1 for no way."""
    network, best = asked.network, (math.inf, -1)
    node = place.removeprefix("node:")
    for number in network.arriving.get(node, ()):
        ids = change(network.moves[number], None, network.known)
        left = sum(asked.values[one] for one in ids if not is_eased(one, node, eased))
        best = min(best, (float(weight[number]) + left, number))
    return best if best[0] < math.inf else (math.inf, -1)


def searched(asked: Question, begins: list[dict[int, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Hours to the end of each move from each of the beginnings, and the move before it on the best way."""
    network, size = asked.network, len(asked.network.moves)
    ends = network.ends
    own = [(size + row, one, hours) for row, begin in enumerate(begins) for one, hours in begin.items()]
    more = np.array(own, dtype=float).reshape(-1, 3)
    rows = np.concatenate([ends[:, 0], more[:, 0]]).astype(int)
    columns = np.concatenate([ends[:, 1], more[:, 1]]).astype(int)
    hours = np.maximum(np.concatenate([asked.step_weight, more[:, 2]]), NOTHING)
    usable, total = np.isfinite(hours), size + len(begins)
    graph = csr_array((hours[usable], (rows[usable], columns[usable])), shape=(total, total))
    found, before = dijkstra(graph, indices=np.arange(size, total), return_predecessors=True)
    return found[:, :size], before


def first_node(network: Network, before: np.ndarray, number: int) -> str:
    """The node that the best way to the end of a move leaves first."""
    while 0 <= before[number] < len(network.moves):
        number = before[number]
    return network.moves[number].from_node
