"""Shapes of a slide as DrawingML: freeforms, circles, texts and groups, each with a name and no effects.

They are written as text and parsed once for each slide, which is many times faster than one after the other.
Places are pixels, 96 to an inch, from the upper left corner of the slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import count
from typing import Any
from unicodedata import category

import numpy as np
from pptx.oxml import parse_xml

PIXEL = 9525  # English metric units in a pixel
GRID = 20  # steps to a pixel in the path of a freeform
FONT = "Arial"
LONGEST_NAME, LONGEST_TEXT = 200, 2000
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "uz": "uz-Latn-UZ", "kk": "kk-KZ"}
ANCHORS = {"left": "l", "center": "ctr", "right": "r"}
CLEAR = (0, 0, 0, 0.0)
KEPT = "\n\t"

Box = tuple[float, float, float, float]
"""Left, top, width and height in pixels."""


class Ids:
    """Numbers for the shapes of one slide, above those of its placeholders."""

    def __init__(self) -> None:
        self._next = count(100)

    def __call__(self) -> int:
        return next(self._next)


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text without the control signs that XML does not take, and not endlessly long."""
    # Some programs break a line at the narrow space within numbers.
    text = text.replace("\u202f", "\u00a0")
    kept = "".join(
        letter if letter in KEPT or category(letter) not in ("Cc", "Cs", "Cn", "Co") else " "
        for letter in text
    )
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def quoted(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text for XML."""
    return escape(plain(text, longest), quote=True)


def rgba(colour: str) -> tuple[int, int, int, float]:
    """Red, green, blue from 0 to 255 and opacity of a colour as Plotly and CSS write them."""
    colour = (colour or "").strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(2 * letter for letter in colour[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", colour):
        return (*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), 1.0)
    if found := re.fullmatch(r"rgba?\(([\d., %]+)\)", colour):
        parts = [float(part) for part in found[1].split(",")]
        return (*(round(part) for part in parts[:3]), parts[3] if len(parts) > 3 else 1.0)
    return {"white": (255, 255, 255, 1.0), "black": (0, 0, 0, 1.0)}.get(colour, CLEAR)


def fill(colour: str, opacity: float = 1.0) -> str:
    """A fill, none where the colour is clear."""
    *parts, own = rgba(colour)
    if own * opacity <= 0.004:
        return "<a:noFill/>"
    value = "".join(f"{part:02X}" for part in parts)
    alpha = own * opacity
    inside = f'<a:alpha val="{round(alpha * 100000)}"/>' if alpha < 0.996 else ""
    return f'<a:solidFill><a:srgbClr val="{value}">{inside}</a:srgbClr></a:solidFill>'


def stroke(
    colour: str,
    width: float,
    dash: Sequence[float] | None = None,
    opacity: float = 1.0,
    *,
    is_round: bool = False,
) -> str:
    """A line `width` pixels wide; `dash` in widths."""
    if not colour or width <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = ""
    if dash:
        pairs = list(zip(dash[::2], dash[1::2], strict=False))
        inside = "".join(f'<a:ds d="{round(d * 1e5)}" sp="{round(s * 1e5)}"/>' for d, s in pairs)
        dashes = f"<a:custDash>{inside}</a:custDash>"
    cap = "rnd" if is_round else "flat"
    return f'<a:ln w="{round(width * PIXEL)}" cap="{cap}">{fill(colour, opacity)}{dashes}<a:round/></a:ln>'


def parsed(shape: str) -> Any:
    """A shape as an element that can be put onto a slide."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACES}", shape, count=1))


def place(box: Box, turned: float = 0.0) -> str:
    """Where a shape stands, turned by so many degrees clockwise."""
    left, top, width, height = (round(side * PIXEL) for side in box)
    turn = f' rot="{round(turned * 60000) % 21600000}"' if turned else ""
    size = f'cx="{max(width, 1)}" cy="{max(height, 1)}"'
    return f'<a:xfrm{turn}><a:off x="{left}" y="{top}"/><a:ext {size}/></a:xfrm>'


def head(number: int, name: str, about: str = "", *, is_text: bool = False) -> str:
    """Number and name of a shape."""
    told = f' descr="{quoted(about, LONGEST_NAME)}"' if about else ""
    named = quoted(name or f"Shape {number}", LONGEST_NAME)
    inner = '<p:cNvSpPr txBox="1"/>' if is_text else "<p:cNvSpPr/>"
    return f'<p:nvSpPr><p:cNvPr id="{number}" name="{named}"{told}/>{inner}<p:nvPr/></p:nvSpPr>'


def freeform(number: int, name: str, rings: Iterable[np.ndarray], look: str, *, is_closed: bool) -> str:
    """One shape of several rings or lines; "" where nothing is left of them. `look` is fill and line."""
    rings = [ring for ring in rings if len(ring) > 1]
    if not rings:
        return ""
    every = np.concatenate(rings)
    low, high = every.min(axis=0), every.max(axis=0)
    width, height = (max(float(side), 1 / GRID) for side in high - low)
    inside = "".join(_path(np.round((ring - low) * GRID).astype(int), is_closed) for ring in rings)
    if not inside:
        return ""
    unfilled = "" if is_closed else ' fill="none"'
    return (
        f"<p:sp>{head(number, name)}<p:spPr>{place((low[0], low[1], width, height))}<a:custGeom><a:avLst/>"
        '<a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{round(width * GRID)}" h="{round(height * GRID)}"{unfilled}>{inside}</a:path>'
        f"</a:pathLst></a:custGeom>{look}</p:spPr></p:sp>"
    )


def _path(points: np.ndarray, is_closed: bool) -> str:
    moved = np.concatenate([[True], (np.diff(points, axis=0) != 0).any(axis=1)])
    points = points[moved]
    if len(points) < (3 if is_closed else 2):
        return ""
    if is_closed and (points[0] == points[-1]).all():
        points = points[:-1]
    start, *rest = points.tolist()
    steps = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    end = "<a:close/>" if is_closed else ""
    return f'<a:moveTo><a:pt x="{start[0]}" y="{start[1]}"/></a:moveTo>{steps}{end}'


def preset(number: int, name: str, form: str, box: Box, look: str) -> str:
    """A shape that Office knows: rect, ellipse, diamond …"""
    return (
        f"<p:sp>{head(number, name)}<p:spPr>{place(box)}"
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{look}</p:spPr></p:sp>'
    )


def run(
    text: str,
    language: str,
    points: float,
    colour: str,
    *,
    bold: bool = False,
    halo: str = "",
    spacing: float = 0.0,
) -> str:
    """A piece of text; letters of so many points."""
    glow = ""
    if halo:
        red, green, blue, _ = rgba(halo)
        glow = (
            f'<a:effectLst><a:glow rad="25400"><a:srgbClr val="{red:02X}{green:02X}{blue:02X}">'
            '<a:alpha val="80000"/></a:srgbClr></a:glow></a:effectLst>'
        )
    spaced = f' spc="{round(spacing * points * 100)}"' if spacing else ""
    strong = ' b="1"' if bold else ""
    return (
        f'<a:r><a:rPr lang="{LANGUAGES.get(language, language)}" sz="{max(round(points * 100), 100)}"{strong}'
        f'{spaced} dirty="0">{fill(colour)}{glow}<a:latin typeface="{FONT}"/>'
        f'<a:cs typeface="{FONT}"/></a:rPr>'
        f"<a:t>{quoted(text)}</a:t></a:r>"
    )


def text_box(
    number: int,
    name: str,
    box: Box,
    paragraphs: Sequence[str],
    *,
    align: str = "left",
    anchor: str = "ctr",
    wraps: bool = False,
    turned: float = 0.0,
    paper: str = "",
) -> str:
    """A text of its own; `paragraphs` are runs, `paper` the colour that shines through behind them."""
    inside = "".join(f'<a:p><a:pPr algn="{ANCHORS[align]}"/>{runs}</a:p>' for runs in paragraphs)
    return (
        f"<p:sp>{head(number, name, is_text=True)}<p:spPr>{place(box, turned)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill(paper, 0.78)}</p:spPr>'
        f'<p:txBody><a:bodyPr wrap="{"square" if wraps else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{inside}</p:txBody></p:sp>'
    )


def group(number: int, name: str, box: Box, inside: str) -> str:
    """Shapes that belong together; "" where there are none."""
    if not inside:
        return ""
    left, top, width, height = (round(side * PIXEL) for side in box)
    off, ext = f'x="{left}" y="{top}"', f'cx="{width}" cy="{height}"'
    spots = f"<a:off {off}/><a:ext {ext}/><a:chOff {off}/><a:chExt {ext}/>"
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="{quoted(name, LONGEST_NAME)}"/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{spots}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
    )
