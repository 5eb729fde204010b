"""What the page of changes publishes: every difference of two versions as a row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import pandas as pd

from dashboard.evidence.changes import NOW, SAID, ChangesView, finding, found_between, row_name, table_name
from dashboard.evidence.columns import column_label
from dashboard.evidence.difference_cells import plain_text
from dashboard.export import cells
from dashboard.export.cells import Cells
from dashboard.export.kinds import View, filter_text, table_of
from dashboard.export.publication import Column, Makers, Publication
from dashboard.text import N_, Words
from layers import Atlas, DataError

KINDS = {
    **SAID,
    "column-added": N_("new column"),
    "column-removed": N_("column gone"),
    "table-added": N_("new table"),
    "table-removed": N_("table gone"),
}


def what_changed(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The differences of two versions; nothing where there is no earlier one, or none can be read."""
    view = ChangesView.from_query(given, atlas)
    if not view.before:
        return {}
    try:
        found = found_between(view, atlas)
    except DataError:
        return {}
    return {} if found.empty else {"changes": partial(_changes, view, found, atlas, words)}


def _changes(view: ChangesView, found: pd.DataFrame, atlas: Atlas, words: Words) -> Publication:
    rows = found[found["table"].eq(view.table)] if view.table else found
    parts = {"from": view.before, "to": view.after, "table": view.table}
    query = urlencode({name: value for name, value in parts.items() if value not in ("", NOW)})
    only = filter_text([table_name(view.table, words)] if view.table else [], words)
    ids = [one for column in ("new_source_ids", "old_source_ids") for own in rows[column] for one in own]
    return table_of(
        View(atlas, words, f"/changes?{query}", only),
        change_cells(rows, atlas, words),
        words("What changed"),
        [one for one in ids if one in atlas.sources.index],
        name="changes",
        subtitle=finding(found, view, atlas, words),
    )


def change_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Differences with what stood there before and what stands there after."""
    names = [
        plain_text(row_name(row, atlas, words)) if row["row_id"] else "" for row in rows.to_dict("records")
    ]
    return [
        (Column("table", words("Table")), rows["table"]),
        (Column("row_id", words("Id")), rows["row_id"]),
        (Column("row", words("Row")), names),
        (Column("change", words("What changed")), cells.coded(rows["change"], KINDS, words)),
        (Column("column", words("Column")), rows["column"]),
        (
            Column("column_title", words("Title of the column")),
            [_label(one, words) for one in rows["column"]],
        ),
        (Column("before", words("Before")), rows["old"]),
        (Column("after", words("After")), rows["new"]),
        (Column("sources_before", words("Sources before")), cells.listed(rows["old_source_ids"])),
        (Column("source_ids", words("Sources")), cells.listed(rows["new_source_ids"])),
    ]


def _label(column: str, words: Words) -> str:
    if column == "geometry":
        return words("geometry")
    return column_label(column, words) if column else ""
