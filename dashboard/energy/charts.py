"""The figures of energy over time: one chart for each series, each with its sentence and its table."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import vocabulary
from dashboard.corridor_charts import GRAPH_CONFIG
from dashboard.corridor_terms import PARTS, PERIODS
from dashboard.energy.terms import HEADINGS
from dashboard.evidence.names import english
from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure
from dashboard.figures.flow_words import LOOKS, amount, unit_name, when
from dashboard.figures.marks import CARRIER_COLOURS
from dashboard.figures.period_chart import period_chart
from dashboard.free_text import bare_text, translation_mark
from dashboard.plain import Plain
from dashboard.sourced import computed, sourced
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.energy import AIMS, KINDS, NO_AMOUNT, series

HOW_TO_READ = N_(
    "A box is as high as the amount and as wide as the period it holds for. Full boxes are actual amounts, "
    "hatched ones are contracts, dashed ones are plans. Each series has a scale of its own; years, parts of "
    "years and yearly rates are never in one chart."
)
BOXES = N_("A box is as high as the amount and as wide as the period it holds for.")
SCALES_APART = N_("Years, parts of years and yearly rates are never in one chart.")
LOOK_SIGNS = {"actual": "■", "contract": "▨", "plan": "□"}
"""The looks of the boxes as letters, for a key outside the page."""
SERIES = {
    "gas_kz_via_uz_part_year": N_("Kazakh gas through Uzbekistan, part of a year"),
    "gas_ru_uz": N_("Russian gas to Uzbekistan"),
    "gas_ru_uz_contract_per_year": N_("Russian gas to Uzbekistan, yearly rates"),
    "gas_ru_uz_contract_per_day": N_("Russian gas to Uzbekistan, daily rate"),
    "gas_ru_ca_growth": N_("Growth of Russian gas to Central Asia"),
    "gas_cac_china_half_year": N_("Gas from Central Asia to China, half-year"),
    "gas_kz_transit": N_("All gas transit through Kazakhstan"),
    "el_uz_kz": N_("Electricity, Uzbekistan to Kazakhstan"),
    "el_kz_uz": N_("Electricity, Kazakhstan to Uzbekistan"),
    "el_kz_uz_part_year": N_("Electricity, Kazakhstan to Uzbekistan, since the beginning of the year"),
    "oil_ru_uz": N_("Russian oil to Uzbekistan"),
    "oil_ru_uz_part_year": N_("Russian oil to Uzbekistan, part of a year"),
    "oil_ru_uz_month": N_("Russian oil to Uzbekistan, single months"),
    "water_syr_two_weeks": N_("Syr Darya water to Kazakhstan, two weeks"),
    "water_syr_to_april": N_("Syr Darya water to Kazakhstan, up to April"),
    "water_shardara_to_april": N_("Inflow to the Shardara reservoir, up to April"),
    "water_dostyk_to_april": N_("Dostyk canal, up to April"),
    "water_dostyk_season": N_("Dostyk canal, irrigation season"),
    "water_syr_growing_season": N_("Syr Darya water, growing season"),
    "hpp_kamb1": N_("Kambarata-1, output of a year by design"),
}
"""Titles of the series; one without a title here is called as its flow."""


def is_charted(flows: pd.DataFrame) -> bool:
    """Can the figures of a series be drawn: amounts with a beginning, of which one is not zero?"""
    has_no_amount = flows["unit"].isin(NO_AMOUNT).any()
    return bool(flows["period_start"].ne("").all() and flows["value"].gt(0).any() and not has_no_amount)


def figures(atlas: Atlas, words: Words) -> dict[str, Figure]:
    """The Plotly figures of the page by series_id; kept, so never change them."""
    return _figures(atlas, words.language)


@lru_cache(maxsize=8)
def _figures(atlas: Atlas, language: str) -> dict[str, Figure]:
    found, words = {}, speak(language)
    for series_id in atlas.energy_flows["series_id"].unique():
        rows = series(atlas.energy_flows, series_id)
        if is_charted(rows):
            looks = rows.assign(look=rows["kind"].map(KINDS))
            found[series_id] = period_chart(looks, CARRIER_COLOURS[rows["carrier"].iloc[0]], words)
    return found


# Key: the atlas (one object a data version), the carrier ("" for all) and the language; never changed.
@lru_cache(maxsize=24)
def charts_section(atlas: Atlas, carrier: str, language: str) -> html.Section:
    """The series of a carrier or of all, carrier by carrier; words where nothing is known."""
    words = speak(language)
    drawn = figures(atlas, words)
    parts: list[Any] = [html.H2(words("Figures over time")), html.P(words(HOW_TO_READ), className="quiet")]
    rows = atlas.energy_flows
    for code, heading in HEADINGS.items():
        own = rows[rows["carrier"].eq(code)]
        if carrier not in ("", code):
            continue
        parts.append(html.H3(words(heading)))
        shown = [_chart(one, drawn.get(one), atlas, words) for one in own["series_id"].unique()]
        empty = html.P(words("No figure of this is known to our sources."), className="not-known")
        parts.append(html.Div(shown, className="chart-grid") if shown else empty)
    return html.Section(parts, className="energy-charts")


def title_of(series_id: str, flows: pd.DataFrame, words: Words) -> str:
    """What a series is called."""
    return words(SERIES[series_id]) if series_id in SERIES else words.name(flows.iloc[0])


def series_name(series_id: str) -> str:
    """The name of a series among what the page publishes."""
    return f"series-{series_id}"


def series_figure(atlas: Atlas, series_id: str, words: Words) -> Figure:
    """The chart of one series; never change it."""
    return figures(atlas, words)[series_id]


def title_with_unit(flows: pd.DataFrame, words: Words) -> str:
    """What a series is called, and its unit."""
    first = flows.iloc[0]
    return f"{title_of(first['series_id'], flows, words)}, {unit_name(first['unit'], words)}"


def _chart(series_id: str, figure: Figure | None, atlas: Atlas, words: Words) -> html.Div:
    """One series: title, sentence, chart where it can be drawn, key and table."""
    flows = series(atlas.energy_flows, series_id)
    title = title_with_unit(flows, words)
    said = finding(flows, words)
    graph = None
    if figure:
        height = {"height": f"{figure['layout']['height']}px"}
        plot = dcc.Graph(
            id=f"energy-{series_id.replace('_', '-')}",
            figure=figure,
            config=GRAPH_CONFIG,
            responsive=True,
            style=height,
        )
        graph = html.Div(plot, role="img", **{"aria-label": f"{title}. {said}"})
    why = words("Not drawn: the period is not fully stated, or the figure is no amount.")
    return html.Div(
        [
            figure_head(html.H4(title), series_name(series_id), words),
            html.P(said, className="finding"),
            graph or html.P(why, className="not-known"),
            Plain(
                _key(flows, words) if figure else None, _reached(flows, words), _values(flows, atlas, words)
            ),
        ],
        className="chart",
    )


def finding(flows: pd.DataFrame, words: Words) -> str:
    """The newest figure of a series; of results and aims one each."""
    looks = flows["kind"].map(KINDS)
    parts = []
    for is_aim in (False, True):
        own = flows[looks.isin(AIMS) == is_aim]
        if len(own):
            row = own.iloc[-1]
            kind = words(vocabulary.VALUE_KINDS[row["kind"]])
            parts.append(
                words(
                    "{amount} ({kind}, {when})", amount=amount(row, words), kind=kind, when=when(row, words)
                )
            )
    newest = words("Newest figure: {list}.") if len(flows) > 1 else words("The one figure: {list}.")
    return newest.format(list="; ".join(parts))


def _reached(flows: pd.DataFrame, words: Words) -> html.P | None:
    """What share of a plan was reached, for the periods that have a plan and a result."""
    looks, parts = flows["kind"].map(KINDS), []
    done, planned = flows[looks.eq("actual")], flows[looks.isin(AIMS)]
    both = done.merge(planned, on=["period_start", "period_end"], suffixes=("", "_aim"))
    for _, row in both[both["value_aim"].gt(0) & both["period_end"].ne("")].iterrows():
        how = words(
            "{actual} divided by the {plan} that were planned for the same period.",
            actual=amount(row, words),
            plan=words.number(row["value_aim"]),
        )
        share = words.percent(100 * row["value"] / row["value_aim"], 0)
        parts += [
            computed(words("{when}: {share} of the plan", when=when(row, words), share=share), how, words)
        ]
    return html.P(parts, className="reached") if parts else None


def _key(flows: pd.DataFrame, words: Words) -> html.Ul:
    """What the looks of the boxes mean; those of this chart alone."""
    present = set(flows["kind"].map(KINDS))
    items = [
        html.Li([html.I(className=f"flow-look {look}", **{"aria-hidden": "true"}), " ", words(label)])
        for look, label in LOOKS.items()
        if look in present
    ]
    return html.Ul(items, className="chart-key")


def _values(flows: pd.DataFrame, atlas: Atlas, words: Words) -> html.Div:
    """Every figure of a series with its sources, its kind in words and its note."""
    titles = (words("When"), words("Value"), words("Kind"), words("Note"))
    head = html.Thead(html.Tr([html.Th(title, scope="col") for title in titles]))
    rows = [_value_row(flow_id, row, atlas, words) for flow_id, row in flows.iterrows()]
    mark = translation_mark(flows, "note", words)
    table = html.Table(
        [html.Caption([words("Values and sources"), " ", mark]), head, html.Tbody(rows)],
        className="chart-values",
    )
    opening = html.Details(
        [html.Summary(words("Values and sources")), table], className="opening", open=len(rows) < 4
    )
    return html.Div(opening, className="chart-table")


def _value_row(flow_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    value = sourced(amount(row, words), row["source_ids"], atlas, words)
    return html.Tr(
        [
            html.Th(period_cell(row, words), scope="row"),
            html.Td(value),
            html.Td(words(vocabulary.VALUE_KINDS[row["kind"]])),
            html.Td(bare_text(row, "note", words) or "–"),
        ]
    )


def period_cell(row: pd.Series, words: Words) -> list[Any]:
    """When a figure holds, and how the source calls that where it says more than days."""
    shown = when(row, words)
    if row["period"] in PARTS:
        return [shown, " ", html.Small(words(PARTS[row["period"]]))]
    is_english = shown == row["period"] and row["period"] not in PERIODS
    return [english(shown, words) if is_english else shown]
