"""The strips of the corridor pages: their frame, and their figures made once for each view."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html, no_update

from dashboard import ids
from dashboard.corridors.duel import Duel
from dashboard.corridors.view import CorridorView
from dashboard.figures.strip import context_of, duel, strip
from dashboard.text import Words, speak
from layers import Atlas

STRIP_CONFIG = {"displaylogo": False, "showSendToCloud": False, "displayModeBar": False}


def strip_frame(words: Words) -> html.Div:
    """Where a strip is drawn, lying or upright as the window has room."""
    label = words("The way as a strip: kilometres, countries, gauge, status, places and sites")
    graph = dcc.Graph(id=ids.STRIP, config=STRIP_CONFIG)
    return html.Div(
        [graph, dcc.Store(id=ids.STRIP_SHAPE)], className="strip", role="group", **{"aria-label": label}
    )


clientside_callback(
    ClientsideFunction("choose", "shape"), Output(ids.STRIP_SHAPE, "data"), Input(ids.STRIP_SHAPE, "id")
)
clientside_callback(ClientsideFunction("choose", "listen"), Input(ids.STRIP, "figure"))


def shape_of(shape: str) -> tuple[bool, int] | None:
    """Whether a strip stands upright, and its width in pixels, of what assets/choose.js measured."""
    found = re.fullmatch(r"(lying|upright):(\d{2,4})", shape)
    return (found[1] == "upright", min(max(int(found[2]), 280), 2400)) if found else None


# Key: the atlas (one object a data version), the view, the language and the size; figures are never changed.
@lru_cache(maxsize=128)
def strip_figure(atlas: Atlas, view: CorridorView, language: str, shape: str) -> Any:
    """The strip of a way of a corridor with the sites beside it."""
    size = shape_of(shape)
    if size is None:
        return no_update
    is_upright, width = size
    context = context_of(
        atlas, view.corridor_id, sites=view.sites(atlas), within_km=view.within_km, width=width
    )
    return strip(view.way(atlas), context, speak(language), is_upright)


@lru_cache(maxsize=64)
def duel_figure(atlas: Atlas, asked: Duel, language: str, shape: str) -> Any:
    """Both strips of two corridors on one axis."""
    size = shape_of(shape)
    if size is None:
        return no_update
    is_upright, width = size
    words = speak(language)
    sides = [
        (words.name(atlas.corridors.loc[corridor]), way, context_of(atlas, corridor, width=width))
        for corridor, way in zip((asked.a, asked.b), asked.ways(atlas), strict=True)
    ]
    return duel(*sides, words, is_upright)
