"""A choice among the sites: which of them fit, and how many each further value would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from layers.atlas import Atlas
from layers.facets import Facet
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


def fitting(atlas: Atlas, choice: SiteChoice) -> np.ndarray:
    """Whether each site fits the whole choice, in the order of the table."""
    return _all_of(atlas, _fits(atlas, choice))


def counts(atlas: Atlas, choice: SiteChoice, names: Sequence[str] = CHOICES) -> dict[str, dict[str, int]]:
    """For each facet how many sites each of its values would leave with the other choices as they are."""
    fits = _fits(atlas, choice)
    found = {}
    for name in names:
        others = _all_of(atlas, {other: one for other, one in fits.items() if other != name})
        found[name] = facet_of(atlas, name, choice.within_km).counts(others)
    return found


def _fits(atlas: Atlas, choice: SiteChoice) -> dict[str, np.ndarray]:
    """By facet in which something is chosen, whether each site fits."""
    chosen = {name: values for name in CHOICES if (values := getattr(choice, name))}
    return {
        name: facet_of(atlas, name, choice.within_km).fits(values, len(atlas.sites))
        for name, values in chosen.items()
    }


def _all_of(atlas: Atlas, fits: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.logical_and.reduce([np.ones(len(atlas.sites), dtype=bool), *fits.values()])


def values_of(atlas: Atlas, name: str) -> tuple[str, ...]:
    """The values of one facet; those of corridors and crossings without measuring how far sites are."""
    if name in ("corridors", "crossings"):
        return (ANY, *getattr(atlas, name).index)
    return facet_of(atlas, name).values


def facet_of(atlas: Atlas, name: str, within_km: int = WITHIN_KM) -> Facet:
    """The values of one facet and the sites that have them."""
    return _facet(atlas, name, within_km if name in ("corridors", "crossings") else 0)


@lru_cache(maxsize=64)
def _facet(atlas: Atlas, name: str, within_km: int) -> Facet:
    sites = atlas.sites
    if name in ("corridors", "crossings"):
        is_corridor = name == "corridors"
        measured = corridor_distances if is_corridor else crossing_distances
        km = measured(atlas, within_km + 1)
        near = km.to_numpy(float).reshape(len(sites), len(km.columns)) <= within_km
        site, value = np.nonzero(np.column_stack([near.any(axis=1), near]))
        return Facet((ANY, *km.columns), site, value)
    if name == "investment":
        known = (sites["investment_usd"].notna() | sites["investment_orig"].notna()).to_numpy(bool)
        return Facet(INVESTMENT, np.arange(len(sites)), (~known).astype(int))
    return Facet.of(sites[FACETS[name]].tolist())
