"""The help of the atlas: how pages and map are used, and every key; assets/help.js opens it."""

from __future__ import annotations

from dash import html

from dashboard.plain import Plain
from dashboard.text import N_, Words

USE = (
    N_(
        "Drag the map to move it, zoom with the wheel or with + and −; on a phone use two fingers. ⌂ shows "
        "the whole map again."
    ),
    N_(
        "Click a region, a site, a line or a crossing, on the map or in a list: its card opens with its "
        "figures."
    ),
    N_("A number with a dotted underline opens its source, or how it was computed."),
    N_("“How to read this” on each page says what its figures show and how their looks are meant."),
    N_("“Copy link” keeps exactly what you see; “Export” at a figure gives pictures, data and citations."),
)

Key = tuple[tuple[str, ...], str]
"""Keys that do the same or go together, as they stand on a keyboard, and what they do."""

KEYS: dict[str, tuple[Key, ...]] = {
    N_("Everywhere"): (
        (("Tab",), N_("to the next link, button or field; with Shift to the one before")),
        (("Enter",), N_("follows a link, presses a button, opens the source of a number")),
        (("Esc",), N_("closes what is open: a list of sources, a card, a window")),
        (("?",), N_("opens this help")),
    ),
    N_("Search, on the overview"): (
        (("/",), N_("to the field of the search")),
        (("↓", "↑"), N_("through what was found")),
        (("Home", "End"), N_("to the first and to the last found")),
        (("Enter",), N_("chooses: the map goes there and the card opens")),
        (("Esc",), N_("closes the list, then empties the field")),
    ),
    N_("Tables"): (
        (("↓", "↑"), N_("from row to row; the map lights up the place and comes along")),
        (("Enter",), N_("on a row opens its card or page, on a heading sorts")),
    ),
    N_("Table of all sites"): (
        (("↓", "↑", "←", "→"), N_("from cell to cell; the map comes along")),
        (("Enter",), N_("on a name opens the page of the site, elsewhere shows it on the map")),
    ),
    N_("Way of a corridor, under its strip"): (
        (("→", "←"), N_("to the next place of the way and back; the map comes along")),
        (("Home", "End"), N_("to the beginning and to the end of the way")),
    ),
    N_("Map, when it has the focus"): (
        (("↓", "↑", "←", "→"), N_("move the map")),
        (("+", "−"), N_("zoom in and out")),
    ),
    N_("Window for export"): ((("→", "←"), N_("from tab to tab")),),
}


def help_button(words: Words) -> html.Button:
    """Opens the help, as the key ? does."""
    label = words("Help and keys")
    return html.Button(
        "?",
        type="button",
        title=label,
        className="help-button",
        **{"aria-label": label, "aria-haspopup": "dialog", "aria-keyshortcuts": "?"},
    )


def help_dialog(words: Words) -> Plain:
    """The window, closed until it is asked for."""
    close = html.Button(
        "×", type="button", className="help-close", **{"aria-label": words("Close"), "data-help-close": ""}
    )
    tour = html.A(
        words("Take the tour of four steps"),
        href=f"/?lang={words.language}&tour=on",
        className="btn btn-outline-secondary btn-sm",
        **{"data-tour": "start"},
    )
    body = [
        html.H3(words("How to use the atlas")),
        html.Ul([html.Li(words(message)) for message in USE]),
        html.P(tour),
        html.H3(words("Keys")),
        html.Div([_group(title, keys, words) for title, keys in KEYS.items()], className="help-keys"),
    ]
    return Plain(
        html.Dialog(
            [
                html.Header([html.H2(words("Help"), id="help-heading"), close]),
                html.Div(body, className="help-body", tabIndex=0, role="group", **_named("help-heading")),
            ],
            id="help",
            className="help-dialog",
            **_named("help-heading"),
        )
    )


def _named(by: str) -> dict[str, str]:
    return {"aria-labelledby": by}


def _group(title: str, keys: tuple[Key, ...], words: Words) -> html.Table:
    """The keys of one place as a table of key and effect."""
    rows = [html.Tr([html.Th(_caps(caps), scope="row"), html.Td(words(does))]) for caps, does in keys]
    return html.Table([html.Caption(words(title)), html.Tbody(rows)])


def _caps(caps: tuple[str, ...]) -> list[html.Kbd]:
    return [html.Kbd(cap) for cap in caps]
