"""What stands together on a printed map that has more sites or lines than a sheet can hold one by one.

Sites of one cell of a grid are one circle with their number, as on the screen; lines that look alike are run
together, without the pieces that are too short to be seen. The sheet says so in words (`crowd_notes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.figures import marks as m
from dashboard.figures.picture_ground import Same
from dashboard.figures.projection import CONIC, Frame, forward
from dashboard.text import N_, Words
from dashboard.tiles.choices import Lines, lines_shown
from dashboard.tiles.segments import DETAILS, SHORTEST, SHORTEST_OF_MESH, looks, run_together
from layers import Atlas

MOST_SITES, MOST_LINES = 600, 4_000
"""That an area of a map can show one by one: symbols side by side, and lines with their ends."""

MOST_NAMED = 120
"""Of more regions only the largest are named, where the name fits in: no numbers stand for it."""

PIECES_OF_A_WAY = 20
"""Lines of a net that are so few pieces in a colour of their own are a way through it, such as a route."""

SITES_TOGETHER = N_("Sites close together stand as one circle with their number; the files hold them all.")
LINES_TOGETHER = N_("Lines too short to be seen at this scale are left out; the files hold them all.")
SO_MANY = N_("so many sites close together")


@dataclass(frozen=True)
class Crowd:
    """Of which marks there are so many that they stand together."""

    sites: bool = False
    lines: bool = False


def crowd_of(marks: m.MapMarks, area: tuple[float, float, float, float] | None = None) -> Crowd:
    """What stands together on a map of an `area` (west, south, east, north in degrees), None for all."""
    sites = len(marks.sites) > MOST_SITES and "sites" in marks.shown
    lines = len(marks.lines) > MOST_LINES and "corridors" in marks.shown
    if area is not None:
        sites = sites and _count(marks.sites, area) > MOST_SITES
        lines = lines and _count(marks.lines, area) > MOST_LINES
    return Crowd(sites, lines)


def _count(rows: gpd.GeoDataFrame, area: tuple[float, float, float, float]) -> int:
    """How many lie in an area or around it: a sheet of another shape shows more than the area."""
    west, south, east, north = area
    more = max(east - west, north - south)
    bounds = shapely.bounds(rows.geometry.to_numpy())
    across = (bounds[:, 0] < east + more) & (bounds[:, 2] > west - more)
    return int((across & (bounds[:, 1] < north + more) & (bounds[:, 3] > south - more)).sum())


def crowd_notes(crowd: Crowd, words: Words) -> list[str]:
    """What a map that leaves out or joins must say of it."""
    told = ((crowd.sites, SITES_TOGETHER), (crowd.lines, LINES_TOGETHER))
    return [words(message) for is_so, message in told if is_so]


def without_meshes(lines: gpd.GeoDataFrame, atlas: Atlas) -> gpd.GeoDataFrame:
    """The lines but those of nets of very many, which answer the pointer nowhere: they lie too close."""
    is_mesh = looks(atlas)["is_mesh"].to_numpy()[atlas.segments.index.get_indexer(lines.index)]
    return lines[~is_mesh]


def lines_together(lines: gpd.GeoDataFrame, atlas: Atlas, frame: Frame) -> gpd.GeoDataFrame:
    """The lines of segments run together by look, in metres of the projection.

    One row for each look with mode, status, colour, width and is_mesh; pieces shorter than a pixel of the
    frame, of a mesh shorter than four, are left out.
    """
    rows = []
    for parts, length, told in _parts(atlas, lines_shown(atlas, Same(lines))):
        is_mesh = told["is_mesh"] and len(parts) > PIECES_OF_A_WAY
        shortest = SHORTEST_OF_MESH if is_mesh else SHORTEST
        seen = parts[length >= shortest * frame.metres_a_pixel]
        if len(seen):
            look = {"mode": told["mode"], "status": told["status"], "is_mesh": is_mesh}
            look |= {"colour": f"#{told['colour']}", "width": m.MODE_WIDTHS[told["mode"]]}
            rows.append(look | {"geometry": shapely.multilinestrings(seen)})
    columns = ["mode", "status", "is_mesh", "colour", "width", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=CONIC)


# Key: the atlas (one object a data version) and the lines of a scene as tiles choose them.
@lru_cache(maxsize=3)
def _parts(atlas: Atlas, shown: Lines) -> list[tuple[np.ndarray, np.ndarray, dict]]:
    """The pieces of each look in metres of the projection, with their lengths."""
    out = []
    for shape, told in run_together(atlas, shown, DETAILS[-1]):
        parts = shapely.transform(shapely.get_parts(shape), _metres)
        out.append((parts, shapely.length(parts), told))
    return out


def _metres(shares: np.ndarray) -> np.ndarray:
    """Shares of the world in Web Mercator (dashboard/figures/picture_view.py) as metres of the projection."""
    x, y = shares.T
    lat = np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi)))
    return np.stack(forward(x * 360 - 180, lat), axis=1)
