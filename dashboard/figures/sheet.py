"""A sheet to write and draw on in pixels, with texts as wide as the font that draws them makes them.

What is put on a sheet becomes annotations and shapes of a Plotly figure without margins.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PIL import ImageFont

# The page's own fonts (assets/atlas.css), and the files in which systems keep them: regular and bold.
FONT_FAMILY = '"Noto Sans", "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
FONT_FILES = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("Roboto-Regular.ttf", "Roboto-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
MEASURED_AT = 100  # pixels; widths grow with the size
SPARE = 1.03  # browsers round letters to the grid of the screen
ONE_LINE = re.compile("[\t\n\r\u2028\u2029]+")
"""Breaks within a text of the data; a drawing has lines of its own, and Pillow measures none of them."""
WIDEST_LETTER, WIDEST_BOLD = 0.68, 0.74  # in sizes, where no font file is found
LINE_HEIGHT = 1.3  # sizes, as Plotly sets lines
BOX_HEIGHT = 1.4  # sizes that one line of text takes with its ascenders and descenders

INK, QUIET = "#1c262c", "#4d5a63"


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont | None:
    for files in FONT_FILES:
        try:
            return ImageFont.truetype(files[bold], MEASURED_AT)
        except OSError:
            continue
    return None


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that one line of text takes."""
    font = _font(bold)
    if font is None:
        return len(text) * size * (WIDEST_BOLD if bold else WIDEST_LETTER)
    return font.getlength(ONE_LINE.sub(" ", text)) * size / MEASURED_AT * SPARE


def text_height(lines: Sequence[str], size: float) -> float:
    """Pixels that lines of text take from the top of the first to the bottom of the last."""
    return ((len(lines) - 1) * LINE_HEIGHT + BOX_HEIGHT) * size if lines else 0.0


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width` pixels; a longer word is cut.

    Lines end at ordinary spaces only: the narrow ones within numbers and dates hold them together.
    """
    lines: list[str] = []
    text = ONE_LINE.sub(" ", text)
    for word in (part for whole in text.split(" ") if whole for part in _parts(whole, size, width, bold)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _parts(word: str, size: float, width: float, bold: bool) -> list[str]:
    wide = text_width(word, size, bold)
    if wide <= width:
        return [word]
    return textwrap.wrap(word, max(1, int(len(word) * width / wide * 0.9)))


@dataclass
class Sheet:
    """What is written and drawn on a figure of `width` by `height` pixels, from the upper left corner."""

    width: float
    height: float
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float,
        *,
        anchor: tuple[str, str] = ("left", "top"),
        bold: bool = False,
        colour: str = INK,
        halo: bool = False,
        name: str = "",
    ) -> None:
        """Put lines of text with their box at (x, y); `anchor` says which point of the box that is."""
        if not lines:
            return
        font = {"family": FONT_FAMILY, "size": round(size, 2), "color": colour}
        if bold:
            font["weight"] = 700
        if halo:
            font["shadow"] = HALO
        self.annotations.append(
            {
                "x": round(x / self.width, 6),
                "y": round(1 - y / self.height, 6),
                "xref": "paper",
                "yref": "paper",
                "xanchor": anchor[0],
                "yanchor": anchor[1],
                "align": anchor[0],
                "text": "<br>".join(html.escape(line, quote=False) for line in lines),
                "font": font,
                "showarrow": False,
                "borderpad": 0,
                "borderwidth": 0,
                **({"name": name} if name else {}),
            }
        )

    def rectangle(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        fill: str,
        edge: str = "",
        width: float = 0.8,
    ) -> None:
        """Draw a filled rectangle."""
        self._shape("rect", (left, top, right, bottom), fill, edge, width)

    def circle(
        self, x: float, y: float, diameter: float, fill: str, edge: str = "", width: float = 1.0
    ) -> None:
        """Draw a circle round (x, y)."""
        half = diameter / 2
        self._shape("circle", (x - half, y - half, x + half, y + half), fill, edge, width)

    def _shape(
        self, kind: str, corners: tuple[float, float, float, float], fill: str, edge: str, width: float
    ) -> None:
        x0, y0, x1, y1 = corners
        place = {"x0": x0 / self.width, "x1": x1 / self.width}
        place |= {"y0": 1 - y0 / self.height, "y1": 1 - y1 / self.height}
        line = {"color": edge, "width": width} if edge else {"width": 0}
        self.shapes.append(
            {
                "type": kind,
                "xref": "paper",
                "yref": "paper",
                **{name: round(value, 6) for name, value in place.items()},
                "fillcolor": fill,
                "line": line,
            }
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        width: float = 1.0,
        dash: str = "solid",
        fill: str = "",
    ) -> None:
        """Draw a line through points; with `fill` the shape they close."""
        steps = [f"{x / self.width:.6f},{1 - y / self.height:.6f}" for x, y in points]
        self.shapes.append(
            {
                "type": "path",
                "xref": "paper",
                "yref": "paper",
                "path": "M" + "L".join(steps) + ("Z" if fill else ""),
                "fillcolor": fill or "rgba(0,0,0,0)",
                "line": {"color": colour, "width": round(width, 2), "dash": dash},
            }
        )


def _halo(reach: float) -> str:
    """A text shadow in paper colour on every side."""
    ends = [(x, y) for x in (-reach, 0, reach) for y in (-reach, 0, reach) if x or y]
    return ", ".join(f"{x}px {y}px 1px #fff" for x, y in ends)


HALO = _halo(1)
