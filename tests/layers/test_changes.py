"""What differs between two versions: rows matched by id, numbers by value, versions kept whole."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from layers import DataError
from layers.changes import changes, counts, main, report
from layers.versions import keep, kept_versions, read_version, version_now
from layers.versions import main as versions_main

ROOT = Path(__file__).parents[2]


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def changed(whole_copy, tmp_path_factory):
    """A copy in which one project has more jobs, one trade row is gone and one site is new."""
    rewrite(whole_copy / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    lines = (whole_copy / "trade.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("TR-004,")]
    (whole_copy / "trade.csv").write_text("".join(kept), encoding="utf-8")
    sites = (whole_copy / "sites.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    new = sites[1].replace("J-001,", "J-999,", 1)
    (whole_copy / "sites.csv").write_text("".join([*sites, new]), encoding="utf-8")
    return whole_copy


def test_equal_folders_do_not_differ(data_folder, whole_copy):
    assert changes(read_version(data_folder), read_version(whole_copy)).empty


def test_cells_and_rows_that_differ_are_named_with_old_new_and_sources(data_folder, changed):
    found = changes(read_version(data_folder), read_version(changed))
    rows = found.set_index(["table", "row_id", "change"])
    assert len(rows) == 3
    jobs = rows.loc[("projects", "P-016", "changed")]
    assert (jobs["column"], jobs["old"], jobs["new"]) == ("jobs", "1000", "1250")
    assert jobs["new_source_ids"] == ("S-S031", "S-S032", "S-S033")
    assert rows.loc[("trade", "TR-004", "removed"), "old_source_ids"] == ("S-S191",)
    assert rows.loc[("sites", "J-999", "added"), "new"].startswith("International Centre")
    assert counts(found).loc["projects"].to_dict() == {"added": 0, "removed": 0, "changed": 1}


def test_another_way_to_write_a_number_is_no_change(data_folder, whole_copy):
    rewrite(whole_copy / "projects.csv", ",,1000,2020,,UzAuto", ",,1000.0,2020,,UzAuto")
    assert changes(read_version(data_folder), read_version(whole_copy)).empty


def test_columns_tables_and_geometry_of_one_version_only(data_folder, whole_copy):
    (whole_copy / "glossary.csv").unlink()
    rewrite(whole_copy / "council.csv", "event_id,date,", "event_id,day,")
    rewrite(whole_copy / "regions.geojson", '"coordinates":[[[', '"coordinates":[[[50.001,50.001],[')
    found = changes(read_version(data_folder), read_version(whole_copy))
    told = {(row.table, row.change, row.column) for row in found.itertuples()}
    assert ("glossary", "table-removed", "") in told
    assert {("council", "column-added", "day"), ("council", "column-removed", "date")} <= told
    assert ("regions.geojson", "changed", "geometry") in told
    assert found["table"].eq("regions.geojson").sum() == 1


def test_new_columns_of_a_table_are_told_in_one_line(data_folder, whole_copy):
    rewrite(whole_copy / "council.csv", "event_id,date,event_en,", "event_id,day,event_is,")
    old, new = read_version(data_folder), read_version(whole_copy)
    told = report(changes(old, new), old, new).splitlines()
    assert "  the columns day, event_is were added" in told
    assert "  the columns date, event_en were removed" in told


def test_the_loaded_atlas_is_the_same_version_as_its_files(atlas, data_folder):
    found = changes(read_version(data_folder), version_now(atlas))
    assert found.empty, found.head().to_string()


def test_a_version_is_kept_whole_and_read_again(whole_copy):
    first = keep(whole_copy, "2026-11-22")
    before = first.read_bytes()
    assert keep(whole_copy, "2026-11-22").read_bytes() == before
    assert [one.date for one in kept_versions(whole_copy)] == ["2026-11-22"]
    assert not [path for path in first.parent.iterdir() if path.suffix != ".zip"]
    rewrite(whole_copy / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    found = changes(read_version(first), read_version(whole_copy))
    assert found["column"].tolist() == ["jobs"]


def test_a_faulty_folder_is_not_kept(whole_copy, capsys):
    rewrite(whole_copy / "sites.csv", ",plant,", ",plnat,")
    assert versions_main(["keep", str(whole_copy)]) == 2
    assert "plnat" in capsys.readouterr().err
    assert not (whole_copy / "versions").exists()


def test_the_shipped_version_of_november_2026_can_be_read(data_folder):
    kept = kept_versions(data_folder)
    assert kept and kept[-1].date == "2026-11-22"
    assert len(read_version(kept[-1].path).tables["sites"]) == 111


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "no such folder"),
        (lambda path: path.mkdir(), "no data files in it"),
        (lambda path: path.write_bytes(b"PK no zip"), "not a zip file"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "no tables in it"),
    ],
)
def test_what_is_no_version_is_one_clear_line(tmp_path, capsys, data_folder, make, said):
    path = tmp_path / "other"
    make(path)
    assert main([str(path), str(data_folder)]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error


def test_ids_that_stand_twice_and_uneven_rows_are_named(whole_copy):
    with (whole_copy / "council.csv").open("a", encoding="utf-8") as file:
        file.write("EV-01,2017-09-16,Again,Tashkent,,held,S-S003,,,,,,,,,\nEV-99,too,few\n")
    with pytest.raises(DataError) as caught:
        read_version(whole_copy)
    assert "this id stands twice" in str(caught.value) and "3 cells in the row" in str(caught.value)


def test_the_command_compares_and_writes_a_table(data_folder, changed):
    command = [sys.executable, "-m", "layers.changes", str(data_folder), str(changed)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "~ P-016  jobs: 1000 -> 1250  [S-S031;S-S032;S-S033]" in told.stdout
    assert "trade: 1 removed" in told.stdout
    table = subprocess.run(
        [*command, "--csv"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert len(table.stdout.splitlines()) == 4
