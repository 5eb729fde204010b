"""The events of the Council as the columns of a published table."""

from __future__ import annotations

import pandas as pd

from dashboard.council.names import STAGES
from dashboard.export.cells import Cells
from dashboard.export.publication import Column
from dashboard.export.row_cells import cited_cells, texts
from dashboard.text import Words
from layers import Atlas
from layers.council import stage_of


def event_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Events with their day, what they brought and whether sources confirm them."""
    day = atlas.date.isoformat()
    stages = [words(STAGES[stage_of(row, day)]) for _, row in rows.iterrows()]
    return [
        (Column("event_id", words("Id")), rows.index),
        (Column("date", words("Date")), rows["date"]),
        (Column("event", words("Event")), texts(rows, "event", words)),
        (Column("place", words("Place")), texts(rows, "place", words)),
        (Column("stage", words("Status")), stages),
        (Column("outcome", words("What it brought")), texts(rows, "outcome", words)),
        *cited_cells(rows, words),
    ]
