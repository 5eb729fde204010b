"""The web server of `python app.py`: one process with threads, which ends without cutting off an answer."""

from __future__ import annotations

import select
import signal
import socket
import threading
import time
from typing import Any

import waitress
from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.trigger import trigger

from dashboard.guard import LARGEST_BODY
from dashboard.overload import Line

THREADS = 8
CAN_POLL = hasattr(select, "poll")
CONNECTIONS = 1000 if CAN_POLL else 250
"""Open connections, of which a browser may hold six; Windows watches no more than 500 files at a time."""

LONGEST_END = 30
"""Seconds that requests may still take when the server is asked to stop, as gunicorn gives them."""

A_MOMENT = 0.0001
"""Seconds: enough for a thread to go on with what it was about."""


def check_address(host: str, port: int) -> None:
    """OSError or ValueError where nobody can serve: asked before the data are read, which takes seconds."""
    for family, kind, protocol, place in Adjustments(host=host, port=port).listen:
        with socket.socket(family, kind, protocol) as entry:
            entry.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            entry.bind(place)


class Channel(HTTPChannel):
    """A connection, the sending of which is left to the thread that is at it."""

    def handle_write(self) -> None:
        """Send what waits. Where a thread is just sending it, waitress would look again at once, and so keep
        the interpreter from that very thread: with 200 readers the atlas answered a tenth as often.
        """
        waiting = self.total_outbufs_len
        super().handle_write()
        if waiting and self.total_outbufs_len == waiting:
            time.sleep(A_MOMENT)  # a thread holds the connection: nothing tells when it has sent


class Desk:
    """The server on an address of this machine; OSError or ValueError where there is none to be had."""

    def __init__(self, server: Flask, host: str, port: int) -> None:
        self._sockets: dict[int, Any] = {}
        self._is_asked_to_stop = threading.Event()
        self.server = waitress.create_server(
            server,
            map=self._sockets,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=CAN_POLL,
            ident=None,
            max_request_body_size=2 * LARGEST_BODY,
            clear_untrusted_proxy_headers=False,  # nobody reads them unless told to
        )
        for one in self._sockets.values():
            if isinstance(one, BaseWSGIServer):
                one.channel_class = Channel
        queue = self.server.task_dispatcher.queue
        server.extensions["line"] = Line(lambda: len(queue), THREADS)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return getattr(self.server, "effective_port", None) or self.server.effective_listen[0][1]

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl+C, then answer what was asked; a second Ctrl+C ends it at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._is_asked_to_stop.is_set():
            self._turn(1)
        for one in list(self._sockets.values()):
            if getattr(one, "accepting", False):
                wasyncore.dispatcher.close(one)
        until = time.monotonic() + LONGEST_END
        while self._is_busy() and time.monotonic() < until:
            self._turn(0.1)
        self.server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._sockets)

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=CAN_POLL, map=self._sockets, count=1)

    def _stop(self, number: int, _frame: object) -> None:
        if number == signal.SIGINT and self._is_asked_to_stop.is_set():
            raise KeyboardInterrupt
        self._is_asked_to_stop.set()
        for one in list(self._sockets.values()):
            if isinstance(one, trigger):
                one.pull_trigger()  # ends the wait of the turn

    def _is_busy(self) -> bool:
        """Is a request being read, waiting or answered, or an answer on its way?"""
        channels = [one for one in self._sockets.values() if isinstance(one, HTTPChannel)]
        return any(one.requests or one.request or one.total_outbufs_len for one in channels)
