"""The map for publishing: the marks of the screen map in a conic equal-area projection, as vectors.

One sheet of any size in pixels holds all that a map must say: title, what is shaded, legend, scale bar,
sources, date, disclaimer. The map fills its rectangle of the sheet exactly. Where regions are too small for
their names an inset enlarges them, and what still has no room is numbered, with a key under the map.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.figures import marks as m
from dashboard.figures import paper_legend as legend
from dashboard.figures import projection
from dashboard.figures.paper_crowds import MOST_NAMED, Crowd, crowd_of
from dashboard.figures.paper_ground import Ground
from dashboard.figures.paper_hover import answering
from dashboard.figures.paper_labels import Asked, city_of_region
from dashboard.figures.paper_look import Look
from dashboard.figures.paper_pane import Pane
from dashboard.figures.paper_plan import Plan, Texts, Wish, written
from dashboard.figures.placing import Box
from dashboard.figures.projection import Frame, Window
from dashboard.figures.sheet import FONT_FAMILY, Sheet
from dashboard.figures.style import PAPER
from dashboard.text import Words
from layers import Atlas

SMALLEST_SHEET, LARGEST_SHEET = 240, 4000  # pixels along one side
SMALLEST_ON_SCREEN, LARGEST_ON_SCREEN, LONGEST_SIDE = 200, 2400, 4  # pixels, times the other side
ENLARGED = ("UZ-TK", "UZ-TO", "UZ-SI", "UZ-NG", "UZ-AN", "UZ-FA")
TALLEST, HIGHER_BY = 1.2, 20  # widths, pixels: how high a map makes a sheet whose height gives way
NUMBERED_TO = 500  # pixels that such a sheet is wide
SPARE_HEIGHT = 1.6  # a map of an area is at most so much higher than the area needs
LEADERS_TO = 4500.0  # metres a pixel: a map of a larger area has names only where they fit
HOVER_REACH = 9  # pixels
WIDE_SPACE = "\u2003 "

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
}
"""How Plotly shows the figure: it stands still, because its names are placed for one window."""

Area = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


@dataclass(frozen=True)
class Parts:
    """What a printed map has besides its marks."""

    legend: bool = True
    labels: bool = True
    scale_bar: bool = True


WHOLE = Parts()


@dataclass(frozen=True, eq=False)
class View:
    """What one printed map shows, and where: `area` fills its frame, the two countries when that is None."""

    marks: m.MapMarks
    atlas: Atlas
    ground: Ground
    words: Words
    area: Area | None = None
    parts: Parts = WHOLE

    @cached_property
    def crowd(self) -> Crowd:
        """What there is too much of to be shown one by one."""
        return crowd_of(self.marks, self.area)

    @property
    def has_numbers(self) -> bool:
        """Are regions whose names find no room numbered, with a key?"""
        return not self.area and "labels" in self.marks.shown and len(self.atlas.regions) <= MOST_NAMED

    @property
    def bounds(self) -> Window:
        """What the frame must show, in metres of the projection."""
        return projection.box_of(self.area) if self.area else tuple(self.ground.regions.total_bounds)

    def number_of(self, regions: Sequence[str]) -> dict[str, int]:
        """Numbers for regions, in the order of their names."""
        names = {region: self.words.name(self.atlas.regions.loc[region]) for region in regions}
        return {region: i for i, region in enumerate(sorted(names, key=names.get), start=1)}

    def wish(self, numbers: dict[str, int]) -> Wish:
        """What must find room round the map."""
        words, regions = self.words, self.atlas.regions
        # Numbers and names hold together: lines break at ordinary spaces.
        named = (f"{n} {words.name(regions.loc[i])}".replace(" ", "\u00a0") for i, n in numbers.items())
        west, south, east, north = self.bounds
        shape = (east - west) / (north - south)
        return Wish(
            tuple(legend.entries_of(self.marks, words, self.crowd.sites)) if self.parts.legend else (),
            "" if self.area else words("Enlarged: Tashkent, Syrdarya and the Fergana valley"),
            WIDE_SPACE.join(named),
            shape,
            SPARE_HEIGHT / shape if self.area else 3.0,
        )


def size_of(renderer: str | None) -> tuple[int, int] | None:
    """Width and height of what a browser has asked for as "paper:800x600"; None where that is no such text.

    A frame far wider or higher than a map gets a map that leaves some of it free: its names take long.
    """
    found = re.fullmatch(r"paper:(\d{2,4})x(\d{2,4})", renderer or "", re.ASCII)
    if not found:
        return None
    width, height = (min(max(int(side), SMALLEST_ON_SCREEN), LARGEST_ON_SCREEN) for side in found.groups())
    return min(width, LONGEST_SIDE * height), min(height, LONGEST_SIDE * width)


def paper_map(
    marks: m.MapMarks,
    atlas: Atlas,
    ground: Ground,
    words: Words,
    size: tuple[int, int],
    texts: Texts | None = None,
    selected: tuple[str, ...] = (),
    area: Area | None = None,
    parts: Parts = WHOLE,
) -> dict[str, Any]:
    """The figure as a plain dict, `size` (width, height) in pixels.

    Without `texts` it is the map alone, with names and scale bar, for a page that says the rest; its lines
    answer the pointer. With an `area` (degrees) that fills the frame and not the two countries.
    """
    view = View(_labelled(marks, parts), atlas, ground, words, area, parts)
    numbered: set[str] = set()
    while True:
        sheet = Sheet(*(min(max(int(side), SMALLEST_SHEET), LARGEST_SHEET) for side in size))
        plan, panes, missing = _drawn(view, sheet, texts, view.number_of(sorted(numbered)))
        if not missing - numbered:
            break
        numbered |= missing
    marks = view.marks
    data = [t for pane in panes for t in pane.data(marks, atlas, plan.look, words, selected)]
    if texts is None:
        data += answering(marks, atlas, panes[0].spots, panes[0].frame, words, view.crowd)
    return {"data": data, "layout": _layout(sheet, panes)}


def points_of(figure: dict[str, Any]) -> int:
    """How many places a figure holds in its lines and shapes: what it takes of memory."""
    lines = sum(len(trace.get("lon", ())) for trace in figure["data"])
    shapes = (one["geometry"]["coordinates"] for t in figure["data"] for one in _features_of(t))
    return lines + sum(len(ring) for shape in shapes for polygon in shape for ring in polygon)


def _features_of(trace: dict[str, Any]) -> list[dict[str, Any]]:
    return trace["geojson"]["features"] if "geojson" in trace else []


def needed_height(
    marks: m.MapMarks,
    atlas: Atlas,
    ground: Ground,
    words: Words,
    width: int,
    least: int,
    texts: Texts,
    area: Area | None = None,
    parts: Parts = WHOLE,
) -> int:
    """How high a sheet of a width must be, `least` or more, for its map to be as high as it needs."""
    view = View(_labelled(marks, parts), atlas, ground, words, area, parts)
    # On a sheet as small as this the regions of the two countries are numbered, with a key under the map.
    numbered = list(atlas.regions.index) if view.has_numbers and width <= NUMBERED_TO else []
    wish = view.wish(view.number_of(numbered))
    for height in range(least, LARGEST_SHEET, HIGHER_BY):
        plan = written(Sheet(width, height), Look.of(width, height), texts, wish)
        if plan.legend_fits and plan.map.height >= plan.map.width * min(1 / wish.shape, TALLEST):
            return height
    return LARGEST_SHEET


def _labelled(marks: m.MapMarks, parts: Parts) -> m.MapMarks:
    """The marks without their names where those are not wanted."""
    if parts.labels:
        return marks
    return replace(marks, shown=tuple(layer for layer in marks.shown if layer != "labels"))


def _drawn(
    view: View, sheet: Sheet, texts: Texts | None, numbers: dict[str, int]
) -> tuple[Plan, list[Pane], set[str]]:
    """Write all but the marks; the plan, the map with its inset, and the regions left without a name."""
    marks, atlas, words, has_bar = view.marks, view.atlas, view.words, view.parts.scale_bar
    plan = written(sheet, Look.of(sheet.width, sheet.height), texts, view.wish(numbers))
    around = (marks, atlas, view.ground, plan.look, view.crowd)
    main = Pane.of("geo", plan.map, view.bounds, *around)
    scale = (plan.map.width * plan.map.height) ** 0.5 / 800
    asked = Asked(
        scale,
        numbers=tuple(numbers.items()),
        has_leaders=not view.area or main.frame.metres_a_pixel <= LEADERS_TO,
    )
    if plan.inset is None:
        named = main.write(sheet, marks, atlas, plan.look, words, asked, has_bar=has_bar)
        return plan, [main], _unnamed(view, named)
    small = view.ground.regions.loc[list(ENLARGED)].total_bounds
    inset = Pane.of("geo2", plan.inset, tuple(small), *around)
    countries = frozenset(f"country:{iso3}" for iso3 in atlas.regions["country_iso3"].unique())
    named = inset.write(
        sheet, marks, atlas, plan.look, words, Asked(scale, left_out=countries), has_bar=has_bar
    )
    outline = inset.outline_on(main.frame)
    left_out = _elsewhere(atlas, named, main.frame, outline)
    asked = replace(asked, left_out=left_out, inside_only=frozenset(named))
    named |= main.write(sheet, marks, atlas, plan.look, words, asked, outline, has_bar)
    return plan, [main, inset], _unnamed(view, named)


def _elsewhere(atlas: Atlas, named: set[str], frame: Frame, outline: Box) -> frozenset[str]:
    """Names that only the inset carries: its small regions, and its cities but the largest."""
    x, y = frame.pixels(atlas.cities.geometry.x, atlas.cities.geometry.y)
    left, top, right, bottom = outline.corners
    inside = (x > left) & (x < right) & (y > top) & (y < bottom) & (atlas.cities["rank"] > 1)
    cities = {f"city:{city_id}" for city_id in atlas.cities.index[inside]}
    return frozenset(cities | (named & {f"region:{region_id}" for region_id in ENLARGED}))


def _unnamed(view: View, named: set[str]) -> set[str]:
    """The regions that carry neither name nor number on the map of the two countries."""
    if not view.has_numbers:
        return set()
    cities = city_of_region(view.atlas)
    keys = {i: {f"region:{i}", f"number:{i}", cities.get(i, "")} for i in view.atlas.regions.index}
    return {region for region, names in keys.items() if not names & named}


def _layout(sheet: Sheet, panes: Sequence[Pane]) -> dict[str, Any]:
    boxes = [pane.frame.rectangle for pane in panes]
    corners = [[round(v, 2) for v in (box.left, box.top, box.width, box.height)] for box in boxes]
    return {
        "width": sheet.width,
        "height": sheet.height,
        "autosize": False,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
        "paper_bgcolor": PAPER,
        "font": {"family": FONT_FAMILY},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": HOVER_REACH,
        **{pane.name: pane.layout(sheet) for pane in panes},
        "annotations": sheet.annotations,
        "shapes": sheet.shapes,
        "meta": {"map": corners[0], "inset": corners[1] if len(corners) > 1 else None},
    }
