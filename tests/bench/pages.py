"""Server time and figure size of every kind of page: `python -m tests.bench.pages`, two minutes.

Opens each page in Chromium, keeps the callbacks that it asked for, and asks for them again and again over one
connection. A page's time is the sum of its callbacks, most of them kept after the first time; its figures
are all that a map, strip or chart is drawn from, as JSON before compression.
"""

import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Response

from dashboard.guard import CALLBACK_PATH
from tests.bench.__main__ import timed
from tests.bench.servers import atlas
from tests.bench.visits import Callback, answered, chrome, opened
from tests.browser.conftest import DESK

REPLAYS = 15
PAGES = {
    "/": (None, None),
    "/corridors": (60, 120_000),
    "/corridors/trans-caspian?within=100": (60, 120_000),
    "/corridors/kz-uz-links?lang=ru&within=100": (60, 120_000),
    "/corridors/compare?a=trans-caspian&b=northern": (60, 120_000),
    "/routes?from=region:UZ-SA&to=node:poti": (100, 150_000),
    "/reach?gateways=sea-ports&opened=corridor:trans-afghan": (250, 150_000),
    "/sites": (80, None),
    "/sites/J-003": (80, None),
    "/regions": (80, None),
    "/regions/UZ-SU": (80, None),
    "/pairs": (80, None),
    "/pairs/UZ-TO/KZ-61": (80, None),
    "/trade?lang=ru": (80, 120_000),
    "/energy?lang=ru": (80, 120_000),
    "/council?lang=ru": (80, 120_000),
    "/council/priorities?value=5&jobs=1": (80, 120_000),
    "/council/barriers": (80, 120_000),
    "/council/barriers?barrier=B33": (80, 120_000),
    "/council/agenda?i=project:P-001&i=barrier:B33&i=pair:UZ-SI/KZ-61": (80, 120_000),
    "/changes": (80, 120_000),
    "/sources": (None, None),
}
"""Addresses with the milliseconds and bytes that they should keep within, None where nothing is promised."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, atlas(Path(name)) as (_, port), chrome() as browser:
        print(f"{'page':<52} {'first':>8} {'median':>8} {'figures':>9} {'all JSON':>9}")
        for path, (budget_ms, budget_bytes) in PAGES.items():
            callbacks, figures = visited(browser, f"http://127.0.0.1:{port}{path}")
            times = [sum(timed(port, one) for one in callbacks) for _ in range(REPLAYS)]
            middle = statistics.median(times) * 1000
            over = (budget_ms and middle > budget_ms) or (budget_bytes and figures > budget_bytes)
            whole = sum(one.answer_bytes for one in callbacks)
            row = f"{path:<52} {times[0] * 1000:>6.0f}ms {middle:>6.0f}ms {figures:>9,} {whole:>9,}"
            print(row, "OVER" if over else "", flush=True)


def visited(browser: Browser, address: str) -> tuple[list[Callback], int]:
    """The callbacks of a page, and the bytes of the figures in their answers."""
    context = browser.new_context(**DESK, locale="en")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: CALLBACK_PATH in answer.url and answers.append(answer))
    with answered(page) as callbacks:
        opened(page, address)
    sizes = [
        len(json.dumps(figure, ensure_ascii=False, separators=(",", ":")).encode())
        for answer in answers
        for figure in figures_of(answer.json())
    ]
    context.close()
    return callbacks, sum(sizes)


def figures_of(value: Any) -> Iterator[dict]:
    """Every figure in an answer: what has both data and layout."""
    if isinstance(value, dict):
        if {"data", "layout"} <= set(value):
            yield value
            return
        for inner in value.values():
            yield from figures_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from figures_of(inner)


if __name__ == "__main__":
    main()
