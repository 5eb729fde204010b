"""Flows as GeoJSON for the screen map: arrows, chevrons on them, and the points their amounts stand at."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import shapely

from dashboard.figures.flow_words import beside, followed, in_short
from dashboard.text import Words

DECIMALS = 2  # of degrees, about a kilometre: arrows are schematic
FIRST_LABEL, LABEL_STEP = 0.5, 0.17  # of an arrow, where amounts of arrows side by side stand
Feature = dict[str, Any]


def flow_shapes(flows: gpd.GeoDataFrame, words: Words) -> Feature:
    """The arrows, then their chevrons: flow_id, name and text for the reader, colour, look, part."""
    rows = list(flows.to_dict("records"))
    shapes = [_feature(row["geometry"], _told(row, words) | {"part": "arrow"}) for row in rows]
    lines = [_feature(row["chevrons"], _looks(row) | {"part": "chevron"}) for row in rows]
    return {"type": "FeatureCollection", "features": shapes + lines}


def flow_names(flows: gpd.GeoDataFrame, words: Words) -> Feature:
    """A point on each flow with what stands beside it; a flow in several parts has one."""
    told = beside(flows)
    flows = flows.sort_values("width_m", ascending=False, kind="stable")
    points = label_points(flows)
    features = [
        _feature(point, _looks(row) | {"text": told(row, words)})
        for point, row in zip(points, flows.to_dict("records"), strict=True)
        if point is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def label_points(flows: gpd.GeoDataFrame) -> list[shapely.Point | None]:
    """Where the amount of each arrow stands; those of one line take turns along it; None for a repetition."""
    places, told, turns = [], set(), {}
    for row in flows.to_dict("records"):
        lane = row["line_id"] or "".join(str(row[one]) for one in ("carrier", "unit"))
        turn = turns[lane] = turns.get(lane, -1) + 1
        axis = shapely.get_coordinates(row["chevrons"])[1::3]
        if row["flow_id"] in told or not len(axis):
            places.append(None if row["flow_id"] in told else row["geometry"].representative_point())
        else:
            share = FIRST_LABEL + LABEL_STEP * (turn + 1) // 2 * (-1 if turn % 2 else 1)
            places.append(shapely.Point(axis[int(min(max(share, 0.1), 0.9) * len(axis))]))
        told.add(row["flow_id"])
    return places


def _looks(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("flow_id", "colour", "look")}


def _told(row: dict[str, Any], words: Words) -> dict[str, Any]:
    said = f"{in_short(row, words)} · {followed(row, words)}"
    return _looks(row) | {f"name_{words.language}": words.name(row), "text": said}


def _feature(shape: shapely.Geometry, properties: dict[str, Any]) -> Feature:
    rounded = shapely.transform(shape, lambda points: points.round(DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": _lists(rounded)}


def _lists(shape: shapely.Geometry) -> dict[str, Any]:
    """GeoJSON with lists, which compare and travel alike."""

    def listed(value: Any) -> Any:
        return [listed(one) for one in value] if isinstance(value, tuple | list) else value

    found = shapely.geometry.mapping(shape)
    return {"type": found["type"], "coordinates": listed(found["coordinates"])}
