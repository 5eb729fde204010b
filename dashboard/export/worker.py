"""The program that makes large files beside the server, so that other readers do not wait.

It reads one order a line (JSON) and answers each with a line of JSON and, if all went well, so many bytes.
`python -m dashboard.export.worker PLACE…` is started by dashboard.export.workshop and ends with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from typing import IO, Any

import layers
from dashboard.export import chrome
from dashboard.export.chrome import NoChrome
from dashboard.export.order import NotPublished, Order, WrongOrder
from dashboard.present.files import DeckOrder
from dashboard.printed import ground
from layers.atlas import forget_derived
from layers.store import read_again

IDLE_SECONDS = 600
LESS_URGENT = 10
KINDS = {NoChrome: "chrome", NotPublished: "unknown", WrongOrder: "wrong"}


def main() -> None:
    """Serve orders until there are no more, or nobody has asked for long."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(LESS_URGENT)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not get between answers
    atlas = read_again(sys.argv[1:])
    _answer(answers, {"version": atlas.version})
    threading.Thread(target=warmed_up, args=(atlas,), daemon=True).start()
    bell = _Bell()
    bell.wind()
    for line in sys.stdin.buffer:
        bell.hush()
        asked = json.loads(line)
        if (version := asked.get("version", atlas.version)) != atlas.version:
            forget_derived()
            atlas = loaded(asked["place"], atlas)
        same = atlas.version == version
        head, body = made(asked, atlas) if same else ({"error": "fault", "line": ""}, b"")
        _answer(answers, head, body)
        bell.wind()


def loaded(place: list[str], before: layers.Atlas) -> layers.Atlas:
    """The data that an order is about; those before where their folder is gone, as after many updates."""
    try:
        return read_again(place)
    except (layers.DataError, LookupError) as error:
        print(f"export: {place[0]} is gone: {error}", file=sys.stderr, flush=True)
        return before


def warmed_up(atlas: layers.Atlas) -> None:
    """Have ready what every drawing needs: Chrome with Plotly in it, and the shapes under all maps."""
    with contextlib.suppress(NoChrome):
        chrome.drawn({"data": [], "layout": {"width": 240, "height": 240}}, "pdf")
    ground(atlas)


def made(asked: dict[str, Any], atlas: layers.Atlas) -> tuple[dict[str, Any], bytes]:
    """The answer to one order: its length, or what kind of error it is and the line for the reader."""
    try:
        body = (DeckOrder if "deck" in asked else Order).again(asked).file(atlas)
    except (NoChrome, NotPublished, WrongOrder) as error:
        return {"error": KINDS[type(error)], "line": str(error)}, b""
    except Exception as error:
        # One figure that cannot be drawn must not end the program that draws the others.
        print(f"export of {asked.get('query') or asked['deck'][:3]}: {error!r}", file=sys.stderr, flush=True)
        return {"error": "fault", "line": ""}, b""
    return {"length": len(body)}, body


def _answer(answers: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + body)
    answers.flush()


class _Bell:
    """Ends the program when nobody has asked for IDLE_SECONDS."""

    def __init__(self) -> None:
        self.timer: threading.Timer | None = None

    def hush(self) -> None:
        if self.timer:
            self.timer.cancel()

    def wind(self) -> None:
        self.timer = threading.Timer(IDLE_SECONDS, os.close, [sys.stdin.fileno()])
        self.timer.daemon = True
        self.timer.start()


if __name__ == "__main__":
    main()
