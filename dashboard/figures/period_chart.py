"""Figures as boxes over time: as high as the amount, as wide as the period that it holds for.

A result is full, what is signed is hatched, what is planned has a dashed edge alone, as on the map.
"""

from __future__ import annotations

import datetime
import html
import math
from typing import Any

import pandas as pd

from dashboard.corridor_terms import digits
from dashboard.figures.chart_labels import NARROW, Corners, Plot
from dashboard.figures.charts import (
    LINED,
    TEXT,
    TICKED,
    YEAR_LABEL,
    Figure,
    chart_axis,
    chart_layout,
    scale_steps,
    text_note,
    unit_caption,
)
from dashboard.figures.flow_words import in_short, unit_name
from dashboard.figures.sheet import text_height, text_width, wrapped
from dashboard.figures.style import PAPER
from dashboard.text import Words

HEIGHT, LOW_HEIGHT, FEW = 270, 190, 2
TOP, BOTTOM, RIGHT = 34, 30, 10
HOVER_WIDTH = 210
LABEL_GAP = 2
DASH = "4px,3px"
ORDER = ("plan", "contract", "actual")
"""What lies in front comes last; the dashed edge of a plan lies over all."""


def period_chart(flows: pd.DataFrame, colour: str, words: Words) -> Figure:
    """The figures of one series, with a column `look`; customdata of a box is its flow_id.

    A figure whose end is not stated goes to the end of its first year.
    """
    boxes = _boxes(flows, words)
    largest = float(flows["value"].max())
    steps = scale_steps(largest)
    top = max(largest, steps[-1]) * 1.16 or 1.0
    shown = [digits(step, words) for step in steps]
    left = 10 + math.ceil(max(text_width(text, TEXT) for text in shown))
    height = HEIGHT if len(flows) > FEW else LOW_HEIGHT
    first, last = math.floor(boxes["start"].min()), math.ceil(boxes["end"].max())
    years = range(first, last)
    step = next(s for s in (1, 2, 5, 10, 20, 50) if len(years) / s * YEAR_LABEL <= NARROW - 70)
    ticked = years[::-1][::step][::-1]
    layout = chart_layout(words, height, (left, TOP, RIGHT, BOTTOM))
    axis = chart_axis((first - 0.06, last + 0.06), [y + 0.5 for y in ticked], [str(y) for y in ticked])
    layout["xaxis"] = axis | TICKED
    layout["yaxis"] = chart_axis((0, top), steps, shown) | LINED
    layout["barmode"] = "overlay"
    caption = unit_caption(unit_name(flows["unit"].iloc[0], words), left)
    plot = Plot((first - 0.06, last + 0.06), (0.0, top), (left, TOP, RIGHT, BOTTOM), height)
    layout["annotations"] = [caption, *_labels(boxes, plot)]
    planned = boxes[boxes["look"].eq("plan") & boxes["value"].gt(0)]
    layout["shapes"] = [_edge(box, colour) for box in planned.itertuples()]
    traces = [_bars(boxes[boxes["look"].eq(look)], look, colour) for look in ORDER]
    return {"data": [trace for trace in traces if trace["x"]], "layout": layout}


def decimal_year(day: str, is_end: bool = False) -> float:
    """A day as a decimal year: its beginning, or its end."""
    date = datetime.date.fromisoformat(day)
    begin, after = (datetime.date(y, 1, 1).toordinal() for y in (date.year, date.year + 1))
    return round(date.year + (date.toordinal() + is_end - begin) / (after - begin), 4)


def _boxes(flows: pd.DataFrame, words: Words) -> pd.DataFrame:
    rows = [
        {
            "flow_id": flow_id,
            "look": row["look"],
            "value": float(row["value"]),
            "start": decimal_year(row["period_start"]),
            "end": decimal_year(row["period_end"] or f"{row['period_start'][:4]}-12-31", True),
            "said": _said(row, words),
            "shown": words.number(float(row["value"])),
        }
        for flow_id, row in flows.iterrows()
    ]
    return pd.DataFrame(rows)


def _said(row: pd.Series, words: Words) -> str:
    first, *rest = wrapped(in_short(row, words), TEXT, HOVER_WIDTH)
    return "<br>".join([f"<b>{html.escape(first, quote=False)}</b>", *(html.escape(t, False) for t in rest)])


def _bars(boxes: pd.DataFrame, look: str, colour: str) -> Figure:
    boxes = boxes.sort_values("value", ascending=False, kind="stable")  # a smaller one would be hidden
    fills: dict[str, Any] = {
        "actual": {"color": colour, "line": {"color": PAPER, "width": 1}},
        "contract": {
            "color": PAPER,
            "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": PAPER, "size": 7},
            "line": {"color": colour, "width": 1.5},
        },
        # The dashed edge is a shape of the layout: bars have none.
        "plan": {"color": "rgba(255,255,255,0.01)", "line": {"width": 0}},
    }
    return {
        "type": "bar",
        "x": ((boxes["start"] + boxes["end"]) / 2).round(4).tolist(),
        "y": boxes["value"].tolist(),
        "width": (boxes["end"] - boxes["start"]).round(4).tolist(),
        "customdata": boxes["flow_id"].tolist(),
        "hovertext": boxes["said"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": fills[look],
        "cliponaxis": False,
        "showlegend": False,
    }


def _labels(boxes: pd.DataFrame, plot: Plot) -> list[Figure]:
    """The amounts over their boxes; where two would meet on a phone the smaller one stands in its box."""
    taken: list[Corners] = []
    notes = []
    for box in boxes.sort_values("value", ascending=False, kind="stable").itertuples():
        for is_inside in (False, True):
            corners = _corners(box, is_inside, plot)
            if not any(_meet(corners, other) for other in taken):
                taken.append(corners)
                notes.append(_label(box, is_inside))
                break
    return notes


def _corners(box: tuple, is_inside: bool, plot: Plot) -> Corners:
    """The corners of an amount on a chart as narrow as a phone: left, top, right, bottom."""
    x, y = plot.pixels(((box.start + box.end) / 2, box.value), NARROW)
    half, high = text_width(box.shown, TEXT) / 2 + 1, text_height((box.shown,), TEXT) + LABEL_GAP
    return (x - half, y, x + half, y + high) if is_inside else (x - half, y - high, x + half, y)


def _meet(one: Corners, other: Corners) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _label(box: tuple, is_inside: bool) -> Figure:
    """An amount over its box, or in it under its edge."""
    side, shift = ("top", -LABEL_GAP) if is_inside else ("bottom", LABEL_GAP)
    note = text_note(box.shown, (box.start + box.end) / 2, box.value, "center", side)
    return note | {"yshift": shift, "bgcolor": "rgba(255,255,255,0.8)"}


def _edge(box: tuple, colour: str) -> Figure:
    line = {"color": colour, "width": 1.6, "dash": DASH}
    return {
        "type": "rect",
        "x0": box.start,
        "x1": box.end,
        "y0": 0,
        "y1": box.value,
        "line": line,
        "fillcolor": "rgba(255,255,255,0)",
        "layer": "above",
    }
