"""Where the texts of a finished sheet stand, measured in the font that draws them."""

import html
import re

import shapely
from shapely.affinity import rotate, translate

from dashboard.figures.sheet import text_height, text_width

SPARE = 1.2  # pixels
TAG = re.compile(r"<[^>]*>")


def text_boxes(figure):
    """(text, box) of every annotation in pixels of the sheet, the box turned as the text is."""
    layout = figure["layout"]
    return [(_plain(note["text"]), _box(note, layout)) for note in layout["annotations"] if note["text"]]


def _plain(text):
    return html.unescape(TAG.sub("", text.replace("<br>", " ")))


def _box(note, layout):
    font = {"size": 12} | layout.get("font", {}) | note.get("font", {})
    lines = note["text"].split("<br>")
    wide = max(_width(line, font) for line in lines)
    high = text_height(lines, font["size"])
    x, y = _anchor(note, layout)
    box = rotate(shapely.box(0, 0, wide, high), note.get("textangle", 0), origin="center")
    west, north, east, south = box.bounds  # Plotly anchors a turned text by the box around it
    left = x - {"left": 0, "center": 0.5, "right": 1}[note.get("xanchor", "center")] * (east - west)
    top = y - {"top": 0, "middle": 0.5, "bottom": 1}[note.get("yanchor", "middle")] * (south - north)
    return translate(box, left - west, top - north)


def _width(line, font):
    is_bold = "<b>" in line or font.get("weight") == 700
    return text_width(html.unescape(TAG.sub("", line)), font["size"], is_bold)


def _anchor(note, layout):
    margin = {"l": 0, "r": 0, "t": 0, "b": 0} | layout["margin"]
    wide = layout["width"] - margin["l"] - margin["r"]
    high = layout["height"] - margin["t"] - margin["b"]
    x = margin["l"] + _share(note, "x", layout) * wide + note.get("xshift", 0)
    return x, margin["t"] + (1 - _share(note, "y", layout)) * high - note.get("yshift", 0)


def _share(note, letter, layout):
    """How far along the plot an annotation stands, from its left or lower end."""
    ref = note.get(f"{letter}ref", letter)
    if ref == "paper":
        return note[letter]
    axis = layout[f"{letter}axis{ref[1:]}"]
    first, last = axis["range"]
    low, high = axis.get("domain", (0, 1))
    return low + (note[letter] - first) / (last - first) * (high - low)


def outside(figure):
    """Texts that leave the sheet."""
    layout = figure["layout"]
    sheet = shapely.box(0, 0, layout["width"], layout["height"]).buffer(SPARE)
    return [text for text, box in text_boxes(figure) if not sheet.contains(box)]


def overlapping(figure):
    """Pairs of texts that cover each other; slanted ones are left to the tests of the strip."""
    boxes = text_boxes(figure)
    tree = shapely.STRtree([box for _, box in boxes])
    pairs = []
    for first, (text, box) in enumerate(boxes):
        for second in tree.query(box):
            shared = box.intersection(boxes[second][1])
            if second > first and min(_sides(shared)) > SPARE and not _is_turned(box, boxes[second][1]):
                pairs.append((text, boxes[second][0]))
    return pairs


def _sides(shape):
    west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    return east - west, north - south


def _is_turned(*boxes):
    return any(box.area < 0.98 * shapely.box(*box.bounds).area for box in boxes)
