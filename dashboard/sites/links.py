"""Addresses of the pages of sites, and what to say where there is no such page."""

from __future__ import annotations

import difflib

from dash import html

from dashboard.text import Words
from layers import Atlas
from layers.search import find, index

MOST = 5


def site_address(site_id: str, words: Words) -> str:
    return f"/sites/{site_id}?lang={words.language}"


def site_link(site_id: str, atlas: Atlas, words: Words) -> html.A:
    """The name of a site, which leads to its page."""
    name, language = words.name_and_language(atlas.sites.loc[site_id])
    return html.A(name, href=site_address(site_id, words), lang=language)


def nearest_sites(text: str, atlas: Atlas) -> list[str]:
    """The sites whose id or name is most like a text; none where nothing is like it."""
    ids = {site_id.casefold(): site_id for site_id in atlas.sites.index}
    near = [
        ids[one] for one in difflib.get_close_matches(text[:40].casefold(), list(ids), n=MOST, cutoff=0.6)
    ]
    hits = [hit.key.partition(":") for hit in find(index(atlas), text[:80], 3 * MOST)]
    return list(dict.fromkeys([*near, *(one for kind, _, one in hits if kind == "site")]))[:MOST]


def no_such_site(site_id: str, atlas: Atlas, words: Words) -> html.Div:
    """Says that the link names no site, and leads to the nearest names and to all sites."""
    near = nearest_sites(site_id, atlas)
    links = html.Ul([html.Li(site_link(one, atlas, words)) for one in near])
    told = words("The link names the site {id}, which the atlas does not have.", id=site_id[:60])
    return html.Div(
        [
            html.H1(words("There is no such site")),
            html.P(told),
            *([html.P(words("Perhaps you mean:")), links] if near else []),
            html.P(html.A(words("All sites"), href=f"/sites?lang={words.language}")),
        ],
        className="text-page",
    )
