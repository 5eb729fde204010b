"""Presentations: those of the atlas, and the one that a reader puts together in the browser."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.present.editor import editor_words, ready_decks
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

PATH = "/presentations"
KNOWN = ("theme", "tour")

dash.register_page(__name__, path=PATH, name=N_("Presentations"), title="Corridor Atlas", order=10)


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page; what is in the reader's own presentation, only the browser knows."""
    atlas, words = current(), reader_words(lang)
    ignored = tuple(f"{name[:40]}={str(value)[:40]}" for name, value in query.items() if name not in KNOWN)
    finding = words(
        "A presentation shows figures of the atlas on the whole screen, in four languages, with notes for "
        "the speaker. Once it is open it needs no network."
    )
    return html.Div(
        [
            html.H1(words("Presentations")),
            note_of(ignored[:5], words),
            html.P(finding, className="finding"),
            how_to_read(PATH, words),
            html.Section(
                [
                    html.H2(words("Presentations of the atlas")),
                    ready_decks(atlas, words),
                    # assets/deck_files.js says here how far a file is.
                    html.Div(id="deck-files-status", className="deck-status", role="status"),
                ]
            ),
            html.Section(
                [
                    html.H2(words("Your own presentation")),
                    Plain(
                        html.P(
                            words(
                                "It stays in this browser and in the files that you save: nothing of it is "
                                "stored on the server."
                            ),
                            className="legend-note",
                        )
                    ),
                    html.Div(id="deck-editor", **{"data-words": editor_words(words)}),
                ]
            ),
        ],
        className="presentations-page",
    )
