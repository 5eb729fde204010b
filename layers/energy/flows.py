"""Flows of energy and water: which figures speak of a year, which are the newest, which can be drawn.

All functions take the table energy_flows, or rows of it.
"""

from __future__ import annotations

import pandas as pd

KINDS = {
    **dict.fromkeys(("actual", "preliminary", "approx"), "actual"),
    "contract": "contract",
    **dict.fromkeys(("plan", "target", "estimate"), "plan"),
}
"""What a figure is to a reader of a map: a result, what is signed, or what is meant to be."""

AIMS = ("contract", "plan")
"""What has not happened by the figure itself."""

NO_AMOUNT = ("percent growth", "percent", "%")
"""Units of which no amount can be drawn."""


def series(energy_flows: pd.DataFrame, series_id: str) -> pd.DataFrame:
    """The flows of one series, oldest first; a series has one unit and one span, so it can be one line."""
    own = energy_flows[energy_flows["series_id"].eq(series_id)]
    return own.sort_values("period_start", kind="stable")


def years_of(flow: pd.Series) -> range:
    """The calendar years that a figure speaks of; none where it is undated.

    A figure with a beginning alone, or an end alone, is known for that year only.
    """
    start, end = flow["period_start"] or flow["period_end"], flow["period_end"] or flow["period_start"]
    return range(int(start[:4]), int(end[:4]) + 1) if start else range(0)


def years(energy_flows: pd.DataFrame) -> list[int]:
    """Every year that some figure speaks of, the last first."""
    return sorted({year for _, flow in energy_flows.iterrows() for year in years_of(flow)}, reverse=True)


def of_year(energy_flows: pd.DataFrame, year: int) -> pd.DataFrame:
    """The figures that speak of a year or of a part of it."""
    return energy_flows[[year in years_of(flow) for _, flow in energy_flows.iterrows()]]


def period_key(flow: pd.Series) -> tuple[str, str]:
    """By what figures are put in order of time; undated ones come first."""
    return flow["period_end"] or flow["period_start"], flow["period_start"]


def newest(energy_flows: pd.DataFrame) -> pd.DataFrame:
    """The newest figure of each thing, unit and kind; results never hide plans, nor plans results.

    A thing is what a flow is called: its whole years and parts of years stand for each other here.
    """
    rows = energy_flows.assign(firm=energy_flows["kind"].map(KINDS).isin(AIMS))
    rows = rows.assign(order=[period_key(flow) for _, flow in rows.iterrows()])
    last = rows.sort_values("order", kind="stable").drop_duplicates(["name_en", "unit", "firm"], keep="last")
    return energy_flows.loc[energy_flows.index.isin(last.index)]


def drawable(energy_flows: pd.DataFrame) -> pd.DataFrame:
    """The figures that an arrow can stand for: an amount above zero from somewhere to somewhere."""
    has_ends = energy_flows["from_iso3s"].map(len).gt(0) & energy_flows["to_iso3s"].map(len).gt(0)
    is_amount = energy_flows["value"].gt(0) & ~energy_flows["unit"].isin(NO_AMOUNT)
    return energy_flows[has_ends & is_amount]
