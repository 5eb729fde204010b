"""The table of a publication as a workbook: a sheet of data, and one with all that must be known of them."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import xlsxwriter

from dashboard.export import about
from dashboard.export.csv_file import heading, plain
from dashboard.export.publication import Publication, Size, Wishes

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NARROWEST, WIDEST = 9, 60  # letters that a column is wide
ROWS_MEASURED = 200


def xlsx_file(publication: Publication, _size: Size, wishes: Wishes) -> bytes:
    """The workbook; numbers are numbers, days are days, and no text is ever a formula."""
    memory, words = io.BytesIO(), publication.words
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        (title, _), made = publication.titled(wishes), publication.atlas.date
        day = datetime.datetime.combine(made, datetime.time())  # no clock: the same data give the same file
        book.set_properties({"title": title, "author": "Corridor Atlas", "created": day})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day_format = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        _write_data(book.add_worksheet(_sheet_name(words("Data"))), publication, bold, day_format)
        _write_about(book, publication, wishes, bold)
    return memory.getvalue()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31]


def _write_data(page: Any, publication: Publication, bold: Any, day_format: Any) -> None:
    for number, column in enumerate(publication.columns):
        cells = [plain(cell) for cell in publication.table[column.name]]
        page.write_string(0, number, heading(column), bold)
        is_day = _are_days(cells)
        for row, cell in enumerate(cells, start=1):
            if is_day and cell:
                page.write_datetime(row, number, datetime.date.fromisoformat(cell), day_format)
            else:
                write_cell(page, row, number, cell)
        widest = max((len(str(cell)) for cell in cells[:ROWS_MEASURED] if cell is not None), default=0)
        title = max(len(word) for word in heading(column).split(" "))
        page.set_column(number, number, min(max(widest, title, NARROWEST), WIDEST) + 2)
    page.freeze_panes(1, 0)
    if len(publication.table) and publication.columns:
        page.autofilter(0, 0, len(publication.table), len(publication.columns) - 1)


def _are_days(cells: list[Any]) -> bool:
    """Do all cells that say something say a day?"""
    said = [cell for cell in cells if cell not in (None, "")]
    return bool(said) and all(isinstance(cell, str) and A_DAY.fullmatch(cell) for cell in said)


def write_cell(page: Any, row: int, number: int, cell: Any, *form: Any) -> None:
    """Write a text as text and a number as number; nothing for what is missing."""
    if isinstance(cell, bool):
        page.write_boolean(row, number, cell, *form)
    elif isinstance(cell, int | float):
        page.write_number(row, number, cell, *form)
    elif cell:
        page.write_string(row, number, str(cell), *form)


def _write_about(book: Any, publication: Publication, wishes: Wishes, bold: Any) -> None:
    words = publication.words
    page, wrap = (
        book.add_worksheet(_sheet_name(words("About the data"))),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    row = 0
    for fact in about.facts(publication, wishes):
        page.write_string(row, 0, fact.title, bold)
        page.write_string(row, 1, fact.text, wrap)
        row += 1
    row = _write_list(
        page,
        row + 1,
        (words("Column"), words("Title"), words("Unit")),
        [(column.name, column.title, column.unit) for column in publication.columns],
        bold,
        wrap,
    )
    sources = [tuple(source.values()) for source in about.sources_of(publication)]
    _write_list(page, row + 1, about.source_titles(words), sources, bold, wrap)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 70)
    page.set_column(2, 5, 28)


def _write_list(page: Any, row: int, titles: Any, lines: list[Any], bold: Any, wrap: Any) -> int:
    """A list with its headings; the row after it."""
    for number, title in enumerate(titles):
        page.write_string(row, number, title, bold)
    for line in lines:
        row += 1
        for number, cell in enumerate(line):
            write_cell(page, row, number, cell, wrap)
    return row + 1
