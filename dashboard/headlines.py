"""The headline figures: a few numbers of the whole subject, each one click from its source."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.free_text import free_text
from dashboard.sourced import computed, sourced, sourced_count
from dashboard.text import Words
from dashboard.trade.terms import reporter_text
from layers import Atlas
from layers.projects import named, portfolio_statements
from layers.trade import enterprises_latest, latest_full_year, target


def headlines(atlas: Atlas, words: Words) -> html.Section:
    """Cards of trade, its target, enterprises, joint projects, sites and corridors."""
    cards = [_turnover, _target, _enterprises, _portfolio, _sites, _corridors]
    return html.Section(
        [html.Div(card(atlas, words), className="headline") for card in cards],
        className="headlines",
        **{"aria-label": words("Headline figures")},
    )


def _card(title: str, value: Any, *lines: Any) -> list[Any]:
    return [
        html.H2(title),
        html.Div(value, className="value"),
        *(html.Div(line, className="line") for line in lines if line),
    ]


def _turnover(atlas: Atlas, words: Words) -> list[Any]:
    total = latest_full_year(atlas.trade)
    sides = [
        _flow(atlas, words, flow, label)
        for flow, label in (
            ("export_uz_to_kz", words("Uzbekistan to Kazakhstan")),
            ("import_uz_from_kz", words("Kazakhstan to Uzbekistan")),
        )
    ]
    growth = (
        sourced(
            words("{percent} on the year before", percent=_signed(total["growth_pct"], words)),
            total["source_ids"],
            atlas,
            words,
            free_text(total, "note", words),
            total["kind"],
        )
        if pd.notna(total["growth_pct"])
        else None
    )
    value = _dollars(total, atlas, words)
    return _card(words("Trade turnover in {year}", year=total["period_end"][:4]), value, growth, *sides)


def _signed(value: float, words: Words) -> str:
    return ("+" if value > 0 else "") + words.percent(value)


def _flow(atlas: Atlas, words: Words, flow: str, label: str) -> list[Any]:
    row = latest_full_year(atlas.trade, flow)
    return [label, ": ", _dollars(row, atlas, words)]


def _dollars(row: pd.Series, atlas: Atlas, words: Words) -> html.Details:
    shown = words.dollars(row["value_usd"])
    return sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words), row["kind"])


def _target(atlas: Atlas, words: Words) -> list[Any]:
    goal, last = target(atlas.trade), latest_full_year(atlas.trade)
    year, last_year = int(goal["period_end"][:4]), int(last["period_end"][:4])
    needed = ((goal["value_usd"] / last["value_usd"]) ** (1 / (year - last_year)) - 1) * 100
    pace = computed(
        words("{percent} a year needed", percent=words.percent(needed)),
        words(
            "The steady yearly growth that leads from the turnover of {last_year} to the target of {year}.",
            last_year=str(last_year),
            year=str(year),
        ),
        words,
    )
    value = _dollars(goal, atlas, words)
    return _card(words("Turnover target for {year}", year=str(year)), value, pace)


def _enterprises(atlas: Atlas, words: Words) -> list[Any]:
    counts = enterprises_latest(atlas.enterprises, "kz_capital_in_uz")
    others = [
        [words("another count"), ": ", sourced_count(row, atlas, words), " (", *_counted_by(row, words), ")"]
        for _, row in counts.others.iterrows()
    ]
    return _card(
        words("Enterprises with Kazakh capital in Uzbekistan"),
        sourced_count(counts.latest, atlas, words),
        _counted_by(counts.latest, words),
        *others,
    )


def _counted_by(row: pd.Series, words: Words) -> list[Any]:
    """Who counted, and of which day the count is."""
    said_by = [reporter_text(row["reporter"], words), ", "] if row["reporter"] else []
    return [*said_by, words.date(row["date"])]


def _portfolio(atlas: Atlas, words: Words) -> list[Any]:
    statements = portfolio_statements(atlas.projects)
    largest = statements.loc[
        statements[statements["year_announced"] == statements["year_announced"].max()]["value_usd"].idxmax()
    ]
    value = sourced(
        _at_least(largest, words),
        largest["source_ids"],
        atlas,
        words,
        free_text(largest, "summary", words),
        largest["value_type"],
    )
    note = words.plural(
        "{n} project has a name in our sources",
        "{n} projects have a name in our sources",
        len(named(atlas.projects)),
    )
    return _card(
        words("Joint-project portfolio, as stated in {year}", year=str(largest["year_announced"])),
        value,
        note,
    )


def _at_least(row: pd.Series, words: Words) -> str:
    amount = words.dollars(row["value_usd"])
    return words("over {amount}", amount=amount) if row["value_type"] == "aggregate-minimum" else amount


def _sites(atlas: Atlas, words: Words) -> list[Any]:
    return _counted(words("Industrial sites"), atlas.sites["status"], words)


def _corridors(atlas: Atlas, words: Words) -> list[Any]:
    drawn = atlas.corridors[~atlas.corridors.index.isin(atlas.corridors["parent_id"])]
    return _counted(words("Transport corridors"), drawn["status"], words)


def _counted(title: str, statuses: pd.Series, words: Words) -> list[Any]:
    counts = statuses.value_counts()
    parts = [
        f"{words(label)} {words.number(int(counts[code]))}"
        for code, label in vocabulary.STATUSES.items()
        if code in counts
    ]
    total = computed(
        words.number(len(statuses)),
        words("Counted from the rows of the atlas; each row names its sources."),
        words,
    )
    return _card(title, total, ", ".join(parts))
