"""What a picture of the live map looks at: a window of Web Mercator, as MapLibre fits and moves it.

Places are kept as shares of the world, from the upper left corner: 0 to 1 eastwards and southwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import shapely

from dashboard.figures.screen import PAN_BOUNDS, Bounds

TILE = 512  # pixels of the world at zoom 0
PADDING = 12.0  # pixels round the window that a map opens on, as in assets/map.js
NEAREST, FARTHEST_LATITUDE = 20.0, 85.0
CAMERA = re.compile(r"(-?\d{1,3}\.?\d{0,9}),(-?\d{1,3}\.?\d{0,9}),(\d{1,2}\.?\d{0,9})")

Camera = tuple[float, float, float]
"""Longitude, latitude and zoom."""


@dataclass(frozen=True)
class View:
    """A window of the world: its middle as shares of the world, its zoom, its size in pixels.

    Shapes are cut `rim` pixels outside of it, so that no cut edge shows.
    """

    x: float
    y: float
    zoom: float
    width: float
    height: float
    rim: float = 6.0

    @property
    def scale(self) -> float:
        """Pixels of the whole world."""
        return TILE * 2.0**self.zoom

    @property
    def window(self) -> tuple[float, float, float, float]:
        """West, north, east and south edge as shares of the world."""
        across, down = self.width / 2 / self.scale, self.height / 2 / self.scale
        return self.x - across, self.y - down, self.x + across, self.y + down

    def pixels(self, shares: np.ndarray) -> np.ndarray:
        """Where places (rows of shares of the world) lie, in pixels from the upper left corner."""
        west, north, _, _ = self.window
        return (shares - (west, north)) * self.scale

    def places(self, lon: Any, lat: Any) -> np.ndarray:
        """Where places in degrees lie: rows of pixels."""
        return self.pixels(np.stack(world(lon, lat), axis=-1))

    def grown(self, small: float, large: float) -> float:
        """A size that grows from zoom 3 to zoom 9, as in the style of the live map."""
        share = min(max((self.zoom - 3) / 6, 0.0), 1.0)
        return small + (large - small) * share


def world(lon: Any, lat: Any) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the world for degrees."""
    lon, lat = np.asarray(lon, dtype=float), np.radians(np.asarray(lat, dtype=float))
    return (lon + 180) / 360, 0.5 - np.log(np.tan(math.pi / 4 + lat / 2)) / (2 * math.pi)


def projected(shapes: Iterable[shapely.Geometry]) -> np.ndarray:
    """Shapes in degrees as shares of the world."""
    return shapely.transform(np.asarray(shapes), lambda degrees: np.stack(world(*degrees.T), axis=1))


def view_of(home: Bounds, size: tuple[float, float], camera: Camera | None = None) -> View:
    """What the live map of this size shows when it opens: the camera of its address, else its home."""
    width, height = size
    if camera:
        x, y = (float(v) for v in world(*camera[:2]))
        return _within(x, y, camera[2], width, height)
    (west, east), (south, north) = world([home[0], home[2]], [home[1], home[3]])
    fit = min(
        (width - 2 * PADDING) / max(east - west, 1e-9), (height - 2 * PADDING) / max(south - north, 1e-9)
    )
    zoom = min(math.log2(max(fit, 1.0) / TILE), NEAREST)
    return _within((west + east) / 2, (south + north) / 2, zoom, width, height)


def _within(x: float, y: float, zoom: float, width: float, height: float) -> View:
    """MapLibre keeps its window inside of the land there is, and comes nearer where it would not fit."""
    (west, east), (south, north) = world(
        [PAN_BOUNDS["west"], PAN_BOUNDS["east"]], [PAN_BOUNDS["south"], PAN_BOUNDS["north"]]
    )
    zoom = max(zoom, math.log2(max(width / (east - west), height / (south - north)) / TILE))
    across, down = (side / 2 / (TILE * 2.0**zoom) for side in (width, height))
    x = min(max(x, west + across), max(east - across, west + across))
    y = min(max(y, north + down), max(south - down, north + down))
    return View(float(x), float(y), float(zoom), width, height)


def camera_of(address: str) -> Camera | None:
    """The camera that an address asks for as ?camera=lon,lat,zoom; None where it is missing or nonsense."""
    asked: Mapping[str, str] = dict(parse_qsl(address.partition("?")[2].partition("#")[0]))
    found = CAMERA.fullmatch(asked.get("camera", ""))
    if not found:
        return None
    lon, lat, zoom = (float(part) for part in found.groups())
    if abs(lon) > 180 or abs(lat) >= FARTHEST_LATITUDE or zoom > NEAREST:
        return None
    return lon, lat, zoom


def fits(points: np.ndarray, view: View, rim: float) -> Sequence[bool]:
    """Which points lie in the window or not farther than `rim` pixels outside of it."""
    x, y = points[..., 0], points[..., 1]
    return (x > -rim) & (x < view.width + rim) & (y > -rim) & (y < view.height + rim)
