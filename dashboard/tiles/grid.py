"""The grid of tiles over Web Mercator, and how features of one tile are written.

Places are shares of the world from its upper left corner (dashboard/figures/picture_view.py); a tile is 512
pixels wide, or EXTENT units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

EXTENT = 4096
TILE = 512
RIM = 64 / EXTENT
"""Of a tile: so far lines and areas reach out of it, so that no cut edge shows."""

NEAREST = 14
"""The nearest zoom that there are tiles of; a browser enlarges them beyond."""


@dataclass(frozen=True)
class Tile:
    """One tile: its zoom, its column from the west and its row from the north."""

    z: int
    x: int
    y: int

    def is_there(self) -> bool:
        """Whether it is a tile of the world, not nearer than NEAREST."""
        return 0 <= self.z <= NEAREST and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    def box(self, rim: float = RIM) -> tuple[float, float, float, float]:
        """West, north, east and south edge as shares of the world, `rim` tiles outside of it."""
        west, north, east, south = self.x - rim, self.y - rim, self.x + 1 + rim, self.y + 1 + rim
        return west / 2**self.z, north / 2**self.z, east / 2**self.z, south / 2**self.z

    def units(self, shares: np.ndarray) -> np.ndarray:
        """Rows of shares of the world as units of the tile."""
        return (shares * 2.0**self.z - (self.x, self.y)) * EXTENT

    def shares(self, units: np.ndarray) -> np.ndarray:
        """Rows of units of the tile as shares of the world."""
        return (units / EXTENT + (self.x, self.y)) / 2.0**self.z


def tiles_of(window: tuple[float, float, float, float], z: int) -> list[Tile]:
    """The tiles of a zoom that meet a window of the world: west, north, east, south."""
    west, north, east, south = (min(max(int(side * 2**z), 0), 2**z - 1) for side in window)
    return [Tile(z, x, y) for y in range(north, south + 1) for x in range(west, east + 1)]


def pixels(count: float, z: int) -> float:
    """So many pixels at a zoom as a share of the world."""
    return count / (TILE * 2.0**z)


def cut(shapes: np.ndarray, tile: Tile) -> np.ndarray:
    """What of shapes (shares of the world) lies in a tile, in its units; others are empty."""
    cut_out = shapely.clip_by_rect(shapes, *tile.box())
    return shapely.transform(cut_out, tile.units)


def encoded(layers: dict[str, Iterable[tuple[shapely.Geometry, dict[str, Any]]]]) -> bytes:
    """A tile whose layers hold these shapes (in units of the tile) with their properties.

    Empty texts and what is None are left out; a tile without features has no bytes.
    """
    import mapbox_vector_tile  # only here: ordinary data have no tiles

    filled = [
        {
            "name": name,
            "features": [
                {
                    "geometry": shape,
                    "properties": {k: v for k, v in properties.items() if v not in (None, "")},
                }
                for shape, properties in features
                if not shape.is_empty
            ],
        }
        for name, features in layers.items()
    ]
    filled = [layer for layer in filled if layer["features"]]
    # Areas come with their rings in order (regions.py), so that the library need not look at each again.
    return mapbox_vector_tile.encode(
        filled, default_options={"y_coord_down": True, "check_winding_order": False}
    )
