"""How marks, scores, places and shares of the priority list are worked out, in words."""

from __future__ import annotations

from dash import html

from dashboard.council.criteria import TITLES, rule_of
from dashboard.text import N_, Words
from layers.priorities import CRITERIA, DRAWS, SPREAD, TOP

SCORE = N_("A score is the mean of the six marks by the weights, times 100. Equals share the better place.")
NOT_KNOWN = N_(
    "What no source states is left open: the mark is 0 at worst and 1 at best, so a project has a lowest and "
    "a highest score, and the places that it may take if what is not known of it and of all others turns out "
    "well or badly for it. The list is in the order of the middle between both scores; that middle is no "
    "estimate."
)
SENSITIVITY = N_(
    "Weights vary: {draws} times each weight is multiplied by a number of its own between {low} and {high}, "
    "always the same draws. The share says how often a project is then among the first {top}: first if "
    "nothing that is not known of it counts, then if all of it counts half, then if all of it counts full; "
    "what is not known of the others counts half."
)


def method(words: Words) -> html.Details:
    """The rules, folded away."""
    rules = [html.Li([html.B(words(TITLES[one])), ": ", rule_of(one, words)]) for one in CRITERIA]
    low, high = (words.number(1 + side * SPREAD, 1) for side in (-1, 1))
    varied = words(SENSITIVITY, draws=words.number(DRAWS), low=low, high=high, top=words.number(TOP))
    return html.Details(
        [
            html.Summary(words("How this is computed")),
            html.P(words("Each criterion gives a mark from 0 to 1:")),
            html.Ul(rules),
            *(html.P(text) for text in (words(SCORE), words(NOT_KNOWN), varied)),
        ],
        className="method",
    )
