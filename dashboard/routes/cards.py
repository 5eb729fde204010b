"""The alternatives of a question, a card each, and what they say in a sentence."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import Fact, fact_list, title_of
from dashboard.figures.theme import css
from dashboard.routes import told
from dashboard.routes.countries import in_order, km_by_country
from dashboard.routes.fields import asking
from dashboard.routes.places import place_name
from dashboard.routes.question import Question
from dashboard.routes.scenes import ROUTE_COLOURS
from dashboard.sourced import computed
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import Route
from layers.network.whatif import OPEN


def finding(asked: Question, found: tuple[Route, ...], atlas: Atlas, words: Words) -> str:
    """The best route in a sentence."""
    best, n = found[0], len(found)
    parts = {
        "start": place_name(atlas, asked.start, words),
        "goal": place_name(atlas, asked.goal, words),
        "days": told.days(best.hours, words),
        "km": told.kilometres(best.km, words),
        "borders": words.plural("{n} border", "{n} borders", best.borders),
    }
    message = ONLY_WAY[asked.criterion] if n == 1 else BEST_WAY[asked.criterion]
    return words(message, n=words.number(n), **parts)


ONLY_WAY = {
    "time": N_("{start} – {goal} takes about {days} by the only way found: {km} with {borders} (computed)."),
    "distance": N_(
        "{start} – {goal}: the only way found is {km} long and takes about {days} with {borders} (computed)."
    ),
    "borders": N_(
        "{start} – {goal}: the only way found passes {borders} and takes about {days} for {km} (computed)."
    ),
}
BEST_WAY = {
    "time": N_(
        "{start} – {goal} takes about {days} by the fastest of {n} ways: {km} with {borders} (computed)."
    ),
    "distance": N_(
        "{start} – {goal}: the shortest of {n} ways is {km} long and takes about {days} with {borders} "
        "(computed)."
    ),
    "borders": N_(
        "{start} – {goal}: of {n} ways the one with fewest borders passes {borders} and takes about "
        "{days} for {km} (computed)."
    ),
}
"""The best route in a sentence, by what the ways are ranked by; there are never more than four."""


def cards(asked: Question, found: tuple[Route, ...], store: str, atlas: Atlas, words: Words) -> html.Ol:
    """All alternatives; pointing at one lights it up on the map."""
    longest = max(route.hours for route in found)
    shown = asked.rank(found)
    return html.Ol(
        [
            card(asked, rank, route, rank == shown, longest, store, atlas, words)
            for rank, route in enumerate(found, start=1)
        ],
        className="route-cards",
    )


def card(
    asked: Question,
    rank: int,
    route: Route,
    is_shown: bool,
    longest: float,
    store: str,
    atlas: Atlas,
    words: Words,
) -> html.Li:
    """One alternative with its figures."""
    colour = ROUTE_COLOURS[rank - 1]
    days = computed(told.days(route.hours, words), words(told.TIME_METHOD), words)
    km = told.kilometres(route.km, words)
    title = html.H3(
        [html.I(str(rank), className="rank", style={"background": css(colour)}), days, html.Span(km)],
    )
    look = (
        html.P(words("shown below and lit up on the map"), className="shown")
        if is_shown
        else html.P(asking(words("Show this way"), address(asked, rank, words), store))
    )
    return html.Li(
        [
            title,
            html.P(countries(route, atlas, words), className="countries"),
            told.hours_bar(route.hours_by_cause, longest, words),
            fact_list(facts(route, atlas, words)),
            *remarks(route, words),
            look,
        ],
        className="route-card" + (" chosen" if is_shown else ""),
        style={"borderTopColor": css(colour)},
        **{"data-light": " ".join(f"segment:{one}" for one in route.segment_ids)},
    )


def address(asked: Question, rank: int, words: Words) -> str:
    """The address of the page with another of the routes shown."""
    return Question(
        asked.start, asked.goal, asked.via, asked.criterion, asked.conditions, chosen=rank
    ).address(words.language)


def countries(route: Route, atlas: Atlas, words: Words) -> str:
    """The countries of a route in the order of travel."""
    return " – ".join(words.name(atlas.countries.loc[code]) for code in in_order(route))


def facts(route: Route, atlas: Atlas, words: Words) -> list[Fact | None]:
    """The figures of a route that stand in its card."""
    names = [title_of(f"crossing:{one}", atlas, words)[0] for one in route.crossing_ids]
    crossings = (words("Kazakh–Uzbek crossings"), "; ".join(names))
    return [
        (words("Borders"), words.number(route.borders)),
        (words("Gauge breaks"), words.number(route.gauge_breaks)),
        (words("Sea legs"), words.number(route.sea_legs)),
        crossings if names else None,
        (words("By mode"), told.by_mode(route.km_by_mode, words)),
        (words("By country"), told.by_country(km_by_country(route), atlas.countries, words)),
    ]


def remarks(route: Route, words: Words) -> list[Any]:
    """How far the route can be relied on: what is not built, not sourced, not dated."""
    coming = {status: km for status, km in route.km_by_status.items() if status not in OPEN}
    said = [
        words(
            "{share} is {status} ({km}).",
            share=words.percent(100 * km / route.km, 0),
            status=words(vocabulary.STATUSES[status]),
            km=told.kilometres(km, words),
        )
        for status, km in coming.items()
    ]
    if route.gk_km >= 0.5:
        share = words.percent(100 * route.gk_share, 0)
        said.append(words("{share} of the kilometres rest on general knowledge, not cited.", share=share))
    if route.undated_km >= 0.5:
        km = told.kilometres(route.undated_km, words)
        said.append(words("{km} have no year of opening in our sources and count as always open.", km=km))
    if route.connector_km >= 0.5:
        km = told.kilometres(route.connector_km, words)
        said.append(words("{km} lead by road to the nearest places of the network.", km=km))
    return [html.Ul([html.Li(one) for one in said], className="remarks")] if said else []
