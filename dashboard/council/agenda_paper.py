"""The agenda as a paper: items with key facts, sources as numbered footnotes, data version, disclaimer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html
from flask import has_request_context, request

from dashboard import vocabulary
from dashboard.cards.parts import is_total
from dashboard.council.agenda import Agenda, Item
from dashboard.council.agenda_views import said_at
from dashboard.council.barrier_words import one_line
from dashboard.council.barriers import PATH as BARRIERS_PATH
from dashboard.council.barriers import barrier_address, corridor_name
from dashboard.free_text import bare_text
from dashboard.pairs.profile import names_of, pair_finding
from dashboard.project_value import value_text
from dashboard.regions.links import pair_address
from dashboard.shell import DISCLAIMER, date_line
from dashboard.sourced import GENERAL_KNOWLEDGE, KINDS
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.barriers import effects
from layers.pairs import pairs

KIND_NAMES = {
    "project": N_("Joint project"),
    "total": N_("Stated total of projects"),
    "barrier": N_("Barrier"),
    "pair": N_("Pair of regions"),
    "view": N_("Page of the atlas"),
}


@dataclass
class Notes:
    """The sources of a paper, each numbered where it is first named."""

    numbers: dict[str, int] = field(default_factory=dict)

    def marks(self, source_ids: Sequence[str]) -> html.Sup | None:
        """The numbers of some sources, as links to the list."""
        found = [self.numbers.setdefault(one, len(self.numbers) + 1) for one in source_ids]
        links: list[Any] = []
        for number in found:
            links += [*([","] if links else []), html.A(str(number), href=f"#source-{number}")]
        return html.Sup(links) if links else None


@dataclass(frozen=True)
class Cited:
    """The place in a line where the numbers of some sources stand; a paper numbers its own."""

    source_ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Line:
    """One paragraph under a title: texts, elements and places of numbers."""

    parts: tuple[Any, ...]
    own_class: str = ""
    language: str = ""

    def shown(self, notes: Notes) -> html.P:
        """The paragraph with the numbers of its paper."""
        inside = [notes.marks(one.source_ids) if isinstance(one, Cited) else one for one in self.parts]
        named = {"className": self.own_class} if self.own_class else {}
        return html.P(inside, **named, **({"lang": self.language} if self.language else {}))


@dataclass(frozen=True, eq=False)
class Entry:
    """What the paper says of an item: kind, title with its language and address, and lines under it."""

    kind: str
    title: str
    language: str
    address: str
    lines: tuple[Line, ...]


def paper(agenda: Agenda, atlas: Atlas, words: Words) -> html.Article:
    """The paper of an agenda that has items."""
    notes = Notes()
    entries = [_item(item, notes, atlas, words) for item in agenda.items]
    title = html.H2(html.Bdi(agenda.title) if agenda.title else words("Agenda"), className="paper-title")
    when = [html.P(html.Bdi(agenda.when), className="paper-when")] if agenda.when else []
    return html.Article(
        [
            title,
            *when,
            html.Ol(entries, className="paper-items"),
            *_sources(notes, atlas, words),
            html.Footer(
                [
                    html.P(f"{words('Corridor Atlas')}. {date_line(atlas, words)}"),
                    html.P(words("Notes and order are the reader's own, not of the atlas.")),
                    html.P(words(DISCLAIMER)),
                ]
            ),
        ],
        className="agenda-paper",
        lang=words.language,
        **{"aria-label": words("The paper")},
    )


def _item(item: Item, notes: Notes, atlas: Atlas, words: Words) -> html.Li:
    entry = entry_of(item, atlas, words)
    heading = html.H3(html.A(entry.title, href=entry.address, lang=entry.language))
    kind = html.P(words(KIND_NAMES[entry.kind]), className="kind")
    own = [html.P([html.B(words("Note:")), " ", html.Bdi(item.note)], className="note-own")]
    lines = [line.shown(notes) for line in entry.lines]
    if item.kind == "view" and has_request_context():
        lines.append(html.P(f"{request.host_url.rstrip('/')}{item.one}", className="address"))
    return html.Li([kind, heading, *lines, *(own if item.note else [])])


def entry_of(item: Item, atlas: Atlas, words: Words) -> Entry:
    """What the paper says of an item."""
    # The page of the barriers tells more once they are all computed.
    is_settled = not item.one.startswith(BARRIERS_PATH) or len(effects(atlas)) == len(atlas.barriers)
    return _entry(atlas, item.kind, item.one, words.language, is_settled)


# Key: the atlas (one object a data version), the item, the language; the components are never changed.
@lru_cache(maxsize=512)
def _entry(atlas: Atlas, kind: str, one: str, language: str, is_settled: bool) -> Entry:
    return ENTRIES[kind](one, atlas, speak(language))


def _project(project_id: str, atlas: Atlas, words: Words) -> Entry:
    row = atlas.projects.loc[project_id]
    name, language = words.name_and_language(row)
    regions = [words.name(atlas.regions.loc[r]) for r in (*row["uz_region_ids"], *row["kz_region_ids"])]
    facts = [
        (words("Status"), words(vocabulary.STATUSES[row["status"]])),
        (words("Value"), _value(row, words)),
        (words("Regions"), ", ".join(regions) or words("not known")),
        (words("Expected"), str(int(row["year_expected"]))) if pd.notna(row["year_expected"]) else None,
        (words("Jobs"), words.number(row["jobs"])) if pd.notna(row["jobs"]) else None,
        (words("Corridor"), corridor_name(row, atlas, words)) if row["corridor_id"] else None,
    ]
    lines = [_facts(facts, row["source_ids"])]
    text, text_language = words.text_and_language(row, "summary")
    if text:
        lines.append(Line((text,), "summary", text_language))
    kind = "total" if is_total(row) else "project"
    return Entry(kind, name, language, f"/?show=project:{project_id}&lang={words.language}", tuple(lines))


def _value(row: pd.Series, words: Words) -> str:
    """The value as stated with its kind; a missing one is said."""
    shown = value_text(row, words)
    if not shown:
        return words("not known to our sources")
    return f"{shown} ({words(KINDS[row['value_type']])})" if row["value_type"] else shown


def _facts(facts: Sequence[tuple[str, Any] | None], source_ids: Sequence[str] = ()) -> Line:
    """Facts in one line, the numbers of their sources after the last."""
    inside: list[Any] = []
    for label, value in (one for one in facts if one):
        inside += [*(["; "] if inside else []), html.B(f"{label}:"), " ", value]
    return Line((*inside, Cited(tuple(source_ids))))


def _barrier(barrier_id: str, atlas: Atlas, words: Words) -> Entry:
    row = atlas.barriers.loc[barrier_id]
    place = words.name(atlas.nodes.loc[row["node_id"]]) if row["node_id"] else words("whole corridor")
    facts = [
        (words("Kind"), words(vocabulary.BARRIER_KINDS[row["kind"]])),
        (words("Corridor"), corridor_name(row, atlas, words)),
        (words("Place"), place),
    ]
    measured = bare_text(row, "severity_basis", words) or words("not known")
    lines = (
        _facts(facts),
        _facts([(words("What the source measured"), measured)], row["source_ids"]),
        _facts([(words("By the network, computed"), one_line(barrier_id, atlas, words))]),
    )
    text, language = words.text_and_language(row, "description")
    return Entry("barrier", text, language, barrier_address(barrier_id, words), lines)


def _pair(which: str, atlas: Atlas, words: Words) -> Entry:
    pair = tuple(which.split("/"))
    ids = list(pairs(atlas).at[pair, "projects"])
    lines = [Line((pair_finding(pair, atlas, words),))]
    if ids:
        named: list[Any] = []
        for _, row in atlas.projects.loc[ids].iterrows():
            named += [*(["; "] if named else []), words.name(row), Cited(row["source_ids"])]
        lines.append(Line((html.B(f"{words('Joint projects')}:"), " ", *named)))
    title = " – ".join(names_of(pair, atlas, words))
    return Entry("pair", title, words.language, pair_address(*pair, words), tuple(lines))


def _view(address: str, atlas: Atlas, words: Words) -> Entry:
    found = said_at(atlas, address, words.language)
    link = f"{address}{'&' if '?' in address else '?'}lang={words.language}"
    lines = tuple(Line((one,)) for one in (found.map_label, found.finding) if one)
    return Entry("view", found.heading or address, words.language, link, lines)


ENTRIES = {"project": _project, "barrier": _barrier, "pair": _pair, "view": _view}


def _sources(notes: Notes, atlas: Atlas, words: Words) -> list[Any]:
    """The list of all sources of the paper by number."""
    if not notes.numbers:
        return []
    items = [html.Li(_source(one, atlas, words), id=f"source-{n}") for one, n in notes.numbers.items()]
    return [html.H3(words("Sources"), className="sources-heading"), html.Ol(items, className="paper-sources")]


def _source(source_id: str, atlas: Atlas, words: Words) -> list[Any]:
    if source_id == GENERAL_KNOWLEDGE:
        return [words("General knowledge, not cited")]
    row = atlas.sources.loc[source_id]
    published = words.date(row["published_date"]) if row["published_date"] else words("date not known")
    told: list[Any] = [f"{row['publisher']}: {row['title']}, {published}"]
    if row["url"].startswith(("https://", "http://")):
        link = html.A(row["url"], href=row["url"], target="_blank", rel="noopener noreferrer")
        told += [" ", link]
    return told
