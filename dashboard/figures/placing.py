"""Placing labels on a map in pixels: none over another, none cut by the edge, few marks covered.

Greedy: labels come in order of importance, each takes the best of its candidate places, and what does not
fit is left out. A label that finds no room where it belongs may stand aside with a leader line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from dashboard.figures.projection import Rectangle
from dashboard.figures.sheet import text_height, text_width

GAP = 2.0  # pixels that stay free between two labels
DIRECTIONS = 36  # of leader lines
COVERED_MARK, COVERED_LINE = 6.0, 0.8  # what covering a mark or a piece of line costs, in pixels of distance
STRANGE_PLACE = 8.0  # what standing on another region costs, in sizes of the letters
MOST_COVERED = 3  # marks under one label

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """An upright rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def round(cls, x: float, y: float, width: float, height: float) -> Box:
        """The box of this size round a middle."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    def meets(self, other: Box, gap: float = GAP) -> bool:
        """Whether the two overlap or come nearer than the gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def lies_in(self, area: Rectangle, gap: float = GAP) -> bool:
        """Whether it keeps its distance from the edges of an area."""
        return (
            self.left >= area.left + gap
            and self.right <= area.right - gap
            and self.top >= area.top + gap
            and self.bottom <= area.bottom - gap
        )

    def nearest(self, x: float, y: float) -> Point:
        """Its point nearest to a place."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Whether a straight line passes through it."""
        steps = max(2, int(math.dist(start, end) / 3))
        for i in range(steps + 1):
            x, y = (a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
            if self.left - 1 < x < self.right + 1 and self.top - 1 < y < self.bottom + 1:
                return True
        return False


@dataclass(frozen=True)
class Label:
    """A text that wants a place.

    `places` are candidate middles with what each costs, best first; `leader_from` is where a leader line
    would start, None when the label must not have one, and `strange` what such a label better not stands on;
    `at` is the point that is named, where it is a point.
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


@dataclass
class Board:
    """The map while labels are put on it: what is taken, and the marks better not covered."""

    area: Rectangle
    marks: np.ndarray  # x, y, radius
    lines: np.ndarray  # x, y along lines
    taken: list[Box] = field(default_factory=list)
    leaders: list[tuple[Point, Point]] = field(default_factory=list)

    def is_free(self, box: Box) -> bool:
        """Whether a label may stand there."""
        return (
            box.lies_in(self.area)
            and not any(box.meets(other) for other in self.taken)
            and not any(box.is_crossed(*leader) for leader in self.leaders)
        )

    def covered(self, box: Box) -> int:
        """How many marks a label there would hide, at least in part."""
        if not len(self.marks):
            return 0
        x, y, radius = self.marks.T
        across = np.maximum(np.maximum(box.left - x, x - box.right), 0)
        down = np.maximum(np.maximum(box.top - y, y - box.bottom), 0)
        return int((across**2 + down**2 < (0.8 * radius) ** 2).sum())

    def line_cost(self, box: Box) -> float:
        """What the lines under a label there cost."""
        x, y = self.lines.T
        inside = (x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)
        return COVERED_LINE * int(inside.sum())

    def may_lead(self, start: Point, end: Point) -> bool:
        """Whether a leader line there crosses no label and no other leader line."""
        return not any(box.is_crossed(start, end) for box in self.taken) and not any(
            _cross(start, end, *leader) for leader in self.leaders
        )


def placed(
    labels: Iterable[Label],
    area: Rectangle,
    marks: Sequence = (),
    lines: Sequence = (),
    taken: Iterable[Box] = (),
) -> list[Placed]:
    """The labels that find room, in the order given.

    `marks` are circles (x, y, radius) and `lines` points (x, y) better not covered, `taken` boxes kept free.
    """
    circles = np.array(marks, dtype=float).reshape(-1, 3)
    board = Board(area, circles, np.array(lines, dtype=float).reshape(-1, 2), list(taken))
    out = []
    for label in labels:
        found = _best(label, board) or _aside(label, board)
        if found:
            board.taken.append(found.box)
            if found.leader:
                board.leaders.append(found.leader)
            out.append(found)
    return out


def _best(label: Label, board: Board) -> Placed | None:
    width, height = label.width, label.height
    best, least = None, math.inf
    for x, y, cost in label.places:
        if cost >= least:
            continue
        box = Box.round(x, y, width, height)
        if not board.is_free(box):
            continue
        covered = board.covered(box)
        whole = cost + covered * COVERED_MARK + board.line_cost(box)
        if covered <= label.most_covered and whole < least:
            best, least = box, whole
    return Placed(label, best) if best else None


def _aside(label: Label, board: Board) -> Placed | None:
    """The nearest free place with a leader line to where the label belongs."""
    if label.leader_from is None:
        return None
    width, height = label.width, label.height
    best, least = None, math.inf
    for x, y in _around(label.leader_from, width, height, label.longest_leader):
        box = Box.round(x, y, width, height)
        end = box.nearest(*label.leader_from)
        length = math.dist(end, label.leader_from)
        if length >= least or not board.is_free(box):
            continue
        cost = length + 2 * COVERED_MARK * board.covered(box) + board.line_cost(box)
        if label.strange is not None and label.strange.intersects(shapely.box(*box.corners)):
            cost += STRANGE_PLACE * label.size
        if cost < least and board.may_lead(label.leader_from, end):
            best, least = Placed(label, box, (label.leader_from, end)), cost
    return best


def _around(place: Point, width: float, height: float, longest: float) -> Iterator[Point]:
    for distance in np.arange(10, longest + 1, max(6.0, longest / 16)):
        for turn in range(DIRECTIONS):
            angle = 2 * math.pi * turn / DIRECTIONS
            across, down = math.cos(angle), math.sin(angle)
            yield place[0] + across * (distance + width / 2), place[1] + down * (distance + height / 2)


def beside(x: float, y: float, width: float, height: float, distance: float) -> tuple[tuple, ...]:
    """Middles of a label beside a point: right, left, above, below, and the corners."""
    out = []
    for cost, (across, down) in enumerate(
        ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
    ):
        near = distance * (0.7 if across and down else 1)
        out.append((x + across * (near + width / 2), y + down * (near + height / 2), cost * 1.5))
    return tuple(out)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


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
