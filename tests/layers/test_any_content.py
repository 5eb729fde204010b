"""Whatever stands in a file, reading it ends with faults, never with another error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.contract import files
from layers.contract.cells import read_values
from layers.contract.faults import Fault
from layers.contract.shapes import SHAPES, read_shapes
from layers.contract.tables import TABLES

SITES = TABLES["sites"]
HEADER = ",".join(SITES.columns)
PLAUSIBLE = ["40.6", "KAZ", "food;trade", "2024", "true", ";", '"', "-1"]
CELLS = st.one_of(st.text(max_size=12), st.sampled_from(PLAUSIBLE))
ROWS = st.lists(CELLS, min_size=len(SITES.columns), max_size=len(SITES.columns))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "Circle"])
GEOMETRIES = st.fixed_dictionaries({"type": TYPES, "coordinates": JSON})
FEATURES = st.fixed_dictionaries(
    {"type": st.just("Feature"), "properties": JSON, "geometry": GEOMETRIES | JSON, "id": JSON}
)


@given(st.binary())
def test_any_bytes_are_text_or_a_fault(data):
    faults: list[Fault] = []
    text = files.read_text("sites.csv", {"sites.csv": data}, "sites.csv", faults)
    assert isinstance(text, str) or faults


@given(st.text())
def test_any_text_is_rows_or_a_fault(text):
    faults: list[Fault] = []
    assert files.read_rows(text, SITES, "sites.csv", faults) is not None or faults


@settings(max_examples=30)  # of dozens of cells each
@given(st.lists(ROWS, max_size=3))
def test_any_cells_are_values_or_faults(rows):
    quoted = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    faults: list[Fault] = []
    found = files.read_rows("\n".join([HEADER, *quoted]), SITES, "sites.csv", faults)
    if found is None:
        assert not rows
        return
    values = read_values(found.cells, SITES, "sites.csv", faults)
    assert len(values) == len(found.cells)
    assert all(str(fault) for fault in faults)


@given(st.lists(FEATURES, max_size=3), JSON)
@pytest.mark.parametrize("shape", ["regions", "corridors", "cities"])
def test_any_features_are_shapes_or_faults(shape, features, anything):
    for content in ({"type": "FeatureCollection", "features": features}, anything):
        faults: list[Fault] = []
        found = read_shapes(json.dumps(content), SHAPES[shape], f"{shape}.geojson", faults)
        assert found is not None or faults


@given(JSON)
def test_any_coordinate_system_is_known_or_a_fault(crs):
    faults: list[Fault] = []
    text = json.dumps({"type": "FeatureCollection", "features": [], "crs": crs})
    assert read_shapes(text, SHAPES["rivers"], "rivers.geojson", faults) is None
    assert faults
