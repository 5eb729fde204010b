"""Drawing on this machine: Plotly figures as SVG, PNG or PDF, by Kaleido and a Chrome that has no network.

Plotly's script is that of the installed package; the address of a proxy where nothing listens keeps Chrome
from asking anybody anything. A process has one Chrome, which draws one figure at a time.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from functools import lru_cache
from pathlib import Path
from typing import Any

import kaleido
from choreographer.browsers.chromium import Chromium

from dashboard.export.publication import Figure

NO_WORLD = Path(__file__).parents[2] / "assets" / "no_world.js"
HALO = Path(__file__).with_name("halo.js")
NOWHERE = "http://127.0.0.1:9"
SECONDS, SECONDS_TO_START = 30, 30
SECONDS_TO_END = 5


class NoChrome(RuntimeError):
    """There is no Chrome or Chromium on this machine, or it does not start."""


@lru_cache(maxsize=1)
def has_chrome() -> bool:
    """Is there a Chrome or Chromium that Kaleido finds?"""
    return bool(Chromium.find_browser(skip_local=False))


def drawn(figure: Figure, format_: str, scale: float = 1.0) -> bytes:
    """The file of a figure: "svg", "png" or "pdf", its pixels enlarged by `scale`; NoChrome without one."""
    layout = figure["layout"]
    options: dict[str, Any] = {"format": format_, "scale": scale}
    options |= {"width": layout["width"], "height": layout["height"]}
    return used(lambda browser: browser.calc_fig(figure, opts=options), SECONDS)


def used(work: Callable[[kaleido.Kaleido], Coroutine[Any, Any, bytes]], seconds: float) -> bytes:
    """What comes of `work` with the browser, which nobody else uses meanwhile; NoChrome without one."""
    with _one_at_a_time:
        if not _running:
            _running.append(_Chrome())
        try:
            return _running[0].done(work, seconds)
        except BaseException:
            close()  # the next drawing gets a fresh one
            raise


def close() -> None:
    """End Chrome, if it runs."""
    if _running:
        _running.pop().close()


_one_at_a_time = threading.Lock()
_running: list[_Chrome] = []
atexit.register(close)


class _Chrome:
    """A running Chrome with the loop that talks to it."""

    def __init__(self) -> None:
        if not has_chrome():
            raise NoChrome("no Chrome or Chromium was found")
        for name in ("kaleido", "choreographer"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._folder = tempfile.mkdtemp(prefix="atlas-chrome-")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._kaleido = self._wait(self._opened(), SECONDS_TO_START)
        except Exception as error:
            # Kaleido and choreographer raise what they please; in any case there is no Chrome to draw with.
            self._end()
            raise NoChrome(f"Chrome does not start: {error}") from error

    def done(self, work: Callable[[kaleido.Kaleido], Coroutine[Any, Any, bytes]], seconds: float) -> bytes:
        """The bytes that come of some work with the browser."""
        return self._wait(work(self._kaleido), seconds)

    def close(self) -> None:
        """End Chrome and remove its files."""
        try:
            self._wait(self._kaleido.close(), SECONDS_TO_END)
        except Exception as error:
            # Its files must go in any case, and nobody waits for a drawing any more.
            logging.getLogger(__name__).info("Chrome did not end in order: %r", error)
        self._end()

    async def _opened(self) -> kaleido.Kaleido:
        page = kaleido.PageGenerator(mathjax=False, others=[NO_WORLD.as_uri(), HALO.as_uri()])
        page.header = page.header.replace("Kaleido-fier", "Corridor Atlas")
        drawing = kaleido.Kaleido(
            n=1, timeout=SECONDS, page_generator=page, proxy_server=NOWHERE, tmp_dir=self._folder
        )
        await drawing.open()
        return drawing

    def _wait(self, task: Any, seconds: float) -> Any:
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(seconds)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS_TO_END)
        if not self._thread.is_alive():
            self._loop.close()
        # Chrome's own processes write a little longer than it says it lives.
        last = time.monotonic() + SECONDS_TO_END
        while Path(self._folder).exists() and time.monotonic() < last:
            shutil.rmtree(self._folder, ignore_errors=True)
            time.sleep(0.05)  # other processes write there: nothing to wait on
