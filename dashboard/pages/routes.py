"""Routes: the best ways between two places, and what changes if a link closes or opens."""

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
from dashboard.routes.absent import corrected, no_route_part, problem_part
from dashboard.routes.cards import cards, finding
from dashboard.routes.changed import changed_part
from dashboard.routes.conditions import Conditions, given_of, query_of
from dashboard.routes.lines import closings, line_table
from dashboard.routes.panel import question_form
from dashboard.routes.question import PATH, Question
from dashboard.routes.refusals import notes_part
from dashboard.routes.scenes import routes_scene
from dashboard.routes.strips import route_strip
from dashboard.routes.typing import place_finder
from dashboard.shell import reader_words
from dashboard.strips import STRIPS, strip_frame
from dashboard.text import N_, speak
from layers import Atlas, current

dash.register_page(__name__, path=PATH, name=N_("Routes"), title="Corridor Atlas", order=2)

SCENES["routes"] = routes_scene
STRIPS["routes"] = route_strip


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?from=…&to=…`; without a query, of the way from Samarkand to Poti."""
    atlas, words = current(), reader_words(lang)
    asked = Question.from_query(query, atlas)
    view = view_of(asked, query, words.language)
    label = words("Map of the ways, each in the colour of its number")
    return html.Div(
        [
            html.H1(words("Routes between two places")),
            drawer(words, Plain(question_form(asked, atlas, words), id=ids.ROUTES_FORM)),
            html.Div(
                Plain(answer(atlas, asked, view["query"], words.language), id=ids.ROUTES_FINDING),
                className="answer",
            ),
            how_to_read(PATH, words),
            page_map(scene("routes", view["query"], words), words, label, "map"),
            Plain(shown_ways(atlas, asked, words.language), id=ids.ROUTES_WAYS),
            html.Section([html.H2(words("The way as a strip")), strip_frame(words)], className="strip-sheet"),
            Plain(shown_lines(atlas, asked, words.language), id=ids.ROUTES_LINES),
            *place_finder(atlas),
            dcc.Store(id=ids.ROUTES_ASKED),
            dcc.Store(id=ids.ROUTES_VIEW, data=view),
        ],
        className="corridor-page routes-page",
    )


def view_of(asked: Question, query: Any, language: str, is_new: bool = False) -> dict[str, Any]:
    """What the page shows, as it travels between callbacks; a question with a problem stays as it was put."""
    given = [(name, one) for name, values in given_of(query).items() for one in values if name != "lang"]
    text = query_of(given[:80]) if asked.problem else asked.to_query()
    return {"query": text, "lang": language, "is_new": is_new}


# Key: the atlas (one object a data version), the question and the language; the components are never changed.
@lru_cache(maxsize=64)
def good_answer(atlas: Atlas, asked: Question, language: str) -> Plain:
    """The finding and what the conditions change, or why there is no way."""
    words = speak(language)
    found = asked.routes(atlas)
    if found:
        said = html.P(
            finding(asked, found, atlas, words), id=ids.PAGE_FINDING, className="finding", role="status"
        )
        return Plain(said, *changed_part(asked, atlas, words))

    def link(other: Conditions) -> str:
        return asked.on(other).address(language)

    cut = asked.cut(atlas)
    why = no_route_part(cut, asked, link, ids.ROUTES_ASKED, atlas, words) if cut else []
    return Plain(*why, *changed_part(asked, atlas, words))


def answer(atlas: Atlas, asked: Question, query: str, language: str) -> Plain:
    """What was left out of the link, and the answer or what is wrong with the question."""
    words = speak(language)
    notes = notes_part(asked.notes, asked.ignored, atlas, words)
    if not asked.problem:
        return Plain(notes, good_answer(atlas, asked, language))
    links = corrected(asked, given_of(query), atlas, words)
    return Plain(notes, problem_part(asked.problem, links, ids.ROUTES_ASKED, atlas, words))


@lru_cache(maxsize=64)
def good_ways(atlas: Atlas, asked: Question, language: str) -> Plain:
    """The ways found, one card each."""
    words, found = speak(language), asked.routes(atlas)
    if not found:
        return Plain()
    head = figure_head(html.H2(words("The ways")), "ways", words)
    return Plain(head, cards(asked, found, ids.ROUTES_ASKED, atlas, words))


def shown_ways(atlas: Atlas, asked: Question, language: str) -> Plain:
    """The ways; nothing where there is none."""
    return Plain() if asked.problem else good_ways(atlas, asked, language)


@lru_cache(maxsize=64)
def good_lines(atlas: Atlas, asked: Question, language: str) -> Plain:
    """What can be closed on the route that is shown, and all its lines."""
    words, route, store = speak(language), asked.shown(atlas), ids.ROUTES_ASKED

    def link(other: Conditions) -> str:
        return asked.on(other).address(language)

    if route is None:
        return Plain()
    return Plain(
        html.H2(words("What if a link of this way were closed?")),
        closings(route, asked.conditions, link, store, atlas, words),
        figure_head(html.H2(words("Lines of the way")), "lines", words),
        # The key makes the table anew: sorting has moved the rows of the old one.
        html.Div(
            line_table(route, asked.conditions, link, store, atlas, words),
            className="table-box",
            tabIndex=0,
            key=asked.to_query(),
        ),
    )


def shown_lines(atlas: Atlas, asked: Question, language: str) -> Plain:
    """The lines of the route that is shown; nothing where there is none."""
    return Plain() if asked.problem else good_lines(atlas, asked, language)


clientside_callback(ClientsideFunction("address", "push"), Input(ids.ROUTES_VIEW, "data"))


@callback(
    output={
        "view": Output(ids.ROUTES_VIEW, "data"),
        "form": Output(ids.ROUTES_FORM, "tree"),
        "answer": Output(ids.ROUTES_FINDING, "tree"),
        "scene": Output(ids.SCENE, "data", allow_duplicate=True),
        "ways": Output(ids.ROUTES_WAYS, "tree"),
        "lines": Output(ids.ROUTES_LINES, "tree"),
    },
    inputs={"put": Input(ids.ROUTES_ASKED, "data"), "now": State(ids.ROUTES_VIEW, "data")},
    prevent_initial_call=True,
)
def follow(put: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Another question: its form, its answer, its map; the strip follows the map."""
    atlas, words = current(), speak(now["lang"])
    asked = Question.from_query(put["query"], atlas)
    view = view_of(asked, put["query"], words.language)
    is_new = view["query"] != now["query"] and not put.get("back")
    return {
        "view": view | {"is_new": is_new},
        "form": question_form(asked, atlas, words).tree,
        "answer": answer(atlas, asked, view["query"], words.language).tree,
        "scene": scene("routes", view["query"], words),
        "ways": shown_ways(atlas, asked, words.language).tree,
        "lines": shown_lines(atlas, asked, words.language).tree,
    }
