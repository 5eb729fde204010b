"""The button at the head of a figure that opens the dialog for its files; assets/export.js does the rest."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.text import Words


def export_button(figure: str, words: Words) -> html.Button:
    """Opens the dialog for the figure of this name: one of those that the page publishes."""
    return html.Button(
        words("Export"),
        type="button",
        title=words("Download, cite or embed this figure"),
        className="export-button",
        **{"data-export": figure, "aria-haspopup": "dialog"},
    )


def figure_head(title: Any, figure: str, words: Words) -> html.Div:
    """The heading of a figure with its button at the end of the line."""
    return html.Div([title, export_button(figure, words)], className="figure-head")
