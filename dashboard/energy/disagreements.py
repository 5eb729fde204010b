"""Where sources state different figures of energy."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.evidence.differences import topic_tables
from dashboard.export.button import figure_head
from dashboard.text import N_, Words
from layers import Atlas

TITLE = N_("Where sources disagree")


def disagreements_part(atlas: Atlas, words: Words) -> list[Any]:
    """Figures of the same flow and period side by side, as stated; words where there are none."""
    title = html.H2(words(TITLE))
    found = topic_tables(("energy",), atlas, words)
    if not found:
        nothing = words("No two sources state different figures of the same flow and period.")
        return [title, html.P(nothing, className="not-known")]
    note = words("The atlas shows both as stated and does not say who is right.")
    tables = html.Div(found, className="table-box", tabIndex=0)
    return [figure_head(title, "differences", words), html.P(note, className="legend-note"), tables]
