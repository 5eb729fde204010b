"""The criteria of the priority list: what they are called, how they are marked, what the data say of each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.plain import Tree, trees
from dashboard.project_value import value_sourced
from dashboard.regions.links import region_link
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.nearby import distances_from
from layers.priorities import CRITERIA, JOBS, NEAR_KM, READINESS, VALUE_USD, Marks, marks

TITLES = {
    "value": N_("Value"),
    "jobs": N_("Jobs"),
    "readiness": N_("Readiness"),
    "sides": N_("Both sides involved"),
    "corridor": N_("On a corridor"),
    "border": N_("Border region"),
}
RULES = {
    "value": N_(
        "{low} or less is 0, {high} or more is 1, each tenfold step between adds a quarter. The scale is "
        "logarithmic because stated values lie between ten million and four billion dollars: on an even "
        "scale one project would leave all others near 0. Its ends are fixed, so that no mark changes when "
        "another project comes in. A lower bound leaves the mark open upwards; a claim is no value."
    ),
    "jobs": N_(
        "{low} or fewer is 0, {high} or more is 1, logarithmic for the same reason. Planned and filled jobs "
        "count alike."
    ),
    "readiness": N_("By status, in equal steps: {steps}."),
    "sides": N_(
        "1 where regions of both countries are named, 0 where only regions of one are. Investors of the "
        "other country do not count, because the data name few of them."
    ),
    "corridor": N_(
        "1 where the project names a corridor, or its site lies at most {km} km from a line of one; 0 where "
        "it lies farther. A site known only to the region leaves the mark open."
    ),
    "border": N_("1 where a region that is named borders the other country, 0 where none of them does."),
}
SAID = {
    "missing": N_("not stated by our sources"),
    "no-region": N_("no region is named"),
    "both": N_("regions of both countries are named"),
    "one-side": N_("regions of one country only are named"),
    "no-place": N_("its place is not known closely enough"),
    "inland": N_("no region that is named borders the other country"),
    "abroad": N_("its site lies outside the two countries"),
}
KM_METHOD = N_(
    "From the site to the nearest line of a corridor by land, whatever its status, on the ellipsoid."
)


def rule_of(criterion: str, words: Words) -> str:
    """How a criterion is marked."""
    message = N_("{status} {mark}")
    steps = [
        words(message, status=words(vocabulary.STATUSES[one]), mark=words.number(mark))
        for one, mark in sorted(READINESS.items(), key=lambda pair: pair[1])
    ]
    ends = {"value": [words.dollars(one) for one in VALUE_USD], "jobs": [words.number(one) for one in JOBS]}
    low, high = ends.get(criterion, ("", ""))
    return words(RULES[criterion], low=low, high=high, steps=", ".join(steps), km=words.number(NEAR_KM))


# Key: the atlas (one object a data version) and the language; trees are never changed.
@lru_cache(maxsize=8)
def facts(atlas: Atlas, language: str) -> dict[str, list[list[Tree]]]:
    """What the data say of each named project, criterion by criterion, with sources."""
    words, given = speak(language), marks(atlas)
    return {
        project_id: [trees(_fact(one, project_id, given, atlas, words)) for one in CRITERIA]
        for project_id in given.low.index
    }


def _fact(criterion: str, project_id: str, given: Marks, atlas: Atlas, words: Words) -> Any:
    why, row = given.why.at[project_id, criterion], atlas.projects.loc[project_id]
    if why in SAID:
        return words(SAID[why])
    if criterion == "readiness":
        return words(vocabulary.STATUSES[row["status"]])
    if criterion == "corridor":
        return _corridor(why, row, given.near_km[project_id], atlas, words)
    if criterion == "border":
        return _border(row, atlas, words)
    if criterion == "jobs":
        return sourced(words.number(int(row["jobs"])), row["source_ids"], atlas, words)
    note = {"claim": words("not counted"), "minimum": words("open upwards")}.get(why)
    return [value_sourced(row, atlas, words), html.Small([" ", note]) if note else None]


def _corridor(why: str, row: pd.Series, km: float, atlas: Atlas, words: Words) -> Any:
    if why == "named":
        return _corridor_link(row["corridor_id"], atlas, words)
    shown = words("{n} km", n=words.number(round(km, 1 if km < 10 else 0)))
    nearest = distances_from(atlas, row["site_id"]).idxmin()
    return [computed(shown, words(KM_METHOD), words), " ", _corridor_link(nearest, atlas, words)]


def _corridor_link(corridor_id: str, atlas: Atlas, words: Words) -> html.A:
    name, language = words.name_and_language(atlas.corridors.loc[corridor_id])
    return html.A(name, href=f"/corridors/{corridor_id}?lang={words.language}", lang=language)


def _border(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """The regions that are named and border the other country."""
    at_border = atlas.regions["borders_other_country"]
    own = [one for one in (*row["uz_region_ids"], *row["kz_region_ids"]) if at_border[one]]
    return [part for one in own for part in (", ", region_link(one, atlas, words))][1:]
