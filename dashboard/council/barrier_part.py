"""One barrier in full: its facts, the ways it lengthens, the projects and sites behind it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button, fact_list
from dashboard.council.agenda_links import agenda_link
from dashboard.council.barrier_words import UNTOLD, effect_sentences, taken
from dashboard.council.barriers import HOW, corridor_name, place_of_barrier
from dashboard.export.button import end_button
from dashboard.free_text import free_text
from dashboard.plain import Plain
from dashboard.routes.conditions import Conditions, query_of
from dashboard.routes.places import place_name
from dashboard.sourced import sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.barriers import Effect, Removal, crossings_at, effect_of, projects_behind, sites_near
from layers.nearby import NEIGHBOUR_KM
from layers.network import GATEWAYS

MOST_WAYS = 3
WAY_COLUMNS = (N_("Way"), N_("What it is"), N_("Today, hours"), N_("Without it, hours"), N_("Shorter by"))
PLACE_ONLY = N_(
    "The page of routes changes a wait everywhere or nowhere, so these links lead to the ways as they are "
    "today."
)
SAME_CHANGE = N_("These links lead to the page of routes with the same lines opened.")
BEHIND_RULE = N_(
    "Projects of transport, logistics or trade on the same corridor, its branches or its parent; sites "
    "within {km} km of the place. That one of them would take the barrier away is not stated by our sources."
)


# Key: the atlas (one object a data version), the barrier and the language; the components are not changed.
@lru_cache(maxsize=128)
def barrier_part(atlas: Atlas, barrier_id: str, language: str) -> Plain:
    """The opened barrier."""
    words, row = speak(language), atlas.barriers.loc[barrier_id]
    facts = [
        (words("Kind"), words(vocabulary.BARRIER_KINDS[row["kind"]])),
        (
            words("Corridor"),
            html.A(
                corridor_name(row, atlas, words),
                href=f"/corridors/{row['corridor_id']}?lang={words.language}",
            ),
        ),
        (words("Place"), _place(barrier_id, row, atlas, words)),
        (words("What the source measured"), _measured(row, atlas, words)),
    ]
    heading = html.H2(
        [html.Small(barrier_id), " ", free_text(row, "description", words, html.Span)], id="barrier"
    )
    add = html.P(agenda_link(f"barrier:{barrier_id}", words), className="on-screen")
    return Plain(
        html.Section(
            [
                heading,
                add,
                fact_list(facts),
                html.H3(words("Which ways it lengthens")),
                *_effect(barrier_id, atlas, words),
                html.H3(words("Projects and sites behind it")),
                *_behind(barrier_id, atlas, words),
            ],
            className="barrier-part",
        )
    )


def _place(barrier_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    parts = [place_of_barrier(row, atlas, words)]
    for crossing_id, crossing in crossings_at(atlas, barrier_id).iterrows():
        status = words(vocabulary.STATUSES[crossing["status"]])
        parts += ["; ", choose_button(f"crossing:{crossing_id}", atlas, words), f" ({status})"]
    return parts


def _measured(row: pd.Series, atlas: Atlas, words: Words) -> Any:
    text, language = words.text_and_language(row, "severity_basis")
    if not text:
        return words("not known")
    return html.Span(sourced(text, row["source_ids"], atlas, words), lang=language)


def _effect(barrier_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """What is taken away, what becomes of the ways, and those that gain most."""
    found = effect_of(atlas, barrier_id)
    if not isinstance(found, Effect):
        return [html.P(words(UNTOLD[found.why]), className="not-known")]
    sentences = effect_sentences(found, atlas, words)
    told = html.Ul([html.Li(one) for one in sentences], className="plain")
    method = html.Div(html.P(words(HOW)))
    how = html.Details([html.Summary(words("How this is computed")), method], className="sourced")
    return [html.P(taken(found.removal, atlas, words)), told, how, *_ways(found, atlas, words)]


def _ways(found: Effect, atlas: Atlas, words: Words) -> list[Any]:
    """The ways that gain most: of the regions and, apart, between the ends of the corridors."""
    chosen = [found.of(*GATEWAYS, "pair").head(MOST_WAYS), found.of("corridor").head(MOST_WAYS)]
    rows = [_way(row, found.removal, atlas, words) for part in chosen for _, row in part.iterrows()]
    if not rows:
        return []
    heads = html.Thead(html.Tr([html.Th(words(one), scope="col") for one in WAY_COLUMNS]))
    caption = html.Caption(words("The ways that gain most, computed"))
    button = end_button("ways", words)
    table = html.Table([caption, heads, html.Tbody(rows)], className="sortable ways-table")
    has_same = bool(found.removal.opened)
    note = html.P(words(SAME_CHANGE if has_same else PLACE_ONLY), className="legend-note")
    return [button, html.Div(table, className="table-box", tabIndex=0), note]


def _way(row: pd.Series, removal: Removal, atlas: Atlas, words: Words) -> html.Tr:
    names = [place_name(atlas, row[end], words) for end in ("start", "goal")]
    opened = Conditions(opened=tuple(sorted((*removal.beforehand, *removal.opened))))
    query = query_of([("from", row["start"]), ("to", row["goal"]), *opened.pairs()])
    link = html.A(" – ".join(names), href=f"/routes{query}&lang={words.language}")
    is_new = not np.isfinite(row["before"])
    before = words("no way") if is_new else words.number(round(row["before"], 1), 1)
    gained = "–" if is_new else words.number(round(row["gained"], 1), 1)
    cells = [before, words.number(round(row["after"], 1), 1), gained]
    ends = [html.Th(link, scope="row"), html.Td(goal_of(row["kind"], words))]
    return html.Tr([*ends, *(html.Td(one, className="amount") for one in cells)])


GOALS = {
    "sea-ports": N_("nearest sea port"),
    "caspian-ports": N_("nearest port on the Caspian"),
    "china": N_("nearest border of China"),
    "european-union": N_("nearest entrance to the European Union"),
    "pair": N_("pair of regions"),
    "corridor": N_("ends of a corridor"),
}


def goal_of(kind: str, words: Words) -> str:
    """What kind of way it is, by where it leads."""
    return words(GOALS.get(kind, kind))


def _behind(barrier_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The projects and the sites, with the rule by which they were found."""
    projects, sites = projects_behind(atlas, barrier_id), sites_near(atlas, barrier_id)
    lists = [
        html.Li([choose_button(f"project:{one}", atlas, words), " ", html.Small(_status(row, words))])
        for one, row in projects.iterrows()
    ]
    lists += [
        html.Li(
            [
                choose_button(f"site:{one}", atlas, words),
                " ",
                html.Small(", ".join(_told_of_site(row, words))),
            ]
        )
        for one, row in sites.iterrows()
    ]
    rule = html.P(words(BEHIND_RULE, km=words.number(NEIGHBOUR_KM)), className="legend-note")
    if not lists:
        nothing = words("Our sources know of none by this rule.")
        return [html.P(nothing, className="not-known"), rule]
    return [html.Ul(lists, className="plain"), rule]


def _told_of_site(row: pd.Series, words: Words) -> list[str]:
    """The status of a site and how far off it is."""
    far = words("{n} km", n=words.number(round(row["distance_km"])))
    roughly = [words("approximate place")] if row["location_precision"] == "region-centre" else []
    return [_status(row, words), far, *roughly]


def _status(row: pd.Series, words: Words) -> str:
    return words(vocabulary.STATUSES[row["status"]])
