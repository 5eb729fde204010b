"""Pages opened in Chromium: what they ask for, and when something can be seen on them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from dashboard.guard import CALLBACK_PATH
from tests.browser.conftest import ARGUMENTS, chromium, is_root, why_no_browser

FILTERS = "main input[type=checkbox]"
FILTERS_TRIED = 10
QUIET = 1500  # milliseconds without a request: the page has settled
LONGEST = 120_000  # milliseconds, for a busy machine

# In the page from its beginning: after each frame it looks for what is wanted, and notes when the frame
# in which it was first there has been shown, in milliseconds since the address was opened.
SEEN = """(() => {
  const wanted = WANTED;
  window.seen = {};
  const look = () => {
    for (const [name, is_there] of Object.entries(wanted)) {
      if (name in window.seen) { continue; }
      let there = false;
      try { there = is_there(); } catch { there = false; }
      if (there) {
        window.seen[name] = null;
        requestAnimationFrame(() => setTimeout(() => { window.seen[name] = performance.now(); }));
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""

PICTURE = """() => [...document.querySelectorAll('svg')].some((one) =>
  one.querySelectorAll('path, circle, use').length > 20 && one.getBoundingClientRect().width > 200)"""
LIVE = """() => {
  const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
  const isPainted = document.querySelector('#map').dataset.painted;
  return isPainted && map.getSource('sites') && map.loaded() && map.areTilesLoaded();
}"""

# From the click on a kind of site to the frame after the one in which the map drew the sites left, with the
# table showing as many.
PAINTED = """() => new Promise((done) => {
  const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
  const held = () => String(map.getContainer().dataset.sites);
  const listed = () => String(document.querySelectorAll('.site-table tbody tr:not([hidden])').length);
  const before = held();
  const began = performance.now();
  const look = () => {
    if (held() === before || held() !== listed() || !map.isSourceLoaded('sites')) { return; }
    map.off('render', look);
    requestAnimationFrame(() => done(performance.now() - began));
  };
  map.on('render', look);
  setTimeout(() => done(Infinity), 10000);
  document.querySelector('#filter-kinds input').click();
})"""

# Until the map has nothing left to draw: a reader looks before choosing again.
STILL = """() => new Promise((done) => {
  const map = document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map;
  map.once('idle', () => done());
  map.triggerRepaint();
})"""


@dataclass(frozen=True)
class Callback:
    """A callback request as the browser sent it, and how long its answer was."""

    path: str
    body: str
    answer_bytes: int


@contextmanager
def chrome() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        raise SystemExit(why_no_browser())
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, "--no-sandbox"] if is_root() else ARGUMENTS
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def watching(page: Page, wanted: dict[str, str]) -> Page:
    """The page, which will note when each of the wanted can be seen; each is a JavaScript function."""
    table = "{" + ",".join(f"{name}: {function}" for name, function in wanted.items()) + "}"
    page.add_init_script(SEEN.replace("WANTED", table))
    return page


def seen(page: Page, name: str) -> float:
    """Seconds from opening the address until this could be seen."""
    page.wait_for_function("(name) => window.seen[name] > 0", arg=name, timeout=LONGEST)
    return page.evaluate("(name) => window.seen[name]", name) / 1000


def opened(page: Page, address: str) -> float:
    """Seconds until the page has asked for everything it shows."""
    began = time.perf_counter()
    page.goto(address)
    page.locator("main h1").first.wait_for()
    settle(page)
    return time.perf_counter() - began - QUIET / 1000


def settle(page: Page) -> None:
    """Return when nothing was asked for during QUIET milliseconds."""
    finished: list[str] = []
    page.on("requestfinished", keep := lambda request: finished.append(request.url))
    before = -1
    while len(finished) != before:
        before = len(finished)
        page.wait_for_timeout(QUIET)  # silence itself is what is waited for
    page.remove_listener("requestfinished", keep)


def painted(page: Page, script: str, rest: int, still: str | None = None) -> float:
    """Milliseconds until a filter is painted, the middle of some, with so many of rest before each."""
    times = []
    for _ in range(FILTERS_TRIED):
        if still:
            page.evaluate(still)
        page.wait_for_timeout(rest)  # the counts and chips of a choice are drawn after its sites
        times.append(page.evaluate(script))
    return statistics.median(times)


def changed_filters(page: Page, taken: Callable[[], int]) -> Iterator[tuple[int, list[Callback]]]:
    """Switch filters one by one; for each the bytes it cost and the callbacks it caused."""
    boxes = [box for box in page.locator(FILTERS).all() if box.is_visible()][:FILTERS_TRIED]
    for box in boxes:
        taken()
        with answered(page) as callbacks:
            box.click()
            settle(page)
        yield taken(), callbacks


@contextmanager
def answered(page: Page) -> Iterator[list[Callback]]:
    """The callbacks of the page that are answered inside the `with`; filled at its end."""
    answers: list[Response] = []
    callbacks: list[Callback] = []
    page.on("response", keep := lambda answer: answers.append(answer))
    yield callbacks
    page.remove_listener("response", keep)
    for answer in answers:
        url = urlsplit(answer.url)
        if url.path == CALLBACK_PATH and answer.status == 200:
            path = f"{url.path}?{url.query}"
            callbacks.append(Callback(path, answer.request.post_data or "", len(answer.body())))
