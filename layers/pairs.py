"""Pairs of an Uzbek and a Kazakh region, the Council's unit of work: joint projects, border, sectors.

A pair without a project is one without a project known to the sources of the atlas, never one without any.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely
from pyproj import Geod

from layers.atlas import Atlas
from layers.projects import named, portfolio_statements
from layers.regions import first_level, of_country

WGS84 = Geod(ellps="WGS84")

UZBEK, KAZAKH = "UZB", "KAZ"

SUMMED = ("single", "converted", "minimum")
"""Kinds of values that are those of one project; a claim is nobody's plan, totals are of many projects."""

FROM_OTHER_COUNTRY = ("_uzbekistan", "_kazakhstan")
"""How the names of indicators end that speak of trade with the other country."""


@dataclass(frozen=True)
class Sectors:
    """Sectors of the sites of two regions, in the order of the alphabet."""

    both: tuple[str, ...]
    only_uzbek: tuple[str, ...]
    only_kazakh: tuple[str, ...]


def region_ids(atlas: Atlas) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Uzbek and the Kazakh regions of the first level, in the order of the table."""
    regions = first_level(atlas.regions)
    return tuple(tuple(of_country(regions, country).index) for country in (UZBEK, KAZAKH))


@lru_cache(maxsize=2)
def pairs(atlas: Atlas) -> pd.DataFrame:
    """One row per pair of the first level (all 280), and per further pair that a project names, indexed by
    (uz_region_id, kz_region_id).

    Columns: projects (ids of the single projects that name both), count, and of their values as `worth`
    gives them value_usd, valued and is_least. A project that names several regions of a side counts in each
    pair it names, so the cells do not add up: `margins` counts each project once.
    """
    by_pair = {pair: [] for pair in pd.MultiIndex.from_product(region_ids(atlas))}
    for project_id, row in named(atlas.projects).iterrows():
        for pair in pd.MultiIndex.from_product([row["uz_region_ids"], row["kz_region_ids"]]):
            by_pair.setdefault(pair, []).append(project_id)
    return _counted(atlas, by_pair, ["uz_region_id", "kz_region_id"])


@lru_cache(maxsize=2)
def margins(atlas: Atlas) -> pd.DataFrame:
    """One row per region, with the single projects that name it, each once, as in `pairs`: projects, count,
    value_usd, valued, is_least.

    `alone` are those of them that name no region of the other country.
    """
    projects = named(atlas.projects)
    own = {region_id: [] for region_id in atlas.regions.index}
    for project_id, row in projects.iterrows():
        for region_id in (*row["uz_region_ids"], *row["kz_region_ids"]):
            own[region_id].append(project_id)
    one_sided = set(projects.index[projects["uz_region_ids"].map(len).eq(0)])
    one_sided |= set(projects.index[projects["kz_region_ids"].map(len).eq(0)])
    alone = {region_id: tuple(p for p in ids if p in one_sided) for region_id, ids in own.items()}
    return _counted(atlas, own, ["region_id"]).assign(alone=pd.Series(alone))


def without_region(atlas: Atlas) -> tuple[str, ...]:
    """The single projects that name no region at all: they stand outside of the matrix."""
    projects = named(atlas.projects)
    names_none = projects["uz_region_ids"].map(len).eq(0) & projects["kz_region_ids"].map(len).eq(0)
    return tuple(projects.index[names_none])


def _counted(atlas: Atlas, by_key: dict, names: list[str]) -> pd.DataFrame:
    rows = []
    for ids in by_key.values():
        value_usd, valued, is_least = worth(atlas.projects.loc[ids]) if ids else (float("nan"), 0, False)
        rows.append((tuple(ids), len(ids), value_usd, valued, is_least))
    columns = ["projects", "count", "value_usd", "valued", "is_least"]
    index = (
        pd.MultiIndex.from_tuples(by_key, names=names) if len(names) > 1 else pd.Index(by_key, name=names[0])
    )
    return pd.DataFrame(rows, columns=columns, index=index)


def worth(projects: pd.DataFrame) -> tuple[float, int, bool]:
    """The stated values of single projects added up (US dollars, NaN where none is stated), of how many, and
    whether one of them is a lower bound."""
    stated = projects[projects["value_type"].isin(SUMMED) & projects["value_usd"].notna()]
    total = float(stated["value_usd"].sum()) if len(stated) else float("nan")
    return total, len(stated), bool(stated["value_type"].eq("minimum").any())


def totals_of(atlas: Atlas, *region_ids: str) -> pd.DataFrame:
    """The stated totals of many projects that name all of these regions: never added to anything."""
    rows, wanted = portfolio_statements(atlas.projects), set(region_ids)
    sides = zip(rows["uz_region_ids"], rows["kz_region_ids"], strict=True)
    return rows[[wanted <= {*uzbek, *kazakh} for uzbek, kazakh in sides]]


@lru_cache(maxsize=2)
def frontiers(atlas: Atlas) -> pd.Series:
    """Kilometres of border that each pair shares, indexed as `pairs`, only pairs that share one.

    Measured along the simplified outlines of the map (geodesic), so short by the bends left out.
    """
    shapes = {country: of_country(atlas.regions, country).geometry for country in (UZBEK, KAZAKH)}
    uzbek, kazakh = shapes[UZBEK], shapes[KAZAKH]
    near = zip(*kazakh.sindex.query(uzbek.to_numpy(), predicate="intersects"), strict=True)
    found = {}
    for at, other in sorted(near):
        line = shapely.intersection(uzbek.iloc[at].boundary, kazakh.iloc[other].boundary)
        if km := WGS84.geometry_length(line) / 1000:
            found[uzbek.index[at], kazakh.index[other]] = km
    names = ["uz_region_id", "kz_region_id"]
    index = (
        pd.MultiIndex.from_tuples(found, names=names)
        if found
        else pd.MultiIndex.from_product([[], []], names=names)
    )
    return pd.Series(list(found.values()), index=index, dtype=float)


def neighbours(atlas: Atlas, region_id: str) -> pd.Series:
    """Kilometres of border with each region across it, the longest first."""
    is_uzbek = atlas.regions.at[region_id, "country_iso3"] == UZBEK
    level = "uz_region_id" if is_uzbek else "kz_region_id"
    shared = frontiers(atlas)
    own = shared[shared.index.get_level_values(level) == region_id]
    return own.droplevel(level).sort_values(ascending=False, kind="stable")


def distance_km(atlas: Atlas, uz_region_id: str, kz_region_id: str) -> float:
    """Kilometres between the centres of two regions in a straight line on the ellipsoid."""
    one, other = (atlas.regions.loc[i, ["centre_lon", "centre_lat"]] for i in (uz_region_id, kz_region_id))
    return float(WGS84.inv(*one.astype(float), *other.astype(float))[2]) / 1000


@lru_cache(maxsize=300)
def nearest_crossings(atlas: Atlas, uz_region_id: str, kz_region_id: str, most: int = 3) -> gpd.GeoDataFrame:
    """The crossings that lie least out of the way between two centres, whatever their status.

    Adds uz_km and kz_km, straight from each centre (geodesic), detour_km, their sum, and is_between: the
    crossing joins these two regions.
    """
    rows = atlas.crossings
    legs = {}
    for name, region_id in (("uz_km", uz_region_id), ("kz_km", kz_region_id)):
        lon, lat = (float(atlas.regions.loc[region_id, c]) for c in ("centre_lon", "centre_lat"))
        here = ([one] * len(rows) for one in (lon, lat))
        legs[name] = WGS84.inv(*here, rows["lon"].to_numpy(float), rows["lat"].to_numpy(float))[2] / 1000
    is_between = rows["uz_region_id"].eq(uz_region_id) & rows["kz_region_id"].eq(kz_region_id)
    found = rows.assign(**legs, detour_km=legs["uz_km"] + legs["kz_km"], is_between=is_between)
    return found.sort_values("detour_km", kind="stable").head(most)


def sectors_of(atlas: Atlas, region_id: str) -> frozenset[str]:
    """The sectors that the sites of a region name."""
    own = atlas.sites[atlas.sites["region_id"].eq(region_id)]
    return frozenset(sector for sectors in own["sectors"] for sector in sectors)


def sectors(atlas: Atlas, uz_region_id: str, kz_region_id: str) -> Sectors:
    """The sectors that both regions have, and those that only one has."""
    uzbek, kazakh = sectors_of(atlas, uz_region_id), sectors_of(atlas, kz_region_id)
    parts = (uzbek & kazakh, uzbek - kazakh, kazakh - uzbek)
    return Sectors(*(tuple(sorted(part)) for part in parts))


def trade_figures(atlas: Atlas, *region_ids: str) -> pd.DataFrame:
    """What is stated of these regions' trade with the other country as a whole, never with one region."""
    rows = atlas.region_indicators
    return rows[rows["region_id"].isin(region_ids) & rows["indicator"].str.endswith(FROM_OTHER_COUNTRY)]
