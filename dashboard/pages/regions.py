"""The regions ranked by any metric, on a map and as bars."""

from __future__ import annotations

import dash
from dash import html

from dashboard import ids
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.regions.links import note_of
from dashboard.regions.ranking import choose_form, metric_note, ranking_finding, ranking_table
from dashboard.regions.scenes import all_regions
from dashboard.regions.view import RegionsView
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

dash.register_page(__name__, path="/regions", name=N_("Regions"), title="Corridor Atlas", order=5)

SCENES["regions"] = all_regions


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page of `?metric=…&country=…`."""
    atlas, words = current(), reader_words(lang)
    view = RegionsView.from_query(query)
    label = words("Map of the regions: {metric}", metric=words(view.metric.label))
    return html.Div(
        [
            html.H1(words("Regions")),
            choose_form(view, atlas, words),
            note_of(view.ignored, words),
            html.P(ranking_finding(view, atlas, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read("/regions", words),
            html.P(metric_note(view.metric, atlas, words), className="legend-note"),
            page_map(scene("regions", view.to_query(), words), words, label, "map"),
            figure_head(html.H2(words("The regions")), "ranking", words),
            html.Div(ranking_table(atlas, view, words.language), className="table-box", tabIndex=0),
        ],
        className="regions-page",
    )
