"""Cards of industrial sites, with the projects on them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button, fact_list, not_known, sourced_number
from dashboard.free_text import bare_text, bare_texts, free_text
from dashboard.project_value import value_sourced
from dashboard.sites.links import site_address
from dashboard.sites.moments import moments_listed
from dashboard.sourced import sourced
from dashboard.text import N_, Words
from layers import Atlas


def site_body(site_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a site."""
    labels = {"area_ha": words("area"), "investment_usd": words("investment"), "jobs": words("jobs")}
    known = {column for column in labels if pd.notna(row[column])}
    if pd.notna(row["investment_orig"]):
        known.add("investment_usd")
    where = [html.Span(bare_text(row, "place", words))]
    if row["location_precision"] == "region-centre":
        where.append(html.Strong([" ", words("(approximate place: the map shows the centre of the region)")]))
    facts = [
        (words("Place"), where),
        (words("Region"), choose_button(f"region:{row['region_id']}", atlas, words))
        if row["region_id"]
        else None,
        (words("Sectors"), vocabulary.spell(row["sectors"], vocabulary.SECTORS, words)),
        (words("Area"), sourced_number(row, "area_ha", N_("{n} ha"), atlas, words))
        if "area_ha" in known
        else None,
        (words("Investment"), investment(row, atlas, words)) if "investment_usd" in known else None,
        (words("Jobs"), sourced_number(row, "jobs", "{n}", atlas, words)) if "jobs" in known else None,
        (words("Started"), moments_listed(row, "started", words)) if row["started"] else None,
        (words("Expected"), moments_listed(row, "expected", words)) if row["expected"] else None,
        (words("Partners"), _partners(row, words)) if row["partners"] else None,
        (words("Status in the source"), free_text(row, "status_note", words, html.Span))
        if row["status_note"]
        else None,
    ]
    projects = atlas.projects.index[atlas.projects["site_id"] == site_id]
    linked = [
        html.H3(words("Projects here")),
        html.Ul([html.Li(project_line(p, atlas, words)) for p in projects]),
    ]
    missing = [label for column, label in labels.items() if column not in known]
    return [
        fact_list(facts),
        free_text(row, "summary", words),
        *(linked if len(projects) else []),
        not_known(missing, words),
        html.P(html.A(words("Page of this site"), href=site_address(site_id, words))),
    ]


def _partners(row: pd.Series, words: Words) -> list[Any]:
    return [part for one in bare_texts(row, "partners", words) for part in ("; ", one)][1:]


def investment(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is invested in a site, in dollars and in the currency of the source."""
    shown = []
    if pd.notna(row["investment_usd"]):
        shown.append(sourced(words.dollars(row["investment_usd"]), row["source_ids"], atlas, words))
    if pd.notna(row["investment_orig"]):
        amount = words.money(row["investment_orig"], row["investment_currency"])
        shown.append(sourced(amount, row["source_ids"], atlas, words))
    return shown


def project_line(project_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """A project on a site in one line."""
    row = atlas.projects.loc[project_id]
    return [
        choose_button(f"project:{project_id}", atlas, words),
        ", ",
        words(vocabulary.STATUSES[row["status"]]),
        ", ",
        value_sourced(row, atlas, words)
        or sourced(words("value not known"), row["source_ids"], atlas, words),
    ]
