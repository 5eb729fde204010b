"""Headers of every answer, bounds of every input, and strangers who send whatever they like."""

from __future__ import annotations

import json
import logging
import re
import runpy
from random import Random
from urllib.parse import urlsplit

import dash
import pytest

import layers
from dashboard import guard, sent
from dashboard.guard import CALLBACK_PATH, LONGEST_ADDRESS
from tests.processes import ROOT
from tests.strangers import JSON, Stranger, body_of, corpus_of, filled, page_callback
from tests.test_app import EXAMPLES

PLAIN_TEXT = "text/plain; charset=utf-8"
PARTS = EXAMPLES | {
    "deck_id": "first-meeting",
    "id_": "btk",
    "name": "land",
    "hash_": "0" * 12,
    "path": "corridors/btk",
    "package_name": "dash",
    "fingerprinted_path": "dcc/async-graph.js",
    "filename": "favicon.svg",
}
POLICY = {
    "default-src": {"'none'"},
    "style-src": {"'self'", "'unsafe-inline'"},
    "img-src": {"'self'", "data:", "blob:"},
    "font-src": {"'self'", "data:"},
    "base-uri": {"'none'"},
}
"""What all pages have alike."""

STRICTEST = {
    "/embed/": {"connect-src": {"'self'"}, "form-action": {"'none'"}, "frame-ancestors": {"*"}},
    "/present/": {
        "connect-src": {"'self'", "blob:"},
        "form-action": {"'none'"},
        "frame-ancestors": {"'none'"},
        "worker-src": {"blob:"},
    },
    "/": {
        "connect-src": {"'self'"},
        "form-action": {"'self'"},
        "frame-ancestors": {"'none'"},
        "worker-src": {"blob:"},
    },
}
"""What differs, by the beginning of the path; only figures for other people's pages may stand in a frame."""


def asked_for(rule: str) -> str:
    """An address of a route; one that makes large files with a format there is not."""
    ending = {"file": "?format=none", "scenes": "?from=999"}.get(rule.rpartition("/")[2], "")
    return filled(rule, PARTS) + ending


def assert_safe(path: str, answer) -> None:
    """The headers that an answer must have."""
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Server" not in headers
    if "Location" in headers:
        assert urlsplit(headers["Location"]).netloc in ("", "localhost")
    if answer.mimetype in guard.NO_PAGES:
        assert headers["Content-Security-Policy"] == guard.NO_PAGE_POLICY
        return
    assert headers["Permissions-Policy"] == guard.PERMISSIONS
    policy = {}
    for directive in headers["Content-Security-Policy"].split("; "):
        name, *values = directive.split(" ")
        policy[name] = set(values)
    scripts = policy.pop("script-src")
    is_page = not path.startswith(("/embed/", "/present/"))
    assert "'self'" in scripts
    assert all(re.fullmatch(r"'sha256-.{44}'", one) for one in scripts - {"'self'"})
    assert is_page or scripts == {"'self'"}
    own = next(rules for beginning, rules in STRICTEST.items() if path.startswith(beginning))
    assert policy == POLICY | own, path


def test_every_route_and_page_carries_the_headers(site, client):
    pages = [filled(page["path_template"] or page["path"], PARTS) for page in dash.page_registry.values()]
    rules = [rule for rule in site.server.url_map.iter_rules() if rule.rule != "/export/card.png"]
    for path in {*pages, *(asked_for(rule.rule) for rule in rules)}:
        assert_safe(path, client.get(path))
    for rule in rules:
        if "POST" in rule.methods:
            assert_safe(rule.rule, client.post(asked_for(rule.rule), data=b"{", content_type=JSON))


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("GET", "/assets/no.css", b"", 404),
        ("GET", "/embed/nothing", b"", 404),
        ("PUT", "/healthz", b"", 405),
        ("POST", CALLBACK_PATH, b"{", 400),
        ("POST", "/present/own", b"x" * 400_000, 413),
        ("GET", "/?country=" + "x" * LONGEST_ADDRESS, b"", 414),
        ("GET", "/embed/?figure=" + "%20" * LONGEST_ADDRESS, b"", 414),
    ],
)
def test_errors_carry_the_headers_and_one_line(client, method, path, body, code):
    answer = client.open(path, method=method, data=body, content_type=JSON)
    assert answer.status_code == code
    assert_safe(path.partition("?")[0], answer)
    assert "Traceback" not in answer.text
    if answer.mimetype == "text/plain":
        assert len(answer.text.splitlines()) == 1


def test_an_address_that_a_browser_can_send_is_answered(client):
    longest = "/?country=" + "x" * (LONGEST_ADDRESS - 9)
    assert client.get(longest).status_code == 200
    assert client.get(longest + "x").status_code == 414


def test_gunicorn_hands_on_every_address_that_the_atlas_answers():
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert settings["limit_request_line"] >= LONGEST_ADDRESS + len("OPTIONS http://a HTTP/1.1")


# Callbacks


def test_every_input_of_a_callback_has_a_shape(site):
    parts = {
        (part["id"], part["property"])
        for callback in site._callback_list
        if not callback.get("clientside_function")
        for part in (*callback["inputs"], *callback["state"])
    }
    assert parts - sent.SHAPES.keys() == set(), "say in dashboard/sent.py what the browser may send"


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (sent.text, ["", "x" * 8000], [None, 1, "x" * 8001, ["x"]]),
        (sent.number, [0, -1.5, 10**12], [None, "1", float("nan"), float("inf"), 10**400]),
        (sent.CHOICES, [None, [], ["UZB"]], ["UZB", [1], ["x"] * (sent.MOST_ITEMS + 1), {"0": "x"}]),
        (
            sent.VIEW,
            [{"query": "", "lang": "ru", "is_new": True}],
            [{}, {"query": "", "lang": "xx"}, [], None],
        ),
        (
            sent.PICKED,
            [None, {"keys": [], "at": 5}],
            [{"keys": "x"}, {"keys": [[]]}, {"keys": [], "more": 1}],
        ),
        (
            sent.scene,
            [{"kind": "corridor", "which": "btk?within=50", "lang": "en"}],
            [
                {"kind": "corridor", "which": "gone", "lang": "en"},
                {"kind": "pair", "which": "UZ-TO", "lang": "en"},
                {"kind": "duel", "which": "?a=btk&b=gone", "lang": "en"},
                {"kind": "no-kind", "which": "", "lang": "en"},
                {"kind": ["corridor"], "which": "btk", "lang": "en"},
            ],
        ),
    ],
)
def test_shapes_take_what_the_atlas_sends_and_nothing_else(site, shape, good, bad):
    assert [shape(one) for one in good] == [True] * len(good)
    assert [shape(one) for one in bad] == [False] * len(bad)


def test_only_what_the_script_of_dash_sends_reaches_a_callback(site, client):
    callback = page_callback(site._callback_list)
    good = body_of(callback, ["/corridors", ""])
    assert client.post(CALLBACK_PATH, json=good).status_code == 200
    for strange in (
        good | {"outputs": []},
        good | {"outputs": {}},
        good | {"outputs": good["outputs"][::-1]},
        good | {"inputs": good["inputs"][::-1]},
        good | {"changedPropIds": [{}]},
        good | {"state": [{}]},
        body_of(callback, ["no-path", ""]),
        body_of(callback, ["/", "x" * 8001]),
    ):
        assert client.post(CALLBACK_PATH, json=strange).status_code == 400


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"output":' * 20_000, b'{"output":"\\ud800"}', b"1" * 5000, b'{"a":"\\udfff"}']
)
def test_json_without_end_or_with_half_letters_is_refused(client, body):
    for path in (CALLBACK_PATH, "/present/own/check"):
        answer = client.post(path, data=body, content_type=JSON)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == PLAIN_TEXT


# Strangers


@pytest.fixture(scope="module")
def corpus(site):
    return corpus_of(site, layers.current(), EXAMPLES)


@pytest.mark.parametrize("part", range(4))
def test_whatever_strangers_send_is_answered(corpus, client, caplog, part):
    """A share of `python -m tests.bench.fuzz`, the same ones each time."""
    with caplog.at_level(logging.ERROR):
        for number in range(100):
            asked = Stranger(corpus, Random(f"{part} {number}"), is_whole=False).asked()
            answer = client.open(
                asked.path, method=asked.method, headers=list(asked.headers), data=asked.body
            )
            assert answer.status_code < 500, asked
            assert "Set-Cookie" not in answer.headers
    assert caplog.text == ""


def test_a_strange_host_is_only_told_to_who_named_it(client):
    """Nothing that is kept for other readers holds the host of one request."""
    for path in ("/corridors", "/export/about?view=/corridors/btk", "/embed/corridors/btk"):
        client.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in client.get(path).text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/pairs/UZ-TO/KZ-00", "?uz_region_id=a&uz_region_id=b"),
        ("/regions/UZ-SU", "?region_id=a&region_id=b"),
        ("/sites/x", "?site_id=&site_id="),
    ],
)
def test_a_query_that_names_a_part_of_the_path_twice_is_answered(site, client, path, query):
    body = body_of(page_callback(site._callback_list), [path, query])
    assert client.post(CALLBACK_PATH, json=body).status_code == 200


def test_deck_files_name_the_sign_that_cannot_be(client):
    deck = {"title": {"en": "A"}, "scenes": [{"id": "a", "headline": {"en": "b\x0bc"}}]}
    answer = client.post("/present/own/check", data=json.dumps(deck), content_type=JSON)
    assert answer.status_code == 400
    assert 'scene "a", headline (en): a sign that is not seen (U+000B)' in answer.text
