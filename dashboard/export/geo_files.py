"""The layers of a publication as GeoJSON and GeoPackage, each with all that must be known of the data."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from dashboard.export import about
from dashboard.export.csv_file import plain
from dashboard.export.publication import Publication, Size, Wishes

DIGITS = 5  # of a degree, about a metre


def geojson_file(publication: Publication, _size: Size, wishes: Wishes) -> bytes:
    """RFC 7946: one collection whose features name their layer, with metadata; rings run as it says."""
    features = [one for name, layer in layers_of(publication).items() for one in _features(name, layer)]
    head = _json({"type": "FeatureCollection", "metadata": about.as_json(publication, wishes)})
    return b"".join([head[:-1], b',"features":[', b",".join(features), b"]}"])


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def layers_of(publication: Publication) -> dict[str, gpd.GeoDataFrame]:
    """The layers; ValueError where a publication has none."""
    if publication.layers is None:
        raise ValueError(f"{publication.name} has no layers")
    return publication.layers()


def _features(name: str, layer: gpd.GeoDataFrame) -> list[bytes]:
    """The features as text: as objects of Python they would take ten times as much memory."""
    shapes = shapely.orient_polygons(layer.geometry.to_numpy())
    shapes = shapely.transform(shapes, lambda places: np.round(places, DIGITS))
    rows = layer.drop(columns="geometry").to_dict("records")
    told = (_json({"layer": name} | {key: plain(value) for key, value in row.items()}) for row in rows)
    return [
        b'{"type":"Feature","properties":%b,"geometry":%b}' % (properties, _json(shape.__geo_interface__))
        for properties, shape in zip(told, shapes, strict=True)
    ]


def gpkg_file(publication: Publication, _size: Size, wishes: Wishes) -> bytes:
    """A layer for each of the map's, and a table `metadata`; titles and notes stand with each layer too."""
    facts = about.facts(publication, wishes)
    told = {fact.name: fact.text for fact in facts}
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / "atlas.gpkg"
        for name, layer in layers_of(publication).items():
            layer.to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                dataset_metadata=told,
                layer_metadata=told,
                IDENTIFIER=name,
                DESCRIPTION=f"{told['title']}. {told['licence']}",
            )
        pyogrio.write_dataframe(_metadata(publication, wishes), path, layer="metadata", driver="GPKG")
        return path.read_bytes()


def _metadata(publication: Publication, wishes: Wishes) -> pd.DataFrame:
    """name, title and text of every fact, column and source, as a table without shapes."""
    rows = [(fact.name, fact.title, fact.text) for fact in about.facts(publication, wishes)]
    rows += [(f"column {c.name}", c.title, c.unit) for c in publication.columns]
    for source in about.sources_of(publication):
        text = ", ".join(filter(None, list(source.values())[1:]))
        rows.append((f"source {source['source_id']}", source["publisher"], text))
    return pd.DataFrame(rows, columns=["name", "title", "text"])
