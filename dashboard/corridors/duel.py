"""Two corridors between two places: which they are, their ways, their difference; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.corridors.listing import COUNT_METHOD, LENGTH_METHOD
from dashboard.corridors.view import KNOWN
from dashboard.findings import difference_sentence, unfinished_sentence
from dashboard.sortable import amount
from dashboard.sourced import computed
from dashboard.text import N_, Words
from layers import Atlas
from layers.contract.words import MODES, STATUSES
from layers.ways import Difference, Summary, Way, difference, variant_way, variants_of, way_between
from layers.ways.ends import common_places, farthest_ends

DEFAULT_PAIR = ("trans-caspian", "china-iran-turkey")


@dataclass(frozen=True)
class Duel:
    """Two corridors and the places between which they are compared; "" stands for each one's own ends.

    `problem` says why the link cannot be shown as it is: "unknown" (a corridor that is none), "same" (twice
    the same), "ends" (places between which not both lead); `ignored` names what was left out.
    """

    a: str
    b: str
    start: str = ""
    goal: str = ""
    problem: str = field(default="", compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> Duel:
        """The duel that `?a=…&b=…&from=…&to=…` names; without places, the farthest apart."""
        given = dict(query) if isinstance(query, Mapping) else dict(parse_qsl(query.lstrip("?")[:1000]))
        strange = [
            f"{n}={str(v)[:40]}" for n, v in given.items() if n not in (*KNOWN, "a", "b", "from", "to")
        ]
        a, b = str(given.get("a", "")), str(given.get("b", ""))
        unknown = [f"{n}={v[:40]}" for n, v in (("a", a), ("b", b)) if v and v not in atlas.corridors.index]
        if unknown:
            return cls(a[:60], b[:60], problem="unknown", ignored=tuple(unknown))
        a = a or next(c for c in DEFAULT_PAIR if c != b)
        b = b or next(c for c in DEFAULT_PAIR if c != a)
        if a == b:
            return cls(a, b, problem="same", ignored=tuple(strange))
        start, goal = str(given.get("from", "")), str(given.get("to", ""))
        if not (start or goal):
            ends = different_ends(atlas, a, b) or ("", "")
            return cls(a, b, *ends, ignored=tuple(strange))
        if "none" in (start, goal):
            return cls(a, b, ignored=tuple(strange))
        if not joined(atlas, a, b, start, goal):
            return cls(a, b, problem="ends", ignored=(f"from={start[:40]}", f"to={goal[:40]}"))
        return cls(a, b, start, goal, ignored=tuple(strange))

    def to_query(self, atlas: Atlas) -> str:
        """The URL query; the places are left out where they are those that would be chosen anyway."""
        pairs = [("a", self.a), ("b", self.b)]
        if (self.start, self.goal) != (different_ends(atlas, self.a, self.b) or ("", "")):
            pairs += [("from", self.start or "none"), ("to", self.goal or "none")]
        return "?" + urlencode(pairs)

    def ways(self, atlas: Atlas) -> tuple[Way, Way]:
        """The way of each corridor between the places, or its first way from end to end."""
        if self.start:
            return tuple(way_between(atlas, c, self.start, self.goal) for c in (self.a, self.b))
        return tuple(variant_way(atlas, variants_of(atlas, c).index[0]) for c in (self.a, self.b))


def names_of(atlas: Atlas, duel: Duel, words: Words) -> tuple[str, str]:
    """The names of both corridors."""
    return tuple(words.name(atlas.corridors.loc[corridor]) for corridor in (duel.a, duel.b))


def duel_finding(atlas: Atlas, duel: Duel, words: Words) -> str:
    """What tells the two apart, and what of each does not stand yet."""
    found, names = difference(*duel.ways(atlas)), names_of(atlas, duel, words)
    sides = zip(names, (found.first, found.second), strict=True)
    unfinished = (unfinished_sentence(name, side, words) for name, side in sides)
    return " ".join(filter(None, [difference_sentence(*names, found, words), *unfinished]))


def different_ends(atlas: Atlas, a: str, b: str) -> tuple[str, str] | None:
    """The places to compare two corridors between; None where they have no two or only share their line."""
    ends = farthest_ends(atlas, a, b)
    if ends is None:
        return None
    one, other = (way_between(atlas, corridor, *ends) for corridor in (a, b))
    return ends if one.segment_ids != other.segment_ids else None


def joined(atlas: Atlas, a: str, b: str, start: str, goal: str) -> bool:
    """Do both corridors lead from one place to the other?"""
    common = common_places(atlas, a, b).index
    if start == goal or start not in common or goal not in common:
        return False
    return all(way_between(atlas, corridor, start, goal) is not None for corridor in (a, b))


def difference_table(ways: tuple[Way, Way], names: tuple[str, str], atlas: Atlas, words: Words) -> html.Table:
    """The figures of both ways side by side, and by how much they differ."""
    both = difference(*ways)
    rows = [
        _row(words("Length, km"), both.first.length_km, both.second.length_km, words, words(LENGTH_METHOD)),
        *_kilometres(both, "km_by_status", STATUSES, vocabulary.STATUSES, words),
        *_kilometres(both, "km_by_mode", MODES, vocabulary.MODES, words),
        *(
            _row(
                words(title),
                getattr(both.first, name),
                getattr(both.second, name),
                words,
                words(COUNT_METHOD),
            )
            for name, title in COUNTS.items()
        ),
        _countries(both.first, both.second, atlas, words),
        _row(words("Shared stretch, km"), both.shared_km, both.shared_km, words, words(LENGTH_METHOD)),
    ]
    titles = (words("What"), *names, words("Difference"))
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    caption = html.Caption(words("The two ways compared"))
    return html.Table([caption, head, html.Tbody(rows)], className="sortable duel-table")


COUNTS = {
    "borders": N_("Borders on land"),
    "gauge_breaks": N_("Gauge breaks"),
    "sea_legs": N_("Sea legs"),
    "ports": N_("Ports"),
}


def _kilometres(
    both: Difference, name: str, order: tuple[str, ...], table: dict[str, str], words: Words
) -> list[html.Tr]:
    one, other = getattr(both.first, name), getattr(both.second, name)
    method = words(LENGTH_METHOD)
    return [
        _row(
            words("{status}, km", status=words(table[code])),
            one.get(code, 0),
            other.get(code, 0),
            words,
            method,
        )
        for code in order
        if code in one or code in other
    ]


def _row(title: str, one: float, other: float, words: Words, method: str) -> html.Tr:
    apart = round(one) - round(other)
    sign = "+" if apart > 0 else "−" if apart < 0 else ""
    told = sign + words.number(abs(apart))
    cells = [
        amount(value, computed(words.number(round(value)), method, words), words) for value in (one, other)
    ]
    return html.Tr([html.Th(title, scope="row"), *cells, html.Td(told, className="amount")])


def _countries(one: Summary, other: Summary, atlas: Atlas, words: Words) -> html.Tr:
    lists = [[words.name(atlas.countries.loc[code]) for code in s.countries] for s in (one, other)]
    return html.Tr(
        [
            html.Th(words("Countries in order"), scope="row"),
            *(html.Td(" – ".join(names)) for names in lists),
            html.Td(words.number(len(lists[0]) - len(lists[1])), className="amount"),
        ]
    )


def place_options(atlas: Atlas, duel: Duel, words: Words) -> list[tuple[str, str]]:
    """The places that both corridors have, by name, after the choice of none."""
    common: pd.DataFrame = common_places(atlas, duel.a, duel.b)
    named = sorted((words.name(row), node_id) for node_id, row in common.iterrows())
    return [("none", words("each from end to end")), *((node_id, name) for name, node_id in named)]
