"""What the maps of the corridor pages show."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import shapely

from dashboard.corridors.duel import Duel
from dashboard.corridors.view import CorridorView
from dashboard.figures import marks as m
from dashboard.page_map import Scene
from layers import Atlas
from layers.corridors import segments_of, with_branches
from layers.metrics import METRICS
from layers.ways import Way

SHOWN = ("corridors", "sites", "crossings", "rivers", "labels")


def scene_of(
    atlas: Atlas,
    segments: pd.DataFrame,
    sites: pd.DataFrame,
    ways: tuple[Way, ...] = (),
    preferred: tuple[str, ...] = (),
) -> Scene:
    """Lines, the crossings on them and sites; the ways are lit up and the map opens on them.

    `preferred` corridors give a line of several corridors its colour.
    """
    crossings, own = atlas.crossings, set(segments.index)
    on_lines = crossings["segment_ids"].map(lambda ids: not own.isdisjoint(ids))
    marks = m.MapMarks(
        regions=m.region_marks(atlas, METRICS["none"]),
        lines=m.line_marks(segments, atlas.corridors["group"], preferred),
        has_all_lines=len(segments) == len(atlas.segments),
        sites=m.site_marks(sites),
        has_all_sites=len(sites) == len(atlas.sites),
        crossings=crossings[on_lines.astype(bool)],
        energy=m.energy_marks(atlas.energy_lines),
        shown=SHOWN,
    )
    lines = [line for way in ways for line in way.steps.geometry] or segments.geometry.to_numpy()
    lit = tuple(f"segment:{s}" for way in ways for s in way.steps["segment_id"] if s)
    return Scene(marks, tuple(map(float, shapely.total_bounds(lines))), lit)


# Key: the atlas, one object a data version; nobody changes what is kept.
@lru_cache(maxsize=2)
def all_corridors(atlas: Atlas, _which: str) -> Scene:
    """Every corridor, without sites."""
    return scene_of(atlas, atlas.segments, atlas.sites.iloc[:0])


def lines_of(atlas: Atlas, corridor_ids: tuple[str, ...]) -> pd.DataFrame:
    """The segments of these corridors and of their branches."""
    return segments_of(atlas.segments, with_branches(atlas.corridors, corridor_ids))


@lru_cache(maxsize=4)  # for the page and for what its link says
def one_corridor(atlas: Atlas, which: str) -> Scene:
    """The lines of a corridor, one of its ways lit up, the sites beside it; `which`: "btk?within=50"."""
    view = CorridorView.from_which(which, atlas)
    own = with_branches(atlas.corridors, [view.corridor_id])
    return scene_of(atlas, lines_of(atlas, (view.corridor_id,)), view.sites(atlas), (view.way(atlas),), own)


def two_corridors(atlas: Atlas, which: str) -> Scene:
    """The lines of two corridors, both ways lit up; `which` is the query of the page that compares them."""
    duel = Duel.from_query(which, atlas)
    lines = lines_of(atlas, (duel.a, duel.b))
    return scene_of(atlas, lines, atlas.sites.iloc[:0], duel.ways(atlas), (duel.a,))
