"""Publishing a folder into a database: checked first, then written in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path

from psycopg import Cursor
from sqlalchemy import Connection, text

from layers import contract, versions
from layers.atlas import Publication, snapshot, texts_alike
from layers.contract import CheckedFolder, data_bytes
from layers.postgis import register, tables
from layers.postgis.connection import Unavailable, check_can_publish, engine_of, writing
from layers.store import KEPT_LINES, KEPT_TABLES, KEPT_WHOLE, changed, now

log = logging.getLogger(__name__)

LOCK = 7_236_120_251
"""The advisory lock of whoever publishes."""

LONGEST_WAIT = "60s"
"""For another one who publishes."""


def publish(address: str, folder: Path) -> str:
    """Publish a folder in the database of an address; what was done, in a line.

    DataError with every fault of the folder, or Unavailable: nothing has changed.
    """
    engine = engine_of(address)
    check_can_publish(engine)
    found = data_bytes(folder)
    with texts_alike():
        checked = contract.read(folder, found)
    snapshot(checked)  # what the atlas makes of the tables can be made
    with writing(engine) as connection:
        is_new = _publish(connection, checked, found)
    try:
        with writing(engine) as connection:
            _let_go(connection)
    except Unavailable as error:  # such as a reader of an old version; the next one who publishes tries again
        log.warning("what is older than what is kept could not be deleted: %s", error)
    done = "published version {}" if is_new else "version {} is served already"
    return done.format(checked.version)


def _publish(connection: Connection, checked: CheckedFolder, found: Mapping[str, bytes]) -> bool:
    """Write a version, within a transaction; False where it is the newest already."""
    cursor = _alone(connection)
    cursor.execute(register.TABLES)
    version, newest = checked.version, register.newest(connection)
    before = newest[1] if newest else ""
    if version not in register.kept(connection):
        register.add_files(cursor, version, found)
        tables.write(cursor, checked)
    for schema in ("atlas", *map(tables.schema_of, register.kept(connection))):
        tables.let_read(cursor, schema, register.readers(connection))
    if version != before:
        line = Publication(version, now(), "command", before, _changed(connection, before, found))
        register.add(cursor, line, versions.packed(found))
    return version != before


def _alone(connection: Connection) -> Cursor:
    """The transaction's cursor, once nobody else publishes."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
    return cursor


def _changed(
    connection: Connection, before: str, found: Mapping[str, bytes]
) -> tuple[tuple[str, int, int, int], ...]:
    """How many rows and features of each file came, went and changed since the version before."""
    old = register.digests(connection, before)
    if not old:
        return ()
    alike = {name for name, body in found.items() if old.get(name) == hashlib.sha256(body).hexdigest()}
    new = {name: body for name, body in found.items() if name not in alike}
    return changed(register.bodies(connection, before, old.keys() - alike), new)


def _let_go(connection: Connection) -> None:
    """Delete what is older than what is kept."""
    cursor = _alone(connection)
    # A server may be reading the version for a page that is open.
    cursor.execute("SET LOCAL lock_timeout = '5s'")
    lines = register.publications(connection)
    latest = list(dict.fromkeys(one.version for one in reversed(lines)))[:KEPT_WHOLE]
    for version in register.kept(connection) - set(latest):
        tables.drop(cursor, version)
        connection.execute(text("DELETE FROM atlas.files WHERE version = :version"), {"version": version})
    register.shorten(cursor, KEPT_LINES, KEPT_TABLES)
