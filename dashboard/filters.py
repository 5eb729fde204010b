"""What the reader has chosen on the overview, and its form in the URL.

The URL is the only state: a link restores the view. Defaults are left out of it; a value that means
nothing falls back to its default and is named in `ignored`, so that the page can say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import geopandas as gpd
import numpy as np

from dashboard import vocabulary
from dashboard.bounded import bounded
from dashboard.figures import marks as m
from dashboard.keys import exists
from layers import Atlas, segment_choice
from layers.metrics import METRICS
from layers.site_choice import SiteChoice, fitting
from layers.site_choice import counts as site_counts

LAYERS_ON = ("corridors", "sites", "crossings", "railways", "rivers", "labels")
METRIC = "density"
MOST_SELECTED = 12
LONGEST_QUERY = 4000

# URL name of each field that is a list; "shown" is written "layer" because a reader sees layers.
_LIST_NAMES = {
    "countries": "country",
    "regions": "region",
    "sectors": "sector",
    "kinds": "kind",
    "statuses": "status",
    "corridors": "corridor",
    "corridor_statuses": "corridor_status",
    "shown": "layer",
}


@dataclass(frozen=True)
class Rows:
    """The rows that a choice leaves."""

    sites: gpd.GeoDataFrame
    segments: gpd.GeoDataFrame
    crossings: gpd.GeoDataFrame


@dataclass(frozen=True)
class Filters:
    """A choice of rows, layers and a metric; an empty tuple means "all"."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    corridor_statuses: tuple[str, ...] = ()
    shown: tuple[str, ...] = LAYERS_ON
    metric: str = METRIC
    selected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = field(default=(), compare=False)
    linked_version: str = field(default="", compare=False)

    @classmethod
    def from_query(cls, query: str | Mapping[str, str], atlas: Atlas) -> Filters:
        """Filters of a URL query ("?country=UZB&kind=plant"); what means nothing is put into `ignored`.

        `linked_version` is the data version the link was made with, "" where it names none.
        """
        pairs = query.items() if isinstance(query, Mapping) else parse_qsl(query.lstrip("?")[:LONGEST_QUERY])
        allowed, chosen, ignored = choices(atlas), {}, []
        names = {url: name for name, url in _LIST_NAMES.items()}
        for url, text in pairs:
            if url in names:
                values = _known(text.split(","), allowed[names[url]], url, ignored)
                if values or text in ("", "none"):
                    chosen[names[url]] = values
            elif url == "metric":
                chosen["metric"] = text if text in allowed["metric"] else METRIC
                ignored += [] if text in allowed["metric"] else [f"metric={text[:40]}"]
            elif url == "show":
                chosen["selected"] = _selected(text, atlas, ignored)
            elif url == "data" and re.fullmatch("[0-9a-f]{12}", text):
                chosen["linked_version"] = text
            elif url not in ("lang", "theme", "camera", "tour"):  # read by the shell and by assets/
                ignored.append(f"{url[:40]}={text[:40]}")
        return cls(**chosen, ignored=tuple(ignored[:5]))

    def to_query(self) -> str:
        """The URL query without defaults; "" when everything is as it starts."""
        pairs = []
        for name, url in _LIST_NAMES.items():
            values = getattr(self, name)
            if set(values) != set(_DEFAULTS[name]):
                pairs.append((url, ",".join(values) or "none"))
        if self.metric != METRIC:
            pairs.append(("metric", self.metric))
        if self.selected:
            pairs.append(("show", ",".join(self.selected)))
        return "?" + urlencode(pairs, safe=",:") if pairs else ""

    def apply(self, atlas: Atlas) -> Rows:
        """The rows of the atlas that fit."""
        return _rows(atlas, replace(self, selected=(), shown=LAYERS_ON, metric=METRIC))

    def fitting_sites(self, atlas: Atlas) -> np.ndarray:
        """Whether each site fits, in the order of the table."""
        return fitting(atlas, SiteChoice(**self.of_sites()))

    def regions_of_sites(self, atlas: Atlas) -> list[str]:
        """The region_id of each site that fits, "" where none is known."""
        return _region_ids(atlas)[self.fitting_sites(atlas)].tolist()

    def fitting_segments(self, atlas: Atlas) -> np.ndarray:
        """Whether each segment fits, in the order of the table."""
        return segment_choice.fitting(atlas, **self.of_lines())

    def of_sites(self) -> dict[str, tuple[str, ...]]:
        """The choices that concern sites, by the facets of layers.sites."""
        return {
            name: getattr(self, name) for name in ("countries", "regions", "sectors", "kinds", "statuses")
        }

    def of_lines(self) -> dict[str, tuple[str, ...]]:
        """The choices that concern lines, as layers.segment_choice takes them."""
        return {name: getattr(self, name) for name in segment_choice.FACETS}

    def only_of_sites(self) -> Filters:
        """The same choice of sites and nothing else."""
        return Filters(**self.of_sites())

    def only_of_lines(self) -> Filters:
        """The same choice of lines and nothing else."""
        return Filters(**self.of_lines())

    def counts(self, atlas: Atlas) -> dict[str, dict[str, int]]:
        """How many rows each value of each list would show with the other choices as they are, where any."""
        of_sites = site_counts(atlas, SiteChoice(**self.of_sites()), tuple(self.of_sites()))
        of_lines = segment_choice.counts(atlas, **self.of_lines())
        return {
            name: {value: n for value, n in found.items() if n}
            for name, found in (of_sites | of_lines).items()
        }

    def active(self) -> list[tuple[str, str]]:
        """Every value that differs from the opening view, as (field, value), without layers and metric."""
        names = [name for name in _LIST_NAMES if name != "shown"]
        return [(name, value) for name in names for value in getattr(self, name)]

    def without(self, name: str, value: str) -> Filters:
        """The same view without one value of a list."""
        return replace(self, **{name: tuple(v for v in getattr(self, name) if v != value)})

    def select(self, *ids: str) -> Filters:
        """The same view with these things selected ("site:J-003")."""
        return replace(self, selected=tuple(ids)[:MOST_SELECTED])

    def without_selection(self) -> Filters:
        """The same choice of rows with nothing selected: what the map's data depend on."""
        return replace(self, selected=())


# Key: the atlas (one object a data version) and the choice.
@bounded(64, lambda rows, atlas, _filters: _copied(rows, atlas))
def _rows(atlas: Atlas, filters: Filters) -> Rows:
    return Rows(
        _those(atlas.sites, filters.fitting_sites(atlas)),
        _those(atlas.segments, filters.fitting_segments(atlas)),
        _crossings(atlas, filters.regions),
    )


# Key: the atlas, one object a data version.
@lru_cache(maxsize=2)
def _region_ids(atlas: Atlas) -> np.ndarray:
    return atlas.sites["region_id"].to_numpy(object)


def _those(rows: gpd.GeoDataFrame, fits: np.ndarray) -> gpd.GeoDataFrame:
    """The rows that fit; the table itself where all do."""
    return rows if fits.all() else rows.take(np.flatnonzero(fits))  # half the time of rows[fits]


# Key: the atlas, one object a data version, and the regions.
@lru_cache(maxsize=64)
def _crossings(atlas: Atlas, regions: tuple[str, ...]) -> gpd.GeoDataFrame:
    """The crossings of these regions, all when none is chosen."""
    crossings = atlas.crossings
    if not regions:
        return crossings
    sides = [np.isin(crossings[side].to_numpy(object), regions) for side in ("kz_region_id", "uz_region_id")]
    return _those(crossings, sides[0] | sides[1])


_DEFAULTS = {item.name: item.default for item in fields(Filters)}


@lru_cache(maxsize=4)
def choices(atlas: Atlas) -> dict[str, Collection[str]]:
    """The values each filter takes, in the order they are offered."""
    sectors = {sector for row in atlas.sites["sectors"] for sector in row}
    corridors = {corridor for row in atlas.segments["corridor_ids"] for corridor in row}
    return {
        "countries": vocabulary.COUNTRIES,
        "regions": tuple(atlas.regions.index),
        "sectors": tuple(code for code in vocabulary.SECTORS if code in sectors),
        "kinds": tuple(vocabulary.SITE_KINDS),
        "statuses": _present(vocabulary.STATUSES, atlas.sites["status"]),
        "corridors": tuple(c for c in atlas.corridors.index if c in corridors),
        "corridor_statuses": _present(vocabulary.STATUSES, atlas.segments["status"]),
        "shown": tuple(vocabulary.LAYERS),
        "metric": tuple(METRICS),
    }


def _present(table: Mapping[str, str], values: Iterable[str]) -> tuple[str, ...]:
    used = set(values)
    return tuple(code for code in table if code in used)


def _known(values: Iterable[str], allowed: Collection[str], url: str, ignored: list[str]) -> tuple[str, ...]:
    good = []
    for value in values:
        if value in allowed:
            good.append(value)
        elif value not in ("", "none"):
            ignored.append(f"{url}={value[:40]}")
    return tuple(code for code in allowed if code in good)


def _selected(text: str, atlas: Atlas, ignored: list[str]) -> tuple[str, ...]:
    good = []
    for key in text.split(",")[:MOST_SELECTED]:
        if exists(key, atlas):
            good.append(key)
        elif key:
            ignored.append(f"show={key[:40]}")
    return tuple(dict.fromkeys(good))


def _copied(rows: Rows, atlas: Atlas) -> int:
    """The rows of a choice that are no longer the tables of the atlas themselves."""
    parts = ((rows.sites, atlas.sites), (rows.segments, atlas.segments))
    return sum(len(part) for part, whole in parts if part is not whole)


def map_marks(atlas: Atlas, filters: Filters) -> m.MapMarks:
    """What the map of these filters shows."""
    lines, sites, energy = _every_mark(atlas)
    fitting_sites, fitting_segments = filters.fitting_sites(atlas), filters.fitting_segments(atlas)
    if filters.corridors:  # a segment of several takes the colour of the one that was chosen
        chosen = _those(atlas.segments, fitting_segments)
        lines = m.line_marks(chosen, atlas.corridors["group"], filters.corridors)
    else:
        lines = _those(lines, fitting_segments)
    return m.MapMarks(
        regions=_region_marks(atlas, filters.metric),
        lines=lines,
        has_all_lines=bool(fitting_segments.all()),
        sites=_those(sites, fitting_sites),
        has_all_sites=bool(fitting_sites.all()),
        crossings=_crossings(atlas, filters.regions),
        energy=energy,
        shown=filters.shown,
    )


# Key: the atlas, one object a data version; two may be served while one follows the other.
@lru_cache(maxsize=2)
def _every_mark(atlas: Atlas) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """The marks of all segments, sites and energy lines; those of a choice are rows of them."""
    return (
        m.line_marks(atlas.segments, atlas.corridors["group"]),
        m.site_marks(atlas.sites),
        m.energy_marks(atlas.energy_lines),
    )


@lru_cache(maxsize=64)
def _region_marks(atlas: Atlas, metric: str) -> m.RegionMarks:
    return m.region_marks(atlas, METRICS[metric])
