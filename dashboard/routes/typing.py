"""The places that fit what a reader types into a field, where they are too many for a list.

assets/routes.js tells what is typed; the browser shows what comes back under the field.
"""

from __future__ import annotations

from typing import Any

from dash import Input, Output, callback, dcc, html

from dashboard import ids
from dashboard.cards.parts import kind_of
from dashboard.plain import Tree
from dashboard.routes.places import LONGEST_TYPED, has_many_places, place_name, places_among, typed_name
from dashboard.text import Words, speak
from layers import Atlas, current
from layers.search import MOST_LETTERS, find, index

MOST_HITS = 16


def place_finder(atlas: Atlas) -> list[Any]:
    """What the fields of a page share: what is typed, and the places that fit; nothing where lists do."""
    if not has_many_places(atlas):
        return []
    return [html.Datalist(id=ids.PLACES_FOUND), dcc.Store(id=ids.PLACE_TYPED)]


def typed(name: str, key: str, empty: str, atlas: Atlas, words: Words) -> Tree:
    """A field to type a place into; `key` is the one chosen, "" for none."""
    attributes = {
        "type": "text",
        "name": name,
        "key": f"{name}={key}",
        "defaultValue": typed_name(atlas, key, words) if key else "",
        "placeholder": empty,
        "className": "form-control",
        "list": ids.PLACES_FOUND,
        "autoComplete": "off",
        "maxLength": LONGEST_TYPED,
        "data-default": "",
        "data-places": ids.PLACE_TYPED,
    }
    return ["input", attributes]


@callback(Output(ids.PLACES_FOUND, "children"), Input(ids.PLACE_TYPED, "data"), prevent_initial_call=True)
def found(asked: Any) -> list[html.Option]:
    """The places whose names fit best, each with what it is."""
    asked = asked if isinstance(asked, dict) else {}
    words, atlas = speak(str(asked.get("lang", ""))), current()
    text = str(asked.get("text", ""))[:MOST_LETTERS].strip()
    keys = places_among(atlas, find(index(atlas), text, limit=MOST_HITS))
    return [
        html.Option(
            value=typed_name(atlas, key, words),
            label=f"{place_name(atlas, key, words)}, {kind_of(key, atlas, words)}",
        )
        for key in keys
    ]
