"""The buttons at the head of a figure: for its files (assets/export.js) and for the reader's own presentation
(assets/deck.js)."""

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


def add_button(words: Words, figure: str = "", view: str = "", title: str = "") -> html.Button:
    """Adds a figure of this page to the reader's own presentation.

    With `view` it is a thing that is added: the address that shows it, and its name as the headline.
    """
    told = {"data-deck-figure": figure, "data-deck-view": view, "data-deck-title": title}
    return html.Button(
        words("Add to presentation"),
        type="button",
        className="deck-add",
        **{name: value for name, value in told.items() if value or name == "data-deck-figure"},
    )


def figure_buttons(figure: str, words: Words) -> html.Span:
    """Both buttons of the figure of this name."""
    return html.Span([add_button(words, figure), export_button(figure, words)], className="figure-buttons")


def figure_head(title: Any, figure: str, words: Words) -> html.Div:
    """The heading of a figure with its buttons at the end of the line."""
    return html.Div([title, figure_buttons(figure, words)], className="figure-head")


def end_button(figure: str, words: Words) -> html.Div:
    """The buttons alone, at the end of their line, for a figure whose heading is elsewhere."""
    return html.Div(figure_buttons(figure, words), className="figure-head end")


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
