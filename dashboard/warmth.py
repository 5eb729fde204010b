"""What the first readers need, made before they come: a thread of its own, while nobody waits."""

from __future__ import annotations

import logging
import threading
import time
from urllib.parse import urlencode

from dash import Dash, page_registry

import layers
from dashboard.settings import setting
from dashboard.text import languages
from layers import search

log = logging.getLogger(__name__)

BEGINS = 3.0
"""Seconds after the start: whoever has started the atlas opens it first."""

REST = 0.3
"""Seconds between two pages, in which readers are answered."""


def warm_up(app: Dash) -> None:
    """Have the pages of the navigation made in each language; returns at once.

    ATLAS_WARM_UP=no leaves it to the readers, for programs that run for a moment only.
    """
    if setting("ATLAS_WARM_UP"):
        threading.Thread(target=_warm, args=(app,), name="warming up", daemon=True).start()


def _warm(app: Dash) -> None:
    time.sleep(BEGINS)  # nothing tells when who has started the atlas has opened it
    search.index(layers.current())
    reader = app.server.test_client()
    for address in first_addresses():
        answer = reader.head(
            setting("ATLAS_BASE_PATH") + address
        )  # what is made of the page stays, its text need not
        if answer.status_code != 200:
            log.warning("%s could not be made in advance: %s", address, answer.status)
        time.sleep(REST)  # leaves the processor to readers, of whom nothing is waited for


def first_addresses() -> list[str]:
    """The pages of the navigation in each language, the first page first."""
    pages = [page for page in page_registry.values() if page.get("order") is not None]
    paths = [page["path"] for page in pages if page["path_template"] is None]
    return [f"{path}?{urlencode({'lang': code})}" for path in paths for code in languages()]
