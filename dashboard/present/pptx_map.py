"""A map on a slide: its marks as native shapes, each with its name, in one group for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np

from dashboard import vocabulary
from dashboard.export.publication import Publication
from dashboard.figures.paper_legend import Column, Entry, draw, entries_of, height_of, packed
from dashboard.figures.paper_look import Look
from dashboard.figures.picture import Shape, picture_shapes
from dashboard.figures.picture_view import Camera
from dashboard.figures.sheet import LINE_HEIGHT, Sheet, text_width
from dashboard.figures.style import PAPER, WATER
from dashboard.present import pptx_xml as x
from dashboard.present.pptx_strip import figure_shapes
from dashboard.text import N_, Words
from dashboard.tiles import travels_as_tiles
from layers import Atlas

MAGNIFIED = 96 / 70  # pixels of a slide for each of the map: its letters are read across a hall
LEGEND_LETTERS, LEGEND_COLUMN, LEGEND_GAP = 13.0, 205.0, 8.0
MOST_OF_HEIGHT = 0.3  # that a legend may take
SMALLER, LEAST_LETTERS = 0.93, 7.0
FINE = 0.9  # pixels of the map that a line may be moved by to become shorter
MAP, LEGEND, LAND, WATERS, REGIONS, FLOWS, SELECTED = (
    N_("Map"),
    N_("Legend"),
    N_("Land"),
    N_("Waters"),
    N_("Regions"),
    N_("Flows"),
    N_("Selected"),
)
LAYERS = vocabulary.LAYERS | {
    "land": LAND,
    "water": WATERS,
    "regions": REGIONS,
    "totals": REGIONS,
    "flows": FLOWS,
    "selected": SELECTED,
}


def map_shapes(
    publication: Publication, box: x.Box, camera: Camera | None, atlas: Atlas, words: Words, ids: x.Ids
) -> str:
    """The map with its legend under it, filling a box of a slide."""
    has_counts = travels_as_tiles(atlas, "sites")
    legend, needed = _legend(publication.scene.marks, box, words, ids, has_counts)
    high = box[3] - needed
    size = (box[2] / MAGNIFIED, high / MAGNIFIED)
    shapes = picture_shapes(
        publication.scene, atlas, words, size, camera, fine=FINE, is_clustered=False, is_cut=True
    )
    frame = (box[0], box[1], box[2], high)
    parts = [x.preset(ids(), words(WATERS), "rect", frame, x.fill(WATER) + x.stroke("", 0))]
    for layer, alike in groupby(shapes, key=lambda shape: shape.layer.partition("-")[0]):
        drawn = "".join(_drawn(shape, frame, words.language, ids) for shape in alike)
        name = words(LAYERS[layer]) if layer in LAYERS else layer
        parts.append(x.group(ids(), name, frame, drawn))
    edge = x.fill("") + x.stroke("#8c979d", 1)
    parts.append(x.preset(ids(), words(MAP), "rect", frame, edge))
    return x.group(ids(), words(MAP), frame, "".join(parts)) + legend


def _drawn(shape: Shape, frame: x.Box, language: str, ids: x.Ids) -> str:
    corner = np.array(frame[:2])
    points = [corner + part * MAGNIFIED for part in shape.points]
    width = shape.width * MAGNIFIED
    line = x.stroke(shape.stroke, width, shape.dash, shape.opacity, is_round=shape.is_round)
    look = x.fill(shape.fill, shape.opacity * shape.fill_opacity) + line
    name = shape.name or shape.layer
    if shape.kind == "text":
        return _text(shape, points[0][0], language, ids)
    if shape.kind == "circle":
        wide = shape.radius * MAGNIFIED
        left, top = points[0][0] - wide
        return x.preset(ids(), _named(shape), "ellipse", (left, top, 2 * wide, 2 * wide), look)
    if shape.kind == "line":
        return x.freeform(ids(), name, points, x.fill("") + line, is_closed=False)
    return x.freeform(ids(), name, points, look, is_closed=True)


def _named(shape: Shape) -> str:
    """ "J-003 Name": what a site is called, with its number."""
    kind, _, identifier = shape.key.partition(":")
    return f"{identifier} {shape.name}" if kind in ("site", "crossing") else shape.name or shape.layer


def _text(shape: Shape, middle: np.ndarray, language: str, ids: x.Ids) -> str:
    size = shape.size * MAGNIFIED
    spaced = (1 + 0.6 * shape.spacing) * size
    wide = max(text_width(line, spaced) for line in shape.lines) + 4
    high = len(shape.lines) * LINE_HEIGHT * size
    box = (middle[0] - wide / 2, middle[1] - high / 2, wide, high)
    look = {"halo": shape.halo, "spacing": shape.spacing}
    runs = [x.run(line, language, size * 0.75, shape.fill, **look) for line in shape.lines]
    # Amounts stand on their arrows.
    paper = PAPER if shape.key.startswith("flow:") else ""
    return x.text_box(ids(), shape.name, box, runs, align="center", paper=paper)


def _legend(marks: Any, box: x.Box, words: Words, ids: x.Ids, has_counts: bool) -> tuple[str, float]:
    """The legend at the foot of a box, and how many pixels of it that takes."""
    entries = entries_of(marks, words, has_counts)
    if not entries:
        return "", 0.0
    letters, look = LEGEND_LETTERS, Look.of(box[2], box[3])
    while True:
        count = max(1, int(box[2] // (LEGEND_COLUMN * letters / LEGEND_LETTERS)))
        gaps = 14.0 * (count - 1)
        width = (box[2] - gaps) / count
        sized = replace(look, legend=letters, widest=58 * MAGNIFIED, site=11, line=1.3)
        columns = balanced(entries, count, width, sized)
        high = height_of(columns)
        if high <= MOST_OF_HEIGHT * box[3] or letters <= LEAST_LETTERS:
            break
        letters *= SMALLER
    sheet = Sheet(box[2], high)
    draw(sheet, columns, 0.0, 0.0, width, sized)
    layout = {"width": box[2], "height": high, "annotations": sheet.annotations, "shapes": sheet.shapes}
    place = (box[0], box[1] + box[3] - high, box[2], high)
    shapes = figure_shapes({"data": [], "layout": layout}, place, words.language, ids, words(LEGEND))
    return shapes, high + LEGEND_GAP


def balanced(entries: Sequence[Entry], count: int, width: float, look: Look) -> list[Column]:
    """The entries in their order in at most `count` columns, so that the highest is as low as can be."""
    sizes = [packed([entry], 1, width, look)[0].heights[0] for entry in entries]
    together = [
        size + after if entry.is_title else size
        for entry, size, after in zip(entries, sizes, (*sizes[1:], 0.0), strict=True)
    ]
    low, high = max(together) - 1, sum(sizes) + 1
    columns = _filled(entries, sizes, high)
    while high - low > 1:
        middle = (low + high) / 2
        tried = _filled(entries, sizes, middle)
        if len(tried) <= count:
            columns, high = tried, middle
        else:
            low = middle
    return columns


def _filled(entries: Sequence[Entry], sizes: Sequence[float], limit: float) -> list[Column]:
    """One column after the other up to a height; a title never stands last."""
    columns: list[list[int]] = [[]]
    for i, size in enumerate(sizes):
        ahead = size + (sizes[i + 1] if entries[i].is_title and i + 1 < len(sizes) else 0)
        is_after_title = i > 0 and entries[i - 1].is_title
        if columns[-1] and not is_after_title and sum(sizes[j] for j in columns[-1]) + ahead > limit:
            columns.append([])
        columns[-1].append(i)
    return [Column(tuple(entries[i] for i in one), tuple(sizes[i] for i in one)) for one in columns]
