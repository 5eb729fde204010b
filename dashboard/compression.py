"""Compressed forms of what is served: made once, kept in memory and on disk.

A content is sent at once in a form that takes a fraction of a second (Brotli 5, gzip 9). One background
thread then makes the smallest one (Brotli 11): 8 seconds for plotly.min.js, which shrinks from 1.29 to
1.11 MB. Brotli releases the interpreter lock meanwhile, so answers do not wait.
"""

import contextlib
import gzip
import hashlib
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import brotli
from werkzeug.datastructures import Accept

from dashboard.kept import Kept

try:
    import fcntl
except ImportError:  # Windows, where the atlas runs as one process
    fcntl = None

log = logging.getLogger(__name__)

MOST_FORMS = 24_000_000
"""Bytes of quick forms, and as many of smallest ones: those of data that nobody asks for any more leave."""

KEPT_DAYS = 90
"""Forms on disk that nobody has read for so long belong to versions that are gone."""


@dataclass(frozen=True)
class Content:
    """Bytes to serve, with their media type."""

    body: bytes
    mimetype: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, as hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    # mtime=0: equal contents give equal bytes.
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
"""Quick compression by its name in Accept-Encoding, the one we like best first. Browsers offer `br` only over
HTTPS and on localhost, so readers of a plain-HTTP server in the office network get gzip."""


def coding_for(accepted: Accept) -> str | None:
    """Name of the coding to answer with, or None to send the bytes as they are."""
    name = max(CODINGS, key=accepted.quality)
    return name if accepted.quality(name) > 0 else None


class Press:
    """Keeps the compressed forms of contents: a quick form at once, the smallest Brotli form later."""

    def __init__(self, folder: Path) -> None:
        """`folder` keeps the smallest forms between runs; where it cannot be written, memory does."""
        self._folder = folder
        self._quick, self._smallest = Kept(MOST_FORMS), Kept(MOST_FORMS)
        self._ordered: set[str] = set()
        self._waiting: queue.SimpleQueue[Content] = queue.SimpleQueue()
        self._one_quick_at_a_time = threading.Lock()
        self._thread: threading.Thread | None = None

    def form(self, content: Content, coding: str) -> bytes:
        """The smallest form of `content` there is so far; for Brotli, also orders the smallest possible."""
        if coding == "br":
            self.order([content])
            if (smallest := self._smallest.get(content.digest)) is not None:
                return smallest[0]
        key = (content.digest, coding)
        with self._one_quick_at_a_time:
            found = self._quick.get(key) or self._quick.put(key, (CODINGS[coding](content.body),))
            return found[0]

    def order(self, contents: Iterable[Content]) -> None:
        """Load the smallest forms of `contents` from disk, or have them made in the background."""
        for content in contents:
            if content.digest in self._ordered:
                continue
            self._ordered.add(content.digest)
            if (kept := _kept(self._path(content), content)) is not None:
                self._smallest.put(content.digest, (kept,))
            else:
                self._waiting.put(content)

    def start(self) -> None:
        """Start the background work; without it only quick forms and those on disk are served."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="compression", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        if sys.platform == "linux":  # there, a thread can step back behind the ones that answer readers
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        _forget_old(self._folder)
        while True:
            content = self._waiting.get()
            self._smallest.put(content.digest, (self._made_once(content),))

    def _made_once(self, content: Content) -> bytes:
        path = self._path(content)
        with _alone(self._folder):
            if (kept := _kept(path, content)) is not None:
                return kept
            form = brotli.compress(content.body, quality=11)
            _keep(path, form)
        return form

    def _path(self, content: Content) -> Path:
        return self._folder / f"{content.digest}.br"


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two worker processes never compress the same content twice."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("wb") if fcntl else None
    except OSError:
        lock = None
    with lock or contextlib.nullcontext():
        if lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _kept(path: Path, content: Content) -> bytes | None:
    """The form kept on disk, or None when there is none or it does not give back `content`."""
    try:
        form = path.read_bytes()
        if brotli.decompress(form) != content.body:
            return None
        os.utime(path)
    except FileNotFoundError:
        return None
    except (OSError, brotli.error) as error:
        log.warning("compressed form %s is not used: %s", path, error)
        return None
    return form


def _keep(path: Path, form: bytes) -> None:
    """Write `form` in one step, or not at all where the folder cannot be written."""
    half = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    try:
        half.write_bytes(form)
        half.replace(path)
    except OSError as error:
        log.info("compressed form not kept: %s", error)
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    """Delete forms that no run has read for KEPT_DAYS days."""
    oldest = time.time() - KEPT_DAYS * 24 * 3600
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name != "lock" and path.stat().st_mtime < oldest:
                path.unlink()
