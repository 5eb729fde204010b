"""What of the screen map is otherwise where large layers travel as vector tiles (dashboard/tiles).

A layer of the style then names the layer of the tiles that it draws; a choice of rows is an address of tiles.
Regions, elsewhere a trace of Plotly, are drawn by the style. Lines far away are run together by look, so what
is lit up of them is a source of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.figures import marks as m
from dashboard.figures.style import (
    LAND,
    LINE_STATUSES,
    Expression,
    feature_collection,
    of_status,
)
from dashboard.text import Words, speak

NEAREST = 14
"""The nearest zoom of tiles (dashboard/tiles/grid.py); they are enlarged beyond."""

BORDER, HEAVY = "#8b8577", "#1a1a1a"
LIT_LINES = {"selected-line": "selected-lines", "lit-line": "lit-lines"}
"""Layers of the style that draw lines lit up, with their sources."""

LIT_STEP = 0.004
"""Degrees that a line lit up may be moved by to become shorter: its stroke is 9 pixels wide."""

CLEAR = 9
"""Pixels round the number of a cluster that stay free of names: about its circle."""

BORDERS_FROM = 4
"""Zoom; farther away the borders of very many regions would cover their shading."""

MESH_WIDTH, MESH_OPACITY = 0.3, 0.3
"""Of the usual look of a line far away."""

Instruction = dict[str, Any]


def tiled(urls: Mapping[str, str]) -> dict[str, str]:
    """Of the addresses of a map's sources, those of tiles."""
    return {name: url for name, url in urls.items() if "{z}" in url}


def draw_from_tiles(style: dict[str, Any], tiles: Mapping[str, str]) -> None:
    """Change a style so that it draws these layers from their tiles."""
    for name, url in tiles.items():
        style["sources"][name] = {"type": "vector", "tiles": [url], "maxzoom": NEAREST}
    for layer in style["layers"]:
        if layer.get("source") in tiles:
            layer["source-layer"] = layer["source"]
    if "segments" in tiles:
        _light_apart(style)
        _thin_meshes(style)
    if "regions" in tiles:
        _draw_regions(style)
    if "sites" in tiles:
        circle = next(layer for layer in style["layers"] if layer["id"] == "clusters")
        circle["paint"]["circle-radius"] = [*circle["paint"]["circle-radius"], 1000, 19, 20000, 23]
        _clear_numbers(style)


def _clear_numbers(style: dict[str, Any]) -> None:
    """Names of cities give way to the clusters that cover the map: the topmost layers are placed first."""
    layers = style["layers"]
    numbers = next(layer for layer in layers if layer["id"] == "cluster-numbers")
    numbers["layout"] |= {"text-ignore-placement": False, "text-padding": CLEAR}
    layers.remove(numbers)
    layers.append(numbers)


def _light_apart(style: dict[str, Any]) -> None:
    for layer in style["layers"]:
        if source := LIT_LINES.get(layer["id"]):
            style["sources"][source] = {"type": "geojson", "data": feature_collection([])}
            layer.pop("source-layer")
            layer.pop("filter", None)
            layer["source"] = source


def _thin_meshes(style: dict[str, Any]) -> None:
    """Lines of a mesh are thin far away, and grow to what they are near."""
    for layer in style["layers"]:
        if layer.get("source") == "segments":
            kind, how, zoom, far, width, *near = layer["paint"]["line-width"]
            thin = ["*", width, ["case", ["get", "is_mesh"], MESH_WIDTH, 1]]
            layer["paint"]["line-width"] = [kind, how, zoom, far, thin, *near]
            faint = ["case", ["get", "is_mesh"], MESH_OPACITY, 1]
            layer["paint"].setdefault("line-opacity", ["interpolate", ["linear"], ["zoom"], 4, faint, 8, 1])


def _draw_regions(style: dict[str, Any]) -> None:
    """Areas over the land, as Plotly's trace would lie, and their names from the tiles."""
    layers, own = style["layers"], {"source": "regions", "source-layer": "regions"}
    faint = ["interpolate", ["linear"], ["zoom"], BORDERS_FROM, 0.1, 6, 0.8]
    line = {"line-color": BORDER, "line-opacity": faint}
    # Smoothed edges are lines drawn once more round each area: far away there are as many of them as pixels.
    fill = {"fill-color": LAND, "fill-opacity": 0.8, "fill-antialias": False}
    width = ["interpolate", ["linear"], ["zoom"], BORDERS_FROM, 0.3, 7, 0.8]
    above = 1 + next(i for i, layer in enumerate(layers) if layer["id"] == "borders")
    layers[above:above] = [
        {"id": "regions", "type": "fill", **own, "paint": fill},
        {
            "id": "regions-borders",
            "type": "line",
            **own,
            "paint": line | {"line-width": width},
            "minzoom": BORDERS_FROM,
        },
    ]
    heavy = {"line-color": HEAVY, "line-width": 3}
    below = next(i for i, layer in enumerate(layers) if layer["id"] == "railways")
    layers.insert(below, {"id": "selected-region", "type": "line", **own, "paint": heavy})
    names = next(layer for layer in layers if layer["id"] == "label-regions-names")
    names |= own | {"source-layer": "names", "filter": ["has", "region_id"]}


def line_instructions(lines: pd.DataFrame, url: str, visible: bool) -> list[Instruction]:
    """The lines of these tiles, each in the layer of its dash and in the colour that the tile tells."""
    colours = sorted(lines["colour"].unique()) or [HEAVY]
    pairs = [item for colour in colours for item in (colour[1:], colour)]
    paint = {"line-color": ["match", ["get", "colour"], *pairs, HEAVY]}
    return [
        {"source": "segments", "tiles": url},
        {"layer": "corridors-casing", "visible": visible, "filter": ["!", ["get", "is_mesh"]]},
        *(
            {"layer": f"corridors-{status}", "visible": visible, "paint": paint, "filter": of_status(status)}
            for status in LINE_STATUSES
        ),
    ]


def lit_lines(lines: gpd.GeoDataFrame, segment_ids: list[str]) -> dict[str, Any]:
    """The lines of these segments, run together, as GeoJSON."""
    if not segment_ids:
        return feature_collection([])
    parts = shapely.get_parts(lines.geometry.to_numpy()[lines.index.isin(segment_ids)])
    merged = shapely.simplify(shapely.line_merge(shapely.multilinestrings(parts)), LIT_STEP)
    shape = shapely.transform(merged, lambda degrees: degrees.round(3))
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": shape.__geo_interface__}],
    }


def told_of(tiles: Mapping[str, str], changes: list[Instruction]) -> dict[str, Any]:
    """What the script of the map must know of tiles from the beginning."""
    told = next((change["told"] for change in changes if "told" in change), None)
    return {"layers": sorted(tiles), "regions": told, **{f"{name}_url": url for name, url in tiles.items()}}


def region_instructions(regions: m.RegionMarks, words: Words) -> list[Instruction]:
    """The colours of the regions by class, and what is said of each under the pointer."""
    metric = regions.metric
    empty = LAND if metric.form in ("none", "total") else m.NO_DATA_COLOUR
    ids: dict[str, list[str]] = {}
    for region_id, level in regions.class_of.items():
        if level >= 0:
            ids.setdefault(regions.colours[level], []).append(region_id)
    pairs = [item for colour, several in ids.items() for item in (several, colour)]
    colour: Expression | str = ["match", ["get", "region_id"], *pairs, empty] if pairs else empty
    known = regions.values.dropna() if metric.form != "none" else regions.values.iloc[:0]
    told = {
        "label": words(metric.label) if metric.form != "none" else "",
        "unit": words(metric.unit),
        "missing": words("no data"),
        "values": _in_words(regions, words.language) if len(known) else {},
    }
    return [{"layer": "regions", "paint": {"fill-color": colour}}, {"told": told}]


# Key: the marks, made once for each version of the data and measure, and the language.
@lru_cache(maxsize=16)
def _in_words(regions: m.RegionMarks, language: str) -> dict[str, str]:
    words, digits = speak(language), regions.metric.digits
    return {region_id: words.number(value, digits) for region_id, value in regions.values.dropna().items()}
