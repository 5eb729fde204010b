"""What is wrong in the data files: one Fault per place, and the one error that carries them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from layers.contract.signs import UNSEEN


@dataclass(frozen=True)
class Fault:
    """One wrong place in one file, with what stands there and what should.

    `file` is written as the reader knows it ("geodata/sites.csv"). `row` is the line in that file, the
    header being row 1; it is 0 where the fault is not on one line. For GeoJSON `column` is "feature" and
    `value` the feature's id. `place` is where in a deck it is ('scene "trade-target", points 2 (ru)').
    """

    file: str
    row: int
    column: str
    value: str
    problem: str
    expected: str
    place: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", row {self.row}"
        if self.place:
            where += f", {self.place}"
        if self.column:
            where += f', {self.column} = "{shortened(self.value)}"'
        return f"{where}: {self.problem}; expected {self.expected}"


class DataError(Exception):
    """Raised once, after everything has been read, with every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda fault: (fault.file, fault.row, fault.column, fault.value))
        )
        super().__init__("\n".join([*map(str, self.faults), counted(len(self.faults))]))


def counted(number: int) -> str:
    """The closing line of a list of faults."""
    return f"{number} fault found" if number == 1 else f"{number} faults found"


def shortened(value: str, longest: int = 80) -> str:
    """The value on one line, cut where it would drown the message; a mark stands for what is not seen."""
    line = " ".join(UNSEEN.sub("�", value).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """A hint at the closest known word, or nothing where none is close."""
    known = list(known)
    for spelling in (value, value.lower(), value.upper()):
        close = difflib.get_close_matches(spelling, known, n=1, cutoff=0.6)
        if close:
            return f' (did you mean "{close[0]}"?)'
    return ""
