"""A picture of the map as one small SVG, written without a browser: what the live map of this size shows.

Web Mercator, fitted as the live map is, so that one can take the place of the other without a jump.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from zlib import crc32

import numpy as np

from dashboard.figures import theme as themes
from dashboard.figures.picture_ground import Same
from dashboard.figures.picture_labels import LINE_HEIGHT, label_shapes
from dashboard.figures.picture_land import ground_shapes
from dashboard.figures.picture_shapes import Shape, line_shapes, point_shapes
from dashboard.figures.picture_view import Camera, View, camera_of, view_of
from dashboard.figures.sheet import FONT_FAMILY
from dashboard.figures.style import WATER
from dashboard.text import SOURCE_LANGUAGE, Words, speak
from dashboard.tiles import travels_as_tiles
from layers import Atlas

__all__ = ["Shape", "camera_of", "map_picture", "picture_shapes"]

LARGEST = 25_000  # bytes
# Pixels that the ground and the lines may be moved by to become shorter, with steps to a pixel that the
# ground is written in: the finest that is small enough.
FINENESS = (
    (0.6, 1.0, 2),
    (0.9, 1.0, 2),
    (1.1, 1.3, 1),
    (1.5, 1.3, 1),
    (2.0, 1.6, 1),
    (2.3, 1.6, 1),
    (2.7, 1.6, 1),
    (3.1, 1.8, 1),
    (3.6, 2.0, 1),
    (4.2, 2.2, 1),
    (4.8, 2.5, 1),
    (5.8, 2.8, 1),
    (7.0, 3.0, 1),
    (9.0, 3.5, 1),
    (12.0, 4.0, 1),
)
FINEST = FINENESS[0][0]
MANY = 40  # letters of a path from which on it is written once for all looks
UNIQUE = "@"  # stands for what tells the ids of two pictures on one page apart
BASELINE = 0.35  # of the size of letters, from their middle down
Paint = Callable[[str], str]


def picture_shapes(
    scene: Any,
    atlas: Atlas,
    words: Words,
    size: tuple[float, float],
    camera: Camera | None = None,
    *,
    fine: float = FINEST,
    is_clustered: bool = True,
    is_cut: bool = False,
) -> list[Shape]:
    """All that a map of `size` (width, height in pixels) shows of a scene, from the ground up.

    `scene` has marks, home and selected (dashboard.page_map.Scene). `fine` is how many pixels a line may be
    moved by to become shorter. Sites that would overlap stand together as one circle with their number when
    `is_clustered`, as on the live map, else side by side. Shapes reach a little out of the map, unless it
    `is_cut`.
    """
    view = view_of(scene.home, size, camera)
    view = replace(view, rim=0.0) if is_cut else view
    marks, selected, is_large = scene.marks, scene.selected, travels_as_tiles(atlas, "regions")
    points = point_shapes(marks, atlas, words, view, selected, is_clustered)
    return [
        *ground_shapes(marks.regions, marks.shown, atlas, words, view, fine, selected, is_joined=is_large),
        *line_shapes(marks, atlas, words, view, fine, selected),
        *points,
        *label_shapes(marks, atlas, words, view, () if is_clustered else points),
    ]


def map_picture(
    scene: Any,
    atlas: Atlas,
    words: Words,
    size: tuple[float, float],
    camera: Camera | None = None,
    *,
    theme: str = "page",
    title: str = "",
) -> str:
    """The picture as an <svg>, at most 25 kB where it can be.

    theme: "page" follows the page the picture stands in (colours are its variables, those of the light theme
    where it has none); "light" and "dark" are fixed, for files. `title` is what a screen reader says; a
    picture without one is hidden from it.
    """
    return _drawn(Same(scene), atlas, words.language, tuple(size), camera, theme, title)


# Key: the atlas (one object a data version) and the scene, which publications keep.
@lru_cache(maxsize=64)
def _drawn(
    same: Same,
    atlas: Atlas,
    language: str,
    size: tuple[float, float],
    camera: Camera | None,
    theme: str,
    title: str,
) -> str:
    scene, words, paint = same.thing, speak(language), _paints(theme)
    view = view_of(scene.home, size, camera)
    marks, selected = scene.marks, scene.selected
    points = point_shapes(marks, atlas, words, view, selected, True)
    top = written([*points, *label_shapes(marks, atlas, words, view)], paint, 10)
    shown = tuple(layer for layer in ("rivers", "railways") if layer in marks.shown)
    lit = tuple(key for key in selected if key.startswith("region:"))

    @cache
    def lines(fine: float) -> str:
        drawn = written(line_shapes(marks, atlas, words, view, fine, selected), paint, 2)
        return drawn.replace(UNIQUE, f"{crc32((drawn + top).encode()):x}")

    def picture(level: int) -> str:
        fine, lines_fine, grid = FINENESS[level]
        below = _below(atlas, Same(marks.regions), shown, lit, view, fine, grid, theme)
        return framed(below + lines(lines_fine) + top, view, paint, title)

    level = bisect_left(
        range(len(FINENESS) - 1), True, key=lambda level: len(picture(level).encode()) <= LARGEST
    )
    return picture(level)


@lru_cache(maxsize=64)
def _below(
    atlas: Atlas,
    regions: Same,
    shown: tuple[str, ...],
    lit: tuple[str, ...],
    view: View,
    fine: float,
    grid: int,
    theme: str,
) -> str:
    """The ground as SVG, which many scenes share."""
    words = speak(SOURCE_LANGUAGE)  # nothing of the ground is written
    has_borders = not travels_as_tiles(atlas, "regions")  # there is no room for so many
    look = (regions.thing, shown, atlas, words, view, fine, lit)
    shapes = ground_shapes(*look, is_joined=True, has_borders=has_borders)
    return written(shapes, _paints(theme), grid)


def _paints(theme: str) -> Paint:
    if theme == "dark":
        table = themes.table()
        return lambda colour: table.get(colour, colour)
    if theme == "light":
        return str
    return themes.css


def framed(inside: str, view: View, paint: Paint, title: str = "") -> str:
    """The whole <svg> round what is drawn."""
    width, height = (f"{side:g}" for side in (view.width, view.height))
    named = f' role="img" aria-label="{html.escape(title)}"' if title else ' aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"{named} font-family="{html.escape(FONT_FAMILY)}" '
        'fill="none" fill-rule="evenodd" stroke-linejoin="round">'
        f'<path style="fill:{paint(WATER)}" d="M0 0h{width}v{height}H0z"/>{inside}</svg>'
    )


def written(shapes: Iterable[Shape], paint: Paint, grid: int, *, keeps_strokes: bool = False) -> str:
    """Shapes as SVG; those that follow each other and look alike share what they have in common.

    `grid` is how many steps to a pixel paths are written in. Lines that are drawn twice, with their casing,
    are written once. `keeps_strokes` is for a picture whose strokes do not grow with it.
    """
    shapes = list(shapes)
    uses = Counter(id(shape.points) for shape in shapes)
    names: dict[int, str] = {}
    out = []
    for is_path, several in groupby(shapes, key=lambda shape: shape.kind in ("polygon", "line")):
        groups = [list(alike) for _, alike in groupby(several, key=_look)]
        steps = 1 if keeps_strokes else grid
        drawn = "".join(
            f'<g style="{style(alike[0], paint, steps)}">{inside}</g>'
            for alike in groups
            if (inside := _written(alike, grid, uses, names))
        )
        is_scaled = is_path and grid != 1
        out.append(f'<g transform="scale({1 / grid:g})">{drawn}</g>' if is_scaled else drawn)
    return "".join(out)


def _look(shape: Shape) -> tuple:
    return (
        shape.kind,
        shape.fill,
        shape.stroke,
        round(shape.width, 2),
        shape.dash,
        shape.opacity,
        shape.fill_opacity,
        shape.is_round,
        shape.size,
        shape.spacing,
        shape.halo,
    )


def _written(shapes: list[Shape], grid: int, uses: Counter[int], names: dict[int, str]) -> str:
    kind = shapes[0].kind
    if kind in ("text", "circle"):
        return "".join(map(_text if kind == "text" else _circle, shapes))
    out, free = [], ""
    for shape in shapes:
        drawn = id(shape.points)
        if drawn in names:
            out.append(f'<use href="#{names[drawn]}"/>')
            continue
        path = _path(shape.points, kind == "polygon", grid)
        if uses[drawn] > 1 and len(path) > MANY:
            names[drawn] = f"p{UNIQUE}{len(names)}"
            out.append(f'<path id="{names[drawn]}" d="{path}"/>')
        else:
            free += f"M0 0{path}"
    return "".join(out) + (f'<path d="{free}"/>' if free else "")


def style(shape: Shape, paint: Paint, scale: float = 1) -> str:
    """How a shape looks; strokes are drawn in steps of which so many make a pixel."""
    return ";".join(_style(shape, paint, scale if shape.kind in ("polygon", "line") else 1))


def _style(shape: Shape, paint: Paint, scale: float) -> Iterator[str]:
    if shape.kind == "text":
        yield f"fill:{paint(shape.fill)};font-size:{shape.size:.3g}px;text-anchor:middle"
        if shape.spacing:
            yield f"letter-spacing:{shape.spacing}em"
        if shape.halo:
            yield f"paint-order:stroke;stroke-width:2.6;stroke:{paint(shape.halo)}"
        return
    if shape.fill:
        yield f"fill:{paint(shape.fill)}"
    if shape.stroke:
        yield f"stroke:{paint(shape.stroke)};stroke-width:{shape.width * scale:.3g}"
    if shape.dash:
        yield "stroke-dasharray:" + " ".join(f"{one * shape.width * scale:.3g}" for one in shape.dash)
    if shape.is_round:
        yield "stroke-linecap:round"
    if shape.opacity < 1:
        yield f"opacity:{shape.opacity}"
    if shape.fill_opacity < 1:
        yield f"fill-opacity:{shape.fill_opacity}"


def _path(rings: Iterable[np.ndarray], is_closed: bool, grid: int) -> str:
    """Whole steps of the grid from point to point; what does not move is left out."""
    out, at = [], np.zeros(2, dtype=int)
    for points in rings:
        whole = np.round(points * grid).astype(int)
        steps = np.diff(whole, axis=0)
        steps = steps[(steps != 0).any(axis=1)]
        if is_closed and len(steps):
            steps = steps[:-1]
        if not len(steps):
            continue
        # A path begins where the one before has ended; a closed one ends where it began.
        moves = np.concatenate([[whole[0] - at], steps]).tolist()
        out.append("m" + "".join(f"{_next(x)}{_next(y)}" for x, y in moves).lstrip())
        out.append("z" if is_closed else "")
        at = whole[0] if is_closed else whole[0] + steps.sum(axis=0)
    return "".join(out)


def _next(number: int) -> str:
    return str(number) if number < 0 else f" {number}"


def _circle(shape: Shape) -> str:
    x, y = shape.points[0][0]
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{shape.radius:.3g}"/>'


def _text(shape: Shape) -> str:
    x, y = shape.points[0][0]
    first = y + BASELINE * shape.size - (len(shape.lines) - 1) / 2 * LINE_HEIGHT * shape.size
    if len(shape.lines) == 1:
        return f'<text x="{x:.1f}" y="{first:.1f}">{html.escape(shape.lines[0])}</text>'
    lines = "".join(
        f'<tspan x="{x:.1f}" y="{first + i * LINE_HEIGHT * shape.size:.1f}">{html.escape(line)}</tspan>'
        for i, line in enumerate(shape.lines)
    )
    return f"<text>{lines}</text>"
