"""A chart set into a sheet: title, what it says, the chart, the key of its symbols, the small print.

The chart keeps the letters it has on a page; the sheet is drawn as many times smaller as its letters shall be
larger, and whoever makes a file of it enlarges the whole. A chart that does not fit gets a larger sheet in
smaller letters, or a higher one where the height gives way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.chart_labels import NARROW, WIDE
from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet import FONT_FAMILY, QUIET, Sheet, text_height, text_width, wrapped

Figure = dict[str, Any]

RIM = 14  # pixels, as all sizes below before the sheet is enlarged
TITLE, UNDER_TITLE, KEY, SMALL = 18.0, 12.5, 11.5, 8.6
NARROW_TITLE = 15.0  # on a sheet of one newspaper column
AFTER_TEXTS, BEFORE_SMALL = 8, 8
KEY_GAP, SIGN_GAP = 14, 4
LEAST_SHOWN = 0.88  # of these sizes, once the sheet is enlarged or reduced to its true size
SMALLER, LEAST_LETTERS = 0.94, 0.05
LARGER = 1.35  # a chart of fixed rows may be enlarged by so much where there is room
TALLEST = 0.95  # widths


@dataclass(frozen=True)
class Sign:
    """One entry of a key: the signs as letters, their colour, what they mean."""

    sign: str
    colour: str
    text: str


@dataclass(frozen=True)
class Room:
    """A sheet in pixels, how many times its letters are enlarged, and whether its height gives way."""

    width: int
    height: int
    letters: float = 1.0
    is_column: bool = False


@dataclass(frozen=True)
class Around:
    """A sheet with its texts, and what is left between `top` and `bottom` for the figure."""

    sheet: Sheet
    top: float
    bottom: float

    @property
    def left_over(self) -> float:
        """Pixels that the figure can be high."""
        return self.bottom - self.top


def chart_sheet(figure: Figure, room: Room, texts: Texts, signs: Sequence[Sign], stretches: bool) -> Figure:
    """A chart of a page as a whole sheet; one that `stretches` takes the height it finds."""
    natural = figure["layout"]["height"]
    letters = fitted_letters(room.letters, room.width) * (1.0 if stretches else LARGER)
    if not stretches:
        letters = min(letters, room.width / (NARROW + 2 * RIM))
    around = fitting(room, letters, texts, signs, natural)
    height = max(natural, min(around.left_over, TALLEST * around.sheet.width)) if stretches else natural
    return set_into(figure, around, height)


def fitted_letters(letters: float, width: float) -> float:
    """Letters with which a chart of time is neither narrower nor wider than its labels are placed for."""
    return min(max(letters, width / (WIDE + 2 * RIM)), width / (NARROW + 2 * RIM))


def fitting(room: Room, letters: float, texts: Texts, signs: Sequence[Sign], needed: float) -> Around:
    """A sheet whose texts leave `needed` pixels, with letters as large as that allows."""
    height = float(room.height)
    while True:
        sheet = sheet_of(room.width, height, letters)
        around = Around(sheet, *write_texts(sheet, texts, letters, signs))
        if around.left_over >= needed or letters < LEAST_LETTERS:
            return around
        if room.is_column:
            height += (needed - around.left_over + 1) * letters
        else:
            letters *= SMALLER


def sheet_of(width: float, height: float, letters: float) -> Sheet:
    """A sheet that becomes so large once its letters are enlarged."""
    return Sheet(round(width / letters, 3), round(height / letters, 3))


def write_texts(
    sheet: Sheet, texts: Texts, letters: float, signs: Sequence[Sign] = ()
) -> tuple[float, float]:
    """Write what stands round a figure; where the upper part ends and the lower one begins."""
    width, top, larger = sheet.width - 2 * RIM, float(RIM), max(1.0, LEAST_SHOWN / letters)
    under, small = UNDER_TITLE * larger, SMALL * larger
    title = larger * (NARROW_TITLE if sheet.width < 1.4 * NARROW * larger else TITLE)
    lines = wrapped(texts.title, title, width, bold=True)
    sheet.write(RIM, top, lines, title, bold=True)
    top += text_height(lines, title)
    for text in filter(None, texts.under_title):
        lines = wrapped(text, under, width)
        sheet.write(RIM, top, lines, under, colour=QUIET)
        top += text_height(lines, under)
    bottom = float(sheet.height - RIM)
    for text in filter(None, reversed(texts.small_print)):
        lines = wrapped(text, small, width)
        bottom -= text_height(lines, small)
        sheet.write(RIM, bottom, lines, small, colour=QUIET)
    bottom -= BEFORE_SMALL
    return top + AFTER_TEXTS, write_key(sheet, signs, bottom)


def write_key(sheet: Sheet, signs: Sequence[Sign], bottom: float) -> float:
    """Write a key whose last row ends at `bottom`; where its first one begins."""
    rows = key_rows(signs, sheet.width - 2 * RIM)
    for row in reversed(rows):
        high = max(text_height(lines, KEY) for _, _, lines in row)
        bottom -= high
        for left, sign, lines in row:
            sheet.write(RIM + left, bottom, [sign.sign], KEY, colour=sign.colour)
            sheet.write(RIM + left + sign_width(sign), bottom, lines, KEY, colour=QUIET)
    return bottom - (BEFORE_SMALL if rows else 0)


def key_rows(signs: Sequence[Sign], width: float) -> list[list[tuple[float, Sign, list[str]]]]:
    """The entries of a key beside each other as they fit: where each begins, and its lines."""
    rows: list[list[tuple[float, Sign, list[str]]]] = []
    left = width + 1
    for sign in signs:
        lines = wrapped(sign.text, KEY, width - sign_width(sign))
        wide = sign_width(sign) + max(text_width(line, KEY) for line in lines)
        if left + wide > width:
            rows.append([])
            left = 0.0
        rows[-1].append((left, sign, lines))
        left += wide + KEY_GAP
    return rows


def sign_width(sign: Sign) -> float:
    """Pixels that the signs of an entry take; text fonts seldom have them, so a square is left for each."""
    return len(sign.sign) * KEY + SIGN_GAP


def set_into(figure: Figure, around: Around, height: float) -> Figure:
    """The figure between the texts of a sheet, `height` pixels high; the figure given stays as it is."""
    sheet, own = around.sheet, figure["layout"]
    inner = {side: float(own.get("margin", {}).get(side, 0)) for side in "ltrb"}
    margin = {
        "l": RIM + inner["l"],
        "r": RIM + inner["r"],
        "t": around.top + inner["t"],
        "b": sheet.height - around.top - height + inner["b"],
    }
    frame = Frame(sheet, margin)
    layout = own | {
        "width": sheet.width,
        "height": sheet.height,
        "autosize": False,
        "margin": {side: round(value, 2) for side, value in margin.items()} | {"pad": 0, "autoexpand": False},
        "annotations": [*own.get("annotations", ()), *map(frame.moved, sheet.annotations)],
    }
    layout.setdefault("font", {"family": FONT_FAMILY})
    return {"data": figure["data"], "layout": layout}


@dataclass(frozen=True)
class Frame:
    """The part of a sheet inside the margins, from which Plotly measures where texts stand."""

    sheet: Sheet
    margin: dict[str, float]

    def moved(self, note: Figure) -> Figure:
        """A text of the whole sheet at the same place of it."""
        sheet, margin = self.sheet, self.margin
        wide = sheet.width - margin["l"] - margin["r"]
        high = sheet.height - margin["t"] - margin["b"]
        x = (note["x"] * sheet.width - margin["l"]) / wide
        y = 1 - ((1 - note["y"]) * sheet.height - margin["t"]) / high
        return note | {"x": round(x, 6), "y": round(y, 6)}
