"""Publishing into a real PostgreSQL with PostGIS, and reading from it what was published."""

from __future__ import annotations

import dataclasses
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import psycopg
import pytest
from sqlalchemy import text

from layers import atlas, contract, current
from layers.contract import data_bytes, files
from layers.contract.shapes import SHAPES
from layers.contract.tables import TABLES
from layers.postgis import database_of, frames, publishing
from layers.postgis.connection import Unavailable, engine_of, reading
from layers.publish import main
from layers.store import Store, copy_of
from layers.versions import versions_of
from layers.watch import Watcher
from tests.postgres import ADMIN, LOCKED, READER
from tests.processes import ROOT

LONGEST = 60  # seconds, for a busy machine


def version_in(folder: Path) -> str:
    return files.version(data_bytes(folder))


@pytest.fixture
def address(postgres, published):
    """A database of a test's own in which the first folder is published."""
    name = postgres.database(template=published)
    yield postgres.url(name)
    postgres.leave(name)


def rows(address: str, query: str, *given: object) -> list[tuple]:
    with psycopg.connect(address) as connection:
        return connection.execute(query, given).fetchall()


# --- what is read ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(postgres, published, folders):
    """The first folder as read from its files and as read from the database."""
    with atlas.texts_alike():
        from_files = contract.read(folders[0])
    url = postgres.url(published)
    with reading(engine_of(url)) as connection:
        from_database = frames.read(connection, from_files.version, folders[0])
    postgres.leave(published)
    return from_files, from_database


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_from_files_and_database(both, name):
    pd.testing.assert_frame_equal(both[0].tables[name], both[1].tables[name])
    for cells in both[1].tables[name].items():
        kinds = [{type(cell) for cell in one.tables[name][cells[0]]} for one in both]
        assert kinds[0] == kinds[1], cells[0]


@pytest.mark.parametrize("name", SHAPES)
def test_geometries_are_the_same_from_files_and_database(both, name):
    left, right = (one.shapes[name] for one in both)
    assert list(left.geometry.to_wkb(include_srid=True)) == list(right.geometry.to_wkb(include_srid=True))
    assert left.crs == right.crs and isinstance(right, gpd.GeoDataFrame)
    pd.testing.assert_frame_equal(*(pd.DataFrame(one).drop(columns="geometry") for one in (left, right)))
    assert list(left.columns) == list(right.columns)


def test_the_atlas_is_the_same_from_files_and_database(both):
    left, right = map(atlas.snapshot, both)
    for one in dataclasses.fields(atlas.Atlas):
        values = getattr(left, one.name), getattr(right, one.name)
        if isinstance(values[0], gpd.GeoDataFrame):
            assert list(values[0].geometry.to_wkb()) == list(values[1].geometry.to_wkb())
            values = tuple(pd.DataFrame(value).drop(columns="geometry") for value in values)
        if isinstance(values[0], pd.DataFrame):
            pd.testing.assert_frame_equal(*values)
        elif one.name != "decks":
            assert values[0] == values[1], one.name
    assert left.decks.keys() == right.decks.keys() and left.decks


def test_a_place_is_a_point_of_postgis_and_a_column_has_the_type_of_its_values(postgres, published, both):
    url, schema = postgres.url(published), f"atlas_{both[0].version}"
    types = dict(
        rows(
            url,
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = %s AND table_name = 'sites'",
            schema,
        )
    )
    wanted = {"sectors": "ARRAY", "jobs": "bigint", "area_ha": "double precision", "name_uz": "text"}
    assert wanted.items() <= types.items() and types["geometry"] == "USER-DEFINED"
    site = both[0].tables["sites"].iloc[0]
    query = f"SELECT ST_X(geometry), ST_Y(geometry), ST_SRID(geometry) FROM {schema}.sites WHERE site_id = %s"
    assert rows(url, query, site.name) == [(site["lon"], site["lat"], 4326)]
    near = f"SELECT count(*) FROM {schema}.segments WHERE ST_Intersects(geometry, %s::geometry)"
    assert rows(url, near, "SRID=4326;POLYGON((40 30,90 30,90 60,40 60,40 30))")[0][0] > 100
    indexed = rows(
        url, "SELECT tablename FROM pg_indexes WHERE schemaname = %s AND indexdef LIKE '%%gist%%'", schema
    )
    assert {("sites",), ("segments",), ("regions",), ("nodes",), ("crossings",)} <= set(indexed)


# --- what is published -------------------------------------------------------------------------------


def test_a_publication_says_what_changed_and_earlier_versions_are_kept(
    address, folders, tmp_path, monkeypatch, capsys
):
    old, new = folders
    assert main([str(new), "--to", address]) == 0
    assert f"published version {version_in(new)}" in capsys.readouterr().out
    monkeypatch.setenv("ATLAS_DATABASE_URL", address)
    assert main([str(new)]) == 0, "the database of the environment is meant where none is named"
    assert "served already" in capsys.readouterr().out

    store = Store(tmp_path / "copy", tmp_path / "copy")
    database = database_of(address)
    database.copy_into(store)
    found = database.load(version_in(new), store)
    assert [(one.version, one.how, one.before, one.changed) for one in found.publications] == [
        (version_in(old), "command", "", ()),
        (version_in(new), "command", version_in(old), (("projects", 0, 0, 1),)),
    ]
    assert [one.version for one in versions_of(found)] == [version_in(new), version_in(old)]
    assert found.schema == f"atlas_{version_in(new)}" and version_in(found.folder) == version_in(new)
    assert database.load(version_in(old), store).projects.at["P-016", "jobs"] == 1000
    from_files = atlas.load(new).cities["population"]
    pd.testing.assert_series_equal(found.cities["population"], from_files)
    assert from_files.isna().sum() == 1, "a property that is not known stays so"

    # Back to the version before: its tables are there already. What is older than what is kept goes.
    monkeypatch.setattr(publishing, "KEPT_WHOLE", 1)
    assert main([str(old), "--to", address]) == 0
    assert rows(address, "SELECT DISTINCT version FROM atlas.files") == [(version_in(old),)]
    schemas = rows(address, r"SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'atlas\_%%'")
    assert schemas == [(f"atlas_{version_in(old)}",)]
    assert rows(address, "SELECT count(tables) FROM atlas.publications") == [(3,)]
    with pytest.raises(LookupError, match="not whole"):
        database.load(version_in(new), Store(tmp_path / "other", tmp_path / "other"))


def test_faulty_data_are_refused_with_all_their_faults(address, folders, tmp_path, capsys):
    faulty = shutil.copytree(folders[1], tmp_path / "faulty")
    (faulty / "trade.csv").unlink()
    before = standing(address)
    assert main([str(faulty), "--to", address]) == 1
    told = capsys.readouterr().err
    assert "Nothing was published" in told and "trade.csv: file is missing" in told
    assert standing(address) == before


def standing(address: str) -> list[tuple]:
    """Everything that publishing writes, as others see it."""
    tables = "SELECT schemaname::text, relname::text FROM pg_stat_user_tables WHERE schemaname LIKE 'atlas%%'"
    return [
        *sorted(rows(address, tables)),
        *rows(address, "SELECT number, version FROM atlas.publications ORDER BY number"),
        *rows(address, "SELECT version, name, md5(body) FROM atlas.files ORDER BY version, name"),
    ]


def test_a_program_killed_while_it_publishes_leaves_what_was_there(address, folders):
    before = standing(address)
    with psycopg.connect(address) as connection:
        # All is written but the last line, for which the program then waits.
        connection.execute("LOCK TABLE atlas.publications IN SHARE MODE")
        command = [sys.executable, "-m", "layers.publish", str(folders[1]), "--to", address]
        running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO atlas.publications%%'"
        )
        until(lambda: rows(address, waiting) == [(1,)] or running.poll() is not None)
        assert running.poll() is None, running.stderr.read().decode()
        assert standing(address) == before, "half of a version is seen by nobody"
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stderr.close()
    until(lambda: rows(address, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [(0,)])
    assert standing(address) == before


def until(holds) -> None:
    """Wait for another program."""
    deadline = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # another process does the work that is waited for


def test_one_publishes_at_a_time(address, folders, monkeypatch):
    monkeypatch.setattr(publishing, "LONGEST_WAIT", "50ms")
    before = standing(address)
    with psycopg.connect(address) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (publishing.LOCK,))
        with pytest.raises(Unavailable, match="somebody else is publishing"):
            database_of(address).publish(folders[1])
    assert standing(address) == before


# --- what stands in the way --------------------------------------------------------------------------

SECRET = "k9:s/e%23cret"
ADDRESSES = {
    f"mysql://me:{SECRET}@localhost/atlas": "no postgresql://",
    f"postgresql://me:{SECRET}@localhost:port/atlas": "written as %40",
    f"me:{SECRET}": "no postgresql://",
    "postgresql://me:k9secret@127.0.0.1:1/atlas": "see that PostgreSQL runs and listens there",
    f"postgresql://{LOCKED}:k9secret@/postgres?host={{folder}}": "check user and password",
    f"postgresql://{LOCKED}@/postgres?host={{folder}}": "put a password into the address",
    "postgresql://nobody:k9secret@/postgres?host={folder}": "CREATE ROLE nobody",
    f"postgresql://{ADMIN}:k9secret@/nothing?host={{folder}}": f"CREATE DATABASE nothing OWNER {ADMIN}",
}


@pytest.mark.parametrize(("url", "told"), ADDRESSES.items())
def test_an_address_that_does_not_work_is_told_with_the_remedy_and_without_the_password(
    url, told, postgres, folders, tmp_path, capsys, caplog
):
    url = url.format(folder=postgres.folder)
    assert main([str(folders[1]), "--to", url]) == 2
    said = capsys.readouterr()
    assert "Nothing was published" in said.err and told in said.err
    with pytest.raises(ConnectionError) as refused:
        database_of(url).copy_into(Store(tmp_path, tmp_path))
    for one in (said.err, said.out, caplog.text, str(refused.value)):
        assert "k9" not in one and "cret" not in one


def remedy(said: str, postgres, database: str) -> None:
    """Run the SQL that a message tells to run, as a superuser."""
    statements = re.findall(r"(?:CREATE|GRANT|ALTER) [^;]+;", said)
    assert statements, said
    postgres.run(*statements, database=database)


def test_what_is_missing_in_a_database_is_told_as_the_sql_to_run(postgres, folders, tmp_path, capsys):
    name = postgres.database(template="template1")
    admin, reader = postgres.url(name), postgres.url(name, READER)
    assert main([str(folders[0]), "--to", admin]) == 2
    told = capsys.readouterr().err
    assert "it has no PostGIS" in told
    remedy(told, postgres, name)

    with pytest.raises(Unavailable, match="may not publish in it") as refused:
        database_of(reader).publish(folders[0])
    with pytest.raises(Unavailable, match=r"nothing is published there yet.*layers\.publish"):
        database_of(reader).copy_into(Store(tmp_path, tmp_path))
    assert rows(admin, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'atlas%%'") == [(0,)]
    remedy(str(refused.value), postgres, name)
    assert "published" in database_of(reader).publish(folders[0])
    postgres.leave(name)


def test_a_role_without_rights_is_told_what_to_grant_and_then_reads(postgres, published, folders, tmp_path):
    name = postgres.database(template=published)
    admin, reader = postgres.url(name), postgres.url(name, READER)
    store = Store(tmp_path, tmp_path)
    with pytest.raises(Unavailable, match="permission denied") as refused:
        database_of(reader).copy_into(store)
    remedy(str(refused.value), postgres, name)
    with pytest.raises(Unavailable, match="publish once more"):
        database_of(reader).copy_into(store)
    assert "served already" in database_of(admin).publish(folders[0])
    database_of(reader).copy_into(store)
    assert database_of(reader).load(version_in(folders[0]), store).version == version_in(folders[0])
    postgres.leave(name)


def test_a_database_that_takes_no_changes_is_told(postgres, address, folders):
    name = engine_of(address).url.database
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    engine_of(address).dispose()
    with pytest.raises(Unavailable, match=r"it is read-only; .* publish to the server that does"):
        database_of(address).publish(folders[1])


# --- following it ------------------------------------------------------------------------------------


@pytest.fixture
def watcher(address, tmp_path, monkeypatch):
    """What a server does over the database, on a machine of its own."""
    monkeypatch.setenv("ATLAS_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(atlas, "_published", [])
    database = database_of(address)
    made = Watcher(tmp_path / "none", copy_of(database.name, tmp_path), database=database)
    atlas.serve(made.begin())
    return made


def test_a_server_follows_and_open_pages_keep_their_version(watcher, address, folders, tmp_path, monkeypatch):
    first = current()
    watcher.look()
    assert current() is first and watcher.faults == ()
    database_of(address).publish(folders[1])
    watcher.look()
    assert current().version == version_in(folders[1])
    assert watcher.called(first.version) is first and watcher.called("0" * 12) is None

    # Another machine, started later, has the earlier version for a page that was opened elsewhere.
    monkeypatch.setattr(atlas, "_published", [])
    database = database_of(address)
    other = Watcher(tmp_path / "none", Store(tmp_path / "b", tmp_path / "b"), database=database)
    atlas.serve(other.begin())
    assert other.called(first.version).version == first.version
    assert current().version == version_in(folders[1])


def test_tables_that_cannot_be_read_are_told_while_the_copy_is_served(
    watcher, address, folders, monkeypatch, tmp_path
):
    first, schema = current().version, current().schema
    with psycopg.connect(address) as connection:
        connection.execute(f"ALTER SCHEMA {schema} RENAME TO aside")
    monkeypatch.setattr(atlas, "_published", [])
    atlas.serve(watcher.begin())
    assert (current().version, current().schema) == (first, "")
    assert "is read from its copy" in watcher.faults[0] and "not whole" in watcher.faults[0]
    with psycopg.connect(address) as connection:
        connection.execute(f"ALTER SCHEMA aside RENAME TO {schema}")
    for _ in range(20):
        watcher.look()
    assert watcher.faults == () and (current().version, current().schema) == (first, schema)


def test_a_machine_with_no_place_for_a_copy_takes_a_temporary_one(tmp_path, monkeypatch):
    monkeypatch.delenv("ATLAS_STATE", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "file").touch()
    assert copy_of("database", tmp_path / "file").folder.parent == tmp_path
    assert copy_of("database", tmp_path / "new").folder.parent == tmp_path / "new"


def test_a_reader_does_not_wait_for_a_database_that_did_not_answer(postgres, address):
    engine = engine_of(address)
    name = engine.url.database
    engine.dispose()
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    with pytest.raises(Unavailable), reading(engine):
        pass
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    with pytest.raises(Unavailable), reading(engine, at_once=True):
        pass
    with reading(engine):
        pass
    with reading(engine, at_once=True) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_a_look_that_does_not_end_is_told(watcher, monkeypatch):
    """As over a database or a disk that takes questions and gives no answers."""
    monkeypatch.setattr("layers.watch.LONGEST_LOOK", -1)
    heard = []
    monkeypatch.setattr(watcher, "follow", lambda: heard.append(watcher.faults))
    watcher.look_once()
    assert "not been read to the end" in heard[0][0] and watcher.faults == ()


def test_without_a_database_its_packages_are_neither_imported_nor_needed(tmp_path):
    program = """
import sys
for name in ("sqlalchemy", "psycopg"):
    sys.modules[name] = None
import layers.watch, layers.publish
print(layers.publish.main(["geodata", "--to", "postgresql://localhost/atlas"]))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "2", done.stderr
    assert "pip install -r layers/postgis/requirements.txt" in done.stderr
