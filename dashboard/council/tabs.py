"""The pages of the Council, as one row of links that stands on each of them."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.text import N_, Words

PAGES = {
    "/council": N_("The Council and its projects"),
    "/council/priorities": N_("Priority list"),
    "/council/barriers": N_("Barriers"),
    "/council/agenda": N_("Agenda"),
    "/changes": N_("What changed"),
}


def council_tabs(path: str, words: Words) -> html.Nav:
    """Links to the pages of the Council; the one at `path` is marked as the reader's own."""
    links = []
    for address, label in PAGES.items():
        marked: dict[str, Any] = {"aria-current": "page"} if address == path else {}
        links.append(html.Li(html.A(words(label), href=f"{address}?lang={words.language}", **marked)))
    return html.Nav(html.Ul(links), className="tabs", **{"aria-label": words("Pages of the Council")})
