"""Industrial sites: joint clusters, special zones, industrial parks, plants and logistics hubs."""

from __future__ import annotations

from collections import Counter
from itertools import compress

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.contract import CheckedFolder
from layers.contract.words import STATUSES


def sites(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per site, indexed by site_id, with its point (EPSG:4326), as exact as location_precision."""
    table = checked.tables["sites"]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")


FACETS = {
    "countries": "country_iso3",
    "regions": "region_id",
    "kinds": "kind",
    "statuses": "status",
    "sectors": "sectors",
}
"""The choices a reader has among sites, and the column each looks at."""


def value_counts(cells: pd.Series, fits: np.ndarray | None = None) -> pd.Series:
    """How often each value stands in the cells that fit, all when None; a cell may hold several values."""
    left = cells.tolist() if fits is None else compress(cells.tolist(), fits)
    counted = Counter(value for cell in left for value in ((cell,) if isinstance(cell, str) else cell))
    return pd.Series(counted, dtype="int64").sort_values(ascending=False, kind="stable")


def leading_regions(sites: gpd.GeoDataFrame, n: int = 3) -> pd.Series:
    """The regions with most of these sites, with their counts, most first; equals by region_id."""
    counts = sites.loc[sites["region_id"] != "", "region_id"].value_counts().sort_index()
    return counts.sort_values(ascending=False, kind="stable").head(n)


def status_counts(sites: pd.DataFrame) -> pd.Series:
    """How many sites stand at each status, in the order of the vocabulary, empty ones left out."""
    counts = sites["status"].value_counts().reindex(STATUSES, fill_value=0)
    return counts[counts > 0]


def joint(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The sites in which both countries take part: their ids begin with "J-"."""
    return sites[sites.index.str.startswith("J-")]
