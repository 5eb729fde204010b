"""What lies near the sites: their regions by geometry, corridors, railways, crossings, ports, other sites.

Neighbours are found by spatial joins in METRIC_CRS; every distance told is geodesic, from the site to the
nearest point of what was found. Distances are as exact as the place of a site is known.
"""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod
from scipy.spatial import KDTree

from layers.atlas import Atlas
from layers.corridors import segments_of, with_branches
from layers.network.whatif import AS_IT_IS, open_segments

WGS84 = Geod(ellps="WGS84")

METRIC_CRS = "+proj=eqdc +lat_1=40 +lat_2=52 +lat_0=46 +lon_0=67 +datum=WGS84 +units=m"
"""Equidistant conic over both countries: distances are true to one percent, enough to tell what is near."""

LONGEST_PIECE = 0.05
"""Degrees: lines run straight in longitude and latitude, and still do so in pieces of this length."""

NEIGHBOUR_KM = 50

MANY = 2_000
"""More sites than these are measured by a faster way, and to corridors only where they are near."""

FURTHEST_KM = 120
"""How far from many sites corridors are looked for where nothing else is asked."""


@lru_cache(maxsize=4)
def site_regions(atlas: Atlas) -> pd.DataFrame:
    """The region in which each site lies, by site_id: `stated`, `found` ("" outside all) and `outside_km`,
    how far its point lies outside the stated region: 0 inside, NaN where none is stated.

    The data folder is refused where that is too far: see layers.contract.places.
    """
    points, regions = metric(atlas.sites[["region_id", "geometry"]]), metric(atlas.regions[["geometry"]])
    found = gpd.sjoin(points[["geometry"]], regions, predicate="intersects")["region_id"]
    found = found[~found.index.duplicated()].reindex(points.index, fill_value="")
    stated = points["region_id"]
    named = stated[stated.isin(regions.index)]
    own = gpd.GeoSeries(regions.geometry.loc[named].to_numpy(), index=named.index, crs=METRIC_CRS)
    outside_km = points.geometry.loc[named.index].distance(own) / 1000
    return pd.DataFrame({"stated": stated, "found": found, "outside_km": outside_km.reindex(points.index)})


def corridor_distances(atlas: Atlas, within_km: float = FURTHEST_KM) -> pd.DataFrame:
    """Kilometres from each site (rows) to the nearest line by land of each corridor (columns), its branches
    included, whatever the status of the line; inf for a corridor without lines by land, and of MANY sites
    for one that is further than `within_km`.
    """
    return _corridor_distances(atlas, within_km if len(atlas.sites) > MANY else np.inf)


@lru_cache(maxsize=6)
def _corridor_distances(atlas: Atlas, within_km: float) -> pd.DataFrame:
    pieces = land_pieces(atlas)
    points = metric(atlas.sites[["geometry"]])
    columns = {}
    for corridor_id in atlas.corridors.index:
        own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id])).index
        near = nearest(points, pieces[pieces.index.isin(own)], within_km)
        columns[corridor_id] = near["km"].fillna(np.inf)
    return pd.DataFrame(columns, index=atlas.sites.index)


@lru_cache(maxsize=4)
def crossing_distances(atlas: Atlas) -> pd.DataFrame:
    """Kilometres from each site (rows) to each crossing between the two countries (columns)."""
    sites, crossings = atlas.sites.geometry, atlas.crossings.geometry
    return pd.DataFrame(
        {one: geodesic_km(sites.x, sites.y, point.x, point.y) for one, point in crossings.items()},
        index=sites.index,
    )


@lru_cache(maxsize=4)
def nearest_things(atlas: Atlas) -> pd.DataFrame:
    """What lies nearest to each site, by site_id: corridor, rail_node, crossing, open_crossing and port (ids,
    "" where the atlas has none), each with its kilometres (`corridor_km` …, NaN where none).

    rail_node is the nearest place on a railway in operation, port the nearest sea port of the network.
    """
    points = metric(atlas.sites[["geometry"]])
    to_crossings = crossing_distances(atlas)
    opened = atlas.crossings.index[atlas.crossings["status"].eq("operating")]
    found = {
        "corridor": least(corridor_distances(atlas)),
        "rail_node": nearest(points, metric(rail_nodes(atlas)[["geometry"]])),
        "crossing": least(to_crossings),
        "open_crossing": least(to_crossings[opened]),
        "port": nearest(points, metric(atlas.nodes.loc[atlas.nodes["kind"].eq("port"), ["geometry"]])),
    }
    columns = {name: pairs["one"] for name, pairs in found.items()}
    columns |= {f"{name}_km": pairs["km"] for name, pairs in found.items()}
    return pd.DataFrame(columns, index=points.index)


def least(km: pd.DataFrame) -> pd.DataFrame:
    """The column of least kilometres of each row: `one`, its name ("" where none is reached), and `km`."""
    reached = np.isfinite(km).any(axis=1)
    one = pd.Series("", index=km.index, dtype=object)
    if reached.any():
        one[reached] = km[reached].idxmin(axis=1)
    return pd.DataFrame({"one": one, "km": km.min(axis=1).where(reached)})


def rail_nodes(atlas: Atlas) -> gpd.GeoDataFrame:
    """The places at an end of a railway that is in operation."""
    rails = atlas.segments[open_segments(atlas, AS_IT_IS) & atlas.segments["mode"].eq("rail")]
    ends = atlas.nodes.index.isin(rails["from_node"]) | atlas.nodes.index.isin(rails["to_node"])
    return atlas.nodes[ends & atlas.nodes["kind"].ne("shape")]


def corridors_within(atlas: Atlas, site_id: str, within_km: float = NEIGHBOUR_KM) -> pd.Series:
    """The corridors with a line at most so far from a site, with their kilometres, nearest first."""
    km = corridor_distances(atlas).loc[site_id]
    return km[km <= within_km].sort_values(kind="stable")


def sites_within(atlas: Atlas, site_id: str, within_km: float = NEIGHBOUR_KM) -> gpd.GeoDataFrame:
    """The other sites at most so far from a site, nearest first, with distance_km."""
    points = atlas.sites.geometry
    here = points[site_id]
    km = geodesic_km(points.x, points.y, here.x, here.y)
    others = atlas.sites.assign(distance_km=km).drop(index=site_id)
    return others[others["distance_km"] <= within_km].sort_values("distance_km", kind="stable")


def nearest(points: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, within_km: float = np.inf) -> pd.DataFrame:
    """The target nearest to each point, both in METRIC_CRS: `one`, its id ("" where none is so near), and
    `km`."""
    none = pd.DataFrame({"one": "", "km": np.nan}, index=points.index)
    if targets.empty or points.empty:
        return none
    if len(points) > MANY:
        near = nearest_of_many(points, targets, within_km)
        found = nearest_to(points[near >= 0], targets.iloc[near[near >= 0]])
        none.loc[found.index, ["one", "km"]] = found
        return none
    near = gpd.GeoSeries(targets.geometry).sindex.nearest(points.geometry, return_all=False)[1]
    return nearest_to(points, targets.iloc[near])


def nearest_of_many(points: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, within_km: float) -> np.ndarray:
    """The position of the target nearest to each of many points, -1 where none is so near.

    Found among places along the targets, a kilometre apart: of two that are as near to within that, either.
    """
    places, target = shapely.get_coordinates(
        shapely.segmentize(targets.geometry.to_numpy(), 1000), return_index=True
    )
    here = shapely.get_coordinates(points.geometry.to_numpy())
    low, high = places.min(axis=0) - within_km * 1000, places.max(axis=0) + within_km * 1000
    around = np.flatnonzero(((here >= low) & (here <= high)).all(axis=1))
    found = np.full(len(here), -1)
    far, near = KDTree(places).query(here[around], distance_upper_bound=within_km * 1000)
    found[around] = np.where(np.isfinite(far), target[np.minimum(near, len(target) - 1)], -1)
    return found


def nearest_to(points: gpd.GeoDataFrame, matched: gpd.GeoDataFrame) -> pd.DataFrame:
    """The targets that were found for points, row by row: `one`, the id, and `km`."""
    foot = shapely.get_point(
        shapely.shortest_line(points.geometry.to_numpy(), matched.geometry.to_numpy()), 1
    )
    ends = gpd.GeoSeries(foot, index=points.index, crs=METRIC_CRS).to_crs("EPSG:4326")
    starts = points.geometry.to_crs("EPSG:4326")
    km = WGS84.inv(starts.x.to_numpy(), starts.y.to_numpy(), ends.x.to_numpy(), ends.y.to_numpy())[2] / 1000
    return pd.DataFrame({"one": matched.index.to_numpy(), "km": km}, index=points.index)


@lru_cache(maxsize=2)
def land_pieces(atlas: Atlas) -> gpd.GeoDataFrame:
    """All lines by land as short straight pieces in METRIC_CRS, indexed by segment_id."""
    land = atlas.segments[atlas.segments["mode"].ne("sea")]
    lines = land.geometry.segmentize(LONGEST_PIECE).to_crs(METRIC_CRS)
    corners, line = shapely.get_coordinates(lines.to_numpy(), return_index=True)
    follows = np.flatnonzero(line[1:] == line[:-1])
    pieces = shapely.linestrings(np.stack([corners[follows], corners[follows + 1]], axis=1))
    return gpd.GeoDataFrame(geometry=pieces, index=lines.index[line[follows]], crs=METRIC_CRS)


def metric(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same rows in METRIC_CRS."""
    return frame.to_crs(METRIC_CRS)


def geodesic_km(lon: pd.Series, lat: pd.Series, to_lon: float, to_lat: float) -> np.ndarray:
    """Kilometres on the WGS 84 ellipsoid from each place to one."""
    ends = np.full(len(lon), to_lon), np.full(len(lon), to_lat)
    return WGS84.inv(lon.to_numpy(), lat.to_numpy(), *ends)[2] / 1000
