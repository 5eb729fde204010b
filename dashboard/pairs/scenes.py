"""What the map of a pair shows."""

from __future__ import annotations

from dashboard.page_map import Scene
from dashboard.pairs.route import best_route
from dashboard.regions.scenes import PLACES, bounds_of_regions, marks_of
from layers import Atlas
from layers.metrics import METRICS
from layers.pairs import nearest_crossings


def one_pair(atlas: Atlas, which: str) -> Scene:
    """Both regions, the best route lit up, the nearest crossings and the sites; `which`: "UZ-SI/KZ-61"."""
    pair = which.split("/")
    found = best_route(atlas, *pair)
    segment_ids = found.segment_ids if found else ()
    near = nearest_crossings(atlas, *pair).index.union(found.crossing_ids if found else ())
    sites = atlas.sites[atlas.sites["region_id"].isin(pair)]
    lines = atlas.segments[atlas.segments.index.isin(segment_ids)]
    marks = marks_of(atlas, METRICS["none"], PLACES, lines, sites, atlas.crossings.loc[near])
    lit = (*(f"region:{one}" for one in pair), *(f"segment:{one}" for one in segment_ids))
    return Scene(marks, bounds_of_regions(atlas.regions.loc[pair]), lit)
