"""A drawn figure as native shapes: strips, and charts that no chart of Office can show.

Takes the plain Plotly figure of a sheet with cartesian axes: bars, lines, markers, shapes and texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from numbers import Real
from typing import Any

import numpy as np

from dashboard.figures.sheet import INK, LINE_HEIGHT, text_width
from dashboard.present import pptx_xml as x

Figure = dict[str, Any]
DASHES = {"dash": (3.0, 2.0), "dot": (1.0, 1.2), "dashdot": (3.0, 1.5, 1.0, 1.5), "longdash": (5.0, 2.0)}
FORMS = {"circle": "ellipse", "square": "rect", "diamond": "diamond", "triangle-up": "triangle"}
PIECE = re.compile(r"(<[^>]*>)")
NUMBERS = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
BREAK = re.compile(r"<br ?/?>")
READY = frozenset({"bar", "scatter"})


def can_draw(figure: Figure) -> bool:
    """Whether all of a figure can become shapes: its traces are bars, lines and markers over numbers."""
    return all(
        trace.get("type", "scatter") in READY
        and all(one is None or isinstance(one, Real) for axis in "xy" for one in listed(trace.get(axis)))
        for trace in figure["data"]
    )


@dataclass(frozen=True)
class Canvas:
    """A figure laid into a box of a slide, `scale` times as large."""

    figure: Figure
    left: float
    top: float
    scale: float
    language: str
    ids: x.Ids

    @classmethod
    def of(cls, figure: Figure, box: x.Box, language: str, ids: x.Ids) -> Canvas:
        """The figure as large as it fits, in the middle of the box from left to right."""
        width, height = figure["layout"]["width"], figure["layout"]["height"]
        scale = min(box[2] / width, box[3] / height)
        return cls(figure, box[0] + (box[2] - width * scale) / 2, box[1], scale, language, ids)

    @property
    def plot(self) -> tuple[float, float, float, float]:
        """The part of the figure inside the margins: left, top, width, height in its own pixels."""
        layout = self.figure["layout"]
        margin = {side: float(layout.get("margin", {}).get(side, 0)) for side in "ltrb"}
        width = layout["width"] - margin["l"] - margin["r"]
        return margin["l"], margin["t"], width, layout["height"] - margin["t"] - margin["b"]

    def across(self, value: float, ref: str = "x") -> float:
        """Where a value of an axis, or of "paper", lies: pixels of the slide."""
        left, _, width, _ = self.plot
        return self.left + self.scale * (left + width * self._share(value, ref, "x"))

    def down(self, value: float, ref: str = "y") -> float:
        """The same from the top."""
        _, top, _, height = self.plot
        return self.top + self.scale * (top + height * (1 - self._share(value, ref, "y")))

    def _share(self, value: float, ref: str, letter: str) -> float:
        if ref == "paper":
            return float(value)
        name, _, is_domain = (ref or letter).partition(" ")
        axis = self.axis(name)
        low, high = axis.get("domain", (0.0, 1.0))
        if is_domain:
            return low + float(value) * (high - low)
        start, end = axis.get("range") or (0.0, 1.0)
        return low + (float(value) - start) / ((end - start) or 1.0) * (high - low)

    def axis(self, ref: str) -> dict[str, Any]:
        """The axis of a reference such as "x2"."""
        return self.figure["layout"].get(f"{ref[0]}axis{ref[1:]}", {})


def figure_shapes(figure: Figure, box: x.Box, language: str, ids: x.Ids, name: str) -> str:
    """The figure as one group of named shapes and texts in a box of a slide."""
    canvas = Canvas.of(figure, box, language, ids)
    layout = figure["layout"]
    shapes, notes = layout.get("shapes", ()), layout.get("annotations", ())
    below = [one for one in shapes if one.get("layer") == "below"]
    above = [one for one in shapes if one.get("layer") != "below"]
    parts = [
        *(_shape(canvas, one) for one in below),
        *_axes(canvas),
        *(piece for trace in figure["data"] for piece in _trace(canvas, trace)),
        *(_shape(canvas, one) for one in above),
        *(_note(canvas, one) for one in notes),
    ]
    size = (layout["width"] * canvas.scale, layout["height"] * canvas.scale)
    return x.group(ids(), name, (canvas.left, canvas.top, *size), "".join(parts))


def _look(canvas: Canvas, one: Figure, fill: str, opacity: float = 1.0) -> str:
    line = one.get("line") or {}
    colour, width = line.get("color", ""), float(line.get("width", 0 if fill else 1))
    dash = dash_of(line.get("dash"), width)
    return x.fill(fill, opacity) + x.stroke(colour, width * canvas.scale, dash, opacity)


def dash_of(dash: str | None, width: float) -> tuple[float, ...] | None:
    """A dash as Plotly writes it, in widths."""
    if not dash or dash == "solid":
        return None
    if dash in DASHES:
        return DASHES[dash]
    lengths = [float(one) / (width or 1.0) for one in NUMBERS.findall(dash)]
    return tuple(lengths) if len(lengths) % 2 == 0 and lengths else None


def _shape(canvas: Canvas, one: Figure) -> str:
    xref, yref = one.get("xref", "x"), one.get("yref", "y")
    fill, opacity = one.get("fillcolor", ""), float(one.get("opacity", 1))
    look, number = _look(canvas, one, fill, opacity), canvas.ids()
    if one["type"] == "path":
        numbers = [float(v) for v in NUMBERS.findall(one["path"])]
        points = np.array(
            [
                (canvas.across(a, xref), canvas.down(b, yref))
                for a, b in zip(numbers[::2], numbers[1::2], strict=False)
            ]
        )
        is_closed = one["path"].rstrip().endswith("Z")
        return x.freeform(number, f"Line {number}", [points], look, is_closed=is_closed)
    sides = (
        [canvas.across(one[k], xref) for k in ("x0", "x1")],
        [canvas.down(one[k], yref) for k in ("y0", "y1")],
    )
    if one["type"] == "line":
        return x.freeform(
            number, f"Line {number}", [np.array(list(zip(*sides, strict=True)))], look, is_closed=False
        )
    (x0, x1), (y0, y1) = (sorted(pair) for pair in sides)
    form = "ellipse" if one["type"] == "circle" else "rect"
    return x.preset(number, f"Shape {number}", form, (x0, y0, x1 - x0, y1 - y0), look)


def _axes(canvas: Canvas) -> Iterator[str]:
    """Grid, axis lines and the texts of ticks."""
    for name, axis in canvas.figure["layout"].items():
        if not re.fullmatch(r"[xy]axis\d*", name) or axis.get("visible") is False or "range" not in axis:
            continue
        letter, ref = name[0], name[0] + name[5:]
        other = axis.get("anchor", ("y" if letter == "x" else "x") + name[5:])
        ends = _ends(canvas, other, letter)
        at = ends[1] if axis.get("side") in ("top", "right") else ends[0]
        if other == "free":
            at = (
                canvas.down(axis["position"], "paper")
                if letter == "x"
                else canvas.across(axis["position"], "paper")
            )
        vals = axis.get("tickvals") or ()
        texts = axis.get("ticktext") or [f"{one:g}" for one in vals]
        font = axis.get("tickfont", {})
        for value, text in zip(vals, texts, strict=False):
            here = canvas.across(value, ref) if letter == "x" else canvas.down(value, ref)
            if axis.get("showgrid"):
                yield _rule(canvas, letter, here, ends, axis.get("gridcolor", "#e3e6e8"))
            yield _tick(canvas, letter, here, at, text, font, axis)
        if axis.get("showline"):
            span = (
                [canvas.across(v, ref) for v in axis["range"]]
                if letter == "x"
                else [canvas.down(v, ref) for v in axis["range"]]
            )
            yield _rule(canvas, "y" if letter == "x" else "x", at, span, axis.get("linecolor", "#8c979d"))


def _ends(canvas: Canvas, other: str, letter: str) -> tuple[float, float]:
    """Where the far and near end of the axis across lie."""
    if other == "free" or not canvas.axis(other):
        low, high = 0.0, 1.0
    else:
        low, high = canvas.axis(other).get("domain", (0.0, 1.0))
    if letter == "x":
        return canvas.down(low, "paper"), canvas.down(high, "paper")
    return canvas.across(low, "paper"), canvas.across(high, "paper")


def _rule(canvas: Canvas, letter: str, here: float, ends: Iterable[float], colour: str) -> str:
    start, end = ends
    points = [(here, start), (here, end)] if letter == "x" else [(start, here), (end, here)]
    number, look = canvas.ids(), x.fill("") + x.stroke(colour, max(canvas.scale, 0.5))
    return x.freeform(number, f"Rule {number}", [np.array(points)], look, is_closed=False)


def _tick(canvas: Canvas, letter: str, here: float, at: float, text: str, font: Figure, axis: Figure) -> str:
    away = (float(axis.get("ticklen", 0) if axis.get("ticks") else 0) + 4) * canvas.scale
    if letter == "x":
        is_top = axis.get("side") == "top"
        point, anchors = (here, at - away if is_top else at + away), ("center", "bottom" if is_top else "top")
    else:
        point, anchors = (at - away, here), ("right", "middle")
    return _text(canvas, text, point, anchors, font)


def _trace(canvas: Canvas, trace: Figure) -> Iterator[str]:
    if trace.get("visible", True) is not True:
        return
    if trace.get("type") == "bar":
        yield from _bars(canvas, trace)
        return
    mode = trace.get("mode", "lines")
    xs, ys = listed(trace.get("x")), listed(trace.get("y"))
    refs = trace.get("xaxis", "x"), trace.get("yaxis", "y")
    points = [
        None if a is None or b is None else (canvas.across(a, refs[0]), canvas.down(b, refs[1]))
        for a, b in zip(xs, ys, strict=False)
    ]
    opacity = float(trace.get("opacity", 1))
    if "lines" in mode or trace.get("fill") == "toself":
        yield _line(canvas, trace, points, mode, opacity)
    if "markers" in mode:
        yield from _markers(canvas, trace, points, opacity)
    if "text" in mode:
        yield from _labels(canvas, trace, points)


def _line(canvas: Canvas, trace: Figure, points: list, mode: str, opacity: float) -> str:
    pieces: list[list] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(point)
    is_area = trace.get("fill") == "toself"
    one = {"line": trace.get("line", {}) if "lines" in mode else {"width": 0}}
    look = _look(canvas, one, trace.get("fillcolor", "") if is_area else "", opacity)
    rings = [np.array(piece) for piece in pieces if len(piece) > 1]
    number = canvas.ids()
    return x.freeform(number, trace.get("name") or f"Line {number}", rings, look, is_closed=is_area)


def _markers(canvas: Canvas, trace: Figure, points: list, opacity: float) -> Iterator[str]:
    marker = trace.get("marker", {})
    line = marker.get("line", {})
    texts = listed(trace.get("hovertext") or trace.get("text"))
    for i, point in enumerate(points):
        size = float(at(marker.get("size", 6), i) or 0)
        if point is None or not size:
            continue
        symbol = str(at(marker.get("symbol", "circle"), i))
        colour, width = at(marker.get("color", INK), i), float(at(line.get("width", 0), i) or 0)
        edge = at(line.get("color", ""), i) or ""
        if symbol.endswith("-open"):
            colour, edge, width = "", colour, width or 1.5
        seen = opacity * float(at(marker.get("opacity", 1), i) or 0)
        wide = size * canvas.scale * (1.25 if "diamond" in symbol else 1)
        box = (point[0] - wide / 2, point[1] - wide / 2, wide, wide)
        number = canvas.ids()
        name = spoken(str(texts[i])) if i < len(texts) and texts[i] else trace.get("name", "")
        form = FORMS.get(
            symbol.removesuffix("-open"), "mathMultiply" if symbol.startswith("x") else "ellipse"
        )
        look = x.fill(colour, seen) + x.stroke(edge, width * canvas.scale, None, seen)
        yield x.preset(number, name or f"Point {number}", form, box, look)


def _labels(canvas: Canvas, trace: Figure, points: list) -> Iterator[str]:
    texts = listed(trace.get("text"))
    for i, (point, text) in enumerate(zip(points, texts, strict=False)):
        if point is None or not text:
            continue
        where = str(at(trace.get("textposition", "middle center"), i))
        down = "bottom" if "top" in where else "top" if "bottom" in where else "middle"
        across = "right" if "left" in where else "left" if "right" in where else "center"
        yield _text(canvas, str(text), point, (across, down), trace.get("textfont", {}))


def _bars(canvas: Canvas, trace: Figure) -> Iterator[str]:
    is_flat = trace.get("orientation") == "h"
    refs = trace.get("xaxis", "x"), trace.get("yaxis", "y")
    lengths, places = listed(trace["x" if is_flat else "y"]), listed(trace["y" if is_flat else "x"])
    marker = trace.get("marker", {})
    texts, hovers = listed(trace.get("text")), listed(trace.get("hovertext"))
    for i, (length, middle) in enumerate(zip(lengths, places, strict=False)):
        if length is None or middle is None:
            continue
        base, half = float(at(trace.get("base", 0), i) or 0), float(at(trace.get("width", 0.8), i)) / 2
        ends, sides = (base, base + length), (middle - half, middle + half)
        xs = [canvas.across(v, refs[0]) for v in (ends if is_flat else sides)]
        ys = [canvas.down(v, refs[1]) for v in (sides if is_flat else ends)]
        box = (min(xs), min(ys), abs(xs[1] - xs[0]), abs(ys[1] - ys[0]))
        line = marker.get("line", {})
        edge, width = at(line.get("color", ""), i) or "", float(at(line.get("width", 0), i) or 0)
        number, told = (
            canvas.ids(),
            (hovers[i] if i < len(hovers) else "") or (texts[i] if i < len(texts) else ""),
        )
        look = x.fill(at(marker.get("color", "#0072b2"), i), float(at(marker.get("opacity", 1), i)))
        look += x.stroke(edge, width * canvas.scale)
        yield x.preset(number, spoken(str(told)) or f"Bar {number}", "rect", box, look)
        if i < len(texts) and texts[i] and trace.get("textposition") != "none":
            point = (box[0] + box[2] / 2, box[1] + box[3] / 2)
            yield _text(canvas, str(texts[i]), point, ("center", "middle"), trace.get("textfont", {}))


def _note(canvas: Canvas, note: Figure) -> str:
    if note.get("visible") is False or not note.get("text"):
        return ""
    xref, yref = note.get("xref", "x"), note.get("yref", "y")
    point = (
        canvas.across(note.get("x", 0.5), xref) + float(note.get("xshift", 0)) * canvas.scale,
        canvas.down(note.get("y", 0.5), yref) - float(note.get("yshift", 0)) * canvas.scale,
    )
    anchors = note.get("xanchor", "auto"), note.get("yanchor", "auto")
    anchors = (
        _automatic(anchors[0], note.get("x", 0.5), xref, ("left", "center", "right")),
        _automatic(anchors[1], note.get("y", 0.5), yref, ("bottom", "middle", "top")),
    )
    align, halo = note.get("align", "center"), "#ffffff" if note.get("font", {}).get("shadow") else ""
    font = canvas.figure["layout"].get("font", {}) | note.get("font", {})
    back = note.get("bgcolor", "")
    return _text(
        canvas, note["text"], point, anchors, font, align, float(note.get("textangle", 0) or 0), halo, back
    )


def _automatic(anchor: str, value: float, ref: str, three: tuple[str, str, str]) -> str:
    if anchor != "auto":
        return anchor
    if ref != "paper":
        return three[1]
    return three[0] if value <= 1 / 3 else three[2] if value >= 2 / 3 else three[1]


def _text(
    canvas: Canvas,
    text: str,
    point: tuple[float, float],
    anchors: tuple[str, str],
    font: Figure,
    align: str = "",
    angle: float = 0.0,
    halo: str = "",
    back: str = "",
) -> str:
    """Letters with their box at a point of the slide; `anchors` say which point of the box that is."""
    size = float(font.get("size", 12)) * canvas.scale
    colour, is_bold = font.get("color", INK), font.get("weight", 400) not in (400, "normal")
    lines = [_runs(line, is_bold) for line in BREAK.split(text)]
    width = max(sum(text_width(part, size, bold) for part, bold in line) for line in lines) + 1
    height = len(lines) * LINE_HEIGHT * size
    turn = math.radians(angle)
    wide = abs(width * math.cos(turn)) + abs(height * math.sin(turn))
    high = abs(width * math.sin(turn)) + abs(height * math.cos(turn))
    middle_x = point[0] + {"left": 0.5, "center": 0.0, "right": -0.5}[anchors[0]] * wide
    middle_y = point[1] + {"top": 0.5, "middle": 0.0, "bottom": -0.5}[anchors[1]] * high
    box = (middle_x - width / 2, middle_y - height / 2, width, height)
    paragraphs = [
        "".join(
            x.run(part, canvas.language, size * 0.75, colour, bold=bold, halo=halo) for part, bold in line
        )
        for line in lines
    ]
    number = canvas.ids()
    behind = x.preset(canvas.ids(), "Paper", "rect", box, x.fill(back) + x.stroke("", 0)) if back else ""
    return behind + x.text_box(
        number, spoken(text) or f"Text {number}", box, paragraphs, align=align or anchors[0], turned=angle
    )


def _runs(line: str, is_bold: bool) -> list[tuple[str, bool]]:
    """Pieces of a line with whether they are bold; other tags are left out."""
    out, bold = [], is_bold
    for piece in PIECE.split(line):
        if piece in ("<b>", "</b>"):
            bold = is_bold or piece == "<b>"
        elif piece and not piece.startswith("<"):
            out.append((unescape(piece), bold))
    return out or [("", is_bold)]


def spoken(text: str) -> str:
    """A text without tags, in one line."""
    return unescape(PIECE.sub("", BREAK.sub(" · ", text))).strip()


def at(value: Any, i: int) -> Any:
    """The value of one point, of a list or the same for all."""
    if isinstance(value, list | tuple | np.ndarray):
        return value[i] if i < len(value) else None
    return value


def listed(values: Any) -> list:
    """Values as a list, None for what is missing."""
    if values is None or isinstance(values, str):
        return []
    return [None if isinstance(one, float) and math.isnan(one) else one for one in values]
