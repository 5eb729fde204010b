"""Which version of the data a request reads: the one its page was made of, for as long as that is held.

A page names its version in its head, and assets/data_version.js in each request of the page, so that nobody
sees a page of one version with figures of another. A page whose version is gone is told so.
"""

from __future__ import annotations

import re
from html import escape

from flask import Flask, Response, request

import layers
from dashboard.shell import reader_words
from dashboard.text import N_, Words
from layers.watch import Watcher
from layers.watch import held as held_version

HEADER, NEWEST = "Data-Version", "Data-Newest"
"""What a request says of its page, and an answer of an older version about the newest one."""

NEWER = N_("Newer data have been published since this page was opened.")
GONE = N_("The data have been updated since this page was opened. Load the page anew to go on.")
LOAD = N_("Load the page anew")
CLOSE = N_("Close")

WITHOUT_DATA = ("/_dash-component-suites/", "/assets/", "/bootstrap/", "/healthz", "/metrics")
"""Beginnings of paths whose answers do not depend on the data."""


def serve_snapshots(server: Flask, watcher: Watcher | None) -> None:
    """Let every request read one snapshot to its end; without a watcher, one of those in memory."""
    called = watcher.called if watcher else held_version

    def begin() -> Response | None:
        newest = next(iter(layers.held()), None)
        layers.pin(newest)
        asked = request.headers.get(HEADER)
        if asked is None or newest is None or asked == newest.version:
            return None
        if request.path.startswith(WITHOUT_DATA):
            return None
        found = called(asked) if re.fullmatch("[0-9a-f]{12}", asked) else None
        if found is None:
            return gone(newest)
        layers.pin(found)
        return None

    def tell(response: Response) -> Response:
        asked, newest = request.headers.get(HEADER), next(iter(layers.held()), None)
        if asked and newest is not None and asked != newest.version:
            response.headers[NEWEST] = newest.version
        return response

    server.before_request(begin)
    server.after_request(tell)
    server.teardown_request(lambda _error: layers.pin(None))


def gone(newest: layers.Atlas) -> Response:
    """The answer to a page whose version is no longer held: what to do, as the reader reads it."""
    response = Response(reader_words()(GONE) + "\n", status=409, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    response.headers[NEWEST] = newest.version
    return response


def version_tag(atlas: layers.Atlas, words: Words | None = None) -> str:
    """The element of the head that names the version of a page; with words, what is said of newer ones."""
    said = {} if words is None else {"newer": NEWER, "gone": GONE, "load": LOAD, "close": CLOSE}
    notes = "".join(f' data-{name}="{escape(words(message))}"' for name, message in said.items())
    return f'<meta name="data-version" content="{atlas.version}"{notes}>'
