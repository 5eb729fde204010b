"""The handout of a deck as PDF: the printed form of its HTML file, A4, two scenes a page with their notes.

Charts, strips and pictures of maps stay vectors and texts stay texts: Chrome prints what it would show.
"""

from __future__ import annotations

import asyncio
import base64
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from dashboard.export import chrome
from dashboard.present.html_file import Told, html_deck
from dashboard.text import Words
from layers import Atlas
from layers.decks import Deck

READY = "document.documentElement.dataset.ready === 'print'"
"""True in the page once all scenes of the handout are drawn."""

A4 = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True, "printBackground": True}  # inches
SECONDS, SECONDS_A_SCENE = 60, 2
PAUSE = 0.1  # seconds between two looks at a page that is being drawn


def handout(deck: Deck, atlas: Atlas, words: Words, site: str = "", progress: Told | None = None) -> bytes:
    """The PDF in one language; NoChrome where there is none. `progress` as in html_deck."""
    if not chrome.has_chrome():
        raise chrome.NoChrome("no Chrome or Chromium was found")
    page = html_deck(deck, atlas, words.language, site, progress, is_alone=True)
    with tempfile.TemporaryDirectory(prefix="atlas-handout-") as folder:
        path = Path(folder) / "deck.html"
        path.write_bytes(page)
        address = f"{path.as_uri()}?{urlencode({'print': 1, 'lang': words.language})}"
        seconds = SECONDS + SECONDS_A_SCENE * len(deck.scenes)
        return chrome.used(lambda browser: printed(browser, address, seconds), seconds + 10)


async def printed(browser: Any, address: str, seconds: float) -> bytes:
    """The page at an address as PDF, once it says that it is ready; TimeoutError when it never does."""
    tab = await browser.create_tab(address)
    try:
        last = time.monotonic() + seconds
        while not await _is_ready(tab):
            if time.monotonic() > last:
                raise TimeoutError("the handout was not drawn in time")
            await asyncio.sleep(PAUSE)
        answer = await tab.send_command("Page.printToPDF", A4)
        return base64.b64decode(answer["result"]["data"])
    finally:
        await browser.close_tab(tab)


async def _is_ready(tab: Any) -> bool:
    answer = await tab.send_command("Runtime.evaluate", {"expression": READY})
    return answer.get("result", {}).get("result", {}).get("value") is True
