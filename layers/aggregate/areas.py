"""The areas that observations are counted in: regions, and bands along segments and corridors."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.atlas import Atlas
from layers.corridors import segments_of, with_branches
from layers.nearby import LONGEST_PIECE
from layers.network.whatif import OPEN

WGS84 = Geod(ellps="WGS84")

HALF_TURN = np.linspace(90, 270, 25)
"""Bearings behind a point: so many corners keep a band true to a quarter of a percent of its width."""


@lru_cache(maxsize=2)
def areas_of(atlas: Atlas, within_km: float, modes: tuple[str, ...]) -> gpd.GeoDataFrame:
    """One row per area: `group` (region or segment), `place` (its id), its polygon (EPSG:4326), and for the
    bands of lines in operation `corridor_ids`, the corridors that they count for, parents included.

    A band holds every place at most `within_km` from a line by land of one of `modes`, geodesic. Segments
    have one whatever their status.
    """
    segments = atlas.segments[atlas.segments["mode"].isin(modes)]
    in_use = segments[segments["status"].isin(OPEN)]
    corridors: dict[str, list[str]] = {}
    for corridor_id in atlas.corridors.index:
        for segment_id in segments_of(in_use, with_branches(atlas.corridors, [corridor_id])).index:
            corridors.setdefault(segment_id, []).append(corridor_id)
    bands = bands_of(segments, within_km)
    places = [*atlas.regions.index, *bands.index]
    columns = {
        "group": ["region"] * len(atlas.regions) + ["segment"] * len(bands),
        "place": places,
        "corridor_ids": [tuple(corridors.get(place, ())) for place in places],
    }
    return gpd.GeoDataFrame(columns, geometry=[*atlas.regions.geometry, *bands], crs="EPSG:4326")


def bands_of(segments: gpd.GeoDataFrame, within_km: float) -> gpd.GeoSeries:
    """The band of each segment, by segment_id (EPSG:4326): the union of capsules around its straight pieces.

    Lines run straight in longitude and latitude, so they are cut into pieces that are straight on the ground
    as well; the two ends of a capsule are half circles of geodesic radius.
    """
    lines = segments.geometry.segmentize(LONGEST_PIECE)
    corners, line = shapely.get_coordinates(lines.to_numpy(), return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    start, end = corners[follows], corners[follows + 1]
    towards, back, _ = WGS84.inv(*start.T, *end.T)
    rings = np.concatenate([arcs(start, towards, within_km), arcs(end, back, within_km)], axis=1)
    capsules = pd.Series(shapely.polygons(rings) if len(rings) else [], dtype=object).groupby(line[follows])
    bands = [shapely.union_all(own.to_numpy()) for _, own in capsules]
    return gpd.GeoSeries(bands, index=segments.index, crs="EPSG:4326")


def arcs(points: np.ndarray, towards: np.ndarray, km: float) -> np.ndarray:
    """Half circles around points (lon, lat), each on the side away from the bearing `towards`."""
    bearings = towards[:, None] + HALF_TURN
    lon, lat = (np.repeat(points[:, axis], len(HALF_TURN)) for axis in (0, 1))
    lon, lat, _ = WGS84.fwd(lon, lat, bearings.ravel(), np.full(bearings.size, km * 1000.0))
    return np.stack([np.asarray(lon), np.asarray(lat)], axis=1).reshape(*bearings.shape, 2)
