"""The tables of a page that are lists of rows: a line each, of which a button at their head makes files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import pandas as pd

from dashboard.export.cells import Cells, placed
from dashboard.export.kinds import View, table_of
from dashboard.export.publication import Makers, Publication
from dashboard.text import Words
from layers import Atlas


@dataclass(frozen=True, eq=False)
class Listed:
    """A table of a page: its heading and notes in English, its rows, and their columns.

    Its sources are those of the rows (`source_ids`) where none are given. Rows with points are had as
    geometry too.
    """

    heading: str
    rows: pd.DataFrame
    cells: Callable[[pd.DataFrame, Atlas, Words], Cells]
    notes: tuple[str, ...] = ()
    source_ids: Iterable[str] | None = None


def makers_of_lists(here: View, thing: str, lists: Mapping[str, Listed]) -> Makers:
    """Makers by the names of the tables, each under the name of the `thing`; without rows there is none."""
    return {name: partial(_made, here, thing, name, one) for name, one in lists.items() if len(one.rows)}


def _made(here: View, thing: str, name: str, one: Listed) -> Publication:
    words, rows = here.words, one.rows
    made = one.cells(rows, here.atlas, words)
    has_points = isinstance(rows, gpd.GeoDataFrame) and rows.geom_type.eq("Point").all()
    cited = rows["source_ids"] if one.source_ids is None else [one.source_ids]
    heading = words(one.heading)
    return table_of(
        here,
        made,
        words("{part}: {finding}", part=thing, finding=heading) if thing else heading,
        (source_id for ids in cited for source_id in ids),
        name=name,
        notes=tuple(words(note) for note in one.notes),
        layers=(lambda: {name: placed(made, rows.geometry)}) if has_points else None,
    )
