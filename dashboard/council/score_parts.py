"""What a score is made of, criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dashboard.council.criteria import TITLES
from dashboard.council.view import PriorityView
from dashboard.plain import Tree
from dashboard.text import N_, Words, speak
from layers.priorities import CRITERIA

COLUMNS = (N_("Criterion"), N_("What the data say"), N_("Mark"), N_("Weight"), N_("Points"))


def span(low: str, high: str) -> str:
    """Two ends, or one where they are the same."""
    return low if low == high else f"{low}–{high}"


# A list says the same few marks and points hundreds of times.
@lru_cache(maxsize=4096)
def _written(value: float, digits: int | None, language: str) -> str:
    return speak(language).number(value, digits)


def points(low: float, high: float, words: Words, digits: int = 0) -> str:
    """Scores or parts of them, of 100."""
    return span(*(_written(round(100 * one, digits), digits, words.language) for one in (low, high)))


def score_parts(
    row: Mapping[str, float],
    low: Mapping[str, float],
    high: Mapping[str, float],
    own: list[list[Tree]],
    view: PriorityView,
    words: Words,
) -> Tree:
    """What a score is made of: of each criterion what the data say (`own`), mark, weight and points."""
    weights, lines, cell = view.weights.by_criterion(), [], {"className": "amount"}
    for criterion, said in zip(CRITERIA, own, strict=True):
        share = weights[criterion] / view.weights.total
        mark = span(*(_written(round(part[criterion], 2), None, words.language) for part in (low, high)))
        lines.append(
            [
                "tr",
                {},
                ["th", {"scope": "row"}, words(TITLES[criterion])],
                ["td", {}, *said],
                ["td", cell, mark],
                ["td", cell, str(weights[criterion])],
                ["td", cell, points(low[criterion] * share, high[criterion] * share, words, 1)],
            ]
        )
    head = ["tr", {}, *(["th", {"scope": "col"}, words(title)] for title in COLUMNS)]
    total = ["th", {"scope": "row", "colSpan": 4}, words("Score, of 100")]
    score = ["td", cell, points(row["low"], row["high"], words, 1)]
    return [
        "details",
        {"className": "opening"},
        ["summary", {}, words("What the score is made of")],
        [
            "table",
            {"className": "parts"},
            ["thead", {}, head],
            ["tbody", {}, *lines],
            ["tfoot", {}, ["tr", {}, total, score]],
        ],
    ]
