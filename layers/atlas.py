"""The atlas: all data of one folder as one immutable snapshot, and the one snapshot of the process."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers import contract, corridors, crossings, energy, regions, sites
from layers.contract.decks import Deck


@dataclass(frozen=True, eq=False)
class Atlas:
    """One frame per table, named as its file and indexed by its ids.

    Frames are read-only: derive with assign, loc and merge. Cells that hold several values are tuples, ()
    where there are none. Numbers not known are NaN or NA, texts not known "". Dates are ISO text.
    Geometries are EPSG:4326. `decks` are the presentations by their ids. `version` changes with any
    byte of the data files; `date` is the day on which the sources were last looked at.
    """

    version: str
    folder: Path
    date: datetime.date
    regions: gpd.GeoDataFrame
    region_indicators: pd.DataFrame
    sites: gpd.GeoDataFrame
    projects: pd.DataFrame
    corridors: pd.DataFrame
    corridor_variants: pd.DataFrame
    corridor_metrics: pd.DataFrame
    nodes: gpd.GeoDataFrame
    segments: gpd.GeoDataFrame
    assumptions: pd.DataFrame
    barriers: pd.DataFrame
    crossings: gpd.GeoDataFrame
    trade: pd.DataFrame
    trade_commodities: pd.DataFrame
    enterprises: pd.DataFrame
    energy_flows: pd.DataFrame
    energy_lines: gpd.GeoDataFrame
    council: pd.DataFrame
    glossary: pd.DataFrame
    countries: gpd.GeoDataFrame
    cities: gpd.GeoDataFrame
    sources: pd.DataFrame
    decks: dict[str, Deck]


FRAMES = {
    "regions": regions.regions,
    "sites": sites.sites,
    "nodes": corridors.nodes,
    "segments": corridors.segments,
    "crossings": crossings.crossings,
    "energy_lines": energy.energy_lines,
    "countries": regions.countries,
    "cities": regions.cities,
}
"""The tables that have a place on the map, and what makes them from the checked folder."""

_published: list[Atlas] = []


def load(folder: Path | str) -> Atlas:
    """Read and check a data folder; raises DataError with every fault of every file."""
    checked = contract.read(Path(folder))
    placed = {name: frame(checked) for name, frame in FRAMES.items()}
    accessed = max(checked.tables["sources"]["accessed"])
    return Atlas(
        version=checked.version,
        folder=checked.folder,
        date=datetime.date.fromisoformat(accessed),
        decks=checked.decks,
        **{**checked.tables, **placed},
    )


def publish(atlas: Atlas) -> None:
    """Make an atlas the snapshot that every request reads from now on."""
    _published[:] = [atlas]


def current() -> Atlas:
    """The snapshot to read once per request and pass down; LookupError before the first one is published."""
    if not _published:
        raise LookupError(
            "no atlas yet: call layers.publish(layers.load(folder)) at the start of the program"
        )
    return _published[0]
