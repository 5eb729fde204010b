"""`python -m layers.check [folder]`: say that a data folder is faultless, or all that is wrong in it."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from layers import Atlas, DataError, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one folder and write what was found; exit status 0 for a faultless folder, 1 for a faulty one."""
    parser = argparse.ArgumentParser(
        prog="python -m layers.check", description="Check the data files of the atlas."
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("geodata"), help="geodata if left out")
    folder = parser.parse_args(arguments).folder
    sys.stdout.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    try:
        atlas = load(folder)
    except DataError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(summary(atlas) + "\n")
    return 0


def summary(atlas: Atlas) -> str:
    """The rows of each table, the version and the date of a faultless folder."""
    frames = {field.name: getattr(atlas, field.name) for field in dataclasses.fields(atlas)}
    lines = [
        f"{name:<20}{len(frame):>6}" for name, frame in frames.items() if isinstance(frame, pd.DataFrame)
    ]
    if atlas.decks:
        lines.append(f"{'decks':<20}{len(atlas.decks):>6}")
    return "\n".join([*lines, f"version {atlas.version}, sources of {atlas.date}, no faults"])


if __name__ == "__main__":
    sys.exit(main())
