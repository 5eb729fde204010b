"""What a score is made of, criterion by criterion."""

from __future__ import annotations

import pandas as pd

from dashboard.council.criteria import TITLES
from dashboard.council.view import PriorityView
from dashboard.plain import Tree
from dashboard.text import N_, Words
from layers.priorities import CRITERIA, Marks


def span(low: str, high: str) -> str:
    """Two ends, or one where they are the same."""
    return low if low == high else f"{low}–{high}"


def points(low: float, high: float, words: Words, digits: int = 0) -> str:
    return span(*(words.number(round(100 * float(one), digits), digits) for one in (low, high)))


def score_parts(
    project_id: str, row: pd.Series, given: Marks, own: list[list[Tree]], view: PriorityView, words: Words
) -> Tree:
    """What a score is made of: of each criterion what the data say, mark, weight, contribution."""
    weights, lines = view.weights.by_criterion(), []
    low, high = given.low.loc[project_id], given.high.loc[project_id]
    for number, criterion in enumerate(CRITERIA):
        weight = weights[criterion]
        ends = [float(part[criterion]) for part in (low, high)]
        mark = span(*(words.number(round(end, 2)) for end in ends))
        share = weight / view.weights.total
        lines.append(
            [
                "tr",
                {},
                ["th", {"scope": "row"}, words(TITLES[criterion])],
                ["td", {}, *own[number]],
                ["td", {"className": "amount"}, mark],
                ["td", {"className": "amount"}, str(weight)],
                ["td", {"className": "amount"}, points(ends[0] * share, ends[1] * share, words, 1)],
            ]
        )
    titles = (N_("Criterion"), N_("What the data say"), N_("Mark"), N_("Weight"), N_("Points"))
    head = ["tr", {}, *(["th", {"scope": "col"}, words(title)] for title in titles)]
    total = ["th", {"scope": "row", "colSpan": 4}, words("Score, of 100")]
    score = ["td", {"className": "amount"}, points(row["low"], row["high"], words, 1)]
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
