"""The regions of the two countries, the countries around them and their cities."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from layers.contract import CheckedFolder

WGS84 = "EPSG:4326"


def regions(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per region, indexed by region_id: the columns of regions.csv and its polygon (EPSG:4326).

    Exterior rings run clockwise, or a projected map would fill the world around them instead.
    """
    table = checked.tables["regions"]
    outlines = checked.shapes["regions"].geometry.loc[table.index].orient_polygons(exterior_cw=True)
    return gpd.GeoDataFrame(table, geometry=outlines.to_numpy(), crs=WGS84)


def first_level(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The regions that are no districts of another one, of which every pair can be looked at; all where the
    table has districts only."""
    first = regions[regions["kind"].ne("district")]
    return regions if first.empty else first


def countries(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per country, indexed by country_iso3, with the point of its label (EPSG:4326)."""
    table = checked.tables["countries"]
    return gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["label_lon"], table["label_lat"]), crs=WGS84
    )


def cities(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """The cities of the base map as points (EPSG:4326), the most important first (rank 1 to 4)."""
    return checked.shapes["cities"].sort_values(["rank", "population"], ascending=[True, False])


def of_country(regions: pd.DataFrame, country_iso3: str) -> pd.DataFrame:
    """The regions of one country."""
    return regions[regions["country_iso3"].eq(country_iso3)]
