"""The contract between the data files and the program: read a folder, or say all that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.contract import files
from layers.contract.assumptions import unusable_assumptions
from layers.contract.cells import read_values
from layers.contract.contents import Contents
from layers.contract.decks import Deck, deck_bytes, read_decks
from layers.contract.faults import DataError, Fault
from layers.contract.places import misplaced_points
from layers.contract.references import unknown_countries, unknown_ids, unmatched_features
from layers.contract.rows import contradicting_cells
from layers.contract.shapes import SHAPES, read_shapes
from layers.contract.tables import TABLES
from layers.contract.ways import broken_ways

__all__ = ["CheckedFolder", "DataError", "Fault", "data_bytes", "read"]

CHECKS_BETWEEN_FILES = (
    contradicting_cells,
    unknown_ids,
    unknown_countries,
    unmatched_features,
    misplaced_points,
    broken_ways,
    unusable_assumptions,
)


@dataclass(frozen=True)
class CheckedFolder:
    """A faultless folder: tables indexed by id, geometries by feature id (EPSG:4326), decks, the version."""

    folder: Path
    version: str
    tables: dict[str, pd.DataFrame]
    shapes: dict[str, gpd.GeoDataFrame]
    decks: dict[str, Deck]


def data_bytes(folder: Path) -> dict[str, bytes]:
    """Every data file of a folder by its name below it; a DataError where there is none."""
    return files.folder_bytes(folder) | deck_bytes(folder)


def read(folder: Path, found: Mapping[str, bytes] | None = None) -> CheckedFolder:
    """Check every data file of a folder; a DataError names every fault of every file at once.

    `found` are the files, where they have been read already.
    """
    found = data_bytes(folder) if found is None else dict(found)
    in_decks = {name: body for name, body in found.items() if "/" in name}
    faults: list[Fault] = []
    contents = Contents(folder.resolve().name)
    ragged = read_tables(contents, found, faults)
    read_geometry(contents, found, faults)
    decks = read_decks(in_decks, contents.name, faults)
    for check in CHECKS_BETWEEN_FILES:
        faults += check(contents)
    faults = [
        fault
        for fault in faults
        if (fault.file, fault.row) not in ragged or "cells in the row" in fault.problem
    ]
    if faults:
        raise DataError(faults)
    tables = {name: frame.set_index(frame.columns[0]) for name, frame in contents.tables.items()}
    return CheckedFolder(folder, files.version(found), tables, contents.shapes, decks)


def read_tables(contents: Contents, found: dict[str, bytes], faults: list[Fault]) -> set[tuple[str, int]]:
    """Read every CSV file into the contents; returns the rows (file, row) with too many or too few cells.

    Such rows are named once, for their number of cells: whatever else is wrong in them follows from that.
    """
    ragged = set()
    for name, schema in TABLES.items():
        shown = f"{contents.name}/{name}.csv"
        text = files.read_text(f"{name}.csv", found, shown, faults)
        rows = None if text is None else files.read_rows(text, schema, shown, faults)
        if rows is None:
            continue
        contents.tables[name] = read_values(rows.cells, schema, shown, faults)
        ragged |= {(shown, row) for row in rows.ragged}
        if rows.missing:
            contents.incomplete.add(f"{name}.csv")
    return ragged


def read_geometry(contents: Contents, found: dict[str, bytes], faults: list[Fault]) -> None:
    """Read every GeoJSON file into the contents."""
    for name, form in SHAPES.items():
        shown = f"{contents.name}/{name}.geojson"
        text = files.read_text(f"{name}.geojson", found, shown, faults)
        shapes = None if text is None else read_shapes(text, form, shown, faults)
        if shapes is not None:
            contents.shapes[name] = shapes
