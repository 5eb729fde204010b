"""Published versions on disk: whole after a kill at any moment and when the disk is full, and bounded."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layers import store as stores
from layers import versions
from layers.contract import data_bytes, files
from layers.contract.tables import TABLES
from layers.store import Store, store_of

ROOT = Path(__file__).parents[2]

KILLED_AT_EACH_STEP = """
import os, shutil, sys
from pathlib import Path
from layers import versions
from layers.contract import data_bytes, files
from layers.store import Store

place, data, ways = Path(sys.argv[2]), Path(sys.argv[3]), [Path(one) for one in sys.argv[4:]]
store = Store(place, data)
versions.TABLES = {name: versions.TABLES[name] for name in sys.argv[1].split(",")}
sides = {files.version(found): found for found in map(data_bytes, ways)}
steps = None

def step():
    global steps
    if steps is not None:
        if steps == 0:
            os._exit(9)
        steps -= 1

CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
def hear(event, given):
    if event in CHANGING or (event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR)):
        step()
sys.addaudithook(hear)
real_sync = os.fsync
def fsync(number):
    step()
    real_sync(number)
os.fsync = fsync

def publish(version, found, can_fill):
    with store.alone():
        store.settle()
        store.add(found, "command", version, version if can_fill else "")
        store.settle()

def check(before, wanted):
    record = store.record()
    assert record.version in (before, wanted), (record, before, wanted)
    whole = data_bytes(store.version_folder(record.version))
    assert files.version(whole) == record.version
    store.settle()
    assert files.version(data_bytes(data)) == record.version == store.record().seen
    return record.version

kills = 0
while True:
    before = store.record().version
    wanted = next(one for one in sides if one != before)
    shutil.rmtree(store.version_folder(wanted), ignore_errors=True)  # so that there is all to do
    child = os.fork()
    if child == 0:
        steps = kills
        publish(wanted, sides[wanted], True)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9), status
    now = check(before, wanted)
    if status == 0:
        assert now == wanted
        break
    kills += 1
print(kills, len(store.record().publications))
"""


SOME = ("glossary", "regions", "sites", "trade")


@pytest.fixture
def two_folders(data_folder, tmp_path, monkeypatch):
    """Small data and another version of them: few tables, cut short, which only a check would notice."""
    monkeypatch.setattr(versions, "TABLES", {name: TABLES[name] for name in SOME})
    folders = []
    for name in ("data", "other"):
        folder = tmp_path / name
        (folder / "decks").mkdir(parents=True)
        for table in SOME:
            lines = (data_folder / f"{table}.csv").read_text("utf-8").splitlines(keepends=True)
            (folder / f"{table}.csv").write_text("".join(lines[:2]), "utf-8")
        (folder / "regions.geojson").write_text('{"features": [{"id": "KZ-11", "geometry": {}}]}')
        (folder / "decks" / f"{name}.json").write_text("{}")
        folders.append(folder)
    text = (folders[1] / "glossary.csv").read_text("utf-8")
    (folders[1] / "glossary.csv").write_text(text.replace(",", ", ", 1), "utf-8")
    return folders


def add(store: Store, folder: Path, how: str = "saved") -> str:
    found = data_bytes(folder)
    with store.alone():
        store.add(found, how, files.version(found))
    return files.version(found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot divide a process")
def test_a_kill_at_any_step_leaves_one_whole_version_and_is_made_good(two_folders, tmp_path):
    data, other = two_folders
    first = shutil.copytree(data, tmp_path / "first")
    store = Store(tmp_path / "state", data)
    add(store, data, "start")
    arguments = [",".join(SOME), str(store.folder), str(data), str(first), str(other)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EACH_STEP, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    kills, publications = map(int, done.stdout.split())
    assert kills > 30
    assert publications > 10, "some of the kills came after the new version was in force"
    assert not list(store.folder.rglob(".*.half"))


def test_a_full_disk_at_any_write_leaves_the_version_before(two_folders, tmp_path, monkeypatch):
    data, other = two_folders
    store = Store(tmp_path / "state", data)
    first = add(store, data, "start")
    record = store.record()
    real, left = os.fsync, 0

    def fsync(number: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    for writes in range(100):
        left = writes
        try:
            second = add(store, other)
            break
        except OSError as error:
            told = stores.not_kept(error, store.folder)
            assert "No space left on device" in told and str(store.folder) in told and "ATLAS_STATE" in told
            assert store.record().version in (first, files.version(data_bytes(other)))
            if store.record().version == first:
                assert store.record() == record
            assert files.version(data_bytes(store.version_folder(first))) == first
    assert writes > 8
    assert store.record().version == second != first


def test_disk_use_is_bounded_and_the_record_is_not_forgotten(two_folders, tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "KEPT_WHOLE", 3)
    monkeypatch.setattr(stores, "KEPT_TABLES", 4)
    data, _ = two_folders
    store = Store(tmp_path / "state", data)
    for number in range(6):
        (data / "regions.geojson").write_text(json.dumps({"features": [], "number": number}))
        last = add(store, data)
    assert len(list((store.folder / "whole").iterdir())) == 3
    assert len(list((store.folder / "tables").iterdir())) == 4
    assert len(store.record().publications) == 6
    assert store.record().latest(3)[0] == last


def test_what_changed_is_counted_by_table_geometry_and_deck(two_folders, tmp_path):
    data, _ = two_folders
    store = Store(tmp_path / "state", data)
    add(store, data, "start")
    text = (data / "sites.csv").read_text("utf-8")
    (data / "sites.csv").write_text(text + text.splitlines()[1].replace("J-001", "J-777", 1) + "\n", "utf-8")
    features = [{"id": name, "geometry": {}} for name in ("KZ-10", "KZ-11")]
    (data / "regions.geojson").write_text(json.dumps({"features": features}))
    (data / "decks" / "data.json").write_text('{"title": "x"}')
    add(store, data)
    line = store.record().publications[-1]
    assert dict((name, numbers) for name, *numbers in line.changed) == {
        "sites": [1, 0, 0],
        "regions.geojson": [1, 0, 0],
        "decks/data.json": [0, 0, 1],
    }
    assert (line.how, line.before) == ("saved", store.record().publications[0].version)
    add(store, data)
    assert len(store.record().publications) == 2, "the same version is not published twice"


def test_the_store_lies_in_the_data_folder_or_where_it_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("ATLAS_STATE", raising=False)
    data = tmp_path / "data"
    data.mkdir()
    assert store_of(data).folder == data / "published"
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))
    assert store_of(data).folder == tmp_path / "state"
    monkeypatch.delenv("ATLAS_STATE")
    monkeypatch.setattr(os, "access", lambda path, _mode: str(tmp_path / "cache") in str(path))
    assert store_of(data) is None
    assert store_of(data, tmp_path / "cache").folder.parent == tmp_path / "cache"


def test_a_broken_record_is_named_and_left_alone(two_folders, tmp_path):
    store = Store(tmp_path / "state", two_folders[0])
    add(store, two_folders[0], "start")
    (store.folder / "published.json").write_text('{"publications": 7}')
    with pytest.raises(ValueError, match="no record of published versions"):
        store.record()
