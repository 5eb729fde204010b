"""Forms that take the place of colours on grey paper: signs for kinds of sites, cores for groups of lines.

They are put on a finished figure, whose colours say which is which, in the map and in its legend alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import marks as m
from dashboard.figures.style import PAPER

Figure = dict[str, Any]


@dataclass(frozen=True)
class LineForm:
    """A grey, and the colour of the core that runs in the line; "" for none."""

    tone: int
    core: str = ""


@dataclass(frozen=True)
class SiteForm:
    """A grey, the sign by Plotly's name, and how much larger it is than a disc of the same weight."""

    tone: int
    symbol: str
    larger: float = 1.0


BLACK = "#000000"
LINE_FORMS = {
    m.GROUP_COLOURS[group]: form
    for group, form in {
        "trans-caspian": LineForm(80),
        "north-south": LineForm(0, PAPER),
        "china-iran-turkey": LineForm(140),
        "trans-afghan": LineForm(80, PAPER),
        "cku": LineForm(205, BLACK),
        "northern": LineForm(150, BLACK),
        "south-caucasus": LineForm(185),
        "kz-uz-links": LineForm(0),
    }.items()
}
SITE_FORMS = {
    m.SITE_COLOURS[kind]: form
    for kind, form in {
        "joint-cluster": SiteForm(0, "star", 1.35),
        "sez": SiteForm(50, "square", 0.92),
        "industrial-park": SiteForm(120, "circle"),
        "plant": SiteForm(0, "triangle-up", 1.1),
        "logistics-hub": SiteForm(50, "bowtie", 1.1),
        "dry-port": SiteForm(120, "triangle-down", 1.1),
        "trade-centre": SiteForm(0, "cross", 1.05),
    }.items()
}
"""By the colour that each has elsewhere."""

WIDTHS = {PAPER: (1.3, 0.42), BLACK: (1.9, 0.3)}
"""By the colour of a core: how much wider the line is, and the share of it that the core takes."""

LEAST_LINE = 2.2  # pixels of a line with a core
THIRD = 1 / 3
OUTLINES = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle-up": ((0, -1), (1, 0.75), (-1, 0.75)),
    "triangle-down": ((0, 1), (1, -0.75), (-1, -0.75)),
    "bowtie": ((-1, -1), (0, 0), (1, -1), (1, 1), (0, 0), (-1, 1)),
    "cross": tuple(
        (sx * x, sy * y)
        for sx, sy, corners in (
            (1, -1, ((THIRD, 1), (THIRD, THIRD), (1, THIRD))),
            (1, 1, ((1, THIRD), (THIRD, THIRD), (THIRD, 1))),
            (-1, 1, ((THIRD, 1), (THIRD, THIRD), (1, THIRD))),
            (-1, -1, ((1, THIRD), (THIRD, THIRD), (THIRD, 1))),
        )
        for x, y in corners
    ),
    "star": tuple(
        (r * math.sin(math.pi * k / 5), -r * math.cos(math.pi * k / 5))
        for k, r in ((k, 0.45 if k % 2 else 1.05) for k in range(10))
    ),
}
"""The signs of a legend in half widths of their box, y downwards."""


def with_forms(figure: Figure) -> Figure:
    """The figure with forms beside its colours; the one given stays as it is."""
    layout = figure["layout"]
    size = (layout["width"], layout["height"])
    data = [one for trace in figure["data"] for one in _traces(trace)]
    shapes = [one for shape in layout.get("shapes", ()) for one in _shapes(shape, size)]
    return {"data": data, "layout": layout | {"shapes": shapes}}


def _traces(trace: Figure) -> Iterator[Figure]:
    line, marker = trace.get("line", {}), trace.get("marker", {})
    form = LINE_FORMS.get(_code(line.get("color"))) if "lines" in trace.get("mode", "") else None
    if form and form.core:
        wide, core = _with_core(line, form)
        yield trace | {"line": wide}
        told = ("customdata", "text", "hovertemplate", "hovertext")
        yield {name: value for name, value in trace.items() if name not in told} | {
            "line": core,
            "mode": "lines",
            "hoverinfo": "skip",
        }
    elif "markers" in trace.get("mode", "") and isinstance(marker.get("color"), list | tuple | str):
        yield trace | {"marker": _signs(marker, trace)}
    else:
        yield trace


def _code(colour: Any) -> str:
    return colour.lower() if isinstance(colour, str) else ""


def _with_core(line: Figure, form: LineForm) -> tuple[Figure, Figure]:
    """A line a little wider, and the core that runs in it with the same dashes."""
    wider, share = WIDTHS[form.core]
    width = max(wider * float(line.get("width", 2)), LEAST_LINE)
    return line | {"width": round(width, 2)}, line | {"width": round(share * width, 2), "color": form.core}


def _signs(marker: Figure, trace: Figure) -> Figure:
    """The marker with a sign for each point whose fill, or edge where it is hollow, is that of a site."""
    many = isinstance(marker["color"], list | tuple)
    count = len(marker["color"]) if many else 1
    edges = marker.get("line", {}).get("color")
    forms = [_site_form(_nth(marker["color"], n), _nth(edges, n)) for n in range(count)]
    if not any(forms):
        return marker
    sizes = [
        round(float(_nth(marker.get("size", 6), n)) * (form.larger if form else 1), 1)
        for n, form in enumerate(forms)
    ]
    symbols = [
        form.symbol if form else _nth(marker.get("symbol", "circle"), n) for n, form in enumerate(forms)
    ]
    return marker | {"symbol": symbols if many else symbols[0], "size": sizes if many else sizes[0]}


def _nth(value: Any, number: int) -> Any:
    return value[number] if isinstance(value, list | tuple) else value


def _site_form(fill: Any, edge: Any) -> SiteForm | None:
    return SITE_FORMS.get(_code(fill)) or (SITE_FORMS.get(_code(edge)) if _code(fill) == PAPER else None)


def _shapes(shape: Figure, size: tuple[float, float]) -> Iterator[Figure]:
    """The pieces of a legend: lines with their cores, discs as signs."""
    line = shape.get("line", {})
    form, site = LINE_FORMS.get(_code(line.get("color"))), SITE_FORMS.get(_code(shape.get("fillcolor")))
    if shape["type"] == "path" and form and form.core:
        wide, core = _with_core(line, form)
        yield shape | {"line": wide}
        yield shape | {"line": core}
    elif shape["type"] == "circle" and site and site.symbol in OUTLINES:
        yield _sign(shape, site, size)
    else:
        yield shape


def _sign(shape: Figure, form: SiteForm, size: tuple[float, float]) -> Figure:
    """A disc of a legend as the outline of a sign."""
    x, y = (shape["x0"] + shape["x1"]) / 2, (shape["y0"] + shape["y1"]) / 2
    half = form.larger * abs(shape["x1"] - shape["x0"]) * size[0] / 2
    points: Sequence[tuple[float, float]] = [
        (x + across * half / size[0], y - down * half / size[1]) for across, down in OUTLINES[form.symbol]
    ]
    steps = "L".join(f"{a:.6f},{b:.6f}" for a, b in points)
    kept = {name: value for name, value in shape.items() if name not in ("x0", "x1", "y0", "y1")}
    return kept | {"type": "path", "path": f"M{steps}Z"}
