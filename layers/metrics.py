"""What regions can be compared by: a registry of metrics, and classes for shading them.

A new metric is one more `Metric(...)` below. Labels, units and notes are English and are translated where
shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.sites import joint

SourceIds = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Metric:
    """One measure of a region.

    `form` is "rate" (shaded in classes), "total" (circles by area) or "none". `compute` gives values
    indexed by region_id, NaN where not known; `source_ids` the sources of each region's value; `period`
    the first and last day the values speak of, "" where they have none. `computed` marks values worked out
    here, `country` the only country that has the metric. `note` may hold {start} and {end}, which stand
    for the period.
    """

    id: str
    label: str
    unit: str
    form: str
    compute: Callable[[Atlas], pd.Series]
    source_ids: Callable[[Atlas], SourceIds]
    period: Callable[[Atlas], tuple[str, str]]
    note: str = ""
    digits: int = 0
    computed: bool = False
    country: str = ""


def population(atlas: Atlas) -> pd.Series:
    """People, each region at its own population_date."""
    return atlas.regions["population"].astype(float)


def density(atlas: Atlas) -> pd.Series:
    """People per square kilometre."""
    return population(atlas) / atlas.regions["area_km2"]


def area(atlas: Atlas) -> pd.Series:
    """Square kilometres."""
    return atlas.regions["area_km2"].astype(float)


def site_count(atlas: Atlas) -> pd.Series:
    """How many sites of the atlas lie in each region."""
    return counted_by_region(atlas, atlas.sites)


def joint_site_count(atlas: Atlas) -> pd.Series:
    """How many sites of both countries lie in each region."""
    return counted_by_region(atlas, joint(atlas.sites))


def operating_site_count(atlas: Atlas) -> pd.Series:
    """How many operating sites lie in each region."""
    return counted_by_region(atlas, operating(atlas.sites))


def operating(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that work today."""
    return sites[sites["status"].eq("operating")]


def nothing(atlas: Atlas) -> pd.Series:
    """No value for any region: a map of borders alone."""
    return pd.Series(np.nan, index=atlas.regions.index)


def counted_by_region(atlas: Atlas, rows: pd.DataFrame) -> pd.Series:
    """How many of these rows each region has; 0 means none in the atlas, not none in the world."""
    return rows["region_id"].value_counts().reindex(atlas.regions.index, fill_value=0).astype(float)


def common_period(atlas: Atlas, indicator: str, country: str) -> pd.DataFrame:
    """The rows of an indicator for the one period that most regions of a country have, the latest of equals.

    Indexed by region_id. Rows of other periods are left out, because periods of unequal length cannot be
    compared.
    """
    rows = atlas.region_indicators
    regions = atlas.regions.index[atlas.regions["country_iso3"].eq(country)]
    rows = rows[rows["indicator"].eq(indicator) & rows["region_id"].isin(regions) & rows["period_end"].ne("")]
    rows = rows[rows["kind"].isin(("actual", "preliminary"))]
    if rows.empty:
        return rows.set_index("region_id")
    sizes = rows.groupby(["period_end", "period_start"])["region_id"].nunique()
    end, start = sizes[sizes.eq(sizes.max())].index.max()
    chosen = rows[rows["period_start"].eq(start) & rows["period_end"].eq(end)]
    return chosen.drop_duplicates("region_id", keep="last").set_index("region_id")


def indicator(name: str, country: str) -> Callable[[Atlas], pd.Series]:
    """The values of an indicator of region_indicators.csv that one country has."""
    return lambda atlas: common_period(atlas, name, country)["value"].reindex(atlas.regions.index)


def indicator_sources(name: str, country: str) -> Callable[[Atlas], SourceIds]:
    """The sources of an indicator by region."""
    return lambda atlas: common_period(atlas, name, country)["source_ids"].to_dict()


def indicator_period(name: str, country: str) -> Callable[[Atlas], tuple[str, str]]:
    """The period of an indicator."""

    def period(atlas: Atlas) -> tuple[str, str]:
        rows = common_period(atlas, name, country)
        return ("", "") if rows.empty else (rows["period_start"].iloc[0], rows["period_end"].iloc[0])

    return period


def population_sources(atlas: Atlas) -> SourceIds:
    """The sources of each population."""
    return atlas.regions["population_source_ids"].to_dict()


def density_sources(atlas: Atlas) -> SourceIds:
    """The sources of each population and of each area."""
    both = atlas.regions["population_source_ids"] + atlas.regions["source_ids"]
    return both.map(unique).to_dict()


def region_sources(atlas: Atlas) -> SourceIds:
    """The sources of each region's own row."""
    return atlas.regions["source_ids"].to_dict()


def site_sources(atlas: Atlas) -> SourceIds:
    """The sources of all sites of each region."""
    return sources_by_region(atlas.sites)


def joint_site_sources(atlas: Atlas) -> SourceIds:
    """The sources of the joint sites of each region."""
    return sources_by_region(joint(atlas.sites))


def operating_site_sources(atlas: Atlas) -> SourceIds:
    """The sources of the operating sites of each region."""
    return sources_by_region(operating(atlas.sites))


def sources_by_region(rows: pd.DataFrame) -> SourceIds:
    """The sources of these rows by region, each once; rows without a region are left out."""
    placed = rows[rows["region_id"].ne("")]
    return {region: unique(chain(*ids)) for region, ids in placed.groupby("region_id")["source_ids"]}


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """Each id once, in order."""
    return tuple(dict.fromkeys(ids))


def population_dates(atlas: Atlas) -> tuple[str, str]:
    """The earliest and the latest date of a population."""
    dates = atlas.regions["population_date"]
    known = dates[dates.ne("")]
    return ("", "") if known.empty else (known.min(), known.max())


def no_sources(atlas: Atlas) -> SourceIds:
    """Nothing to cite."""
    return {}


def undated(atlas: Atlas) -> tuple[str, str]:
    """No period of its own: the state of the atlas."""
    return "", ""


ALL_METRICS = (
    Metric(
        id="density",
        label="Population density",
        unit="people per km²",
        form="rate",
        compute=density,
        source_ids=density_sources,
        period=population_dates,
        note="Computed here: population divided by area. Population counts are dated from {start} to {end}.",
        digits=1,
        computed=True,
    ),
    Metric(
        id="population",
        label="Population",
        unit="people",
        form="total",
        compute=population,
        source_ids=population_sources,
        period=population_dates,
        note="Population counts are dated from {start} to {end}: they do not rank the regions.",
    ),
    Metric(
        id="area",
        label="Area",
        unit="km²",
        form="total",
        compute=area,
        source_ids=region_sources,
        period=undated,
    ),
    Metric(
        id="sites",
        label="Industrial sites",
        unit="sites",
        form="total",
        compute=site_count,
        source_ids=site_sources,
        period=undated,
        note="Sites known to the sources of this atlas; a region without one may have others.",
    ),
    Metric(
        id="joint_sites",
        label="Joint sites of both countries",
        unit="sites",
        form="total",
        compute=joint_site_count,
        source_ids=joint_site_sources,
        period=undated,
        note="Sites known to the sources of this atlas; a region without one may have others.",
    ),
    Metric(
        id="sites_operating",
        label="Operating sites",
        unit="sites",
        form="total",
        compute=operating_site_count,
        source_ids=operating_site_sources,
        period=undated,
        note="Sites known to the sources of this atlas; a region without one may have others.",
    ),
    Metric(
        id="grp_kz",
        label="Gross regional product (Kazakhstan)",
        unit="billion KZT",
        form="total",
        compute=indicator("grp", "KAZ"),
        source_ids=indicator_sources("grp", "KAZ"),
        period=indicator_period("grp", "KAZ"),
        note="Kazakh regions only, {start} to {end}; not comparable with figures of Uzbek regions.",
        digits=1,
        country="KAZ",
    ),
    Metric(
        id="industrial_output_uz",
        label="Industrial output (Uzbekistan)",
        unit="trillion UZS",
        form="total",
        compute=indicator("industrial_output", "UZB"),
        source_ids=indicator_sources("industrial_output", "UZB"),
        period=indicator_period("industrial_output", "UZB"),
        note="Uzbek regions only, {start} to {end}; not comparable with figures of Kazakh regions.",
        digits=1,
        country="UZB",
    ),
    Metric(
        id="none",
        label="Borders only",
        unit="",
        form="none",
        compute=nothing,
        source_ids=no_sources,
        period=undated,
    ),
)

METRICS = {metric.id: metric for metric in ALL_METRICS}


LADDERS = ((1, 2, 5, 10), (1, 1.5, 2, 3, 5, 7, 10), (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
"""Leading digits of readable numbers, from the coarsest choice to the finest."""


def classes(values: pd.Series, n: int = 6) -> tuple[float, ...]:
    """Readable edges between at most n classes of about equal size; a value on an edge is in the lower one.

    Edges are quantiles moved to the roundest numbers that keep every class filled and none crowded, so
    that a legend says "up to 20", not "up to 18.73". Fewer distinct values than classes give fewer classes,
    one value gives none.
    """
    known = np.sort(pd.Series(values, dtype=float).dropna().to_numpy())
    count = min(n, len(np.unique(known)))
    if count < 2:
        return ()
    quantiles = np.quantile(known, np.linspace(0, 1, count + 1)[1:-1])
    if (known == np.round(known)).all():
        quantiles = np.floor(quantiles)
    edges: list[float] = []
    for roundness in range(len(LADDERS) + 5):
        edges = filled_edges([readable(edge, roundness) for edge in quantiles], known)
        sizes = np.bincount(np.searchsorted(edges, known, side="left"))
        if len(edges) == count - 1 and sizes.max() <= 1.6 * len(known) / count:
            break
    return tuple(edges)


def filled_edges(edges: list[float], known: np.ndarray) -> list[float]:
    """The edges with at least one value below them since the edge before, and one above the last."""
    filled: list[float] = []
    for edge in sorted(set(edges)):
        low = filled[-1] if filled else -np.inf
        if ((known > low) & (known <= edge)).any() and (known > edge).any():
            filled.append(edge)
    return filled


def readable(value: float, roundness: int) -> float:
    """The value moved to a rung of a ladder, or past the ladders to two, three or more digits."""
    if value == 0:
        return 0.0
    if roundness >= len(LADDERS):
        return float(f"{value:.{roundness - len(LADDERS) + 2}g}")
    power = 10.0 ** np.floor(np.log10(abs(value)))
    rung = min(LADDERS[roundness], key=lambda rung: abs(rung - abs(value) / power))
    return float(f"{np.copysign(rung * power, value):.6g}")
