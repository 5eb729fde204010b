"""What lies under the marks of a picture of the map as shapes: land, regions, waters, rivers, railways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

import geopandas as gpd
import shapely

from dashboard.figures import marks as m
from dashboard.figures.paper_look import opaque
from dashboard.figures.picture_classes import classed, land
from dashboard.figures.picture_ground import coarse, cut, joined, near, waters
from dashboard.figures.picture_shapes import HEAVY, Shape
from dashboard.figures.picture_view import View, fits
from dashboard.figures.screen import circle_diameter
from dashboard.figures.style import LAND, WATER
from dashboard.text import Words
from dashboard.tiles.regions import borders, detail
from layers import Atlas

BORDER, REGION_BORDER, WATER_EDGE, RIVER, RAILWAY = "#a59f90", "#8b8577", "#9fbccd", "#a8c6d8", "#b1aca1"
TOTALS = "#b8742a"
SMALLEST_TOTAL = 2.0  # pixels of the smallest of very many circles in a picture, at a fineness of a pixel


def ground_shapes(
    regions: m.RegionMarks,
    shown: Iterable[str],
    atlas: Atlas,
    words: Words,
    view: View,
    fine: float,
    selected: tuple[str, ...],
    *,
    is_joined: bool,
    has_borders: bool = True,
) -> list[Shape]:
    """Land, regions, waters and railways; countries and regions that look alike as one when `is_joined`.

    Without `has_borders` the borders between joined regions are left out.
    """
    zoom = floor(view.zoom * 4) / 4
    if not is_joined:
        below = coarse(atlas, zoom, fine)
        out = list(_land(below.land, atlas, words, view))
        out += _regions(regions, below.regions, atlas, words, view, selected)
    elif has_borders:
        out = _joined(regions, atlas, view, zoom, fine, selected)
    else:
        out = _classed(regions, atlas, view, fine, selected)
    water, rivers, rails = (shapes[near(shapes, view)] for shapes in waters(atlas, zoom, fine))
    out += _areas("water", water, view, WATER, WATER_EDGE, 1.0)
    out += _totals(regions, atlas, words, view, 0.0 if has_borders else SMALLEST_TOTAL * fine)
    if "rivers" in shown:
        out += _paths("rivers", rivers, view, RIVER, view.grown(0.6, 1.6))
    if "railways" in shown:
        out += _paths("railways", rails, view, RAILWAY, view.grown(0.5, 1.3))
    return out


def _alike_regions(regions: m.RegionMarks, atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The region_ids of each colour."""
    fills: dict[str, list[str]] = {}
    for region_id in atlas.regions.index:
        fills.setdefault(region_fill(regions, region_id), []).append(region_id)
    return {fill: tuple(ids) for fill, ids in fills.items()}


def _joined(
    regions: m.RegionMarks, atlas: Atlas, view: View, zoom: float, fine: float, selected: tuple[str, ...]
) -> list[Shape]:
    fills, heavy = _alike_regions(regions, atlas), _heavy(atlas, selected)
    areas, within = joined(atlas, zoom, fine, (*fills.values(), *((one,) for one in heavy)))
    looks = [("land", LAND, BORDER, 0.8), *(("regions", fill, REGION_BORDER, 0.8) for fill in fills)]
    looks += [("regions", "", HEAVY, 3.0)] * len(heavy)
    out = []
    for (layer, fill, stroke, width), area, lines in zip(looks, areas, within, strict=True):
        out += _areas(layer, [area], view, fill, stroke, width)
        out += _paths(layer, [lines], view, stroke, width)
    return out


def _heavy(atlas: Atlas, selected: tuple[str, ...]) -> list[str]:
    return [region_id for region_id in atlas.regions.index if f"region:{region_id}" in selected]


def _classed(
    regions: m.RegionMarks, atlas: Atlas, view: View, fine: float, selected: tuple[str, ...]
) -> list[Shape]:
    """Very many regions: an area of each colour."""
    fills = _alike_regions(regions, atlas)
    everywhere, meeting = land(atlas, view.scale, fine)
    below = classed(atlas, view, fine, tuple(fills.values()))
    base = list(fills)[below.base]
    out = [
        *_areas("land", [everywhere], view, LAND, BORDER, 0.8),
        *_paths("land", [meeting], view, BORDER, 0.8),
    ]
    out += _areas("regions", [below.countries], view, base, BORDER, 0.8)
    for number, (fill, area) in enumerate(zip(fills, below.areas, strict=True)):
        if number != below.base:
            out += _areas("regions", [area], view, fill, fill, 0.8)  # else what is below shows in the seams
    out += _paths("land", [below.lines], view, BORDER, 0.8)
    heavy = atlas.regions.index.get_indexer(_heavy(atlas, selected))
    shapes = shapely.simplify(borders(atlas, detail(int(view.zoom)))[heavy], fine / view.scale)
    return [*out, *_areas("regions", shapes, view, "", HEAVY, 3.0)]


def region_fill(regions: m.RegionMarks, region_id: str) -> str:
    """The colour of a region as it looks over land."""
    level = int(regions.class_of.get(region_id, -1))
    if 0 <= level < len(regions.colours):
        return opaque(regions.colours[level])
    return LAND if regions.metric.form in ("none", "total") else opaque(m.NO_DATA_COLOUR)


def _land(land: gpd.GeoSeries, atlas: Atlas, words: Words, view: View) -> Iterator[Shape]:
    hits = near(land.to_numpy(), view)
    for country, shape in zip(land.index[hits], land.to_numpy()[hits], strict=True):
        if rings := cut(shape, view):
            known = country in atlas.countries.index
            name = words.name(atlas.countries.loc[country]) if known else str(country)
            yield Shape("land", "polygon", "", name, rings, LAND, BORDER, 0.8)


def _regions(
    regions: m.RegionMarks,
    shapes: gpd.GeoSeries,
    atlas: Atlas,
    words: Words,
    view: View,
    selected: tuple[str, ...],
) -> Iterator[Shape]:
    heavy = {key.removeprefix("region:") for key in selected if key.startswith("region:")}
    for region_id, shape in sorted(shapes.items(), key=lambda one: one[0] in heavy):
        rings = cut(shape, view)
        if not rings:
            continue
        fill = region_fill(regions, region_id)
        stroke, width = (HEAVY, 3.0) if region_id in heavy else (REGION_BORDER, 0.8)
        name = words.name(atlas.regions.loc[region_id])
        yield Shape("regions", "polygon", f"region:{region_id}", name, rings, fill, stroke, width)


def _areas(
    layer: str, shapes: Iterable[shapely.Geometry], view: View, fill: str, stroke: str, width: float
) -> Iterator[Shape]:
    for shape in shapes:
        if rings := cut(shape, view):
            yield Shape(layer, "polygon", "", "", rings, fill, stroke, width)


def _paths(
    layer: str, shapes: Iterable[shapely.Geometry], view: View, stroke: str, width: float
) -> Iterator[Shape]:
    lines = tuple(line for shape in shapes for line in cut(shape, view))
    if lines:
        yield Shape(layer, "line", "", "", lines, stroke=stroke, width=width)


def _totals(
    regions: m.RegionMarks, atlas: Atlas, words: Words, view: View, smallest: float
) -> Iterator[Shape]:
    """The circles of more than the smallest diameter, in pixels."""
    if regions.metric.form != "total":
        return
    largest = regions.values.max()
    places = atlas.regions.loc[regions.values.index]
    points = view.places(places["centre_lon"], places["centre_lat"])
    for (region_id, value), point in zip(regions.values.items(), points, strict=True):
        diameter = circle_diameter(value, largest)
        if diameter > smallest and fits(point, view, 0):
            name = f"{words.name(places.loc[region_id])}: {words.number(value, regions.metric.digits)}"
            key, at = f"region:{region_id}", (point[None],)
            yield Shape("totals", "circle", key, name, at, TOTALS, opacity=0.55, radius=diameter / 2)
