"""The application as a whole: its start, its index, its errors, its worker processes."""

import base64
import contextlib
import hashlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentTypeError
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import dash
import pytest
from dash import html

import app
import layers
from dashboard import shell
from dashboard.routes import typing as typing_places
from dashboard.site_pages import site_pages
from dashboard.text import speak
from tests.processes import ROOT, begun_request, status

PLAIN_TEXT = "text/plain; charset=utf-8"


def run_app(*arguments: str, **options: object) -> subprocess.CompletedProcess:
    """`python app.py` until it ends by itself."""
    command = [sys.executable, str(ROOT / "app.py"), *arguments]
    return run(command, stdin=subprocess.DEVNULL, **options)


def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    assert ended.returncode >= 0, f"killed by signal {-ended.returncode}:\n{ended.stderr}"
    return ended


# Start and stop


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_runs_and_stops_when_asked(program, data_folder, signal_number):
    running = program("app.py", "--port", "0", "--data", str(data_folder))
    address = running.address()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert status(f"{address}/healthz") == 200
    port = int(address.rpartition(":")[2])
    with begun_request(port) as finish:
        running.process.send_signal(signal_number)
        until_refused(port)
        assert finish() == 204
    assert running.process.wait(15) == 0
    said = running.said().splitlines()
    assert said[0] == f"Corridor Atlas {app.VERSION} on {address} (Ctrl+C stops)"
    asked = ("GET '/healthz' 200", "POST '/present/own/check' 204")
    assert all(one in line for one, line in zip(asked, said[1:], strict=True))


def test_it_runs_from_any_folder(tmp_path):
    assert run_app("--help", cwd=tmp_path).returncode == 0
    assert run_app("--data", str(tmp_path / "none"), cwd=tmp_path).returncode == 1


def test_faulty_data_are_named_fault_by_fault(tmp_path, data_folder):
    folder = broken_copy(data_folder, tmp_path)
    ended = run_app("--data", str(folder))
    assert ended.returncode == 1
    assert "trade.csv: file is missing" in ended.stderr
    assert "council.csv" in ended.stderr
    assert str(folder) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_gunicorn_names_the_faults_too(tmp_path, data_folder, program):
    folder = broken_copy(data_folder, tmp_path)
    running = program(*gunicorn(free_port(), 1), ATLAS_DATA=str(folder))
    assert running.process.wait(30) == app.GUNICORN_GIVES_UP
    assert "trade.csv: file is missing" in running.said()
    assert "Traceback" not in running.said()


@pytest.mark.parametrize("text", ["65536", "-1", "8 0", "٣"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="is not a port"):
        app.port_number(text)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--data", "no-such-folder"], 1, "no data folder no-such-folder"),
        (["--port", "eighty"], 2, "'eighty' is not a port"),
        (["--host", "no such host"], 1, "cannot serve on no such host, port 8050"),
    ],
)
def test_a_wrong_command_line_gets_one_clear_line(arguments, code, words):
    ended = run_app(*arguments, cwd=ROOT)
    assert ended.returncode == code
    assert words in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr


def test_a_taken_port_gets_one_clear_line(data_folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run_app("--port", port, "--data", str(data_folder))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Corridor Atlas cannot serve on 127.0.0.1, port {port}: ")
    assert len(ended.stderr.splitlines()) == 1


def test_an_old_python_is_told_which_one_is_needed():
    script = "import runpy, sys; sys.version_info = (3, 10, 4); runpy.run_path('app.py', run_name='__main__')"
    ended = run([sys.executable, "-c", script], cwd=ROOT)
    assert ended.returncode == 1
    assert ended.stderr == "Corridor Atlas needs Python 3.11 or newer; this is Python 3.10.\n"


# The index


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", None, "en"),
        ("", "kk-KZ,kk;q=0.9,ru;q=0.8", "kk"),
        ("?lang=uz", "kk", "uz"),
        ("?lang=%3Cscript%3E", "ru", "ru"),
        ("?lang=xx", None, "en"),
        ("", "de-DE,de;q=0.9", "en"),
    ],
)
def test_the_page_says_its_language(client, query, header, language):
    page = client.get(f"/{query}", headers={"Accept-Language": header} if header else {}).text
    assert re.findall(r"<html[^>]*>", page) == [f'<html lang="{language}">']


def test_the_page_fits_phones_and_has_an_icon(client):
    page = client.get("/").text
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert re.search(r'<link rel="icon" type="image/svg\+xml" href="/assets/favicon.svg\?m=', page)


def test_the_page_names_no_other_host(client):
    page = client.get("/").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert [
        address for address in addresses if not re.match(r"(http://localhost)?/[^/]|[#?]", address + "?")
    ] == []


def test_the_index_stays_small(client):
    assert len(client.get("/trade", headers={"Accept-Encoding": "br"}).data) < 5_000
    # with the first page and its picture
    assert len(client.get("/", headers={"Accept-Encoding": "br"}).data) < 17_000


# Safety


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/no-page", "/no.file", "/geodata/land.000000000000.geojson", "/_dash-layout"]
)
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ("worker-src blob:" in headers["Content-Security-Policy"]) is not headers[
        "Content-Type"
    ].startswith("application/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_the_policy_allows_exactly_the_inline_scripts_of_the_page(client):
    answer = client.get("/")
    inline = re.findall(
        r"<script(?: id=\"_dash-renderer\" type=\"application/javascript\")?>(.+?)</script>",
        answer.text,
        flags=re.DOTALL,
    )
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline}
    allowed = re.search(r"script-src ([^;]+)", answer.headers["Content-Security-Policy"]).group(1).split()
    assert hashes
    assert set(allowed) == {"'self'", *(f"'sha256-{digest}'" for digest in hashes)}


def test_a_fault_of_ours_is_logged_and_not_shown(client, monkeypatch, caplog):
    def fail() -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(app.layers, "current", fail)
    answer = client.get("/healthz")
    named = answer.headers["X-Request-ID"]
    assert (answer.status_code, answer.text) == (500, f"500 Internal Server Error (request {named})\n")
    assert answer.headers["Content-Type"] == PLAIN_TEXT
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "a secret of the inside" in caplog.text


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"output": ["a"]}', "application/json", 400),
        (b'{"output": "no-such.children"}', "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'"' + b"x" * 1_000_001 + b'"', "application/json", 413),
    ],
)
def test_a_strange_callback_is_refused_with_short_text(client, body, kind, code):
    answer = client.post("/_dash-update-component", data=body, content_type=kind)
    assert answer.status_code == code
    assert answer.headers["Content-Type"] == PLAIN_TEXT
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize("part", [None, "x", 7, ["x"], {"property": "value"}, {"id": 7, "property": "value"}])
@pytest.mark.parametrize("kind", ["inputs", "state"])
def test_a_known_callback_with_strange_parts_is_refused(site, client, part, kind):
    output, callback = next((name, found) for name, found in site.callback_map.items() if found[kind])
    body = {name: [{"id": "a", "property": "b"}] * len(callback[name]) for name in ("inputs", "state")}
    for strange in (part, [part] * len(callback[kind]), body[kind][1:]):
        answer = client.post("/_dash-update-component", json={"output": output, **body, kind: strange})
        assert answer.status_code == 400


def test_a_body_of_many_megabytes_is_refused_before_it_is_read_over_ipv6_too(program, data_folder):
    host, written = ("::1", "[::1]") if socket.has_ipv6 else ("127.0.0.1", "127.0.0.1")
    running = program("app.py", "--host", host, "--port", "0", "--data", str(data_folder))
    beginning, _, port = running.address().rpartition(":")
    assert beginning == f"http://{written}"  # as browsers want it
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(b"POST /_dash-update-component HTTP/1.1\r\nContent-Length: 99000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


# Health and unknown addresses


def test_health_counts_the_rows_of_every_table(client, atlas):
    answer = client.get("/healthz")
    assert answer.headers["Cache-Control"] == "no-store"
    health = answer.json
    assert health["status"] == "ok"
    assert health["version"] == app.VERSION
    assert health["data_version"] == atlas.version
    assert health["data_date"] == atlas.date.isoformat()
    assert health["counts"]["regions"] == 34
    assert health["counts"]["segments"] == len(atlas.segments)
    tables = {path.stem for path in atlas.folder.glob("*.csv")}
    assert tables <= set(health["counts"])


@pytest.mark.parametrize("path", ["/no-such-page", "/no/such/page", "/страница", "/no-such-page/?lang=kk"])
def test_an_unknown_page_gets_the_site_with_code_404(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "react-entry-point" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        *("/favicon.ico", "/robots.txt", "/.env", "/wp-login.php", "/_dash-no", "/assets/no.css"),
        *("/geodata/no", "/bootstrap/no", "/healthz/no"),
        *("/_dash-component-suites/dash/no.js", "/_dash-component-suites/os/no.js"),
    ],
)
def test_an_unknown_file_gets_short_text(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")
    assert answer.headers["Content-Type"] == PLAIN_TEXT


def test_every_page_answers_with_the_site(site, client):
    for page in dash.page_registry.values():
        if not page["path_template"]:
            assert client.get(page["path"]).status_code == 200


def test_a_wrong_method_is_told_the_right_one(client):
    answer = client.put("/healthz")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


# Callbacks


def of_large_data() -> list[Any]:
    """What pages hold of data that are too many to travel whole."""
    atlas, words = layers.current(), speak("en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typing_places, "has_many_places", lambda _atlas: True)
        found = typing_places.place_finder(atlas)
    return [site_pages("overview", "", atlas, words), html.Div(found)]


def test_every_callback_speaks_of_components_that_exist(site):
    """Dash does not check this itself, because the index would then carry every page."""
    layouts = [shell.layout(), *(example_of(page) for page in dash.page_registry.values()), *of_large_data()]
    components = {
        component.id: component
        for layout in layouts
        for component in [layout, *layout._traverse()]
        if isinstance(getattr(component, "id", None), str)
    }
    for callback in site._callback_list:
        for part in [*callback["inputs"], *callback["state"], *outputs_of(callback["output"])]:
            if part["id"].startswith(("{", "_pages_")):
                continue  # made for each item of a list, or Dash's own
            assert part["id"] in components, f"{part['id']} of a callback is in no layout"
            known = components[part["id"]].available_properties
            assert part["property"] in known or part["property"].startswith(("data-", "aria-")), part


EXAMPLES = {
    "corridor_id": "btk",
    "site_id": "J-003",
    "region_id": "UZ-SU",
    "uz_region_id": "UZ-TO",
    "kz_region_id": "KZ-61",
}


def example_of(page):
    """The layout of a page, for one of the things it can show where it shows one of many."""
    names = re.findall(r"<(\w+)>", page["path_template"] or "")
    return page["layout"](**{name: EXAMPLES[name] for name in names})


def outputs_of(written: str) -> list[dict[str, str]]:
    """Dash writes one output as `id.property` and several as `..id.property...id.property..`."""
    parts = written.strip(".").split("...") if written.startswith("..") else [written]
    pairs = (part.split("@")[0].rpartition(".") for part in parts if part)
    return [{"id": id_, "property": name} for id_, _, name in pairs if id_]


# Worker processes


def test_fresh_workers_answer_whatever_is_asked_first(program, data_folder, client):
    """A worker that had not rendered the index yet did not know the components: readers saw "Loading…"."""
    index = client.get("/").text
    suites = re.findall(r'src="(/_dash-component-suites/[^"]+)"', index)
    parts = ["/_dash-layout", "/_dash-dependencies", "/_dash-component-suites/dash/dcc/async-graph.js"]
    port = free_port()
    log = "%(p)s %(s)s %(U)s"
    options = ["--access-logfile", "-", "--access-logformat", log]
    running = program(*gunicorn(port, 2), *options, ATLAS_DATA=str(data_folder))
    running.line("Listening at")
    wanted = [f"http://127.0.0.1:{port}{path}" for path in [*suites, *parts]]
    workers, deadline = set(), time.monotonic() + 60
    with ThreadPoolExecutor(12) as readers:
        while len(workers) < 2:
            assert time.monotonic() < deadline, "only one worker answered"
            assert set(readers.map(status, wanted)) == {200}
            workers = set(re.findall(r"^<?(\d+)>? 200 /_dash", running.said(), flags=re.MULTILINE))


def test_importing_the_module_starts_nothing():
    script = "import app, dash; assert not hasattr(app, 'nothing'); assert 'server' not in vars(app)"
    assert run([sys.executable, "-c", script], cwd=ROOT).returncode == 0


def gunicorn(port: int, workers: int) -> list[str]:
    """Arguments of Python that start the production server."""
    return ["-m", "gunicorn", "-w", str(workers), "--threads", "4", "-b", f"127.0.0.1:{port}", "app:server"]


def until_refused(port: int) -> None:
    """Return once nobody listens at a port of this machine."""
    with contextlib.suppress(ConnectionError):  # refused, or cut off while it closes
        while True:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as connection:
        return connection.getsockname()[1]


def broken_copy(folder: Path, where: Path) -> Path:
    """A copy of the data without trade.csv and with a wrong word in council.csv."""
    copy = where / "geodata"
    shutil.copytree(
        folder, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "geometry", "published")
    )
    (copy / "trade.csv").unlink()
    council = copy / "council.csv"
    council.write_text(council.read_text("utf-8").replace(",held,", ",upheld,"), "utf-8", newline="\n")
    return copy
