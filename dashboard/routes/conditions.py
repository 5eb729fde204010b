"""The network as a reader sets it: links closed and opened, a year, lines to come, other assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from layers import Atlas
from layers.network import Assumptions, Refused, WhatIf, assumptions_of
from layers.network.whatif import LINKS, split_key

MOST_LINKS = 60
LONGEST_QUERY = 16_000
PREFIX = "a."
OPENABLE = tuple(kind for kind in LINKS if kind != "node")
CONDITION_NAMES = ("closed", "opened", "close", "open", "year", "planned")
OTHER_NAMES = ("lang", "theme", "show", "data", "camera")

Given = dict[str, list[str]]


@dataclass(frozen=True)
class Conditions:
    """What a reader has changed of the network; without arguments, the network as it is.

    closed and opened are keys such as "crossing:X09"; `changes` are assumptions other than the stated ones,
    in order of id. `notes` say what of a link was left out, and why.
    """

    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    year: int | None = None
    has_planned: bool = False
    changes: tuple[tuple[str, float], ...] = ()
    notes: tuple[Refused, ...] = field(default=(), compare=False)

    @classmethod
    def from_given(cls, given: Given, atlas: Atlas) -> Conditions:
        """The conditions of a query; what makes no sense is left out and put into `notes`.

        Refused where so many links are named that an answer would take others' time.
        """
        notes: list[Refused] = []
        closed = links(given, ("closed", "close"), tuple(LINKS), atlas, notes)
        opened = links(given, ("opened", "open"), OPENABLE, atlas, notes)
        changed = assumptions(given, atlas, notes)
        return cls(
            closed, opened, year_of(given, notes), "planned" in given, changed.changes, tuple(notes[:8])
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The conditions as names and values of a query, without what is as it is."""
        lists = [(name, ",".join(keys)) for name, keys in (("closed", self.closed), ("opened", self.opened))]
        return [
            *((name, keys) for name, keys in lists if keys),
            *([("year", str(self.year))] if self.year is not None else []),
            *([("planned", "1")] if self.has_planned else []),
            *((PREFIX + one, f"{value:.10g}") for one, value in self.changes),
        ]

    @property
    def what_if(self) -> WhatIf:
        """The change of the network."""
        return WhatIf(self.closed, self.opened, self.year, self.has_planned)

    @property
    def changes_network(self) -> bool:
        """Whether any line is closed or opened by these conditions."""
        return self.what_if != WhatIf()

    def assumptions(self, atlas: Atlas) -> Assumptions:
        """All assumptions, with those that the reader has changed."""
        return assumptions_of(atlas).changed(dict(self.changes))

    def toggled(self, side: str, *keys: str) -> Conditions:
        """These conditions with links added to `closed` or `opened`, or taken out where they are in."""
        now = getattr(self, side)
        added = tuple(key for key in keys if key not in now)
        kept = now if added else tuple(key for key in now if key not in keys)
        other = "opened" if side == "closed" else "closed"
        rest = tuple(key for key in getattr(self, other) if key not in keys)
        return replace(self, **{side: tuple(sorted({*kept, *added})), other: rest})

    def without_changes(self) -> Conditions:
        """The same network under the stated assumptions."""
        return replace(self, changes=())


AS_TODAY = Conditions()


def given_of(query: str | Mapping[str, Any]) -> Given:
    """What a query gives, by name; empty values count as not given."""
    if isinstance(query, str):
        query = parse_qs(query.lstrip("?")[:LONGEST_QUERY])
    found = {
        str(name): [str(one).strip() for one in (value if isinstance(value, list | tuple) else [value])]
        for name, value in query.items()
    }
    return {name: kept for name, values in found.items() if (kept := [one for one in values if one])}


def last(given: Given, name: str, default: str = "") -> str:
    """The value of a name; the last where there are several."""
    return given[name][-1] if name in given else default


def links(
    given: Given, names: tuple[str, ...], kinds: tuple[str, ...], atlas: Atlas, notes: list[Refused]
) -> tuple[str, ...]:
    """The keys of links under these names, in order and each once; unknown ones go into `notes`."""
    asked = [key for name in names for value in given.get(name, []) for key in value.split(",") if key]
    if len(set(asked)) > MOST_LINKS:
        raise Refused("too-many-links", count=len(set(asked)), most=MOST_LINKS)
    found = set()
    for key in asked:
        try:
            split_key(atlas, key, kinds=kinds)
            found.add(key)
        except Refused as refused:
            notes.append(refused)
    return tuple(sorted(found))


def year_of(given: Given, notes: list[Refused]) -> int | None:
    """The year of the network, None for today."""
    text = last(given, "year")
    if not text:
        return None
    try:
        return WhatIf(as_of_year=int(text[:6])).as_of_year
    except ValueError:  # no number, or Refused
        notes.append(Refused("wrong-year", year=text[:40]))
        return None


def assumptions(given: Given, atlas: Atlas, notes: list[Refused]) -> Assumptions:
    """The assumptions with the changes of the query; impossible ones go into `notes`."""
    found = assumptions_of(atlas)
    for name in given:
        if not name.startswith(PREFIX):
            continue
        try:
            text = last(given, name)[:40]
            found = found.changed({name.removeprefix(PREFIX)[:60]: text.replace(",", ".")})
        except Refused as refused:
            notes.append(refused)
    return found


def strange_names(given: Given, known: tuple[str, ...]) -> list[str]:
    """The parts of a query that mean nothing here, as name=value, shortened."""
    names = (*known, *CONDITION_NAMES, *OTHER_NAMES)
    strange = [name for name in given if name not in names and not name.startswith(PREFIX)]
    return [f"{name[:40]}={last(given, name)[:40]}" for name in strange[:5]]


def query_of(pairs: list[tuple[str, str]]) -> str:
    """The query of an address, readable: commas and colons stay."""
    return "?" + urlencode(pairs, safe=",:") if pairs else ""
