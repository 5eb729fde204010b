"""A choice among the segments: which of them fit, and how many each further value would leave."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from layers.atlas import Atlas
from layers.facets import Facet

FACETS = {"corridors": "corridor_ids", "corridor_statuses": "status"}
"""The choices a reader has among segments, and the column each looks at."""


def fitting(atlas: Atlas, **chosen: tuple[str, ...]) -> np.ndarray:
    """Whether each segment fits, in the order of the table; of a facet in which nothing is chosen all do."""
    fits = np.ones(len(atlas.segments), dtype=bool)
    for name, values in chosen.items():
        if values:
            fits &= facet_of(atlas, name).fits(values, len(fits))
    return fits


def counts(atlas: Atlas, **chosen: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """For each facet how many segments each of its values would leave with the other choices as they are."""
    found = {}
    for name in FACETS:
        others = fitting(atlas, **{other: values for other, values in chosen.items() if other != name})
        found[name] = facet_of(atlas, name).counts(others)
    return found


# Key: the atlas, one object a data version.
@lru_cache(maxsize=8)
def facet_of(atlas: Atlas, name: str) -> Facet:
    """The values of one facet and the segments that have them."""
    return Facet.of(atlas.segments[FACETS[name]].tolist())
