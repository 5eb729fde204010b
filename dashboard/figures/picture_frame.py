"""A picture of the map that fits a frame of any size, for a page whose window the server does not know.

The style sheet of the reader's browser fits it as MapLibre fits the live map: the ground and the lines grow with
the frame, strokes, symbols and names keep their size. Which sites stand together and which names find room is
worked out for a few sizes of frames; assets/first_page.css shows what belongs to the nearest of them.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np

from dashboard.figures import theme
from dashboard.figures.picture import FINENESS, LARGEST, UNIQUE, look, style, written
from dashboard.figures.picture_ground import Same
from dashboard.figures.picture_labels import LINE_HEIGHT, label_shapes
from dashboard.figures.picture_shapes import Shape, ground_shapes, line_shapes, point_shapes
from dashboard.figures.picture_view import PADDING, TILE, Camera, View, view_of, world
from dashboard.figures.screen import PAN_BOUNDS
from dashboard.figures.sheet import FONT_FAMILY
from dashboard.figures.style import WATER
from dashboard.text import SOURCE_LANGUAGE, Words, speak
from layers import Atlas

Size = tuple[float, float]
Box = tuple[float, float, float, float]

PHONE, DESK, HALL = "smh"
"""Sizes of frames as classes; elements without one show in all of them."""
NARROW: tuple[Size, ...] = ((370, 540), (690, 510), (1160, 740))
WIDE: tuple[Size, ...] = ((370, 506), (1244, 416), (1884, 560))
"""Widths and heights of the frames of maps with and without something beside them: phone, desk, hall."""
MORE = 0.04  # of a frame: so much more is drawn around, for windows of other shapes
POINTS = ("crossings",)  # layers of small signs, which do not grow with the frame


def frame_picture(
    scene: Any, atlas: Atlas, words: Words, sizes: tuple[Size, ...], camera: Camera | None = None
) -> str:
    """The picture of a scene as an element that fills its frame, at most 25 kB where it can be.

    `scene` has marks, home and selected (dashboard.page_map.Scene); `sizes` are those of NARROW or WIDE.
    Colours are the variables of the page.
    """
    return _drawn(Same(scene), atlas, words.language, sizes, camera)


# Key: the atlas (one object a data version) and the scene, which pages keep.
@lru_cache(maxsize=32)
def _drawn(
    same: Same, atlas: Atlas, language: str, sizes: tuple[Size, ...], camera: Camera | None
) -> str:
    scene, words = same.thing, speak(language)
    views = [view_of(scene.home, size, camera) for size in sizes]
    box = _box(scene.home, views[1], camera)
    around = _around(views)
    points = _points(scene, atlas, words, views, box)

    def picture(level: int) -> str:
        fine, lines_fine, grid = FINENESS[level]
        below = _ground(scene, atlas, around, box, fine, grid)
        lines = line_shapes(scene.marks, atlas, words, around, lines_fine, scene.selected)
        return _framed(below + _scaled(lines, around, box, 2) + points, box, camera)

    level = bisect_left(range(len(FINENESS) - 1), True, key=lambda level: len(picture(level).encode()) <= LARGEST)
    return picture(level)


def _box(home: Box, view: View, camera: Camera | None) -> Box:
    """What the frame is fitted to, as shares of the world: west, north, east, south."""
    if camera is None:
        (west, east), (south, north) = world([home[0], home[2]], [home[1], home[3]])
        return float(west), float(north), float(east), float(south)
    x, y = (float(share) for share in world(*camera[:2]))
    across, down = (side / 2 / (TILE * 2.0 ** camera[2]) for side in (view.width, view.height))
    return x - across, y - down, x + across, y + down


def _around(views: Sequence[View]) -> View:
    """One window that holds those of all sizes, at the zoom of the middle one."""
    windows, scale = np.array([view.window for view in views]), views[1].scale
    sides = windows[:, 2:] - windows[:, :2]
    west, north = (windows[:, :2] - MORE * sides).min(axis=0)
    east, south = (windows[:, 2:] + MORE * sides).max(axis=0)
    left, top, right, bottom = _land()
    west, north, east, south = max(west, left), max(north, top), min(east, right), min(south, bottom)
    width, height = (east - west) * scale, (south - north) * scale
    return View((west + east) / 2, (north + south) / 2, views[1].zoom, width, height, rim=0.0)


def _land() -> Box:
    """The limits of the land, as shares of the world."""
    (west, east), (south, north) = world(
        [PAN_BOUNDS["west"], PAN_BOUNDS["east"]], [PAN_BOUNDS["south"], PAN_BOUNDS["north"]]
    )
    return float(west), float(north), float(east), float(south)


def _ground(scene: Any, atlas: Atlas, around: View, box: Box, fine: float, grid: int) -> str:
    marks, words = scene.marks, speak(SOURCE_LANGUAGE)  # nothing of the ground is written
    shown = tuple(layer for layer in ("rivers", "railways") if layer in marks.shown)
    lit = tuple(key for key in scene.selected if key.startswith("region:"))
    shapes = ground_shapes(marks.regions, shown, atlas, words, around, fine, lit, is_joined=True)
    return "".join(
        _scaled(several, around, box, grid) if is_scaled else "".join(_circle(one, around, box) for one in several)
        for is_scaled, several in groupby(shapes, key=lambda shape: shape.kind != "circle")
    )


def _scaled(shapes: Iterable[Shape], around: View, box: Box, grid: int) -> str:
    """Shapes that grow with the frame."""
    drawn = written(shapes, theme.css, grid, keeps_strokes=True).replace(UNIQUE, f"{grid}")
    west, north, _, _ = around.window
    sides = (box[0] - west, box[1] - north, box[2] - box[0], box[3] - box[1])
    seen = " ".join(f"{side * around.scale:.2f}" for side in sides)
    return f'<svg viewBox="{seen}" width="100%" height="100%" overflow="visible">{drawn}</svg>' if drawn else ""


def _points(scene: Any, atlas: Atlas, words: Words, views: Sequence[View], box: Box) -> str:
    """Symbols and names, each with the sizes of frames in which it shows."""
    found: dict[tuple, tuple[str, str]] = {}
    places: dict[tuple, list[str]] = {}
    for size, view in ((DESK, views[1]), (PHONE, views[0]), (HALL, views[2])):
        symbols = point_shapes(scene.marks, atlas, words, view, scene.selected, True)
        for rank, shape in enumerate([*symbols, *label_shapes(scene.marks, atlas, words, view)]):
            drawn, same = _written(shape, view, box)
            key = (_rank(shape), style(shape, str), same)
            found.setdefault(key, (_dressed(shape), drawn))
            places.setdefault(key, []).append(size)
    ordered = sorted(found, key=lambda key: (key[0], places[key], found[key][0]))
    return "".join(
        _grouped(looks, sizes, [found[key][1] for key in keys])
        for (_, sizes, looks), keys in groupby(ordered, key=lambda key: (key[0], places[key], found[key][0]))
    )


def _rank(shape: Shape) -> int:
    ranks = {"selected": 0, "sites": 1, "clusters": 2, "crossings": 4, "labels": 5}
    return ranks.get(shape.layer, 1) + (shape.kind == "text" and shape.layer == "clusters")


def _dressed(shape: Shape) -> str:
    return style(shape, theme.css)


def _grouped(looks: str, sizes: list[str], drawn: list[str]) -> str:
    shown = "" if len(sizes) == 3 else f' class="{" ".join(sizes)}"'
    return f'<g{shown} style="{looks}">{"".join(drawn)}</g>'


def _written(shape: Shape, view: View, box: Box) -> tuple[str, tuple]:
    """A small shape as SVG, and what is the same of it in frames of all sizes."""
    points = np.concatenate(shape.points)
    if shape.kind == "circle":
        return _circle(shape, view, box, is_dressed=False), _share(points[0], view, box)
    if shape.kind == "text":
        anchor = points[0] if shape.anchor is None else shape.anchor
        side = np.sign(np.round(points[0] - anchor, 1))
        return _text(shape, anchor, view, box), (*_share(anchor, view, box), *side, *shape.lines)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    at = _share(middle, view, box)
    steps = "".join("M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in one - middle) for one in shape.points)
    return f'<svg x="{at[0]}%" y="{at[1]}%" overflow="visible"><path d="{steps}"/></svg>', (*at, shape.layer, len(points))


def _share(point: np.ndarray, view: View, box: Box) -> tuple[str, str]:
    """Where a point of a view lies, in hundredths of the box."""
    x, y = (view.window[:2] + point / view.scale - box[:2]) / (box[2] - box[0], box[3] - box[1]) * 100
    return f"{x:.2f}", f"{y:.2f}"


def _circle(shape: Shape, view: View, box: Box, is_dressed: bool = True) -> str:
    x, y = _share(shape.points[0][0], view, box)
    dressed = f' style="{_dressed(shape)}"' if is_dressed else ""
    return f'<circle cx="{x}%" cy="{y}%" r="{shape.radius:.3g}"{dressed}/>'


def _text(shape: Shape, anchor: np.ndarray, view: View, box: Box) -> str:
    x, y = _share(anchor, view, box)
    across, down = shape.points[0][0] - anchor
    first = down + 0.35 * shape.size - (len(shape.lines) - 1) / 2 * LINE_HEIGHT * shape.size
    if len(shape.lines) == 1:
        return f'<text x="{x}%" y="{y}%"{_moved(across, first)}>{html.escape(shape.lines[0])}</text>'
    lines = "".join(
        f'<tspan x="{x}%"{_moved(across, first if not i else LINE_HEIGHT * shape.size)}>{html.escape(line)}</tspan>'
        for i, line in enumerate(shape.lines)
    )
    return f'<text y="{y}%">{lines}</text>'


def _moved(across: float, down: float) -> str:
    return "".join(f' {name}="{by:.0f}"' for name, by in (("dx", across), ("dy", down)) if round(by))


def _framed(inside: str, box: Box, camera: Camera | None) -> str:
    """The element with its rules of fitting: the scale is pixels of the whole world, as in picture_view."""
    west, north, east, south = box
    sizes = ";".join(_fitting(box, camera))
    return (
        f'<div class="picture" aria-hidden="true" style="background:{theme.css(WATER)}"><svg style="{sizes}" '
        f'overflow="visible" font-family="{html.escape(FONT_FAMILY)}" fill="none" fill-rule="evenodd" '
        f'stroke-linejoin="round">{inside}</svg></div>'
    )


def _fitting(box: Box, camera: Camera | None) -> Iterator[str]:
    """Style rules of the box: its scale, sides and place, kept inside of the land as MapLibre keeps it."""
    (west, north, east, south), (left, top, right, bottom) = box, _land()
    wide, high = east - west, south - north
    cover = f"calc(100cqw/{right - left:.6f}),calc(100cqh/{bottom - top:.6f})"
    padding = 2 * PADDING
    fit = f"min(calc((100cqw - {padding:g}px)/{wide:.6f}),calc((100cqh - {padding:g}px)/{high:.6f}))"
    yield f"--s:max({f'{TILE * 2.0 ** camera[2]:.1f}px' if camera else fit},{cover})"
    yield f"width:calc(var(--s)*{wide:.6f});height:calc(var(--s)*{high:.6f})"
    for side, unit, low, middle, most in (
        ("left", "cqw", left, (west + east) / 2, right),
        ("top", "cqh", top, (north + south) / 2, bottom),
    ):
        before, after = middle - low, most - middle
        yield (
            f"{side}:calc(50{unit} - max(min(0px,var(--s)*{after:.6f} - 50{unit}),50{unit} - var(--s)*{before:.6f}))"
        )
