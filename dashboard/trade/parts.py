"""What the sections of the page of trade share: charts with their keys, tables of values, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.corridor_charts import GRAPH_CONFIG, SIGNS
from dashboard.corridor_terms import amounts, when, who
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure, looks
from dashboard.figures.sheet_chart import Sign
from dashboard.figures.theme import coloured
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.plain import Plain
from dashboard.sourced import sourced
from dashboard.text import N_, Words
from dashboard.vocabulary import VALUE_KINDS
from layers import Atlas
from layers.corridor_series import Chart

LOOKS = {
    "stated": N_("actual"),
    "about": N_("preliminary or approximate"),
    "estimate": N_("estimate"),
    "aim": N_("target"),
    "part": N_("part of a year"),
}
TALL = 460
"""Pixels from which on a chart takes the room of two beside it."""

OWN_SIGNS = SIGNS | {"about": "○", "estimate": "○┄"}


def card(
    title: str, said: str, figure: Figure | None, name: str, words: Words, *below: Any, key: str = ""
) -> html.Div:
    """A chart: what it shows, what it says, the figure, and below it its key and its values.

    `name` is that of the figure among what the page publishes; `key` names it on the page, where both differ.
    Without a figure the sentence stands alone, with what is known.
    """
    graph = None
    if figure:
        drawn = dcc.Graph(
            id=f"chart-{key or name}",
            figure=figure,
            config=GRAPH_CONFIG,
            responsive=True,
            style={"height": f"{figure['layout']['height']}px"},
        )
        graph = html.Div(drawn, role="img", **{"aria-label": f"{title}. {said}"})
    is_tall = figure is not None and figure["layout"]["height"] > TALL
    heading = figure_head(html.H3(title), name, words) if figure else html.H3(title)
    return html.Div(
        [heading, html.P(said, className="finding"), graph, Plain(*below)],
        className="chart tall" if is_tall else "chart",
    )


def chart_key(chart: Chart, words: Words, palette: Mapping[str, str]) -> html.Ul:
    """What the symbols and colours of a chart mean, in words: an item for each witness."""
    items = [
        html.Li([html.I(one.sign, style=coloured(one.colour), **{"aria-hidden": "true"}), f" {one.text}"])
        for one in chart_signs(chart, words, palette)
    ]
    return html.Ul(items, className="chart-key")


def chart_signs(chart: Chart, words: Words, palette: Mapping[str, str]) -> tuple[Sign, ...]:
    """The same, a sign for each witness."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for look in looks(chart, words, palette):
        first = look.statements.iloc[0]
        kind = "part" if first["span"] == "part" else first["firmness"]
        own = kinds.setdefault((look.colour, look.name), [])
        own += [kind] if kind not in own else []
    return tuple(
        Sign(
            "".join(OWN_SIGNS[kind] for kind in own),
            colour,
            f"{name}: {', '.join(words(LOOKS[kind]) for kind in own)}",
        )
        for (colour, name), own in kinds.items()
    )


def opened(summary: str, *inside: Any) -> html.Details:
    """What a reader opens below a chart."""
    return html.Details([html.Summary(summary), *inside], className="opening")


def table(caption: Any, titles: Sequence[str], rows: Sequence[html.Tr], own_class: str = "") -> html.Div:
    """A table with its caption, in a box of its own that scrolls where the screen is narrow."""
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    made = html.Table(
        [html.Caption(caption), head, html.Tbody(list(rows))], className=f"chart-values {own_class}".strip()
    )
    return html.Div(made, className="chart-table", tabIndex=0)


def cell(title: str, *inside: Any) -> html.Td:
    """A cell that says what it holds where a phone hides the head of the table."""
    return html.Td(list(inside), **{"data-label": title})


def with_note(shown: Any, row: pd.Series, words: Words) -> list[Any]:
    """A value with the note of its row below it."""
    note = bare_text(row, "note", words)
    return [shown, html.Div(note, className="statement-note")] if note else [shown]


def noted(caption: str, rows: pd.DataFrame, words: Words) -> list[Any]:
    """The caption of a table with the notes of its rows, marked where they are translated."""
    return [caption, " ", translation_mark(rows, "note", words)]


def signed_percent(value: float, words: Words) -> str:
    """A change in percent with its sign."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + words.percent(abs(value))


def signed_dollars(value: float, words: Words) -> str:
    """An amount in US dollars with its sign."""
    return ("+" if value > 0 else "−" if value < 0 else "") + words.dollars(abs(value))


def dollars(row: pd.Series, atlas: Atlas, words: Words) -> html.Details:
    """The amount of a row of trade.csv with its sources, note and kind."""
    note = free_text(row, "note", words)
    return sourced(words.dollars(row["value_usd"]), row["source_ids"], atlas, words, note, row["kind"])


def growth(row: pd.Series, atlas: Atlas, words: Words) -> Any:
    """The growth that a row of trade.csv states, with its sources; words where it states none."""
    if pd.isna(row["growth_pct"]):
        return html.Span(words("not stated"), className="not-known")
    shown, note = signed_percent(row["growth_pct"], words), free_text(row, "note", words)
    return sourced(shown, row["source_ids"], atlas, words, note, row["kind"])


def value_rows(rows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Div:
    """Statements in the order of time: when, value with its sources and note, by whom, kind."""
    titles = [words("When"), words("Value"), words("By whom"), words("Kind")]
    lines = []
    for _, row in rows.sort_values(["year", "row"], kind="stable").iterrows():
        value = sourced(amounts(row, words, is_exact=True), row["source_ids"], atlas, words)
        shown = (
            [when(row, words)],
            with_note(value, row, words),
            [by_whom(row, words)],
            [words(VALUE_KINDS[row["kind"]])],
        )
        lines.append(html.Tr([cell(title, *one) for title, one in zip(titles, shown, strict=True)]))
    return table(noted(words("Values and sources"), rows, words), titles, lines)


def by_whom(row: pd.Series, words: Words) -> str:
    """Who states a value; where no reporter is named, the publisher of the source."""
    return who(row, words) if row["reporter"] else f"{words('reporter not named')}, {who(row, words)}"
