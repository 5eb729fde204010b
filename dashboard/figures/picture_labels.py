"""Names on a picture of the map, placed as the live map places them: where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import shapely

from dashboard.figures import marks as m
from dashboard.figures.flow_features import label_points
from dashboard.figures.flow_words import in_short
from dashboard.figures.picture_shapes import Shape
from dashboard.figures.picture_view import View, fits
from dashboard.figures.sheet import text_width, wrapped
from dashboard.text import Words
from layers import Atlas

INK, QUIET, HALO = "#26323a", "#5c6470", "#ffffff"
LINE_HEIGHT, PADDING = 1.2, 3.0  # sizes, pixels: as in the style of the live map
CITY_ZOOMS = {1: 0.0, 2: 4.6, 3: 5.4, 4: 6.4}
REGION_ZOOM, SITE_ZOOM = 4.6, 7.6
COUNTRY_SPACING = 0.14
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
Box = tuple[float, float, float, float]


class Name(NamedTuple):
    """A name that wants a place: its lines, and how far from its point, in sizes, None for right on it."""

    layer: str
    key: str
    lines: tuple[str, ...]
    point: np.ndarray
    size: float
    colour: str
    distance: float | None
    spacing: float = 0.0


def label_shapes(
    marks: m.MapMarks,
    atlas: Atlas,
    words: Words,
    view: View,
    symbols: Sequence[Shape] = (),
    covered: Sequence[Shape] = (),
) -> list[Shape]:
    """The names that find room, those of the upper layers of the live map first.

    None of them stands on one of the `symbols` where it finds room elsewhere; the live map does not look.
    None stands on what is `covered`.
    """
    taken: list[Box] = [_box_of(shape) for shape in covered]
    out, kept = [], [_box_of(shape) for shape in symbols]
    for name in _names(marks, atlas, words, view):
        box = _placed(name, taken, kept, view) or (_placed(name, taken, [], view) if kept else None)
        if box:
            taken.append(box)
            middle = np.array([[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]])
            text = " ".join(name.lines)
            out.append(
                Shape(
                    "labels",
                    "text",
                    name.key,
                    text,
                    (middle,),
                    name.colour,
                    lines=name.lines,
                    size=name.size,
                    spacing=name.spacing,
                    anchor=name.point,
                )
            )
    return out


def _names(marks: m.MapMarks, atlas: Atlas, words: Words, view: View) -> Iterator[Name]:
    yield from _flow_names(marks, words, view)
    if "sites" in marks.shown and view.zoom >= SITE_ZOOM:
        yield from _site_names(marks, words, view)
    if "labels" not in marks.shown:
        return
    for rank in (4, 3, 2, 1):
        if view.zoom >= CITY_ZOOMS[rank]:
            size = view.grown(11 if rank == 1 else 10, 15)
            for _, row in _rows(atlas, "cities", rank):
                yield from _name("city", "", row, words, view, size, INK, 10, 0.55)
    if view.zoom >= REGION_ZOOM:
        for region_id, row in _rows(atlas, "regions"):
            size = view.grown(10, 14)
            yield from _name("region", f"region:{region_id}", row, words, view, size, QUIET, 8, None)
    for _, row in _rows(atlas, "countries"):
        yield from _name("country", "", row, words, view, view.grown(11, 17), QUIET, 7, None)


@lru_cache(maxsize=16)
def _rows(atlas: Atlas, name: str, rank: int = 0) -> list[tuple[str, dict[str, Any]]]:
    """Rows with lon and lat: cities of a rank, regions but those named by a city, countries."""
    frame = {"cities": atlas.cities, "regions": atlas.regions, "countries": atlas.countries}[name]
    if rank:
        frame = frame[frame["rank"] == rank]
    if name == "regions":
        frame = frame[frame["kind"] != "city"]
    points = frame.geometry.representative_point() if name == "regions" else frame.geometry
    placed = frame.drop(columns="geometry").assign(lon=points.x, lat=points.y)
    return list(zip(placed.index, placed.to_dict("records"), strict=True))


def _name(
    layer: str,
    key: str,
    row: dict[str, Any],
    words: Words,
    view: View,
    size: float,
    colour: str,
    widest: float,
    distance: float | None,
) -> Iterator[Name]:
    point = view.places(row["lon"], row["lat"])
    if not fits(point, view, 0):
        return
    text, spacing = words.name(row), COUNTRY_SPACING if layer == "country" else 0.0
    text = text.upper() if layer == "country" else text
    letters = size * (1 + 1.6 * spacing)
    # As MapLibre does it: no word is cut.
    longest = max((text_width(word, letters) for word in text.split(" ")), default=0.0)
    lines = tuple(wrapped(text, letters, max(widest * size, longest)))
    yield Name(layer, key, lines, point, size, colour, distance, spacing)


def _site_names(marks: m.MapMarks, words: Words, view: View) -> Iterator[Name]:
    lon, lat = marks.sites.geometry.x, marks.sites.geometry.y
    is_seen = fits(view.places(lon, lat), view, 0)
    seen = marks.sites[is_seen].drop(columns="geometry").assign(lon=lon[is_seen], lat=lat[is_seen])
    for site_id, row in zip(seen.index, seen.to_dict("records"), strict=True):
        yield from _name("site", f"site:{site_id}", row, words, view, 11, INK, 12, 0.55)


def _flow_names(marks: m.MapMarks, words: Words, view: View) -> Iterator[Name]:
    flows = marks.flows.sort_values("width_m", ascending=False, kind="stable") if len(marks.flows) else []
    for point, row in zip(
        label_points(flows) if len(flows) else (),
        flows.to_dict("records") if len(flows) else (),
        strict=True,
    ):
        at = view.places(point.x, point.y) if isinstance(point, shapely.Point) else None
        if at is not None and fits(at, view, 0):
            lines = tuple(wrapped(in_short(row, words), 11.5, 13 * 11.5))
            yield Name("flow", f"flow:{row['flow_id']}", lines, at, 11.5, row["colour"], 0.8)


def _box_of(shape: Shape) -> Box:
    points = np.concatenate(shape.points)
    (left, top), (right, bottom) = points.min(axis=0) - shape.radius, points.max(axis=0) + shape.radius
    return float(left), float(top), float(right), float(bottom)


def _placed(name: Name, taken: list[Box], kept: list[Box], view: View) -> Box | None:
    """The first of its places that is free and not cut by the edge."""
    spaced = max(text_width(line, name.size) + len(line) * name.spacing * name.size for line in name.lines)
    height = (len(name.lines) - 1) * LINE_HEIGHT * name.size + name.size
    steps = [(across, down, 0.0) for across, down in (SIDES if name.distance is not None else ((0, 0),))]
    # Names that must not cover symbols may stand a little farther away.
    steps += [(across, down, 0.7) for across, down in SIDES if kept and name.distance is not None]
    for across, down, more in steps:
        far = ((name.distance or 0) + more) * name.size
        x = name.point[0] + across * (far + spaced / 2)
        y = name.point[1] + down * (far + height / 2)
        box = (x - spaced / 2, y - height / 2, x + spaced / 2, y + height / 2)
        if box[0] < 2 or box[1] < 2 or box[2] > view.width - 2 or box[3] > view.height - 2:
            continue
        if not any(_meet(box, other, 2 * PADDING) for other in taken) and not any(
            _meet(box, other, 0.0) for other in kept
        ):
            return box
    return None


def _meet(a: Box, b: Box, more: float) -> bool:
    across = a[0] < b[2] + more and b[0] < a[2] + more
    return across and a[1] < b[3] + more and b[1] < a[3] + more
