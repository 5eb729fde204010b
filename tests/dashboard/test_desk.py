"""The web server of `python app.py` leaves an answer to the thread that is sending it."""

import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import BaseWSGIServer

from dashboard import desk
from dashboard.desk import Channel, Desk


@pytest.fixture
def rests(monkeypatch) -> list[float]:
    """How long the loop of the server has rested, each time."""
    found: list[float] = []
    monkeypatch.setattr(desk.time, "sleep", found.append)
    return found


@pytest.fixture
def reader_and_channel() -> Iterator[tuple[socket.socket, Channel]]:
    """A reader, and the end of the server, with three bytes for him while his request is answered."""
    reader, own = socket.socketpair()
    channel = Channel(SimpleNamespace(active_channels={}), own, "", Adjustments(), map={})
    channel.requests = ["begun"]
    channel.outbufs[0].append(b"abc")
    channel.total_outbufs_len = 3
    yield reader, channel
    reader.close()
    channel.close()


def test_the_loop_rests_while_a_thread_sends(reader_and_channel, rests):
    _, channel = reader_and_channel
    taken, done = threading.Event(), threading.Event()

    def send():
        with channel.outbuf_lock:
            taken.set()
            done.wait()

    sender = threading.Thread(target=send)
    sender.start()
    taken.wait()
    channel.handle_write()
    done.set()
    sender.join()
    assert channel.total_outbufs_len == 3 and rests == [desk.A_MOMENT]


def test_the_loop_sends_at_once_what_nobody_is_sending(reader_and_channel, rests):
    reader, channel = reader_and_channel
    channel.handle_write()
    assert reader.recv(10) == b"abc" and rests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_every_entry_of_a_desk_has_such_connections(host):
    opened = Desk(Flask("here"), host, 0)
    try:
        entries = [one for one in opened._sockets.values() if isinstance(one, BaseWSGIServer)]
        assert {one.channel_class for one in entries} == {Channel}
    finally:
        opened.server.task_dispatcher.shutdown()
        wasyncore.close_all(opened._sockets)
