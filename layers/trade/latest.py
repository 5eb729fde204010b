"""The latest figures of trade, of its target and of enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class EnterpriseCounts:
    """The latest count, and those that others made within a year of it and that differ."""

    latest: pd.Series
    others: pd.DataFrame


def full_years(
    trade: pd.DataFrame, flow: str = "turnover", kinds: Sequence[str] = ("actual",)
) -> pd.DataFrame:
    """The values of whole calendar years with an amount, oldest first, every reporter kept.

    Actual ones unless other `kinds` are named.
    """
    start, end = trade["period_start"], trade["period_end"]
    whole = start.str.endswith("-01-01") & end.str.endswith("-12-31") & start.str[:4].eq(end.str[:4])
    rows = trade[whole & trade["flow"].eq(flow) & trade["kind"].isin(kinds) & trade["value_usd"].notna()]
    return rows.sort_values("period_start", kind="stable")


def latest_full_year(trade: pd.DataFrame, flow: str = "turnover") -> pd.Series:
    """The row of the latest whole year: value_usd in US dollars, growth_pct on the year before.

    Where several reporters state that year, the row with a growth rate comes first, then the one with most
    sources. LookupError where no whole year is known.
    """
    rows = full_years(trade, flow)
    if rows.empty:
        raise LookupError(f"no whole year of {flow} in trade.csv")
    rows = rows[rows["period_start"].eq(rows["period_start"].iloc[-1])]
    weight = rows["growth_pct"].notna() * 1000 + rows["source_ids"].map(len)
    return rows.loc[weight.idxmax()]


def target(trade: pd.DataFrame, year: int = 2030) -> pd.Series:
    """The turnover that the governments aim at for a year; LookupError where none is set."""
    rows = trade[
        trade["kind"].eq("target") & trade["flow"].eq("turnover") & trade["period_end"].str[:4].eq(str(year))
    ]
    if rows.empty:
        raise LookupError(f"no turnover target for {year} in trade.csv")
    return rows.iloc[-1]


def enterprises_latest(enterprises: pd.DataFrame, direction: str = "kz_capital_in_uz") -> EnterpriseCounts:
    """The latest actual count of all sectors and regions, and those of other reporters in the year around it.

    LookupError where nothing was counted in this direction.
    """
    totals = enterprises[
        enterprises["direction"].eq(direction)
        & enterprises["sector"].eq("")
        & enterprises["region_id"].eq("")
    ]
    counted = totals[totals["kind"].eq("actual")].sort_values("date", kind="stable")
    if counted.empty:
        raise LookupError(f"no actual count of {direction} in enterprises.csv")
    latest = counted.iloc[-1]
    days_apart = (
        (pd.to_datetime(totals["date"], format="ISO8601") - pd.Timestamp(latest["date"])).abs().dt.days
    )
    others = totals[
        days_apart.le(366)
        & totals["kind"].isin(("actual", "preliminary"))
        & totals["reporter"].ne(latest["reporter"])
        & totals["value"].ne(latest["value"])
    ]
    return EnterpriseCounts(latest, others.sort_values("date", ascending=False, kind="stable"))
