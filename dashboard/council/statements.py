"""What governments stated of many projects together, over time: statements side by side, never added up."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import vocabulary
from dashboard.corridor_charts import GRAPH_CONFIG
from dashboard.council.statement_chart import colour_of, sign_of, statement_chart
from dashboard.export.button import figure_head
from dashboard.figures.sheet import INK
from dashboard.figures.sheet_chart import Sign
from dashboard.figures.theme import coloured
from dashboard.free_text import bare_text, translation_mark
from dashboard.plain import Plain
from dashboard.project_value import value_sourced, value_text
from dashboard.regions.links import region_link
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.projects import dated_statements

COLUMNS = (
    N_("Reported"),
    N_("What is counted"),
    N_("By whom"),
    N_("Projects"),
    N_("Value"),
    N_("Jobs"),
    N_("Status"),
)
RULES = (
    N_(
        "Each point is a statement of its day. They count different things and overlap: they are never added "
        "to each other or to the named projects, and no line joins them."
    ),
    N_("The day is the first on which one of the sources was published; of some only the year is known."),
)

TITLE, FIGURE = N_("What was stated of all projects together"), "stated-totals"
"""The title of the chart, and its name among what the page publishes."""


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def statement_part(atlas: Atlas, language: str) -> tuple[Any, ...]:
    """The chart, its key, what not to do with it, and all statements with their sources."""
    words, rows = speak(language), dated_statements(atlas)
    title = html.H2(words(TITLE), id="totals")
    if rows.empty:
        return title, html.P(words("No stated total is known to our sources."), className="not-known")
    said = statement_finding(rows, words)
    figure = statement_chart(rows, words)
    graph = dcc.Graph(
        id="council-statements",
        figure=figure,
        config=GRAPH_CONFIG,
        responsive=True,
        style={"height": f"{figure['layout']['height']}px"},
    )
    label = words("Chart of the stated totals by the day of the statement")
    return (
        figure_head(title, FIGURE, words),
        html.P(said, className="finding"),
        html.Div(
            html.Div(graph, role="img", **{"aria-label": f"{label}. {said}"}), className="council-chart"
        ),
        Plain(
            _key(rows, words),
            *(html.P(words(rule), className="legend-note") for rule in RULES),
            *(html.P(note, className="occasion") for note in occasion_notes(rows, words)),
            html.Div(_table(rows, atlas, words), className="table-box", tabIndex=0),
        ),
    )


def statement_finding(rows: pd.DataFrame, words: Words) -> str:
    """How many statements there are, and the largest and the latest ones."""
    known = rows[rows["value_usd"].notna()]
    counted = words.plural("{n} stated total.", "{n} stated totals.", len(rows))
    if known.empty:
        return counted
    largest = known.loc[known["value_usd"].idxmax()]
    told = words(
        "The largest, reported on {date}: {value}.",
        value=value_text(largest, words),
        date=words.date(largest["reported"]),
    )
    return f"{counted} {told}"


def occasion_notes(rows: pd.DataFrame, words: Words) -> list[str]:
    """Which statements count the same occasion and must not be taken for two."""
    notes = []
    for _, own in rows[rows["occasion"].ge(0)].groupby("occasion"):
        listed = "; ".join(f"{words.name(row)}: {value_text(row, words)}" for _, row in own.iterrows())
        notes.append(words("One occasion, counted by different sides, not to be added: {list}.", list=listed))
    return notes


def _key(rows: pd.DataFrame, words: Words) -> html.Ul:
    items = [
        html.Li([html.I(one.sign, style=coloured(one.colour), **{"aria-hidden": "true"}), " ", one.text])
        for one in statement_signs(rows, words)
    ]
    return html.Ul(items, className="chart-key")


def statement_signs(rows: pd.DataFrame, words: Words) -> tuple[Sign, ...]:
    """What the symbols and colours of the chart mean."""
    signs = []
    for status, own in rows.groupby("status", sort=True):
        letters = "".join(dict.fromkeys(sign_of(row) for _, row in own.iterrows()))
        signs.append(Sign(letters, colour_of(status), words(vocabulary.STATUSES[status])))
    return (*signs, Sign("▲△", INK, words("lower bound: over this value")))


def _table(rows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Table:
    newest = rows.sort_values("reported", ascending=False, kind="stable")
    lines = [_row(project_id, row, atlas, words) for project_id, row in newest.iterrows()]
    title = words("Stated totals, newest first; click a heading to sort")
    caption = [title, " ", translation_mark(rows, "summary", words)]
    return sortable_table(caption, [words(one) for one in COLUMNS], lines, "statement-table")


def _row(project_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    name, language = words.name_and_language(row)
    what: list[Any] = [html.Span(name, lang=language)]
    if row["occasion"] >= 0:
        what.append(html.Small(words("one occasion, counted twice"), className="same"))
    what.append(html.Small(bare_text(row, "summary", words)))
    regions = [region_link(one, atlas, words) for one in (*row["uz_region_ids"], *row["kz_region_ids"])]
    if regions:
        what.append(html.Small([part for link in regions for part in (", ", link)][1:]))
    return html.Tr(
        [
            html.Td(words.date(row["reported"]), **{"data-value": row["reported"]}),
            html.Th(what, scope="row"),
            html.Td(bare_text(row, "lead", words) or "–"),
            amount(row["project_count"], _number(row, "project_count", atlas, words), words),
            amount(row["value_usd"], _value(row, atlas, words), words),
            amount(row["jobs"], _number(row, "jobs", atlas, words), words),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
        ],
        id=project_id,
    )


def _value(row: pd.Series, atlas: Atlas, words: Words) -> Any:
    return value_sourced(row, atlas, words) if pd.notna(row["value_usd"]) else ""


def _number(row: pd.Series, column: str, atlas: Atlas, words: Words) -> Any:
    if pd.isna(row[column]):
        return ""
    return sourced(words.number(int(row[column])), row["source_ids"], atlas, words)
