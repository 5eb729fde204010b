"""How a region stands by a metric among the regions of its country."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from layers.atlas import Atlas
from layers.metrics import METRICS, Metric


@dataclass(frozen=True)
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

    @property
    def median(self) -> float:
        """The middle value, NaN where there is none."""
        return float(pd.Series(self.values, dtype=float).median())


def standing(atlas: Atlas, metric: Metric, region_id: str) -> Standing:
    """The standing of a region; where dates differ, among the regions with its own date only."""
    country = atlas.regions.at[region_id, "country_iso3"]
    comparable = atlas.regions["country_iso3"].eq(country)
    period = metric.period(atlas)
    if metric.dates is not None:
        days = metric.dates(atlas)
        comparable &= days.eq(days[region_id])
        period = (days[region_id],) * 2
    values = metric.compute(atlas)
    known = values[comparable].dropna().sort_values(ascending=metric.least_first)
    value = float(values[region_id])
    before = int((known.lt(value) if metric.least_first else known.gt(value)).sum())
    equal = int(known.eq(value).sum())
    rank, last = (before + 1, before + equal) if equal else (0, 0)
    return Standing(metric, value, tuple(known), rank, last, period)


def standings(atlas: Atlas, region_id: str) -> tuple[Standing, ...]:
    """The standings of a region by all metrics that its country has."""
    country = atlas.regions.at[region_id, "country_iso3"]
    fitting = [m for m in METRICS.values() if m.form != "none" and m.country in ("", country)]
    return tuple(standing(atlas, metric, region_id) for metric in fitting)
