"""`python -m layers.publish FOLDER`: bring a new version of the data in while the atlas runs.

The folder is checked first; with faults nothing changes. Then it is stored whole, served from that moment on
by every running atlas over the data folder, and written into the data folder, so that the next correction
there starts from it. A program that was killed meanwhile is finished by the next that looks.

`python -m layers.publish --to postgresql://… FOLDER` publishes in a database instead, whole or not at all;
every atlas that runs over it (ATLAS_DATABASE_URL) follows.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from layers.atlas import load
from layers.contract import DataError, data_bytes, files
from layers.postgis import database_of
from layers.store import NO_ROOM, Store, not_kept, store_of


class Refused(Exception):
    """What stands in the way of publishing, and what to do about it."""


def publish(folder: Path, data: Path, replaces: bool = False) -> str:
    """Publish a folder as the new data of the data folder; what was done, in a line.

    DataError with every fault of the folder, Refused, or OSError: the version before goes on being served.
    `replaces` says that changes of the data folder that are not published may be lost.
    """
    found = data_bytes(folder)
    version = load(folder, found).version
    store = store_of(data)
    if store is None:
        place = os.environ.get("ATLAS_STATE") or data
        raise Refused(f"{place} cannot be written: {NO_ROOM}")
    try:
        with store.alone():
            store.settle()
            here = _beside(store, found, replaces)
            can_fill = os.access(data, os.W_OK)
            is_new = store.add(found, "command", version if can_fill else here, version if can_fill else "")
    except OSError as error:
        raise Refused(not_kept(error, store.folder)) from error
    said = f"published version {version}" if is_new else f"version {version} is served already"
    if not can_fill:
        return f"{said}; {data} cannot be written and still holds version {here}"
    try:
        with store.alone():
            store.settle()
    except OSError as error:
        return f"{said}; it is not in {data} yet ({error}), where a running atlas will write it"
    return f"{said}, which {data} holds now"


def _beside(store: Store, found: Mapping[str, bytes], replaces: bool) -> str:
    """The version of the data folder before it is replaced, which is kept; Refused where it would be lost."""
    there = data_bytes(store.data)
    here, record = files.version(there), store.record()
    if here in (record.seen, files.version(dict(found))) or replaces:
        return here
    if record.version:
        kept = data_bytes(store.version_folder(record.version))
        names = sorted(name for name in {*kept, *there} if kept.get(name) != there.get(name))
        raise Refused(
            f"{store.data} holds changes that are not published: {', '.join(names[:10])}"
            f"{' …' if len(names) > 10 else ''}. Publish them first (python -m layers.publish {store.data} "
            f"--data {store.data}), or give them up with --replace."
        )
    try:
        load(store.data, there)
    except DataError as error:
        raise Refused(
            f"{store.data} has {len(error.faults)} faults and was never published; give it up with --replace"
        ) from error
    store.add(there, "start", here)
    return here


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish a folder; exit status 1 where it has faults, 2 where something else stands in the way."""
    parser = argparse.ArgumentParser(
        prog="python -m layers.publish",
        description="Bring a new version of the data in while the atlas runs.",
    )
    parser.add_argument("folder", type=Path, help="the folder with the new data, all files of them")
    data = Path(os.environ.get("ATLAS_DATA") or "geodata")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--data", type=Path, help=f"the data folder of the atlas ({data})")
    place.add_argument("--to", metavar="ADDRESS", help="a database, as in ATLAS_DATABASE_URL, instead of it")
    parser.add_argument(
        "--replace", action="store_true", help="also where the data folder has changes that are not published"
    )
    chosen = parser.parse_args(arguments)
    address = chosen.to or ("" if chosen.data else os.environ.get("ATLAS_DATABASE_URL"))
    data = chosen.data or data
    with contextlib.suppress(AttributeError):
        sys.stderr.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    try:
        if address:
            done = database_of(address).publish(chosen.folder)
        elif not data.is_dir():
            raise Refused(f"there is no data folder {data}")
        else:
            done = publish(chosen.folder, data, chosen.replace)
        sys.stdout.write(f"{done}\n")
    except DataError as error:
        sys.stderr.write(f"Nothing was published, because of the data in {chosen.folder}:\n{error}\n")
        return 1
    except (Refused, OSError, LookupError, ValueError) as error:
        sys.stderr.write(f"Nothing was published: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
