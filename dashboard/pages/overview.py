"""The overview: headline figures and the map of regions, sites, corridors, crossings and energy lines."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import dash
from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    Patch,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    no_update,
)
from dash.exceptions import PreventUpdate

from dashboard import ids, vocabulary
from dashboard.cards import card_of
from dashboard.figures import marks as m
from dashboard.figures import screen
from dashboard.filters import Filters, exists
from dashboard.geometry import geometry_url
from dashboard.headlines import headlines
from dashboard.legend import legend
from dashboard.panel import CONTROLS, control_values, filters_of, panel
from dashboard.shell import reader_words
from dashboard.text import N_, Words, speak
from layers import Atlas, current

dash.register_page(__name__, path="/", name=N_("Overview"), title="Corridor Atlas", order=0)

MAP_SOURCES = (
    "regions",
    "land",
    "water",
    "rivers",
    "railways",
    "labels",
    "segments",
    "energy",
    "crossings",
    "sites",
)
MAP_CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": True,
    "displayModeBar": False,
    "responsive": True,
}


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page for a query; without one, the atlas as it opens."""
    atlas, words = current(), reader_words(lang)
    filters = Filters.from_query({k: v for k, v in query.items() if isinstance(v, str)}, atlas)
    return html.Div(
        [
            html.H1(words("Regions, industrial sites and corridors of Uzbekistan and Kazakhstan")),
            headlines(atlas, words),
            html.Div(_note(filters, words), id=ids.NOTE, role="status"),
            html.Div(
                [
                    html.Details(
                        [html.Summary(words("Filters and layers")), panel(filters, atlas, words)],
                        open=True,
                        className="filters",
                    ),
                    _map(words),
                    html.Div(
                        legend(_marks(atlas, filters.without_selection()), words),
                        id=ids.LEGEND,
                        className="legend",
                    ),
                    html.Div(
                        card_of(filters.selected, atlas, words),
                        id=ids.CARD,
                        className="card-panel",
                        role="region",
                        **{"aria-live": "polite", "aria-label": words("Selected on the map")},
                    ),
                ],
                className="explorer",
            ),
            dcc.Store(id=ids.ADDRESS),
            dcc.Store(id=ids.VIEW, data=_view(filters, words.language)),
            dcc.Store(id=ids.DRAWN),
            dcc.Store(id=ids.RENDERER),
            dcc.Store(id=ids.CHANGES),
            dcc.Store(id=ids.PICKED),
        ]
    )


def _map(words: Words) -> html.Div:
    graph = dcc.Graph(id=ids.MAP, config=MAP_CONFIG, responsive=True, style={"height": "100%"})
    label = words(
        "Map of the regions of Uzbekistan and Kazakhstan with industrial sites, corridors and crossings"
    )
    cannot = words(
        "This browser cannot draw the map: it has no WebGL 2. Figures, filters and cards work without it."
    )
    moves = (
        ("in", "+", words("Zoom in")),
        ("out", "−", words("Zoom out")),
        ("home", "⌂", words("Whole map")),
    )
    buttons = [
        html.Button(sign, title=title, type="button", **{"aria-label": title, "data-map-move": move})
        for move, sign, title in moves
    ]
    scale = html.Div(
        className="scale-bar", **{"data-unit": words(vocabulary.UNITS["km"]), "aria-hidden": "true"}
    )
    inside = [graph, html.Div(buttons, className="map-moves"), scale, html.P(cannot, className="cannot-draw")]
    return html.Div(inside, className="map", role="group", **{"aria-label": label})


def _view(filters: Filters, language: str, is_new: bool = False) -> dict[str, Any]:
    """What the page shows, as it travels between callbacks; a new view goes into the browser's history."""
    return {"query": filters.to_query(), "lang": language, "ignored": list(filters.ignored), "is_new": is_new}


def _note(filters: Filters, words: Words) -> html.P | None:
    if not filters.ignored:
        return None
    message = N_("Part of this link means nothing here and was left out: {parts}")
    return html.P(words(message, parts=", ".join(filters.ignored)), className="note")


# Key: the atlas (one object a data version) and the choice; an old version leaves the caches by disuse.
@lru_cache(maxsize=256)
def _marks(atlas: Atlas, filters: Filters) -> m.MapMarks:
    rows = filters.apply(atlas)
    return m.MapMarks(
        regions=m.region_marks(atlas, filters.metric),
        lines=m.line_marks(rows.segments, atlas.corridors["group"], filters.corridors),
        has_all_lines=len(rows.segments) == len(atlas.segments),
        sites=m.site_marks(rows.sites),
        crossings=rows.crossings,
        energy=m.energy_marks(atlas.energy_lines),
        shown=filters.shown,
    )


@lru_cache(maxsize=64)
def _figure(atlas: Atlas, filters: Filters, language: str) -> dict[str, Any]:
    urls = {name: geometry_url(atlas, name) for name in MAP_SOURCES}
    marks = _marks(atlas, filters.without_selection())
    return screen.overview_map(marks, atlas.regions, atlas.corridors, speak(language), urls, filters.selected)


clientside_callback(
    ClientsideFunction("map", "probe"), Output(ids.RENDERER, "data"), Input(ids.RENDERER, "id")
)
clientside_callback(ClientsideFunction("map", "attach"), Input(ids.MAP, "figure"))
clientside_callback(ClientsideFunction("address", "push"), Input(ids.VIEW, "data"))
clientside_callback(ClientsideFunction("map", "change"), Input(ids.CHANGES, "data"))


@callback(
    output={
        "view": Output(ids.VIEW, "data"),
        "values": [Output(ids.control(name), "value") for name in CONTROLS],
    },
    inputs={
        "address": Input(ids.ADDRESS, "data"),
        "values": [Input(ids.control(name), "value") for name in CONTROLS],
        "picked": Input(ids.PICKED, "data"),
        "_chosen": Input(ids.choose(ALL, ALL), "n_clicks"),
        "_reset": Input(ids.RESET, "n_clicks"),
        "view": State(ids.VIEW, "data"),
    },
    prevent_initial_call=True,
)
def follow(
    address: str | None,
    values: list[Any],
    picked: dict | None,
    _chosen: list[int],
    _reset: int | None,
    view: dict[str, Any],
):
    """The one place where a choice becomes the view, and Back the choice."""
    trigger, atlas = ctx.triggered_id, current()
    if isinstance(trigger, dict) and not ctx.triggered[0]["value"]:
        raise PreventUpdate  # buttons that appeared with a card, not a click
    before = Filters.from_query(view["query"], atlas)
    if trigger == ids.ADDRESS:
        after = Filters.from_query(address or "", atlas)
    else:
        after = _after(trigger, before, values, picked, atlas)
    is_new = trigger != ids.ADDRESS and after != before
    return {"view": _view(after, view["lang"], is_new), "values": control_values(after)}


def _after(trigger: Any, before: Filters, values: list[Any], picked: dict | None, atlas: Atlas) -> Filters:
    if trigger == ids.PICKED and picked:
        return before.select(*(key for key in picked["keys"] if exists(key, atlas)))
    if isinstance(trigger, dict):
        return before.select(*filter(None, [trigger["key"]]))
    if trigger == ids.RESET:
        return Filters(selected=before.selected)
    if isinstance(trigger, str) and trigger.startswith(ids.control("")):
        return filters_of(values, before.selected)
    return before


@callback(
    Output(ids.MAP, "figure"),
    Output(ids.CHANGES, "data"),
    Output(ids.LEGEND, "children"),
    Output(ids.CARD, "children"),
    Output(ids.NOTE, "children"),
    Output(ids.DRAWN, "data"),
    Input(ids.VIEW, "data"),
    Input(ids.RENDERER, "data"),
    State(ids.DRAWN, "data"),
)
def show(view: dict[str, Any], renderer: str | None, drawn: str | None):
    """The whole figure once; then only what a choice changes."""
    atlas, words = current(), speak(view["lang"])
    after = replace(Filters.from_query(view["query"], atlas), ignored=tuple(view["ignored"]))
    note = _note(after, words)
    if drawn is None or ctx.triggered_id == ids.RENDERER:
        figure = _figure(atlas, after, words.language) if renderer == "screen" else no_update
        return figure, [], no_update, no_update, note, view["query"]
    before = Filters.from_query(drawn, atlas)
    old, new = (_marks(atlas, filters.without_selection()) for filters in (before, after))
    key = legend(new, words) if old is not new else no_update
    card = card_of(after.selected, atlas, words) if before.selected != after.selected else no_update
    if renderer != "screen" or before == after:
        return no_update, [], key, card, note, view["query"]
    known = screen.instructions(old, before.selected)
    changes = [change for change in screen.instructions(new, after.selected) if change not in known]
    return _patch(before, after, new, atlas, words), changes, key, card, note, view["query"]


def _patch(before: Filters, after: Filters, marks: m.MapMarks, atlas: Atlas, words: Words) -> Patch:
    """What changes in the region traces; the camera and everything else stay."""
    patch = Patch()
    if before.metric != after.metric:
        for name, value in screen.region_values(marks.regions, atlas.regions, words).items():
            patch["data"][0][name] = value
        for name, value in screen.total_values(marks.regions).items():
            patch["data"][1][name] = value
    if before.selected != after.selected:
        patch["data"][0]["marker"] = screen.region_outline(marks.regions, after.selected)
    return patch
