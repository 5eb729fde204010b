"""Enterprises with capital of the other country, by time and by sector, and Kazakhstan's share of trade."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.corridor_terms import amounts, when, who
from dashboard.evidence.names import ENTERPRISES
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure, bar_chart, series_chart
from dashboard.figures.strip_drawing import plain
from dashboard.plain import Plain
from dashboard.sourced import computed, sourced, sourced_count
from dashboard.text import N_, Words, speak
from dashboard.trade.parts import card, cell, chart_key, noted, opened, table, value_rows, with_note
from dashboard.trade.terms import palette, reporter_text, sector_name
from dashboard.vocabulary import VALUE_KINDS
from layers import Atlas
from layers.corridor_series import Chart
from layers.trade import Sectors, enterprise_chart, partial_counts, sectors, share_chart
from layers.trade.owned import DIRECTIONS

COUNTS = {"kz_capital_in_uz": "enterprises", "uz_capital_in_kz": "enterprises-in-kazakhstan"}
"""Names of the charts of both directions among what the page publishes."""

SECTORS_TITLE = N_("Enterprises with Kazakh capital in Uzbekistan by sector")
OTHERS_NOTE = N_("Counts of one region or of joint enterprises say something else and are in no chart.")


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def enterprises_section(atlas: Atlas, language: str) -> tuple[Any, ...]:
    """A chart for each direction, one by sector, and what belongs into none of them."""
    words = speak(language)
    cards = [_counts(direction, atlas, words) for direction in DIRECTIONS]
    found = sectors(atlas.enterprises)
    if found:
        cards.append(_sectors(found, atlas, words))
    others = partial_counts(atlas.enterprises)
    if len(others):
        cards.append(html.Div(Plain(_others(others, atlas, words)), className="chart"))
    return (html.Div(cards, className="chart-grid"),)


def _counts(direction: str, atlas: Atlas, words: Words) -> html.Div:
    title, chart = words(ENTERPRISES[direction]), enterprise_chart(atlas, direction)
    if chart is None:
        return card(title, words("No such value is known to our sources."), None, COUNTS[direction], words)
    colours = palette(atlas)
    return card(
        title,
        counts_finding(chart, words),
        series_chart(chart, words, colours),
        COUNTS[direction],
        words,
        chart_key(chart, words, colours),
        opened(words("Values and sources"), value_rows(chart.statements, atlas, words)),
    )


def counts_finding(chart: Chart, words: Words) -> str:
    """The latest actual count and those of others within a year of it, each with who counted and when."""
    rows = chart.statements.sort_values(["period_end", "row"], kind="stable")
    counted = rows[rows["firmness"].eq("stated")]
    latest = (counted if len(counted) else rows).iloc[-1]
    said = words(
        "{n} on {date} ({who})",
        n=words.number(latest["high"]),
        date=when(latest, words),
        who=who(latest, words),
    )
    days = pd.to_datetime(rows["period_end"]) - pd.Timestamp(latest["period_end"])
    others = rows[
        days.abs().dt.days.le(366)
        & rows["witness"].ne(latest["witness"])
        & rows["high"].ne(latest["high"])
        & rows["firmness"].ne("estimate")
    ]
    told = [
        words(
            "{n} on {date} ({who})", n=words.number(row["high"]), date=when(row, words), who=who(row, words)
        )
        for _, row in others.iterrows()
    ]
    if not told:
        return f"{said}."
    return words("{count}; another count: {others}.", count=said, others=", ".join(told))


def _sectors(found: Sectors, atlas: Atlas, words: Words) -> html.Div:
    rows = _sector_table(found, atlas, words)
    return card(
        words(SECTORS_TITLE),
        sectors_finding(found, words),
        sectors_chart(found, words),
        "sectors",
        words,
        opened(words("Values and sources"), rows),
    )


def sectors_finding(found: Sectors, words: Words) -> str:
    """In which sector most are, and whether the sectors make the total that is stated."""
    first = found.rows.iloc[0]
    said = words(
        "{date}, {who}: most are in {sector}, {n} of {total}.",
        date=words.date(first["date"]),
        who=reporter_text(first["reporter"], words),
        sector=sector_name(first["sector"], words),
        n=words.number(first["value"]),
        total=words.number(found.sum),
    )
    if found.total is not None:
        said = f"{said} {_sum_sentence(found, words)}"
    return said


def _sum_sentence(found: Sectors, words: Words) -> str:
    """Whether the sectors make the total that is stated, computed."""
    said = {"n": words.number(len(found.rows)), "sum": words.number(found.sum)}
    if found.adds_up:
        return words("Added up, the {n} sectors make {sum}: the total that is stated.", **said)
    return words(
        "Added up, the {n} sectors make {sum}; the total that is stated is {total}.",
        total=words.number(found.total["value"]),
        **said,
    )


def sectors_chart(found: Sectors, words: Words) -> Figure:
    """Sectors as bars, the rest of them last."""
    rows = found.rows
    names = [sector_name(sector, words) for sector in rows["sector"]]
    values = rows["value"].astype(float).to_numpy()
    shown = [words.number(int(value)) for value in values]
    said = [f"<b>{number}</b><br>{plain(name)}" for number, name in zip(shown, names, strict=True)]
    bars = pd.DataFrame(
        {"id": rows.index, "name": names, "low": values, "high": values, "shown": shown, "said": said}
    )
    return bar_chart(bars, words, "#1f5fa8", is_sorted=False)


def _sector_table(found: Sectors, atlas: Atlas, words: Words) -> html.Div:
    titles = [words("Sector"), words("Enterprises"), words("Share")]
    how = words("The count of the sector divided by the sum of all sectors.")
    lines = []
    for _, row in found.rows.iterrows():
        value = sourced_count(row, atlas, words)
        share = computed(words.percent(row["value"] / found.sum * 100), how, words)
        head = html.Th(sector_name(row["sector"], words), scope="row")
        lines.append(html.Tr([head, cell(titles[1], value), cell(titles[2], share)]))
    total = computed(words.number(found.sum), words("The sectors added up."), words)
    lines.append(
        html.Tr(
            [
                html.Th(words("Sum of the sectors"), scope="row"),
                cell(titles[1], total, " ", _check(found, atlas, words)),
                html.Td(""),
            ]
        )
    )
    return table(words("Enterprises by sector"), titles, lines)


def _check(found: Sectors, atlas: Atlas, words: Words) -> Any:
    """Whether the sectors make the total that is stated."""
    if found.total is None:
        return words("no total of that day is stated")
    stated = sourced(words.number(found.total["value"]), found.total["source_ids"], atlas, words)
    same = words("the same as the total that is stated:")
    other = words("not the total that is stated:")
    return html.Span([same if found.adds_up else other, " ", stated], className="statement-note")


def _others(rows: pd.DataFrame, atlas: Atlas, words: Words) -> list[Any]:
    """Counts of one region and of joint enterprises: each is another thing and no part of a series."""
    titles = [words("What"), words("When"), words("Enterprises"), words("By whom"), words("Kind")]
    lines = []
    for _, row in rows.iterrows():
        what = words(ENTERPRISES[row["direction"]])
        if row["region_id"]:
            what = f"{what}: {words.name(atlas.regions.loc[row['region_id']])}"
        value = sourced(words.number(row["value"]), row["source_ids"], atlas, words)
        inside = (
            [words.date(row["date"])],
            with_note(value, row, words),
            [reporter_text(row["reporter"], words)],
            [words(VALUE_KINDS[row["kind"]])],
        )
        cells = [cell(title, *one) for title, one in zip(titles[1:], inside, strict=True)]
        lines.append(html.Tr([html.Th(what, scope="row"), *cells]))
    return [
        figure_head(html.H3(words("Other counts")), "other-counts", words),
        html.P(words(OTHERS_NOTE), className="quiet"),
        table(noted(words("Counts that stand alone"), rows, words), titles, lines),
    ]


@lru_cache(maxsize=8)
def share_section(atlas: Atlas, language: str) -> tuple[Any, ...]:
    """Kazakhstan's share of Uzbekistan's foreign trade."""
    words, chart = speak(language), share_chart(atlas)
    if chart is None:
        return (html.P(words("No share is known to our sources."), className="not-known"),)
    colours = palette(atlas)
    made = card(
        words("Shares as stated"),
        share_finding(chart, words),
        series_chart(chart, words, colours),
        "share",
        words,
        chart_key(chart, words, colours),
        opened(words("Values and sources"), value_rows(chart.statements, atlas, words)),
    )
    return (html.Div([made], className="chart-grid"),)


def share_finding(chart: Chart, words: Words) -> str:
    """The latest share, and whether any two may be joined."""
    rows = chart.statements.sort_values(["period_end", "row"], kind="stable")
    latest = rows.iloc[-1]
    said = words(
        "{share} in {period} ({who}).",
        share=amounts(latest, words),
        period=when(latest, words),
        who=who(latest, words),
    )
    if rows["span"].eq("part").all():
        said = f"{said} {words('All shares are of parts of years, so none is joined to another.')}"
    return said


def figures(atlas: Atlas, words: Words) -> dict[str, Figure]:
    """The figures of enterprises and of the share, by key."""
    found: dict[str, Figure] = {}
    for direction in DIRECTIONS:
        if chart := enterprise_chart(atlas, direction):
            found[direction] = series_chart(chart, words, palette(atlas))
    if by_sector := sectors(atlas.enterprises):
        found["sectors"] = sectors_chart(by_sector, words)
    if share := share_chart(atlas):
        found["share"] = series_chart(share, words, palette(atlas))
    return found
