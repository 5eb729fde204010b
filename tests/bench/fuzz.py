"""Strangers at the atlas: `python -m tests.bench.fuzz` sends 20,000 requests to a running one.

`--requests`, `--seed` and `--threads` change how many, which and how many at once; `--files` adds those that
a program beside the server makes. Ends with 1 where an answer is a fault of ours (5xx other than 503), comes
too late, lacks a header or leads to another host, and where the log holds a traceback.
"""

from __future__ import annotations

import argparse
import collections
import http.client
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import app
import layers
from dashboard.guard import LARGEST_BODY
from tests.processes import started
from tests.strangers import Asked, Corpus, Stranger, corpus_of
from tests.test_app import EXAMPLES

TOO_LATE = 20
"""Seconds for any answer, on a busy machine."""

REQUIRED = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")
SHOWN = 20


@dataclass
class Report:
    """What came of the requests."""

    codes: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


class Visitor(threading.local):
    """The connection of a thread to the atlas, opened anew where a request has ended it."""

    def __init__(self, port: int) -> None:
        self.port, self.connection = port, None

    def send(self, asked: Asked) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of the answer; a connection that had ended meanwhile is opened anew."""
        is_fresh = self.connection is None
        try:
            return self._sent(asked)
        except (OSError, http.client.HTTPException):
            if is_fresh:
                raise
            return self._sent(asked)

    def _sent(self, asked: Asked) -> tuple[int, http.client.HTTPMessage, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=4 * TOO_LATE)
        try:
            headers = [(name, value.encode("latin-1", "replace")) for name, value in asked.headers]
            has_host = any(name == "Host" for name, _ in headers)
            self.connection.putrequest(asked.method, target_of(asked), skip_host=has_host)
            for name, value in headers:
                self.connection.putheader(name, value)
            if asked.body or asked.method in ("POST", "PUT"):
                self.connection.putheader("Content-Length", str(len(asked.body)))
            self.connection.endheaders(asked.body or None)
            answer = self.connection.getresponse()
            found = answer.status, answer.headers, answer.read()
            if answer.will_close:
                self.close()
            return found
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        """End the connection."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def target_of(asked: Asked) -> str:
    """The target without what http.client itself refuses to send."""
    return re.sub(r"[^\x21-\x7e]", lambda sign: "%%%02X" % (ord(sign[0]) & 255), asked.path)


def main() -> int:
    """Send them, and print how they were answered."""
    choices = parse_arguments()
    site = app.create_app()
    corpus = corpus_of(site, layers.current(), EXAMPLES)
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "log"
        with started(["app.py", "--port", "0"], log) as program:
            port = int(program.address().rpartition(":")[2])
            report = visited(port, corpus, choices)
            said = program.said()
            if program.process.poll() is not None:
                report.faults.append("the atlas has ended")
    told(report, said)
    return 1 if report.faults or "Traceback" in said else 0


def visited(port: int, corpus: Corpus, choices: argparse.Namespace) -> Report:
    """All requests, several at once."""
    report, visitor, lock = Report(), Visitor(port), threading.Lock()

    def one(number: int) -> None:
        asked = Stranger(corpus, Random(f"{choices.seed} {number}"), choices.files).asked()
        begun = time.monotonic()
        try:
            status, headers, _ = visitor.send(asked)
            problem = problem_of(asked, status, headers)
        except (OSError, http.client.HTTPException) as error:
            status, problem = 0, "" if is_cut_off(asked, error) else repr(error)
        took = time.monotonic() - begun
        problem = problem or (f"{took:.1f} s" if took > TOO_LATE else "")
        with lock:
            report.codes[asked.kind, status] += 1
            report.seconds.append(took)
            report.slowest = max(report.slowest, (took, f"{number}: {asked}"))
            if problem:
                report.faults.append(f"{number}: {problem}: {asked}")

    with ThreadPoolExecutor(choices.threads) as threads:
        collections.deque(threads.map(one, range(choices.requests)), maxlen=0)
    return report


def is_cut_off(asked: Asked, error: Exception) -> bool:
    """Whether the server closed while so much was still being sent that it had refused it unread."""
    parts = (target_of(asked), asked.body, *(value for _, value in asked.headers))
    return max(map(len, parts)) > LARGEST_BODY and isinstance(error, ConnectionError)


def problem_of(asked: Asked, status: int, headers: http.client.HTTPMessage) -> str:
    """What is wrong with an answer, "" where nothing is."""
    if status >= 500 and status != 503:
        return f"status {status}"
    if headers.get("Set-Cookie"):
        return "a cookie"
    host = dict(asked.headers).get("Host", "")
    led = urlsplit(headers.get("Location") or "/").netloc
    if led and led != host and not led.startswith("127.0.0.1:"):
        return f"leads to {led}"
    lacking = [name for name in REQUIRED if name not in headers]
    # What is no request at all is answered by the web server before the atlas sees it.
    return f"without {', '.join(lacking)}" if lacking and status not in (400, 413, 431, 501) else ""


def told(report: Report, said: str) -> None:
    """Print how many answers of which status each kind of request got, and what was wrong."""
    kinds = sorted({kind for kind, _ in report.codes})
    for kind in kinds:
        counts = sorted((status, n) for (one, status), n in report.codes.items() if one == kind)
        print(f"{kind:<16} " + "  ".join(f"{status}: {n}" for status, n in counts))
    ordered = sorted(report.seconds)
    print(f"{len(ordered)} requests, median {ordered[len(ordered) // 2] * 1000:.0f} ms", end="")
    print(f", 99 of 100 within {ordered[int(len(ordered) * 0.99)] * 1000:.0f} ms")
    print(f"slowest {report.slowest[0]:.1f} s: {report.slowest[1][:300]}")
    for fault in report.faults[:SHOWN]:
        print("FAULT", fault[:1500])
    print(f"{len(report.faults)} faults, {said.count('Traceback')} tracebacks in the log")
    if "Traceback" in said:
        print(said[said.index("Traceback") :][:4000])


def parse_arguments() -> argparse.Namespace:
    """How many requests, which, how many at once, and whether files too."""
    parser = argparse.ArgumentParser("python -m tests.bench.fuzz", description="Strangers at the atlas.")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", default="1", help="others are other requests")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--files", action="store_true", help="also files that take long to make")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
