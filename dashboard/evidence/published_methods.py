"""The tables of the page of the sources beside their list: differences, general knowledge, drawings."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.evidence.difference_cells import difference_cells, differing, sources_of_differences, sum_cells
from dashboard.evidence.differences import SUMS, TOPICS
from dashboard.evidence.methods import DRAWN
from dashboard.evidence.names import table_label
from dashboard.evidence.publications import TITLE, published_cells, published_rows
from dashboard.export.cells import Cells
from dashboard.export.lists import Listed
from dashboard.export.publication import Column
from dashboard.text import N_, Words
from layers import Atlas, evidence

FLOWS = ["turnover", "export_uz_to_kz", "import_uz_from_kz"]


def tables_of_evidence(atlas: Atlas) -> Mapping[str, Listed]:
    """The tables by the anchors of their sections."""
    topics = tuple(TOPICS)
    sums = evidence.unequal_sums(atlas)
    unequal = atlas.trade.loc[sums[FLOWS].to_numpy().ravel()] if len(sums) else atlas.trade.iloc[:0]
    drawn = pd.DataFrame(DRAWN, columns=["layer", "state", "credit", "licence"])
    return {
        "disagreements": Listed(
            N_("Where sources disagree"),
            differing(topics, atlas),
            lambda _rows, atlas, words: difference_cells(topics, atlas, words),
            source_ids=sources_of_differences(topics, atlas),
        ),
        "sums": Listed(SUMS, unequal, lambda _rows, atlas, words: sum_cells(atlas, words)),
        "general-knowledge": Listed(
            N_("General knowledge"), evidence.general_knowledge(atlas), counted_cells, source_ids=()
        ),
        "boundaries": Listed(N_("Boundaries, licences, attribution"), drawn, drawn_cells, source_ids=()),
        "versions": Listed(TITLE, published_rows(atlas), published_cells, source_ids=()),
    }


def counted_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> Cells:
    """How many rows of each table rest on general knowledge."""
    return [
        (Column("table", words("Table")), rows["table"]),
        (
            Column("rows", words("Rows")),
            [table_label(table, "source_ids", words) for table in rows["table"]],
        ),
        (Column("alone", words("on general knowledge alone")), rows["alone"]),
        (Column("beside", words("beside other sources")), rows["named"] - rows["alone"]),
    ]


def drawn_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> Cells:
    """What is drawn: its date, credit and licence."""
    titles = {
        "layer": words("Drawn"),
        "state": words("State"),
        "credit": words("Credit"),
        "licence": words("Licence"),
    }
    return [(Column(name, title), [words(text) for text in rows[name]]) for name, title in titles.items()]
