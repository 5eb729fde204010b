"""What the page of the agenda publishes: its items in order, as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from dashboard.council.agenda import Agenda
from dashboard.council.agenda_links import AGENDA_PATH
from dashboard.council.agenda_paper import KIND_NAMES, Cited, Entry, entry_of
from dashboard.council.agenda_parts import agenda_finding
from dashboard.evidence.difference_cells import plain_text
from dashboard.export.kinds import View, table_of
from dashboard.export.publication import Column, Makers, Publication
from dashboard.text import N_, Words
from layers import Atlas

ITEMS = "agenda"
NEXT_KEY = re.compile(r",(?=(?:project|barrier|pair|view):)")
"""Where the items of an address, which arrive in one text, part; the address of a view may have commas."""

OWN = N_("Notes and order are the reader's own, not of the atlas.")


def agenda_table(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The items of an agenda; nothing where it is empty."""
    items = NEXT_KEY.split(given["i"]) if given.get("i") else []
    agenda = Agenda.from_query({**given, "i": items}, atlas)
    return {ITEMS: partial(_items, agenda, atlas, words)} if agenda.items else {}


def _items(agenda: Agenda, atlas: Atlas, words: Words) -> Publication:
    entries = [entry_of(item, atlas, words) for item in agenda.items]
    cited = [_cited(entry) for entry in entries]
    title = agenda.title or words("Agenda")
    return table_of(
        View(atlas, words, AGENDA_PATH + agenda.to_query()),
        [
            (Column("order", words("No.")), range(1, len(entries) + 1)),
            (Column("kind", words("Kind")), [words(KIND_NAMES[entry.kind]) for entry in entries]),
            (Column("title", words("Title")), [entry.title for entry in entries]),
            (Column("note", words("Note")), [item.note for item in agenda.items]),
            (Column("told", words("What the atlas says of it")), [_told(entry) for entry in entries]),
            (Column("key", words("Id")), [item.key for item in agenda.items]),
            (Column("address", words("Address")), [entry.address for entry in entries]),
            (Column("source_ids", words("Sources")), ["; ".join(ids) for ids in cited]),
        ],
        f"{title}, {agenda.when}" if agenda.when else title,
        (one for ids in cited for one in ids),
        name=ITEMS,
        subtitle=agenda_finding(agenda, words),
        notes=(words(OWN),),
    )


def _cited(entry: Entry) -> list[str]:
    """The sources that the paper numbers in an item."""
    found = (
        one
        for line in entry.lines
        for part in line.parts
        if isinstance(part, Cited)
        for one in part.source_ids
    )
    return list(dict.fromkeys(found))


def _told(entry: Entry) -> str:
    """The lines of the paper under the title of an item, without the numbers of sources."""
    lines = ([part for part in line.parts if not isinstance(part, Cited)] for line in entry.lines)
    return " ".join(plain_text(parts).strip() for parts in lines)
