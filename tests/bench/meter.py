"""Bytes that really travel between a browser and the atlas, workers and headers included."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Meter:
    """Passes connections of 127.0.0.1 on to the atlas and counts what comes back."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._entry = socket.create_server(("127.0.0.1", 0))
        self._counting = threading.Lock()
        self._received = 0
        self.address = f"http://127.0.0.1:{self._entry.getsockname()[1]}"

    def taken(self) -> int:
        """Bytes that came back since the last call."""
        with self._counting:
            received, self._received = self._received, 0
        return received

    def run(self) -> None:
        """Take connections until the meter is closed."""
        with contextlib.suppress(OSError):
            while True:
                reader, _ = self._entry.accept()
                atlas = socket.create_connection(self._target)
                for source, sink, counts in ((reader, atlas, False), (atlas, reader, True)):
                    threading.Thread(target=self._pass_on, args=(source, sink, counts), daemon=True).start()

    def close(self) -> None:
        self._entry.close()

    def _pass_on(self, source: socket.socket, sink: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if counts:
                    with self._counting:
                        self._received += len(data)
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def metered(port: int) -> Iterator[Meter]:
    """A meter before the atlas on this port."""
    meter = Meter(port)
    threading.Thread(target=meter.run, daemon=True).start()
    try:
        yield meter
    finally:
        meter.close()
