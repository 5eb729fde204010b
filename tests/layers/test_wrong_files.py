"""A file that is missing, empty, in another encoding or no table is named with what to do about it."""

from __future__ import annotations

import csv

import pytest

import layers
from tests.layers.breaking import edit_text, faults_of, only_fault_of, set_cells


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
        'geodata/council.csv, row 3, event_id = "EV-02": 17 cells in the row; expected 16'
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
