"""The values by which a reader chooses among the rows of a table, very many of them in milliseconds.

Each facet is a list of pairs of a row and a value that it has: a row may have several, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Facet:
    """The values of a facet, and pairs of a row and a value that it has, both by position."""

    values: tuple[str, ...]
    row: np.ndarray
    value: np.ndarray

    @classmethod
    def of(cls, cells: Iterable[str | tuple[str, ...]]) -> Facet:
        """The values of cells, each with one value, with several, or with none."""
        lists = [cell if isinstance(cell, tuple) else (cell,) if cell else () for cell in cells]
        values = tuple(sorted({value for some in lists for value in some}))
        number = {value: position for position, value in enumerate(values)}
        row = np.repeat(np.arange(len(lists)), [len(some) for some in lists])
        return cls(values, row, np.array([number[value] for some in lists for value in some], dtype=int))

    def fits(self, chosen: Sequence[str], count: int) -> np.ndarray:
        """Whether each of so many rows has one of these values."""
        wanted = np.isin(self.values, list(chosen)) if chosen else np.zeros(len(self.values), dtype=bool)
        fits = np.zeros(count, dtype=bool)
        fits[self.row[wanted[self.value]]] = True
        return fits

    def counts(self, fits: np.ndarray) -> dict[str, int]:
        """How many of the rows that fit have each value."""
        found = np.bincount(self.value[fits[self.row]], minlength=len(self.values))
        return dict(zip(self.values, found.tolist(), strict=True))
