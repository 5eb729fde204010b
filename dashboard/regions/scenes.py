"""What the maps of the pages of regions and of pairs show."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from dashboard.figures import marks as m
from dashboard.figures.screen import HOME, Bounds
from dashboard.page_map import Scene
from dashboard.regions.view import RegionsView
from layers import Atlas
from layers.access import lines_through
from layers.crossings import of_region
from layers.metrics import METRICS, Metric

SHADED = ("crossings", "rivers", "labels")
PLACES = ("corridors", "sites", "crossings", "rivers", "labels")
RIM = 0.06
"""The part of a region's size that is left free around it."""


def marks_of(
    atlas: Atlas,
    metric: Metric,
    shown: tuple[str, ...],
    lines: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
) -> m.MapMarks:
    """Regions by a metric with some of the lines, sites and crossings."""
    return m.MapMarks(
        regions=m.region_marks(atlas, metric),
        lines=m.line_marks(lines, atlas.corridors["group"]),
        has_all_lines=len(lines) == len(atlas.segments),
        sites=m.site_marks(sites),
        has_all_sites=len(sites) == len(atlas.sites),
        crossings=crossings,
        energy=m.energy_marks(atlas.energy_lines),
        shown=shown,
    )


def bounds_of_regions(regions: gpd.GeoDataFrame) -> Bounds:
    """West, south, east and north of regions in degrees, with a rim around them."""
    west, south, east, north = (float(side) for side in regions.total_bounds)
    rim = RIM * max(east - west, north - south)
    return west - rim, south - rim, east + rim, north + rim


def all_regions(atlas: Atlas, which: str) -> Scene:
    """The regions by the metric of the view, opened on its country; `which` is the query of the page."""
    view = RegionsView.from_query(which)
    regions = atlas.regions
    own = regions[regions["country_iso3"].eq(view.country)] if view.country else regions.iloc[:0]
    marks = marks_of(
        atlas, view.metric, SHADED, atlas.segments.iloc[:0], atlas.sites.iloc[:0], atlas.crossings
    )
    return Scene(marks, bounds_of_regions(own) if len(own) else HOME)


def one_region(atlas: Atlas, region_id: str) -> Scene:
    """A region with its sites, the crossings on its border and the corridor lines that pass through it."""
    lines = lines_of(atlas, [region_id])
    sites = atlas.sites[atlas.sites["region_id"].eq(region_id)]
    marks = marks_of(atlas, METRICS["none"], PLACES, lines, sites, of_region(atlas.crossings, region_id))
    return Scene(marks, bounds_of_regions(atlas.regions.loc[[region_id]]), (f"region:{region_id}",))


def lines_of(atlas: Atlas, region_ids: list[str]) -> gpd.GeoDataFrame:
    """The segments that pass through any of these regions."""
    through = lines_through(atlas)
    own: pd.Series = through.loc[through["region_id"].isin(region_ids), "segment_id"]
    return atlas.segments[atlas.segments.index.isin(own)]
