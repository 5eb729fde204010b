"""Keys of the things a reader can select: "site:J-003", "corridor:btk", "region:UZ-SA" …"""

from __future__ import annotations

import pandas as pd

from layers import Atlas
from layers.corridors import places, segments_of, with_branches
from layers.energy import courses, drawable

SELECTABLE = ("site", "crossing", "corridor", "segment", "energy", "region", "node", "project", "flow")


def exists(key: str, atlas: Atlas) -> bool:
    """Whether a selection key such as "site:J-003" names something in the data."""
    kind, _, identifier = key.partition(":")
    return kind in SELECTABLE and identifier in frame_of(kind, atlas).index


def frame_of(kind: str, atlas: Atlas):
    """The frame that holds things of a selectable kind, indexed by their id."""
    if kind == "node":
        return places(atlas.nodes)
    return {
        "project": atlas.projects,
        "site": atlas.sites,
        "crossing": atlas.crossings,
        "corridor": atlas.corridors,
        "segment": atlas.segments,
        "energy": atlas.energy_lines,
        "flow": atlas.energy_flows,
        "region": atlas.regions,
    }[kind]


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
        if "geometry" in frame and frame.geometry[identifier].geom_type == "Point":
            shapes.append(frame.geometry[identifier])
    return tuple((shape.x, shape.y) for shape in shapes)
