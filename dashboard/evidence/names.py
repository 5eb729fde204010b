"""What a reader calls the tables of the atlas and their rows, and where a row can be seen."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from babel import dates
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import title_of
from dashboard.corridor_terms import PERIODS, SECTIONS
from dashboard.figures.flow_words import when
from dashboard.free_text import bare_text
from dashboard.keys import exists
from dashboard.text import N_, Words
from dashboard.trade.terms import GOODS, SECTORS
from layers import Atlas

Name = list[Any]
"""Texts and spans that make up the name of a row."""

TABLES = {
    ("regions", "source_ids"): N_("regions"),
    ("regions", "population_source_ids"): N_("populations of regions"),
    ("region_indicators", "source_ids"): N_("figures of regions"),
    ("sites", "source_ids"): N_("industrial sites"),
    ("projects", "source_ids"): N_("joint projects"),
    ("corridors", "source_ids"): N_("corridors"),
    ("corridor_metrics", "source_ids"): N_("figures of corridors"),
    ("segments", "source_ids"): N_("lines of corridors"),
    ("assumptions", "source_ids"): N_("assumptions of routes"),
    ("barriers", "source_ids"): N_("barriers"),
    ("crossings", "source_ids"): N_("border crossings"),
    ("trade", "source_ids"): N_("trade figures"),
    ("trade_commodities", "source_ids"): N_("traded goods"),
    ("enterprises", "source_ids"): N_("counts of enterprises"),
    ("energy_flows", "source_ids"): N_("flows of energy and water"),
    ("energy_lines", "source_ids"): N_("energy lines"),
    ("council", "source_ids"): N_("events of the Council"),
    ("glossary", "source_ids"): N_("terms"),
}

CORRIDOR_METRICS = {
    "cargo_volume": N_("Cargo"),
    "container_volume": N_("Containers"),
    "container_trains": N_("Container trains"),
    "trains": N_("Trains"),
    "cargo_value": N_("Value of cargo"),
    "export_value": N_("Value of exports"),
    "share": N_("Share"),
    "length": N_("Length"),
    "distance_saving": N_("Distance saved"),
    "capacity": N_("Capacity"),
    "container_capacity": N_("Capacity for containers"),
    "border_throughput": N_("Throughput of the border"),
    "transit_time": N_("Time of transit"),
    "border_time": N_("Time at the border"),
    "customs_time": N_("Time at customs"),
    "time_saving": N_("Time saved"),
    "construction_time": N_("Time of construction"),
    "wagons_waiting": N_("Wagons waiting"),
    "tariff": N_("Tariff"),
    "investment_cost": N_("Cost of construction"),
    "investment_commitment": N_("Investment promised"),
    "investment": N_("Investment"),
    "design_cost": N_("Cost of design"),
    "land_cost": N_("Cost of land"),
    "loan": N_("Loan"),
    "land_acquired": N_("Land acquired"),
    "track_laid": N_("Track laid"),
    "tunnels_started": N_("Tunnels started"),
    "tunnels_total": N_("Tunnels in all"),
    "bridges_started": N_("Bridges started"),
    "progress": N_("Progress"),
    "completion": N_("Completion"),
}

TRADE_FLOWS = {
    "turnover": N_("Trade turnover"),
    "export_uz_to_kz": N_("Uzbekistan to Kazakhstan"),
    "import_uz_from_kz": N_("Kazakhstan to Uzbekistan"),
    "share_of_uz_trade": N_("Kazakhstan's share of Uzbekistan's trade"),
    "kz_to_uz": N_("Kazakhstan to Uzbekistan"),
    "uz_to_kz": N_("Uzbekistan to Kazakhstan"),
}

ENTERPRISES = {
    "kz_capital_in_uz": N_("Enterprises with Kazakh capital in Uzbekistan"),
    "uz_capital_in_kz": N_("Enterprises with Uzbek capital in Kazakhstan"),
    "joint_in_kz": N_("Joint enterprises in Kazakhstan"),
    "joint_both": N_("Joint enterprises in both countries"),
}


def table_label(table: str, column: str, words: Words) -> str:
    """What the rows of a table are called, in lower case; a table without a word keeps its file name."""
    message = TABLES.get((table, column))
    return words(message) if message else table.replace("_", " ")


def row_link(table: str, row_id: str, atlas: Atlas, words: Words) -> html.A | html.Span:
    """The name of a row, as a link to the overview where the overview can select it or what it speaks of."""
    name = name_of(table, row_id, atlas, words)
    key = key_of(table, row_id, atlas)
    if not exists(key, atlas):
        return html.Span(name)
    return html.A(name, href="/?" + urlencode({"show": key, "lang": words.language}, safe=":"))


def key_of(table: str, row_id: str, atlas: Atlas) -> str:
    """The selection key of what a row is or speaks of ("site:J-003"); "" where it is nothing on the map."""
    if table in OWN_KINDS:
        return f"{OWN_KINDS[table]}:{row_id}"
    frame = getattr(atlas, table)
    spoken = [(kind, frame.at[row_id, column]) for kind, column in SPOKEN_OF if column in frame]
    return next((f"{kind}:{one}" for kind, one in spoken if one), "")


OWN_KINDS = {
    "sites": "site",
    "regions": "region",
    "corridors": "corridor",
    "segments": "segment",
    "crossings": "crossing",
    "energy_lines": "energy",
    "projects": "project",
}
SPOKEN_OF = (("site", "site_id"), ("corridor", "corridor_id"), ("region", "region_id"))
"""Kinds of things on the map, and the column by which other tables speak of them."""


def name_of(table: str, row_id: str, atlas: Atlas, words: Words) -> Name:
    """What a row is called, in the reader's language where the data have it."""
    if table in OWN_KINDS:
        name, language = title_of(f"{OWN_KINDS[table]}:{row_id}", atlas, words)
        return [marked(name, language, words)]
    row = getattr(atlas, table).loc[row_id]
    if table in NAMES:
        return NAMES[table](row, atlas, words)
    name, language = words.name_and_language(row)
    return [marked(name or row_id, language, words)]


def marked(text: str, language: str, words: Words) -> str | html.Span:
    """A text with the language it is in, where that is not the page's."""
    return text if language == words.language or not text else html.Span(text, lang=language)


def english(text: str, words: Words) -> str | html.Span:
    """A text of the data, which is written in English; one without letters is of no language."""
    return marked(text, "en", words) if any(map(str.isalpha, text)) else text


def period(row: pd.Series, words: Words) -> str | html.Span:
    """The period of a figure: the year, the days, or what the source calls it."""
    start, end = row["period_start"], row["period_end"]
    if start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"
    if start and end:
        first, last = (datetime.date.fromisoformat(day) for day in (start, end))
        return words.date(start) if start == end else interval(first, last, words)
    if start or end:
        return when(row, words)
    named = row["period"] in PERIODS
    return words(PERIODS[row["period"]]) if named else english(row["period"], words)


def interval(first: datetime.date, last: datetime.date, words: Words) -> str:
    """Two days as one span, as this language writes it."""
    return dates.format_interval(first, last, "yMMMd", locale=words.locale)


def quantity(row: pd.Series, words: Words) -> str:
    """The value of a row with its unit; dollars in millions and billions, the end of a range as such."""
    is_money = row["unit"] == "USD"
    shown = words.dollars(row["value"]) if is_money else vocabulary.quantity(row["value"], row["unit"], words)
    bounds = {"lower": N_("from {n}"), "upper": N_("up to {n}")}
    return words(bounds[row["bound"]], n=shown) if row.get("bound") in bounds else shown


def corridor_of(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    """A corridor by its name, and the section where the row speaks of one."""
    name = words.name(atlas.corridors.loc[row["corridor_id"]])
    part = part_of_corridor(row.get("section", ""), words)
    return [name, " (", part, ")"] if part else [name]


def part_of_corridor(section: str, words: Words) -> str | html.Span:
    """The part of a corridor that a row speaks of; "" for the whole of it."""
    return words(SECTIONS[section]) if section in SECTIONS else english(section.replace("-", " "), words)


def goods(commodity: str, words: Words) -> str | html.Span:
    """What is traded."""
    return words(GOODS[commodity]) if commodity in GOODS else english(commodity, words)


def _indicator(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    region = words.name(atlas.regions.loc[row["region_id"]])
    return [f"{region}: {words(vocabulary.INDICATORS[row['indicator']])}, ", period(row, words)]


def _corridor_metric(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [
        *corridor_of(row, atlas, words),
        f": {words(CORRIDOR_METRICS[row['metric']])}, ",
        period(row, words),
    ]


def _barrier(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [*corridor_of(row, atlas, words), f": {words(vocabulary.BARRIER_KINDS[row['kind']])}"]


def _trade(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [f"{words(TRADE_FLOWS[row['flow']])}, ", period(row, words)]


def _commodity(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    flow = words(TRADE_FLOWS[row["flow"]])
    return [f"{flow}: ", goods(row["commodity"], words), ", ", period(row, words)]


def _enterprises(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    named = words(SECTORS[row["sector"]]) if row["sector"] in SECTORS else english(row["sector"], words)
    sector = [" (", named, ")"] if row["sector"] else []
    return [words(ENTERPRISES[row["direction"]]), *sector, ", ", words.date(row["date"])]


def _energy_flow(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [bare_text(row, "name", words), ", ", period(row, words)]


def _event(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [words.date(row["date"]), ": ", bare_text(row, "event", words)]


NAMES: dict[str, Callable[[pd.Series, Atlas, Words], Name]] = {
    "region_indicators": _indicator,
    "corridor_metrics": _corridor_metric,
    "barriers": _barrier,
    "trade": _trade,
    "trade_commodities": _commodity,
    "enterprises": _enterprises,
    "energy_flows": _energy_flow,
    "council": _event,
}
