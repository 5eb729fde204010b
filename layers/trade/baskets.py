"""Traded goods: what stands beside each other on one scale, and what is a single statement."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from layers.evidence import FIRMNESS

FLOWS = ("kz_to_uz", "uz_to_kz")
WHOLE_DAYS = 365


@dataclass(frozen=True, eq=False)
class Basket:
    """Goods of one direction, period, unit and firmness, stated together by the same sources."""

    flow: str
    unit: str
    rows: pd.DataFrame

    @property
    def key(self) -> str:
        """A name that no other basket has, of letters, digits and hyphens."""
        first = self.rows.iloc[0]
        text = "-".join((self.flow, self.unit, first["period"], first.name))
        return "".join(letter if letter.isalnum() else "-" for letter in text).lower()


def baskets(commodities: pd.DataFrame, flow: str) -> list[Basket]:
    """Goods that can be set beside each other: at least two of one period and unit, the latest first."""
    rows = commodities[commodities["flow"].eq(flow) & commodities["value"].notna()]
    rows = rows.assign(firmness=rows["kind"].map(FIRMNESS), cited=rows["source_ids"].map(";".join))
    same = ["period_start", "period_end", "period", "unit", "firmness", "cited"]
    found = [
        Basket(flow, unit, own.drop(columns=["firmness", "cited"]))
        for (_, _, _, unit, _, _), own in rows.groupby(same, sort=False)
        if len(own) > 1 and not own["commodity"].duplicated().any()
    ]
    return sorted(found, key=lambda basket: basket.rows["period_end"].iloc[0], reverse=True)


def loose_commodities(commodities: pd.DataFrame, flow: str) -> pd.DataFrame:
    """The statements of a direction that are in no basket, with `span`, oldest first.

    span: "year" (a calendar year or a season of twelve months), "part", "growth" (no amount is stated).
    """
    drawn = [row_id for basket in baskets(commodities, flow) for row_id in basket.rows.index]
    rows = commodities[commodities["flow"].eq(flow) & ~commodities.index.isin(drawn)]
    rows = rows.assign(span=[_span(row) for row in rows.itertuples()])
    return rows.sort_values(["period_end", "period_start"], kind="stable")


def _span(row: tuple) -> str:
    if pd.isna(row.value):
        return "growth"
    if not (row.period_start and row.period_end):
        return "part"
    first, last = (datetime.date.fromisoformat(day) for day in (row.period_start, row.period_end))
    return "year" if (last - first).days + 1 >= WHOLE_DAYS else "part"
