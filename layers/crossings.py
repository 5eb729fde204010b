"""The road and rail crossings between Kazakhstan and Uzbekistan."""

from __future__ import annotations

import geopandas as gpd

from layers.contract import CheckedFolder


def crossings(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per crossing, indexed by crossing_id, with its point (EPSG:4326), good to uncertainty_km."""
    table = checked.tables["crossings"]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")


def of_region(crossings: gpd.GeoDataFrame, region_id: str) -> gpd.GeoDataFrame:
    """The crossings on the border of one region."""
    return crossings[crossings["kz_region_id"].eq(region_id) | crossings["uz_region_id"].eq(region_id)]
