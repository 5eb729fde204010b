"""Industrial sites: joint clusters, special zones, industrial parks, plants and logistics hubs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import geopandas as gpd
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


def leading_regions(region_ids: Iterable[str], n: int = 3) -> dict[str, int]:
    """The regions with most sites, by the region_id of each, with their counts, most first; equals by id."""
    counted = Counter(region_ids)
    counted.pop("", None)
    return dict(sorted(counted.items(), key=lambda region: (-region[1], region[0]))[:n])


def status_counts(sites: pd.DataFrame) -> pd.Series:
    """How many sites stand at each status, in the order of the vocabulary, empty ones left out."""
    counts = sites["status"].value_counts().reindex(STATUSES, fill_value=0)
    return counts[counts > 0]


def joint(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The sites in which both countries take part: their ids begin with "J-"."""
    return sites[sites.index.str.startswith("J-")]
