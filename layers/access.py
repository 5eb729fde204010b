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
    ways = {
        crossing_id: reach(atlas, f"node:{node_id}", assumptions, measure=measure)
        for crossing_id, node_id in in_use["node_id"].items()
    }
    columns = ["crossing_id", "hours", "km"]
    if not ways:
        return pd.DataFrame({"crossing_id": "", "hours": np.nan, "km": np.nan}, index=atlas.regions.index)
    values = pd.DataFrame({crossing_id: way[measure] for crossing_id, way in ways.items()})
    nearest = values.fillna(np.inf).idxmin(axis=1).where(values.notna().any(axis=1), "")
    rows = [
        (one, *ways[one].loc[region_id, ["hours", "km"]]) if one else ("", np.nan, np.nan)
        for region_id, one in nearest.items()
    ]
    return pd.DataFrame(rows, columns=columns, index=atlas.regions.index)


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
    inside = shapely.intersection(met.geometry.to_numpy(), regions.geometry.loc[met["region_id"]].to_numpy())
    inside = gpd.GeoSeries(inside, crs=METRIC_CRS).to_crs(4326)
    met = met.assign(km=[WGS84.geometry_length(line) / 1000 for line in inside])
    return met[met["km"].ge(LEAST_KM)].drop(columns="geometry").reset_index(drop=True)


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
