"""What stands in the place of a corridor, or of a pair of corridors, that cannot be shown."""

from __future__ import annotations

import difflib

import pandas as pd
from dash import html

from dashboard.corridors.listing import corridor_address
from dashboard.text import Words
from layers import Atlas


def no_such_corridor(corridor_id: str, atlas: Atlas, words: Words) -> html.Div:
    """Says that the link names no corridor, and leads to the nearest names or to all."""
    near = difflib.get_close_matches(corridor_id, list(atlas.corridors.index), n=3, cutoff=0.4)
    return html.Div(
        [
            html.H1(words("There is no such corridor")),
            html.P(
                words("The link names the corridor {id}, which the atlas does not have.", id=corridor_id[:60])
            ),
            html.P(words("Perhaps you mean:") if near else words("These are all corridors:")),
            corridor_links(atlas.corridors.loc[near] if near else atlas.corridors, words),
            html.P(html.A(words("All corridors"), href=f"/corridors?lang={words.language}")),
        ],
        className="text-page",
    )


def corridor_links(corridors: pd.DataFrame, words: Words) -> html.Ul:
    """Links to the pages of corridors."""
    return html.Ul(
        [html.Li(html.A(words.name(row), href=corridor_address(i, words))) for i, row in corridors.iterrows()]
    )
