"""The strip of any page: it shows the way of the scene that the map shows, straightened.

A page registers how the figure is made (`STRIPS["corridor"] = corridor_strip`) and puts `strip_frame(...)`
beside its `page_map`: both follow `ids.SCENE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html, no_update

from dashboard import ids
from dashboard.export.button import end_button
from dashboard.text import Words, speak
from layers import Atlas, current

STRIP_CONFIG = {"displaylogo": False, "showSendToCloud": False, "displayModeBar": False}

STRIPS: dict[str, Callable[[Atlas, str, Words, int, bool], dict[str, Any]]] = {}
"""How the strip of each kind of scene is made: from what tells the scene apart, in the reader's words, so
many pixels wide, upright or lying.
"""


def strip_frame(words: Words) -> html.Div:
    """Where a strip is drawn, lying or upright as the window has room; pages publish it as "strip"."""
    label = words("The way as a strip: kilometres, countries, gauge, status, places and sites")
    inside = [dcc.Graph(id=ids.STRIP, config=STRIP_CONFIG), dcc.Store(id=ids.STRIP_SHAPE)]
    drawn = html.Div(inside, className="strip", role="group", **{"aria-label": label})
    return html.Div([end_button("strip", words), drawn])


clientside_callback(
    ClientsideFunction("choose", "shape"), Output(ids.STRIP_SHAPE, "data"), Input(ids.STRIP_SHAPE, "id")
)
clientside_callback(ClientsideFunction("choose", "listen"), Input(ids.STRIP, "figure"))


@callback(
    Output(ids.STRIP, "figure"),
    Output(ids.STRIP, "style"),
    Input(ids.STRIP_SHAPE, "data"),
    Input(ids.SCENE, "data"),
    prevent_initial_call=True,
)
def draw_strip(shape: str | None, shown: dict[str, str]) -> tuple[Any, Any]:
    """The strip of the scene, once the browser has said how much room there is.

    Its frame is as high from the start: where the window changes meanwhile, Plotly takes the height of the
    empty frame for that of the figure.
    """
    found = re.fullmatch(r"(lying|upright):(\d{2,4})", shape or "")
    if not found or shown["kind"] not in STRIPS:
        return no_update, no_update
    width = min(max(int(found[2]), 280), 2400)
    figure = _figure(current(), shown["kind"], shown["which"], shown["lang"], width, found[1] == "upright")
    return figure, {"height": f"{figure['layout']['height']}px"}


# Key: the atlas (one object a data version), the scene, the language and the size; figures are never changed.
@lru_cache(maxsize=128)
def _figure(
    atlas: Atlas, kind: str, which: str, language: str, width: int, is_upright: bool
) -> dict[str, Any]:
    return STRIPS[kind](atlas, which, speak(language), width, is_upright)
