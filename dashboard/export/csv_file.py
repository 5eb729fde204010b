"""The table of a publication as CSV: UTF-8 with a byte order mark, as spreadsheets expect, and safe cells."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd

from dashboard.export.publication import Column, Publication, Size, Wishes

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins with one of these may run as a formula when a spreadsheet opens the file."""


def csv_file(publication: Publication, _size: Size, _wishes: Wishes) -> bytes:
    """One row of headings in the reader's words, and the rows; numbers with a point, nothing for missing."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(heading(column)) for column in publication.columns])
    for row in publication.table.itertuples(index=False, name=None):
        writer.writerow([written(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def heading(column: Column) -> str:
    """Title of a column with its unit."""
    return f"{column.title}, {column.unit}" if column.unit else column.title


def written(cell: Any) -> str | int | float:
    """A cell as it goes into the file."""
    value = plain(cell)
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(cell: Any) -> str | int | float | bool | None:
    """A cell as text, truth or number of Python, whole numbers without a point; None where it is missing."""
    if cell is None or cell is pd.NA or (isinstance(cell, float | np.floating) and not np.isfinite(cell)):
        return None
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    if isinstance(cell, int | np.integer):
        return int(cell)
    if isinstance(cell, float | np.floating):
        return int(cell) if float(cell).is_integer() and abs(cell) < 2**53 else float(cell)
    return str(cell)
