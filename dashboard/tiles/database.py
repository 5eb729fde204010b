"""Tiles of a version that was read from a database: PostGIS makes them, the same as are made from files."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np

from dashboard.figures.marks import STANDING_STATUSES
from dashboard.settings import setting
from dashboard.tiles import regions, segments, sites
from dashboard.tiles.choices import Lines
from dashboard.tiles.grid import EXTENT, NEAREST, TILE, Tile
from layers import Atlas

log = logging.getLogger(__name__)


def database_tile(
    atlas: Atlas, layer: str, tile: Tile, kept: np.ndarray | None, shown: Lines | None
) -> bytes | None:
    """A tile from the tables of a version; None where it is to be made from what is in memory.

    That is where the data came from files, where the database is away, and far away: lines are run together
    there and regions made coarse, once for all tiles.
    """
    is_far = (layer == "regions" and regions.detail(tile.z)) or (
        layer == "segments" and tile.z < segments.SEPARATE
    )
    if not atlas.schema or is_far:
        return None
    from layers.postgis.connection import engine_of, reading

    try:
        with reading(engine_of(setting("ATLAS_DATABASE_URL")), at_once=True) as connection:
            return _made(connection, atlas, layer, tile, kept, shown)
    except ConnectionError as error:
        log.warning("a tile is made without the database: %s", error)
        return None


def _made(
    connection: Any,
    atlas: Atlas,
    layer: str,
    tile: Tile,
    kept: np.ndarray | None,
    shown: Lines | None,
) -> bytes:
    from layers.postgis.tiles import Clusters, Window, line_tile, region_tile, site_tile

    window = Window(tile.z, tile.x, tile.y)
    if layer == "regions":
        return region_tile(connection, atlas.schema, window)
    if layer == "segments":
        looks = segments.looks(atlas)
        meshes = looks["corridors"][looks["is_mesh"]].unique().tolist()
        colours = np.where(shown.kept, shown.colours, "").tolist()
        return line_tile(connection, atlas.schema, window, colours, meshes)
    count = len(atlas.sites) if kept is None else int(kept.sum())
    clusters = Clusters(
        sites.cells_for(count),
        [(number, radius * EXTENT / TILE) for number, radius in sites.RADII],
        sites.SPOT,
        sites.MOST_OFFERED,
        tile.z == NEAREST,
    )
    ordinals = None if kept is None else np.flatnonzero(kept).tolist()
    return site_tile(connection, atlas.schema, window, clusters, STANDING_STATUSES, ordinals)
