"""What stands in the place of routes: why there are none, or what is wrong with the question."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.routes import told
from dashboard.routes.fields import Link, asking
from dashboard.routes.places import link_name, nearest_places, place_name
from dashboard.routes.question import Question
from dashboard.routes.refusals import told as refusal_told
from dashboard.text import Words
from layers import Atlas
from layers.network import NoRoute, Refused

MOST_NAMED = 12


def problem_part(
    refused: Refused, links: dict[str, str], store: str, atlas: Atlas, words: Words
) -> list[Any]:
    """What is wrong with the question; `links` are addresses with another place, by its key."""
    text = refusal_told(refused, atlas, words)
    said = [html.P(text, id=ids.PAGE_FINDING, className="note", role="status")]  # the map is told by it too
    if links:
        items = [html.Li(asking(place_name(atlas, key, words), to, store)) for key, to in links.items()]
        said += [html.P(words("Perhaps you mean:")), html.Ul(items)]
    return said


def corrected(asked: Question, given: dict[str, list[str]], atlas: Atlas, words: Words) -> dict[str, str]:
    """Addresses of the question with each of the nearest names in the place of an unknown one."""
    wrong = str(asked.problem.parts.get("key", "")) if asked.problem else ""
    if not asked.problem or asked.problem.code != "unknown-place":
        return {}
    names = {"start": "from", "goal": "to"}
    found = {}
    for key in nearest_places(atlas, wrong):
        ends = {
            attribute: key
            if wrong in given.get(name, [])
            else given.get(name, [getattr(asked, attribute)])[-1]
            for attribute, name in names.items()
        }
        via = tuple(key if one == wrong else one for one in given.get("via", []))
        mended = Question(ends["start"], ends["goal"], via, asked.criterion, asked.conditions)
        found[key] = mended.address(words.language)
    return found


def no_route_part(
    cut: NoRoute, asked: Question, link: Link, store: str, atlas: Atlas, words: Words
) -> list[Any]:
    """That no way leads there, what cuts it, and what would join it."""
    start, goal = (place_name(atlas, place.key, words) for place in (cut.start, cut.goal))
    ends = [words.name(atlas.nodes.loc[node]) for node in (cut.start_node, cut.goal_node)]
    conditions = asked.conditions
    said: list[Any] = [
        html.P(
            words("No way leads from {start} to {goal} on this network.", start=start, goal=goal),
            id=ids.PAGE_FINDING,
            className="finding",
            role="status",
        ),
        html.P(
            words(
                "The network falls into parts: {one} and {other} are the nearest places of the two, {km} "
                "apart in a straight line.",
                one=ends[0],
                other=ends[1],
                km=told.kilometres(cut.gap_km, words),
            )
        ),
    ]
    if cut.cut_by:
        items = [
            html.Li(
                [
                    link_name(atlas, key, words),
                    " ",
                    asking(
                        words("reopen"),
                        link(conditions.toggled("closed" if key in conditions.closed else "opened", key)),
                        store,
                        className="act",
                    ),
                ]
            )
            for key in cut.cut_by
        ]
        said += [html.P(words("What is closed cuts it:")), html.Ul(items)]
    if cut.joined_by:
        said += joining(cut, link, conditions, store, atlas, words)
    if not (cut.cut_by or cut.joined_by):
        said.append(html.P(words("No line that the atlas knows of, built or planned, would join them.")))
    return said


def joining(cut: NoRoute, link: Link, conditions: Any, store: str, atlas: Atlas, words: Words) -> list[Any]:
    """The lines not in operation that would join two places, with links that open them."""
    keys = [f"segment:{one}" for one in cut.joined_by]
    km = float(atlas.segments.loc[list(cut.joined_by), "computed_length_km"].sum())
    names = [link_name(atlas, key, words) for key in keys]
    more = len(names) - MOST_NAMED
    told_names = "; ".join(names[:MOST_NAMED]) + (f" … +{more}" if more > 0 else "")
    opened = asking(
        words("open these lines"), link(conditions.toggled("opened", *keys)), store, className="act"
    )
    text = words.plural(
        "{n} line not in operation ({km}) would join them:",
        "{n} lines not in operation ({km}) would join them:",
        len(keys),
        km=told.kilometres(km, words),
    )
    corridors = [
        html.Li(
            [
                link_name(atlas, key, words),
                " ",
                asking(words("open"), link(conditions.toggled("opened", key)), store, className="act"),
            ]
        )
        for key in (f"corridor:{one}" for one in cut.joined_corridors)
        if key not in conditions.opened
    ]
    whole = [html.P(words("Or a whole corridor:")), html.Ul(corridors)] if corridors else []
    return [html.P([text, " ", told_names, " ", opened]), *whole]
