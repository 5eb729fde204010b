"""How a region stands by a metric among the regions of its country."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from layers.atlas import Atlas
from layers.metrics import METRICS, Metric, SourceIds


@dataclass(frozen=True, eq=False)
class Standing:
    """A region's value (NaN where not known) among `values`, those of its country that can be compared.

    First is the largest value, or the least where less is more. `rank` to `last_rank` are its places: several
    where regions are equal, 0 where its value is not known. `period` is that of the value.
    """

    metric: Metric
    value: float
    values: tuple[float, ...]
    rank: int
    last_rank: int
    period: tuple[str, str]

    @cached_property
    def median(self) -> float:
        """The middle value, NaN where there is none."""
        return statistics.median(self.values) if self.values else float("nan")


@lru_cache(maxsize=64)
def values_of(atlas: Atlas, metric: Metric) -> pd.Series:
    """The values of a metric, worked out once; read-only."""
    return metric.compute(atlas)


@lru_cache(maxsize=64)
def sources_of(atlas: Atlas, metric: Metric) -> SourceIds:
    """The sources of a metric's values by region, gathered once; read-only."""
    return metric.source_ids(atlas)


@lru_cache(maxsize=64)
def period_of(atlas: Atlas, metric: Metric) -> tuple[str, str]:
    """The period of a metric, found once."""
    return metric.period(atlas)


@lru_cache(maxsize=256)
def comparable(atlas: Atlas, metric: Metric, country: str, day: str) -> tuple[float, ...]:
    """The known values of a country's regions, the first first; of a metric with days, those of one day."""
    fits = atlas.regions["country_iso3"].eq(country)
    if metric.dates is not None:
        fits &= metric.dates(atlas).eq(day)
    values = values_of(atlas, metric)[fits].dropna()
    return tuple(sorted(values.tolist(), reverse=not metric.least_first))


def standing(atlas: Atlas, metric: Metric, region_id: str) -> Standing:
    """The standing of a region; where dates differ, among the regions with its own date only."""
    day = metric.dates(atlas)[region_id] if metric.dates is not None else ""
    known = comparable(atlas, metric, atlas.regions.at[region_id, "country_iso3"], day)
    value = float(values_of(atlas, metric)[region_id])
    equal = known.count(value)
    rank = known.index(value) + 1 if equal else 0
    period = (day, day) if day else period_of(atlas, metric)
    return Standing(metric, value, known, rank, rank + equal - 1 if equal else 0, period)


def standings(atlas: Atlas, region_id: str) -> tuple[Standing, ...]:
    """The standings of a region by all metrics that its country has."""
    country = atlas.regions.at[region_id, "country_iso3"]
    fitting = [m for m in METRICS.values() if m.form != "none" and m.country in ("", country)]
    return tuple(standing(atlas, metric, region_id) for metric in fitting)
