"""The target of turnover: what it needs, the paths to it, and what came of earlier targets."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard.export.button import figure_head
from dashboard.figures.charts import Figure
from dashboard.figures.sheet_chart import Sign
from dashboard.figures.theme import coloured, css
from dashboard.figures.trade_charts import PATH_COLOURS, PATHS, RESULTS, TARGETS, path_chart
from dashboard.plain import Plain
from dashboard.sourced import computed
from dashboard.text import N_, Words, speak
from dashboard.trade.parts import card, cell, dollars, growth, noted, opened, table, with_note
from dashboard.trade.terms import OUTCOMES, reporter_text
from layers import Atlas
from layers.corridor_series import statements
from layers.trade import Gauge, flow_statements, full_years, gauge, implied_before_usd, outcomes
from layers.trade.aims import goals

HOW_NEEDED = N_(
    "The steady yearly growth that leads from the turnover of {last_year} to the target of {year}."
)

TARGETS_TITLE = N_("Targets and what came of them")


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def target_section(atlas: Atlas, language: str) -> tuple[Any, ...]:
    """The gauge, the chart of the paths with its table, the earlier targets; words where there is none."""
    words, way = speak(language), gauge(atlas.trade)
    earlier = _targets(atlas, words)
    if way is None:
        said = words("No target of turnover is known to our sources, or no result before it to start from.")
        return (html.P(said, className="finding"), Plain(earlier))
    return (
        Plain(_gauge(way, atlas, words)),
        html.Div(
            [
                card(
                    path_title(way, words),
                    path_finding(way, words),
                    path_figure(atlas, words),
                    "path",
                    words,
                    _key(way, words),
                    opened(words("The path year by year"), path_table(way, atlas, words)),
                ),
                html.Div(Plain(earlier), className="chart"),
            ],
            className="chart-grid",
        ),
    )


def path_figure(atlas: Atlas, words: Words) -> Figure | None:
    """The chart of results, targets and paths; None without a target."""
    way = gauge(atlas.trade)
    if way is None:
        return None
    results = flow_statements(atlas, "turnover")
    return path_chart(way, results[results["span"].eq("year")], aims(atlas), words)


def path_title(way: Gauge, words: Words) -> str:
    """What the chart of the paths shows."""
    return words("The way to {amount} in {year}", amount=_amount(way, words), year=str(way.goal_year))


def aims(atlas: Atlas) -> pd.DataFrame:
    """The targets of turnover, as statements of which charts are made."""
    rows = goals(atlas.trade)
    ready = rows.assign(metric="turnover", unit="USD", value=rows["value_usd"], corridor_id="")
    return statements(ready.assign(section="", bound="")).assign(publisher="")


def _amount(way: Gauge, words: Words) -> str:
    return words.dollars(way.goal["value_usd"])


def needed(way: Gauge, words: Words) -> html.Details:
    """The yearly growth that a target needs, with how it is computed."""
    how = words(HOW_NEEDED, last_year=str(way.last_year), year=str(way.goal_year))
    return computed(words("{percent} a year needed", percent=words.percent(way.needed_pct)), how, words)


def path_finding(way: Gauge, words: Words) -> str:
    """Where last year's pace leads to."""
    if math.isnan(way.pace_pct):
        return words(
            "The growth of {year} is not stated, so no pace is set beside it.", year=str(way.last_year)
        )
    end = words.dollars(float(f"{way.path['pace_usd'].iloc[-1]:.3g}"))
    said = words(
        "At the pace of {last_year} turnover would be {amount} in {year}.",
        last_year=str(way.last_year),
        amount=end,
        year=str(way.goal_year),
    )
    if way.pace_year is None:
        return f"{said} {words('It would never reach the target.')}"
    return f"{said} " + words(
        "It would reach {amount} in {year}.", amount=_amount(way, words), year=str(way.pace_year)
    )


def _gauge(way: Gauge, atlas: Atlas, words: Words) -> html.Div:
    """How much of the target is reached, and the growth it needs beside that of last year."""
    share = words.percent(way.share * 100)
    reached = [
        html.Div(html.I(style={"width": f"{min(way.share, 1) * 100:.1f}%"}), className="gauge-bar"),
        html.P(
            [
                words("Turnover in {year}", year=str(way.last_year)),
                ": ",
                dollars(way.last, atlas, words),
                "; ",
                words("target for {year}", year=str(way.goal_year)),
                ": ",
                dollars(way.goal, atlas, words),
                "; ",
                words("reached"),
                ": ",
                computed(share, words("Turnover of the latest year divided by the target."), words),
            ]
        ),
    ]
    most = max(way.needed_pct, 0 if math.isnan(way.pace_pct) else way.pace_pct, 0.1)
    paces = [_pace(needed(way, words), way.needed_pct / most, "needed")]
    if not math.isnan(way.pace_pct):
        own = [growth(way.last, atlas, words), " ", words("in {year}", year=str(way.last_year))]
        paces.append(_pace(own, way.pace_pct / most, "pace"))
    return html.Div([html.Div(reached), html.Div(paces, className="paces")], className="gauge")


def _pace(said: Any, share: float, name: str) -> html.Div:
    width = {"width": f"{max(share, 0) * 100:.1f}%", "background": css(PATH_COLOURS[name])}
    return html.Div([html.Span(html.I(style=width), className="gauge-bar thin"), html.Span(said)])


def _key(way: Gauge, words: Words) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    html.I(one.sign, style=coloured(one.colour), **{"aria-hidden": "true"}),
                    f" {one.text}",
                ]
            )
            for one in path_signs(way, words)
        ],
        className="chart-key",
    )


def path_signs(way: Gauge, words: Words) -> tuple[Sign, ...]:
    """What the symbols and colours of the chart of the paths mean."""
    signs = [Sign("●", RESULTS, words("results, as stated by all reporters; hollow: preliminary"))]
    signs.append(Sign("◇", TARGETS, words("targets")))
    signs.append(Sign("◇┈", PATH_COLOURS["needed"], f"{words(PATHS['needed'])}, {words('computed')}"))
    if not math.isnan(way.pace_pct):
        signs.append(Sign("○┄", PATH_COLOURS["pace"], f"{words(PATHS['pace'])}, {words('computed')}"))
    return tuple(signs)


def path_table(way: Gauge, atlas: Atlas, words: Words) -> html.Div:
    """Both paths year by year and how far they are apart."""
    titles = [words("Year"), words(PATHS["needed"]), words(PATHS["pace"]), words("Short by")]
    hows = {
        "needed": words(
            "The turnover of {year} grown by {percent} a year.",
            year=str(way.last_year),
            percent=words.percent(way.needed_pct),
        ),
        "short": words("The needed path less the one at last year's pace."),
    }
    if not math.isnan(way.pace_pct):
        hows["pace"] = words(
            "The turnover of {year} grown by {percent} a year.",
            year=str(way.last_year),
            percent=words.percent(way.pace_pct),
        )
    lines = []
    for row in way.path.itertuples():
        head = html.Th(str(row.year), scope="row")
        if row.year == way.last_year:
            cells = [cell(words("Stated"), dollars(way.last, atlas, words)), html.Td("–"), html.Td("–")]
        else:
            short = row.needed_usd - row.pace_usd
            shown = (("needed", row.needed_usd), ("pace", row.pace_usd), ("short", short))
            cells = [
                cell(title, _worked_out(value, hows.get(name, ""), words))
                for title, (name, value) in zip(titles[1:], shown, strict=True)
            ]
        lines.append(html.Tr([head, *cells]))
    return table(words("The path to the target year by year"), titles, lines)


def _worked_out(value: float, how: str, words: Words) -> Any:
    return "–" if math.isnan(value) else computed(words.dollars(float(f"{value:.3g}")), how, words)


def _targets(atlas: Atlas, words: Words) -> list[Any]:
    """All targets with who set them and what came of them."""
    found = outcomes(atlas.trade, atlas.date)
    title = html.H3(words(TARGETS_TITLE))
    if found.empty:
        return [title, html.P(words("No target is known to our sources."), className="not-known")]
    heading = figure_head(title, "targets", words)
    titles = [words("Target"), words("Set by"), words("Earliest source of it"), words("What came of it")]
    lines = []
    for _, row in found.iterrows():
        aim = atlas.trade.loc[row["trade_id"]]
        inside = (
            with_note(html.Span(reporter_text(aim["reporter"], words)), aim, words),
            [_first_day(aim, atlas, words)],
            _came(row, atlas, words),
        )
        head = html.Th(
            [dollars(aim, atlas, words), " ", words("in {year}", year=aim["period_end"][:4])], scope="row"
        )
        cells = [cell(label, *one) for label, one in zip(titles[1:], inside, strict=True)]
        lines.append(html.Tr([head, *cells]))
    told = implied_note(atlas, words)
    caption = noted(words("Targets of turnover"), atlas.trade.loc[found["trade_id"]], words)
    return [heading, table(caption, titles, lines, "targets"), *told]


def _first_day(aim: pd.Series, atlas: Atlas, words: Words) -> str:
    day = first_day(aim, atlas)
    return words.date(day) if day else words("date not known")


def first_day(aim: pd.Series, atlas: Atlas) -> str:
    """The day of the earliest source of a target (ISO), "" where none is dated."""
    return min(
        (day for day in atlas.sources.loc[list(aim["source_ids"]), "published_date"] if day), default=""
    )


def _came(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """The outcome, and below it what each reporter states for that year."""
    said: list[Any] = [html.Strong(words(OUTCOMES[row["outcome"]]))]
    if row["outcome"] == "not-over":
        said.append(html.Small(" " + words("(on {date})", date=words.date(atlas.date.isoformat()))))
    for trade_id in row["result_ids"]:
        result = atlas.trade.loc[trade_id]
        who = html.Small(f" {reporter_text(result['reporter'], words)}")
        said.append(html.Div([dollars(result, atlas, words), who]))
        if result["value_usd"] == atlas.trade.at[row["trade_id"], "value_usd"]:
            said.append(html.Small(words("equal to the target as rounded by its source")))
    return said


def implied_note(atlas: Atlas, words: Words) -> list[Any]:
    """What the latest growth makes the year before, where others state another value for it."""
    way = gauge(atlas.trade)
    if way is None or math.isnan(way.pace_pct):
        return []
    before = implied_before_usd(way.last)
    years = full_years(atlas.trade, kinds=("actual", "preliminary", "approx"))
    others = years[years["period_end"].str[:4].eq(str(way.last_year - 1))]
    others = others[(others["value_usd"] - before).abs().gt(0.01 * before)]
    if others.empty:
        return []
    parts: list[Any] = [
        words("The growth of {year} makes the year before", year=str(way.last_year)),
        " ",
        computed(
            words.dollars(float(f"{before:.3g}")),
            words("The turnover divided by one plus its growth."),
            words,
        ),
        "; ",
        words("others state for it:"),
    ]
    for number, (_, row) in enumerate(others.iterrows()):
        parts += [
            ", " if number else " ",
            dollars(row, atlas, words),
            f" ({reporter_text(row['reporter'], words)})",
        ]
    parts += [". ", words("Counted from those the last step was larger; no reporter says so.")]
    return [html.P(parts, className="implied")]


def finding(atlas: Atlas, words: Words) -> str:
    """What the target needs, in one sentence; "" without a target."""
    way = gauge(atlas.trade)
    if way is None:
        return ""
    return words(
        "To reach {amount} in {year} it has to grow by {percent} a year.",
        amount=_amount(way, words),
        year=str(way.goal_year),
        percent=words.percent(way.needed_pct),
    )


def headline(atlas: Atlas, words: Words) -> list[Any] | None:
    """The target with what it needs, for the figures on top of the page."""
    way = gauge(atlas.trade)
    if way is None:
        return None
    title = words("Turnover target for {year}", year=str(way.goal_year))
    by = html.Div(reporter_text(way.goal["reporter"], words), className="line")
    return [
        html.H2(title),
        html.Div(dollars(way.goal, atlas, words), className="value"),
        html.Div(needed(way, words), className="line"),
        by,
    ]
