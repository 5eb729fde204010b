"""Placing labels on a map in pixels: none over another, none cut by the edge, few marks covered.

Greedy: labels come in order of importance, each takes the best of its candidate places, and what does not
fit is left out. A label that finds no room where it belongs may stand aside with a leader line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from dashboard.figures.projection import Rectangle
from dashboard.figures.sheet import text_height, text_width

GAP = 2.0  # pixels that stay free between two labels
DIRECTIONS = 24  # of leader lines
COVERED_MARK = 6.0  # what covering a mark costs, in pixels of distance
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

    `places` are candidate middles with what each costs, best first; `leader_from` is where a leader line would
    start, None when the label must not have one.
    """

    key: str
    lines: tuple[str, ...]
    size: float
    places: tuple[tuple[float, float, float], ...]
    bold: bool = False
    leader_from: Point | None = None
    longest_leader: float = 0.0
    most_covered: int = MOST_COVERED

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

    def may_lead(self, start: Point, end: Point) -> bool:
        """Whether a leader line there crosses no label and no other leader line."""
        return not any(box.is_crossed(start, end) for box in self.taken) and not any(
            _cross(start, end, *leader) for leader in self.leaders
        )


def placed(labels: Iterable[Label], area: Rectangle, marks: Sequence, taken: Iterable[Box] = ()) -> list[Placed]:
    """The labels that find room, in the order given; `marks` are (x, y, radius), `taken` boxes kept free."""
    board = Board(area, np.array(marks, dtype=float).reshape(-1, 3), list(taken))
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
        if covered <= label.most_covered and cost + covered * COVERED_MARK < least:
            best, least = box, cost + covered * COVERED_MARK
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
        cost = length + 2 * COVERED_MARK * board.covered(box)
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
