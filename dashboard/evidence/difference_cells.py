"""Disagreements as a table to be published: each statement a row, those of one thing under one number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import REPORTERS
from dashboard.evidence.differences import ABOUT, TOPICS
from dashboard.evidence.names import TRADE_FLOWS
from dashboard.export.cells import Cells
from dashboard.export.publication import Column
from dashboard.text import Words
from layers import Atlas, evidence

AMOUNTS = ("value_usd", "value")
"""Columns of amounts; the first that a table has is its own."""


def difference_cells(topics: Sequence[str], atlas: Atlas, words: Words) -> Cells:
    """What is stated differently of the same thing, by whom and when."""
    rows = list(_statements(topics, atlas, words))
    titles = {
        "thing": words("No."),
        "topic": words("Subject"),
        "what": words("What"),
        "row_id": words("Id"),
        "value": words("Value"),
        "unit": words("Unit"),
        "growth": words("Growth, as stated"),
        "period": words("When"),
        "reporter": words("By whom"),
        "kind": words("Kind of figure"),
        "note": words("Note"),
        "source_ids": words("Sources"),
    }
    units = {"growth": "%"}
    if not any(pd.notna(row["growth"]) for row in rows):
        del titles["growth"]
    return [
        (Column(name, title, units.get(name, "")), [row[name] for row in rows])
        for name, title in titles.items()
    ]


def differing(topics: Sequence[str], atlas: Atlas) -> pd.DataFrame:
    """The rows of these topics that are stated differently."""
    every = evidence.disagreements(atlas)
    return every[every["topic"].isin(topics)]


def sources_of_differences(topics: Sequence[str], atlas: Atlas) -> list[str]:
    """The sources of all that is stated differently."""
    rows = differing(topics, atlas)
    return [
        one for row in rows.itertuples() for one in getattr(atlas, row.table).at[row.row_id, "source_ids"]
    ]


def _statements(topics: Sequence[str], atlas: Atlas, words: Words) -> Iterator[dict[str, Any]]:
    every, number = differing(topics, atlas), 0
    for topic in topics:
        for _, own in every[every["topic"].eq(topic)].groupby("group", sort=False):
            number += 1
            frame = getattr(atlas, own["table"].iloc[0]).loc[own["row_id"]]
            what = plain_text(ABOUT[topic](frame.iloc[0], atlas, words))
            for row_id, row in frame.iterrows():
                shared = {"thing": number, "topic": words(TOPICS[topic]), "what": what, "row_id": row_id}
                yield shared | _statement(row, words)


def _statement(row: pd.Series, words: Words) -> dict[str, Any]:
    column = next(one for one in AMOUNTS if one in row)
    reporter = row["reporter"] if "reporter" in row else words.text(row, "lead")
    is_total = "year_announced" in row
    year = "" if not is_total or pd.isna(row["year_announced"]) else str(int(row["year_announced"]))
    return {
        "value": row[column],
        "unit": "USD" if column == "value_usd" else row.get("unit", ""),
        "growth": row.get("growth_pct"),
        "period": row.get("period") or row.get("date") or year,
        "reporter": words(REPORTERS[reporter]) if reporter in REPORTERS else reporter,
        "kind": words(
            vocabulary.VALUE_KINDS[row["kind"]] if "kind" in row else vocabulary.STATUSES[row["status"]]
        ),
        "note": words.text(row, "summary" if is_total else "note"),
        "source_ids": "; ".join(row["source_ids"]),
    }


def plain_text(parts: Any) -> str:
    """The text of what a page shows in spans and links."""
    if isinstance(parts, str):
        return parts
    if isinstance(parts, Iterable) and not hasattr(parts, "children"):
        return "".join(map(plain_text, parts))
    return plain_text(getattr(parts, "children", None) or "")


def sum_cells(atlas: Atlas, words: Words) -> Cells:
    """Both directions beside their turnover where they do not add up, in US dollars."""
    found = evidence.unequal_sums(atlas)
    totals = atlas.trade.loc[found["turnover"]]
    flows = ("turnover", "export_uz_to_kz", "import_uz_from_kz")
    reporters = [words(REPORTERS[one]) if one in REPORTERS else one for one in totals["reporter"]]
    every = [atlas.trade.loc[list(ids)] for ids in found[list(flows)].to_numpy()]
    cited = [dict.fromkeys(one for ids in rows["source_ids"] for one in ids) for rows in every]
    return [
        (Column("period", words("Period")), totals["period"]),
        (Column("reporter", words("By whom")), reporters),
        *(
            (
                Column(flow, words(TRADE_FLOWS[flow]), "USD"),
                list(atlas.trade.loc[found[flow], "value_usd"]),
            )
            for flow in flows
        ),
        (Column("left_over", words("Left over"), "USD"), found["rest_usd"]),
        (Column("source_ids", words("Sources")), ["; ".join(ids) for ids in cited]),
    ]
