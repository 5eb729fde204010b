"""Drawing on this machine: Plotly figures as SVG, PNG or PDF, by Kaleido and a Chrome that has no network.

Plotly's script is that of the installed package; the address of a proxy where nothing listens keeps Chrome
from asking anybody anything.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import kaleido
from choreographer.browsers.chromium import Chromium
from choreographer.errors import BrowserDepsError, BrowserFailedError, ChromeNotFoundError

from dashboard.export.publication import Figure

NO_WORLD = Path(__file__).parents[2] / "assets" / "no_world.js"
HALO = Path(__file__).with_name("halo.js")
NOWHERE = "http://127.0.0.1:9"
SECONDS = 30
"""How long one drawing may take."""

_one_at_a_time = threading.Lock()


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
    with _one_at_a_time:
        _started()
        try:
            return kaleido.calc_fig_sync(figure, opts=options)
        except (BrowserFailedError, OSError) as error:
            _stopped()
            raise NoChrome(str(error)) from error


_running: list[Callable[[], None]] = []


def _started() -> None:
    """One Chrome for all drawings of this process."""
    if _running:
        return
    logging.getLogger("kaleido").setLevel(logging.ERROR)
    logging.getLogger("choreographer").setLevel(logging.ERROR)
    page = kaleido.PageGenerator(mathjax=False, others=[NO_WORLD.as_uri(), HALO.as_uri()])
    page.header = page.header.replace("Kaleido-fier", "Corridor Atlas").replace(
        "</title>", "</title><style>@page { margin: 0 }</style>"
    )
    if not has_chrome():
        raise NoChrome("no Chrome or Chromium was found")
    try:
        kaleido.start_sync_server(
            n=1, timeout=SECONDS, page_generator=page, proxy_server=NOWHERE, silence_warnings=True
        )
    except (ChromeNotFoundError, BrowserDepsError, BrowserFailedError, OSError) as error:
        raise NoChrome(str(error)) from error
    _running.append(_stopped)
    atexit.register(_stopped)


def _stopped() -> None:
    if _running:
        _running.clear()
        kaleido.stop_sync_server(silence_warnings=True)
