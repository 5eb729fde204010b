"""Tiles of the regions: made coarse as a coverage, so that borders stay shared."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from dashboard.figures.features import name_properties
from dashboard.figures.picture_view import projected
from dashboard.tiles.grid import Tile, cut, pixels
from layers import Atlas

COARSE = {3: 4, 4: 6, 6: None}
"""Zooms whose pixels decide how coarse borders are, each with the one it is made from.

Nearer, they are whole: only few regions lie in a tile.
"""

NAMED = 4
"""From this zoom on tiles hold the names of regions."""

Features = list[tuple[shapely.Geometry, dict[str, Any]]]
_making = threading.RLock()  # seconds of work, which two threads must not do at once


def detail(z: int) -> int | None:
    """The zoom whose borders a tile of this zoom has; None for whole ones."""
    return next((zoom for zoom in COARSE if z <= zoom), None)


def borders(atlas: Atlas, zoom: int | None) -> np.ndarray:
    """The regions as shares of the world, as coarse as the pixels of a zoom."""
    with _making:
        return _borders(atlas, zoom)


# Key: the atlas (one object a data version) and one of COARSE, for the versions in memory.
@lru_cache(maxsize=10)
def _borders(atlas: Atlas, zoom: int | None) -> np.ndarray:
    if zoom is None:
        return projected(atlas.regions.geometry)
    finer = _borders(atlas, COARSE[zoom])
    return np.asarray(shapely.coverage_simplify(finer, pixels(1, zoom)))


@lru_cache(maxsize=3)
def _name_points(atlas: Atlas) -> np.ndarray:
    """Where the names of regions stand; a city with the rank of a region is named by its city label."""
    points = shapely.get_coordinates(shapely.point_on_surface(borders(atlas, 6)))
    return np.where((atlas.regions["kind"] != "city").to_numpy()[:, None], points, np.nan)


@lru_cache(maxsize=3)
def _told(atlas: Atlas) -> list[dict[str, Any]]:
    frame = atlas.regions.drop(columns="geometry")
    return [
        {"region_id": region_id, **names}
        for region_id, names in zip(frame.index, name_properties(frame), strict=True)
    ]


def features(atlas: Atlas, tile: Tile) -> Features:
    """The areas of a tile, their rings in the order that tiles ask for."""
    shapes, told = borders(atlas, detail(tile.z)), _told(atlas)
    west, north, east, south = tile.box()
    bounds = shapely.bounds(shapes)
    near = (bounds[:, 0] < east) & (bounds[:, 2] > west) & (bounds[:, 1] < south) & (bounds[:, 3] > north)
    here = np.flatnonzero(near)
    areas = shapely.orient_polygons(cut(shapes[here], tile), exterior_cw=False)
    return [
        (area, told[i])
        for i, area in zip(here, areas, strict=True)
        if area.geom_type in ("Polygon", "MultiPolygon")
    ]


def names(atlas: Atlas, tile: Tile) -> Features:
    """The points in a tile that carry the names of its regions."""
    if tile.z < NAMED:
        return []
    points, told = _name_points(atlas), _told(atlas)
    west, north, east, south = tile.box(0)
    inside = (points[:, 0] >= west) & (points[:, 0] < east) & (points[:, 1] >= north) & (points[:, 1] < south)
    here = np.flatnonzero(inside)
    return [(shapely.Point(at), told[i]) for i, at in zip(here, tile.units(points[here]), strict=True)]
