"""What a strip is drawn with: the ruler of its kilometres, and pieces of a Plotly figure put on it.

Along the way everything is in kilometres, across it in pixels from the top (or, upright, from the left), so
that one description serves a wide screen and a phone.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dashboard.figures.sheet import INK, text_width

TEXT_SIZE = 12
SMALL = 11
HOVER_LETTERS = 58
HEADING = "#4d5a63"
HIT_PX = 64
"""Between points that answer the pointer on a line: Plotly answers at points only."""

Trace = dict[str, Any]


@dataclass(frozen=True)
class Ruler:
    """The kilometres of a strip and the pixels that they take; upright they run downwards."""

    length_km: float
    pixels: float
    is_upright: bool = False

    def px(self, km: float) -> float:
        """Pixels from the start."""
        return km / self.length_km * self.pixels

    def km(self, px: float) -> float:
        """Kilometres that so many pixels stand for."""
        return px / self.pixels * self.length_km

    def at(self, km: Any, across: Any) -> dict[str, Any]:
        """x and y of a place on the way and across it."""
        return {"x": across, "y": km} if self.is_upright else {"x": km, "y": across}


@dataclass
class Drawing:
    """Traces, annotations and shapes that make up a strip."""

    ruler: Ruler
    traces: list[Trace] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    headings_px: float = 0.0  # of the widest heading

    def copy(self) -> Drawing:
        """The same pieces, to which others may be added."""
        pieces = (list(some) for some in (self.traces, self.annotations, self.shapes))
        return Drawing(self.ruler, *pieces, self.headings_px)

    def line(
        self,
        points: Sequence[tuple[float | None, float | None]],
        colour: str,
        width: float,
        dash: str = "solid",
        name: str = "",
    ) -> None:
        """Lines through (km, across); None breaks them."""
        places = self.ruler.at(*(rounded([point[axis] for point in points]) for axis in (0, 1)))
        line = {"color": colour, "width": width} | ({"dash": dash} if dash != "solid" else {})
        trace = {"type": "scatter", "mode": "lines", **places, "line": line, "hoverinfo": "skip"}
        trace["cliponaxis"] = False
        self.traces.append(trace | ({"name": name} if name else {}))

    def strokes(
        self, lines: Sequence[Sequence[tuple[float, float]]], colour: str, dash: str = "solid"
    ) -> None:
        """Many thin lines as one trace."""
        points: list[tuple[float | None, float | None]] = [
            point for line in lines for point in (*line, (None, None))
        ]
        if points:
            self.line(points[:-1], colour, 1, dash)

    def markers(
        self,
        name: str,
        points: Sequence[tuple[float, float]],
        keys: Sequence[str],
        hovers: Sequence[str],
        marker: dict[str, Any],
    ) -> None:
        """Symbols at (km, across) that answer the pointer; `keys` name what they stand for."""
        if not points:
            return
        places = self.ruler.at(*(rounded([point[axis] for point in points]) for axis in (0, 1)))
        self.traces.append(
            {
                **{"type": "scatter", "mode": "markers", "name": name, **places, "marker": marker},
                **{"customdata": list(keys), "hovertext": list(hovers), "hoverinfo": "text"},
                "cliponaxis": False,
            }
        )

    def bars(
        self,
        name: str,
        stretches: Sequence[tuple[float, float]],
        middle: float,
        thickness: float,
        fills: Sequence[str],
        texts: Sequence[str],
        hovers: Sequence[str],
        spare: float = 6.0,
    ) -> None:
        """A row of bands from km to km with their words, which are left out where they do not fit with
        so many pixels to spare.
        """
        if not stretches:
            return
        starts, lengths = zip(*((start, end - start) for start, end in stretches), strict=True)
        along, across = ("y", "x") if self.ruler.is_upright else ("x", "y")
        marker = {"color": list(fills), "line": {"color": "#ffffff", "width": 1}}
        self.traces.append(
            {
                **{"type": "bar", "name": name, "orientation": "v" if self.ruler.is_upright else "h"},
                **{"base": rounded(starts), along: rounded(lengths), across: [middle] * len(starts)},
                **{"width": thickness, "marker": marker, "hovertext": list(hovers), "hoverinfo": "text"},
                **{"text": self.fitting(stretches, texts, spare), "textposition": "inside"},
                **{"insidetextanchor": "middle", "textangle": -90 if self.ruler.is_upright else 0},
                **{"textfont": {"size": SMALL, "color": INK}, "constraintext": "none"},
            }
        )

    def fitting(
        self, stretches: Sequence[tuple[float, float]], texts: Sequence[str], spare: float
    ) -> list[str]:
        """Of each text the longest of its forms, which a | parts, that fits into its stretch."""
        shown = []
        for (start, end), text in zip(stretches, texts, strict=True):
            room = self.ruler.px(end - start) - spare
            fits = [form for form in text.split("|") if text_width(form, SMALL) <= room]
            shown.append(plain(fits[0]) if fits else "")
        return shown

    def rectangle(self, start: float, end: float, near: float, far: float, fill: str) -> None:
        """A filled rectangle under everything else."""
        low, high = self.ruler.at(start, near), self.ruler.at(end, far)
        self.shapes.append(
            {
                **{"type": "rect", "layer": "below", "fillcolor": fill, "line": {"width": 0}},
                **{f"{axis}0": rounded([low[axis]])[0] for axis in "xy"},
                **{f"{axis}1": rounded([high[axis]])[0] for axis in "xy"},
            }
        )

    def write(
        self, text: str, km: float, across: float, anchor: tuple[str, str], colour: str = INK, **rest: Any
    ) -> None:
        """A text with its anchor (horizontal, vertical) at a place on the strip."""
        places = self.ruler.at(km, across)
        note = {axis: rounded([place])[0] for axis, place in places.items()}
        note |= {"text": text, "showarrow": False}
        # Plotly itself centres a text that is placed by the data: not said, which keeps figures small.
        anchors = zip(("xanchor", "yanchor"), anchor, strict=True)
        note |= {name: side for name, side in anchors if side not in ("center", "middle")}
        size = rest.pop("size", TEXT_SIZE)
        font = ({"size": size} if size != TEXT_SIZE else {}) | ({"color": colour} if colour != INK else {})
        self.annotations.append({**note, **({"font": font} if font else {}), **rest})

    def heading(self, text: str, across: float) -> None:
        """The name of a row, before its start."""
        self.headings_px = max(self.headings_px, text_width(text, SMALL))
        if self.ruler.is_upright:
            rest = {"yref": "paper", "yanchor": "bottom", "y": 1, "yshift": 18, "textangle": -90, "x": across}
            rest["xanchor"] = "center"
        else:
            rest = {"xref": "paper", "xanchor": "right", "x": 0, "xshift": -8, "y": across}
            rest["yanchor"] = "middle"
        font = {"size": SMALL, "color": HEADING}
        self.annotations.append({"text": plain(text), "showarrow": False, "font": font, **rest})


def rounded(values: Sequence[float | None]) -> list[float | None]:
    """Values to a tenth, which is finer than a pixel and than any place in the data."""
    return [None if value is None else round(float(value), 1) for value in values]


def plain(text: str) -> str:
    """A text whose signs Plotly does not take for markup."""
    return html.escape(text, quote=False)


def hover(title: str, *lines: str) -> str:
    """What a tooltip says: a title and lines, broken where they are long."""
    shown = [
        f"<b>{'<br>'.join(broken(title))}</b>",
        *(part for line in lines if line for part in broken(line)),
    ]
    return "<br>".join(shown)


def broken(text: str) -> list[str]:
    """A text in lines of a tooltip."""
    return [plain(line) for line in textwrap.wrap(text, HOVER_LETTERS, break_long_words=False)] or [""]


def wave(ruler: Ruler, start: float, end: float, across: float) -> list[tuple[float | None, float | None]]:
    """A wavy line between two kilometres, for a way by ship."""
    waves = max(2, round(ruler.px(end - start) / 14))
    steps = np.linspace(0.0, 1.0, waves * 6 + 1)
    heights = across + 4.0 * np.sin(steps * waves * 2 * np.pi)
    return [(start + step * (end - start), height) for step, height in zip(steps, heights, strict=True)]
