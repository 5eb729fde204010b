"""The figures of a corridor over time: charts with their findings and tables, and what no chart can show."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.corridor_findings import finding
from dashboard.corridor_terms import amounts, part_name, section_name, when, who
from dashboard.evidence.names import CORRIDOR_METRICS
from dashboard.explorer import MAP_CONFIG
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure, looks, parts_chart, series_chart
from dashboard.figures.theme import coloured
from dashboard.free_text import free_text
from dashboard.plain import Plain
from dashboard.sourced import sourced
from dashboard.text import N_, Words, speak
from dashboard.vocabulary import VALUE_KINDS
from layers import Atlas
from layers.corridor_series import SUBJECTS, Chart, corridor_series, subject_of

GRAPH_CONFIG: dict[str, Any] = MAP_CONFIG | {"scrollZoom": False, "doubleClick": False}

SUBJECT_TITLES = {
    "volumes": N_("Volumes"),
    "containers": N_("Containers and trains"),
    "capacity": N_("Capacity"),
    "time": N_("Time"),
    "cost": N_("Cost"),
    "other": N_("Other figures"),
}
HOW_TO_READ = N_(
    "A line is one reporter. Actual values are full points, estimates hollow points on dashes, targets and "
    "plans diamonds on dots. Squares are parts of a year; no line joins them to years."
)
REASONS = {
    "undated": N_("no year is stated"),
    "fixed": N_("does not change from year to year"),
    "years": N_("a sum of another period than one calendar year"),
    "single": N_("nothing of the same kind to set it beside"),
}
LOOKS = {
    "stated": N_("actual"),
    "estimate": N_("estimate"),
    "aim": N_("target or plan"),
    "part": N_("part of a year"),
}
SIGNS = {"stated": "●", "estimate": "○", "aim": "◇", "part": "□"}
"""The symbols of the charts as letters, for the key under a chart."""

SAID = {"data-said": "true"}
"""Marks the cells that a phone shows in one line."""


def charts_section(atlas: Atlas, corridor_id: str, words: Words) -> html.Section:
    """Charts by subject, the values left out below them; KeyError for an unknown corridor."""
    return html.Section(list(_contents(atlas, corridor_id, words.language)), className="corridor-charts")


def figures(atlas: Atlas, corridor_id: str, words: Words) -> dict[str, Figure]:
    """The Plotly figures of a corridor by the keys of their charts."""
    names = corridor_names(atlas, words)
    return {
        chart.key: series_chart(chart, words)
        if chart.form == "over-time"
        else parts_chart(chart, names, words)
        for chart in corridor_series(atlas, corridor_id).charts
    }


def corridor_names(atlas: Atlas, words: Words) -> dict[str, str]:
    """The name of each corridor in the reader's language."""
    return {corridor_id: words.name(row) for corridor_id, row in atlas.corridors.iterrows()}


# Key: the atlas, one object a data version, the corridor and the language; nobody changes what is in it.
@lru_cache(maxsize=64)
def _contents(atlas: Atlas, corridor_id: str, language: str) -> tuple[Any, ...]:
    words = speak(language)
    found, drawn = corridor_series(atlas, corridor_id), figures(atlas, corridor_id, speak(language))
    names = corridor_names(atlas, words)
    parts: list[Any] = [figure_head(html.H2(words("Figures over time")), "figures", words)]
    if found.charts:
        parts.append(html.P(words(HOW_TO_READ), className="quiet"))
    else:
        parts.append(html.P(words("No two figures of this corridor can be set beside each other.")))
    for subject, title in SUBJECT_TITLES.items():
        shown = [
            _chart(chart, drawn[chart.key], corridor_id, names, atlas, words)
            for chart in found.charts
            if chart.subject == subject
        ]
        if shown:
            parts += [html.H3(words(title)), html.Div(shown, className="chart-grid")]
    if len(found.left_out):
        parts.append(_left_out(found.left_out, corridor_id, not found.charts, names, atlas, words))
    return tuple(parts)


def _chart(
    chart: Chart, figure: Figure, corridor_id: str, names: dict[str, str], atlas: Atlas, words: Words
) -> html.Div:
    """One chart: what it shows, what it says, the figure, its key, its values with their sources."""
    title, said = chart_title(chart, corridor_id, names, words), finding(chart, names, words)
    graph = dcc.Graph(
        id=f"chart-{chart.key}",
        figure=figure,
        config=GRAPH_CONFIG,
        responsive=True,
        style={"height": f"{figure['layout']['height']}px"},
    )
    note = html.P(words("A part of the corridor or a wider count: not its total."), className="quiet")
    return html.Div(
        [
            figure_head(html.H4(title), f"chart-{chart.key}", words),
            html.P(said, className="finding"),
            html.Div(graph, role="img", **{"aria-label": f"{title}. {said}"}),
            Plain(
                _key(chart, words) if chart.form == "over-time" else None,
                note if chart.is_parts and chart.form == "over-time" else None,
                _values(chart, names, atlas, words),
            ),
        ],
        className="chart",
    )


def chart_title(chart: Chart, corridor_id: str, names: dict[str, str], words: Words) -> str:
    """What a chart shows: the metric, and the part or the branch where it is not of the whole corridor."""
    title = words(CORRIDOR_METRICS[chart.metric])
    sections = chart.statements["section"].unique()
    if len(sections) == 1 and sections[0]:
        title = words("{what}, {part}", what=title, part=section_name(sections[0], words))
    elif len(sections) > 1:
        title = words("{what}, parts of the corridor", what=title)
    elif chart.form == "side-by-side":
        title = words("{what}, branches", what=title)
    if chart.corridor_id != corridor_id:
        title = words("{part}: {finding}", part=names[chart.corridor_id], finding=title)
    return title


def _key(chart: Chart, words: Words) -> html.Ul:
    """What the symbols and colours of a chart mean, in words: an item for each witness."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for look in looks(chart, words):
        first = look.statements.iloc[0]
        kind = "part" if first["span"] == "part" else first["firmness"]
        kinds.setdefault((look.colour, look.name), []).append(kind)
    items = []
    for (colour, name), own in kinds.items():
        signs = "".join(SIGNS[kind] for kind in own)
        sign = html.I(signs, style=coloured(colour), **{"aria-hidden": "true"})
        items.append(html.Li([sign, f" {name}: {', '.join(words(LOOKS[kind]) for kind in own)}"]))
    return html.Ul(items, className="chart-key")


def _values(chart: Chart, names: dict[str, str], atlas: Atlas, words: Words) -> html.Details:
    """All values of a chart, each with its sources."""
    rows = chart.statements.sort_values(["year", "row"], kind="stable")
    has_parts = chart.form == "side-by-side" or rows["section"].nunique() > 1
    titles = [words("When"), words("Value"), words("By whom"), words("Kind")]
    lines = []
    for _, row in rows.iterrows():
        cells = _cells(row, atlas, words)
        head = part_name(row, names, words) if has_parts else None
        lines.append(html.Tr([html.Th(head, scope="row"), *cells] if head else cells))
    table = _table([words("What"), *titles] if has_parts else titles, lines)
    return html.Details([html.Summary(words("Values and sources")), table], className="opening")


def _cells(row: pd.Series, atlas: Atlas, words: Words) -> list[html.Td]:
    """When, value with its sources and note, by whom, kind."""
    value: list[Any] = [sourced(amounts(row, words, is_exact=True), row["source_ids"], atlas, words)]
    if note := free_text(row, "note", words, html.Span):
        value.append(html.Div(note, className="statement-note"))
    by = who(row, words) if row["reporter"] else [words("reporter not named"), ", ", who(row, words)]
    said = (by, words(VALUE_KINDS[row["kind"]]))
    return [html.Td(when(row, words)), html.Td(value), *(html.Td(one, **SAID) for one in said)]


def _table(titles: list[str], lines: list[html.Tr]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    table = html.Table([head, html.Tbody(lines)], className="chart-values")
    return html.Div(table, className="chart-table", tabIndex=0)


def _left_out(
    rows: pd.DataFrame, corridor_id: str, is_open: bool, names: dict[str, str], atlas: Atlas, words: Words
) -> Plain:
    """The statements that are in no chart, by subject, each with the reason."""
    subjects = [*SUBJECTS, "other"]
    ranks = rows["metric"].map(lambda metric: subjects.index(subject_of(metric)))
    titles = [words("What"), words("When"), words("Value"), words("By whom"), words("Kind")]
    lines = []
    for _, row in rows.assign(rank=ranks).sort_values(["rank", "row"], kind="stable").iterrows():
        what = words(CORRIDOR_METRICS[row["metric"]])
        if row["section"]:
            what = words("{what}, {part}", what=what, part=section_name(row["section"], words))
        if row["corridor_id"] != corridor_id:
            what = words("{part}: {finding}", part=names[row["corridor_id"]], finding=what)
        reason = html.Td(words(REASONS[row["reason"]]), **SAID)
        lines.append(html.Tr([html.Th(what, scope="row"), *_cells(row, atlas, words), reason]))
    table = _table([*titles, words("Why not drawn")], lines)
    summary = words.plural("{n} figure is in no chart", "{n} figures are in no chart", len(lines))
    return Plain(html.Details([html.Summary(summary), table], open=is_open, className="opening left-out"))
