"""The page that comes with its address: words, fields and a picture of the map, before any script."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from dashboard import first_page as first
from dashboard.figures.picture_frame import NARROW, frame_picture
from dashboard.figures.screen import HOME
from dashboard.page_map import made
from dashboard.plain_html import plain_html
from dashboard.text import speak

LARGEST = 25_000
VIEWS = (
    ("/", "en"),
    ("/?metric=population&layer=corridors,energy,railways,rivers,labels,sites,crossings", "kk"),
    ("/?camera=69.2,41.2,6.8&selected=region:UZ-TK", "ru"),
    ("/corridors", "ru"),
    ("/corridors/trans-caspian", "uz"),
    ("/routes", "en"),
    ("/?kind=sez&sector=food", "en"),
    ("/energy", "ru"),
)


def index_of(client, address, language="en"):
    return client.get(address, headers={"Accept-Language": language}).text


def picture_in(index):
    found = re.search(r'<div class="picture.*?</svg></div>', index)
    return found and found.group()


@pytest.mark.parametrize(("address", "language"), VIEWS)
def test_a_page_with_a_map_comes_with_a_small_picture_of_it(client, address, language):
    index = index_of(client, address, language)
    picture = picture_in(index)
    assert len(picture.encode()) <= LARGEST
    assert "<h1" in index and index.index("<h1") < index.index(picture)
    assert 'aria-hidden="true"' in picture
    assert not re.search(r"\bnan\b", picture)


def test_what_only_scripts_can_do_waits_for_the_live_page(client):
    index = index_of(client, "/council/barriers?barrier=B33").partition('<div id="react-entry-point"')[0]
    (adding,) = re.findall("<a [^>]*>Add to the agenda", index)
    assert " inert" in adding
    assert not re.search("<(button|select|input) (?!inert|[^>]*data-theme)", index.partition("<main")[2])


class Balanced(HTMLParser):
    """Reads HTML whose elements must all be closed."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attributes):
        if tag not in ("input", "br", "hr", "img", "wbr", "col"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("address", ["/", "/routes", "/sites"])
def test_the_first_page_is_whole_html(client, address):
    reader = Balanced()
    reader.feed(index_of(client, address).partition("<body>")[2].partition('<div id="react-entry-point"')[0])
    assert reader.open == []


@pytest.mark.parametrize("address", ["/trade", "/sources", "/corridors/nowhere", "/regions/none", "/nowhere"])
def test_a_page_without_a_map_comes_without_a_picture(client, address):
    index = index_of(client, address)
    assert picture_in(index) is None and "first-page" not in index.partition("<body>")[2]


@pytest.mark.parametrize(
    "query",
    [
        "camera=nan,1e9,99",
        "camera=0,0,0",
        "camera=-179.9,-84.9,20",
        "selected=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "metric=%3Csvg%20onload=x%3E&layer=../..&kind=" + "x" * 500,
    ],
)
def test_a_strange_query_still_gives_a_small_picture(client, query):
    index = index_of(client, "/?" + query)
    assert len(picture_in(index).encode()) <= LARGEST
    assert "<script>alert" not in index and "<svg onload" not in index


def test_what_the_picture_shows_follows_the_query(client):
    plain, bare, chosen = (
        picture_in(index_of(client, address)) for address in ("/", "/?layer=labels", "/?country=KAZ&kind=sez")
    )
    assert "<circle" in plain and "<circle" not in bare
    assert chosen != plain


def test_a_picture_is_drawn_once_for_a_view_and_a_language(client):
    index_of(client, "/?metric=area")
    drawn = first._with_picture.cache_info()
    index_of(client, "/?lang=en&theme=dark&metric=area")
    again = first._with_picture.cache_info()
    assert (again.misses, again.hits) == (drawn.misses, drawn.hits + 1)
    assert again.maxsize is not None


def test_a_page_does_not_wait_for_the_picture_of_another(client):
    with first._drawing:
        index = index_of(client, "/?metric=area&camera=60,45,5")
    assert picture_in(index) is None and '<div class="first-page">' in index
    assert picture_in(index_of(client, "/?metric=area&camera=60,45,5"))


def test_texts_of_the_data_stay_texts():
    tree = ["p", {"title": '"><script>', "onClick": "x", "style": {"fontSize": 2}}, "<script>"]
    written = '<p title="&quot;&gt;&lt;script&gt;" style="font-size:2">&lt;script&gt;</p>'
    assert plain_html(tree, {}) == written
    assert plain_html(["img/onerror", {}], {}) == ""


def test_what_is_folded_is_left_out():
    folded = ["details", {}, ["summary", {}, "a"], ["p", {}, "b"]]
    assert plain_html(folded, {}) == "<details inert><summary>a</summary></details>"
    options = [["option", {"value": one}, one] for one in ("a", "bb", "ccc", "d")]
    assert plain_html(["select", {"defaultValue": "bb"}, *options], {}).count("<option") == 2


def test_places_are_shares_of_what_the_frame_is_fitted_to(atlas):
    """Home is the whole box: Tashkent lies in it where Web Mercator says."""
    picture = frame_picture(made(atlas, {"kind": "overview", "which": ""}), atlas, speak("en"), NARROW)
    x, y = map(float, re.search(r'x="([\d.]+)%" y="([\d.]+)%">Tashkent<', picture).groups())
    tashkent = atlas.cities.loc[atlas.cities["name_en"] == "Tashkent"].geometry.iloc[0]
    west, south, east, north = HOME

    def up(lat):
        return np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))

    assert x == pytest.approx(100 * (tashkent.x - west) / (east - west), abs=0.1)
    assert y == pytest.approx(100 * (up(north) - up(tashkent.y)) / (up(north) - up(south)), abs=0.1)
