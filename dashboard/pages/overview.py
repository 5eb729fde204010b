"""The overview: headline figures and the map of regions, sites, corridors, crossings and energy lines."""

from __future__ import annotations

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

from dashboard import ids
from dashboard.bounded import bounded
from dashboard.cards import card_of
from dashboard.chips import chips, view_links
from dashboard.explorer import map_frame, sites_section
from dashboard.figures import marks as m
from dashboard.figures import paper, screen
from dashboard.figures.paper import CONFIG as PAPER_CONFIG
from dashboard.figures.tiled import tiled
from dashboard.filters import Filters, map_marks
from dashboard.geometry import map_urls
from dashboard.headlines import headlines
from dashboard.keys import bounds_of, exists, points_of
from dashboard.legend import legend
from dashboard.page_map import SCENES, Scene
from dashboard.panel import CONTROLS, COUNTED, control_values, counted_options, filters_of, is_in_part, panel
from dashboard.plain import Plain
from dashboard.printed import printed_map
from dashboard.searchbox import searchbox
from dashboard.shell import reader_words
from dashboard.site_pages import is_paged
from dashboard.site_table import finding
from dashboard.text import N_, Words, speak
from dashboard.tiles import asked_of, travels_as_tiles
from dashboard.tour import tour, tour_offer
from layers import Atlas, current

dash.register_page(__name__, path="/", name=N_("Overview"), title="Corridor Atlas", order=0)


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page for a query; without one, the atlas as it opens."""
    atlas, words = current(), reader_words(lang)
    filters = Filters.from_query({k: v for k, v in query.items() if isinstance(v, str)}, atlas)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(words("Regions, industrial sites and corridors of Uzbekistan and Kazakhstan")),
                    tour_offer(words),
                ],
                className="title-row",
            ),
            _headlines(atlas, words.language),
            html.Div(_note(filters, atlas, words), id=ids.NOTE, role="status"),
            html.Div(
                [
                    searchbox(words),
                    html.Div(chips(filters, atlas, words), id=ids.CHIPS),
                    view_links(atlas, words),
                ],
                className="view-bar",
            ),
            html.Div(
                [
                    html.Details(
                        [html.Summary(words("Filters and layers")), panel(filters, atlas, words)],
                        id=ids.PANELS[0],
                        open=True,
                        className="filters",
                    ),
                    map_frame(words),
                    html.Details(
                        [
                            html.Summary(words("Legend")),
                            html.Div(
                                legend(_marks(atlas, filters.without_selection()), words),
                                id=ids.LEGEND,
                            ),
                        ],
                        id=ids.PANELS[1],
                        open=True,
                        className="legend",
                        tabIndex=0,  # it scrolls, and may hold nothing else to stand on
                    ),
                    html.Div(
                        Plain(card_of(filters.selected, atlas, words)),
                        id=ids.CARD,
                        className="card-panel",
                        role="region",
                        **{"aria-label": words("Selected on the map")},
                    ),
                ],
                className="explorer",
            ),
            sites_section(filters, atlas, words),
            tour(words),
            dcc.Store(id=ids.ADDRESS),
            dcc.Store(id=ids.VIEW, data=_view(filters, words.language)),
            dcc.Store(id=ids.RENDERER),
            dcc.Store(id=ids.CHANGES),
            dcc.Store(id=ids.PICKED),
            dcc.Store(id=ids.REGIONS_TYPED, data="" if is_in_part("regions", atlas) else None),
            dcc.Store(id=ids.ROWS, data=_rows(filters, atlas)),
        ],
        className="overview",
    )


def _scene(atlas: Atlas, query: str) -> Scene:
    """What the map opens with, for the picture that stands in its place before it is there."""
    filters = Filters.from_query(query, atlas)
    return Scene(_marks(atlas, filters.without_selection()), screen.HOME, filters.selected)


SCENES["overview"] = _scene


def _rows(filters: Filters, atlas: Atlas) -> dict[str, Any]:
    """Which rows of the table of sites fit, None for all, and what is selected; of a table by pages the query
    that the page is made for."""
    if is_paged(atlas):
        return {"sites": None, "selected": list(filters.selected), "which": filters.to_query()}
    fits = filters.fitting_sites(atlas)
    sites = None if fits.all() else list(atlas.sites.index[fits])
    return {"sites": sites, "selected": list(filters.selected)}


def _view(filters: Filters, language: str, is_new: bool = False) -> dict[str, Any]:
    """What the page shows, as it travels between callbacks; a new view goes into the browser's history."""
    view = {"query": filters.to_query(), "lang": language, "ignored": list(filters.ignored)}
    return view | {"is_new": is_new}


def _note(filters: Filters, atlas: Atlas, words: Words) -> list[html.P]:
    notes = []
    if filters.ignored:
        message = N_("Part of this link means nothing here and was left out: {parts}")
        notes.append(words(message, parts=", ".join(filters.ignored)))
    if filters.linked_version not in ("", atlas.version):
        message = N_("The data have changed since this link was made: version {old} then, {new} now.")
        notes.append(words(message, old=filters.linked_version, new=atlas.version))
    return [html.P(note, className="note") for note in notes]


# Key: the atlas (one object a data version) and the choice; an old version leaves the caches by disuse.
@bounded(256, lambda marks, *_asked: marks.own_rows)
def _marks(atlas: Atlas, filters: Filters) -> m.MapMarks:
    return map_marks(atlas, filters)


@lru_cache(maxsize=8)
def _headlines(atlas: Atlas, language: str) -> Plain:
    return Plain(headlines(atlas, speak(language)))


@lru_cache(maxsize=128)
def _options(atlas: Atlas, filters: Filters, language: str, typed: str) -> list[list[dict[str, Any]]]:
    return counted_options(filters, atlas, speak(language), typed)


@lru_cache(maxsize=128)
def _instructions(atlas: Atlas, filters: Filters, language: str) -> list[screen.Instruction]:
    marks = _marks(atlas, filters.without_selection())
    points, tiles = points_of(filters.selected, atlas), tiled(_urls(atlas, filters))
    return screen.instructions(marks, filters.selected, points, speak(language), tiles)


def _urls(atlas: Atlas, filters: Filters) -> dict[str, str]:
    """Addresses of all that the map draws from; those of tiles name only the choices that concern them."""
    marks = _marks(atlas, filters.without_selection())
    sites, segments = filters.only_of_sites().to_query(), filters.only_of_lines().to_query()
    return map_urls(atlas, asked_of(atlas, marks, ("overview", sites), ("overview", segments)))


@lru_cache(maxsize=64)
def _figure(atlas: Atlas, filters: Filters, language: str) -> dict[str, Any]:
    urls = _urls(atlas, filters)
    marks = _marks(atlas, filters.without_selection())
    points = points_of(filters.selected, atlas)
    return screen.screen_map(
        marks, atlas.regions, atlas.corridors, speak(language), urls, filters.selected, points
    )


clientside_callback(
    ClientsideFunction("map", "probe"), Output(ids.RENDERER, "data"), Input(ids.RENDERER, "id")
)
clientside_callback(ClientsideFunction("map", "attach"), Input(ids.MAP, "figure"))
clientside_callback(ClientsideFunction("address", "push"), Input(ids.VIEW, "data"))
clientside_callback(ClientsideFunction("map", "change"), Input(ids.CHANGES, "data"))
clientside_callback(ClientsideFunction("sites", "show"), Input(ids.ROWS, "data"))
clientside_callback(
    ClientsideFunction("dropdown", "seek"),
    Input(ids.control("regions"), "search_value"),
    State(ids.REGIONS_TYPED, "id"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("address", "is_wide"),
    [Output(panel_id, "open") for panel_id in ids.PANELS],
    Input(ids.RENDERER, "id"),
)


@callback(
    output={
        "figure": Output(ids.MAP, "figure"),
        "config": Output(ids.MAP, "config"),
        "rows": Output(ids.ROWS, "data"),
    },
    inputs={"renderer": Input(ids.RENDERER, "data"), "view": State(ids.VIEW, "data")},
)
def begin(renderer: str | None, view: dict[str, Any]) -> dict[str, Any]:
    """The whole map, once the browser has said how it can draw it."""
    atlas, words = current(), speak(view["lang"])
    filters = Filters.from_query(view["query"], atlas)
    config = no_update if renderer == "screen" else PAPER_CONFIG
    # Without a value here Dash would not run the browser's callback on the rows at the first load.
    rows = _rows(filters, atlas)
    return {"figure": _first_figure(renderer, filters, atlas, words), "config": config, "rows": rows}


@callback(
    output={
        "view": Output(ids.VIEW, "data"),
        "values": [Output(ids.control(name), "value") for name in CONTROLS],
        "figure": Output(ids.MAP, "figure", allow_duplicate=True),
        "changes": Output(ids.CHANGES, "data"),
        "rows": Output(ids.ROWS, "data", allow_duplicate=True),
        "legend": Output(ids.LEGEND, "children"),
        "card": Output(ids.CARD, "children"),
        "note": Output(ids.NOTE, "children"),
        "chips": Output(ids.CHIPS, "children"),
        "finding": Output(ids.FINDING, "children"),
        "options": [Output(ids.control(name), "options") for name in COUNTED],
    },
    inputs={
        "address": Input(ids.ADDRESS, "data"),
        "values": [Input(ids.control(name), "value") for name in CONTROLS],
        "picked": Input(ids.PICKED, "data"),
        "_dropped": Input(ids.drop(ALL, ALL), "n_clicks"),
        "_reset": Input(ids.RESET, "n_clicks"),
        "view": State(ids.VIEW, "data"),
        "renderer": State(ids.RENDERER, "data"),
        "typed": State(ids.REGIONS_TYPED, "data"),
    },
    prevent_initial_call=True,
)
def follow(
    address: str | None,
    values: list[Any],
    picked: dict[str, Any] | None,
    _dropped: list[int],
    _reset: int | None,
    view: dict[str, Any],
    renderer: str | None,
    typed: str | None,
) -> dict[str, Any]:
    """The one place where a choice becomes the view, and Back the choice; answers only what changes."""
    trigger, atlas, words = ctx.triggered_id, current(), speak(view["lang"])
    if isinstance(trigger, dict) and not ctx.triggered[0]["value"]:
        raise PreventUpdate  # a button that appeared with a chip, not a click
    before = Filters.from_query(view["query"], atlas)
    if trigger == ids.ADDRESS:
        after = Filters.from_query(address or "", atlas)
    else:
        after = _after(trigger, before, values, picked, atlas)
    is_new = trigger != ids.ADDRESS and after != before
    answer = _NOTHING | {"view": _view(after, view["lang"], is_new), "note": _note(after, atlas, words)}
    if not _is_control(trigger):
        answer["values"] = control_values(after)
    fly = trigger == ids.PICKED and bool((picked or {}).get("fly"))
    around = _around(before, after, atlas, words, typed or "")
    return answer | around | _on_map(before, after, renderer, fly, atlas, words)


@callback(
    Output(ids.control("regions"), "options", allow_duplicate=True),
    Input(ids.REGIONS_TYPED, "data"),
    State(ids.VIEW, "data"),
    prevent_initial_call=True,
)
def seek(typed: str | None, view: dict[str, Any]) -> list[dict[str, Any]]:
    """Of very many regions those whose names hold what is typed, and those that are chosen."""
    atlas = current()
    filters = Filters.from_query(view["query"], atlas).without_selection()
    found = _options(atlas, filters, view["lang"], typed or "")
    return found[COUNTED.index("regions")]


def _is_control(trigger: Any) -> bool:
    return isinstance(trigger, str) and trigger.startswith(ids.control(""))


def _after(trigger: Any, before: Filters, values: list[Any], picked: dict | None, atlas: Atlas) -> Filters:
    if trigger == ids.PICKED and picked:
        return before.select(*(key for key in picked["keys"] if exists(key, atlas)))
    if isinstance(trigger, dict) and trigger["type"] == "drop":
        return before.without(trigger["name"], trigger["value"])
    if trigger == ids.RESET:
        return Filters(selected=before.selected)
    return filters_of(values, before.selected, atlas) if _is_control(trigger) else before


_NOTHING: dict[str, Any] = {
    "values": [no_update] * len(CONTROLS),
    "options": [no_update] * len(COUNTED),
    **dict.fromkeys(("figure", "changes", "rows", "legend", "card", "chips", "finding"), no_update),
}


def _around(before: Filters, after: Filters, atlas: Atlas, words: Words, typed: str) -> dict[str, Any]:
    """What stands around the map and has to change."""
    answer: dict[str, Any] = {}
    if before.selected != after.selected:
        answer |= {"card": Plain(card_of(after.selected, atlas, words)), "rows": _rows(after, atlas)}
    if before.without_selection() != after.without_selection():
        answer["legend"] = legend(_marks(atlas, after.without_selection()), words)
    if before.active() != after.active():
        answer |= {
            "chips": chips(after, atlas, words),
            "finding": finding(after.regions_of_sites(atlas), atlas, words),
            "rows": _rows(after, atlas),
            "options": _new_options(before, after, atlas, words, typed),
        }
    return answer


def _new_options(before: Filters, after: Filters, atlas: Atlas, words: Words, typed: str) -> list[Any]:
    """The options of the controls whose counts have changed; drawing the others again would take time."""
    old, new = (
        _options(atlas, filters.without_selection(), words.language, typed) for filters in (before, after)
    )
    return [now if now != then else no_update for then, now in zip(old, new, strict=True)]


def _on_map(
    before: Filters, after: Filters, renderer: str | None, fly: bool, atlas: Atlas, words: Words
) -> dict[str, Any]:
    """What changes on the map: on screen its region traces, its layers and perhaps where it looks."""
    if renderer != "screen":
        return {"figure": _first_figure(renderer, after, atlas, words)} if before != after else {}
    old, new = (_instructions(atlas, filters, words.language) for filters in (before, after))
    changes = [change for change in new if change not in old]
    if fly and after.selected and (bounds := bounds_of(after.selected[0], atlas)):
        changes.append({"fly": bounds})
    marks = _marks(atlas, after.without_selection())
    has_new_traces = before.metric != after.metric or _regions_in(before.selected) != _regions_in(
        after.selected
    )
    patch = _patch(before, after, marks, atlas, words) if has_new_traces else no_update
    return {"figure": patch, "changes": changes}


def _first_figure(renderer: str | None, filters: Filters, atlas: Atlas, words: Words) -> Any:
    """The whole map: on screen, or printed to the size of its frame where the browser cannot draw it."""
    if renderer == "screen":
        return _figure(atlas, filters, words.language)
    size = paper.size_of(renderer)
    return printed_map(atlas, filters, words.language, size, is_alone=True) if size else no_update


def _regions_in(selected: tuple[str, ...]) -> list[str]:
    """The regions among what is selected: the only things that Plotly itself draws."""
    return [key for key in selected if key.startswith("region:")]


def _patch(before: Filters, after: Filters, marks: m.MapMarks, atlas: Atlas, words: Words) -> Patch:
    """What changes in the region traces; the camera and everything else stay."""
    patch, is_tiled = Patch(), travels_as_tiles(atlas, "regions")
    if before.metric != after.metric:
        traced = {} if is_tiled else screen.region_values(marks.regions, atlas.regions, words)
        for name, value in traced.items():
            patch["data"][0][name] = value
        for name, value in screen.total_values(marks.regions).items():
            patch["data"][1][name] = value
    if _regions_in(before.selected) != _regions_in(after.selected) and not is_tiled:
        patch["data"][0]["marker"] = screen.region_outline(marks.regions, after.selected)
    return patch
