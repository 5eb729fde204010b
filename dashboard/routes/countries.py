"""Kilometres of a route by country, without making its way: four alternatives need no lines."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import pandas as pd

from layers import Atlas
from layers.network import Route
from layers.network.graph import NO_SEGMENT, Move
from layers.ways.way import pieces_of

Pieces = tuple[tuple[str, float], ...]


def km_by_country(route: Route) -> dict[str, float]:
    """Kilometres by country in the order of travel, as Route.km_by_country; "" is the open sea.

    A route over a border without a line, by the road to its first or from its last place, takes its way.
    """
    if any(move.segment == NO_SEGMENT and move.borders for move in route.moves):
        return route.km_by_country
    parts: dict[str, float] = {}
    for move in route.moves:
        for country, km in pieces(route, move):
            parts[country] = parts.get(country, 0.0) + km
    return {country: km for country, km in parts.items() if km > 0}


def pieces(route: Route, move: Move) -> Pieces:
    """The countries of one move in the order of travel, with kilometres."""
    if move.segment == NO_SEGMENT:
        place = next(
            one for one in (route.start, *route.via, route.goal) if one.key in (move.from_node, move.to_node)
        )
        return ((place.country_iso3, move.straight_km * route.detour),)
    from_node, along = countries_of_segments(route.atlas)[move.segment]
    return along if from_node == move.from_node else along[::-1]


@lru_cache(maxsize=2)
def countries_of_segments(atlas: Atlas) -> tuple[tuple[str, Pieces], ...]:
    """The first node of each segment, and its countries from there with kilometres, by position."""
    columns = ["from_node", "country_iso3", "to_iso3", "border_share", "length_km"]
    found = []
    for from_node, here, there, share, km in pieces_of(atlas)[columns].itertuples(index=False, name=None):
        along = ((here, km),) if pd.isna(share) else ((here, km * share), (there, km * (1 - share)))
        found.append((from_node, along))
    return tuple(found)


def in_order(route: Route) -> list[str]:
    """The countries of a route in the order of travel, as often as it comes to them."""
    codes = (country for move in route.moves for country, km in pieces(route, move) if country and km)
    return [country for country, _ in groupby(codes)]
