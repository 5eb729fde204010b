"""Sizes, times and memory of the atlas: `python -m tests.bench`, about a minute on a quiet machine.

Starts the atlas as its readers' machines do, opens it in Chromium, changes filters, and prints each figure
with the budget it should keep.
"""

import http.client
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, sync_playwright

from dashboard.guard import CALLBACK_PATH
from tests.bench.meter import metered
from tests.browser.conftest import ARGUMENTS, DESK, chromium, is_root, why_no_browser
from tests.processes import Program, started

FILTERS = "main input[type=checkbox]"
FILTERS_TRIED = 10
REPLAYS = 200
REST = 300  # milliseconds between two choices
QUIET = 1500  # milliseconds without a request: the page has settled

BUDGETS = {
    "start to first page": 4.0,
    "first load": 1_900_000,
    "repeat visit": 60_000,
    "answer to a filter": 20_000,
    "filter until painted": 200,
}

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


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kept in ("no compressed forms", "forms on disk"):
            show(f"start to first page, {kept}", f"{start_to_page(folder):.2f} s", "start to first page")
        with atlas(folder) as program, chrome() as browser:
            callbacks = measure_visits(browser, program)
        with atlas(folder) as program:
            measure_callbacks(program, callbacks)


def start_to_page(folder: Path) -> float:
    """Seconds from the command to the page, its layout and its callbacks having been answered."""
    began = time.perf_counter()
    with atlas(folder) as program:
        port = port_of(program)
        for path in ("/", "/_dash-layout", "/_dash-dependencies"):
            ask(port, "GET", path)
        seconds = time.perf_counter() - began
        wait_for_forms(folder)
    return seconds


def wait_for_forms(folder: Path) -> None:
    """Return when the smallest forms have been made: none was added for ten seconds."""
    newest = time.time()
    while time.time() - newest < 10:
        time.sleep(0.5)  # a file appears in another process: nothing to wait on
        newest = max([newest, *(path.stat().st_mtime for path in folder.glob("forms/*.br"))])


def measure_visits(browser: Browser, program: Program) -> list[Callback]:
    """Open the atlas twice and change filters; the callbacks that the filters caused."""
    with metered(port_of(program)) as meter:
        context = browser.new_context(**DESK, locale="en")
        page = context.new_page()
        with answered(page) as callbacks:
            seconds = opened(page, meter.address)
        show("first load", f"{meter.taken():,} bytes", "first load")
        show("first load until it is quiet", f"{seconds:.2f} s")
        biggest = max(callbacks, key=lambda callback: callback.answer_bytes)
        show("biggest answer of a callback", f"{biggest.answer_bytes:,} bytes of JSON")
        page.close()
        page = context.new_page()
        seconds = opened(page, meter.address)
        show("repeat visit", f"{meter.taken():,} bytes", "repeat visit")
        show("repeat visit until it is quiet", f"{seconds:.2f} s")
        updates, caused = zip(*changed_filters(page, meter.taken), strict=True)
        show("update of a filter, middle", f"{statistics.median(updates):,.0f} bytes")
        show("update of a filter, largest", f"{max(updates):,} bytes")
        largest = max(callback.answer_bytes for some in caused for callback in some)
        show("answer to a filter, largest", f"{largest:,} bytes of JSON", "answer to a filter")
        show("filter until painted, middle", f"{painted(page, REST):.0f} ms", "filter until painted")
        show("the same in quick succession", f"{painted(page, 0):.0f} ms")
        context.close()
    return [callback for some in caused for callback in some]


def painted(page: Page, rest: int) -> float:
    """Milliseconds until a filter is painted, the middle of some, with so many of rest before each."""
    times = []
    for _ in range(FILTERS_TRIED):
        page.evaluate(STILL)
        page.wait_for_timeout(rest)  # the counts and chips of a choice are drawn after its sites
        times.append(page.evaluate(PAINTED))
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


def measure_callbacks(program: Program, callbacks: list[Callback]) -> None:
    """Replay the callbacks over one connection: first with nothing computed yet, then again and again."""
    port = port_of(program)
    ask(port, "GET", "/")
    show("memory after the start", memory(program))
    first = [timed(port, callback) for callback in callbacks]
    later = [timed(port, callback) for callback in islice(cycle(callbacks), REPLAYS)]
    for name, seconds in (("callback, first time", first), (f"callback, {REPLAYS} more", later)):
        middle, slow = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        show(name, f"p50 {middle * 1000:.1f} ms, p95 {slow * 1000:.1f} ms")
    show(f"memory after {len(first) + len(later)} callbacks", memory(program))


def timed(port: int, callback: Callback) -> float:
    began = time.perf_counter()
    ask(port, "POST", callback.path, callback.body)
    return time.perf_counter() - began


def opened(page: Page, address: str) -> float:
    """Seconds until the page has asked for everything it shows."""
    began = time.perf_counter()
    page.goto(address)
    page.locator("main h1").first.wait_for()
    settle(page)
    return time.perf_counter() - began - QUIET / 1000


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


def settle(page: Page) -> None:
    """Return when nothing was asked for during QUIET milliseconds."""
    finished: list[str] = []
    page.on("requestfinished", keep := lambda request: finished.append(request.url))
    before = -1
    while len(finished) != before:
        before = len(finished)
        page.wait_for_timeout(QUIET)  # silence itself is what is waited for
    page.remove_listener("requestfinished", keep)


def ask(port: int, method: str, path: str, body: str | None = None) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept-Encoding": "br", **({"Content-Type": "application/json"} if body else {})}
    connection.request(method, path, body.encode() if body else None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status not in (200, 204):
        raise RuntimeError(f"{answer.status} for {path}")


def memory(program: Program) -> str:
    """Resident memory of the process, where the system tells it."""
    status = Path(f"/proc/{program.process.pid}/status")
    if not status.exists():
        return "not known on this system"
    kilobytes = int(status.read_text().partition("VmRSS:")[2].split()[0])
    return f"{kilobytes / 1024:.0f} MiB"


def port_of(program: Program) -> int:
    return int(program.address().rpartition(":")[2])


@contextmanager
def atlas(folder: Path) -> Iterator[Program]:
    """The atlas on a free port, keeping its compressed forms below `folder`."""
    with started(["app.py", "--port", "0"], folder / "log", ATLAS_CACHE=str(folder / "forms")) as program:
        yield program


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


def show(name: str, value: str, budget: str | None = None) -> None:
    """One line of the table; with a budget, whether it is kept."""
    note = ""
    if budget:
        number = float(value.split()[0].replace(",", ""))
        limit = BUDGETS[budget]
        unit = value.split()[1]
        note = f"{'within' if number <= limit else 'OVER'} {limit:,} {unit}"
    print(f"{name:<36} {value:>32}   {note}", flush=True)


if __name__ == "__main__":
    main()
