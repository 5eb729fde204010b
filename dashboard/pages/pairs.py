"""The matrix of all pairs of an Uzbek and a Kazakh region: where there are joint projects, and where not."""

from __future__ import annotations

import dash
from dash import html

from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.pairs.matrix import matrix, matrix_finding, matrix_notes, pairs_with_projects, toggle
from dashboard.pairs.matrix_chart import MATRIX_CHART
from dashboard.pairs.view import MatrixView
from dashboard.regions.links import note_of
from dashboard.shell import reader_words
from dashboard.text import N_
from layers import current

dash.register_page(__name__, path="/pairs", name=N_("Pairs of regions"), title="Corridor Atlas", order=6)


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page of `?by=number` or `?by=value`."""
    atlas, words = current(), reader_words(lang)
    view = MatrixView.from_query(query)
    return html.Div(
        [
            html.H1(words("Pairs of regions")),
            note_of(view.ignored, words),
            html.P(matrix_finding(atlas, words), className="finding"),
            how_to_read("/pairs", words),
            pairs_with_projects(atlas, words),
            figure_head(toggle(view, words), "matrix", words),
            matrix(atlas, view, words.language),
            *(html.P(note, className="legend-note") for note in matrix_notes(atlas, words)),
            figure_head(html.P(words("The matrix as a picture, for slides and print")), MATRIX_CHART, words),
        ],
        className="pairs-page",
    )
