"""The network as moves: every segment in each direction, and what it costs to go over from one to the next.

A route is a chain of moves. Changes of gauge, mode or carrier happen between two moves, so they are costs of
the step from one move to the next, and the cheapest chain is exact. A ship keeps in mind the country that it
left: it enters another one where its cargo comes ashore, not where it calls or at a waypoint.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from layers.atlas import Atlas
from layers.network.assumptions import Assumptions, most_special
from layers.network.places import Place, connectors
from layers.network.whatif import OPEN

NO_SEGMENT = -1


class Move(NamedTuple):
    """One segment in one direction, or a connector (segment NO_SEGMENT).

    `segment` is the position in the table; `straight_km` is 0 but for connectors, whose kilometres are the
    straight line times connector-detour; `gauge_mm` 0 is not known or none. `speed` and `border` name
    assumptions. `sailed_from` is the country that a ship left; `is_lake` a ferry within one country.
    """

    segment: int
    from_node: str
    to_node: str
    mode: str
    km: float
    speed: str
    straight_km: float = 0.0
    gauge_mm: int = 0
    borders: int = 0
    border: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    sailed_from: str = ""
    is_lake: bool = False


@dataclass(frozen=True, eq=False)
class Network:
    """All moves and the steps between them.

    `ends` holds the two moves of each step and `step_ids` the assumptions that its hours are the sum of,
    where there are any; `landings` are the steps by which a country is entered from the sea; `leaving` and
    `arriving` list the moves of each node. `known` are the ids of all assumptions. The moves and steps of
    `base` come first.
    """

    moves: tuple[Move, ...]
    ends: np.ndarray
    step_ids: Mapping[int, tuple[str, ...]]
    landings: tuple[int, ...]
    leaving: Mapping[str, tuple[int, ...]]
    arriving: Mapping[str, tuple[int, ...]]
    known: frozenset[str]
    base: Network | None = None

    @cached_property
    def segments(self) -> np.ndarray:
        """The segment of each move."""
        return np.array([move.segment for move in self.moves], dtype=int)

    @cached_property
    def costly_steps(self) -> np.ndarray:
        """Whether each step takes hours or enters a country."""
        found = np.zeros(len(self.ends), dtype=bool)
        found[[*self.step_ids, *self.landings]] = True
        return found

    @cached_property
    def ahead(self) -> Links:
        """The steps by the move that they begin with."""
        return Links.of(self.ends[:, 0], self.ends[:, 1], len(self.moves))

    @cached_property
    def back(self) -> Links:
        """The steps by the move that they end with."""
        return Links.of(self.ends[:, 1], self.ends[:, 0], len(self.moves))


@dataclass(frozen=True, eq=False)
class Links:
    """For each move the steps from it: those at `first[move]` up to `first[move + 1]`, each with its number
    (`steps`) and the move to which it leads (`others`)."""

    first: np.ndarray
    steps: np.ndarray
    others: np.ndarray

    @classmethod
    def of(cls, moves: np.ndarray, others: np.ndarray, count: int) -> Links:
        """The links of steps from these moves to others, of so many moves."""
        steps = np.argsort(moves, kind="stable").astype(np.int32)
        first = np.concatenate([[0], np.cumsum(np.bincount(moves, minlength=count))])
        return cls(first, steps, others[steps])


@lru_cache(maxsize=2)
def network_of(atlas: Atlas) -> Network:
    """The network of all segments, whatever their status."""
    known = frozenset(atlas.assumptions.index)
    return assembled(tuple(segment_moves(atlas, known)), atlas, known)


@lru_cache(maxsize=4)
def network_with(atlas: Atlas, places: tuple[Place, ...]) -> Network:
    """The network with connectors to and from these places."""
    base = network_of(atlas)
    extra = tuple(move for place in places for move in connector_moves(atlas, place, base.known))
    return extended(base, extra, atlas) if extra else base


def segment_moves(atlas: Atlas, known: frozenset[str]) -> Iterator[Move]:
    """Both moves of each segment; of a sea segment those for every country that a ship may come from."""
    country = countries_of(atlas)
    sea: list[Move] = []
    columns = ["from_node", "to_node", "mode", "status", "gauge_mm", "computed_length_km"]
    rows = atlas.segments[columns].fillna({"gauge_mm": 0})
    for position, row in enumerate(rows.itertuples(index=False, name=None)):
        start, end, mode, status, gauge, km = row
        here, there = country[start], country[end]
        lake = mode == "sea" and here == there != ""
        shared = {"segment": position, "mode": mode, "km": float(km), "is_lake": lake}
        if mode == "sea" and not lake:
            ends = ((start, end), (end, start))
            sea += [Move(from_node=a, to_node=b, speed="sea-speed", **shared) for a, b in ends]
            continue
        crosses = bool(here and there and here != there)
        pair = tuple(sorted((here, there))) if crosses else ()
        shared |= {
            "speed": speed_of(mode, status, here, known),
            "gauge_mm": int(gauge),
            "borders": int(crosses),
            "border": most_special(known, f"border-hours-{mode}", *pair) if crosses else (),
            "pair": pair,
        }
        yield Move(from_node=start, to_node=end, **shared)
        yield Move(from_node=end, to_node=start, **shared)
    yield from voyages(sea, country)


@lru_cache(maxsize=256)
def speed_of(mode: str, status: str, country_iso3: str, known: frozenset[str]) -> str:
    """The assumption that gives the speed on a segment."""
    if mode == "sea":
        return "sea-speed"
    if mode == "rail" and status not in OPEN:
        return "rail-speed-planned"
    return most_special(known, f"{mode}-speed", country_iso3)[0]


def voyages(sea: list[Move], country: dict[str, str]) -> Iterator[Move]:
    """The moves at sea, once for each country that a ship on them may have left."""
    leaving: dict[str, list[Move]] = {}
    for move in sea:
        leaving.setdefault(move.from_node, []).append(move)
    waiting = [(node, country[node]) for node in leaving if country[node]]
    seen = set(waiting)
    while waiting:
        node, left = waiting.pop()
        for move in leaving.get(node, ()):
            yield move._replace(sailed_from=left)
            then = (move.to_node, left)
            if then not in seen:
                seen.add(then)
                waiting.append(then)


def connector_moves(atlas: Atlas, place: Place, known: frozenset[str]) -> Iterator[Move]:
    """The moves by road from a place to its nearest nodes and back."""
    country = countries_of(atlas)
    for connector in connectors(atlas, place):
        there = country[connector.node_id]
        crosses = there != place.country_iso3
        pair = tuple(sorted((there, place.country_iso3))) if crosses else ()
        shared = {
            "segment": NO_SEGMENT,
            "mode": "road",
            "km": 0.0,
            "straight_km": connector.straight_km,
            "speed": "connector-speed",
            "borders": int(crosses),
            "border": most_special(known, "border-hours-road", *pair) if crosses else (),
            "pair": pair,
        }
        yield Move(from_node=place.key, to_node=connector.node_id, **shared)
        yield Move(from_node=connector.node_id, to_node=place.key, **shared)


def assembled(moves: tuple[Move, ...], atlas: Atlas, known: frozenset[str]) -> Network:
    """The network of these moves."""
    empty = Network((), np.empty((0, 2), dtype=np.int32), {}, (), {}, {}, known)
    return extended(empty, moves, atlas)


def extended(base: Network, extra: Iterable[Move], atlas: Atlas) -> Network:
    """A network with more moves; `base` stays as it is, and what is found by keys is only added to."""
    moves = (*base.moves, *extra)
    leaving, arriving, ids = (ChainMap({}, one) for one in (base.leaving, base.arriving, base.step_ids))
    for number in range(len(base.moves), len(moves)):
        move = moves[number]
        leaving[move.from_node] = (*leaving.get(move.from_node, ()), number)
        arriving[move.to_node] = (*arriving.get(move.to_node, ()), number)
    ends: list[int] = []
    landings, country, known = list(base.landings), countries_of(atlas), base.known
    for before, after in new_steps(moves, len(base.moves), leaving, arriving):
        one, two = moves[before], moves[after]
        if not can_follow(one, two, country):
            continue
        if not is_plain(one, two):
            step = len(base.ends) + len(ends) // 2
            if hours := change(one, two, known):
                ids[step] = hours
            if entered(one, two, country):
                landings.append(step)
        ends += (before, after)
    whole = np.concatenate([base.ends, np.array(ends, dtype=np.int32).reshape(-1, 2)])
    return Network(moves, whole, ids, tuple(landings), leaving, arriving, known, base if base.moves else None)


@lru_cache(maxsize=2)
def countries_of(atlas: Atlas) -> dict[str, str]:
    """The country of each node."""
    return atlas.nodes["country_iso3"].to_dict()


def new_steps(
    moves: tuple[Move, ...],
    first: int,
    leaving: Mapping[str, tuple[int, ...]],
    arriving: Mapping[str, tuple[int, ...]],
) -> Iterator[tuple[int, int]]:
    """Pairs of moves that meet at a node of the tables, at least one of them new."""
    for number in range(first, len(moves)):
        move = moves[number]
        if ":" not in move.to_node:
            yield from ((number, after) for after in leaving.get(move.to_node, ()))
        if ":" not in move.from_node:
            yield from ((before, number) for before in arriving.get(move.from_node, ()) if before < first)


def can_follow(before: Move, after: Move, country: dict[str, str]) -> bool:
    """Whether one move can follow another: no turning back, and a ship keeps the country that it left."""
    if before.segment == after.segment != NO_SEGMENT:
        return False
    if before.segment == after.segment and before.from_node == after.to_node:
        return False
    return fits(before, after, country)


def is_plain(before: Move, after: Move) -> bool:
    """Whether a move by land follows another one of the same mode and, as far as known, gauge."""
    if before.mode != after.mode or before.mode == "sea":
        return False
    gauges = before.gauge_mm, after.gauge_mm
    return before.mode != "rail" or gauges[0] == gauges[1] or not all(gauges)


def fits(before: Move, after: Move, country: dict[str, str]) -> bool:
    """Whether the country that a ship is said to have left is the one that it did leave."""
    if not sails(after):
        return True
    return after.sailed_from == (before.sailed_from if sails(before) else country[before.to_node])


def sails(move: Move | None) -> bool:
    """Whether a move is one of a ship that may leave a country."""
    return move is not None and move.mode == "sea" and not move.is_lake


def entered(before: Move | None, after: Move | None, country: dict[str, str]) -> int:
    """How many countries are entered from the sea between one move and the next: one or none."""
    return int(sails(before) and not sails(after) and country[before.to_node] != before.sailed_from)


def change(before: Move | None, after: Move | None, known: frozenset[str]) -> tuple[str, ...]:
    """The assumptions whose hours it takes to go over from one move to the next.

    None stands for the start or the end of a route, where a ship is still loaded or unloaded.
    """
    by = [move.mode if move else "" for move in (before, after)]
    if by[0] != "sea" and by[1] == "sea":
        return ("lake-ferry-hours",) if after.is_lake else ("port-hours", "ferry-wait-hours")
    if by[0] == "sea" and by[1] != "sea":
        return () if before.is_lake else ("port-hours",)
    if not before or not after or by[0] == by[1] == "sea":
        return ()
    if by[0] != by[1]:
        return ("transfer-hours",)
    if by[0] == "rail" and before.gauge_mm and after.gauge_mm and before.gauge_mm != after.gauge_mm:
        pairs = [move.pair for move in (before, after) if move.pair]
        special = [ids for pair in pairs if len(ids := most_special(known, "gauge-change-hours", *pair)) == 1]
        return special[0] if special else ("gauge-change-hours",)
    return ()


@dataclass(frozen=True, eq=False)
class Costs:
    """Kilometres, hours and borders of each move, hours and borders of each step between two, as arrays."""

    km: np.ndarray
    hours: np.ndarray
    borders: np.ndarray
    step_hours: np.ndarray
    step_borders: np.ndarray


@lru_cache(maxsize=6)
def costs_of(network: Network, assumptions: Assumptions) -> Costs:
    """What each move and step costs under these assumptions."""
    values, base = assumptions.values, network.base
    known = costs_of(base, assumptions) if base else Costs(*(np.empty(0) for _ in range(5)))
    moves, detour = network.moves[len(known.km) :], values["connector-detour"]
    km = np.array([move.km + detour * move.straight_km for move in moves], dtype=float)
    speed = np.array([values[move.speed] for move in moves], dtype=float)
    waits = np.array([sum(map(values.get, move.border)) for move in moves], dtype=float)
    borders = np.array([move.borders for move in moves], dtype=float)
    steps = range(len(known.step_hours), len(network.ends))
    waits_between = [sum(map(values.get, network.step_ids.get(step, ()))) for step in steps]
    step_borders = np.zeros(len(network.ends))
    step_borders[list(network.landings)] = 1.0
    return Costs(
        np.append(known.km, km),
        np.append(known.hours, km / speed + waits),
        np.append(known.borders, borders),
        np.append(known.step_hours, waits_between),
        step_borders,
    )
