"""New data while the production server runs: two worker processes, and the readers of both."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from dashboard.snapshots import HEADER, NEWEST
from tests.layers.conftest import shortened
from tests.processes import ROOT, Program
from tests.test_app import free_port, gunicorn

LONGEST = 90  # seconds, for a busy machine
IN_A_ROW = 12
"""Answers that agree before all workers are believed to."""


def asked(address: str, **headers: str) -> Any:
    """The answer to a request on a connection of its own, so that any worker may get it."""
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60)


def until_all(health: str, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What /healthz says once every worker's answer fits."""
    deadline, in_a_row = time.monotonic() + LONGEST, 0
    while in_a_row < IN_A_ROW:
        with asked(health) as answer:
            told = json.load(answer)
        in_a_row = in_a_row + 1 if fits(told) else 0
        assert time.monotonic() < deadline, told
        time.sleep(0.05)  # other processes do the work that is waited for
    return told


def until_served(running: Program, version: str, workers: int = 2) -> None:
    """Return when each worker has said that it serves this version: a busy one may not answer meanwhile."""
    deadline = time.monotonic() + LONGEST
    while running.said().count(f"version {version} of the data is served now") < workers:
        assert time.monotonic() < deadline, running.said()
        time.sleep(0.05)  # a line in another process's log: nothing to wait on


def test_new_data_reach_all_workers_and_open_pages_keep_theirs(whole_copy, tmp_path, program):
    folder = shutil.copytree(shortened(whole_copy), tmp_path / "new")
    port = free_port()
    running = program(*gunicorn(port, 2), ATLAS_DATA=str(whole_copy))
    running.line("Listening at")
    address = f"http://127.0.0.1:{port}"
    health = f"{address}/healthz"
    first = until_all(health, lambda told: told["status"] == "ok")["data_version"]

    # A corrected table is saved.
    projects = whole_copy / "projects.csv"
    text = projects.read_text("utf-8")
    projects.write_text(text.replace(",,1000,2020,,UzAuto", ",,1250,2020,,UzAuto"), "utf-8")
    second = until_all(health, lambda told: told["data_version"] != first)["data_version"]
    until_served(running, second)

    # A page of the version before goes on with it, and hears of the new one; whichever worker answers.
    for _ in range(6):
        with asked(f"{address}/_dash-layout", **{HEADER: first}) as answer:
            assert answer.headers[NEWEST] == second
            body = answer.read().decode()
            assert first in body and second not in body
        with asked(f"{address}/_dash-layout", **{HEADER: second}) as answer:
            assert NEWEST not in answer.headers
            assert second in answer.read().decode()

    # A faulty table is saved.
    council = whole_copy / "council.csv"
    right = council.read_text("utf-8")
    council.write_text(right.replace(",held,", ",upheld,"), "utf-8")
    told = until_all(health, lambda told: told["status"] == "degraded")
    assert told["data_version"] == second
    assert 'council.csv, row 2, stage = "upheld"' in told["faults"][0]
    assert told["fault_count"] >= len(told["faults"]) > 1
    assert running.line(told["faults"][0]) and running.line(f"version {second} goes on being served")

    # A whole folder is published by command, over the faulty table.
    command = [sys.executable, "-m", "layers.publish", str(folder), "--data", str(whole_copy), "--replace"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stderr
    told = until_all(health, lambda told: (told["status"], told["data_version"]) == ("ok", first))
    assert told["faults"] == []
    assert council.read_text("utf-8") == right
