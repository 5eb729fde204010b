"""Two corridors side by side: two strips on one kilometre axis, what differs, and both on the map."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import html

from dashboard import ids
from dashboard.corridors import scenes, unknown
from dashboard.corridors.duel import Duel, difference_table, duel_finding, names_of, place_options
from dashboard.corridors.strips import duel_strip
from dashboard.drawer import drawer
from dashboard.export.button import figure_head
from dashboard.help import how_to_read
from dashboard.page_map import SCENES, page_map, scene
from dashboard.plain import Plain
from dashboard.shell import reader_words
from dashboard.strips import STRIPS, strip_frame
from dashboard.text import N_, Words, speak
from layers import Atlas, current

PATH = "/corridors/compare"

dash.register_page(__name__, path=PATH, title="Corridor Atlas")

CHOICES = {"a": N_("First corridor"), "b": N_("Second corridor"), "from": N_("From"), "to": N_("To")}


def layout(lang: str | None = None, **query: str) -> html.Div:
    """The page of `?a=…&b=…`, and between two places with `&from=…&to=…`."""
    atlas, words = current(), reader_words(lang)
    duel = Duel.from_query(query, atlas)
    content = [html.H1(words("Two corridors compared")), drawer(words, _form(duel, atlas, words))]
    content.append(html.Div(_note(duel, atlas, words), role="status"))
    if not duel.problem:
        shown = scene("duel", duel.to_query(atlas), words)
        content += [
            html.P(duel_finding(atlas, duel, words), id=ids.PAGE_FINDING, className="finding"),
            how_to_read(PATH, words),
            page_map(shown, words, words("Map of the two ways"), "map"),
            html.Div(strip_frame(words), className="strip-sheet"),
            _table(atlas, duel, words.language),
        ]
    return html.Div(content, className="corridor-page")


def _form(duel: Duel, atlas: Atlas, words: Words) -> Plain:
    """Two corridors and two places to choose; an ordinary form, whose answer is another address."""
    corridors = [(corridor_id, words.name(row)) for corridor_id, row in atlas.corridors.iterrows()]
    places = place_options(atlas, duel, words) if duel.problem in ("", "ends") else []
    chosen = {"a": duel.a, "b": duel.b, "from": duel.start or "none", "to": duel.goal or "none"}
    options = {"a": corridors, "b": corridors, "from": places, "to": places}
    fields = [
        [
            "div",
            {},
            ["label", {"htmlFor": f"choice-{name}"}, words(CHOICES[name])],
            select(name, options[name], value),
        ]
        for name, value in chosen.items()
        if options[name]
    ]
    language = ["input", {"type": "hidden", "name": "lang", "value": words.language}]
    button = ["button", {"className": "btn btn-primary"}, words("Compare")]
    return Plain.of([["form", {"action": PATH, "className": "choices"}, *fields, language, button]])


def select(name: str, options: list[tuple[str, str]], value: str) -> list[Any]:
    """The tree of a list to choose from; Dash has none that a form of the browser can send."""
    inside = [["option", {"value": code}, label] for code, label in options]
    looks = {"id": f"choice-{name}", "name": name, "defaultValue": value, "className": "form-select"}
    return ["select", looks, *inside]


def _note(duel: Duel, atlas: Atlas, words: Words) -> list[Any]:
    """What cannot be compared, and what to do instead."""
    names = ", ".join(duel.ignored)
    if duel.problem == "unknown":
        text = words("There is no such corridor: {parts}. Choose two from the lists.", parts=names)
        return [html.P(text, className="note"), unknown.corridor_links(atlas.corridors, words)]
    if duel.problem == "same":
        text = words("Both are the same corridor. Choose another one to compare it with.")
        return [html.P(text, className="note")]
    if duel.problem == "ends":
        text = words("These two corridors do not both join the two places. Choose others, or none.")
        return [html.P(text, className="note")]
    if not duel.start:
        text = words(
            "These are the first-named ways of both, each from end to end: they begin or end at different "
            "places, so their lengths are no answer to which is shorter."
        )
        return [html.P(text, className="note")]
    if names:
        return [
            html.P(
                words("Part of this link means nothing here and was left out: {parts}", parts=names),
                className="note",
            )
        ]
    return []


# Key: the atlas (one object a data version), the duel and the language; the components are never changed.
@lru_cache(maxsize=64)
def _table(atlas: Atlas, duel: Duel, language: str) -> Plain:
    words = speak(language)
    table = difference_table(duel.ways(atlas), names_of(atlas, duel, words), atlas, words)
    head = figure_head(html.H2(words("The two ways compared")), "table", words)
    return Plain(head, html.Div(table, className="table-box", tabIndex=0))


SCENES["duel"] = scenes.two_corridors
STRIPS["duel"] = duel_strip
