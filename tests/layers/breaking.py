"""Ways to break a copy of the data, and to read what is then said about it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import layers


def faults_of(folder: Path) -> list[str]:
    """The messages of all faults of a folder."""
    with pytest.raises(layers.DataError) as caught:
        layers.load(folder)
    return [str(fault) for fault in caught.value.faults]


def only_fault_of(folder: Path) -> str:
    """The message of the one fault of a folder."""
    messages = faults_of(folder)
    assert len(messages) == 1, messages
    return messages[0]


def set_cells(folder: Path, file: str, one: str, **cells: str) -> int:
    """Write cells of the row with this id; returns the number of the row, the header being row 1."""
    path = folder / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    header = rows[0]
    number = next(position for position, row in enumerate(rows) if row[0] == one)
    for column, value in cells.items():
        rows[number][header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
    return number + 1


def edit_text(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def edit_features(folder: Path, name: str):
    """The content of a GeoJSON file, and a function that writes it back."""
    path = folder / f"{name}.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))

    def write() -> None:
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    return content, write


def feature_of(content: dict, one: str) -> dict:
    """The feature with this id."""
    return next(feature for feature in content["features"] if feature.get("id") == one)
