"""The stated totals of many projects as points in time: separate statements, never a line."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.figures.chart_labels import Plot, Wish, placed_labels
from dashboard.figures.charts import (
    COLOURS,
    LINED,
    PAPER,
    TICKED,
    Figure,
    chart_axis,
    chart_layout,
    scale_steps,
    unit_caption,
)
from dashboard.figures.sheet import text_width, wrapped
from dashboard.project_value import value_text
from dashboard.text import Words
from dashboard.vocabulary import STATUSES

BILLION = 1e9
HEIGHT, HOVER_WIDTH = 430, 230  # pixels
TOP, RIGHT, BOTTOM = 30, 20, 30  # pixels
COLOUR_OF = {"completed": COLOURS[1], "under-construction": COLOURS[0], "announced": COLOURS[2]}
"""By status; a status of another kind has the colour of what is announced."""
EMPTY_OF = ("announced", "planned", "study")
"""Statuses of which nothing is built yet: hollow points."""


def colour_of(status: str) -> str:
    return COLOUR_OF.get(status, COLOURS[2])


def sign_of(row: Mapping[str, Any]) -> str:
    """The symbol of a statement as a letter; a lower bound points up."""
    is_least, is_empty = row["value_type"].endswith("minimum"), row["status"] in EMPTY_OF
    return ("△" if is_empty else "▲") if is_least else ("○" if is_empty else "●")


def decimal_year(date: str) -> float:
    """A day, month or year (ISO) as a place on an axis of years; the middle of what is not known closer."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if not month:
        return year + 0.5
    return round(year + (month - 1 + ((day - 0.5) / 31 if day else 0.5)) / 12, 4)


def statement_chart(rows: pd.DataFrame, words: Words) -> Figure:
    """The statements with a value (rows of `layers.projects.dated_statements`) in billions of US dollars.

    customdata of a point is its project_id. Statements of one occasion share a label.
    """
    rows = rows[rows["value_usd"].notna() & rows["reported"].ne("")]
    rows = rows.assign(x=rows["reported"].map(decimal_year), y=rows["value_usd"] / BILLION)
    largest = float(rows["y"].max()) if len(rows) else 1.0
    steps = scale_steps(largest)
    shown = [words.number(step) for step in steps]
    left = 12 + math.ceil(max(text_width(text, 12) for text in shown))
    first, last = (math.floor(rows["x"].min()), math.ceil(rows["x"].max())) if len(rows) else (2025, 2026)
    ends, top = (first - 0.1, last + 0.25), max(steps[-1], largest * 1.14)
    plot = Plot(ends, (0.0, top), (left, TOP, RIGHT, BOTTOM), HEIGHT)
    years = list(range(first, last + 1))
    layout = chart_layout(words, HEIGHT, (left, TOP, RIGHT, BOTTOM))
    layout["xaxis"] = chart_axis(ends, [float(one) for one in years], [str(one) for one in years]) | TICKED
    layout["yaxis"] = chart_axis((0, top), steps, shown) | LINED
    layout["annotations"] = [
        unit_caption(words("billion USD"), left),
        *placed_labels(_wishes(rows, words), plot),
    ]
    return {"data": [_trace(own, words) for _, own in rows.groupby("status", sort=True)], "layout": layout}


def _trace(rows: pd.DataFrame, words: Words) -> Figure:
    """The statements of one status; markers only."""
    status = rows["status"].iloc[0]
    colour = colour_of(status)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words(STATUSES[status]),
        "x": rows["x"].tolist(),
        "y": [round(one, 4) for one in rows["y"]],
        "customdata": rows.index.tolist(),
        "text": [hover_text(row, words) for _, row in rows.iterrows()],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": ["triangle-up" if one.endswith("minimum") else "circle" for one in rows["value_type"]],
            "size": 11,
            "color": PAPER if status in EMPTY_OF else colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
        "cliponaxis": False,
        "showlegend": False,
    }


def hover_text(row: pd.Series, words: Words) -> str:
    """Value, what is counted, when it was reported."""
    name, _ = words.name_and_language(row)
    same = words("one occasion, counted twice") if row["occasion"] >= 0 else ""
    lines = [
        line
        for text in (name, words.date(row["reported"]), words(STATUSES[row["status"]]), same)
        if text
        for line in wrapped(text, 12, HOVER_WIDTH)
    ]
    head = f"<b>{html.escape(value_text(row, words), quote=False)}</b>"
    return "<br>".join([head, *(html.escape(line, quote=False) for line in lines)])


def _wishes(rows: pd.DataFrame, words: Words) -> list[Wish]:
    """A label for each statement, one for those that count the same occasion; the largest first."""
    wishes = []
    keys = rows["occasion"].where(rows["occasion"].ge(0), rows.index.to_series())
    for _, own in rows.groupby(keys, sort=False):
        own = own.sort_values("y", ascending=False)
        values = " / ".join(_short(row, words) for _, row in own.iterrows())
        name = words("one occasion") if len(own) > 1 else ""
        point = (float(own["x"].iloc[0]), float(own["y"].iloc[0]))
        wishes.append(Wish(name, colour_of(own["status"].iloc[0]), (point,), (values,), ()))
    return sorted(wishes, key=lambda wish: (not wish.name, -wish.points[0][1]))


def _short(row: pd.Series, words: Words) -> str:
    shown = words.number(float(f"{row['y']:.3g}"))
    return words("over {amount}", amount=shown) if row["value_type"].endswith("minimum") else shown
