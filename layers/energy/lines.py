"""Pipelines and power lines, schematic through points edited by hand."""

from __future__ import annotations

import geopandas as gpd
import shapely

from layers.contract import CheckedFolder, numbers


def energy_lines(checked: CheckedFolder) -> gpd.GeoDataFrame:
    """One row per line, indexed by line_id, schematic through the points edited by hand (EPSG:4326).

    A line of one point is a plant or a dam and has a Point.
    """
    table = checked.tables["energy_lines"]
    drawn = [numbers.points(cell) for cell in table["points_lat_lon"]]
    geometry = [
        shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0]) for points in drawn
    ]
    return gpd.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")
