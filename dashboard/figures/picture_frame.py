"""A picture of the map that fits a frame of any size, for a page whose window the server does not know.

The reader's browser fits it as MapLibre fits the live map: the ground and the lines grow with the frame, but
strokes, symbols and names keep their size. Which sites stand together and which names find room is worked out
for a few sizes of frames; assets/first_page.css shows what belongs to the nearest of them.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from math import floor
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from dashboard.bounded import bounded
from dashboard.figures import theme
from dashboard.figures.marks import RegionMarks
from dashboard.figures.picture import FINENESS, LARGEST, UNIQUE, style, written
from dashboard.figures.picture_ground import Same
from dashboard.figures.picture_labels import LINE_HEIGHT, label_shapes
from dashboard.figures.picture_land import ground_shapes
from dashboard.figures.picture_shapes import (
    Shape,
    line_shapes,
    many_clusters,
    point_shapes,
)
from dashboard.figures.picture_view import PADDING, TILE, Camera, View, view_of, world
from dashboard.figures.screen import PAN_BOUNDS
from dashboard.figures.sheet import FONT_FAMILY
from dashboard.figures.style import WATER
from dashboard.text import SOURCE_LANGUAGE, Words, speak
from dashboard.tiles import travels_as_tiles
from layers import Atlas

Size = tuple[float, float]
Box = tuple[float, float, float, float]

PHONE, DESK, HALL = "smh"
"""Sizes of frames as classes; elements without one show in all of them."""
NARROW: tuple[Size, ...] = ((370, 540), (690, 510), (1160, 740))
WIDE: tuple[Size, ...] = ((370, 506), (1244, 416), (1884, 560))
"""Widths and heights of the frames of maps with and without something beside them: phone, desk, hall."""
MORE = 0.04  # of a frame: so much more is drawn around, for windows of other shapes
DOTS = 9999  # steps across the box in which dots are placed
SIDE = 9.0  # pixels from a city or a site to its name, as MapLibre places it
COLOUR = re.compile(r"var\(--p-\w+, #\w+\)")
RANKS = {
    "selected": 0,
    "edges": 1,
    "sites": 2,
    "building": 3,
    "clusters": 4,
    "numbers": 5,
    "crossings": 6,
    "labels": 7,
}
"""Signs from the ground up."""


def frame_picture(
    scene: Any, atlas: Atlas, words: Words, sizes: tuple[Size, ...], camera: Camera | None = None
) -> str:
    """The picture of a scene as an element that fills its frame, at most 25 kB where it can be.

    `scene` has marks, home and selected (dashboard.page_map.Scene); `sizes` are those of NARROW or WIDE.
    Colours are the variables of the page.
    """
    return _drawn(Same(scene), atlas, words.language, sizes, camera)


# Key: the atlas (one object a data version) and the scene, which pages keep.
@bounded(32, lambda _drawn, same, *_look: same.thing.marks.own_rows)
def _drawn(same: Same, atlas: Atlas, language: str, sizes: tuple[Size, ...], camera: Camera | None) -> str:
    scene, words = same.thing, speak(language)
    views = [view_of(scene.home, size, camera) for size in sizes]
    box = _box(scene.home, views[1], camera)
    around = _around(views)
    points = _points(scene, atlas, words, views, box)

    @cache
    def picture(level: int) -> str:
        fine, lines_fine, grid = FINENESS[level]
        below = _ground(_look(scene), atlas, around, box, fine, grid)
        lines = line_shapes(scene.marks, atlas, words, around, lines_fine, scene.selected)
        drawn = below + _scaled(lines, around, box, grid) + points
        return _framed(drawn, box, camera, "wide" if sizes == WIDE else "narrow")

    level = bisect_left(
        range(len(FINENESS) - 1), True, key=lambda level: len(picture(level).encode()) <= LARGEST
    )
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


@dataclass(frozen=True)
class Look:
    """What decides how the ground looks; two with the same `sign` look alike."""

    regions: RegionMarks = field(compare=False)
    sign: tuple
    shown: tuple[str, ...]
    lit: tuple[str, ...]


def _look(scene: Any) -> Look:
    regions = scene.marks.regions
    numbers = (part.to_numpy(dtype=float).tobytes() for part in (regions.class_of, regions.values))
    return Look(
        regions,
        (regions.metric.form, tuple(regions.colours), *numbers),
        tuple(layer for layer in ("rivers", "railways") if layer in scene.marks.shown),
        tuple(key for key in scene.selected if key.startswith("region:")),
    )


# Pages that look at the same place differ in what stands on the ground, not in the ground.
@lru_cache(maxsize=48)
def _ground(look: Look, atlas: Atlas, around: View, box: Box, fine: float, grid: int) -> str:
    words = speak(SOURCE_LANGUAGE)  # nothing of the ground is written
    has_borders = not travels_as_tiles(atlas, "regions")  # there is no room for so many
    asked = (look.regions, look.shown, atlas, words, around, fine, look.lit)
    shapes = ground_shapes(*asked, is_joined=True, has_borders=has_borders)
    return "".join(
        _scaled(several, around, box, grid) if is_scaled else _circles(several, around, box)
        for is_scaled, several in groupby(shapes, key=lambda shape: shape.kind != "circle")
    )


def _circles(shapes: Iterable[Shape], around: View, box: Box) -> str:
    signs = [sign for shape in shapes for sign in _signs(shape, around, box)]
    return _run(False, [(PHONE + DESK + HALL, sign) for sign in signs])


def _scaled(shapes: Iterable[Shape], around: View, box: Box, grid: int) -> str:
    """Shapes that grow with the frame."""
    drawn = written(shapes, theme.css, grid, keeps_strokes=True).replace(UNIQUE, f"{grid}")
    west, north, _, _ = around.window
    sides = (box[0] - west, box[1] - north, box[2] - box[0], box[3] - box[1])
    seen = " ".join(f"{side * around.scale:.2f}" for side in sides)
    return (
        f'<svg viewBox="{seen}" width="100%" height="100%" overflow="visible">{drawn}</svg>' if drawn else ""
    )


class Sign(NamedTuple):
    """A small thing: how it is written between what those that look alike share, and what is the same of it
    in frames of all sizes.

    Dots are paths without length, which are short to write; their strokes are discs. `again` is how a form is
    drawn that was drawn before; `letter` is a text of one letter, with its place.
    """

    rank: int
    before: str
    drawn: str
    after: str
    same: tuple
    is_dot: bool = False
    again: str = ""
    letter: tuple[str, str, str] | None = None


def _points(scene: Any, atlas: Atlas, words: Words, views: Sequence[View], box: Box) -> str:
    """Symbols and names, each in the sizes of frames in which it shows; as large as at a desk."""
    found: dict[tuple, Sign] = {}
    sizes: dict[tuple, str] = {}
    zoom = floor(views[1].zoom)  # clusters of very many sites are those of a desk in all frames, written once
    for size, view in ((DESK, views[1]), (PHONE, views[0]), (HALL, views[2])):
        symbols = point_shapes(scene.marks, atlas, words, view, scene.selected, True, zoom)
        names = label_shapes(scene.marks, atlas, words, view, covered=many_clusters(symbols, atlas))
        for shape in (*symbols, *names):
            for sign in _signs(shape, view, box):
                found.setdefault(sign.same, sign)
                sizes[sign.same] = sizes.get(sign.same, "") + size
    ordered = sorted(found.values(), key=lambda sign: (sign.rank, sizes[sign.same], sign.before))
    return "".join(
        _run(is_dot, [(sizes[sign.same], sign) for sign in several])
        for is_dot, several in groupby(ordered, key=lambda sign: sign.is_dot)
    )


def _run(is_dot: bool, signs: list[tuple[str, Sign]]) -> str:
    """Signs that follow each other, those that look alike together."""
    drawn, known = "", set()
    for (sizes, before, after), alike in groupby(
        signs, key=lambda one: (one[0], one[1].before, one[1].after)
    ):
        shown = "" if len(sizes) == 3 else f' class="{" ".join(sizes)}"'
        drawn += f"<g{shown}{before}{_together([sign for _, sign in alike], known)}{after}</g>"
    if not is_dot:
        return drawn
    return (
        f'<svg viewBox="0 0 {DOTS} {DOTS}" preserveAspectRatio="none" width="100%" height="100%" '
        f'overflow="visible" stroke-linecap="round">{drawn}</svg>'
    )


def _together(signs: list[Sign], known: set[str]) -> str:
    """Signs one after the other; all of one letter as one text, whose letters have places of their own."""
    out = []
    for sign in signs:
        if not sign.letter:
            form = sign.again.partition(" x=")[0]
            out.append(sign.again if form and form in known else sign.drawn)
            known.add(form)
    if letters := [sign.letter for sign in signs if sign.letter]:
        letter, x, y = (
            part.join(each) for part, each in zip(("", " ", " "), zip(*letters, strict=True), strict=True)
        )
        out.append(f'<text x="{x}" y="{y}">{letter}</text>')
    return "".join(out)


def _signs(shape: Shape, view: View, box: Box) -> Iterator[Sign]:
    if shape.kind == "text":
        yield _text(shape, view, box)
        return
    points = np.concatenate(shape.points)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    x, y = _share(middle, view, box)
    same = (shape.layer, shape.fill, shape.stroke, f"{x:.1f}", f"{y:.1f}", len(points))
    dressed = f' style="{style(shape, theme.css)}">'
    if shape.kind != "circle":
        steps = "".join("M" + " ".join(f"{x:.3g} {y:.3g}" for x, y in one - middle) for one in shape.points)
        name = f"x{crc32(steps.encode()):x}"
        first = f'<svg x="{x:.1f}%" y="{y:.1f}%" overflow="visible"><path id="{name}" d="{steps}"/></svg>'
        again = f'<use href="#{name}" x="{x:.1f}%" y="{y:.1f}%"/>'
        yield Sign(RANKS["crossings"], dressed, first, "", same, again=again)
    elif shape.layer == "sites":
        yield from _dots(shape, (x, y), same)
    else:
        rank = RANKS.get(shape.layer, 0)
        yield Sign(rank, dressed, f'<circle cx="{x:.1f}%" cy="{y:.1f}%" r="{shape.radius:.2g}"/>', "", same)


def _dots(shape: Shape, place: tuple[float, float], same: tuple) -> Iterator[Sign]:
    """A disc and under all discs its edge."""
    wide, drawn = 2 * shape.radius, "M{:.0f} {:.0f}h0".format(*(share * DOTS / 100 for share in place))
    rank = RANKS["sites"] if shape.stroke else RANKS["building"]
    looks = [(rank, shape.fill, wide - shape.width)]
    if shape.stroke:
        looks.append((RANKS["edges"], shape.stroke, wide + shape.width))
    for rank, colour, width in looks:
        before = f' style="stroke:{theme.css(colour)};stroke-width:{width:.2g}"><path d="'
        yield Sign(rank, before, drawn, '"/>', (*same, rank), is_dot=True)


def _text(shape: Shape, view: View, box: Box) -> Sign:
    """Letters beside what they name, so that they end where the browser's own letters end."""
    point = shape.points[0][0]
    anchor = point if shape.anchor is None else shape.anchor
    (x, y), (across, down) = _share(anchor, view, box), np.round(point - anchor, 1)
    side = "middle" if not across else "start" if across > 0 else "end"
    step = np.sign(across) * SIDE
    first = down + 0.35 * shape.size - (len(shape.lines) - 1) / 2 * LINE_HEIGHT * shape.size
    spaced = f";letter-spacing:{shape.spacing}em" if shape.spacing else ""
    bare = "" if shape.halo else ";stroke:none"
    before = (
        f' transform="translate({step:.0f} {first:.0f})" text-anchor="{side}" '
        f'style="fill:{theme.css(shape.fill)};font-size:{shape.size:.3g}px{spaced}{bare}">'
    )
    rank = RANKS["numbers"] if shape.layer == "clusters" else RANKS["labels"]
    same = (*shape.lines, side, np.sign(down), f"{x:.1f}", f"{y:.1f}")
    letter = (
        (shape.lines[0], f"{x:.1f}%", f"{y:.1f}%") if len(shape.lines[0]) == len(shape.lines) == 1 else None
    )
    return Sign(rank, before, _lines(shape.lines, f"{x:.1f}%", f"{y:.1f}%"), "", same, letter=letter)


def _lines(lines: Sequence[str], x: str, y: str) -> str:
    first, *others = map(html.escape, lines)
    more = "".join(f'<tspan x="{x}" dy="{LINE_HEIGHT}em">{line}</tspan>' for line in others)
    return f'<text x="{x}" y="{y}">{first}{more}</text>'


def _share(point: np.ndarray, view: View, box: Box) -> tuple[float, float]:
    """Where a point of a view lies, in hundredths of the box."""
    x, y = (view.window[:2] + point / view.scale - box[:2]) / (box[2] - box[0], box[3] - box[1]) * 100
    return float(x), float(y)


def _framed(inside: str, box: Box, camera: Camera | None, kind: str) -> str:
    """The element with its rules of fitting: the scale is pixels of the whole world, as in picture_view."""
    inside, colours = _palette(inside)
    sizes = ";".join((*_fitting(box, camera), *colours))
    return (
        f'<div class="picture {kind}" aria-hidden="true" style="background:{theme.css(WATER)}">'
        f'<svg style="{sizes}" '
        f'overflow="visible" font-family="{html.escape(FONT_FAMILY)}" fill="none" fill-rule="evenodd" '
        f'stroke-linejoin="round">{inside}</svg></div>'
    )


def _palette(drawn: str) -> tuple[str, list[str]]:
    """The same with short names for colours, and the rules that say which colours these are."""
    colours = [colour for colour, _ in Counter(COLOUR.findall(drawn)).most_common()]
    names = {colour: f"--{at:x}" for at, colour in enumerate(colours)}
    return COLOUR.sub(lambda one: f"var({names[one.group()]})", drawn), [f"{names[c]}:{c}" for c in colours]


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
        far, near = f"var(--s)*{after:.6f} - 50{unit}", f"50{unit} - var(--s)*{before:.6f}"
        yield f"{side}:calc(50{unit} - max(min(0px,{far}),{near}))"
