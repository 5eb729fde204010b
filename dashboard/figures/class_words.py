"""What each class of shaded regions stands for, in words: the same in every legend."""

from __future__ import annotations

from itertools import pairwise

from dashboard.figures import marks as m
from dashboard.text import N_, Words


def class_words(regions: m.RegionMarks, words: Words) -> list[str]:
    """One text for each colour: "up to 20", "20–50", "over 50"; with its sign where it is a difference."""
    shown = difference_words if regions.metric.form == "difference" else rate_words
    edges = (None, *regions.breaks, None)
    return [shown(low, high, words) for low, high in pairwise(edges)][: len(regions.colours)]


def rate_words(low: float | None, high: float | None, words: Words) -> str:
    """A class of rates between two edges; None is no edge."""
    if low is not None and high is not None:
        return f"{words.number(low)}–{words.number(high)}"
    if high is not None:
        return words("up to {n}", n=words.number(high))
    return words("over {n}", n=words.number(low)) if low is not None else words("all")


def difference_words(low: float | None, high: float | None, words: Words) -> str:
    """A class of differences between two edges: less, more, or no change; None is no edge."""
    if high is not None and high < 0:
        return words(LESS[kind_of(-high, low)], **span(-high, low, words))
    if low is not None and low > 0:
        return words(MORE[kind_of(low, high)], **span(low, high, words))
    return words("no change")


LESS = {
    "any": N_("less"),
    "over": N_("over {low} less"),
    "up to": N_("up to {high} less"),
    "between": N_("{low}–{high} less"),
}
MORE = {
    "any": N_("more"),
    "over": N_("over {low} more"),
    "up to": N_("up to {high} more"),
    "between": N_("{low}–{high} more"),
}


def kind_of(near: float, far: float | None) -> str:
    """How a class is said that reaches from one edge, nearer to no change, to another or on."""
    if near <= m.LEAST_STEP:
        return "any" if far is None else "up to"
    return "over" if far is None else "between"


def span(near: float, far: float | None, words: Words) -> dict[str, str]:
    """The edges of a class as numbers to be said."""
    return {"low": words.number(near), "high": "" if far is None else words.number(abs(far))}
