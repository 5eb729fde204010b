"""The barrier register: every barrier, what was measured, and which ways it lengthens."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from dashboard import ids
from dashboard.council.barrier_part import barrier_part
from dashboard.council.barrier_scenes import barriers_scene
from dashboard.council.barriers import PATH, BarriersView, barriers_table, choose_form, finding
from dashboard.council.tabs import council_tabs
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

dash.register_page(__name__, path=PATH, name=N_("Barriers"), title="Corridor Atlas")

SCENES["barriers"] = barriers_scene


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page of `?corridor=…&kind=…&country=…&barrier=…`."""
    atlas, words = current(), reader_words(lang)
    view = BarriersView.from_query(query, atlas)
    opened = []
    if view.barrier_id:
        back = html.A(words("All barriers of this choice"), href=view.address(words, barrier_id=""))
        opened = [barrier_part(atlas, view.barrier_id, words.language), html.P(back)]
    label, register = words("Map of the places of the barriers"), html.H2(words("The register"))
    return html.Div(
        [
            html.H1(words("Barriers on the corridors")),
            council_tabs(PATH, words),
            note_of(view.ignored, words),
            choose_form(view, atlas, words),
            html.P(finding(view, atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read(PATH, words),
            *opened,
            page_map(scene("barriers", view.to_query(), words), words, label, "map"),
            figure_head(register, "barriers", words) if len(view.barriers(atlas)) else register,
            barriers_table(atlas, view, words),
        ],
        className="barriers-page",
    )
