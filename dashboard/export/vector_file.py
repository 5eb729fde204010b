"""A figure as SVG: small, with title, description and language, true text and no pictures in it.

assets/export.js does the same with what the reader's own browser has drawn.
"""

from __future__ import annotations

import math
import re
from html import escape

from dashboard.export import chrome
from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.sheets import file_size, link_of, sheet
from dashboard.shell import ATTRIBUTION

PLACES = re.compile(r'(\s(?:d|transform|points|x|y|width|height|cx|cy)=")([^"]*)"')
LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
SAME_AGAIN = re.compile(r'([ML])(-?[\d.]+,-?[\d.]+)(?:L\2(?=[LMZ"]|$))+')
SHADOW = re.compile(r"text-shadow:[^;\"]*;?")
HALO = "paint-order: stroke; stroke: #ffffff; stroke-width: 2.4px; stroke-linejoin: round;"
HEAD = re.compile(r"<svg\b[^>]*>")
SIDES = re.compile(r'\s(?:width|height|viewBox|role|lang)="[^"]*"')


def svg_file(publication: Publication, size: Size, wishes: Wishes) -> bytes:
    """The sheet as SVG."""
    figure = sheet(publication, size, wishes)
    drawn = chrome.drawn(figure, "svg").decode()
    layout = figure["layout"]
    box = (layout["width"], layout["height"])
    return told(smaller(drawn), box, file_size(figure, size), publication, wishes).encode()


def smaller(svg: str) -> str:
    """Places to 0.1 px, which is all that shows, and halos that programs for drawing understand."""
    return SHADOW.sub(HALO, PLACES.sub(_shorter, svg))


def _shorter(found: re.Match[str]) -> str:
    short = LONG_NUMBER.sub(lambda number: rounded(float(number[0])), found[2])
    return found[1] + SAME_AGAIN.sub(r"\1\2", short) + '"'


def rounded(value: float) -> str:
    """A number to a tenth as JavaScript writes it: halves go up, and no zero behind the point."""
    tenths = math.floor(value * 10 + 0.5)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"


def told(
    svg: str, box: tuple[float, float], size: tuple[float, float], publication: Publication, wishes: Wishes
) -> str:
    """The SVG with its true size, and what it shows in words for who does not see it."""
    words, (title, _) = publication.words, publication.titled(wishes)
    head = SIDES.sub("", HEAD.search(svg)[0])[:-1]
    head += (
        f' width="{size[0]:g}" height="{size[1]:g}" viewBox="0 0 {box[0]:g} {box[1]:g}"'
        f' role="img" lang="{words.language}" xml:lang="{words.language}" aria-labelledby="title desc">'
    )
    link = link_of(publication, wishes)
    said = (
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(publication.alt)}</desc>'
        f"<metadata>{escape(f'Corridor Atlas {publication.atlas.version}. {link}. {words(ATTRIBUTION)}')}"
        "</metadata>"
    )
    return HEAD.sub(lambda _: head + said, svg, count=1)
