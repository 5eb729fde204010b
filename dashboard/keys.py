"""Keys of the things a reader can select: "site:J-003", "corridor:btk", "region:UZ-SA" …"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from layers import Atlas
from layers.corridors import places, segments_of, with_branches
from layers.energy import courses, drawable

TABLES = {
    "node": "nodes",
    "project": "projects",
    "site": "sites",
    "crossing": "crossings",
    "corridor": "corridors",
    "segment": "segments",
    "energy": "energy_lines",
    "flow": "energy_flows",
    "region": "regions",
}
"""The table of each kind of thing."""

SELECTABLE = ("site", "crossing", "corridor", "segment", "energy", "region", "node", "project", "flow")


def exists(key: str, atlas: Atlas) -> bool:
    """Whether a selection key such as "site:J-003" names something in the data."""
    kind, _, identifier = key.partition(":")
    return kind in SELECTABLE and identifier in frame_of(kind, atlas).index


def frame_of(kind: str, atlas: Atlas):
    """The frame that holds things of a selectable kind, indexed by their id."""
    return _places(atlas) if kind == "node" else getattr(atlas, TABLES[kind])


def names_at(atlas: Atlas, table: str, identifier: str) -> dict[str, Any]:
    """The names in a row of a table: a whole row takes much longer."""
    index, columns = _names(atlas, table)
    at = index.get_loc(identifier)
    return {column: values[at] for column, values in columns.items()}


# Key: the atlas (one object a data version) and the table.
@lru_cache(maxsize=32)
def _names(atlas: Atlas, table: str) -> tuple[pd.Index, dict[str, Any]]:
    frame = getattr(atlas, table)
    return frame.index, {one: frame[one].array for one in frame.columns if one.startswith("name")}


# Key: the atlas, one object a data version.
@lru_cache(maxsize=2)
def _places(atlas: Atlas) -> pd.DataFrame:
    return places(atlas.nodes)


def bounds_of(key: str, atlas: Atlas) -> tuple[float, ...] | None:
    """West, south, east and north of a thing in degrees; a point's are twice the same, None has no place.

    A project lies at its site, else in its regions, else along its corridor.
    """
    kind, _, identifier = key.partition(":")
    if kind == "corridor":
        lines = segments_of(atlas.segments, with_branches(atlas.corridors, [identifier]))
        return tuple(float(v) for v in lines.total_bounds) if len(lines) else None
    if kind == "project":
        return _bounds_of_project(atlas.projects.loc[identifier], atlas)
    if kind == "flow":
        ways = courses(drawable(atlas.energy_flows.loc[[identifier]]), atlas.energy_lines, atlas.countries)
        return tuple(float(v) for v in ways.total_bounds) if len(ways) else None
    frame = frame_of(kind, atlas)
    return tuple(frame.geometry[identifier].bounds) if "geometry" in frame else None


def _bounds_of_project(project: pd.Series, atlas: Atlas) -> tuple[float, ...] | None:
    regions = [*project["uz_region_ids"], *project["kz_region_ids"]]
    if project["site_id"]:
        return bounds_of(f"site:{project['site_id']}", atlas)
    if regions:
        return tuple(float(v) for v in atlas.regions.loc[regions].total_bounds)
    return bounds_of(f"corridor:{project['corridor_id']}", atlas) if project["corridor_id"] else None


def points_of(keys: tuple[str, ...], atlas: Atlas) -> tuple[tuple[float, float], ...]:
    """Where those of these things that are points lie, as (lon, lat)."""
    shapes = []
    for key in keys:
        kind, _, identifier = key.partition(":")
        frame = frame_of(kind, atlas)
        if kind not in ("segment", "region") and "geometry" in frame:
            shape = frame.geometry[identifier]
            shapes += [shape] if shape.geom_type == "Point" else []
    return tuple((shape.x, shape.y) for shape in shapes)
