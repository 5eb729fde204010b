"""Turnover, exports and imports by reporter: whole years, parts of years, the balance."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.corridor_terms import amounts, when, who
from dashboard.evidence.differences import unequal_sums
from dashboard.evidence.names import period
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure, series_chart
from dashboard.figures.trade_charts import parts_of_years_chart
from dashboard.plain import Plain
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from dashboard.trade.parts import (
    by_whom,
    card,
    cell,
    chart_key,
    dollars,
    growth,
    noted,
    opened,
    signed_dollars,
    signed_percent,
    table,
    with_note,
)
from dashboard.trade.terms import FLOW_TITLES, palette, reporter_text
from dashboard.trade.view import FLOWS, TradeView, reporters_of
from dashboard.vocabulary import VALUE_KINDS
from layers import Atlas, evidence
from layers.corridor_series import Chart
from layers.trade import balances, implied_before_usd, parts_of_years, same_months, year_chart

HOW_TO_READ = N_(
    "A series is one reporter; values of two reporters are never joined, nor years with a gap between them. "
    "Full points are actual values, hollow ones preliminary or approximate. Parts of years stand in a chart "
    "of their own."
)

SAME_MONTHS = N_("Compare the same months of one reporter; none of these is a year.")
BALANCE = N_("Balance: exports of Uzbekistan less its imports")
BOTH_STATED = N_("Worked out only where one reporter states both directions of the same period.")
PARTS = "parts-of-years"
"""The name of the chart of parts of years among what the page publishes."""


def choose_form(view: TradeView, atlas: Atlas, words: Words) -> Plain:
    """A flow and a reporter to choose; an ordinary form, whose answer is another address."""
    flows = [(code, words(FLOW_TITLES[flow])) for code, flow in FLOWS.items()]
    reporters = [("", words("All reporters side by side"))]
    reporters += [(code, reporter_text(one, words)) for code, one in reporters_of(atlas).items()]
    chosen = next((code for code, one in reporters_of(atlas).items() if one == view.reporter), "")
    fields = [
        ["label", {}, words("Flow"), _select("flow", flows, view.flow_code)],
        ["label", {}, words("Reporter"), _select("by", reporters, chosen)],
        ["input", {"type": "hidden", "name": "lang", "value": words.language}],
        ["button", {"className": "btn btn-primary"}, words("Show")],
    ]
    return Plain.of([["form", {"action": "/trade", "className": "choices"}, *fields]])


def _select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    inside = [["option", {"value": code}, label] for code, label in options]
    return ["select", {"name": name, "defaultValue": value, "className": "form-select"}, *inside]


# Key: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=96)
def flow_charts(atlas: Atlas, view: TradeView, language: str) -> html.Div:
    """The chart of whole years and that of parts of years, each with its values."""
    words = speak(language)
    years = year_chart(atlas, view.flow, view.reporter)
    parts = parts_of_years(atlas, view.flow, view.reporter)
    return html.Div(
        [_years(years, view, atlas, words), _parts(parts, view, atlas, words)], className="chart-grid"
    )


def _years(chart: Chart | None, view: TradeView, atlas: Atlas, words: Words) -> html.Div:
    title = words("{flow}: whole years", flow=words(FLOW_TITLES[view.flow]))
    if chart is None:
        return card(title, _none(view, words), None, view.flow_code, words)
    colours = palette(atlas)
    figure = series_chart(chart, words, colours)
    values = statement_table(chart.statements, atlas, words)
    return card(
        title,
        years_finding(chart, words),
        figure,
        view.flow_code,
        words,
        chart_key(chart, words, colours),
        opened(words("Values, growth and sources"), values),
        key="years",
    )


def _none(view: TradeView, words: Words) -> str:
    """Says that nothing of the kind is known, of a reporter or at all."""
    if view.reporter:
        return words("{who} states no such value.", who=reporter_text(view.reporter, words))
    return words("No such value is known to our sources.")


def years_finding(chart: Chart, words: Words) -> str:
    """The latest year by all who state it, and whether any two years may be compared."""
    rows = chart.statements
    latest = rows[rows["year"].eq(rows["year"].max())]
    said = "; ".join(f"{amounts(row, words)} ({who(row, words)})" for _, row in latest.iterrows())
    parts = [words("{year}: {values}.", year=when(latest.iloc[0], words), values=said)]
    gaps = rows.groupby("series")["year"].diff()
    if len(rows) > 1 and not gaps.le(1).any():
        parts.append(words("No reporter here states two years in a row, so no points are joined."))
    return " ".join(parts)


def _parts(parts: pd.DataFrame, view: TradeView, atlas: Atlas, words: Words) -> html.Div:
    title = words("{flow}: parts of years", flow=words(FLOW_TITLES[view.flow]))
    if parts.empty:
        return card(title, _none(view, words), None, PARTS, words)
    return card(
        title,
        parts_finding(parts, words),
        parts_of_years_chart(parts, words, palette(atlas)),
        PARTS,
        words,
        html.P(words(SAME_MONTHS), className="quiet"),
        opened(words("Values, growth and sources"), statement_table(parts, atlas, words)),
    )


def parts_finding(parts: pd.DataFrame, words: Words) -> str:
    """The same months of several years by one reporter, which are all that can be compared."""
    same = same_months(parts)
    if same.empty:
        return words("No reporter here states the same months of two years.")
    values = "; ".join(f"{when(row, words)}: {amounts(row, words)}" for _, row in same.iterrows())
    change = same["high"].iloc[-1] / same["high"].iloc[0] * 100 - 100
    return words(
        "{who}: {values}. From first to last: {percent}.",
        who=who(same.iloc[0], words),
        values=values,
        percent=signed_percent(change, words),
    )


def statement_table(rows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Div:
    """Statements with the growth they state and what it makes the year before."""
    titles = [
        words("When"),
        words("Value"),
        words("Growth, as stated"),
        words("So the year before"),
        words("By whom"),
        words("Kind"),
    ]
    lines = []
    for _, row in rows.sort_values(["year", "row"], kind="stable").iterrows():
        value = sourced(amounts(row, words, is_exact=True), row["source_ids"], atlas, words)
        inside = (
            [when(row, words)],
            with_note(value, row, words),
            [growth(row, atlas, words)],
            [_implied(row, words)],
            [by_whom(row, words)],
            [words(VALUE_KINDS[row["kind"]])],
        )
        lines.append(html.Tr([cell(title, *one) for title, one in zip(titles, inside, strict=True)]))
    return table(noted(words("Values as stated, with their sources"), rows, words), titles, lines)


def _implied(row: pd.Series, words: Words) -> Any:
    before = implied_before_usd(row.rename({"high": "value_usd"}) if "value_usd" not in row else row)
    if pd.isna(before):
        return "–"
    how = words("The value divided by one plus the stated growth; both are rounded in their source.")
    return computed(words.dollars(float(f"{before:.3g}")), how, words)


@lru_cache(maxsize=8)
def balance_section(atlas: Atlas, language: str) -> Plain:
    """The balance by reporter and period, and where both directions do not make the turnover."""
    words, rows = speak(language), balances(atlas.trade)
    title = html.H3(words(BALANCE))
    inside: list[Any] = [title if rows.empty else figure_head(title, "balance", words)]
    if rows.empty:
        inside.append(html.P(words("No reporter states both directions of one period."), className="quiet"))
    else:
        inside += [
            html.P(balance_finding(rows, words), className="finding"),
            html.P(words(BOTH_STATED), className="quiet"),
            _balance_table(rows[rows["is_whole"]], words("Whole years"), atlas, words),
            opened(
                words("Parts of years"),
                _balance_table(rows[~rows["is_whole"]], words("Parts of years"), atlas, words),
            ),
        ]
    sums = unequal_sums(atlas, words)
    if sums:
        sums[0] = figure_head(sums[0], "sums", words)
    if told := sum_finding(atlas, words):
        sums.insert(1, html.P(told, className="finding"))
    return Plain(html.Section([*inside, *sums], className="balance"))


def sum_finding(atlas: Atlas, words: Words) -> str:
    """What both directions make beside the turnover of the latest whole year where they differ; else ""."""
    found = evidence.unequal_sums(atlas)
    totals = atlas.trade.loc[found["turnover"]]
    whole = totals["period_start"].str.endswith("-01-01") & totals["period_end"].str.endswith("-12-31")
    if not whole.any():
        return ""
    last = totals[whole].sort_values("period_end", kind="stable").iloc[-1]
    rest = found.loc[found["turnover"].eq(last.name), "rest_usd"].iloc[0]
    return words(
        "{when}: exports and imports as stated make {sum}, the turnover as stated is {turnover} ({who}). "
        "Nothing is corrected.",
        when=when(last, words),
        sum=words.dollars(last["value_usd"] - rest),
        turnover=words.dollars(last["value_usd"]),
        who=reporter_text(last["reporter"], words),
    )


def balance_finding(rows: pd.DataFrame, words: Words) -> str:
    """Who sold more to whom in the latest year for which it can be said, by each reporter."""
    whole = rows[rows["is_whole"]]
    shown = whole if len(whole) else rows
    latest = shown[shown["period_end"].eq(shown["period_end"].max())].iloc[-1]
    amount = words.dollars(abs(latest["balance_usd"]))
    said = {"when": period(latest, words), "amount": amount, "who": reporter_text(latest["reporter"], words)}
    if latest["balance_usd"] < 0:
        return words(
            "{when}: Uzbekistan bought {amount} more from Kazakhstan than it sold there ({who}).", **said
        )
    if latest["balance_usd"] > 0:
        return words(
            "{when}: Uzbekistan sold {amount} more to Kazakhstan than it bought there ({who}).", **said
        )
    return words("{when}: both directions are equal ({who}).", when=said["when"], who=said["who"])


def _balance_table(rows: pd.DataFrame, caption: str, atlas: Atlas, words: Words) -> html.Div:
    titles = [words("When"), words("By whom"), words("Exports"), words("Imports"), words("Balance")]
    lines = []
    for _, row in rows.iterrows():
        sides = [atlas.trade.loc[row[column]] for column in ("export_id", "import_id")]
        how = words(
            "{export} less {import_}, both by {who}.",
            export=words.dollars(sides[0]["value_usd"]),
            import_=words.dollars(sides[1]["value_usd"]),
            who=reporter_text(row["reporter"], words),
        )
        balance = computed(signed_dollars(row["balance_usd"], words), how, words)
        inside = (
            reporter_text(row["reporter"], words),
            *(dollars(one, atlas, words) for one in sides),
            balance,
        )
        head = html.Th(period(row, words), scope="row")
        cells = [cell(title, one) for title, one in zip(titles[1:], inside, strict=True)]
        lines.append(html.Tr([head, *cells]))
    return table(caption, titles, lines)


def figures(atlas: Atlas, view: TradeView, words: Words) -> dict[str, Figure]:
    """The figures of a view, to be measured and exported."""
    chart, parts = (
        year_chart(atlas, view.flow, view.reporter),
        parts_of_years(atlas, view.flow, view.reporter),
    )
    found = {"years": series_chart(chart, words, palette(atlas))} if chart else {}
    return found | ({"parts": parts_of_years_chart(parts, words, palette(atlas))} if len(parts) else {})
