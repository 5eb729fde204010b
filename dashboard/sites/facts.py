"""What is known of one site, each fact with its sources; its course in time; what is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import Fact, fact_list, not_known, sourced_number
from dashboard.cards.sites import investment, project_line
from dashboard.free_text import bare_text, bare_texts
from dashboard.regions.links import region_link
from dashboard.sites.moments import moments
from dashboard.sourced import sourced
from dashboard.text import N_, Words
from layers import Atlas

APPROXIMATE = {
    "region-centre": N_(
        "The place of this site is approximate: sources tell its region only, and the map shows the centre "
        "of the region. Distances on this page are those of that centre."
    ),
    "town": N_("The place of this site is known to the town; distances are good to some kilometres."),
}

NOT_KNOWN = {
    "area_ha": N_("area"),
    "investment_usd": N_("investment"),
    "jobs": N_("jobs"),
    "started": N_("start"),
    "expected": N_("expected completion"),
    "partners": N_("partners"),
    "region_id": N_("region"),
}


def place_note(row: pd.Series, words: Words) -> html.P | None:
    """How exact the place of a site is, where it is not exact."""
    precision = row["location_precision"]
    if precision not in APPROXIMATE:
        return None
    return html.P(
        words(APPROXIMATE[precision]), className="note" if precision == "region-centre" else "quiet"
    )


def site_facts(row: pd.Series, atlas: Atlas, words: Words) -> html.Dl:
    """The facts of a site; a click on one opens its sources."""

    def text(shown: Any) -> html.Details:
        return sourced(shown, row["source_ids"], atlas, words)

    has_money = pd.notna(row["investment_usd"]) or pd.notna(row["investment_orig"])
    facts: list[tuple[str, Any]] = [
        (words("Country"), words.name(atlas.countries.loc[row["country_iso3"]])),
        (words("Region"), region_link(row["region_id"], atlas, words) if row["region_id"] else None),
        (words("Place"), text(bare_text(row, "place", words)) if row["place"] else None),
        (words("Kind"), text(words(vocabulary.SITE_KINDS[row["kind"]]))),
        (words("Status"), text(words(vocabulary.STATUSES[row["status"]]))),
        (
            words("Status in the source"),
            text(bare_text(row, "status_note", words)) if row["status_note"] else None,
        ),
        (words("Sectors"), text(vocabulary.spell(row["sectors"], vocabulary.SECTORS, words))),
        (words("Area"), _number(row, "area_ha", N_("{n} ha"), atlas, words)),
        (words("Investment"), investment(row, atlas, words) if has_money else None),
        (words("Jobs"), _number(row, "jobs", "{n}", atlas, words)),
        (words("Partners"), _partners(row, atlas, words) if row["partners"] else None),
    ]
    known: list[Fact] = [(label, value) for label, value in facts if value is not None]
    return fact_list(known)


def _number(row: pd.Series, column: str, message: str, atlas: Atlas, words: Words) -> Any:
    return sourced_number(row, column, message, atlas, words) if pd.notna(row[column]) else None


def _partners(row: pd.Series, atlas: Atlas, words: Words) -> html.Ul:
    names = [sourced(one, row["source_ids"], atlas, words) for one in bare_texts(row, "partners", words)]
    return html.Ul([html.Li(name) for name in names], className="plain")


def timeline(site_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """What was announced, begun and is expected, in the order of the years that the sources name."""
    row = atlas.sites.loc[site_id]
    found: list[tuple[str, Any, str, Any, tuple[str, ...]]] = [
        (when, shown, words(label), None, row["source_ids"])
        for column, label in (("started", N_("Started")), ("expected", N_("Expected")))
        for when, shown in moments(row, column, words)
    ]
    for _, project in linked_projects(site_id, atlas).iterrows():
        name = bare_text(project, "name", words)
        for column, label in (
            ("year_announced", words("Project announced")),
            ("year_expected", words("Project expected")),
        ):
            if pd.notna(project[column]):
                year = str(int(project[column]))
                found.append((year, year, label, name, project["source_ids"]))
    if not found:
        return [html.P(words("No date of this site is known to our sources."), className="not-known")]
    items = [_moment(*one, atlas, words) for _, *one in sorted(found, key=lambda one: one[0])]
    return [html.Ol(items, className="timeline")]


def _moment(
    shown: Any, what: str, name: Any, source_ids: tuple[str, ...], atlas: Atlas, words: Words
) -> html.Li:
    about = [": ", name] if name is not None else []
    return html.Li([html.Strong(what), *about, " – ", sourced(shown, source_ids, atlas, words)])


def linked_projects(site_id: str, atlas: Atlas) -> pd.DataFrame:
    """The joint projects on a site."""
    return atlas.projects[atlas.projects["site_id"].eq(site_id)]


def project_section(site_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The joint projects on a site, each a button that opens its card."""
    projects = linked_projects(site_id, atlas)
    if projects.empty:
        return [
            html.P(words("No joint project on this site is known to our sources."), className="not-known")
        ]
    return [html.Ul([html.Li(project_line(one, atlas, words)) for one in projects.index])]


def missing(row: pd.Series, words: Words) -> html.P | None:
    """What the sources do not tell of a site."""
    unknown = []
    for column, label in NOT_KNOWN.items():
        value = row[column]
        is_stated = column == "investment_usd" and pd.notna(row["investment_orig"])
        if not is_stated and (value in ("", ()) if isinstance(value, str | tuple) else pd.isna(value)):
            unknown.append(words(label))
    if row["location_precision"] != "exact":
        unknown.append(words("exact place"))
    return not_known(unknown, words)
