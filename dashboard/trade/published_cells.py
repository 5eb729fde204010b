"""The tables of the page of trade as they are published: rows of the data, amounts in US dollars."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard.evidence.names import ENTERPRISES, TRADE_FLOWS
from dashboard.export import cells
from dashboard.export.cells import Cells
from dashboard.export.publication import Column
from dashboard.export.row_cells import cited_cells, kind_cells, period_cells, reporter_cells
from dashboard.figures.trade_charts import PATHS
from dashboard.text import N_, Words
from dashboard.trade.goods import unit_of
from dashboard.trade.target import first_day
from dashboard.trade.terms import OUTCOMES, goods_name, reporter_text, sector_name
from dashboard.vocabulary import VALUE_KINDS
from layers import Atlas
from layers.trade import Gauge, Sectors, balances, implied_before_usd, outcomes

SERIES = {"result": N_("result"), "target": N_("target"), **PATHS}


def flow_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Rows of trade.csv with the growth they state and what it makes the year before."""
    before = [implied_before_usd(row) for _, row in rows.iterrows()]
    return [
        (Column("trade_id", words("Id")), rows.index),
        (Column("flow", words("Flow")), cells.coded(rows["flow"], TRADE_FLOWS, words)),
        *period_cells(rows, words),
        (Column("value", words("Value"), "USD"), rows["value_usd"]),
        (Column("growth", words("Growth, as stated"), "%"), rows["growth_pct"]),
        (Column("year_before", words("So the year before (computed)"), "USD"), map(_rounded, before)),
        *kind_cells(rows, words),
        *reporter_cells(rows, words),
        *cited_cells(rows, words),
    ]


def _rounded(value: float) -> float:
    """A computed amount in three digits: what it is made of is rounded too."""
    return value if math.isnan(value) else float(f"{value:.3g}")


def share_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Rows of trade.csv with Kazakhstan's share of Uzbekistan's foreign trade."""
    return [
        (Column("trade_id", words("Id")), rows.index),
        (Column("flow", words("Flow")), cells.coded(rows["flow"], TRADE_FLOWS, words)),
        *period_cells(rows, words),
        (Column("share", words("Share"), "%"), rows["share_pct"]),
        *kind_cells(rows, words),
        *reporter_cells(rows, words),
        *cited_cells(rows, words),
    ]


def balance_cells(atlas: Atlas, words: Words) -> Cells:
    """Both directions of the periods for which one reporter states them, and the balance."""
    rows = balances(atlas.trade)
    sides = [atlas.trade.loc[rows[column]] for column in ("export_id", "import_id")]
    cited = [dict.fromkeys((*a, *b)) for a, b in zip(*(one["source_ids"] for one in sides), strict=True)]
    return [
        *period_cells(rows, words),
        *reporter_cells(rows, words),
        (Column("exports", words("Exports"), "USD"), list(sides[0]["value_usd"])),
        (Column("imports", words("Imports"), "USD"), list(sides[1]["value_usd"])),
        (Column("balance", words("Balance (computed)"), "USD"), rows["balance_usd"]),
        *kind_cells(rows, words),
        (Column("source_ids", words("Sources")), ["; ".join(ids) for ids in cited]),
    ]


def path_cells(way: Gauge, results: pd.DataFrame, targets: pd.DataFrame, words: Words) -> Cells:
    """Results, targets and the two computed paths, each its rows; `results` and `targets` of trade.csv."""
    found: list[tuple[Any, ...]] = []
    for name, rows in (("result", results), ("target", targets)):
        for trade_id, row in rows.iterrows():
            kind, who = words(VALUE_KINDS[row["kind"]]), reporter_text(row["reporter"], words)
            ids = "; ".join(row["source_ids"])
            found.append((int(row["period_end"][:4]), name, row["value_usd"], kind, who, trade_id, ids))
    for name in PATHS:
        for year, value in zip(way.path["year"], way.path[f"{name}_usd"], strict=True):
            if year > way.last_year and not math.isnan(value):
                found.append((int(year), name, _rounded(value), words("computed"), "", "", ""))
    columns = (
        Column("year", words("Year")),
        Column("series", words("Series")),
        Column("value", words("Value"), "USD"),
        Column("kind", words("Kind of figure")),
        Column("reporter", words("By whom")),
        Column("trade_id", words("Id")),
        Column("source_ids", words("Sources")),
    )
    named = [(year, words(SERIES[name]), *rest) for year, name, *rest in found]
    return [(column, [row[place] for row in named]) for place, column in enumerate(columns)]


def target_cells(atlas: Atlas, words: Words) -> Cells:
    """The targets of turnover with what came of them."""
    found = outcomes(atlas.trade, atlas.date)
    rows = atlas.trade.loc[found["trade_id"]]
    results = [
        "; ".join(
            f"{words.dollars(row['value_usd'])} ({reporter_text(row['reporter'], words)})"
            for _, row in atlas.trade.loc[list(ids)].iterrows()
        )
        for ids in found["result_ids"]
    ]
    return [
        (Column("trade_id", words("Id")), rows.index),
        (Column("year", words("Year")), [int(day[:4]) for day in rows["period_end"]]),
        (Column("value", words("Target"), "USD"), rows["value_usd"]),
        (Column("reporter", words("Set by")), [reporter_text(one, words) for one in rows["reporter"]]),
        (
            Column("first_source", words("Earliest source of it")),
            [first_day(r, atlas) for _, r in rows.iterrows()],
        ),
        (Column("outcome", words("What came of it")), cells.coded(found["outcome"], OUTCOMES, words)),
        (Column("results", words("Results of that year")), results),
        (Column("result_ids", words("Ids of the results")), cells.listed(found["result_ids"])),
        *cited_cells(rows, words),
    ]


def goods_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """Traded goods; the unit is that of the column where all rows have one."""
    units = rows["unit"].unique()
    is_one = len(units) == 1
    value = Column("value", words("Value"), unit_of(units[0], words) if is_one and units[0] else "")
    own_units: Cells = []
    if not is_one:
        own_units = [
            (Column("unit", words("Unit")), [unit_of(one, words) if one else "" for one in rows["unit"]])
        ]
    growth: Cells = [(Column("growth", words("Growth, as stated"), "%"), rows["growth_pct"])]
    return [
        (Column("commodity_id", words("Id")), rows.index),
        (Column("direction", words("Direction")), cells.coded(rows["flow"], TRADE_FLOWS, words)),
        (Column("goods", words("Goods")), [goods_name(one, words) for one in rows["commodity"]]),
        *period_cells(rows, words),
        (value, rows["value"]),
        *own_units,
        *(growth if rows["growth_pct"].notna().any() else []),
        *kind_cells(rows, words),
        *cited_cells(rows, words),
    ]


def count_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Counts of enterprises."""
    return [
        (Column("count_id", words("Id")), rows.index),
        (Column("what", words("What")), cells.coded(rows["direction"], ENTERPRISES, words)),
        (Column("region", words("Region")), cells.named(rows["region_id"], atlas.regions, words)),
        (Column("date", words("Date")), rows["date"]),
        (Column("enterprises", words("Number"), words("enterprises")), rows["value"]),
        *kind_cells(rows, words),
        *reporter_cells(rows, words),
        *cited_cells(rows, words),
    ]


def sector_cells(found: Sectors, words: Words) -> Cells:
    """Counts of enterprises by sector with their share of the sum."""
    rows = found.rows
    return [
        (Column("count_id", words("Id")), rows.index),
        (Column("sector", words("Sector")), [sector_name(one, words) for one in rows["sector"]]),
        (Column("date", words("Date")), rows["date"]),
        (Column("enterprises", words("Number"), words("enterprises")), rows["value"]),
        (Column("share", words("Share (computed)"), "%"), (rows["value"] / found.sum * 100).round(1)),
        *kind_cells(rows, words),
        *reporter_cells(rows, words),
        *cited_cells(rows, words),
    ]
