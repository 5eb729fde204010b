"""Answers that are kept: the same for who asks the same, and nobody else's."""

import dataclasses
import json
import threading

import pytest
from flask import Flask, g

import layers
from dashboard import answers
from dashboard.answers import Making, serve_kept
from dashboard.guard import CALLBACK_PATH
from dashboard.kept import Kept

HEADERS = {"Accept-Encoding": "br", "Accept-Language": "en"}


def page_asked(path="/sources", search=""):
    """The body with which a browser asks for the contents of a page."""
    inputs = {"pathname": path, "search": search}
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [{"id": "_pages_location", "property": k, "value": v} for k, v in inputs.items()],
        "changedPropIds": [f"_pages_location.{name}" for name in inputs],
    }
    return json.dumps(body)


@pytest.fixture
def made(monkeypatch):
    """The keys of all answers that are made, and not found among those kept, from here on."""
    keys, asked = [], answers.Kept.put

    def put(self, key, content):
        keys.append(key)
        return asked(self, key, content)

    monkeypatch.setattr(answers.Kept, "put", put)
    return keys


@pytest.fixture
def snapshot(client):
    """The data as a new snapshot, of which nothing is kept."""
    before = layers.current()
    layers.serve(now := dataclasses.replace(before))
    yield now
    layers.serve(before)


def post(client, body, number="1", **headers):
    own = {**HEADERS, "Content-Type": "application/json", **headers}
    return client.post(f"{CALLBACK_PATH}?endId={number}", data=body, headers=own)


def test_who_asks_the_same_gets_the_same_bytes(client, snapshot, made):
    first, again = post(client, page_asked()), post(client, page_asked(), number="2")
    assert (first.status_code, first.content_encoding) == (200, "br")
    assert again.data == first.data
    own = "X-Request-ID"  # each request has one
    assert {*again.headers} - {(own, again.headers[own])} == {*first.headers} - {(own, first.headers[own])}
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert len(made) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"body": page_asked(search="?find=rail")},
        {"Accept-Language": "ru"},
        {"Referer": "http://localhost/sources?lang=kk"},
        {"Accept-Encoding": "gzip"},
        {"Host": "atlas.example.org"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_who_asks_otherwise_gets_another_answer(client, snapshot, made, other):
    post(client, page_asked())
    answer = post(client, other.pop("body", page_asked()), **other)
    assert answer.status_code == 200
    assert answer.content_encoding == other.get("Accept-Encoding", "br")
    assert len(set(made)) == 2


def test_other_data_get_another_answer(client, snapshot, made):
    answer = post(client, page_asked("/"))
    newer = dataclasses.replace(snapshot, version="0123456789ab")
    layers.serve(newer)
    try:
        assert post(client, page_asked("/")).data != answer.data
    finally:
        layers.serve(snapshot)
    assert post(client, page_asked("/")).data == answer.data
    assert len(made) == 2


def test_pages_are_kept_and_asked_for_again(client, snapshot, made):
    first = client.get("/sources?lang=ru", headers=HEADERS)
    again = client.get("/sources?lang=ru", headers=HEADERS)
    assert again.data == first.data
    assert len(made) == 1
    tag = {"If-None-Match": first.headers["ETag"]}
    unchanged = client.get("/sources?lang=ru", headers=HEADERS | tag)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert "default-src 'none'" in unchanged.headers["Content-Security-Policy"]
    assert client.get("/sources?lang=uz", headers=HEADERS | tag).status_code == 200


def test_errors_and_unknown_pages_are_not_kept(client, snapshot, made):
    assert client.get("/no-such-page", headers=HEADERS).status_code == 404
    assert post(client, "{").status_code == 400
    assert post(client, page_asked(), **{"Content-Type": "text/plain"}).status_code == 415
    assert client.get("/healthz").status_code == 200
    assert not made


def test_what_is_not_to_be_stored_is_not_kept(snapshot, made):
    server = Flask("small")
    serve_kept(server)

    def unfinished():
        g.is_unfinished = True
        return "text"

    server.add_url_rule("/", "/", unfinished)
    server.add_url_rule("/_dash-layout", "/_dash-layout", lambda: ("x", {"Cache-Control": "no-store"}))
    for path in ("/", "/_dash-layout"):
        assert server.test_client().get(path).status_code == 200
    assert not made


def test_what_is_kept_is_bounded():
    kept = Kept(most=1000, overhead=100)
    for number in range(50):
        kept.put(number, (b"x" * 100, "text/plain", None))
    assert [number for number in range(50) if kept.get(number)] == [45, 46, 47, 48, 49]


def test_two_who_ask_at_the_same_time_make_it_once():
    making, waiting = Making(), threading.Event()
    assert making.begin("key")
    assert not making.begin("key")

    def wait():
        waiting.set()
        making.wait("key")

    second = threading.Thread(target=wait)
    second.start()
    waiting.wait()
    making.end("key")
    second.join(60)
    assert not second.is_alive()
    assert making.begin("key")


def test_one_who_fails_lets_the_next_one_try(snapshot):
    server, tried = Flask("small"), []
    serve_kept(server)

    def fail():
        tried.append(1)
        raise RuntimeError("out of order")

    server.add_url_rule("/", "/", fail)
    assert [server.test_client().get("/").status_code for _ in range(2)] == [500, 500]
    assert len(tried) == 2
