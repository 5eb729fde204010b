"""Sizes, times, load and memory of the atlas: `python -m tests.bench`, about six minutes on a quiet machine.

Starts the atlas as its readers' machines do, opens it in Chromium, changes filters, sends many requests at
once, and prints each figure with what was promised; the same map as static pages and as an export of Folium
is measured beside it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Browser

import app
import layers
from tests.bench import rivals
from tests.bench.meter import metered
from tests.bench.readers import Asked, together
from tests.bench.servers import DESK, PRODUCTION, ask, atlas, cpu_seconds, memory_mib, rest, wait_for
from tests.bench.table import head, show
from tests.bench.visits import (
    LIVE,
    PAINTED,
    PICTURE,
    STILL,
    Callback,
    changed_filters,
    chrome,
    opened,
    painted,
    seen,
    settle,
    watching,
)
from tests.browser.conftest import DESK as WINDOW

VISITS = 3
REST = 300  # milliseconds between two choices
SECONDS = 6.0  # of load for each number of readers
REQUESTS = 10_000
AT_ONCE = 32

Page = tuple[float, int, int, float]
"""Seconds until data are painted, bytes of the first load and of a repeat visit, milliseconds of a filter."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        head("Start")
        for kept in ("no compressed forms", "forms on disk"):
            show(f"start to first page, {kept}", start_to_page(folder), "s", most=4.0)
        with chrome() as browser:
            head("The overview in a browser")
            with atlas(folder) as (_, port):
                live, callbacks = measured_atlas(browser, port)
            head("The same map by other means")
            measure_rivals(browser, live)
        for command, least in ((DESK, 150), (PRODUCTION, 300)):
            head(f"Filters, {command}")
            with atlas(folder, command) as (program, port):
                measure_callbacks(program, port, callbacks, least)


def start_to_page(folder: Path) -> float:
    """Seconds from the command to the page, its layout and its callbacks having been answered."""
    began = time.perf_counter()
    with atlas(folder) as (_, port):
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


def measured_atlas(browser: Browser, port: int) -> tuple[Page, list[Callback]]:
    """Open the overview some times, as new readers and as one who comes back, and change filters."""
    with metered(port) as meter:
        firsts = [first_visit(browser, meter.address, meter.taken) for _ in range(VISITS)]
        pictures, lives, sizes = zip(*firsts, strict=True)
        show("first data painted", min(pictures), "s", most=1.0, note=spread(pictures))
        show("live map painted", min(lives), "s", note=spread(lives))
        show("first load", sizes[-1], "bytes")
        context = browser.new_context(**WINDOW, locale="en")
        opened(context.new_page(), meter.address)
        meter.taken()
        page = context.new_page()
        opened(page, meter.address)
        repeat = meter.taken()
        show("repeat visit", repeat, "bytes", most=60_000)
        updates, caused = zip(*changed_filters(page, meter.taken), strict=True)
        show("update of a filter, middle", statistics.median(updates), "bytes")
        callbacks = [callback for some in caused for callback in some]
        show("answer to a filter, largest, before compression", largest(callbacks), "bytes", most=20_000)
        filtered = painted(page, PAINTED, REST, STILL)
        show("filter until painted, middle", filtered, "ms", most=150)
        show("the same in quick succession", painted(page, PAINTED, 0, STILL), "ms")
        context.close()
    return (min(lives), sizes[-1], repeat, filtered), callbacks


def largest(callbacks: list[Callback]) -> int:
    return max(callback.answer_bytes for callback in callbacks)


def spread(values: tuple[float, ...]) -> str:
    """The values of all visits, as a note to the best of them."""
    return "(" + ", ".join(f"{value:.2f}" for value in values) + ")"


def first_visit(browser: Browser, address: str, taken: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds until the first data and until the live map is painted, and all bytes, of a new reader."""
    context = browser.new_context(**WINDOW, locale="en")
    page = watching(context.new_page(), {"picture": PICTURE, "live": LIVE})
    taken()
    page.goto(address)
    live, picture = seen(page, "live"), seen(page, "picture")
    settle(page)
    context.close()
    return min(picture, live), live, taken()


def measure_rivals(browser: Browser, live: Page) -> None:
    """The same map as static pages and as an export of Folium, and how the atlas compares."""
    data = layers.load(app.data_folder())
    marks = rivals.opening_marks(data)
    drawn = rivals.FOLIUM_DRAWN.replace("COUNT", str(rivals.folium_count(marks, data)))
    whole, plain = rivals.static_map(data, marks), rivals.static_page(data, marks)
    # The whole map tells how soon the atlas must draw; the page without ground how small it must be.
    compare("static page, the whole map", live, other_page(browser, whole, rivals.PLOTLY_DRAWN), slower=1.25)
    page = other_page(browser, plain, rivals.PLOTLY_DRAWN, rivals.PLOTLY_FILTER)
    compare("static page, no ground or names", live, page, more=600_000)
    page = other_page(browser, rivals.folium_page(data, marks), drawn, rivals.FOLIUM_FILTER)
    compare("export of Folium, no ground or names", live, page)


def compare(
    name: str, atlas: Page, other: Page, slower: float | None = None, more: int | None = None
) -> None:
    """Print the figures of another page, and how often or by how much the atlas exceeds them."""
    show(f"{name}: data painted", other[0], "s")
    show("    the live map of the atlas", atlas[0] / other[0], "×", most=slower)
    show(f"{name}: first load", other[1], "bytes")
    show("    more for the atlas", atlas[1] - other[1], "bytes", most=more)
    show(f"{name}: repeat visit", other[2], "bytes", note=f"(the atlas {atlas[2]:,})")
    if other[3]:
        show(f"{name}: filter until painted", other[3], "ms", note=f"(the atlas {atlas[3]:,.0f})")


def other_page(browser: Browser, files: dict[str, bytes], is_drawn: str, script: str = "") -> Page:
    """What is measured of the atlas, of a page that is files only; 0 where no script changes a filter."""
    with rivals.served(files) as port, metered(port) as meter:
        times = []
        for _ in range(VISITS):
            context = browser.new_context(**WINDOW, locale="en")
            page = watching(context.new_page(), {"drawn": is_drawn})
            meter.taken()
            page.goto(meter.address)
            times.append(seen(page, "drawn"))
            first = meter.taken()
            filtered = painted(page, script, REST) if script else 0.0
            meter.taken()
            page.goto("about:blank")
            page.goto(meter.address)
            seen(page, "drawn")
            repeat = meter.taken()
            context.close()
    return min(times), first, repeat, filtered


def measure_callbacks(program: object, port: int, callbacks: list[Callback], least: int) -> None:
    """Filters asked for by one, 32 and 200 readers at once, and memory after very many."""
    wait_for(port, program)
    ask(port, "GET", "/")
    rest(program)
    show("memory after the start", memory_mib(program), "MiB")
    began = cpu_seconds(program)
    first = [timed(port, callback) * 1000 for callback in callbacks]
    cpu = (cpu_seconds(program) - began) / len(first) * 1000
    show(
        "a filter nobody has asked for, middle", statistics.median(first), "ms", note=f"(processor {cpu:.0f})"
    )
    later = [timed(port, callback) * 1000 for callback in islice(cycle(callbacks), 200)]
    show("a filter asked for again, middle", statistics.median(later), "ms")
    requests = [Asked("POST", callback.path, callback.body).wire() for callback in callbacks]
    sent = len(first) + len(later)
    for readers in (1, AT_ONCE, 200):
        before = cpu_seconds(program)
        taken = together(port, requests, readers, SECONDS)
        cpu = (cpu_seconds(program) - before) / len(taken.seconds) * 1000
        sent += len(taken.seconds)
        bad = len(taken.seconds) - taken.codes[200] + taken.faults
        note = f"(p50 {taken.slowest(50):.1f} ms, {bad} not answered)"
        is_promised = readers == AT_ONCE
        show(f"{readers} readers: requests", taken.per_second, "/s", least=least if is_promised else None)
        show(f"{readers} readers: p95", taken.slowest(95), "ms", 150 if is_promised else None, note=note)
        show(f"{readers} readers: processor time of the server a request", cpu, "ms", most=2.5)
        show(f"memory after {sent:,} requests", memory_mib(program), "MiB")
    while sent < REQUESTS:
        sent += len(together(port, requests, AT_ONCE, SECONDS).seconds)
    show(f"memory after {sent:,} requests", memory_mib(program), "MiB")


def timed(port: int, callback: Callback) -> float:
    """Seconds of one callback, over a connection of its own."""
    began = time.perf_counter()
    ask(port, "POST", callback.path, callback.body)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
