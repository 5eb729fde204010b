"""A question about reach: to which gateways, by what measure, before and after which change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.routes.conditions import (
    AS_TODAY,
    Conditions,
    given_of,
    last,
    query_of,
    strange_names,
)
from dashboard.routes.places import place_key
from layers import Atlas
from layers.network import GATEWAYS, MEASURES, Refused, gateways_of, reach, reach_changes

PATH = "/reach"
NAMES = ("gateways", "measure", "view")
VIEWS = ("before", "after", "difference")


@dataclass(frozen=True)
class ReachQuestion:
    """The gateways, the measure (hours, km or borders), the network after the change, and the map shown.

    `view` is one of VIEWS; without a change there is only "before". `problem` is why the question has no
    answer, `ignored` what of a link means nothing here.
    """

    gateways: str = "sea-ports"
    measure: str = "hours"
    conditions: Conditions = AS_TODAY
    view: str = "before"
    problem: Refused | None = field(default=None, compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[Refused, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any], atlas: Atlas) -> ReachQuestion:
        """The question of a query; what makes no sense falls back or is a problem, never an error."""
        given, notes = given_of(query), []
        asked = cls(ignored=tuple(strange_names(given, NAMES)))
        measure = last(given, "measure", asked.measure)
        if measure not in MEASURES:
            notes.append(Refused("unknown-measure", measure=measure[:40]))
            measure = asked.measure
        try:
            asked = replace(asked, measure=measure, conditions=Conditions.from_given(given, atlas))
            asked = replace(asked, gateways=gateway_key(atlas, last(given, "gateways", asked.gateways)))
        except Refused as refused:
            asked = replace(asked, problem=refused)
        view = last(given, "view", "difference")
        has_change = asked.conditions.changes_network
        shown = view if view in VIEWS else "difference"
        return replace(asked, view=shown if has_change else "before", notes=(*notes, *asked.conditions.notes))

    def to_query(self) -> str:
        """The query that gives this question."""
        has_own_view = self.conditions.changes_network and self.view != "difference"
        return query_of(
            [
                ("gateways", self.gateways),
                ("measure", self.measure),
                *self.conditions.pairs(),
                *([("view", self.view)] if has_own_view else []),
            ]
        )

    def address(self, language: str) -> str:
        """The address of the page with this question."""
        return f"{PATH}{self.to_query()}&lang={language}"

    def on(self, conditions: Conditions) -> ReachQuestion:
        """The same question on another network."""
        return replace(
            self, conditions=conditions, view="difference" if conditions.changes_network else "before"
        )

    def before(self, atlas: Atlas) -> pd.DataFrame:
        """The reach of each region on the network of today, under the same assumptions."""
        return reach(atlas, self.gateways, self.conditions.assumptions(atlas), measure=self.measure)

    def after(self, atlas: Atlas) -> pd.DataFrame:
        """The reach of each region with the changes."""
        stated = self.conditions.assumptions(atlas)
        return reach(atlas, self.gateways, stated, self.conditions.what_if, self.measure)

    def changes(self, atlas: Atlas) -> pd.DataFrame:
        """What became of each region, those that gain most first."""
        return reach_changes(self.before(atlas), self.after(atlas))

    def values(self, atlas: Atlas) -> pd.Series:
        """What the map shows, by region_id, as whole numbers; NaN where no way leads to a gateway."""
        if self.view == "difference":
            return (self.after(atlas)["value"].round() - self.before(atlas)["value"].round()).rename("value")
        return getattr(self, self.view)(atlas)["value"].round()


@lru_cache(maxsize=256)
def gateway_key(atlas: Atlas, text: str) -> str:
    """The name of a set of gateways, or the key of a node by its key or name; Refused for anything else."""
    if text in GATEWAYS:
        return text
    try:
        key = place_key(atlas, text)
        gateways_of(atlas, key)
    except Refused:
        raise Refused("unknown-gateways", key=text[:60]) from None
    return key
