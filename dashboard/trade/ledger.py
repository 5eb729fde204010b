"""The ledger of disagreements: what is stated differently, by whom, and how far apart the statements are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.evidence.differences import TOPICS, topic_tables
from dashboard.export.button import figure_head
from dashboard.plain import Plain
from dashboard.sourced import computed
from dashboard.text import Words, speak
from layers import Atlas
from layers.evidence import disagreements, spread

LEDGER = ("trade", "enterprises", "commodities", "portfolio")
AMOUNTS = {"trade": "value_usd", "portfolio": "value_usd", "enterprises": "value", "commodities": "value"}


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def ledger_section(atlas: Atlas, language: str) -> Plain:
    """Every figure of trade, enterprises, goods and the portfolio that has more than one statement."""
    words, every = speak(language), disagreements(atlas)
    own = every[every["topic"].isin(LEDGER)]
    count = own["group"].nunique()
    intro = words(
        "What is stated differently of the same thing stands side by side, with the difference between the "
        "highest and the lowest statement. The atlas does not say who is right."
    )
    said = html.P(ledger_finding(count, words), className="finding")
    parts: list[Any] = [figure_head(said, "ledger", words) if count else said, html.P(intro)]
    parts += topic_tables(LEDGER, atlas, words, lambda topic, rows: _apart(topic, rows, words))
    silent = [topic for topic in LEDGER if not own["topic"].eq(topic).any()]
    if silent:
        names = ", ".join(words(TOPICS[topic]) for topic in silent)
        parts.append(
            html.P(words("Nothing is stated differently of: {list}.", list=names), className="not-known")
        )
    link = html.A(
        words("All disagreements of the atlas"), href=f"/sources?lang={words.language}#disagreements"
    )
    return Plain([*parts, html.P(link)])


def ledger_finding(count: int, words: Words) -> str:
    """How many figures have more than one statement."""
    if not count:
        return words("No figure of this page is stated differently.")
    return words.plural(
        "{n} figure of this page has more than one statement.",
        "{n} figures of this page have more than one statement.",
        count,
    )


def _apart(topic: str, rows: pd.DataFrame, words: Words) -> html.Div:
    """The difference between the highest and the lowest statement, as an amount and in percent."""
    said: list[Any] = []
    if (amounts := spread(rows[AMOUNTS[topic]])) is not None:
        size = (
            words.number(amounts.difference)
            if AMOUNTS[topic] == "value"
            else words.dollars(amounts.difference)
        )
        how = words("The highest statement less the lowest; the share is that of the lowest.")
        if topic == "enterprises" and rows["date"].nunique() > 1:
            how = (
                f"{how} {words('The counts are of different days, so a part of it may be change over time.')}"
            )
        shown = f"{size}, {words.percent(amounts.percent)}" if amounts.low else size
        said.append(html.Div([words("Difference:"), " ", computed(shown, how, words)]))
    if "growth_pct" in rows and (rates := spread(rows["growth_pct"])) is not None:
        points = words("{n} percentage points", n=words.number(round(rates.difference, 1)))
        how = words("The highest growth rate less the lowest.")
        said.append(html.Div([words("Growth rates:"), " ", computed(points, how, words)]))
    return html.Div(said, className="apart")
