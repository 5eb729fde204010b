"""The whole sheet of a publication: its figure with all that must stand around it, as the reader wants it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from dashboard.export.publication import Figure, Publication, Size, Wishes
from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet_forms import with_forms
from dashboard.figures.sheet_grey import in_grey
from dashboard.shell import ATTRIBUTION, DISCLAIMER, date_line
from dashboard.sourced import GENERAL_KNOWLEDGE
from dashboard.text import Words
from layers import Atlas

MOST_PUBLISHERS = 5
LONGEST_LINK = 160
CLEAR = "rgba(0,0,0,0)"


# Key: a publication is one object for each view and language; nobody changes the figure.
@lru_cache(maxsize=6)
def sheet(publication: Publication, size: Size, wishes: Wishes) -> Figure:
    """The Plotly figure of a sheet; ValueError for a publication that is not drawn.

    Its layout may be smaller or larger than the size: then a file of it shows it enlarged or reduced.
    """
    figure = _coloured(publication, size, replace(wishes, grey=False, transparent=False))
    figure = in_grey(with_forms(figure)) if wishes.grey else figure
    if wishes.transparent:
        clear = {"paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR}
        figure = figure | {"layout": figure["layout"] | clear}
    return figure


@lru_cache(maxsize=6)
def _coloured(publication: Publication, size: Size, wishes: Wishes) -> Figure:
    """The sheet on white in its colours, of which grey and clear ones are made."""
    if publication.drawing is None:
        raise ValueError(f"{publication.name} is not drawn")
    return publication.drawing(size, texts_of(publication, wishes), wishes)


def file_size(figure: Figure, size: Size) -> tuple[float, float]:
    """Width and height of a file of the figure in CSS pixels: as wide as the size, as high as it became."""
    width, height = figure["layout"]["width"], figure["layout"]["height"]
    if size.is_column:
        return float(size.width), round(size.width * height / width, 1)
    return float(size.width), float(size.height)


def texts_of(publication: Publication, wishes: Wishes) -> Texts:
    """What is written around a figure: title, subtitle and filters; notes, sources, date, link."""
    words, is_map = publication.words, publication.kind == "map"
    title, subtitle = publication.titled(wishes)
    said = date_line(publication.atlas, words)
    small = (
        " ".join(publication.notes),
        source_line(publication.source_ids, publication.atlas, words),
        f"{words(ATTRIBUTION)} {said}" if is_map else said,
        words(DISCLAIMER) if is_map else "",
        link_line(publication, wishes),
    )
    return Texts(title, tuple(filter(None, (subtitle, *publication.filters))), tuple(filter(None, small)))


def source_line(source_ids: Iterable[str], atlas: Atlas, words: Words) -> str:
    """The publishers of a figure: the first few by name."""
    names = publishers_of(tuple(source_ids), atlas)
    if not names:
        return ""
    more = len(names) - MOST_PUBLISHERS
    if more < 2:
        return words("Sources: {names}.", names="; ".join(names))
    shown = "; ".join(names[:MOST_PUBLISHERS])
    return words.plural("Sources: {names} and {n} more.", "Sources: {names} and {n} more.", more, names=shown)


@lru_cache(maxsize=128)
def publishers_of(source_ids: tuple[str, ...], atlas: Atlas) -> tuple[str, ...]:
    """The publishers of sources, each once, those that stand behind most of them first."""
    cited = [one for one in source_ids if one in atlas.sources.index and one != GENERAL_KNOWLEDGE]
    counts = atlas.sources.loc[cited, "publisher"].value_counts(sort=False)
    return tuple(counts.sort_values(ascending=False, kind="stable").index)


def link_line(publication: Publication, wishes: Wishes) -> str:
    """Where the figure is found; of a very long address the page alone."""
    words, link = publication.words, link_of(publication, wishes)
    if link == "/":
        return words("Corridor Atlas")
    return words("Corridor Atlas: {link}", link=link.removeprefix("https://").removeprefix("http://"))


def link_of(publication: Publication, wishes: Wishes) -> str:
    """The link to the page of a figure; where the server's address is not known, the path on it."""
    link = wishes.site.rstrip("/") + publication.address
    return link if len(link) <= LONGEST_LINK else link.partition("?")[0]
