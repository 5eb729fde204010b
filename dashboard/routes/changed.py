"""What a change of the network does to the routes of a question: before, after, and what is gone."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.export.button import figure_head
from dashboard.routes import told
from dashboard.routes.conditions import Conditions
from dashboard.routes.places import link_names
from dashboard.routes.question import Question
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import Changes, Route, changes

LONGER = {
    "time": (
        N_("The best way takes {change} longer than today: {after} instead of {before}."),
        N_("The best way takes {change} less than today: {after} instead of {before}."),
        N_("The best way takes as long as today: {after}."),
    ),
    "distance": (
        N_("The best way is {change} longer than today: {after} instead of {before}."),
        N_("The best way is {change} shorter than today: {after} instead of {before}."),
        N_("The best way is as long as today: {after}."),
    ),
    "borders": (
        N_("The best way passes more borders than today: {after} instead of {before}."),
        N_("The best way passes fewer borders than today: {after} instead of {before}."),
        N_("The best way passes as many borders as today: {after}."),
    ),
}


def condition_words(conditions: Conditions, atlas: Atlas, words: Words) -> str:
    """What is closed, opened and brought in, as sentences."""
    said = []
    if conditions.closed:
        said.append(words("Closed: {names}.", names=link_names(atlas, conditions.closed, words)))
    if conditions.opened:
        said.append(words("Opened: {names}.", names=link_names(atlas, conditions.opened, words)))
    if conditions.year is not None:
        said.append(words("The network of {year}.", year=conditions.year))
    if conditions.has_planned:
        said.append(words("With lines under construction or planned."))
    return " ".join(said)


def changed_part(asked: Question, atlas: Atlas, words: Words) -> list[Any]:
    """What the conditions change, in sentences and a table; nothing where they are those of today."""
    if not asked.conditions.changes_network:
        return []
    before, after = asked.before(atlas), asked.routes(atlas)
    said = [condition_words(asked.conditions, atlas, words)]
    if not before and not after:
        return [html.P(" ".join(said), className="change")]
    difference = changes(before, after)
    said += [sentence(asked, before, after, words), *gone(difference, words)]
    return [
        figure_head(html.P(" ".join(one for one in said if one), className="change"), "changes", words),
        html.Div(table(before, after, difference, words), className="table-box", tabIndex=0),
    ]


def sentence(asked: Question, before: tuple[Route, ...], after: tuple[Route, ...], words: Words) -> str:
    """What became of the best route, by what routes are ranked by."""
    if not before:
        return words("Today no way leads there.")
    if not after:
        return words("Today it takes {days}; so no way leads there.", days=told.days(before[0].hours, words))
    pairs = {
        "time": (*(round(best.hours / 24, 1) for best in (before[0], after[0])), of_days),
        "distance": (round(before[0].km), round(after[0].km), told.kilometres),
        "borders": (before[0].borders, after[0].borders, of_borders),
    }
    old, new, shown = pairs[asked.criterion]
    longer, less, same = LONGER[asked.criterion]
    message = longer if new > old else less if new < old else same
    change = shown(abs(new - old), words)
    return words(message, change=change, before=shown(old, words), after=shown(new, words))


def of_days(days: float, words: Words) -> str:
    """Days with their unit."""
    return told.days(24 * days, words)


def of_borders(borders: int, words: Words) -> str:
    """A number of borders."""
    return words.number(borders)


def gone(difference: Changes, words: Words) -> list[str]:
    """How many of the ways of today are no longer among the alternatives, how many are new."""
    lost, new = len(difference.lost), len(difference.new)
    return [
        words.plural(
            "{n} way of today is not among them any more.",
            "{n} ways of today are not among them any more.",
            lost,
        )
        if lost
        else "",
        words.plural("{n} way is new.", "{n} ways are new.", new) if new else "",
    ]


def table(
    before: tuple[Route, ...], after: tuple[Route, ...], difference: Changes, words: Words
) -> html.Table:
    """The best way of today and with the changes, and every way of today with its place among the others."""
    old, new = (found[0] if found else None for found in (before, after))
    rows = [
        row(words("Best way, days"), *(r and r.hours / 24 for r in (old, new)), words, 1),
        row(words("Best way, km"), *(r and r.km for r in (old, new)), words),
        row(words("Best way, borders"), *(r and r.borders for r in (old, new)), words),
        row(words("Best way, gauge breaks"), *(r and r.gauge_breaks for r in (old, new)), words),
    ]
    kept = dict(difference.kept)
    for rank, route in enumerate(before):
        now = words("way {n}", n=kept[rank] + 1) if rank in kept else words("not among them")
        name = words("Way {n} of today", n=rank + 1)
        cells = (told.days(route.hours, words), now, "")
        rows.append(
            html.Tr([html.Th(name, scope="row"), *(html.Td(one, className="amount") for one in cells)])
        )
    heads = (words("What"), words("Today"), words("With the changes"), words("Difference"))
    head = html.Thead(html.Tr([html.Th(one, scope="col") for one in heads]))
    caption = html.Caption(words("What the changes do, computed"))
    return html.Table([caption, head, html.Tbody(rows)], className="sortable change-table")


def row(title: str, old: float | None, new: float | None, words: Words, digits: int = 0) -> html.Tr:
    """One figure before and after; a dash where there is no way."""
    shown = ["–" if value is None else words.number(round(value, digits), digits) for value in (old, new)]
    both = old is not None and new is not None
    apart = told.signed(round(new, digits) - round(old, digits), words, digits) if both else "–"
    cells = [html.Td(one, className="amount") for one in (*shown, apart)]
    return html.Tr([html.Th(title, scope="row"), *cells])
