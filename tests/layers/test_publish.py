"""Publishing a folder by command, and following a data folder in which somebody works."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace

import pytest

from layers import DataError, atlas, current, held, watch
from layers.access import lines_through
from layers.contract import data_bytes, files
from layers.publish import Refused, main, publish
from layers.store import Store, store_of
from layers.watch import Watcher
from tests.conftest import copied
from tests.layers.conftest import shortened


def version_in(folder) -> str:
    return files.version(data_bytes(folder))


def rewrite(path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def template(data_folder, tmp_path_factory):
    """Data that read quickly, and a corrected copy of them."""
    old = shortened(copied(data_folder, tmp_path_factory.mktemp("old")))
    new = shutil.copytree(old, tmp_path_factory.mktemp("new") / "geodata")
    rewrite(new / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    return old, new


@pytest.fixture(scope="module")
def load_once():
    """Reads and checks as always, but the same bytes only once for all tests here."""
    known = {}

    def load(folder, found=None):
        found = data_bytes(folder) if found is None else found
        version = files.version(dict(found))
        if version not in known:
            known[version] = atlas.load(folder, found)
        return replace(known[version], folder=folder)

    return load


@pytest.fixture
def data(template, tmp_path, monkeypatch, load_once):
    """A data folder of this test's own."""
    for name in ("layers.publish", "layers.store", "layers.watch"):
        monkeypatch.setattr(f"{name}.load", load_once)
    monkeypatch.delenv("ATLAS_STATE", raising=False)
    monkeypatch.setattr(atlas, "_published", [])
    return shutil.copytree(template[0], tmp_path / "geodata")


@pytest.fixture
def corrected(template):
    return template[1]


def watching(data) -> Watcher:
    watcher = Watcher(data, store_of(data))
    atlas.serve(watcher.begin())
    return watcher


def looked(watcher: Watcher) -> Watcher:
    """The watcher after two looks, which is what a saved file waits for."""
    watcher.look()
    watcher.look()
    return watcher


def test_a_saved_correction_is_served_whole_and_the_version_before_stays_held(data):
    watcher = watching(data)
    before = current()
    assert [one.how for one in before.publications] == ["start"]
    rewrite(data / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    watcher.look()
    assert current() is before, "a folder is read when two looks in a row have seen the same"
    watcher.look()
    now = current()
    assert now.version == version_in(data) != before.version
    assert now.projects.at["P-016", "jobs"] == 1250
    assert version_in(now.folder) == now.version and now.folder != data
    assert held() == (now, before)
    assert watcher.called(before.version) is before and watcher.called("0" * 12) is None
    assert [(one.how, one.changed) for one in now.publications[1:]] == [("saved", (("projects", 0, 0, 1),))]


def test_large_data_are_read_with_nothing_beside_them_that_was_made_before(data, monkeypatch):
    watcher, beside, load = watching(data), [], watch.load

    def noted(*asked):
        beside.append(lines_through.cache_info().currsize)
        return load(*asked)

    monkeypatch.setattr(watch, "load", noted)
    monkeypatch.setattr(atlas, "LARGE", 10)
    assert len(lines_through(current()))
    rewrite(data / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    looked(watcher)
    assert current().version == version_in(data)
    assert beside == [0]


def test_faults_are_refused_told_and_forgotten_once_mended(data, caplog):
    watcher = watching(data)
    before = current()
    text = (data / "council.csv").read_text("utf-8")
    (data / "council.csv").write_text(text.replace(",held,", ",upheld,"), "utf-8")
    looked(watcher)
    assert current() is before
    assert len(watcher.faults) > 1
    assert watcher.faults[0].startswith('geodata/council.csv, row 2, stage = "upheld"')
    assert f"version {before.version} goes on being served" in caplog.text
    assert watcher.faults[0] in caplog.text
    told = len(caplog.records)
    looked(watcher)
    assert len(caplog.records) == told, "the same faults are told once"
    (data / "council.csv").write_text(text, "utf-8")
    assert looked(watcher).faults == ()
    assert current() is before


def test_a_start_on_a_full_disk_serves_the_data_and_says_so(data, monkeypatch, caplog):
    def fsync(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    watcher = watching(data)
    assert current().version == version_in(data)
    assert "No space left on device" in watcher.faults[0] and watcher.faults[0] in caplog.text


def test_a_restart_over_faulty_data_serves_the_last_good_version(data):
    watching(data)
    before = current().version
    (data / "trade.csv").unlink()
    watcher = watching(data)
    assert current().version == before
    assert "trade.csv: file is missing" in watcher.faults[0]


def test_faulty_data_that_were_never_published_are_refused_at_the_start(data):
    (data / "trade.csv").unlink()
    with pytest.raises(DataError, match="file is missing"):
        watching(data)


def test_without_a_place_for_versions_the_folder_alone_is_followed(data, caplog):
    watcher = Watcher(data, None)
    atlas.serve(watcher.begin())
    rewrite(data / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    assert looked(watcher).faults == ()
    assert current().version == version_in(data)
    assert not (data / "published").exists()


def test_a_full_disk_is_told_the_version_before_served_and_the_new_one_tried_again(data, monkeypatch):
    watcher = watching(data)
    before = current()

    def fsync(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    rewrite(data / "projects.csv", ",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fsync)
        looked(watcher)
    assert current() is before
    assert "No space left on device" in watcher.faults[0] and "free some room" in watcher.faults[0]
    for _ in range(20):
        watcher.look()
    assert current().version == version_in(data) and watcher.faults == ()


def test_a_command_changes_what_is_served_and_the_data_folder(data, corrected, capsys):
    watcher = watching(data)
    assert main([str(corrected), "--data", str(data)]) == 0
    assert f"published version {version_in(corrected)}" in capsys.readouterr().out
    assert data_bytes(data) == data_bytes(corrected)
    watcher.look()
    assert current().version == version_in(corrected)
    assert current().publications[-1].how == "command"
    assert looked(watcher).faults == () and len(watcher.store.record().publications) == 2
    assert main([str(corrected), "--data", str(data)]) == 0
    assert "served already" in capsys.readouterr().out


def test_a_command_with_faults_changes_nothing_and_names_them(data, corrected, tmp_path, capsys):
    faulty = shutil.copytree(corrected, tmp_path / "faulty")
    (faulty / "trade.csv").unlink()
    before = data_bytes(data)
    assert main([str(faulty), "--data", str(data)]) == 1
    told = capsys.readouterr().err
    assert "Nothing was published" in told and "trade.csv: file is missing" in told
    assert data_bytes(data) == before and not (data / "published").exists()


def test_a_command_keeps_what_lies_in_the_data_folder_or_asks_first(data, corrected):
    """The folder was never served: it is kept as a version before another takes its place."""
    first = version_in(data)
    publish(corrected, data)
    store = Store(data / "published", data)
    assert [one.version for one in store.record().publications] == [first, version_in(corrected)]
    assert version_in(store.version_folder(first)) == first
    rewrite(data / "sites.csv", "exact", "exactly")
    with pytest.raises(Refused, match=r"not published: sites\.csv"):
        publish(corrected, data)
    publish(corrected, data, replaces=True)
    assert data_bytes(data) == data_bytes(corrected)


def test_a_data_folder_that_cannot_be_written_keeps_its_files(data, corrected, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(os, "access", lambda path, _mode: os.fspath(path) != os.fspath(data))
    before = data_bytes(data)
    watcher = watching(data)
    assert main([str(corrected), "--data", str(data)]) == 0
    assert "cannot be written and still holds" in capsys.readouterr().out
    assert data_bytes(data) == before
    looked(watcher)
    assert current().version == version_in(corrected)
    watching(data)
    assert current().version == version_in(corrected), "also after the next start"


def test_a_full_disk_is_a_clear_line_of_the_command(data, corrected, monkeypatch, capsys):
    def fsync(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    publish(corrected, data)
    rewrite(data / "projects.csv", ",,1250,2020,,UzAuto", ",,1000,2020,,UzAuto")
    monkeypatch.setattr(os, "fsync", fsync)
    assert main([str(data), "--data", str(data)]) == 2
    told = capsys.readouterr().err
    assert "No space left on device" in told and str(data / "published") in told and "ATLAS_STATE" in told


def test_a_page_of_a_version_served_before_the_restart_gets_it_again(data, corrected, monkeypatch):
    watching(data)
    first = current().version
    publish(corrected, data)
    monkeypatch.setattr(atlas, "_published", [])
    watcher = watching(data)
    assert current().version == version_in(corrected)
    assert watcher.called(first).version == first
    assert [one.version for one in held()] == [version_in(corrected), first]
    assert current().version == version_in(corrected)
