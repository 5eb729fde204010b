"""A broken GeoJSON file and a wrong feature in one are named with the feature and what was expected."""

from __future__ import annotations

import pytest

import layers
from tests.layers.breaking import edit_features, faults_of, feature_of, only_fault_of


def test_broken_json(folder):
    path = folder / "rivers.geojson"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    message = only_fault_of(folder)
    assert message.startswith("geodata/rivers.geojson, row ")
    assert "broken JSON" in message


def test_json_that_is_no_collection_of_features(folder):
    (folder / "rivers.geojson").write_text('{"type": "Point"}', encoding="utf-8")
    assert 'expected GeoJSON of type "FeatureCollection"' in only_fault_of(folder)


def test_a_collection_without_features(folder):
    (folder / "rivers.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    assert only_fault_of(folder) == "geodata/rivers.geojson: no features in it; expected at least one feature"


def test_another_coordinate_system(folder):
    content, write = edit_features(folder, "rivers")
    content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    write()
    message = only_fault_of(folder)
    assert 'crs = "urn:ogc:def:crs:EPSG::3857": another coordinate system' in message
    assert "expected longitude and latitude in degrees (EPSG:4326)" in message


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_wgs84_by_any_of_its_names(folder, name):
    content, write = edit_features(folder, "rivers")
    content["crs"] = {"type": "name", "properties": {"name": name}}
    write()
    assert len(layers.load(folder).sites) == 111


def test_a_part_that_is_no_feature(folder):
    content, write = edit_features(folder, "rivers")
    content["features"].insert(1, "a text")
    write()
    assert 'feature = "2": not a feature; expected GeoJSON of type "Feature"' in only_fault_of(folder)


def test_metres_instead_of_degrees(folder):
    content, write = edit_features(folder, "rivers")
    content["features"][0]["geometry"] = {"type": "LineString", "coordinates": [[7e6, 5e6], [7.1e6, 5e6]]}
    write()
    assert "coordinates are not degrees (metres of a projection?)" in only_fault_of(folder)


def test_an_outline_that_is_not_closed(folder):
    content, write = edit_features(folder, "regions")
    square = [[66, 48], [67, 48], [67, 49], [66, 49]]
    feature_of(content, "KZ-10")["geometry"] = {"type": "Polygon", "coordinates": [square]}
    write()
    message = only_fault_of(folder)
    assert message.startswith('geodata/regions.geojson, feature = "KZ-10": outline is not closed')


def test_an_outline_that_crosses_itself(folder):
    content, write = edit_features(folder, "regions")
    bow = [[80, 48], [81, 52], [81, 48], [80, 52], [80, 48]]
    feature_of(content, "KZ-10")["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    write()
    message = next(one for one in faults_of(folder) if "regions.geojson" in one)
    assert 'feature = "KZ-10": outline crosses itself at 80.5 50 (longitude latitude)' in message


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        (None, "no geometry"),
        ({"type": "LineString", "coordinates": []}, "no geometry"),
        ({"type": "Point", "coordinates": [66, 48]}, "is a Point; expected a LineString"),
        ({"type": "LineString", "coordinates": [[66, 48]]}, "not a valid geometry"),
        ({"type": "LineString", "coordinates": [["66", "48"], [67, 48]]}, "not a valid geometry"),
    ],
)
def test_a_geometry_that_is_missing_or_of_another_kind(folder, geometry, problem):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["geometry"] = geometry
    write()
    message = only_fault_of(folder)
    assert message.startswith('geodata/corridors.geojson, feature = "SEG-001": ')
    assert problem in message


def test_features_without_or_with_the_same_id(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-002")["id"] = "SEG-001"
    del feature_of(content, "SEG-003")["id"]
    write()
    messages = faults_of(folder)
    assert any('feature = "SEG-001": this id stands twice' in message for message in messages)
    assert any("no id; expected an id for each feature" in message for message in messages)


def test_a_segment_without_a_line(folder):
    content, write = edit_features(folder, "corridors")
    content["features"].remove(feature_of(content, "SEG-001"))
    write()
    message = only_fault_of(folder)
    assert message.startswith('geodata/segments.csv, row 2, segment_id = "SEG-001": no geometry with this id')


def test_a_line_without_a_segment(folder):
    content, write = edit_features(folder, "corridors")
    content["features"].append({**feature_of(content, "SEG-001"), "id": "SEG-9999"})
    write()
    message = only_fault_of(folder)
    assert message.startswith(
        'geodata/corridors.geojson, feature = "SEG-9999": no row with this id in segments.csv'
    )


def test_a_region_without_an_outline(folder):
    content, write = edit_features(folder, "regions")
    content["features"].remove(feature_of(content, "UZ-TK"))
    write()
    assert 'region_id = "UZ-TK": no geometry with this id in regions.geojson' in only_fault_of(folder)


def test_an_unknown_word_and_a_missing_property_of_a_feature(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["properties"]["geometry_kind"] = "schematik"
    del feature_of(content, "SEG-002")["properties"]["geometry_kind"]
    write()
    first, second = faults_of(folder)
    assert 'geometry_kind "schematik" is an unknown word (did you mean "schematic"?)' in first
    assert 'feature = "SEG-002": property geometry_kind is missing' in second


def test_a_feature_of_an_unknown_country(folder):
    content, write = edit_features(folder, "cities")
    content["features"][0]["properties"]["country_iso3"] = "XXX"
    write()
    assert 'country_iso3 "XXX" is no such id in countries.csv' in only_fault_of(folder)
