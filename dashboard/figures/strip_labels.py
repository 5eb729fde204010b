"""The names on a strip: slanted over a lying one, beside an upright one; none over another, none cut."""

from __future__ import annotations

import math
import re
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures.sheet import text_width, wrapped
from dashboard.figures.strip_drawing import TEXT_SIZE, Ruler

SLANT = 45
BETWEEN = 1.18 * TEXT_SIZE / math.sin(math.radians(SLANT))
"""Pixels between the starts of two slanted names."""

SHIFTS = (0, 5, -5, 10, -10, 16, -16, 22, -22)
LONGEST = 158
"""Pixels of the longest slanted name."""


@dataclass(frozen=True)
class Name:
    """A name that wants a place at a kilometre; `rank` 0 comes first."""

    km: float
    text: str
    rank: int


@dataclass(frozen=True)
class PlacedName:
    """A name with its place: pixels along the strip, and the text as it fits."""

    name: Name
    px: float
    text: str


def slanted(names: Sequence[Name], ruler: Ruler, spare: float) -> list[PlacedName]:
    """Names over a lying strip, the most important first; what does not fit is left out.

    `spare` are the pixels past the end of the strip. A name may stand a little beside its place; the order
    of the way is kept.
    """
    taken: list[tuple[float, float]] = []  # (kilometre, pixels), in the order of the way
    found = []
    for name in sorted(names, key=lambda name: (name.rank, name.km)):
        here = ruler.px(name.km)
        before = max((px for km, px in taken if km <= name.km), default=-math.inf)
        after = min((px for km, px in taken if km > name.km), default=math.inf)
        shifts = SHIFTS if name.rank < LAST_RANK else SHIFTS[:5]
        places = (here + shift for shift in shifts)
        free = (px for px in places if before + BETWEEN <= px <= after - BETWEEN and 0 <= px <= ruler.pixels)
        px = next(free, None)
        if px is None:
            continue
        insort(taken, (name.km, px))
        reach = (ruler.pixels + spare - px) / math.cos(math.radians(SLANT)) - TEXT_SIZE
        found.append(PlacedName(name, px, shortened(name.text, min(LONGEST, reach), name.rank == 0)))
    return sorted(found, key=lambda placed: placed.px)


LAST_RANK = 5


def height_of(names: Sequence[PlacedName]) -> float:
    """Pixels that slanted names take."""
    widest = max((text_width(one.text, TEXT_SIZE, one.name.rank == 0) for one in names), default=0.0)
    return widest * math.sin(math.radians(SLANT)) + TEXT_SIZE + 6


def beside(names: Sequence[Name], ruler: Ruler, line_px: float) -> list[PlacedName]:
    """Names beside an upright strip, each on a line of its own and near its place.

    Where names crowd so that one of them would stand far off, the least important of the crowd is left out.
    """
    kept = sorted(names, key=lambda name: name.km)
    while True:
        wanted = [ruler.px(name.km) for name in kept]
        found = spread(wanted, line_px, line_px * 0.3, ruler.pixels - line_px * 0.3)
        moved = [abs(px - here) for px, here in zip(found, wanted, strict=True)]
        worst = max(range(len(kept)), key=moved.__getitem__, default=0)
        if not kept or moved[worst] <= FARTHEST:
            return [PlacedName(name, px, name.text) for name, px in zip(kept, found, strict=True)]
        crowd = crowd_of(worst, found, line_px)
        del kept[max(crowd, key=lambda at: (kept[at].rank, moved[at]))]


def crowd_of(position: int, places: Sequence[float], apart: float) -> range:
    """The positions that stand as close together as they may, with this one among them."""
    first = last = position
    while first > 0 and places[first] - places[first - 1] < apart * 1.02:
        first -= 1
    while last < len(places) - 1 and places[last + 1] - places[last] < apart * 1.02:
        last += 1
    return range(first, last + 1)


FARTHEST = 34
"""Pixels that a name beside an upright strip may stand from its stop."""


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places at least so far apart between two ends, in order, moved as little as that takes.

    Neighbours that would touch become one block round the mean of what they want.
    """
    blocks: list[list[float]] = []  # [sum of the wanted starts, how many]
    for position, place in enumerate(wanted):
        blocks.append([place - position * apart, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    starts = [total / count for total, count in blocks for _ in range(int(count))]
    last = high - (len(wanted) - 1) * apart
    return [max(low, min(start, last)) + position * apart for position, start in enumerate(starts)]


LONGEST_CUT = 600
"""Letters of a name that are tried one by one; no line of a figure holds as many."""


def shortened(name: str, width: float, is_bold: bool = False) -> str:
    """A name no wider than so many pixels: without what stands in brackets or after a stroke, else cut with
    dots.
    """
    if text_width(name, TEXT_SIZE, is_bold) <= width:
        return name
    name = re.sub(r"\s*\(.*?\)|\s+/.*", "", name[:LONGEST_CUT])
    if text_width(name, TEXT_SIZE, is_bold) <= width:
        return name
    while name and text_width(name + "…", TEXT_SIZE, is_bold) > width:
        name = name[:-1].rstrip(" -–(,")
    return name + "…" if name else ""


def in_lines(text: str, size: float, width: float, most: int) -> list[str]:
    """A text in at most so many lines of so many pixels; what is left over becomes dots."""
    lines = wrapped(text, size, width)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], last + "…"]


Box = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""


def beside_points(
    points: Sequence[tuple[float, float]],
    texts: Sequence[Sequence[str]],
    ranks: Sequence[int],
    size: float,
    radius: float,
    frame: Box,
    covered: Sequence[Box] = (),
) -> list[tuple[int, str, Box]]:
    """Texts right or left of their points in pixels, none over another or over a point, none outside of the
    frame or over what is covered: (position, side, box) of those that find room, the lowest rank first.
    """
    taken = [*covered, *((x - radius, y - radius, x + radius, y + radius) for x, y in points)]
    found = []
    for position in sorted(range(len(points)), key=lambda one: (ranks[one], points[one])):
        x, y = points[position]
        lines = texts[position]
        width = max(text_width(line, size) for line in lines)
        tall = len(lines) * 1.3 * size / 2
        for side, left in (("left", x + radius + 2), ("right", x - radius - 2 - width)):
            box = (left, y - tall, left + width, y + tall)
            inside = frame[0] <= box[0] and box[2] <= frame[2] and frame[1] <= box[1] and box[3] <= frame[3]
            if inside and not any(overlap(box, other) for other in taken):
                taken.append(box)
                found.append((position, side, box))
                break
    return found


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes touch."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def apart(points: Sequence[tuple[float, float]], diameter: float, right: float) -> list[tuple[float, float]]:
    """Points in pixels moved a little sideways so that discs do not lie over one another.

    None moves past the left end or `right`, nor far from its place: where many crowd they overlap.
    """
    placed: list[tuple[float, float]] = []
    reach = [sign * step * diameter / 2 for step in range(MOST_STEPS + 1) for sign in (1, -1)]
    for x, y in points:
        places = [(x + step, y) for step in reach if 0 <= x + step <= right] or [(x, y)]
        clear = [min((math.dist(one, other) for other in placed), default=math.inf) for one in places]
        free = next((at for at, away in enumerate(clear) if away >= diameter), None)
        placed.append(places[clear.index(max(clear)) if free is None else free])
    return placed


MOST_STEPS = 5
"""Half diameters that a disc may be moved."""
