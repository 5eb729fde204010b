"""What times are computed from: the rows of assumptions.csv, and those that a reader has changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from layers.atlas import Atlas
from layers.network.refusals import Refused

BEYOND = 10
"""A value more than so many times outside its stated range is a slip of the keyboard."""


@dataclass(frozen=True)
class Stated:
    """One row of assumptions.csv; the value lies between low and high."""

    assumption_id: str
    value: float
    low: float
    high: float
    unit: str

    @property
    def limits(self) -> tuple[float, float]:
        """What a reader may put in its place: hours from none, speeds above none, factors from one."""
        least = {"hours": 0.0, "factor": 1.0}.get(self.unit, self.low / BEYOND)
        return least, max(self.high, 1.0) * BEYOND


@dataclass(frozen=True)
class Assumptions:
    """All assumptions by id; `changes` holds the values that differ from the stated ones, in order of id."""

    stated: tuple[Stated, ...]
    changes: tuple[tuple[str, float], ...] = ()

    @cached_property
    def values(self) -> dict[str, float]:
        """The value in force of each assumption, in hours, km/h or as a factor."""
        return {one.assumption_id: one.value for one in self.stated} | dict(self.changes)

    def changed(self, values: Mapping[str, float]) -> Assumptions:
        """These assumptions with other values; Refused names one that is unknown or absurd."""
        stated = {one.assumption_id: one for one in self.stated}
        changes = dict(self.changes)
        for assumption_id, value in values.items():
            if assumption_id not in stated:
                raise Refused("unknown-assumption", assumption_id=assumption_id)
            changes[assumption_id] = allowed(stated[assumption_id], value)
        kept = {one: value for one, value in changes.items() if value != stated[one].value}
        return replace(self, changes=tuple(sorted(kept.items())))


def allowed(stated: Stated, value: object) -> float:
    """The value as a number within the limits of its assumption."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Refused("not-a-number", assumption_id=stated.assumption_id, value=value) from None
    least, most = stated.limits
    if not math.isfinite(number):
        raise Refused("not-a-number", assumption_id=stated.assumption_id, value=value)
    if not least <= number <= most:
        raise Refused(
            "out-of-range", assumption_id=stated.assumption_id, value=number, least=least, most=most
        )
    return number


@lru_cache(maxsize=2)
def assumptions_of(atlas: Atlas) -> Assumptions:
    """The assumptions as the data state them."""
    columns = atlas.assumptions[["value", "low", "high", "unit"]]
    return Assumptions(tuple(Stated(*row) for row in columns.itertuples(name=None)))


def most_special(known: frozenset[str], base: str, *countries: str) -> tuple[str, ...]:
    """The assumptions that hold for two countries: that of the pair, else one for each, else the general.

    `countries` are one or two ISO codes. The result is to be added up.
    """
    codes = sorted(country.lower() for country in countries)
    pair = "-".join([base, *codes])
    if pair in known:
        return (pair,)
    return tuple(f"{base}-{code}" if f"{base}-{code}" in known else base for code in codes)
