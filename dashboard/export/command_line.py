"""What the commands for files have in common: the data, errors of one line, lists in options, whole files."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import layers
from dashboard.cache_folder import cache_folder
from layers.watch import watcher_of

WRONG = 2
"""The exit code of an order that makes no sense or cannot be carried out."""

DATA = Path(__file__).parents[2] / "geodata"
ASKED_DATA = "data folder (the database of ATLAS_DATABASE_URL, else ATLAS_DATA, else geodata)"
"""What is said of the option --data."""


def read_data(folder: Path | None) -> layers.Atlas:
    """The data of a folder that the command line names, else those that a server would serve here.

    DataError, or ConnectionError where the database of ATLAS_DATABASE_URL cannot be read and this machine has
    no copy of it.
    """
    if folder is None and os.environ.get("ATLAS_DATABASE_URL"):
        try:
            return watcher_of(DATA, cache_folder()).begin()
        except LookupError as error:
            raise ConnectionError(str(error)) from error
    return layers.load(folder or Path(os.environ.get("ATLAS_DATA") or DATA))


def failed(line: str) -> int:
    """One line on stderr."""
    sys.stderr.write(f"dashboard.export: {' '.join(line.split())}\n")
    return WRONG


class OneLine(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(failed(message))


def each(values: list[str], otherwise: str) -> list[str]:
    """The values of an option that may be repeated or hold several with commas between them."""
    return [one for value in values for one in value.split(",") if one] or [otherwise]


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A draft in the same folder that takes the place of the file once it is whole."""
    handle, name = tempfile.mkstemp(prefix=".export-", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
