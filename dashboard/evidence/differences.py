"""Disagreements side by side: what is said of one thing, and by whom. The atlas never says who is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.corridor_terms import REPORTERS
from dashboard.evidence.names import (
    CORRIDOR_METRICS,
    ENTERPRISES,
    TRADE_FLOWS,
    Name,
    corridor_of,
    english,
    goods,
    part_of_corridor,
    period,
    quantity,
)
from dashboard.export.button import figure_head
from dashboard.free_text import bare_text, free_text
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words
from layers import Atlas, evidence

TOPICS = {
    "trade": N_("Trade between the two countries"),
    "enterprises": N_("Counts of enterprises"),
    "portfolio": N_("Totals of joint projects"),
    "corridors": N_("Figures of corridors"),
    "parts": N_("A whole corridor and a part of it: different counts, not to be mixed"),
    "energy": N_("Flows of energy and water"),
    "regions": N_("Figures of regions"),
    "commodities": N_("Traded goods"),
}

SUMS = N_("Parts that do not add up exactly")

Beside = Callable[[str, pd.DataFrame], Any]
"""What is said of the statements of one thing under its name, by topic and rows."""


def differences_section(atlas: Atlas, words: Words) -> list[Any]:
    """A table for each topic in which sources disagree, and one of parts that do not add up."""
    intro = words(
        "What different reporters or sources state differently of the same thing stands side by side. "
        "The atlas shows it as stated and does not say who is right; results are set beside results, "
        "estimates beside estimates, aims beside aims."
    )
    sums = unequal_sums(atlas, words)
    if sums:
        sums[0] = figure_head(sums[0], "sums", words)
    return [html.P(intro), *topic_tables(tuple(TOPICS), atlas, words), *sums]


def topic_tables(
    topics: Sequence[str], atlas: Atlas, words: Words, beside: Beside | None = None
) -> list[Any]:
    """A heading and a table for each of the topics in which sources disagree."""
    every = evidence.disagreements(atlas)
    return [
        part
        for topic in topics
        if len(rows := every[every["topic"].eq(topic)])
        for part in (html.H3(words(TOPICS[topic])), _topic(topic, rows, atlas, words, beside))
    ]


def _topic(topic: str, rows: pd.DataFrame, atlas: Atlas, words: Words, beside: Beside | None) -> html.Table:
    frame = getattr(atlas, rows["table"].iloc[0])
    bodies = []
    for _, own in rows.groupby("group", sort=False):
        statements = frame.loc[own["row_id"]]
        about = ABOUT[topic](statements.iloc[0], atlas, words)
        said = [beside(topic, statements)] if beside else []
        head = html.Th([*about, *said], rowSpan=len(statements), scope="rowgroup")
        lines = [_statement(topic, row, atlas, words) for _, row in statements.iterrows()]
        lines[0].insert(0, head)
        bodies.append(html.Tbody([html.Tr(line) for line in lines]))
    titles = [words("What"), words("Stated"), words("When"), words("By whom"), words("Kind")]
    return _table(titles, bodies)


def _table(titles: Sequence[str], bodies: list[html.Tbody], look: str = "differences") -> html.Table:
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    return html.Table([head, *bodies], className=look)


def _statement(topic: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """The cells of one statement: value with its sources, when, by whom, kind; its note stands below it."""
    kind = vocabulary.VALUE_KINDS[row["kind"]] if "kind" in row else vocabulary.STATUSES[row["status"]]
    note = free_text(row, "note" if "note" in row else "summary", words, html.Span)
    value = [sourced(VALUES[topic](row, words), row["source_ids"], atlas, words)]
    if topic == "parts":
        part = part_of_corridor(row["section"], words) or words("the whole corridor")
        value.append(html.Small([" ", part]))
    if topic == "portfolio":
        value.append(html.Small([" ", bare_text(row, "name", words)]))
    if note:
        value.append(html.Div(note, className="statement-note"))
    return [
        html.Td(value),
        *(
            html.Td(said, className="differences-said")
            for said in (
                _when(row, words),
                _who(row, words),
                words(kind),
            )
        ),
    ]


def _who(row: pd.Series, words: Words) -> Any:
    """Who says it, in the reader's language where it has a word, else as the data have it."""
    if "reporter" not in row:
        return bare_text(row, "lead", words) or words("reporter not named")
    if row["reporter"] in REPORTERS:
        return words(REPORTERS[row["reporter"]])
    return english(row["reporter"], words) if row["reporter"] else words("reporter not named")


def _when(row: pd.Series, words: Words) -> Any:
    if "period_start" in row:
        return period(row, words)
    if "date" in row:
        return words.date(row["date"])
    return words("not known") if pd.isna(row["year_announced"]) else str(row["year_announced"])


def _dollars_and_growth(row: pd.Series, words: Words) -> str:
    parts = [words.dollars(row["value_usd"])] if pd.notna(row["value_usd"]) else []
    if pd.notna(row["growth_pct"]):
        sign = "+" if row["growth_pct"] > 0 else ""
        parts.append(sign + words.percent(row["growth_pct"]))
    return ", ".join(parts)


VALUES: dict[str, Callable[[pd.Series, Words], str]] = {
    "trade": _dollars_and_growth,
    "enterprises": lambda row, words: words.number(row["value"]),
    "portfolio": lambda row, words: words.dollars(row["value_usd"]),
    "corridors": quantity,
    "parts": quantity,
    "energy": quantity,
    "regions": quantity,
    "commodities": quantity,
}


def _corridor_thing(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [*corridor_of(row, atlas, words), ": ", words(CORRIDOR_METRICS[row["metric"]])]


def _corridor_alone(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [words.name(atlas.corridors.loc[row["corridor_id"]]), ": ", words(CORRIDOR_METRICS[row["metric"]])]


def _portfolio(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    """A total is the same thing by its regions and year; the names of its rows say who counted."""
    regions = [words.name(atlas.regions.loc[one]) for one in (*row["uz_region_ids"], *row["kz_region_ids"])]
    return [words("Joint projects in {list}", list=", ".join(regions))]


def _region_thing(row: pd.Series, atlas: Atlas, words: Words) -> Name:
    return [
        words.name(atlas.regions.loc[row["region_id"]]),
        ": ",
        words(vocabulary.INDICATORS[row["indicator"]]),
    ]


ABOUT: dict[str, Callable[[pd.Series, Atlas, Words], Name]] = {
    "trade": lambda row, atlas, words: [words(TRADE_FLOWS[row["flow"]])],
    "enterprises": lambda row, atlas, words: [words(ENTERPRISES[row["direction"]])],
    "portfolio": _portfolio,
    "corridors": _corridor_thing,
    "parts": _corridor_alone,
    "energy": lambda row, atlas, words: [bare_text(row, "name", words)],
    "regions": _region_thing,
    "commodities": lambda row, atlas, words: [
        words(TRADE_FLOWS[row["flow"]]),
        ": ",
        goods(row["commodity"], words),
    ],
}


def unequal_sums(atlas: Atlas, words: Words) -> list[Any]:
    """Both directions beside their turnover, for the periods in which they do not add up exactly."""
    rows = evidence.unequal_sums(atlas)
    if rows.empty:
        return []
    flows = ["turnover", "export_uz_to_kz", "import_uz_from_kz"]
    titles = [words("When and by whom"), *(words(TRADE_FLOWS[flow]) for flow in flows), words("Left over")]
    lines = [
        _sum(atlas.trade.loc[list(ids)], rest_usd, titles, atlas, words)
        for ids, rest_usd in zip(rows[flows].to_numpy(), rows["rest_usd"], strict=True)
    ]
    note = words(
        "One reporter's figures for the two directions do not add up exactly to its turnover here. They are "
        "shown as stated; rounding in the sources can be the reason."
    )
    title = html.H3(words(SUMS))
    return [title, html.P(note), _table(titles, [html.Tbody(lines)], "sums")]


def _sum(stated: pd.DataFrame, rest_usd: float, titles: list[str], atlas: Atlas, words: Words) -> html.Tr:
    """One period of one reporter: turnover, both directions, and what is left over."""
    total = stated.iloc[0]
    shown = [
        *(
            sourced(
                words.dollars(row["value_usd"]),
                row["source_ids"],
                atlas,
                words,
                free_text(row, "note", words),
            )
            for _, row in stated.iterrows()
        ),
        computed(
            _signed_dollars(rest_usd, words), words("Turnover less the two directions, as stated."), words
        ),
    ]
    cells = [html.Td(value, **{"data-label": title}) for value, title in zip(shown, titles[1:], strict=True)]
    return html.Tr([html.Th([period(total, words), ", ", _who(total, words)], scope="row"), *cells])


def _signed_dollars(value: float, words: Words) -> str:
    return ("+" if value > 0 else "−") + words.dollars(abs(value))
