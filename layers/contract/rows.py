"""Rules that join several columns of one row: periods, units, amounts and the two countries."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from layers.contract.contents import Contents
from layers.contract.faults import Fault

BELONG_TOGETHER = (
    ("regions", "population", "population_date", "the date of the population"),
    ("regions", "population", "population_source_ids", "the source of the population"),
    ("sites", "investment_orig", "investment_currency", "the currency of investment_orig"),
    ("projects", "value_usd", "value_type", "what kind of value value_usd is"),
    ("trade_commodities", "value", "unit", "the unit of the value"),
    ("energy_lines", "capacity", "capacity_unit", "the unit of the capacity"),
)
"""Table, a number, the cell that may not be empty beside it, and what that cell says."""

REGION_COUNTRIES = (
    ("projects", "uz_region_ids", "UZ-"),
    ("projects", "kz_region_ids", "KZ-"),
    ("crossings", "uz_region_id", "UZ-"),
    ("crossings", "kz_region_id", "KZ-"),
)
"""Table, a column of region ids, and how the ids in it begin."""

PREFIX_OF_COUNTRY = {"KAZ": "KZ-", "UZB": "UZ-"}


def contradicting_cells(contents: Contents) -> Iterator[Fault]:
    """A fault for each row whose cells contradict each other."""
    for table, frame in contents.tables.items():
        if f"{table}.csv" in contents.incomplete:
            continue
        if "period_start" in frame:
            yield from impossible_periods(contents, table, frame)
    for table, amount, beside, what in BELONG_TOGETHER:
        if contents.has(f"{table}.csv"):
            frame = contents.tables[table]
            for row in frame.index[frame[amount].notna() & frame[beside].map(len).eq(0)]:
                yield contents.row_fault(table, row, beside, f"empty beside a number in {amount}", what)
    for table, column, prefix in REGION_COUNTRIES:
        if contents.has(f"{table}.csv"):
            named = contents.tables[table][column].explode().dropna()
            for row in named.index[~named.str.startswith(prefix) & named.ne("")].unique():
                problem = "a region of the other country"
                yield contents.row_fault(table, row, column, problem, f"ids that begin with {prefix}")
    yield from regions_of_another_country(contents)
    if contents.has("trade.csv"):
        yield from rows_without_value(contents, "trade", ["value_usd", "share_pct", "growth_pct"])
    if contents.has("trade_commodities.csv"):
        yield from rows_without_value(contents, "trade_commodities", ["value", "growth_pct", "note"])
    if contents.has("nodes.csv"):
        nodes = contents.tables["nodes"]
        for row in nodes.index[nodes["country_iso3"].eq("") & nodes["kind"].ne("shape")]:
            problem = "empty for a node that is a place"
            yield contents.row_fault(
                "nodes", row, "country_iso3", problem, "a country (only shape points have none)"
            )
    if contents.has("segments.csv"):
        segments = contents.tables["segments"]
        for row in segments.index[segments["from_node"].eq(segments["to_node"])]:
            yield contents.row_fault("segments", row, "to_node", "the same as from_node", "another node")


def impossible_periods(contents: Contents, table: str, frame: pd.DataFrame) -> Iterator[Fault]:
    """A fault for each period that ends before it begins, and each cumulative one that cannot be."""
    start, end = frame["period_start"], frame["period_end"]
    for row in frame.index[start.ne("") & end.ne("") & (start > end)]:
        yield contents.row_fault(
            table, row, "period_end", f"before period_start {start[row]}", "the last day"
        )
    late = frame["cumulative"] & start.ne("") & ~start.str.endswith("-01-01")
    for row in frame.index[late]:
        yield contents.row_fault(table, row, "period_start", "a cumulative value begins later", "1 January")
    full_year = start.str.endswith("-01-01") & end.str.endswith("-12-31")
    for row in frame.index[frame["cumulative"] & full_year]:
        yield contents.row_fault(
            table, row, "cumulative", "true for whole years", "false, or a day within the year"
        )


def regions_of_another_country(contents: Contents) -> Iterator[Fault]:
    """A fault for each site and region whose region id does not belong to the country of its row."""
    for table in ("sites", "regions"):
        if not contents.has(f"{table}.csv"):
            continue
        frame = contents.tables[table]
        prefix = frame["country_iso3"].map(PREFIX_OF_COUNTRY)
        for row in frame.index[prefix.notna()]:
            region = frame.at[row, "region_id"]
            if not region.startswith(prefix[row]):
                country = frame.at[row, "country_iso3"]
                problem = f"not a region of {country}" if region else f"empty for a site in {country}"
                yield contents.row_fault(
                    table, row, "region_id", problem, f"an id that begins with {prefix[row]}"
                )


def rows_without_value(contents: Contents, table: str, amounts: list[str]) -> Iterator[Fault]:
    """A fault for each row that states none of what it is there for."""
    frame = contents.tables[table]
    nothing = frame[amounts].isna() | frame[amounts].eq("")
    for row in frame.index[nothing.all(axis=1)]:
        yield contents.row_fault(
            table, row, amounts[0], "nothing stated in the row", f"one of {', '.join(amounts)}"
        )
