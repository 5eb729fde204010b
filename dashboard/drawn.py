"""Small still pictures under addresses that change with their content, so a browser fetches each one once."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import shapely

from dashboard.compression import Content
from dashboard.figures import theme
from dashboard.figures.marks import GROUP_COLOURS
from dashboard.figures.small_map import Below, small_map
from dashboard.geometry import HASH_DIGITS
from dashboard.printed import ground
from layers import Atlas
from layers.corridors import segments_of, with_branches

MOST_CORNERS, FINEST_M = 50_000, 2_000
"""Countries with more corners are made coarser once by so many metres, a tenth of a pixel, for all maps."""

MIMETYPE = "image/svg+xml"


def small_map_url(atlas: Atlas, corridor_id: str) -> str:
    """Address of the small map of a corridor; KeyError for an unknown corridor."""
    return f"/drawn/corridor/{corridor_id}.{small_map_hash(atlas, corridor_id)}.svg"


def small_map_hash(atlas: Atlas, corridor_id: str) -> str:
    """The part of the address that changes with the picture."""
    return corridor_map(atlas, corridor_id).digest[:HASH_DIGITS]


def dark_url() -> str:
    """Address of the colours of the dark theme."""
    return f"/drawn/dark.{dark_colours().digest[:HASH_DIGITS]}.css"


@lru_cache(maxsize=1)
def dark_colours() -> Content:
    """The style sheet of the partners that colours of maps and charts have in the dark theme."""
    return Content(theme.style_sheet().encode(), "text/css")


# Keys: the atlas, one object a data version, and the corridor; an old version leaves the caches by disuse.
@lru_cache(maxsize=64)
def corridor_map(atlas: Atlas, corridor_id: str) -> Content:
    """The small map of a corridor and its branches as SVG; KeyError for an unknown corridor."""
    corridor = atlas.corridors.loc[corridor_id]
    lines = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id]))
    colour = GROUP_COLOURS[corridor["group"]]
    svg = small_map(lines, _below(atlas), colour, corridor["name_en"])
    return Content(svg.encode(), MIMETYPE)


@lru_cache(maxsize=2)
def _below(atlas: Atlas) -> Below:
    """What all small maps show under their lines."""
    countries = _countries(atlas)
    return Below.of(_sea(atlas, countries), countries)


def _sea(atlas: Atlas, countries: gpd.GeoSeries) -> gpd.GeoSeries:
    """What is no land within the limits of the land file, as one shape in metres of the projection.

    The file ends in the midst of Russia and Africa, which a map that fills in the land would show as a coast.
    """
    land = ground(atlas).land
    limits = gpd.GeoSeries([shapely.box(*land.to_crs(4326).total_bounds)], crs=4326)
    around = limits.segmentize(1.0).to_crs(land.crs).item()
    return gpd.GeoSeries([shapely.difference(around, shapely.union_all([*land, *countries]))], crs=land.crs)


def _countries(atlas: Atlas) -> gpd.GeoSeries:
    """The countries of the regions, each as one shape, in metres of the projection."""
    regions = ground(atlas).regions
    by_country = regions.groupby(atlas.regions["country_iso3"].reindex(regions.index))
    shapes = {country: shapely.coverage_union_all(own.to_numpy()) for country, own in by_country}
    whole = gpd.GeoSeries(shapes, crs=regions.crs)
    if shapely.get_num_coordinates(whole.to_numpy()).sum() > MOST_CORNERS:
        whole[:] = shapely.coverage_simplify(whole.to_numpy(), FINEST_M)
    return whole
