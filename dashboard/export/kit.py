"""The kit: one ZIP with a figure in every format, its alt text, how to cite it, and the licence."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Iterator

from dashboard.export import about, chrome, cite
from dashboard.export.csv_file import csv_file
from dashboard.export.geo_files import geojson_file, gpkg_file
from dashboard.export.html_file import html_file
from dashboard.export.names import file_name
from dashboard.export.picture_file import pdf_file, png2_file
from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.vector_file import svg_file
from dashboard.export.xlsx_file import xlsx_file

Write = Callable[[Publication, Size, Wishes], bytes]

DRAWN: dict[str, Write] = {"svg": svg_file, "pdf": pdf_file, "png": png2_file}
LAYERS: dict[str, Write] = {"geojson": geojson_file, "gpkg": gpkg_file}
TABLES: dict[str, Write] = {"csv": csv_file, "xlsx": xlsx_file, "html": html_file}
STORED = ("png", "xlsx")
"""What is compressed already."""


def kit_file(publication: Publication, size: Size, wishes: Wishes) -> bytes:
    """The ZIP; where nothing can be drawn on this machine, read-me.txt says so and the rest is there."""
    memory, name = io.BytesIO(), file_name(publication)
    day = (*publication.atlas.date.timetuple()[:3], 0, 0, 0)  # no clock: the same data give the same file
    with zipfile.ZipFile(memory, "w") as kit:
        for path, body in _contents(publication, size, wishes):
            entry = zipfile.ZipInfo(f"{name}/{path}", day)
            is_stored = path.endswith(STORED)
            entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            kit.writestr(entry, body, compresslevel=None if is_stored else 6)
    return memory.getvalue()


def _contents(publication: Publication, size: Size, wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    words, name, today = publication.words, file_name(publication), datetime.date.today()
    formats = dict(TABLES)
    missing = ""
    if publication.drawing and chrome.has_chrome():
        formats = DRAWN | formats
    elif publication.drawing:
        missing = words(
            "SVG, PDF and PNG are not in this kit: the server has no Chrome or Chromium. The dialog of the "
            "page makes SVG and PNG in the browser."
        )
    if publication.layers:
        formats |= LAYERS
    for extension, write in formats.items():
        yield f"{name}.{extension}", write(publication, size, wishes)
    yield "alt-text.txt", _text(publication.alt)
    yield "citation.txt", _text(cite.citation(publication, wishes, today))
    yield "citation.bib", cite.bibtex(publication, wishes, today).encode()
    yield "citation.ris", cite.ris(publication, wishes, today).encode()
    told = [f"{fact.title}: {fact.text}" for fact in about.facts(publication, wishes)]
    sources = [" · ".join(filter(None, source.values())) for source in about.sources_of(publication)]
    yield "sources.txt", _text("\n".join(sources))
    licence = [words(about.LICENCE), *(line for line in told if line.startswith(words("Attribution")))]
    yield "licence.txt", _text("\n\n".join(licence))
    yield "read-me.txt", _text("\n\n".join(filter(None, [*told, missing])))


def _text(text: str) -> bytes:
    """A text file that any editor opens with its letters right."""
    return (text + "\n").encode("utf-8-sig")
