"""Very many regions in a picture of the map: those of one class as one area, as fine as the picture.

Borders between regions of a class are left out. A spot too small to be seen belongs to the class round it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely

from dashboard.figures.picture_ground import inner, near, without_specks
from dashboard.figures.picture_view import View, projected
from dashboard.geometry import geometry
from dashboard.tiles.regions import borders, detail
from layers import Atlas

SPOT = 2.0
"""Of the pixels that a line may be moved by: a square of this side is the smallest area that is left."""

Classes = tuple[tuple[str, ...], ...]
"""The region_ids of each class; together they are all regions."""


@dataclass(frozen=True, eq=False)
class Classed:
    """Shapes as shares of the world: countries with regions, the lines in which these meet, and the classes.

    One class, `base`, is what the others leave of the countries: so the borders to it are written once.
    """

    countries: shapely.Geometry
    lines: shapely.Geometry
    areas: list[shapely.Geometry]
    base: int


@dataclass(frozen=True, eq=False)
class Patches:
    """Areas of one class of one country (`groups`: country and class by number), and where two meet.

    `pairs` are two rows of numbers of patches of a country that meet, `lengths` how far they do.
    """

    areas: np.ndarray
    groups: np.ndarray
    pairs: np.ndarray
    lengths: np.ndarray


@lru_cache(maxsize=2)
def _land(atlas: Atlas) -> gpd.GeoSeries:
    frame = gpd.read_file(io.BytesIO(geometry(atlas, "land").body)).set_index("country_iso3")
    return gpd.GeoSeries(projected(frame.geometry), frame.index)


@lru_cache(maxsize=24)
def land(atlas: Atlas, scale: float, pixels: float) -> tuple[shapely.Geometry, shapely.Geometry]:
    """All land as one, and the lines in which countries without regions meet; `scale` as of a view."""
    step = pixels / scale
    coarse = shapely.coverage_simplify(_land(atlas).to_numpy(), step)
    shapes = np.array([without_specks(shape, (SPOT * step) ** 2) for shape in coarse], dtype=object)
    others = shapes[~_land(atlas).index.isin(atlas.regions["country_iso3"])]
    return shapely.union_all(shapes), inner(list(others))


@lru_cache(maxsize=48)
def classed(atlas: Atlas, view: View, pixels: float, classes: Classes) -> Classed:
    """What a view shows of the classes, with bends of less than so many pixels left out."""
    step = pixels / view.scale
    smallest = (SPOT * step) ** 2
    found = patches(atlas, view, classes)
    groups = absorbed(found, smallest)
    kept = np.unique(groups, axis=0)
    whole = [shapely.coverage_union_all(found.areas[(groups == group).all(axis=1)]) for group in kept]
    coarse = shapely.coverage_simplify(whole, step)
    shapes = np.array([without_specks(shape, smallest) for shape in coarse], dtype=object)
    countries = [shapely.union_all(shapes[kept[:, 0] == country]) for country in np.unique(kept[:, 0])]
    areas = [shapely.union_all(shapes[kept[:, 1] == number]) for number in range(len(classes))]
    base = int(np.argmax([shapely.get_num_coordinates(area) for area in areas]))
    return Classed(shapely.union_all(countries), inner(countries), areas, base)


@lru_cache(maxsize=24)
def patches(atlas: Atlas, view: View, classes: Classes) -> Patches:
    """The areas of each class that a view shows, still as fine as the tiles of its zoom."""
    number_of = {region_id: number for number, ids in enumerate(classes) for region_id in ids}
    shapes = borders(atlas, detail(int(view.zoom)))
    shown = near(shapes, view)
    _, countries = np.unique(atlas.regions["country_iso3"].to_numpy(), return_inverse=True)
    numbers = atlas.regions.index.map(number_of).to_numpy()
    shapes, keys = shapes[shown], np.stack([countries, numbers], axis=1)[shown]
    areas, groups = [np.empty(0, dtype=object)], [np.empty((0, 2), dtype=int)]
    for key in np.unique(keys, axis=0):
        parts = shapely.get_parts(shapely.coverage_union_all(shapes[(keys == key).all(axis=1)]))
        areas.append(parts)
        groups.append(np.tile(key, (len(parts), 1)))
    return _meeting(np.concatenate(areas), np.concatenate(groups))


def _meeting(areas: np.ndarray, groups: np.ndarray) -> Patches:
    one, other = shapely.STRtree(areas).query(areas, predicate="intersects")
    are_pair = (one < other) & (groups[one, 0] == groups[other, 0])
    pairs, edges = np.stack([one[are_pair], other[are_pair]]), shapely.boundary(areas)
    return Patches(areas, groups, pairs, shapely.length(shapely.intersection(*edges[pairs])))


def absorbed(found: Patches, smallest: float) -> np.ndarray:
    """The group of each patch when those below an area belong to what they border longest, smallest first."""
    leader, sizes = np.arange(len(found.areas)), shapely.area(found.areas)
    neighbours: list[dict[int, float]] = [{} for _ in leader]
    for one, other, length in zip(*found.pairs.tolist(), found.lengths.tolist(), strict=True):
        neighbours[one][other] = neighbours[other][one] = length
    for patch in np.argsort(sizes, kind="stable").tolist():
        if sizes[patch] >= smallest:
            continue  # as large as it was, or by what it has taken in
        around = {other: length for other, length in neighbours[patch].items() if length}
        if not around:
            continue  # an island
        taker = max(around, key=lambda other: (around[other], -other))
        leader[leader == patch] = taker
        sizes[taker] += sizes[patch]
        for other, length in neighbours[patch].items():
            del neighbours[other][patch]
            if other != taker:
                shared = neighbours[taker].get(other, 0.0) + length
                neighbours[taker][other] = neighbours[other][taker] = shared
    return found.groups[leader]
