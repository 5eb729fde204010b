"""Tables that a reader sorts by their headings and walks with arrow keys; assets/table.js does both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.text import Words

MOST_ROWS = 500
"""A page shows so many rows of a table at most: more would be heavier than all the rest of it."""


def cut_note(shown: int, whole: int, words: Words) -> list[html.P]:
    """What is said of a table that shows its first rows only; nothing of a whole one."""
    if shown >= whole:
        return []
    text = words(
        "Here are the first {n} of {all} rows; the data file of the table has all of them.",
        n=words.number(shown),
        all=words.number(whole),
    )
    return [html.P(text, className="note")]


def sortable_table(
    caption: Any, titles: Sequence[str], rows: Sequence[html.Tr], own_class: str = ""
) -> html.Table:
    """A table sorted by any of its `titles`, which are in the reader's language already.

    A cell is sorted by its `data-value` where it has one, else by its text; an empty `data-value` comes last.
    The first link or button of a row is what arrow keys walk. Put the table into a `Plain` that stays:
    sorting moves its rows.
    """
    heads = [
        html.Th(
            html.Button(title, type="button"), scope="col", **_look(rows, position), **{"aria-sort": "none"}
        )
        for position, title in enumerate(titles)
    ]
    return html.Table(
        [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(list(rows))],
        className=f"sortable {own_class}".strip(),
    )


def _look(rows: Sequence[html.Tr], position: int) -> dict[str, str]:
    """The heading of numbers stands over their right edge, as they do."""
    cells = (row.children[position] for row in rows if position < len(row.children))
    is_amount = any(getattr(cell, "className", None) == "amount" for cell in cells)
    return {"className": "amount"} if is_amount else {}


def amount(value: float, shown: Any, words: Words) -> html.Td:
    """The cell of a number as `shown`; a missing one is a dash and comes last in any order."""
    if pd.isna(value):
        return html.Td("–", title=words("not known"), className="amount", **{"data-value": ""})
    return html.Td(shown, className="amount", **{"data-value": str(float(value))})
