"""A small still map of the regions with some of them lit up, as SVG: what stands on a printed profile.

It is drawn in the projection of the printed map and carries its own scale bar.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from dashboard.figures.projection import CONIC

WIDTH = 330  # pixels
RIM = 6
MANY = 200  # of more regions only the outline of all of them is drawn, and those that are lit
COARSEST = 0.8  # pixels that simplifying may move a border by
GROUND, LIT, BORDER, INK = "#f3f1ec", "#e6a04d", "#8b8577", "#1c262c"
CROSSINGS = {"operating": "M0-3.4 3.4 0 0 3.4-3.4 0z", "closed": "M-2.6-2.6 2.6 2.6M2.6-2.6-2.6 2.6"}
SCALE_KM = 500

Frame = tuple[float, float, float]
"""The upper left corner in metres of the projection, and the metres of a pixel."""


@dataclass(frozen=True, eq=False)
class Outlines:
    """The regions as SVG paths by region_id, in a frame, with the height of the picture in pixels.

    `ground` is the path of all of them together where they are MANY, else "".
    """

    paths: dict[str, str]
    frame: Frame
    height: float
    ground: str = ""


def outlines(regions: gpd.GeoDataFrame) -> Outlines:
    """The regions as a locator draws them; to be made once."""
    shapes = regions.geometry.to_crs(CONIC)
    west, south, east, north = shapes.total_bounds
    metres = (east - west) / (WIDTH - 2 * RIM)
    frame = (west - RIM * metres, north + RIM * metres, metres)
    coarse = shapely.coverage_simplify(shapes.to_numpy(), COARSEST * metres)
    paths = {
        region_id: "".join(_ring(ring, frame) for ring in _rings(shape))
        for region_id, shape in zip(regions.index, coarse, strict=True)
    }
    ground = shapely.coverage_union_all(coarse) if len(regions) > MANY else shapely.MultiPolygon()
    whole = "".join(_ring(ring, frame) for ring in _rings(ground))
    return Outlines(paths, frame, (north - south) / metres + 2 * RIM, whole)


def _rings(shape: shapely.Geometry) -> Iterable[shapely.LinearRing]:
    for polygon in shapely.get_parts(shape):
        yield polygon.exterior
        yield from polygon.interiors


def _ring(ring: shapely.LinearRing, frame: Frame) -> str:
    points = _pixels(shapely.get_coordinates(ring)[:-1], frame)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def _pixels(points: np.ndarray, frame: Frame) -> np.ndarray:
    left, top, metres = frame
    return (points - [left, top]) * [1 / metres, -1 / metres]


def locator(
    drawn: Outlines,
    lit: Collection[str],
    crossings: gpd.GeoDataFrame,
    names: Sequence[tuple[str, float, float]],
    scale: str,
) -> str:
    """The SVG: all regions, some lit, crossings by status, names at points (text, lon, lat); `scale` is how
    SCALE_KM is written."""
    paths, frame, height = drawn.paths, drawn.frame, drawn.height
    ground = drawn.ground or "".join(path for region_id, path in paths.items() if region_id not in lit)
    shown = "".join(paths[region_id] for region_id in lit)
    marks = "".join(_crossing(row, frame) for _, row in crossings.to_crs(CONIC).iterrows())
    style = f'stroke="{BORDER}" stroke-width=".6" stroke-linejoin="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}"><path fill="{GROUND}" {style} d="{ground}"/>'
        f'<path fill="{LIT}" {style} d="{shown}"/>{marks}{_names(names, frame)}'
        f"{_scale(scale, frame, height)}</svg>"
    )


def _crossing(row, frame: Frame) -> str:
    (x, y), *_ = _pixels(np.array([[row.geometry.x, row.geometry.y]]), frame)
    path = CROSSINGS.get(row["status"], CROSSINGS["operating"])
    fill = INK if row["status"] == "operating" else "#fff" if row["status"] != "closed" else "none"
    place = f"translate({x:.1f} {y:.1f})"
    return f'<path transform="{place}" fill="{fill}" stroke="{INK}" stroke-width=".8" d="{path}"/>'


def _names(names: Sequence[tuple[str, float, float]], frame: Frame) -> str:
    if not names:
        return ""
    points = gpd.GeoSeries(
        gpd.points_from_xy(*zip(*((lon, lat) for _, lon, lat in names), strict=True)), crs=4326
    )
    places = _pixels(shapely.get_coordinates(points.to_crs(CONIC).to_numpy()), frame)
    look = f'font-family="sans-serif" font-size="10" font-weight="600" fill="{INK}" stroke="#fff" '
    look += 'stroke-width="2.4" paint-order="stroke" text-anchor="middle"'
    texts = [
        f'<text x="{min(max(x, 40), WIDTH - 40):.1f}" y="{y + 3.5:.1f}">{html.escape(text)}</text>'
        for (text, _, _), (x, y) in zip(names, places, strict=True)
    ]
    return f"<g {look}>{''.join(texts)}</g>"


def _scale(text: str, frame: tuple[float, float, float], height: float) -> str:
    pixels = SCALE_KM * 1000 / frame[2]
    at = height - 6
    return (
        f'<path fill="none" stroke="{INK}" d="M8 {at - 4:.0f}v4h{pixels:.1f}v-4"/>'
        f'<text x="{8 + pixels / 2:.0f}" y="{at - 4:.0f}" font-family="sans-serif" font-size="8" '
        f'text-anchor="middle">{html.escape(text)}</text>'
    )
