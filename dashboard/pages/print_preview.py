"""Preview for print: the overview's map as a sheet of vectors, to print, download or put into a document."""

from __future__ import annotations

from urllib.parse import urlencode

import dash
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html

from dashboard.figures.paper import CONFIG
from dashboard.filters import Filters
from dashboard.help import how_to_read
from dashboard.printed import LONGEST_TITLE, printed_map, texts_of
from dashboard.shell import reader_words
from dashboard.text import N_, Words
from layers import current

dash.register_page(__name__, path="/print", name=N_("Preview for print"), title="Corridor Atlas")

SIZES = {
    "web": ((1600, 900), N_("Web, 16:9")),
    "square": ((1080, 1080), N_("Square")),
    "a4-portrait": ((794, 1123), N_("A4, upright")),
    "a4-landscape": ((1123, 794), N_("A4, across")),
    "phone": ((390, 844), N_("Phone")),
}
"""Sheets in CSS pixels, 96 to an inch; assets/paper.css has a page for each."""

FIRST_SIZE = "web"


# A callback of the browser without an output would not run when the page comes up.
clientside_callback(
    ClientsideFunction("paper", "attach"), Output("paper-table", "className"), Input("paper-map", "id")
)


def layout(lang: str | None = None, size: str = FIRST_SIZE, title: str = "", **query: str) -> html.Div:
    """The sheet of a view: the overview's own query, with `size` and perhaps a `title` of the reader's."""
    atlas, words = current(), reader_words(lang)
    filters = Filters.from_query({k: v for k, v in query.items() if isinstance(v, str)}, atlas)
    chosen = size if size in SIZES else FIRST_SIZE
    title = title[:LONGEST_TITLE] if isinstance(title, str) else ""
    width, height = SIZES[chosen][0]
    figure = printed_map(atlas, filters, words.language, (width, height), title)
    pixels = {"width": f"{width}px", "height": f"{height}px"}
    sheet = html.Div(
        dcc.Graph(id="paper-map", figure=figure, config=CONFIG, style=pixels),
        className=f"paper paper-{chosen}",
        style=pixels,
        role="img",
        **{"aria-label": texts_of(atlas, filters, words, title).title},
    )
    return html.Div(
        [
            html.H1(words("Preview for print")),
            *([html.P(_ignored(filters, words), className="note")] if filters.ignored else []),
            how_to_read("/print", words),
            _tools(filters, chosen, title, words),
            # The sheet keeps its true size inside the frame that assets/paper.js makes as wide as the window.
            html.Div(
                html.Div(sheet, className="paper-frame", style=pixels),
                id="paper-table",
                className="paper-table",
                tabIndex=0,
            ),
        ]
    )


def _ignored(filters: Filters, words: Words) -> str:
    message = N_("Part of this link means nothing here and was left out: {parts}")
    return words(message, parts=", ".join(filters.ignored))


def _tools(filters: Filters, chosen: str, title: str, words: Words) -> html.Div:
    """Way back, sizes, the title, and what to do with the sheet."""
    sizes = [
        html.Li(
            html.A(
                f"{words(label)} ({width}×{height})",
                href=_address("/print", filters, words, size=name, title=title),
                **({"aria-current": "true"} if name == chosen else {}),
            )
        )
        for name, ((width, height), label) in SIZES.items()
    ]
    return html.Div(
        [
            html.A(words("Back to the map"), href=_address("/", filters, words)),
            html.Nav(html.Ul(sizes), **{"aria-label": words("Size of the sheet")}),
            _title_form(filters, chosen, title, words),
            *_buttons(chosen, words),
        ],
        className="paper-tools",
    )


def _address(path: str, filters: Filters, words: Words, **more: str) -> str:
    """Address of a page with the same view."""
    rest = {"lang": words.language, **{name: value for name, value in more.items() if value}}
    query = filters.to_query()
    return path + (query + "&" if query else "?") + urlencode(rest)


def _title_form(filters: Filters, chosen: str, title: str, words: Words) -> html.Form:
    """An ordinary form, so that the title is part of the address and travels with a link."""
    label = words("Title of the sheet")
    kept = [*_pairs(filters), ("lang", words.language), ("size", chosen)]
    hidden = [dcc.Input(type="hidden", name=name, value=value) for name, value in kept]
    field = dcc.Input(
        id="paper-title", name="title", value=title, maxLength=LONGEST_TITLE, placeholder=label, type="text"
    )
    button = html.Button(words("Write"), type="submit", className="btn btn-outline-secondary btn-sm")
    return html.Form([*hidden, html.Label(label, htmlFor="paper-title"), field, button], action="/print")


def _pairs(filters: Filters) -> list[tuple[str, str]]:
    query = filters.to_query().removeprefix("?")
    return [tuple(part.split("=", 1)) for part in query.split("&") if part]


def _buttons(chosen: str, words: Words) -> list[html.Button]:
    """What assets/paper.js does with the sheet, and whether it is shown smaller to fit the window."""
    labels = {"print": words("Print"), "svg": words("Download SVG"), "png": words("Download PNG")}
    true_size = html.Button(
        words.percent(100, 0),
        type="button",
        title=words("Show the sheet in its true size"),
        className="btn btn-outline-secondary btn-sm",
        hidden=True,
        **{"data-paper-size": "true", "aria-pressed": "false"},
    )
    return [
        true_size,
        *(
            html.Button(
                label,
                type="button",
                className="btn btn-outline-primary btn-sm",
                **{"data-paper": action, "data-name": f"corridor-atlas-{chosen}"},
            )
            for action, label in labels.items()
        ),
    ]
