"""The atlas below a path of a host it shares: no address leads out of it, and no text is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import dash
import pytest
from dash._utils import to_json
from flask import Flask, Response

import layers
from dashboard.base_path import inside, mount, placed_html, placed_json
from dashboard.council.agenda import view_key
from tests.processes import ROOT

BASE = "/atlas"
VIEWS = {"value", "data-view", "which", "view", "address", "data-deck-view"}
"""Names under which an address says which view is meant: scripts and the server read it without the base."""

TEXTS = {"children", "tree"}
"""Names of what is shown."""


class Addresses(HTMLParser):
    """The attributes of a page that begin with "/", and the JSON in its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._is_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_data = tag == "script" and ("type", "application/json") in attrs
        self.found += [(name, value) for name, value in attrs if value and value.startswith("/")]

    def handle_data(self, data: str) -> None:
        if self._is_data and data.strip():
            self.found += strings(json.loads(data))


def strings(thing: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of JSON that begins with "/" by the name it stands under."""
    if isinstance(thing, dict):
        for key, one in thing.items():
            yield from strings(one, key)
    elif isinstance(thing, list):
        for one in thing:
            yield from strings(one, name)
    elif isinstance(thing, str) and thing.startswith("/"):
        yield name, thing


def outside(found: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    """What leads out; "/" alone may mean much else, such as a pattern, unless a link leads there."""
    return {
        (name, one)
        for name, one in found
        if name not in VIEWS | TEXTS
        and not one.startswith(f"{BASE}/")
        and (one != "/" or name in ("href", "action"))
    }


def of_one_thing(atlas: layers.Atlas) -> dict[str, str]:
    """What the templates of addresses name."""
    kazakh = atlas.regions.index[atlas.regions["country_iso3"] == "KAZ"][0]
    return {
        "corridor_id": "trans-caspian",
        "site_id": atlas.sites.index[0],
        "region_id": "UZ-SA",
        "uz_region_id": "UZ-SA",
        "kz_region_id": kazakh,
    }


def test_no_address_of_a_layout_leads_out(site: dash.Dash, atlas: layers.Atlas):
    named, links = of_one_thing(atlas), 0
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        parts = {name: named[name] for name in re.findall(r"<(\w+)>", template)}
        with site.server.test_request_context(re.sub(r"<(\w+)>", lambda one: named[one[1]], template)):
            made = page["layout"](**parts)
        found = [*strings(json.loads(placed_json(to_json(made), BASE)))]
        assert not outside(found), page["module"]
        links += sum(name == "href" for name, _ in found)
    assert links > 500


@pytest.mark.parametrize(
    "address",
    ["/", "/nothing", "/present/", "/present/first-meeting", "/embed/?figure=map", "/embed/-"],
)
def test_no_address_of_a_page_leads_out(client, address):
    page = Addresses(placed_html(client.get(address).text, BASE))
    links = {one for name, one in page.found if name in ("href", "src")}
    assert links
    # What the player fetches, its script places.
    assert outside(page.found) <= {("url", "/present/first-meeting/scenes")}


@pytest.mark.parametrize(
    "address", ["/_dash-layout", "/export/words?lang=en", "/export/about?view=/&figure=map"]
)
def test_no_address_of_an_answer_leads_out(client, address):
    found = strings(json.loads(placed_json(client.get(address).text, BASE)))
    assert outside(found) <= {("plotly", one) for _, one in found} | {
        ("plotly", client.get("/export/words?lang=en").json["plotly"])
    }


def test_texts_that_look_like_addresses_stay():
    said = 'see href="/sites" and "src": "/x" and /geodata/sites'
    text = json.dumps({"children": said, "title": "/sites", "href": "/sites", "src": "//cdn.example/x"})
    assert json.loads(placed_json(text, BASE)) == json.loads(text) | {"href": "/atlas/sites"}
    page = (
        '<p title="href=&quot;/x&quot;">a &lt;a href="/x"&gt; href="/y"</p><a lang="en" href="/z?a=/b">/z</a>'
    )
    assert placed_html(page, BASE) == page.replace('"/z?', '"/atlas/z?')


def test_addresses_of_files_are_placed_under_any_name_also_as_dash_writes_them():
    file = "/geodata/regions.0123456789ab.geojson"
    tiles = "/tiles/sites.0123456789ab/{z}/{x}/{y}.mvt?kind=fez"
    text = json.dumps({"regions": file, "tiles": [tiles], "href": "/sites"}).replace("/", r"\u002f")
    placed = {"regions": BASE + file, "tiles": [BASE + tiles], "href": "/atlas/sites"}
    assert json.loads(placed_json(text, BASE)) == placed
    assert json.loads(placed_json(json.dumps(placed), BASE)) == placed


def test_a_server_below_a_path_answers_there_and_nowhere_else():
    server = Flask("small")
    for path, made in {
        "/": lambda: '<a href="/sites">',
        "/sites": lambda: Response('{"href": "/"}', mimetype="application/json"),
        "/led": lambda: Response(status=302, headers={"Location": "/sites"}),
        "/file": lambda: Response('<a href="/">', headers={"Content-Disposition": "attachment"}),
    }.items():
        server.add_url_rule(path, path, made)
    mount(server, BASE)
    client = server.test_client()
    assert client.get("/atlas/").text == '<a href="/atlas/sites">'
    assert client.get("/atlas/sites").json == {"href": "/atlas/"}
    assert client.get("/atlas/led").headers["Location"] == "/atlas/sites"
    assert client.get("/atlas/file").text == '<a href="/">'
    assert client.get("/?lang=ru").headers["Location"] == client.get("/atlas?lang=ru").headers["Location"]
    assert client.get("/?lang=ru").headers["Location"] == "/atlas/?lang=ru"
    assert [client.get(path).status_code for path in ("/sites", "/atlas2/sites", "/atlas/none")] == [404] * 3


def test_a_whole_link_is_read_without_the_base_path(site, monkeypatch):
    monkeypatch.setenv("ATLAS_BASE_PATH", BASE)
    assert [inside(path) for path in ("/atlas/sites", "/atlas", "/sites", "/atlas2")] == [
        "/sites",
        "/",
        "/sites",
        "/atlas2",
    ]
    with site.server.test_request_context(base_url="https://atlas.example.org/"):
        assert view_key("https://atlas.example.org/atlas/corridors/btk") == "view:/corridors/btk"
        assert view_key("/corridors/btk") == "view:/corridors/btk"


LEADING = re.compile(
    r"""(href|action|src)\s*[=:]\s*["'`]/|(location\.assign|open|replaceState)\(.*["'`]/[a-z]"""
)
COMPARED = re.compile(r"""location\.pathname\s*[!=]==?\s*["'`A-Z]""")


def test_scripts_lead_only_through_the_one_who_knows_the_place():
    for path in sorted((ROOT / "assets").glob("*.js")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert not LEADING.search(line) and not COMPARED.search(line), (
                f"{path.name}, line {number}: use window.atlasPlace.at(…) or .path()"
            )
    assert LEADING.search('link.href = "/council"') and COMPARED.search('window.location.pathname === "/"')
