"""A small still map of one corridor as SVG, for lists: land, the two countries, the lines by status.

It is drawn in the projection of the printed map, no finer than its pixels, and shows both countries whole, so
that the maps of all corridors can be compared.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import shapely

from dashboard.figures.marks import MODE_WIDTHS, STATUS_DASHES
from dashboard.figures.projection import CONIC, Window

WIDTH, HEIGHT = 220, 130  # pixels
RIM = 0.05  # of what is shown, left free on each side
COARSEST_SHAPE, COARSEST_LINE = 1.2, 0.5  # pixels: what simplifying may move shapes and lines by
SMALLEST = 6.0  # square pixels: a smaller island is left out
LINE_SCALE = 0.8  # of the widths on large maps
SEA, LAND, OWN, BORDER = "#dbe7ee", "#f3f1ec", "#e2ddd0", "#8b8577"


def small_map(
    lines: gpd.GeoDataFrame, sea: gpd.GeoSeries, countries: gpd.GeoSeries, colour: str, title: str
) -> str:
    """The SVG of one corridor.

    `lines` have mode and status, `countries` are the two countries; everything may be in any CRS.
    """
    lines, sea, countries = (frame.to_crs(CONIC) for frame in (lines, sea, countries))
    window = _window(np.vstack([countries.total_bounds, *([lines.total_bounds] if len(lines) else [])]))
    water = _path(_polygons(sea, window))
    own = _path(_polygons(countries, window))
    ways = "".join(_ways(lines, window))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img"><title>{html.escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LAND}"/><path fill="{SEA}" d="{water}"/>'
        f'<path fill="{OWN}" stroke="{BORDER}" stroke-width=".8" stroke-linejoin="round" d="{own}"/>'
        f'<g fill="none" stroke="{colour}" stroke-linejoin="round">{ways}</g></svg>'
    )


def _window(boxes: np.ndarray) -> Window:
    """The window that shows all boxes (rows of west, south, east, north in metres) with a rim round them."""
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    metres = max((east - west) / WIDTH, (north - south) / HEIGHT) * (1 + 2 * RIM)
    x, y = (west + east) / 2, (south + north) / 2
    across, up = metres * WIDTH / 2, metres * HEIGHT / 2
    return x - across, y - up, x + across, y + up


def _polygons(shapes: gpd.GeoSeries, window: Window) -> Iterable[shapely.Geometry]:
    """Rings of what shows of polygons, in pixels; together, so that borders stay one line on both sides."""
    scale = (window[2] - window[0]) / WIDTH
    near = shapes[shapes.intersects(shapely.box(*window))]
    coarse = shapely.coverage_simplify(near.to_numpy(), COARSEST_SHAPE * scale) if len(near) else []
    cut = shapely.clip_by_rect(shapely.make_valid(coarse), *_wider(window))
    polygons = (part for part in shapely.get_parts(_pixels(cut, window)) if part.geom_type == "Polygon")
    for polygon in polygons:
        rings = (polygon.exterior, *polygon.interiors)
        yield from (ring for ring in rings if shapely.Polygon(ring).area > SMALLEST)


def _ways(lines: gpd.GeoDataFrame, window: Window) -> Iterable[str]:
    """One path for all lines of a mode and a status, the standing ones over the others."""
    order = [status for status in reversed(STATUS_DASHES) if lines["status"].eq(status).any()]
    for status in order:
        for mode, width in MODE_WIDTHS.items():
            same = lines.geometry[lines["status"].eq(status) & lines["mode"].eq(mode)]
            if len(same):
                merged = shapely.line_merge(shapely.union_all(_pixels(same.to_numpy(), window)))
                parts = shapely.get_parts(shapely.simplify(merged, COARSEST_LINE))
                yield _way(_path(parts), width * LINE_SCALE, STATUS_DASHES[status])


def _way(path: str, width: float, dash: tuple[float, ...] | None) -> str:
    pattern = f' stroke-dasharray="{" ".join(_short(part * width) for part in dash)}"' if dash else ""
    return f'<path stroke-width="{_short(width)}"{pattern} d="{path}"/>'


def _wider(window: Window) -> Window:
    rim = 0.02 * (window[2] - window[0])
    return window[0] - rim, window[1] - rim, window[2] + rim, window[3] + rim


def _pixels(shapes: np.ndarray, window: Window) -> np.ndarray:
    """Shapes in metres as pixels from the upper left corner."""
    scale = (window[2] - window[0]) / WIDTH
    corner = np.array([window[0], window[3]])
    return shapely.transform(shapes, lambda points: (points - corner) * [1 / scale, -1 / scale])


def _path(parts: Iterable[shapely.Geometry]) -> str:
    """Lines as steps in tenths of a pixel; a ring is closed."""
    return "".join(_steps(shapely.get_coordinates(part), part.geom_type == "LinearRing") for part in parts)


def _steps(points: np.ndarray, is_ring: bool) -> str:
    tenths = np.rint(points * 10).astype(int)
    tenths = tenths[:-1] if is_ring else tenths
    steps = np.diff(tenths, axis=0)
    moves = "".join(_pair(x, y) for x, y in steps[np.any(steps != 0, axis=1)].tolist())
    return f"M{_pair(*tenths[0].tolist()).lstrip()}" + (f"l{moves.lstrip()}" if moves else "") + "z" * is_ring


def _pair(x: int, y: int) -> str:
    """Two numbers in tenths as SVG reads them; a minus parts numbers as well as a space does."""
    first, second = _short(x / 10), _short(y / 10)
    return (first if first.startswith("-") else f" {first}") + (
        second if second.startswith("-") else f" {second}"
    )


def _short(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
