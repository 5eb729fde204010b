"""The profile of one region: its figures, what lies in it, its neighbours, its place in the Council."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import fact_list
from dashboard.corridor_terms import when
from dashboard.export.button import figure_head, section_head
from dashboard.free_text import free_text
from dashboard.plain import Plain
from dashboard.regions.comparison import comparison_table
from dashboard.regions.links import light, pair_address, pair_link, region_link
from dashboard.regions.sheet import still_map, table_or_none
from dashboard.regions.tables import crossing_part, event_part, project_part, site_part
from dashboard.sortable import amount
from dashboard.sourced import computed, source_list, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.access import corridors_through, nearest_crossing, nearest_sea_port
from layers.crossings import of_region
from layers.mentions import events_of
from layers.pairs import UZBEK, margins, neighbours, pairs, totals_of, trade_figures

CORRIDOR_COLUMNS = (N_("Corridor"), N_("Status"), N_("Its lines here, km"))
NEIGHBOUR_COLUMNS = (N_("Region across the border"), N_("Shared border, km"), N_("Joint projects"))
BORDER_METHOD = N_("Measured along the simplified borders of this map on the WGS 84 ellipsoid.")
LINES_METHOD = N_("All lines of the corridor inside the borders of the region, alternatives included.")
NETWORK_METHOD = N_(
    "The quickest way by the network of the atlas as it is today, with its assumptions; without the stop at "
    "the border."
)
TOTALS = N_("Stated totals that name this region, never added up")
SEA_METHOD = N_("The quickest way by the network of the atlas as it is today, with its assumptions.")


def region_finding(region_id: str, atlas: Atlas, words: Words) -> str:
    """The region in one sentence of counts and one of distance."""
    row, found = atlas.regions.loc[region_id], margins(atlas).loc[region_id]
    parts = [
        words.plural("{n} site", "{n} sites", int(atlas.sites["region_id"].eq(region_id).sum())),
        words.plural("{n} joint project", "{n} joint projects", int(found["count"])),
        words.plural(
            "{n} crossing to the other country",
            "{n} crossings to the other country",
            len(of_region(atlas.crossings, region_id)),
        ),
    ]
    told = words("{name}: {parts} known to our sources.", name=words.name(row), parts=", ".join(parts))
    port = nearest_sea_port(atlas).loc[region_id]
    if not port["gateway"]:
        return told
    way = words(
        "The nearest sea port is {port}, {km} km and {hours} hours away by computation.",
        port=words.name(atlas.nodes.loc[port["gateway"]]),
        km=words.number(round(port["km"])),
        hours=words.number(round(port["hours"])),
    )
    return f"{told} {way}"


# Key: the atlas (one object a data version), the region and the language; the components are never changed.
@lru_cache(maxsize=48)
def profile(atlas: Atlas, region_id: str, language: str) -> Plain:
    """Everything of a region but its map."""
    words = speak(language)
    crossings = tuple(of_region(atlas.crossings, region_id).index)
    sections = [
        _section(title, part(region_id, atlas, words), words, PUBLISHED.get(part, ""))
        for title, part in SECTIONS.items()
    ]
    return Plain(
        _section(
            N_("Among the regions of its country"),
            [comparison_table(region_id, atlas, words)],
            words,
            "comparison",
        ),
        html.Div([still_map((region_id,), crossings, atlas, words), *sections], className="two-columns"),
    )


def _section(title: str, contents: list[Any], words: Words, figure: str = "") -> html.Section:
    heading = html.H2(words(title))
    return html.Section([section_head(heading, figure, contents, words) if figure else heading, *contents])


def _sites(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    return site_part(atlas.sites[atlas.sites["region_id"].eq(region_id)], atlas, words)


def _projects(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    ids = list(margins(atlas).at[region_id, "projects"])
    nothing = words("No joint project that names this region is known to our sources.")
    parts = project_part(atlas.projects.loc[ids], nothing, atlas, words)
    totals = totals_of(atlas, region_id)
    if len(totals):
        parts.append(figure_head(html.H3(words(TOTALS)), "totals", words))
        parts += project_part(totals, "", atlas, words, most=2)
    return [*parts, *_partners(region_id, atlas, words)]


def _partners(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The pairs of the region that have a joint project."""
    every = pairs(atlas)
    level = 0 if atlas.regions.at[region_id, "country_iso3"] == UZBEK else 1
    own = every[(every.index.get_level_values(level) == region_id) & every["count"].gt(0)]
    if own.empty:
        return []
    items = [html.Li(pair_link(*pair, atlas, words)) for pair in own.index]
    return [html.H3(words("Pairs with a joint project")), html.Ul(items, className="plain")]


def _corridors(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    through = corridors_through(atlas)
    own = through[through["region_id"].eq(region_id)]
    rows = [_corridor_row(row, atlas, words) for _, row in own.iterrows()]
    nothing = words("No corridor of the atlas crosses this region.")
    titles = [words(title) for title in CORRIDOR_COLUMNS]
    return table_or_none(words("Corridors"), titles, rows, nothing, words)


def _corridor_row(row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    corridor_id = row["corridor_id"]
    corridor = atlas.corridors.loc[corridor_id]
    link = html.A(words.name(corridor), href=f"/corridors/{corridor_id}?lang={words.language}")
    status = (
        words("all lines here in operation")
        if row["is_operating"]
        else words("not all lines here in operation")
    )
    km = computed(words.number(round(row["km"])), words(LINES_METHOD), words)
    cells = [html.Th(link, scope="row"), html.Td(status), amount(row["km"], km, words)]
    return html.Tr(cells, **{"data-light": f"corridor:{corridor_id}"})


def _crossings(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    nothing = words(
        "No crossing between the two countries on the border of this region is known to our sources."
    )
    return [
        *crossing_part(of_region(atlas.crossings, region_id), nothing, atlas, words),
        _reach(region_id, atlas, words),
    ]


def _reach(region_id: str, atlas: Atlas, words: Words) -> html.Dl:
    """The nearest crossing and sea port by the network."""
    crossing, port = nearest_crossing(atlas).loc[region_id], nearest_sea_port(atlas).loc[region_id]
    facts = []
    if crossing["crossing_id"]:
        row = atlas.crossings.loc[crossing["crossing_id"]]
        name = vocabulary.crossing_name(row, words)
        facts.append((words("Nearest open crossing"), _far(name, crossing, NETWORK_METHOD, words)))
    if port["gateway"]:
        name = words.name(atlas.nodes.loc[port["gateway"]])
        facts.append((words("Nearest sea port"), _far(name, port, SEA_METHOD, words)))
    return fact_list(facts)


def _far(name: str, row: pd.Series, how: str, words: Words) -> html.Details:
    shown = words(
        "{place}, {km} km, {hours} hours",
        place=name,
        km=words.number(round(row["km"])),
        hours=words.number(row["hours"], 1),
    )
    return computed(shown, words(how), words)


def _neighbours(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    is_uzbek = atlas.regions.at[region_id, "country_iso3"] == UZBEK
    rows = []
    for other, km in neighbours(atlas, region_id).items():
        pair = (region_id, other) if is_uzbek else (other, region_id)
        count = int(pairs(atlas).at[pair, "count"])
        told = words.number(count) if count else words("none known")
        cells = [
            html.Th(region_link(other, atlas, words), scope="row"),
            amount(km, computed(words.number(round(km)), words(BORDER_METHOD), words), words),
            amount(count, html.A(told, href=pair_address(*pair, words)), words),
        ]
        rows.append(html.Tr(cells, **light(other, atlas)))
    nothing = words("This region has no border with the other country.")
    titles = [words(title) for title in NEIGHBOUR_COLUMNS]
    return table_or_none(words("Neighbours across the border"), titles, rows, nothing, words)


def _council(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    row = atlas.regions.loc[region_id]
    role = free_text(row, "council_role", words)
    cited = html.Details(
        [html.Summary(words("Sources")), source_list(row["source_ids"], atlas, words)], className="on-screen"
    )
    nothing = words("No event in our sources names this region.")
    note = words("Events that name the region, its centre or a crossing on its side.")
    events = event_part(events_of(atlas, region_id), nothing, atlas, words, most=2)
    return [role, cited, html.P(note, className="legend-note on-screen"), *events]


def _figures(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The figures of the region that only some regions have, or for other periods."""
    rows = atlas.region_indicators[atlas.region_indicators["region_id"].eq(region_id)]
    if rows.empty:
        return [html.P(words("No other figure is known to our sources."), className="not-known")]
    items = []
    for _, row in rows.iterrows():
        shown = vocabulary.quantity(row["value"], row["unit"], words)
        value = sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"])
        name = words(vocabulary.INDICATORS[row["indicator"]])
        items.append(html.Li([name, ", ", when(row, words), ": ", value]))
    return [html.Ul(items, className="plain")]


def _not_known(region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """What a reader may look for and does not find, generated from what is missing."""
    found = margins(atlas).loc[region_id]
    sites = atlas.sites[atlas.sites["region_id"].eq(region_id)]
    told = []
    if trade_figures(atlas, region_id).empty:
        told.append(words("its trade with the other country"))
    if found["count"] > found["valued"]:
        told.append(
            words.plural(
                "the value of {n} of its joint projects",
                "the value of {n} of its joint projects",
                int(found["count"] - found["valued"]),
            )
        )
    if not found["count"]:
        told.append(words("whether it has a joint project"))
    if count := int(sites["location_precision"].eq("region-centre").sum()):
        told.append(words.plural("the place of {n} of its sites", "the place of {n} of its sites", count))
    if count := int(sites["investment_usd"].isna().sum()):
        told.append(
            words.plural("the investment in {n} of its sites", "the investment in {n} of its sites", count)
        )
    told.append(words("whether the Council of Heads of Regions has met"))
    return [html.Ul([html.Li(one) for one in told])]


SECTIONS = {
    N_("Sites"): _sites,
    N_("Joint projects"): _projects,
    N_("Corridors"): _corridors,
    N_("Crossings and the way to the sea"): _crossings,
    N_("Neighbours across the border"): _neighbours,
    N_("In the Council"): _council,
    N_("Other figures"): _figures,
    N_("Not known to our sources"): _not_known,
}
"""The sections of a profile and what makes each."""

PUBLISHED = {
    _sites: "sites",
    _projects: "projects",
    _corridors: "corridors",
    _crossings: "crossings",
    _neighbours: "neighbours",
    _council: "events",
}
"""The sections whose tables are published, by the names of those."""
