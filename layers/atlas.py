"""The atlas: all data of one folder as one immutable snapshot, and the snapshots that the process holds."""

from __future__ import annotations

import contextlib
import ctypes
import datetime
import gc
import sys
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FunctionType

import geopandas as gpd
import pandas as pd

from layers import contract, corridors, crossings, energy, regions, sites
from layers.contract import CheckedFolder
from layers.contract.decks import Deck


@dataclass(frozen=True)
class Publication:
    """That a version came to be served.

    `time` is ISO in UTC to the second, `how` is "start", "saved" or "command", `before` the version that it
    followed ("" for the first). `changed` tells by table, geometry file and deck how many of its rows,
    features or decks were added, removed and changed.
    """

    version: str
    time: str
    how: str
    before: str = ""
    changed: tuple[tuple[str, int, int, int], ...] = ()

    @property
    def name(self) -> str:
        """What its kept tables are called: "2026-11-22-aae43e2e6b73"."""
        return f"{self.time[:10]}-{self.version}"


@dataclass(frozen=True, eq=False)
class Atlas:
    """One frame per table, named as its file and indexed by its ids.

    Frames are read-only: derive with assign, loc and merge. Cells that hold several values are tuples, ()
    where there are none. Numbers not known are NaN or NA, texts not known "". Dates are ISO text.
    Geometries are EPSG:4326. `decks` are the presentations by their ids. `version` changes with any
    byte of the data files; `date` is the day on which the sources were last looked at. `publications` are
    those that led to this version, oldest first, and `kept_in` the folders with kept tables; both are empty
    where the data were only read. `schema` holds the tables in the database of ATLAS_DATABASE_URL; "" where
    they were read from files.
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
    publications: tuple[Publication, ...] = ()
    kept_in: tuple[Path, ...] = ()
    schema: str = ""


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

HELD = 3
"""Versions in memory: the one that new pages get, and those of pages that are still open."""

LARGE, LARGE_HELD = 20_000, 2
"""Of sites or segments: a version with more takes hundreds of megabytes, so that fewer are held."""

CACHED = (type(lru_cache(lambda: None)), FunctionType)
"""What functools makes of a function that is cached, and dashboard.bounded."""

_published: list[Atlas] = []
"""Newest first."""

_pinned: ContextVar[Atlas | None] = ContextVar("pinned atlas", default=None)


def load(folder: Path | str, found: Mapping[str, bytes] | None = None) -> Atlas:
    """Read and check a data folder; raises DataError with every fault of every file.

    `found` are its files where they have been read already (contract.data_bytes).
    """
    with texts_alike():
        checked = contract.read(Path(folder), found)
    return snapshot(checked)


@contextlib.contextmanager
def texts_alike() -> Iterator[None]:
    """Within it texts are kept alike with and without PyArrow, which pandas would use where it finds it."""
    with pd.option_context("mode.string_storage", "python"):
        yield


def snapshot(checked: CheckedFolder) -> Atlas:
    """The atlas of what was read and checked, wherever it was read from."""
    with texts_alike():
        placed = {name: frame(checked) for name, frame in FRAMES.items()}
    accessed = max(checked.tables["sources"]["accessed"])
    return Atlas(
        version=checked.version,
        folder=checked.folder,
        date=datetime.date.fromisoformat(accessed),
        decks=checked.decks,
        **{**checked.tables, **placed},
    )


def serve(atlas: Atlas) -> None:
    """Make an atlas the snapshot that every new page reads from now on."""
    _published[:] = [atlas, *(one for one in _published if one.version != atlas.version)][: most_held(atlas)]


def hold(atlas: Atlas) -> None:
    """Have an earlier version at hand for the pages that were made of it."""
    if all(one.version != atlas.version for one in _published):
        _published[:] = [*_published[: most_held(atlas) - 1], atlas]


def is_large(atlas: Atlas) -> bool:
    """Whether a version takes so much memory that little else has room beside it."""
    return max(len(atlas.sites), len(atlas.segments)) > LARGE


def most_held(atlas: Atlas) -> int:
    """How many versions like this one may be in memory."""
    return LARGE_HELD if is_large(atlas) else HELD


def held() -> tuple[Atlas, ...]:
    """The snapshots in memory, the published one first."""
    return tuple(_published)


def current() -> Atlas:
    """The snapshot to read once per request and pass down; LookupError before the first one is published."""
    if (pinned := _pinned.get()) is not None:
        return pinned
    if not _published:
        raise LookupError("no atlas yet: call layers.serve(layers.load(folder)) at the start of the program")
    return _published[0]


def pin(atlas: Atlas | None) -> None:
    """Let `current` answer this thread with one atlas, whatever is published meanwhile; None ends that."""
    _pinned.set(atlas)


@contextlib.contextmanager
def pinned(atlas: Atlas) -> Iterator[None]:
    """Within it `current` answers with this atlas."""
    pin(atlas)
    try:
        yield
    finally:
        pin(None)


def forget_derived() -> None:
    """Empty the caches of what was made of the data, whose keys would hold versions that nobody reads."""
    for name, module in list(sys.modules.items()):
        # What is kept of words stays: words are no data.
        if name.partition(".")[0] in ("layers", "dashboard") and name != "dashboard.text":
            for one in list(vars(module).values()):
                if isinstance(one, CACHED) and one.__module__ == name and hasattr(one, "cache_clear"):
                    one.cache_clear()


def give_back() -> None:
    """Give the system the memory that nothing needs any more."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # other C libraries do so by themselves, or cannot
        ctypes.CDLL(None).malloc_trim(0)
