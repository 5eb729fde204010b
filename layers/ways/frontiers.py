"""Where segments cross from one country into another."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.atlas import Atlas

STATION_REACH_KM = 15
"""How far from a border its border station may lie: a border this near to one is put at the station."""


@dataclass(frozen=True)
class Frontier:
    """Where one segment crosses a border.

    `share` is the part of the segment before the border, from its from_node; `node_id` the border station it
    belongs to and `crossing_id` the row of crossings.csv, "" where there is none; `is_approximate` where the
    segment is a straight line or nothing but its two ends is known.
    """

    share: float
    node_id: str
    crossing_id: str
    is_approximate: bool


def frontiers(atlas: Atlas) -> dict[str, Frontier]:
    """The frontier of each land segment whose two ends lie in two countries, by segment_id.

    The best of what is known: the point of a crossing that names the segment, then the outline of Kazakhstan
    or Uzbekistan, then the one end that is a border station, else the middle.
    """
    country, kind = atlas.nodes["country_iso3"], atlas.nodes["kind"]
    segments = atlas.segments
    start, end = segments["from_node"].map(country), segments["to_node"].map(country)
    crossing = segments[start.ne(end) & start.ne("") & end.ne("") & segments["mode"].ne("sea")]
    outlines = {country: own.geometry for country, own in atlas.regions.groupby("country_iso3")}
    points = crossing_points(atlas.crossings)
    found = {}
    for segment_id, segment in crossing.iterrows():
        ends = segment["from_node"], segment["to_node"]
        stations = [kind[node] == "border-crossing" for node in ends]
        named = points.get(segment_id, [])
        share, is_known = share_before(segment, [country[node] for node in ends], stations, named, outlines)
        node = station_at(share, segment["computed_length_km"], ends, stations)
        if node and not all(stations):
            share = float(node == ends[1])
        is_vague = not is_known or (segment["geometry_kind"] == "schematic" and share not in (0.0, 1.0))
        found[segment_id] = Frontier(share, node, named[0][0] if named else "", is_vague)
    return found


def crossing_points(crossings: gpd.GeoDataFrame) -> dict[str, list[tuple[str, shapely.Point]]]:
    """The crossings that name each segment, with their points."""
    points: dict[str, list[tuple[str, shapely.Point]]] = {}
    for crossing_id, segment_ids, point in zip(
        crossings.index, crossings["segment_ids"], crossings.geometry, strict=True
    ):
        for segment_id in segment_ids:
            points.setdefault(segment_id, []).append((crossing_id, point))
    return points


def share_before(
    segment: pd.Series,
    countries: list[str],
    stations: list[bool],
    named: list[tuple[str, shapely.Point]],
    outlines: dict[str, gpd.GeoSeries],
) -> tuple[float, bool]:
    """The part of a segment before the border, and whether that is more than a guess."""
    line = segment.geometry
    if named:
        return float(line.project(named[0][1], normalized=True)), True
    for position, country in enumerate(countries):
        if country in outlines:
            around = outlines[country].sindex.query(line, predicate="intersects")
            outline = shapely.union_all(outlines[country].to_numpy()[np.sort(around)])
            inside = line.intersection(outline).length / line.length
            if 0.0 < inside < 1.0:
                return (1.0 - inside if position else inside), True
    if sum(stations) == 1:
        return float(stations[1]), True
    return 0.5, False


def station_at(share: float, length_km: float, ends: tuple[str, str], stations: list[bool]) -> str:
    """The border station that is nearest to the border, "" where none is near."""
    away = [share * length_km, (1.0 - share) * length_km]
    near = [
        (km, node)
        for km, node, is_station in zip(away, ends, stations, strict=True)
        if is_station and km <= STATION_REACH_KM
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else ""
