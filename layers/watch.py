"""The data and their published versions, followed while the atlas runs, one watcher in each process.

The data are a folder in which somebody works, or a database in which somebody publishes (ATLAS_DATABASE_URL).
"""

from __future__ import annotations

import datetime
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from layers import atlas as snapshots
from layers.atlas import Atlas, load
from layers.contract import DataError, Fault, data_bytes, files
from layers.contract.decks import FOLDER as DECKS
from layers.store import Record, Store, copy_of, not_kept, store_of

if TYPE_CHECKING:
    from layers.postgis.database import Database

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks. A change is read when two looks in a row have seen the same."""

PATIENCE = 15
"""Looks after which a version that the disk had no room for is tried again."""

LONGEST_LOOK = 120
"""Seconds of one look after which a disk or a database that does not answer is told."""

MOST_TRIES = 10
MOST_LINES = 50
"""Faults that are told of one version of the data."""

Stamp = tuple[tuple[str, int, int, int, int], ...]


class Watcher:
    """Brings in what is saved in the data folder, and follows what any process has published.

    `ready` is called with a version before readers get it. Without a store the data folder alone is read.
    With a database the store is the copy that this machine keeps of it, and the data folder is not read.
    `checked` is when the data folder, or the database, was last looked at.
    """

    def __init__(
        self,
        data: Path,
        store: Store | None,
        ready: Callable[[Atlas], None] | None = None,
        database: Database | None = None,
    ) -> None:
        self.data, self.store, self.ready, self.database = data, store, ready, database
        self._refused: tuple[str, ...] = ()
        self._trouble = self._without = self._unread = self._copied = ""
        self._began = 0.0
        self.checked = datetime.datetime.now(datetime.UTC)
        self._last: Stamp | None = None
        self._done: Stamp | None = None
        self._followed: object = None
        self._known: tuple[object, Record] = (None, Record())
        self._waits = 0
        self._one_at_a_time = threading.RLock()

    def begin(self) -> Atlas:
        """The version to start with: what was saved or published last, or else the last one without faults.

        DataError where the data have faults and none was ever published; ConnectionError or LookupError where
        there is a database, but nothing can be read from it and there is no copy of it.
        """
        if self.store is None:
            return self._plain()
        if self.database is not None:
            return self._from_database(self.database, self.store)
        try:
            with self.store.alone():
                self.store.settle()
                return self._first(self.store)
        except OSError as error:
            self._without = not_kept(error, self.store.folder)
        except (LookupError, ValueError) as error:
            self._without = f"published versions cannot be read: {error}"
        log.error("%s. The data are served as they are", self._without)
        self.store = None
        return self._plain()

    def _plain(self) -> Atlas:
        found, self._done = self._read_at_rest()
        return load(self.data, found)

    def _from_database(self, database: Database, store: Store) -> Atlas:
        log.info("the data are those of the %s", database.name)
        try:
            database.copy_into(store)
        except OSError as error:
            if not store.record().version:
                raise
            self._stumble(error)
        self._followed = store.stamp()
        return self._load(store.record().version, store)

    def _load(self, version: str, store: Store) -> Atlas:
        """A version from the database, or from the store where there is none or it cannot be read."""
        if self.database is None:
            return store.load(version)
        copied = ""
        try:
            return self.database.load(version, store)
        except ConnectionError as error:
            copied = f"version {version} is read from its copy in {store.folder}: {error}"
            if copied != self._copied:
                log.warning("%s", copied)
            return store.load(version)
        finally:
            if version == store.record().version:
                self._copied, self._waits = copied, PATIENCE

    def _first(self, store: Store) -> Atlas:
        record, self._followed = store.record(), store.stamp()
        try:
            found, self._done = self._read_at_rest()
            version = files.version(found)
            if not record.version or version != record.seen:
                atlas = load(self.data, found)
                store.add(found, "saved" if record.version else "start", version)
                self._followed = store.stamp()
                return store.placed(atlas)
        except DataError as error:
            if not record.version:
                raise
            self._refuse(error, record.version)
        return store.load(record.version)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, a line each: with the data that were saved last, or with following them."""
        trouble = self._trouble
        if self._began and time.monotonic() - self._began > LONGEST_LOOK:
            trouble = f"they have not been read to the end for {LONGEST_LOOK} seconds"
        told = f"the data cannot be followed: {trouble}" if trouble else self._copied
        return (*filter(None, (self._without, told, self._unread)), *self._refused)

    def start(self) -> None:
        """Begin to look, also in each process that this one divides into."""
        self._run()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._again)

    def _again(self) -> None:
        self._one_at_a_time = threading.RLock()
        self._run()

    def _run(self) -> None:
        threading.Thread(target=self._look_for_ever, name="watching the data", daemon=True).start()

    def _look_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY):
            self.look_once()

    def look_once(self) -> None:
        """Look, and keep in mind what went wrong, until a look goes well."""
        self._began = time.monotonic()
        try:
            self.look()
        # Whatever it is, the next look may succeed; were the thread to end, the data would stay
        # unfollowed until the next start, and nobody would hear of it.
        except Exception as error:
            self._stumble(error)
        else:
            if self._trouble:
                log.info("the data are followed again")
            self._trouble = ""
        self._began = 0.0

    def _stumble(self, error: Exception) -> None:
        """Keep in mind why the data cannot be followed, and say so once."""
        is_told = isinstance(error, ConnectionError)  # in words, with what to do
        trouble = str(error) if is_told else repr(error)
        if (
            isinstance(error, OSError)
            and not is_told
            and self.database is not None
            and self.store is not None
        ):
            trouble = not_kept(error, self.store.folder)
        if trouble != self._trouble:
            log.error("the data cannot be followed: %s", trouble, exc_info=None if is_told else error)
        self._trouble = trouble

    def look(self) -> None:
        """Follow what was published; then bring in what was saved and is quiet since the last look."""
        if self.database is not None and self.store is not None:
            self._ask(self.database, self.store)
            return
        self.follow()
        stamp = stamp_of(self.data)
        self.checked = datetime.datetime.now(datetime.UTC)
        is_quiet, self._last = stamp == self._last, stamp
        self._waits = max(0, self._waits - 1)
        if is_quiet and stamp != self._done and not self._waits:
            self._bring_in(stamp)

    def _ask(self, database: Database, store: Store) -> None:
        """Follow what was published in the database; a version read from its copy is read anew in time."""
        try:
            database.copy_into(store, waits=False)
        finally:
            self.follow()
        self.checked = datetime.datetime.now(datetime.UTC)
        self._waits = max(0, self._waits - 1)
        if self._copied and (self._trouble or not self._waits):
            atlas = self._load(snapshots.held()[0].version, store)
            if not self._copied:
                self._adopt(atlas)

    def follow(self) -> None:
        """Serve what the record names, whoever has published it."""
        if self.store is None or self.store.stamp() == self._followed:
            return
        with self._one_at_a_time:
            stamp = self.store.stamp()
            try:
                version = self._record(self.store).version
                if version and version != snapshots.held()[0].version:
                    if (known := held(version)) is None:
                        _make_room()
                    self._adopt(self.store.placed(known) if known else self._load(version, self.store))
            except (OSError, LookupError, ValueError) as error:
                unread = f"the version published last cannot be read: {error}"
                if unread != self._unread:
                    log.error("%s", unread)
                self._unread = unread
                return
            self._followed, self._unread = stamp, ""

    def called(self, version: str) -> Atlas | None:
        """The snapshot of this version for a page that was made of it; None where it is no longer held."""
        found = held(version)
        if found is None and self.store is not None:
            self._take_up(version, self.store)
            found = held(version)
        return found

    def _take_up(self, version: str, store: Store) -> None:
        """Load a version that another process has served, or this one before it was started anew."""
        with self._one_at_a_time:
            try:
                record = self._record(store)
                if held(version) is None and version in record.latest(
                    snapshots.most_held(snapshots.held()[0])
                ):
                    atlas = self._load(version, store)
                    self._adopt(atlas) if version == record.version else snapshots.hold(atlas)
            except (OSError, LookupError, ValueError) as error:
                log.error("version %s cannot be read: %s", version, error)

    def _record(self, store: Store) -> Record:
        stamp = store.stamp()
        if self._known[0] != stamp:
            self._known = (stamp, store.record())
        return self._known[1]

    def _bring_in(self, stamp: Stamp) -> None:
        """Check and publish the data folder as it is; with faults or without room nothing changes."""
        version = snapshots.held()[0].version
        try:
            atlas = self._saved(stamp)
        except DataError as error:
            self._done = stamp
            self._refuse(error, version)
        except (OSError, LookupError, ValueError) as error:
            self._waits = PATIENCE
            why = not_kept(error, self.store.folder) if isinstance(error, OSError) and self.store else error
            self._tell(f"{why}. Version {version} goes on being served")
        else:
            if atlas is not None:
                self._adopt(atlas)

    def _saved(self, stamp: Stamp) -> Atlas | None:
        """The new version, kept; None where there is none, or somebody is writing or publishing just now."""
        if self.store is None:
            return self._checked(stamp, None)
        with self.store.alone(waits=False) as is_alone:
            if is_alone and self.store.record().filling:
                self.store.settle()
            elif is_alone:
                return self._checked(stamp, self.store)
        return None

    def _checked(self, stamp: Stamp, store: Store | None) -> Atlas | None:
        """What the data folder says, kept in the store; None where that is known or being written."""
        found = read_files(self.data)
        if stamp_of(self.data) != stamp:
            return None
        atlas, version = None, files.version(found)
        if version != (store.record().seen if store else snapshots.held()[0].version):
            _make_room()
            atlas = load(self.data, found)
            if store:
                atlas = store.placed(atlas) if store.add(found, "saved", version) else None
        self._done, self._refused = stamp, ()
        return atlas

    def _read_at_rest(self) -> tuple[dict[str, bytes], Stamp]:
        """The files of the data folder, all of one moment unless somebody goes on writing."""
        for _ in range(MOST_TRIES):
            stamp, found = stamp_of(self.data), read_files(self.data)
            if stamp_of(self.data) == stamp:
                break
            time.sleep(EVERY / 5)  # another program is writing: nothing to wait on
        return found, stamp

    def _adopt(self, atlas: Atlas) -> None:
        """Let new pages read this version; those that are open keep theirs."""
        with self._one_at_a_time:
            snapshots.forget_derived()
            if snapshots.is_large(atlas):
                snapshots.give_back()
            if self.ready is not None:
                with snapshots.pinned(atlas):
                    self.ready(atlas)
            snapshots.serve(atlas)
        log.info("version %s of the data is served now", atlas.version)

    def _refuse(self, error: DataError, version: str) -> None:
        lines = [str(one) for one in error.faults]
        rest = f"The data in {self.data} are refused; version {version} goes on being served."
        self._tell(*lines, rest=rest)

    def _tell(self, *lines: str, rest: str = "") -> None:
        if lines != self._refused:
            more = [f"… and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
            log.error("%s", "\n".join([*filter(None, [rest]), *lines[:MOST_LINES], *more]))
        self._refused = lines


def watcher_of(data: Path, otherwise: Path) -> Watcher:
    """Over the database that ATLAS_DATABASE_URL names, else over the data folder.

    `otherwise` is a folder of this machine for copies. ConnectionError where the address is none.
    """
    address = os.environ.get("ATLAS_DATABASE_URL")
    if not address:
        return Watcher(data, store_of(data, otherwise))
    from layers.postgis import database_of  # nothing of it is needed without a database

    database = database_of(address)
    return Watcher(data, copy_of(database.name, otherwise), database=database)


def _make_room() -> None:
    """Large data are read with nothing beside them that was made of the version before."""
    if any(map(snapshots.is_large, snapshots.held())):
        snapshots.forget_derived()
        snapshots.give_back()


def held(version: str) -> Atlas | None:
    """The snapshot of this version, where the process has it in memory."""
    return next((one for one in snapshots.held() if one.version == version), None)


def read_files(folder: Path) -> dict[str, bytes]:
    """The data files of a folder; a DataError names one that cannot be read."""
    try:
        return data_bytes(folder)
    except OSError as error:
        name = str(error.filename or folder)
        fault = Fault(name, 0, "", "", f"cannot be read ({error.strerror})", "a file that the atlas may read")
        raise DataError([fault]) from error


def stamp_of(folder: Path) -> Stamp:
    """What changes when a data file of a folder does: names, sizes, times and numbers of the files."""
    found = []
    for place in (folder, folder / DECKS):
        try:
            entries = list(os.scandir(place))
        except OSError:
            continue
        for entry in entries:
            is_deck = place != folder and entry.name.endswith(".json")
            if not entry.name.startswith(".") and (is_deck or entry.name.endswith(files.DATA_SUFFIXES)):
                try:
                    stat = entry.stat()
                except OSError:
                    continue
                name = f"{place.name}/{entry.name}"
                found.append((name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino))
    return tuple(sorted(found))
