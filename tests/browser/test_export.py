"""The dialog for files, and figures on other people's pages, in a real browser on the real data."""

import csv
import io
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.text import speak

LARGEST_SVG = 600_000  # bytes
DRAWN = "#export-dialog[data-drawn]"
LONG_NUMBER = re.compile(r"\d\.\d{2}")
PLACES = ("d", "transform", "points", "x", "y", "cx", "cy")
NO_SIDEWAYS = """() => {
  const side = document.querySelector('.export-side');
  const inside = [...side.querySelectorAll('*')].filter((one) => one.offsetParent);
  const right = side.getBoundingClientRect().right;
  return document.documentElement.scrollWidth <= window.innerWidth
    && inside.every((one) => one.getBoundingClientRect().right <= right + 1);
}"""


def open_dialog(page: Page, address: str, figure: str) -> None:
    """Open a page, click the button of a figure and wait for the preview."""
    page.goto(address)
    page.locator(f'[data-export="{figure}"]').click()
    page.wait_for_selector(DRAWN)


def downloaded(page: Page, format_id: str) -> tuple[str, bytes]:
    """Name and bytes of the file that a button of the dialog gives."""
    with page.expect_download() as download:
        page.locator(f'[data-format="{format_id}"]').click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def redrawn(page: Page, change) -> None:
    """Change something and wait until the preview has followed."""
    before = page.locator("#export-dialog").get_attribute("data-drawn")
    change()
    page.wait_for_function(
        "(before) => Number(document.querySelector('#export-dialog').dataset.drawn) > Number(before)",
        arg=before,
    )


def test_a_journalist_leaves_with_files_in_another_language(page, atlas_url, atlas):
    open_dialog(page, f"{atlas_url}/?lang=en&metric=population", "map")
    redrawn(page, lambda: page.get_by_label("Language", exact=True).last.select_option("ru"))
    expect(page.locator("[name=title]")).to_have_value(re.compile("Казахстана"))
    redrawn(page, lambda: page.locator("[name=title]").fill("Заголовок <редакции> & Co"))
    name, body = downloaded(page, "svg")
    assert name == "corridor-atlas-metric-population-map-web-ru.svg"
    assert len(body) <= LARGEST_SVG
    svg = ET.fromstring(body)
    assert (svg.get("width"), svg.get("height"), svg.get("lang")) == ("1600", "900", "ru")
    told = [one.text for one in svg if one.tag.endswith(("title", "desc", "metadata"))]
    assert told[0] == "Заголовок <редакции> & Co" and atlas.version in told[2] and len(told) == 3
    elements = list(svg.iter())
    assert not [one for one in elements if one.tag.endswith("image")]
    long = [one.get(place) for one in elements for place in PLACES if LONG_NUMBER.search(one.get(place, ""))]
    assert long == []
    assert "Заголовок <редакции> & Co" in "".join(svg.itertext()).replace("\xa0", " ")
    redrawn(page, lambda: page.locator("[name=size]").select_option("square"))
    name, body = downloaded(page, "png2")
    assert name.endswith("square-ru-2x.png") and Image.open(io.BytesIO(body)).size == (2160, 2160)
    name, body = downloaded(page, "csv")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert {row[speak("ru")("Id")] for row in rows} == set(atlas.regions.index)


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_on_a_phone_it_fills_the_screen_and_nothing_sticks_out(phone, atlas_url, language):
    open_dialog(phone, f"{atlas_url}/corridors/btk?lang={language}", "strip")
    box = phone.locator("#export-dialog").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    for tab in ("download", "cite", "embed", "alt"):
        phone.locator(f'[data-part="tab-{tab}"]').click()
        assert phone.evaluate(NO_SIDEWAYS), tab


@pytest.mark.usefixtures("without_map")
def test_keys_open_walk_and_close_it_and_the_focus_comes_back(page, atlas_url):
    page.goto(f"{atlas_url}/pairs?lang=en")
    button = page.locator('[data-export="matrix"]')
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#export-dialog[data-drawn]")
    expect(page.locator("[data-part=sheet]")).to_contain_text("more rows in the file")
    page.locator('[data-part="tab-download"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Cite")).to_be_focused()
    expect(page.get_by_label("BibTeX", exact=True)).to_have_value(re.compile("@misc"))
    for _ in range(40):  # round all that can be reached, which is in the dialog or the browser's own
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('#react-entry-point')")
    page.keyboard.press("Escape")
    expect(page.locator("#export-dialog")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.fixture
def newspaper() -> Iterator[str]:
    """A page of another origin; `?` and the address of a frame makes it show that."""

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = self.path.partition("?")[2]
            frame = f'<iframe src="{address}" width="600" height="500"></iframe>' if address else ""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<link rel="icon" href="data:,">{frame}'.encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_figure_is_drawn_in_a_frame_of_another_origin(page, atlas_url, newspaper, watch):
    page.goto(f"{newspaper}?{atlas_url}/embed/corridors/btk?figure=strip&lang=uz")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#figure")).to_have_attribute("data-drawn", re.compile("^600x"))
    texts = frame.locator("#figure .annotation")
    expect(texts.filter(has_text=speak("uz")("Corridor Atlas") + ":")).to_have_count(1)
    expect(frame.get_by_role("link")).to_have_attribute("href", "/corridors/btk?lang=uz")
    page.evaluate("document.querySelector('iframe').width = 400")
    expect(frame.locator("#figure")).to_have_attribute("data-drawn", re.compile("^400x"))
    assert page.frames[1].evaluate("document.documentElement.scrollWidth") <= 400
    assert page.context.cookies() == []
    assert watch.left_the_machine == []
