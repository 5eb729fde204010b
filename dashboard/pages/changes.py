"""What changed between two versions of the data, such as since the last meeting."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard.council.tabs import council_tabs
from dashboard.evidence.changes import (
    ChangesView,
    choose_form,
    differences,
    finding,
    found_between,
)
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_, Words
from layers import Atlas, DataError, current

dash.register_page(__name__, path="/changes", name=N_("What changed"), title="Corridor Atlas")


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?from=…&to=…&table=…&page=…`."""
    atlas, words = current(), reader_words(lang)
    view = ChangesView.from_query(query, atlas)
    return html.Div(
        [
            html.H1(words("What changed")),
            council_tabs("/changes", words),
            note_of(view.ignored, words),
            how_to_read("/changes", words),
            *_body(view, atlas, words),
        ],
        className="changes-page",
    )


def _body(view: ChangesView, atlas: Atlas, words: Words) -> list[Any]:
    if not view.before:
        told = words(
            "No earlier version is kept beside these data. The command {command} keeps the tables as they "
            "are now, so that they can be compared later."
        )
        start, _, end = told.partition("{command}")
        return [html.P([start, html.Code("python -m layers.versions keep"), end], className="finding")]
    try:
        found = found_between(view, atlas)
    except DataError as error:
        return [
            choose_form(view, atlas, words),
            html.P(words("This version cannot be read:"), className="note"),
            html.Pre(str(error)[:2000], lang="en"),
        ]
    said = html.P(finding(found, view, atlas, words), className="finding")
    return [
        said if found.empty else figure_head(said, "changes", words),
        choose_form(view, atlas, words),
        differences(atlas, view, words.language),
    ]
