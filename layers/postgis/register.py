"""What was published into a database: the publications, and the data files of the versions kept, verbatim."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from psycopg import Cursor
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from layers.atlas import Publication
from layers.store import KEPT_LINES

TABLES = """
CREATE SCHEMA IF NOT EXISTS atlas;
CREATE TABLE IF NOT EXISTS atlas.publications (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version text NOT NULL,
    time timestamptz NOT NULL,
    how text NOT NULL,
    before text NOT NULL,
    changed jsonb NOT NULL,
    tables bytea -- the CSV files as a zip, kept longer than the version
);
CREATE TABLE IF NOT EXISTS atlas.files (
    version text,
    name text,
    body bytea NOT NULL,
    PRIMARY KEY (version, name)
);
"""


def newest(connection: Connection) -> tuple[int, str] | None:
    """Number and version of the last publication, None where there is none: cheap, for asking each second."""
    query = text("SELECT number, version FROM atlas.publications ORDER BY number DESC LIMIT 1")
    row = connection.execute(query).first()
    return tuple(row) if row else None


def publications(connection: Connection) -> tuple[Publication, ...]:
    """Those that are remembered, oldest first."""
    query = text(
        "SELECT version, time, how, before, changed FROM atlas.publications ORDER BY number DESC LIMIT :most"
    )
    rows = connection.execute(query, {"most": KEPT_LINES}).all()
    return tuple(
        Publication(
            one.version,
            one.time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            one.how,
            one.before,
            tuple((name, *counts) for name, *counts in one.changed),
        )
        for one in reversed(rows)
    )


def add(cursor: Cursor, line: Publication, tables: bytes) -> None:
    """One more publication, with its tables as a zip."""
    cursor.execute(
        "INSERT INTO atlas.publications (version, time, how, before, changed, tables) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        (line.version, line.time, line.how, line.before, Jsonb(asdict(line)["changed"]), tables),
    )


def zips(connection: Connection, wanted: list[Publication]) -> Iterator[tuple[str, bytes]]:
    """The names and the kept tables of these publications, one after the other."""
    query = text(
        "SELECT tables FROM atlas.publications WHERE version = :version AND tables IS NOT NULL "
        "ORDER BY number DESC LIMIT 1"
    )
    for one in wanted:
        body = connection.execute(query, {"version": one.version}).scalar()
        if body is not None:
            yield one.name, bytes(body)


def add_files(cursor: Cursor, version: str, found: Mapping[str, bytes]) -> None:
    """The data files of a version."""
    cursor.executemany(
        "INSERT INTO atlas.files (version, name, body) VALUES (%s, %s, %s)",
        [(version, name, body) for name, body in found.items()],
    )


def digests(connection: Connection, version: str) -> dict[str, str]:
    """The SHA-256 of each data file of a version by its name; empty where the version is not kept whole."""
    query = text(
        "SELECT name, encode(sha256(body), 'hex') AS digest FROM atlas.files WHERE version = :version"
    )
    return {one.name: one.digest for one in connection.execute(query, {"version": version})}


def bodies(connection: Connection, version: str, names: Iterable[str]) -> dict[str, bytes]:
    """Data files of a version by name."""
    query = text("SELECT body FROM atlas.files WHERE version = :version AND name = :name")
    return {
        name: bytes(connection.execute(query, {"version": version, "name": name}).scalar_one())
        for name in names
    }


def kept(connection: Connection) -> set[str]:
    """The versions that are kept whole."""
    return set(connection.execute(text("SELECT DISTINCT version FROM atlas.files")).scalars())


def shorten(cursor: Cursor, lines: int, with_tables: int) -> None:
    """Forget all but the last publications, and the tables of all but the last of these."""
    older = "number <= (SELECT number FROM atlas.publications ORDER BY number DESC OFFSET %s LIMIT 1)"
    cursor.execute(f"DELETE FROM atlas.publications WHERE {older}", (lines,))
    cursor.execute(
        f"UPDATE atlas.publications SET tables = NULL WHERE tables IS NOT NULL AND {older}", (with_tables,)
    )


def readers(connection: Connection) -> list[str]:
    """The roles that may look into the schema besides its owner, as SQL writes them."""
    query = """SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
        FROM pg_namespace, aclexplode(nspacl)
        WHERE nspname = 'atlas' AND privilege_type = 'USAGE' AND grantee <> nspowner"""
    return list(connection.execute(text(query)).scalars())
