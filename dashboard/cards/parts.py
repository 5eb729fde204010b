"""The pieces cards are put together from: titles, buttons, lists of facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.figures.flow_words import FLOWS
from dashboard.keys import TABLES, frame_of, names_at
from dashboard.sourced import sourced
from dashboard.text import Words
from layers import Atlas

Fact = tuple[str, Any]


def choose_button(key: str, atlas: Atlas, words: Words) -> html.Button:
    """A button that selects something by its key; assets/choose.js reports the click."""
    name, language = title_of(key, atlas, words)
    return html.Button(name, type="button", className="choose", lang=language, **{"data-choose": key})


def title_of(key: str, atlas: Atlas, words: Words) -> tuple[str, str]:
    """The name of a thing and the language that name is in."""
    kind, _, identifier = key.partition(":")
    frame = frame_of(kind, atlas)
    if kind == "segment":
        ends = (frame.at[identifier, column] for column in ("from_node", "to_node"))
        return " – ".join(words.name(names_at(atlas, "nodes", node)) for node in ends), words.language
    if kind != "crossing":
        if identifier not in frame.index:  # also a shape point, which is no place
            raise KeyError(key)
        return words.name_and_language(names_at(atlas, TABLES[kind], identifier))
    row = frame.loc[identifier]
    return vocabulary.crossing_name(row, words), words.text_and_language(row, "name_kz")[1]
    return words.name_and_language(row)


def kind_of(key: str, atlas: Atlas, words: Words) -> str:
    kind, _, identifier = key.partition(":")
    row = frame_of(kind, atlas).loc[identifier]
    if kind == "region":
        return words(vocabulary.REGION_KINDS[row["kind"]])
    if kind == "node":
        country = words.name(atlas.countries.loc[row["country_iso3"]]) if row["country_iso3"] else ""
        return ", ".join(filter(None, [words(vocabulary.NODE_KINDS[row["kind"]]), country]))
    if kind == "flow":
        return f"{words(FLOWS[row['carrier']])}, {words(vocabulary.VALUE_KINDS[row['kind']])}"
    label = {
        "site": lambda: words(vocabulary.SITE_KINDS[row["kind"]]),
        "segment": lambda: words("line of a corridor ({mode})", mode=words(vocabulary.MODES[row["mode"]])),
        "corridor": lambda: words("corridor"),
        "crossing": lambda: words("border crossing ({mode})", mode=words(vocabulary.MODES[row["mode"]])),
        "energy": lambda: words(vocabulary.CARRIERS[row["carrier"]]),
        "project": lambda: words("stated total of projects") if is_total(row) else words("joint project"),
    }[kind]()
    return f"{label}, {words(vocabulary.STATUSES[row['status']])}"


def is_total(project: pd.Series) -> bool:
    """Is this row what somebody stated of many projects together?"""
    return project["value_type"].startswith("aggregate")


def buttons(keys: Sequence[str], atlas: Atlas, words: Words) -> html.Ul:
    """Things of the atlas as a plain list, each a button that opens its card."""
    return html.Ul([html.Li(choose_button(key, atlas, words)) for key in keys], className="plain")


def fact_list(facts: Sequence[Fact | None]) -> html.Dl:
    rows = [html.Div([html.Dt(label), html.Dd(value)]) for label, value in (f for f in facts if f)]
    return html.Dl(rows, className="facts")


def not_known(labels: Sequence[str], words: Words) -> html.P | None:
    if not labels:
        return None
    return html.P(words("Not known to our sources: {list}.", list=", ".join(labels)), className="not-known")


def sourced_number(row: pd.Series, column: str, message: str, atlas: Atlas, words: Words) -> Any:
    shown = words(message, n=words.number(row[column]))
    return sourced(shown, row["source_ids"], atlas, words)
