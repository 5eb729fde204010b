"""A wrong cell, or cells that contradict each other or the map, are named with row and remedy."""

from __future__ import annotations

import pytest

from tests.layers.breaking import faults_of, only_fault_of, set_cells

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
    ("sites", "J-012", "name_en", "", "empty", "a name of at most 300 letters"),
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
    ("regions", "KZ-33", "name_kk", "", "empty", "a name of at most 300 letters"),
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
    ("assumptions", "road-speed-kaz", "low", "60", "more than value", "at most the value"),
    ("assumptions", "sea-speed", "high", "10", "less than value", "at least the value"),
    ("assumptions", "lake-ferry-hours", "low", "-1", "out of range", "a quantity in unit of at least 0"),
    ("assumptions", "connector-speed", "low", "0", "a speed of nothing", "more than 0 km/h"),
    ("assumptions", "connector-detour", "low", "0.9", "shorter than straight", "a factor of at least 1"),
    ("assumptions", "transfer-hours", "unit", "hour", "unknown word", "one of hours, km/h, factor"),
    ("assumptions", "rail-speed", "source_ids", "", "empty for a sourced value", "its sources"),
    ("assumptions", "port-hours", "source_ids", "S-C217", "a source for an assumption", "no source"),
    (
        "assumptions",
        "border-hours-rail-blr-rus",
        "assumption_id",
        "border-hours-rail-rus-blr",
        "no such assumption",
        "a country or two in order",
    ),
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


def test_an_assumption_that_is_missing(folder):
    path = folder / "assumptions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("sea-speed,")), encoding="utf-8")
    message = 'geodata/assumptions.csv, assumption_id = "sea-speed": no such row; expected one row with it'
    assert only_fault_of(folder) == message


def test_no_assumption_without_its_row(folder, atlas):
    row = set_cells(folder, "assumptions", "road-speed-uzb", assumption_id="road-speed-uz")
    message = only_fault_of(folder)
    assert message.startswith(f'geodata/assumptions.csv, row {row}, assumption_id = "road-speed-uz": no such')
