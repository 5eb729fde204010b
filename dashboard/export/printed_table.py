"""The table of a publication as it is printed: what readers look at first, in the words of their language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from numbers import Real
from typing import Any

import pandas as pd

from dashboard.export.csv_file import heading, plain
from dashboard.export.publication import Column
from dashboard.figures.sheet_table import Printed
from dashboard.text import Words

MOST_ROWS = 120
"""Rows that any sheet can hold."""

A_DAY = re.compile(r"\d{4}(-\d{2}){1,2}")
YEARS = ("year", "opened", "announced", "expected", "started")
FOR_PROGRAMS = ("key", "longitude", "latitude", "address", "url", "code")
ENDS_FOR_PROGRAMS = ("_id", "_ids", "_key")


def printed_columns(frame: pd.DataFrame, columns: Sequence[Column], words: Words) -> list[Printed]:
    """The columns for readers: without ids and coordinates, and without those in which nothing stands.

    Those that say the same in every row come last, because they may have no room.
    """
    shown = [one for one in columns if not _is_for_programs(one.name)] or list(columns)
    made = [_printed(frame[one.name].head(MOST_ROWS), one, words) for one in shown]
    told = [one for one in made if any(one.cells)] or made
    return sorted(told, key=lambda one: len(one.cells) > 1 and len(set(one.cells)) == 1)


def _is_for_programs(name: str) -> bool:
    return name in FOR_PROGRAMS or name.endswith(ENDS_FOR_PROGRAMS)


def _printed(cells: pd.Series, column: Column, words: Words) -> Printed:
    values = [plain(cell) for cell in cells]
    numbers = [_is_number(value) for value in values if value not in (None, "")]
    return Printed(
        heading(column),
        tuple(shown(value, column.name, words) for value in values),
        bool(numbers) and all(numbers),
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def shown(value: Any, name: str, words: Words) -> str:
    """A cell as a reader's language writes it: years without marks of thousands, days in words."""
    if value is None or value == "":
        return ""
    if _is_number(value):
        return str(int(value)) if name in YEARS else words.number(value)
    if isinstance(value, str) and A_DAY.fullmatch(value):
        return words.date(value)
    return str(value)
