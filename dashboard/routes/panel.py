"""The form of the page of routes: from, to, over; what is closed and opened; the assumptions."""

from __future__ import annotations

from dashboard import ids
from dashboard.plain import Plain, Tree
from dashboard.routes import told
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import choice, field, form, hidden, network_controls
from dashboard.routes.places import has_many_places, node_groups, place_groups
from dashboard.routes.question import MOST_VIAS, PATH, Question
from dashboard.routes.typing import typed
from dashboard.text import Words
from layers import Atlas
from layers.network import CRITERIA

STORE = ids.ROUTES_ASKED


def question_form(asked: Question, atlas: Atlas, words: Words) -> Plain:
    """Everything a reader can ask."""

    def link(other: Conditions) -> str:
        return asked.on(other).address(words.language)

    parts = [
        ["div", {"className": "route-fields"}, *ends(asked, atlas, words)],
        *network_controls(asked.conditions, link, STORE, atlas, words),
    ]
    return Plain.of([form(PATH, STORE, parts, words("Find ways"), words)])


def ends(asked: Question, atlas: Atlas, words: Words) -> list[Tree]:
    """Where from, where to, over which places, and how the ways are ranked."""
    anywhere = words("anywhere")
    criteria = tuple((code, words(told.CRITERIA[code])) for code in CRITERIA)
    vias = [*asked.via, *[""] * MOST_VIAS][:MOST_VIAS]
    ranked = field(words("Ranked by"), choice("by", (("", criteria),), asked.criterion, default=CRITERIA[0]))
    if has_many_places(atlas):
        ends = {"from": (words("From"), asked.start), "to": (words("To"), asked.goal)}
        return [
            *(field(label, typed(name, key, "", atlas, words)) for name, (label, key) in ends.items()),
            *(field(words("Over"), typed("via", key, anywhere, atlas, words)) for key in vias),
            ranked,
        ]
    places, between = place_groups(atlas, words.language), node_groups(atlas, words.language)
    kept = [hidden("via", one) for one in vias if one and not one.startswith("node:")]
    lists = [
        field(words("Over"), choice("via", between, one, ("", anywhere)))
        for one in vias
        if not one or one.startswith("node:")
    ]
    return [
        field(words("From"), choice("from", places, asked.start)),
        field(words("To"), choice("to", places, asked.goal)),
        *lists,
        *kept,
        ranked,
    ]
