"""A PostgreSQL server with PostGIS of the tests' own, in a folder that goes with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

WANTED = os.environ.get("ATLAS_POSTGIS") == "required"
MISSING = (
    "no PostgreSQL with PostGIS here (Debian: apt install postgresql-15 postgresql-15-postgis-3); "
    "ATLAS_POSTGIS=required makes this a failure"
)
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "autovacuum": "off",
    "jit": "off",
    "listen_addresses": "",
}
ADMIN, READER, LOCKED = "atlas_admin", "atlas_reader", "atlas_locked"
PASSWORD = "p@ss:w/rd%25"


@cache
def programs() -> Path | None:
    """The folder with PostgreSQL's own programs, where PostGIS is there too; None where not."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    for folder in reversed(folders):
        if Path(f"/usr/share/postgresql/{folder.parent.name}/extension/postgis.control").exists():
            return folder
    return None


@dataclass(frozen=True)
class Postgres:
    """A cluster: `folder` holds its data and its socket."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, user: str = ADMIN, password: str = "") -> str:
        """The address of a database over the socket."""
        return f"postgresql://{user}{':' if password else ''}{password}@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run SQL as the superuser, each statement for itself."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def database(self, template: str = "with_postgis") -> str:
        """The name of a new database of a test's own."""
        name = f"atlas_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def leave(self, database: str) -> None:
        """Close the connections of this process, without which the database cannot be copied or deleted."""
        from layers.postgis.connection import engine_of

        for user in (ADMIN, READER):
            engine_of(self.url(database, user)).dispose()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        _as_owner(
            self.folder, "pg_ctl", "start", "-w", "-s", "-l", "log", "-o", f"{settings} -k {self.folder}"
        )

    def stop(self) -> None:
        """Stop the server, whoever is connected."""
        _as_owner(self.folder, "pg_ctl", "stop", "-w", "-s", "-m", "immediate")


def _as_owner(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as an ordinary user: it refuses root."""
    command = [str(programs() / program), "-D", str(folder / "data"), *arguments]
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **owner,
    )
    assert done.returncode == 0, done.stderr.decode()


@contextlib.contextmanager
def cluster() -> Iterator[Postgres]:
    """A running server with a template database that has PostGIS."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: the address of a socket has 107 letters
    server = Postgres(folder)
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        as_trusted = ("--auth=trust", "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        _as_owner(folder, "initdb", *as_trusted)
        rules = folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {LOCKED} scram-sha-256\n{rules.read_text('utf-8')}", "utf-8")
        server.start()
        server.run(
            f"CREATE ROLE {READER} LOGIN",
            f"CREATE ROLE {LOCKED} LOGIN PASSWORD 'secret'",
            "CREATE DATABASE with_postgis",
        )
        server.run("CREATE EXTENSION postgis", database="with_postgis")
        yield server
    finally:
        with contextlib.suppress(AssertionError):  # a test may have stopped it
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, started at its first use; without PostgreSQL tests are skipped."""
    if programs() is None:
        (pytest.fail if WANTED else pytest.skip)(MISSING)
    with cluster() as server:
        yield server
