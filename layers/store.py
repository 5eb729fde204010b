"""Published versions of the data on disk: whole folders that never change, and the record of what is served.

Nothing here is changed in place: a file gets its name when it is whole and on the disk, and the record is
replaced in one step. A program that is killed leaves the version before, or the new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from layers import versions
from layers.atlas import Atlas, Publication, load
from layers.changes import changes, counts
from layers.contract import DataError, data_bytes, files

try:
    import fcntl
except ImportError:  # Windows, where the atlas runs as one process
    fcntl = None

log = logging.getLogger(__name__)

FOLDER = "published"
NO_ROOM = "free some room there, or name another folder with ATLAS_STATE for the server and layers.publish"
KEPT_WHOLE = 5
"""Versions kept as whole folders; more than a process holds, so that an order for a file finds its own."""

KEPT_TABLES = 200
"""Versions whose tables are kept for comparing, of about 125 kB each."""

KEPT_LINES = 1000
"""Publications that the record names."""


@dataclass(frozen=True)
class Record:
    """What was published, oldest first, and how the data folder stands to it.

    `seen` is the version of the data folder that is accounted for: another one there is news. `filling` is
    the version that is being written into the data folder, "" where none is.
    """

    publications: tuple[Publication, ...] = ()
    seen: str = ""
    filling: str = ""

    @property
    def version(self) -> str:
        """The version that is served; "" where none was published yet."""
        return self.publications[-1].version if self.publications else ""

    def latest(self, most: int) -> list[str]:
        """The last versions, newest first, each once."""
        return list(dict.fromkeys(one.version for one in reversed(self.publications)))[:most]


def store_of(data: Path, otherwise: Path | None = None) -> Store | None:
    """Where the versions of a data folder are kept: ATLAS_STATE, else `published/` in it.

    Where neither can be written it is a folder below `otherwise`, and without one there is none.
    """
    places = [Path(named)] if (named := os.environ.get("ATLAS_STATE")) else [data / FOLDER]
    if otherwise is not None:
        places.append(otherwise / f"{FOLDER}-{_digest(str(data.resolve()))}")
    place = _first_writable(places)
    return Store(place, data) if place else None


def copy_of(database: str, otherwise: Path) -> Store:
    """Where this machine keeps a copy of what is published in a database: below ATLAS_STATE or `otherwise`.

    Where neither can be written it is a temporary folder, which does not outlast the program for sure.
    """
    above = [Path(named)] if (named := os.environ.get("ATLAS_STATE")) else []
    place = _first_writable([one / f"database-{_digest(database)}" for one in (*above, otherwise)])
    place = place or Path(tempfile.mkdtemp(prefix="corridor-atlas-"))
    return Store(place, place)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _first_writable(places: list[Path]) -> Path | None:
    for place in places:
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            if os.access(place, os.W_OK):
                return place
    return None


def read_again(place: list[str]) -> Atlas:
    """The snapshot of another process, by its `place_of`; LookupError or DataError where it is gone."""
    folder, *kept_in = map(Path, place)
    return Store(kept_in[1].parent, kept_in[0].parent).load(folder.name) if kept_in else load(folder)


def place_of(atlas: Atlas) -> list[str]:
    """Where another process finds the same snapshot."""
    return [str(one.resolve()) for one in (atlas.folder, *atlas.kept_in)]


class Store:
    """The versions published of one data folder."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder, self.data = folder, data
        self._file = folder / "published.json"

    @contextlib.contextmanager
    def alone(self, waits: bool = True) -> Iterator[bool]:
        """Keep other processes from publishing; False where one does and `waits` is not set."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if fcntl is None:
            yield True
            return
        with (self.folder / "lock").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def stamp(self) -> tuple[int, int] | None:
        """What changes whenever the record does; None where there is none."""
        try:
            stat = self._file.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def record(self) -> Record:
        """The record, empty where nothing was published yet; OSError or ValueError where it is broken."""
        try:
            read = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return Record()
        try:
            lines = [one | {"changed": tuple(map(tuple, one["changed"]))} for one in read["publications"]]
            return Record(tuple(Publication(**one) for one in lines), read["seen"], read["filling"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"{self._file} is no record of published versions ({error!r})") from error

    def load(self, version: str) -> Atlas:
        """A version from its folder, with what led to it; LookupError where it is not kept whole."""
        folder = self.version_folder(version)
        try:
            atlas = load(folder)
        except DataError as error:
            raise LookupError(f"version {version} is not whole in {folder}: {error}") from error
        if atlas.version != version:
            raise LookupError(f"{folder} holds version {atlas.version}: somebody has changed it")
        return self.placed(atlas)

    def placed(self, atlas: Atlas) -> Atlas:
        """The atlas with the folder of its own in which it is kept, and what led to it."""
        lines = self.record().publications
        last = max((n for n, one in enumerate(lines) if one.version == atlas.version), default=-1)
        return replace(
            atlas,
            folder=self.version_folder(atlas.version),
            publications=lines[: last + 1],
            kept_in=(self.data / versions.FOLDER, self.folder / "tables"),
        )

    def version_folder(self, version: str) -> Path:
        """Where a version is kept whole."""
        if not re.fullmatch("[0-9a-f]{12}", version):
            raise LookupError(version)
        return self.folder / "whole" / version

    def add(self, found: Mapping[str, bytes], how: str, seen: str, filling: str = "") -> bool:
        """Publish checked data files; False where they are served already. To be called `alone`.

        OSError where the disk is full or nothing may be written: the version before goes on being served.
        """
        version, record = files.version(dict(found)), self.record()
        is_new = version != record.version
        folder = self._keep_whole(version, found)
        if is_new:
            line = Publication(version, now(), how, record.version, self._changed(record.version, folder))
            write_whole(self._tables() / f"{line.name}.zip", versions.packed(found))
            record = replace(record, publications=(*record.publications, line)[-KEPT_LINES:])
        self._write(replace(record, seen=seen, filling=filling))
        self._tidy()
        return is_new

    def holds(self, version: str) -> bool:
        """Is this version kept whole, byte for byte?"""
        return _holds(self.version_folder(version), version)

    def keep(self, version: str, found: Mapping[str, bytes]) -> None:
        """Keep a version whole that was published elsewhere. To be called `alone`."""
        if files.version(dict(found)) != version:
            raise LookupError(f"version {version} is not whole where it was published")
        self._keep_whole(version, found)

    def without_tables(self, publications: Iterable[Publication]) -> list[Publication]:
        """Those of the publications whose tables are not kept."""
        return [one for one in publications if not (self._tables() / f"{one.name}.zip").exists()]

    def follow(self, publications: tuple[Publication, ...], tables: Iterable[tuple[str, bytes]]) -> None:
        """Record what was published elsewhere, whose newest version is kept. To be called `alone`."""
        for name, body in tables:
            write_whole(self._tables() / f"{name}.zip", body)
        self._write(Record(publications, publications[-1].version))
        self._tidy()

    def settle(self) -> None:
        """Finish what a program that was killed had begun: the data folder gets the rest of its version."""
        record = self.record()
        if record.filling and _holds(self.version_folder(record.filling), record.filling):
            fill(self.data, data_bytes(self.version_folder(record.filling)))
            self._write(replace(record, seen=record.filling, filling=""))
        elif record.filling:  # its folder was deleted by somebody
            self._write(replace(record, filling=""))

    def _write(self, record: Record) -> None:
        lines = [asdict(one) for one in record.publications]
        told = {"publications": lines, "seen": record.seen, "filling": record.filling}
        write_whole(self._file, json.dumps(told, indent=1).encode())

    def _keep_whole(self, version: str, found: Mapping[str, bytes]) -> Path:
        folder = self.version_folder(version)
        if _holds(folder, version):
            return folder
        half = folder.with_name(f".{version}.half")
        for old in (half, folder):  # left by a program that was killed, or changed by somebody
            if old.exists():
                shutil.rmtree(old)
        half.mkdir(parents=True)
        try:
            for name, body in found.items():
                path = half / name
                path.parent.mkdir(exist_ok=True)
                _write_through(path, body)
            for inner in {(half / name).parent for name in found}:
                _sync(inner)
            half.rename(folder)
        except OSError:
            shutil.rmtree(half, ignore_errors=True)
            raise
        _sync(folder.parent)
        return folder

    def _tables(self) -> Path:
        """The folder with the tables of the versions, made where it is missing."""
        folder = self.folder / "tables"
        folder.mkdir(exist_ok=True)
        return folder

    def _changed(self, before: str, folder: Path) -> tuple[tuple[str, int, int, int], ...]:
        """How many rows and features of each file came, went and changed, and which decks."""
        if not before or not _holds(self.version_folder(before), before):
            return ()
        return changed(data_bytes(self.version_folder(before)), data_bytes(folder))

    def _tidy(self) -> None:
        """Let go of what is older than what is kept, and of what killed programs have left."""
        with contextlib.suppress(OSError):
            kept = set(self.record().latest(KEPT_WHOLE))
            for one in (self.folder / "whole").iterdir():
                if one.name not in kept:
                    shutil.rmtree(one, ignore_errors=True)
            tables = sorted(self._tables().glob("*.zip"), key=lambda one: one.stat().st_mtime)
            for one in [*tables[:-KEPT_TABLES], *self._tables().glob(".*.half")]:
                one.unlink(missing_ok=True)


def changed(old: dict[str, bytes], new: dict[str, bytes]) -> tuple[tuple[str, int, int, int], ...]:
    """How many rows and features of each file came, went and changed, and which decks.

    Of two versions it is enough to give the files that differ.
    """
    differ = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    before, after = ({name: found[name] for name in differ & found.keys()} for found in (old, new))
    sides = versions.version_in(before, Path("before")), versions.version_in(after, Path("after"))
    told = [(str(row.Index), *map(int, row[1:])) for row in counts(changes(*sides)).itertuples()]
    for name in sorted(name for name in differ if "/" in name):  # decks, each as one thing
        told.append((name, int(name not in old), int(name not in new), int(name in old and name in new)))
    return tuple(told)


def not_kept(error: OSError, folder: Path) -> str:
    """Why a version could not be kept, and what to do about it."""
    return f"the version cannot be kept in {folder} ({error.strerror or error}): {NO_ROOM}"


def now() -> str:
    """The time of a publication: ISO in UTC to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fill(folder: Path, found: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these data files, each replaced in one step."""
    present = data_bytes(folder)
    for name, body in found.items():
        if present.get(name) != body:
            (folder / name).parent.mkdir(exist_ok=True)
            write_whole(folder / name, body)
    for name in present.keys() - found.keys():
        (folder / name).unlink()


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that it is there whole or as it was before, also after a power cut."""
    half = path.with_name(f".{path.name}.half")
    try:
        _write_through(half, body)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _write_through(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the names in a folder written to the disk too."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _holds(folder: Path, version: str) -> bool:
    """Does this folder hold this version, byte for byte?"""
    try:
        return folder.is_dir() and files.version(data_bytes(folder)) == version
    except (OSError, DataError):
        return False
