"""One way of a corridor in words and tables: its figures, its stops, its segments, the sites beside it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button, fact_list
from dashboard.corridors.listing import COUNT_METHOD, LENGTH_METHOD
from dashboard.findings import unfinished_sentence
from dashboard.sortable import MOST_ROWS, amount, cut_note, sortable_table
from dashboard.sourced import computed, source_list
from dashboard.text import N_, Words
from layers import Atlas
from layers.ways import Way, borders, gauge_breaks, sea_legs, summary

STOP_COLUMNS = (N_("km"), N_("Place"), N_("Kind"), N_("Country"), N_("What changes here"))
SEGMENT_COLUMNS = (
    N_("From km"),
    N_("Line"),
    N_("Mode"),
    N_("Status"),
    N_("Gauge, mm"),
    N_("Length, km"),
    N_("Opened"),
    N_("Sources"),
)
SITE_COLUMNS = (N_("km"), N_("Site"), N_("Kind"), N_("Status"), N_("Distance from the line, km"))


def way_finding(way: Way, atlas: Atlas, words: Words) -> str:
    """The way in one sentence of figures."""
    figures = summary(way)
    ends = [words.name(way.stops.iloc[end]) for end in (0, -1)]
    parts = [
        words.plural("{n} country", "{n} countries", len(figures.countries)),
        words.plural("{n} border on land", "{n} borders on land", figures.borders),
        words.plural("{n} gauge break", "{n} gauge breaks", figures.gauge_breaks),
        words.plural("{n} sea leg", "{n} sea legs", figures.sea_legs),
    ]
    sentence = words(
        "{start} – {end}: {km} km by computation; {parts}.",
        start=ends[0],
        end=ends[1],
        km=words.number(round(figures.length_km)),
        parts=", ".join(parts),
    )
    return " ".join(filter(None, [sentence, unfinished_sentence(" – ".join(ends), figures, words)]))


def way_facts(way: Way, atlas: Atlas, words: Words) -> html.Dl:
    """Countries in order, length by status and mode, borders, gauge breaks, sea legs."""
    figures, how = summary(way), words(LENGTH_METHOD)
    by_status = _kilometres(figures.km_by_status, vocabulary.STATUSES, words)
    by_mode = _kilometres(figures.km_by_mode, vocabulary.MODES, words)
    countries = " – ".join(words.name(atlas.countries.loc[code]) for code in figures.countries)
    facts = [
        (words("Countries in order"), countries),
        (words("Length"), computed(words("{n} km", n=words.number(round(figures.length_km))), how, words)),
        (words("By status"), computed(by_status, how, words)),
        (words("By mode"), computed(by_mode, how, words)),
        (words("Drawn as straight links"), computed(_share(figures.schematic_km, way, words), how, words)),
        (words("Borders on land"), _counted(_border_names(way, atlas, words), words)),
        (words("Gauge breaks"), _counted(_break_names(way, words), words)),
        (words("Sea legs"), _counted(_leg_names(way, atlas, words), words)),
    ]
    return fact_list(facts)


def _kilometres(by_code: Any, table: dict[str, str], words: Words) -> str:
    parts = [(words(table[code]), words.number(round(km))) for code, km in by_code.items()]
    return "; ".join(words("{status}: {n} km", status=name, n=km) for name, km in parts)


def _share(km: float, way: Way, words: Words) -> str:
    return (
        words("{n} km", n=words.number(round(km))) + " (" + words.percent(100 * km / way.length_km, 0) + ")"
    )


def _counted(names: list[str], words: Words) -> html.Details:
    shown = f"{words.number(len(names))}: {', '.join(names)}" if names else words.number(0)
    return computed(shown, words(COUNT_METHOD), words)


def _border_names(way: Way, atlas: Atlas, words: Words) -> list[str]:
    rows = borders(way)[["from_iso3", "to_iso3"]].itertuples(index=False)
    return [" / ".join(words.name(atlas.countries.loc[code]) for code in pair) for pair in rows]


def _break_names(way: Way, words: Words) -> list[str]:
    named = way.stops.drop_duplicates("node_id").set_index("node_id")
    return [
        f"{words.name(named.loc[row.node_id])} ({row.from_mm:.0f} / {row.to_mm:.0f})"
        for row in gauge_breaks(way).itertuples()
    ]


def _leg_names(way: Way, atlas: Atlas, words: Words) -> list[str]:
    return [
        " – ".join(words.name(atlas.nodes.loc[node]) for node in (row.from_node, row.to_node))
        for row in sea_legs(way).itertuples()
    ]


def stop_table(way: Way, atlas: Atlas, words: Words) -> html.Table:
    """Every place of the way in the order of travel, and what changes there."""
    changes = changes_of(way, atlas, words)
    places = way.stops[way.stops["is_place"]]
    rows = [_stop_row(row, changes.get(row["node_id"], []), atlas, words) for _, row in places.iterrows()]
    return sortable_table(words("Places on the way"), [words(c) for c in STOP_COLUMNS], rows, "stop-table")


def changes_of(way: Way, atlas: Atlas, words: Words) -> dict[str, list[str]]:
    """What changes at each node of a way, in words."""
    told: dict[str, list[str]] = {}
    for row in borders(way).itertuples():
        if row.node_id:
            country = words.name(atlas.countries.loc[row.to_iso3])
            told.setdefault(row.node_id, []).append(words("border, on to {country}", country=country))
    for row in gauge_breaks(way).itertuples():
        text = words("gauge break, {a} to {b} mm", a=f"{row.from_mm:.0f}", b=f"{row.to_mm:.0f}")
        told.setdefault(row.node_id, []).append(text)
    for row in sea_legs(way).itertuples():
        told.setdefault(row.from_node, []).append(words("onto the ship"))
        told.setdefault(row.to_node, []).append(words("off the ship"))
    return told


def _stop_row(stop: pd.Series, changes: list[str], atlas: Atlas, words: Words) -> html.Tr:
    key = f"node:{stop['node_id']}"
    code = stop["country_iso3"]
    spot = f"{stop.geometry.x:.3f},{stop.geometry.y:.3f}"
    return html.Tr(
        [
            amount(stop["km"], words.number(round(stop["km"])), words),
            html.Th(choose_button(key, atlas, words), scope="row"),
            html.Td(words(vocabulary.NODE_KINDS[stop["kind"]])),
            html.Td(words.name(atlas.countries.loc[code]) if code else "–"),
            html.Td("; ".join(changes)),
        ],
        **{"data-light": key, "data-spot": spot},
    )


def segment_table(way: Way, atlas: Atlas, words: Words) -> html.Table:
    """Every line of the way with its status, gauge and sources."""
    rows = [_segment_row(row, atlas, words) for _, row in way.steps.iterrows()]
    return sortable_table(
        words("Lines of the way"), [words(c) for c in SEGMENT_COLUMNS], rows, "segment-table"
    )


def _segment_row(step: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    key = f"segment:{step['segment_id']}"
    gauge, opened = step["gauge_mm"], step["opened_year"]
    return html.Tr(
        [
            amount(step["start_km"], words.number(round(step["start_km"])), words),
            html.Th(choose_button(key, atlas, words), scope="row"),
            html.Td(words(vocabulary.MODES[step["mode"]])),
            html.Td(words(vocabulary.STATUSES[step["status"]])),
            amount(gauge, "" if pd.isna(gauge) else f"{gauge:.0f}", words),
            amount(step["length_km"], words.number(round(step["length_km"])), words),
            amount(opened, "" if pd.isna(opened) else str(int(opened)), words),
            html.Td(
                html.Details([html.Summary(words("Sources")), source_list(step["source_ids"], atlas, words)])
            ),
        ],
        **{"data-light": key},
    )


def site_table(sites: gpd.GeoDataFrame, within_km: int, atlas: Atlas, words: Words) -> list[Any]:
    """The sites beside the way, in the order of travel; a sentence where there are none."""
    if sites.empty:
        text = words("No site of the atlas lies within {n} km of this way.", n=words.number(within_km))
        return [html.P(text, className="not-known")]
    shown = sites.iloc[:MOST_ROWS]
    rows = [_site_row(f"site:{site_id}", row, atlas, words) for site_id, row in shown.iterrows()]
    sentence = words.plural(
        "{n} site lies within {km} km of this way.",
        "{n} sites lie within {km} km of this way.",
        len(sites),
        km=words.number(within_km),
    )
    table = sortable_table(
        words("Sites beside the way"), [words(c) for c in SITE_COLUMNS], rows, "along-table"
    )
    note = cut_note(len(shown), len(sites), words)
    return [html.P(sentence), *note, html.Div(table, className="table-box", tabIndex=0)]


def _site_row(key: str, site: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    approximate = site["location_precision"] == "region-centre"
    km = words.number(round(site["distance_km"]))
    distance = [km, html.Small(words("approximate place"))] if approximate else km
    spot = f"{site.geometry.x:.3f},{site.geometry.y:.3f}"
    return html.Tr(
        [
            amount(site["km"], words.number(round(site["km"])), words),
            html.Th(choose_button(key, atlas, words), scope="row"),
            html.Td(words(vocabulary.SITE_KINDS[site["kind"]])),
            html.Td(words(vocabulary.STATUSES[site["status"]])),
            amount(site["distance_km"], distance, words),
        ],
        **{"data-light": key, "data-spot": spot},
    )
