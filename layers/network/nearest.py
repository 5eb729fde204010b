"""How far each region is from its nearest gateway, and what a change of the network does to that."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.network.assumptions import Assumptions
from layers.network.graph import (
    change,
    costs_of,
    countries_of,
    entered,
    network_with,
    sails,
)
from layers.network.places import Place, gateways_of, place_of
from layers.network.refusals import Refused
from layers.network.search import Question, Tree, grown, question
from layers.network.whatif import AS_IT_IS, WhatIf, open_segments, shut_nodes

MEASURES = {"hours": "time", "km": "distance", "borders": "borders"}
"""What a region's reach is measured in, and the criterion by which its nearest gateway is chosen."""

COLUMNS = ("hours", "km", "borders")


@lru_cache(maxsize=64)
def reach(
    atlas: Atlas,
    gateways: str,
    assumptions: Assumptions,
    what_if: WhatIf = AS_IT_IS,
    measure: str = "hours",
) -> pd.DataFrame:
    """One row per region, in the order of the table: value (by the measure), gateway (a node_id), hours, km
    and borders of the best way from its centre to the gateway nearest by the measure.

    `gateways` is a name of GATEWAYS or one node ("node:poti"). NaN and "" where no gateway can be reached.
    Ways are the same in both directions, so they are searched from the gateways. Read-only.
    """
    return reach_of_nodes(atlas, gateways_of(atlas, gateways), assumptions, what_if, measure)


def reach_of_nodes(
    atlas: Atlas,
    nodes: tuple[str, ...],
    assumptions: Assumptions,
    what_if: WhatIf = AS_IT_IS,
    measure: str = "hours",
) -> pd.DataFrame:
    """The same to the nearest of these nodes."""
    if measure not in MEASURES:
        raise Refused("unknown-criterion", criterion=measure)
    regions = tuple(place_of(atlas, f"region:{region_id}") for region_id in atlas.regions.index)
    network = network_with(atlas, regions)
    costs = costs_of(network, assumptions)
    asked = question(
        network,
        costs,
        open_segments(atlas, what_if),
        shut_nodes(what_if),
        (),
        MEASURES[measure],
        countries_of(atlas),
        assumptions.values,
    )
    tree = grown(network.ahead, asked.step_weight, starts(asked, nodes))
    rows = [row(asked, tree, region) for region in regions]
    found = pd.DataFrame(rows, columns=["gateway", *COLUMNS], index=atlas.regions.index)
    return found.assign(value=found[measure])[["value", "gateway", *COLUMNS]]


def starts(asked: Question, nodes: tuple[str, ...]) -> dict[int, tuple[float, int]]:
    """The moves that leave the gateways, with what it takes to the end of each."""
    found: dict[int, tuple[float, int]] = {}
    for number in (one for node in nodes for one in asked.network.leaving.get(node, ())):
        move = asked.network.moves[number]
        if sails(move) and move.sailed_from != asked.country[move.from_node]:
            continue
        found[number] = asked.change_weight(None, move) + asked.move_weight[number], -1
    return found


def row(asked: Question, tree: Tree, region: Place) -> tuple[str, float, float, float]:
    """The gateway nearest to a region, and hours, kilometres and borders on the way."""
    ends = [(tree.weight[number], number) for number in asked.network.arriving.get(region.key, ())]
    weight, last = min(ends, default=(math.inf, -1))
    if weight == math.inf:
        return "", math.nan, math.nan, math.nan
    chain = [last]
    while tree.neighbour[chain[-1]] >= 0:
        chain.append(tree.neighbour[chain[-1]])
    chain.reverse()
    gateway = asked.network.moves[chain[0]].from_node
    return gateway, *totals(asked, tree, np.array(chain))


def totals(asked: Question, tree: Tree, numbers: np.ndarray) -> tuple[float, float, float]:
    """Hours, kilometres and borders of a chain of moves, from the root of a tree on."""
    network, costs = asked.network, asked.costs
    costly = 1 + np.flatnonzero(network.costly_steps[tree.step[numbers[1:]]])
    between = ((network.moves[numbers[at - 1]], network.moves[numbers[at]]) for at in costly)
    steps = [(None, network.moves[numbers[0]]), *between, (network.moves[numbers[-1]], None)]
    waits = sum(asked.values[one] for step in steps for one in change(*step, network.known))
    landings = sum(entered(*step, asked.country) for step in steps)
    return (
        float(costs.hours[numbers].sum() + waits),
        float(costs.km[numbers].sum()),
        float(costs.borders[numbers].sum()) + landings,
    )


def reach_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What became of each region's reach: before, after, difference (after less before), gateway_before,
    gateway_after and kind, those that gain most first.

    kind is nearer, further, same, joined (no gateway before) or cut (none after). Where one of the two is
    not known the difference is NaN.
    """
    both = pd.DataFrame(
        {
            "before": before["value"],
            "after": after["value"],
            "difference": after["value"] - before["value"],
            "gateway_before": before["gateway"],
            "gateway_after": after["gateway"],
        }
    )
    gained = both["before"].isna() & both["after"].notna()
    lost = both["before"].notna() & both["after"].isna()
    changed = both["difference"].abs().gt(1e-6)
    kind = np.select(
        [gained, lost, changed & both["difference"].lt(0), changed],
        ["joined", "cut", "nearer", "further"],
        "same",
    )
    order = pd.Series(kind, index=both.index).map(["joined", "nearer", "same", "further", "cut"].index)
    both = both.assign(kind=kind, order=order)
    return both.sort_values(["order", "difference"], kind="stable").drop(columns="order")
