"""What Prometheus reads: counts of requests by kind, and the state of the data."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask, g
from prometheus_client.parser import text_string_to_metric_families

import layers
from dashboard.logs import watched
from dashboard.metrics import kind_of, serve_metrics
from dashboard.overload import Line


def read(text: str) -> dict[tuple[str, ...], float]:
    """Values by name and labels, these by their names."""
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_and_the_state_of_the_data_are_counted(atlas):
    layers.serve(atlas)
    server = Flask("small")
    server.extensions["line"] = Line(lambda: 0, threads=2)
    watcher = SimpleNamespace(faults=["a fault"], checked=SimpleNamespace(timestamp=lambda: 5.0))
    count = serve_metrics(server, watcher, "/atlas")

    def page() -> str:
        g.is_kept = True
        return "kept"

    server.add_url_rule("/sites", "sites", page)
    server.wsgi_app = watched(server.wsgi_app, count)
    client = server.test_client()
    for path in ("/sites", "/sites", "/none", "/geodata/none"):
        client.get(path, buffered=True)
    count("/atlas/_dash-update-component", "503", 0.3)
    answer = client.get("/metrics")
    assert answer.headers["Cache-Control"] == "no-store" and answer.mimetype == "text/plain"
    told = read(answer.text)
    assert told["atlas_request_seconds_count", "page", "200"] == 2
    assert told["atlas_request_seconds_count", "page", "404"] == 1
    assert told["atlas_request_seconds_count", "geometry", "404"] == 1
    assert told["atlas_request_seconds_count", "callback", "503"] == 1
    assert told["atlas_request_seconds_bucket", "callback", "0.5", "503"] == 1
    assert told["atlas_request_seconds_bucket", "callback", "0.25", "503"] == 0
    assert told["atlas_kept_answers_total", "yes"] == 2
    assert told["atlas_data", atlas.version] == 1
    assert told["atlas_degraded",] == told["atlas_faults",] == 1
    assert told["atlas_checked_timestamp_seconds",] == 5 and told["atlas_wait_seconds",] == 0
    assert told["atlas_versions_held",] == len(layers.held())


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "page"), ("/sites/x", "page"), ("/tiles/sites.ab/1/2/3.mvt", "tile"), ("/export/file", "export")],
)
def test_a_request_has_a_kind(path, kind):
    assert kind_of(path) == kind


def test_nobody_reads_them_unless_asked_for(client):
    assert client.get("/metrics").status_code == 404
