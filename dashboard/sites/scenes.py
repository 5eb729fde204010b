"""What the maps of the site pages show."""

from __future__ import annotations

import dataclasses
import math
from functools import lru_cache

import numpy as np

from dashboard.figures import marks as m
from dashboard.figures.screen import HOME
from dashboard.page_map import Scene
from dashboard.sites.view import SitesView
from layers import Atlas
from layers.metrics import METRICS
from layers.nearby import things_near
from layers.site_choice import fitting

SHOWN = ("corridors", "sites", "crossings", "railways", "rivers", "labels")
LEAST_KM, MOST_KM = 60, 250
"""How far the map of a site shows at least and at most."""


def many_sites(atlas: Atlas, which: str) -> Scene:
    """The sites that fit, all corridors and crossings; `which` is the query of the page."""
    view = SitesView.from_query(which, atlas)
    return Scene(_marks(atlas, fitting(atlas, view.choice)), HOME, view.selected)


def one_site(atlas: Atlas, site_id: str) -> Scene:
    """A site with all that lies around it, out to the nearest open crossing where that is not far."""
    near = things_near(atlas, site_id)
    km = [near[f"{name}_km"] for name in ("corridor", "rail_node", "open_crossing")]
    reach = max([LEAST_KM, *(1.2 * one for one in km if one <= MOST_KM)])
    point = atlas.sites.geometry[site_id]
    north = reach / 111.2
    east = north / math.cos(math.radians(point.y))
    home = (point.x - east, point.y - north, point.x + east, point.y + north)
    return Scene(_marks(atlas), home, (f"site:{site_id}",))


def _marks(atlas: Atlas, fits: np.ndarray | None = None) -> m.MapMarks:
    """Corridors, crossings, and those of the sites that fit; all where nothing is asked."""
    marks = _all_marks(atlas)
    if fits is None or fits.all():
        return marks
    return dataclasses.replace(marks, sites=marks.sites[fits], has_all_sites=False)


# Key: the atlas, one object a data version; nobody changes what is in it.
@lru_cache(maxsize=2)
def _all_marks(atlas: Atlas) -> m.MapMarks:
    return m.MapMarks(
        regions=m.region_marks(atlas, METRICS["none"]),
        lines=m.line_marks(atlas.segments, atlas.corridors["group"]),
        has_all_lines=True,
        sites=m.site_marks(atlas.sites),
        has_all_sites=True,
        crossings=atlas.crossings,
        energy=m.energy_marks(atlas.energy_lines),
        shown=SHOWN,
    )
