"""Distances on the WGS84 ellipsoid; places are (lon, lat) in degrees, lengths in km."""

import numpy as np
import pyproj
import shapely

GEOD = pyproj.Geod(ellps="WGS84")


def straight_km(start: np.ndarray, end: np.ndarray) -> float:
    """Length of the shortest line between two places."""
    return GEOD.inv(*start, *end)[2] / 1000


def length_km(places: np.ndarray) -> float:
    """Length of a line through places."""
    return GEOD.line_length(*np.asarray(places).T) / 1000


def geodesic(start: np.ndarray, end: np.ndarray, step_km: float = 50) -> shapely.LineString:
    """The shortest line between two places, with a vertex about every `step_km`."""
    pieces = max(1, round(straight_km(start, end) / step_km))
    between = GEOD.npts(*start, *end, pieces - 1) if pieces > 1 else []
    return shapely.LineString([tuple(start), *between, tuple(end)])
