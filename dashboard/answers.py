"""Answers of pages and callbacks, made once for all who ask the same.

A page and a callback of the atlas are functions of the data, of what is asked and of the reader's language: the
address is the whole state. So the finished answer, compressed, is kept and sent again as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from pathlib import Path

from flask import Flask, Response, g, request

import layers
from dashboard.compression import coding_for
from dashboard.guard import CALLBACK_PATH
from dashboard.kept import Kept
from dashboard.shell import reader_words

KEPT_BYTES = 32_000_000
"""For each process."""

OVERHEAD = 700
"""Bytes that a kept answer takes besides its body."""

ENDPOINTS = frozenset(["/", "/<path:path>", "/_dash-layout", "/_dash-dependencies", CALLBACK_PATH])
"""What Dash calls the routes whose answers are kept: the index of every page, its frame, its callbacks."""


def serve_kept(server: Flask) -> Kept:
    """Answer from what is kept, before anything else looks at a request; keep what was made.

    Call it before other functions are put around requests, but after the one that says which data a request
    sees: it must come first on the way in and last on the way out. An answer that says `no-store` is not kept.
    """
    kept = Kept(KEPT_BYTES, OVERHEAD)

    def found() -> Response | None:
        key = asked()
        answer = kept.get(key) if key else None
        if answer is None:
            g.answer_key = key
            return None
        return _response(*answer)

    def keep(response: Response) -> Response:
        if response.status_code != 200 or response.cache_control.no_store:
            return response
        if key := g.get("answer_key"):
            kept.put(key, (response.get_data(), response.content_type, response.content_encoding))
        if request.method == "GET" and request.endpoint in ENDPOINTS:
            response.add_etag()
            return response.make_conditional(request)
        return response

    server.before_request(found)
    server.after_request(keep)
    return kept


def asked() -> Hashable | None:
    """All that an answer depends on; None where it is not kept.

    The host stands in texts of some pages. Versions kept beside the data are files that can be added while
    the atlas runs.
    """
    if request.endpoint not in ENDPOINTS or request.method == "HEAD":
        return None
    if request.method == "POST" and request.mimetype != "application/json":
        return None
    atlas = layers.current()
    body = hashlib.blake2b(request.get_data(), digest_size=16).digest() if request.method == "POST" else b""
    return (
        # Data may be the same in two snapshots, but what is made of them is not the same object.
        (atlas.version, id(atlas), _changed(atlas.folder / "versions")),
        (request.path, request.query_string, body),
        (request.host_url, reader_words().language, coding_for(request.accept_encodings)),
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
