"""Bars of how many sites there are by status and by sector; a click on a bar chooses what it counts.

They are buttons, so that a keyboard reaches them and a change of the filters sends numbers only.
"""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.export.button import figure_head
from dashboard.sites.panel import labels
from dashboard.text import N_, Words
from layers import Atlas
from layers.site_choice import SiteChoice, counts

CHARTS = {"statuses": N_("Sites by status"), "sectors": N_("Sites by sector")}
NOTES = {"sectors": N_("A site of several sectors counts in each of them.")}


def bar_charts(choice: SiteChoice, atlas: Atlas, words: Words) -> list[html.Div]:
    """Both charts: each value with the sites it would leave with the other filters as they are."""
    left = counts(atlas, choice)
    return [_chart(name, left[name], getattr(choice, name), atlas, words) for name in CHARTS]


def _chart(name: str, left: dict[str, int], chosen: tuple[str, ...], atlas: Atlas, words: Words) -> html.Div:
    named = labels(atlas, name, words.language)
    # A status is one of a course of things and keeps its place; sectors stand by their number.
    values = list(named) if name == "statuses" else sorted(named, key=lambda value: (-left[value], value))
    widest = max([1, *left.values()])
    bars = [_bar(name, value, named[value], left[value], widest, chosen, words) for value in values]
    note = [html.P(words(NOTES[name]), className="legend-note")] if name in NOTES else []
    title = figure_head(html.H2(words(CHARTS[name]), id=f"bars-{name}"), f"bars-{name}", words)
    return html.Div(
        [title, html.Ul(bars, **{"aria-labelledby": f"bars-{name}"}), *note], className=f"bars {name}"
    )


def _bar(
    name: str, value: str, label: str, n: int, widest: int, chosen: tuple[str, ...], words: Words
) -> html.Li:
    is_chosen = value in chosen
    state = "chosen" if is_chosen else "left" if chosen else ""
    data: dict[str, Any] = {
        "aria-pressed": str(is_chosen).lower(),
        "data-site-filter": name,
        "data-site-value": value,
    }
    bar = html.Span(html.Span(style={"width": f"{100 * n / widest:.1f}%"}), className="bar")
    parts = [
        html.Span(label, className="label"),
        bar,
        html.Span(words.number(n), className="count"),
    ]
    return html.Li(
        html.Button(parts, type="button", className=state, disabled=not n and not is_chosen, **data)
    )
