"""The strips of the corridor pages."""

from __future__ import annotations

from typing import Any

from dashboard.corridors.duel import Duel
from dashboard.corridors.view import CorridorView
from dashboard.figures.strip import context_of, duel, strip
from dashboard.text import Words
from layers import Atlas

MOST_HUNG = 400
"""Of more sites those nearest to the line hang on the strip, which says so: more would cover each other."""


def corridor_strip(atlas: Atlas, which: str, words: Words, width: int, is_upright: bool) -> dict[str, Any]:
    """The strip of a way of a corridor with the sites beside it; `which`: "btk?within=50"."""
    view = CorridorView.from_which(which, atlas)
    sites = every = view.sites(atlas)
    if len(every) > MOST_HUNG:
        sites = every.nsmallest(MOST_HUNG, "distance_km").sort_values("km", kind="stable")
    left_out, near = len(every) - len(sites), {"sites": sites, "within_km": view.within_km}
    context = context_of(atlas, view.corridor_id, **near, width=width, left_out=left_out)
    return strip(view.way(atlas), context, words, is_upright)


def duel_strip(atlas: Atlas, which: str, words: Words, width: int, is_upright: bool) -> dict[str, Any]:
    """Both strips of two corridors on one axis; `which` is the query of the page."""
    asked = Duel.from_query(which, atlas)
    sides = [
        (words.name(atlas.corridors.loc[corridor]), way, context_of(atlas, corridor, width=width))
        for corridor, way in zip((asked.a, asked.b), asked.ways(atlas), strict=True)
    ]
    return duel(*sides, words, is_upright)
