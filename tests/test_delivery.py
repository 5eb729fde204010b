"""Files, geometry and answers on their way to the reader: caching, compression, addresses."""

import dataclasses
import gzip
import json
import os
import re
import threading
import time

import brotli
import pytest
from werkzeug.datastructures import Accept

from dashboard import compression, delivery, geometry
from dashboard.cache_folder import cache_folder
from dashboard.compression import Content, Press, coding_for

FOREVER = "public, max-age=31536000, immutable"
PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.min.js"
UNDO = {"br": brotli.decompress, "gzip": gzip.decompress}
compress = brotli.compress  # as it is, also while a test replaces it
TEXT = Content(b"A corridor joins regions. " * 4000, "text/plain")


@pytest.fixture
def addresses(client) -> list[str]:
    """Every file the index names, but for the script that Dash itself asks for without a fingerprint."""
    named = re.findall(r'(?:src|href)="(/[^"?]*[.][a-z]+(?:[?][^"]*)?)"', client.get("/").text)
    assert PLOTLY in named
    return [address for address in named if address != PLOTLY]


# Caching


def test_every_file_of_the_index_is_kept_for_a_year(client, addresses):
    assert len(addresses) >= 12
    for address in addresses:
        for accepted in ("identity", "gzip"):
            answer = client.get(address, headers={"Accept-Encoding": accepted})
            assert answer.status_code == 200, address
            assert answer.headers["Cache-Control"] == FOREVER, address
            assert answer.headers["Vary"] == "Accept-Encoding", address


def test_an_address_of_another_version_is_not_kept(client, addresses):
    for address in addresses:
        other = re.sub(r"(m=?)1", r"\g<1>2", address)  # the time begins with 1 until the year 2033
        other = re.sub(r"/(dark|bundle)\.[0-9a-f]{12}", r"/\1.000000000000", other)
        assert other != address
        assert client.get(other).headers["Cache-Control"] == "no-cache", other


@pytest.mark.parametrize("path", [PLOTLY, "/assets/favicon.svg", "/bootstrap/static/css/bootstrap.min.css"])
def test_an_unchanged_file_is_not_sent_again(client, path):
    first = client.get(path, headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    changed = client.get(path, headers={"If-None-Match": 'W/"0123456789abcdef"'})
    assert changed.status_code == 200


def test_pages_and_answers_of_callbacks_are_asked_for_each_time(client):
    for path in ("/", "/_dash-layout", "/_dash-dependencies"):
        assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_a_changed_file_has_a_new_address_and_is_read_again(tmp_path):
    path = tmp_path / "some.css"
    path.write_text("a{}")
    before = delivery.file_content(path)
    assert delivery.file_content(path) is before
    path.write_text("b{}")
    later = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))
    assert delivery.file_content(path).body == b"b{}"


# Compression


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("gzip;q=0, *", "br"),
        ("identity", None),
        ("", None),
    ],
)
def test_the_reader_chooses_the_coding(client, header, coding):
    plain = client.get(PLOTLY).data
    answer = client.get(PLOTLY, headers={"Accept-Encoding": header})
    assert answer.headers.get("Content-Encoding") == coding
    assert UNDO.get(coding, bytes)(answer.data) == plain
    assert len(answer.data) < 1_500_000 or coding is None


def test_every_coding_has_its_way_back():
    assert set(UNDO) == set(compression.CODINGS)
    assert coding_for(Accept([("br", 1), ("gzip", 1)])) == "br"


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/_dash-dependencies"])
@pytest.mark.parametrize("coding", UNDO)
def test_answers_are_compressed(client, path, coding):
    answer = client.get(path, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    plain = client.get(path)
    assert "Content-Encoding" not in plain.headers
    if path != "/":  # each index carries a number of its own
        assert UNDO[coding](answer.data) == plain.data


def test_short_answers_and_pictures_are_left_as_they_are(client):
    for path in ("/healthz", "/no.file", "/assets/favicon.svg"):
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "br"}).headers
    assert not delivery._is_worth_compressing(Content(b"x" * 5000, "image/png"))


def test_scripts_and_styles_have_the_types_browsers_insist_on(client, addresses):
    kinds = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for address in addresses:
        suffix = re.search(r"\.\w+(?=$|\?)", address).group()
        assert client.get(address).mimetype == kinds[suffix], address


# The press


def test_the_quick_form_comes_first_and_the_smallest_later(tmp_path):
    press = Press(tmp_path / "cache")
    quick = press.form(TEXT, "br")
    assert quick == brotli.compress(TEXT.body, quality=5)
    press.start()
    smallest = wait_for_smallest(press, TEXT)
    assert smallest == brotli.compress(TEXT.body, quality=11)
    assert len(smallest) < len(quick)
    assert press.form(TEXT, "gzip") == gzip.compress(TEXT.body, 9, mtime=0)


def test_the_smallest_form_is_there_at_once_after_a_restart(tmp_path):
    first = Press(tmp_path)
    first.order([TEXT])
    first.start()
    smallest = wait_for_smallest(first, TEXT)
    assert Press(tmp_path).form(TEXT, "br") == smallest


@pytest.mark.parametrize("damage", [b"", b"not brotli", brotli.compress(b"something else")])
def test_a_damaged_form_is_not_served_but_made_anew(tmp_path, damage):
    path = tmp_path / f"{TEXT.digest}.br"
    path.write_bytes(damage)
    press = Press(tmp_path)
    assert brotli.decompress(press.form(TEXT, "br")) == TEXT.body
    press.start()
    wait_for_smallest(press, TEXT)
    assert brotli.decompress(path.read_bytes()) == TEXT.body


def test_where_nothing_can_be_written_memory_keeps_the_form(tmp_path):
    (tmp_path / "file").write_text("in the way")
    press = Press(tmp_path / "file" / "cache")
    press.order([TEXT])
    press.start()
    wait_for_smallest(press, TEXT)


def test_two_presses_make_each_form_once(tmp_path, monkeypatch):
    made = []

    def counted(body: bytes, quality: int) -> bytes:
        made.append(quality)
        return compress(body, quality=quality)

    monkeypatch.setattr(compression.brotli, "compress", counted)
    contents = [Content(TEXT.body + bytes([number]), "text/plain") for number in range(6)]
    presses = [Press(tmp_path), Press(tmp_path)]
    for press in presses:
        press.order(contents)
    for press in presses:
        press.start()
    for press in presses:
        for content in contents:
            wait_for_smallest(press, content)
    assert made.count(11) == len(contents)


def test_many_readers_at_once_make_the_quick_form_once(tmp_path, monkeypatch):
    made = []

    def slow(body: bytes) -> bytes:
        made.append(1)
        time.sleep(0.1)
        return body

    monkeypatch.setitem(compression.CODINGS, "gzip", slow)
    press = Press(tmp_path)
    readers = [threading.Thread(target=press.form, args=(TEXT, "gzip")) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(made) == 1


def test_forms_that_nobody_has_read_for_months_are_deleted(tmp_path):
    old, new = tmp_path / "old.br", tmp_path / "new.br"
    for path in (old, new):
        path.write_bytes(b"x")
    long_ago = time.time() - (compression.KEPT_DAYS + 1) * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    compression._forget_old(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["new.br"]


def test_the_cache_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("ATLAS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == tmp_path / "corridor-atlas"


def wait_for_smallest(press: Press, content: Content) -> bytes:
    """The Brotli form of `content` once it is the smallest one."""
    smallest = compress(content.body, quality=11)
    deadline = time.monotonic() + 20
    while (form := press.form(content, "br")) != smallest:
        assert time.monotonic() < deadline, "the smallest form was not made"
        time.sleep(0.01)
    return form


# Geometry


@pytest.mark.parametrize("name", geometry.NAMES)
def test_every_geometry_is_served_under_its_address(client, site, name):
    url = geometry.geometry_url(delivery.layers.current(), name)
    assert re.fullmatch(rf"/geodata/{name}\.[0-9a-f]{{12}}\.geojson", url)
    answer = client.get(url, headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["Content-Type"] == "application/geo+json"
    collection = json.loads(brotli.decompress(answer.data))
    assert collection["type"] == "FeatureCollection"
    assert collection["features"]


def test_an_old_address_leads_to_the_current_geometry(client, site):
    answer = client.get("/geodata/land.0123456789ab.geojson")
    assert answer.status_code == 302
    assert answer.headers["Location"] == geometry.geometry_url(delivery.layers.current(), "land")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["secrets.0123456789ab", "land.0123", "land.0123456789AB", "../app.0123456789ab", "land"]
)
def test_no_other_geometry_is_served(client, path):
    answer = client.get(f"/geodata/{path}.geojson")
    assert (answer.status_code, answer.text) == (404, "404 Not Found\n")


def test_an_unknown_geometry_is_told_the_known_ones(atlas):
    with pytest.raises(KeyError, match="no geometry 'moon'; there are regions, land"):
        geometry.geometry_url(atlas, "moon")


def test_the_address_changes_with_the_content_only(atlas, tmp_path):
    for name in ("land", "rivers"):
        (tmp_path / f"{name}.geojson").write_bytes((atlas.folder / f"{name}.geojson").read_bytes())
    (tmp_path / "rivers.geojson").write_text('{"type":"FeatureCollection","features":[]}')
    newer = dataclasses.replace(atlas, version="f" * 12, folder=tmp_path)
    assert geometry.geometry_url(newer, "land") == geometry.geometry_url(atlas, "land")
    assert geometry.geometry_url(newer, "rivers") != geometry.geometry_url(atlas, "rivers")


def test_geometry_of_replaced_data_is_forgotten(atlas):
    for number in range(3 * len(geometry.NAMES)):
        geometry.geometry_url(dataclasses.replace(atlas, version=f"{number:012}"), "land")
        geometry.geometry_url(dataclasses.replace(atlas, version=f"{number:012}"), "water")
    assert len(geometry._contents) <= 4 * len(geometry.NAMES), "of three versions in memory and a new one"


# Only what is meant to be served


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2fapp.py",
        "/assets/%2fetc/passwd",
        "/assets/" + 300 * "x",
        "/bootstrap/static/../__init__.py",
        "/bootstrap/static/js/bootstrap.min.js",
        "/_dash-component-suites/dash/../app.py",
        "/_dash-component-suites/dash/dash.py",
        "/_dash-component-suites/subprocess/__init__.py",
        "/geodata/sites.csv",
        "/geodata/../app.py",
    ],
)
def test_nothing_else_can_be_read(client, path):
    assert client.get(path).status_code == 404
