"""What the map of the page of energy shows."""

from __future__ import annotations

from dashboard.energy.view import EnergyView
from dashboard.figures import marks as m
from dashboard.figures.screen import HOME, Bounds
from dashboard.page_map import Scene
from layers import Atlas
from layers.energy import energy_sites
from layers.metrics import METRICS

SHOWN = ("energy", "sites", "rivers", "labels")
RIM = 0.02
LEAST_SIDE = 5.0  # degrees


def energy_scene(atlas: Atlas, which: str) -> Scene:
    """Lines and flows of the view with the sites of the sector; `which` is the query of the page."""
    view = EnergyView.from_query(which, atlas)
    sites = energy_sites(atlas.sites) if view.carrier in ("", "electricity") else atlas.sites.iloc[:0]
    flows = m.flow_marks(atlas, view.flows(atlas).index)
    marks = m.MapMarks(
        regions=m.region_marks(atlas, METRICS["none"]),
        lines=m.line_marks(atlas.segments.iloc[:0], atlas.corridors["group"]),
        has_all_lines=False,
        sites=m.site_marks(sites),
        has_all_sites=len(sites) == len(atlas.sites),
        crossings=atlas.crossings.iloc[:0],
        energy=m.energy_marks(view.lines(atlas)),
        shown=SHOWN,
        flows=flows,
    )
    return Scene(marks, _home(flows))


def _home(flows: m.gpd.GeoDataFrame) -> Bounds:
    """What shows all arrows; both countries where there are none."""
    if flows.empty:
        return HOME
    west, south, east, north = (float(side) for side in flows.total_bounds)
    rim = max(RIM * max(east - west, north - south), (LEAST_SIDE - max(east - west, north - south)) / 2)
    return west - rim, south - rim, east + rim, north + rim
