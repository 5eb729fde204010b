"""One projected window on a printed sheet: the map itself, or the enlargement of a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures import projection
from dashboard.figures.paper_amounts import write_amounts
from dashboard.figures.paper_crowds import Crowd, lines_together
from dashboard.figures.paper_ground import Drawn, Ground, drawn
from dashboard.figures.paper_labels import Asked, placed_names, write_names
from dashboard.figures.paper_look import Look
from dashboard.figures.paper_marks import points_along, traces
from dashboard.figures.paper_spots import Spots
from dashboard.figures.placing import Box
from dashboard.figures.projection import Frame, Rectangle, Window
from dashboard.figures.sheet import INK, Sheet, text_height, text_width
from dashboard.figures.style import WATER
from dashboard.text import Words
from layers import Atlas

MAP_EDGE = "#8c979d"
BAR_SHARE = 0.22  # of the map's width that the scale bar takes at most; an inset's bar is longer
LONGER_BAR = 0.4
STEP_OF_OUTLINE = 6.0  # pixels


@dataclass(frozen=True, eq=False)
class Pane:
    """A frame of the projection with what shows in it, drawn in the subplot `name` of the figure."""

    name: str
    frame: Frame
    below: Drawn
    spots: Spots
    lines: gpd.GeoDataFrame

    @classmethod
    def of(
        cls,
        name: str,
        box: Rectangle,
        bounds: Window,
        marks: m.MapMarks,
        atlas: Atlas,
        ground: Ground,
        look: Look,
        crowd: Crowd,
    ) -> Pane:
        """The pane that fills a rectangle of the sheet and shows `bounds`."""
        frame = projection.frame(box, bounds)
        lines = lines_together(marks.lines, atlas, frame) if crowd.lines else marks.lines
        return cls(name, frame, drawn(ground, frame), Spots.of(marks, frame, look, crowd.sites), lines)

    def outline_on(self, other: Frame) -> Box:
        """What of another frame this pane shows, in the pixels of that one."""
        west, south, east, north = self.frame.window
        x, y = other.pixels_of_metres([west, east], [north, south])
        return Box(float(x[0]), float(y[0]), float(x[1]), float(y[1]))

    def data(
        self, marks: m.MapMarks, atlas: Atlas, look: Look, words: Words, selected: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """The traces of the pane."""
        around = (self.below, self.spots, self.frame, look, words, selected)
        drawn_here = traces(marks, self.lines, atlas, *around)
        return [trace | {"geo": self.name} for trace in drawn_here]

    def write(
        self,
        sheet: Sheet,
        marks: m.MapMarks,
        atlas: Atlas,
        look: Look,
        words: Words,
        asked: Asked,
        outline: Box | None = None,
        has_bar: bool = True,
    ) -> set[str]:
        """Draw edge, scale bar and names, and give the keys of the names; `outline` is better not covered."""
        box = self.frame.rectangle
        bars = [_scale_bar(sheet, self.frame, look, words, self.name != "geo")] if has_bar else []
        is_whole = (box.width, box.height) == (sheet.width, sheet.height)
        if not is_whole:
            sheet.rectangle(box.left, box.top, box.right, box.bottom, "rgba(0,0,0,0)", MAP_EDGE, 1.0)
        if outline:
            sheet.rectangle(*outline.corners, "rgba(0,0,0,0)", INK, 1.1)
        if "labels" not in marks.shown:
            return set()
        circles = self.spots.circles(look)
        lines = [*points_along(marks, self.lines, self.frame), *(_edge_points(outline) if outline else [])]
        taken = [*bars, *self.spots.numbers(look)]
        taken += write_amounts(sheet, marks.flows, self.frame, look, words)
        names = placed_names(atlas, self.below, self.frame, words, asked, circles, lines, taken)
        write_names(sheet, names, circles, 0.45 * look.site)
        return {name.label.key for name in names}

    def layout(self, sheet: Sheet) -> dict[str, Any]:
        """The subplot in Plotly's words."""
        frame, box = self.frame, self.frame.rectangle
        return {
            "domain": {
                "x": [box.left / sheet.width, box.right / sheet.width],
                "y": [1 - box.bottom / sheet.height, 1 - box.top / sheet.height],
            },
            "projection": {
                "type": "conic equal area",
                "parallels": list(projection.PARALLELS),
                "rotation": {"lon": projection.LONGITUDE, "lat": 0, "roll": 0},
                "scale": 1,
            },
            "center": {"lon": frame.centre[0], "lat": frame.centre[1]},
            "lonaxis": {"range": list(frame.lon_range)},
            "lataxis": {"range": list(frame.lat_range)},
            "fitbounds": False,
            "visible": False,
            "bgcolor": WATER,
        }


def _edge_points(box: Box) -> list[tuple[float, float]]:
    left, top, right, bottom = box.corners
    across = np.arange(left, right, STEP_OF_OUTLINE).tolist()
    down = np.arange(top, bottom, STEP_OF_OUTLINE).tolist()
    return [
        *((x, y) for y in (top, bottom) for x in across),
        *((x, y) for x in (left, right) for y in down),
    ]


def _scale_bar(sheet: Sheet, frame: Frame, look: Look, words: Words, is_inset: bool) -> Box:
    """Draw a round distance, true at the middle of the map, and give the box it takes.

    It stands on the left; in an inset on the right, where the one we have shows the least.
    """
    km_a_pixel, latitude = frame.km_a_pixel()
    longest = (LONGER_BAR if is_inset else BAR_SHARE) * frame.rectangle.width * km_a_pixel
    power = 10.0 ** len(str(int(longest))) / 10
    km = max(step * power for step in (1, 2, 5) if step * power <= longest)
    long, size = km / km_a_pixel, look.small
    length = words(vocabulary.UNITS["km"], n=words.number(km))
    text = words("{length} at {latitude}° N", length=length, latitude=words.number(latitude, 0))
    wide = max(long, text_width(text, size)) + 12
    box, bottom = frame.rectangle, frame.rectangle.bottom - 6
    left = box.right - 6 - wide if is_inset else box.left + 6
    top = bottom - text_height([text], size) - 11
    sheet.rectangle(left, top, left + wide, bottom, "rgba(255,255,255,0.82)")
    y, start = bottom - 6, left + 6
    sheet.path([(start, y - 4), (start, y), (start + long, y), (start + long, y - 4)], INK, 1.4)
    sheet.write(start, top + 2, [text], size)
    return Box(left, top, left + wide, bottom)
