"""Versions of the data tables: kept ones as zip files beside the data, any folder or zip to compare.

`python -m layers.versions keep [FOLDER]` keeps the tables as they are now, `list` names those kept.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import io
import json
import math
import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from layers.atlas import Atlas, load
from layers.contract import DataError, Fault, files
from layers.contract.tables import TABLES

FOLDER = "versions"
LARGEST_TABLE = 50_000_000
"""Bytes; a zip file may claim to hold more than a computer can take."""

SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a kept zip: keeping the same tables twice gives the same bytes."""


@dataclass(frozen=True, eq=False)
class Version:
    """The tables of one version as texts, indexed by the ids of their rows; `name` is what it is called.

    `shapes` tells the geometry of each feature by GeoJSON file and feature id; {} where the version has no
    geometry files, as a kept one.
    """

    name: str
    tables: dict[str, pd.DataFrame]
    shapes: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A kept version: the day and the data version in its file name."""

    path: Path
    date: str
    version: str

    @property
    def name(self) -> str:
        """What tells it apart in an address: "2026-11-22-aae43e2e6b73"."""
        return self.path.stem


def kept_versions(folder: Path) -> list[Kept]:
    """The versions kept beside the data of a folder, newest first; files with other names are left alone."""
    return sorted(_kept_in(folder / FOLDER), key=lambda one: one.name, reverse=True)


def versions_of(atlas: Atlas) -> list[Kept]:
    """The versions kept beside the data of an atlas and those published, each once, newest first."""
    places = dict.fromkeys((atlas.folder / FOLDER, *atlas.kept_in))
    named = {one.name: one for place in places for one in _kept_in(place)}
    turn = {one.name: number for number, one in enumerate(atlas.publications)}
    return sorted(
        named.values(), key=lambda one: (one.date, turn.get(one.name, -1), one.version), reverse=True
    )


def _kept_in(place: Path) -> Iterable[Kept]:
    for path in sorted(place.glob("*.zip")):
        if hit := re.fullmatch(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{12})", path.stem):
            yield Kept(path, hit[1], hit[2])


def keep(folder: Path, day: str | None = None) -> Path:
    """Write the tables of a faultless folder as a version of a day (today's when None); whole or not at all.

    Raises DataError where the folder has faults.
    """
    atlas = load(folder)
    day = day or datetime.date.today().isoformat()
    datetime.date.fromisoformat(day)
    target = folder / FOLDER / f"{day}-{atlas.version}.zip"
    target.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(packed(files.folder_bytes(folder)))
    os.chmod(file.name, 0o644)
    os.replace(file.name, target)
    return target


def packed(found: Mapping[str, bytes]) -> bytes:
    """The tables among the data files as a zip; equal tables give equal bytes."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name in TABLES:
            entry = zipfile.ZipInfo(f"{name}.csv", SAME_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, found[f"{name}.csv"], compresslevel=9)
    return zipped.getvalue()


def read_version(path: Path) -> Version:
    """The tables of a folder or zip file, of today's shape or an older one; a DataError says what is wrong.

    Only what comparing needs is checked: that there are tables, that they are UTF-8 CSV, that ids are there
    and stand once. `python -m layers.check` checks all the rest.
    """
    read = version_in(_zipped(path) if path.is_file() else files.folder_bytes(path), path)
    if not read.tables:
        fault = Fault(str(path), 0, "", "", "no tables in it", "CSV files such as sites.csv")
        raise DataError([fault])
    return read


def version_in(found: dict[str, bytes], path: Path) -> Version:
    """The tables and shapes among these files of a folder or zip."""
    faults: list[Fault] = []
    tables = {}
    for name in sorted(found):
        if name.removesuffix(".csv") in TABLES:
            shown = f"{path.name}/{name}"
            text = files.read_text(name, found, shown, faults)
            lines = None if text is None else files.read_lines(text, shown, faults)
            if lines is not None:
                tables[name.removesuffix(".csv")] = _table(lines, shown, faults)
    if faults:
        raise DataError(faults)
    return Version(str(path), tables, _shapes(path.name, found))


def _zipped(path: Path) -> dict[str, bytes]:
    """The CSV files of a zip by name, whatever folder of the zip they lie in."""
    try:
        with zipfile.ZipFile(path) as archive:
            tables = [entry for entry in archive.infolist() if entry.filename.endswith(".csv")]
            if any(entry.file_size > LARGEST_TABLE for entry in tables):
                raise DataError([Fault(str(path), 0, "", "", "a table is too large", "tables below 50 MB")])
            return {entry.filename.rpartition("/")[2]: archive.read(entry) for entry in tables}
    except (zipfile.BadZipFile, OSError) as error:
        fault = Fault(str(path), 0, "", "", f"not a zip file ({error})", "a data folder or a kept version")
        raise DataError([fault]) from error


def _shapes(folder: str, found: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """What tells the geometry of each feature by file and id; a file whose features have no ids is one."""
    told = {}
    for name in (name for name in found if name.endswith(".geojson")):
        try:
            features = json.loads(found[name])["features"]
            has_ids = all("id" in one for one in features)
            parts = {str(one["id"]): one["geometry"] for one in features} if has_ids else {}
            told[name] = {
                one: _told(geometry)
                for one, geometry in (parts or {"": [one["geometry"] for one in features]}).items()
            }
        except (ValueError, KeyError, TypeError) as error:
            expected = "a GeoJSON file with features"
            fault = Fault(f"{folder}/{name}", 0, "", "", f"cannot be read ({error})", expected)
            raise DataError([fault]) from error
    return told


def _told(geometry: Any) -> str:
    """How many numbers a geometry has, and a digest that changes with any of them."""
    text = json.dumps(geometry, sort_keys=True)
    return f"{text.count(',') + 1} numbers, {hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _table(lines: dict[int, list[str]], shown: str, faults: list[Fault]) -> pd.DataFrame:
    """Rows by id as text; rows with too many or too few cells and ids that stand twice are faults."""
    header = lines.pop(1, [])
    for line, row in lines.items():
        if len(row) != len(header):
            expected = f"{len(header)} as in the header"
            faults.append(Fault(shown, line, "", "", f"{len(row)} cells in the row", expected))
    rows = [row for row in lines.values() if len(row) == len(header)]
    table = pd.DataFrame(rows, columns=header, dtype="str")
    if not header:
        faults.append(Fault(shown, 1, "", "", "no header", "the names of the columns"))
        return table
    for one in table[header[0]][table[header[0]].duplicated()].unique():
        faults.append(Fault(shown, 0, header[0], one, "this id stands twice", "each id once"))
    return table.set_index(header[0])


# Key: the file and when it was written; a version that is written anew is read anew.
def version_of(kept: Kept) -> Version:
    """A kept version, read once."""
    return _version_of(kept.path, kept.path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _version_of(path: Path, _written_ns: int) -> Version:
    return read_version(path)


# Key: the atlas, one object a data version.
@lru_cache(maxsize=2)
def version_now(atlas: Atlas) -> Version:
    """The tables of the atlas as texts, as they would stand in its files."""
    tables = {}
    for name, schema in TABLES.items():
        frame = getattr(atlas, name)
        columns = [column for column in schema.columns if column in frame]
        tables[name] = frame[columns].apply(lambda cells: cells.map(_text)).astype("str")
    return Version(atlas.version, tables)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if value is pd.NA or value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Keep a version or list those kept; exit status 2 where that is not possible."""
    parser = argparse.ArgumentParser(
        prog="python -m layers.versions", description="Keep the data tables as they are now, for comparing."
    )
    parser.add_argument("action", choices=("keep", "list"))
    parser.add_argument("folder", nargs="?", type=Path, default=Path("geodata"), help="geodata if left out")
    parser.add_argument("--date", help="the day the version is of, such as 2026-11-22 (today)")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.action == "keep":
            sys.stdout.write(f"{keep(chosen.folder, chosen.date)}\n")
        else:
            sys.stdout.writelines(
                f"{one.date}  {one.version}  {one.path}\n" for one in _listed(chosen.folder)
            )
    except (DataError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _listed(folder: Path) -> Iterable[Kept]:
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: no such folder")
    return kept_versions(folder)


if __name__ == "__main__":
    sys.exit(main())
