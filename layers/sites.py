"""Industrial sites: joint clusters, special zones, industrial parks, plants and logistics hubs."""

from __future__ import annotations

from collections.abc import Collection

import geopandas as gpd
import pandas as pd

from layers.contract import CheckedFolder
from layers.contract.words import STATUSES


def sites(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per site, indexed by site_id, with its point (EPSG:4326), as exact as location_precision."""
    table = checked.tables["sites"]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")


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
    chosen = pd.Series(True, index=sites.index)
    choices = {"country_iso3": countries, "region_id": regions, "kind": kinds, "status": statuses}
    for column, allowed in choices.items():
        if allowed:
            chosen &= sites[column].isin(allowed)
    if sectors:
        wanted = set(sectors)
        chosen &= sites["sectors"].map(lambda some: not wanted.isdisjoint(some)).astype(bool)
    return sites[chosen]


def status_counts(sites: pd.DataFrame) -> pd.Series:
    """How many sites stand at each status, in the order of the vocabulary, empty ones left out."""
    counts = sites["status"].value_counts().reindex(STATUSES, fill_value=0)
    return counts[counts > 0]


def joint(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The sites in which both countries take part: their ids begin with "J-"."""
    return sites[sites.index.str.startswith("J-")]


def sharing_a_point(sites: gpd.GeoDataFrame, site_id: str) -> gpd.GeoDataFrame:
    """All sites drawn on the same spot as this one, itself included: a click there means any of them."""
    lat, lon = sites.loc[site_id, ["lat", "lon"]]
    return sites[sites["lat"].eq(lat) & sites["lon"].eq(lon)]
