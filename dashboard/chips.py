"""What is set at the moment, each choice a button that gives it up, and the link that restores the view."""

from __future__ import annotations

from dash import html

from dashboard import ids
from dashboard.filters import Filters
from dashboard.panel import label_of
from dashboard.text import Words
from layers import Atlas


def chips(filters: Filters, atlas: Atlas, words: Words) -> html.Ul:
    """One button for each value that is set."""
    return html.Ul(
        [html.Li(_chip(name, value, atlas, words)) for name, value in filters.active()],
        className="chips",
        **{"aria-label": words("Filters that are set")},
    )


def _chip(name: str, value: str, atlas: Atlas, words: Words) -> html.Button:
    label = label_of(name, value, atlas, words)
    remove = words("Remove the filter {name}", name=label)
    return html.Button(
        [label, html.Span(" ×", **{"aria-hidden": "true"})],
        id=ids.drop(name, value),
        title=remove,
        n_clicks=0,
        **{"aria-label": remove},
    )


def view_links(atlas: Atlas, words: Words) -> html.Div:
    """The address of exactly this view to copy, and the same view as a sheet to print."""
    style = "btn btn-outline-secondary btn-sm"
    data = {"data-copy-link": atlas.version, "data-copied": words("Copied")}
    copy = html.Button(words("Copy link"), type="button", className=style, **data)
    preview = html.A(
        words("Preview for print"), href="/print", className=style, **{"data-keep-view": "/print"}
    )
    return html.Div([copy, preview], className="view-links")
