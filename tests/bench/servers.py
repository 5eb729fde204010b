"""The atlas as its readers' machines run it: one process, or gunicorn with two workers."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import Program, started

DESK, PRODUCTION = "python app.py", "gunicorn -w 2 --threads 4 app:server"
LONGEST_START = 120  # seconds, for a busy machine
STILL = 0.03  # seconds of processor time in three seconds: nothing is being made
LONGEST_ANSWER = 600  # seconds, of a page over big data that nobody has opened


@contextmanager
def atlas(folder: Path, command: str = DESK) -> Iterator[tuple[Program, int]]:
    """The atlas on a free port, keeping its compressed forms below `folder`: the program and the port."""
    port, kept = free_port(), {"ATLAS_CACHE": str(folder / "forms"), "ATLAS_WARM_UP": "yes"}
    wanted = {
        DESK: ["app.py", "--port", str(port)],
        PRODUCTION: ["-m", "gunicorn", *command.split()[1:], "-b", f"127.0.0.1:{port}"],
    }
    with started(wanted[command], folder / "log", **kept) as program:
        wait_for(port, program)
        yield program, port


def wait_for(port: int, program: Program) -> None:
    """Return when the atlas answers."""
    until = time.monotonic() + LONGEST_START
    while True:
        try:
            ask(port, "GET", "/healthz")
            return
        except OSError:
            if time.monotonic() > until or program.process.poll() is not None:
                raise RuntimeError(f"the atlas does not start:\n{program.said()}") from None
            time.sleep(0.05)  # another process: nothing to wait on


def rest(program: Program) -> None:
    """Return when a server has made ready what it makes ready of itself: it needs no processor any more."""
    until, before = time.monotonic() + LONGEST_START, -1.0
    while (now := cpu_seconds(program)) - before > STILL and time.monotonic() < until:
        before = now
        time.sleep(3)  # another process: nothing to wait on


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as entry:
        return entry.getsockname()[1]


def ask(port: int, method: str, path: str, body: str | None = None) -> bytes:
    """The body of an answer as it travels, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)
    headers = {"Accept-Encoding": "br", "Accept-Language": "en"}
    headers |= {"Content-Type": "application/json"} if body else {}
    connection.request(method, path, body.encode() if body else None, headers)
    answer = connection.getresponse()
    found = answer.read()
    connection.close()
    if answer.status not in (200, 204):
        raise RuntimeError(f"{answer.status} for {path}")
    return found


def processes(program: Program) -> list[int]:
    """The process of the server and, of gunicorn, its workers."""
    own = program.process.pid
    children = Path(f"/proc/{own}/task/{own}/children")
    is_gunicorn = "gunicorn" in program.process.args
    return [own, *map(int, children.read_text().split())] if is_gunicorn and children.exists() else [own]


def memory_mib(program: Program) -> float:
    """Resident memory of the server and its workers; nan where the system does not tell it."""
    found = [Path(f"/proc/{one}/status") for one in processes(program)]
    if not all(path.exists() for path in found):
        return float("nan")
    return sum(int(path.read_text().partition("VmRSS:")[2].split()[0]) for path in found) / 1024


def cpu_seconds(program: Program) -> float:
    """Processor time that the server and its workers have used; nan where the system does not tell it."""
    found = [Path(f"/proc/{one}/stat") for one in processes(program)]
    if not all(path.exists() for path in found):
        return float("nan")
    parts = (path.read_text().rpartition(")")[2].split() for path in found)
    return sum(int(part[11]) + int(part[12]) for part in parts) / 100
