"""The named projects ranked by criteria with the reader's own weights, with what is not known left open."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html, no_update

from dashboard.corridor_charts import GRAPH_CONFIG
from dashboard.council.method import method
from dashboard.council.rank_chart import RANKS, RANKS_TITLE, rank_chart, rank_signs
from dashboard.council.ranking import (
    ASKED,
    ranking_finding,
    ranking_table,
    rows_of,
    weight_form,
)
from dashboard.council.tabs import council_tabs
from dashboard.council.view import PRIORITIES, PriorityView
from dashboard.export.button import figure_head
from dashboard.figures.theme import coloured
from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import Words, speak
from layers import Atlas, current
from layers.priorities import in_top, ranking

dash.register_page(__name__, path=PRIORITIES, title="Corridor Atlas")

VIEW, FORM, SAID, CHART, TABLE, NOTE = (
    f"priorities-{part}" for part in ("view", "form", "said", "chart", "table", "note")
)


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?value=0…5&jobs=…&readiness=…&sides=…&corridor=…&border=…&todo=1`."""
    atlas, words = current(), reader_words(lang)
    view = PriorityView.from_query(query)
    said, chart, table = answer(atlas, view, words.language)
    return html.Div(
        [
            html.H1(words("Priority list of the named projects")),
            Plain(council_tabs(PRIORITIES, words)),
            html.Div(note_of(view.ignored, words), id=NOTE),
            html.P(said, id=SAID, className="finding", role="status"),
            how_to_read(PRIORITIES, words),
            _plain(FORM, weight_form(view, words)),
            Plain(method(words)),
            html.Div([html.Div(chart, id=CHART), html.Div(_plain(TABLE, table))], className="ranked"),
            dcc.Store(id=ASKED),
            dcc.Store(id=VIEW, data=_data(view, words)),
        ],
        className="council-page priorities-page",
    )


def _plain(name: str, tree: list[Any]) -> Plain:
    made = Plain(id=name)
    made.tree = tree
    return made


# Key: the atlas (one object a data version), the view and the language; nobody changes what is in it.
@lru_cache(maxsize=64)
def answer(atlas: Atlas, view: PriorityView, language: str) -> tuple[str, html.Div | None, list[Any]]:
    """The finding, the chart and the table of a view; no chart and no table where nothing is ranked."""
    words = speak(language)
    if not view.weights.total:
        return (
            words("All weights are 0, so nothing is ranked. Give at least one criterion a weight."),
            None,
            [],
        )
    low, high = rows_of(view, atlas)
    ranked, shares = ranking(low, high, view.weights), in_top(low, high, view.weights)
    said = ranking_finding(ranked, shares, atlas, words)
    if ranked.empty:
        return said, None, []
    return said, _chart(ranked, said, atlas, words), ranking_table(ranked, shares, view, atlas, words).tree


def _chart(ranked: Any, said: str, atlas: Atlas, words: Words) -> html.Div:
    figure = rank_chart(ranked, atlas, words)
    height = {"height": f"{figure['layout']['height']}px"}
    graph = dcc.Graph(
        id="priorities-graph", figure=figure, config=GRAPH_CONFIG, responsive=True, style=height
    )
    label = words("Chart of the places that each project may take")
    key = html.Ul(
        [html.Li([html.I(one.sign, style=coloured(one.colour)), " ", one.text]) for one in rank_signs(words)],
        className="chart-key",
    )
    title = figure_head(html.H2(words(RANKS_TITLE)), RANKS, words)
    return html.Div(
        [
            Plain(title, key),
            html.Div(
                html.Div(graph, role="img", **{"aria-label": f"{label}. {said}"}), className="council-chart"
            ),
        ]
    )


def _data(view: PriorityView, words: Words, is_new: bool = False) -> dict[str, Any]:
    return {"query": view.to_query(), "lang": words.language, "is_new": is_new}


clientside_callback(ClientsideFunction("address", "push"), Input(VIEW, "data"))


@callback(
    output={
        "view": Output(VIEW, "data"),
        "form": Output(FORM, "tree"),
        "said": Output(SAID, "children"),
        "chart": Output(CHART, "children"),
        "table": Output(TABLE, "tree"),
        "note": Output(NOTE, "children"),
    },
    inputs={"put": Input(ASKED, "data"), "now": State(VIEW, "data")},
    prevent_initial_call=True,
)
def follow(put: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Other weights: their form, finding, chart and table."""
    atlas, words = current(), speak(now["lang"])
    view = PriorityView.from_query(put["query"])
    said, chart, table = answer(atlas, view, words.language)
    is_new = view.to_query() != now["query"] and not put.get("back")
    return {
        "view": _data(view, words, is_new),
        # Sliders that the reader moves stay as they are, with the focus; Back sets them to what was.
        "form": weight_form(view, words, str(put["at"])) if put.get("back") else no_update,
        "said": said,
        "chart": chart,
        "table": table,
        "note": note_of(view.ignored, words),
    }
