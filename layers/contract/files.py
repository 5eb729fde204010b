"""The bytes of a data folder: its version, its texts in UTF-8 and the rows of its CSV files."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from layers.contract.faults import DataError, Fault, did_you_mean

DATA_SUFFIXES = (".csv", ".geojson")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Rows:
    """A CSV file as text: `cells` indexed by line number, and the columns and rows that cannot be trusted."""

    cells: pd.DataFrame
    missing: tuple[str, ...] = ()
    ragged: frozenset[int] = frozenset()


def is_data(path: Path) -> bool:
    """Is it a table or a geometry file, and not a hidden one, as programs leave while they write?"""
    return path.suffix in DATA_SUFFIXES and not path.name.startswith(".")


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """The data files of a folder by name; a DataError where there is no such folder or it holds none."""
    if not folder.is_dir():
        raise DataError([Fault(str(folder), 0, "", "", "no such folder", "the folder with the data files")])
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if is_data(path)}
    if not files:
        raise DataError(
            [Fault(str(folder), 0, "", "", "no data files in it", "sites.csv, regions.geojson and others")]
        )
    return files


def version(files: dict[str, bytes]) -> str:
    """Twelve hexadecimal digits that change when, and only when, the name or content of a data file does."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]


def read_text(name: str, files: dict[str, bytes], shown: str, faults: list[Fault]) -> str | None:
    """The text of a file, or None where it is missing, empty or not UTF-8; messages call it `shown`."""
    if name not in files:
        found = [other for other in files if other.rsplit(".")[-1] == name.rsplit(".")[-1]]
        close = difflib.get_close_matches(name, found, n=1, cutoff=0.8)
        hint = f" (did you mean {close[0]}?)" if close else ""
        faults.append(Fault(shown, 0, "", "", f"file is missing{hint}", "a file of this name in the folder"))
        return None
    data = files[name]
    if not data.removeprefix(BYTE_ORDER_MARK).strip():
        faults.append(
            Fault(shown, 0, "", "", "file is empty", "the data, or the copy before the last change")
        )
        return None
    if data.startswith(BYTE_ORDER_MARK):
        faults.append(
            Fault(shown, 1, "", "", "begins with a byte-order mark", 'UTF-8 without BOM (save as "UTF-8")')
        )
        data = data.removeprefix(BYTE_ORDER_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8, looks like {likely_encoding(data)}"
        faults.append(Fault(shown, row, "", "", problem, "UTF-8 without BOM: save the file again in UTF-8"))
        return None


def likely_encoding(data: bytes) -> str:
    """The encoding that a file not in UTF-8 was most likely saved in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 'UTF-16 ("Unicode" in Windows programs)'
    beyond_ascii = bytes(byte for byte in data if byte > 127)
    cyrillic = sum("а" <= letter.lower() <= "я" for letter in beyond_ascii.decode("cp1251", "replace"))
    if cyrillic > 0.7 * len(beyond_ascii):
        return "Windows-1251 (cp1251)"
    return "Windows-1252 (cp1252)"


def read_rows(text: str, schema: pa.DataFrameSchema, shown: str, faults: list[Fault]) -> Rows | None:
    """The rows of a CSV text, with a fault for each wrong column and row; None where there is no table."""
    lines = read_lines(text, shown, faults)
    if lines is None:
        return None
    header = lines.pop(1, [])
    if len(header) == 1 and header[0].count(";") >= len(schema.columns) // 2:
        faults.append(Fault(shown, 1, "", "", "columns separated by semicolons", "commas between columns"))
        return None
    missing = header_faults(header, schema, shown, faults)
    if next(iter(schema.columns)) in missing or len(set(header)) < len(header):
        return None
    if not lines:
        faults.append(Fault(shown, 1, "", "", "no rows below the header", "at least one row"))
        return None
    ragged = {line for line, row in lines.items() if len(row) != len(header)}
    for line in ragged:
        row = lines[line]
        expected = f"{len(header)} as in the header (quote a text that holds a comma)"
        faults.append(Fault(shown, line, header[0], row[0], f"{len(row)} cells in the row", expected))
        row[:] = (row + [""] * len(header))[: len(header)]
    cells = pd.DataFrame(list(lines.values()), columns=header, index=list(lines), dtype="str")
    known = [name for name in schema.columns if name not in missing]
    return Rows(cells[known], tuple(missing), frozenset(ragged))


def read_lines(text: str, shown: str, faults: list[Fault]) -> dict[int, list[str]] | None:
    """The cells of each row by the line it begins on, without empty lines; None where quotes do not match."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: dict[int, list[str]] = {}
    texts: dict[str, str] = {}  # equal cells become one object
    line = 1
    try:
        for row in reader:
            if row:
                lines[line] = [texts.setdefault(cell, cell) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        expected = 'each " closed, and doubled inside'
        faults.append(Fault(shown, line, "", "", f"broken CSV ({error})", expected))
        return None
    return lines


def header_faults(
    header: Iterable[str], schema: pa.DataFrameSchema, shown: str, faults: list[Fault]
) -> list[str]:
    """The columns that are missing; a fault for each of them and for each column unknown or written twice."""
    header = list(header)
    missing = [name for name in schema.columns if name not in header]
    for name in missing:
        faults.append(Fault(shown, 1, "column", name, "missing", "this column in the first row"))
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            faults.append(Fault(shown, 1, "column", name, "stands twice", "each column once"))
        elif name not in schema.columns:
            problem = f"unknown column{did_you_mean(name, missing)}"
            faults.append(Fault(shown, 1, "column", name, problem, f"only {', '.join(schema.columns)}"))
    return missing
