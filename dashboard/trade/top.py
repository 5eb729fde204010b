"""What stands on top of the page of trade: the finding and the figures everybody asks for."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.sourced import sourced_count
from dashboard.text import Words
from dashboard.trade import target
from dashboard.trade.parts import dollars, growth
from dashboard.trade.terms import FLOW_TITLES, reporter_text
from layers import Atlas
from layers.trade import GOODS_FLOWS, enterprises_latest, latest_full_year


def finding(atlas: Atlas, words: Words) -> str:
    """Turnover of the latest whole year with its growth, and what the target needs."""
    try:
        last = latest_full_year(atlas.trade)
    except LookupError:
        return words("No turnover of a whole year is known to our sources.")
    said = {
        "year": last["period_end"][:4],
        "amount": words.dollars(last["value_usd"]),
        "who": reporter_text(last["reporter"], words),
    }
    change = last["growth_pct"]
    if pd.isna(change):
        text = words("Trade turnover in {year} was {amount} ({who}).", **said)
    elif change >= 0:
        text = words(
            "Trade turnover in {year} was {amount}, {percent} more than a year before ({who}).",
            percent=words.percent(change),
            **said,
        )
    else:
        text = words(
            "Trade turnover in {year} was {amount}, {percent} less than a year before ({who}).",
            percent=words.percent(-change),
            **said,
        )
    return " ".join(filter(None, (text, target.finding(atlas, words))))


def key_figures(atlas: Atlas, words: Words) -> html.Section:
    """Turnover, both directions, the target and enterprises, each one click from its source."""
    cards = [_flow(flow, atlas, words) for flow in GOODS_FLOWS]
    cards += [target.headline(atlas, words), _enterprises(atlas, words)]
    return html.Section(
        [html.Div(one, className="headline") for one in cards if one],
        className="headlines trade-figures",
        **{"aria-label": words("Headline figures")},
    )


def _flow(flow: str, atlas: Atlas, words: Words) -> list[Any] | None:
    try:
        row = latest_full_year(atlas.trade, flow)
    except LookupError:
        return None
    title = words("{what}, {part}", what=words(FLOW_TITLES[flow]), part=row["period_end"][:4])
    lines = [
        html.Div([growth(row, atlas, words), " ", words("on the year before, as stated")], className="line")
    ]
    if pd.isna(row["growth_pct"]):
        lines = [html.Div(words("growth not stated"), className="line")]
    lines.append(html.Div(reporter_text(row["reporter"], words), className="line"))
    return [html.H2(title), html.Div(dollars(row, atlas, words), className="value"), *lines]


def _enterprises(atlas: Atlas, words: Words) -> list[Any] | None:
    try:
        counts = enterprises_latest(atlas.enterprises)
    except LookupError:
        return None
    others = [
        html.Div(
            [words("another count"), ": ", sourced_count(row, atlas, words), f" ({_by(row, words)})"],
            className="line",
        )
        for _, row in counts.others.iterrows()
    ]
    return [
        html.H2(words("Enterprises with Kazakh capital in Uzbekistan")),
        html.Div(sourced_count(counts.latest, atlas, words), className="value"),
        html.Div(_by(counts.latest, words), className="line"),
        *others,
    ]


def _by(row: pd.Series, words: Words) -> str:
    """Who counted, and of which day the count is."""
    return f"{reporter_text(row['reporter'], words)}, {words.date(row['date'])}"
