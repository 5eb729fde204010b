"""The matrix of joint projects as a picture: the table of the page for slides and print.

Cells are rectangles, numbers and names are texts, so that every format has them as vectors.
"""

from __future__ import annotations

import html
import math
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from dashboard.export.kinds import room_of
from dashboard.export.publication import Drawing, Publication, Size, Wishes
from dashboard.figures.charts import Figure, chart_axis, chart_layout, text_note
from dashboard.figures.marks import SHADES
from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet import INK, QUIET, text_width
from dashboard.figures.sheet_chart import Sign, chart_sheet
from dashboard.pairs.matrix import NOTHING, count_text
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.classes import classes
from layers.pairs import frontiers, pairs, region_ids

MATRIX_CHART = "matrix-chart"
"""Its name among what the page publishes."""

LEAST_WIDTH = 660
"""Pixels below which the names of regions would not fit beside each other; letters get smaller instead."""

ROW, BOTTOM, GAP, RIM = 19, 6, 6, 8  # pixels
TEXT, TILT = 11, -50  # pixels, degrees
OPEN, LINE, FRAME = "#9cc3dd", "#e3e6e8", "#5c6470"
"""A border pair without a known project; the lines between cells; the frame of a border pair."""

KEY = {
    "open": N_("shared border, no project known to our sources"),
    "border": N_("the two regions share a border"),
    "none": N_("no project known to our sources"),
}


# Key: the atlas (one object a data version) and the language; a figure is never changed.
@lru_cache(maxsize=8)
def matrix_chart(atlas: Atlas, language: str) -> Figure:
    """Uzbek regions down, Kazakh regions across; customdata of a point are its two region ids."""
    words, every = speak(language), pairs(atlas)
    uzbek, kazakh = region_ids(atlas)
    left, top, right = _room_of_names(uzbek, kazakh, atlas, words)
    layout = chart_layout(words, top + ROW * len(uzbek) + BOTTOM, (left, top, right, BOTTOM))
    layout["xaxis"] = chart_axis((-0.5, len(kazakh) - 0.5), [], []) | {"visible": False}
    layout["yaxis"] = chart_axis((len(uzbek) - 0.5, -0.5), [], []) | {"visible": False}
    layout["shapes"] = [*_grid(len(kazakh), len(uzbek)), *_cells(every, atlas)]
    layout["annotations"] = [*_names(uzbek, kazakh, atlas, words), *_numbers(every, uzbek, kazakh, words)]
    return {"data": [_points(every, uzbek, kazakh, atlas, words)], "layout": layout}


def _name(region_id: str, atlas: Atlas, words: Words) -> str:
    return words.name(atlas.regions.loc[region_id])


def _room_of_names(
    uzbek: tuple[str, ...], kazakh: tuple[str, ...], atlas: Atlas, words: Words
) -> tuple[int, int, int]:
    """Pixels for the names left of the rows, over the columns, and right of the last one, which leans."""
    rows = [text_width(_name(one, atlas, words), TEXT) for one in uzbek]
    columns = [text_width(_name(one, atlas, words), TEXT) for one in kazakh]
    high, wide = math.sin(math.radians(-TILT)), math.cos(math.radians(-TILT))
    least = (LEAST_WIDTH - 2 * RIM - max(rows, default=0)) / (len(columns) + 4)  # of a column
    over = [width * wide - least * (len(columns) - place) for place, width in enumerate(columns)]
    top = max(columns, default=0) * high + TEXT * wide + GAP
    return round(max(rows, default=0)) + GAP + 2, math.ceil(top), math.ceil(max(over, default=0)) + 2 * TEXT


def _places(ids: tuple[str, ...]) -> dict[str, int]:
    return {one: place for place, one in enumerate(ids)}


def _grid(columns: int, rows: int) -> list[Figure]:
    """Thin lines between all cells: a gap is a cell too."""
    pen = {"type": "line", "line": {"color": LINE, "width": 1}, "layer": "below"}
    down = [(x - 0.5, -0.5, x - 0.5, rows - 0.5) for x in range(columns + 1)]
    across = [(-0.5, y - 0.5, columns - 0.5, y - 0.5) for y in range(rows + 1)]
    return [pen | dict(zip(("x0", "y0", "x1", "y1"), ends, strict=True)) for ends in (*down, *across)]


def _cells(every: pd.DataFrame, atlas: Atlas) -> list[Figure]:
    """The cells that say something: shaded where there are projects, framed on a shared border."""
    uzbek, kazakh = (_places(ids) for ids in region_ids(atlas))
    shared, shade = set(frontiers(atlas).index), shades(every)
    found = []
    for pair, count in every["count"].items():
        if not count and pair not in shared:
            continue
        x, y = kazakh[pair[1]], uzbek[pair[0]]
        line = {"color": FRAME, "width": 2} if pair in shared else {"color": LINE, "width": 1}
        fill = shade[count] if count else OPEN
        box = {"x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5}
        found.append({"type": "rect", "fillcolor": fill, "line": line, "layer": "below", **box})
    return found


def shades(every: pd.DataFrame) -> dict[int, str]:
    """The colour of each number of projects, in the classes of the table, a step stronger for a hall."""
    counts = every.loc[every["count"].gt(0), "count"]
    edges = classes(counts.astype(float), 4)
    return {int(n): SHADES[2 + sum(n > edge for edge in edges)] for n in sorted(counts.unique())}


def _names(uzbek: tuple[str, ...], kazakh: tuple[str, ...], atlas: Atlas, words: Words) -> list[Figure]:
    """Names of regions before their rows and, tilted, over their columns."""
    font = {"font": {"size": TEXT, "color": INK}}
    rows = [
        text_note(_quoted(one, atlas, words), -0.5, y, "right", "middle") | {"xshift": -GAP, **font}
        for y, one in enumerate(uzbek)
    ]
    columns = [
        text_note(_quoted(one, atlas, words), x, -0.5, "left", "bottom")
        | {"textangle": TILT, "xanchor": "left", "yanchor": "bottom", "xshift": -4, "yshift": 2, **font}
        for x, one in enumerate(kazakh)
    ]
    return [*rows, *columns]


def _quoted(region_id: str, atlas: Atlas, words: Words) -> str:
    return html.escape(_name(region_id, atlas, words), quote=False)


def _numbers(
    every: pd.DataFrame, uzbek: tuple[str, ...], kazakh: tuple[str, ...], words: Words
) -> list[Figure]:
    """The number of projects where there are any; where there are none stands a dot, in the points."""
    down, across = _places(uzbek), _places(kazakh)
    return [
        text_note(f"<b>{words.number(int(count))}</b>", across[pair[1]], down[pair[0]], "center", "middle")
        for pair, count in every["count"].items()
        if count
    ]


def _points(
    every: pd.DataFrame, uzbek: tuple[str, ...], kazakh: tuple[str, ...], atlas: Atlas, words: Words
) -> Figure:
    """A point in each cell, which says all of its pair; a dot where no project is known."""
    down, across = _places(uzbek), _places(kazakh)
    said = [
        f"{' – '.join(_quoted(one, atlas, words) for one in pair)}<br>{count_text(row, words)}"
        for pair, row in every.iterrows()
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [across[kz] for _, kz in every.index],
        "y": [down[uz] for uz, _ in every.index],
        "customdata": [list(pair) for pair in every.index],
        "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": 3,
            "symbol": "circle",
            "color": QUIET,
            "opacity": [0 if count else 1 for count in every["count"]],
        },
        "showlegend": False,
    }


def matrix_signs(atlas: Atlas, words: Words) -> tuple[Sign, ...]:
    """What the cells mean."""
    shown = [
        Sign("■", shade, words.plural("{n} joint project", "{n} joint projects", number))
        for number, shade in shades(pairs(atlas)).items()
    ]
    return (
        *shown,
        Sign("■", OPEN, words(KEY["open"])),
        Sign("□", FRAME, words(KEY["border"])),
        Sign(NOTHING, QUIET, words(KEY["none"])),
    )


def matrix_drawing(atlas: Atlas, words: Words) -> Drawing:
    """Draws the matrix on a sheet; its letters get smaller where its columns would not fit."""

    def drawing(size: Size, texts: Texts, wishes: Wishes) -> Figure:
        room = room_of(size)
        room = replace(room, letters=min(room.letters, room.width / LEAST_WIDTH))
        signs = matrix_signs(atlas, words) if wishes.legend else ()
        return chart_sheet(matrix_chart(atlas, words.language), room, texts, signs, True)

    return drawing


CELLS = N_(
    "A project that names several regions of a side counts in the cell of each, so the cells do not add up."
)


def as_chart(table: Publication) -> Publication:
    """The publication of the table as one of the picture, with the same data."""
    words = table.words
    notes = (words(CELLS), *table.notes[1:])
    drawing = matrix_drawing(table.atlas, words)
    return replace(table, name=MATRIX_CHART, kind="chart", notes=notes, drawing=drawing)
