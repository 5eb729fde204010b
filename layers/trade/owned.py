"""Enterprises with capital of the other country: counts over time, by sector, and those of a part."""

from __future__ import annotations

import calendar
from dataclasses import dataclass

import pandas as pd

from layers.atlas import Atlas
from layers.corridor_series import Chart
from layers.trade.series import charted, drawable

DIRECTIONS = ("kz_capital_in_uz", "uz_capital_in_kz")


@dataclass(frozen=True, eq=False)
class Sectors:
    """The latest count by sector, largest first but for the rest, and the total of the same day, if any."""

    rows: pd.DataFrame
    total: pd.Series | None

    @property
    def sum(self) -> int:
        """The sectors added up."""
        return int(self.rows["value"].sum())

    @property
    def adds_up(self) -> bool:
        """Do the sectors make the total that is stated?"""
        return self.total is not None and self.sum == int(self.total["value"])


def totals(enterprises: pd.DataFrame, direction: str) -> pd.DataFrame:
    """Counts of all sectors and regions of one direction."""
    is_total = enterprises["sector"].eq("") & enterprises["region_id"].eq("")
    return enterprises[is_total & enterprises["direction"].eq(direction)]


def enterprise_chart(atlas: Atlas, direction: str) -> Chart | None:
    """Counts of enterprises on their days, a series for each witness and firmness; None where none is."""
    rows = totals(atlas.enterprises, direction)
    days = [_days(date) for date in rows["date"]]
    rows = rows.assign(
        period=rows["date"],
        period_start=[first for first, _ in days],
        period_end=[last for _, last in days],
        cumulative=False,
    )
    return charted(drawable(rows, atlas, "enterprises", "enterprises", "value"), "enterprises", "enterprises")


def _days(date: str) -> tuple[str, str]:
    """The first and the last day of an ISO day, month or year."""
    if len(date) == 10:
        return date, date
    if len(date) == 7:
        return f"{date}-01", f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]}"
    return f"{date}-01-01", f"{date}-12-31"


def sectors(enterprises: pd.DataFrame, direction: str = "kz_capital_in_uz") -> Sectors | None:
    """The latest count by sector with the total that its reporter states for that day; None where none is."""
    rows = enterprises[enterprises["direction"].eq(direction) & enterprises["sector"].ne("")]
    if rows.empty:
        return None
    day = rows["date"].max()
    reporter = rows.loc[rows["date"].eq(day), "reporter"].iloc[0]
    rows = rows[rows["date"].eq(day) & rows["reporter"].eq(reporter)]
    rows = rows.assign(rest=rows["sector"].eq("other")).sort_values(
        ["rest", "value"], ascending=[True, False], kind="stable"
    )
    whole = totals(enterprises, direction)
    whole = whole[whole["date"].eq(day) & whole["reporter"].eq(reporter)]
    return Sectors(rows.drop(columns="rest"), whole.iloc[0] if len(whole) else None)


def partial_counts(enterprises: pd.DataFrame) -> pd.DataFrame:
    """What belongs into no series: counts of one region, and of joint enterprises, oldest first."""
    other = enterprises["region_id"].ne("") | ~enterprises["direction"].isin(DIRECTIONS)
    return enterprises[other & enterprises["sector"].eq("")].sort_values("date", kind="stable")
