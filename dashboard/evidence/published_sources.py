"""What the page of the sources publishes: the list, or the part of it that a link asks for."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.evidence.listing import Asked, matching
from dashboard.evidence.published_methods import tables_of_evidence
from dashboard.export import cells
from dashboard.export.kinds import View, filter_text, table_of
from dashboard.export.lists import makers_of_lists
from dashboard.export.publication import Column, Makers
from dashboard.export.row_cells import texts
from dashboard.text import Words
from layers import Atlas, evidence


def list_of_sources(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The sources with the words that were asked for, on all pages of the list; the tables below it."""
    asked = Asked.from_query(dict(given))
    address = Asked(find=asked.find, source=asked.source).to_query("").replace("lang=", "").rstrip("?&")
    here = View(atlas, words, "/sources" + address, filter_text([asked.find], words))
    rows = matching(asked, atlas)
    return {
        "sources": lambda: table_of(
            here,
            source_cells(rows, atlas, words),
            words("Sources of the atlas"),
            rows.index,
            name="sources",
            subtitle=words.plural("{n} source", "{n} sources", len(rows)),
        ),
        **makers_of_lists(View(atlas, words, "/sources"), "", tables_of_evidence(atlas)),
    }


def source_cells(rows: object, atlas: Atlas, words: Words) -> cells.Cells:
    """Sources with how many rows of the atlas rest on each."""
    resting = [sum(map(len, evidence.resting_on(atlas, one).values())) for one in rows.index]
    return [
        (Column("source_id", words("Id")), rows.index),
        (Column("publisher", words("Publisher")), rows["publisher"]),
        (Column("title", words("Title")), rows["title"]),
        (Column("url", words("Address")), rows["url"]),
        (Column("published", words("Published")), rows["published_date"]),
        (Column("accessed", words("Read on")), rows["accessed"]),
        (Column("supports", words("What it says")), texts(rows, "supports", words)),
        (Column("rows", words("Rows of the atlas that rest on it")), resting),
    ]
