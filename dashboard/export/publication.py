"""A publication: one figure of one view in one language, with all that a file of it must say.

Its address is that of the page (path and query) and the name of the figure on it. A page tells what it
publishes in a `published.py` beside what it is made of: `PUBLISHERS["/regions/<region_id>"] = publications`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import parse_qsl, unquote, urlsplit

import geopandas as gpd
import pandas as pd

from dashboard.base_path import inside
from dashboard.bounded import bounded
from dashboard.figures.paper_plan import Texts
from dashboard.text import N_, Words, speak
from layers import Atlas

Figure = dict[str, Any]
Layers = dict[str, gpd.GeoDataFrame]

LONGEST_ADDRESS, LONGEST_TITLE, LONGEST_SUBTITLE = 5000, 140, 300
SMALLEST_SIDE, LARGEST_SIDE = 240, 2400  # CSS pixels of a size that is no preset


WIDE = 4
"""So many times as much memory as a row of the data takes one of a table in words."""


@dataclass(frozen=True)
class Column:
    """A column of a table: `name` is the same in all languages, title and unit are the reader's."""

    name: str
    title: str
    unit: str = ""


@dataclass(frozen=True)
class Size:
    """A sheet in CSS pixels, 96 to an inch.

    A PNG has `density` pixels for each of them. `letters` multiplies the letters of charts and strips; maps
    choose theirs by the sheet. A column is as high as what stands in it, `height` at least.
    """

    id: str
    title: str
    width: int
    height: int
    density: float = 1.0
    letters: float = 1.0
    is_column: bool = False


PRINTED = 300 / 96
"""Pixels for each CSS pixel where a sheet is printed: 300 to an inch."""

SIZES = {
    size.id: size
    for size in (
        Size("web", N_("Web, 16:9"), 1600, 900, letters=1.7),
        Size("square", N_("Square"), 1080, 1080, letters=1.4),
        Size("slide", N_("Slide, 16:9"), 1920, 1080, letters=2.0),
        Size("a4-portrait", N_("A4, upright"), 794, 1123, PRINTED),
        Size("a4-landscape", N_("A4, across"), 1123, 794, PRINTED, letters=1.15),
        Size("column", N_("One newspaper column, 85 mm"), 321, 240, PRINTED, is_column=True),
        Size("two-columns", N_("Two newspaper columns, 175 mm"), 661, 320, PRINTED, is_column=True),
    )
}


def size_of(width: int, height: int, grows: bool = False) -> Size:
    """A sheet of any size; one that `grows` gets as high as what must stand in it, as an embedded figure."""
    sides = (min(max(int(side), SMALLEST_SIDE), LARGEST_SIDE) for side in (width, height))
    return Size("own", "", *sides, is_column=grows)


@dataclass(frozen=True)
class Wishes:
    """What the reader wants of the drawing; a `title` or `subtitle` of None is the publication's own.

    `site` is the address of the server ("https://atlas.example"), "" where it has none.
    """

    title: str | None = None
    subtitle: str | None = None
    legend: bool = True
    labels: bool = True
    scale_bar: bool = True
    grey: bool = False
    transparent: bool = False
    site: str = ""


Table = tuple[pd.DataFrame, tuple[Column, ...]]
"""Rows without an index and their columns."""

Drawing = Callable[[Size, Texts, Wishes], Figure]
"""Draws a whole sheet: the figure with the texts around it, as a plain Plotly figure of the sheet's shape."""


@dataclass(frozen=True, eq=False)
class Publication:
    """One figure and what a reader must know of it.

    kind: "map", "strip", "chart" or "table". address: path and query without language. filters and notes:
    lines in words. rows: makes the table; numbers are numbers and what is missing is missing. drawing: None
    where nothing is drawn. layers: frames in EPSG:4326 by English name. scene: of a map, the
    `dashboard.page_map.Scene` that a live map of it draws.
    """

    name: str
    kind: str
    address: str
    title: str
    subtitle: str
    alt: str
    rows: Callable[[], Table]
    source_ids: tuple[str, ...]
    atlas: Atlas
    words: Words
    filters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    drawing: Drawing | None = None
    layers: Callable[[], Layers] | None = None
    scene: Any = None

    @property
    def table(self) -> pd.DataFrame:
        """The rows, made when they are first read: title and description of a link need none."""
        return _whole(self)[0]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table, in its order."""
        return _whole(self)[1]

    def titled(self, wishes: Wishes) -> tuple[str, str]:
        """Title and subtitle as the reader wants them."""
        title = self.title if wishes.title is None else one_line(wishes.title)[:LONGEST_TITLE]
        under = self.subtitle if wishes.subtitle is None else one_line(wishes.subtitle)[:LONGEST_SUBTITLE]
        return title or self.title, under


# Key: the publication, one object for each view and language.
@bounded(48, lambda whole, _publication: WIDE * len(whole[0]))
def _whole(publication: Publication) -> Table:
    frame, columns = publication.rows()
    names = [column.name for column in columns]
    if list(frame.columns) != names:
        where = f"{publication.address} {publication.name}"
        raise ValueError(f"columns of {where}: {list(frame.columns)} are {names}")
    return frame, columns


def one_line(text: str) -> str:
    """A reader's text without control signs, which neither fonts nor XML take."""
    return " ".join("".join(" " if category(letter)[0] == "C" else letter for letter in text).split())


class NotPublished(LookupError):
    """There is no such page or figure; says so in one line of the reader's language."""


Makers = dict[str, Callable[[], Publication]]
Publisher = Callable[[Atlas, Mapping[str, str], Words], Makers]

PUBLISHERS: dict[str, Publisher] = {}
"""By the path of a page: what makes its publications, by the names of its figures, the main one first.

A publisher is asked with the parts of the path and of the query together. It is cheap: the figures are made
when a maker is called. It raises KeyError where the path names nothing, such as an unknown corridor.
"""


def find(address: str, figure: str, atlas: Atlas, words: Words) -> Publication:
    """The publication of a figure, "" for the main one; NotPublished with one line for the reader."""
    return _found(address, figure, atlas, words.language)


# Key: the atlas (one object a data version) and what is asked; nobody changes a publication.
@bounded(48, lambda made, *_asked: made.scene.marks.own_rows if made.scene else WIDE * len(made.table))
def _found(address: str, figure: str, atlas: Atlas, language: str) -> Publication:
    words = speak(language)
    makers = makers_of(address, atlas, words)
    name = figure or next(iter(makers))
    if name not in makers:
        message = N_("There is no figure “{figure}” here; there are: {figures}.")
        raise NotPublished(words(message, figure=figure[:60], figures=", ".join(makers)))
    return makers[name]()


def makers_of(address: str, atlas: Atlas, words: Words) -> Makers:
    """What makes the figures of a view, by their names; NotPublished where there are none."""
    path, query = parts_of(address)
    for template, publisher in publishers().items():
        given = matched(path, template)
        if given is None:
            continue
        try:
            makers = publisher(atlas, query | given, words)
        except KeyError:
            break
        if makers:
            return makers
    raise NotPublished(words(N_("Nothing is published at the address {address}."), address=address[:120]))


def parts_of(address: str) -> tuple[str, dict[str, str]]:
    """Path and query of an address, which may be a whole link; the language is left out.

    Values of a name that comes twice are joined with commas, as the atlas writes lists.
    """
    try:
        split = urlsplit(address.strip()[:LONGEST_ADDRESS])
    except ValueError:
        return "", {}
    query: dict[str, str] = {}
    for name, value in parse_qsl(split.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if query.get(name) else value
    query.pop("lang", None)
    path = inside(split.path) if split.netloc else split.path
    return unquote(path).rstrip("/") or "/", query


def language_of(address: str) -> str:
    """The language that an address asks for, "" for none."""
    return dict(parse_qsl(address.partition("?")[2].partition("#")[0])).get("lang", "")


def matched(path: str, template: str) -> dict[str, str] | None:
    """The named parts of a path, None where it is of another page: "/regions/<region_id>"."""
    parts, wanted = path.split("/"), template.split("/")
    if len(parts) != len(wanted):
        return None
    named = {}
    for part, want in zip(parts, wanted, strict=True):
        if want.startswith("<"):
            named[want.strip("<>")] = part
        elif part != want:
            return None
    return named


@lru_cache(maxsize=1)
def publishers() -> dict[str, Publisher]:
    """PUBLISHERS with all that the folders of the pages register; plain paths before those with names."""
    folder = Path(__file__).parents[1]
    for file in sorted(folder.glob("*/published.py")):
        importlib.import_module(f"dashboard.{file.parent.name}.published")
    return dict(sorted(PUBLISHERS.items(), key=lambda item: "<" in item[0]))
