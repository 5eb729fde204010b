"""GeoJSON as text: features sorted, one a line, three decimals, the same bytes for the same input."""

import json
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

DECIMALS = 3  # about 100 m; finer than any source behind these layers


def feature(geometry: BaseGeometry, properties: dict, feature_id: str | None = None) -> dict:
    """One GeoJSON feature (longitude, latitude, EPSG:4326) with rounded coordinates."""
    made = {"type": "Feature"}
    if feature_id is not None:
        made["id"] = feature_id
    made["properties"] = properties
    shape = json.loads(shapely.to_geojson(geometry))
    made["geometry"] = {"type": shape["type"], "coordinates": rounded(shape["coordinates"])}
    return made


def rounded(coordinates):
    """Nested coordinate lists with every number rounded, whole numbers without a decimal point."""
    if isinstance(coordinates, list):
        return [rounded(item) for item in coordinates]
    number = round(coordinates, DECIMALS)
    return int(number) if number == int(number) else number


def write_features(path: Path, features: Iterable[dict]) -> None:
    """Write a feature collection, UTF-8 without byte order mark, LF line ends."""
    lines = [json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
