"""What facets, stages and criteria are called, and how projects and their amounts are named."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.project_value import value_sourced
from dashboard.regions.links import region_link
from dashboard.sites.links import site_link
from dashboard.text import N_, Words
from layers import Atlas
from layers.portfolio import NOT_STATED, STATED, UNKNOWN, Worth

FACET_TITLES = {
    "status": N_("Status"),
    "sector": N_("Sector"),
    "uz": N_("Uzbek region"),
    "kz": N_("Kazakh region"),
    "year": N_("Year announced"),
    "value": N_("Value in dollars"),
}
NOT_NAMED = {
    "sector": N_("no sector named"),
    "uz": N_("no Uzbek region named"),
    "kz": N_("no Kazakh region named"),
    "year": N_("year not known"),
}
VALUE_WORDS = {STATED: N_("stated"), NOT_STATED: N_("not stated")}

STAGES = {
    "held": N_("held"),
    "planned": N_("planned"),
    "not-confirmed": N_("not confirmed"),
}


def value_name(facet: str, value: str, atlas: Atlas, words: Words) -> str:
    """The reader's word for a value of a facet."""
    if value == UNKNOWN:
        return words(NOT_NAMED[facet])
    if facet in ("uz", "kz"):
        return words.name(atlas.regions.loc[value])
    tables = {"status": vocabulary.STATUSES, "sector": vocabulary.SECTORS, "value": VALUE_WORDS}
    return words(tables[facet][value]) if facet in tables else value


def worth_text(found: Worth, words: Words) -> str:
    """A sum of stated values, "at least" where one of them is a lower bound; "" where none is stated."""
    if not found.valued:
        return ""
    amount = words.dollars(found.value_usd)
    return words("at least {amount}", amount=amount) if found.is_least else amount


def project_link(project_id: str, atlas: Atlas, words: Words) -> html.A:
    """The name of a project, which leads to its card on the map."""
    name, language = words.name_and_language(atlas.projects.loc[project_id])
    return html.A(name, href=f"/?show=project:{project_id}&lang={words.language}", lang=language)


def project_line(project_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """A project in one line: its name, which leads to its card, status, and value with its sources."""
    row = atlas.projects.loc[project_id]
    value = value_sourced(row, atlas, words) or words("value not stated")
    status = words(vocabulary.STATUSES[row["status"]])
    return [project_link(project_id, atlas, words), f", {status}, ", value]


def places(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """Where a project is: its regions, site and corridor, each a link; [] where none is named."""
    links = [region_link(one, atlas, words) for one in (*row["uz_region_ids"], *row["kz_region_ids"])]
    if row["site_id"]:
        links.append(html.Span([words("site"), ": ", site_link(row["site_id"], atlas, words)]))
    if row["corridor_id"]:
        name, language = words.name_and_language(atlas.corridors.loc[row["corridor_id"]])
        href = f"/corridors/{row['corridor_id']}?lang={words.language}"
        links.append(html.Span([words("corridor"), ": ", html.A(name, href=href, lang=language)]))
    return [html.Div(link) for link in links]
