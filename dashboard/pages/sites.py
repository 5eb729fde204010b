"""All industrial sites: filters, map, charts and a grid that show the same ones."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import (
    ClientsideFunction,
    Input,
    Output,
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
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.plain import Plain
from dashboard.shell import reader_words
from dashboard.site_pages import is_paged, site_pages
from dashboard.sites import scenes
from dashboard.sites.bars import bar_charts
from dashboard.sites.grid import site_grid
from dashboard.sites.panel import (
    CONTROLS,
    control_values,
    counted_options,
    offers_regions_in_part,
    site_chips,
    site_panel,
    view_of,
)
from dashboard.sites.rows import packed, row_words, rows_url
from dashboard.sites.told import sites_finding
from dashboard.sites.view import SitesView
from dashboard.text import N_, Words, speak
from layers import Atlas, current
from layers.site_choice import CHOICES, SiteChoice, fitting

dash.register_page(
    __name__, path="/sites", name=N_("Sites"), title="Corridor Atlas", order=4, libraries=("dash_ag_grid",)
)

SCENES["sites"] = scenes.many_sites


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page for a query; without one, all sites."""
    atlas, words = current(), reader_words(lang)
    view = SitesView.from_query({k: v for k, v in query.items() if isinstance(v, str)}, atlas)
    filters = html.Details(
        [html.Summary(words("Filters")), site_panel(view, atlas, words)],
        id=ids.SITES_PANEL,
        open=True,
        className="filters",
    )
    shown = page_map(
        scene("sites", view.to_query(), words),
        words,
        words("Map of the industrial sites"),
        "map",
        ids.SITES_FINDING,
    )
    copy = html.Button(
        words("Copy link"),
        type="button",
        className="btn btn-outline-secondary btn-sm",
        **{"data-copy-link": atlas.version, "data-copied": words("Copied")},
    )
    told = _told(atlas, view.choice, words.language)
    rows = (
        None
        if is_paged(atlas)
        else {
            "url": rows_url(atlas),
            "words": row_words(atlas, words),
            "lang": words.language,
            "selected": list(view.selected),
        }
    )
    return html.Div(
        [
            html.H1(words("Industrial sites")),
            html.Div(_note(view, words), id=ids.SITES_NOTE, role="status"),
            html.P(told["finding"], id=ids.SITES_FINDING, className="finding", role="status"),
            how_to_read("/sites", words),
            html.Div(
                [html.Div(Plain(site_chips(view, atlas, words)), id=ids.SITES_CHIPS), copy],
                className="view-bar",
            ),
            html.Div([filters, shown], className="sites-explorer"),
            html.Div(told["bars"], id=ids.SITES_BARS, className="bar-charts"),
            site_pages("sites", view.to_query(), atlas, words) if is_paged(atlas) else site_grid(words),
            dcc.Store(id=ids.SITES_VIEW, data=_data(view, words.language)),
            dcc.Store(id=ids.SITES_ROWS, data=rows),
            dcc.Store(id=ids.SITES_FIT, data=told["fit"]),
            dcc.Store(id=ids.SITES_ASKED),
            dcc.Store(id=ids.SITES_ADDRESS),
            dcc.Store(id=ids.SITES_REGIONS_TYPED, data="" if offers_regions_in_part(atlas) else None),
        ],
        className="sites-page",
        **{"data-address": ids.SITES_ADDRESS},
    )


def _data(view: SitesView, language: str, is_new: bool = False) -> dict[str, Any]:
    return {"query": view.to_query(), "lang": language, "is_new": is_new}


def _note(view: SitesView, words: Words) -> html.P | None:
    if not view.ignored:
        return None
    message = N_("Part of this link means nothing here and was left out: {parts}")
    return html.P(words(message, parts=", ".join(view.ignored)), className="note")


# Key: the atlas (one object a data version), the choice and the language; the components are never changed.
@lru_cache(maxsize=128)
def _told(atlas: Atlas, choice: SiteChoice, language: str) -> dict[str, Any]:
    """What depends on the choice alone: the finding, the charts, and which rows fit."""
    words, fits = speak(language), fitting(atlas, choice)
    return {
        "finding": sites_finding(atlas.sites[["region_id", "location_precision"]][fits], atlas, words),
        "bars": Plain(*bar_charts(choice, atlas, words)),
        "fit": {"which": SitesView(choice).to_query()} if is_paged(atlas) else {"fits": packed(fits)},
    }


clientside_callback(ClientsideFunction("address", "push"), Input(ids.SITES_VIEW, "data"))
# Dash runs a browser's callback on a page that opens only where it has an output.
clientside_callback(
    ClientsideFunction("sites_page", "begin"),
    Output(ids.SITES_PANEL, "open"),
    Input(ids.SITES_ROWS, "data"),
    State(ids.SITES_FIT, "data"),
)
clientside_callback(ClientsideFunction("sites_page", "show"), Input(ids.SITES_FIT, "data"))
clientside_callback(ClientsideFunction("sites_page", "columns"), Input(ids.SITES_COLUMNS, "value"))
clientside_callback(ClientsideFunction("sites_page", "picked"), Input(ids.PAGE_PICKED, "data"))
clientside_callback(
    ClientsideFunction("dropdown", "seek"),
    Input(ids.site_control("regions"), "search_value"),
    State(ids.SITES_REGIONS_TYPED, "id"),
    prevent_initial_call=True,
)


@callback(
    output={
        "view": Output(ids.SITES_VIEW, "data"),
        "values": [Output(ids.site_control(name), "value") for name in CONTROLS],
        "options": [Output(ids.site_control(name), "options") for name in CHOICES],
        "fit": Output(ids.SITES_FIT, "data"),
        "scene": Output(ids.SCENE, "data", allow_duplicate=True),
        "finding": Output(ids.SITES_FINDING, "children"),
        "bars": Output(ids.SITES_BARS, "children"),
        "chips": Output(ids.SITES_CHIPS, "children"),
        "note": Output(ids.SITES_NOTE, "children"),
    },
    inputs={
        "address": Input(ids.SITES_ADDRESS, "data"),
        "asked": Input(ids.SITES_ASKED, "data"),
        "values": [Input(ids.site_control(name), "value") for name in CONTROLS],
        "picked": State(ids.PAGE_PICKED, "data"),
        "renderer": State(ids.PAGE_RENDERER, "data"),
        "now": State(ids.SITES_VIEW, "data"),
        "typed": State(ids.SITES_REGIONS_TYPED, "data"),
    },
    prevent_initial_call=True,
)
def follow(
    address: str | None,
    asked: dict[str, str] | None,
    values: list[Any],
    picked: dict[str, Any] | None,
    renderer: str | None,
    now: dict[str, Any],
    typed: str | None,
) -> dict[str, Any]:
    """The one place where a choice becomes the view, and Back the choice; answers only what changes."""
    atlas, words = current(), speak(now["lang"])
    before = SitesView.from_query(now["query"], atlas)
    after = _after(ctx.triggered_id, before, address, asked, values, atlas)
    if ctx.triggered_id != ids.SITES_ADDRESS:
        after = after.selecting((picked or {}).get("keys", before.selected), atlas)
    is_control = ctx.triggered_id not in (ids.SITES_ADDRESS, ids.SITES_ASKED)
    if is_control and after.choice == before.choice:
        raise PreventUpdate  # a control that was set by an answer of this very callback
    is_new = ctx.triggered_id != ids.SITES_ADDRESS and after.choice != before.choice
    told = _told(atlas, after.choice, words.language)
    old, new = (counted_options(atlas, v.choice, words.language, typed or "") for v in (before, after))
    return {
        "view": _data(after, words.language, is_new),
        "values": [no_update] * len(CONTROLS) if is_control else control_values(after),
        "options": [no_update if one == was else one for was, one in zip(old, new, strict=True)],
        # On screen the browser itself shows the sites that fit; a printed map and tiles are made anew.
        "scene": no_update
        if renderer == "screen" and not is_paged(atlas)
        else scene("sites", after.to_query(), words),
        "chips": Plain(site_chips(after, atlas, words)),
        "note": _note(after, words),
        **told,
    }


@callback(
    Output(ids.site_control("regions"), "options", allow_duplicate=True),
    Input(ids.SITES_REGIONS_TYPED, "data"),
    State(ids.SITES_VIEW, "data"),
    prevent_initial_call=True,
)
def seek(typed: str | None, now: dict[str, Any]) -> list[dict[str, Any]]:
    """Of very many regions those whose names hold what is typed, and those that are chosen."""
    atlas = current()
    choice = SitesView.from_query(now["query"], atlas).choice
    return counted_options(atlas, choice, now["lang"], typed or "")[CHOICES.index("regions")]


def _after(
    trigger: Any,
    before: SitesView,
    address: str | None,
    asked: dict[str, str] | None,
    values: list[Any],
    atlas: Atlas,
) -> SitesView:
    """The view that was asked for by Back, by a bar or a chip, or by a control."""
    if trigger == ids.SITES_ADDRESS:
        return SitesView.from_query(address or "", atlas)
    if trigger == ids.SITES_ASKED:
        name, value = (asked or {}).get("name", ""), (asked or {}).get("value", "")
        return before.toggled(name, value, atlas) if name else SitesView(selected=before.selected)
    return view_of(values, before, atlas)
