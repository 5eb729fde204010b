"""What the commands for files have in common: errors of one line, lists in options, files that are whole."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

WRONG = 2
"""The exit code of an order that makes no sense or cannot be carried out."""

DATA = Path(__file__).parents[2] / "geodata"


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
