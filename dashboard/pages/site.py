"""One industrial site: its facts, what lies around it, its projects and its course in time."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import html

from dashboard import ids, vocabulary
from dashboard.cards import report_button
from dashboard.export.button import figure_head
from dashboard.free_text import free_text
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, beside_map, page_map, scene
from dashboard.plain import Plain
from dashboard.shell import reader_words
from dashboard.sites import facts, scenes, surroundings
from dashboard.sites.links import no_such_site
from dashboard.sourced import source_list
from dashboard.text import N_, Words, speak
from layers import Atlas, current

dash.register_page(__name__, path_template="/sites/<site_id>", title="Corridor Atlas")

SCENES["site"] = scenes.one_site

SECTIONS = {
    "nearest": (N_("What lies nearest"), surroundings.nearest_table),
    "corridors": (N_("Corridors that pass here"), surroundings.corridor_list),
    "near": (N_("Other sites near this one"), surroundings.neighbour_table),
    "projects": (N_("Joint projects"), facts.project_section),
    "timeline": (N_("From announced to expected"), facts.timeline),
}


PUBLISHED = ("nearest", "near")
"""The sections whose tables are published, each under its anchor."""


def layout(site_id: str = "", lang: str | None = None, **_: str) -> html.Div:
    """The page of a site, or the nearest names where there is no such site."""
    atlas, words = current(), reader_words(lang)
    if site_id not in atlas.sites.index:
        return no_such_site(site_id, atlas, words)
    name, language = words.name_and_language(atlas.sites.loc[site_id])
    shown = scene("site", site_id, words)
    label = words("Map of the surroundings of {name}", name=name)
    return html.Div(
        [
            html.H1(name, lang=language),
            beside_map(
                _said(atlas, site_id, words.language),
                page_map(shown, words, label, "map"),
                [_known(atlas, site_id, words.language)],
            ),
            _around(atlas, site_id, words.language),
        ],
        className="site-page",
    )


# Key: the atlas (one object a data version), the site and the language; the components are never changed.
@lru_cache(maxsize=128)
def _said(atlas: Atlas, site_id: str, language: str) -> Plain:
    """What the map shows, and how well its place is known."""
    words, row = speak(language), atlas.sites.loc[site_id]
    kind = words(vocabulary.SITE_KINDS[row["kind"]]), words(vocabulary.STATUSES[row["status"]])
    return Plain(
        html.P(", ".join(kind), id=ids.PAGE_FINDING, className="kind"),
        facts.place_note(row, words),
    )


@lru_cache(maxsize=128)
def _known(atlas: Atlas, site_id: str, language: str) -> Plain:
    """What stands beside the map."""
    words, row = speak(language), atlas.sites.loc[site_id]
    return Plain(
        facts.site_facts(row, atlas, words),
        free_text(row, "summary", words),
        facts.missing(row, words),
        how_to_read("/sites/<site_id>", words),
        html.P(_links(site_id, words), className="page-bar"),
    )


def _links(site_id: str, words: Words) -> list[Any]:
    key, language = f"site:{site_id}", words.language
    links = {
        words("Routes from here"): f"/routes?from={key}&lang={language}",
        words("In the table of all sites"): f"/sites?show={key}&lang={language}",
    }
    return [html.A(text, href=to) for text, to in links.items()]


def _head(anchor: str, title: str, words: Words) -> Any:
    """The heading of a section, with a button where its table is published."""
    heading = html.H2(words(title))
    return figure_head(heading, anchor, words) if anchor in PUBLISHED else heading


@lru_cache(maxsize=128)
def _around(atlas: Atlas, site_id: str, language: str) -> Plain:
    """The sections under the map, and the sources of the site."""
    words, row = speak(language), atlas.sites.loc[site_id]
    parts = [
        html.Section([_head(anchor, title, words), *section(site_id, atlas, words)], id=anchor)
        for anchor, (title, section) in SECTIONS.items()
    ]
    sources = source_list(row["source_ids"], atlas, words)
    report = report_button(f"site:{site_id}", words.name(row), row["source_ids"], atlas, words)
    parts.append(html.Section([html.H2(words("Sources")), sources, report], id="sources"))
    return Plain(parts)
