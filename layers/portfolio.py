"""The named projects by status, sector, region, pair of regions and year, with what is stated of their value.

Only single projects are counted. Values of claims and totals of many projects are never added to anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from layers.atlas import Atlas
from layers.pairs import SUMMED
from layers.projects import named

UNKNOWN = "unknown"
"""The value of a facet where a project names none: no sector, no region of that country, no year."""

STATED, NOT_STATED = "stated", "not-stated"

OF_ROW: dict[str, Callable[[pd.Series], tuple[str, ...]]] = {
    "status": lambda row: (row["status"],),
    "sector": lambda row: row["sectors"] or (UNKNOWN,),
    "uz": lambda row: row["uz_region_ids"] or (UNKNOWN,),
    "kz": lambda row: row["kz_region_ids"] or (UNKNOWN,),
    "year": lambda row: (UNKNOWN if pd.isna(row["year_announced"]) else str(row["year_announced"]),),
    "value": lambda row: (NOT_STATED if pd.isna(row["value_usd"]) else STATED,),
}
"""The facets, and the values that a project has in each; a claim states a value too."""

FACETS = tuple(OF_ROW)


@dataclass(frozen=True)
class ProjectChoice:
    """One value of each facet, "" where none is chosen."""

    status: str = ""
    sector: str = ""
    uz: str = ""
    kz: str = ""
    year: str = ""
    value: str = ""

    def active(self) -> dict[str, str]:
        """What is chosen, by facet."""
        return {facet: getattr(self, facet) for facet in FACETS if getattr(self, facet)}

    def toggled(self, **values: str) -> ProjectChoice:
        """The choice with these values, or without them where all of them are chosen already."""
        is_chosen = all(getattr(self, facet) == value for facet, value in values.items())
        return replace(self, **(dict.fromkeys(values, "") if is_chosen else values))


@dataclass(frozen=True)
class Worth:
    """What is stated of projects: the sum of the values that may be added, of how many projects, whether one
    of them is a lower bound, and the projects of which only a claim is known.
    """

    value_usd: float
    valued: tuple[str, ...]
    is_least: bool
    claimed: tuple[str, ...]


# Key of the caches: the atlas, one object a data version; nobody changes what is in them.
@lru_cache(maxsize=2)
def facet_values(atlas: Atlas) -> dict[str, dict[str, tuple[str, ...]]]:
    """The values in each facet of every named project, by project_id."""
    rows = named(atlas.projects)
    return {facet: {i: tuple(of(row)) for i, row in rows.iterrows()} for facet, of in OF_ROW.items()}


@lru_cache(maxsize=2)
def offered(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The values of each facet that some named project has; those not known come last."""
    found = {}
    for facet, values in facet_values(atlas).items():
        present = {one for own in values.values() for one in own}
        found[facet] = tuple(sorted(present, key=lambda one: (one == UNKNOWN, one)))
    return found


def chosen(atlas: Atlas, choice: ProjectChoice, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the named projects of a choice; facets `without` count as not chosen."""
    values = facet_values(atlas)
    asked = {facet: one for facet, one in choice.active().items() if facet not in without}
    return tuple(
        project_id
        for project_id in values["status"]
        if all(one in values[facet][project_id] for facet, one in asked.items())
    )


def by_facet(atlas: Atlas, choice: ProjectChoice, facet: str) -> dict[str, tuple[str, ...]]:
    """The projects that each value of a facet would leave with the other facets as they are.

    A project of several values is in each of them.
    """
    own, left = facet_values(atlas)[facet], chosen(atlas, choice, (facet,))
    return {one: tuple(i for i in left if one in own[i]) for one in offered(atlas)[facet]}


def by_pair(atlas: Atlas, choice: ProjectChoice) -> dict[tuple[str, str], tuple[str, ...]]:
    """The projects that each pair of an Uzbek and a Kazakh region would leave with the other facets as they
    are; UNKNOWN stands for a side without a region. Pairs with most projects come first, sides without last.
    """
    values, found = facet_values(atlas), {}
    for project_id in chosen(atlas, choice, ("uz", "kz")):
        for uzbek in values["uz"][project_id]:
            for kazakh in values["kz"][project_id]:
                found.setdefault((uzbek, kazakh), []).append(project_id)
    ordered = sorted(found, key=lambda pair: (pair.count(UNKNOWN), -len(found[pair]), pair))
    return {pair: tuple(found[pair]) for pair in ordered}


@lru_cache(maxsize=2)
def _values(atlas: Atlas) -> dict[str, tuple[float, str]]:
    rows = named(atlas.projects)
    rows = rows[rows["value_usd"].notna()]
    return dict(zip(rows.index, zip(rows["value_usd"], rows["value_type"], strict=True), strict=True))


def worth(atlas: Atlas, project_ids: Iterable[str]) -> Worth:
    """What is stated of the value of named projects; nothing of aggregates, which are no single projects."""
    known = {one: _values(atlas)[one] for one in project_ids if one in _values(atlas)}
    valued = tuple(one for one, (_, kind) in known.items() if kind in SUMMED)
    return Worth(
        value_usd=float(sum(known[one][0] for one in valued)),
        valued=valued,
        is_least=any(known[one][1] == "minimum" for one in valued),
        claimed=tuple(one for one in known if one not in valued),
    )


def stated_jobs(atlas: Atlas, project_ids: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    """The jobs that these projects state, planned or filled, added up, and the projects that state any."""
    known = atlas.projects.loc[list(project_ids), "jobs"].dropna()
    return int(known.sum()), tuple(known.index)
