"""Cards of regions and of border crossings."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button, fact_list, not_known
from dashboard.corridor_terms import when
from dashboard.free_text import bare_text, free_text
from dashboard.sourced import GENERAL_KNOWLEDGE, computed, sourced
from dashboard.text import Words
from layers import Atlas


def crossing_body(crossing_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a border crossing."""
    sides = [
        choose_button(f"region:{row[column]}", atlas, words) for column in ("kz_region_id", "uz_region_id")
    ]
    place = (
        words("known to about {n} km", n=words.number(row["uncertainty_km"]))
        if pd.notna(row["uncertainty_km"])
        else words("exact place")
    )
    facts = [
        (words("Kazakh side"), [_side(row, "name_kz", words), " ", sides[0]]),
        (words("Uzbek side"), [_side(row, "name_uz", words), " ", sides[1]]),
        (words("Status in the source"), free_text(row, "status_note", words, html.Span))
        if row["status_note"]
        else None,
        (words("Capacity"), sourced(bare_text(row, "capacity", words), row["source_ids"], atlas, words))
        if row["capacity"]
        else None,
        (words("Place"), place),
    ]
    missing = [] if row["capacity"] else [words("capacity")]
    return [fact_list(facts), free_text(row, "note", words), not_known(missing, words)]


def _side(row: pd.Series, side: str, words: Words) -> html.Span:
    """What one side calls a crossing."""
    name, language = words.text_and_language(row, side)
    return html.Span(name, lang=language) if name else html.Span(words("name not known"))


def region_body(region_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a region."""
    population = words(
        "{n} on {date}", n=words.number(row["population"]), date=words.date(row["population_date"])
    )
    density = words("{n} people per km²", n=words.number(row["population"] / row["area_km2"], 1))
    facts = [
        (words("Country"), words.name(atlas.countries.loc[row["country_iso3"]])),
        (words("Centre"), bare_text(row, "centre", words)),
        (words("Population"), sourced(population, row["population_source_ids"], atlas, words)),
        (
            words("Area"),
            sourced(words("{n} km²", n=words.number(row["area_km2"])), (GENERAL_KNOWLEDGE,), atlas, words),
        ),
        (words("Density"), computed(density, words("Population divided by area."), words)),
    ]
    sites = atlas.sites.index[atlas.sites["region_id"] == region_id]
    listed = (
        html.Details(
            [
                html.Summary(words.plural("{n} site in this region", "{n} sites in this region", len(sites))),
                html.Ul(
                    [html.Li(choose_button(f"site:{s}", atlas, words)) for s in sites],
                    className="plain",
                ),
            ]
        )
        if len(sites)
        else html.P(words("No site in this region is known to our sources."))
    )
    return [
        fact_list(facts),
        html.H3(words("In the Council")),
        free_text(row, "council_role", words),
        listed,
        *_indicators(region_id, atlas, words),
    ]


def _indicators(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    rows = atlas.region_indicators[atlas.region_indicators["region_id"] == region_id]
    if rows.empty:
        return []
    items = [
        html.Li(
            [
                f"{words(vocabulary.INDICATORS[row['indicator']])}, ",
                when(row, words),
                ": ",
                sourced(
                    vocabulary.quantity(row["value"], row["unit"], words),
                    row["source_ids"],
                    atlas,
                    words,
                    free_text(row, "note", words),
                    row["kind"],
                ),
            ]
        )
        for _, row in rows.iterrows()
    ]
    return [html.H3(words("Figures of the region")), html.Ul(items, className="plain")]
