"""Charts of trade alone: parts of years by reporter, and the way to a target."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.corridor_terms import digits, scale_of, unit_name, when, who
from dashboard.figures.chart_labels import NARROW, Plot, Wish, placed_labels
from dashboard.figures.charts import (
    BOTTOM,
    COLOURS,
    HEIGHT,
    LINED,
    PAPER,
    RIGHT,
    TEXT,
    TICKED,
    TOP,
    Figure,
    chart_axis,
    chart_layout,
    hover_text,
    scale_steps,
    text_note,
    unit_caption,
)
from dashboard.figures.sheet import QUIET, text_width
from dashboard.text import N_, Words
from layers.trade import Gauge

ROW, HEAD_ROW = 21, 26  # pixels
PATHS = {"needed": N_("needed path"), "pace": N_("at last year's pace")}
PATH_COLOURS = {"needed": "#0072b2", "pace": "#b35806"}
RESULTS, TARGETS = "#555e66", "#7a3f8f"


def parts_of_years_chart(parts: pd.DataFrame, words: Words, palette: Mapping[str, str]) -> Figure:
    """Parts of years as bars under the name of their reporter, the same months of its years together.

    `parts` as `layers.trade.parts_of_years`; customdata of a bar is its trade_id. The reporter with most
    rows comes first. Bars are pale: a part of a year is no year.
    """
    rows = parts.assign(many=-parts.groupby("reporter")["reporter"].transform("size"))
    rows = rows.sort_values(["many", "reporter"], kind="stable")
    labels = [when(row, words) for _, row in rows.iterrows()]
    largest = float(rows["high"].max()) or 1.0
    scale = scale_of(largest, "USD")
    values = [digits(value / scale, words) for value in rows["high"]]
    places, heads, height = _rows_with_heads(rows["reporter"].tolist())
    left = math.ceil(max(text_width(label, TEXT) for label in labels)) + 8
    value_width = max(text_width(value, TEXT, bold=True) for value in values) + 12
    room = NARROW - left - 6
    layout = chart_layout(words, height + 29, (left, 24, 6, 5))
    layout["xaxis"] = chart_axis((0, largest * room / (room - value_width)), [], []) | {"visible": False}
    layout["yaxis"] = chart_axis((height, 0), [], []) | {"visible": False}
    layout["annotations"] = [
        unit_caption(unit_name("USD", scale, words), left),
        *(_head(rows.iloc[number], place, left, words) for number, place in heads.items()),
        *(
            text_note(html.escape(label, quote=False), 0, place, "right", "middle") | {"xshift": -6}
            for label, place in zip(labels, places, strict=True)
        ),
        *(
            text_note(f"<b>{html.escape(value, quote=False)}</b>", high, place, "left", "middle")
            | {"xshift": 5}
            for value, high, place in zip(values, rows["high"], places, strict=True)
        ),
    ]
    return {"data": [_part_bars(rows, places, words, palette)], "layout": layout}


def _rows_with_heads(names: Sequence[str]) -> tuple[list[float], dict[int, float], float]:
    """Middles of the rows in pixels from above, of the heads by the number of their first row, the height."""
    places, heads, down = [], {}, 0.0
    for number, name in enumerate(names):
        if number == 0 or name != names[number - 1]:
            heads[number] = down + HEAD_ROW / 2
            down += HEAD_ROW
        places.append(down + ROW / 2)
        down += ROW
    return places, heads, down


def _head(row: pd.Series, place: float, left: float, words: Words) -> Figure:
    name = html.escape(who(row, words), quote=False)
    return text_note(name, 0, place, "left", "middle", QUIET) | {"xshift": -left}


def _part_bars(
    rows: pd.DataFrame, places: Sequence[float], words: Words, palette: Mapping[str, str]
) -> Figure:
    colours = [palette.get(reporter, COLOURS[0]) for reporter in rows["reporter"]]
    shapes = ["/" if firmness == "about" else "" for firmness in rows["firmness"]]
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows["high"].astype(float).tolist(),
        "y": list(places),
        "width": ROW * 0.66,
        "customdata": [" ".join(ids) for ids in rows["metric_ids"]],
        "hovertext": [hover_text(row, words) for _, row in rows.iterrows()],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [f"{colour}55" for colour in colours],
            "line": {"color": colours, "width": 1.4},
            "pattern": {"shape": shapes, "fgcolor": colours},
        },
        "showlegend": False,
    }


def path_chart(gauge: Gauge, results: pd.DataFrame, targets: pd.DataFrame, words: Words) -> Figure:
    """Results, targets and the two paths on one scale from zero, by year.

    `results` and `targets` are statements of whole years as `layers.trade.flow_statements` makes them. No
    line joins results, which are of many reporters; customdata of their points are ids of trade.csv.
    """
    largest = max(float(gauge.path.max()["needed_usd":].max()), float(targets["high"].max()))
    if len(results):
        largest = max(largest, float(results["high"].max()))
    scale = scale_of(largest, "USD")
    steps = scale_steps(largest / scale)
    shown = [digits(step, words) for step in steps]
    left = 10 + math.ceil(max(text_width(text, TEXT) for text in shown))
    every = [*results["year"], *targets["year"], *gauge.path["year"]]
    first, last = int(min(every)), int(max(every))
    ends, top = (first - 0.7, last + 1.5), largest / scale * 1.14
    ticks = list(range(last, first - 1, -2 if last - first > 6 else -1))[::-1]
    margins = (left, TOP, RIGHT, BOTTOM)
    layout = chart_layout(words, HEIGHT + 40, margins)
    layout["xaxis"] = chart_axis(ends, ticks, [str(year) for year in ticks]) | TICKED
    layout["yaxis"] = chart_axis((0, top), steps, shown) | LINED
    wishes = _path_wishes(gauge, results, targets, scale, words)
    layout["annotations"] = [
        unit_caption(unit_name("USD", scale, words), left),
        *placed_labels(wishes, Plot(ends, (0.0, top), margins, HEIGHT + 40)),
    ]
    data = [
        _statements(results, scale, RESULTS, "circle", words),
        _statements(targets, scale, TARGETS, "diamond", words),
        *(_path(gauge, name, scale, words) for name in _paths(gauge)),
    ]
    return {"data": [trace for trace in data if trace["x"]], "layout": layout}


def _paths(gauge: Gauge) -> list[str]:
    return ["needed"] if math.isnan(gauge.pace_pct) else ["needed", "pace"]


def _path_wishes(
    gauge: Gauge, results: pd.DataFrame, targets: pd.DataFrame, scale: float, words: Words
) -> list[Wish]:
    """What is written beside points: paths, then the latest result, targets, earlier results."""
    wishes = []
    for name in _paths(gauge):
        points = _points(gauge, name, scale)
        values = tuple(digits(y, words) for _, y in points)
        lines = tuple(pairwise(points))
        wishes.append(Wish(words(PATHS[name]), PATH_COLOURS[name], points[1:], values[1:], lines))
    said = {points[-1] for points in (wish.points for wish in wishes)}
    latest = results["year"].eq(results["year"].max())
    order = ((results[latest], RESULTS), (targets, TARGETS), (results[~latest], RESULTS))
    for rows, colour in order:
        for _, row in rows.drop_duplicates(["year", "high"]).iterrows():
            point = (float(row["year"]), float(row["high"]) / scale)
            if point in said:
                continue
            name = words("target") if colour == TARGETS else ""
            wishes.append(Wish(name, colour, (point,), (digits(point[1], words),), ()))
    return wishes


def _points(gauge: Gauge, name: str, scale: float) -> tuple[tuple[float, float], ...]:
    values = gauge.path[f"{name}_usd"] / scale
    years = gauge.path["year"]
    return tuple((float(year), round(float(y), 4)) for year, y in zip(years, values, strict=True))


def _path(gauge: Gauge, name: str, scale: float, words: Words) -> Figure:
    """A path from the latest result, whose point is none of the path's own."""
    points = _points(gauge, name, scale)
    colour, symbol = PATH_COLOURS[name], "diamond" if name == "needed" else "circle"
    texts = [
        "<br>".join(
            (f"<b>{words.dollars(y * scale)}</b>", f"{x:.0f}, {words('computed')}", words(PATHS[name]))
        )
        for x, y in points
    ]
    return _common(points, texts, colour) | {
        "mode": "lines+markers",
        "name": words(PATHS[name]),
        "line": {"color": colour, "width": 2.4, "dash": "dot" if name == "needed" else "dash"},
        "marker": _marker(colour, symbol, [PAPER] * len(points), [0] + [8] * (len(points) - 1)),
        "customdata": [f"{name} {x:.0f}" for x, _ in points],
    }


def _statements(rows: pd.DataFrame, scale: float, colour: str, symbol: str, words: Words) -> Figure:
    points = [(float(x), float(y)) for x, y in zip(rows["year"], rows["high"] / scale, strict=True)]
    fills = [colour if firmness == "stated" else PAPER for firmness in rows["firmness"]]
    texts = [hover_text(row, words) for _, row in rows.iterrows()]
    return _common(points, texts, colour) | {
        "mode": "markers",
        "name": words("results") if symbol == "circle" else words("targets"),
        "marker": _marker(colour, symbol, fills, [9] * len(points)),
        "customdata": [" ".join(ids) for ids in rows["metric_ids"]],
    }


def _common(points: Sequence[tuple[float, float]], texts: Sequence[str], colour: str) -> Figure:
    return {
        "type": "scatter",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "text": list(texts),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "showlegend": False,
    }


def _marker(colour: str, symbol: str, fills: Sequence[str], sizes: Sequence[int]) -> dict[str, Any]:
    line = {"width": 2, "color": colour}
    return {"symbol": symbol, "size": list(sizes), "color": list(fills), "opacity": 1, "line": line}
