"""Sites that the live map draws as one circle with their number, found as MapLibre finds them.

The method is that of supercluster: from near to far, each site takes in those within the radius that are
still free, and stands where their weight is.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from dashboard.figures.picture_view import TILE

NEAREST = 22  # clusterMaxZoom of the style


@lru_cache(maxsize=64)
def clusters(
    places: tuple[tuple[float, float], ...], zoom: int, radius: float
) -> tuple[tuple[float, float, tuple[int, ...]], ...]:
    """Groups of places (shares of the world) at a whole zoom: where each stands and which places it holds."""
    points = np.array(places, dtype=float).reshape(-1, 2)
    members = [(i,) for i in range(len(points))]
    for level in range(NEAREST, max(zoom, 0) - 1, -1):
        points, members = _joined(points, members, radius / (TILE * 2.0**level))
    return tuple((float(x), float(y), m) for (x, y), m in zip(points, members, strict=True))


def _joined(
    points: np.ndarray, members: list[tuple[int, ...]], reach: float
) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    if len(points) < 2:
        return points, members
    neighbours = cKDTree(points).query_ball_point(points, reach)
    taken = np.zeros(len(points), dtype=bool)
    places, groups = [], []
    for i, around in enumerate(neighbours):
        if taken[i]:
            continue
        taken[i] = True
        free = [j for j in around if not taken[j]]
        if not free:
            places.append(points[i])
            groups.append(members[i])
            continue
        taken[free] = True
        one = [i, *free]
        weights = [len(members[j]) for j in one]
        places.append(np.average(points[one], axis=0, weights=weights))
        groups.append(tuple(k for j in one for k in members[j]))
    return np.array(places), groups
