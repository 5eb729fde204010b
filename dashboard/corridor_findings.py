"""What a chart of a corridor says, in one computed sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.corridor_terms import amount, amounts, part_name, scale_of, section_name, when, who
from dashboard.text import N_, Words
from layers.corridor_series import Chart

SAME_PERCENT = 0.5
MANY_TIMES = 2.5
"""From this ratio on a rise is said as "n times as much", below in percent."""

Row = Mapping[str, Any]


def finding(chart: Chart, names: Mapping[str, str], words: Words) -> str:
    """The latest result with its change, else what estimates and aims say; `names` of corridors by id."""
    if chart.form == "side-by-side":
        return _spread(chart, names, words)
    results = chart.statements[chart.statements["firmness"].eq("stated")]
    if results.empty:
        return _not_yet(chart.statements, words)
    lead = _leading(results)
    sections = chart.statements["section"].unique()
    change = _change(lead, words)
    said = change or _aim_beside(lead.iloc[-1], chart.statements, words)
    if len(sections) > 1:
        part = section_name(lead["section"].iloc[0], words)
        said = words("{part}: {finding}", part=part, finding=said)
    return said[:1].upper() + said[1:]


def _leading(results: pd.DataFrame) -> pd.DataFrame:
    """The series of results that says most: of whole years, late, long."""
    ranks = results.groupby("series").agg(
        whole=("span", lambda spans: (spans != "part").any()),
        length=("year", "size"),
        last=("year", "max"),
        first=("row", "min"),
    )
    ranks = ranks.sort_values(["whole", "last", "length", "first"], ascending=[False, False, False, True])
    return results[results["series"].eq(ranks.index[0])]


def _change(lead: pd.DataFrame, words: Words) -> str:
    """The last value of a series beside the one before it; "" where they cannot be compared."""
    if len(lead) < 2 or lead["span"].eq("part").any():
        return ""
    before, last = lead.iloc[-2], lead.iloc[-1]
    if before["low"] != before["high"] or last["low"] != last["high"] or not before["low"] > 0:
        return ""
    ratio = last["low"] / before["low"]
    said = {
        "value": amounts(last, words),
        "period": when(last, words),
        "earlier": when(before, words),
        "who": who(last, words),
    }
    percent = abs(ratio - 1) * 100
    if percent < SAME_PERCENT:
        return words("{value} in {period}, as much as in {earlier} ({who})", **said)
    if ratio >= MANY_TIMES:
        times = words.number(round(ratio, 1 if ratio < 10 else 0))
        return words("{value} in {period}, {n} times as much as in {earlier} ({who})", n=times, **said)
    shown = words.percent(percent, 0 if percent >= 1 else 1)
    message = (
        N_("{value} in {period}, {percent} more than in {earlier} ({who})")
        if ratio > 1
        else N_("{value} in {period}, {percent} less than in {earlier} ({who})")
    )
    return words(message, percent=shown, **said)


def _aim_beside(last: Row, rows: pd.DataFrame, words: Words) -> str:
    """A single result, with the furthest aim after it where the same part has one."""
    result = words(
        "{value} in {period} ({who})",
        value=amounts(last, words),
        period=when(last, words),
        who=who(last, words),
    )
    aims = rows[rows["firmness"].eq("aim") & rows["year"].gt(last["year"])]
    aims = aims[aims["section"].eq(last["section"])]
    if aims.empty:
        return result
    return words(
        "{result}; {aim}", result=result, aim=_aims(aims[aims["year"].eq(aims["year"].max())], words)
    )


def _aims(aims: pd.DataFrame, words: Words) -> str:
    first = aims.iloc[0]
    said = {"value": _range(aims, words), "period": when(first, words)}
    if len(aims) == 1:
        return words("the aim for {period}: {value} ({who})", who=who(first, words), **said)
    return words("the aims for {period}: {value}", **said)


def _not_yet(rows: pd.DataFrame, words: Words) -> str:
    """What is known where there is no result: the range of estimates, or the first and the last aim."""
    ordered = rows.sort_values(["year", "row"], kind="stable")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    if ordered["firmness"].eq("aim").all():
        return words(
            "Aims only: {first} for {start}, {last} for {end} ({who})",
            first=amounts(first, words),
            start=when(first, words),
            last=amounts(last, words),
            end=when(last, words),
            who=who(last, words),
        )
    return words(
        "Estimates and plans of {years}: {value}",
        years="–".join(dict.fromkeys(str(math.floor(row["year"] + 0.5)) for row in (first, last))),
        value=_range(ordered, words),
    )


def _range(rows: pd.DataFrame, words: Words) -> str:
    """From the lowest to the highest of statements of one unit, in words."""
    low, high = float(rows[["low", "high"]].min().min()), float(rows[["low", "high"]].max().max())
    unit = rows["unit"].iloc[0]
    if low == high:
        return amount(low, unit, words)
    scale = scale_of(high, unit)
    return words(
        "{low} to {high}", low=amount(low, unit, words, scale), high=amount(high, unit, words, scale)
    )


def _spread(chart: Chart, names: Mapping[str, str], words: Words) -> str:
    """The smallest and the largest of parts beside each other."""
    rows = chart.statements.sort_values("high", kind="stable")
    # A total beside its parts is no part.
    parts = rows[rows["section"].ne("") | rows["corridor_id"].ne(chart.corridor_id)]
    rows = parts if len(parts) > 1 else rows
    low, high = rows.iloc[0], rows.iloc[-1]
    return words(
        "From {low} ({least}) to {high} ({most}), {period} ({who})",
        low=amounts(low, words),
        least=part_name(low, names, words),
        high=amounts(high, words),
        most=part_name(high, names, words),
        period=when(high, words),
        who=who(high, words),
    )
