"""The tables of the page of energy as they are published, and its flows as lines."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from dashboard import vocabulary
from dashboard.energy.terms import CARRIERS
from dashboard.export import cells
from dashboard.export.cells import Cells
from dashboard.export.publication import Column
from dashboard.export.row_cells import cited_cells, kind_cells, period_cells, texts
from dashboard.figures.flow_words import unit_name
from dashboard.text import Words
from layers import Atlas
from layers.energy import courses, drawable


def flow_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Flows of energy and water; the unit is that of the column where all rows have one."""
    units = rows["unit"].unique()
    is_one = len(units) == 1
    mixed: Cells = (
        [] if is_one else [(Column("unit", words("Unit")), [unit_name(u, words) for u in rows["unit"]])]
    )
    ends = {"from": words("From"), "via": words("Through"), "to": words("To")}
    return [
        (Column("flow_id", words("Id")), rows.index),
        (Column("flow", words("Flow")), texts(rows, "name", words)),
        (Column("carrier", words("Carrier")), cells.coded(rows["carrier"], CARRIERS, words)),
        *(
            (
                Column(f"{end}_countries", title),
                ["; ".join(cells.named(ids, atlas.countries, words)) for ids in rows[f"{end}_iso3s"]],
            )
            for end, title in ends.items()
        ),
        *period_cells(rows, words),
        (Column("value", words("Amount"), unit_name(units[0], words) if is_one else ""), rows["value"]),
        *mixed,
        *kind_cells(rows, words),
        (Column("line_ids", words("Ids of the lines")), cells.listed(rows["line_ids"])),
        *cited_cells(rows, words),
    ]


def line_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Pipelines, power lines and plants of the map, with capacity or voltage."""
    *own, _ = cells.energy_cells(rows, words)
    units = [
        vocabulary.quantity(0, one, words).replace(words.number(0), "").strip() if one else ""
        for one in rows["capacity_unit"]
    ]
    return [
        *own,
        (Column("capacity", words("Capacity or voltage")), rows["capacity"]),
        (Column("unit", words("Unit")), units),
        *cited_cells(rows, words),
    ]


def flow_lines(flow_ids: pd.Index, atlas: Atlas, words: Words) -> gpd.GeoDataFrame:
    """The arrows of a map as lines in the direction of flow (EPSG:4326), one for each pair of countries."""
    every = drawable(atlas.energy_flows)
    drawn = courses(every[every.index.isin(flow_ids)], atlas.energy_lines, atlas.countries)
    rows = atlas.energy_flows.loc[drawn["flow_id"]]
    more: Cells = [
        (Column("start_iso3", words("From")), drawn["from_iso3"]),
        (Column("end_iso3", words("To")), drawn["to_iso3"]),
        (Column("share", words("Share of the amount that the arrow stands for")), drawn["share"].round(4)),
    ]
    return cells.placed([*flow_cells(rows, atlas, words), *more], drawn.geometry)
