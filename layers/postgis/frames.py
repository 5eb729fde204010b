"""A version read from its tables in PostgreSQL, the same as read from its files."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, column, func, select, table

from layers.atlas import texts_alike
from layers.contract import CheckedFolder
from layers.contract.decks import deck_bytes, read_decks
from layers.contract.faults import Fault
from layers.contract.shapes import SHAPES
from layers.contract.tables import TABLES
from layers.postgis.tables import JOINED, schema_of

READ_AS = {"text": "str", "points": "str", "list": object, "number": float, "whole": "Int64", "yes_no": bool}
"""The kind of values of a column by its form in the contract."""


def read(connection: Connection, version: str, folder: Path) -> CheckedFolder:
    """A version, of which the data files lie in `folder` too: its decks are read from there."""
    faults: list[Fault] = []
    joined = {shape: name for name, shape in JOINED.items()}
    decks = read_decks(deck_bytes(folder), folder.name, faults)
    with texts_alike():
        tables = {name: _table(connection, version, name) for name in TABLES}
        shapes = {one: _features(connection, version, one, joined.get(one, "")) for one in SHAPES}
    return CheckedFolder(folder, version, tables, shapes, decks)


def _table(connection: Connection, version: str, name: str) -> pd.DataFrame:
    """The rows of a table in the order of its file, indexed by their ids."""
    columns = TABLES[name].columns
    query = select(*map(column, columns)).select_from(table(name, schema=schema_of(version)))
    rows = connection.execute(query.order_by(column("ordinal"))).all()
    cells = {}
    # Series by series: pandas would make a float of a whole number beside an unknown one.
    for one, values in zip(columns, zip(*rows, strict=True), strict=True):
        kind = READ_AS[columns[one].metadata["form"]]
        cells[one] = pd.Series(map(tuple, values) if kind is object else values, dtype=kind)
    frame = pd.DataFrame(cells)
    return frame.set_index(frame.columns[0])


def _features(connection: Connection, version: str, shape: str, joined: str) -> gpd.GeoDataFrame:
    """The features of a GeoJSON file in its order, with those of its properties that it has there."""
    names = SHAPES[shape].properties
    key = next(iter(TABLES[joined].columns)) if joined else "id"
    query = select(
        column(key).label("id"), *map(column, names), func.ST_AsBinary(column("geometry")).label("geometry")
    ).select_from(table(joined or shape, schema=schema_of(version)))
    frame = gpd.read_postgis(
        query.order_by(column("feature")), connection, geom_col="geometry", crs=4326, index_col="id"
    )
    frame.columns = frame.columns.astype("str")
    return frame
