"""What is wrong in the rows of a partition: places, moments, ids and amounts that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.aggregate.observations import ENDS, FaultyPartition
from layers.contract.faults import did_you_mean

EARLIEST, LATEST = pd.Timestamp(1990, 1, 1), pd.Timestamp(2100, 1, 1)
LIMITS = {"speed_kmh": (500, "km/h"), "tonnes": (1e7, "tonnes"), "value_usd": (1e11, "US dollars")}
"""The largest amount that one row may state, and its unit: a larger one is in another unit."""

SAMPLE = 1000
"""So many points show whether longitude and latitude stand in each other's place."""

WrongRows = tuple[str, str, str, np.ndarray]
"""The column, what is wrong, what helps, and the rows."""


def require_degrees(frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    """Raise FaultyPartition where coordinates are metres, or longitude and latitude are exchanged."""
    regions = areas[areas["group"].eq("region")]
    for end, columns in places_of(frame).items():
        x, y = coordinates(frame[end])
        known = np.isfinite(x) & np.isfinite(y)
        x, y = x[known], y[known]
        if not len(x):
            continue
        if ((abs(x) > 180) | (abs(y) > 180)).mean() > 0.5:
            remedy = "write them as longitude and latitude, degrees of WGS 84 (EPSG:4326)"
            raise FaultyPartition(columns, "no degrees but probably metres of a projection", remedy)
        some = slice(None, None, max(len(x) // SAMPLE, 1))
        if share_within(regions, x[some], y[some]) < 0.05 and share_within(regions, y[some], x[some]) > 0.5:
            remedy = "exchange them"
            raise FaultyPartition(columns, "longitude and latitude stand in each other's place", remedy)


def share_within(regions: gpd.GeoDataFrame, x: np.ndarray, y: np.ndarray) -> float:
    """The share of points that lie in a region."""
    return len(np.unique(regions.sindex.query(shapely.points(x, y), predicate="intersects")[0])) / len(x)


def wrong_rows(frame: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> Iterator[WrongRows]:
    """The rows that cannot be counted, kind by kind; a row may be named by several."""
    for end, columns in places_of(frame).items():
        yield from wrong_places(frame[end], columns)
    for column in frame.columns.intersection(("time", "date")):
        moment = frame[column]
        late = ~moment.between(EARLIEST, LATEST, inclusive="left")
        yield column, "no moment from 1990 to 2099", "write timestamps, dates or YYYY-MM-DD", late.to_numpy()
    if "vehicle_id" in frame:
        nobody = frame["vehicle_id"].isna() | frame["vehicle_id"].eq("")
        yield "vehicle_id", "empty", "give each vehicle an id", nobody.to_numpy(bool)
    for column in frame.columns.intersection(list(LIMITS)):
        most, unit = LIMITS[column]
        amount = frame[column].to_numpy(float)
        wrong = ~(np.isnan(amount) | ((amount >= 0) & (amount <= most)))
        yield column, f"not between 0 and {most:,.0f} {unit}", f"write {unit}, empty where not known", wrong
    for end in set(ENDS).intersection(frame.columns):
        yield from unknown_regions(frame[f"{end}_region"], areas)


def wrong_places(points: gpd.GeoSeries, columns: str) -> Iterator[WrongRows]:
    """The points that are nowhere on Earth, or where receivers without a fix put them."""
    x, y = coordinates(points)
    there = points.notna().to_numpy()
    finite = np.isfinite(x) & np.isfinite(y)
    yield columns, "empty or not finite", "write both as numbers", there & ~finite
    beyond = finite & ((abs(x) > 180) | (abs(y) > 90))
    shown = f" ({x[beyond][0]:g}, {y[beyond][0]:g})" if beyond.any() else ""
    yield columns, f"no place on Earth{shown}", "longitude is −180 to 180, latitude −90 to 90 degrees", beyond
    nothing = finite & (x == 0) & (y == 0)
    yield columns, "0, 0, as of a receiver without a fix", "leave such rows out", nothing


def unknown_regions(cells: pd.Series, areas: gpd.GeoDataFrame) -> Iterator[WrongRows]:
    """The rows that state a region which the atlas does not have."""
    known = areas.loc[areas["group"].eq("region"), "place"]
    unknown = cells.notna() & cells.ne("") & ~cells.isin(known)
    if unknown.any():
        first = str(cells[unknown].iloc[0])
        problem = f'unknown region "{first}"{did_you_mean(first, known)}'
        yield (
            cells.name,
            problem,
            "write ids of regions.csv, nothing for places elsewhere",
            unknown.to_numpy(),
        )


def places_of(frame: gpd.GeoDataFrame) -> dict[str, str]:
    """The columns of points, and what the files call their coordinates."""
    if "geometry" in frame:
        return {"geometry": "lon, lat"}
    return {end: f"{end}_lon, {end}_lat" for end in ENDS if end in frame}


def coordinates(points: gpd.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes and latitudes, NaN where there is no point."""
    return shapely.get_x(points.to_numpy()), shapely.get_y(points.to_numpy())
