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

from layers.access import corridors_through, lines_through, nearest_crossing, nearest_sea_port
from layers.atlas import Atlas
from layers.classes import classes
from layers.indicators import indicator, indicator_period, indicator_sources
from layers.pairs import margins
from layers.sites import joint

__all__ = ["METRICS", "Metric", "classes", "no_sources", "undated"]

SourceIds = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Metric:
    """One measure of a region.

    `form` is "rate" (shaded in classes), "total" (circles by area) or "none". `compute` gives values
    indexed by region_id, NaN where not known; `source_ids` the sources of each region's value; `period`
    the first and last day the values speak of, "" where they have none. `computed` marks values worked out
    here, `country` the only country that has the metric, `least_first` those of which less is more.
    `note` may hold {start} and {end}, which stand for the period. `dates` gives the day of each value where
    they differ: values of different days rank nothing.
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
    least_first: bool = False
    dates: Callable[[Atlas], pd.Series] | None = None


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


def joint_projects(atlas: Atlas) -> pd.Series:
    """How many single joint projects name each region, as single projects name it and no totals."""
    return margins(atlas)["count"].astype(float)


def joint_project_value(atlas: Atlas) -> pd.Series:
    """Million US dollars stated for single projects that name each region; NaN where no value is stated."""
    return margins(atlas)["value_usd"] / 1e6


def joint_project_sources(atlas: Atlas) -> SourceIds:
    """The sources of the joint projects of each region."""
    cited = atlas.projects["source_ids"]
    return {
        region_id: unique(chain(*cited.loc[list(ids)]))
        for region_id, ids in margins(atlas)["projects"].items()
        if ids
    }


def to_crossing(measure: str) -> Callable[[Atlas], pd.Series]:
    """Hours or km to the nearest crossing in operation."""
    return lambda atlas: nearest_crossing(atlas, measure)[measure].astype(float)


def to_sea_port(measure: str) -> Callable[[Atlas], pd.Series]:
    """Hours or km to the nearest port of the oceans."""
    return lambda atlas: nearest_sea_port(atlas, measure)[measure].astype(float)


def network_sources(atlas: Atlas) -> SourceIds:
    """What hours and kilometres by the network rest on: the region's place, and the assumptions."""
    assumed = unique(chain(*atlas.assumptions["source_ids"]))
    return {region_id: unique((*ids, *assumed)) for region_id, ids in region_sources(atlas).items()}


def corridor_count(atlas: Atlas) -> pd.Series:
    """How many corridors have lines in each region, of whatever status."""
    return counted_by_region(atlas, corridors_through(atlas))


def corridor_sources(atlas: Atlas) -> SourceIds:
    """The sources of the lines of corridors in each region."""
    return sources_by_region(lines_through(atlas))


def nothing(atlas: Atlas) -> pd.Series:
    """No value for any region: a map of borders alone."""
    return pd.Series(np.nan, index=atlas.regions.index)


def counted_by_region(atlas: Atlas, rows: pd.DataFrame) -> pd.Series:
    """How many of these rows each region has; 0 means none in the atlas, not none in the world."""
    return rows["region_id"].value_counts().reindex(atlas.regions.index, fill_value=0).astype(float)


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


def days_of_population(atlas: Atlas) -> pd.Series:
    """The day on which each population was counted."""
    return atlas.regions["population_date"]


def no_sources(atlas: Atlas) -> SourceIds:
    """Nothing to cite."""
    return {}


def undated(atlas: Atlas) -> tuple[str, str]:
    """No period of its own: the state of the atlas."""
    return "", ""


TO_CROSSINGS = (
    "Computed here from the centre of the region to crossings in operation, without the stop at the border."
)
TO_SEA_PORTS = (
    "Computed here from the centre of the region to the nearest port of the oceans, by lines in operation."
)

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
        dates=days_of_population,
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
        dates=days_of_population,
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
        id="joint_projects",
        label="Joint projects that name the region",
        unit="projects",
        form="total",
        compute=joint_projects,
        source_ids=joint_project_sources,
        period=undated,
        note="Single projects known to the sources of this atlas, without totals stated for many projects.",
    ),
    Metric(
        id="joint_project_value",
        label="Stated value of joint projects",
        unit="million USD",
        form="total",
        compute=joint_project_value,
        source_ids=joint_project_sources,
        period=undated,
        note="Added up over the single projects that state a value; most state none. "
        "A project of several regions counts whole in each.",
        digits=1,
        computed=True,
    ),
    Metric(
        id="crossing_hours",
        label="Time to the nearest crossing between the two countries",
        unit="hours",
        form="rate",
        compute=to_crossing("hours"),
        source_ids=network_sources,
        period=undated,
        note=TO_CROSSINGS,
        digits=1,
        computed=True,
        least_first=True,
    ),
    Metric(
        id="crossing_km",
        label="Way to the nearest crossing between the two countries",
        unit="km",
        form="rate",
        compute=to_crossing("km"),
        source_ids=network_sources,
        period=undated,
        note=TO_CROSSINGS,
        computed=True,
        least_first=True,
    ),
    Metric(
        id="sea_port_hours",
        label="Time to the nearest sea port",
        unit="hours",
        form="rate",
        compute=to_sea_port("hours"),
        source_ids=network_sources,
        period=undated,
        note=TO_SEA_PORTS,
        digits=1,
        computed=True,
        least_first=True,
    ),
    Metric(
        id="sea_port_km",
        label="Way to the nearest sea port",
        unit="km",
        form="rate",
        compute=to_sea_port("km"),
        source_ids=network_sources,
        period=undated,
        note=TO_SEA_PORTS,
        computed=True,
        least_first=True,
    ),
    Metric(
        id="corridors",
        label="Corridors that cross the region",
        unit="corridors",
        form="total",
        compute=corridor_count,
        source_ids=corridor_sources,
        period=undated,
        note="Corridors with lines in the region, also those that are only planned.",
        computed=True,
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
