"""The value of a project or of a stated total: dollars as stated, and the amount in its own currency."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard.free_text import free_text
from dashboard.sortable import amount
from dashboard.sourced import sourced
from dashboard.text import Words
from layers import Atlas


def value_text(row: pd.Series, words: Words) -> str:
    """The value in dollars, else in the currency of the source; "" where none is stated."""
    if pd.notna(row["value_usd"]):
        dollars = words.dollars(row["value_usd"])
        return words("over {amount}", amount=dollars) if row["value_type"].endswith("minimum") else dollars
    return "" if pd.isna(row["value_orig"]) else words.money(row["value_orig"], row["value_currency"])


def value_sourced(row: pd.Series, atlas: Atlas, words: Words) -> html.Details | str:
    """The value with its kind and sources; how it was converted and what a claim is stand above them.

    "" where no value is stated.
    """
    shown = value_text(row, words)
    if not shown:
        return ""
    told = conversion(row, words)
    about = free_text(row, "summary", words) if row["value_type"] in ("converted", "claim") else None
    note = html.Div([html.P(told) if told else None, about]) if told or about else None
    return sourced(shown, row["source_ids"], atlas, words, note, row["value_type"])


def value_cell(row: pd.Series, atlas: Atlas, words: Words) -> html.Td:
    """The value in a sortable table: sorted by its dollars, without dollars last."""
    shown = value_sourced(row, atlas, words)
    if shown and pd.isna(row["value_usd"]):
        return html.Td(shown, className="amount", **{"data-value": ""})
    return amount(row["value_usd"], shown, words)


def conversion(row: pd.Series, words: Words) -> str:
    """How the dollars of a project stand to the amount in its own currency; "" where it has none."""
    if pd.isna(row["value_orig"]):
        return ""
    own = words.money(row["value_orig"], row["value_currency"])
    if pd.isna(row["value_usd"]):
        return words("In the source: {amount}. The atlas does not convert it.", amount=own)
    return words(
        "In the source: {amount}. The dollars are the source's own and it names neither rate nor day; the "
        "two amounts make {rate} {currency} for a dollar (computed).",
        amount=own,
        rate=words.number(row["value_orig"] / row["value_usd"], 0),
        currency=row["value_currency"],
    )
