"""How regions reach the border and the sea by the network, and which corridors pass through them."""

from __future__ import annotations

import re
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.atlas import Atlas
from layers.nearby import METRIC_CRS
from layers.network import Assumptions, assumptions_of, reach
from layers.network.nearest import reach_of_nodes
from layers.network.whatif import OPEN

WGS84 = Geod(ellps="WGS84")
BORDER_STOP = re.compile("border-hours-(rail|road)(-kaz|-uzb)+")

LEAST_KM = 5
"""A line with less than this in a region only touches it: outlines and lines are known no better."""

COLUMNS = ["corridor_id", "region_id", "km", "is_operating"]


@lru_cache(maxsize=4)
def nearest_crossing(atlas: Atlas, measure: str = "hours") -> pd.DataFrame:
    """One row per region: crossing_id, hours and km from its centre to the nearest crossing in operation
    between the two countries, by the network as it is; "" and NaN where none can be reached.

    Nearest by `measure`, hours or km. Stops at the border itself are left out: crossings lie on the Kazakh
    side of it, and a region would seem further away for lying on the other one.
    """
    crossings = atlas.crossings
    in_use = crossings[crossings["status"].isin(OPEN) & crossings["node_id"].ne("")]
    assumptions = without_border_stops(assumptions_of(atlas))
    nodes = tuple(dict.fromkeys(in_use["node_id"]))
    found = reach_of_nodes(atlas, nodes, assumptions, measure=measure)
    first = in_use.reset_index().drop_duplicates("node_id").set_index("node_id")["crossing_id"]
    crossing_ids = [first.get(node_id, "") for node_id in found["gateway"]]
    return found[["hours", "km"]].assign(crossing_id=crossing_ids)[["crossing_id", "hours", "km"]]


def without_border_stops(assumptions: Assumptions) -> Assumptions:
    """The assumptions with no stop at a border of Kazakhstan and Uzbekistan."""
    stops = [one.assumption_id for one in assumptions.stated if BORDER_STOP.fullmatch(one.assumption_id)]
    return assumptions.changed(dict.fromkeys(stops, 0.0))


def nearest_sea_port(atlas: Atlas, measure: str = "hours") -> pd.DataFrame:
    """One row per region: gateway, hours, km and borders to the nearest port of the oceans, as it is."""
    return reach(atlas, "sea-ports", assumptions_of(atlas), measure=measure)


@lru_cache(maxsize=2)
def lines_through(atlas: Atlas) -> gpd.GeoDataFrame:
    """One row per segment and region that it passes: segment_id, region_id, km in the region, with the
    corridor_ids, status and source_ids of the segment.

    A spatial join in a metric CRS; what only touches a region is left out.
    """
    regions = atlas.regions[["geometry"]].to_crs(METRIC_CRS)
    segments = atlas.segments[["corridor_ids", "status", "source_ids", "geometry"]].to_crs(METRIC_CRS)
    met = gpd.sjoin(segments, regions, predicate="intersects").reset_index()
    inside, outlines = met.geometry.to_numpy(), regions.geometry.loc[met["region_id"]].to_numpy()
    shapely.prepare(regions.geometry.to_numpy())
    over = ~shapely.covers(outlines, inside)  # most lines lie in one region whole
    inside[over] = shapely.intersection(inside[over], outlines[over])
    inside = gpd.GeoSeries(inside, crs=METRIC_CRS).to_crs(4326)
    met = met.assign(km=lengths_km(inside.to_numpy()))
    return met[met["km"].ge(LEAST_KM)].drop(columns="geometry").reset_index(drop=True)


def lengths_km(lines: np.ndarray) -> np.ndarray:
    """Geodesic kilometres of lines (EPSG:4326), which may be of several parts; 0 for points."""
    parts, line = shapely.get_parts(lines, return_index=True)
    corners, part = shapely.get_coordinates(parts, return_index=True)
    is_step = part[1:] == part[:-1]
    starts, ends = corners[:-1][is_step], corners[1:][is_step]
    metres = WGS84.inv(*starts.T, *ends.T)[2]
    of_parts = np.bincount(part[1:][is_step], metres, minlength=len(parts))
    return np.bincount(line, of_parts, minlength=len(lines)) / 1000


@lru_cache(maxsize=2)
def corridors_through(atlas: Atlas) -> pd.DataFrame:
    """One row per corridor and region that it crosses: corridor_id, region_id, km of its lines there,
    is_operating (all of them), most kilometres first."""
    lines = lines_through(atlas).explode("corridor_ids").rename(columns={"corridor_ids": "corridor_id"})
    lines = lines.assign(is_operating=lines["status"].isin(OPEN))
    found = lines.groupby(["corridor_id", "region_id"], as_index=False).agg(
        km=("km", "sum"), is_operating=("is_operating", "all")
    )
    return found[COLUMNS].sort_values("km", ascending=False, kind="stable", ignore_index=True)
