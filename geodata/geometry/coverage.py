"""Simplified partition of land and sea: fine around the two countries, coarse far away.

Borders stay shared at every step: simplification works on the whole coverage, sea included, and the
rounding to three decimals is done on lines, which are then closed to polygons again.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geometry.features import DECIMALS
from geometry.units import (
    AREA_SHOWN,
    CASPIAN_POINT,
    CRS,
    HOME,
    NEIGHBOURS,
    SLIVER,
    contained_in,
    faces_between,
    shared_border,
    touching,
)

SEA = "sea"

# (at least this many degrees from the two countries, tolerance in degrees: about the square root of
# the triangle areas that are given up, after Visvalingam; smallest island in square degrees).
# Zero distance stands for the whole area, the two countries included.
DETAIL = (
    (0.0, 0.006, 0.001),
    (0.0001, 0.028, 0.002),
    (6.0, 0.09, 0.03),
    (12.0, 0.16, 0.1),
    (24.0, 0.24, 0.3),
)


def simplified(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Units and one row of sea, simplified and rounded; columns as the units have them."""
    units = without_slivers(units)
    units = without_islets(units.assign(far=home_distance(units)))
    water = shapely.difference(AREA_SHOWN, shapely.union_all(units.geometry.to_numpy()))
    row = gpd.GeoDataFrame({"unit": [SEA], "country_iso3": [""], "far": [np.inf]}, geometry=[water], crs=CRS)
    rows = pd.concat([units, row], ignore_index=True)
    shapes = rows.geometry.to_numpy().copy()
    far = rows.pop("far").to_numpy()
    for distance, tolerance, _ in DETAIL:
        chosen = far >= distance
        shapes[chosen] = shapely.coverage_simplify(shapes[chosen], tolerance, simplify_boundary=False)
    rows = rows.set_geometry(rounded(shapes), crs=CRS)
    return without_slivers(rows[~rows.geometry.is_empty].reset_index(drop=True))


def home_distance(units: gpd.GeoDataFrame) -> np.ndarray:
    """Distance of each unit from the two countries in degrees, zero only for their own regions.

    A whole country counts from a point in its middle: India reaches near, most of it is far.
    """
    shapes = shapely.simplify(units.geometry.to_numpy(), 0.02)
    own = units["country_iso3"].isin(HOME).to_numpy()
    split = units["country_iso3"].isin(NEIGHBOURS).to_numpy()
    home = shapely.union_all(shapes[own])
    distance = shapely.distance(np.where(split, shapes, shapely.point_on_surface(shapes)), home)
    return np.where(own, 0.0, np.maximum(distance, DETAIL[1][0]))


def without_islets(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Units without the islands too small for their distance; a unit left with nothing goes."""
    parts, owners = shapely.get_parts(units.geometry.to_numpy(), return_index=True)
    limits = np.zeros(len(units))
    for distance, _, smallest in DETAIL:
        limits[units["far"] >= distance] = smallest
    first, second = shapely.STRtree(parts).query(parts, predicate="dwithin", distance=1e-9)
    joined = np.isin(np.arange(len(parts)), first[first != second])
    keep = joined | (shapely.area(parts) >= limits[owners])
    shapes = [shapely.coverage_union_all(parts[keep & (owners == row)]) for row in range(len(units))]
    units = units.set_geometry(np.array(shapes), crs=CRS)
    return units[~units.geometry.is_empty].reset_index(drop=True)


def without_slivers(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Units whose detached slivers have gone to the unit they share most of their border with."""
    parts, owners = shapely.get_parts(units.geometry.to_numpy(), return_index=True)
    area = shapely.area(parts)
    largest = pd.Series(area).groupby(owners).transform("max").to_numpy()
    tree = shapely.STRtree(parts)
    for part in np.flatnonzero((area < SLIVER) & (area < largest)):
        rows = touching(parts[part], tree)
        rows = rows[(rows != part) & (owners[rows] != owners[part])]
        shared = [shared_border(parts[part], parts[row]).length for row in rows]
        if shared and max(shared) > 0:
            owners[part] = owners[rows[int(np.argmax(shared))]]
    shapes = [shapely.coverage_union_all(parts[owners == row]) for row in range(len(units))]
    return units.set_geometry(np.array(shapes), crs=CRS)


def rounded(shapes: np.ndarray) -> np.ndarray:
    """The same coverage on the grid of the output: lines are snapped and noded, then closed again.

    The edge of the area shown keeps a vertex every two degrees: a renderer that draws great circles
    would bend one long edge far to the north.
    """
    grid = 10.0**-DECIMALS
    edge = shapely.segmentize(shapely.boundary(AREA_SHOWN), 2)
    lines = shapely.union_all([*shapely.boundary(shapes), edge], grid_size=grid)
    faces = faces_between([lines])
    owners = contained_in(shapely.point_on_surface(faces), shapes)
    return np.array([shapely.coverage_union_all(faces[owners == row]) for row in range(len(shapes))])


def sea(rows: gpd.GeoDataFrame) -> shapely.Geometry:
    """All sea of the area shown."""
    return rows.loc[rows["unit"] == SEA].geometry.iloc[0]


def caspian(rows: gpd.GeoDataFrame) -> shapely.Polygon:
    """The Caspian Sea: the part of the sea that holds its middle."""
    parts = shapely.get_parts(sea(rows))
    return parts[shapely.contains(parts, CASPIAN_POINT)][0]


def countries(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Land by country: column country_iso3, sorted."""
    land = rows[rows["unit"] != SEA]
    return land[["country_iso3", "geometry"]].dissolve("country_iso3", method="coverage").reset_index()
