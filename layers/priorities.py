"""Named projects ranked by criteria with a reader's weights, with what is not known left open.

A criterion gives each project a mark from 0 to 1. A figure that no source states gives the marks from 0 to 1,
so that a project has the lowest and the highest score that it may have, and a best and a worst place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.nearby import distances_from
from layers.projects import named

CRITERIA = ("value", "jobs", "readiness", "sides", "corridor", "border")
HIGHEST = 5

VALUE_USD = (1e6, 1e10)
JOBS = (1e2, 1e4)
"""The amounts that are marked 0 and 1: fixed, so that no mark changes when another project comes in."""

READINESS = {
    "announced": 0.0,
    "study": 0.25,
    "planned": 0.5,
    "under-construction": 0.75,
    "operating": 1.0,
    "completed": 1.0,
    "closed": 0.0,
}
"""How far each status has come, in equal steps."""
BEGUN = ("operating", "completed", "closed")
"""Statuses of projects that need no decision any more."""

NEAR_KM = 25
"""A site that lies at most so far from a line of a corridor is on it."""

TOP = 10
DRAWS = 500
SPREAD = 0.5
SEED = 20260203
"""Weights vary by up to half, independently and evenly; the seed makes every reader's draws the same."""

DIGITS = 9
"""Decimals that scores are compared with: what differs less is equal."""


@dataclass(frozen=True)
class Weights:
    """How much each criterion counts, 0 to HIGHEST; `ignored` names what a link said wrongly."""

    value: int = 3
    jobs: int = 3
    readiness: int = 3
    sides: int = 3
    corridor: int = 3
    border: int = 3
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any]) -> Weights:
        """The weights that `?value=5&jobs=0…` names; a bad one is ignored and keeps its default."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        chosen, ignored = {}, []
        for criterion in CRITERIA:
            text = str(given.get(criterion, "")).strip()
            if text in map(str, range(HIGHEST + 1)):
                chosen[criterion] = int(text)
            elif text:
                ignored.append(f"{criterion}={text[:40]}")
        return cls(**chosen, ignored=tuple(ignored))

    def to_query(self) -> str:
        """The URL query without defaults."""
        pairs = [
            (one, weight) for one, weight in self.by_criterion().items() if weight != getattr(EQUAL, one)
        ]
        return "?" + urlencode(pairs) if pairs else ""

    def by_criterion(self) -> dict[str, int]:
        """The weight of each criterion, in order."""
        return {one: getattr(self, one) for one in CRITERIA}

    @property
    def total(self) -> int:
        """The sum of all weights; where it is 0 nothing can be ranked."""
        return sum(self.by_criterion().values())


EQUAL = Weights()


@dataclass(frozen=True, eq=False)
class Marks:
    """The marks of projects (rows) by criterion (columns, CRITERIA), 0 to 1, and why each is what it is.

    `low` and `high` differ where the data leave a mark open. `why` holds codes: stated, minimum, claim,
    missing for amounts; the status for readiness; both, one-side, no-region for the sides; named, near, far,
    no-place for the corridor; border, inland, no-region, abroad for the border. `near_km` are the kilometres
    from the site of a project to the nearest line of a corridor, NaN where its place is not known.
    """

    low: pd.DataFrame
    high: pd.DataFrame
    why: pd.DataFrame
    near_km: pd.Series


def log_mark(amount: float, ends: tuple[float, float]) -> float:
    """Where an amount stands between two others by its number of digits, 0 to 1."""
    low, high = (np.log10(end) for end in ends)
    return float(np.clip((np.log10(max(amount, 1.0)) - low) / (high - low), 0, 1))


@lru_cache(maxsize=2)
def marks(atlas: Atlas) -> Marks:
    """The marks of all named projects."""
    rows, near = named(atlas.projects), _near_km(atlas)
    found = {
        "value": [_value(row) for _, row in rows.iterrows()],
        "jobs": [_amount(row["jobs"], JOBS, "single") for _, row in rows.iterrows()],
        "readiness": [(READINESS[one], READINESS[one], one) for one in rows["status"]],
        "sides": [_sides(row) for _, row in rows.iterrows()],
        "corridor": [_corridor(row, near[project_id]) for project_id, row in rows.iterrows()],
        "border": [_border(row, atlas) for _, row in rows.iterrows()],
    }
    low, high, why = (
        pd.DataFrame({one: [mark[part] for mark in found[one]] for one in CRITERIA}, index=rows.index)
        for part in range(3)
    )
    return Marks(low, high, why, near)


def _value(row: pd.Series) -> tuple[float, float, str]:
    """The stated value; a claim is nobody's plan, so the value stays open."""
    if row["value_type"] == "claim":
        return 0.0, 1.0, "claim"
    return _amount(row["value_usd"], VALUE_USD, row["value_type"])


def _amount(amount: float, ends: tuple[float, float], kind: str) -> tuple[float, float, str]:
    if pd.isna(amount):
        return 0.0, 1.0, "missing"
    mark = log_mark(float(amount), ends)
    return (mark, 1.0, "minimum") if kind == "minimum" else (mark, mark, "stated")


def _sides(row: pd.Series) -> tuple[float, float, str]:
    """Whether regions of both countries are named; none at all leaves it open."""
    named_sides = bool(row["uz_region_ids"]) + bool(row["kz_region_ids"])
    return ((0.0, 1.0, "no-region"), (0.0, 0.0, "one-side"), (1.0, 1.0, "both"))[named_sides]


def _corridor(row: pd.Series, km: float) -> tuple[float, float, str]:
    """Whether the project names a corridor or its site lies on one; a place not known leaves it open."""
    if row["corridor_id"]:
        return 1.0, 1.0, "named"
    if pd.isna(km):
        return 0.0, 1.0, "no-place"
    return (1.0, 1.0, "near") if km <= NEAR_KM else (0.0, 0.0, "far")


def _border(row: pd.Series, atlas: Atlas) -> tuple[float, float, str]:
    """Whether a region that is named borders the other country."""
    regions = [*row["uz_region_ids"], *row["kz_region_ids"]]
    if regions:
        is_border = bool(atlas.regions.loc[regions, "borders_other_country"].any())
        return (1.0, 1.0, "border") if is_border else (0.0, 0.0, "inland")
    if row["site_id"] and not atlas.sites.at[row["site_id"], "region_id"]:
        return 0.0, 0.0, "abroad"
    return 0.0, 1.0, "no-region"


def _near_km(atlas: Atlas) -> pd.Series:
    """Kilometres from the site of each named project to the nearest line of a corridor; NaN where the site
    is not known to the town at least."""
    sites = named(atlas.projects)["site_id"]
    is_placed = atlas.sites["location_precision"].reindex(sites.unique()).dropna().ne("region-centre")
    least = {one: distances_from(atlas, one).min() for one in is_placed.index[is_placed]}
    return sites.map(least).astype(float).replace(np.inf, np.nan)


def scores(marks: pd.DataFrame, weights: Weights) -> pd.Series:
    """The weighted mean of marks, 0 to 1; ZeroDivisionError where all weights are 0."""
    if not weights.total:
        raise ZeroDivisionError("all weights are 0: nothing can be ranked")
    shares = np.array(list(weights.by_criterion().values())) / weights.total
    return (marks[list(CRITERIA)] @ shares).round(DIGITS)


def ranking(low: pd.DataFrame, high: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Projects by the middle between their lowest and highest score, the first first.

    Columns: low, high, middle (scores, 0 to 1), place (by the middle), best and worst: the places if what is
    not known of it and of all others turns out well or badly for it. Equals share the better place.
    """
    least, most = scores(low, weights), scores(high, weights)
    found = pd.DataFrame({"low": least, "high": most, "middle": ((least + most) / 2).round(DIGITS)})
    found = found.assign(
        place=1 + _above(found["middle"], found["middle"]),
        best=1 + _above(found["low"], found["high"]),
        worst=1 + _above(found["high"], found["low"]) - (found["high"] > found["low"]),
    )
    return found.sort_values(["middle", "low"], ascending=False, kind="stable")


def _above(others: pd.Series, own: pd.Series) -> np.ndarray:
    """How many of `others` are higher than each of `own`."""
    ordered = np.sort(others.to_numpy())
    return len(ordered) - np.searchsorted(ordered, own.to_numpy(), side="right")


def in_top(
    low: pd.DataFrame, high: pd.DataFrame, weights: Weights, top: int = TOP, draws: int = DRAWS
) -> pd.DataFrame:
    """How often each project is among the first `top` when weights vary: if_worst, if_middle, if_best.

    Each draw multiplies every weight by a number of its own between 1 - SPREAD and 1 + SPREAD. What is not
    known counts half for all others; for the project itself nothing, half or full.
    """
    given = np.array(list(weights.by_criterion().values()), dtype=float)
    factors = np.random.default_rng(SEED).uniform(1 - SPREAD, 1 + SPREAD, (draws, len(given)))
    drawn = given * factors
    names = list(CRITERIA)
    least, most = (drawn @ part[names].to_numpy(float).T for part in (low, high))
    middle = ((least + most) / 2).round(DIGITS)
    needed = _needed(middle, top)
    cases = {"if_worst": least, "if_middle": middle, "if_best": most}
    return pd.DataFrame(
        {name: (own.round(DIGITS) >= needed).mean(axis=0) for name, own in cases.items()}, index=low.index
    )


def _needed(scores: np.ndarray, top: int) -> np.ndarray:
    """What each project needs in each draw to be among the first: the score of the last of them if it were
    not there itself. With so few others, nothing."""
    draws, number = scores.shape
    if number <= top:
        return np.full((draws, number), -np.inf)
    ordered = np.sort(scores, axis=1)
    last, next_one = ordered[:, [-top]], ordered[:, [-top - 1]]
    return np.where(scores >= last, next_one, last)
