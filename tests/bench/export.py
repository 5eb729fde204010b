"""Sizes and times of exports: `python -m tests.bench.export`, about a minute on a quiet machine.

Starts the atlas as on a desk, has each large format made of the overview, and asks for ten kits at once while
another reader filters.
"""

import http.client
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.processes import started

BUDGETS = {"svg": (600_000, 3.0), "pdf": (None, 3.0), "kit": (None, 8.0), "figure": (None, 1.5)}
KITS, WAIT = 10, 300
READER = "/export/file?view=/%3Fkind%3D{kind}&figure=sites&format=csv&lang=en&title={n}"
KINDS = ("sez", "plant", "dry-port", "industrial-park")


def asked(address: str, path: str) -> tuple[int, bytes, float]:
    """Status, body and seconds of one answer."""
    parts, begun = urlsplit(address), time.perf_counter()
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=WAIT)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, time.perf_counter() - begun


def kit(address: str, number: int) -> tuple[float, int]:
    """Seconds until a kit is there, and how often the server said "try again"."""
    begun, refused = time.perf_counter(), 0
    while True:
        status, body, _ = asked(address, f"/export/file?view=/&format=kit&lang=ru&title=Kit{number}")
        if status == 200 and body[:2] == b"PK":
            return time.perf_counter() - begun, refused
        if status != 503:
            raise SystemExit(f"a kit: status {status}: {body[:200]!r}")
        refused += 1
        time.sleep(4)  # what Retry-After asks of a reader


@contextmanager
def reading(address: str, times: list[float]) -> Iterator[None]:
    """A reader who asks for another choice of sites every half second, which the server itself answers."""
    done = threading.Event()

    def read() -> None:
        number = 0
        while not done.wait(0.5):
            path = READER.format(kind=KINDS[number % len(KINDS)], n=f"{id(times)}-{number}")
            times.append(asked(address, path)[2])
            number += 1

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def row(what: str, *cells: str) -> None:
    """A line of the table."""
    print(f"{what:34}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


def measure(address: str) -> None:
    """Print the table."""
    asked(address, "/export/about?view=/&lang=en")  # a reader opens the dialog: the program starts
    asked(address, "/export/file?view=/corridors/btk&figure=strip&format=pdf&lang=en")
    row("", "bytes", "seconds", "budget")
    _, body, seconds = asked(address, "/export/figure?view=/&lang=kk")
    row("figure for the browser", f"{len(body):,}", f"{seconds:.2f}", "1.5 s")
    json.loads(body)
    for format_id, language in (("svg", "uz"), ("pdf", "kk"), ("kit", "en")):
        _, body, seconds = asked(address, f"/export/file?view=/&format={format_id}&lang={language}")
        largest, longest = BUDGETS[format_id]
        row(format_id, f"{len(body):,}", f"{seconds:.2f}", f"{largest or 'any'} B, {longest} s")
    alone: list[float] = []
    with reading(address, alone):
        time.sleep(8)  # long enough for a hundred requests of the reader alone
    beside: list[float] = []
    with reading(address, beside), ThreadPoolExecutor(KITS) as readers:
        made = list(readers.map(lambda number: kit(address, number), range(KITS)))
    row("a reader alone, ms", *(f"{1000 * value:.0f}" for value in ends(alone)), "median, longest")
    row(f"beside {KITS} kits, ms", *(f"{1000 * value:.0f}" for value in ends(beside)), "median, longest")
    row("kits at once, s", *(f"{value:.1f}" for value in ends([seconds for seconds, _ in made])))
    row("told to try again", f"{sum(refused for _, refused in made)}")


def ends(values: list[float]) -> tuple[float, float]:
    """The middle and the largest."""
    return statistics.median(values), max(values)


if __name__ == "__main__":
    log = Path(tempfile.mkdtemp()) / "bench.log"
    with started(("app.py", "--port", "0"), log) as program:
        measure(program.address())
