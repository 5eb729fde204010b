"""Tiles of the segments: far away, those of one look are run together; near, each is a feature with names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from dashboard.figures.features import segment_properties
from dashboard.figures.picture_view import projected
from dashboard.tiles.choices import Lines, usual_shown
from dashboard.tiles.grid import EXTENT, TILE, Tile, cut, pixels
from layers import Atlas

SEPARATE = 8
"""From this zoom on each segment is a feature of its own; lines overlap in the pixels of farther ones."""

DETAILS = (3, 4, 7)
"""Zooms whose pixels decide how fine lines are that are run together; farther tiles have the same ones."""

FINENESS = 0.5
"""Pixels that a line may be moved by to become shorter."""

SHORTEST, SHORTEST_OF_MESH = 1.0, 4.0
"""Pixels: a shorter piece of lines that are run together is left out."""

MESH = 200
"""So many segments of the same corridors are a mesh, drawn thinner far away: it would cover all else."""

LOOKS = ["corridors", "mode", "status", "group", "is_schematic", "is_mesh"]

Features = list[tuple[shapely.Geometry, dict[str, Any]]]


# Key: the atlas, one object a data version.
@lru_cache(maxsize=3)
def lines(atlas: Atlas) -> np.ndarray:
    """The lines of the segments as shares of the world, in the order of the table."""
    return projected(atlas.segments.geometry)


@lru_cache(maxsize=3)
def tree(atlas: Atlas) -> shapely.STRtree:
    """Finds the lines of a window."""
    return shapely.STRtree(lines(atlas))


@lru_cache(maxsize=3)
def looks(atlas: Atlas) -> pd.DataFrame:
    """What tells the looks of segments apart, in the order of the table."""
    segments = atlas.segments
    corridors = segments["corridor_ids"].map(";".join)
    return pd.DataFrame(
        {
            "corridors": corridors,
            "mode": segments["mode"],
            "status": segments["status"],
            "group": segments["corridor_ids"].str[0].map(atlas.corridors["group"]),
            "is_schematic": segments["geometry_kind"] != "traced",
            "is_mesh": corridors.map(corridors.value_counts()) > MESH,
        }
    ).reset_index(drop=True)


def features(atlas: Atlas, shown: Lines, tile: Tile) -> Features:
    """The lines of a tile."""
    if tile.z < SEPARATE:
        return _together(atlas, shown, tile)
    here = tree(atlas).query(shapely.box(*tile.box()), predicate="intersects")
    here = np.sort(here[shown.kept[here]])
    rows = atlas.segments.iloc[here]
    meshes = looks(atlas)["is_mesh"].to_numpy()[here].tolist()
    properties = segment_properties(rows, atlas.nodes, atlas.corridors["group"])
    shapes = shapely.simplify(cut(lines(atlas)[here], tile), FINENESS * EXTENT / TILE)
    return [
        (shape, {**told, "is_mesh": is_mesh, "colour": colour})
        for shape, told, is_mesh, colour in zip(shapes, properties, meshes, shown.colours[here], strict=True)
    ]


def _together(atlas: Atlas, shown: Lines, tile: Tile) -> Features:
    found = run_together(atlas, shown, next(zoom for zoom in DETAILS if tile.z <= zoom))
    shapes = cut(np.array([shape for shape, _ in found], dtype=object), tile) if found else ()
    return [(shape, told) for shape, (_, told) in zip(shapes, found, strict=True)]


# Key: the atlas (one object a data version), the lines of a scene and one of DETAILS.
@lru_cache(maxsize=32)
def run_together(atlas: Atlas, shown: Lines, zoom: int) -> Features:
    """The lines as shares of the world, those that look alike as one, as fine as the pixels of a zoom."""
    if zoom == DETAILS[-1]:
        return _alike(atlas, shown)
    finer = DETAILS[DETAILS.index(zoom) + 1]
    out = []
    for shape, told in run_together(atlas, shown, finer):
        parts = shapely.get_parts(shape)
        shortest = SHORTEST_OF_MESH if told["is_mesh"] else SHORTEST
        parts = parts[shapely.length(parts) >= pixels(shortest, zoom)]
        out.append((shapely.multilinestrings(shapely.simplify(parts, pixels(FINENESS, zoom))), told))
    return out


def _alike(atlas: Atlas, shown: Lines) -> Features:
    if shown is usual_shown(atlas):
        return _merged(atlas, shown)
    whole = {_look(told): (shape, count) for shape, told, count in _counted(atlas)}
    return _merged(atlas, shown, whole)


@lru_cache(maxsize=3)
def _counted(atlas: Atlas) -> list[tuple[shapely.Geometry, dict[str, Any], int]]:
    """All lines as they always look, with the number of segments in each."""
    usual = usual_shown(atlas)
    counts = looks(atlas).assign(colour=usual.colours).groupby([*LOOKS, "colour"]).size()
    found = run_together(atlas, usual, DETAILS[-1])
    return [(shape, told, int(counts[_look(told)])) for shape, told in found]


def _look(told: dict[str, Any]) -> tuple:
    return tuple(told[name] for name in (*LOOKS, "colour"))


def _merged(
    atlas: Atlas, shown: Lines, whole: dict[tuple, tuple[shapely.Geometry, int]] | None = None
) -> Features:
    """Lines run together by look; those that `whole` holds with as many segments are taken from there."""
    frame = looks(atlas).assign(colour=shown.colours)[shown.kept]
    step, out = pixels(FINENESS, DETAILS[-1]), []
    for look, places in frame.groupby([*LOOKS, "colour"], sort=True).indices.items():
        told = dict(zip([*LOOKS, "colour"], look, strict=True))
        told |= {"is_schematic": bool(told["is_schematic"]), "is_mesh": bool(told["is_mesh"])}
        known, count = (whole or {}).get(look, (None, 0))
        if count != len(places):
            parts = shapely.get_parts(lines(atlas)[frame.index.to_numpy()[places]])
            known = shapely.simplify(shapely.line_merge(shapely.multilinestrings(parts)), step)
        out.append((known, told))
    return out
