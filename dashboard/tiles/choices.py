"""Which rows of a layer a map shows, and in which colours, as arrays in the order of the table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.bounded import bounded
from dashboard.figures.picture_ground import Same
from dashboard.tiles import usual_lines
from layers import Atlas


@dataclass(frozen=True, eq=False)
class Lines:
    """Of each segment: whether it is shown, and its colour without the #.

    assets/theme.js exchanges whatever looks like a colour in a style, where tiles must find their own again.
    """

    kept: np.ndarray
    colours: np.ndarray


# Key: the atlas (one object a data version) and the marks of a scene, which pages keep.
@bounded(48, lambda kept, _atlas, sites: 0 if kept is None else len(sites.thing))
def sites_kept(atlas: Atlas, sites: Same) -> np.ndarray | None:
    """Of each site: whether it is among these marks; None where all are."""
    kept = _among(atlas.sites.index, sites.thing.index)
    return None if kept.all() else kept


@bounded(24, lambda shown, _atlas, lines: 0 if shown.kept.all() else len(lines.thing))
def lines_shown(atlas: Atlas, lines: Same) -> Lines:
    """The segments among these marks, in their colours."""
    marks = lines.thing
    colours = np.full(len(atlas.segments), "", dtype=object)
    colours[atlas.segments.index.get_indexer(marks.index)] = marks["colour"].str[1:]
    kept = _among(atlas.segments.index, marks.index)
    usual = usual_shown(atlas)
    return usual if kept.all() and (colours == usual.colours).all() else Lines(kept, colours)


@lru_cache(maxsize=3)
def usual_shown(atlas: Atlas) -> Lines:
    """All segments as they always look."""
    colours = usual_lines(atlas)["colour"].str[1:].to_numpy(dtype=object)
    return Lines(np.ones(len(colours), dtype=bool), colours)


def _among(every: pd.Index, some: pd.Index) -> np.ndarray:
    kept = np.zeros(len(every), dtype=bool)
    kept[every.get_indexer(some)] = True
    return kept
