"""What every table of the data folder must look like: one pandera schema per CSV file.

The first column of a table is its id and becomes the index of the frame. Coordinates are WGS 84 degrees
(EPSG:4326). An empty cell means "not known"; it is never zero.
"""

from __future__ import annotations

import pandera.pandas as pa

from layers.contract import words
from layers.contract.columns import (
    date,
    day,
    gauge,
    ids,
    key,
    latitude,
    link,
    longitude,
    name,
    number,
    one_id,
    points,
    sources,
    text,
    texts,
    word,
    year,
    yes_no,
)
from layers.contract.columns import words as some_words

NAMES_IN_ALL_LANGUAGES = ("name_en", "name_ru", "name_uz", "name_kk")
LISTED = ("partners",)
"""Families of free texts of which one cell holds several."""


def names() -> dict[str, pa.Column]:
    """A name in each of the four languages."""
    return {column: name() for column in NAMES_IN_ALL_LANGUAGES}


def translations(*families: str, languages: tuple[str, ...] = ("ru", "uz", "kk")) -> dict[str, pa.Column]:
    """Texts that stand in English in another column, in the other languages; empty where not translated.

    "note" in English is translated as note_ru, note_uz, note_kk, "summary_en" as summary_ru and so on. Of
    several texts in one cell (LISTED) there are as many in each language, in the same order.
    """
    return {f"{family}_{language}": translated(family) for family in families for language in languages}


def translated(family: str) -> pa.Column:
    """A column of translations of a family; empty where nothing is translated."""
    if family in LISTED:
        return texts()
    return name(required=False) if family.startswith("name") else text()


def definitions() -> dict[str, pa.Column]:
    """What a term means, in each of the four languages."""
    return {name.replace("name", "definition"): text(required=True) for name in NAMES_IN_ALL_LANGUAGES}


def period() -> dict[str, pa.Column]:
    """A period as the source words it, its first and last day where known, and whether it cumulates."""
    return {"period": text(), "period_start": day(), "period_end": day(), "cumulative": yes_no()}


def status() -> dict[str, pa.Column]:
    """One status word, and the source's own wording where it says more."""
    return {"status": word(words.STATUSES), "status_note": text()}


REGIONS = pa.DataFrameSchema(
    {
        "region_id": key(
            r"(KZ|UZ)-[A-Z0-9]{2}(-[0-9]{3})?", "the ISO 3166-2 code, -001 and so on for its districts"
        ),
        "country_iso3": one_id("countries"),
        **names(),
        "kind": word(words.REGION_KINDS),
        "centre_en": text(required=True),
        "centre_lat": latitude(),
        "centre_lon": longitude(),
        "population": number("people", 1, whole=True),
        "population_date": day(),
        "area_km2": number("square kilometres", 1),
        "borders_other_country": yes_no(),
        "council_role": text(),
        "source_ids": sources(),
        "population_source_ids": ids("sources"),
        **translations("centre", "council_role"),
    }
)

REGION_INDICATORS = pa.DataFrameSchema(
    {
        "indicator_id": key(r"RI-\d{3}", "RI-001 and so on"),
        "region_id": one_id("regions"),
        "indicator": word(words.REGION_INDICATORS),
        **period(),
        "value": number("a number", required=True),
        "unit": word(words.UNITS),
        "kind": word(words.VALUE_KINDS),
        "source_ids": sources(),
        "note": text(),
        **translations("note"),
    }
)

SITES = pa.DataFrameSchema(
    {
        "site_id": key(),
        "name_en": name(),
        "name_ru": name(),
        "kind": word(words.SITE_KINDS),
        "country_iso3": one_id("countries"),
        "region_id": one_id("regions", required=False),
        "place": text(),
        "lat": latitude(),
        "lon": longitude(),
        "location_precision": word(words.LOCATION_PRECISIONS),
        "sectors": some_words(words.SECTORS),
        **status(),
        "area_ha": number("hectares", 0),
        "investment_usd": number("US dollars", 0),
        "investment_orig": number("an amount in investment_currency", 0),
        "investment_currency": word(words.CURRENCIES, required=False),
        "jobs": number("jobs", 0, whole=True),
        "started": text(),
        "expected": text(),
        "partners": texts(),
        "summary_en": text(),
        "source_ids": sources(),
        **translations("name", languages=("uz", "kk")),
        **translations("summary", "place", "status_note", "started", "expected", "partners"),
    }
)

PROJECTS = pa.DataFrameSchema(
    {
        "project_id": key(),
        "name_en": name(),
        "sectors": some_words(words.SECTORS),
        "uz_region_ids": ids("regions"),
        "kz_region_ids": ids("regions"),
        "site_id": one_id("sites", required=False),
        "corridor_id": one_id("corridors", required=False),
        **status(),
        "value_usd": number("US dollars", 0),
        "value_type": word(words.PROJECT_VALUE_TYPES, required=False),
        "value_orig": number("an amount in value_currency", 0),
        "value_currency": word(words.CURRENCIES, required=False),
        "project_count": number("projects", 0, whole=True),
        "jobs": number("jobs", 0, whole=True),
        "year_announced": year(),
        "year_expected": year(),
        "lead": text(),
        "summary_en": text(),
        "source_ids": sources(),
        **translations("name", "summary", "lead", "status_note"),
    }
)

CORRIDORS = pa.DataFrameSchema(
    {
        "corridor_id": key(),
        "parent_id": one_id("corridors", required=False),
        "group": word(words.CORRIDOR_GROUPS),
        **names(),
        "kind": word(words.CORRIDOR_KINDS),
        **status(),
        "country_iso3s": ids("countries", required=True),
        "summary_en": text(),
        "source_ids": sources(),
        **translations("summary", "status_note"),
    }
)

CORRIDOR_VARIANTS = pa.DataFrameSchema(
    {
        "variant_id": key(),
        "corridor_id": one_id("corridors"),
        **names(),
        "from_node": one_id("nodes"),
        "to_node": one_id("nodes"),
        "via_nodes": ids("nodes"),
        "modes": some_words(words.MODES, required=True),
    }
)

CORRIDOR_METRICS = pa.DataFrameSchema(
    {
        "metric_id": key(r"CM-\d{3}", "CM-001 and so on"),
        "corridor_id": one_id("corridors"),
        "metric": word(words.CORRIDOR_METRICS),
        "section": text(),
        **period(),
        "value": number("a number", required=True),
        "bound": word(words.BOUNDS, required=False),
        "unit": word(words.UNITS),
        "kind": word(words.VALUE_KINDS),
        "reporter": text(),
        "source_ids": sources(),
        "note": text(),
        "from_node": one_id("nodes", required=False),  # the stretch that a length is of
        "to_node": one_id("nodes", required=False),
        "via_nodes": ids("nodes"),
        "length_note": text(),  # what the source says of the way it measured
        **translations("note", "length_note"),
    }
)

NODES = pa.DataFrameSchema(
    {
        "node_id": key(),
        "name_en": name(),
        "name_ru": name(),
        **translations("name", languages=("uz", "kk")),
        "kind": word(words.NODE_KINDS),
        "country_iso3": one_id("countries", required=False),
        "lat": latitude(),
        "lon": longitude(),
        "uncertainty_km": number("kilometres", 0),
        "coord_source": text(required=True, expected="where the coordinates come from"),
        "note": text(),
        **translations("note"),
    }
)

SEGMENTS = pa.DataFrameSchema(
    {
        "segment_id": key(r"SEG-\d{3,}", "SEG-001 and so on"),
        "corridor_ids": ids("corridors", required=True),
        "from_node": one_id("nodes"),
        "to_node": one_id("nodes"),
        "mode": word(words.MODES),
        **status(),
        "gauge_mm": gauge(),
        "length_km": number("kilometres", 0),
        "opened_year": year(),
        "planned_year": year(),
        "note": text(),
        "source_ids": sources(),
        **translations("note"),
    }
)

BARRIERS = pa.DataFrameSchema(
    {
        "barrier_id": key(),
        "corridor_id": one_id("corridors"),
        "node_id": one_id("nodes", required=False),
        "kind": word(words.BARRIER_KINDS),
        "description_en": text(required=True),
        "severity_basis": text(),
        "source_ids": sources(),
        **translations("description", "severity_basis"),
    }
)

CROSSINGS = pa.DataFrameSchema(
    {
        "crossing_id": key(),
        "name_kz": name(required=False),  # a side whose name no source states is empty
        "name_uz": name(required=False),
        "mode": word(words.CROSSING_MODES),
        "kz_region_id": one_id("regions"),
        "uz_region_id": one_id("regions"),
        "node_id": one_id("nodes", required=False),
        "segment_ids": ids("segments"),
        "lat": latitude(),
        "lon": longitude(),
        "uncertainty_km": number("kilometres", 0),
        **status(),
        "capacity": text(),
        "note": text(),
        "source_ids": sources(),
        **translations("note", "name_kz", "name_uz", "status_note", "capacity"),
    }
)

TRADE = pa.DataFrameSchema(
    {
        "trade_id": key(r"TR-\d{3}", "TR-001 and so on"),
        "flow": word(words.TRADE_FLOWS),
        **period(),
        "value_usd": number("US dollars", 0),
        "share_pct": number("percent", 0, 100),
        "growth_pct": number("percent", -100),
        "kind": word(words.VALUE_KINDS),
        "reporter": text(required=True),
        "source_ids": sources(),
        "note": text(),
        **translations("note"),
    }
)

TRADE_COMMODITIES = pa.DataFrameSchema(
    {
        "commodity_id": key(r"TC-\d{3}", "TC-001 and so on"),
        "flow": word(words.COMMODITY_FLOWS),
        "commodity": text(required=True),
        **period(),
        "value": number("a quantity in unit", 0),
        "unit": word(words.UNITS, required=False),
        "growth_pct": number("percent", -100),
        "kind": word(words.VALUE_KINDS),
        "source_ids": sources(),
        "note": text(),
        **translations("note"),
    }
)

ENTERPRISES = pa.DataFrameSchema(
    {
        "count_id": key(r"EN-\d{3}", "EN-001 and so on"),
        "date": date(required=True),
        "direction": word(words.ENTERPRISE_DIRECTIONS),
        "sector": text(),
        "region_id": one_id("regions", required=False),
        "value": number("enterprises", 0, required=True, whole=True),
        "kind": word(words.VALUE_KINDS),
        "reporter": text(),
        "source_ids": sources(),
        "note": text(),
        **translations("note"),
    }
)

ENERGY_FLOWS = pa.DataFrameSchema(
    {
        "flow_id": key(r"EF-\d{3}", "EF-001 and so on"),
        "series_id": text(required=True),
        "name_en": name(),
        "carrier": word(words.CARRIERS),
        "from_iso3s": ids("countries"),
        "to_iso3s": ids("countries"),
        "via_iso3s": ids("countries"),
        "line_ids": ids("energy_lines"),  # the lines it runs along; empty where no one line carries it
        **period(),
        "value": number("a quantity in unit", required=True),
        "unit": word(words.UNITS),
        "kind": word(words.VALUE_KINDS),
        "source_ids": sources(),
        "note": text(),
        **translations("name", "note"),
    }
)

ENERGY_LINES = pa.DataFrameSchema(
    {
        "line_id": key(),
        "name_en": name(),
        "carrier": word(words.CARRIERS),
        **status(),
        "points_lat_lon": points(),
        "capacity": number("a quantity in capacity_unit", 0),
        "capacity_unit": word(words.UNITS, required=False),
        "source_ids": sources(),
        "note": text(),
        **translations("name", "status_note", "note"),
    }
)

COUNCIL = pa.DataFrameSchema(
    {
        "event_id": key(r"EV-\d{2}", "EV-01 and so on"),
        "date": date(required=True),
        "event_en": text(required=True),
        "place": text(),
        "outcome_en": text(),
        "stage": word(words.COUNCIL_STAGES),
        "source_ids": sources(),
        **translations("event", "outcome", "place"),
    }
)

ASSUMPTIONS = pa.DataFrameSchema(
    {
        "assumption_id": key(r"[a-z]+(-[a-z]+)*", "small letters and hyphens"),
        **names(),
        "value": number("a quantity in unit", 0, required=True),
        "low": number("a quantity in unit", 0, required=True),
        "high": number("a quantity in unit", 0, required=True),
        "unit": word(words.ASSUMPTION_UNITS),
        "kind": word(words.ASSUMPTION_KINDS),
        "source_ids": ids("sources"),  # empty where nothing is sourced, which kind says
        "note": text(),
        **translations("note"),
    }
)

COUNTRIES = pa.DataFrameSchema(
    {
        "country_iso3": key(r"[A-Z]{3}", "the ISO 3166 code of three letters"),
        "country_iso2": text(required=True, expected="the ISO 3166 code of two letters"),
        **names(),
        "label_lat": latitude(),
        "label_lon": longitude(),
    }
)

SOURCES = pa.DataFrameSchema(
    {
        "source_id": key(),
        "publisher": text(required=True),
        "title": text(required=True),
        "url": link(),
        "published_date": date(),
        "accessed": day(required=True),
        "supports": text(),
        **translations("supports"),
    }
)

GLOSSARY = pa.DataFrameSchema(
    {
        "term_id": key(),
        **names(),
        **definitions(),
        "source_ids": sources(),
    }
)

TABLES = {
    "sources": SOURCES,
    "countries": COUNTRIES,
    "regions": REGIONS,
    "region_indicators": REGION_INDICATORS,
    "sites": SITES,
    "projects": PROJECTS,
    "corridors": CORRIDORS,
    "corridor_variants": CORRIDOR_VARIANTS,
    "corridor_metrics": CORRIDOR_METRICS,
    "nodes": NODES,
    "segments": SEGMENTS,
    "assumptions": ASSUMPTIONS,
    "barriers": BARRIERS,
    "crossings": CROSSINGS,
    "trade": TRADE,
    "trade_commodities": TRADE_COMMODITIES,
    "enterprises": ENTERPRISES,
    "energy_flows": ENERGY_FLOWS,
    "energy_lines": ENERGY_LINES,
    "council": COUNCIL,
    "glossary": GLOSSARY,
}
