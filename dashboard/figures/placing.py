"""Placing labels on a map in pixels: none over another, none cut by the edge, few marks covered.

Greedy: labels come in order of importance, each takes the best of its candidate places, and what does not
fit is left out. A label that finds no room where it belongs may stand aside with a leader line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.figures.projection import Rectangle
from dashboard.figures.sheet import text_height, text_width

GAP = 2.0  # pixels that stay free between two labels
DIRECTIONS = 32  # of leader lines
COVERED_MARK, COVERED_LINE = 6.0, 0.8  # what covering a mark or a piece of line costs, in pixels of distance
# How far a leader line runs over what the label must not stand on, in sizes of the letters, looked at in so
# many points.
STRANGE_REACH, LOOKS = 5.0, 12
PORTION = 48  # places looked at together
MOST_COVERED = 3  # marks under one label

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """An upright rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True)
class Label:
    """A text that wants a place.

    `places` are candidate middles with what each costs, best first; `leader_from` is where a leader line
    would start, None when the label must not have one, and `strange` what such a label must not stand on;
    `at` is the point that is named, where it is a point; `narrow` is the same label in more lines.
    """

    key: str
    lines: tuple[str, ...]
    size: float
    places: tuple[tuple[float, float, float], ...]
    bold: bool = False
    leader_from: Point | None = None
    longest_leader: float = 0.0
    most_covered: int = MOST_COVERED
    at: Point | None = None
    strange: shapely.Geometry | None = None
    narrow: Label | None = None

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return max(text_width(line, self.size, self.bold) for line in self.lines)

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return text_height(self.lines, self.size)


@dataclass(frozen=True)
class Placed:
    """A label with its box, and the leader line where it stands aside."""

    label: Label
    box: Box
    leader: tuple[Point, Point] | None = None


@dataclass(frozen=True, eq=False)
class Options:
    """The places a label may take, best first: boxes as rows (left, top, right, bottom).

    `ends` are the ends of the leader lines at the boxes; none where the label stands where it belongs.
    """

    label: Label
    boxes: np.ndarray
    ends: np.ndarray | None = None


class Choices:
    """The options of a label, each worked out when it is first asked for: most labels need the first only."""

    def __init__(self, options: Iterator[Options]) -> None:
        self._made: list[Options] = []
        self._rest = options

    def __iter__(self) -> Iterator[Options]:
        yield from self._made
        for one in self._rest:
            self._made.append(one)
            yield one


@dataclass(frozen=True, eq=False)
class Field:
    """What labels are put on: an area, and marks and points of lines better not covered."""

    area: Rectangle
    marks: np.ndarray  # x, y, radius
    lines: np.ndarray  # x, y

    def lie_in(self, boxes: np.ndarray) -> np.ndarray:
        """Which boxes keep their distance from the edges."""
        left, top, right, bottom = boxes.T
        area = self.area
        across = (left >= area.left + GAP) & (right <= area.right - GAP)
        return across & (top >= area.top + GAP) & (bottom <= area.bottom - GAP)

    def covered(self, boxes: np.ndarray) -> np.ndarray:
        """How many marks each box would hide, at least in part."""
        left, top, right, bottom = (side[:, None] for side in boxes.T)
        x, y, radius = self.marks.T
        across = np.maximum(np.maximum(left - x, x - right), 0)
        down = np.maximum(np.maximum(top - y, y - bottom), 0)
        return (across**2 + down**2 < (0.8 * radius) ** 2).sum(axis=1)

    def line_cost(self, boxes: np.ndarray) -> np.ndarray:
        """What the lines under each box cost."""
        if not len(boxes):
            return np.zeros(0)
        # Most points lie far from all of the boxes.
        (west, north), (east, south) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        x, y = self.lines.T
        near = (x > west) & (x < east) & (y > north) & (y < south)
        x, y = x[near], y[near]
        left, top, right, bottom = (side[:, None] for side in boxes.T)
        return COVERED_LINE * ((x > left) & (x < right) & (y > top) & (y < bottom)).sum(axis=1)


def placed(
    orders: Sequence[Sequence[Label]],
    area: Rectangle,
    marks: Sequence = (),
    lines: Sequence = (),
    taken: Sequence[Box] = (),
    wanted: Mapping[str, int] | None = None,
) -> list[Placed]:
    """The labels that find room, in the order that leaves fewest out, then has the shortest leader lines.

    Each order has the same labels; `wanted` says what is lost with one that must not be left out for others.
    `marks` are circles (x, y, radius) and `lines` points (x, y) better not covered, `taken` boxes kept free.
    """
    ground = Field(
        area, np.array(marks, dtype=float).reshape(-1, 3), np.array(lines, dtype=float).reshape(-1, 2)
    )
    options = {label.key: Choices(_options(label, ground)) for label in orders[0]}
    wanted = wanted or {}

    def loss(found: list[Placed]) -> tuple[int, int, float]:
        there = {one.label.key for one in found}
        missing = sum(weight for key, weight in wanted.items() if key not in there)
        leaders = sum(math.dist(*one.leader) for one in found if one.leader)
        return missing, -len(found), leaders

    best, least = [], (math.inf, 0, 0.0)
    for order in orders:
        choices = {label.key: options[label.key] for label in order}
        found = _placed_in_order(choices, taken, wanted, least[0])
        if found is not None and loss(found) < least:
            best, least = found, loss(found)
        if not least[0]:
            break
    return best


def _placed_in_order(
    options: Mapping[str, Choices], taken: Sequence[Box], wanted: Mapping[str, int], most: float
) -> list[Placed] | None:
    """The labels that find room; None as soon as more than `most` is lost of what is wanted."""
    out: list[Placed] = []
    corners, lost = [box.corners for box in taken], 0
    for key, several in options.items():
        one = next((found for some in several if (found := _first_free(some, corners, out))), None)
        if one:
            out.append(one)
            corners.append(one.box.corners)
        else:
            lost += wanted.get(key, 0)
            if lost > most:
                return None
    return out


def _first_free(options: Options, taken: list[tuple], others: Sequence[Placed]) -> Placed | None:
    corners = np.array(taken, dtype=float).reshape(-1, 4)
    leaders = np.array([other.leader for other in others if other.leader]).reshape(-1, 2, 2)
    free = np.flatnonzero(~_meet(options.boxes, corners))
    # In portions, because the best place that is free mostly comes early.
    for some in np.split(free, range(PORTION, len(free), PORTION)):
        boxes = options.boxes[some]
        good = ~_pass(leaders[None, :, 0], leaders[None, :, 1], boxes[:, None]).any(axis=1)
        if options.ends is not None:
            ends, start = options.ends[some][:, None], np.array(options.label.leader_from)
            good &= ~_pass(start, ends, corners[None]).any(axis=1)
            good &= ~_cross(start, ends, leaders[None, :, 0], leaders[None, :, 1]).any(axis=1)
        if good.any():
            return _at(options, some[np.flatnonzero(good)[0]])
    return None


def _at(options: Options, i: int) -> Placed:
    box = Box(*options.boxes[i].tolist())
    if options.ends is None:
        return Placed(options.label, box)
    return Placed(options.label, box, (options.label.leader_from, tuple(options.ends[i].tolist())))


def _meet(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which boxes come nearer to one of the others than the gap."""
    left, top, right, bottom = (side[:, None] for side in boxes.T)
    l2, t2, r2, b2 = others.T
    across = (left < r2 + GAP) & (l2 < right + GAP)
    return (across & (top < b2 + GAP) & (t2 < bottom + GAP)).any(axis=1)


def _pass(start: np.ndarray, end: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Which straight lines pass through which boxes, or come as near as a pixel."""
    step = end - start
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)
    low, high = (boxes[..., :2] - 1 - start) / step, (boxes[..., 2:] + 1 - start) / step
    enter, leave = np.minimum(low, high).max(axis=-1), np.maximum(low, high).min(axis=-1)
    return np.maximum(enter, 0) < np.minimum(leave, 1)


def _cross(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Which lines from a to b cross which lines from c to d."""

    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> np.ndarray:
        along, aside = q - p, r - p
        return along[..., 0] * aside[..., 1] - along[..., 1] * aside[..., 0]

    return (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)


def _options(label: Label, ground: Field) -> Iterator[Options]:
    """Where the label belongs, in one line or more, and aside with a leader line."""
    forms = [label, label.narrow] if label.narrow else [label]
    for form in forms:
        yield _where_it_belongs(form, ground)
    yield from _aside(forms[-1], ground)


def _where_it_belongs(label: Label, ground: Field) -> Options:
    places = np.array(label.places, dtype=float).reshape(-1, 3)
    boxes = _boxes(label, places[:, :2])
    covered = ground.covered(boxes)
    cost = places[:, 2] + covered * COVERED_MARK + ground.line_cost(boxes)
    may = np.flatnonzero(ground.lie_in(boxes) & (covered <= label.most_covered))
    return Options(label, boxes[may[np.argsort(cost[may], kind="stable")]])


def _aside(label: Label, ground: Field) -> list[Options]:
    """Places round the point where a leader line starts, the nearest first."""
    if label.leader_from is None:
        return []
    start = np.array(label.leader_from)
    distance = np.arange(10, label.longest_leader + 1, max(6.0, label.longest_leader / 16))[:, None]
    angle = np.linspace(0, 2 * math.pi, DIRECTIONS, endpoint=False)
    across = start[0] + np.cos(angle) * (distance + label.width / 2)
    down = start[1] + np.sin(angle) * (distance + label.height / 2)
    boxes = _boxes(label, np.stack([across.ravel(), down.ravel()], axis=1))
    ends = np.clip(start, boxes[:, :2], boxes[:, 2:])
    length = np.hypot(*(ends - start).T)
    strange, over = _strangeness(label, boxes, ends, length)
    cost = length + 2 * COVERED_MARK * ground.covered(boxes) + ground.line_cost(boxes)
    # Standing in another region, a name would name that.
    may = np.flatnonzero(ground.lie_in(boxes) & ~strange & (over <= STRANGE_REACH * label.size))
    best = may[np.argsort(cost[may], kind="stable")]
    return [Options(label, boxes[best], ends[best])]


def _strangeness(
    label: Label, boxes: np.ndarray, ends: np.ndarray, length: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which boxes stand where the label does not belong, and how much of its leader line runs there."""
    if label.strange is None:
        return np.zeros(len(boxes), dtype=bool), np.zeros(len(boxes))
    shares = np.linspace(0, 1, LOOKS)[:, None, None]
    points = np.array(label.leader_from) * (1 - shares) + ends * shares
    inside = shapely.contains_xy(label.strange, points[..., 0], points[..., 1])
    return shapely.intersects(label.strange, shapely.box(*boxes.T)), inside.mean(axis=0) * length


def _boxes(label: Label, middles: np.ndarray) -> np.ndarray:
    half = np.array([label.width / 2, label.height / 2])
    return np.concatenate([middles - half, middles + half], axis=1)


def beside(x: float, y: float, width: float, height: float, distance: float) -> tuple[tuple, ...]:
    """Middles of a label beside a point: right, left, above, below, and the corners."""
    out = []
    for cost, (across, down) in enumerate(
        ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
    ):
        near = distance * (0.7 if across and down else 1)
        out.append((x + across * (near + width / 2), y + down * (near + height / 2), cost * 1.5))
    return tuple(out)


def spread(points: Sequence[Point], wide: float, farthest: float) -> list[Point]:
    """Circles `wide` across moved side by side where they would cover each other, no farther than `farthest`.

    A circle that finds no free place stands where it covers the others least.
    """
    ring = [(0.0, 0.0)]
    for distance in np.arange(0.5 * wide, farthest + 0.01, 0.25 * wide):
        turns = np.arange(0, 2 * math.pi, math.pi / 8)
        ring += [(distance * math.cos(turn), distance * math.sin(turn)) for turn in turns]
    steps = np.array(ring)
    out = np.empty((0, 2))
    for point in points:
        places = steps + point
        if len(out):
            gaps = np.hypot(*(places[:, None] - out[None]).transpose(2, 0, 1)).min(axis=1)
            free = np.flatnonzero(gaps >= 0.9 * wide)
            best = free[0] if len(free) else int(gaps.argmax())
        else:
            best = 0
        out = np.vstack([out, places[best]])
    return [(float(x), float(y)) for x, y in out]
