"""Trade over time as charts may draw it: one reporter a series, years and parts of years apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.corridor_series import Chart, numbered, statements
from layers.evidence import FIRMNESS

GOODS_FLOWS = ("turnover", "export_uz_to_kz", "import_uz_from_kz")
"""Flows of goods in US dollars; the fourth flow of trade.csv is a share."""

ABOUT = ("preliminary", "approx")
"""Kinds of results that their source does not call final; they are drawn apart from the others."""

BALANCE_COLUMNS = (
    *("period", "period_start", "period_end", "reporter", "kind", "export_id", "import_id"),
    *("balance_usd", "is_whole"),
)


def drawable(rows: pd.DataFrame, atlas: Atlas, metric: str, unit: str, value: str) -> pd.DataFrame:
    """Rows of a table as `corridor_series.statements`, of which the charts over time are made.

    `value` is the column of the amounts in `unit`. `metric_ids` holds the id of the row, `firmness` is
    "about" for preliminary and approximate results, `series` counts the lines. The columns growth_pct and
    share_pct stay where the table has them.
    """
    rows = rows[rows[value].notna()]
    ready = rows.assign(
        metric=metric,
        unit=unit,
        value=rows[value].astype(float),
        corridor_id="",
        section="",
        bound="",
    )
    said = statements(ready)
    publishers = atlas.sources["publisher"]
    said = said.assign(
        firmness=said["firmness"].where(~said["kind"].isin(ABOUT), "about"),
        publisher=[publishers.get(ids[0], "") if ids else "" for ids in said["source_ids"]],
    )
    return numbered(said)


def flow_statements(atlas: Atlas, flow: str, reporter: str = "") -> pd.DataFrame:
    """What reporters, or one of them, state as results of a flow; targets are left out."""
    trade = atlas.trade
    rows = trade[trade["flow"].eq(flow) & trade["kind"].map(FIRMNESS).ne("aim")]
    rows = rows[rows["reporter"].eq(reporter)] if reporter else rows
    return drawable(rows, atlas, flow, "USD", "value_usd")


def year_chart(atlas: Atlas, flow: str, reporter: str = "") -> Chart | None:
    """Whole calendar years of a flow, a series for each reporter; None where no year is stated."""
    said = flow_statements(atlas, flow, reporter)
    return charted(said[said["span"].eq("year")], flow, "USD")


def charted(said: pd.DataFrame, metric: str, unit: str) -> Chart | None:
    """A chart over time of statements; None where there is none."""
    return Chart("", metric, unit, "over-time", False, numbered(said)) if len(said) else None


def parts_of_years(atlas: Atlas, flow: str, reporter: str = "") -> pd.DataFrame:
    """Parts of years of a flow with `months`, the first and last day without the year.

    Rows of the same months stand together, the earliest months and years first.
    """
    said = flow_statements(atlas, flow, reporter)
    said = said[said["span"].eq("part")]
    said = said.assign(months=said["period_start"].str[5:] + "/" + said["period_end"].str[5:])
    order = ["period_end_day", "months", "period_start", "reporter"]
    return (
        said.assign(period_end_day=said["period_end"].str[5:])
        .sort_values(order, kind="stable")
        .drop(columns="period_end_day")
    )


def same_months(parts: pd.DataFrame) -> pd.DataFrame:
    """Of `parts_of_years()` the rows that can be compared best: the same months by the same reporter.

    The longest such run of years, of several the one that ends last; empty where no two years compare.
    """
    grouped = parts.groupby(["months", "reporter"], sort=False)["period_start"]
    counts = grouped.agg(years="nunique", last="max").reset_index()
    counts = counts[counts["years"].gt(1)].sort_values(["years", "last"], kind="stable")
    if counts.empty:
        return parts.iloc[:0]
    best = counts.iloc[-1]
    return parts[parts["months"].eq(best["months"]) & parts["reporter"].eq(best["reporter"])]


def share_chart(atlas: Atlas) -> Chart | None:
    """Kazakhstan's share of Uzbekistan's foreign trade in percent, wherever a row states it.

    A share of some months is drawn like any figure of a part of a year.
    """
    said = drawable(atlas.trade, atlas, "share_of_uz_trade", "percent", "share_pct")
    is_year = said["period_start"].str.endswith("-01-01") & said["period_end"].str.endswith("-12-31")
    return charted(said.assign(span=np.where(is_year, "year", "part")), "share_of_uz_trade", "percent")


def balances(trade: pd.DataFrame) -> pd.DataFrame:
    """Exports of Uzbekistan to Kazakhstan less its imports from there, oldest first.

    Only where one reporter states both for the same period and kind; balance_usd in US dollars (negative
    where Uzbekistan buys more than it sells), is_whole: is the period a calendar year?
    """
    same = ["period", "period_start", "period_end", "reporter", "kind"]
    rows = trade[trade["value_usd"].notna()].assign(trade_id=lambda frame: frame.index)
    sides = [
        rows[rows["flow"].eq(flow)].drop_duplicates(same, keep=False)[[*same, "trade_id", "value_usd"]]
        for flow in ("export_uz_to_kz", "import_uz_from_kz")
    ]
    both = sides[0].merge(sides[1], on=same, suffixes=("_export", "_import"), validate="one_to_one")
    both = both.assign(
        balance_usd=both["value_usd_export"] - both["value_usd_import"],
        is_whole=both["period_start"].str.endswith("-01-01") & both["period_end"].str.endswith("-12-31"),
    ).rename(columns={"trade_id_export": "export_id", "trade_id_import": "import_id"})
    both = both.sort_values(["period_start", "period_end", "reporter"], kind="stable", ignore_index=True)
    return both[list(BALANCE_COLUMNS)]
