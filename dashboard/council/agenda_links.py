"""Links that put something on the agenda, for any page or card."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from dashboard.text import Words

AGENDA_PATH = "/council/agenda"


def agenda_link(key: str, words: Words) -> html.A:
    """A link that puts one thing on the agenda: "project:P-001", "barrier:B33", "pair:UZ-SI/KZ-61" or
    "view:/trade?flow=turnover". assets/agenda.js adds it to the agenda that the reader's tab holds."""
    query = urlencode({"add": key, "lang": words.language}, safe=":/")
    return html.A(words("Add to the agenda"), href=f"{AGENDA_PATH}?{query}", **{"data-agenda": key})
