"""Columns that tables of stated figures share: when, by whom, what kind of figure, its note, its sources."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import PERIODS, REPORTERS
from dashboard.export.cells import Cells, coded, listed
from dashboard.export.publication import Column
from dashboard.text import Words
from layers import Atlas


def period_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """The period as its source calls it, and its first and last day where they are known."""
    return [
        (Column("period", words("Period")), coded(rows["period"], PERIODS, words)),
        (Column("period_start", words("From day")), rows["period_start"]),
        (Column("period_end", words("To day")), rows["period_end"]),
    ]


def kind_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Whether a figure is a result, an estimate, a plan …"""
    return [
        (Column("kind", words("Kind of figure")), coded(rows["kind"], vocabulary.VALUE_KINDS, words)),
    ]


def reporter_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Who states a figure, "" where its source names nobody."""
    return [(Column("reporter", words("By whom")), coded(rows["reporter"], REPORTERS, words))]


def cited_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """The note of a row and the ids of its sources."""
    noted: Cells = []
    if "note" in rows:
        noted = [(Column("note", words("Note")), texts(rows, "note", words))]
    return [*noted, (Column("source_ids", words("Sources")), listed(rows["source_ids"]))]


def texts(rows: pd.DataFrame, family: str, words: Words) -> list[str]:
    """A free text or name of each row in the reader's language where the data have it."""
    return [words.text(row, family) for row in rows.to_dict("records")]


def region_names(ids: Iterable[Iterable[str]], atlas: Atlas, words: Words) -> list[str]:
    """Names of the regions of each row in one text."""
    return ["; ".join(words.name(atlas.regions.loc[one]) for one in own) for own in ids]


def cited(rows: pd.DataFrame) -> list[str]:
    """The sources of all rows, in their order."""
    return [one for ids in rows["source_ids"] for one in ids]
