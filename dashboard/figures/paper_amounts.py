"""The amounts of flows on the printed map, each beside its arrow."""

from __future__ import annotations

import geopandas as gpd

from dashboard.figures.flow_features import label_points
from dashboard.figures.flow_words import beside
from dashboard.figures.paper_look import Look
from dashboard.figures.placing import Box
from dashboard.figures.projection import Frame
from dashboard.figures.sheet import Sheet, text_height, text_width, wrapped
from dashboard.text import Words

LINE = 15  # sizes of the letters
GAP = 3.0  # pixels


def write_amounts(sheet: Sheet, flows: gpd.GeoDataFrame, frame: Frame, look: Look, words: Words) -> list[Box]:
    """Write what `beside` tells of each arrow, of the widest first, and give the boxes they take.

    What finds no room on either side of its arrow is left out: the table under the map has it.
    """
    size, taken, told = look.legend, [], beside(flows)
    flows = flows.sort_values("width_m", ascending=False, kind="stable")
    for point, row in zip(label_points(flows), flows.to_dict("records"), strict=True):
        if point is None:
            continue
        lines = wrapped(told(row, words), size, LINE * size)
        x, y = (float(v) for v in frame.pixels(point.x, point.y))
        aside = row["width_m"] / frame.metres_a_pixel / 2 + GAP
        for side in (1, -1):
            box = _box(x, y, aside * side, lines, size)
            if _is_within(box, frame) and not any(_meet(box, other) for other in taken):
                anchor = ("left" if side > 0 else "right", "middle")
                sheet.write(x + aside * side, y, lines, size, anchor=anchor, colour=row["colour"], halo=True)
                taken.append(box)
                break
    return taken


def _box(x: float, y: float, aside: float, lines: list[str], size: float) -> Box:
    wide, tall = max(text_width(line, size) for line in lines), text_height(lines, size)
    left = x + aside if aside > 0 else x + aside - wide
    return Box(left, y - tall / 2, left + wide, y + tall / 2)


def _is_within(box: Box, frame: Frame) -> bool:
    place = frame.rectangle
    return (
        place.left < box.left and box.right < place.right and place.top < box.top < box.bottom < place.bottom
    )


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
