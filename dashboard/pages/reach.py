"""Reach: how far each region is from its nearest gateway, and what opening or closing a link changes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from dashboard import ids
from dashboard.drawer import drawer
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.plain import Plain
from dashboard.routes.absent import problem_part
from dashboard.routes.conditions import given_of, query_of
from dashboard.routes.reach_panel import reach_form
from dashboard.routes.reach_parts import finding, presets, ranking, views
from dashboard.routes.reaching import PATH, ReachQuestion
from dashboard.routes.refusals import notes_part
from dashboard.routes.scenes import reach_scene
from dashboard.routes.told import TIME_METHOD
from dashboard.shell import reader_words
from dashboard.text import N_, speak
from layers import Atlas, current

dash.register_page(__name__, path=PATH, name=N_("Reach"), title="Corridor Atlas", order=3)

SCENES["reach"] = reach_scene


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?gateways=…&measure=…`; without a query, hours to a sea port."""
    atlas, words = current(), reader_words(lang)
    asked = ReachQuestion.from_query(query, atlas)
    view = view_of(asked, query, words.language)
    label = words("Map of the regions shaded by their way to the nearest gateway")
    return html.Div(
        [
            html.H1(words("How far each region is from the gateways")),
            drawer(
                words,
                Plain(presets(ids.REACH_ASKED, atlas, words)),
                Plain(reach_form(asked, atlas, words), id=ids.REACH_FORM),
            ),
            html.Div(
                Plain(answer(atlas, asked, words.language), id=ids.REACH_FINDING),
                className="answer",
            ),
            how_to_read(PATH, words),
            page_map(scene("reach", view["query"], words), words, label, "map"),
            Plain(table(atlas, asked, words.language), id=ids.REACH_TABLE),
            dcc.Store(id=ids.REACH_ASKED),
            dcc.Store(id=ids.REACH_VIEW, data=view),
        ],
        className="corridor-page routes-page",
    )


def view_of(asked: ReachQuestion, query: Any, language: str, is_new: bool = False) -> dict[str, Any]:
    """What the page shows, as it travels between callbacks; a question with a problem stays as it was put."""
    given = [(name, one) for name, values in given_of(query).items() for one in values if name != "lang"]
    text = query_of(given[:80]) if asked.problem else asked.to_query()
    return {"query": text, "lang": language, "is_new": is_new}


def answer(atlas: Atlas, asked: ReachQuestion, language: str) -> Plain:
    """What was left out of the link, and the finding or what is wrong with the question."""
    words = speak(language)
    notes = notes_part(asked.notes, asked.ignored, atlas, words)
    if asked.problem:
        return Plain(notes, problem_part(asked.problem, {}, ids.REACH_ASKED, atlas, words))
    return Plain(notes, good_answer(atlas, asked, language))


# Key: the atlas (one object a data version), the question and the language; the components are never changed.
@lru_cache(maxsize=64)
def good_answer(atlas: Atlas, asked: ReachQuestion, language: str) -> Plain:
    """The finding, and links to the maps."""
    words = speak(language)
    method = html.Div(html.P(words(TIME_METHOD)))
    how = html.Details([html.Summary(words("How this is computed")), method], className="sourced")
    said = html.P(finding(asked, atlas, words), id=ids.PAGE_FINDING, className="finding", role="status")
    return Plain(said, how, *views(asked, ids.REACH_ASKED, words))


@lru_cache(maxsize=64)
def good_table(atlas: Atlas, asked: ReachQuestion, language: str) -> Plain:
    """The ranking of the regions; its key makes it anew, because sorting has moved the old rows."""
    words = speak(language)
    made = ranking(asked, atlas, words)
    head = figure_head(html.H2(words("The regions")), "ranking", words)
    return Plain(head, html.Div(made, className="table-box", tabIndex=0, key=asked.to_query()))


def table(atlas: Atlas, asked: ReachQuestion, language: str) -> Plain:
    """The ranking; nothing where the question has no answer."""
    return Plain() if asked.problem else good_table(atlas, asked, language)


clientside_callback(ClientsideFunction("address", "push"), Input(ids.REACH_VIEW, "data"))


@callback(
    output={
        "view": Output(ids.REACH_VIEW, "data"),
        "form": Output(ids.REACH_FORM, "tree"),
        "answer": Output(ids.REACH_FINDING, "tree"),
        "scene": Output(ids.SCENE, "data", allow_duplicate=True),
        "table": Output(ids.REACH_TABLE, "tree"),
    },
    inputs={"put": Input(ids.REACH_ASKED, "data"), "now": State(ids.REACH_VIEW, "data")},
    prevent_initial_call=True,
)
def follow(put: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Another question: its form, its answer, its map and its ranking."""
    atlas, words = current(), speak(now["lang"])
    asked = ReachQuestion.from_query(put["query"], atlas)
    view = view_of(asked, put["query"], words.language)
    is_new = view["query"] != now["query"] and not put.get("back")
    return {
        "view": view | {"is_new": is_new},
        "form": reach_form(asked, atlas, words).tree,
        "answer": answer(atlas, asked, words.language).tree,
        "scene": scene("reach", view["query"], words),
        "table": table(atlas, asked, words.language).tree,
    }
