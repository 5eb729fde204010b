"""The kinds of column a table can have, each a pandera Column that can say what it expects.

A column's `metadata` holds its `form` (how the text of the cell becomes a value), `expected` (the words
for the reader), `words` (a closed vocabulary) and `refers_to` (the table whose ids it may name).
Each check carries in `title` what is wrong when it fails.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from layers.contract.words import GAUGES_MM

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
LONGEST_NAME = 300
PARTLY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def text(*, required: bool = False, expected: str = "some text") -> pa.Column:
    """Free text; empty means not known unless it is required."""
    checks = [filled()] if required else []
    return pa.Column(checks=checks, metadata={"form": "text", "expected": expected})


def name(*, required: bool = True) -> pa.Column:
    """What a thing is called: short enough for a label on a map and a line of a list."""
    short = pa.Check(lambda cells: cells.str.len().le(LONGEST_NAME), title="too long for a name")
    checks = [filled(), short] if required else [short]
    return pa.Column(
        checks=checks, metadata={"form": "text", "expected": f"a name of at most {LONGEST_NAME} letters"}
    )


def key(pattern: str = ID, example: str = "a short id of letters, digits, hyphens") -> pa.Column:
    """The id of a row: there in every row, each id once, of one form; it may stand in any address."""
    form = re.compile(pattern)
    fits = pa.Check(
        lambda ids: each(ids, lambda one: not one or bool(form.fullmatch(one))), title="not an id"
    )
    once = pa.Check(lambda ids: ids.eq("") | ~ids.duplicated(), title="this id stands twice")
    return pa.Column(
        checks=[filled(), fits, once], metadata={"form": "text", "expected": f"each id once, {example}"}
    )


def word(allowed: tuple[str, ...], *, required: bool = True) -> pa.Column:
    """One word of a closed vocabulary."""
    known = pa.Check(lambda cells: cells.eq("") | cells.isin(allowed), title="unknown word")
    return pa.Column(
        checks=[filled(), known] if required else [known],
        metadata={"form": "text", "words": allowed, "expected": f"one of {', '.join(allowed)}"},
    )


def words(allowed: tuple[str, ...], *, required: bool = False) -> pa.Column:
    """Several words of a closed vocabulary, separated by ";"."""
    known = pa.Check(lambda cells: each(cells, lambda some: set(some) <= set(allowed)), title="unknown word")
    return pa.Column(
        checks=[filled(), whole_list(), known] if required else [whole_list(), known],
        metadata={
            "form": "list",
            "words": allowed,
            "expected": f'words of {", ".join(allowed)}, separated by ";"',
        },
    )


def one_id(table: str, *, required: bool = True) -> pa.Column:
    """The id of a row of another table; whether it exists is checked once all tables are read."""
    return pa.Column(
        checks=[filled()] if required else [],
        metadata={"form": "text", "refers_to": table, "expected": f"an id of {table}.csv"},
    )


def ids(table: str, *, required: bool = False) -> pa.Column:
    """Ids of rows of another table, separated by ";"."""
    return pa.Column(
        checks=[filled(), whole_list()] if required else [whole_list()],
        metadata={"form": "list", "refers_to": table, "expected": f'ids of {table}.csv, separated by ";"'},
    )


def sources() -> pa.Column:
    """The sources of a row: never empty, because every number leads to its source."""
    column = ids("sources", required=True)
    column.metadata["expected"] = (
        'at least one id of sources.csv (GK for general knowledge), separated by ";"'
    )
    return column


def link() -> pa.Column:
    """The address of a web page; nothing but http and https may become a link in the atlas."""
    web = pa.Check(lambda cells: cells.eq("") | cells.str.match(r"https?://\S+$"), title="not a web address")
    return pa.Column(
        checks=[web], metadata={"form": "text", "expected": "an address that begins with https://"}
    )


def texts() -> pa.Column:
    """Free texts separated by ";"."""
    return pa.Column(checks=[whole_list()], metadata={"form": "list", "expected": 'texts separated by ";"'})


def number(
    unit: str,
    low: float | None = None,
    high: float | None = None,
    *,
    required: bool = False,
    whole: bool = False,
) -> pa.Column:
    """A number in one unit, within bounds that are themselves allowed; empty means not known."""
    checks = []
    if low is not None or high is not None:
        least, most = (float("-inf") if low is None else low), (float("inf") if high is None else high)
        checks.append(pa.Check.in_range(least, most, title="out of range"))
    kind = f"{unit}, a whole number" if whole else unit
    return pa.Column(
        "Int64" if whole else float,
        checks=checks,
        nullable=not required,
        metadata={"form": "whole" if whole else "number", "expected": kind + bounds(low, high)},
    )


def gauge() -> pa.Column:
    """A rail gauge in millimetres; empty where it is not decided or not a railway."""
    column = number("millimetres", whole=True)
    column.checks.append(pa.Check.isin(GAUGES_MM, title="no such gauge"))
    column.metadata["expected"] = f"millimetres, one of {', '.join(map(str, GAUGES_MM))}"
    return column


def latitude() -> pa.Column:
    """Degrees north, WGS 84."""
    return number("degrees", -90, 90, required=True)


def longitude() -> pa.Column:
    """Degrees east, WGS 84."""
    return number("degrees", -180, 180, required=True)


def year(*, required: bool = False) -> pa.Column:
    """A calendar year."""
    return number("a year", 1850, 2100, required=required, whole=True)


def yes_no() -> pa.Column:
    """True or false, written out."""
    return pa.Column(bool, metadata={"form": "yes_no", "expected": "true or false"})


def day(*, required: bool = False) -> pa.Column:
    """One day as YYYY-MM-DD."""
    return dated(DAY, "a day that exists, as YYYY-MM-DD", required)


def date(*, required: bool = False) -> pa.Column:
    """A day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY."""
    return dated(PARTLY, "a date that exists, as YYYY-MM-DD, YYYY-MM or YYYY", required)


def dated(form: re.Pattern, expected: str, required: bool) -> pa.Column:
    """ISO text of a day or of part of one, kept as text because parts of a date have no other type."""
    there = pa.Check(
        lambda cells: each(cells, lambda cell: not cell or exists(cell, form)), title="no such date"
    )
    return pa.Column(
        checks=[filled(), there] if required else [there], metadata={"form": "text", "expected": expected}
    )


def points() -> pa.Column:
    """A line edited by hand as "lat lon; lat lon", degrees; read by numbers.points."""
    return pa.Column(
        checks=[filled()],
        metadata={"form": "points", "expected": 'degrees as "lat lon; lat lon", latitude first'},
    )


def filled() -> pa.Check:
    """Nothing may be left empty."""
    return pa.Check(lambda cells: each(cells, bool), title="empty")


def whole_list() -> pa.Check:
    """No item of a list is empty or stands twice."""
    return pa.Check(
        lambda cells: each(cells, lambda some: "" not in some and len(set(some)) == len(some)),
        title="an item of the list is empty or stands twice",
    )


def each(cells: pd.Series, holds: Callable[[object], bool]) -> pd.Series:
    """Whether something holds for each cell; what many cells hold is looked at once."""
    held = cells.tolist()
    truths = {cell: bool(holds(cell)) for cell in set(held)}
    return pd.Series([truths[cell] for cell in held], index=cells.index, dtype=bool)


def exists(cell: str, form: re.Pattern) -> bool:
    """Whether a text of this form names a day, month or year of the calendar."""
    if not form.fullmatch(cell):
        return False
    try:
        datetime.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :] if len(cell) < 10 else cell)
    except ValueError:
        return False
    return True


def bounds(low: float | None, high: float | None) -> str:
    """The allowed range in words."""
    if low is not None and high is not None:
        return f" between {low} and {high}"
    if low is not None:
        return f" of at least {low}"
    return "" if high is None else f" of at most {high}"
