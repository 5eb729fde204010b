"""Where a flow runs: along the line it uses, else a schematic curve between its countries.

A course is a line from the beginning of a flow to its end (EPSG:4326). Where the figures do not say how an
amount is shared among several countries, each pair of countries has a course and an equal share.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

STEPS = 24  # of a curve
BULGE = 0.16  # of the distance between its ends
CLEAR = 0.14  # of a curve left away beside the name of a country
APART = 6.0  # degrees between the two ends of a flow that leaves a country and comes back to it

COLUMNS = ["flow_id", "from_iso3", "to_iso3", "share", "line_id", "lane", "is_back", "geometry"]

Point = tuple[float, float]


def courses(
    energy_flows: pd.DataFrame, energy_lines: gpd.GeoDataFrame, countries: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """One row per arrow: flow_id, from_iso3, to_iso3, share of the amount, geometry in the direction of flow.

    line_id: the line that it follows, "" for a schematic curve. lane: what courses on one way have in common;
    is_back: it runs against the direction of the others' reference. Flows that cannot be drawn have no row.
    """
    rows: list[dict[str, Any]] = []
    for flow_id, flow in energy_flows.iterrows():
        pairs = list(product(flow["from_iso3s"], flow["to_iso3s"]))
        for start, end in pairs:
            found = _course(flow, (start, end), energy_lines, countries)
            rows.append(
                {
                    "flow_id": flow_id,
                    "from_iso3": start,
                    "to_iso3": end,
                    "share": 1 / len(pairs),
                    **found,
                }
            )
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=COLUMNS), geometry="geometry", crs="EPSG:4326")


def _course(
    flow: pd.Series, ends: tuple[str, str], energy_lines: gpd.GeoDataFrame, countries: gpd.GeoDataFrame
) -> dict[str, Any]:
    start, end = (_place(iso3, countries) for iso3 in ends)
    line_id = flow["line_ids"][0] if flow["line_ids"] else ""
    shape = energy_lines.geometry[line_id] if line_id else None
    if shape is not None and shape.geom_type == "LineString":
        is_back = _runs_back(shape, start, end)
        line = shape.reverse() if is_back else shape
        return {"line_id": line_id, "lane": line_id, "is_back": is_back, "geometry": line}
    if shape is not None:
        start, end = (shape.x, shape.y), end
    via = [_place(iso3, countries) for iso3 in flow["via_iso3s"] if iso3 not in ends]
    curve = _curve(start, end, via[0] if via else None, 0.0 if shape is not None else CLEAR)
    first, last = sorted((start, end))
    lane = f"{first}{last}{via[:1]}"
    return {"line_id": "", "lane": lane, "is_back": (start, end) != (first, last), "geometry": curve}


def _place(iso3: str, countries: gpd.GeoDataFrame) -> Point:
    shape = countries.geometry[iso3]
    return shape.x, shape.y


def _runs_back(line: shapely.LineString, start: Point, end: Point) -> bool:
    """Does a flow between two places run against the order of a line's points?"""
    first, last = (shapely.Point(line.coords[i]) for i in (0, -1))
    there = first.distance(shapely.Point(start)) + last.distance(shapely.Point(end))
    back = last.distance(shapely.Point(start)) + first.distance(shapely.Point(end))
    return back < there


def _curve(start: Point, end: Point, via: Point | None, clear: float) -> shapely.LineString:
    """A bow from start to end, through `via` in its middle where there is one.

    `clear` is the share of it left away at its beginning; CLEAR is left away at its end.
    """
    if start == end:
        start, end = (start[0] - APART, start[1]), (end[0] + APART, end[1])
    a, b = np.array(start), np.array(end)
    across = np.array([-(b - a)[1], (b - a)[0]])
    # The same side for both directions, so that opposite flows lie beside each other.
    side = 1 if (start <= end) else -1
    control = (a + b) / 2 + side * BULGE * 2 * across if via is None else 2 * np.array(via) - (a + b) / 2
    t = np.linspace(clear, 1 - CLEAR, STEPS)[:, None]
    return shapely.LineString((1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b)
