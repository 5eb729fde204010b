"""More requests than a server can answer: some are told when to ask again, so that none waits long.

A web server has a few threads; what comes meanwhile waits in a line. Where the line would take too long, a
request is refused, which takes no time, and so the line is soon short again. Slow work, such as exports,
never gets all threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from html import escape

from flask import Flask, Response, g, request

from dashboard.shell import reader_words
from dashboard.text import N_

LONGEST_WAIT = 1.5
"""Seconds that the requests in the line may be expected to wait."""

TRY_AGAIN = 3
"""Seconds after which a reader may ask again."""

LONGEST_COUNTED = 0.25
"""Seconds; who takes longer waits for another program, which takes no time from the rest."""

WEIGHT = 0.05
"""Of the newest request in the mean time of requests."""

SLOW = ("/embed/", "/export/", "/present/")
"""Beginnings of paths whose answers may take seconds."""

UNBOUNDED = (
    "/_dash-component-suites/",
    "/assets/",
    "/bootstrap/",
    "/geodata/",
    "/healthz",
    "/metrics",
    "/tiles/",
)
"""Beginnings of paths that are always answered: files, and what tells whoever watches the server."""

MANY_READERS = N_("Very many readers are here just now. Please try again in a moment.")

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}"><title>{title}</title>
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 34rem }}</style>
</head>
<body><main><h1>{title}</h1><p>{said}</p></main></body>
</html>
"""


class Line:
    """What waits for a thread of the web server, and how soon it may be answered."""

    def __init__(self, length: Callable[[], int], threads: int) -> None:
        """`length` says how many requests wait, `threads` how many are answered at a time."""
        self._length, self._threads = length, threads
        self._mean_seconds = 0.005
        self.slow = threading.BoundedSemaphore(max(threads - 1, 1))

    def wait(self) -> float:
        """Seconds after which the last one in the line may be answered."""
        return self._length() * self._mean_seconds / self._threads

    def took(self, seconds: float) -> None:
        """Count the time of an answer."""
        self._mean_seconds += WEIGHT * (min(seconds, LONGEST_COUNTED) - self._mean_seconds)


def bound(server: Flask) -> None:
    """Refuse what would wait too long; call it before other functions are put around requests.

    What runs the atlas puts its `Line` into `server.extensions["line"]`; without one nothing is refused.
    """

    def begin() -> Response | None:
        line: Line | None = server.extensions.get("line")
        if line is None or request.path.startswith(UNBOUNDED):
            return None
        if line.wait() > LONGEST_WAIT:
            return refusal()
        if request.path.startswith(SLOW):
            if not line.slow.acquire(blocking=False):
                return refusal()
            g.slow = line.slow
        g.began = time.perf_counter()
        return None

    def measure(response: Response) -> Response:
        if "began" in g:
            server.extensions["line"].took(time.perf_counter() - g.began)
        return response

    def end(_error: BaseException | None) -> None:
        if "slow" in g:
            g.pop("slow").release()

    server.before_request(begin)
    server.after_request(measure)
    server.teardown_request(end)


def refusal() -> Response:
    """503, as a page that opens again by itself where a reader asked for one, else as a line of text."""
    words = reader_words()
    said = words(MANY_READERS)
    if "text/html" in request.headers.get("Accept", ""):
        text = PAGE.format(
            language=words.language,
            seconds=TRY_AGAIN,
            title=escape(words("Corridor Atlas")),
            said=escape(said),
        )
        response = Response(text, status=503, mimetype="text/html")
    else:
        response = Response(said + "\n", status=503, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response
