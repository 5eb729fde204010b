"""The versions of the data that were published: when, how, and what each changed."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html

from dashboard.evidence.changes import SAID, table_name
from dashboard.export.cells import Cells
from dashboard.export.publication import Column
from dashboard.text import N_, Words
from layers import Atlas
from layers.atlas import Publication
from layers.versions import versions_of

TITLE = N_("Published versions of the data")
MOST_SHOWN = 50
"""Lines of the page; the file that its button makes has all of them."""

HOW = {
    "start": N_("served since the atlas was started"),
    "saved": N_("saved in the data folder"),
    "command": N_("published by command"),
}


def publications_section(atlas: Atlas, words: Words) -> list[Any]:
    """What is served, and the versions that led to it, newest first."""
    text = words(
        "These pages show version {version}. A version is published whole, after it was checked; pages that "
        "are open go on with theirs.",
        version=atlas.version,
    )
    if not atlas.publications:
        return [html.P(text)]
    heads = [words("Published"), words("Version"), words("How"), words("What changed")]
    kept = {one.version: one.name for one in reversed(versions_of(atlas))}
    lines = [_line(one, kept, words) for one in atlas.publications[: -MOST_SHOWN - 1 : -1]]
    table = html.Table(
        [
            html.Caption(words(TITLE), className="visually-hidden"),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(lines),
        ]
    )
    rest = len(atlas.publications) - MOST_SHOWN
    more = words.plural("and {n} more", "and {n} more", rest) if rest > 0 else None
    return [html.P(text), html.Div(table, className="table-box", tabIndex=0), html.P(more) if more else None]


def _line(one: Publication, kept: dict[str, str], words: Words) -> html.Tr:
    """One version; what it changed leads to the comparison where the tables of both are kept."""
    told: Any = changed_text(one, words)
    if one.before in kept and one.version in kept:
        ends = {"from": kept[one.before], "to": kept[one.version], "lang": words.language}
        told = html.A(told, href="/changes?" + urlencode(ends))
    cells = [html.Td(time_text(one, words)), html.Td(one.version)]
    return html.Tr([*cells, html.Td(words(HOW[one.how])), html.Td(told)])


def time_text(one: Publication, words: Words) -> str:
    """The day and the minute, in UTC: readers sit in several time zones."""
    time = datetime.datetime.fromisoformat(one.time)
    return words("{date}, {time} UTC", date=words.date(one.time[:10]), time=f"{time:%H:%M}")


def changed_text(one: Publication, words: Words) -> str:
    """How many rows of each table were added, removed and changed."""
    if not one.before:
        return words("the first version published here")
    said = []
    for name, *numbers in one.changed:
        is_geometry = name.endswith(".geojson")
        label = f"{words('geometry')} ({name})" if is_geometry else table_name(name, words)
        counts = [
            f"{words(way)} {words.number(n)}" for way, n in zip(SAID.values(), numbers, strict=True) if n
        ]
        said.append(f"{label}: {', '.join(counts)}")
    return "; ".join(said) or words("no row")


def published_rows(atlas: Atlas) -> pd.DataFrame:
    """A row for each publication, newest first."""
    rows = pd.DataFrame({"publication": list(reversed(atlas.publications))}, dtype="object")
    return rows.assign(time=[one.time for one in rows["publication"]])


def published_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> Cells:
    """When each version was published, how, and what it changed."""
    each = list(rows["publication"])
    return [
        (Column("time", words("Published")), [one.time for one in each]),
        (Column("version", words("Version")), [one.version for one in each]),
        (Column("how", words("How")), [words(HOW[one.how]) for one in each]),
        (Column("changed", words("What changed")), [changed_text(one, words) for one in each]),
    ]
