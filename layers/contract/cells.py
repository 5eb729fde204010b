"""From text to values: every cell of a table read by the form of its column, then checked by its schema."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from layers.contract import numbers
from layers.contract.faults import Fault, did_you_mean
from layers.contract.signs import unseen


def read_values(
    texts: pd.DataFrame, schema: pa.DataFrameSchema, shown: str, faults: list[Fault]
) -> pd.DataFrame:
    """The table with values in place of texts, indexed by line; a fault for each cell that breaks a rule.

    Numbers become float64 or Int64 (not known: NaN, NA), lists tuples, true and false bool; all else stays
    text. A cell that cannot be read counts as not known and is named once.
    """
    unread: set[tuple[int, str]] = set()
    columns = {}
    for name in texts.columns:
        metadata = schema.columns[name].metadata
        values, wrong = FORMS[metadata["form"]](texts[name])
        columns[name] = values
        wrong = wrong | problems(texts[name], unseen)
        for row, problem in wrong.items():
            unread.add((row, name))
            faults.append(Fault(shown, row, name, texts.at[row, name], problem, metadata["expected"]))
    values = pd.DataFrame(columns, index=texts.index)
    missing = [name for name in schema.columns if name not in texts.columns]
    present = schema.remove_columns(missing) if missing else schema
    try:
        present.validate(values, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check_number", "index"]]
        for name, check_number, row in cases.itertuples(index=False):
            if (row, name) not in unread:
                faults.append(
                    fault_of_check(present.columns[name], check_number, row, texts.at[row, name], shown)
                )
    return values


def fault_of_check(column: pa.Column, check_number: int | None, row: int, text: str, shown: str) -> Fault:
    """A failed check in words; a bad word out of a list is named alone."""
    problem = "empty" if pd.isna(check_number) or not text else column.checks[int(check_number)].title
    expected = column.metadata["expected"]
    allowed = column.metadata.get("words")
    if allowed and problem == "unknown word":
        unknown = [one for one in text.split(";") if one.strip() not in allowed]
        text = ";".join(unknown)
        problem += did_you_mean(text, allowed)
    return Fault(shown, row, column.name, text, problem, expected)


def problems(cells: pd.Series, problem_of: Callable[[str], str]) -> dict[int, str]:
    """The problem of each cell that has one, by its row; what many cells hold is looked at once."""
    found = {cell: problem for cell in set(cells.tolist()) if (problem := problem_of(cell))}
    if not found:
        return {}
    return {row: found[cell] for row, cell in cells.items() if cell in found}


def read_each(cells: pd.Series, value_of: Callable[[str], object]) -> list:
    """The value of each cell; what many cells hold is read once, and is one object."""
    values = {cell: value_of(cell) for cell in set(cells.tolist())}
    return [values[cell] for cell in cells.tolist()]


def as_text(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """The text itself, refused where spaces stand around it."""
    return cells, problems(cells, lambda cell: "spaces around the text" if cell != cell.strip() else "")


def as_list(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """The items between semicolons as a tuple."""
    items = read_each(cells, lambda cell: tuple(item.strip() for item in cell.split(";")) if cell else ())
    return pd.Series(items, index=cells.index, dtype=object), {}


def as_number(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """Numbers with a decimal point as float64."""
    values = read_each(cells, lambda cell: numbers.number(cell) if cell else math.nan)
    wrong = problems(
        cells, lambda cell: numbers.reason(cell) if cell and numbers.number(cell) is None else ""
    )
    return pd.Series(values, index=cells.index, dtype=float), wrong


def as_whole(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """Whole numbers as Int64."""
    values = read_each(cells, lambda cell: int(cell) if numbers.WHOLE.fullmatch(cell) else None)
    wrong = problems(
        cells,
        lambda cell: numbers.reason(cell, whole=True) if cell and not numbers.WHOLE.fullmatch(cell) else "",
    )
    return pd.Series(values, index=cells.index, dtype="Int64"), wrong


def as_yes_no(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """The words true and false as bool."""
    wrong = dict.fromkeys(cells.index[~cells.isin(("true", "false"))], "neither true nor false")
    return cells.eq("true"), wrong


def as_points(cells: pd.Series) -> tuple[pd.Series, dict[int, str]]:
    """Points "lat lon; lat lon", kept as text and tried out here."""
    return cells, problems(cells, unreadable_points)


def unreadable_points(cell: str) -> str:
    """Why a text is no list of points, "" where it is one."""
    try:
        numbers.points(cell or "0 0")
    except ValueError as error:
        return f'"{error}" is not a latitude and a longitude'
    return ""


FORMS = {
    "text": as_text,
    "list": as_list,
    "number": as_number,
    "whole": as_whole,
    "yes_no": as_yes_no,
    "points": as_points,
}
