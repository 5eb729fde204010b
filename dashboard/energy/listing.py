"""The flows on the map as a table: amount, kind, period, way, each with its sources."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.cards.parts import choose_button
from dashboard.energy.charts import period_cell
from dashboard.energy.terms import CARRIERS
from dashboard.energy.view import EnergyView
from dashboard.export.button import figure_head
from dashboard.figures.flow_words import amount
from dashboard.free_text import free_text
from dashboard.sortable import sortable_table
from dashboard.sourced import sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.energy import NO_AMOUNT, drawable

COLUMNS = (N_("Flow"), N_("Carrier"), N_("Amount"), N_("When"), N_("Way"), N_("On the map"))


def flows_part(view: EnergyView, atlas: Atlas, words: Words) -> list[Any]:
    """The figures of the view; words where there is none."""
    flows = view.flows(atlas)
    title = html.H2(words("Flows of the map"))
    if flows.empty:
        return [
            title,
            html.P(words("No flow of this choice is known to our sources."), className="not-known"),
        ]
    drawn = set(drawable(flows).index)
    rows = [_row(flow_id, row, flow_id in drawn, atlas, words) for flow_id, row in flows.iterrows()]
    caption = words("Flows; click a name to see it on the map, a heading to sort")
    table = sortable_table(caption, [words(column) for column in COLUMNS], rows, "flows")
    note = words(
        "Which line a flow takes follows from its countries and its carrier; the sources name countries. "
        "Newest figures are the newest of each flow in each unit, results and plans apart."
    )
    return [
        figure_head(title, "flows", words),
        html.Div(table, className="table-box", tabIndex=0),
        html.P(note, className="legend-note"),
    ]


def _row(flow_id: str, row: pd.Series, is_drawn: bool, atlas: Atlas, words: Words) -> html.Tr:
    key = f"flow:{flow_id}"
    button = choose_button(key, atlas, words)
    if is_drawn:
        setattr(button, "data-fly", "")
    value = sourced(
        amount(row, words), row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"]
    )
    if row["kind"] == "actual":
        value = [value, " ", html.Small(words("actual"))]
    number = {"data-value": str(float(row["value"]))}
    day = {"data-value": row["period_end"] or row["period_start"]}
    return html.Tr(
        [
            html.Th(button, scope="row"),
            html.Td(words(CARRIERS[row["carrier"]])),
            html.Td(value, **number),
            html.Td(period_cell(row, words), **day),
            html.Td(way(row, atlas, words)),
            html.Td(_on_map(row, is_drawn, atlas, words)),
        ],
        **{"data-light": key},
    )


def way(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """From where to where, and through which countries."""

    def listed(column: str) -> str:
        return ", ".join(words.name(atlas.countries.loc[iso3]) for iso3 in row[column])

    parts: list[Any] = [
        f"{listed('from_iso3s')} → {listed('to_iso3s')}" if row["from_iso3s"] else words("not stated")
    ]
    if row["via_iso3s"]:
        parts.append(html.Small(words("through {list}", list=listed("via_iso3s"))))
    return parts


def _on_map(row: pd.Series, is_drawn: bool, atlas: Atlas, words: Words) -> Any:
    if not is_drawn:
        if row["unit"] in NO_AMOUNT:
            return words("not drawn: no amount")
        return words("no arrow: nothing flowed") if row["value"] == 0 else words("not drawn: ends not stated")
    if not row["line_ids"]:
        return words("schematic curve")
    names = (words.name(atlas.energy_lines.loc[one]) for one in row["line_ids"])
    return [words("along"), " ", "; ".join(names)]
