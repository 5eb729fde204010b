"""The Council of Heads of Regions: what it is, its projects, what was stated of them, how it came about."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from dashboard.council.portfolio import ASKED, bars, portfolio_finding, portfolio_form
from dashboard.council.project_table import project_table
from dashboard.council.statements import statement_part
from dashboard.council.story import council_finding, story_part
from dashboard.council.tabs import council_tabs
from dashboard.council.timeline import timeline_part
from dashboard.council.totals import totals
from dashboard.council.view import COUNCIL, PortfolioView
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_, Words, speak
from layers import Atlas, current

dash.register_page(__name__, path=COUNCIL, name=N_("Council"), title="Corridor Atlas", order=9)

VIEW, FORM, ANSWER, TABLE, NOTE = (f"council-{part}" for part in ("view", "form", "answer", "table", "note"))

SECTIONS = {
    "story": N_("What the Council is"),
    "timeline": N_("How it came about"),
    "projects": N_("Named projects"),
    "totals": N_("What was stated of all projects together"),
}


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?status=…&sector=…&uz=…&kz=…&year=…&value=…`; without a query, all projects."""
    atlas, words = current(), reader_words(lang)
    view = PortfolioView.from_query(query, atlas)
    return html.Div(
        [
            html.H1(words("The Council and its projects")),
            Plain(council_tabs(COUNCIL, words)),
            html.Div(note_of(view.ignored, words), id=NOTE),
            html.P(council_finding(atlas, words), className="finding"),
            how_to_read(COUNCIL, words),
            _told(atlas, words.language),
            *_projects(view, atlas, words),
            html.Section(list(statement_part(atlas, words.language))),
            dcc.Store(id=ASKED),
            dcc.Store(id=VIEW, data=_data(view, words)),
        ],
        className="council-page",
    )


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def _told(atlas: Atlas, language: str) -> Plain:
    """What does not change with the choice of projects: links to the parts, the story, the timeline."""
    words = speak(language)
    links = [html.Li(html.A(words(title), href=f"#{name}")) for name, title in SECTIONS.items()]
    inside = html.Nav(html.Ul(links), className="on-page", **{"aria-label": words("On this page")})
    return Plain(inside, story_part(atlas, words), timeline_part(atlas, words))


def _projects(view: PortfolioView, atlas: Atlas, words: Words) -> list[Any]:
    explained = words(
        "Single projects that our sources name. What governments state for many projects together stands "
        "below, and is never mixed with them."
    )
    return [
        Plain(
            figure_head(html.H2(words("Named projects"), id="projects"), "portfolio", words),
            html.P(explained, className="legend-note"),
        ),
        _plain(FORM, portfolio_form(view, atlas, words)),
        _plain(ANSWER, _answer(view, atlas, words.language)),
        _plain(TABLE, project_table(view, atlas, words).tree),
    ]


def _plain(name: str, tree: list[Any]) -> Plain:
    made = Plain(id=name)
    made.tree = tree
    return made


@lru_cache(maxsize=64)
def _made(atlas: Atlas, view: PortfolioView, language: str) -> Plain:
    words = speak(language)
    said = html.P(portfolio_finding(view, atlas, words), className="finding", role="status")
    return Plain(said, totals(view, atlas, words), bars(view, atlas, words))


def _answer(view: PortfolioView, atlas: Atlas, language: str) -> list[Any]:
    """The finding, the totals and the bars of a view."""
    return _made(atlas, view, language).tree


def _data(view: PortfolioView, words: Words, is_new: bool = False) -> dict[str, Any]:
    return {"query": view.to_query(), "lang": words.language, "is_new": is_new}


clientside_callback(ClientsideFunction("address", "push"), Input(VIEW, "data"))


@callback(
    output={
        "view": Output(VIEW, "data"),
        "form": Output(FORM, "tree"),
        "answer": Output(ANSWER, "tree"),
        "table": Output(TABLE, "tree"),
        "note": Output(NOTE, "children"),
    },
    inputs={"put": Input(ASKED, "data"), "now": State(VIEW, "data")},
    prevent_initial_call=True,
)
def follow(put: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Another choice of projects: its form, its totals and bars, its rows."""
    atlas, words = current(), speak(now["lang"])
    view = PortfolioView.from_query(put["query"], atlas)
    is_new = view.to_query() != now["query"] and not put.get("back")
    return {
        "view": _data(view, words, is_new),
        "form": portfolio_form(view, atlas, words),
        "answer": _answer(view, atlas, words.language),
        "table": project_table(view, atlas, words).tree,
        "note": note_of(view.ignored, words),
    }
