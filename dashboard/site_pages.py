"""The table of sites by pages, sorted and cut on the server, where the sites are too many to travel all.

Whether they are is decided with the tiles of the map (dashboard.tiles). assets/sites.js asks for another
page, another order, and anew when the filters have changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from dash import Input, Output, callback, dcc, html

from dashboard import ids, vocabulary
from dashboard.filters import Filters
from dashboard.plain import Plain, Tree
from dashboard.site_table import COLUMNS, site_rows
from dashboard.sites.view import SitesView
from dashboard.text import Words, languages, speak
from dashboard.tiles import travels_as_tiles
from layers import Atlas, current
from layers.site_choice import SiteChoice, fitting

ROWS = 50
"""Rows of one page."""

FIELDS = ("name", "kind", "status", "region_id", "area_ha", "investment_usd")
"""What each column of the table is sorted by."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Turn:
    """Which page of which sites: `of` is "overview" or "sites", `which` the query of that page.

    `column` is the position of the heading that the sites are sorted by, -1 for the order of the data.
    """

    of: str
    which: str = ""
    column: int = -1
    is_descending: bool = False
    page: int = 0


def is_paged(atlas: Atlas) -> bool:
    """Whether the table of sites comes by pages."""
    return travels_as_tiles(atlas, "sites")


def site_pages(of: str, which: str, atlas: Atlas, words: Words) -> html.Div:
    """The first page of the sites that fit, and where the script says which one is asked for."""
    page = Plain(*page_of(Turn(of, which), atlas, words), id=ids.SITE_PAGE)
    box = html.Div(page, className="table-box", tabIndex=0)
    return html.Div([box, dcc.Store(id=ids.SITE_TURN)], lang=words.language)


@callback(Output(ids.SITE_PAGE, "tree"), Input(ids.SITE_TURN, "data"), prevent_initial_call=True)
def answer(asked: Mapping[str, Any]) -> list[Tree]:
    """The page that was asked for."""
    turn = Turn(*(asked[name] for name in ("of", "which", "column", "is_descending", "page")))
    return Plain(*page_of(turn, current(), speak(asked["lang"]))).tree


def page_of(turn: Turn, atlas: Atlas, words: Words) -> list[Any]:
    """A page of the table with what turns it; a page behind the last one is the last."""
    choice, selected = _asked(turn, atlas)
    order = _order(atlas, words.language, turn.column, turn.is_descending)
    fits = order[fitting(atlas, choice)[order]]
    last = max(0, (len(fits) - 1) // ROWS)
    page = min(max(turn.page, 0), last)
    shown = atlas.sites.iloc[fits[page * ROWS : (page + 1) * ROWS]]
    rows = site_rows(shown, atlas, words)
    for row, site_id in zip(rows, shown.index, strict=True):
        row.className = "chosen" if f"site:{site_id}" in selected else None
    told = {"of": turn.of, "which": turn.which, "column": turn.column, "page": page}
    data = {f"data-{name}": str(value) for name, value in told.items()}
    caption = html.Caption(words("Industrial sites that fit the filters; click a heading to sort"))
    table = html.Table(
        [caption, html.Thead(html.Tr(_heads(turn, words))), html.Tbody(rows)],
        className="sortable site-table paged",
        **data,
        **{"data-descending": str(turn.is_descending).lower()},
    )
    return [table, _turning(page, last, len(fits), words)]


def _heads(turn: Turn, words: Words) -> list[html.Th]:
    """The headings; the one that the sites are sorted by says so."""
    state = "descending" if turn.is_descending else "ascending"
    return [
        html.Th(
            html.Button(words(title), type="button", **{"data-turn-column": str(position)}),
            scope="col",
            className="amount" if position > 3 else None,
            **{"aria-sort": state if position == turn.column else "none"},
        )
        for position, title in enumerate(COLUMNS)
    ]


def _turning(page: int, last: int, count: int, words: Words) -> html.Nav:
    """Buttons to the page before and behind, and which rows these are."""
    first, behind = page * ROWS, min((page + 1) * ROWS, count)
    said = words(
        "{first}–{last} of {total}",
        first=words.number(first + 1 if count else 0),
        last=words.number(behind),
        total=words.number(count),
    )
    buttons = (
        (words("First page"), 0, page == 0),
        (words("Previous page"), page - 1, page == 0),
        (words("Next page"), page + 1, page == last),
        (words("Last page"), last, page == last),
    )
    made = [
        html.Button(
            title,
            type="button",
            className="btn btn-outline-secondary btn-sm",
            **{"data-turn-page": str(to), "aria-disabled": str(is_off).lower()},
        )
        for title, to, is_off in buttons
    ]
    parts = [*made[:2], html.Span(said, role="status"), *made[2:]]
    return html.Nav(parts, className="turning", **{"aria-label": words("Pages of the table")})


def _asked(turn: Turn, atlas: Atlas) -> tuple[SiteChoice, tuple[str, ...]]:
    """What a page asks of sites, and what is selected on it."""
    if turn.of == "sites":
        view = SitesView.from_query(turn.which, atlas)
        return view.choice, view.selected
    filters = Filters.from_query(turn.which, atlas)
    return SiteChoice(**filters.of_sites()), filters.selected


def prepare_orders(atlas: Atlas) -> None:
    """Have the orders by name made before readers come: each takes a quarter of a second."""
    if is_paged(atlas):
        for language in languages():
            _ranks(atlas, language, "name")


# Key: the atlas (one object a data version), the language and the order; nobody changes what is in it.
@lru_cache(maxsize=64)
def _order(atlas: Atlas, language: str, column: int, is_descending: bool) -> np.ndarray:
    """The positions of all sites in an order; what is not known comes last in any."""
    if not 0 <= column < len(FIELDS):
        return np.arange(len(atlas.sites))
    ranks = _ranks(atlas, language, FIELDS[column])
    known = np.flatnonzero(ranks >= 0)
    order = np.argsort(-ranks[known] if is_descending else ranks[known], kind="stable")
    return np.concatenate([known[order], np.flatnonzero(ranks < 0)])


@lru_cache(maxsize=32)
def _ranks(atlas: Atlas, language: str, name: str) -> np.ndarray:
    """The rank of each site by a column from the least, -1 where nothing is known."""
    if name in ("area_ha", "investment_usd"):
        return pd.factorize(atlas.sites[name].to_numpy(float), sort=True)[0]
    texts, number = _shown(atlas, name, speak(language))
    ranks = pd.factorize(_sorted_by(texts), sort=True)[0]
    return np.where([text == "" for text in texts], -1, ranks)[number]


def _shown(atlas: Atlas, name: str, words: Words) -> tuple[list[str], np.ndarray]:
    """What a column says in the reader's language, and which of these texts stands at each site."""
    if name == "name":
        return words.names(atlas.sites), np.arange(len(atlas.sites))
    number, values = pd.factorize(atlas.sites[name])
    if name == "region_id":
        shown = dict(zip(atlas.regions.index, words.names(atlas.regions), strict=True))
    else:
        table = {"kind": vocabulary.SITE_KINDS, "status": vocabulary.STATUSES}[name]
        shown = {code: words(word) for code, word in table.items()}
    return [shown.get(value, "") for value in values], number


def _sorted_by(texts: list[str]) -> np.ndarray:
    """Texts in small letters, the numbers in them made equally long, so that they sort by their size."""
    text = _NUMBER.sub(lambda found: found[0].zfill(9), "\0".join(texts).casefold())
    return np.array(text.split("\0"), dtype=object)
