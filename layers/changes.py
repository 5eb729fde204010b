"""What differs between two versions of the data: `python -m layers.changes OLD NEW` for folders or kept zips.

Rows are matched by their ids. Texts that mean the same number are no change.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from layers.contract import DataError
from layers.contract.tables import TABLES
from layers.versions import Version, read_version

COLUMNS = ["table", "row_id", "change", "column", "old", "new", "old_source_ids", "new_source_ids"]
KINDS = ("added", "removed", "changed", "column-added", "column-removed", "table-added", "table-removed")
COLUMN_KINDS = ("column-added", "column-removed")
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


# Key: the two versions, one object each; a comparison leaves the cache by disuse.
@lru_cache(maxsize=16)
def changes(old: Version, new: Version) -> pd.DataFrame:
    """Every difference in the order of the tables: table, row_id, change (one of KINDS), column, old, new.

    A row that came or went is one difference, whose `old` or `new` is its name; a cell of a row that both
    have is one each. A column or a table that only one version has is one difference, without rows.
    `old_source_ids` and `new_source_ids` are what the row cites in each version, as tuples.
    """
    parts: list[tuple] = []
    for name in TABLES:
        if name in old.tables and name in new.tables:
            parts += _of_table(name, old.tables[name], new.tables[name])
        elif name in new.tables:
            parts.append((name, "", "table-added", "", "", str(len(new.tables[name])), (), ()))
        elif name in old.tables:
            parts.append((name, "", "table-removed", "", str(len(old.tables[name])), "", (), ()))
    for name in sorted({*old.shapes} & {*new.shapes}):
        parts += _of_shapes(name, old.shapes[name], new.shapes[name])
    return pd.DataFrame(parts, columns=COLUMNS)


def _of_shapes(name: str, old: dict[str, str], new: dict[str, str]) -> list[tuple]:
    """The features of a GeoJSON file that went, came, or have another geometry."""
    found = [(name, one, "removed", "", one, "", (), ()) for one in old if one not in new]
    found += [(name, one, "added", "", "", one, (), ()) for one in new if one not in old]
    moved = (one for one in new if one in old and old[one] != new[one])
    return found + [(name, one, "changed", "geometry", old[one], new[one], (), ()) for one in moved]


def _of_table(name: str, old: pd.DataFrame, new: pd.DataFrame) -> list[tuple]:
    """The differences of one table: columns, rows that went, rows that came, cells."""
    found = [(name, "", "column-added", c, "", "", (), ()) for c in new.columns.difference(old.columns)]
    found += [(name, "", "column-removed", c, "", "", (), ()) for c in old.columns.difference(new.columns)]
    found += [
        (name, one, "removed", "", name_of(old.loc[one]), "", _cited(old, one), ())
        for one in old.index[~old.index.isin(new.index)]
    ]
    found += [
        (name, one, "added", "", "", name_of(new.loc[one]), (), _cited(new, one))
        for one in new.index[~new.index.isin(old.index)]
    ]
    ids = new.index[new.index.isin(old.index)]
    columns = [column for column in new.columns if column in old.columns]
    before, after = old.loc[ids, columns], new.loc[ids, columns]
    differs = before.ne(after) & ~_equal_numbers(before, after)
    for one in ids[differs.any(axis=1)]:
        for column in differs.columns[differs.loc[one]]:
            cells = (before.at[one, column], after.at[one, column])
            found.append((name, one, "changed", column, *cells, _cited(old, one), _cited(new, one)))
    return found


def _equal_numbers(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Where both texts are the same number, such as "1" and "1.0"."""
    parts = [frame.apply(pd.to_numeric, errors="coerce") for frame in (before, after)]
    return parts[0].eq(parts[1])


def name_of(row: pd.Series) -> str:
    """What a row is called in English, from the first of its columns that says it; "" where none does."""
    for column in ("name_en", "event_en", "description_en", "title", "term_en"):
        if row.get(column):
            return row[column]
    said = [row[c] for c in ("indicator", "metric", "flow", "commodity", "direction", "period") if row.get(c)]
    return ", ".join(said)


def _cited(table: pd.DataFrame, row_id: str) -> tuple[str, ...]:
    if "source_ids" not in table:
        return ()
    return tuple(one.strip() for one in table.at[row_id, "source_ids"].split(";") if one.strip())


def counts(found: pd.DataFrame) -> pd.DataFrame:
    """How many rows of each table came, went and changed: columns added, removed, changed; by table."""
    rows = found[found["change"].isin(SIGNS)].drop_duplicates(["table", "row_id"])
    counted = rows.groupby(["table", "change"], sort=False).size().unstack(fill_value=0)
    return counted.reindex(columns=list(SIGNS), fill_value=0).rename_axis(columns=None)


def report(found: pd.DataFrame, old: Version, new: Version) -> str:
    """The differences as text, a table after the other."""
    lines = [f"{old.name} -> {new.name}"]
    if found.empty:
        return "\n".join([*lines, "no difference"])
    counted = counts(found)
    for name, rows in found.groupby("table", sort=False):
        total = counted.loc[name] if name in counted.index else {}
        said = ", ".join(f"{total[kind]} {kind}" for kind in SIGNS if len(total) and total[kind])
        lines += ["", f"{name}: {said}" if said else str(name)]
        whole = rows["change"].isin(COLUMN_KINDS)
        lines += [_columns(own) for _, own in rows[whole].groupby("change", sort=False)]
        lines += [_line(row) for _, row in rows[~whole].iterrows()]
    return "\n".join(lines)


def _columns(rows: pd.DataFrame) -> str:
    """The columns of a table that came, or those that went, in one line."""
    names, said = ", ".join(rows["column"]), rows["change"].iloc[0].removeprefix("column-")
    return f"  the column {names} was {said}" if len(rows) == 1 else f"  the columns {names} were {said}"


def _line(row: pd.Series) -> str:
    if row["change"].startswith("table"):
        return f"  the table was {row['change'].removeprefix('table-')} ({row['old'] or row['new']} rows)"
    cited = ";".join(row["new_source_ids"] or row["old_source_ids"])
    cited = f"  [{cited}]" if cited else ""
    said = f"{row['column']}: {row['old'] or '(empty)'} -> {row['new'] or '(empty)'}" if row["column"] else ""
    return f"  {SIGNS[row['change']]} {row['row_id']}  {said or row['old'] or row['new']}{cited}"


def as_csv(found: pd.DataFrame) -> str:
    """The differences as a CSV text, one a line."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found.itertuples(index=False):
        writer.writerow([";".join(cell) if isinstance(cell, tuple) else cell for cell in row])
    return file.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two folders or kept versions; exit status 2 where one cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m layers.changes", description="What differs between two versions of the data."
    )
    parser.add_argument("old", type=Path, help="a data folder, or a zip that layers.versions has kept")
    parser.add_argument("new", type=Path, nargs="?", default=Path("geodata"), help="another (geodata)")
    parser.add_argument("--csv", action="store_true", help="as a table with commas, one difference a line")
    chosen = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    try:
        old, new = read_version(chosen.old), read_version(chosen.new)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = changes(old, new)
    sys.stdout.write(as_csv(found) if chosen.csv else report(found, old, new) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
