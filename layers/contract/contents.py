"""What was read from a data folder, as the checks between files see it."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from layers.contract.faults import Fault


@dataclass
class Contents:
    """The tables by name, indexed by line number, and the geometries by name, indexed by feature id.

    Geometries are EPSG:4326. `name` is the folder as messages show it. `incomplete` names the files with a
    missing column or property: they are left out of the checks between files, because each would only
    repeat that one fault.
    """

    name: str
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    shapes: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def has(self, *files: str) -> bool:
        """Whether each of these files ("sites.csv", "land.geojson") was read with all its columns."""
        read = {f"{table}.csv" for table in self.tables} | {f"{shape}.geojson" for shape in self.shapes}
        return set(files) <= read - self.incomplete

    def row_fault(self, table: str, row: int, column: str, problem: str, expected: str) -> Fault:
        """A fault in a cell of a table, with the value that stands there."""
        value = self.tables[table].at[row, column]
        value = ";".join(value) if isinstance(value, tuple) else value
        text = (
            ""
            if value is pd.NA or value != value
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
        )
        return Fault(f"{self.name}/{table}.csv", row, column, text, problem, expected)

    def shape_fault(self, shape: str, feature: str, problem: str, expected: str) -> Fault:
        """A fault in a feature of a GeoJSON file."""
        return Fault(f"{self.name}/{shape}.geojson", 0, "feature", feature, problem, expected)
