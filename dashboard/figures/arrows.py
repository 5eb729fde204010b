"""Flows as arrows: outlines with heads in degrees, so that both renderers draw the same shapes.

The width stands for the amount, on a scale of its own for each unit. A result is full, what is signed is
hatched, what is planned is an empty dashed outline; hatching and the marks along an arrow are chevrons that
point where it goes.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.figures.projection import CONIC

LOOKS = ("actual", "contract", "plan")
WIDEST, NARROWEST = 56_000.0, 13_000.0  # metres
WIDEST_OF_LENGTH = 0.2  # of the shortest arrow of a unit
GAP = 0.3  # widths of an arrow left free beside it
HEAD_LENGTH, HEAD_SIDE = 1.3, 0.95  # widths: the length of a head, and half of its breadth
LONGEST_HEAD = 0.38  # of an arrow
STEP = 20_000.0  # metres between points of a bow
CHEVRON_STEPS = {"actual": 4.0, "contract": 0.45, "plan": 4.0}  # widths
COARSE = 35_000.0  # metres that a bend of a line may be cut by: it is schematic, and a wide arrow bends wide
COLUMNS = ["flow_id", "line_id", "unit", "value", "look", "width_m", "share", "chevrons", "geometry"]


def arrows(courses: gpd.GeoDataFrame, flows: pd.DataFrame, every: pd.DataFrame) -> gpd.GeoDataFrame:
    """One polygon per course (EPSG:4326, clockwise), with `chevrons` to draw on it.

    `flows` are the rows drawn: value, unit, look (of LOOKS); `every` row that could be drawn sets the scale
    of its unit, so that an amount is as wide in any choice.
    """
    if courses.empty:
        return gpd.GeoDataFrame(pd.DataFrame(columns=COLUMNS), geometry="geometry", crs="EPSG:4326")
    metric = courses.to_crs(CONIC).join(flows[["value", "unit", "look"]], on="flow_id")
    metric = metric.assign(amount=metric["value"] * metric["share"])
    largest = every.groupby("unit")["value"].max()
    scale = metres_per_unit(metric, largest)
    metric = metric.assign(width_m=(metric["amount"] * metric["unit"].map(scale)).clip(lower=NARROWEST))
    drawn = [_arrow(row, aside) for row, aside in zip(metric.itertuples(), _asides(metric), strict=True)]
    shapes = gpd.GeoSeries([shape for shape, _ in drawn], crs=CONIC).to_crs(4326)
    chevrons = gpd.GeoSeries([lines for _, lines in drawn], crs=CONIC).to_crs(4326)
    found = metric[COLUMNS[:7]].assign(chevrons=list(chevrons))
    oriented = shapely.orient_polygons(shapes.to_numpy(), exterior_cw=True)
    return gpd.GeoDataFrame(found, geometry=oriented, crs="EPSG:4326").reset_index(drop=True)


def metres_per_unit(courses: gpd.GeoDataFrame, largest: pd.Series) -> pd.Series:
    """Metres of width for one of each unit; where a unit's arrows are short they are narrow too."""
    shortest = courses.geometry.length.groupby(courses["unit"]).min()
    widest = (shortest * WIDEST_OF_LENGTH).clip(upper=WIDEST)
    return widest / largest.reindex(widest.index)


def scales(flows: gpd.GeoDataFrame) -> list[tuple[str, list[tuple[float, float]]]]:
    """For each unit drawn its largest and smallest value with the width of a whole arrow in kilometres."""
    found = []
    for unit, rows in flows.assign(whole=flows["width_m"] / flows["share"]).groupby("unit", sort=False):
        ends = rows.sort_values("value", ascending=False)[["value", "whole"]].drop_duplicates("value")
        ends = ends.iloc[sorted({0, len(ends) - 1})]
        found.append((unit, [(float(v), float(w) / 1000) for v, w in ends.to_numpy()]))
    return found


def _asides(courses: pd.DataFrame) -> list[float]:
    """How far to the left of its course each arrow stands, so that those of one lane lie side by side."""
    asides = pd.Series(0.0, index=courses.index)
    for _, rows in courses.groupby("lane", sort=False):
        rows = rows.sort_values(["is_back", "width_m"], ascending=[True, False], kind="stable")
        steps = rows["width_m"].to_numpy() * (1 + GAP)
        middles = np.cumsum(steps) - steps / 2 - steps.sum() / 2
        asides[rows.index] = np.where(rows["is_back"], -middles, middles)
    return list(asides)


def _arrow(row: tuple, aside: float) -> tuple[shapely.Polygon, shapely.MultiLineString]:
    line = _smooth(row.geometry)
    if abs(aside) > 1:
        moved = shapely.offset_curve(line, aside, join_style="round")
        line = moved if moved.geom_type == "LineString" and not moved.is_empty else line
    long, side = min(HEAD_LENGTH * row.width_m, LONGEST_HEAD * line.length), HEAD_SIDE * row.width_m
    shaft = shapely.ops.substring(line, 0, line.length - long)
    body = shaft.buffer(row.width_m / 2, cap_style="flat", join_style="mitre", mitre_limit=2)
    base, tip = (np.array(line.interpolate(at).coords[0]) for at in (line.length - long, line.length))
    ahead = (tip - base) / np.hypot(*(tip - base))
    left = np.array([-ahead[1], ahead[0]]) * side
    # The head begins a little inside of the shaft, so that both are one shape.
    root = base - ahead * min(2_000.0, long / 4)
    whole = body.union(shapely.Polygon([root + left, tip, root - left]))
    if whole.geom_type != "Polygon":
        whole = max(whole.geoms, key=lambda part: part.area)
    return shapely.Polygon(whole.exterior).simplify(150), _chevrons(line, shaft, row.width_m, row.look)


def _smooth(line: shapely.LineString) -> shapely.LineString:
    """A line with its sharp bends cut, its ends kept."""
    points = shapely.get_coordinates(line.simplify(min(COARSE, line.length / 12)))
    for _ in range(3):
        ahead, behind = points[:-1] * 0.75 + points[1:] * 0.25, points[:-1] * 0.25 + points[1:] * 0.75
        cut = np.stack([ahead, behind], axis=1).reshape(-1, 2)
        points = np.vstack([points[:1], cut[1:-1], points[-1:]]) if len(points) > 2 else points
    return shapely.segmentize(shapely.LineString(points), STEP)


def _chevrons(
    line: shapely.LineString, shaft: shapely.LineString, width: float, look: str
) -> shapely.MultiLineString:
    """Marks across the shaft that point where it flows, close together where they are a hatching."""
    step, half = CHEVRON_STEPS[look] * width, 0.42 * width
    first = step if look == "contract" else min(step, shaft.length) / 2
    parts = []
    for at in np.arange(first, shaft.length - half, step):
        tip, back = (np.array(line.interpolate(d).coords[0]) for d in (at + half * 0.8, at - half * 0.2))
        ahead = (tip - back) / np.hypot(*(tip - back))
        across = np.array([-ahead[1], ahead[0]]) * half
        parts.append([back + across, tip, back - across])
    return shapely.MultiLineString(parts)
