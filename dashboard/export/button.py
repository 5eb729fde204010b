"""The button at the head of a figure that opens the dialog for its files; assets/export.js does the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.plain import Tree, trees
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


def end_button(figure: str, words: Words) -> html.Div:
    """The button alone, at the end of its line, for a figure whose heading is elsewhere."""
    return html.Div(export_button(figure, words), className="figure-head end")


def section_head(title: Any, figure: str, contents: Any, words: Words) -> Any:
    """The heading of a section, with a button where the section has a table, which is then published.

    A table under a button of its own does not count.
    """
    found = next((one for tree in trees(contents) for one in _tables_and_buttons(tree)), "")
    return figure_head(title, figure, words) if found == "table" else title


def _tables_and_buttons(tree: Tree) -> Iterator[str]:
    """Whatever is a table or a button of a figure, in the order of reading."""
    if isinstance(tree, str):
        return
    tag, attributes, *inside = tree
    if tag == "table" or "data-export" in attributes:
        yield tag
    for one in inside:
        yield from _tables_and_buttons(one)
