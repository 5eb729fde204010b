"""The atlas as a process of its own, as its readers meet it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ORDINARY = {"PYTHONUNBUFFERED": "1", "ATLAS_WARM_UP": "no", "ATLAS_LOG": "text"}
LONGEST_START = 180  # seconds, for a busy machine


@dataclass(frozen=True)
class Program:
    """A running Python program whose output goes to a file."""

    process: subprocess.Popen
    log: Path

    def said(self) -> str:
        """Its output so far, errors included."""
        return self.log.read_text("utf-8")

    def line(self, text: str) -> str:
        """The first line of output that holds `text`, waited for."""
        deadline = time.monotonic() + LONGEST_START
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            for line in self.said().splitlines():
                if text in line:
                    return line
            if ended:
                break
            time.sleep(0.02)  # a line in another process's log: nothing to wait on
        raise AssertionError(f"no line with {text!r}; the program said:\n{self.said()}")

    def address(self) -> str:
        """Where the atlas runs, as `python app.py` prints it."""
        return self.line("(Ctrl+C stops)").split()[-3]

    def end(self, signal_number: int = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(signal_number)
        return self.process.wait(15)


@contextlib.contextmanager
def started(arguments: Sequence[str], log: Path, **environment: str) -> Iterator[Program]:
    """Python with these arguments, started in the atlas's folder and stopped at the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **ORDINARY, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Program(process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def status(address: str) -> int:
    """HTTP status of an address of this machine."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
        return answer.status


@contextlib.contextmanager
def begun_request(port: int, base: str = "") -> Iterator[Callable[[], int]]:
    """A request of which the last byte is to come; the function sends it and gives the status."""
    deck = (ROOT / "geodata" / "decks" / "first-meeting.json").read_bytes()
    head = (
        f"POST {base}/present/own/check?lang=en HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(deck)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=LONGEST_START) as connection:
        connection.sendall(head.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(deck[:-1])

        def finish() -> int:
            connection.sendall(deck[-1:])
            return int(connection.recv(1000).split()[1])

        yield finish
