"""Answers of pages and callbacks, made once for all who ask the same.

A page and a callback of the atlas are functions of the data, of what is asked and of the reader's language:
the address is the whole state. So the finished answer, compressed, is kept and sent again as it is.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Hashable
from pathlib import Path

from flask import Flask, Response, g, request

import layers
from dashboard.compression import coding_for
from dashboard.guard import CALLBACK_PATH
from dashboard.kept import Kept
from dashboard.shell import reader_words
from layers.versions import FOLDER

KEPT_BYTES = 32_000_000
"""For each process."""

OVERHEAD = 700
"""Bytes that a kept answer takes besides its body."""

LONGEST_WAIT = 3.0
"""Seconds for an answer that another request has made; after it a request makes its own."""

ENDPOINTS = frozenset(["/", "/<path:path>", "/_dash-layout", "/_dash-dependencies", CALLBACK_PATH])
"""What Dash calls the routes whose answers are kept: the index of every page, its frame, its callbacks."""


def serve_kept(server: Flask) -> Kept:
    """Answer from what is kept, before anything else looks at a request; keep what was made.

    Call it after the function that says which data a request sees, and before all others that are put around
    requests: it comes first on the way in and last on the way out. What says `no-store` is not kept, nor what
    has set `g.is_unfinished`.
    """
    kept, making = Kept(KEPT_BYTES, OVERHEAD), Making()

    def found() -> Response | None:
        key = asked()
        if key is None:
            return None
        if kept.get(key) is None and not making.begin(key):
            making.wait(key)
        if answer := kept.get(key):
            g.is_kept = True
            return _response(*answer)
        g.answer_key = key
        return None

    def keep(response: Response) -> Response:
        if response.status_code != 200 or response.cache_control.no_store:
            return response
        if "answer_key" in g and "is_unfinished" not in g:
            kept.put(g.answer_key, (response.get_data(), response.content_type, response.content_encoding))
        if request.method == "GET" and request.endpoint in ENDPOINTS:
            response.add_etag()
            return response.make_conditional(request)
        return response

    def end(_error: BaseException | None) -> None:
        if "answer_key" in g:
            making.end(g.answer_key)

    server.before_request(found)
    server.after_request(keep)
    server.teardown_request(end)
    return kept


class Making:
    """What is being made just now: whoever asks for the same waits for it, and does not make it too."""

    def __init__(self) -> None:
        self._ends: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def begin(self, key: Hashable) -> bool:
        """Whether nobody makes it yet; then the one who asks does."""
        with self._lock:
            is_first = key not in self._ends
            self._ends.setdefault(key, threading.Event())
            return is_first

    def wait(self, key: Hashable) -> None:
        """Return when it is made, could not be made, or takes too long."""
        if making := self._ends.get(key):
            making.wait(LONGEST_WAIT)

    def end(self, key: Hashable) -> None:
        """Let those go on who wait for it."""
        with self._lock:
            if made := self._ends.pop(key, None):
                made.set()


def asked() -> Hashable | None:
    """All that an answer depends on; None where it is not kept.

    The host stands in texts of some pages. Versions kept beside the data are files that can be added while
    the atlas runs.
    """
    if request.endpoint not in ENDPOINTS or request.method == "HEAD":
        return None
    if request.method == "POST" and request.mimetype != "application/json":
        return None
    # The query of a callback is a number of Dash for each page, which our callbacks do not read.
    said = request.get_data() if request.method == "POST" else request.query_string
    asked_for = "\n".join((request.method, request.host_url, request.path)).encode("utf-8", "replace")
    atlas = layers.current()
    return (
        # Data may be the same in two snapshots, but what is made of them is not the same object.
        (atlas.version, id(atlas), *map(_changed, (atlas.folder / FOLDER, *atlas.kept_in))),
        hashlib.blake2b(asked_for + b"\n" + said, digest_size=16).digest(),  # addresses may be long
        (reader_words().language, coding_for(request.accept_encodings)),
    )


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _response(body: bytes, content_type: str, coding: str | None) -> Response:
    response = Response(body, content_type=content_type)
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    return response
