"""What the atlas rests on: which rows cite which source, what is stated differently, and how old figures are.

Nothing here judges. Statements of different sources stand side by side, and old figures are dated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from layers.atlas import Atlas
from layers.contract.tables import TABLES
from layers.sources import GENERAL_KNOWLEDGE

FIRMNESS = {
    **dict.fromkeys(("actual", "preliminary", "approx"), "stated"),
    "estimate": "estimate",
    **dict.fromkeys(("target", "plan", "contract"), "aim"),
}
"""Kinds of value that may be compared: a target beside a result is no disagreement."""

SPAN_DAYS = 366
"""Counts of enterprises are of single days; those within a year of each other are compared."""


# Key of the caches: the atlas, one object a data version; an old one leaves by disuse.
@lru_cache(maxsize=2)
def citations(atlas: Atlas) -> pd.DataFrame:
    """One row for each source that a row of a table names: table, column, row_id, source_id.

    `column` tells the sources of a population apart from those of its region.
    """
    parts = []
    for table, schema in TABLES.items():
        for column, form in schema.columns.items():
            if form.metadata.get("refers_to") == "sources":
                named = getattr(atlas, table)[column].explode().dropna()
                parts.append(
                    pd.DataFrame(
                        {"table": table, "column": column, "row_id": named.index, "source_id": named.array}
                    )
                )
    return pd.concat(parts, ignore_index=True)


def cited_rows(atlas: Atlas) -> int:
    """How many rows of all tables name a source, each row once."""
    return len(citations(atlas)[["table", "row_id"]].drop_duplicates())


def resting_on(atlas: Atlas, source_id: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The ids of the rows that name one source by table and column, in the order of the tables."""
    return rows_by_source(atlas).get(source_id, {})


@lru_cache(maxsize=2)
def rows_by_source(atlas: Atlas) -> dict[str, dict[tuple[str, str], tuple[str, ...]]]:
    """The ids of the rows that name each source, by source and then by table and column."""
    grouped = citations(atlas).groupby(["source_id", "table", "column"], sort=False)["row_id"].agg(tuple)
    found: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {}
    for (source_id, table, column), row_ids in grouped.items():
        found.setdefault(source_id, {})[table, column] = row_ids
    return found


@lru_cache(maxsize=2)
def general_knowledge(atlas: Atlas) -> pd.DataFrame:
    """Rows of each table that rest on general knowledge: table, named (alone or beside others), alone."""
    rows = citations(atlas).assign(general=lambda frame: frame["source_id"].eq(GENERAL_KNOWLEDGE))
    cells = rows.groupby(["table", "column", "row_id"], sort=False)["general"].agg(["any", "all"])
    counted = cells[cells["any"]].groupby("table", sort=False)["all"].agg(named="size", alone="sum")
    counted = counted.reset_index()
    return counted.sort_values("alone", ascending=False, kind="stable", ignore_index=True)


@lru_cache(maxsize=2)
def ages(atlas: Atlas) -> pd.DataFrame:
    """The figures that are neither aims nor forecasts, oldest first: populations, indicators, corridors.

    table, row_id, date (the last day of the period; not dated: NaT), is_old (more than a year before the
    date of the atlas) and is_newest (no later figure says the same of the same place).
    """
    indicators = atlas.region_indicators
    is_population = indicators["indicator"].isin(("population", "population_estimate"))
    populations = dated(atlas.regions, "population_date", atlas.regions.index + " population")
    series = {
        "region_indicators": indicators["region_id"]
        + " "
        + indicators["indicator"].where(~is_population, "population"),
        "corridor_metrics": joined(atlas.corridor_metrics, ["corridor_id", "metric", "section", "unit"]),
    }
    parts = [populations.assign(table="regions")]
    for table, same in series.items():
        frame = getattr(atlas, table)
        measured = frame["kind"].map(FIRMNESS).ne("aim")
        parts.append(dated(frame, "period_end", same)[measured.to_numpy()].assign(table=table))
    today = pd.Timestamp(atlas.date)
    every = pd.concat(parts, ignore_index=True)
    every = every[~every["date"].gt(today)]
    limit = today - pd.DateOffset(years=1)
    latest = every.groupby("same")["date"].transform("max")
    every = every.assign(is_old=every["date"].lt(limit), is_newest=every["date"].eq(latest))
    return every.drop(columns="same").sort_values("date", kind="stable", ignore_index=True)


def dated(frame: pd.DataFrame, column: str, same: pd.Series | pd.Index) -> pd.DataFrame:
    """row_id, date and what makes two figures the same one, for each row of a table."""
    dates = pd.to_datetime(frame[column].replace("", None), format="%Y-%m-%d")
    return pd.DataFrame({"row_id": frame.index, "date": dates.to_numpy(), "same": np.asarray(same)})


def joined(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The texts of several columns as one key."""
    first, *others = (frame[column].astype(str) for column in columns)
    return first.str.cat(others, sep=" | ")


@lru_cache(maxsize=2)
def disagreements(atlas: Atlas) -> pd.DataFrame:
    """What different reporters or sources state differently: topic, table, group, row_id.

    Rows with one group number speak of the same thing; they are statements of one firmness (results with
    results, aims with aims). Groups keep the order of the tables.
    """
    found = [
        ("trade", "trade", trade_groups(atlas.trade)),
        ("enterprises", "enterprises", enterprise_groups(atlas.enterprises)),
        ("portfolio", "projects", portfolio_groups(atlas.projects)),
        ("corridors", "corridor_metrics", corridor_groups(atlas.corridor_metrics)),
        ("parts", "corridor_metrics", part_groups(atlas.corridor_metrics)),
        ("energy", "energy_flows", energy_groups(atlas.energy_flows)),
        ("regions", "region_indicators", indicator_groups(atlas.region_indicators)),
        ("commodities", "trade_commodities", commodity_groups(atlas.trade_commodities)),
    ]
    parts = [
        pd.DataFrame(
            {"topic": topic, "table": table, "group": groups.to_numpy(int), "row_id": groups.index.array}
        )
        for topic, table, groups in found
    ]
    every = pd.concat(parts, ignore_index=True)
    return every.assign(group=every.groupby(["topic", "group"], sort=False).ngroup())


def stated_differently(rows: pd.DataFrame, same: Sequence[str], value: str) -> pd.Series:
    """The rows that say another value than another witness says of the same thing, with their group's number.

    `same` are the columns that make it the same thing. A witness is a reporter, or where none is named the
    sources. Several values of one witness are the ends of a range.
    """
    rows = rows[rows[value].notna()]
    keyed = rows.assign(
        thing=joined(rows.assign(firmness=rows["kind"].map(FIRMNESS)), [*same, "firmness"]),
        witness=witnesses(rows),
        value=rows[value].astype(float),
    )
    statements = keyed.groupby(["thing", "witness"], sort=False)["value"].agg(["min", "max"]).reset_index()
    differing = statements.drop_duplicates(["thing", "min", "max"])["thing"].value_counts()
    chosen = keyed[keyed["thing"].isin(differing.index[differing.gt(1)])]
    return pd.Series(pd.factorize(chosen["thing"])[0], index=chosen.index).sort_values(kind="stable")


def witnesses(rows: pd.DataFrame) -> pd.Series:
    """Who states each row: the reporter, or the sources where none is named."""
    cited = rows["source_ids"].map(";".join)
    return rows["reporter"].where(rows["reporter"].ne(""), cited) if "reporter" in rows else cited


@dataclass(frozen=True)
class Spread:
    """How far apart statements of one thing are: `percent` is the difference as a share of the lowest."""

    low: float
    high: float

    @property
    def difference(self) -> float:
        """The highest less the lowest."""
        return self.high - self.low

    @property
    def percent(self) -> float:
        """NaN where the lowest is nothing."""
        return self.difference / self.low * 100 if self.low else math.nan


def spread(values: pd.Series) -> Spread | None:
    """From the lowest to the highest of some values; None unless two of them differ."""
    known = values.dropna().astype(float)
    return Spread(float(known.min()), float(known.max())) if known.nunique() > 1 else None


def with_period(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `when`: the first and last day of the period, or its text where no day is known."""
    days = rows["period_start"] + "/" + rows["period_end"]
    return rows.assign(when=days.where(days.ne("/"), rows["period"]))


def trade_groups(trade: pd.DataFrame) -> pd.Series:
    """Amounts or growth rates of the same flow and period."""
    rows = with_period(trade)
    amounts = stated_differently(rows, ["flow", "when"], "value_usd")
    growth = stated_differently(rows, ["flow", "when"], "growth_pct")
    both = rows.loc[rows.index.isin(amounts.index.union(growth.index))]
    return pd.Series(pd.factorize(joined(both, ["flow", "when"]))[0], index=both.index).sort_values(
        kind="stable"
    )


def enterprise_groups(enterprises: pd.DataFrame) -> pd.Series:
    """Counts of all sectors and regions by different witnesses within a year of each other."""
    totals = enterprises[enterprises["sector"].eq("") & enterprises["region_id"].eq("")]
    totals = totals.assign(
        count_id=totals.index,
        day=pd.to_datetime(totals["date"], format="ISO8601"),
        witness=witnesses(totals),
        thing=totals["direction"] + totals["kind"].map(FIRMNESS),
    )
    pairs = totals.merge(totals, on="thing", suffixes=("", "_other"))
    near = (pairs["day"] - pairs["day_other"]).abs().dt.days.le(SPAN_DAYS)
    differ = pairs["witness"].ne(pairs["witness_other"]) & pairs["value"].ne(pairs["value_other"])
    chosen = totals.loc[totals.index.isin(pairs.loc[near & differ, "count_id"])].sort_values(["thing", "day"])
    new = chosen["thing"].ne(chosen["thing"].shift()) | chosen["day"].diff().dt.days.gt(SPAN_DAYS)
    return new.cumsum()


def portfolio_groups(projects: pd.DataFrame) -> pd.Series:
    """Totals of joint projects that were stated in one year for the same regions and the same stage."""
    stated = projects["value_type"].str.startswith("aggregate")
    placed = projects["uz_region_ids"].map(len).gt(0) | projects["kz_region_ids"].map(len).gt(0)
    rows = projects[stated & placed].assign(kind="actual")
    same = ["year_announced", "status", "status_note", "uz_region_ids", "kz_region_ids"]
    return stated_differently(rows, same, "value_usd")


def corridor_groups(metrics: pd.DataFrame) -> pd.Series:
    """Figures of the same corridor, section and period; a length is the same thing whenever it is stated."""
    rows = with_period(metrics)
    rows = rows.assign(when=rows["when"].where(rows["metric"].ne("length"), ""))
    return stated_differently(rows, ["corridor_id", "metric", "section", "when", "unit"], "value")


def part_groups(metrics: pd.DataFrame) -> pd.Series:
    """Results of a whole corridor and of a part of it, stated for one period by different named reporters.

    They are different counts and must not be mixed.
    """
    rows = with_period(metrics)
    rows = rows[rows["reporter"].ne("")].assign(metric_id=lambda frame: frame.index)
    rows = rows[rows["kind"].map(FIRMNESS).eq("stated")]
    same = ["corridor_id", "metric", "when", "unit"]
    pairs = rows[rows["section"].eq("")].merge(rows[rows["section"].ne("")], on=same, suffixes=("", "_part"))
    pairs = pairs[pairs["reporter"].ne(pairs["reporter_part"]) & pairs["value"].ne(pairs["value_part"])]
    chosen = rows[rows.index.isin([*pairs["metric_id"], *pairs["metric_id_part"]])]
    return pd.Series(pd.factorize(joined(chosen, same))[0], index=chosen.index).sort_values(kind="stable")


def energy_groups(flows: pd.DataFrame) -> pd.Series:
    """Flows of the same series and period; yearly and daily rates by the year in which they begin."""
    rows = with_period(flows)
    rate = rows["unit"].str.contains(" per ") & rows["period_start"].ne("")
    rows = rows.assign(when=rows["when"].where(~rate, rows["period_start"].str[:4]))
    return stated_differently(rows, ["series_id", "when", "unit"], "value")


def indicator_groups(indicators: pd.DataFrame) -> pd.Series:
    """Figures of the same region and period."""
    return stated_differently(with_period(indicators), ["region_id", "indicator", "when", "unit"], "value")


def commodity_groups(commodities: pd.DataFrame) -> pd.Series:
    """Quantities of the same commodity, direction and period."""
    return stated_differently(with_period(commodities), ["flow", "commodity", "when", "unit"], "value")


@lru_cache(maxsize=2)
def unequal_sums(atlas: Atlas) -> pd.DataFrame:
    """Periods for which the two directions of trade that a reporter states do not add up to their turnover.

    The ids of the three rows (turnover, export_uz_to_kz, import_uz_from_kz) and what is left, in US dollars.
    """
    flows = ["turnover", "export_uz_to_kz", "import_uz_from_kz"]
    rows = with_period(atlas.trade)
    rows = rows[rows["flow"].isin(flows) & rows["value_usd"].notna()].reset_index()
    same = ["when", "reporter", "kind"]
    rows = rows.drop_duplicates([*same, "flow"], keep=False)
    values = rows.pivot(index=same, columns="flow", values="value_usd").reindex(columns=flows).dropna()
    rest = values["turnover"] - values["export_uz_to_kz"] - values["import_uz_from_kz"]
    ids = rows.pivot(index=same, columns="flow", values="trade_id").reindex(columns=flows)
    found = ids.loc[values.index].assign(rest_usd=rest)[rest.abs().gt(0.5)]
    return found.reset_index(drop=True).rename_axis(columns=None)
