"""Traded goods by direction: those of one period beside each other, and single statements."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.evidence.names import TRADE_FLOWS, period
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure, bar_chart
from dashboard.figures.sheet import wrapped
from dashboard.figures.strip_drawing import plain
from dashboard.plain import Plain
from dashboard.sourced import sourced
from dashboard.text import N_, Words, speak
from dashboard.trade.parts import card, cell, noted, opened, signed_percent, table, with_note
from dashboard.trade.terms import goods_name
from dashboard.vocabulary import VALUE_KINDS, quantity
from layers import Atlas
from layers.evidence import FIRMNESS
from layers.trade import Basket, baskets, loose_commodities
from layers.trade.baskets import FLOWS

FLOW_COLOURS = {"kz_to_uz": "#b35806", "uz_to_kz": "#1f5fa8"}
SPANS = {
    "year": N_("Years and seasons of twelve months"),
    "part": N_("Parts of years"),
    "growth": N_("Growth alone: no amount is stated"),
}
NO_ONE_SCALE = N_("Different goods, months and units: nothing here stands on one scale.")
HOVER_WIDTH = 210  # pixels


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def goods_section(atlas: Atlas, language: str) -> tuple[Any, ...]:
    """For each direction its charts, and the statements that stand alone."""
    words = speak(language)
    parts: list[Any] = []
    for flow in FLOWS:
        rows = atlas.trade_commodities[atlas.trade_commodities["flow"].eq(flow)]
        inside: list[Any] = [_card(basket, atlas, words) for basket in baskets(atlas.trade_commodities, flow)]
        loose = loose_commodities(atlas.trade_commodities, flow)
        if rows.empty:
            inside.append(
                Plain(html.P(words("No traded goods are known to our sources."), className="not-known"))
            )
        elif len(loose):
            inside.append(html.Div(Plain(_statements(loose, flow, atlas, words)), className="chart"))
        parts += [
            html.H3(words(TRADE_FLOWS[flow]), className="direction"),
            html.Div(inside, className="chart-grid"),
        ]
    return tuple(parts)


def _card(basket: Basket, atlas: Atlas, words: Words) -> html.Div:
    table_of_goods = _table(basket.rows, words("Goods of one period"), atlas, words)
    return card(
        basket_title(basket, words),
        basket_finding(basket, words),
        basket_chart(basket, words),
        basket_name(basket),
        words,
        opened(words("Values and sources"), table_of_goods),
    )


def basket_name(basket: Basket) -> str:
    """The name of its chart among what the page publishes."""
    return f"goods-{basket.key}"


def single_name(flow: str) -> str:
    """The name of the table of single statements of a direction among what the page publishes."""
    return f"goods-single-{flow.replace('_', '-')}"


def single_title(flow: str, words: Words) -> str:
    return words("{direction}: single statements", direction=words(TRADE_FLOWS[flow]))


def basket_title(basket: Basket, words: Words) -> str:
    """What a chart of goods shows: direction, period and unit."""
    return words(
        "{direction}: goods of {period}, {unit}",
        direction=words(TRADE_FLOWS[basket.flow]),
        period=_when(basket.rows.iloc[0], words),
        unit=unit_of(basket.unit, words),
    )


def _when(row: pd.Series, words: Words) -> str:
    """A period as plain text."""
    shown = period(row, words)
    return shown if isinstance(shown, str) else str(shown.children)


def unit_of(unit: str, words: Words) -> str:
    """A unit without a number."""
    return " ".join(quantity(0, unit, words).replace(words.number(0), "").split())


def basket_finding(basket: Basket, words: Words) -> str:
    """The largest of the goods, by amount."""
    largest = basket.rows.sort_values("value", ascending=False, kind="stable").head(2)
    said = [f"{goods_name(row['commodity'], words)} {_quantity(row, words)}" for _, row in largest.iterrows()]
    return words("Most of all {first}, then {second}.", first=said[0], second=said[1])


def _quantity(row: pd.Series, words: Words) -> str:
    return quantity(row["value"], row["unit"], words)


def basket_chart(basket: Basket, words: Words) -> Figure:
    """Goods as bars on one scale, the largest on top."""
    rows = basket.rows
    names = [goods_name(commodity, words) for commodity in rows["commodity"]]
    bars = pd.DataFrame(
        {
            "id": rows.index,
            "name": names,
            "low": rows["value"].astype(float).to_numpy(),
            "high": rows["value"].astype(float).to_numpy(),
            "shown": [words.number(value) for value in rows["value"]],
            "said": [_hover(row, words) for _, row in rows.iterrows()],
        }
    )
    return bar_chart(bars, words, FLOW_COLOURS[basket.flow], FIRMNESS[rows["kind"].iloc[0]])


def _hover(row: pd.Series, words: Words) -> str:
    kind = f"{_when(row, words)}, {words(VALUE_KINDS[row['kind']])}"
    lines = wrapped(f"{goods_name(row['commodity'], words)}; {kind}", 12, HOVER_WIDTH)
    return "<br>".join([f"<b>{_quantity(row, words)}</b>", *map(plain, lines)])


def _statements(loose: pd.DataFrame, flow: str, atlas: Atlas, words: Words) -> list[Any]:
    """Years, parts of years and growth alone, each in a table of its own."""
    head = figure_head(html.H3(single_title(flow, words)), single_name(flow), words)
    parts: list[Any] = [head, html.P(words(NO_ONE_SCALE), className="quiet")]
    for span, name in SPANS.items():
        rows = loose[loose["span"].eq(span)]
        if len(rows):
            parts.append(_table(rows, words(name), atlas, words))
    return parts


def _table(rows: pd.DataFrame, caption: str, atlas: Atlas, words: Words) -> html.Div:
    titles = [words("Goods"), words("When"), words("Stated"), words("Kind")]
    lines = []
    for _, row in rows.iterrows():
        head = html.Th(goods_name(row["commodity"], words), scope="row")
        value = sourced(_stated(row, words), row["source_ids"], atlas, words)
        inside = (
            [period(row, words)],
            with_note(value, row, words),
            [words(VALUE_KINDS[row["kind"]])],
        )
        cells = [cell(title, *one) for title, one in zip(titles[1:], inside, strict=True)]
        lines.append(html.Tr([head, *cells]))
    return table(noted(caption, rows, words), titles, lines)


def _stated(row: pd.Series, words: Words) -> str:
    """The amount and the growth as stated; what is neither stands in the note."""
    parts = [_quantity(row, words)] if pd.notna(row["value"]) else []
    if pd.notna(row["growth_pct"]):
        parts.append(signed_percent(row["growth_pct"], words))
    return ", ".join(parts) or words("no amount stated")


def figures(atlas: Atlas, words: Words) -> dict[str, Figure]:
    """The figures of all baskets by their keys."""
    every = (basket for flow in FLOWS for basket in baskets(atlas.trade_commodities, flow))
    return {basket.key: basket_chart(basket, words) for basket in every}
