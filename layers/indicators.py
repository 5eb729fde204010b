"""Indicators of regions that can be compared: one indicator, one country, one period."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from layers.atlas import Atlas


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


def indicator_sources(name: str, country: str) -> Callable[[Atlas], dict[str, tuple[str, ...]]]:
    """The sources of an indicator by region."""
    return lambda atlas: common_period(atlas, name, country)["source_ids"].to_dict()


def indicator_period(name: str, country: str) -> Callable[[Atlas], tuple[str, str]]:
    """The period of an indicator."""

    def period(atlas: Atlas) -> tuple[str, str]:
        rows = common_period(atlas, name, country)
        return ("", "") if rows.empty else (rows["period_start"].iloc[0], rows["period_end"].iloc[0])

    return period
