"""One corridor: its map, its strip, its figures over time, what hinders it, what is built."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
import dash_bootstrap_components as dbc
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

from dashboard import ids, vocabulary
from dashboard.corridor_charts import charts_section
from dashboard.corridors import facts, scenes, unknown, way_parts
from dashboard.corridors.strips import corridor_strip
from dashboard.corridors.view import DISTANCES_KM, CorridorView
from dashboard.corridors.walk import walk_part
from dashboard.export.button import end_button, figure_head, section_head
from dashboard.free_text import bare_text, free_text
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, beside_map, page_map, scene
from dashboard.plain import Plain
from dashboard.shell import DISCLAIMER, date_line, reader_words
from dashboard.strips import STRIPS, strip_frame
from dashboard.text import N_, Words, speak
from layers import Atlas, current
from layers.ways import variants_of

dash.register_page(__name__, path_template="/corridors/<corridor_id>", title="Corridor Atlas")

SECTIONS = {
    "barriers": (N_("Barriers"), facts.barrier_section),
    "crossings": (N_("Crossings between Kazakhstan and Uzbekistan"), facts.crossing_section),
    "projects": (N_("Joint projects"), facts.project_section),
    "milestones": (N_("Milestones"), facts.milestone_section),
    "lengths": (N_("Published and computed lengths"), facts.length_section),
}


def layout(corridor_id: str = "", lang: str | None = None, **query: str) -> html.Div:
    """The page of a corridor; `?way=` chooses a way from end to end, `?within=` how far sites may lie."""
    atlas, words = current(), reader_words(lang)
    if corridor_id not in atlas.corridors.index:
        return unknown.no_such_corridor(corridor_id, atlas, words)
    view = CorridorView.from_query(corridor_id, query, atlas)
    row = atlas.corridors.loc[corridor_id]
    name, language = words.name_and_language(row)
    shown = scene("corridor", corridor_id + view.to_query(atlas), words)
    return html.Div(
        [
            html.H1(name, lang=language),
            html.P(
                [
                    words(vocabulary.STATUSES[row["status"]]),
                    *([": ", bare_text(row, "status_note", words)] if row["status_note"] else []),
                ],
                className="kind",
            ),
            _note(view, words),
            beside_map(
                html.Div(_way_part(atlas, view, words.language), id=ids.WAY_PART),
                page_map(shown, words, words("Map of the corridor {name}", name=name), "map"),
                [
                    free_text(row, "summary", words),
                    _controls(view, atlas, words),
                    html.Div(_way_facts(atlas, view, words.language), id=ids.WAY_FACTS),
                    how_to_read("/corridors/<corridor_id>", words),
                ],
            ),
            html.Section(
                [
                    html.H2(words("{name} as a strip", name=name)),
                    strip_frame(words),
                    html.Div(_walk_part(atlas, view, words.language), id=ids.WALK_PART),
                    html.P([words(DISCLAIMER), " ", date_line(atlas, words)], className="print-only"),
                ],
                className="strip-sheet",
            ),
            html.Div(_along_part(atlas, view, words.language), id=ids.ALONG_PART),
            charts_section(atlas, corridor_id, words),
            _rest(atlas, corridor_id, words.language),
            dcc.Store(id=ids.CORRIDOR_VIEW, data=_data(view, atlas, words.language)),
        ],
        className="corridor-page",
    )


def _note(view: CorridorView, words: Words) -> html.Div:
    message = N_("Part of this link means nothing here and was left out: {parts}")
    note = html.P(words(message, parts=", ".join(view.ignored)), className="note") if view.ignored else None
    return html.Div(note, role="status")


def _controls(view: CorridorView, atlas: Atlas, words: Words) -> html.Div:
    variants = variants_of(atlas, view.corridor_id)
    options = [{"value": i, "label": words.name(row)} for i, row in variants.iterrows()]
    distances = [{"value": km, "label": words("{n} km", n=words.number(km))} for km in DISTANCES_KM]
    return html.Div(
        [
            html.Label(words("Way from end to end"), htmlFor=ids.CORRIDOR_WAY),
            dbc.Select(options, view.variant_id, id=ids.CORRIDOR_WAY),
            html.Span(words("Sites within"), id="within-label"),
            html.Div(
                dbc.RadioItems(distances, view.within_km, id=ids.CORRIDOR_WITHIN, inline=True),
                role="group",
                **{"aria-labelledby": "within-label"},
            ),
            html.A(
                words("Compare with another corridor"),
                href=f"/corridors/compare?a={view.corridor_id}&lang={words.language}",
            ),
        ],
        className="view-bar corridor-controls",
    )


def _data(view: CorridorView, atlas: Atlas, language: str, is_new: bool = False) -> dict[str, Any]:
    query = view.to_query(atlas)
    return {"corridor_id": view.corridor_id, "query": query, "lang": language, "is_new": is_new}


# Key: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=128)
def _way_part(atlas: Atlas, view: CorridorView, language: str) -> Plain:
    said = way_parts.way_finding(view.way(atlas), atlas, speak(language))
    return Plain(html.P(said, id=ids.PAGE_FINDING, className="finding"))


@lru_cache(maxsize=128)
def _way_facts(atlas: Atlas, view: CorridorView, language: str) -> Plain:
    return Plain(way_parts.way_facts(view.way(atlas), atlas, speak(language)))


@lru_cache(maxsize=128)
def _walk_part(atlas: Atlas, view: CorridorView, language: str) -> Plain:
    return walk_part(view.way(atlas), atlas, speak(language))


@lru_cache(maxsize=128)
def _along_part(atlas: Atlas, view: CorridorView, language: str) -> Plain:
    words, way = speak(language), view.way(atlas)
    return Plain(
        figure_head(html.H2(words("Sites beside the way")), "sites", words),
        *way_parts.site_table(view.sites(atlas), view.within_km, atlas, words),
        html.Details(
            [
                html.Summary(words("Places on the way")),
                end_button("places", words),
                html.Div(way_parts.stop_table(way, atlas, words), className="table-box", tabIndex=0),
            ]
        ),
        html.Details(
            [
                html.Summary(words("Lines of the way")),
                end_button("lines", words),
                html.Div(way_parts.segment_table(way, atlas, words), className="table-box", tabIndex=0),
            ]
        ),
    )


@lru_cache(maxsize=64)
def _rest(atlas: Atlas, corridor_id: str, language: str) -> Plain:
    """What does not depend on the way."""
    words = speak(language)
    parts: list[Any] = []
    for anchor, (title, section) in SECTIONS.items():
        contents = section(corridor_id, atlas, words)
        head = section_head(html.H2(words(title)), anchor, contents, words)
        parts.append(html.Section([head, *contents], id=anchor))
    return Plain(parts)


SCENES["corridor"] = scenes.one_corridor
STRIPS["corridor"] = corridor_strip
clientside_callback(ClientsideFunction("address", "push"), Input(ids.CORRIDOR_VIEW, "data"))


@callback(
    output={
        "view": Output(ids.CORRIDOR_VIEW, "data"),
        "scene": Output(ids.SCENE, "data", allow_duplicate=True),
        "way": Output(ids.WAY_PART, "children"),
        "facts": Output(ids.WAY_FACTS, "children"),
        "along": Output(ids.ALONG_PART, "children"),
        "walk": Output(ids.WALK_PART, "children"),
    },
    inputs={
        "variant": Input(ids.CORRIDOR_WAY, "value"),
        "within": Input(ids.CORRIDOR_WITHIN, "value"),
        "now": State(ids.CORRIDOR_VIEW, "data"),
    },
    prevent_initial_call=True,
)
def follow(variant: Any, within: Any, now: dict[str, Any]) -> dict[str, Any]:
    """Another way, or sites within another distance."""
    atlas, words = current(), speak(now["lang"])
    view = CorridorView.from_query(now["corridor_id"], {"way": variant, "within": within}, atlas)
    is_new = view.to_query(atlas) != now["query"]
    has_new_way = ctx.triggered_id == ids.CORRIDOR_WAY
    return {
        "view": _data(view, atlas, words.language, is_new),
        "scene": scene("corridor", view.corridor_id + view.to_query(atlas), words),
        "way": _way_part(atlas, view, words.language) if has_new_way else no_update,
        "facts": _way_facts(atlas, view, words.language) if has_new_way else no_update,
        "along": _along_part(atlas, view, words.language),
        "walk": _walk_part(atlas, view, words.language) if has_new_way else no_update,
    }
