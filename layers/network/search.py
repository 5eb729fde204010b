"""The cheapest chains of moves, and others that are genuinely different."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from layers.network.graph import NO_SEGMENT, Costs, Links, Move, Network, change, entered, fits, sails

BORDER_WEIGHT = 1e6
TIE_WEIGHT = 1e-6
"""Fewest borders, then least time; shortest, then least time. A million hours are longer than any route."""

MOST_SHARED = 0.7
"""Two routes are different when they share at most this part of the shorter one: of its hours, or of its
kilometres where the shortest are asked for. By hours a ship and the railway around the sea are two routes,
although most of the railway belongs to both.
"""

MOST_DETOUR = 2.0
"""A route that weighs so many times the best is no alternative to it."""

MOST_TRIED = 1_000
"""So many chains are made at most to find alternatives: on a big network most differ from the best one by a
detour over one place."""

CRITERIA = ("time", "distance", "borders")

Amount = float | np.ndarray

Chain = tuple[tuple[int, ...], ...]
"""The moves of a route, leg by leg."""


@dataclass(frozen=True, eq=False)
class Question:
    """A search: the stops to pass in order, and what moves and steps weigh by the criterion.

    A step weighs the change between its two moves and the second move; what is closed weighs inf. `country`
    gives the country of each node, `values` the assumptions.
    """

    network: Network
    costs: Costs
    stops: tuple[str, ...]
    criterion: str
    country: dict[str, str]
    values: dict[str, float]
    move_weight: np.ndarray
    step_weight: np.ndarray

    def change_weight(self, before: Move | None, after: Move | None) -> float:
        """What the change between two moves weighs; None for the start or the end."""
        hours = sum(self.values[one] for one in change(before, after, self.network.known))
        return float(weighed(self.criterion, 0.0, hours, entered(before, after, self.country)))


@dataclass(frozen=True, eq=False)
class Tree:
    """For each move the least weight up to it (or from it on), the move beside it and the step between them.

    A neighbour of -1 is none, one below that a move of the next leg: see `over`; of both there is no step.
    """

    weight: np.ndarray
    neighbour: list[int]
    step: np.ndarray


def over(move: int) -> int:
    """A move of the leg beside this one, written so that it is told from the moves of this one; and back."""
    return -2 - move


def weighed(criterion: str, km: Amount, hours: Amount, borders: Amount) -> Amount:
    """What kilometres, hours and borders weigh by a criterion."""
    if criterion == "time":
        return hours
    if criterion == "distance":
        return km + TIE_WEIGHT * hours
    return BORDER_WEIGHT * borders + hours


def question(
    network: Network,
    costs: Costs,
    is_open: np.ndarray,
    shut: frozenset[str],
    stops: tuple[str, ...],
    criterion: str,
    country: dict[str, str],
    values: dict[str, float],
) -> Question:
    """A search over the open segments and the connectors to all nodes but those that are shut."""
    usable = np.append(is_open, True)[network.segments]  # NO_SEGMENT is -1, the last
    for node in shut:
        usable[[*network.leaving.get(node, ()), *network.arriving.get(node, ())]] = False
    closed = np.where(usable, 0.0, math.inf)
    move_weight = weighed(criterion, costs.km, costs.hours, costs.borders) + closed
    ends = network.ends
    waits = weighed(criterion, 0.0, costs.step_hours, costs.step_borders)
    step_weight = waits + move_weight[ends[:, 1]] + closed[ends[:, 0]]
    return Question(network, costs, stops, criterion, country, values, move_weight, step_weight)


def grown(links: Links, step_weight: np.ndarray, starts: dict[int, tuple[float, int]]) -> Tree:
    """The tree of least weights from these moves (weight and neighbour of each), by Dijkstra's algorithm.

    Of two ways of the same weight it takes the one by the lighter neighbour, then by the one of the least
    number.
    """
    count = len(links.first) - 1
    begun = {move: start for move, start in starts.items() if start[0] < math.inf}
    weights = step_weight[links.steps]
    is_open = np.isfinite(weights)
    first = np.concatenate([[0], np.cumsum(is_open)])[links.first]
    steps, others, weights = links.steps[is_open], links.others[is_open], weights[is_open]
    graph = csr_array(
        (
            np.append(weights, [weight for weight, _ in begun.values()]),
            np.append(others, list(begun)).astype(np.int32),
            np.append(first, first[-1] + len(begun)).astype(np.int32),
        ),
        shape=(count + 1, count + 1),
    )  # the last row stands for the start
    weight, before = (one[:count] for one in dijkstra(graph, indices=count, return_predecessors=True))
    own = np.repeat(np.arange(count), np.diff(first))
    # Over a step without weight only SciPy's own tree is followed: other ones might lead in a circle.
    falls = (weight[own] < weight[others]) | (before[others] == own)
    leads = np.flatnonzero((weight[own] + weights == weight[others]) & np.isfinite(weight[others]) & falls)
    neighbour, step = np.full(count, -1), np.full(count, -1)
    best = leads[np.lexsort((own[leads], weight[own[leads]]))[::-1]]  # the last one that is written stays
    neighbour[others[best]], step[others[best]] = own[best], steps[best]
    for move, (lightest, beside) in begun.items():
        if lightest == weight[move]:
            neighbour[move], step[move] = beside, -1
    return Tree(weight, neighbour.tolist(), step)


def forward(asked: Question) -> list[Tree]:
    """One tree for each leg between two stops, from the first stop on: what it takes up to each move."""
    trees: list[Tree] = []
    for leg in range(len(asked.stops) - 1):
        starts = {}
        for number in asked.network.leaving.get(asked.stops[leg], ()):
            weight, beside = min(arrivals(asked, trees, leg, number), default=(math.inf, -1))
            starts[number] = weight + asked.move_weight[number], beside
        trees.append(grown(asked.network.ahead, asked.step_weight, starts))
    return trees


def arrivals(asked: Question, trees: list[Tree], leg: int, number: int) -> Iterator[tuple[float, int]]:
    """The ways to the first move of a leg: weight, and the last move of the leg before."""
    after = asked.network.moves[number]
    if leg == 0:
        if not sails(after) or after.sailed_from == asked.country[after.from_node]:
            yield asked.change_weight(None, after), -1
        return
    for last in asked.network.arriving.get(asked.stops[leg], ()):
        before = asked.network.moves[last]
        if trees[-1].weight[last] < math.inf and fits(before, after, asked.country):
            yield trees[-1].weight[last] + asked.change_weight(before, after), over(last)


def backward(asked: Question) -> list[Tree]:
    """One tree for each leg, from the last stop back: what it still takes after each move."""
    trees: list[Tree] = []
    for leg in reversed(range(len(asked.stops) - 1)):
        starts = {
            number: min(departures(asked, trees, leg, number), default=(math.inf, -1))
            for number in asked.network.arriving.get(asked.stops[leg + 1], ())
            if asked.move_weight[number] < math.inf
        }
        trees.append(grown(asked.network.back, asked.step_weight, starts))
    return trees[::-1]


def departures(asked: Question, trees: list[Tree], leg: int, number: int) -> Iterator[tuple[float, int]]:
    """The ways on from a move with which a leg ends: weight, and the first move of the next leg."""
    before = asked.network.moves[number]
    if leg == len(asked.stops) - 2:
        yield asked.change_weight(before, None), -1
        return
    for first in asked.network.leaving.get(asked.stops[leg + 1], ()):
        after = asked.network.moves[first]
        ahead = trees[-1].weight[first] + asked.move_weight[first]
        if ahead < math.inf and fits(before, after, asked.country):
            yield ahead + asked.change_weight(before, after), over(first)


def chains(asked: Question, most: int) -> list[Chain]:
    """The best chain of moves and up to so many in all that are different from each other, best first.

    Each alternative is the best chain through some one move, so it takes no needless turn.
    """
    ahead, behind = forward(asked), backward(asked)
    through = list(by_weight(ahead, behind))
    found: list[Chain] = []
    seen: set[tuple[int, int]] = set()
    tried = 0
    for weight, leg, move in through:
        if len(found) == most or tried == MOST_TRIED or (found and weight > MOST_DETOUR * through[0][0]):
            break
        if (leg, move) in seen:
            continue
        chain, tried = chain_through(ahead, behind, leg, move), tried + 1
        seen |= {(part, one) for part, moves in enumerate(chain) for one in moves}
        if not found or (is_plain(asked, chain) and all(differs(asked, chain, one) for one in found)):
            found.append(chain)
    return found


def by_weight(ahead: list[Tree], behind: list[Tree]) -> Iterator[tuple[float, int, int]]:
    """What the best chain through each move weighs, with its leg and the move, the lightest first; without
    those that weigh more than MOST_DETOUR times the best."""
    whole = np.array([one.weight + other.weight for one, other in zip(ahead, behind, strict=True)])
    heaviest = MOST_DETOUR * (whole.min(initial=math.inf) + 1e-6)  # of weights that are rounded below
    leg, move = np.nonzero(np.isfinite(whole) & (whole <= heaviest))
    weight = np.array([round(one, 6) for one in whole[leg, move].tolist()])
    for at in np.lexsort((move, leg, weight)).tolist():
        yield float(weight[at]), int(leg[at]), int(move[at])


def chain_through(ahead: list[Tree], behind: list[Tree], leg: int, move: int) -> Chain:
    """The best chain that uses a move on a leg."""
    before = list(followed(ahead, leg, move, -1))[::-1]
    after = list(followed(behind, leg, move, 1))[1:]
    return tuple(
        tuple(one for part, one in [*before, *after] if part == wanted) for wanted in range(len(ahead))
    )


def followed(trees: list[Tree], leg: int, move: int, turn: int) -> Iterator[tuple[int, int]]:
    """The legs and moves from a move to the root of the trees; `turn` is -1 to the start, 1 to the goal."""
    while move != -1:
        if move < -1:
            move, leg = over(move), leg + turn
        yield leg, move
        move = trees[leg].neighbour[move]


def is_plain(asked: Question, chain: Chain) -> bool:
    """Whether no leg of a chain comes twice to the same node."""
    moves = asked.network.moves
    legs = ([moves[leg[0]].from_node, *(moves[one].to_node for one in leg)] for leg in chain if leg)
    return all(len(set(nodes)) == len(nodes) for nodes in legs)


def differs(asked: Question, chain: Chain, other: Chain) -> bool:
    """Whether two chains share so little that they are two routes."""
    sizes = lengths if asked.criterion == "distance" else times
    one, two = sizes(asked, chain), sizes(asked, other)
    shared = sum(min(size, two[part]) for part, size in one.items() if part in two)
    return shared <= MOST_SHARED * min(sum(one.values()), sum(two.values()))


def lengths(asked: Question, chain: Chain) -> dict[object, float]:
    """The kilometres of a chain by segment, those of connectors by their two ends."""
    found: dict[object, float] = {}
    for number in (one for leg in chain for one in leg):
        move = asked.network.moves[number]
        link = move.segment if move.segment != NO_SEGMENT else frozenset((move.from_node, move.to_node))
        found[link] = found.get(link, 0.0) + float(asked.costs.km[number])
    return found


def times(asked: Question, chain: Chain) -> dict[object, float]:
    """The hours of a chain by segment, by the two countries of a border and by what changes in which country.

    Another port or border station of the same country is no other route, so neither counts by its place.
    """
    moves = [asked.network.moves[one] for leg in chain for one in leg]
    speed = {move.segment: asked.values[move.speed] for move in moves}
    found = {
        link: km / speed.get(link, asked.values["connector-speed"])
        for link, km in lengths(asked, chain).items()
    }
    waits = [((move.mode, *move.pair), move.border) for move in moves if move.border]
    for before, after in pairwise(moves):
        if ids := change(before, after, asked.network.known):
            waits.append(((*ids, asked.country.get(after.from_node, "")), ids))
    for wait, ids in waits:
        found[wait] = found.get(wait, 0.0) + sum(asked.values[one] for one in ids)
    return found
