"""What if: links closed and opened, another year, lines that are only planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.corridors import with_branches
from layers.network.refusals import Refused

OPEN = ("operating", "completed")
COMING = ("under-construction", "planned", "announced")
"""Statuses of lines that a year or `include_planned` brings in; a study is opened by its own name alone."""

LINKS = {"crossing": "crossings", "node": "nodes", "segment": "segments", "corridor": "corridors"}
"""Kinds of things that can be closed, and all but nodes opened, with their tables."""

YEARS = range(1850, 2101)


@dataclass(frozen=True)
class WhatIf:
    """A change of the network. Keys are "crossing:X09", "node:poti", "segment:SEG-001", "corridor:btk".

    What is both closed and opened is closed. Closing a corridor closes the segments that belong to no other
    one; closing a crossing closes its segments. `as_of_year` leaves out what opens later and brings in what
    is planned by then; `include_planned` brings in what is planned without a year, and without `as_of_year`
    all that is planned. Keys are kept in order, each once, so that equal changes are equal.
    """

    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    as_of_year: int | None = None
    include_planned: bool = False

    def __post_init__(self) -> None:
        for side in ("closed", "opened"):
            object.__setattr__(self, side, tuple(sorted(set(getattr(self, side)))))
        year = self.as_of_year
        if year is not None and (not isinstance(year, int) or year not in YEARS):
            raise Refused("wrong-year", year=year)


AS_IT_IS = WhatIf()


def split_key(atlas: Atlas, key: str, *, kinds: Iterable[str] = LINKS) -> tuple[str, str]:
    """The kind and id of a key; Refused where the atlas has no such link."""
    kind, _, one = str(key).partition(":")
    if kind not in kinds or one not in getattr(atlas, LINKS[kind]).index:
        raise Refused("unknown-link", key=key)
    return kind, one


@lru_cache(maxsize=256)
def open_segments(atlas: Atlas, what_if: WhatIf) -> np.ndarray:
    """Whether each segment can be used, in the order of the table; Refused for an unknown link."""
    is_open = in_use(atlas, what_if) & ~touched_by(atlas, closures(atlas, what_if))
    is_open.setflags(write=False)
    return is_open


def shut_nodes(what_if: WhatIf) -> frozenset[str]:
    """The nodes that are closed, which no connector can join either."""
    return frozenset(key.removeprefix("node:") for key in what_if.closed if key.startswith("node:"))


def in_use(atlas: Atlas, what_if: WhatIf) -> np.ndarray:
    """Whether each segment is in use at the time of the question or opened by it, were nothing closed."""
    segments, year = atlas.segments, what_if.as_of_year
    runs = segments["status"].isin(OPEN)
    is_coming = segments["status"].isin(COMING)
    if year is not None:
        runs &= segments["opened_year"].fillna(0).le(year)
        undated = is_coming & segments["planned_year"].isna() & what_if.include_planned
        runs |= undated | (is_coming & segments["planned_year"].le(year).fillna(False))
    elif what_if.include_planned:
        runs |= is_coming
    found = runs.to_numpy(bool, copy=True)
    for key in what_if.opened:
        found |= touched(atlas, key, "opened")
    return found


def closures(atlas: Atlas, what_if: WhatIf) -> tuple[str, ...]:
    """The keys of all that is closed: by the question, and crossings that the data say are closed."""
    crossings = atlas.crossings
    told = (f"crossing:{one}" for one in crossings.index[crossings["status"].eq("closed")])
    return tuple(dict.fromkeys((*what_if.closed, *(key for key in told if key not in what_if.opened))))


def touched_by(atlas: Atlas, keys: Iterable[str]) -> np.ndarray:
    """Whether each segment belongs to any of these links when they are closed."""
    found = np.zeros(len(atlas.segments), dtype=bool)
    for key in keys:
        found |= touched(atlas, key, "closed")
    return found


@lru_cache(maxsize=256)
def touched(atlas: Atlas, key: str, side: str) -> np.ndarray:
    """Whether each segment belongs to the link that a key names; Refused for an unknown one.

    `side` is closed or opened: closing spares the segments that a corridor shares with others.
    """
    kinds = LINKS if side == "closed" else [kind for kind in LINKS if kind != "node"]
    kind, one = split_key(atlas, key, kinds=kinds)
    segments = atlas.segments
    if kind == "segment":
        return segments.index == one
    if kind == "node":
        return (segments["from_node"].eq(one) | segments["to_node"].eq(one)).to_numpy()
    if kind == "crossing":
        row = atlas.crossings.loc[one]
        at_node = segments["from_node"].eq(row["node_id"]) | segments["to_node"].eq(row["node_id"])
        return segments.index.isin(row["segment_ids"]) if row["segment_ids"] else at_node.to_numpy()
    own = set(with_branches(atlas.corridors, [one]))
    number, several = pd.factorize(segments["corridor_ids"])  # few lists, of however many segments
    if side == "opened":
        return np.array([not own.isdisjoint(ids) for ids in several], dtype=bool)[number]
    return np.array([own.issuperset(ids) for ids in several], dtype=bool)[number]
