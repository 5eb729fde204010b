"""Exports over the web: figures for the reader's own browser, whole files, what the dialog must know."""

from __future__ import annotations

import atexit
import datetime
import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlencode

from dash import Dash
from flask import Response, request

import layers
from dashboard.export import about, chrome, cite
from dashboard.export.formats import FORMATS, Format
from dashboard.export.names import file_name
from dashboard.export.order import NotPublished, Order, WrongOrder
from dashboard.export.publication import SIZES, Publication, makers_of
from dashboard.export.sheets import file_size, link_of, sheet
from dashboard.export.workshop import Busy, Fault, Workshop
from dashboard.kept import Kept
from dashboard.settings import setting
from dashboard.text import N_, Words, pick_language, speak
from dashboard.tiles import tiled_layers

IN_BROWSER = ("svg", "png", "png2", "png3")
"""What the reader's own browser can draw from /export/figure."""

KEPT_BYTES = 48_000_000
MOST_ROWS = 10_000
"""Of a table that the server itself makes a file of."""

TRY_AGAIN = 4
"""Seconds after which a reader may ask again."""


NO_CHROME = N_(
    "This server has no Chrome or Chromium, which PDF needs. SVG and PNG are made in the browser; PDF can be "
    "had by printing the sheet."
)


def serve_exports(app: Dash) -> Workshop:
    """Add the routes; the program for large files starts when somebody opens the dialog."""
    kept, workshop = Kept(KEPT_BYTES), Workshop()
    atexit.register(workshop.close)
    routes: dict[str, Callable[[Kept, Workshop], Response]] = {
        "figure": figure_answer,
        "file": file_answer,
        "about": about_answer,
    }
    for name, made in routes.items():
        app.server.add_url_rule(f"/export/{name}", f"export_{name}", guarded(partial(made, kept, workshop)))
    return workshop


def guarded(made: Callable[..., Response], no_chrome: str = NO_CHROME) -> Callable[..., Response]:
    """The route, with plain text for whatever cannot be had; `no_chrome` is said where there is none."""

    def route(**named: str) -> Response:
        words = asked_words()
        try:
            return made(**named)
        except NotPublished as error:
            return line(str(error), 404)
        except WrongOrder as error:
            return line(str(error), 400)
        except Busy:
            return line(words("Many files are being made just now. Please try again in a moment."), 503)
        except chrome.NoChrome:
            return line(words(no_chrome), 503)
        except Fault:
            return line(words("This file could not be made."), 500)

    return route


def line(text: str, status: int) -> Response:
    """An answer of plain text for what cannot be had."""
    response = Response(text + "\n", status=status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def asked_words() -> Words:
    """The language of `?lang=`, else of the browser."""
    return speak(pick_language(request.args.get("lang"), request.headers.get("Accept-Language")))


def asked_order() -> Order:
    """The order of this request."""
    return Order.of(request.args.to_dict(), asked_words().language, site_address())


def site_address() -> str:
    """The public address of this server: ATLAS_ADDRESS, else the one the reader used."""
    return setting("ATLAS_ADDRESS") or request.url_root.rstrip("/")


def figure_answer(kept: Kept, _workshop: Workshop) -> Response:
    """The figure of a sheet as JSON, with the name and the true size of its file."""
    order, atlas = replace(asked_order(), format_id="svg"), layers.current()
    key = (atlas.version, "figure", order)
    found = kept.get(key) or kept.put(key, (_figure_json(order, atlas), "application/json"))
    return _answer(*found)


def _figure_json(order: Order, atlas: layers.Atlas) -> bytes:
    publication = order.publication(atlas)
    figure = sheet(publication, order.size, order.wishes)
    width, height = file_size(figure, order.size)
    told = {
        "figure": figure,
        "file_name": file_name(publication, order.size.id),
        "title": publication.titled(order.wishes)[0],
        "alt": publication.alt,
        "link": link_of(publication, order.wishes),
        "language": publication.words.language,
        "width": width,
        "height": height,
        "density": order.size.density,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode(), 5, mtime=0)


def file_answer(kept: Kept, workshop: Workshop) -> Response:
    """The file of a figure, to be saved under a readable name."""
    order, atlas = asked_order(), layers.current()
    if not order.format_id:
        raise WrongOrder(asked_words()("Say a format: {formats}.", formats=", ".join(FORMATS)))
    publication, form = order.publication(atlas), order.format
    key = (atlas.version, datetime.date.today(), order)
    found = kept.get(key)
    if found is None:
        if form.needs_chrome and not chrome.has_chrome():
            raise chrome.NoChrome
        is_apart = form.is_heavy or is_large(publication, form)
        body = workshop.file(order, atlas) if is_apart else order.file(atlas)
        found = kept.put(key, (body, form.media_type))
    size_id = order.size.id if form.needs_drawing else ""
    name = f"{file_name(publication, size_id)}.{form.extension}"
    response = _answer(*found)
    # The policy of the pages would forbid the script inside a file of HTML, were it opened and not saved.
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def is_large(publication: Publication, form: Format) -> bool:
    """Whether a file holds so much that other readers would wait while it is made."""
    has_all_shapes = form.needs_layers and publication.kind == "map"
    return len(publication.table) > MOST_ROWS or (has_all_shapes and bool(tiled_layers(publication.atlas)))


def about_answer(_kept: Kept, workshop: Workshop) -> Response:
    """What the dialog of one figure must know."""
    order, atlas = asked_order(), layers.current()
    words = speak(order.language)
    publication = order.publication(atlas)
    if chrome.has_chrome():
        workshop.warm_up(atlas)
    today, wishes = datetime.date.today(), order.wishes
    told = {
        "name": publication.name,
        "kind": publication.kind,
        "title": publication.title,
        "subtitle": publication.subtitle,
        "alt": publication.alt,
        "figures": list(makers_of(order.view, atlas, words)),
        "sizes": [
            {"id": one.id, "title": words(one.title), "width": one.width, "height": one.height}
            for one in SIZES.values()
        ],
        "formats": [
            {
                "id": one.id,
                "title": words(one.title),
                "extension": one.extension,
                "in_browser": one.id in IN_BROWSER,
            }
            for one in FORMATS.values()
            if one.fits(publication)
        ],
        "pdf_possible": chrome.has_chrome(),
        "no_pdf": "" if chrome.has_chrome() else words(NO_CHROME),
        "citation": {
            "text": cite.citation(publication, wishes, today),
            "bibtex": cite.bibtex(publication, wishes, today),
            "ris": cite.ris(publication, wishes, today),
        },
        "embed": embed_snippet(publication, order),
        "link": link_of(publication, wishes),
        "sources": about.sources_of(publication),
    }
    return _answer(json.dumps(told, ensure_ascii=False).encode(), "application/json")


def embed_snippet(publication: Any, order: Order) -> str:
    """HTML that puts the figure into another page; "" for what is not drawn."""
    if publication.drawing is None:
        return ""
    path, _, query = publication.address.partition("?")
    asked = urlencode({"figure": publication.name, "lang": order.language})
    address = f"{order.wishes.site}/embed{path.rstrip('/') or '/'}?{query + '&' if query else ''}{asked}"
    return (
        f'<iframe src="{escape(address)}" title="{escape(publication.title)}" width="100%" height="520" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _answer(body: bytes, media_type: str) -> Response:
    """An answer that a browser asks for again, in case the data have changed."""
    is_packed = body[:2] == b"\x1f\x8b" and media_type == "application/json"
    if is_packed and "gzip" not in request.headers.get("Accept-Encoding", ""):
        body, is_packed = gzip.decompress(body), False
    response = Response(body, mimetype=media_type)
    if is_packed:
        response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
    response.add_etag()
    response.cache_control.no_cache = True
    return response.make_conditional(request)
