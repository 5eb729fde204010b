"""Tables on a slide as tables of Office: the columns and rows that fit, and how many more there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from numbers import Real
from typing import Any

import pandas as pd
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.export.publication import Column, Publication
from dashboard.figures.sheet import text_width, wrapped
from dashboard.present import pptx_xml as x
from dashboard.text import Words

LETTERS = 15.0  # pixels of the slide: 11 points
MOST_COLUMNS, NARROWEST, WIDEST, LONGEST_CELL = 6, 76.0, 420.0, 110
SIDES, LINE, ABOVE = 14.0, 1.28, 8.0  # pixels beside a text, lines in letters, pixels above and below
HEAD, EVEN = RGBColor(0xDF, 0xE4, 0xE7), RGBColor(0xF7, 0xF8, 0xF9)
INK = RGBColor(0x1C, 0x26, 0x2C)
KEY = re.compile(r"[a-z]+:[\w.-]+|https?://\S+")
UNSEEN = ("note", "notes", "source_ids", "sources", "link", "url")  # the last to be shown


@dataclass(frozen=True)
class Cell:
    """What a cell says, and whether it is a number."""

    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Grid:
    """A table laid out: its columns with their widths, its rows with their heights, in pixels."""

    widths: tuple[float, ...]
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heights: tuple[float, ...]
    more: str


def grid_of(publication: Publication, width: float, height: float) -> Grid:
    """The columns that fit a width and the rows that fit a height, with what is left out in words."""
    words = publication.words
    columns = _chosen(publication, words)
    sample = publication.table.head(60)
    wished = [_wished(sample[column.name], column, words) for column in columns]
    while len(columns) > 1 and sum(min(one, WIDEST) for one in wished) > 1.5 * width:
        columns, wished = columns[:-1], wished[:-1]
    widths = _fitted(wished, width)
    heads = tuple(Cell(_head(column)) for column in columns)
    more_columns = len(publication.columns) - len(columns)
    tops = _height(heads, widths, is_bold=True)
    digits = [_digits(publication.table[column.name]) for column in columns]
    room, rows, heights = height - tops - 1.8 * LETTERS, [], [tops]
    for row in publication.table[[column.name for column in columns]].itertuples(index=False, name=None):
        cells = tuple(_cell(value, words, n) for value, n in zip(row, digits, strict=True))
        high = _height(cells, widths)
        if high > room or len(rows) >= 40:
            break
        rows.append(cells)
        heights.append(high)
        room -= high
    left_out = len(publication.table) - len(rows)
    told = []
    if left_out:
        told.append(words.plural("and {n} more row in the file", "and {n} more rows in the file", left_out))
    if more_columns:
        told.append(words.plural("{n} more column in the file", "{n} more columns in the file", more_columns))
    return Grid(widths, heads, tuple(rows), tuple(heights), "; ".join(told))


def _chosen(publication: Publication, words: Words) -> list[Column]:
    """The first columns that say something, ids and sources last."""
    table = publication.table
    said = [
        c for c in publication.columns if any(_cell(v, words).text != "–" for v in table[c.name].head(60))
    ]
    said = said or list(publication.columns)
    is_quiet = [_is_quiet(column, table[column.name].head(60)) for column in said]
    told = [c for c, quiet in zip(said, is_quiet, strict=True) if not quiet]
    return (told or said)[:MOST_COLUMNS]


def _is_quiet(column: Column, values: pd.Series) -> bool:
    """Does a column hold ids, links or notes, which a file needs and a slide does not?"""
    if column.name in UNSEEN or column.name.endswith(("_id", "_ids", "_note", "_key")):
        return True
    said = [value for value in values if isinstance(value, str) and value]
    return bool(said) and all(KEY.fullmatch(value) for value in said)


def _digits(values: pd.Series) -> int:
    """Decimals that the numbers of a column have, two at most, the same for all."""
    numbers = [float(one) for one in values.head(60) if isinstance(one, Real) and not pd.isna(one)]
    return next((n for n in (0, 1) if all(abs(round(v, n) - v) < 1e-6 for v in numbers)), 2)


def _head(column: Column) -> str:
    return f"{column.title}, {column.unit}" if column.unit else column.title


def _cell(value: Any, words: Words, digits: int | None = None) -> Cell:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
        return Cell("–")
    if isinstance(value, bool):
        return Cell(words("yes") if value else words("no"))
    if isinstance(value, Real):
        return Cell(words.number(float(value), digits), True)
    return Cell(x.plain(str(value), LONGEST_CELL))


def _wished(values: pd.Series, column: Column, words: Words) -> float:
    """The width at which nearly all cells have one line, and no word of the head is cut."""
    cells = sorted(text_width(_cell(value, words).text, LETTERS) for value in values)
    usual = cells[int(len(cells) * 0.9)] if cells else 0.0
    head = max((text_width(word, LETTERS, True) for word in _head(column).split(" ")), default=0.0)
    return max(min(usual, WIDEST) + SIDES, head + SIDES, NARROWEST)


def _fitted(wished: list[float], width: float) -> tuple[float, ...]:
    total = sum(wished)
    if total <= width:
        return tuple(one + (width - total) * one / total for one in wished)
    # Narrow columns keep what they need; wide ones give way.
    even = width / len(wished)
    narrow = sum(one for one in wished if one <= even)
    wide = sum(one for one in wished if one > even)
    share = (width - narrow) / wide if wide else 1.0
    return tuple(one if one <= even else one * share for one in wished)


def _height(cells: tuple[Cell, ...], widths: tuple[float, ...], *, is_bold: bool = False) -> float:
    count = max(
        len(wrapped(cell.text, LETTERS, wide - SIDES, is_bold)) or 1
        for cell, wide in zip(cells, widths, strict=True)
    )
    return count * LINE * LETTERS + ABOVE


def add_table(slide: Any, publication: Publication, box: x.Box) -> None:
    """Put the table onto a slide, with a line under it that says what is left out."""
    grid = grid_of(publication, box[2], box[3])
    left, top, width = (Emu(round(side * x.PIXEL)) for side in box[:3])
    high = sum(grid.heights)
    shape = (len(grid.rows) + 1, len(grid.widths))
    frame = slide.shapes.add_table(*shape, left, top, width, Emu(round(high * x.PIXEL)))
    frame.name = x.plain(publication.title, x.LONGEST_NAME)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", x.plain(publication.alt, 1000))
    table, language = frame.table, publication.words.language
    for column, wide in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(round(wide * x.PIXEL))
    for i, (cells, high_row) in enumerate(zip((grid.heads, *grid.rows), grid.heights, strict=True)):
        table.rows[i].height = Emu(round(high_row * x.PIXEL))
        for j, cell in enumerate(cells):
            _write(table.cell(i, j), cell, language, is_head=i == 0, is_even=i % 2 == 0)
    if grid.more:
        place = (box[0], box[1] + high + 4, box[2], 1.5 * LETTERS)
        runs = [x.run(grid.more, language, LETTERS * 0.7, "#4d5a63")]
        xml = x.text_box(90, grid.more, place, runs, anchor="t")
        slide.shapes._spTree.append(x.parsed(xml))


def _write(drawn: Any, cell: Cell, language: str, *, is_head: bool, is_even: bool) -> None:
    drawn.text = cell.text
    drawn.margin_left = drawn.margin_right = Emu(round(SIDES / 2 * x.PIXEL))
    drawn.margin_top = drawn.margin_bottom = Emu(round(ABOVE / 2.4 * x.PIXEL))
    drawn.vertical_anchor = MSO_ANCHOR.MIDDLE
    drawn.fill.solid()
    drawn.fill.fore_color.rgb = HEAD if is_head else EVEN if is_even else RGBColor(255, 255, 255)
    for paragraph in drawn.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if cell.is_number else PP_ALIGN.LEFT
        for piece in paragraph.runs:
            piece.font.size, piece.font.bold, piece.font.name = Pt(LETTERS * 0.75), is_head, x.FONT
            piece.font.color.rgb = INK
            piece._r.find(qn("a:rPr")).set("lang", x.LANGUAGES[language])
