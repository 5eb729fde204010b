"""What lies under the marks of a picture of the map, in Web Mercator: land, regions, water, rivers, railways.

Shapes are kept as shares of the world (see picture_view), made coarse once for each zoom and cut for a view.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from dashboard.figures.picture_view import TILE, View, projected
from dashboard.geometry import geometry
from dashboard.tiles import travels_as_tiles
from dashboard.tiles.regions import borders
from layers import Atlas

FILES = ("land", "water", "rivers", "railways")
SMALLEST = 2.0  # square pixels: a smaller island or hole is left out
SHORTEST, BENDS = 9.0, 20.0  # pixels: a shorter river or railway is left out, and one of so few bends
QUIET = 2.0  # rivers and railways lie behind: so many times coarser than the rest

LARGE_DETAIL = 4
"""Zoom whose pixels decide how coarse the borders of very many regions are: pictures show them from afar."""

Rings = tuple[np.ndarray, ...]


class Same:
    """A thing that holds frames as the key of a cache: equal to itself alone."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing


@dataclass(frozen=True, eq=False)
class Ground:
    """Shapes as shares of the world: land of other countries by country_iso3, regions by region_id."""

    land: gpd.GeoSeries
    regions: gpd.GeoSeries
    water: np.ndarray
    rivers: np.ndarray
    railways: np.ndarray


# Key: the atlas (one object a data version); an old version leaves the caches by disuse.
@lru_cache(maxsize=2)
def ground(atlas: Atlas) -> Ground:
    """The shapes as they are in the files."""
    frames = {name: gpd.read_file(io.BytesIO(geometry(atlas, name).body)) for name in FILES}
    land = frames["land"].set_index("country_iso3").geometry
    land = land[~land.index.isin(atlas.regions["country_iso3"])]
    lines = [merged(projected(frames[name].geometry)) for name in ("rivers", "railways")]
    is_large = travels_as_tiles(atlas, "regions")
    shapes = borders(atlas, LARGE_DETAIL) if is_large else projected(atlas.regions.geometry)
    return Ground(
        gpd.GeoSeries(projected(land), land.index),
        gpd.GeoSeries(shapes, atlas.regions.index),
        projected(frames["water"].geometry),
        *lines,
    )


def merged(lines: np.ndarray) -> np.ndarray:
    """Lines run into longer ones, which are shorter to write down."""
    found = [line for line in lines if line is not None and not line.is_empty]
    return shapely.get_parts(shapely.line_merge(shapely.MultiLineString(shapely.get_parts(found).tolist())))


@lru_cache(maxsize=24)
def coarse(atlas: Atlas, zoom: float, pixels: float) -> Ground:
    """The shapes with bends of less than so many pixels at a zoom left out; borders stay shared."""
    full, step = ground(atlas), pixels / (TILE * 2.0**zoom)
    together = shapely.coverage_simplify([*full.land, *full.regions], step)
    smallest = SMALLEST * (step / pixels) ** 2
    several = [without_specks(shape, smallest) for shape in together]
    count = len(full.land)
    return Ground(
        gpd.GeoSeries(several[:count], full.land.index),
        gpd.GeoSeries(several[count:], full.regions.index),
        *waters(atlas, zoom, pixels),
    )


@lru_cache(maxsize=24)
def waters(atlas: Atlas, zoom: float, pixels: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Waters, rivers and railways alone, as in `coarse`."""
    full, step = ground(atlas), pixels / (TILE * 2.0**zoom)
    smallest = 6 * SMALLEST * (step / pixels) ** 2 * max(pixels, 1.0)
    return (
        np.array([without_specks(one, smallest) for one in shapely.simplify(full.water, step)]),
        *(
            _coarse_lines(lines, QUIET * step, max(SHORTEST / pixels, BENDS) * step)
            for lines in (full.rivers, full.railways)
        ),
    )


def _coarse_lines(lines: np.ndarray, step: float, shortest: float) -> np.ndarray:
    return chained(shapely.simplify(lines[shapely.length(lines) > shortest], step))


def chained(lines: np.ndarray) -> np.ndarray:
    """The same lines in fewer pieces: where several meet, one goes on as another."""
    points = [shapely.get_coordinates(line) for line in lines]
    ends: dict[tuple[float, float], list[tuple[int, bool]]] = {}
    for i, line in enumerate(points):
        for is_last in (False, True):
            ends.setdefault(tuple(line[-1 if is_last else 0]), []).append((i, is_last))
    partner: dict[tuple[int, bool], tuple[int, bool]] = {}
    for several in ends.values():
        for one, other in zip(several[::2], several[1::2], strict=False):
            if one[0] != other[0]:
                partner |= {one: other, other: one}
    left = dict.fromkeys(range(len(points)))
    # Chains start at loose ends; what is left then are rings.
    starts = [(i, e) for i in left for e in (False, True) if (i, e) not in partner]
    chains = []
    for i, is_last in (*starts, *((i, False) for i in list(left))):
        chain = []
        while i in left:
            del left[i]
            chain.append(points[i][::-1] if is_last else points[i])
            i, is_last = partner.get((i, not is_last), (-1, False))
        if chain:
            chains.append(np.concatenate([chain[0], *(part[1:] for part in chain[1:])]))
    return np.array([shapely.LineString(chain) for chain in chains], dtype=object)


@lru_cache(maxsize=48)
def joined(
    atlas: Atlas, zoom: float, pixels: float, classes: tuple[tuple[str, ...], ...]
) -> tuple[list[shapely.Geometry], list[shapely.Geometry]]:
    """All land as one with the borders between countries, then each class of regions with those inside of it.

    Two lists: the areas, land first, and the lines within each. Borders are in them once.
    """
    below = coarse(atlas, zoom, pixels)
    country = atlas.regions["country_iso3"]
    own = [below.regions[country == code].to_numpy() for code in country.unique()]
    every = [*below.land, *(shapely.union_all(shapes) for shapes in own)]
    areas, within = [shapely.union_all(every)], [inner(every)]
    for ids in classes:
        shapes = below.regions[list(ids)].to_numpy()
        areas.append(shapely.union_all(shapes))
        within.append(inner(list(shapes)))
    return areas, within


def inner(shapes: list[shapely.Geometry]) -> shapely.Geometry:
    """The lines in which neighbours meet, each once."""
    edges = np.array([shape.boundary for shape in shapes])
    tree, found = shapely.STRtree(edges), []
    for i, j in zip(*tree.query(edges, predicate="intersects"), strict=True):
        if i < j:
            found += [p for p in shapely.get_parts(edges[i].intersection(edges[j])) if p.length > 0]
    lines = shapely.MultiLineString([line for line in found if line.geom_type == "LineString"])
    return shapely.line_merge(lines)


def without_specks(shape: shapely.Geometry, smallest: float) -> shapely.MultiPolygon:
    valid = shapely.make_valid(shape)
    polygons = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(
        [
            shapely.Polygon(p.exterior, [r for r in p.interiors if shapely.Polygon(r).area > smallest])
            for p in polygons
            if p.area > smallest
        ]
    )


def cut(shape: shapely.Geometry, view: View) -> Rings:
    """The rings of polygons, or the lines, that show in a view, in pixels; cut a little outside of it."""
    out = []
    for part in shapely.get_parts(shapely.get_parts(clipped(shape, view))):
        rings = (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,)
        out += [view.pixels(shapely.get_coordinates(ring)) for ring in rings if ring.geom_type != "Point"]
    return tuple(out)


def clipped(shape: shapely.Geometry, view: View) -> shapely.Geometry:
    """What of a shape shows in a view, still as shares of the world."""
    west, north, east, south = view.window
    more = view.rim / view.scale
    box = (west - more, north - more, east + more, south + more)
    found = shapely.clip_by_rect(shape, *box)
    # GEOS may leave a ring that touches itself where the edge of the window cuts a bay.
    return found if found.is_valid else shapely.make_valid(found)


def near(shapes: np.ndarray, view: View) -> np.ndarray:
    """Those whose boxes meet the window."""
    west, north, east, south = view.window
    more, bounds = view.rim / view.scale, shapely.bounds(shapes)
    hits = (bounds[:, 0] < east + more) & (bounds[:, 2] > west - more)
    return hits & (bounds[:, 1] < south + more) & (bounds[:, 3] > north - more)
