"""The search box: a combobox of what the atlas finds while a reader types.

The server answers with the list; assets/search.js asks it, moves in the list by keyboard and chooses.
"""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html

from dashboard import ids
from dashboard.cards.parts import kind_of, title_of
from dashboard.text import Words, speak
from layers import Atlas, current
from layers.search import MOST_LETTERS, Hit, find, index
from layers.spelling import sound_of, words_of


def searchbox(words: Words) -> html.Div:
    """The box with its empty list."""
    label = words("Search towns, regions, corridors, crossings, sites and projects")
    return html.Div(
        [
            html.Label(label, htmlFor=ids.SEARCH_TEXT, className="visually-hidden"),
            dcc.Input(
                id=ids.SEARCH_TEXT,
                type="search",
                placeholder=words("Search: a town, region, corridor …"),
                autoComplete="off",
                spellCheck="false",
                maxLength=200,
            ),
            html.Kbd("/", title=words("Press / to search"), **{"aria-hidden": "true"}),
            html.Ul(id=ids.SEARCH_LIST, role="listbox", **{"aria-label": words("Found")}),
            html.Div(id=ids.SEARCH_STATUS, role="status"),
            dcc.Store(id=ids.SEARCH_ASKED),
        ],
        id=ids.SEARCH,
        className="search",
        role="search",
        lang=words.language,
    )


# Without an output Dash would not call it at the first load; it leaves the store as it is.
clientside_callback(
    ClientsideFunction("search", "prepare"),
    Output(ids.SEARCH_ASKED, "data"),
    Input(ids.SEARCH_TEXT, "id"),
)


@callback(
    Output(ids.SEARCH_LIST, "children"),
    Output(ids.SEARCH_STATUS, "children"),
    Input(ids.SEARCH_ASKED, "data"),
    State(ids.SEARCH, "lang"),
    prevent_initial_call=True,
)
def answer(asked: Any, language: str) -> tuple[list[html.Li], html.Span]:
    """The options for what was asked, and how many they are."""
    asked = asked if isinstance(asked, dict) else {}
    text, words, atlas = str(asked.get("text", ""))[:MOST_LETTERS].strip(), speak(language), current()
    hits = find(index(atlas), text)
    return [option(number, hit, atlas, words) for number, hit in enumerate(hits)], status(
        text, len(hits), str(asked.get("at", "")), words
    )


def option(number: int, hit: Hit, atlas: Atlas, words: Words) -> html.Li:
    """One thing found: its name, the name that fits where that is another, and what it is."""
    title, language = title_of(hit.key, atlas, words)
    inside = [html.Span(title, lang=language, className="title")]
    if not _sounds_like_part(hit.name, title):
        inside += [" ", html.Span(hit.name, lang=hit.language or None, className="other")]
    return html.Li(
        [*inside, html.Small(kind_of(hit.key, atlas, words))],
        id=f"search-option-{number}",
        role="option",
        **{"aria-selected": "false", "data-key": hit.key},
    )


def _sounds_like_part(name: str, title: str) -> bool:
    """Does a reader of this title see for himself why the name fits?"""
    heard, whole = (sound_of("".join(words_of(text))) for text in (name, title))
    return heard in whole


def status(text: str, count: int, at: str, words: Words) -> html.Span:
    """What is said aloud of an answer, and shown when nothing fits; `at` tells which question it answers."""
    if count or not text:
        said = words.plural("{n} found", "{n} found", count) if count else ""
        return html.Span(said, className="visually-hidden", **{"data-at": at})
    hint = words("Nothing found for “{text}”. Try a town, a region, a corridor or a crossing.", text=text)
    return html.Span(hint, className="nothing", **{"data-at": at})
