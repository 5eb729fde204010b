"""The parts of the overview around the map: the frame of the map itself, and the table of sites under it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dash import dcc, html

from dashboard import ids, vocabulary
from dashboard.export.button import figure_buttons, figure_head
from dashboard.filters import Filters
from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.site_pages import is_paged, site_pages
from dashboard.site_table import finding, site_table
from dashboard.text import Words, speak
from layers import Atlas

MAP_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": True,
    "displayModeBar": False,
    "responsive": True,
}


def map_frame(words: Words, label: str = "", figure: str = "map", finding: str = ids.FINDING) -> html.Div:
    """The map named `label`, with its buttons, its scale bar and what is said where it cannot be drawn.

    `figure` is its name among what the page publishes, "" for a map that is not published; `finding` is the
    id of the sentence that says what the map shows.
    """
    graph = dcc.Graph(id=ids.MAP, config=MAP_CONFIG, responsive=True, style={"height": "100%"})
    label = label or words(
        "Map of the regions of Uzbekistan and Kazakhstan with industrial sites, corridors and crossings"
    )
    cannot = words("This browser has no WebGL 2: the map stands still. Everything else works.")
    moves = (
        ("in", "+", words("Zoom in")),
        ("out", "−", words("Zoom out")),
        ("home", "⌂", words("Whole map")),
    )
    buttons = [
        html.Button(sign, title=title, type="button", **{"aria-label": title, "data-map-move": move})
        for move, sign, title in moves
    ]
    scale = html.Div(
        className="scale-bar", **{"data-unit": words(vocabulary.UNITS["km"]), "aria-hidden": "true"}
    )
    in_words = html.P(
        words("What the map shows also stands in the lists and tables of this page."),
        id=ids.MAP_IN_WORDS,
        className="visually-hidden",
    )
    inside = [in_words, graph, html.Div(buttons, className="map-moves"), scale]
    inside.append(html.P(cannot, className="cannot-draw"))
    if figure:
        inside.append(figure_buttons(figure, words))
    named = {"aria-label": label, "aria-describedby": f"{finding} {ids.MAP_IN_WORDS}"}
    return html.Div(inside, className="map", role="group", **named)


def sites_section(filters: Filters, atlas: Atlas, words: Words) -> html.Section:
    """The finding, and all sites as a table."""
    sites = filters.apply(atlas).sites
    sentence = finding(sites["region_id"].tolist(), atlas, words)
    if is_paged(atlas):
        box = site_pages("overview", filters.to_query(), atlas, words)
    else:
        fitting = None if len(sites) == len(atlas.sites) else tuple(sites.index)
        box = html.Div(_site_table(atlas, words.language, fitting), className="table-box", tabIndex=0)
    said = html.P(sentence, id=ids.FINDING, className="finding", role="status")
    return html.Section([figure_head(said, "sites", words), how_to_read("/", words), box])


# Key: the atlas (one object a data version), the language and what fits; the components are never changed.
@lru_cache(maxsize=16)
def _site_table(atlas: Atlas, language: str, fitting: tuple[str, ...] | None) -> Plain:
    return Plain(site_table(atlas, speak(language), fitting))
