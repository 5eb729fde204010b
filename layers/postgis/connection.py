"""The connection to a database, and what is said where it cannot be used: the reason and what to do about it.

Nothing here tells the password of an address.
"""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Iterator
from functools import lru_cache

import psycopg
import sqlalchemy
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL, make_url

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
EXAMPLE = "postgresql://user:password@host:5432/database"
PUBLISH = "python -m layers.publish --to ADDRESS FOLDER"

PATIENCE = {
    "connect_timeout": 3,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,  # milliseconds: a host that is gone says nothing
    "application_name": "corridor-atlas",
}
"""How connections are made unless the address says otherwise (its `?name=value`)."""

REMEDIES = (
    ("password authentication failed", "check user and password of the address, or PGPASSWORD and ~/.pgpass"),
    ("no password supplied", "put a password into the address, PGPASSWORD or ~/.pgpass"),
    ("no pg_hba.conf entry", "let this machine in: a line of pg_hba.conf on the server"),
    (
        "permission denied for database",
        'run as its owner: GRANT CONNECT ON DATABASE "{database}" TO "{user}";',
    ),
    ("role ", "make the role: CREATE ROLE {user} LOGIN PASSWORD '…';"),
    ("too many clients", "try again later, or raise max_connections of the server"),
    ("starting up", "try again when it has started"),
    ("database ", "make the database: CREATE DATABASE {database} OWNER {user};"),
    ("", "see that PostgreSQL runs and listens there, and check host and port of the address"),
)
"""What the server or the network says, and what to do about it: the first that fits."""

TO_READ = (
    'run as the role that publishes: GRANT USAGE ON SCHEMA atlas TO "{user}"; and publish once more, '
    "the same data too; all rights to read follow"
)
TO_PUBLISH = "publish as the role that has published here before, which owns the schema atlas"
"""What to do where rights are missing."""

STATES = {
    "25006": "the database takes no changes: publish to the server that does",
    "53100": "the disk of the server is full: free some room there",
    "55P03": "somebody else is publishing: try again when that is done",
    "42P01": f"nothing is published there yet, or not whole: {PUBLISH}",
    "42703": "a column is missing: publish the data anew with this version of the program",
}
"""What to do by the SQLSTATE of an error."""


class Unavailable(ConnectionError):
    """Why the database cannot be used, and what to do about it."""


@lru_cache(maxsize=4)
def engine_of(address: str) -> Engine:
    """The pool of connections of this process to the database of an address, made once; Unavailable."""
    url = parsed(address)
    patience = {name: value for name, value in PATIENCE.items() if name not in url.query}
    engine = sqlalchemy.create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=patience)
    if hasattr(os, "register_at_fork"):  # two processes on one connection would read each other's answers
        os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))
    return engine


def parsed(address: str) -> URL:
    """The address of a database; Unavailable where it is none, without a word of what stands in it."""
    with contextlib.suppress(sqlalchemy.exc.ArgumentError, ValueError):
        url = make_url(address)
        if url.drivername in SCHEMES and url.database:
            return url.set(drivername="postgresql+psycopg")
    raise Unavailable(
        f"the address of the database is no {EXAMPLE} (letters such as @ / : # % of a password are written "
        "as %40 %2F %3A %23 %25)"
    )


def place(engine: Engine) -> str:
    """The database and its server as messages name them."""
    url = engine.url
    host = url.host or url.query.get("host") or "this machine"
    return f"database {url.database} on {host}{f':{url.port}' if url.port else ''}"


_away: dict[Engine, str] = {}
"""Databases that could not be read the last time, and why."""


@contextlib.contextmanager
def reading(engine: Engine, at_once: bool = False) -> Iterator[Connection]:
    """A connection that sees the database as it is at one moment; Unavailable where something goes wrong.

    With `at_once`, as for a reader who waits, nothing is asked where it went wrong the last time: a host that
    is gone lets one wait for seconds. Whoever follows the database asks it each second.
    """
    if at_once and (why := _away.get(engine)):
        raise Unavailable(why)
    try:
        with told(engine, TO_READ), engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
    except Unavailable as error:
        _away[engine] = str(error)
        raise
    else:
        _away.pop(engine, None)


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is done at the end, or not at all; Unavailable where something goes wrong."""
    with told(engine, TO_PUBLISH), engine.begin() as connection:
        yield connection


@contextlib.contextmanager
def told(engine: Engine, to_be_allowed: str) -> Iterator[None]:
    """Whatever the database refuses within becomes Unavailable; `to_be_allowed` is for missing rights."""
    try:
        yield
    except (sqlalchemy.exc.DBAPIError, psycopg.Error) as error:
        raise unavailable(engine, *reason(getattr(error, "orig", None) or error, to_be_allowed)) from error
    except sqlalchemy.exc.SQLAlchemyError as error:  # such as a pool without a free connection
        raise unavailable(engine, str(error)) from error


def reason(error: BaseException, to_be_allowed: str) -> tuple[str, str]:
    """What the database or the network says, and what to do about it, "" where that is not known."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else type(error).__name__
    if (state := getattr(error, "sqlstate", None)) is not None:
        return said, {**STATES, "42501": to_be_allowed}.get(state, "")
    said = next((line for line in lines if "FATAL" in line), said).rpartition("FATAL:")[2].strip()
    return said, next(remedy for sign, remedy in REMEDIES if sign in said)


def unavailable(engine: Engine, problem: str, remedy: str = "") -> Unavailable:
    """Why the database of an engine cannot be used, and what to do about it."""
    names = {"user": engine.url.username or getpass.getuser(), "database": engine.url.database}
    return Unavailable(
        f"the {place(engine)} cannot be used: {problem}{remedy and f'; {remedy.format(**names)}'}"
    )


ENABLE = "as a superuser run in this database: CREATE EXTENSION postgis;"
INSTALL = "install it on the server (Debian: postgresql-15-postgis-3), then "
ALLOW = 'run as its owner or a superuser: GRANT CREATE ON DATABASE "{database}" TO "{user}";'

STANDING = text(
    """SELECT current_user AS "user", current_database() AS "database",
       current_setting('server_encoding') AS encoding,
       has_database_privilege(current_database(), 'CREATE') AS may_create,
       EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') AS has_postgis,
       EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') AS knows_postgis"""
)


def check_can_publish(engine: Engine) -> None:
    """Unavailable, with what to run, where this role cannot publish into this database."""
    with reading(engine) as connection:
        # The transaction itself is read-only; what counts is how the next one would be.
        one = connection.execute(STANDING).one()
        is_read_only = connection.execute(text("SHOW default_transaction_read_only")).scalar_one() == "on"
        is_standby = connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one()
    if is_standby or is_read_only:
        raise unavailable(engine, "it is read-only", STATES["25006"])
    if one.encoding != "UTF8":
        remedy = "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;"
        raise unavailable(engine, f"its encoding is {one.encoding}", remedy)
    if not one.has_postgis:
        raise unavailable(engine, "it has no PostGIS", ("" if one.knows_postgis else INSTALL) + ENABLE)
    if not one.may_create:
        raise unavailable(engine, f"{one.user} may not publish in it", ALLOW)
