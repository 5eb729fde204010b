"""Ways from end to end along the corridors: what they pass, where they cross borders, how two compare."""

from layers.ways.comparison import Difference, Summary, difference, summary
from layers.ways.nearby import sites_along
from layers.ways.routes import variant_way, variants_of, way_between
from layers.ways.stretches import bands, borders, gauge_breaks, ports, sea_legs, shared_with
from layers.ways.way import NAMES, Way, connector, joined, way_of

__all__ = [
    "NAMES",
    "Difference",
    "Summary",
    "Way",
    "bands",
    "borders",
    "connector",
    "difference",
    "gauge_breaks",
    "joined",
    "ports",
    "sea_legs",
    "shared_with",
    "sites_along",
    "summary",
    "variant_way",
    "variants_of",
    "way_between",
    "way_of",
]
