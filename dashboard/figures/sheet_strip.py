"""A strip set into a sheet: lying on a wide one, upright on a high or narrow one."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet_chart import (
    LEAST_LETTERS,
    RIM,
    SMALLER,
    Around,
    Figure,
    Room,
    set_into,
    sheet_of,
    write_texts,
)

UPRIGHT_FROM = 0.85  # width by height: a narrower sheet has its strip upright
LYING, UPRIGHT = 860.0, 380.0  # pixels that a strip needs to have its names
LEAST_LYING = 0.7  # of its letters: before they become smaller, a strip stands upright
WIDEST_UPRIGHT = 560.0

Strip = Callable[[int, bool], Figure]
"""Draws a strip so many pixels wide, upright or lying."""


def strip_sheet(strip: Strip, room: Room, texts: Texts, has_key: bool) -> Figure:
    """A strip as a whole sheet, in letters that let it fit."""
    is_high = not room.is_column and room.width / room.height < UPRIGHT_FROM
    is_upright = is_high or room.width < LEAST_LYING * LYING
    least = UPRIGHT if is_upright else LYING
    letters = min(room.letters, room.width / (least + 2 * RIM))
    height = float(room.height)
    while True:
        sheet = sheet_of(room.width, height, letters)
        around = Around(sheet, *write_texts(sheet, texts, letters))
        wide = sheet.width - 2 * RIM
        figure = strip(int(min(wide, WIDEST_UPRIGHT) if is_upright else wide), is_upright)
        figure = figure if has_key else without_key(figure)
        needed = figure["layout"]["height"]
        if around.left_over >= needed or letters < LEAST_LETTERS:
            return set_into(figure, around, needed)
        if room.is_column:
            height += (needed - around.left_over + 1) * letters
        else:
            letters *= SMALLER


def without_key(figure: Figure) -> Figure:
    """A strip without the key under it."""
    layout = dict(figure["layout"])
    split = layout.get("yaxis", {}).get("domain", (0.0, 1.0))[0]
    if not split:
        return figure
    margin = layout["margin"]
    around = margin["t"] + margin["b"]
    layout["height"] = round((layout["height"] - around) * (1 - split) + around)
    layout["yaxis"] = layout["yaxis"] | {"domain": [0, 1]}
    if "position" in layout["xaxis"]:
        position = (layout["xaxis"]["position"] - split) / (1 - split)
        layout["xaxis"] = layout["xaxis"] | {"position": round(max(position, 0.0), 5)}
    for axis in ("xaxis2", "yaxis2"):
        layout.pop(axis, None)
    for name in ("annotations", "shapes"):
        layout[name] = [one for one in layout.get(name, ()) if one.get("xref") != "x2"]
    return {"data": [trace for trace in figure["data"] if trace.get("xaxis") != "x2"], "layout": layout}
