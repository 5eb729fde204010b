"""The form of the page of reach."""

from __future__ import annotations

from dashboard import ids
from dashboard.plain import Plain
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import choice, field, form, network_controls
from dashboard.routes.places import Groups, node_groups, place_name
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
    gateways = gateway_groups(atlas, asked.gateways, words)
    parts = [
        [
            "div",
            {"className": "route-fields"},
            field(
                words("Gateways"),
                choice("gateways", gateways, asked.gateways),
            ),
            field(words("Measured in"), choice("measure", (("", measures),), asked.measure)),
        ],
        *network_controls(asked.conditions, link, STORE, atlas, words),
    ]
    return Plain.of([form(PATH, STORE, parts, words("Show the reach"), words)])


def gateway_groups(atlas: Atlas, chosen: str, words: Words) -> Groups:
    """Sets of gateways, then the nodes of the network, of kinds with very many only the chosen one."""
    sets = tuple((code, words(SETS[code])) for code in GATEWAYS)
    listed = node_groups(atlas, words.language)
    if ":" in chosen and not any(chosen == key for _, group in listed for key, _ in group):
        listed = (*listed, ("", ((chosen, place_name(atlas, chosen, words)),)))
    return ((words("Sets of gateways"), sets), *listed)
