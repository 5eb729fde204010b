"""Every kind of fault a data file can have is named with its file, its row and what was expected.

Each test copies the real folder, breaks one thing in it and reads the message.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import layers
from layers.contract.ways import joined


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


WRONG_CELLS = [
    ("sites", "J-001", "lat", "4O.57", "not a number", "degrees between -90 and 90"),
    ("sites", "J-002", "lon", "68,6", "decimal comma: write 68.6, not 68,6", "degrees between -180 and 180"),
    ("sites", "J-003", "lat", "", "empty", "degrees"),
    ("sites", "J-004", "area_ha", "1 200", "spaces in a number: write 1200", "hectares of at least 0"),
    ("sites", "J-005", "investment_usd", "360,000,000", "write 360000000", "US dollars"),
    ("sites", "J-006", "jobs", "12.5", "not a whole number", "jobs, a whole number of at least 0"),
    ("sites", "J-007", "jobs", "-3", "out of range", "jobs, a whole number of at least 0"),
    ("sites", "J-008", "kind", "joint-clustr", 'did you mean "joint-cluster"?', "sez, industrial-park"),
    ("sites", "J-009", "status", "open", "unknown word", "one of operating, under-construction, planned"),
    ("sites", "J-010", "status", "", "empty", "one of operating"),
    ("sites", "J-011", "location_precision", "village", "unknown word", "one of exact, town, region-centre"),
    ("sites", "J-012", "name_en", "", "empty", "some text"),
    ("sites", "J-013", "source_ids", "", "empty", "at least one id of sources.csv"),
    ("sites", "J-014", "source_ids", "TREND;;GK", "an item of the list is empty", "sources.csv"),
    ("sites", "J-015", "place", " Atameken", "spaces around the text", "some text"),
    ("sites", "J-016", "source_ids", "TREND;S-S9999", "no such id in sources.csv", "id of sources.csv"),
    ("sites", "J-030", "country_iso3", "KGS", "no such id in countries.csv", "an id of countries.csv"),
    ("sites", "P-UZ09", "region_id", "", "empty for a site in UZB", "begins with UZ-"),
    (
        "sites",
        "P-KZ01",
        "sectors",
        "food;textils",
        'unknown word (did you mean "textiles"?)',
        "words of agro-",
    ),
    (
        "projects",
        "A-2025-13",
        "uz_region_ids",
        "UZ-SI;UZ-ZZ",
        "no such id in regions.csv",
        "ids of regions.csv",
    ),
    ("projects", "A-2025-12", "site_id", "J-999", "no such id in sites.csv", "an id of sites.csv"),
    (
        "projects",
        "A-2025-80",
        "corridor_id",
        "middle",
        "no such id in corridors.csv",
        "an id of corridors.csv",
    ),
    ("projects", "A-2025-17", "value_type", "", "empty beside a number in value_usd", "what kind of value"),
    ("regions", "KZ-10", "population", "-5", "out of range", "people, a whole number of at least 1"),
    ("regions", "KZ-11", "population", "595 676", "write 595676", "people"),
    ("regions", "KZ-15", "population_date", "2025-02-30", "no such date", "a day that exists, as YYYY-MM-DD"),
    ("regions", "KZ-19", "population_date", "01.01.2026", "no such date", "a day that exists"),
    ("regions", "KZ-23", "population_date", "", "empty beside a number in population", "date"),
    ("regions", "KZ-27", "population_source_ids", "", "empty beside a number in population", "source"),
    ("regions", "KZ-31", "borders_other_country", "no", "neither true nor false", "true or false"),
    ("regions", "KZ-33", "name_kk", "", "empty", "some text"),
    (
        "region_indicators",
        "RI-001",
        "region_id",
        "KZ-99",
        "no such id in regions.csv",
        "an id of regions.csv",
    ),
    (
        "corridors",
        "north-south-west",
        "parent_id",
        "north-suth",
        'did you mean "north-south"?',
        "corridors.csv",
    ),
    ("corridor_metrics", "CM-001", "unit", "tt", "unknown word", "one of "),
    ("corridor_metrics", "CM-002", "corridor_id", "transcaspian", "no such id in corridors.csv", "an id of"),
    ("segments", "SEG-350", "length_km", "-84", "out of range", "kilometres of at least 0"),
    ("segments", "SEG-299", "length_km", "10", "shorter than the straight line", "at least 20 km"),
    ("segments", "SEG-001", "gauge_mm", "1524", "no such gauge", "1000, 1067, 1435, 1520, 1676"),
    ("segments", "SEG-002", "mode", "train", "unknown word", "one of rail, road, sea"),
    ("segments", "SEG-003", "opened_year", "20014", "out of range", "a year, a whole number between 1850"),
    ("nodes", "almaty", "country_iso3", "", "empty for a node that is a place", "only shape points"),
    ("nodes", "xian", "coord_source", "", "empty", "where the coordinates come from"),
    (
        "barriers",
        "B01",
        "node_id",
        "dostik",
        'no such id in nodes.csv (did you mean "dostyk"?)',
        "an id of nodes.csv",
    ),
    ("crossings", "X01", "segment_ids", "SEG-9999", "no such id in segments.csv", "ids of segments.csv"),
    ("council", "EV-01", "date", "2017-13", "no such date", "YYYY-MM-DD, YYYY-MM or YYYY"),
    (
        "energy_lines",
        "L-BU",
        "points_lat_lon",
        "40.1 63.5; 41.9",
        '"41.9" is not a latitude',
        "latitude first",
    ),
    ("energy_flows", "EF-001", "value", "921.7 mln", "not a number", "a quantity in unit"),
    ("energy_flows", "EF-002", "via_iso3s", "UZB;XXX", "no such id in countries.csv", "ids of countries.csv"),
    ("trade", "TR-001", "reporter", "", "empty", "some text"),
    ("sources", "TREND", "url", "javascript:alert(1)", "not a web address", "begins with https://"),
]
PARTS_OF_LISTS = {"J-016": "S-S9999", "P-KZ01": "textils", "A-2025-13": "UZ-ZZ", "EF-002": "XXX"}
"""What alone is shown of a list in which one item is wrong."""


@pytest.fixture(scope="module")
def wrong_cells(common_folder) -> tuple[dict[tuple[str, str], int], list[str]]:
    """The row of each wrong cell, by table and id, and the messages about all of them together."""
    rows = {}
    for file, one, column, value, _, _ in WRONG_CELLS:
        rows[file, one] = set_cells(common_folder, file, one, **{column: value})
    return rows, faults_of(common_folder)


@pytest.mark.parametrize(("file", "one", "column", "value", "problem", "expected"), WRONG_CELLS)
def test_a_wrong_cell(wrong_cells, file, one, column, value, problem, expected):
    rows, messages = wrong_cells
    shown = " ".join(PARTS_OF_LISTS.get(one, value).split())
    place = f'geodata/{file}.csv, row {rows[file, one]}, {column} = "{shown}": '
    (message,) = [message for message in messages if message.startswith(place)]
    before, after = message.removeprefix(place).split("; expected ")
    assert problem in before
    assert expected in after


def test_wrong_cells_have_no_other_faults(wrong_cells):
    assert len(wrong_cells[1]) == len(WRONG_CELLS)


def test_the_message_has_the_promised_form(folder):
    row = set_cells(folder, "sites", "J-001", lat="abc")
    start = f'geodata/sites.csv, row {row}, lat = "abc": not a number; expected degrees between -90 and 90'
    assert only_fault_of(folder) == start


def test_an_id_that_stands_twice(folder):
    row = set_cells(folder, "council", "EV-02", event_id="EV-01")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/council.csv, row {row}, event_id = "EV-01": this id stands twice')


def test_an_id_of_another_form(folder):
    set_cells(folder, "council", "EV-02", event_id="2")
    assert "not an id; expected each id once, EV-01 and so on" in only_fault_of(folder)


@pytest.mark.parametrize(
    ("file", "one", "columns"),
    [
        ("sites", "J-001", ("lat", "lon")),
        ("nodes", "almaty", ("lat", "lon")),
        ("nodes", "xian", ("lat", "lon")),
        ("crossings", "X05", ("lat", "lon")),
        ("regions", "UZ-TO", ("centre_lat", "centre_lon")),
    ],
)
def test_swapped_latitude_and_longitude(folder, atlas, file, one, columns):
    lat, lon = (str(getattr(atlas, file).at[one, column]) for column in columns)
    row = set_cells(folder, file, one, **dict(zip(columns, (lon, lat), strict=True)))
    messages = faults_of(folder)
    swapped = [message for message in messages if "look swapped" in message]
    assert swapped[0].startswith(f"geodata/{file}.csv, row {row}, {columns[0]} = ")
    assert f"expected latitude {float(lat):g} and longitude {float(lon):g}" in swapped[0]


def test_a_site_in_another_region_of_its_country(folder):
    row = set_cells(folder, "sites", "J-003", region_id="UZ-TO")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/sites.csv, row {row}, region_id = "UZ-TO": 40.4954 N 68.7754 E lies')
    assert "km outside UZ-TO, in UZ-SI; expected a point in UZ-TO or within 10 km of it" in message


def test_a_site_with_a_region_of_another_country(folder):
    set_cells(folder, "sites", "J-003", region_id="KZ-61")
    assert any("not a region of UZB; expected an id that begins with UZ-" in one for one in faults_of(folder))


def test_a_node_far_outside_its_country(folder):
    row = set_cells(folder, "nodes", "almaty", country_iso3="UZB")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/nodes.csv, row {row}, country_iso3 = "UZB": 43.')
    assert "km outside UZB, in KAZ" in message


def test_a_crossing_far_from_one_of_its_regions(folder):
    row = set_cells(folder, "crossings", "X01", uz_region_id="UZ-XO")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/crossings.csv, row {row}, uz_region_id = "UZ-XO"')


def test_regions_of_the_wrong_side(folder):
    set_cells(folder, "projects", "A-2025-13", uz_region_ids="KZ-61")
    assert "a region of the other country; expected ids that begin with UZ-" in only_fault_of(folder)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"period_start": "2018-01-01", "period_end": "2017-12-31"}, "before period_start 2018-01-01"),
        ({"period_start": "2017-02-01", "cumulative": "true"}, "a cumulative value begins later"),
        ({"cumulative": "true"}, "true for whole years"),
    ],
)
def test_a_period_that_cannot_be(folder, cells, problem):
    set_cells(folder, "trade", "TR-001", **cells)
    assert problem in only_fault_of(folder)


def test_a_row_that_states_nothing(folder):
    set_cells(folder, "trade", "TR-001", value_usd="", share_pct="", growth_pct="")
    assert "nothing stated in the row; expected one of value_usd, share_pct, growth_pct" in only_fault_of(
        folder
    )


def test_a_missing_file(folder):
    (folder / "council.csv").unlink()
    assert only_fault_of(folder).startswith("geodata/council.csv: file is missing; expected")


def test_a_misspelt_file_name(folder):
    (folder / "council.csv").rename(folder / "counsil.csv")
    assert "file is missing (did you mean counsil.csv?)" in only_fault_of(folder)


@pytest.mark.parametrize("name", ["council.csv", "rivers.geojson"])
def test_an_empty_file(folder, name):
    (folder / name).write_bytes(b"\n")
    assert only_fault_of(folder).startswith(f"geodata/{name}: file is empty")


def test_a_table_without_rows(folder):
    path = folder / "council.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert only_fault_of(folder).startswith("geodata/council.csv, row 1: no rows below the header")


def test_a_byte_order_mark(folder):
    path = folder / "council.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    message = only_fault_of(folder)
    assert message.startswith("geodata/council.csv, row 1: begins with a byte-order mark; expected UTF-8")


@pytest.mark.parametrize(
    ("encoding", "likely"),
    [("cp1251", "Windows-1251 (cp1251)"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252 (cp1252)")],
)
def test_another_encoding(folder, encoding, likely):
    path = folder / "corridors.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding, "ignore"))
    messages = [message for message in faults_of(folder) if message.startswith("geodata/corridors.csv")]
    assert len(messages) == 1
    assert f"not UTF-8, looks like {likely}" in messages[0]
    assert "save the file again in UTF-8" in messages[0]


def test_the_row_of_the_first_foreign_letter_is_named(folder):
    path = folder / "council.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b",", b",\xe9", 1)
    path.write_bytes(b"".join(lines))
    assert only_fault_of(folder).startswith("geodata/council.csv, row 5: not UTF-8")


def test_a_missing_column(folder):
    edit_text(folder, "council.csv", "outcome_en", "outcome")
    messages = faults_of(folder)
    assert len(messages) == 2
    assert (
        'geodata/council.csv, row 1, column = "outcome": unknown column (did you mean "outcome_en"?)'
        in messages[0]
    )
    assert 'geodata/council.csv, row 1, column = "outcome_en": missing' in messages[1]


def test_a_missing_id_column(folder):
    edit_text(folder, "council.csv", "event_id", "id")
    assert any('row 1, column = "event_id": missing' in message for message in faults_of(folder))


def test_a_column_that_stands_twice(folder):
    edit_text(folder, "council.csv", "outcome_en", "place")
    assert any('column = "place": stands twice' in message for message in faults_of(folder))


def test_columns_separated_by_semicolons(folder):
    path = folder / "council.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows(rows)
    assert "columns separated by semicolons; expected commas" in only_fault_of(folder)


def test_a_row_with_a_cell_too_many_is_named_once(folder):
    edit_text(folder, "council.csv", "EV-02,", "EV-02,,")
    message = only_fault_of(folder)
    assert message.startswith(
        'geodata/council.csv, row 3, event_id = "EV-02": 8 cells in the row; expected 7'
    )


def test_a_quote_that_never_ends(folder):
    with (folder / "council.csv").open("a", encoding="utf-8") as opened:
        opened.write('EV-99,2026,"A text')
    assert "broken CSV" in only_fault_of(folder)


def test_rows_are_counted_as_lines_of_the_file(folder):
    edit_text(folder, "council.csv", "EV-02,", "\n\nEV-02,")
    row = 5
    path = folder / "council.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[row - 1] = lines[row - 1].replace(",held,", ",hold,")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert only_fault_of(folder).startswith('geodata/council.csv, row 5, stage = "hold": unknown word')


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


def test_a_line_that_does_not_reach_its_node(folder, atlas):
    content, write = edit_features(folder, "corridors")
    feature = feature_of(content, "SEG-001")
    feature["geometry"]["coordinates"][0][0] += 0.05
    write()
    message = next(one for one in faults_of(folder) if "line begins" in one)
    assert 'feature = "SEG-001": line begins 4.' in message
    assert "km from xian, its from_node; expected a line that begins within 2 km of xian" in message


def test_a_line_drawn_backwards(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["geometry"]["coordinates"].reverse()
    write()
    messages = faults_of(folder)
    assert len(messages) == 2
    assert all("drawn from its to_node to its from_node" in message for message in messages)


def test_a_computed_length_that_is_not_that_of_the_line(folder):
    content, write = edit_features(folder, "corridors")
    feature_of(content, "SEG-001")["properties"]["computed_length_km"] = 12
    write()
    assert "computed_length_km 12.0 is not the length of the line; expected 1" in only_fault_of(folder)


def test_a_segment_that_leads_nowhere(folder):
    row = set_cells(folder, "segments", "SEG-001", to_node="xian")
    messages = faults_of(folder)
    assert (
        f'geodata/segments.csv, row {row}, to_node = "xian": the same as from_node; expected another node'
        in messages
    )


def test_a_corridor_in_pieces(folder, atlas):
    pieces = [
        segment
        for segment in atlas.segments.index[atlas.segments["corridor_ids"].map(lambda ids: "btk" in ids)]
        if len(joined(ways_without(atlas, "btk", segment))) > 1
    ]
    segment = atlas.segments.loc[pieces[len(pieces) // 2]]
    others = [one for one in segment["corridor_ids"] if one != "btk"] or ["trans-caspian"]
    set_cells(folder, "segments", segment.name, corridor_ids=";".join(others))
    messages = faults_of(folder)
    assert any(
        'corridor_id = "btk": its segments fall into 2 pieces that do not meet' in one for one in messages
    )


def ways_without(atlas, corridor, segment):
    """The (from_node, to_node) pairs of a corridor but for one segment."""
    rows = atlas.segments.drop(segment)
    rows = rows[rows["corridor_ids"].map(lambda ids: corridor in ids)]
    return list(zip(rows["from_node"], rows["to_node"], strict=True))


def test_a_corridor_without_segments(folder, atlas):
    for segment, ids in atlas.segments["corridor_ids"].items():
        if "cku" in ids:
            others = [one for one in ids if one != "cku"] or ["northern"]
            set_cells(folder, "segments", segment, corridor_ids=";".join(others))
    assert any('corridor_id = "cku": no segment of this corridor' in one for one in faults_of(folder))


def test_a_parent_needs_no_segments_of_its_own(atlas):
    assert not atlas.segments["corridor_ids"].map(lambda ids: "north-south" in ids).any()


@pytest.mark.parametrize(
    ("column", "node", "problem"),
    [
        ("via_nodes", "karachi", "karachi lies on no segment of"),
        ("to_node", "karachi", "karachi lies on no segment of"),
        ("from_node", "karachi", "karachi lies on no segment of"),
    ],
)
def test_a_variant_that_cannot_be_walked(folder, atlas, column, node, problem):
    variant = atlas.corridor_variants.index[atlas.corridor_variants["corridor_id"].eq("cku")][0]
    assert node in atlas.nodes.index
    row = set_cells(folder, "corridor_variants", variant, **{column: node})
    message = only_fault_of(folder)
    assert message.startswith(f"geodata/corridor_variants.csv, row {row}, ")
    assert problem in message


def test_all_faults_of_all_files_are_named_at_once(folder):
    set_cells(folder, "sites", "J-001", lat="4O.57")
    set_cells(folder, "trade", "TR-001", kind="actuel")
    (folder / "water.geojson").unlink()
    with pytest.raises(layers.DataError) as caught:
        layers.load(folder)
    assert [fault.file for fault in caught.value.faults] == [
        "geodata/sites.csv",
        "geodata/trade.csv",
        "geodata/water.geojson",
    ]
    fault = caught.value.faults[0]
    assert (fault.column, fault.value, fault.expected) == ("lat", "4O.57", "degrees between -90 and 90")
    assert str(caught.value).endswith("3 faults found")


def test_a_table_that_cannot_be_read_does_not_spread(folder):
    (folder / "sources.csv").write_text("", encoding="utf-8")
    (folder / "nodes.csv").write_text("", encoding="utf-8")
    (folder / "land.geojson").write_text("{", encoding="utf-8")
    assert len(faults_of(folder)) == 3
