"""The multimodal network: routes between places, alternatives, and what changes if links open or close."""

from layers.network.assumptions import Assumptions, Stated, assumptions_of
from layers.network.cuts import Changes, NoRoute, changes, no_route
from layers.network.nearest import MEASURES, reach, reach_changes
from layers.network.places import GATEWAYS, Place, gateways_of, place_of, row_of
from layers.network.refusals import Refused
from layers.network.route import CAUSES, Route, routes
from layers.network.search import CRITERIA
from layers.network.whatif import AS_IT_IS, WhatIf

__all__ = [
    "AS_IT_IS",
    "CAUSES",
    "CRITERIA",
    "GATEWAYS",
    "MEASURES",
    "Assumptions",
    "Changes",
    "NoRoute",
    "Place",
    "Refused",
    "Route",
    "Stated",
    "WhatIf",
    "assumptions_of",
    "changes",
    "gateways_of",
    "no_route",
    "place_of",
    "reach",
    "reach_changes",
    "routes",
    "row_of",
]
