"""The list of all sources: found by words, in pages, each with the rows that rest on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html

from dashboard.evidence.names import row_link, table_label
from dashboard.free_text import free_text
from dashboard.plain import Plain
from dashboard.sourced import GENERAL_KNOWLEDGE
from dashboard.text import Words, speak
from layers import Atlas, evidence

FIND = "find-sources"
TYPED = "typed-sources"  # assets/sources.js writes it when the reader pauses
FOUND = "found-sources"
ASKED = "asked-sources"
A_PAGE = 50
LONGEST_FIND = 100
MOST_ROWS = 100
"""Rows of one table that an opened source names; the rest are counted."""


@dataclass(frozen=True)
class Asked:
    """What of the list a link asks for: words to find, a page, or one source."""

    find: str = ""
    page: int = 1
    source: str = ""

    @classmethod
    def from_query(cls, query: dict[str, Any]) -> Asked:
        """Read from the parts of a URL; what cannot be read is left out."""
        texts = {name: value for name, value in query.items() if isinstance(value, str)}
        page = texts.get("page", "")
        return cls(
            find=texts.get("find", "").strip()[:LONGEST_FIND],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
            source=texts.get("source", "")[:40],
        )

    def to_query(self, language: str) -> str:
        """The URL query without defaults."""
        pairs = [("find", self.find), ("page", self.page if self.page > 1 else ""), ("source", self.source)]
        return "?" + urlencode([pair for pair in pairs if pair[1]] + [("lang", language)])


@lru_cache(maxsize=2)
def documents(atlas: Atlas) -> pd.DataFrame:
    """The sources that are documents, by publisher, the newest of each first, with `text` to search in."""
    rows = atlas.sources[atlas.sources.index != GENERAL_KNOWLEDGE]
    searched = ("publisher", "title", "url", *(one for one in rows if one.startswith("supports")))
    text = rows.index.to_series().str.cat([rows[one] for one in searched], sep=" ").str.casefold()
    ordered = rows.assign(text=text, order=rows["publisher"].str.casefold())
    return ordered.sort_values(["order", "published_date"], ascending=[True, False], kind="stable")


def matching(asked: Asked, atlas: Atlas) -> pd.DataFrame:
    """The sources a reader asks for: all where nothing is asked or the one asked for does not exist."""
    rows = documents(atlas)
    if asked.source in rows.index:
        return rows.loc[[asked.source]]
    for word in asked.find.casefold().split():
        rows = rows[rows["text"].str.contains(word, regex=False)]
    return rows


def list_section(asked: Asked, atlas: Atlas, words: Words) -> list[Any]:
    """The search field and what it finds."""
    label = words("Find by publisher, title, address or content")
    field = dcc.Input(id=FIND, type="search", value=asked.find, maxLength=LONGEST_FIND, className="find")
    return [
        html.Div([html.Label(label, htmlFor=FIND), field], className="find-row"),
        html.Div(found(asked, atlas, words), id=FOUND),
        dcc.Store(id=TYPED),
        dcc.Store(id=ASKED, data={"query": "", "lang": words.language}),
    ]


def found(asked: Asked, atlas: Atlas, words: Words) -> Plain:
    """The sources asked for, grouped by publisher, with links to the other pages."""
    rows = matching(asked, atlas)
    pages = max(1, math.ceil(len(rows) / A_PAGE))
    page = min(max(asked.page, 1), pages)
    shown = rows.iloc[(page - 1) * A_PAGE : page * A_PAGE]
    groups = shown.groupby("publisher", sort=False)
    lists = [_publisher(publisher, own, asked, atlas, words) for publisher, own in groups]
    alone = asked.source in rows.index
    return Plain(
        html.P(_how_many(len(rows), asked, atlas, words), role="status", className="how-many"),
        html.P(html.A(words("Show all sources"), href="/sources" + Asked().to_query(words.language)))
        if alone
        else None,
        *lists,
        _pages(page, pages, asked, words) if pages > 1 else None,
    )


def _how_many(n: int, asked: Asked, atlas: Atlas, words: Words) -> str:
    if not n:
        return words("No source has these words. Try fewer words, or another spelling.")
    shown = words.plural("{n} source", "{n} sources", n)
    if n == len(documents(atlas)):
        return words("{sources}, by publisher", sources=shown)
    return words("{sources} of {all}", sources=shown, all=words.number(len(documents(atlas))))


def _pages(page: int, pages: int, asked: Asked, words: Words) -> html.Nav:
    links = []
    for number in range(1, pages + 1):
        address = "/sources" + Asked(find=asked.find, page=number).to_query(words.language) + "#list"
        mark = {"aria-current": "page"} if number == page else {}
        links.append(html.Li(html.A(str(number), href=address, **mark)))
    label = words("Pages of the list")
    return html.Nav([html.Span(words("Page")), html.Ul(links)], className="pages", **{"aria-label": label})


def _publisher(publisher: str, rows: pd.DataFrame, asked: Asked, atlas: Atlas, words: Words) -> html.Section:
    items = [_source(one, asked.source == one, atlas, words.language) for one in rows.index]
    return html.Section([html.H3(publisher), html.Ul(items)], className="publisher-group")


# Key: the atlas (one object a data version), so that a page of the list is made anew from ready pieces.
@lru_cache(maxsize=2048)
def _source(source_id: str, is_asked: bool, atlas: Atlas, language: str) -> Plain:
    row, words = atlas.sources.loc[source_id], speak(language)
    published = words.date(row["published_date"]) if row["published_date"] else words("date not known")
    read = words("read on {date}", date=words.date(row["accessed"]))
    parts = [
        html.Div(_title(row), className="source-title"),
        html.Div([f"{published}; {read}; ", html.Code(source_id)], className="source-dates"),
        free_text(row, "supports", words),
        _resting(source_id, is_asked, atlas, words),
    ]
    return Plain(html.Li(parts, id=f"source-{source_id}", className="asked" if is_asked else None))


def _title(source: pd.Series) -> html.A | html.Span:
    """The title, linked only where the address is one of the web."""
    if not source["url"].startswith(("https://", "http://")):
        return html.Span(source["title"])
    return html.A(source["title"], href=source["url"], target="_blank", rel="noopener noreferrer")


def _resting(source_id: str, is_open: bool, atlas: Atlas, words: Words) -> html.Details | html.P:
    rows = evidence.resting_on(atlas, source_id)
    if not rows:
        return html.P(words("No row of the atlas rests on it."), className="quiet")
    listed = ", ".join(
        f"{table_label(table, column, words)} {words.number(len(ids))}"
        for (table, column), ids in rows.items()
    )
    summary = html.Summary(words("What rests on it: {list}", list=listed))
    return html.Details([summary, *rows_of(source_id, atlas, words)], open=is_open, className="opening")


def rows_of(source_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The rows that name a source, by table, each a link where the overview can show it."""
    parts: list[Any] = []
    for (table, column), ids in evidence.resting_on(atlas, source_id).items():
        items = [html.Li(row_link(table, row_id, atlas, words)) for row_id in ids[:MOST_ROWS]]
        if len(ids) > MOST_ROWS:
            items.append(html.Li(words.plural("and {n} more", "and {n} more", len(ids) - MOST_ROWS)))
        parts += [html.H4(table_label(table, column, words)), html.Ul(items)]
    return parts
