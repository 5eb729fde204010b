"""Whether times can be computed from the assumptions: every one there, named by rule, between its bounds."""

from __future__ import annotations

from collections.abc import Iterator

from layers.contract.contents import Contents
from layers.contract.faults import Fault

NEEDED = (
    *("rail-speed", "rail-speed-planned", "road-speed", "sea-speed"),
    *("connector-speed", "connector-detour", "transfer-hours"),
    *("border-hours-rail", "border-hours-road", "gauge-change-hours"),
    *("port-hours", "ferry-wait-hours", "lake-ferry-hours"),
)
"""The assumptions without which no time can be computed."""

BY_COUNTRY = ("rail-speed", "road-speed", "border-hours-rail", "border-hours-road")
BY_PAIR = ("border-hours-rail", "border-hours-road", "gauge-change-hours")
"""Assumptions that a country ("road-speed-kaz") or two in order ("border-hours-rail-kaz-rus") may replace."""


def unusable_assumptions(contents: Contents) -> Iterator[Fault]:
    """A fault for each assumption that is missing, has an unknown id, is out of bounds or wrongly sourced."""
    if not contents.has("assumptions.csv"):
        return
    rows = contents.tables["assumptions"]
    for missing in sorted(set(NEEDED) - set(rows["assumption_id"])):
        yield Fault(
            f"{contents.name}/assumptions.csv", 0, "assumption_id", missing, "no such row", "one row with it"
        )
    if contents.has("countries.csv"):
        yield from unknown_assumptions(contents)
    yield from impossible_values(contents)
    for row in rows.index[rows["kind"].eq("sourced") & rows["source_ids"].map(len).eq(0)]:
        yield contents.row_fault("assumptions", row, "source_ids", "empty for a sourced value", "its sources")
    for row in rows.index[rows["kind"].eq("assumption") & rows["source_ids"].map(len).gt(0)]:
        expected = "no source, or kind sourced"
        yield contents.row_fault("assumptions", row, "source_ids", "a source for an assumption", expected)


def unknown_assumptions(contents: Contents) -> Iterator[Fault]:
    """A fault for each id that no time is computed from."""
    codes = contents.tables["countries"]["country_iso3"].str.lower().tolist()
    known = set(NEEDED) | {f"{base}-{code}" for base in BY_COUNTRY for code in codes}
    ids = contents.tables["assumptions"]["assumption_id"]
    for row, one in ids[~ids.isin(known)].items():
        base = next((base for base in BY_PAIR if one.startswith(f"{base}-")), "")
        pair = one.removeprefix(f"{base}-").split("-") if base else []
        if len(pair) != 2 or pair != sorted(pair) or not set(pair) <= set(codes):
            expected = f"one of {', '.join(NEEDED)}, or one with a country or two in order behind it"
            yield contents.row_fault("assumptions", row, "assumption_id", "no such assumption", expected)


def impossible_values(contents: Contents) -> Iterator[Fault]:
    """A fault for each value outside its bounds, each speed of nothing and each factor below one."""
    rows = contents.tables["assumptions"]
    for row in rows.index[rows["low"] > rows["value"]]:
        yield contents.row_fault("assumptions", row, "low", "more than value", "at most the value")
    for row in rows.index[rows["high"] < rows["value"]]:
        yield contents.row_fault("assumptions", row, "high", "less than value", "at least the value")
    for row in rows.index[rows["unit"].eq("km/h") & rows["low"].eq(0)]:
        yield contents.row_fault("assumptions", row, "low", "a speed of nothing", "more than 0 km/h")
    for row in rows.index[rows["unit"].eq("factor") & rows["low"].lt(1)]:
        yield contents.row_fault("assumptions", row, "low", "shorter than straight", "a factor of at least 1")
