"""The real data load, with the totals, types and ids that everything else builds on."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import os
import shutil

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import layers
from layers.contract.files import version
from layers.contract.tables import TABLES

TOTALS = {
    "regions": 34,
    "region_indicators": 80,
    "sites": 111,
    "projects": 63,
    "corridors": 14,
    "corridor_metrics": 229,
    "nodes": 318,
    "segments": 363,
    "assumptions": 26,
    "barriers": 44,
    "crossings": 12,
    "trade": 66,
    "trade_commodities": 48,
    "enterprises": 23,
    "energy_flows": 34,
    "energy_lines": 12,
    "council": 27,
    "glossary": 31,
}


def frames(atlas):
    """Every frame of an atlas by name."""
    values = {field.name: getattr(atlas, field.name) for field in dataclasses.fields(atlas)}
    return {name: value for name, value in values.items() if isinstance(value, pd.DataFrame)}


@pytest.mark.parametrize(("name", "rows"), TOTALS.items())
def test_known_totals(atlas, name, rows):
    assert len(getattr(atlas, name)) == rows


def test_twenty_kazakh_and_fourteen_uzbek_regions(atlas):
    assert atlas.regions["country_iso3"].value_counts().to_dict() == {"KAZ": 20, "UZB": 14}


def test_every_table_is_a_frame_indexed_by_its_id(atlas):
    for name, schema in TABLES.items():
        assert getattr(atlas, name).index.name == next(iter(schema.columns)), name
        assert getattr(atlas, name).index.is_unique, name


def test_rows_keep_the_order_of_the_file(atlas, data_folder):
    with (data_folder / "sites.csv").open(encoding="utf-8", newline="") as file:
        assert [row["site_id"] for row in csv.DictReader(file)] == list(atlas.sites.index)


def test_list_cells_are_tuples_of_words(atlas):
    assert atlas.sites.at["J-001", "sectors"][:2] == ("agro-processing", "food")
    assert atlas.corridors.at["trans-caspian", "parent_id"] == ""
    for name, schema in TABLES.items():
        for column, form in schema.columns.items():
            if form.metadata["form"] == "list":
                cells = getattr(atlas, name)[column]
                assert cells.map(lambda cell: isinstance(cell, tuple)).all(), (name, column)
                assert not cells.map(lambda cell: "" in cell).any(), (name, column)


def test_what_is_not_known_is_missing_and_never_zero(atlas):
    unknown = atlas.sites[atlas.sites["investment_usd"].isna()]
    assert len(unknown) > 0
    assert atlas.sites["jobs"].dtype == "Int64"
    assert atlas.segments["gauge_mm"].isna().sum() == 56
    assert atlas.sites.at["J-030", "region_id"] == ""


def test_numbers_texts_and_booleans_have_their_types(atlas):
    assert atlas.regions["population"].dtype == "Int64"
    assert atlas.regions["area_km2"].dtype == float
    assert atlas.regions["borders_other_country"].dtype == bool
    assert atlas.trade["cumulative"].dtype == bool
    assert not atlas.sites.drop(columns="geometry").isna().select_dtypes(bool)["name_en"].any()
    assert isinstance(atlas.trade["period_start"].iloc[0], str)


def test_everything_with_a_place_is_in_wgs84(atlas):
    placed = {name for name, frame in frames(atlas).items() if isinstance(frame, gpd.GeoDataFrame)}
    assert placed == {
        "regions",
        "sites",
        "nodes",
        "segments",
        "crossings",
        "energy_lines",
        "countries",
        "cities",
    }
    for name in placed:
        assert getattr(atlas, name).crs == "EPSG:4326", name
        assert not getattr(atlas, name).geometry.is_empty.any(), name


def test_points_are_longitude_then_latitude(atlas):
    assert atlas.sites.geometry.x.equals(atlas.sites["lon"])
    assert atlas.sites.geometry.y.equals(atlas.sites["lat"])


def test_outlines_of_regions_run_clockwise(atlas):
    polygons = atlas.regions.geometry.explode()
    assert not polygons.exterior.map(lambda ring: shapely.is_ccw(ring)).any()


def test_each_segment_has_a_line_its_length_and_its_kind(atlas):
    segments = atlas.segments
    assert set(segments.geom_type) == {"LineString"}
    assert set(segments["geometry_kind"]) <= {"traced", "schematic"}
    assert (segments["computed_length_km"] > 0).all()
    assert segments["length_km"].notna().sum() == 12


def test_energy_lines_are_drawn_through_their_points(atlas):
    assert atlas.energy_lines.at["L-KAMB1", "geometry"].geom_type == "Point"
    first = atlas.energy_lines.at["L-CAC", "geometry"].coords[0]
    assert first == (46.9, 50.37)


def test_the_date_is_the_day_of_the_last_look_at_a_source(atlas):
    assert atlas.date == datetime.date(2026, 11, 22)


def test_the_version_is_that_of_the_content_alone(atlas, whole_copy):
    for position, path in enumerate(sorted(whole_copy.iterdir(), reverse=True)):
        os.utime(path, (position, position))
    (whole_copy / "notes.txt").write_text("not data", encoding="utf-8")
    again = layers.load(whole_copy)
    assert again.version == atlas.version
    assert len(atlas.version) == 12
    assert int(atlas.version, 16) >= 0


@pytest.mark.parametrize(
    "other",
    [
        {"a.csv": b"1", "b.csv": b"3"},
        {"a.csv": b"1", "c.csv": b"2"},
        {"a.csv": b"2", "b.csv": b"1"},
        {"a.csv": b"12", "b.csv": b""},
        {"a.csv": b"1"},
    ],
)
def test_the_version_changes_with_any_byte_and_name(other):
    files = {"a.csv": b"1", "b.csv": b"2"}
    assert version(files) == version(dict(reversed(files.items())))
    assert version(other) != version(files)


def test_windows_line_ends_are_read_alike(atlas, folder):
    path = folder / "sites.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    again = layers.load(folder)
    pd.testing.assert_frame_equal(pd.DataFrame(again.sites), pd.DataFrame(atlas.sites))


def test_the_published_atlas_is_the_current_one(atlas, monkeypatch):
    monkeypatch.setattr("layers.atlas._published", [])
    with pytest.raises(LookupError, match="no atlas yet"):
        layers.current()
    layers.serve(atlas)
    assert layers.current() is atlas


def test_an_atlas_cannot_be_changed(atlas):
    with pytest.raises(dataclasses.FrozenInstanceError):
        atlas.version = "other"


def test_a_folder_may_have_any_name_and_be_given_as_text(whole_copy, atlas):
    moved = shutil.move(whole_copy, whole_copy.parent / "some data")
    assert layers.load(str(moved)).version == atlas.version
