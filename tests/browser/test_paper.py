"""The printed map as a browser draws it: it fills its frame, and no text is cut or covers another."""

import itertools
import math
import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.figures import projection

GRAPH = "document.querySelector('.paper .js-plotly-plot')"
LARGEST_SVG = 600_000  # bytes
SHEETS = {"web": (1600, 900), "square": (1080, 1080), "a4-portrait": (794, 1123), "phone": (390, 700)}

# Boxes of everything measured here, in pixels from the upper left corner of the sheet.
MEASURE = """() => {
  const gd = document.querySelector('.paper .js-plotly-plot');
  const sheet = gd.querySelector('.main-svg').getBoundingClientRect();
  const box = (element) => {
    const r = element.getBoundingClientRect();
    return [r.left - sheet.left, r.top - sheet.top, r.right - sheet.left, r.bottom - sheet.top];
  };
  const names = gd.layout.annotations;
  return {
    sheet: [sheet.width, sheet.height],
    map: gd.layout.meta.map,
    ground: box(gd.querySelector('.geolayer .bg rect')),
    // getBBox leaves the width of the line out; what lies outside of the frame is an empty path.
    land: [...gd.querySelectorAll('.geolayer .choroplethlayer path')].map((path) => path.getBBox())
      .filter((b) => b.width > 0).map((b) => [b.x, b.y, b.x + b.width, b.y + b.height]),
    texts: [...gd.querySelectorAll('.annotation')].map((one) => ({
      text: one.textContent, box: box(one.querySelector('text')), name: names[one.dataset.index].name || '',
    })),
  };
}"""


def open_sheet(page: Page, url: str, size: str, query: str = "") -> dict:
    """Open a sheet and measure it once it is drawn."""
    page.set_viewport_size({"width": 1700, "height": 1300})
    page.goto(f"{url}/print?size={size}{query}")
    page.wait_for_function(
        f"() => {GRAPH} && {GRAPH}.querySelectorAll('.annotation').length > 20 && "
        f"{GRAPH}.querySelector('.geolayer .choroplethlayer path')"
    )
    page.evaluate("document.fonts.ready.then(() => true)")
    return page.evaluate(MEASURE)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", SHEETS)
def test_the_map_fills_its_frame_and_no_text_is_cut_or_covered(page, atlas_url, size, language):
    drawn = open_sheet(page, atlas_url, size, f"&lang={language}")
    assert drawn["sheet"] == pytest.approx(SHEETS[size], abs=0.5)
    left, top, width, height = drawn["map"]
    frame = [left, top, left + width, top + height]
    assert drawn["ground"] == pytest.approx(frame, abs=1)
    sides = list(zip(*drawn["land"], strict=True))
    land = [min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])]
    assert land == pytest.approx(frame, abs=1)
    assert covering(drawn["texts"]) == []
    assert [t["text"] for t in drawn["texts"] if not lies_in(t["box"], [0, 0, *SHEETS[size]])] == []
    names = [t for t in drawn["texts"] if t["name"]]
    assert [t["text"] for t in names if not lies_in(t["box"], frame)] == []
    assert len(names) > (20 if size == "phone" else 60)


@pytest.mark.parametrize("language", ["uz", "kk"])
@pytest.mark.parametrize("size", ["a4-landscape", "phone"])
def test_longer_languages_and_every_layer_fit_too(page, atlas_url, size, language):
    layers = "corridors,sites,crossings,energy,railways,rivers,labels"
    drawn = open_sheet(page, atlas_url, size, f"&lang={language}&metric=population&layer={layers}&kind=plant")
    assert covering(drawn["texts"]) == []
    assert [t["text"] for t in drawn["texts"] if not lies_in(t["box"], [0, 0, *drawn["sheet"]])] == []


def covering(texts: list[dict]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than the rounding of a pixel."""
    return [
        (a["text"], b["text"])
        for a, b in itertools.combinations(texts, 2)
        if min(a["box"][2], b["box"][2]) - max(a["box"][0], b["box"][0]) > 0.5
        and min(a["box"][3], b["box"][3]) - max(a["box"][1], b["box"][1]) > 0.5
    ]


def lies_in(box: list[float], frame: list[float]) -> bool:
    return (
        box[0] >= frame[0] - 0.5
        and box[1] >= frame[1] - 0.5
        and box[2] <= frame[2] + 0.5
        and box[3] <= frame[3] + 0.5
    )


def test_the_measure_sees_texts_that_overlap():
    texts = [{"text": "a", "box": [0, 0, 10, 10]}, {"text": "b", "box": [9, 9, 20, 20]}]
    assert covering(texts) == [("a", "b")]


@pytest.mark.parametrize("size", ["web", "phone"])
def test_places_are_drawn_where_they_are_foretold(page, atlas_url, atlas, size):
    drawn = open_sheet(page, atlas_url, size)
    bounds = atlas.regions.to_crs(projection.CONIC).total_bounds
    frame = projection.frame(projection.Rectangle(*drawn["map"]), bounds)
    for lon, lat in ((69.28, 41.31), (76.9, 43.25), (51.2, 43.65), (69.2, 54.9)):
        x, y = page.evaluate(
            f"([lon, lat]) => {GRAPH}._fullLayout.geo._subplot.projection([lon, lat])", [lon, lat]
        )
        expected = [float(value) for value in frame.pixels(lon, lat)]
        assert math.dist((x, y), expected) < 0.2


@pytest.mark.parametrize("size", SHEETS)
def test_the_svg_is_small_and_all_vector(page, atlas_url, size):
    open_sheet(page, atlas_url, size)
    svg = page.evaluate("window.atlasPaper.svgText()")
    assert svg.startswith("<svg")
    assert len(svg.encode()) <= LARGEST_SVG
    assert "<image" not in svg
    assert not re.search(r'\sd="[^"]*\d\.\d\d', svg)
    assert page.locator(".paper canvas").count() == 0
    page.evaluate(
        "(text) => new DOMParser().parseFromString(text, 'image/svg+xml').documentElement.nodeName", svg
    )


def test_the_sheet_is_downloaded_as_svg_and_png(page, atlas_url):
    open_sheet(page, atlas_url, "phone")
    for action, beginning in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with page.expect_download() as waiting:
            page.locator(f"[data-paper={action}]").click()
        assert waiting.value.suggested_filename == f"corridor-atlas-phone.{action}"
        with open(waiting.value.path(), "rb") as file:
            assert file.read(4) == beginning


@pytest.mark.parametrize("size", SHEETS)
def test_only_the_sheet_is_printed_on_one_page(page, atlas_url, size):
    open_sheet(page, atlas_url, size)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = (float(v) for v in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert [width / 0.75, height / 0.75] == pytest.approx(SHEETS[size], abs=2)
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator(".paper-tools")).to_be_hidden()


def test_the_preview_keeps_the_view_and_takes_a_title(page, atlas_url):
    open_sheet(page, atlas_url, "web", "&kind=dry-port&metric=population&lang=ru")
    back = page.get_by_role("link", name="Back to the map").or_(page.locator(".paper-tools a[href^='/?']"))
    assert "kind=dry-port&metric=population&lang=ru" in back.first.get_attribute("href")
    page.locator("#paper-title").fill("Сухие порты <b>региона</b>")
    page.locator(".paper-tools form button").click()
    page.wait_for_url(re.compile("title="))
    expect(page.locator(".paper .annotation").first).to_contain_text("Сухие порты <b>региона</b>")
    expect(page.locator(".paper")).to_be_visible()
    assert "kind=dry-port" in page.url and "size=web" in page.url


def middle_of(box: dict) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_symbol_says_what_it_is(page, atlas_url):
    open_sheet(page, atlas_url, "web")
    page.mouse.move(*middle_of(page.locator(".paper .scattergeo .point").last.bounding_box()))
    expect(page.locator(".paper .hovertext")).to_contain_text("border crossing")
