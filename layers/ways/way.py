"""One way from end to end, made of segments in the order of travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.atlas import Atlas
from layers.ways.frontiers import frontiers

WGS84 = Geod(ellps="WGS84")
NAMES = ("name_en", "name_ru", "name_uz", "name_kk")


@dataclass(frozen=True, eq=False)
class Way:
    """One way from end to end: its segments and the nodes it passes, in the order of travel.

    steps (EPSG:4326, lines in the direction of travel), one row per segment: segment_id, from_node, to_node,
    start_km, end_km, length_km (computed), published_km (NaN where none), mode, status, gauge_mm (NaN where
    not known or none), country_iso3 at its start and to_iso3 at its end ("" at sea), corridor_ids,
    opened_year, planned_year, geometry_kind, source_ids. A step into another country has border_km (on the
    way), border_node, crossing_id and border_is_approximate. A connector has segment_id "".

    stops (EPSG:4326), one row per node passed, both ends included: node_id, km, kind, country_iso3, its names
    in the four languages, is_place (shape points are none).

    Both are read-only.
    """

    steps: gpd.GeoDataFrame
    stops: gpd.GeoDataFrame

    @property
    def length_km(self) -> float:
        """Kilometres from end to end, computed along the lines of the segments."""
        return float(self.stops["km"].iloc[-1])

    @property
    def segment_ids(self) -> tuple[str, ...]:
        """The segments in the order of travel, connectors left out."""
        return tuple(segment_id for segment_id in self.steps["segment_id"] if segment_id)


FLIPPED = {
    "from_node": "to_node",
    "to_node": "from_node",
    "country_iso3": "to_iso3",
    "to_iso3": "country_iso3",
}
"""What changes places where a segment is travelled from its to_node to its from_node."""


def way_of(atlas: Atlas, segment_ids: Sequence[str], start_node: str) -> Way:
    """The way along these segments from a node; ValueError names the first segment that does not join.

    No segment at all is a way of one stop.
    """
    pieces = pieces_of(atlas)
    node, flips = start_node, []
    if start_node not in atlas.nodes.index:
        raise ValueError(f"no node {start_node}")
    starts, goals, rows = pieces["from_node"].array, pieces["to_node"].array, []
    for segment_id in segment_ids:
        if segment_id not in pieces.index:
            raise ValueError(f"no segment {segment_id}")
        rows.append(pieces.index.get_loc(segment_id))
        ends = starts[rows[-1]], goals[rows[-1]]
        if node not in ends:
            raise ValueError(f"segment {segment_id} joins {ends[0]} and {ends[1]}; the way is at {node}")
        flips.append(node == ends[1])
        node = ends[0] if flips[-1] else ends[1]
    steps = travelled(pieces.iloc[rows], np.array(flips, dtype=bool))
    return Way(steps, stops_of(atlas, [start_node, *steps["to_node"]], [0.0, *steps["end_km"]]))


@lru_cache(maxsize=4)
def pieces_of(atlas: Atlas) -> gpd.GeoDataFrame:
    """All segments as steps from from_node to to_node, indexed by segment_id; border_share is the part of a
    step before its border.
    """
    segments = atlas.segments
    country = atlas.nodes["country_iso3"]
    start, end = (segments[column].map(country) for column in ("from_node", "to_node"))
    at_sea = segments["mode"].eq("sea") & start.ne(end)  # a ferry over a lake stays in its country
    frontier = frontiers(atlas)
    known = [frontier.get(segment_id) for segment_id in segments.index]
    kept = ["mode", "status", "corridor_ids", "opened_year", "planned_year", "geometry_kind", "source_ids"]
    return segments[["from_node", "to_node", *kept, "geometry"]].assign(
        length_km=segments["computed_length_km"],
        published_km=segments["length_km"],
        gauge_mm=segments["gauge_mm"].astype(float),
        country_iso3=start.mask(at_sea, ""),
        to_iso3=end.mask(at_sea, ""),
        border_share=[np.nan if one is None else one.share for one in known],
        border_node=["" if one is None else one.node_id for one in known],
        crossing_id=["" if one is None else one.crossing_id for one in known],
        border_is_approximate=[one is not None and one.is_approximate for one in known],
    )


def travelled(pieces: gpd.GeoDataFrame, flips: np.ndarray) -> gpd.GeoDataFrame:
    """These pieces in the direction of travel, with their kilometres."""
    pieces = pieces.reset_index()
    turned = {
        column: np.where(flips, pieces[other], pieces[column]).astype(object)
        for column, other in FLIPPED.items()
    }
    lines = pieces.geometry.to_numpy()
    share = np.where(flips, 1.0 - pieces["border_share"], pieces["border_share"])
    end_km = pieces["length_km"].cumsum()
    start_km = end_km - pieces["length_km"]
    return pieces.drop(columns="border_share").assign(
        **turned,
        geometry=np.where(flips, shapely.reverse(lines), lines),
        start_km=start_km,
        end_km=end_km,
        border_km=start_km + share * pieces["length_km"],
    )


def stops_of(atlas: Atlas, node_ids: Sequence[str], km: Sequence[float]) -> gpd.GeoDataFrame:
    """The stops of a way at these kilometres."""
    rows = [atlas.nodes.index.get_loc(one) for one in node_ids]
    stops = atlas.nodes[["kind", "country_iso3", *NAMES, "geometry"]].iloc[rows].reset_index()
    return stops.assign(km=np.array(km, dtype=float), is_place=stops["kind"].ne("shape"))


def connector(line: shapely.LineString, before: Sequence[object], after: Sequence[object]) -> Way:
    """A way by road that is in no table, such as from the centre of a region to a node.

    `line` is EPSG:4326 in the direction of travel; `before` and `after` are the stops at its two ends, each
    (node_id, kind, country_iso3, *NAMES). Its length is geodesic, its one segment_id "".
    """
    told = ("node_id", "kind", "country_iso3", *NAMES)
    ends = [dict(zip(told, stop, strict=True)) for stop in (before, after)]
    length_km = WGS84.geometry_length(line) / 1000
    countries = [end["country_iso3"] for end in ends]
    crosses = countries[0] != countries[1]
    step = {
        **{"segment_id": "", "mode": "road", "status": "operating", "geometry_kind": "schematic"},
        **{"from_node": ends[0]["node_id"], "to_node": ends[1]["node_id"]},
        **{"country_iso3": countries[0], "to_iso3": countries[1], "border_node": "", "crossing_id": ""},
        **{"corridor_ids": (), "source_ids": (), "opened_year": pd.NA, "planned_year": pd.NA},
        **{"start_km": 0.0, "end_km": length_km, "length_km": length_km, "published_km": np.nan},
        **{"gauge_mm": np.nan, "border_km": length_km / 2 if crosses else np.nan},
        "border_is_approximate": crosses,
    }
    steps = gpd.GeoDataFrame([step], geometry=[line], crs="EPSG:4326")
    places = [shapely.get_point(line, at) for at in (0, -1)]
    stops = gpd.GeoDataFrame(ends, geometry=places, crs="EPSG:4326")
    return Way(
        steps.astype({"opened_year": "Int64", "planned_year": "Int64"}),
        stops.assign(km=[0.0, length_km], is_place=stops["kind"].ne("shape")),
    )


def joined(ways: Sequence[Way]) -> Way:
    """Several ways one after the other; ValueError where one does not begin where the one before ends."""
    steps, stops, km = [], [], 0.0
    for way in ways:
        here = way.stops["node_id"].iloc[0]
        if stops and stops[-1]["node_id"].iloc[-1] != here:
            raise ValueError(f"a way begins at {here}; the one before it ends elsewhere")
        moved = {column: way.steps[column] + km for column in ("start_km", "end_km", "border_km")}
        steps.append(way.steps.assign(**moved))
        stops.append(way.stops.assign(km=way.stops["km"] + km).iloc[1 if stops else 0 :])
        km += way.length_km
    filled = [one for one in steps if len(one)] or steps[:1]
    return Way(pd.concat(filled, ignore_index=True), pd.concat(stops, ignore_index=True))
