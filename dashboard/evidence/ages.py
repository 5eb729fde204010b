"""How old the figures are: counts by table, and the old figures that nothing newer has replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from dashboard.evidence.names import TABLES, quantity, row_link, table_label
from dashboard.free_text import free_text
from dashboard.text import Words
from layers import Atlas, evidence

COLUMNS = {"regions": "population_source_ids"}
"""The column of sources that belongs to the dated figure, where it is not source_ids."""


def ages_section(atlas: Atlas, words: Words) -> list[Any]:
    """For each kind of figure how many are older than a year, and which of them are the newest known."""
    every = evidence.ages(atlas)
    intro = words(
        "Older than a year means that the day or period a figure speaks of ended more than a year before "
        "{date}. Aims are not counted. Of a series only the newest figure is listed; the earlier ones are "
        "its history.",
        date=words.date(atlas.date.isoformat()),
    )
    tables = dict(list(every.groupby("table")))
    ordered = [table for table, _ in TABLES if table in tables]
    lists = [_table_of(table, tables[table], atlas, words) for table in dict.fromkeys(ordered)]
    return [html.P(intro), html.Ul(lists, className="age-list")]


def _table_of(table: str, rows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Li:
    old, waiting = rows["is_old"].sum(), (rows["is_old"] & rows["is_newest"]).sum()
    undated = rows["date"].isna().sum()
    label = table_label(table, _column(table), words)
    parts = [
        words(
            "{label}: {old} of {all} older than a year",
            label=label,
            old=words.number(int(old)),
            all=words.number(len(rows)),
        ),
        words.plural(
            "for {n} of them nothing newer is known", "for {n} of them nothing newer is known", int(waiting)
        ),
    ]
    if undated:
        parts.append(words.plural("{n} has no date", "{n} have no date", int(undated)))
    summary = "; ".join(parts)
    listed = old_rows(table, atlas, words)
    if listed is None:
        return html.Li(summary)
    return html.Li(html.Details([html.Summary(summary), listed], className="opening"))


def _column(table: str) -> str:
    return COLUMNS.get(table, "source_ids")


def old_rows(table: str, atlas: Atlas, words: Words) -> html.Ol | None:
    """The old figures of one kind that nothing newer replaces, oldest first, each with its sources."""
    every = evidence.ages(atlas)
    rows = every[every["table"].eq(table) & every["is_old"] & every["is_newest"]]
    if rows.empty:
        return None
    frame = getattr(atlas, table)
    items = []
    for row_id, date in rows[["row_id", "date"]].itertuples(index=False):
        row = frame.loc[row_id]
        ended = html.Span(words.date(date.date().isoformat()), className="ended")
        note = free_text(row, "note", words, html.Small) if "note" in row else None
        told = [ended, row_link(table, row_id, atlas, words), ": ", _value(table, row, words)]
        items.append(html.Li([*told, *_cited(row[_column(table)], words), " ", note]))
    return html.Ol(items)


def _cited(source_ids: Sequence[str], words: Words) -> list[Any]:
    """Each source by its id, as a link to its place in the list of this page."""
    links: list[Any] = []
    for one in source_ids:
        address = "/sources?" + urlencode({"source": one, "lang": words.language})
        links += [" ", html.A(one, href=address, className="cited", title=words("Show the source"))]
    return links


def _value(table: str, row: pd.Series, words: Words) -> str:
    if table == "regions":
        return words("{n} people", n=words.number(row["population"]))
    return quantity(row, words)
