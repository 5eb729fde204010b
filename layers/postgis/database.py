"""A database into which versions are published, as the servers see it that follow it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layers.atlas import Atlas, snapshot
from layers.postgis import frames, publishing, register
from layers.postgis.connection import PUBLISH, Unavailable, engine_of, place, reading
from layers.postgis.tables import schema_of
from layers.store import KEPT_TABLES, Store


class Database:
    """The versions published in the database of an address.

    Each machine keeps a copy of the newest: geometry files and presentations are read from it, and everything
    while the database is away. `name` is what messages call the database.
    """

    def __init__(self, address: str) -> None:
        self._address, self._engine = address, engine_of(address)
        self._copied: tuple[int, str] | None = None
        self.name = place(self._engine)

    def publish(self, folder: Path) -> str:
        """Publish a folder; what was done, in a line. DataError or Unavailable: nothing has changed."""
        return publishing.publish(self._address, folder)

    def copy_into(self, store: Store, waits: bool = True) -> None:
        """Have the store hold what was published last; one cheap question where it does already.

        Unavailable where the database cannot be read or holds nothing, OSError where the store cannot be
        written. Without `waits` nothing is done while another process of this machine does it.
        """
        with reading(self._engine) as connection:
            newest = register.newest(connection)
        if newest is None:
            raise Unavailable(f"nothing is published in the {self.name}: {PUBLISH}")
        if newest == self._copied:
            return
        with store.alone(waits) as is_alone:
            if not is_alone:
                return
            with reading(self._engine) as connection:
                lines = register.publications(connection)
            if store.record().publications != lines:
                self._keep(lines[-1].version, store)
                missing = store.without_tables(lines[-KEPT_TABLES:])
                with reading(self._engine) as connection:
                    store.follow(lines, register.zips(connection, missing))
        self._copied = newest

    def load(self, version: str, store: Store) -> Atlas:
        """A version from its tables, its data files in the store; Unavailable where they cannot be read.

        LookupError where the version is not kept, OSError where the store cannot be written.
        """
        with store.alone():
            self._keep(version, store)
        with reading(self._engine) as connection:
            checked = frames.read(connection, version, store.version_folder(version))
        return replace(store.placed(snapshot(checked)), schema=schema_of(version))

    def _keep(self, version: str, store: Store) -> None:
        """Keep the data files of a version in the store."""
        if not store.holds(version):
            with reading(self._engine) as connection:
                names = register.digests(connection, version)
                store.keep(version, register.bodies(connection, version, names))
