"""What the map of the barriers shows."""

from __future__ import annotations

from dashboard.council.barriers import BarriersView
from dashboard.page_map import Scene
from dashboard.routes.scenes import bounds, marks_of, painted
from layers import Atlas
from layers.barriers import Effect, effect_of
from layers.corridors import segments_of, with_branches
from layers.network.whatif import touched

NEAR_DEGREES = 3.0


def barriers_scene(atlas: Atlas, which: str) -> Scene:
    """The places of the barriers of a view lit up over the grey network; an opened one with the lines that
    would open, or with its corridor where it has no single place."""
    view = BarriersView.from_query(which, atlas)
    marks = marks_of(atlas, painted(atlas, ()))
    if view.barrier_id:
        return _one(atlas, view.barrier_id, marks)
    nodes = [one for one in dict.fromkeys(view.barriers(atlas)["node_id"]) if one]
    lit = tuple(f"node:{one}" for one in nodes)
    total = atlas.nodes.loc[nodes].total_bounds if nodes else atlas.regions.total_bounds
    return Scene(marks, bounds(total), lit)


def _one(atlas: Atlas, barrier_id: str, marks: object) -> Scene:
    row, found = atlas.barriers.loc[barrier_id], effect_of(atlas, barrier_id)
    keys = found.removal.opened if isinstance(found, Effect) else ()
    segments = atlas.segments
    lines = segments.iloc[:0]
    for key in keys:
        lines = segments[segments.index.isin(lines.index) | touched(atlas, key, "opened")]
    if not row["node_id"]:
        lines = segments_of(segments, with_branches(atlas.corridors, [row["corridor_id"]]))
    lit = tuple(f"segment:{one}" for one in lines.index)
    if not row["node_id"]:
        return Scene(marks, bounds(lines.total_bounds), lit)
    point = atlas.nodes.geometry[row["node_id"]]
    west, south, east, north = (
        point.x - NEAR_DEGREES,
        point.y - NEAR_DEGREES / 2,
        point.x + NEAR_DEGREES,
        point.y + NEAR_DEGREES / 2,
    )
    if len(lines):
        own = lines.total_bounds
        west, south, east, north = (
            min(west, own[0]),
            min(south, own[1]),
            max(east, own[2]),
            max(north, own[3]),
        )
    return Scene(marks, bounds((west, south, east, north)), (f"node:{row['node_id']}", *lit))
