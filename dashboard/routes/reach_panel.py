"""The form of the page of reach."""

from __future__ import annotations

from dashboard import ids
from dashboard.plain import Plain
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import choice, field, form, network_controls
from dashboard.routes.places import Groups, node_groups
from dashboard.routes.reach_parts import MEASURE_NAMES, SETS
from dashboard.routes.reaching import PATH, ReachQuestion
from dashboard.text import Words
from layers import Atlas
from layers.network import GATEWAYS, MEASURES

STORE = ids.REACH_ASKED


def reach_form(asked: ReachQuestion, atlas: Atlas, words: Words) -> Plain:
    """Everything a reader can ask."""

    def link(other: Conditions) -> str:
        return asked.on(other).address(words.language)

    measures = tuple((code, words(MEASURE_NAMES[code])) for code in MEASURES)
    parts = [
        [
            "div",
            {"className": "route-fields"},
            field(words("Gateways"), choice("gateways", gateway_groups(atlas, words), asked.gateways)),
            field(words("Measured in"), choice("measure", (("", measures),), asked.measure)),
        ],
        *network_controls(asked.conditions, link, STORE, atlas, words),
    ]
    return Plain.of([form(PATH, STORE, parts, words("Show the reach"), words)])


def gateway_groups(atlas: Atlas, words: Words) -> Groups:
    """Sets of gateways, then every node of the network."""
    sets = tuple((code, words(SETS[code])) for code in GATEWAYS)
    return ((words("Sets of gateways"), sets), *node_groups(atlas, words.language))
