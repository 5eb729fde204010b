"""A choice among the sites: which of them fit, and how many each further value would leave.

Every value of a facet is a row of a table of truths, one column a site, so that ten thousand sites are chosen
and counted in milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.nearby import corridor_distances, crossing_distances
from layers.sites import FACETS

ANY = "any"
"""Any corridor, or any crossing."""

WITHIN_KM = 25
INVESTMENT = ("stated", "not-stated")


@dataclass(frozen=True)
class SiteChoice:
    """What a reader asks of sites; an empty tuple leaves all, and one of several values is enough.

    corridors and crossings hold ids, or ANY; a site fits that lies at most `within_km` from one of them.
    investment is "stated" or "not-stated": whether a source tells a figure.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    crossings: tuple[str, ...] = ()
    investment: tuple[str, ...] = ()
    within_km: int = WITHIN_KM


CHOICES = tuple(one.name for one in fields(SiteChoice) if one.name != "within_km")
"""The facets of a choice, in order."""


@dataclass(frozen=True, eq=False)
class Facet:
    """The values of a facet, and for each of them (rows) whether each site (columns) has it."""

    values: tuple[str, ...]
    truths: np.ndarray

    def fits(self, chosen: Sequence[str]) -> np.ndarray:
        """Whether each site has one of these values; all have where none is chosen."""
        if not chosen:
            return np.ones(self.truths.shape[1], dtype=bool)
        rows = [number for number, value in enumerate(self.values) if value in chosen]
        return self.truths[rows].any(axis=0)


def fitting(atlas: Atlas, choice: SiteChoice) -> np.ndarray:
    """Whether each site fits the whole choice, in the order of the table."""
    return np.logical_and.reduce([fits for fits in _fits(atlas, choice).values()])


def counts(atlas: Atlas, choice: SiteChoice) -> dict[str, pd.Series]:
    """For each facet how many sites each of its values would leave with the other choices as they are."""
    fits = _fits(atlas, choice)
    found = {}
    for name in CHOICES:
        others = np.logical_and.reduce([one for other, one in fits.items() if other != name])
        facet = facet_of(atlas, name, choice.within_km)
        found[name] = pd.Series((facet.truths & others).sum(axis=1), index=list(facet.values), dtype=int)
    return found


def _fits(atlas: Atlas, choice: SiteChoice) -> dict[str, np.ndarray]:
    return {name: facet_of(atlas, name, choice.within_km).fits(getattr(choice, name)) for name in CHOICES}


def facet_of(atlas: Atlas, name: str, within_km: int = WITHIN_KM) -> Facet:
    """The values of one facet and the sites that have them."""
    return _facet(atlas, name, within_km if name in ("corridors", "crossings") else 0)


@lru_cache(maxsize=64)
def _facet(atlas: Atlas, name: str, within_km: int) -> Facet:
    sites = atlas.sites
    if name in ("corridors", "crossings"):
        km = corridor_distances(atlas) if name == "corridors" else crossing_distances(atlas)
        near = (km.to_numpy(float) <= within_km).T.reshape(len(km.columns), len(sites))
        return Facet((ANY, *km.columns), np.vstack([near.any(axis=0, keepdims=True), near]))
    if name == "investment":
        known = (sites["investment_usd"].notna() | sites["investment_orig"].notna()).to_numpy(bool)
        return Facet(INVESTMENT, np.vstack([known, ~known]))
    cells = sites[FACETS[name]]
    lists = cells if name == "sectors" else cells.map(lambda one: (one,) if one else ())
    values = tuple(sorted({value for some in lists for value in some}))
    number = {value: row for row, value in enumerate(values)}
    truths = np.zeros((len(values), len(sites)), dtype=bool)
    for column, some in enumerate(lists):
        truths[[number[value] for value in some], column] = True
    return Facet(values, truths)
