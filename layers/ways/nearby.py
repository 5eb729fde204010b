"""What lies beside a way: sites within a distance, each at its kilometre."""

from __future__ import annotations

from functools import cached_property, lru_cache

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

from layers.ways.way import Way

WGS84 = Geod(ellps="WGS84")
AT_ONCE = 2_000
"""So many sites are measured together."""

LATITUDE_KM = 111.4
"""No degree of latitude is longer than this, so that a search in degrees misses nothing."""


def sites_along(way: Way, sites: gpd.GeoDataFrame, within_km: float) -> gpd.GeoDataFrame:
    """The sites at most so far from the line of a way, in the order of travel.

    Adds distance_km (geodesic, from the nearest point of the line) and km (the place of that point on the
    way). A way that comes by twice counts where it is nearer.
    """
    legs = legs_of(way)
    near = sites.iloc[legs.around(sites, within_km)]
    points = shapely.get_coordinates(near.geometry.to_numpy())
    parts = np.split(points, range(AT_ONCE, len(points), AT_ONCE))
    km, distance_km = np.concatenate([legs.nearest(part, within_km) for part in parts]).T
    near = near.assign(km=km, distance_km=distance_km)
    return near[near["distance_km"] <= within_km].sort_values("km", kind="stable")


@lru_cache(maxsize=32)
def legs_of(way: Way) -> Legs:
    """The legs of a way, made once for all distances."""
    return Legs(way)


class Legs:
    """The straight pieces of a way between the vertices of its lines, with their kilometres."""

    def __init__(self, way: Way) -> None:
        starts, ends, start_km, length_km = [], [], [], []
        for line, begin, length in zip(
            way.steps.geometry, way.steps["start_km"], way.steps["length_km"], strict=True
        ):
            points = shapely.get_coordinates(line)
            run = WGS84.line_lengths(points[:, 0], points[:, 1])
            scale = length / max(run.sum(), 1e-9)
            starts.append(points[:-1])
            ends.append(points[1:])
            length_km.append(run * scale)
            start_km.append(begin + np.concatenate([[0.0], np.cumsum(run * scale)[:-1]]))
        self.starts = np.concatenate(starts) if starts else np.empty((0, 2))
        self.ends = np.concatenate(ends) if ends else np.empty((0, 2))
        self.low = np.minimum(self.starts, self.ends).T.copy()
        self.high = np.maximum(self.starts, self.ends).T.copy()
        self.start_km = np.concatenate(start_km) if start_km else np.empty(0)
        self.length_km = np.concatenate(length_km) if length_km else np.empty(0)

    def around(self, sites: gpd.GeoDataFrame, within_km: float) -> np.ndarray:
        """The positions of the sites in the boxes around the legs: no other one can be so near."""
        reach_lat = within_km / LATITUDE_KM + 0.1
        furthest = np.maximum(np.abs(self.low[1]), np.abs(self.high[1])) + 2 * reach_lat
        reach_lon = reach_lat / np.maximum(np.cos(np.radians(np.minimum(furthest, 89.0))), 0.05)
        west, east = self.low[0] - reach_lon, self.high[0] + reach_lon
        boxes = shapely.box(west, self.low[1] - reach_lat, east, self.high[1] + reach_lat)
        return np.unique(sites.sindex.query(boxes)[1])

    def nearest(self, points: np.ndarray, within_km: float) -> np.ndarray:
        """For each point (rows of lon, lat) the kilometre nearest to it and its distance in kilometres; NaN
        where none is near enough."""
        reach_lat = within_km / LATITUDE_KM + 0.1
        furthest = np.minimum(np.abs(points[:, 1]) + reach_lat, 89.0)
        reach_lon = reach_lat / np.maximum(np.cos(np.radians(furthest)), 0.05)
        reach = np.column_stack([reach_lon, np.full(len(points), reach_lat)])
        boxes = shapely.box(*(points - reach).T, *(points + reach).T)
        site, leg = self._tree.query(boxes)
        order = np.lexsort((leg, site))
        site, leg = site[order], leg[order]
        # Around the point the earth is flat enough to find the foot; its distance is then geodesic.
        here = points[site]
        flat = np.column_stack([np.cos(np.radians(here[:, 1])), np.ones(len(site))])
        start, along = (self.starts[leg] - here) * flat, (self.ends[leg] - self.starts[leg]) * flat
        length = np.maximum((along**2).sum(axis=1), 1e-18)
        share = np.clip(-(start * along).sum(axis=1) / length, 0.0, 1.0)
        away = ((start + share[:, None] * along) ** 2).sum(axis=1)
        best = first_least(away, site)
        site, leg, share = site[best], leg[best], share[best]
        foot = self.starts[leg] + share[:, None] * (self.ends[leg] - self.starts[leg])
        found = np.full((len(points), 2), np.nan)
        found[site, 0] = self.start_km[leg] + share * self.length_km[leg]
        found[site, 1] = WGS84.inv(*points[site].T, *foot.T)[2] / 1000
        return found

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.box(*self.low, *self.high))


def first_least(sizes: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The position of the least size of each group, of equals the first; groups stand in order."""
    order = np.lexsort((np.arange(len(sizes)), sizes, groups))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = groups[order][1:] != groups[order][:-1]
    return order[is_first]
