"""The page for an address that does not exist."""

from __future__ import annotations

import dash
from dash import html

from dashboard.shell import reader_words

dash.register_page(__name__, path="/404", title="Corridor Atlas")


def layout(lang: str | None = None, **_: str) -> html.Div:
    """Says so, and leads back."""
    words = reader_words(lang)
    return html.Div(
        [
            html.H1(words("There is no such page")),
            html.P(
                [
                    words("The address may be mistyped, or the page was moved."),
                    " ",
                    html.A(words("Go to the overview"), href=f"/?lang={words.language}"),
                ]
            ),
        ],
        className="text-page",
    )
