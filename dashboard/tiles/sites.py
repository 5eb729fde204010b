"""Tiles of the sites: those of one cell of a grid stand as one circle with their number.

Cells belong to the world and not to a tile, so that each site is in one cluster, or stands alone, in one tile
of each zoom.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from dashboard.figures import marks as m
from dashboard.figures.features import site_properties
from dashboard.figures.picture_view import world
from dashboard.figures.screen import CROWD
from dashboard.tiles.grid import EXTENT, NEAREST, TILE, Tile
from layers import Atlas

CELLS, CELLS_OF_FEW = 10, 20
"""Cells along a side of a tile: 51 pixels for a crowd, 26 where so few are left that most stand alone."""

SPOT = 0.002
"""Degrees: sites that lie nearer together than this cannot be told apart by coming nearer."""

MOST_OFFERED = 12
RADII = ((2, 8.0), (10, 11.0), (60, 16.0), (1_000, 19.0), (20_000, 23.0))
"""Number of sites and radius of their circle in pixels; between them it grows evenly."""


# Key: the atlas, one object a data version.
@lru_cache(maxsize=3)
def places(atlas: Atlas) -> np.ndarray:
    """Where the sites lie: rows of shares of the world, in the order of the table."""
    return np.stack(world(atlas.sites.geometry.x, atlas.sites.geometry.y), axis=1)


@lru_cache(maxsize=3)
def told(atlas: Atlas) -> pd.DataFrame:
    """What is drawn and said of each site, in the order of the table."""
    return pd.DataFrame(m.site_marks(atlas.sites).drop(columns="geometry"))


def cells_for(count: int) -> int:
    """Cells along a side of a tile when so many sites are left in all."""
    return CELLS if count > CROWD else CELLS_OF_FEW


def features(
    atlas: Atlas, kept: np.ndarray | None, tile: Tile
) -> list[tuple[shapely.Geometry, dict[str, Any]]]:
    """Clusters and single sites of a tile; `kept` says of each site whether it is left, None for all."""
    shares = places(atlas)
    per_side = cells_for(len(shares) if kept is None else int(kept.sum()))
    grid = np.floor(shares * (2**tile.z * per_side)).astype(np.int64) - (tile.x * per_side, tile.y * per_side)
    inside = ((grid >= 0) & (grid < per_side)).all(axis=1)
    here = np.flatnonzero(inside if kept is None else inside & kept)
    if not len(here):
        return []
    cell = grid[here, 1] * per_side + grid[here, 0]
    order = np.argsort(cell, kind="stable")
    numbers, starts = np.unique(cell[order], return_index=True)
    groups = np.split(here[order], starts[1:])
    alone = [int(group[0]) for group in groups if len(group) == 1]
    singles = zip(
        shapely.points(tile.units(shares[alone])), site_properties(told(atlas).iloc[alone]), strict=True
    )
    several = [(int(n), group) for n, group in zip(numbers, groups, strict=True) if len(group) > 1]
    return [*singles, *(_cluster(atlas, tile, per_side, number, group) for number, group in several)]


def _cluster(
    atlas: Atlas, tile: Tile, per_side: int, number: int, group: np.ndarray
) -> tuple[shapely.Point, dict[str, Any]]:
    """The circle of a cell, and where its sites lie; what to choose from where they lie on one spot."""
    row, column = divmod(number, per_side)
    shapes = atlas.sites.geometry.to_numpy()[group]
    west, south, east, north = shapely.total_bounds(shapes)
    is_spot = max(east - west, north - south) < SPOT or tile.z == NEAREST
    middle = tile.units(places(atlas)[group]).mean(axis=0)
    return shapely.Point(_inside(middle, row, column, per_side, len(group))), {
        "cluster": True,
        "cluster_id": f"{tile.z}/{tile.x * per_side + column}/{tile.y * per_side + row}",
        "point_count": len(group),
        "bounds": ",".join(f"{side:.4f}" for side in (west, south, east, north)),
        "site_ids": ";".join(atlas.sites.index[group[:MOST_OFFERED]]) if is_spot else "",
    }


def _inside(middle: np.ndarray, row: int, column: int, per_side: int, count: int) -> np.ndarray:
    """The middle of sites, moved so far into their cell that its circle does not cover the next one."""
    size = EXTENT / per_side
    radius = float(np.interp(count, *zip(*RADII, strict=True))) * EXTENT / TILE
    reach = max(size / 2 - radius, 0.0)
    centre = (np.array((column, row)) + 0.5) * size
    return np.clip(middle, centre - reach, centre + reach)
