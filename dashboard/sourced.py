"""Numbers and facts on a page with their sources one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import vocabulary
from dashboard.free_text import free_text
from dashboard.text import Words
from layers import Atlas

GENERAL_KNOWLEDGE = "GK"


KINDS = vocabulary.VALUE_KINDS | vocabulary.PROJECT_VALUE_TYPES
PLAIN_KINDS = ("actual", "single")
"""A figure of these kinds is what a reader takes it for; of any other, its kind stands beside it."""


def sourced(
    shown: str | Component,
    source_ids: Sequence[str],
    atlas: Atlas,
    words: Words,
    note: Component | None = None,
    kind: str = "",
) -> html.Details:
    """A value that opens the list of its sources when clicked; its `kind` and a `note` are said above them.

    `kind` is a code of VALUE_KINDS or PROJECT_VALUE_TYPES, "" where the data have none.
    """
    inside = [html.P(words("Kind of figure: {kind}", kind=words(KINDS[kind])))] if kind else []
    if note:
        inside.append(note)
    beside = [" ", html.Small(words(KINDS[kind]))] if kind and kind not in PLAIN_KINDS else []
    return html.Details(
        [
            html.Summary([shown, *beside], title=words("Show the source")),
            html.Div([*inside, source_list(source_ids, atlas, words)]),
        ],
        className="sourced",
    )


def sourced_count(row: pd.Series, atlas: Atlas, words: Words) -> html.Details:
    """The `value` of a row that counts things, with its sources, note and kind."""
    note = free_text(row, "note", words)
    return sourced(words.number(row["value"]), row["source_ids"], atlas, words, note, row["kind"])


def computed(shown: str, how: str, words: Words) -> html.Details:
    """A value worked out by the atlas, which opens the way it was worked out."""
    return html.Details(
        [
            html.Summary([shown, " ", html.Small(words("computed"))], title=words("Show how it is computed")),
            html.Div(html.P(how)),
        ],
        className="sourced",
    )


def source_list(source_ids: Sequence[str], atlas: Atlas, words: Words) -> html.Ul:
    """Publisher, title with link, date and day of reading of each source; general knowledge is named so."""
    items = []
    for source_id in source_ids:
        if source_id == GENERAL_KNOWLEDGE:
            items.append(html.Li(words("General knowledge, not cited"), className="general-knowledge"))
        else:
            items.append(html.Li(_source(atlas.sources.loc[source_id], words)))
    return html.Ul(items or [html.Li(words("No source is given"))], className="sources")


def _source(source: pd.Series, words: Words) -> list[Any]:
    published = words.date(source["published_date"]) if source["published_date"] else words("date not known")
    parts = [html.Span(source["publisher"], className="publisher"), ": ", _title(source), ", ", published]
    if source["accessed"]:
        parts += [html.Small([" (", words("read on {date}", date=words.date(source["accessed"])), ")"])]
    return parts


def _title(source: pd.Series) -> html.A | html.Span:
    url = source["url"]
    if not url.startswith(("https://", "http://")):
        return html.Span(source["title"])
    return html.A(source["title"], href=url, target="_blank", rel="noopener noreferrer")
