"""A small still map of one corridor as SVG, for lists: land, the two countries, the lines by status.

It is drawn in the projection of the printed map, no finer than its pixels, and shows both countries whole, so
that the maps of all corridors can be compared.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely

from dashboard.figures.marks import MODE_WIDTHS, STATUS_DASHES
from dashboard.figures.projection import CONIC, Window

WIDTH, HEIGHT = 220, 130  # pixels
RIM = 0.05  # of what is shown, left free on each side
COARSEST_SHAPE, COARSEST_LINE = 1.2, 0.5  # pixels: what simplifying may move shapes and lines by
SMALLEST = 6.0  # square pixels: a smaller island is left out
MANY_LINES = 400  # of one mode and status: there are no more on the maps of corridors between towns
LINE_SCALE = 0.8  # of the widths on large maps
SEA, LAND, OWN, BORDER = "#dbe7ee", "#f3f1ec", "#e2ddd0", "#8b8577"


@dataclass(frozen=True, eq=False)
class Below:
    """What all small maps show under their lines: sea and the two countries, in metres of the projection."""

    sea: gpd.GeoSeries
    countries: gpd.GeoSeries

    @classmethod
    def of(cls, sea: gpd.GeoSeries, countries: gpd.GeoSeries) -> Below:
        """The same shapes from any CRS."""
        return cls(sea.to_crs(CONIC), countries.to_crs(CONIC))


@lru_cache(maxsize=64)
def _below_paths(below: Below, window: Window) -> tuple[str, str]:
    """Sea and countries in a window, drawn once: most maps have the same one."""
    return _path(_polygons(below.sea, window)), _path(_polygons(below.countries, window))


def small_map(lines: gpd.GeoDataFrame, below: Below, colour: str, title: str) -> str:
    """The SVG of one corridor; `lines` have mode and status and may be in any CRS."""
    lines = lines[["mode", "status", "geometry"]].to_crs(CONIC)
    boxes = [below.countries.total_bounds, *([lines.total_bounds] if len(lines) else [])]
    window = _window(np.vstack(boxes))
    water, own = _below_paths(below, window)
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
    parts = shapely.get_parts(_pixels(cut, window))
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    return rings[shapely.area(shapely.polygons(rings)) > SMALLEST]


def _ways(lines: gpd.GeoDataFrame, window: Window) -> Iterable[str]:
    """One path for all lines of a mode and a status, the standing ones over the others."""
    shapes = lines.geometry.to_numpy()
    statuses, modes = (lines[column].to_numpy(object) for column in ("status", "mode"))
    for status in reversed(STATUS_DASHES):
        for mode, width in MODE_WIDTHS.items():
            same = shapes[(statuses == status) & (modes == mode)]
            if len(same):
                parts = shapely.get_parts(_merged(_pixels(same, window)))
                yield _way(_path(parts), width * LINE_SCALE, STATUS_DASHES[status])


def _merged(lines: np.ndarray) -> shapely.Geometry:
    """Lines in pixels as few long ones, no finer than COARSEST_LINE; very many as straight pieces from pixel
    to pixel, each once."""
    if len(lines) <= MANY_LINES:
        return shapely.simplify(shapely.line_merge(shapely.union_all(lines)), COARSEST_LINE)
    corners, line = shapely.get_coordinates(shapely.simplify(lines, 1.0), return_index=True)
    corners = np.rint(corners)
    is_piece = (line[1:] == line[:-1]) & np.any(corners[1:] != corners[:-1], axis=1)
    ends = np.stack([corners[:-1][is_piece], corners[1:][is_piece]], axis=1)
    order = np.lexsort((ends[:, :, 1], ends[:, :, 0]), axis=1)  # there and back is one piece
    pieces = np.unique(np.take_along_axis(ends, order[:, :, None], axis=1).reshape(-1, 4), axis=0)
    return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(pieces.reshape(-1, 2, 2))))


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
