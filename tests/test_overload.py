"""Too many requests: some are told when to ask again, the rest go on; slow work leaves room for the quick."""

import contextlib
import http.client
import re
import runpy
import select
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from dashboard import overload
from dashboard.overload import Line, bound

# The atlas with two addresses that answer late: one, which takes all patience away, when twenty requests wait
# for a thread, the other after that. The file says how far it is.
HELD = """
import sys, time
from pathlib import Path
import app
from dashboard import overload
said, ready = Path(sys.argv[1]), app.created_or_exit
def with_holds(folder):
    site = ready(folder)
    def hold():
        overload.LONGEST_WAIT = 0.0
        said.write_text("held")
        while site.server.extensions["line"]._length() < 20:
            time.sleep(0.01)  # the line belongs to the web server: nothing to wait on
        said.write_text("go")
        return "held"
    def export():
        while not said.exists() or said.read_text() != "go":
            time.sleep(0.01)  # a file of another process: nothing to wait on
        return "exported"
    site.server.add_url_rule("/hold", "hold", hold)
    site.server.add_url_rule("/export/hold", "export_hold", export)
    return site
app.created_or_exit = with_holds
app.main(["--port", "0", *sys.argv[2:]])
"""


ROOT = Path(__file__).parents[1]


@pytest.fixture
def line():
    """A server with one page, and the line before it: its length can be set."""
    server, length = Flask("small"), [0]
    bound(server)
    server.extensions["line"] = Line(lambda: length[0], threads=2)
    for path in ("/", "/export/file", "/assets/a.js", "/healthz"):
        server.add_url_rule(path, path, lambda: "answer")
    return server.test_client(), length


def test_a_long_line_is_refused_and_a_short_one_answered(line):
    client, length = line
    assert client.get("/").status_code == 200
    length[0] = 10_000
    refused = client.get("/", headers={"Accept-Language": "ru"})
    assert (refused.status_code, refused.mimetype) == (503, "text/plain")
    assert refused.headers["Retry-After"] == str(overload.TRY_AGAIN)
    assert "no-store" in refused.headers["Cache-Control"]
    assert refused.text.count("\n") == 1
    length[0] = 3
    assert client.get("/").status_code == 200


def test_a_reader_gets_a_page_that_opens_again_by_itself(line):
    client, length = line
    length[0] = 10_000
    page = client.get("/?lang=kk", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert '<html lang="kk">' in page.text
    assert re.search(r'http-equiv="refresh" content="\d+"', page.text)


def test_files_and_health_are_always_answered(line):
    client, length = line
    length[0] = 10_000
    assert [client.get(path).status_code for path in ("/assets/a.js", "/healthz")] == [200, 200]


def test_the_wait_is_that_of_answers_made_before():
    line = Line(lambda: 100, threads=4)
    for _ in range(500):
        line.took(0.04)
    assert line.wait() == pytest.approx(1.0, rel=0.01)
    for _ in range(500):
        line.took(60.0)  # waited for another program
    assert line.wait() == pytest.approx(100 * overload.LONGEST_COUNTED / 4, rel=0.01)


def test_a_slow_answer_that_fails_gives_its_place_back():
    server = Flask("small")
    bound(server)
    server.extensions["line"] = Line(lambda: 0, threads=2)

    def fail():
        raise RuntimeError("out of order")

    server.add_url_rule("/export/file", "file", fail)
    assert [server.test_client().get("/export/file").status_code for _ in range(3)] == [500] * 3


def test_gunicorn_says_what_waits():
    pytest.importorskip("gunicorn")
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    worker = SimpleNamespace(
        nr_conns=30,
        keepalived_conns=[None] * 10,
        pending_conns=[None] * 4,
        cfg=SimpleNamespace(threads=4),
        wsgi=Flask("small"),
    )
    settings["post_worker_init"](worker)
    line = worker.wsgi.extensions["line"]
    line.took(0.25)
    assert line.wait() == pytest.approx(12 * line._mean_seconds / 4)


def test_the_atlas_sheds_load_and_recovers_while_exports_leave_room(program, data_folder, tmp_path):
    """Seven of eight threads wait for exports: a filter is answered. Then all wait, and some are refused."""
    said = tmp_path / "said"
    running = program("-c", HELD, str(said), "--data", str(data_folder))
    port = int(running.address().rpartition(":")[2])
    with contextlib.ExitStack() as open_:
        exports = [asking(open_, port, "/export/hold") for _ in range(10)]
        refused = first_answered(exports, 3)
        assert [answer.status for answer in refused] == [503, 503, 503]
        assert all(answer.headers["Retry-After"] for answer in refused)
        assert asked(open_, port, "/_dash-layout").status == 200
        held = asking(open_, port, "/hold")
        deadline = time.monotonic() + 60
        while not said.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)  # a file of another process: nothing to wait on
        waiting = [asking(open_, port, f"/_dash-layout?{number}") for number in range(20)]
        assert {connection.getresponse().status for connection in waiting} == {200, 503}
        assert held.getresponse().status == 200
        assert asked(open_, port, "/_dash-layout?after").status == 200


def asking(open_, port, path):
    """A connection over which this was asked for."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    open_.callback(connection.close)
    connection.request("GET", path)
    return connection


def asked(open_, port, path):
    answer = asking(open_, port, path).getresponse()
    answer.read()
    return answer


def first_answered(connections, count):
    """The answers of the first so many that have one."""
    answered, waiting = [], {connection.sock: connection for connection in connections}
    while len(answered) < count:
        readable = select.select(list(waiting), [], [], 60)[0]
        assert readable, f"only {len(answered)} of {count} have an answer"
        for ready in readable:
            answered.append(waiting.pop(ready).getresponse())
    return answered
