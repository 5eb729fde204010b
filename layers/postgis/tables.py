"""How the tables of a version stand in PostgreSQL: a schema of its own, columns as the contract has them.

Lists are arrays, what is not known is NULL, `ordinal` is the order of the rows. `geometry` is EPSG:4326.
Tables whose features lie in a GeoJSON file (regions, segments) hold them too; `feature` is their order there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from psycopg import Cursor, sql

from layers.atlas import FRAMES
from layers.contract import CheckedFolder
from layers.contract.shapes import SHAPES
from layers.contract.tables import TABLES

FORMS = {
    "text": "text",
    "points": "text",
    "list": "text[]",
    "number": "double precision",
    "whole": "bigint",
    "yes_no": "boolean",
}
"""The type of a column by its form in the contract."""

PROPERTIES = {"i": "bigint", "f": "double precision", "b": "boolean"}
"""The type of a property by the kind of its values; texts are text, a mixture is json."""

JOINED = {form.ids_of: shape for shape, form in SHAPES.items() if form.every_id}
"""Tables each of whose rows has its geometry in a GeoJSON file, and that file."""

ALONE = tuple(shape for shape in SHAPES if shape not in JOINED.values())
"""GeoJSON files that are tables of their own."""


@dataclass(frozen=True)
class Column:
    """A column with its type and values, None where not known."""

    name: str
    type: str
    cells: list[Any]


def schema_of(version: str) -> str:
    """The schema that holds the tables of a version."""
    return f"atlas_{version}"


def properties(shape: str, table: str = "") -> list[str]:
    """The properties of a GeoJSON file that its table in PostgreSQL has no column for otherwise."""
    own = TABLES[table].columns if table else ()
    return [name for name in SHAPES[shape].properties if name not in own]


def tables(checked: CheckedFolder) -> Iterator[tuple[str, list[Column]]]:
    """Every table of a version with its columns, the key first."""
    for name, schema in TABLES.items():
        frame = checked.tables[name].reset_index()
        forms = {one: FORMS[column.metadata["form"]] for one, column in schema.columns.items()}
        columns = [_column(frame[one], form) for one, form in forms.items()]
        columns.append(Column("ordinal", "bigint", list(range(len(frame)))))
        if name in JOINED:
            features = checked.shapes[JOINED[name]]
            turn = pd.Series(range(len(features)), features.index)
            features = features.loc[checked.tables[name].index]
            columns += _features(features, properties(JOINED[name], name))
            columns.append(Column("feature", "bigint", turn.loc[features.index].tolist()))
        elif name in FRAMES:
            columns.append(_geometry(FRAMES[name](checked).geometry))
        yield name, columns
    for name in ALONE:
        features = checked.shapes[name]
        ids = Column("id", "text", features.index.tolist())
        turn = Column("feature", "bigint", list(range(len(features))))
        yield name, [ids, turn, *_features(features, properties(name))]


def _features(features: gpd.GeoDataFrame, names: list[str]) -> list[Column]:
    columns = []
    for name in names:
        cells = features[name]
        kind = "text" if isinstance(cells.dtype, pd.StringDtype) else PROPERTIES.get(cells.dtype.kind, "json")
        columns.append(_column(cells, kind))
    return [*columns, _geometry(features.geometry)]


def _column(cells: pd.Series, type_name: str) -> Column:
    values = cells.astype(object).where(cells.notna(), None).tolist()
    if type_name == "text[]":
        values = [list(one) for one in values]
    elif type_name == "json":
        values = [None if one is None else json.dumps(one) for one in values]
    return Column(str(cells.name), type_name, values)


def _geometry(geometries: gpd.GeoSeries) -> Column:
    with_srid = shapely.set_srid(geometries.to_numpy(), 4326)
    return Column(
        "geometry",
        "geometry(Geometry, 4326)",
        shapely.to_wkb(with_srid, hex=True, include_srid=True).tolist(),
    )


def write(cursor: Cursor, checked: CheckedFolder) -> None:
    """Make the schema of a version with all its tables, within the transaction of the cursor."""
    schema = schema_of(checked.version)
    cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    for name, columns in tables(checked):
        _write(cursor, sql.Identifier(schema, name), columns)


def _write(cursor: Cursor, table: sql.Identifier, columns: list[Column]) -> None:
    names = [sql.Identifier(one.name) for one in columns]
    typed = [sql.SQL("{} " + one.type).format(name) for one, name in zip(columns, names, strict=True)]
    form = {"table": table, "typed": sql.SQL(", ").join(typed), "names": sql.SQL(", ").join(names)}
    form["key"] = names[0]
    cursor.execute(sql.SQL("CREATE TABLE {table} ({typed}, PRIMARY KEY ({key}))").format(**form))
    with cursor.copy(sql.SQL("COPY {table} ({names}) FROM STDIN").format(**form)) as copy:
        for row in zip(*(one.cells for one in columns), strict=True):
            copy.write_row(row)
    if any(one.name == "geometry" for one in columns):
        cursor.execute(sql.SQL("CREATE INDEX ON {table} USING gist (geometry)").format(**form))
    cursor.execute(sql.SQL("ANALYZE {table}").format(**form))  # good plans from the first query on


def let_read(cursor: Cursor, schema: str, roles: list[str]) -> None:
    """Let roles, written as SQL writes them, read the tables of a schema."""
    named = sql.Identifier(schema)
    for role in map(sql.SQL, roles):
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(named, role))
        cursor.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}").format(named, role))


def drop(cursor: Cursor, version: str) -> None:
    """Delete the schema of a version."""
    name = sql.Identifier(schema_of(version))
    cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
