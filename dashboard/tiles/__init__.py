"""Vector tiles: the form in which large layers of the map travel, a window of one zoom at a time.

Small layers travel whole, as GeoJSON (dashboard/geometry.py). `travels_as_tiles` decides between the two,
here only. An address of tiles names the version of the data, and the scene whose choice of rows they show.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import pandas as pd
import shapely

from dashboard.figures import marks as m
from layers import Atlas

FORMAT = 2
"""Raise it when tiles of the same data are made otherwise: browsers keep them for a year."""

HASH_DIGITS = 12


@dataclass(frozen=True)
class Limit:
    """The most features and vertices that travel whole."""

    features: int
    vertices: int


LARGEST_WHOLE = {
    "regions": Limit(600, 150_000),
    "segments": Limit(4_000, 150_000),
    "sites": Limit(4_000, 4_000),
}
"""By layer: about 1.5 MB of GeoJSON each, which a browser reads in a few tenths of a second."""


# Key: the atlas, one object a data version.
@lru_cache(maxsize=24)
def travels_as_tiles(atlas: Atlas, layer: str) -> bool:
    """Whether a layer is too large to travel whole; KeyError for a layer that is not in LARGEST_WHOLE."""
    limit, shapes = LARGEST_WHOLE[layer], getattr(atlas, layer).geometry.to_numpy()
    return len(shapes) > limit.features or shapely.get_num_coordinates(shapes).sum() > limit.vertices


def tiled_layers(atlas: Atlas) -> tuple[str, ...]:
    """The layers that travel as tiles; none of ordinary data."""
    return tuple(layer for layer in LARGEST_WHOLE if travels_as_tiles(atlas, layer))


@lru_cache(maxsize=3)
def usual_lines(atlas: Atlas) -> pd.DataFrame:
    """All segments in the colours that they have where nobody prefers a corridor."""
    return m.line_marks(atlas.segments, atlas.corridors["group"])


def asked_of(
    atlas: Atlas, marks: m.MapMarks, sites: tuple[str, str], segments: tuple[str, str]
) -> dict[str, tuple[str, str]]:
    """What is to be asked for of the layers of which not all is shown as always: the given scenes."""
    asked, tiled = {}, tiled_layers(atlas)
    if "sites" in tiled and not marks.has_all_sites:
        asked["sites"] = sites
    if "segments" in tiled and not _is_usual(atlas, marks):
        asked["segments"] = segments
    return asked


def _is_usual(atlas: Atlas, marks: m.MapMarks) -> bool:
    return marks.has_all_lines and bool((marks.lines["colour"] == usual_lines(atlas)["colour"]).all())


def tiles_digest(atlas: Atlas) -> str:
    """The part of an address of tiles that changes with the data: 12 hexadecimal digits."""
    return hashlib.sha256(f"{FORMAT} {atlas.version}".encode()).hexdigest()[:HASH_DIGITS]


def tiles_url(atlas: Atlas, layer: str, asked: tuple[str, str] | None = None) -> str:
    """Address of the tiles of a layer, with {z}, {x} and {y} to be filled in.

    `asked` is the kind of a scene and what tells it apart (dashboard.page_map.SCENES), for the rows that this
    scene shows; without it, all rows.
    """
    query = "?" + urlencode(dict(zip(("of", "which"), asked, strict=True))) if asked else ""
    return f"/tiles/{layer}.{tiles_digest(atlas)}/{{z}}/{{x}}/{{y}}.mvt{query}"
