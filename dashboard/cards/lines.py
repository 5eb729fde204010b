"""Cards of corridors, of their segments, of energy lines and of what flows through them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import (
    Fact,
    buttons,
    choose_button,
    fact_list,
    not_known,
    sourced_number,
)
from dashboard.figures.flow_words import amount, when
from dashboard.free_text import free_text
from dashboard.sourced import GENERAL_KNOWLEDGE, computed, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.corridors import length_by_status


def segment_body(segment_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of one line of a corridor."""
    facts = [
        (
            words("Corridors"),
            html.Ul(
                [html.Li(choose_button(f"corridor:{c}", atlas, words)) for c in row["corridor_ids"]],
                className="plain",
            ),
        ),
        (words("Gauge"), _gauge(row, words)) if row["mode"] == "rail" else None,
        (words("Published length"), sourced_number(row, "length_km", N_("{n} km"), atlas, words))
        if pd.notna(row["length_km"])
        else None,
        (words("Length on the map"), _computed_km(row["computed_length_km"], words)),
        (words("Opened"), str(row["opened_year"])) if pd.notna(row["opened_year"]) else None,
        (words("Expected"), str(row["planned_year"])) if pd.notna(row["planned_year"]) else None,
        (
            words("Line on the map"),
            words("follows the railway")
            if row["geometry_kind"] == "traced"
            else words("schematic: a straight link between its ends"),
        ),
    ]
    cited = set(row["source_ids"]) - {GENERAL_KNOWLEDGE}
    note = (
        None
        if cited
        else html.P(words("Status and gauge rest on general knowledge, not cited."), className="note")
    )
    return [fact_list(facts), free_text(row, "note", words), note]


def _gauge(row: pd.Series, words: Words) -> str:
    if pd.isna(row["gauge_mm"]):
        return words("not decided")
    return words("{n} mm", n=str(row["gauge_mm"]))


def _computed_km(km: float, words: Words) -> html.Details:
    return computed(
        words("{n} km", n=words.number(round(km))),
        words("Measured along the line of this map on the WGS 84 ellipsoid."),
        words,
    )


def corridor_body(corridor_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a corridor as a whole."""
    countries = [words.name(atlas.countries.loc[iso]) for iso in row["country_iso3s"]]
    lengths = length_by_status(atlas.segments, corridor_id)
    facts = [
        (words("Carried by"), words(vocabulary.CORRIDOR_KINDS[row["kind"]])),
        (words("Countries"), ", ".join(countries)),
        *(
            (words("Lines {status}", status=words(vocabulary.STATUSES[status])), _computed_km(km, words))
            for status, km in lengths.items()
        ),
        (words("Status in the source"), free_text(row, "status_note", words, html.Span))
        if row["status_note"]
        else None,
        *_latest_volumes(corridor_id, atlas, words),
    ]
    branches = list(atlas.corridors.index[atlas.corridors["parent_id"] == corridor_id])
    family = [html.Ul([html.Li(choose_button(f"corridor:{c}", atlas, words)) for c in branches])]
    note = words(
        "Lengths add up all lines of the corridor, its alternatives included; "
        "they are not the length of one way."
    )
    return [
        fact_list(facts),
        html.P(note, className="note") if len(lengths) else None,
        free_text(row, "summary", words),
        *(family if branches else []),
    ]


def _latest_volumes(corridor_id: str, atlas: Atlas, words: Words) -> list[Fact]:
    """The newest actual full-year volumes of the corridor as a whole, every reporter's."""
    metrics = atlas.corridor_metrics
    own = metrics[
        (metrics["corridor_id"] == corridor_id)
        & (metrics["kind"] == "actual")
        & (metrics["section"] == "")
        & ~metrics["cumulative"]
        & metrics["period"].str.fullmatch(r"\d{4}")
    ]
    facts = []
    for metric, label in (
        ("cargo_volume", N_("Cargo in {year}")),
        ("container_volume", N_("Containers in {year}")),
    ):
        rows = own[own["metric"] == metric]
        for _, row in rows[rows["period"] == rows["period"].max()].iterrows():
            shown = vocabulary.quantity(row["value"], row["unit"], words)
            facts.append(
                (
                    words(label, year=row["period"]),
                    sourced(
                        shown, row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"]
                    ),
                )
            )
    return facts


def energy_body(line_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of an energy line."""
    capacity = None
    if pd.notna(row["capacity"]):
        shown = vocabulary.quantity(row["capacity"], row["capacity_unit"], words)
        capacity = (
            words("Capacity"),
            sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words)),
        )
    facts = [
        capacity,
        (words("Status in the source"), free_text(row, "status_note", words, html.Span))
        if row["status_note"]
        else None,
        (words("Line on the map"), words("schematic: a straight link between its ends")),
    ]
    own = atlas.energy_flows
    carried = own.index[[line_id in ids for ids in own["line_ids"]]]
    flows = [html.H3(words("Flows that use it")), _figures(own.loc[carried], atlas, words)]
    return [
        fact_list(facts),
        free_text(row, "note", words),
        None if capacity else not_known([words("capacity")], words),
        *(flows if len(carried) else []),
    ]


def flow_body(flow_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """One figure of a flow, the way it takes, and what else is stated of the same flow."""

    def places(column: str) -> str:
        return ", ".join(words.name(atlas.countries.loc[iso3]) for iso3 in row[column])

    value = sourced(
        amount(row, words), row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"]
    )
    facts = [
        (words("Amount"), value),
        (words("When"), when(row, words)),
        *((words(label), places(column)) for label, column in ROUTE.items() if row[column]),
        (words("Lines"), buttons([f"energy:{one}" for one in row["line_ids"]], atlas, words))
        if row["line_ids"]
        else None,
        (words("Arrow on the map"), words(_way(row))),
    ]
    others = atlas.energy_flows[atlas.energy_flows["name_en"].eq(row["name_en"])].drop(flow_id)
    more = [html.H3(words("Other figures of this flow")), _figures(others, atlas, words)]
    return [fact_list(facts), free_text(row, "note", words), *(more if len(others) else [])]


ROUTE = {N_("From"): "from_iso3s", N_("To"): "to_iso3s", N_("Through"): "via_iso3s"}


def _way(row: pd.Series) -> str:
    """How the arrow of a flow lies; a flow without both ends has none."""
    if not (row["from_iso3s"] and row["to_iso3s"]):
        return N_("none: the figure names no country it comes from or goes to")
    if len(row["from_iso3s"]) * len(row["to_iso3s"]) > 1:
        return N_("schematic curves between countries, equally wide: how the amount is shared is not known")
    return N_("along a schematic line") if row["line_ids"] else N_("schematic curve between countries")


def _figures(flows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Ul:
    """Figures of flows, each with its period, kind and sources."""
    items = []
    for _, row in flows.iterrows():
        value = sourced(
            amount(row, words), row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"]
        )
        items.append(html.Li([html.Span(when(row, words)), ": ", value]))
    return html.Ul(items, className="plain")
