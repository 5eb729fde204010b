"""Whether things stand where they say: points in their country and region, latitude before longitude."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.contract.contents import Contents
from layers.contract.faults import Fault

KM_PER_DEGREE = 111.2
"""Length of one degree of latitude; near enough for tolerances of several kilometres."""

TOLERANCE_KM = 10
"""How far a point may lie outside its area.

Coasts and country borders are simplified, border stations and ports stand on their very edge (3 km outside at
most), and the Uzbek region borders are coarse: against OpenStreetMap they agree to 0.89 of the area.
"""


def misplaced_points(contents: Contents) -> Iterator[Fault]:
    """A fault for each site, node, crossing and region centre outside its country or region.

    A crossing must lie on the border of both its regions, give or take its own uncertainty.
    """
    if contents.has("nodes.csv", "land.geojson"):
        yield from outside(contents, "nodes", "country_iso3", "land")
    if contents.has("sites.csv", "land.geojson"):
        yield from outside(contents, "sites", "country_iso3", "land")
    if contents.has("sites.csv", "regions.geojson"):
        yield from outside(contents, "sites", "region_id", "regions")
    if contents.has("regions.csv", "regions.geojson"):
        yield from outside(contents, "regions", "region_id", "regions", columns=("centre_lat", "centre_lon"))
    if contents.has("crossings.csv", "regions.geojson"):
        tolerance = TOLERANCE_KM + contents.tables["crossings"]["uncertainty_km"].fillna(0)
        yield from outside(contents, "crossings", "kz_region_id", "regions", tolerance)
        yield from outside(contents, "crossings", "uz_region_id", "regions", tolerance)


def outside(
    contents: Contents,
    table: str,
    area_column: str,
    shape: str,
    tolerance_km: float | pd.Series = TOLERANCE_KM,
    columns: tuple[str, str] = ("lat", "lon"),
) -> Iterator[Fault]:
    """A fault for each row whose point lies further than the tolerance from the area that its row names.

    Rows without a point or an area, and areas without an outline, are passed over: other checks name them.
    """
    areas = contents.shapes[shape].geometry.dropna()
    latitude, longitude = columns
    rows = contents.tables[table].assign(tolerance_km=tolerance_km)
    rows = rows[rows[area_column].isin(areas.index) & rows[latitude].notna() & rows[longitude].notna()]
    named = areas.loc[rows[area_column]].to_numpy()
    lon, lat, km = (rows[column].to_numpy(float) for column in (longitude, latitude, "tolerance_km"))
    shapely.prepare(areas.to_numpy())
    out = ~shapely.contains_xy(named, lon, lat)  # most points need no closer look
    out[out] = ~within(lon[out], lat[out], named[out], km[out])
    swapped = out.copy()
    swapped[out] = within(lat[out], lon[out], named[out], km[out])
    for position in np.flatnonzero(out):
        row, area = rows.index[position], rows[area_column].iloc[position]
        if swapped[position]:
            problem = f"latitude {lat[position]:g} and longitude {lon[position]:g} look swapped"
            expected = f"latitude {lon[position]:g} and longitude {lat[position]:g}, which lie in {area}"
        else:
            away = distance_km(lon[position], lat[position], named[position])
            problem = f"{lat[position]:g} N {lon[position]:g} E lies about {away:.0f} km outside {area}"
            problem += inside_of(lon[position], lat[position], areas)
            expected = f"a point in {area} or within {km[position]:g} km of it"
        yield contents.row_fault(
            table, row, latitude if swapped[position] else area_column, problem, expected
        )


def within(lon: np.ndarray, lat: np.ndarray, areas: np.ndarray, km: np.ndarray) -> np.ndarray:
    """Whether each point lies within so many kilometres of its area; degrees and kilometres."""
    turn = np.linspace(0, 2 * np.pi, 33)[:-1]
    reach = np.maximum(km, 0.01) / KM_PER_DEGREE
    narrowed = np.maximum(np.cos(np.radians(lat)), 0.01)
    east = lon[:, None] + (reach / narrowed)[:, None] * np.cos(turn)
    north = lat[:, None] + reach[:, None] * np.sin(turn)
    return shapely.intersects(shapely.polygons(np.stack([east, north], axis=-1)), areas)


def distance_km(lon: float, lat: float, area: shapely.Geometry) -> float:
    """The distance from a point to an area, for a message: good to a few percent."""
    scale = np.array([np.cos(np.radians(lat)), 1.0]) * KM_PER_DEGREE
    return shapely.distance(
        shapely.points(*(np.array([lon, lat]) * scale)), shapely.transform(area, lambda xy: xy * scale)
    )


def inside_of(lon: float, lat: float, areas: gpd.GeoSeries) -> str:
    """The area in which a point does lie, as a clause for a message."""
    found = areas.index[areas.covers(shapely.points(lon, lat))]
    return f", in {found[0]}" if len(found) else ""
