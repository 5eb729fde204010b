"""Many readers at once: HTTP over plain asyncio streams, one connection a reader.

It takes about 0.1 ms of processor time a request: it shares the machine with the server that it measures.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """A request: the method, the address, the body of a callback, and what kind of thing it is."""

    method: str
    path: str
    body: str = ""
    kind: str = ""

    def wire(self, language: str = "en", page: str = "/") -> bytes:
        """The bytes that a browser sends."""
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Encoding: gzip, deflate, br",
            f"Accept-Language: {language}",
            f"Referer: http://127.0.0.1{page}",
        ]
        body = self.body.encode()
        if self.method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Taken:
    """How long answers took, in seconds, with their codes; `faults` are connections that broke."""

    seconds: list[float] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    faults: int = 0
    took: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.took

    def slowest(self, percent: int) -> float:
        """Milliseconds that so many percent of the answers keep within."""
        many = self.seconds if len(self.seconds) > 1 else 2 * self.seconds
        return statistics.quantiles(many, n=100, method="inclusive")[percent - 1] * 1000


class Reader:
    """One connection, opened when it is needed."""

    def __init__(self, port: int, taken: Taken) -> None:
        self._port, self._taken = port, taken
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> tuple[int, float]:
        """Send a request and read its answer: its code and seconds, 0 for a connection that broke."""
        began = time.perf_counter()
        for is_second in (False, True):  # the server may have closed a connection that was at rest
            was_open = self._streams is not None
            try:
                code = await self._answered(request)
                break
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if is_second or not was_open:
                    self._taken.faults += 1
                    return 0, time.perf_counter() - began
        seconds = time.perf_counter() - began
        self._taken.seconds.append(seconds)
        self._taken.codes[code] += 1
        return code, seconds

    async def _answered(self, request: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        incoming, outgoing = self._streams
        outgoing.write(request)
        head = (await incoming.readuntil(b"\r\n\r\n")).lower()
        at = head.find(b"content-length:")
        if at > 0:
            await incoming.readexactly(int(head[at + 15 : head.index(b"\r", at)]))
        if b"connection: close" in head:
            self.close()
        return int(head[9:12])

    def close(self) -> None:
        """Give up the connection."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


def together(port: int, requests: Sequence[bytes], readers: int, seconds: float) -> Taken:
    """So many readers that ask one thing after another without a pause."""
    taken = Taken()

    async def read(number: int, until: float) -> None:
        reader = Reader(port, taken)
        while time.perf_counter() < until:
            await reader.ask(requests[number % len(requests)])
            number += 1
        reader.close()

    async def all_of_them() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(read(number, until) for number in range(readers)))

    began = time.perf_counter()
    asyncio.run(all_of_them())
    taken.took = time.perf_counter() - began
    return taken
