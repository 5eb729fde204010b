"""Figures of routes in words: days, differences with their sign, the hours by cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard import vocabulary
from dashboard.figures.theme import css
from dashboard.text import N_, Words

CAUSES = {
    "rail": N_("by rail"),
    "road": N_("by road"),
    "sea": N_("at sea"),
    "border": N_("at borders"),
    "gauge": N_("change of gauge"),
    "port": N_("in ports, waiting for ships"),
    "transfer": N_("between rail and road"),
}
CAUSE_COLOURS = {
    "rail": "#3f5f7d",
    "road": "#b58a3e",
    "sea": "#7cc0dc",
    "border": "#e0662d",
    "gauge": "#7b3294",
    "port": "#0b5c8a",
    "transfer": "#9a9a9a",
}
CRITERIA = {"time": N_("least time"), "distance": N_("shortest"), "borders": N_("fewest borders")}
TIME_METHOD = N_(
    "Kilometres are measured along the lines of this map. Hours are those of running at the assumed speed, "
    "and of waiting at borders, at changes of gauge, in ports and between rail and road, each by its "
    "assumption below. Queues, timetables and tariffs are not in it."
)


def days(hours: float, words: Words) -> str:
    """Hours as days with one digit."""
    return words("{n} days", n=words.number(round(hours / 24, 1), 1))


def kilometres(km: float, words: Words) -> str:
    """Whole kilometres."""
    return words("{n} km", n=words.number(round(km)))


def signed(value: float, words: Words, digits: int = 0) -> str:
    """A difference with its sign; none where it rounds to nothing."""
    shown = round(value, digits)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return sign + words.number(abs(shown), digits)


def by_mode(km: Mapping[str, float], words: Words) -> str:
    """Kilometres by mode, as a list."""
    named = {words(vocabulary.MODES[mode]): part for mode, part in km.items() if part >= 0.5}
    return "; ".join(f"{name} {kilometres(part, words)}" for name, part in named.items())


def by_country(km: Mapping[str, float], countries: Any, words: Words) -> str:
    """Kilometres by country in the order of travel; the open sea has no country."""
    names = {code: words.name(countries.loc[code]) if code else words("open sea") for code in km}
    return "; ".join(f"{names[code]} {kilometres(part, words)}" for code, part in km.items() if part >= 0.5)


def hours_bar(hours: Mapping[str, float], longest: float, words: Words) -> html.Div:
    """The hours by cause as parts of a bar, as long as the route takes of the longest; and in words."""
    hours = {cause: spent for cause, spent in hours.items() if spent >= 0.5}
    parts = [
        html.I(
            title=f"{words(CAUSES[cause])}: {words('{n} h', n=words.number(round(spent)))}",
            style={"width": f"{100 * spent / longest:.2f}%", "background": css(CAUSE_COLOURS[cause])},
        )
        for cause, spent in hours.items()
    ]
    entries = [
        html.Li(
            [
                html.I(style={"background": css(CAUSE_COLOURS[cause])}),
                f"{words(CAUSES[cause])} ",
                html.B(words("{n} h", n=words.number(round(spent)))),
            ]
        )
        for cause, spent in hours.items()
    ]
    bar = html.Div(parts, className="hours-bar", **{"aria-hidden": "true"})
    return html.Div([bar, html.Ul(entries, className="hours-list")])
