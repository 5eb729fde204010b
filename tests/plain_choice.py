"""A choice among sites made row by row: what the quick ways of the atlas are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import compress

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.sites import FACETS


def select(
    sites: gpd.GeoDataFrame,
    *,
    countries: Collection[str] = (),
    regions: Collection[str] = (),
    sectors: Collection[str] = (),
    kinds: Collection[str] = (),
    statuses: Collection[str] = (),
) -> gpd.GeoDataFrame:
    """The sites that fit every choice; an empty choice leaves all, and one of several sectors is enough."""
    choices = {
        "countries": countries,
        "regions": regions,
        "sectors": sectors,
        "kinds": kinds,
        "statuses": statuses,
    }
    return sites[np.logical_and.reduce(list(_fitting(sites, choices).values()))]


def facet_counts(sites: gpd.GeoDataFrame, choices: Mapping[str, Collection[str]]) -> dict[str, pd.Series]:
    """For each facet, how many sites each of its values would leave with the other choices as they are."""
    fitting = _fitting(sites, choices)
    others = {
        facet: np.logical_and.reduce([fits for other, fits in fitting.items() if other != facet])
        for facet in FACETS
    }
    return {facet: value_counts(sites[column], others[facet]) for facet, column in FACETS.items()}


def _fitting(sites: gpd.GeoDataFrame, choices: Mapping[str, Collection[str]]) -> dict[str, np.ndarray]:
    """By facet, whether each site fits its choice."""
    return {facet: _fits(sites[column], choices.get(facet, ())) for facet, column in FACETS.items()}


def _fits(cells: pd.Series, chosen: Collection[str]) -> np.ndarray:
    if not chosen:
        return np.ones(len(cells), bool)
    wanted = set(chosen)
    if cells.name == "sectors":
        return np.array([not wanted.isdisjoint(some) for some in cells.tolist()], bool)
    return np.array([cell in wanted for cell in cells.tolist()], bool)


def value_counts(cells: pd.Series, fits: np.ndarray | None = None) -> pd.Series:
    """How often each value stands in the cells that fit, all when None; a cell may hold several values."""
    left = cells.tolist() if fits is None else compress(cells.tolist(), fits)
    counted = Counter(value for cell in left for value in ((cell,) if isinstance(cell, str) else cell))
    return pd.Series(counted, dtype="int64").sort_values(ascending=False, kind="stable")
