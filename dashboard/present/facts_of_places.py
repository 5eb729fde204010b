"""Facts of regions and their pairs, of sites and of border crossings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from dashboard import vocabulary
from dashboard.present.facts import Fact, Facts
from dashboard.present.facts_of_subjects import COUNTED, counted, number, row_name
from dashboard.regions.ranking import COUNTS, with_unit
from dashboard.text import N_, Words
from layers import Atlas
from layers.metrics import METRICS, Metric
from layers.pairs import frontiers, pairs
from layers.projects import named
from layers.standing import sources_of, values_of

METHODS = {"border": N_("Read from the outlines of the map.")}
"""How counts of pairs were worked out that were not counted from rows."""


def regions(atlas: Atlas) -> Facts:
    """regions.count, .<country>, .border, .with_projects."""
    rows = atlas.regions
    found: Facts = {
        "regions.count": lambda words: counted(rows, words),
        "regions.border": lambda words: counted(rows[rows["borders_other_country"]], words),
        "regions.with_projects": partial(_with_projects, atlas),
    }
    for code in vocabulary.COUNTRIES:
        found[f"regions.{code}"] = partial(counted, rows[rows["country_iso3"].eq(code)])
    return found


def one_region(region_id: str, atlas: Atlas) -> Facts:
    """region.<region_id>.name and .<metric>."""
    row = atlas.regions.loc[region_id]
    found: Facts = {f"region.{region_id}.name": partial(row_name, row)}
    for metric_id, metric in METRICS.items():
        if metric.form != "none" and metric.country in ("", row["country_iso3"]):
            found[f"region.{region_id}.{metric_id}"] = partial(_of_metric, atlas, metric, region_id)
    return found


def _with_projects(atlas: Atlas, words: Words) -> Fact:
    return counted(atlas.regions[values_of(atlas, METRICS["joint_projects"]).gt(0)], words)


def _of_metric(atlas: Atlas, metric: Metric, region_id: str, words: Words) -> Fact:
    """The value of a region with its unit, of a count the number alone; KeyError where it is not known."""
    value = values_of(atlas, metric)[region_id]
    if pd.isna(value):
        raise KeyError(f"region.{region_id}.{metric.id}")
    is_count = metric.id in COUNTS
    shown = words.number(value) if is_count else with_unit(value, metric, words)
    how = words(COUNTED) if is_count else words(metric.note) if metric.computed and metric.note else ""
    return Fact(shown, sources_of(atlas, metric).get(region_id, ()), how)


def of_pairs(atlas: Atlas) -> Facts:
    """pairs.count, .with_projects, .without_projects, .border, .border_<with|without>_projects, .most and its
    .uz and .kz; projects.two_sided: single projects that name regions of both countries."""
    every, shared = pairs(atlas), frontiers(atlas)
    shared = shared[shared.index.isin(every.index)]  # regions of the second level are in no pair
    cited = tuple(dict.fromkeys(one for ids in named(atlas.projects)["source_ids"] for one in ids))
    has_any = every["count"].gt(0)
    on_border = every.loc[shared.index, "count"] if len(shared) else every["count"].iloc[:0]
    counts = {
        "count": len(every),
        "with_projects": int(has_any.sum()),
        "without_projects": int((~has_any).sum()),
        "border": len(shared),
        "border_without_projects": int(on_border.eq(0).sum()),
        "border_with_projects": int(on_border.gt(0).sum()),
    }
    found: Facts = {
        f"pairs.{name}": partial(number, value, () if name == "border" else cited, METHODS.get(name, COUNTED))
        for name, value in counts.items()
    }
    both = {one for ids in every["projects"] for one in ids}
    found["projects.two_sided"] = partial(number, len(both), cited, COUNTED)
    if has_any.any():
        most = every["count"].idxmax()
        found["pairs.most"] = partial(number, int(every["count"].max()), cited, COUNTED)
        for side, region_id in zip(("uz", "kz"), most, strict=True):
            found[f"pairs.most.{side}"] = partial(row_name, atlas.regions.loc[region_id])
    return found


SITE_AMOUNTS: dict[str, tuple[str, Callable[[float, Words], str]]] = {
    "area_ha": ("area", lambda value, words: words(N_("{n} ha"), n=words.number(value))),
    "jobs": ("jobs", lambda value, words: words.number(value)),
    "investment_usd": ("investment", lambda value, words: words.dollars(value)),
}
"""Columns of sites with the names of their facts, and how they are written."""


def sites(atlas: Atlas) -> Facts:
    """sites.count, .<country>, .approximate, .status.<status>, .kind.<kind>, .sector.<sector>, and .sectors.1
    to .5 with .name, those that most sites name."""
    rows = atlas.sites[["country_iso3", "status", "kind", "location_precision", "source_ids"]]

    def those(column: str, value: str) -> partial[Fact]:
        return partial(_counted_where, rows, rows[column].eq(value).to_numpy(bool))

    found: Facts = {
        "sites.count": lambda words: counted(rows, words),
        "sites.approximate": those("location_precision", "region-centre"),
    }
    found |= {f"sites.{code}": those("country_iso3", code) for code in vocabulary.COUNTRIES}
    found |= {f"sites.status.{status}": those("status", status) for status in vocabulary.STATUSES}
    found |= {f"sites.kind.{kind}": those("kind", kind) for kind in vocabulary.SITE_KINDS}
    named_sectors = atlas.sites["sectors"].reset_index(drop=True).explode().dropna()
    by_sector = named_sectors.value_counts()
    for sector in by_sector.index:
        own = np.isin(np.arange(len(rows)), named_sectors.index[named_sectors.eq(sector)])
        found[f"sites.sector.{sector}"] = partial(_counted_where, rows, own)
    for place, sector in enumerate(by_sector.index[:5], start=1):
        found[f"sites.sectors.{place}.name"] = partial(_sector, sector)
        found[f"sites.sectors.{place}"] = found[f"sites.sector.{sector}"]
    return found


def _counted_where(rows: pd.DataFrame, fits: np.ndarray, words: Words) -> Fact:
    return counted(rows[fits], words)


def _sector(sector: str, words: Words) -> Fact:
    return Fact(words(vocabulary.SECTORS[sector]))


def one_site(site_id: str, atlas: Atlas) -> Facts:
    """site.<site_id>.<name|area|jobs|investment>."""
    name, row = f"site.{site_id}", atlas.sites.loc[site_id]
    found: Facts = {f"{name}.name": partial(row_name, row)}
    for column, (part, write) in SITE_AMOUNTS.items():
        if pd.notna(row[column]):
            found[f"{name}.{part}"] = partial(_site_amount, float(row[column]), write, row["source_ids"])
    return found


def _site_amount(
    value: float, write: Callable[[float, Words], str], source_ids: tuple[str, ...], words: Words
) -> Fact:
    return Fact(write(value, words), tuple(source_ids))


def crossings(atlas: Atlas) -> Facts:
    """crossings.count, .<mode>, .<status>, .<mode>.<status>; crossing.<crossing_id>.<name|status>."""
    rows = atlas.crossings
    found: Facts = {"crossings.count": lambda words: counted(rows, words)}
    for status in vocabulary.STATUSES:
        found[f"crossings.{status}"] = partial(counted, rows[rows["status"].eq(status)])
    for mode in ("road", "rail"):
        own = rows[rows["mode"].eq(mode)]
        found[f"crossings.{mode}"] = partial(counted, own)
        for status in vocabulary.STATUSES:
            found[f"crossings.{mode}.{status}"] = partial(counted, own[own["status"].eq(status)])
    for crossing_id, row in rows.iterrows():
        status = vocabulary.STATUSES[row["status"]]
        found[f"crossing.{crossing_id}.status"] = lambda words, status=status, row=row: Fact(
            words(status), tuple(row["source_ids"])
        )
    return found


FAMILIES = (regions, of_pairs, sites, crossings)

SINGLE = {"region": ("regions", one_region), "site": ("sites", one_site)}
"""Kinds of which each row has facts of its own, made when they are asked for: their tables, and what makes
them."""
