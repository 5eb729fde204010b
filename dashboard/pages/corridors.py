"""All corridors: how they compare, on one map and in one table."""

from __future__ import annotations

import dash
from dash import html

from dashboard import ids
from dashboard.corridors.listing import COUNT_METHOD, corridor_table, corridors_finding
from dashboard.corridors.scenes import all_corridors
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

dash.register_page(__name__, path="/corridors", name=N_("Corridors"), title="Corridor Atlas", order=1)

SCENES["corridors"] = all_corridors


def layout(lang: str | None = None, **_: str) -> html.Div:
    """The page; pointing at a row lights its corridor up on the map, and the other way round."""
    atlas, words = current(), reader_words(lang)
    return html.Div(
        [
            html.H1(words("Transport corridors")),
            html.P(corridors_finding(atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read("/corridors", words),
            html.P(html.A(words("Compare two corridors"), href=f"/corridors/compare?lang={words.language}")),
            page_map(scene("corridors", "", words), words, words("Map of the transport corridors"), "map"),
            figure_head(html.H2(words("All corridors")), "corridors", words),
            html.Div(corridor_table(atlas, words.language), className="table-box", tabIndex=0),
            html.P(words(COUNT_METHOD), className="legend-note"),
        ],
        className="corridors-page",
    )
