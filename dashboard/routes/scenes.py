"""What the maps of routes and of reach show."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import shapely

from dashboard.figures import marks as m
from dashboard.page_map import Scene
from dashboard.routes.question import Question
from dashboard.routes.reaching import ReachQuestion
from dashboard.text import N_
from layers import Atlas
from layers.metrics import METRICS, Metric, no_sources, undated
from layers.network import AS_IT_IS, Route, gateways_of, place_of
from layers.network.whatif import open_segments

ROUTE_COLOURS = ("#1466c0", "#c24e00", "#8e2f8e", "#222222")
"""Told apart by people who do not see red or green, by lightness too, and never a colour of a corridor."""

OTHER_COLOUR = "#8b959b"
SHOWN = ("corridors", "crossings", "rivers", "labels")
MARGIN_DEGREES = 0.6


@lru_cache(maxsize=4)  # for the page and for what its link says
def routes_scene(atlas: Atlas, which: str) -> Scene:
    """The routes of a question, each in its colour over the grey network; the chosen one lit up."""
    asked = Question.from_query(which, atlas)
    if asked.problem:
        return Scene(marks_of(atlas, painted(atlas, ())), bounds(atlas.regions.total_bounds))
    found = asked.routes(atlas)
    places = (asked.start, *asked.via, asked.goal)
    points = [shapely.Point(place.lon, place.lat) for place in (place_of(atlas, one) for one in places)]
    if not found:
        return Scene(marks_of(atlas, painted(atlas, ())), bounds(shapely.total_bounds(points)), places)
    rank = asked.rank(found)
    used = atlas.segments.loc[list({one for route in found for one in route.segment_ids})]
    lit = tuple(f"segment:{one}" for one in found[rank - 1].segment_ids)
    marks = marks_of(atlas, painted(atlas, ordered(found, rank)))
    return Scene(marks, bounds(shapely.total_bounds([*used.geometry, *points])), (*places, *lit))


def ordered(found: tuple[Route, ...], rank: int) -> tuple[tuple[int, Route], ...]:
    """Rank and route; the last one gives a line of several its colour, and that is the chosen one."""
    ranked = [(number, route) for number, route in enumerate(found, start=1) if number != rank]
    return (*ranked[::-1], (rank, found[rank - 1]))


def painted(atlas: Atlas, ranked: tuple[tuple[int, Route], ...]) -> gpd.GeoDataFrame:
    """All lines of the atlas, grey but for those of routes."""
    grey = _grey(atlas)
    colour, leading = (grey[column].to_numpy(object, copy=True) for column in ("colour", "leading"))
    for rank, route in ranked:
        own = [grey.index.get_loc(one) for one in route.segment_ids]
        colour[own], leading[own] = ROUTE_COLOURS[rank - 1], f"route-{rank}"
    return grey.assign(leading=leading.tolist(), colour=colour.tolist())


# Key: the atlas, one object a data version; nobody changes what is kept.
@lru_cache(maxsize=2)
def _grey(atlas: Atlas) -> gpd.GeoDataFrame:
    """All lines of the atlas in grey."""
    segments = atlas.segments
    return segments.assign(
        leading="network",
        colour=OTHER_COLOUR,
        dash=segments["status"].map(m.STATUS_DASHES),
        width=segments["mode"].map(m.MODE_WIDTHS),
    )


def marks_of(atlas: Atlas, lines: gpd.GeoDataFrame, regions: m.RegionMarks | None = None) -> m.MapMarks:
    """Lines and crossings over the regions."""
    return m.MapMarks(
        regions=regions or m.region_marks(atlas, METRICS["none"]),
        lines=lines,
        has_all_lines=len(lines) == len(atlas.segments),
        sites=m.site_marks(atlas.sites.iloc[:0]),
        has_all_sites=False,
        crossings=atlas.crossings,
        energy=m.energy_marks(atlas.energy_lines),
        shown=SHOWN,
    )


def bounds(total: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """West, south, east and north with a margin, also round a single place."""
    west, south, east, north = (float(one) for one in total)
    return west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES


LABELS = {
    "hours": N_("Hours to the nearest gateway"),
    "km": N_("Kilometres to the nearest gateway"),
    "borders": N_("Borders to the nearest gateway"),
}
DIFFERENCE_LABELS = {
    "hours": N_("Change in hours to the nearest gateway"),
    "km": N_("Change in kilometres to the nearest gateway"),
    "borders": N_("Change in borders to the nearest gateway"),
}
UNITS = {"hours": N_("h"), "km": N_("km"), "borders": ""}
NO_WAY = N_("Computed here. Grey regions: no way leads to any of these gateways.")
NO_DIFFERENCE = N_("Computed here. Grey regions: no way leads to any of these gateways, before or after.")


def reach_scene(atlas: Atlas, which: str) -> Scene:
    """The regions shaded by their reach or its change; gateways and what is opened lit up."""
    asked = ReachQuestion.from_query(which, atlas)
    home = bounds(atlas.regions.total_bounds)
    if asked.problem:
        return Scene(marks_of(atlas, painted(atlas, ())), home)
    what_if = AS_IT_IS if asked.view == "before" else asked.conditions.what_if
    is_open = open_segments(atlas, what_if)
    opened = atlas.segments.index[is_open & ~open_segments(atlas, AS_IT_IS)]
    gateways = [f"node:{one}" for one in gateways_of(atlas, asked.gateways)]
    marks = marks_of(atlas, painted(atlas, ())[is_open], m.region_marks(atlas, reach_metric(asked)))
    return Scene(marks, home, (*gateways, *(f"segment:{one}" for one in opened)))


def reach_metric(asked: ReachQuestion) -> Metric:
    """The measure of a question as a metric of regions."""
    is_difference = asked.view == "difference"
    return Metric(
        id=f"reach-{asked.measure}-{asked.view}",
        label=(DIFFERENCE_LABELS if is_difference else LABELS)[asked.measure],
        unit=UNITS[asked.measure],
        form="difference" if is_difference else "rate",
        compute=asked.values,
        source_ids=no_sources,
        period=undated,
        note=NO_DIFFERENCE if is_difference else NO_WAY,
        computed=True,
    )
