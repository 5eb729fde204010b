"""What lies under the marks of the printed map: land, regions, water, rivers and railways.

Shapes are kept in metres of the map's projection. For a frame they are made as coarse as its pixels allow,
cut a little outside of it, and given back in degrees, with the winding that Plotly's geo traces need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.figures.projection import CONIC, Frame, Window, inverse

COARSEST = 0.45  # pixels: what simplifying may move a line by
SMALLEST = 1.5  # square pixels: a smaller island or hole is left out
LONGEST_EDGE = 60.0  # pixels
RIM = 0.04  # shapes are cut this far outside, as a share of the frame, so that no cut edge shows
DECIMALS = 3  # of a degree: 0.1 km

Degrees = list[float | None]


@dataclass(frozen=True, eq=False)
class Ground:
    """Shapes in metres of the projection.

    land by country_iso3 and regions by region_id share their borders; water, rivers and railways have no
    names.
    """

    land: gpd.GeoSeries
    regions: gpd.GeoSeries
    water: gpd.GeoSeries
    rivers: gpd.GeoSeries
    railways: gpd.GeoSeries

    @classmethod
    def of(cls, regions: gpd.GeoDataFrame, **frames: gpd.GeoDataFrame) -> Ground:
        """The ground of frames in EPSG:4326: land with country_iso3, water, rivers and railways."""
        land = frames["land"].set_index("country_iso3")
        own = land.index.isin(regions["country_iso3"].unique())
        rest = {name: frames[name].geometry.to_crs(CONIC) for name in ("water", "rivers", "railways")}
        return cls(land[~own].geometry.to_crs(CONIC), regions.geometry.to_crs(CONIC), **rest)


@dataclass(frozen=True, eq=False)
class Drawn:
    """The ground of one frame, coarse and cut, still in metres; land and regions indexed as in Ground."""

    land: gpd.GeoSeries
    regions: gpd.GeoSeries
    water: gpd.GeoSeries
    rivers: gpd.GeoSeries
    railways: gpd.GeoSeries

    def own_countries(self, country_of: pd.Series) -> gpd.GeoSeries:
        """The parts of the countries whose regions show, by country_iso3; `country_of` knows the regions'."""
        iso3 = country_of.reindex(self.regions.index)
        parts = {country: self.regions[iso3 == country] for country in iso3.unique()}
        whole = {country: _joined(list(shapes)) for country, shapes in parts.items()}
        return gpd.GeoSeries(whole, crs=CONIC)


def _joined(shapes: list[Any]) -> Any:
    """Regions as one shape; those that no longer meet in every corner, as the cut has moved one, slowly."""
    try:
        return shapely.coverage_union_all(shapes)
    except shapely.errors.GEOSException:
        return shapely.union_all(shapely.make_valid(shapes))


@lru_cache(maxsize=4)
def drawn(ground: Ground, frame: Frame) -> Drawn:
    """What of the ground shows in a frame, as fine as its pixels."""
    window, scale = frame.wider(RIM), frame.metres_a_pixel
    longest = LONGEST_EDGE * scale
    near, own = (rows[rows.intersects(shapely.box(*window))] for rows in (ground.land, ground.regions))
    # Together, so that a border stays one line on both of its sides.
    together = shapely.coverage_simplify([*near, *own], COARSEST * scale)
    land, regions = together[: len(near)], together[len(near) :]
    smallest = SMALLEST * scale**2
    return Drawn(
        _cut(gpd.GeoSeries(land, near.index, CONIC), window, smallest, longest),
        _cut(gpd.GeoSeries(regions, own.index, CONIC), window, smallest, longest),
        _cut(ground.water.simplify(COARSEST * scale), window, 4 * smallest, longest),
        coarse_lines(ground.rivers, frame),
        coarse_lines(ground.railways, frame),
    )


def _cut(shapes: gpd.GeoSeries, window: Window, smallest: float, longest: float) -> gpd.GeoSeries:
    # A long cut edge is straight here and bent in degrees: there it would run through other shapes.
    cut = shapes.make_valid().clip_by_rect(*window).segmentize(longest)
    return cut.map(lambda shape: _without_specks(shape, smallest)).loc[lambda s: ~s.is_empty]


def _without_specks(shape: shapely.Geometry, smallest: float) -> shapely.MultiPolygon:
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(
        [
            shapely.Polygon(p.exterior, [r for r in p.interiors if shapely.Polygon(r).area > smallest])
            for p in polygons
            if p.area > smallest
        ]
    )


@lru_cache(maxsize=16)
def collection(below: Drawn, name: str) -> dict[str, Any]:
    """The polygons of one name of a frame as `geojson`; nobody changes them."""
    return geojson(getattr(below, name))


def coarse_lines(lines: gpd.GeoSeries, frame: Frame) -> gpd.GeoSeries:
    """Lines in metres as fine as the pixels of a frame and cut a little outside of it."""
    cut = lines.clip_by_rect(*frame.wider(RIM)).loc[lambda s: ~s.is_empty]
    return cut.simplify(COARSEST * frame.metres_a_pixel)


def joined(lines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Lines with no names run into longer ones, which are shorter to write down."""
    merged = shapely.line_merge(shapely.unary_union(list(lines.dropna())))
    return gpd.GeoSeries([merged], crs=lines.crs)


def geojson(shapes: gpd.GeoSeries) -> dict[str, Any]:
    """Polygons as a GeoJSON collection in degrees whose features have the index as their id."""
    rounded = shapely.transform(shapes.to_numpy(), _degrees)
    # Rounding may flatten or turn a narrow ring, and Plotly takes a ring that runs the other way for
    # everything outside of it.
    oriented = shapely.orient_polygons([_with_area(shape) for shape in rounded], exterior_cw=True)
    features = [
        {
            "type": "Feature",
            "id": str(identifier),
            "properties": {},
            "geometry": {"type": "MultiPolygon", "coordinates": [_rings(part) for part in shape.geoms]},
        }
        for identifier, shape in zip(shapes.index, oriented, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _with_area(shape: shapely.MultiPolygon) -> shapely.MultiPolygon:
    least = 10.0 ** (-2 * DECIMALS)
    parts = [
        shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > least])
        for part in shape.geoms
        if shapely.Polygon(part.exterior).area > least
    ]
    return shapely.MultiPolygon(parts)


def _rings(polygon: shapely.Polygon) -> list[list[list[float]]]:
    return [shapely.get_coordinates(ring).tolist() for ring in (polygon.exterior, *polygon.interiors)]


def _degrees(metres: np.ndarray) -> np.ndarray:
    lon, lat = inverse(metres[:, 0], metres[:, 1])
    return np.stack([lon, lat], axis=1).round(DECIMALS)


def line_degrees(shapes: Iterable[shapely.Geometry]) -> tuple[Degrees, Degrees]:
    """Longitudes and latitudes of lines in metres, one after the other with None between them."""
    points, which = shapely.get_coordinates(_lines(shapes), return_index=True)
    points = _degrees(points)
    lon: Degrees = points[:, 0].tolist()
    lat: Degrees = points[:, 1].tolist()
    for end in np.flatnonzero(np.diff(which))[::-1] + 1:
        lon.insert(end, None)
        lat.insert(end, None)
    return lon, lat


def _lines(shapes: Iterable[shapely.Geometry]) -> Sequence[shapely.LineString]:
    parts = shapely.get_parts(list(shapes))
    return [part for part in parts if part.geom_type == "LineString" and part.length > 0]
