"""The figures of a region against the regions of its country: place, median, and all of them as dots."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.plain import Plain, Tree
from dashboard.regions.ranking import is_none_known, metric_note, shown_value
from dashboard.sortable import sortable_table
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.standing import Standing, sources_of, standings

COLUMNS = (N_("Figure"), N_("Value"), N_("Rank"), N_("Median"), N_("All regions of the country"))
WIDTH, HEIGHT, RIM = 170, 20, 6  # pixels of a strip of dots
LEAST_OTHERS = 2
MOST_DOTS = 200
"""Of more regions only dots that do not lie on the pixel of another one are drawn."""


def comparison_table(region_id: str, atlas: Atlas, words: Words) -> html.Div:
    """Every figure of a region by which its country's regions can be compared; those of one day only."""
    rows = [_row(one, region_id, atlas, words) for one in standings(atlas, region_id)]
    caption = words("The region among the regions of its country")
    table = sortable_table(caption, [words(title) for title in COLUMNS], rows, "comparison")
    return html.Div(table, className="table-box", tabIndex=0)


def _row(one: Standing, region_id: str, atlas: Atlas, words: Words) -> html.Tr:
    metric = one.metric
    name = [words(metric.label), html.Small(", ".join(filter(None, [words(metric.unit), when(one, words)])))]
    is_compared = len(one.values) > LEAST_OTHERS
    median = words.number(one.median, metric.digits) if is_compared else "–"
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(_value(one, region_id, atlas, words), className="amount"),
            html.Td(place(one, words) if is_compared else words("too few to compare"), className="amount"),
            html.Td(median, className="amount"),
            html.Td(dots(one, words) if is_compared else "–"),
        ]
    )


def when(one: Standing, words: Words) -> str:
    """The day or the period of a value, "" where it has none."""
    start, end = one.period
    if not start:
        return ""
    return words.date(end) if start == end else f"{words.date(start)} – {words.date(end)}"


def place(one: Standing, words: Words) -> str:
    """The place of a region among those compared; regions that are equal share their places."""
    if not one.rank or is_none_known(one.value, one.metric):
        return "–"
    ranks = f"{one.rank}" if one.rank == one.last_rank else f"{one.rank}–{one.last_rank}"
    return words("{rank} of {n}", rank=ranks, n=words.number(len(one.values)))


def _value(one: Standing, region_id: str, atlas: Atlas, words: Words) -> Any:
    shown, metric = shown_value(one.value, one.metric, words), one.metric
    if pd.isna(one.value):
        return shown
    if metric.computed:
        return computed(shown, metric_note(metric, atlas, words), words)
    source_ids = sources_of(atlas, metric).get(region_id, ())
    return sourced(shown, source_ids, atlas, words) if source_ids else shown


def dots(one: Standing, words: Words) -> Plain:
    """The regions compared as dots from least to most, this one large, the median a bar."""
    low, high = min(one.values), max(one.values)

    def x(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{RIM + share * (WIDTH - 2 * RIM):.1f}"

    middle = HEIGHT / 2
    digits = one.metric.digits
    told = words(
        "least {low}, median {median}, most {high}",
        low=words.number(low, digits),
        median=words.number(one.median, digits),
        high=words.number(high, digits),
    )
    line = {"x1": RIM, "x2": WIDTH - RIM, "y1": middle, "y2": middle}
    median = {"x1": x(one.median), "x2": x(one.median), "y1": 3, "y2": HEIGHT - 3, "className": "median"}
    inside: list[Tree] = [["title", {}, told], ["line", line], ["line", median]]
    places = [x(value) for value in one.values]
    if len(places) > MOST_DOTS:
        places = [*{round(float(place)): place for place in places}.values()]
    inside += [["circle", {"cx": place, "cy": middle, "r": 3.5}] for place in places]
    if pd.notna(one.value):
        inside.append(["circle", {"cx": x(one.value), "cy": middle, "r": 5.5, "className": "own"}])
    look = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "className": "dots", "role": "img", "aria-label": told}
    return Plain.of([["svg", look, *inside]])
