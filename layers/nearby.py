"""What lies near the sites: their regions by geometry, corridors, railways, crossings, ports, other sites.

Neighbours are found by spatial joins in METRIC_CRS; every distance told is geodesic, from the site to the
nearest point of what was found. Distances are as exact as the place of a site is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod, Transformer
from scipy.spatial import KDTree

from layers.atlas import Atlas
from layers.corridors import segments_of, with_branches
from layers.network.whatif import AS_IT_IS, open_segments

WGS84 = Geod(ellps="WGS84")

METRIC_CRS = "+proj=eqdc +lat_1=40 +lat_2=52 +lat_0=46 +lon_0=67 +datum=WGS84 +units=m"
"""Equidistant conic over both countries: distances are true to one percent, enough to tell what is near."""

LONGEST_PIECE = 0.05
"""Degrees: lines run straight in longitude and latitude, and still do so in pieces of this length."""

FINE = 0.01
"""Degrees between two corners of a line where the nearest of its corners is looked for."""

DEGREE_KM = 110.5
"""No degree of latitude is shorter than this, so that a search in degrees misses nothing."""

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
    if len(atlas.sites) > MANY:  # not kept: a column of a hundred thousand for each corridor
        return distances_of_many(atlas, within_km)
    return _distances_of_few(atlas)


@lru_cache(maxsize=4)
def _distances_of_few(atlas: Atlas) -> pd.DataFrame:
    pieces = land_pieces(atlas)
    points = metric(atlas.sites[["geometry"]])
    columns = {}
    for corridor_id in atlas.corridors.index:
        own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id])).index
        near = nearest(points, pieces[pieces.index.isin(own)])
        columns[corridor_id] = near["km"].fillna(np.inf)
    return pd.DataFrame(columns, index=atlas.sites.index)


def distances_of_many(atlas: Atlas, within_km: float) -> pd.DataFrame:
    """The same of many sites: the nearest corner of each corridor is found in the plane."""
    sites = shapely.get_coordinates(atlas.sites.geometry.to_numpy())
    corners, here = land_corners(atlas), in_metres(sites)
    km = {}
    for corridor_id, lines in corridor_lines(atlas).items():
        own = corners.of_lines(lines)
        km[corridor_id] = np.full(len(sites), np.inf)
        if not len(own):
            continue
        places = corners.metres[own]
        low, high = places.min(axis=0) - within_km * 1000, places.max(axis=0) + within_km * 1000
        around = np.flatnonzero(((here >= low) & (here <= high)).all(axis=1))
        far, near = KDTree(places).query(here[around], distance_upper_bound=within_km * 1000)
        is_near = np.isfinite(far)
        found = around[is_near]
        km[corridor_id][found] = corners.km_to(sites[found], here[found], own[near[is_near]])
    return with_parents(pd.DataFrame(km, index=atlas.sites.index), atlas)


def distances_from(atlas: Atlas, site_id: str) -> pd.Series:
    """Kilometres from one site to each corridor as in `corridor_distances`, however far it is."""
    if len(atlas.sites) <= MANY:
        return corridor_distances(atlas).loc[site_id]
    site = shapely.get_coordinates(atlas.sites.geometry[site_id])
    corners, here = land_corners(atlas), in_metres(site)
    away = ((corners.metres - here) ** 2).sum(axis=1)
    km = {}
    for corridor_id, lines in corridor_lines(atlas).items():
        own = corners.of_lines(lines)
        nearest = own[[np.argmin(away[own])]] if len(own) else own
        km[corridor_id] = [float(corners.km_to(site, here, nearest)[0]) if len(own) else np.inf]
    return with_parents(pd.DataFrame(km, index=[site_id]), atlas).loc[site_id]


def with_parents(km: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """Distances to corridors, those of parents the least of their own and of their branches."""
    parents = atlas.corridors.index[atlas.corridors.index.isin(atlas.corridors["parent_id"])]
    whole = {one: km[list(with_branches(atlas.corridors, [one]))].min(axis=1) for one in parents}
    return km.assign(**whole)


@lru_cache(maxsize=2)
def corridor_lines(atlas: Atlas) -> dict[str, np.ndarray]:
    """The lines by land of each corridor without its branches, by their position among those."""
    land = atlas.segments["corridor_ids"][atlas.segments["mode"].ne("sea")]
    number, several = pd.factorize(land)
    return {
        one: np.flatnonzero(np.array([one in ids for ids in several], dtype=bool)[number])
        for one in atlas.corridors.index
    }


@dataclass(frozen=True, eq=False)
class Corners:
    """Corners along lines, near to each other: `degrees` (lon, lat), `metres` in METRIC_CRS; those of a line
    stand from `first[line]` up to `first[line + 1]`."""

    degrees: np.ndarray
    metres: np.ndarray
    first: np.ndarray

    def of_lines(self, lines: np.ndarray) -> np.ndarray:
        """The corners of these lines."""
        counts = self.first[lines + 1] - self.first[lines]
        before = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
        return np.arange(counts.sum()) + np.repeat(self.first[lines] - before, counts)

    def km_to(self, degrees: np.ndarray, metres: np.ndarray, corners: np.ndarray) -> np.ndarray:
        """Geodesic kilometres from places to the nearer one of two pieces of a line that meet in a corner."""
        line = np.searchsorted(self.first, corners, side="right") - 1
        ends = np.maximum(corners - 1, self.first[line]), np.minimum(corners + 1, self.first[line + 1] - 1)
        best, least_m = self.degrees[corners], np.full(len(corners), np.inf)
        for end in ends:
            along = self.metres[end] - self.metres[corners]
            from_corner = metres - self.metres[corners]
            size = np.maximum((along**2).sum(axis=1), 1e-9)
            share = np.clip((along * from_corner).sum(axis=1) / size, 0.0, 1.0)[:, None]
            apart = ((from_corner - share * along) ** 2).sum(axis=1)
            foot = self.degrees[corners] + share * (self.degrees[end] - self.degrees[corners])
            best = np.where((apart < least_m)[:, None], foot, best)
            least_m = np.minimum(apart, least_m)
        return WGS84.inv(*degrees.T, *best.T)[2] / 1000


@lru_cache(maxsize=1)
def land_corners(atlas: Atlas) -> Corners:
    """All lines by land with a corner every FINE degrees."""
    land = atlas.segments.geometry[atlas.segments["mode"].ne("sea")]
    lines = shapely.segmentize(land.to_numpy(), FINE)
    first = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))])
    degrees = shapely.get_coordinates(lines)
    return Corners(degrees, in_metres(degrees), first)


def in_metres(degrees: np.ndarray) -> np.ndarray:
    """Longitudes and latitudes as places in METRIC_CRS."""
    into_plane = Transformer.from_crs("EPSG:4326", METRIC_CRS, always_xy=True)
    return np.column_stack(into_plane.transform(*degrees.T))


@lru_cache(maxsize=2)
def crossing_distances(atlas: Atlas, within_km: float = np.inf) -> pd.DataFrame:
    """Kilometres from each site (rows) to each crossing between the two countries (columns); inf for one that
    is further than `within_km`."""
    sites, crossings = atlas.sites.geometry, atlas.crossings.geometry
    return pd.DataFrame(
        {one: km_around(sites, point, within_km) for one, point in crossings.items()}, index=sites.index
    )


def km_around(places: gpd.GeoSeries, point: shapely.Point, within_km: float) -> np.ndarray:
    """Kilometres from places to a point, inf for those further than `within_km`."""
    lon, lat = places.x.to_numpy(), places.y.to_numpy()
    km = np.full(len(places), np.inf)
    close = np.flatnonzero(np.abs(lat - point.y) <= within_km / DEGREE_KM)
    ends = np.full(len(close), point.x), np.full(len(close), point.y)
    km[close] = WGS84.inv(lon[close], lat[close], *ends)[2] / 1000
    return np.where(km <= within_km, km, np.inf)


def things_near(atlas: Atlas, site_id: str) -> pd.Series:
    """What lies nearest to one site: the row of `nearest_things`."""
    if len(atlas.sites) <= MANY:
        return nearest_things(atlas).loc[site_id]
    site, corridors = atlas.sites[["geometry"]].loc[[site_id]], distances_from(atlas, site_id)
    return _things(atlas, site, corridors.to_frame().T, _to_crossings(atlas, site)).loc[site_id]


@lru_cache(maxsize=2)
def nearest_things(atlas: Atlas) -> pd.DataFrame:
    """What lies nearest to each site, by site_id: corridor, rail_node, crossing, open_crossing and port (ids,
    "" where the atlas has none), each with its kilometres (`corridor_km` …, NaN where none).

    rail_node is the nearest place on a railway in operation, port the nearest sea port of the network.
    """
    return _things(atlas, atlas.sites, corridor_distances(atlas), crossing_distances(atlas))


def _to_crossings(atlas: Atlas, sites: gpd.GeoDataFrame) -> pd.DataFrame:
    found = {one: km_around(sites.geometry, point, np.inf) for one, point in atlas.crossings.geometry.items()}
    return pd.DataFrame(found, index=sites.index)


def _things(
    atlas: Atlas, sites: gpd.GeoDataFrame, to_corridors: pd.DataFrame, to_crossings: pd.DataFrame
) -> pd.DataFrame:
    points = metric(sites[["geometry"]])
    opened = atlas.crossings.index[atlas.crossings["status"].eq("operating")]
    found = {
        "corridor": least(to_corridors),
        "rail_node": nearest(points, rail_places(atlas)),
        "crossing": least(to_crossings),
        "open_crossing": least(to_crossings[opened]),
        "port": nearest(points, metric(atlas.nodes.loc[atlas.nodes["kind"].eq("port"), ["geometry"]])),
    }
    columns = {name: pairs["one"] for name, pairs in found.items()}
    columns |= {f"{name}_km": pairs["km"] for name, pairs in found.items()}
    return pd.DataFrame(columns, index=points.index)


@lru_cache(maxsize=2)
def rail_places(atlas: Atlas) -> gpd.GeoDataFrame:
    """The places of `rail_nodes` in METRIC_CRS."""
    return metric(rail_nodes(atlas)[["geometry"]])


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
    km = distances_from(atlas, site_id)
    return km[km <= within_km].sort_values(kind="stable")


def sites_within(atlas: Atlas, site_id: str, within_km: float = NEIGHBOUR_KM) -> gpd.GeoDataFrame:
    """The other sites at most so far from a site, nearest first, with distance_km."""
    km = km_around(atlas.sites.geometry, atlas.sites.geometry[site_id], within_km)
    near = np.isfinite(km) & (atlas.sites.index != site_id)
    return atlas.sites[near].assign(distance_km=km[near]).sort_values("distance_km", kind="stable")


def nearest(points: gpd.GeoDataFrame, targets: gpd.GeoDataFrame) -> pd.DataFrame:
    """The target nearest to each point, both in METRIC_CRS: `one`, its id ("" where there is none), and
    `km`."""
    if targets.empty or points.empty:
        return pd.DataFrame({"one": "", "km": np.nan}, index=points.index)
    if len(points) > MANY and targets.geom_type.eq("Point").all():
        places, here = (shapely.get_coordinates(one.geometry.to_numpy()) for one in (targets, points))
        return nearest_to(points, targets.iloc[KDTree(places).query(here)[1]])
    near = gpd.GeoSeries(targets.geometry).sindex.nearest(points.geometry, return_all=False)[1]
    return nearest_to(points, targets.iloc[near])


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
