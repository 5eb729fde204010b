"""The profile of one pair: border, route, crossings, projects, sectors, events, trade, what is not known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import fact_list
from dashboard.corridor_terms import when
from dashboard.export.button import figure_head, section_head
from dashboard.free_text import free_text
from dashboard.pairs.matrix import count_text
from dashboard.pairs.route import best_route, route_part
from dashboard.plain import Plain
from dashboard.regions.links import region_link
from dashboard.regions.profile import BORDER_METHOD
from dashboard.regions.sheet import still_map
from dashboard.regions.tables import crossing_part, event_part, project_part
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.mentions import events_of
from layers.pairs import (
    distance_km,
    frontiers,
    margins,
    nearest_crossings,
    pairs,
    sectors,
    sectors_of,
    totals_of,
    trade_figures,
)

Pair = tuple[str, str]

TOTALS = N_("Stated totals that name both regions, not counted")
DISTANCE_METHOD = N_("The straight line between the two centres on the WGS 84 ellipsoid.")


def names_of(pair: Pair, atlas: Atlas, words: Words) -> tuple[str, str]:
    return tuple(words.name(atlas.regions.loc[one]) for one in pair)


def pair_finding(pair: Pair, atlas: Atlas, words: Words) -> str:
    """The pair in two or three sentences: projects, border, way."""
    row, shared = pairs(atlas).loc[pair], frontiers(atlas)
    uzbek, kazakh = names_of(pair, atlas, words)
    told = [words("{a} and {b}: {count}.", a=uzbek, b=kazakh, count=count_text(row, words))]
    told.append(
        words("They share {km} km of border.", km=words.number(round(shared[pair])))
        if pair in shared.index
        else words("They share no border.")
    )
    if found := best_route(atlas, *pair):
        told.append(
            words(
                "The best route is {km} km and {hours} hours by computation.",
                km=words.number(round(found.km)),
                hours=words.number(round(found.hours)),
            )
        )
    return " ".join(told)


# Key: the atlas (one object a data version), the pair and the language; the components are never changed.
@lru_cache(maxsize=48)
def profile(atlas: Atlas, pair: Pair, language: str) -> Plain:
    """Everything of a pair but its map and strip."""
    words = speak(language)
    crossings = tuple(nearest_crossings(atlas, *pair).index)
    sections = [_section(title, part, pair, atlas, words) for title, part in SECTIONS.items()]
    picture = still_map(pair, crossings, atlas, words)
    return Plain(html.Div([picture, *sections], className="two-columns"))


def _section(title: str, part: Any, pair: Pair, atlas: Atlas, words: Words) -> html.Section:
    """A section, with a button at its heading where its table is published."""
    heading, contents = html.H2(words(title)), part(pair, atlas, words)
    if part in PUBLISHED:
        heading = section_head(heading, PUBLISHED[part], contents, words)
    return html.Section([heading, *contents])


def _border(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    shared = frontiers(atlas)
    border: Any = words("none")
    if pair in shared.index:
        border = computed(words("{n} km", n=words.number(round(shared[pair]))), words(BORDER_METHOD), words)
    km = words("{n} km", n=words.number(round(distance_km(atlas, *pair))))
    facts = [
        (words("Regions"), [region_link(pair[0], atlas, words), " – ", region_link(pair[1], atlas, words)]),
        (words("Shared border"), border),
        (words("Between the centres"), computed(km, words(DISTANCE_METHOD), words)),
    ]
    return [fact_list(facts)]


def _route(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    return route_part(*pair, atlas, words)


def _crossings(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    nothing = words("No crossing between the two countries is known to our sources.")
    near = nearest_crossings(atlas, *pair)
    own = near.index[near["is_between"]]
    note = words.plural(
        "{n} of them joins the two regions themselves.",
        "{n} of them join the two regions themselves.",
        len(own),
    )
    return [*crossing_part(near, nothing, atlas, words), html.P(note, className="legend-note")]


def _projects(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    nothing = words("No joint project that names both regions is known to our sources.")
    ids = list(pairs(atlas).at[pair, "projects"])
    parts = project_part(atlas.projects.loc[ids], nothing, atlas, words)
    alone = [
        words(
            "{region}: {projects} without a region of the other side",
            region=name,
            projects=words.plural("{n} project", "{n} projects", len(margins(atlas).at[one, "alone"])),
        )
        for one, name in zip(pair, names_of(pair, atlas, words), strict=True)
    ]
    parts.append(html.P("; ".join(alone) + ".", className="legend-note"))
    totals = totals_of(atlas, *pair)
    if len(totals):
        parts.append(figure_head(html.H3(words(TOTALS)), "totals", words))
        parts += project_part(totals, "", atlas, words, most=2)
    return parts


def _sectors(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    found = sectors(atlas, *pair)
    uzbek, kazakh = names_of(pair, atlas, words)
    lists = (
        (words("Both"), found.both),
        (words("Only {region}", region=uzbek), found.only_uzbek),
        (words("Only {region}", region=kazakh), found.only_kazakh),
    )
    boxes = [
        html.Div(
            [
                html.H3(title),
                html.P(vocabulary.spell(codes, vocabulary.SECTORS, words) or words("none known")),
            ]
        )
        for title, codes in lists
    ]
    how = words(
        "From the sectors that the sites of the two regions name: a sector that one lacks is one in which "
        "our sources know no site of it."
    )
    return [html.Div(boxes, className="sector-lists"), html.P(how, className="legend-note")]


def _events(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    nothing = words("No event in our sources names both regions.")
    note = words("Events that name both, as their place or in their text; they need not be about the two.")
    parts = event_part(events_of(atlas, *pair), nothing, atlas, words, most=3)
    return [*parts, html.P(note, className="legend-note")]


def _trade(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    items = []
    for _, row in trade_figures(atlas, *pair).iterrows():
        shown = vocabulary.quantity(row["value"], row["unit"], words)
        value = sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"])
        name = words.name(atlas.regions.loc[row["region_id"]])
        what = words(vocabulary.INDICATORS[row["indicator"]])
        items.append(html.Li([f"{name}: {what}, ", when(row, words), ": ", value]))
    if not items:
        return [
            html.P(words("No trade figure of either region is known to our sources."), className="not-known")
        ]
    note = words("These are figures with the whole of the other country, not with the other region.")
    return [html.Ul(items, className="plain"), html.P(note, className="legend-note")]


def _not_known(pair: Pair, atlas: Atlas, words: Words) -> list[Any]:
    """What the data cannot say of this pair, generated from what is missing."""
    row = pairs(atlas).loc[pair]
    told = [words("what the two regions trade with each other")]
    if not row["count"]:
        told.append(words("whether they have a joint project"))
    elif row["count"] > row["valued"]:
        missing = int(row["count"] - row["valued"])
        told.append(
            words.plural(
                "the value of {n} of their joint projects",
                "the value of {n} of their joint projects",
                missing,
            )
        )
    for one, name in zip(pair, names_of(pair, atlas, words), strict=True):
        if not sectors_of(atlas, one):
            told.append(words("any site of {region}", region=name))
    told.append(
        words("who meets whom: visits and talks of the two regional governments are not collected here")
    )
    return [html.Ul([html.Li(one) for one in told])]


SECTIONS = {
    N_("Border and distance"): _border,
    N_("Best route"): _route,
    N_("Nearest crossings"): _crossings,
    N_("Joint projects"): _projects,
    N_("Sectors"): _sectors,
    N_("Events"): _events,
    N_("Trade"): _trade,
    N_("What the data cannot say"): _not_known,
}
"""The sections of a profile and what makes each."""

PUBLISHED = {_projects: "projects", _crossings: "crossings", _events: "events"}
"""The sections whose tables are published, by the names of those."""
