"""A question about routes: from where to where, how ranked, on which network; its form in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from dashboard.routes.conditions import (
    AS_TODAY,
    Conditions,
    Given,
    given_of,
    last,
    query_of,
    strange_names,
)
from dashboard.routes.places import first_places, place_key
from layers import Atlas
from layers.network import CRITERIA, NoRoute, Refused, Route, no_route, routes

PATH = "/routes"
NAMES = ("from", "to", "via", "by", "route")
MOST = 4
MOST_VIAS = 2


@dataclass(frozen=True)
class Question:
    """From a place to another, over others, ranked by a criterion; `chosen` is the rank of the route shown.

    Places are keys ("region:UZ-SA", "node:poti"). `problem` is why the question has no answer, `ignored`
    what of a link means nothing here.
    """

    start: str
    goal: str
    via: tuple[str, ...] = ()
    criterion: str = CRITERIA[0]
    conditions: Conditions = AS_TODAY
    chosen: int = 1
    problem: Refused | None = field(default=None, compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[Refused, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> Question:
        """The question of a query; what makes no sense falls back or is a problem, never an error."""
        given, notes = given_of(query), []
        asked = cls(*first_places(atlas), ignored=tuple(strange_names(given, NAMES)))
        try:
            asked = replace(asked, criterion=criterion_of(given, notes), chosen=rank_of(given))
            asked = replace(asked, conditions=Conditions.from_given(given, atlas))
            asked = replace(asked, **places_of(given, asked, atlas))
            for one, following in pairwise((asked.start, *asked.via, asked.goal)):
                if one == following:
                    raise Refused("same-place", key=one)
        except Refused as refused:
            asked = replace(asked, problem=refused)
        return replace(asked, notes=(*notes, *asked.conditions.notes))

    def to_query(self) -> str:
        """The query that gives this question."""
        return query_of(
            [
                ("from", self.start),
                ("to", self.goal),
                *(("via", one) for one in self.via),
                *([("by", self.criterion)] if self.criterion != CRITERIA[0] else []),
                *self.conditions.pairs(),
                *([("route", str(self.chosen))] if self.chosen > 1 else []),
            ]
        )

    def address(self, language: str) -> str:
        """The address of the page with this question."""
        return f"{PATH}{self.to_query()}&lang={language}"

    def on(self, conditions: Conditions) -> Question:
        """The same question on another network; its best route is shown."""
        return replace(self, conditions=conditions, chosen=1)

    def routes(self, atlas: Atlas) -> tuple[Route, ...]:
        """The routes that answer it, best first."""
        return self._routes(atlas, self.conditions)

    def before(self, atlas: Atlas) -> tuple[Route, ...]:
        """The routes on the network of today, under the same assumptions."""
        return self._routes(atlas, Conditions(changes=self.conditions.changes))

    def _routes(self, atlas: Atlas, on: Conditions) -> tuple[Route, ...]:
        stated = on.assumptions(atlas)
        return routes(atlas, self.start, self.goal, stated, on.what_if, self.criterion, self.via, MOST)

    def cut(self, atlas: Atlas) -> NoRoute | None:
        """What keeps the places apart, None where nothing does."""
        return no_route(atlas, self.start, self.goal, self.conditions.what_if, self.via)

    def shown(self, atlas: Atlas) -> Route | None:
        """The route that is shown in full: the chosen one, or the best where there are not so many."""
        found = self.routes(atlas)
        return found[self.rank(found) - 1] if found else None

    def rank(self, found: tuple[Route, ...]) -> int:
        """The rank of the route that is shown."""
        return self.chosen if self.chosen <= len(found) else 1


def criterion_of(given: Given, notes: list[Refused]) -> str:
    """What routes are ranked by; an unknown word falls back to the first criterion."""
    asked = last(given, "by", CRITERIA[0])
    if asked in CRITERIA:
        return asked
    notes.append(Refused("unknown-criterion", criterion=asked[:40]))
    return CRITERIA[0]


def rank_of(given: Given) -> int:
    """The rank of the chosen route, 1 for anything that is no rank."""
    text = last(given, "route", "1")
    return int(text) if text in map(str, range(1, MOST + 1)) else 1


def places_of(given: Given, asked: Question, atlas: Atlas) -> dict[str, Any]:
    """Start, goal and what lies between; Refused for a place that the atlas has not."""
    via = given.get("via", [])
    if len(via) > MOST_VIAS:
        raise Refused("too-many-vias", count=len(via), most=MOST_VIAS)
    return {
        "start": place_key(atlas, last(given, "from", asked.start)),
        "goal": place_key(atlas, last(given, "to", asked.goal)),
        "via": tuple(place_key(atlas, one) for one in via),
    }
