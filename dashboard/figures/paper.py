"""The map for publishing: the marks of the screen map in a conic equal-area projection, as vectors.

One sheet of any size in pixels holds all that a map must say: title, what is shaded, legend, scale bar,
sources, date, disclaimer. The map fills its rectangle of the sheet exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures import paper_legend as legend
from dashboard.figures import projection
from dashboard.figures.paper_ground import Ground, drawn
from dashboard.figures.paper_labels import placed_names, write_names
from dashboard.figures.paper_look import Look
from dashboard.figures.paper_marks import Spots, points_along, traces
from dashboard.figures.placing import Box
from dashboard.figures.projection import Frame, Rectangle
from dashboard.figures.sheet import FONT_FAMILY, INK, QUIET, Sheet, text_height, text_width, wrapped
from dashboard.figures.style import PAPER, WATER
from dashboard.text import Words
from layers import Atlas

SIDE_LEGEND_FROM = 1.15  # width by height of a sheet whose legend stands beside the map
SIDE_LEGEND, LEGEND_COLUMN = 17.5, 15.5  # widths in sizes of its letters
LEAST_MAP = 0.5  # share of the sheet's height that a map with its legend below keeps
SMALLEST_LETTERS = 7.8  # pixels
MAP_EDGE = "#8c979d"
SMALLEST_SHEET, LARGEST_SHEET = 240, 4000  # pixels along one side

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
}
"""How Plotly shows the figure: it stands still, because its names are placed for one window."""


@dataclass(frozen=True)
class Texts:
    """What is written round the map; each of `small_print` begins a line."""

    title: str
    under_title: tuple[str, ...]
    small_print: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Where on a sheet the map and the columns of its legend stand."""

    map: Rectangle
    look: Look
    columns: tuple[legend.Column, ...] = ()
    legend_left: float = 0.0
    legend_top: float = 0.0
    legend_width: float = 0.0


def paper_map(
    marks: m.MapMarks,
    atlas: Atlas,
    ground: Ground,
    words: Words,
    size: tuple[int, int],
    texts: Texts | None = None,
    selected: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The figure as a plain dict, `size` (width, height) in pixels.

    Without `texts` it is the map alone, with names and scale bar, for a page that says the rest.
    """
    width, height = (min(max(int(side), SMALLEST_SHEET), LARGEST_SHEET) for side in size)
    sheet, look = Sheet(width, height), Look.of(width, height)
    plan = _write_round(sheet, look, marks, texts, words) if texts else _alone(width, height, look)
    look = plan.look
    frame = projection.frame(plan.map, ground.regions.total_bounds)
    below, spots = drawn(ground, frame), Spots.of(marks, frame, look)
    bar = _scale_bar(sheet, frame, look, words)
    if "labels" in marks.shown:
        scale = (plan.map.width * plan.map.height) ** 0.5 / 800
        circles, along = spots.circles(look), points_along(marks, frame)
        names = placed_names(atlas, below, frame, words, scale, circles, along, [bar])
        write_names(sheet, names, circles, 0.45 * look.site)
    return {
        "data": traces(marks, atlas, below, spots, frame, look, words, selected),
        "layout": _layout(sheet, frame),
    }


def _alone(width: int, height: int, look: Look) -> Plan:
    return Plan(Rectangle(0, 0, width, height), look)


def _write_round(sheet: Sheet, look: Look, marks: m.MapMarks, texts: Texts, words: Words) -> Plan:
    """Write what stands round the map and say what room it leaves."""
    rim, width = look.rim, sheet.width - 2 * look.rim
    top = _paragraphs(sheet, [texts.title], look.title, rim, width, bold=True)
    top = _paragraphs(sheet, texts.under_title, look.body, top, width, colour=QUIET) + 0.6 * rim
    bottom = sheet.height - rim
    for text in reversed(texts.small_print):
        lines = wrapped(text, look.small, width)
        bottom -= text_height(lines, look.small)
        sheet.write(rim, bottom, lines, look.small, colour=QUIET)
    area = Rectangle(rim, top, width, bottom - 0.5 * rim - top)
    is_beside = sheet.width / sheet.height >= SIDE_LEGEND_FROM
    plan = (_beside if is_beside else _above)(area, legend.entries_of(marks, words), look)
    place = (plan.legend_left, plan.legend_top, plan.legend_width)
    legend.draw(sheet, plan.columns, *place, plan.look)
    box = plan.map
    sheet.rectangle(box.left, box.top, box.right, box.bottom, "rgba(0,0,0,0)", MAP_EDGE, 1.0)
    return plan


def _paragraphs(
    sheet: Sheet,
    texts: Sequence[str],
    size: float,
    top: float,
    width: float,
    *,
    bold: bool = False,
    colour: str = INK,
) -> float:
    """Write texts under each other and give the height reached."""
    for text in filter(None, texts):
        lines = wrapped(text, size, width, bold)
        sheet.write((sheet.width - width) / 2, top, lines, size, bold=bold, colour=colour)
        top += text_height(lines, size)
    return top


def _beside(area: Rectangle, entries: Sequence[legend.Entry], look: Look) -> Plan:
    """The legend in one column right of the map, in letters that let it fit."""
    while True:
        width = SIDE_LEGEND * look.legend if entries else 0.0
        columns = legend.packed(entries, 1, width, look)
        if legend.height_of(columns) <= area.height or look.legend <= SMALLEST_LETTERS:
            break
        look = replace(look, legend=look.legend * 0.96)
    gap = look.rim * 0.7 if entries else 0.0
    box = Rectangle(area.left, area.top, area.width - width - gap, area.height)
    return Plan(box, look, tuple(columns), box.right + gap, area.top, width)


def _above(area: Rectangle, entries: Sequence[legend.Entry], look: Look) -> Plan:
    """The map above its legend in columns, in letters that leave the map its room."""
    while True:
        most = max(2, int(area.width // (LEGEND_COLUMN * look.legend)))
        tries = [_columns(area.width, entries, count, look) for count in range(2, most + 1)]
        columns, width = min(tries, key=lambda found: legend.height_of(found[0]))
        room = area.height - legend.height_of(columns) - look.rim * 0.4
        if room >= LEAST_MAP * area.height or look.legend <= SMALLEST_LETTERS:
            break
        look = replace(look, legend=look.legend * 0.96)
    box = Rectangle(area.left, area.top, area.width, max(room, 60.0))
    return Plan(box, look, tuple(columns), area.left, box.bottom + look.rim * 0.4, width)


def _columns(
    width: float, entries: Sequence[legend.Entry], count: int, look: Look
) -> tuple[list[legend.Column], float]:
    """A legend in so many columns that share a width, and the width of one."""
    each = (width - (count - 1) * legend.COLUMN_GAP) / count
    return legend.packed(entries, count, each, look), each


def _scale_bar(sheet: Sheet, frame: Frame, look: Look, words: Words) -> Box:
    """Draw a round distance, true at the middle of the map, and give the box it takes."""
    km_a_pixel, latitude = frame.km_a_pixel()
    longest = 0.22 * frame.rectangle.width * km_a_pixel
    power = 10.0 ** len(str(int(longest))) / 10
    km = max(step * power for step in (1, 2, 5) if step * power <= longest)
    long, size = km / km_a_pixel, look.small
    length = words(vocabulary.UNITS["km"], n=words.number(km))
    text = words("{length} at {latitude}° N", length=length, latitude=words.number(latitude, 0))
    wide = max(long, text_width(text, size)) + 12
    left, bottom = frame.rectangle.left + 6, frame.rectangle.bottom - 6
    top = bottom - text_height([text], size) - 11
    sheet.rectangle(left, top, left + wide, bottom, "rgba(255,255,255,0.82)")
    y, start = bottom - 6, left + 6
    sheet.path([(start, y - 4), (start, y), (start + long, y), (start + long, y - 4)], INK, 1.4)
    sheet.write(start, top + 2, [text], size)
    return Box(left, top, left + wide, bottom)


def _layout(sheet: Sheet, frame: Frame) -> dict[str, Any]:
    box = frame.rectangle
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
        "geo": {
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
        },
        "annotations": sheet.annotations,
        "shapes": sheet.shapes,
        "meta": {"map": [round(v, 2) for v in (box.left, box.top, box.width, box.height)]},
    }
