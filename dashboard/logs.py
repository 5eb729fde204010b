"""What the server writes of its work to stderr: a line an event, as JSON for programs or as text for people.

A line of a request tells what was asked and how it went, never who asked: no address of a reader, no browser,
and of the address only the path, because queries hold what readers have typed.
"""

from __future__ import annotations

import atexit
import contextvars
import datetime
import json
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from logging.handlers import QueueHandler, QueueListener
from queue import Empty, SimpleQueue
from typing import Any

from werkzeug.wsgi import ClosingIterator

REQUEST_ID = contextvars.ContextVar("request_id", default="")
"""The id of the request that this thread answers; all lines of the log carry it."""

WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""An id that a proxy gave; any other is replaced by one of ours."""

VERSION, ID = "atlas.data_version", "atlas.request_id"
"""Names in the WSGI environment, where a request leaves its data version and finds its id."""

OF_THE_ATLAS = ("app", "dashboard", "layers")
"""Loggers whose level ATLAS_LOG_LEVEL sets; other libraries tell warnings only."""

PAUSE = 0.05  # seconds

requests = logging.getLogger("dashboard.requests")

Counted = Callable[[str, str, float], None]
"""What counts requests: path, status such as "200", seconds."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what else is known of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of an event."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        told: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := REQUEST_ID.get():
            told["request_id"] = request_id
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """A line for people, with the id of a request where something went wrong in it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s Corridor Atlas: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line of an event."""
        line = super().format(record)
        request_id = REQUEST_ID.get() if record.levelno >= logging.WARNING else ""
        return f"{line} (request {request_id})" if request_id else line


def lines(kind: str) -> logging.Formatter:
    """How lines are written: "json", "text", or "" for what fits the place that stderr leads to."""
    is_text = kind == "text" or (not kind and sys.stderr.isatty())
    return TextLines() if is_text else JsonLines()


class Waiting(QueueHandler):
    """Hands lines to the thread that writes them.

    Threads that wrote themselves would hold each other up: of 200 readers each would wait for seconds.
    """

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """The event with its line, made where the request is known."""
        record.line = self.format(record)
        return record


class Writer(QueueListener):
    """Writes the lines of Waiting to stderr, those of PAUSE together.

    A thread that woke for each would hold up those that answer.
    """

    def handle(self, record: logging.LogRecord) -> None:
        """Write a line, and with it those that come in the next moment."""
        time.sleep(PAUSE)  # there is nothing to wait on: nobody knows whether another line comes
        lines = [record.line]
        with suppress(Empty):
            while (later := self.dequeue(block=False)) is not None:
                lines.append(later.line)
            self.enqueue_sentinel()  # the end, for the loop that calls this
        with suppress(OSError, ValueError):  # who reads the log may have gone: nowhere is left to say so
            sys.stderr.write("\n".join([*lines, ""]))
            sys.stderr.flush()


def write_log(kind: str = "", level: str = "info") -> None:
    """Have all logs written to stderr, unless the program logs in its own way."""
    root = logging.getLogger()
    if root.handlers:
        return
    waiting = Waiting(SimpleQueue())
    waiting.setFormatter(lines(kind))
    writer = Writer(waiting.queue)
    writer.start()
    atexit.register(writer.stop)
    root.addHandler(waiting)
    for name in OF_THE_ATLAS:
        logging.getLogger(name).setLevel(level.upper())


def gunicorn_log(kind: str) -> dict[str, Any]:
    """The same for what gunicorn says of itself, as its setting `logconfig_dict`."""
    to_stderr = {"class": "logging.StreamHandler", "formatter": "lines"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "root": {"handlers": [], "level": "WARNING"},
        "formatters": {"lines": {"()": lines, "kind": kind}},
        "handlers": {"stderr": to_stderr},
        "loggers": {
            "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        },
    }


def watched(inner: Callable[..., Iterable[bytes]], count: Counted | None = None) -> Callable[..., Any]:
    """The WSGI program with an id for each request, a line in the log of each, and a count of each."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, path = time.perf_counter(), environ.get("PATH_INFO", "")
        given = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = given if WELL_FORMED.fullmatch(given) else os.urandom(8).hex()
        environ[ID] = request_id
        REQUEST_ID.set(request_id)
        told = {"status": "500", "bytes": 0}

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told["status"] = status[:3]
            told["bytes"] = int(dict(headers).get("Content-Length", 0))
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *rest)

        def end() -> None:
            seconds = time.perf_counter() - began
            if count:
                count(path, told["status"], seconds)
            if requests.isEnabledFor(logging.INFO):
                _tell(environ, path, told, seconds)
            REQUEST_ID.set("")

        return ClosingIterator(inner(environ, start), end)

    return answered


def _tell(environ: dict[str, Any], path: str, answer: dict[str, Any], seconds: float) -> None:
    path = path.encode("latin-1", "replace").decode("utf-8", "replace")  # as WSGI brings it
    told = {
        "method": environ["REQUEST_METHOD"],
        "path": path,
        "status": int(answer["status"]),
        "bytes": 0 if environ["REQUEST_METHOD"] == "HEAD" else answer["bytes"],
        "milliseconds": round(1000 * seconds, 1),
        "data_version": environ.get(VERSION, ""),
    }
    requests.info(
        "%s %r %s, %s bytes, %s ms",
        *(told[name] for name in ("method", "path", "status", "bytes", "milliseconds")),
        extra={"told": told},
    )
