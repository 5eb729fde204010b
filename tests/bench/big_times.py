"""Measures the atlas over a big data folder: `python -m tests.bench.big_times [FOLDER]`.

Makes the folder of tests.bench.big where there is none (a temporary one when left out). Prints start,
memory, answers to filters never asked before, pages of the table, searches and tiles, beside their limits.
With ATLAS_DATABASE_URL the same version is read from the database.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

import app
from tests.bench.big import Size, write_folder
from tests.bench.servers import LONGEST_START, ask, cpu_seconds, free_port, memory_mib
from tests.bench.table import head, show
from tests.processes import Program, started

TIMES = 5
FILTERS = (
    "?country=UZB",
    "?kind=plant",
    "?sector=food&status=operating",
    "?country=KAZ&kind=sez",
    "?sector=glass",
)
PAGES = ("/", "/sites", "/regions", "/pairs", "/corridors", "/routes", "/reach", "/council", "/sources")


def main() -> None:
    """Measure the folder that the command line names."""
    with tempfile.TemporaryDirectory() as own:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(own) / "data"
        if not folder.exists():
            begun = time.monotonic()
            write_folder(app.data_folder(), folder, Size())
            show("folder made", time.monotonic() - begun, "s")
        port, begun = free_port(), time.monotonic()
        command = ["app.py", "--port", str(port), "--data", str(folder)]
        with started(command, Path(own) / "log", ATLAS_CACHE=f"{own}/forms", ATLAS_WARM_UP="no") as program:
            wait_for_page(port, program)
            head("Start")
            show("command to first page", time.monotonic() - begun, "s", most=30)
            show("processor time of it", cpu_seconds(program), "s")
            show("memory", memory_mib(program), "MiB", most=2048)
            measure_answers(port, program)
            measure_painting(port)
            measure_pages(port, program)


def wait_for_page(port: int, program: Program) -> None:
    """Return when the first page has come."""
    while True:
        try:
            ask(port, "GET", "/")
            return
        except OSError:
            if program.process.poll() is not None or cpu_seconds(program) > LONGEST_START:
                raise RuntimeError(f"the atlas does not start:\n{program.said()}") from None
            time.sleep(0.2)  # another process: nothing to wait on


def measure_answers(port: int, program: Program) -> None:
    """Pages of the table and searches, asked for one after the other."""
    head("Answers of the server (processor time, as they travel)")
    turn = {
        "of": "overview",
        "which": "",
        "column": -1,
        "is_descending": False,
        "page": 0,
        "lang": "en",
        "at": 1,
    }
    for which in FILTERS:
        body = callback("site-page", "tree", "site-turn", turn | {"which": which, "page": 3})
        show_answer(f"page of the table of {which}", port, program, body, 250, 300_000)
    for text in ("karabulak", "zavdo", "97213"):
        body = callback("search-list", "children", "search-asked", {"text": text, "at": 1})
        ask_search = json.loads(body) | {"state": [{"id": "search", "property": "lang", "value": "en"}]}
        ask_search["output"] = "..search-list.children...search-status.children.."
        ask_search["outputs"] = [
            {"id": "search-list", "property": "children"},
            {"id": "search-status", "property": "children"},
        ]
        show_answer(f"search for {text}", port, program, json.dumps(ask_search), 50, 300_000)


def callback(output: str, of: str, source: str, value: object) -> str:
    """The body of a question to a callback of one input."""
    return json.dumps(
        {
            "output": f"{output}.{of}",
            "outputs": {"id": output, "property": of},
            "inputs": [{"id": source, "property": "data", "value": value}],
            "changedPropIds": [f"{source}.data"],
        }
    )


def show_answer(name: str, port: int, program: Program, body: str, most_ms: float, most_bytes: int) -> None:
    """Processor time and bytes of one answer."""
    before = cpu_seconds(program)
    size = len(ask(port, "POST", "/_dash-update-component", body))
    show(f"{name}: time", (cpu_seconds(program) - before) * 1000, "ms", most=most_ms)
    show(f"{name}: size", size, "bytes", most=most_bytes)


def measure_painting(port: int) -> None:
    """How soon the data are painted in Chromium, what a filter takes there, and the tiles it asks for."""
    head("In Chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        answers: list[tuple[str, float, int]] = []
        page.on("requestfinished", lambda one: answers.append(taken(one)))
        begun = time.monotonic()
        page.goto(f"http://127.0.0.1:{port}/?tour=off&lang=en")
        page.wait_for_selector("#map[data-painted]", timeout=120_000)
        show("first data painted", time.monotonic() - begun, "s", most=3.5)
        told = [one for one in answers if "/tiles/" in one[0]]
        if told:
            show("tiles", len(told), "")
            show("slowest tile", max(ms for _, ms, _ in told), "ms")
            show("all tiles", sum(size for *_, size in told), "bytes")
        answers.clear()
        for query in FILTERS[:TIMES]:
            page.evaluate(
                "(query) => { history.pushState({}, '', query); dispatchEvent(new Event('popstate')); }",
                query,
            )
            page.wait_for_function(
                "(q) => (document.querySelector('.site-table').dataset.which || q) === q", arg=query
            )
        asked = [one for one in answers if one[0].endswith("_dash-update-component")]
        show(
            "slowest answer to a filter",
            max((ms for _, ms, _ in asked), default=float("nan")),
            "ms",
            most=250,
        )
        show(
            "largest answer to a filter", max((size for *_, size in asked), default=0), "bytes", most=300_000
        )
        browser.close()


def taken(request: object) -> tuple[str, float, int]:
    """Address, milliseconds up to the first byte, and bytes of the body of an answer."""
    timing = request.timing
    return request.url, timing["responseStart"] - timing["requestStart"], request.sizes()["responseBodySize"]


def chromium() -> str | None:
    """The Chromium of the system where there is one, else that of Playwright."""
    known = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"))
    return next((str(path) for path in known if path.exists()), None)


def measure_pages(port: int, program: Program) -> None:
    """The first opening of the pages, and the memory after all of them."""
    head("Pages, opened for the first time (processor time, as they travel)")
    for path in PAGES:
        before = cpu_seconds(program)
        size = len(ask(port, "GET", quote(path, safe="/?=&")))
        show(f"{path}: time", cpu_seconds(program) - before, "s")
        show(f"{path}: size", size, "bytes", most=3_000_000)
    show("memory after them", memory_mib(program), "MiB", most=2048)


if __name__ == "__main__":
    main()
