"""A figure as PNG or PDF, drawn on this machine."""

from __future__ import annotations

from functools import partial

from dashboard.export import chrome
from dashboard.export.pdf_facts import with_facts
from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.sheets import file_size, sheet


def png_file(publication: Publication, size: Size, wishes: Wishes, times: int = 1) -> bytes:
    """The sheet as PNG, `times` as many pixels on each side as the size has."""
    figure = sheet(publication, size, wishes)
    enlarged = file_size(figure, size)[0] / figure["layout"]["width"]
    # Chrome cuts a broken pixel off, which would cost a whole one.
    return chrome.drawn(figure, "png", enlarged * size.density * times * (1 + 1e-6))


def pdf_file(publication: Publication, size: Size, wishes: Wishes) -> bytes:
    """The sheet as a PDF of one page in its true size: vectors, and text that can be searched."""
    figure = sheet(publication, size, wishes)
    drawn = chrome.drawn(figure, "pdf", file_size(figure, size)[0] / figure["layout"]["width"])
    return with_facts(drawn, publication, wishes)


png2_file = partial(png_file, times=2)
png3_file = partial(png_file, times=3)
