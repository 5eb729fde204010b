"""Measures the atlas over a big data folder: `python -m tests.bench.big_times [FOLDER]`.

Makes the folder of tests.bench.big where there is none (a temporary one when left out). Prints start,
memory, answers to filters never asked before, pages of the table, searches, tiles, and what Chromium paints,
beside their limits. With ATLAS_DATABASE_URL the same is measured again over that database, into which the
folder is published first: its address must be one that may write.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

import app
from dashboard import ids
from dashboard.guard import CALLBACK_PATH
from tests.bench.big import Size, write_folder
from tests.bench.servers import LONGEST_START, ask, cpu_seconds, free_port, memory_mib, rest
from tests.bench.table import head, show
from tests.bench.visits import LIVE, LONGEST, PICTURE, chrome, seen, settle, watching
from tests.processes import ROOT, Program, started

FILTERS = (
    "?country=UZB",
    "?kind=plant",
    "?status=operating&sector=food",
    "?country=KAZ&kind=sez",
    "?region=KZ-10-001,KZ-10-002",
    "?corridor=trans-caspian",
    "?corridor_status=operating",
    "?metric=population",
)
"""One of each kind; none is asked for before."""

SEARCHES = ("karabulak", "zavdo", "97213")
PAGES = (
    "/",
    "/sites",
    "/sites/J-001",
    "/regions",
    "/regions/UZ-SA",
    "/regions/KZ-10-001",
    "/pairs",
    "/pairs/UZ-SI/KZ-75",
    "/corridors",
    "/corridors/compare",
    "/corridors/trans-caspian",
    "/routes",
    "/reach",
    "/energy",
    "/council",
    "/council/barriers",
    "/presentations",
    "/sources",
)
MOST_MS, MOST_BYTES = 250, 300_000
"""Of an answer to a filter: server's processor time, and bytes as they travel."""

NEXT_PAGE = ".site-table + nav [data-turn-page]:nth-of-type(3)"
SECOND_PAGE = ".site-table[data-page='1']"


def main() -> None:
    """Measure the folder that the command line names, from files and where there is one from a database."""
    database = os.environ.pop("ATLAS_DATABASE_URL", "")
    with tempfile.TemporaryDirectory() as own:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(own) / "data"
        if not folder.exists():
            begun = time.monotonic()
            write_folder(app.data_folder(), folder, Size())
            show("folder made", time.monotonic() - begun, "s")
        head("From files")
        measure(folder, Path(own) / "files")
        if database:
            head("From the database")
            show("published", publish(folder, database), "s")
            measure(folder, Path(own) / "database", ATLAS_DATABASE_URL=database)


def publish(folder: Path, database: str) -> float:
    """Seconds in which a folder becomes the version of a database."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "layers.publish", "--to", database, str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def measure(folder: Path, own: Path, **environment: str) -> None:
    """All figures of one server over the folder, or over the database that the environment names."""
    data = shutil.copytree(folder, own / "data")
    port, begun = free_port(), time.monotonic()
    command = ["app.py", "--port", str(port), "--data", str(data)]
    environment |= {"ATLAS_CACHE": str(own / "forms"), "ATLAS_STATE": str(own / "state")}
    with started(command, own / "log", **environment) as program:
        wait_for_page(port, program)
        show("command to first page", time.monotonic() - begun, "s", most=30)
        show("processor time of it", cpu_seconds(program), "s")
        show("memory", memory_mib(program), "MiB", most=2048)
        with chrome() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            asked = measure_painting(page, port)
            measure_turning(page, port)
            page.close()
        rest(program)
        measure_filters(asked, port, program)
        measure_table(port, program)
        measure_searches(port, program)
        measure_tiles(asked, port, program)
        measure_pages(port, program)
        measure_change(data, port, program, environment.get("ATLAS_DATABASE_URL"))


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


@dataclass
class Asked:
    """What the browser has asked for: tiles, and the question that follows a choice."""

    tiles: list[str] = field(default_factory=list)
    follow: dict = field(default_factory=dict)

    def note(self, request: Request) -> None:
        """Keep a request that is measured again."""
        url = urlsplit(request.url)
        if url.path.startswith("/tiles/"):
            self.tiles.append(f"{url.path}?{url.query}".rstrip("?"))
        elif url.path == CALLBACK_PATH and f"{ids.LEGEND}.children" in (request.post_data or ""):
            self.follow = json.loads(request.post_data)


def measure_painting(page: Page, port: int) -> Asked:
    """How soon the data can be seen in Chromium, and what is asked for by then and with a choice."""
    asked = Asked()
    page.on("request", asked.note)
    watching(page, {"picture": PICTURE, "live": LIVE})
    page.goto(f"http://127.0.0.1:{port}/?tour=off&lang=en")
    picture, live = seen(page, "picture"), seen(page, "live")
    show("data painted: the first of both", min(picture, live), "s", most=3.5)
    show("  the picture that comes with the page", picture, "s")
    show("  the live map", live, "s")
    settle(page)
    page.locator(f"#{ids.control('kinds')} input").nth(1).click()
    page.wait_for_function("() => location.search.includes('kind=')", timeout=LONGEST)
    settle(page)
    page.remove_listener("request", asked.note)
    return asked


def measure_turning(page: Page, port: int) -> None:
    """A page of the table in Chromium, from the click to its rows."""
    begun = time.monotonic()
    page.locator(NEXT_PAGE).click()
    page.locator(SECOND_PAGE).wait_for(timeout=LONGEST)
    show("a page of the table turned", time.monotonic() - begun, "s")


def measure_filters(asked: Asked, port: int, program: Program) -> None:
    """The answer to each filter, as if the reader had followed a link of this page."""
    body = asked.follow | {"changedPropIds": [f"{ids.ADDRESS}.data"]}
    for query in FILTERS:
        for part in (*body["inputs"], *body["state"]):
            if isinstance(part, dict) and part["id"] == ids.ADDRESS:
                part["value"] = query
            if isinstance(part, dict) and part["id"] == ids.VIEW:
                part["value"] = {"query": "", "lang": "en", "is_new": False, "ignored": []}
        with answering(f"filter {query}", program) as answer:
            answer.append(ask(port, "POST", CALLBACK_PATH, json.dumps(body)))


def measure_table(port: int, program: Program) -> None:
    """A page of the table of each filter, and the last one in another order."""
    turn = {"of": "overview", "which": "", "column": -1, "is_descending": False, "page": 0, "lang": "en"}
    turns = [turn | {"which": query, "page": 3} for query in FILTERS[:4]]
    turns.append(turn | {"column": 0, "page": 1_999})
    for one in turns:
        body = callback([(ids.SITE_PAGE, "tree")], (ids.SITE_TURN, "data"), one | {"at": 1})
        with answering(f"page {one['page'] + 1} of the table {one['which']}".rstrip(), program) as answer:
            answer.append(ask(port, "POST", CALLBACK_PATH, body))


def measure_searches(port: int, program: Program) -> None:
    """Words, a word misspelt and a number; the first search reads the names of all things."""
    outputs = [(ids.SEARCH_LIST, "children"), (ids.SEARCH_STATUS, "children")]
    state = [{"id": ids.SEARCH, "property": "lang", "value": "en"}]
    for at, text in enumerate(("almaty", *SEARCHES)):
        body = callback(outputs, (ids.SEARCH_ASKED, "data"), {"text": text, "at": at}, state)
        name = f"search for {text}"
        if not at:
            before = cpu_seconds(program)
            ask(port, "POST", CALLBACK_PATH, body)
            show("first search: processor time", cpu_seconds(program) - before, "s")
            continue
        with answering(name, program, most_ms=50) as answer:
            answer.append(ask(port, "POST", CALLBACK_PATH, body))


def callback(
    outputs: list[tuple[str, str]], source: tuple[str, str], value: object, state: list[dict] | None = None
) -> str:
    """The body of a question to a callback of one input."""
    names = [f"{name}.{of}" for name, of in outputs]
    told = [{"id": name, "property": of} for name, of in outputs]
    is_one = len(names) == 1
    body = {
        "output": names[0] if is_one else f"..{'...'.join(names)}..",
        "outputs": told[0] if is_one else told,
        "inputs": [{"id": source[0], "property": source[1], "value": value}],
        "changedPropIds": [".".join(source)],
    }
    return json.dumps(body | ({"state": state} if state else {}))


@contextmanager
def answering(name: str, program: Program, most_ms: float = MOST_MS) -> Iterator[list[bytes]]:
    """Shows processor time and bytes of the answer that is put into the list."""
    before, answer = cpu_seconds(program), []
    yield answer
    show(f"{name}: processor time", (cpu_seconds(program) - before) * 1000, "ms", most=most_ms)
    show(f"{name}: size", len(answer[0]), "bytes", most=MOST_BYTES)


def measure_tiles(asked: Asked, port: int, program: Program) -> None:
    """Tiles that nobody has asked for: a zoom nearer than those of the browser, of all and of a choice."""
    tiles = list(dict.fromkeys(nearer(tile) for tile in asked.tiles))
    for name, several in (
        ("all rows", [tile for tile in tiles if "?" not in tile]),
        ("a choice", [tile for tile in tiles if "?" in tile]),
    ):
        times, sizes = [0.0], [0]
        for tile in several:
            before = cpu_seconds(program)
            sizes.append(len(ask(port, "GET", tile)))
            times.append((cpu_seconds(program) - before) * 1000)
        show(f"tiles of {name}: number", len(several), "")
        show(f"tiles of {name}: processor time of the slowest", max(times), "ms")
        show(f"tiles of {name}: size of the largest", max(sizes), "bytes", most=MOST_BYTES)


def nearer(address: str) -> str:
    """The address of a tile inside of another, one zoom nearer."""
    path, _, query = address.removesuffix(".mvt").partition(".mvt?")
    *layer, z, x, y = path.split("/")
    inside = "/".join((*layer, str(int(z) + 1), str(2 * int(x) + 1), str(2 * int(y) + 1)))
    return f"{inside}.mvt?{query}".rstrip("?")


def measure_pages(port: int, program: Program) -> None:
    """The first opening of the pages, and the memory after all of them."""
    head("Pages, opened for the first time (processor time, as they travel)")
    for path in PAGES:
        before = cpu_seconds(program)
        size = len(ask(port, "GET", path))
        show(f"{path}: time", cpu_seconds(program) - before, "s")
        show(f"{path}: size", size, "bytes", most=3_000_000)
    show("memory after them", memory_mib(program), "MiB", most=2048)


def measure_change(data: Path, port: int, program: Program, database: str | None) -> None:
    """How soon a changed name is served: from the saved table, or from its publication on."""
    head("A change of one name")
    table, before = data / "sites.csv", version(port)
    text, begun = table.read_text("utf-8"), time.monotonic()
    table.write_text(text.replace("Central Asia", "Inner Asia", 1), "utf-8")
    if database:
        show("published", publish(data, database), "s")
    while version(port) == before:
        time.sleep(0.2)  # another process: nothing to wait on
    show("served after", time.monotonic() - begun, "s")
    show("memory after it", memory_mib(program), "MiB", most=2048)


def version(port: int) -> str:
    """The version of the data that is served."""
    return json.loads(ask(port, "GET", "/healthz"))["data_version"]


if __name__ == "__main__":
    main()
