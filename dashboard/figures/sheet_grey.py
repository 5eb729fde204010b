"""A finished figure in shades of grey, for paper without colours.

What colour alone tells apart on a map gets another form beside a grey of its own (sheet_forms); shades go
from pale to dark; every other colour becomes a grey as bright as itself. Statuses keep their dashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dashboard.figures import marks as m
from dashboard.figures.paper_look import opaque
from dashboard.figures.sheet_forms import LINE_FORMS, SITE_FORMS
from dashboard.figures.style import LAND, WATER

DARK, LIGHT = 0, 186
"""Ends of the greys of lines and symbols."""

PALEST_SHADE, DARKEST_SHADE = 222, 40
"""Ends of the greys of shaded regions; white is left for those without data."""

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgba?\([^()]*\)")
NO_COLOURS = ("geojson", "locations", "customdata", "lon", "lat", "x", "y", "z", "path", "meta")
TEXTS = ("text", "title", "name", "hovertext")
STYLED = re.compile(r'(style="[^"]*")')


def in_grey(part: Any) -> Any:
    """A figure, or a part of one, without colours."""
    if isinstance(part, dict):
        return {name: _value(name, value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [in_grey(one) for one in part]
    return COLOUR.sub(lambda found: grey_of(found[0]), part) if isinstance(part, str) else part


def _value(name: str, value: Any) -> Any:
    if name in NO_COLOURS:
        return value
    if name in TEXTS and isinstance(value, str):  # what is written stays, the style of a part of it does not
        return STYLED.sub(lambda found: in_grey(found[1]), value)
    return value if name in TEXTS and not isinstance(value, dict) else in_grey(value)


@lru_cache(maxsize=1024)
def grey_of(colour: str) -> str:
    """The grey for one colour; how much shines through it stays."""
    own = own_greys().get(colour.lower())
    if own is not None:
        return own
    red, green, blue, *rest = _numbers(colour)
    level = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return f"rgba({level},{level},{level},{rest[0]:g})" if rest else _hex(level)


def _numbers(colour: str) -> list[float]:
    if colour.startswith("#"):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    return [float(number) for number in colour[colour.index("(") + 1 : -1].split(",")]


@lru_cache(maxsize=1)
def own_greys() -> dict[str, str]:
    """Greys of the colours that tell things apart, as the map has them and as they look over land."""
    # Less, no change, more: from pale to dark, because no grey goes to two sides.
    difference = [*m.LESS_SHADES[::-1], m.SAME_SHADE, *m.MORE_SHADES]
    found = _spread(list(m.CARRIER_COLOURS.values()), DARK, LIGHT)
    found |= {colour: _hex(form.tone) for colour, form in (LINE_FORMS | SITE_FORMS).items()}
    for shades in (difference, list(m.SHADES)):
        found |= _spread(shades, PALEST_SHADE, DARKEST_SHADE)
        found |= _spread([opaque(shade) for shade in shades], PALEST_SHADE, DARKEST_SHADE)
    found |= {LAND: "#f6f6f6", WATER: "#ececec"}
    return found | {m.NO_DATA_COLOUR: "#ffffff", opaque(m.NO_DATA_COLOUR): "#ffffff"}


def _spread(colours: Sequence[str], first: int, last: int) -> dict[str, str]:
    step = (last - first) / max(len(colours) - 1, 1)
    return {colour.lower(): _hex(round(first + number * step)) for number, colour in enumerate(colours)}


def _hex(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"
