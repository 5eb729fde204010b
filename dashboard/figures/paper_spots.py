"""Where the symbols of a printed map stand on its sheet: side by side, or counted where they are a crowd."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.figures import marks as m
from dashboard.figures.paper_look import Look
from dashboard.figures.placing import Box, spread
from dashboard.figures.projection import Frame
from dashboard.figures.sheet import text_width
from dashboard.text import Words

FARTHEST = 1.5  # widths of a site that one may stand aside
NUMBER_SHARE = 0.9  # of a circle that its number takes across at most

CELL = 5.4
"""Sizes of the letters that a cell of the grid is wide."""

DIAMETERS = ((2, 1.9), (60, 2.2), (1_000, 3.0), (20_000, 3.8))
"""Number of sites and the diameter of their circle in sizes of the letters; between them it grows evenly."""


@dataclass(frozen=True)
class Spots:
    """Where the symbols stand on the sheet, in pixels, by site_id and crossing_id.

    counts are the circles of sites that stand together: x, y, count and wide, their diameter.
    """

    sites: pd.DataFrame
    crossings: pd.DataFrame
    counts: pd.DataFrame

    @classmethod
    def of(cls, marks: m.MapMarks, frame: Frame, look: Look, is_crowded: bool) -> Spots:
        """Sites side by side where they would cover each other, or counted where they are a crowd.

        Nothing of a layer that is not shown.
        """
        sites = marks.sites if "sites" in marks.shown else marks.sites.iloc[:0]
        points = in_frame(sites, frame)
        counts = pd.DataFrame(columns=["x", "y", "count", "wide"])
        if is_crowded:
            alone, counts = grouped(*points[["x", "y"]].to_numpy().T, frame, look.small)
            points = points[alone]
        else:
            points = _beside_each_other(points, look.site)
        crossings = marks.crossings if "crossings" in marks.shown else marks.crossings.iloc[:0]
        return cls(points, in_frame(crossings, frame), counts)

    def circles(self, look: Look) -> list[tuple[float, float, float]]:
        """(x, y, radius) of every symbol, for labels to keep away from."""
        points = pd.concat([self.sites, self.crossings])
        several = self.counts[["x", "y", "wide"]].to_numpy(dtype=float).tolist()
        return [
            *((x, y, look.site / 2) for x, y in zip(points["x"], points["y"], strict=True)),
            *((x, y, wide / 2) for x, y, wide in several),
        ]

    def numbers(self, look: Look) -> list[Box]:
        """The boxes of the numbers of sites, which no name may cover."""
        across, up = NUMBER_SHARE / 2, look.small / 2
        rows = self.counts[["x", "y", "wide"]].to_numpy(dtype=float).tolist()
        return [Box(x - across * wide, y - up, x + across * wide, y + up) for x, y, wide in rows]


def in_frame(rows: gpd.GeoDataFrame, frame: Frame) -> pd.DataFrame:
    """Where the points of rows lie on the sheet (x, y), those within the frame."""
    x, y = frame.pixels(rows.geometry.x, rows.geometry.y)
    near = frame.has(x, y)
    return pd.DataFrame({"x": x[near], "y": y[near]}, index=rows.index[near])


def _beside_each_other(points: pd.DataFrame, wide: float) -> pd.DataFrame:
    places = spread(list(zip(points["x"], points["y"], strict=True)), wide, FARTHEST * wide)
    return pd.DataFrame(places, index=points.index, columns=["x", "y"])


def grouped(x: np.ndarray, y: np.ndarray, frame: Frame, letters: float) -> tuple[np.ndarray, pd.DataFrame]:
    """Which of these points of a sheet stand alone in their cell, and circles of the others.

    The circles have x, y, count and wide (their diameter) in pixels, for numbers in letters of a size.
    """
    cell, box = CELL * letters, frame.rectangle
    column, row = ((v - start) // cell for v, start in ((x, box.left), (y, box.top)))
    points = pd.DataFrame({"column": column, "row": row, "x": x, "y": y})
    cells = points.groupby(["column", "row"])["x"].transform("size").to_numpy()
    found = points[cells > 1].groupby(["column", "row"], as_index=False)
    several = found.agg(x=("x", "mean"), y=("y", "mean"), count=("x", "size"))
    wide = letters * np.interp(several["count"], *zip(*DIAMETERS, strict=True))
    for side, at, start in (("x", "column", box.left), ("y", "row", box.top)):
        middle = start + (several[at] + 0.5) * cell
        reach = np.maximum((cell - wide) / 2, 0)
        several[side] = np.clip(several[side], middle - reach, middle + reach)
    return cells == 1, several.assign(wide=wide)[["x", "y", "count", "wide"]]


def lettered(count: int, wide: float, letters: float, words: Words) -> tuple[str, float]:
    """The number of a circle so `wide`, and the size of its letters: smaller where it would not fit."""
    text = words.number(count)
    return text, letters * min(1.0, NUMBER_SHARE * wide / text_width(text, letters))
