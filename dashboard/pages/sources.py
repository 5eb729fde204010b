"""Sources: what everything rests on, where sources disagree, how old and how computed figures are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, html

from dashboard.evidence import listing
from dashboard.evidence.ages import ages_section
from dashboard.evidence.differences import differences_section
from dashboard.evidence.listing import Asked
from dashboard.evidence.methods import (
    computed_section,
    drawings_section,
    general_knowledge_section,
    glossary_section,
)
from dashboard.evidence.publications import TITLE, publications_section
from dashboard.export.button import figure_head, section_head
from dashboard.help import how_to_read
from dashboard.plain import Plain
from dashboard.shell import reader_words
from dashboard.sourced import GENERAL_KNOWLEDGE
from dashboard.text import N_, Words, speak
from layers import Atlas, current, evidence

dash.register_page(__name__, path="/sources", name=N_("Sources"), title="Corridor Atlas", order=11)

SECTIONS = {
    "list": N_("All sources"),
    "general-knowledge": N_("General knowledge"),
    "disagreements": N_("Where sources disagree"),
    "age": N_("How old the data are"),
    "computed": N_("How figures are computed"),
    "boundaries": N_("Boundaries, licences, attribution"),
    "glossary": N_("Terms"),
    "versions": TITLE,
}
"""Parts of the page by the anchor that links name."""


def layout(lang: str | None = None, **query: Any) -> html.Div:
    """The page; `?source=` shows one source, `?find=` and `?page=` a part of the list."""
    atlas, words = current(), reader_words(lang)
    asked = Asked.from_query(query)
    own = html.Section(
        [
            figure_head(html.H2(words(SECTIONS["list"])), "sources", words),
            *listing.list_section(asked, atlas, words),
        ],
        id="list",
    )
    top, rest = _around(atlas, words.language)
    return html.Div([top, _note(asked, atlas, words), own, rest], className="sources-page")


# Key: the atlas (one object a data version) and the language; the components are never changed.
@lru_cache(maxsize=8)
def _around(atlas: Atlas, language: str) -> tuple[Plain, Plain]:
    """What stands before and after the list, the same for every reader of a language."""
    words = speak(language)
    contents = {
        "general-knowledge": general_knowledge_section(atlas, words),
        "disagreements": differences_section(atlas, words),
        "age": ages_section(atlas, words),
        "computed": [computed_section(words)],
        "boundaries": drawings_section(words),
        "glossary": [glossary_section(atlas, words)],
        "versions": publications_section(atlas, words),
    }
    links = [html.Li(html.A(words(title), href=f"#{anchor}")) for anchor, title in SECTIONS.items()]
    top = [
        html.H1(words("Sources")),
        html.P(_finding(atlas, words), className="finding"),
        how_to_read("/sources", words),
        html.Nav(html.Ul(links), className="contents", **{"aria-label": words("On this page")}),
    ]
    rest = [
        html.Section(
            [section_head(html.H2(words(SECTIONS[anchor])), anchor, parts, words), *parts], id=anchor
        )
        for anchor, parts in contents.items()
    ]
    return Plain(top), Plain(rest)


def _finding(atlas: Atlas, words: Words) -> str:
    """What the atlas rests on, in one sentence of counts."""
    alone = int(evidence.general_knowledge(atlas)["alone"].sum())
    old = int(evidence.ages(atlas)["is_old"].sum())
    different = evidence.disagreements(atlas)["group"].nunique()
    sources, rows = len(listing.documents(atlas)), evidence.cited_rows(atlas)
    parts = [
        words.plural("{n} source stands behind the atlas", "{n} sources stand behind the atlas", sources),
        words.plural("{n} row names its sources", "{n} rows name their sources", rows),
        words.plural(
            "{n} row rests on general knowledge alone", "{n} rows rest on general knowledge alone", alone
        ),
        words.plural("{n} thing is stated differently", "{n} things are stated differently", different),
        words.plural("{n} figure is older than a year", "{n} figures are older than a year", old),
    ]
    return "; ".join(parts) + "."


def _note(asked: Asked, atlas: Atlas, words: Words) -> html.Div:
    """Says so where a link names a source that is none."""
    inside = None
    if asked.source and asked.source not in atlas.sources.index:
        text = words("There is no source {id} in the atlas; here are all of them.", id=asked.source)
        inside = html.P(text, className="note")
    elif asked.source == GENERAL_KNOWLEDGE:
        link = html.A(words(SECTIONS["general-knowledge"]), href="#general-knowledge")
        inside = html.P([words("General knowledge, not cited"), ": ", link], className="note")
    return html.Div(inside, role="status")


clientside_callback(ClientsideFunction("sources", "follow"), Input(listing.ASKED, "data"))


@callback(
    Output(listing.FOUND, "children"),
    Output(listing.ASKED, "data"),
    Input(listing.TYPED, "data"),
    State(listing.ASKED, "data"),
    prevent_initial_call=True,
)
def find(text: Any, before: dict[str, str]):
    """The sources with the words in the field; the address follows."""
    asked = Asked.from_query({"find": text})
    words = speak(before["lang"])
    return listing.found(asked, current(), words), {**before, "query": asked.to_query(words.language)}
