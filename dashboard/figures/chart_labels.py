"""Labels of a chart beside its points: written where they cover nothing, however wide the chart is drawn."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.sheet import FONT_FAMILY, text_height, text_width, wrapped

NARROW, WIDE = 326, 1000
"""Pixels of a chart on a phone of 390 pixels and on a screen; between the two things only move apart."""

SIZE = 11.5
NAME_WIDTH = 118  # pixels
GAP = 9.0  # pixels from the middle of a point to its label
POINT = 6.0  # pixels round the middle of a point that stay free
FEW = 4  # points of a series that all get their value where there is room
LOOKS = 16  # points in which a line is looked at

Point = tuple[float, float]
Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plot:
    """Where values lie: ends of the axes; margins (left, top, right, bottom) and height in pixels."""

    x_ends: tuple[float, float]
    y_ends: tuple[float, float]
    margins: Corners
    height: float

    def pixels(self, point: Point, width: float) -> Point:
        """Where a point lies in a chart of this width, from its upper left corner."""
        left, top, right, bottom = self.margins
        across = (point[0] - self.x_ends[0]) / (self.x_ends[1] - self.x_ends[0])
        up = (point[1] - self.y_ends[0]) / (self.y_ends[1] - self.y_ends[0])
        return left + across * (width - left - right), self.height - bottom - up * (
            self.height - top - bottom
        )


@dataclass(frozen=True)
class Wish:
    """The points of a series, the value of each as it is written, the lines between them, and a name."""

    name: str
    colour: str
    points: tuple[Point, ...]
    values: tuple[str, ...]
    lines: tuple[tuple[Point, Point], ...]

    @property
    def highest(self) -> int:
        """The number of the highest point."""
        return max(range(len(self.points)), key=lambda number: self.points[number][1])

    @property
    def others(self) -> tuple[int, ...]:
        """Numbers of the points but the last that are worth a value: all of a few, else the ends."""
        last = len(self.points) - 1
        return tuple(range(last)) if last < FEW else tuple(sorted({0, self.highest} - {last}))


@dataclass(frozen=True)
class _Text:
    """Lines at a side of a point; `bold` of them, from the first, are values."""

    at: Point
    lines: tuple[str, ...]
    bold: int
    side: tuple[str, str, float, float]


FIRST_LINE = 0.5 * text_height(("",), SIZE)  # beside a point its value stands level with it
# xanchor, yanchor, xshift, yshift of an annotation; the best first.
SIDES = (
    ("left", "top", GAP, FIRST_LINE),
    ("center", "bottom", 0.0, GAP - 2),
    ("right", "bottom", GAP, GAP - 2),
    ("left", "bottom", -GAP, GAP - 2),
    ("right", "top", -GAP, FIRST_LINE),
    ("center", "top", 0.0, 2 - GAP),
    ("right", "top", GAP, 2 - GAP),
    ("left", "top", -GAP, 2 - GAP),
)


def placed_labels(wishes: Sequence[Wish], plot: Plot) -> list[dict[str, Any]]:
    """Annotations for what finds room: the last value and the name of each series, then the other values.

    A name that does not fit beside the last point may stand beside another one of its series.
    """
    field = _Field(plot, {width: list(_marks(wishes, plot, width)) for width in (NARROW, WIDE)})
    notes = []
    for wish in wishes:
        name = tuple(wrapped(wish.name, SIZE, NAME_WIDTH))
        if both := field.put(_around(wish.points[-1:], (wish.values[-1], *name), 1)):
            notes.append(_note(both, wish.colour))
            continue
        top = wish.highest
        alone = [field.put(_around(wish.points[-1:], wish.values[-1:], 1))]
        if top < len(wish.points) - 1:
            alone.append(field.put(_around(wish.points[top : top + 1], (wish.values[top], *name), 1)))
        if not alone[-1]:
            alone.append(field.put(_around(wish.points[-2::-1], name, 0)))
        notes += [_note(text, wish.colour) for text in alone if text]
    for wish in wishes:
        for number in wish.others:
            point, value = wish.points[number], wish.values[number]
            is_said = any((note["x"], note["y"]) == point and value in note["text"] for note in notes)
            if not is_said and (text := field.put(_around((point,), (value,), 1))):
                notes.append(_note(text, wish.colour))
    return notes


def _around(points: Sequence[Point], lines: tuple[str, ...], bold: int) -> Iterator[_Text]:
    """The places that a text may take beside one of the points, best first."""
    yield from (_Text(point, lines, bold, side) for point in points for side in SIDES)


@dataclass
class _Field:
    """A chart at its narrowest and widest, and what must not be covered there."""

    plot: Plot
    taken: dict[float, list[Corners]]

    def put(self, places: Iterator[_Text]) -> _Text | None:
        """The first place that is free at both widths, which is taken from then on."""
        for text in places:
            boxes = {width: _box(text, self.plot, width) for width in self.taken}
            if all(_is_free(box, self.taken[width], self.plot, width) for width, box in boxes.items()):
                for width, box in boxes.items():
                    self.taken[width].append(box)
                return text
        return None


def _marks(wishes: Sequence[Wish], plot: Plot, width: float) -> Iterator[Corners]:
    """Boxes round all points and along all lines."""
    for wish in wishes:
        for point in wish.points:
            yield _round(plot.pixels(point, width), POINT)
        for start, end in wish.lines:
            (x0, y0), (x1, y1) = plot.pixels(start, width), plot.pixels(end, width)
            shares = [number / LOOKS for number in range(LOOKS + 1)]
            yield from (_round((x0 + (x1 - x0) * s, y0 + (y1 - y0) * s), 1.5) for s in shares)


def _round(middle: Point, reach: float) -> Corners:
    return middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach


def _box(text: _Text, plot: Plot, width: float) -> Corners:
    x, y = plot.pixels(text.at, width)
    xanchor, yanchor, across, up = text.side
    wide = max(text_width(line, SIZE, bold=number < text.bold) for number, line in enumerate(text.lines))
    tall = text_height(text.lines, SIZE)
    left = x + across - wide * {"left": 0, "center": 0.5, "right": 1}[xanchor]
    top = y - up - tall * {"top": 0, "middle": 0.5, "bottom": 1}[yanchor]
    return left, top, left + wide, top + tall


def _is_free(box: Corners, taken: Sequence[Corners], plot: Plot, width: float) -> bool:
    left, top, right, bottom = box
    if left < plot.margins[0] or right > width - 2 or bottom > plot.height - plot.margins[3] - 2 or top < 18:
        return False
    return not any(left < r and right > x and top < b and bottom > y for x, y, r, b in taken)


def _note(text: _Text, colour: str) -> dict[str, Any]:
    xanchor, yanchor, across, up = text.side
    lines = [html.escape(line, quote=False) for line in text.lines]
    shown = [f"<b>{line}</b>" if number < text.bold else line for number, line in enumerate(lines)]
    return {
        "x": text.at[0],
        "y": text.at[1],
        "text": "<br>".join(shown),
        "align": xanchor,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "xshift": across,
        "yshift": up,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SIZE, "color": colour, "family": FONT_FAMILY},
    }
