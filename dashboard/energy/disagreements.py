"""Where sources state different figures of energy."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.evidence.differences import topic_tables
from dashboard.text import Words
from layers import Atlas


def disagreements_part(atlas: Atlas, words: Words) -> list[Any]:
    """Figures of the same flow and period side by side, as stated; words where there are none."""
    title = html.H2(words("Where sources disagree"))
    found = topic_tables(("energy",), atlas, words)
    if not found:
        nothing = words("No two sources state different figures of the same flow and period.")
        return [title, html.P(nothing, className="not-known")]
    note = words("The atlas shows both as stated and does not say who is right.")
    tables = html.Div(found, className="table-box", tabIndex=0)
    return [title, html.P(note, className="legend-note"), tables]
