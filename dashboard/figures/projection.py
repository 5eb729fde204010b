"""The conic equal-area projection of the printed map, and windows of it that fill a rectangle exactly.

Plotly takes a window as ranges of longitude and latitude and fits their outline into the rectangle. The
ranges found here are those whose outline is the window wanted, so that a place is known to the pixel before
anything is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from pyproj import CRS, Geod, Proj

LONGITUDE, LATITUDE, PARALLELS, RADIUS_M = 67.0, 46.0, (40.0, 52.0), 6371008.8
DEFINITION = (
    f"+proj=aea +lat_1={PARALLELS[0]} +lat_2={PARALLELS[1]} "
    f"+lon_0={LONGITUDE} +lat_0={LATITUDE} +R={RADIUS_M}"
)
CONIC = CRS.from_proj4(DEFINITION)
# Plotly draws the outline of the ranges a little inside of them, in degrees, and halves each side twice.
CLIP_PAD = 1e-3
STEPS_OF_AN_ARC = 24
POINTS_OF_A_SIDE = 33
LEAST_SIDE = 60_000.0  # metres

Window = tuple[float, float, float, float]
"""West, south, east and north edge in metres of the projection."""


@lru_cache(maxsize=1)
def _conic() -> Proj:
    return Proj(DEFINITION)


def forward(lon: Any, lat: Any) -> tuple[np.ndarray, np.ndarray]:
    """Metres of the projection for degrees."""
    x, y = _conic()(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    return np.asarray(x), np.asarray(y)


def inverse(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Degrees for metres of the projection."""
    lon, lat = _conic()(np.asarray(x, dtype=float), np.asarray(y, dtype=float), inverse=True)
    return np.asarray(lon), np.asarray(lat)


@dataclass(frozen=True)
class Rectangle:
    """A part of a sheet in pixels, measured from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Frame:
    """A rectangle of a sheet and the window of the projection that fills it.

    `lon_range`, `lat_range` and `centre` (lon, lat) are what Plotly needs to draw just that, in degrees.
    """

    rectangle: Rectangle
    window: Window
    lon_range: tuple[float, float]
    lat_range: tuple[float, float]
    centre: tuple[float, float]

    @property
    def metres_a_pixel(self) -> float:
        """Metres of the projection in a pixel of the sheet."""
        return (self.window[2] - self.window[0]) / self.rectangle.width

    def pixels(self, lon: Any, lat: Any) -> tuple[np.ndarray, np.ndarray]:
        """Where places lie on the sheet, in pixels from its upper left corner."""
        return self.pixels_of_metres(*forward(lon, lat))

    def pixels_of_metres(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """The same for metres of the projection."""
        west, _, _, north = self.window
        scale, box = self.metres_a_pixel, self.rectangle
        return box.left + (np.asarray(x) - west) / scale, box.top + (north - np.asarray(y)) / scale

    def degrees(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        """The places under pixels of the sheet."""
        west, _, _, north = self.window
        scale, box = self.metres_a_pixel, self.rectangle
        across, down = np.asarray(x, dtype=float) - box.left, np.asarray(y, dtype=float) - box.top
        return inverse(west + across * scale, north - down * scale)

    def has(self, x: Any, y: Any) -> np.ndarray:
        """Which pixels of the sheet lie within the rectangle."""
        box, x, y = self.rectangle, np.asarray(x), np.asarray(y)
        return (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)

    def wider(self, share: float) -> Window:
        """The window with a rim round it, as a share of its larger side."""
        west, south, east, north = self.window
        rim = share * max(east - west, north - south)
        return west - rim, south - rim, east + rim, north + rim

    def km_a_pixel(self) -> tuple[float, float]:
        """True kilometres in a pixel along the middle of the map, and the latitude of that middle."""
        box = self.rectangle
        middle, half = box.left + box.width / 2, box.width / 8
        lon, lat = self.degrees([middle - half, middle + half], [box.top + box.height / 2] * 2)
        globe = Geod(a=RADIUS_M, b=RADIUS_M)
        metres = globe.inv(lon[0], lat[0], lon[1], lat[1])[2]
        return metres / 1000 / (2 * half), float(lat.mean())


def box_of(area: Sequence[float]) -> Window:
    """The box in metres round an area in degrees: west, south, east, north."""
    west, south, east, north = area
    along, up = np.linspace(west, east, POINTS_OF_A_SIDE), np.linspace(south, north, POINTS_OF_A_SIDE)
    lon = np.concatenate([along, along, np.full_like(up, west), np.full_like(up, east)])
    lat = np.concatenate([np.full_like(along, south), np.full_like(along, north), up, up])
    x, y = forward(lon, lat)
    # A place alone would be magnified beyond all that is known of it.
    across, down = (max(0.0, (LEAST_SIDE - np.ptp(v)) / 2) for v in (x, y))
    return (
        float(x.min() - across),
        float(y.min() - down),
        float(x.max() + across),
        float(y.max() + down),
    )


def frame(rectangle: Rectangle, bounds: Sequence[float], rim: float = 0.03) -> Frame:
    """The frame that shows `bounds` (metres: west, south, east, north) with a rim and fills the rectangle."""
    window = _filling(bounds, rectangle.width / rectangle.height, rim)
    ranges = _ranges(window)
    lon, lat = inverse((window[0] + window[2]) / 2, (window[1] + window[3]) / 2)
    return Frame(rectangle, window, tuple(ranges[:2]), tuple(ranges[2:]), (float(lon), float(lat)))


def _filling(bounds: Sequence[float], aspect: float, rim: float) -> Window:
    west, south, east, north = bounds
    width, height = (east - west) * (1 + 2 * rim), (north - south) * (1 + 2 * rim)
    width, height = max(width, height * aspect), max(height, width / aspect)
    x, y = (west + east) / 2, (south + north) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


@lru_cache(maxsize=64)
def _ranges(window: Window) -> tuple[float, ...]:
    """West, east, south and north end of the ranges in degrees whose outline has this window as its box."""
    from scipy.optimize import least_squares  # here: half a second of every start, for printed maps only

    west, south, east, north = window
    lon, lat = inverse([west, east, (west + east) / 2, west], [south, south, south, north])
    size = np.array([east - west, north - south] * 2)

    def misses(ends: np.ndarray) -> np.ndarray:
        return (np.array(outline_box(ends)) - window) / size

    found = least_squares(misses, [lon[0], lon[1], lat[2], lat[3]], xtol=1e-14, ftol=1e-14, gtol=1e-14)
    return tuple(float(end) for end in found.x)


def outline_box(ends: Sequence[float]) -> Window:
    """The box in metres round the outline that Plotly draws of ranges: arcs of great circles."""
    west, east, south, north = ends[0] + CLIP_PAD, ends[1] - CLIP_PAD, ends[2] + CLIP_PAD, ends[3] - CLIP_PAD
    along = np.linspace(west, east, 5)
    lon = np.concatenate([along, along[::-1], along[:1]])
    lat = np.concatenate([np.full(5, north), np.full(5, south), [north]])
    x, y = forward(*_arcs(lon, lat))
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _arcs(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points along the great circles between places that follow each other."""
    lam, phi = np.radians(lon), np.radians(lat)
    points = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
    steps = np.linspace(0, 1, STEPS_OF_AN_ARC)[:, None, None]
    # A chord seen from the middle of the globe is the arc.
    chords = points[:-1] * (1 - steps) + points[1:] * steps
    x, y, z = np.moveaxis(chords, -1, 0)
    between = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
    return between[0].ravel(), between[1].ravel()
