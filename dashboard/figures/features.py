"""GeoJSON that the screen map draws from: lines, points and labels with what styles and tooltips read.

Each function takes an atlas and gives a FeatureCollection in EPSG:4326 as bytes. Names travel in every
language the data have, so that one file serves all readers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.figures import marks as m
from dashboard.text import languages, speak
from dashboard.tiles import travels_as_tiles
from dashboard.vocabulary import crossing_name
from layers import Atlas

NAME_COLUMNS = ("name_en", "name_ru", "name_uz", "name_kk")
DECIMALS = 3  # about 100 m, finer than any place in the data


def segments(atlas: Atlas) -> bytes:
    """Lines of the corridors: mode, status, colour group, corridors and the names of both ends."""
    properties = segment_properties(atlas.segments, atlas.nodes, atlas.corridors["group"])
    return _collection(atlas.segments.geometry, properties)


def segment_properties(
    segments: pd.DataFrame, nodes: pd.DataFrame, groups: pd.Series
) -> list[dict[str, Any]]:
    """What is said of each segment; `groups` is the colour group of each corridor_id."""
    columns = [column for column in NAME_COLUMNS if column in nodes]
    starts, ends = (
        nodes[columns].reindex(segments[side]).to_dict("records") for side in ("from_node", "to_node")
    )
    rows = segments[["mode", "status", "corridor_ids", "geometry_kind"]].to_dict("records")
    return [
        {
            "segment_id": segment_id,
            "mode": row["mode"],
            "status": row["status"],
            "group": groups[row["corridor_ids"][0]],
            "corridors": ";".join(row["corridor_ids"]),
            "is_schematic": row["geometry_kind"] != "traced",
            **{c: f"{start[c]} – {end[c]}" for c in columns if start[c] and end[c]},
        }
        for segment_id, row, start, end in zip(segments.index, rows, starts, ends, strict=True)
    ]


def sites(atlas: Atlas) -> bytes:
    """Points of the sites: kind, status, whether the place is approximate, names."""
    marks = m.site_marks(atlas.sites)
    return _collection(marks.geometry, site_properties(marks))


def site_properties(marks: pd.DataFrame) -> list[dict[str, Any]]:
    """What is said of each of these marks of sites."""
    drawn = ("kind", "status", "is_approximate", "is_standing", "is_building")
    rows = marks[[*drawn, *(column for column in NAME_COLUMNS if column in marks)]].to_dict("records")
    return [
        {"site_id": site_id, **{name: row[name] for name in drawn}, **_names(row)}
        for site_id, row in zip(marks.index, rows, strict=True)
    ]


def name_properties(frame: pd.DataFrame) -> list[dict[str, str]]:
    """The names of each row in every language that has one."""
    columns = [column for column in NAME_COLUMNS if column in frame]
    return [_names(row) for row in frame[columns].to_dict("records")]


def crossings(atlas: Atlas) -> bytes:
    """Points of the border crossings: mode, status, the names of both sides."""
    properties = [
        {
            "crossing_id": crossing_id,
            "mode": row["mode"],
            "status": row["status"],
            **{f"name_{code}": crossing_name(row, speak(code)) for code in languages()},
        }
        for crossing_id, row in atlas.crossings.drop(columns="geometry").iterrows()
    ]
    return _collection(atlas.crossings.geometry, properties)


def energy(atlas: Atlas) -> bytes:
    """Schematic energy lines and points: carrier, status, names."""
    properties = [
        {"line_id": line_id, "carrier": row["carrier"], "status": row["status"], **_names(row)}
        for line_id, row in atlas.energy_lines.drop(columns="geometry").iterrows()
    ]
    return _collection(atlas.energy_lines.geometry, properties)


def labels(atlas: Atlas) -> bytes:
    """Points that carry the names of countries, regions and cities; cities have a rank from 1 to 4.

    Regions that travel as tiles have their names in them.
    """
    # A city with the rank of a region is named by its city label.
    is_named = (atlas.regions["kind"] != "city") & (not travels_as_tiles(atlas, "regions"))
    regions = atlas.regions[is_named]
    centres = gpd.GeoSeries(regions.geometry.representative_point(), crs=4326)
    points = [
        *zip(
            atlas.countries.geometry,
            ({"type": "country", **_names(r)} for r in _rows(atlas.countries)),
            strict=True,
        ),
        *zip(centres[regions.index], ({"type": "region", **_names(r)} for r in _rows(regions)), strict=True),
        *zip(
            atlas.cities.geometry,
            ({"type": "city", "rank": int(r["rank"]), **_names(r)} for r in _rows(atlas.cities)),
            strict=True,
        ),
    ]
    return _collection((point for point, _ in points), (properties for _, properties in points))


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    return frame.drop(columns="geometry").to_dict("records")


def _names(row: Any) -> dict[str, str]:
    return {column: row[column] for column in NAME_COLUMNS if row.get(column)}


def _collection(shapes: Iterable[shapely.Geometry], properties: Iterable[dict[str, Any]]) -> bytes:
    features = [
        {"type": "Feature", "properties": values, "geometry": _rounded(shapely.geometry.mapping(shape))}
        for shape, values in zip(shapes, properties, strict=True)
        if shape is not None and not shape.is_empty
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def short(value: Any) -> Any:
        return round(value, DECIMALS) if isinstance(value, float) else [short(v) for v in value]

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


BUILT: dict[str, Callable[[Atlas], bytes]] = {
    "segments": segments,
    "sites": sites,
    "crossings": crossings,
    "energy": energy,
    "labels": labels,
}
