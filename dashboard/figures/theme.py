"""The dark theme: what each colour of the maps and charts becomes in a dim room.

Figures are made in the colours of the light theme and kept; the reader's browser puts the partners in
(assets/theme.js). Pale becomes dark and dark becomes pale, so that what tells two colours apart on white does
so on black. Colours of one legend are told apart by people who do not see red or green.
"""

from __future__ import annotations

import re

from dashboard.figures import marks as m
from dashboard.figures.paper_look import SHADE_OPACITY, opaque
from dashboard.figures.style import LAND

DARK = {
    # paper and pale fills
    "#ffffff": "#172026",
    "#f7f8f9": "#1f262b",
    "#fdf6e4": "#2b2618",
    "#eef5f9": "#222a2f",
    "#f5f3ee": "#262c30",
    "#eff2f4": "#242b30",
    "#fbf0d4": "#332a13",
    "#f6eeda": "#322c1c",
    "#eceeef": "#2a353b",
    "#e9e4f0": "#35313a",
    "#e3e8e3": "#2d3439",
    "#e3e6e8": "#333e45",
    "#ffe29a": "#423201",
    "#dfe4e7": "#2f373c",
    "#dfe3e6": "#30383d",
    "#ffdf75": "#443602",
    "#eadfce": "#3f3629",
    "#e7e1c5": "#3d3821",
    "#cfe2ee": "#2c3c45",
    "#d9dde3": "#343c42",
    "#f0d9a0": "#4b3a05",
    "#c9dce8": "#10222e",
    "#bfe0dc": "#284542",
    "#ffd23f": "#ffd23f",
    "#d6d6d6": "#4b5257",
    "#f3cdb9": "#573828",
    "#d8cdea": "#483e56",
    "#cdd4d9": "#3d454a",
    "#c9cdd0": "#4f5a61",
    "#e6c67c": "#5c4818",
    "#c3cbd0": "#454d52",
    "#a8c6d8": "#3f6780",
    # lines, symbols and letters
    "#9cc3dd": "#3c7aa3",
    "#9fbccd": "#33566a",
    "#7cc0dc": "#2b7d8b",
    "#aab3b9": "#777f84",
    "#e69f00": "#f2a900",
    "#b1aca1": "#77736a",
    "#aca79c": "#77736a",
    "#a59f90": "#8f8a7d",
    "#9a9a9a": "#e2e2e2",
    "#8c979d": "#7c8a93",
    "#8b959b": "#77838a",
    "#8a949b": "#8c959b",
    "#b58a3e": "#967242",
    "#e0662d": "#f29d5d",
    "#b8742a": "#d99a55",
    "#8b8577": "#948e82",
    "#d81b60": "#ffb9b7",
    "#c24e00": "#fa786a",
    "#b3478e": "#ed7dde",
    "#6b7780": "#abb8c0",
    "#b35806": "#ed9f3c",
    "#b8500b": "#fd922f",
    "#6f6f6f": "#a8a8a8",
    "#8a6a00": "#ffe27a",
    "#1b7f79": "#97f8fe",
    "#8f6400": "#f9ca7b",
    "#0072b2": "#76a9fe",
    "#6b6a5e": "#b4b3a7",
    "#6f6858": "#b9b2a3",
    "#00796b": "#9df9f5",
    "#1466c0": "#7c96ff",
    "#1565c0": "#b4deff",
    "#8a5a20": "#e6b98a",
    "#7d6200": "#f4ec91",
    "#8d5524": "#fbc47e",
    "#00717f": "#5baba9",
    "#5c6470": "#b4bec6",
    "#a3341c": "#f09c98",
    "#1f5fa8": "#cfecff",
    "#8e2f8e": "#feaafe",
    "#555e66": "#9c9c9c",
    "#7a3f8f": "#f7a0fd",
    "#3f5f7d": "#9ab5c7",
    "#7b3294": "#fab0fe",
    "#0b5f8a": "#7cc4ec",
    "#6a3d9a": "#c2baff",
    "#4d5a63": "#b5c3cc",
    "#0b5c8a": "#6a94d4",
    "#7a4a00": "#b89772",
    "#5e35b1": "#c988fd",
    "#555555": "#c3c3c3",
    "#1e4fa3": "#57a8fe",
    "#4b3fa0": "#b585fb",
    "#8c1d40": "#fc7e80",
    "#4a4a4a": "#cccccc",
    "#444444": "#d1d1d1",
    "#39444c": "#c9d5de",
    "#3d3d3d": "#a4a4a4",
    "#5b2c0a": "#ffe0d5",
    "#333333": "#e1e1e1",
    "#26323a": "#e3ebf0",
    "#2b2b2b": "#a4a4a4",
    "#1c262c": "#e8edf0",
    "#222222": "#efefef",
    "#1a1a1a": "#eeeeee",
    "#111111": "#e2e2e2",
}
"""From each colour of the light theme to its partner."""

# Shading runs from what hardly differs from the land to bright, but stays dark enough for lines and letters.
_RATES = ("#1d1a14", "#39290f", "#523509", "#6b3f06", "#814502", "#964a00")
_LESS, _SAME, _MORE = ("#3a3a5c", "#4f4b85", "#6257a8"), "#343a3e", ("#523509", "#744204", "#964a00")
SHADES = {
    **dict(zip(m.SHADES, _RATES, strict=True)),
    **dict(zip(m.LESS_SHADES, _LESS, strict=True)),
    m.SAME_SHADE: _SAME,
    **dict(zip(m.MORE_SHADES, _MORE, strict=True)),
}
"""Partners of the shades of regions; a shade may look like a line, so they stand apart, spelled rgb(…)."""


def table() -> dict[str, str]:
    """Every colour of maps and charts and its partner, printed shades as they look over land included."""
    over_land = {opaque(light): mixed(DARK[LAND], dark, SHADE_OPACITY) for light, dark in SHADES.items()}
    no_data = {opaque(m.NO_DATA_COLOUR): mixed(DARK[LAND], DARK[m.NO_DATA_COLOUR], SHADE_OPACITY)}
    return over_land | no_data | SHADES | DARK


def mixed(ground: str, colour: str, opacity: float) -> str:
    """A colour as it looks when the ground shines through."""
    pairs = zip(_parts(ground), _parts(colour), strict=True)
    return "#" + "".join(f"{round(under + (own - under) * opacity):02x}" for under, own in pairs)


def css(colour: str) -> str:
    """A colour for the style of an element: its partner where the dark theme is in force."""
    return f"var({_variable(colour)}, {colour})"


def coloured(colour: str) -> dict[str, str]:
    """The style of an element written in a colour."""
    return {"color": css(colour)}


def style_sheet() -> str:
    """Partners as variables: in force on screens, in the dark theme. assets/theme.js reads them too."""
    variables = "".join(f"{_variable(light)}:{dark};" for light, dark in table().items())
    return '@media screen{:root[data-theme="dark"]{' + variables + "}}"


def _variable(colour: str) -> str:
    """--p-0072b2 of #0072b2, --p-179-88-6 of rgb(179,88,6)."""
    return "--p-" + "-".join(re.findall(r"[0-9a-f]+", colour.lower().removeprefix("rgb")))


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
