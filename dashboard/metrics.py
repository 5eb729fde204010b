"""What Prometheus reads at /metrics: requests of all processes of this machine, and the state of the data.

The state is that of the process that answers; all of them follow the same data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from flask import Flask, Response, g
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST

import layers
from dashboard.logs import Counted
from layers.watch import Watcher

KINDS = {
    "/_dash-update-component": "callback",
    "/_dash-component-suites/": "file",
    "/assets/": "file",
    "/bootstrap/": "file",
    "/drawn/": "file",
    "/embed/": "embed",
    "/export/": "export",
    "/geodata/": "geometry",
    "/healthz": "health",
    "/metrics": "health",
    "/present/": "presentation",
    "/rows/": "geometry",
    "/tiles/": "tile",
}
"""What a request asks for, by the beginning of its path; everything else is a page."""

BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)
"""Seconds."""


def serve_metrics(server: Flask, watcher: Watcher | None, base: str = "") -> Counted:
    """Answer at /metrics; returns what counts a request.

    Several processes of gunicorn add up in the folder PROMETHEUS_MULTIPROC_DIR (gunicorn.conf.py).
    """
    disable_created_metrics()
    own = CollectorRegistry()
    seconds = Histogram(
        "atlas_request_seconds",
        "Seconds until an answer was sent",
        ["kind", "status"],
        buckets=BUCKETS,
        registry=own,
    )
    answers = Counter(
        "atlas_kept_answers", "Pages and callbacks by whether their answer was kept", ["kept"], registry=own
    )

    def count_kept(response: Response) -> Response:
        if "answer_key" in g or "is_kept" in g:
            answers.labels("yes" if "is_kept" in g else "no").inc()
        return response

    def count(path: str, status: str, took: float) -> None:
        seconds.labels(kind_of(path.removeprefix(base)), status).observe(took)

    read = _all_processes(own)
    read.register(State(server, watcher))
    server.after_request(count_kept)
    server.add_url_rule("/metrics", "metrics", lambda: _answer(read))
    return count


def kind_of(path: str) -> str:
    """What a request asks for."""
    return next((kind for beginning, kind in KINDS.items() if path.startswith(beginning)), "page")


class State:
    """The state of the data as gauges, asked for anew each time."""

    def __init__(self, server: Flask, watcher: Watcher | None) -> None:
        self._server, self._watcher = server, watcher

    def collect(self) -> Iterator[Metric]:
        """The gauges; the data version is a label of one that is always 1."""
        atlas = layers.held()[0]
        version = GaugeMetricFamily("atlas_data", "The version of the data served now", labels=["version"])
        version.add_metric([atlas.version], 1)
        yield version
        for name, meaning, value in self._values():
            yield GaugeMetricFamily(f"atlas_{name}", meaning, value())

    def _values(self) -> Iterator[tuple[str, str, Callable[[], float]]]:
        watcher, line = self._watcher, self._server.extensions.get("line")
        yield "versions_held", "Versions of the data in memory", lambda: len(layers.held())
        if line:
            yield "wait_seconds", "Seconds that a new request would wait for a thread", line.wait
        if watcher:
            yield "degraded", "1 while newer data are refused or cannot be read", lambda: bool(watcher.faults)
            yield "faults", "Faults of the data saved last, or of reading them", lambda: len(watcher.faults)
            yield "checked_timestamp_seconds", "When newer data were looked for", watcher.checked.timestamp


def _all_processes(own: CollectorRegistry) -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return own
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)
    return together


def _answer(read: CollectorRegistry) -> Response:
    response = Response(generate_latest(read), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
