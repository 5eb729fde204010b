"""The formats of a publication, by the id that links and the command line use."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.export import cite
from dashboard.export.csv_file import csv_file
from dashboard.export.geo_files import geojson_file, gpkg_file
from dashboard.export.html_file import html_file
from dashboard.export.kit import kit_file
from dashboard.export.picture_file import pdf_file, png2_file, png3_file, png_file
from dashboard.export.publication import Publication, Size, Wishes
from dashboard.export.vector_file import svg_file
from dashboard.export.xlsx_file import xlsx_file
from dashboard.text import N_

Write = Callable[[Publication, Size, Wishes], bytes]


@dataclass(frozen=True)
class Format:
    """One format: what it needs of a publication, and whether drawing it takes a Chrome on this machine."""

    id: str
    title: str
    media_type: str
    extension: str
    write: Write
    needs_drawing: bool = False
    needs_layers: bool = False
    needs_chrome: bool = False
    is_heavy: bool = False

    def fits(self, publication: Publication) -> bool:
        """Can a publication be had in this format?"""
        return not (self.needs_drawing and publication.drawing is None) and not (
            self.needs_layers and publication.layers is None
        )


def _cited(made: Callable[[Publication, Wishes, datetime.date], str]) -> Write:
    return lambda publication, _size, wishes: made(publication, wishes, datetime.date.today()).encode()


DRAWN = {"needs_drawing": True, "needs_chrome": True, "is_heavy": True}
FORMATS = {
    found.id: found
    for found in (
        Format("svg", N_("SVG, vectors"), "image/svg+xml", "svg", svg_file, **DRAWN),
        Format("pdf", N_("PDF, vectors"), "application/pdf", "pdf", pdf_file, **DRAWN),
        Format("png", N_("PNG"), "image/png", "png", png_file, **DRAWN),
        Format("png2", N_("PNG, 2×"), "image/png", "png", png2_file, **DRAWN),
        Format("png3", N_("PNG, 3×"), "image/png", "png", png3_file, **DRAWN),
        Format("csv", N_("CSV, table"), "text/csv", "csv", csv_file),
        Format(
            "xlsx",
            N_("XLSX, workbook"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            xlsx_file,
        ),
        Format("geojson", N_("GeoJSON"), "application/geo+json", "geojson", geojson_file, needs_layers=True),
        Format(
            "gpkg", N_("GeoPackage"), "application/geopackage+sqlite3", "gpkg", gpkg_file, needs_layers=True
        ),
        Format("html", N_("HTML, works offline"), "text/html", "html", html_file, is_heavy=True),
        Format("kit", N_("Kit, all of it in one ZIP"), "application/zip", "zip", kit_file, is_heavy=True),
        Format("text", N_("Citation"), "text/plain", "txt", _cited(cite.citation)),
        Format("bibtex", N_("Citation, BibTeX"), "application/x-bibtex", "bib", _cited(cite.bibtex)),
        Format("ris", N_("Citation, RIS"), "application/x-research-info-systems", "ris", _cited(cite.ris)),
    )
}
"""A PNG has 1, 2 or 3 times the pixels of its size."""
