"""The atlas as `compose.yaml` runs it, without containers: PostGIS, two servers, a proxy with TLS."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Watch
from tests.layers.conftest import shortened
from tests.postgres import ADMIN, READER
from tests.processes import ROOT, Program, begun_request, started
from tests.test_app import free_port
from tests.test_deployment import COMPOSE, server_command, surroundings

LONGEST = 90  # seconds, for a busy machine
BASE = "/atlas"


@dataclass(frozen=True)
class Host:
    """The proxy as a reader's machine sees it."""

    port: int
    trusts: Path

    @property
    def address(self) -> str:
        """The public address of the atlas."""
        return f"https://localhost:{self.port}{BASE}"

    def asked(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by names in small letters, and body; the certificate is checked."""
        context = ssl.create_default_context(cafile=self.trusts)
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=context)
        return answer_of(connection, path, headers)


def answer_of(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()


def inside(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """The answer of one server itself, as in the network of the containers."""
    return answer_of(http.client.HTTPConnection("127.0.0.1", port, timeout=60), BASE + path)


def until(is_so: Callable[[], Any]) -> Any:
    """What `is_so` gives once that is something."""
    deadline = time.monotonic() + LONGEST
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if found := is_so():
                return found
        assert time.monotonic() < deadline, "it does not come to this"
        time.sleep(0.1)  # other processes do the work that is waited for


def version(port: int) -> str:
    """The data version of a server, "" while it does not answer with one."""
    status, _, body = inside(port, "/healthz")
    return json.loads(body)["data_version"] if status == 200 else ""


def proxy_program() -> str:
    """The proxy's program, or the end of the test."""
    found = shutil.which("caddy")
    if found is None:
        said = "no proxy: Debian has it as `apt install caddy`; ATLAS_PROXY=required makes this a failure"
        (pytest.fail if os.environ.get("ATLAS_PROXY") == "required" else pytest.skip)(said)
    return found


def folders(above: Path, port: int) -> dict[str, str]:
    """What stands for the file system and the volume of a container."""
    return {"ATLAS_CACHE": f"{above}/cache-{port}", "ATLAS_STATE": f"{above}/state-{port}", "ATLAS_DATA": ""}


@contextlib.contextmanager
def proxy(servers: list[int], port: int, folder: Path) -> Iterator[Host]:
    """The proxy with the configuration of deploy/, before servers on this machine."""
    environment = surroundings("proxy", PROXY_SITE="localhost") | {
        "PROXY_SERVERS": " ".join(f"127.0.0.1:{one}" for one in servers),
        "PROXY_HTTP_PORT": str(free_port()),
        "PROXY_HTTPS_PORT": str(port),
        "PROXY_HEALTH_INTERVAL": "500ms",
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "HOME": str(folder),
    }
    command = [proxy_program(), "run", "--adapter", "caddyfile", "--config", ROOT / "deploy" / "Caddyfile"]
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
    try:
        yield Host(port, folder / "data/caddy/pki/authorities/local/root.crt")
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def deployed(postgres, data_folder, tmp_path) -> Iterator[tuple[Host, dict[int, Program], str]]:
    """The proxy, two servers of the atlas by port, and the address of the database with the data."""
    proxy_program()
    name = postgres.database()
    allowed = (f"CREATE SCHEMA atlas AUTHORIZATION {ADMIN}", f"GRANT USAGE ON SCHEMA atlas TO {READER}")
    postgres.run(*allowed, database=name)
    publish(data_folder, postgres.url(name))
    ports, door = [free_port(), free_port()], free_port()
    own = surroundings("atlas-1", ATLAS_ADDRESS=f"https://localhost:{door}{BASE}")
    own |= {"ATLAS_DATABASE_URL": postgres.url(name, READER), "ATLAS_LOG": "json"}
    with contextlib.ExitStack() as running:
        servers = {
            port: running.enter_context(
                started(
                    server_command(port),
                    tmp_path / f"{port}.log",
                    **own | folders(tmp_path, port),
                )
            )
            for port in ports
        }
        host = running.enter_context(proxy(ports, door, tmp_path))
        for port in ports:
            until(lambda port=port: version(port))
        until(lambda: host.trusts.exists() and host.asked(f"{BASE}/healthz")[0] == 200)
        yield host, servers, postgres.url(name)
    postgres.leave(name)


def publish(folder: Path, address: str) -> None:
    """What the service `publish` of compose.yaml runs."""
    command = [*COMPOSE["services"]["publish"]["entrypoint"][1:], str(folder)]
    environment = os.environ | {"ATLAS_DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_readers_never_notice_what_happens_behind_the_proxy(deployed, browser, whole_copy, tmp_path):
    host, servers, database = deployed
    first, second = servers
    what_the_world_sees(host)
    what_only_the_inside_sees(first)
    a_reader_looks_around(host, browser)

    # A new version is published: both servers follow.
    before = version(first)
    publish(shutil.copytree(shortened(whole_copy), tmp_path / "new"), database)
    after = until(lambda: (now := version(first)) != before and now)
    until(lambda: version(second) == after)
    assert json.loads(host.asked(f"{BASE}/healthz")[2])["data_version"] == after

    # One server dies: the other answers alone, without a fault for anybody.
    killed = servers[first].process
    family = [killed.pid, *descendants(killed.pid)]
    for one in family:
        os.kill(one, signal.SIGKILL)
    killed.wait()
    assert [host.asked(f"{BASE}/healthz")[0] for _ in range(6)] == [200] * 6

    # The other is asked to stop while it is asked something: it answers first, and leaves no program behind.
    rest = descendants(servers[second].process.pid)
    with begun_request(second, BASE) as finish:
        servers[second].process.send_signal(signal.SIGTERM)
        servers[second].line("Handling signal: term")
        assert finish() == 204
    assert servers[second].process.wait(LONGEST) == 0
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in rest))
    assert "Traceback" not in servers[second].said()


def what_the_world_sees(host: Host) -> None:
    """Pages and files over TLS and below the path, and no metrics."""
    status, headers, page = host.asked(f"{BASE}/sites?lang=ru")
    assert status == 200 and headers["strict-transport-security"]
    assert re.fullmatch(r"[0-9a-f-]{36}", headers["x-request-id"])  # the proxy gave it
    assert f'<meta property="og:url" content="{host.address}/sites?lang=ru">'.encode() in page
    (script,) = re.findall(rb'<script src="(/atlas/assets/theme\.js[^"]+)"', page)
    status, headers, _ = host.asked(script.decode())
    assert status == 200 and "immutable" in headers["cache-control"]
    led = host.asked("/?lang=kk")
    assert (led[0], led[1]["location"]) == (302, f"{BASE}/?lang=kk")
    assert [host.asked(path)[0] for path in (f"{BASE}/metrics", f"{BASE}/METRICS", "/metrics")] == [404] * 3
    assert host.asked(f"{BASE}/%6detrics")[0] == host.asked(f"{BASE}//metrics")[0] == 404
    # What a stranger says of proxies is not believed.
    page = host.asked(f"{BASE}/embed/-", **{"X-Forwarded-Host": "evil.example"})[2]
    assert b"evil.example" not in page


def what_only_the_inside_sees(port: int) -> None:
    """Metrics, and whether a server is well, as the image asks it."""
    status, _, told = inside(port, "/metrics")
    assert status == 200 and b'atlas_request_seconds_count{kind="health",status="200"}' in told
    assert f'atlas_data{{version="{version(port)}"}} 1.0'.encode() in told
    for path, code in ((BASE, 0), ("/elsewhere", 1)):
        check = [sys.executable, ROOT / "deploy" / "healthcheck.py", str(port)]
        done = subprocess.run(
            check, env=os.environ | {"ATLAS_BASE_PATH": path}, capture_output=True, timeout=60
        )
        assert done.returncode == code, done.stderr


def a_reader_looks_around(host: Host, browser: Browser) -> None:
    """A page with its map, a callback, a dialog, a link: all below the path, none with a fault."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800})
    watch = Watch()
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(1000 * LONGEST)
    page.goto(f"{host.address}/regions?lang=en")
    page.wait_for_selector("#map[data-painted]")
    with page.expect_response(re.compile("/export/about")) as told:
        page.click("[data-export]")
    assert told.value.status == 200 and f"{host.address}/embed/regions?" in told.value.json()["embed"]
    page.keyboard.press("Escape")
    page.click(".site-header nav a[href*='/corridors?']")
    page.wait_for_url(f"{host.address}/corridors?lang=en")
    page.wait_for_selector("main a[href*='/corridors/']")  # the new page is there, not its address alone
    ways = page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)")
    ways = [url for url in ways if url.startswith(f"https://localhost:{host.port}/")]
    context.close()
    own = [url for url in (*watch.requests, *ways) if not re.match(r"(blob|data):", url)]
    plain = {url.partition("?")[0] for url in own}
    assert {f"{host.address}/_dash-update-component", f"{host.address}/_dash-layout"} <= plain
    assert len(ways) > 20 and [url for url in own if not url.startswith(f"{host.address}/")] == []
    assert watch.unexpected_errors() == []


def descendants(process: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found
