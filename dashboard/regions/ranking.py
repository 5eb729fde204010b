"""The regions ranked by a metric: the sentence, the form to choose it, and the bars as a sortable table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.plain import Plain
from dashboard.regions.links import light, region_link
from dashboard.regions.view import RegionsView, ranked_by
from dashboard.sortable import MOST_ROWS, cut_note, sortable_table
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.metrics import METRICS, Metric
from layers.standing import period_of, sources_of

COLUMNS = (N_("Rank"), N_("Region"), N_("Country"))
COUNTS = ("sites", "joint_sites", "sites_operating", "joint_projects")
"""Metrics that count what our sources name: 0 is none known to them, not none."""


def shown_value(value: float, metric: Metric, words: Words) -> str:
    """A value of a metric in words: a count of nothing is "none known", a missing value "no data"."""
    if pd.isna(value):
        return words("no data")
    if is_none_known(value, metric):
        return words("none known")
    return words.number(value, metric.digits)


def is_none_known(value: float, metric: Metric) -> bool:
    """Does a count of nothing say no more than that our sources know of none?"""
    return value == 0 and metric.id in COUNTS


def metric_note(metric: Metric, atlas: Atlas, words: Words) -> str:
    """What is said of a metric, with its period."""
    start, end = (words.date(day) for day in period_of(atlas, metric))
    return words(metric.note, start=start, end=end) if metric.note else ""


def with_unit(value: float, metric: Metric, words: Words) -> str:
    """A value with its unit, where it is one."""
    shown = shown_value(value, metric, words)
    return shown if pd.isna(value) or is_none_known(value, metric) else f"{shown} {words(metric.unit)}"


def choose_form(view: RegionsView, atlas: Atlas, words: Words) -> Plain:
    """A metric and a country to choose; an ordinary form, whose answer is another address."""
    metrics = [(metric_id, words(METRICS[metric_id].label)) for metric_id in ranked_by()]
    countries = [("", words("Both countries"))]
    countries += [(code, words.name(atlas.countries.loc[code])) for code in vocabulary.COUNTRIES]
    fields = [
        ["label", {}, words("Regions ranked by"), _select("metric", metrics, view.metric_id)],
        ["label", {}, words("Country"), _select("country", countries, view.country)],
        ["input", {"type": "hidden", "name": "lang", "value": words.language}],
        ["button", {"className": "btn btn-primary"}, words("Show")],
    ]
    return Plain.of([["form", {"action": "/regions", "className": "choices"}, *fields]])


def _select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    inside = [["option", {"value": code}, label] for code, label in options]
    return ["select", {"name": name, "defaultValue": value, "className": "form-select"}, *inside]


def ranking_finding(view: RegionsView, atlas: Atlas, words: Words) -> str:
    """The ranking in one or two sentences, generated from the values."""
    metric, values = view.metric, view.ranked(atlas)
    known = values.dropna()
    if known.empty:
        return words("No value is known to our sources.")
    parts = [
        _count_sentence(known, atlas, words) if metric.id in COUNTS else _ends(known, metric, atlas, words)
    ]
    if missing := int(values.isna().sum()):
        parts.append(words.plural("{n} region has no data.", "{n} regions have no data.", missing))
    return " ".join(parts)


def _count_sentence(known: pd.Series, atlas: Atlas, words: Words) -> str:
    having = known[known > 0]
    if having.empty:
        return words("None of these regions has one that is known to our sources.")
    return words.plural(
        "{n} of {all} regions has any that are known to our sources; {region} has most, {most}.",
        "{n} of {all} regions have any that are known to our sources; {region} has most, {most}.",
        len(having),
        all=words.number(len(known)),
        region=words.name(atlas.regions.loc[having.index[0]]),
        most=words.number(having.iloc[0]),
    )


def _ends(known: pd.Series, metric: Metric, atlas: Atlas, words: Words) -> str:
    ordered = known.sort_values(kind="stable")
    names = [words.name(atlas.regions.loc[ordered.index[end]]) for end in (-1, 0)]
    values = [with_unit(ordered.iloc[end], metric, words) for end in (-1, 0)]
    return words(
        "Most: {high_name}, {high}. Least: {low_name}, {low}. Median: {median}.",
        high_name=names[0],
        high=values[0],
        low_name=names[1],
        low=values[1],
        median=with_unit(float(known.median()), metric, words),
    )


# Key: the atlas (one object a data version), the view and the language; the components are never changed.
@lru_cache(maxsize=128)
def ranking_table(atlas: Atlas, view: RegionsView, language: str) -> Plain:
    """The regions with their bars, sortable; pointing at a row shows the region on the map."""
    words, metric, values = speak(language), view.metric, view.ranked(atlas)
    cited, days = sources_of(atlas, metric), metric.dates(atlas) if metric.dates else None
    ranks = values.rank(method="min", ascending=metric.least_first)
    largest = values.max() or 1.0
    rows = []
    for region_id, value in values.iloc[:MOST_ROWS].items():
        has_rank = days is None and pd.notna(value) and not is_none_known(value, metric)
        rank = f"{ranks[region_id]:.0f}" if has_rank else ""
        said = _said(value, metric, cited.get(region_id, ()), atlas, words)
        day = words.date(days[region_id]) if days is not None else ""
        rows.append(_row(region_id, rank, _bar(value, largest, said, day), atlas, words))
    titles = [words(title) for title in COLUMNS] + [f"{words(metric.label)}, {words(metric.unit)}"]
    table = sortable_table(words("Regions; click a heading to sort"), titles, rows, "ranking-table")
    return Plain(*cut_note(len(rows), len(values), words), table)


def _said(value: float, metric: Metric, source_ids: tuple[str, ...], atlas: Atlas, words: Words) -> Any:
    """A value with its sources, or with how it is computed."""
    shown = shown_value(value, metric, words)
    if pd.isna(value) or not (source_ids or metric.computed):
        return shown
    if metric.computed:
        return computed(shown, metric_note(metric, atlas, words), words)
    return sourced(shown, source_ids, atlas, words)


def _bar(value: float, largest: float, said: Any, day: str) -> html.Td:
    """A value and its bar; no data is hatched, and comes last however the table is sorted."""
    if pd.isna(value):
        return html.Td(html.Div([html.I(className="bar no-data"), said]), **{"data-value": ""})
    bar = html.I(className="bar", style={"width": f"{100 * value / largest:.1f}%"}) if value else None
    told = [said, html.Small(day)] if day else [said]
    return html.Td(
        html.Div([html.Span(bar, className="bar-room"), html.Span(told)]), **{"data-value": str(float(value))}
    )


def _row(region_id: str, rank: str, bar: html.Td, atlas: Atlas, words: Words) -> html.Tr:
    row = atlas.regions.loc[region_id]
    return html.Tr(
        [
            html.Td(rank or "–", className="amount", **{"data-value": rank}),
            html.Th(region_link(region_id, atlas, words), scope="row"),
            html.Td(words.name(atlas.countries.loc[row["country_iso3"]])),
            bar,
        ],
        **light(region_id, atlas),
    )
