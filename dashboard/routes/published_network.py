"""What the network of a question rests on, as a table to be published: every assumption with its value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.export.cells import Cells
from dashboard.export.kinds import View, table_of
from dashboard.export.lists import Listed, makers_of_lists
from dashboard.export.publication import Column, Makers, Publication
from dashboard.export.row_cells import cited_cells
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import UNITS
from dashboard.routes.question import Question
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import changes

KINDS = {"sourced": N_("sourced"), "assumption": N_("assumption")}


def network_makers(here: View, conditions: Conditions) -> Makers:
    """The assumptions in force."""
    now: dict[str, Any] = conditions.assumptions(here.atlas).values
    rows = here.atlas.assumptions.loc[list(now)].assign(now=list(now.values()))
    listed = Listed(N_("What the hours are computed from"), rows, assumption_cells)
    return makers_of_lists(here, "", {"assumptions": listed})


def assumption_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> Cells:
    """Assumptions with the value `now` in force and the one stated."""
    return [
        (Column("assumption_id", words("Id")), rows.index),
        (Column("assumption", words("Assumption")), [words.name(row) for _, row in rows.iterrows()]),
        (Column("value", words("Value")), rows["now"]),
        (Column("stated", words("Stated value")), rows["value"]),
        (Column("low", words("Value, or its lower end")), rows["low"]),
        (Column("high", words("Value, or its upper end")), rows["high"]),
        (Column("unit", words("Unit")), [words(UNITS.get(unit, unit)) for unit in rows["unit"]]),
        (Column("kind", words("Kind of figure")), [words(KINDS[kind]) for kind in rows["kind"]]),
        *cited_cells(rows, words),
    ]


def changes_of(here: View, asked: Question) -> Publication:
    """Every way of today and of the changed network, with its rank in both."""
    atlas, words = here.atlas, here.words
    before, after = asked.before(atlas), asked.routes(atlas)
    kept = dict(changes(before, after).kept)
    rows = [(rank + 1, kept.get(rank), route) for rank, route in enumerate(before)]
    rows += [(None, rank, route) for rank, route in enumerate(after) if rank not in kept.values()]
    routes = [route for *_, route in rows]
    return table_of(
        here,
        [
            (Column("rank_today", words("Rank today")), [today for today, *_ in rows]),
            (
                Column("rank_changed", words("Rank with the changes")),
                [None if now is None else now + 1 for _, now, _ in rows],
            ),
            (Column("hours", words("Hours"), words("h")), [round(route.hours, 1) for route in routes]),
            (Column("length", words("Length"), words("km")), [round(route.km) for route in routes]),
            (Column("borders", words("Borders")), [route.borders for route in routes]),
            (Column("gauge_breaks", words("Gauge breaks")), [route.gauge_breaks for route in routes]),
        ],
        words("What the changes do, computed"),
        [one for route in routes for ids in route.way.steps["source_ids"] for one in ids],
        name="changes",
    )
