"""The server's side of the program that makes large files: it starts it, queues orders, gives up in time."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

from dashboard.export.chrome import NoChrome
from dashboard.export.order import NotPublished, WrongOrder
from dashboard.tiles import tiled_layers
from layers import Atlas
from layers.store import place_of

AT_ONCE = 2
"""Orders that are made or wait. Each keeps a thread of the server, of which there may be four."""

MORE_PATIENCE = 3
"""How many times as long a file may take of data of which whole layers are too large for a map."""

ROOT = Path(__file__).parents[2]


class Wanted(Protocol):
    """An order as plain data for the program, and how long it may take."""

    seconds: int

    def asked(self) -> dict[str, Any]: ...


class Busy(RuntimeError):
    """Too many orders wait already: try again."""


class Fault(RuntimeError):
    """The figure could not be made; the program that tried has said why on stderr."""


class Workshop:
    """One program that makes one file at a time, started when it is first needed."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._turn = threading.Lock()
        self._program: subprocess.Popen[bytes] | None = None

    def file(self, order: Wanted, atlas: Atlas) -> bytes:
        """The file of an order; Busy, NoChrome, NotPublished, WrongOrder or Fault."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._turn:
                return self._made(order, atlas)
        finally:
            self._places.release()

    def warm_up(self, atlas: Atlas) -> None:
        """Start the program, because an order may come soon; returns at once."""
        if self._program is None and self._turn.acquire(blocking=False):

            def begin() -> None:
                try:
                    with contextlib.suppress(Fault):
                        self._started(atlas)
                finally:
                    self._turn.release()

            threading.Thread(target=begin, daemon=True).start()

    def close(self) -> None:
        """End the program."""
        with self._turn:
            self._ended()

    def _made(self, order: Wanted, atlas: Atlas) -> bytes:
        data = {"version": atlas.version, "place": place_of(atlas)}
        line = json.dumps(order.asked() | data).encode() + b"\n"
        for is_second in (False, True):  # the first may find that the program has ended, having had no work
            program = self._started(atlas)
            patience = MORE_PATIENCE if tiled_layers(atlas) else 1
            timer = threading.Timer(order.seconds * patience, program.kill)
            timer.start()
            try:
                program.stdin.write(line)
                program.stdin.flush()
                head = json.loads(program.stdout.readline())
                body = program.stdout.read(head.get("length", 0))
                break
            except (OSError, ValueError):
                self._ended()
                if is_second:
                    raise Fault("the program that makes files has ended") from None
            finally:
                timer.cancel()
        return self._checked(head, body)

    def _checked(self, head: dict[str, Any], body: bytes) -> bytes:
        if len(body) != head.get("length", 0):
            self._ended()
            raise Fault("the file came in part only")
        errors = {"chrome": NoChrome, "unknown": NotPublished, "wrong": WrongOrder, "fault": Fault}
        if head.get("error"):
            raise errors[head["error"]](head["line"])
        return body

    def _started(self, atlas: Atlas) -> subprocess.Popen[bytes]:
        if self._program is not None and self._program.poll() is None:
            return self._program
        self._ended()
        command = [sys.executable, "-m", "dashboard.export.worker", *place_of(atlas)]
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        program = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": paths},
        )
        self._program = program
        if not program.stdout.readline():
            self._ended()
            raise Fault("the program that makes files does not start")
        return program

    def _ended(self) -> None:
        program, self._program = self._program, None
        if program is None:
            return
        with contextlib.suppress(OSError):
            program.stdin.close()  # it ends by itself, and Chrome with it
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        program.stdout.close()
