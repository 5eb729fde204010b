"""A table set into a sheet: as many of its columns and rows as fit, and how many more there are.

Columns keep their order; the first ones have the first claim to room. A cell has a few lines at most and ends
with a sign where it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet import FONT_FAMILY, INK, QUIET, Sheet, text_height, text_width, wrapped
from dashboard.figures.sheet_chart import LEAST_SHOWN, RIM, Around, Room, sheet_of, write_texts
from dashboard.figures.style import PAPER

Figure = dict[str, Any]

LETTERS, LEAST = 10.5, 8.6  # pixels, before the sheet is enlarged
GAP, PAD = 12.0, 3.0  # pixels between columns, above and below a row
NARROWEST, WIDEST = 3.4, 24.0  # sizes that a column of texts has and may have
LONGEST = 12.0  # sizes of a word that is not cut
MOST_LINES, MOST_HEAD_LINES = 3, 3
MEASURED = 60  # rows by which columns are as wide as they are
GROWN_ROWS = 14  # of a sheet whose height gives way
LINE, HEAD_LINE = "#d5dade", "#6b7780"
CUT = "…"


@dataclass(frozen=True)
class Printed:
    """A column as it is printed: its heading, its cells as texts, and whether they are numbers."""

    title: str
    cells: tuple[str, ...]
    is_number: bool = False


More = Callable[[int, int], str]
"""What stands under a table that lacks so many rows and columns; "" for none."""


@dataclass(frozen=True)
class Laid:
    """The columns that fit, with the width of each, and the size of the letters."""

    columns: tuple[Printed, ...]
    widths: tuple[float, ...]
    size: float

    def heads(self) -> list[list[str]]:
        """The lines of each heading."""
        return [
            _cut(column.title, self.size, width, MOST_HEAD_LINES, bold=True)
            for column, width in zip(self.columns, self.widths, strict=True)
        ]

    def row(self, number: int) -> list[list[str]]:
        """The lines of each cell of a row."""
        return [
            _cut(column.cells[number], self.size, width, MOST_LINES)
            for column, width in zip(self.columns, self.widths, strict=True)
        ]


def table_sheet(columns: Sequence[Printed], room: Room, texts: Texts, more: More) -> Figure:
    """The sheet of a table."""
    height = float(room.height)
    while True:
        sheet = sheet_of(room.width, height, room.letters)
        around = Around(sheet, *write_texts(sheet, texts, room.letters))
        laid = _laid(columns, sheet.width - 2 * RIM, room.letters)
        rows = _rows(laid, around.left_over - _foot(laid), GROWN_ROWS if room.is_column else None)
        wished = min(GROWN_ROWS, len(columns[0].cells)) if room.is_column and columns else 1
        if len(rows) >= wished or height > 4 * room.height + 4000:
            break
        height += (LETTERS + 2 * PAD) * 2 * room.letters
    _write(sheet, laid, rows, around.top)
    lacking = len(columns[0].cells) - len(rows) if columns else 0
    said = more(lacking, len(columns) - len(laid.columns))
    if said:
        bottom = around.top + _height(laid.heads(), laid) + sum(_height(row, laid) for row in rows)
        line = _cut(said, laid.size, sheet.width - 2 * RIM, 1)
        sheet.write(RIM, bottom + PAD, line, laid.size, colour=QUIET)
    return {"data": [], "layout": _layout(sheet)}


def _laid(columns: Sequence[Printed], width: float, letters: float) -> Laid:
    """As many columns as have room, each as wide as its texts need and the others let it."""
    size = LETTERS * max(1.0, LEAST_SHOWN / letters)
    wishes = [_wish(column, size) for column in columns]
    least = [min(wish, _least(column, size)) for column, wish in zip(columns, wishes, strict=True)]
    count, taken = 0, 0.0
    while count < len(columns) and (not count or taken + GAP + least[count] <= width):
        taken += least[count] + (GAP if count else 0)
        count += 1
    widths = [min(one, width) for one in least[:count]]
    spare = width - sum(widths) - GAP * max(count - 1, 0)
    wanting = [max(0.0, wish - one) for wish, one in zip(wishes[:count], widths, strict=True)]
    share = min(1.0, spare / sum(wanting)) if sum(wanting) and spare > 0 else 0.0
    widths = [one + share * want for one, want in zip(widths, wanting, strict=True)]
    return Laid(tuple(columns[:count]), tuple(widths), size)


def _wish(column: Printed, size: float) -> float:
    """How wide a column would like to be: its longest cell in one line, a long text in a few."""
    widths = [text_width(cell, size) for cell in column.cells[:MEASURED] if cell]
    longest = max(widths, default=0.0)
    if column.is_number:
        return max(longest, _longest_word(column.title, size))
    return max(min(longest, WIDEST * size), _longest_word(column.title, size)) + 1


def _least(column: Printed, size: float) -> float:
    """What a column cannot do without: numbers in one line, and no word of its heading cut."""
    word = _longest_word(column.title, size)
    if column.is_number:
        return max([word, *(text_width(cell, size) for cell in column.cells[:MEASURED])]) + 1
    cells = [cell for cell in column.cells[:MEASURED] if cell]
    longest = max((text_width(cell, size) for cell in cells), default=0.0)
    least = NARROWEST * size if longest < WIDEST * size else 0.5 * WIDEST * size
    words = max((_longest_word(cell, size, False) for cell in cells), default=0.0)
    return max(word, min(longest, max(least, words))) + 1


def _longest_word(text: str, size: float, bold: bool = True) -> float:
    """The longest word at whose ends a text is wrapped; of a very long one its beginning."""
    return min(max((text_width(word, size, bold) for word in text.split(" ")), default=0.0), LONGEST * size)


def _cut(text: str, size: float, width: float, most: int, *, bold: bool = False) -> list[str]:
    """A text in at most so many lines; where it is longer, the last one ends with a sign."""
    lines = wrapped(text, size, width, bold)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + CUT, size, bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;.") + CUT]


def _height(cells: Sequence[Sequence[str]], laid: Laid) -> float:
    return text_height(max(cells, key=len, default=[""]) or [""], laid.size) + 2 * PAD


def _foot(laid: Laid) -> float:
    """What the line under the rows takes."""
    return text_height([""], laid.size) + 2 * PAD


def _rows(laid: Laid, room: float, most: int | None) -> list[list[list[str]]]:
    """The rows that fit under the headings."""
    left, found = room - _height(laid.heads(), laid), []
    count = len(laid.columns[0].cells) if laid.columns else 0
    for number in range(count if most is None else min(count, most)):
        row = laid.row(number)
        left -= _height(row, laid)
        if left < 0:
            break
        found.append(row)
    return found


def _write(sheet: Sheet, laid: Laid, rows: Sequence[list[list[str]]], top: float) -> None:
    """Headings and rows from `top` down, a line under each."""
    ends = (RIM, sheet.width - RIM)
    for number, row in enumerate([laid.heads(), *rows]):
        left, is_head = float(RIM), not number
        for column, width, lines in zip(laid.columns, laid.widths, row, strict=True):
            x, side = (left + width, "right") if column.is_number else (left, "left")
            colour = QUIET if is_head else INK
            anchor = (side, "top")
            sheet.write(x, top + PAD, lines, laid.size, anchor=anchor, bold=is_head, colour=colour)
            left += width + GAP
        top += _height(row, laid)
        sheet.path([(ends[0], top), (ends[1], top)], HEAD_LINE if is_head else LINE, 1.0 if is_head else 0.6)


def _layout(sheet: Sheet) -> Figure:
    return {
        "width": sheet.width,
        "height": sheet.height,
        "autosize": False,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT_FAMILY},
        "showlegend": False,
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
        "annotations": sheet.annotations,
        "shapes": sheet.shapes,
    }
