"""Routes between two places: the best one, others that are different, and what each amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from layers.atlas import Atlas
from layers.contract.words import MODES, STATUSES
from layers.network.assumptions import Assumptions
from layers.network.graph import (
    NO_SEGMENT,
    Costs,
    Move,
    Network,
    change,
    costs_of,
    countries_of,
    entered,
    network_with,
)
from layers.network.places import Place, line_to, place_of, row_of
from layers.network.refusals import Refused
from layers.network.search import CRITERIA, Chain, chains, question
from layers.network.whatif import AS_IT_IS, WhatIf, open_segments, shut_nodes
from layers.sources import GENERAL_KNOWLEDGE
from layers.ways import NAMES, Way, bands, connector, joined, way_of

MOST_VIAS = 5

CAUSES = (*MODES, "border", "gauge", "port", "transfer")
"""What the hours of a route go to: running by mode, borders, changes of gauge, ports and waiting for ships,
going over between rail and road.
"""

CAUSE_OF = {
    "gauge-change-hours": "gauge",
    "port-hours": "port",
    "ferry-wait-hours": "port",
    "lake-ferry-hours": "port",
    "transfer-hours": "transfer",
}
"""The cause to which the hours of an assumption belong."""


@dataclass(frozen=True, eq=False)
class Route:
    """One way from a place to another, computed.

    Lengths are those of the drawn lines; connectors count as road in operation. `hours_by_cause` follows
    CAUSES, without those that take none. `borders` are changes of country, also those at sea.
    `crossing_ids` are rows of crossings.csv. Of all kilometres, `gk_km` rest on general knowledge alone,
    `undated_km` are in operation since a year not known, `connector_km` are in no table.
    """

    atlas: Atlas = field(repr=False)
    start: Place
    goal: Place
    via: tuple[Place, ...]
    moves: tuple[Move, ...] = field(repr=False)
    km: float
    hours: float
    borders: int
    hours_by_cause: Mapping[str, float]
    km_by_mode: Mapping[str, float]
    km_by_status: Mapping[str, float]
    gauge_breaks: int
    sea_legs: int
    crossing_ids: tuple[str, ...]
    connector_km: float
    gk_km: float
    undated_km: float
    detour: float = field(repr=False)

    @cached_property
    def segment_ids(self) -> tuple[str, ...]:
        """The segments in the order of travel, connectors left out."""
        ids = self.atlas.segments.index
        return tuple(ids[move.segment] for move in self.moves if move.segment != NO_SEGMENT)

    @cached_property
    def way(self) -> Way:
        """The route as a way, connectors included; their lengths are those by road."""
        return way_along(self)

    @cached_property
    def km_by_country(self) -> dict[str, float]:
        """Kilometres by country in the order of travel; "" is the open sea."""
        parts: dict[str, float] = {}
        for start_km, end_km, country in bands(self.way, "country_iso3").itertuples(index=False, name=None):
            parts[country] = parts.get(country, 0.0) + end_km - start_km
        return parts

    @property
    def gk_share(self) -> float:
        """The part of the kilometres that rests on general knowledge alone."""
        return self.gk_km / self.km if self.km else 0.0


def routes(
    atlas: Atlas,
    start: str,
    goal: str,
    assumptions: Assumptions,
    what_if: WhatIf = AS_IT_IS,
    criterion: str = "time",
    via: tuple[str, ...] = (),
    most: int = 4,
) -> tuple[Route, ...]:
    """Up to `most` different routes between two places, best first by time, distance or borders.

    Places are keys ("region:UZ-SA", "site:J-003", "node:poti"). The first route is the best there is. None
    where no way leads through: see `no_route`. Refused says what is wrong with a question.
    """
    if criterion not in CRITERIA:
        raise Refused("unknown-criterion", criterion=criterion)
    if len(via) > MOST_VIAS:
        raise Refused("too-many-vias", count=len(via), most=MOST_VIAS)
    keys = (start, *via, goal)
    for key, following in pairwise(keys):
        if key == following:
            raise Refused("same-place", key=key)
    return found_routes(atlas, keys, assumptions, what_if, criterion, max(1, int(most)))


@lru_cache(maxsize=48)
def found_routes(
    atlas: Atlas, keys: tuple[str, ...], assumptions: Assumptions, what_if: WhatIf, criterion: str, most: int
) -> tuple[Route, ...]:
    """The routes of a question that makes sense."""
    stops = tuple(place_of(atlas, key) for key in keys)
    network = network_with(atlas, tuple(dict.fromkeys(place for place in stops if place.kind != "node")))
    costs = costs_of(network, assumptions)
    is_open = open_segments(atlas, what_if)
    names = tuple(place.stop for place in stops)
    asked = question(
        network,
        costs,
        is_open,
        shut_nodes(what_if),
        names,
        criterion,
        countries_of(atlas),
        assumptions.values,
    )
    return tuple(route_of(atlas, stops, network, costs, chain, assumptions) for chain in chains(asked, most))


def route_of(
    atlas: Atlas,
    stops: tuple[Place, ...],
    network: Network,
    costs: Costs,
    chain: Chain,
    assumptions: Assumptions,
) -> Route:
    """What a chain of moves amounts to."""
    numbers = np.array([one for leg in chain for one in leg])
    moves = tuple(network.moves[one] for one in numbers)
    km = costs.km[numbers]
    facts, country = facts_of(atlas), countries_of(atlas)
    segment = np.array([move.segment for move in moves])
    changes = [change(one, two, network.known) for one, two in pairwise((None, *moves, None))]
    hours = hours_by_cause(moves, km, changes, assumptions.values)
    at_sea = [move.mode == "sea" for move in moves]
    return Route(
        atlas=atlas,
        start=stops[0],
        goal=stops[-1],
        via=stops[1:-1],
        moves=moves,
        km=float(km.sum()),
        hours=sum(hours.values()),
        borders=sum(move.borders for move in moves)
        + sum(entered(one, two, country) for one, two in pairwise((*moves, None))),
        hours_by_cause=hours,
        km_by_mode=summed(MODES, [move.mode for move in moves], km),
        km_by_status=summed(STATUSES, facts["status"][segment], km),
        gauge_breaks=sum(any(one.startswith("gauge") for one in ids) for ids in changes),
        sea_legs=sum(now and not before for before, now in pairwise([False, *at_sea])),
        crossing_ids=crossings_of(atlas, segment),
        connector_km=float(km[segment == NO_SEGMENT].sum()),
        gk_km=float(km[facts["is_general"][segment]].sum()),
        undated_km=float(km[facts["is_undated"][segment]].sum()),
        detour=assumptions.values["connector-detour"],
    )


def hours_by_cause(
    moves: tuple[Move, ...], km: np.ndarray, changes: list[tuple[str, ...]], values: Mapping[str, float]
) -> dict[str, float]:
    """The hours of a route by what they go to, in the order of CAUSES."""
    hours = dict.fromkeys(CAUSES, 0.0)
    for move, length in zip(moves, km, strict=True):
        hours[move.mode] += length / values[move.speed]
        hours["border"] += sum(values[one] for one in move.border)
    for one in (one for ids in changes for one in ids):
        cause = next(cause for base, cause in CAUSE_OF.items() if one.startswith(base))
        hours[cause] += values[one]
    return {cause: float(spent) for cause, spent in hours.items() if spent > 0}


def summed(vocabulary: tuple[str, ...], words: object, km: np.ndarray) -> dict[str, float]:
    """Kilometres by word, in the order of the vocabulary."""
    total: dict[str, float] = {}
    for word, length in zip(words, km, strict=True):
        total[word] = total.get(word, 0.0) + float(length)
    return {word: total[word] for word in vocabulary if word in total}


@lru_cache(maxsize=2)
def facts_of(atlas: Atlas) -> dict[str, np.ndarray]:
    """What is summed up over segments, by position; the last entry stands for connectors."""
    segments = atlas.segments
    running = segments["status"].isin(("operating", "completed"))
    general = segments["source_ids"].map(lambda ids: ids == (GENERAL_KNOWLEDGE,))
    return {
        "status": np.append(segments["status"].to_numpy(object), "operating"),
        "is_general": np.append(general.to_numpy(bool), False),
        "is_undated": np.append((running & segments["opened_year"].isna()).to_numpy(bool), False),
    }


def crossings_of(atlas: Atlas, segment: np.ndarray) -> tuple[str, ...]:
    """The crossings that the segments pass, in the order of travel."""
    by_segment = crossings_by_segment(atlas)
    ids = atlas.segments.index[segment[segment != NO_SEGMENT]]
    return tuple(dict.fromkeys(one for segment_id in ids for one in by_segment.get(segment_id, ())))


@lru_cache(maxsize=2)
def crossings_by_segment(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The crossings that each segment belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for crossing_id, segment_ids in atlas.crossings["segment_ids"].items():
        for segment_id in segment_ids:
            found[segment_id] = (*found.get(segment_id, ()), crossing_id)
    return found


def way_along(route: Route) -> Way:
    """The way of a route: its segments, with its connectors where they are."""
    parts: list[Way] = []
    run: list[Move] = []
    for move in (*route.moves, None):
        if move is not None and move.segment != NO_SEGMENT:
            run.append(move)
            continue
        if run:
            ids = [route.atlas.segments.index[one.segment] for one in run]
            parts.append(way_of(route.atlas, ids, run[0].from_node))
            run = []
        if move is not None:
            parts.append(connector_way(route, move))
    return joined(parts)


def connector_way(route: Route, move: Move) -> Way:
    """The way of a connector, as long as it is by road."""
    outward = ":" in move.from_node
    key, node_id = (move.from_node, move.to_node) if outward else (move.to_node, move.from_node)
    place = place_of(route.atlas, key)
    row, node = row_of(route.atlas, place), route.atlas.nodes.loc[node_id]
    line = line_to(route.atlas, place, node_id)
    ends = [
        (key, place.kind, place.country_iso3, *row[list(NAMES)]),
        (node_id, *node[["kind", "country_iso3", *NAMES]]),
    ]
    straight = connector(line if outward else line.reverse(), *(ends if outward else ends[::-1]))
    longer = {
        column: straight.steps[column] * route.detour for column in ("end_km", "length_km", "border_km")
    }
    return Way(straight.steps.assign(**longer), straight.stops.assign(km=straight.stops["km"] * route.detour))
