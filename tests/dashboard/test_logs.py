"""The log: one line a request with what was asked and how it went, and nothing of who asked."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from flask import Flask

from dashboard import logs

PATH = "/sites/ұ"


@pytest.fixture
def server() -> Flask:
    """A small server that is watched; what it has counted is in `counted`."""
    made = Flask("small")
    made.config["counted"] = []
    made.add_url_rule("/sites/<_id>", "site", lambda _id: "nine bytes")
    made.add_url_rule("/fault", "fault", lambda: 1 / 0)
    made.wsgi_app = logs.watched(made.wsgi_app, lambda *told: made.config["counted"].append(told))
    return made


@pytest.fixture
def lines(caplog) -> list[dict[str, object]]:
    """The lines of the log so far, as JSON, each written while its request was answered."""
    made: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            made.append(json.loads(logs.JsonLines().format(record)))

    caplog.set_level(logging.INFO, "dashboard")
    handler = Kept()
    for name in ("dashboard", "small"):
        logging.getLogger(name).addHandler(handler)
    yield made
    for name in ("dashboard", "small"):
        logging.getLogger(name).removeHandler(handler)


def test_a_request_is_told_in_one_line(server, lines):
    said = {"User-Agent": "spy", "Referer": "http://x/"}
    answer = server.test_client().get(f"{PATH}?find=a+name", headers=said, buffered=True)
    (line,) = lines
    assert answer.headers["X-Request-ID"] == line["request_id"]
    known = {"logger": "dashboard.requests", "level": "info", "method": "GET", "path": PATH, "status": 200}
    assert known.items() <= line.items() and line["bytes"] == len("nine bytes") and line["milliseconds"] >= 0
    assert line["time"].endswith("+00:00") and "\n" not in json.dumps(line)
    assert not any(secret in json.dumps(line) for secret in ("find", "spy", "127.0.0.1", "Referer"))
    ((path, status, seconds),) = server.config["counted"]
    assert (path.encode("latin-1").decode(), status) == (PATH, "200") and 0 <= seconds < 60


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("3f2a9c1e-77", True),
        ("short", False),
        ("x" * 65, False),
        ("two words here", False),
        ("ab\tcdefgh", False),
    ],
)
def test_an_id_is_taken_where_it_is_well_formed(server, lines, given, is_taken):
    answered = (
        server.test_client().get(PATH, headers={"X-Request-ID": given}, buffered=True).headers["X-Request-ID"]
    )
    assert (answered == given) is is_taken
    assert logs.WELL_FORMED.fullmatch(answered) and lines[0]["request_id"] == answered


def test_a_fault_is_told_with_its_traceback_under_the_id(server, lines):
    answer = server.test_client().get("/fault", buffered=True)
    told, request = lines
    assert "ZeroDivisionError" in told["traceback"] and "ZeroDivisionError" not in answer.text
    assert told["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert (told["level"], request["status"]) == ("error", 500)
    assert logs.REQUEST_ID.get() == ""


def test_the_line_of_an_answer_names_its_data_version(client, atlas, lines):
    assert client.get("/healthz", buffered=True).status_code == 200
    assert [line["data_version"] for line in lines if "status" in line] == [atlas.version]


def test_people_at_a_terminal_get_text(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert isinstance(logs.lines(""), logs.TextLines) and isinstance(logs.lines("json"), logs.JsonLines)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    assert isinstance(logs.lines(""), logs.JsonLines) and isinstance(logs.lines("text"), logs.TextLines)
    record = logging.LogRecord("layers", logging.ERROR, "", 0, "two\nlines", (), None)
    assert logs.TextLines().format(record).endswith("Corridor Atlas: two\nlines")
    assert json.loads(logs.JsonLines().format(record))["message"] == "two\nlines"
