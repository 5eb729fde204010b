"""Rules that join several columns of one row: periods, units, amounts and the two countries."""

from __future__ import annotations

from collections.abc import Iterator

from layers.contract.contents import Contents
from layers.contract.faults import Fault

BELONG_TOGETHER = (
    ("regions", "population", "population_date", "the date of the population"),
    ("regions", "population", "population_source_ids", "the source of the population"),
    ("sites", "investment_orig", "investment_currency", "the currency of investment_orig"),
    ("projects", "value_usd", "value_type", "what kind of value value_usd is"),
    ("projects", "value_orig", "value_currency", "the currency of value_orig"),
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

STATED = {
    "trade": ["value_usd", "share_pct", "growth_pct"],
    "trade_commodities": ["value", "growth_pct", "note"],
}
"""Table, and the columns of which each row fills at least one."""

PREFIX_OF_COUNTRY = {"KAZ": "KZ-", "UZB": "UZ-"}


def contradicting_cells(contents: Contents) -> Iterator[Fault]:
    """A fault for each row whose cells contradict each other."""
    yield from impossible_periods(contents)
    yield from amounts_alone(contents)
    yield from regions_of_the_other_side(contents)
    yield from regions_of_another_country(contents)
    yield from rows_without_value(contents)
    yield from places_without_country(contents)
    yield from segments_without_length(contents)


def impossible_periods(contents: Contents) -> Iterator[Fault]:
    """A fault for each period that ends before it begins, and each cumulative one that cannot be."""
    for table, frame in contents.tables.items():
        if not contents.has(f"{table}.csv") or "period_start" not in frame:
            continue
        start, end, cumulative = frame["period_start"], frame["period_end"], frame["cumulative"]
        for row in frame.index[start.ne("") & end.ne("") & (start > end)]:
            problem = f"before period_start {start[row]}"
            yield contents.row_fault(table, row, "period_end", problem, "the last day of the period")
        new_year = start.str.endswith("-01-01")
        for row in frame.index[cumulative & start.ne("") & ~new_year]:
            yield contents.row_fault(
                table, row, "period_start", "a cumulative value begins later", "1 January"
            )
        for row in frame.index[cumulative & new_year & end.str.endswith("-12-31")]:
            expected = "false, or a day within the year"
            yield contents.row_fault(table, row, "cumulative", "true for whole years", expected)


def amounts_alone(contents: Contents) -> Iterator[Fault]:
    """A fault for each number without the date, source, unit or kind that belongs to it."""
    for table, amount, beside, what in BELONG_TOGETHER:
        if contents.has(f"{table}.csv"):
            frame = contents.tables[table]
            for row in frame.index[frame[amount].notna() & frame[beside].map(len).eq(0)]:
                yield contents.row_fault(table, row, beside, f"empty beside a number in {amount}", what)


def regions_of_the_other_side(contents: Contents) -> Iterator[Fault]:
    """A fault for each region id in a column that belongs to the other country."""
    for table, column, prefix in REGION_COUNTRIES:
        if contents.has(f"{table}.csv"):
            named = contents.tables[table][column].explode().dropna()
            for row in named.index[~named.str.startswith(prefix) & named.ne("")].unique():
                expected = f"ids that begin with {prefix}"
                yield contents.row_fault(table, row, column, "a region of the other country", expected)


def regions_of_another_country(contents: Contents) -> Iterator[Fault]:
    """A fault for each site and region whose region id does not belong to the country of its row."""
    for table in ("sites", "regions"):
        if not contents.has(f"{table}.csv"):
            continue
        frame = contents.tables[table]
        for country, prefix in PREFIX_OF_COUNTRY.items():
            elsewhere = frame["country_iso3"].eq(country) & ~frame["region_id"].str.startswith(prefix)
            for row in frame.index[elsewhere]:
                region = frame.at[row, "region_id"]
                problem = f"not a region of {country}" if region else f"empty for a site in {country}"
                yield contents.row_fault(table, row, "region_id", problem, f"an id that begins with {prefix}")


def rows_without_value(contents: Contents) -> Iterator[Fault]:
    """A fault for each row that states none of what it is there for."""
    for table, stated in STATED.items():
        if contents.has(f"{table}.csv"):
            frame = contents.tables[table]
            nothing = frame[stated].isna() | frame[stated].eq("")
            for row in frame.index[nothing.all(axis=1)]:
                expected = f"one of {', '.join(stated)}"
                yield contents.row_fault(table, row, stated[0], "nothing stated in the row", expected)


def places_without_country(contents: Contents) -> Iterator[Fault]:
    """A fault for each node without a country that is no mere bend at sea."""
    if contents.has("nodes.csv"):
        nodes = contents.tables["nodes"]
        for row in nodes.index[nodes["country_iso3"].eq("") & nodes["kind"].ne("shape")]:
            expected = "a country (only shape points have none)"
            yield contents.row_fault(
                "nodes", row, "country_iso3", "empty for a node that is a place", expected
            )


def segments_without_length(contents: Contents) -> Iterator[Fault]:
    """A fault for each segment that ends where it begins."""
    if contents.has("segments.csv"):
        segments = contents.tables["segments"]
        for row in segments.index[segments["from_node"].eq(segments["to_node"])]:
            yield contents.row_fault("segments", row, "to_node", "the same as from_node", "another node")
