"""Many readers over the production command: `python -m tests.bench.load [--readers 200] [--seconds 300]`.

Each reader opens pages, changes filters, exports now and then, and looks for some seconds in between. Records
what pages ask for in Chromium first. Prints what was asked for how often, how long answers took, and memory
every half a minute. Ends with status 1 where an answer was an error.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import app
import layers
from tests.bench import journeys
from tests.bench.journeys import LANGUAGES, PAGES, WEIGHTS, Recorded
from tests.bench.readers import Asked, Reader, Taken
from tests.bench.servers import DESK, PRODUCTION, atlas, cpu_seconds, memory_mib
from tests.bench.table import head, show
from tests.bench.visits import chrome
from tests.processes import Program

LOOKS = (2.0, 8.0)
"""Seconds that a reader looks at a page or a choice."""

MOST_CHOICES = 5
EXPORTS = 0.03
"""The share of choices after which a reader exports."""

NEW_READERS = 0.3
"""The share of visits by readers whose browsers hold no files yet."""

EVERY = 30.0  # seconds between two looks at the memory


class Crowd:
    """Readers, what they ask for, and how long they wait."""

    def __init__(
        self, port: int, pages: dict[str, Recorded], filter_: Asked, regions: tuple[str, ...]
    ) -> None:
        self._port, self._pages, self._filter, self._regions = port, pages, filter_, regions
        self.taken: dict[str, Taken] = defaultdict(Taken)
        self.wrong: Counter[str] = Counter()

    async def read(self, number: int, until: float) -> None:
        """One reader, who begins at some moment of the first seconds."""
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, LOOKS[1]))
        reader = Reader(self._port, Taken())
        while time.perf_counter() < until:
            await self._visit(reader, chance, until)
        reader.close()

    async def _visit(self, reader: Reader, chance: random.Random, until: float) -> None:
        path, language = chance.choices(PAGES, WEIGHTS)[0], chance.choice(LANGUAGES)
        page = self._pages[path]
        files = page.files if chance.random() < NEW_READERS else ()
        told = list(page.told(language))
        for asked in (*told[:1], *files, *told[1:]):
            await self._ask(reader, asked, language, told[0].path)
        await asyncio.sleep(chance.uniform(*LOOKS))
        for _ in range(chance.randint(0, MOST_CHOICES)):
            if time.perf_counter() > until:
                return
            if path == "/":
                asked = journeys.some_filter(self._filter, self._regions, language, chance)
                await self._ask(reader, asked, language, told[0].path)
            if chance.random() < EXPORTS:
                await self._ask(reader, journeys.some_export(language, chance), language, told[0].path)
            await asyncio.sleep(chance.uniform(*LOOKS))

    async def _ask(self, reader: Reader, asked: Asked, language: str, page: str) -> None:
        code, seconds = await reader.ask(asked.wire(language, page))
        taken = self.taken[asked.kind]
        taken.seconds.append(seconds)
        taken.codes[code] += 1
        if code not in (200, 204):
            self.wrong[f"{code} {asked.kind} {asked.path[:80]}"] += 1


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        "python -m tests.bench.load", description="Many readers for some minutes."
    )
    parser.add_argument("--readers", type=int, default=200, help="readers at the same time (%(default)s)")
    parser.add_argument("--seconds", type=float, default=300, help="how long they read (%(default)s)")
    parser.add_argument("--desk", action="store_true", help=f"over {DESK} instead of {PRODUCTION}")
    chosen = parser.parse_args(arguments)
    command = DESK if chosen.desk else PRODUCTION
    with tempfile.TemporaryDirectory() as name, atlas(Path(name), command) as (program, port):
        with chrome() as browser:
            pages = journeys.recorded(browser, port)
            filter_ = journeys.recorded_filter(browser, port)
        regions = tuple(layers.load(app.data_folder()).regions.index)
        crowd = Crowd(port, pages, filter_, regions)
        head(f"{chosen.readers} readers for {chosen.seconds:.0f} s, {command}")
        asyncio.run(lead(crowd, program, chosen.readers, chosen.seconds))
    tell(crowd, chosen.seconds)
    return 1 if crowd.wrong else 0


async def lead(crowd: Crowd, program: Program, readers: int, seconds: float) -> None:
    """Let them read, and look at the memory meanwhile."""
    began, cpu = time.perf_counter(), cpu_seconds(program)
    until = began + seconds
    reading = asyncio.gather(*(crowd.read(number, until) for number in range(readers)))
    while not reading.done():
        show(f"memory after {time.perf_counter() - began:.0f} s", memory_mib(program), "MiB")
        await asyncio.wait([reading], timeout=EVERY)
    await reading
    took = time.perf_counter() - began
    show("processors that the server used", (cpu_seconds(program) - cpu) / took, "×")


def tell(crowd: Crowd, seconds: float) -> None:
    """How long each kind of answer took, and what went wrong."""
    every = Taken(took=seconds)
    for taken in crowd.taken.values():
        every.seconds += taken.seconds
    show("requests", every.per_second, "/s", note=f"({len(every.seconds):,} in all)")
    show("all: p95", every.slowest(95), "ms", most=400, note=f"(p50 {every.slowest(50):.1f} ms)")
    for kind, taken in crowd.taken.items():
        note = f"({len(taken.seconds):,}, p50 {taken.slowest(50):.1f} ms, p99 {taken.slowest(99):.0f} ms)"
        show(f"{kind}: p95", taken.slowest(95), "ms", note=note)
    show("answers that were errors", sum(crowd.wrong.values()), "", most=0)
    for what, count in crowd.wrong.most_common(10):
        print(f"    {count} × {what}")


if __name__ == "__main__":
    sys.exit(main())
