"""The form of the page of reach."""

from __future__ import annotations

from dashboard import ids
from dashboard.plain import Plain, Tree, trees
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import (
    assumption_table,
    chips,
    choice,
    field,
    folded,
    form,
    network_fields,
    openings,
)
from dashboard.routes.places import Groups, node_groups
from dashboard.routes.reach_parts import MEASURE_NAMES, SETS
from dashboard.routes.reaching import PATH, ReachQuestion
from dashboard.text import Words
from layers import Atlas
from layers.network import GATEWAYS, MEASURES

STORE = ids.REACH_ASKED


def reach_form(asked: ReachQuestion, atlas: Atlas, words: Words) -> Plain:
    """Everything a reader can ask; what is changed stands open."""
    conditions = asked.conditions

    def link(other: Conditions) -> str:
        return asked.on(other).address(words.language)

    what_if: list[Tree] = [
        ["div", {"className": "route-fields"}, *network_fields(conditions, atlas, words)],
        ["p", {"className": "legend-note"}, words("Lines that are not in operation, to open as a whole:")],
        *trees(openings(conditions, link, STORE, atlas, words)),
    ]
    measures = tuple((code, words(MEASURE_NAMES[code])) for code in MEASURES)
    parts = [
        [
            "div",
            {"className": "route-fields"},
            field(words("Gateways"), choice("gateways", gateway_groups(atlas, words), asked.gateways)),
            field(words("Measured in"), choice("measure", (("", measures),), asked.measure)),
        ],
        *chips(conditions, link, STORE, atlas, words),
        folded(words("What if: close and open links"), what_if, own_class="what-if"),
        folded(
            words("Assumptions"),
            assumption_table(conditions, link, STORE, atlas, words),
            bool(conditions.changes),
            "assumptions",
        ),
    ]
    return Plain.of([form(PATH, STORE, parts, words("Show the reach"), words)])


def gateway_groups(atlas: Atlas, words: Words) -> Groups:
    """Sets of gateways, then every node of the network."""
    sets = tuple((code, words(SETS[code])) for code in GATEWAYS)
    return ((words("Sets of gateways"), sets), *node_groups(atlas, words.language))
