"""What turnover is to become: the pace a target needs, the path to it, and what came of earlier targets."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

import pandas as pd

from layers.trade.latest import full_years, latest_full_year

OUTCOMES = ("reached", "not-reached", "reached-by-some", "not-known", "not-over")
"""What came of a target, by the values that reporters state for its year."""


@dataclass(frozen=True, eq=False)
class Gauge:
    """The way from the latest whole year to a target.

    `goal` and `last` are rows of trade.csv. `needed_pct` is the steady yearly growth in percent that leads
    from one to the other, `pace_pct` the growth stated for the last year (NaN where none is). `path` has
    year, needed_usd and pace_usd (NaN without a pace). `pace_year` is the first year in which the target
    would be reached at last year's pace, None where it never would.
    """

    goal: pd.Series
    last: pd.Series
    needed_pct: float
    pace_pct: float
    path: pd.DataFrame
    pace_year: int | None

    @property
    def goal_year(self) -> int:
        """The year the target is set for."""
        return int(self.goal["period_end"][:4])

    @property
    def last_year(self) -> int:
        """The year of the latest whole year."""
        return int(self.last["period_end"][:4])

    @property
    def share(self) -> float:
        """How much of the target the latest year is, from 0."""
        return float(self.last["value_usd"] / self.goal["value_usd"])


def goals(trade: pd.DataFrame) -> pd.DataFrame:
    """The targets of turnover with an amount, by the year they are set for."""
    is_goal = trade["kind"].eq("target") & trade["flow"].eq("turnover") & trade["value_usd"].gt(0)
    return trade[is_goal & trade["period_end"].ne("")].sort_values("period_end", kind="stable")


def goal(trade: pd.DataFrame) -> pd.Series:
    """The target of the furthest year; LookupError where there is none."""
    rows = goals(trade)
    if rows.empty:
        raise LookupError("no turnover target in trade.csv")
    return rows.iloc[-1]


def gauge(trade: pd.DataFrame) -> Gauge | None:
    """The way to the target of the furthest year; None without a target, a result before it, or an amount."""
    try:
        aim, last = goal(trade), latest_full_year(trade)
    except LookupError:
        return None
    years = int(aim["period_end"][:4]) - int(last["period_end"][:4])
    if years <= 0 or not last["value_usd"] > 0:
        return None
    needed = (aim["value_usd"] / last["value_usd"]) ** (1 / years) - 1
    pace = last["growth_pct"] / 100 if pd.notna(last["growth_pct"]) else math.nan
    first = int(last["period_end"][:4])
    path = pd.DataFrame(
        [
            (first + step, last["value_usd"] * (1 + needed) ** step, last["value_usd"] * (1 + pace) ** step)
            for step in range(years + 1)
        ],
        columns=["year", "needed_usd", "pace_usd"],
    )
    reached = year_reached(first, float(last["value_usd"]), pace, float(aim["value_usd"]))
    return Gauge(aim, last, needed * 100, pace * 100, path, reached)


def year_reached(first_year: int, value_usd: float, growth: float, goal_usd: float) -> int | None:
    """The first year in which a value that grows by a share a year is at its goal; None where it never is."""
    if value_usd >= goal_usd:
        return first_year
    if not growth > 0:
        return None
    # A path that hits its goal exactly must not miss the year by a rounding error.
    steps = math.log(goal_usd / value_usd) / math.log1p(growth)
    return first_year + math.ceil(steps - 1e-9)


def implied_before_usd(row: pd.Series) -> float:
    """What a value and its growth rate make the year before, in US dollars; NaN where either is missing."""
    return float(row["value_usd"] / (1 + row["growth_pct"] / 100)) if row["growth_pct"] != -100 else math.nan


def outcomes(trade: pd.DataFrame, day: datetime.date) -> pd.DataFrame:
    """Every target of turnover with what came of it up to `day`, oldest first.

    trade_id of the target, outcome as in OUTCOMES, result_ids: the results that are stated for its year.
    """
    results = full_years(trade, kinds=("actual", "preliminary", "approx"))
    found = []
    for trade_id, aim in goals(trade).iterrows():
        own = results[
            results["period_end"].eq(aim["period_end"]) & results["period_start"].eq(aim["period_start"])
        ]
        found.append((trade_id, _outcome(aim, own, day), tuple(own.index)))
    return pd.DataFrame(found, columns=["trade_id", "outcome", "result_ids"])


def _outcome(aim: pd.Series, results: pd.DataFrame, day: datetime.date) -> str:
    if day.isoformat() <= aim["period_end"]:
        return "not-over"
    if results.empty:
        return "not-known"
    reached = results["value_usd"].ge(aim["value_usd"])
    if reached.all():
        return "reached"
    return "reached-by-some" if reached.any() else "not-reached"
