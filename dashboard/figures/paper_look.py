"""How large things are on a printed sheet, and the looks that differ in form from those of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from plotly.colors import find_intermediate_color, hex_to_rgb, label_rgb, unlabel_rgb

from dashboard.figures.screen import circle_diameter
from dashboard.figures.style import LAND

COUNT_EDGE = "#444444"  # of a circle that counts sites
NEUTRAL = "#4a4a4a"  # for entries of the legend that explain a form and not a colour
TOTALS_COLOUR, TOTALS_EDGE, TOTALS_OPACITY = "#b8742a", "#8a5a20", 0.5
HOLLOW_EDGE, BUILDING_DOT = 0.26, 0.36  # of the width of a site
SHADE_OPACITY = 0.8  # as on the screen, where land shines through


@dataclass(frozen=True)
class Look:
    """Sizes in pixels on one sheet: letters, the rim of the sheet, a site, the largest circle of totals.

    `line` multiplies the widths that marks have.
    """

    scale: float
    rim: float
    title: float
    body: float
    legend: float
    small: float
    site: float
    line: float
    widest: float

    @classmethod
    def of(cls, width: float, height: float) -> Look:
        """The look of a sheet; a phone's letters are not smaller than can be read."""
        scale = (width * height) ** 0.5 / 1000
        body = min(max(12.5 * scale, 10.0), 20.0)
        return cls(
            scale=scale,
            rim=max(8.0, 20 * scale),
            title=max(14.0, 23 * scale),
            body=body,
            legend=min(max(11.2 * scale, 9.0), 18.0),
            small=min(max(9.4 * scale, 7.6), 15.0),
            site=max(5.0, 8.2 * scale**0.7),
            line=max(0.62, 0.9 * scale**0.6),
            widest=58 * scale**0.9,
        )

    def circle(self, share: float) -> float:
        """Diameter of the circle for a share of the largest total."""
        return circle_diameter(share, 1.0, self.widest)


def opaque(colour: str) -> str:
    """A shade as it looks over land."""
    land, own = hex_to_rgb(LAND), _rgb(colour)
    return label_rgb(tuple(round(v) for v in find_intermediate_color(land, own, SHADE_OPACITY)))


def _rgb(colour: str) -> tuple[float, ...]:
    return unlabel_rgb(colour) if colour.startswith("rgb") else hex_to_rgb(colour)


def dash_of(dash: tuple[float, ...] | None, width: float) -> str:
    """Plotly's dash for lengths in units of the line's width."""
    return "solid" if dash is None else ",".join(f"{length * width:.1f}px" for length in dash)
