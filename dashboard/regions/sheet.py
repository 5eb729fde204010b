"""What a profile has for paper alone: a still map, and lists cut to what one sheet holds."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dash import html

from dashboard.figures.locator import SCALE_KM, Outlines, locator, outlines
from dashboard.plain import Plain
from dashboard.sortable import sortable_table
from dashboard.text import Words, speak
from layers import Atlas


@lru_cache(maxsize=2)
def _outlines(atlas: Atlas) -> Outlines:
    return outlines(atlas.regions)


@lru_cache(maxsize=256)
def picture(atlas: Atlas, region_ids: tuple[str, ...], crossing_ids: tuple[str, ...], language: str) -> str:
    """A still map with these regions lit and these crossings, as an address that holds the picture itself."""
    words = speak(language)
    rows = atlas.regions.loc[list(region_ids)]
    names = [(words.name(row), row["centre_lon"], row["centre_lat"]) for _, row in rows.iterrows()]
    scale = words("{n} km", n=words.number(SCALE_KM))
    svg = locator(_outlines(atlas), region_ids, atlas.crossings.loc[list(crossing_ids)], names, scale)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def still_map(
    region_ids: tuple[str, ...], crossing_ids: tuple[str, ...], atlas: Atlas, words: Words
) -> html.Figure:
    """The map of the sheet with what its signs mean."""
    key = words("◆ crossing in operation   ◇ planned or under construction   ✕ closed")
    note = words("Borders of Uzbek regions are simplified and schematic.")
    image = html.Img(src=picture(atlas, region_ids, crossing_ids, words.language), alt="")
    return html.Figure([image, html.Figcaption(f"{key}. {note}")], className="locator print-only")


def table_or_none(
    caption: Any,
    titles: Sequence[str],
    rows: Sequence[html.Tr],
    nothing: str,
    words: Words,
    most: int = 6,
    own_class: str = "",
) -> list[Any]:
    """A sortable table of which paper shows the first `most` rows, or a sentence where there are none."""
    if not rows:
        return [html.P(nothing, className="not-known")]
    for row in rows[most:]:
        row.className = "beyond"
    table = sortable_table(caption, titles, rows, own_class)
    found: list[Any] = [html.Div(table, className="table-box", tabIndex=0)]
    if len(rows) > most:
        more = words.plural(
            "and {n} more on the page on screen", "and {n} more on the page on screen", len(rows) - most
        )
        found.append(html.P(more, className="print-only"))
    return found


def sheet_bar(links: Sequence[html.A], words: Words) -> Plain:
    """Links beside the title of a profile, and how it gets onto paper."""
    hint = html.Span(words("Printed, this page is one sheet of A4."), className="quiet")
    return Plain(html.P([*links, hint], className="page-bar"))
