"""The printed map as a browser draws it: it fills its frame, and no text is cut or covers another."""

import itertools
import math
import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.figures import projection
from dashboard.figures.paper import ENLARGED

GRAPH = "document.querySelector('.paper .js-plotly-plot')"
LARGEST_SVG = 600_000  # bytes
SHEETS = {"web": (1600, 900), "square": (1080, 1080), "a4-portrait": (794, 1123), "phone": (390, 844)}

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
    // The map, and its inset where there is one.
    panes: [gd.layout.meta.map, gd.layout.meta.inset].filter(Boolean)
      .map(([left, top, width, height]) => [left, top, left + width, top + height]),
    grounds: [...gd.querySelectorAll('.geolayer .bg rect')].map(box),
    // getBBox leaves the width of the line out; what lies outside of the frame is an empty path.
    lands: [...gd.querySelectorAll('.geolayer .choroplethlayer')].map((layer) =>
      [...layer.querySelectorAll('path')].map((path) => path.getBBox()).filter((b) => b.width > 0)
        .map((b) => [b.x, b.y, b.x + b.width, b.y + b.height])),
    texts: [...gd.querySelectorAll('.annotation')].map((one) => ({
      text: one.textContent, box: box(one.querySelector('text')), name: names[one.dataset.index].name || '',
    })),
  };
}"""


# Plotly writes a text at the corner first and puts it into its place a moment later.
TEXTS_ARE_PLACED = """() => {
  const gd = document.querySelector('.paper .js-plotly-plot');
  const texts = gd ? [...gd.querySelectorAll('.annotation text')] : [];
  if (texts.length < 20 || !gd.querySelector('.geolayer .choroplethlayer path')) { return false; }
  const sheet = gd.querySelector('.main-svg').getBoundingClientRect();
  return texts.every((text) => {
    const { left, top } = text.getBoundingClientRect();
    return left - sheet.left > 1 || top - sheet.top > 1;
  });
}"""


def open_sheet(page: Page, url: str, size: str, query: str = "") -> dict:
    """Open a sheet and measure it once it is drawn."""
    page.set_viewport_size({"width": 1700, "height": 1300})
    page.goto(f"{url}/print?size={size}{query}")
    page.wait_for_function(TEXTS_ARE_PLACED)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page.evaluate(MEASURE)


@pytest.mark.parametrize(
    ("size", "language"), [("web", "ru"), ("square", "kk"), ("a4-portrait", "en"), ("phone", "ru")]
)
def test_a_sheet_fills_its_frames_cuts_no_text_and_is_saved_and_printed_whole(
    page, atlas_url, size, language
):
    drawn = open_sheet(page, atlas_url, size, f"&lang={language}")
    is_filled(drawn, size)
    is_small_and_all_vector(page)
    is_printed_alone_on_one_page(page, size)


def is_filled(drawn: dict, size: str) -> None:
    """The map and its inset fill their frames, and no text is cut or covers another."""
    assert drawn["sheet"] == pytest.approx(SHEETS[size], abs=0.5)
    assert len(drawn["panes"]) == (1 if size == "phone" else 2)
    for frame, ground, land in zip(drawn["panes"], drawn["grounds"], drawn["lands"], strict=True):
        assert ground == pytest.approx(frame, abs=1)
        sides = list(zip(*land, strict=True))
        assert [min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])] == pytest.approx(frame, abs=1)
    assert covering(drawn["texts"]) == []
    assert [t["text"] for t in drawn["texts"] if not lies_in(t["box"], [0, 0, *SHEETS[size]])] == []
    names = [t for t in drawn["texts"] if t["name"]]
    assert [t["text"] for t in names if not any(lies_in(t["box"], frame) for frame in drawn["panes"])] == []
    assert len(names) > (35 if size == "phone" else 70)


@pytest.mark.parametrize(("size", "language"), [("web", "uz"), ("a4-landscape", "kk"), ("phone", "uz")])
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
    small = atlas.regions.loc[list(ENLARGED)].to_crs(projection.CONIC).total_bounds
    panes = zip(("geo", "geo2"), drawn["panes"], (bounds, small), strict=False)
    for name, (left, top, right, bottom), shown in panes:
        box = projection.Rectangle(left, top, right - left, bottom - top)
        frame = projection.frame(box, shown)
        for lon, lat in ((69.28, 41.31), (76.9, 43.25), (51.2, 43.65), (69.2, 54.9)):
            script = f"([lon, lat]) => {GRAPH}._fullLayout.{name}._subplot.projection([lon, lat])"
            expected = [float(value) for value in frame.pixels(lon, lat)]
            assert math.dist(page.evaluate(script, [lon, lat]), expected) < 0.2


def is_small_and_all_vector(page: Page) -> None:
    """The SVG of an open sheet."""
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


def is_printed_alone_on_one_page(page: Page, size: str) -> None:
    """An open sheet, on paper of its own size."""
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


# The preview in its window

WIDTHS = """() => {
  const [table, sheet, frame] = ['-table', '', '-frame'].map((end) => document.querySelector('.paper' + end));
  return {
    page: document.documentElement.scrollWidth - window.innerWidth,
    table: table.scrollWidth - table.clientWidth,
    sheet: sheet.getBoundingClientRect().width,
    frame: frame.getBoundingClientRect().height,
  };
}"""


def open_preview(page: Page, size: str) -> None:
    page.goto(f"/print?size={size}&lang=ru")
    page.wait_for_selector(".paper .annotation", state="attached")


@pytest.mark.parametrize("size", ["web", "a4-portrait"])
@pytest.mark.parametrize("reader", ["page", "phone"])
def test_a_wide_sheet_is_shown_smaller_and_the_page_never_scrolls_sideways(request, reader, size):
    page = request.getfixturevalue(reader)
    open_preview(page, size)
    is_wider = SHEETS[size][0] > page.viewport_size["width"]
    expect(page.locator(f".paper-table[data-fitted={'true' if is_wider else 'false'}]")).to_be_attached()
    found = page.evaluate(WIDTHS)
    assert found["page"] <= 0 and found["table"] <= 0
    assert found["frame"] == pytest.approx(found["sheet"] * SHEETS[size][1] / SHEETS[size][0], abs=1)
    button = page.locator("[data-paper-size]")
    if not is_wider:
        expect(button).to_be_hidden()
        assert found["sheet"] == SHEETS[size][0]
        return
    assert found["sheet"] > 0.9 * page.viewport_size["width"]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    found = page.evaluate(WIDTHS)
    assert found["sheet"] == SHEETS[size][0] and found["page"] <= 0
    button.click()
    expect(page.locator(".paper-table[data-fitted=true]")).to_be_attached()
    assert page.evaluate(WIDTHS)["table"] <= 0


def test_a_sheet_shown_smaller_is_printed_and_saved_in_its_true_size(page):
    open_preview(page, "web")
    expect(page.locator(".paper-table[data-fitted=true]")).to_be_attached()
    svg = page.evaluate("window.atlasPaper.svgText()")
    assert re.match(r'<svg[^>]*\bwidth="1600" height="900"', svg)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    width, height = (float(v) for v in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (width / 0.75, height / 0.75) == pytest.approx((1600, 900), abs=2)
    page.emulate_media(media="print")
    assert page.evaluate(WIDTHS)["sheet"] == 1600


def test_a_symbol_of_a_sheet_shown_smaller_still_says_what_it_is(page):
    open_preview(page, "web")
    expect(page.locator(".paper-table[data-fitted=true]")).to_be_attached()
    symbol = page.locator(".paper .geolayer .scattergeo .point").last
    symbol.scroll_into_view_if_needed()
    page.mouse.move(*middle_of(symbol.bounding_box()))
    # Which symbol is drawn last depends on the data: what it says is taken from the figure.
    key = "gd => gd.data.flatMap((trace) => trace.hovertext || trace.text || [])"
    texts = page.locator(".paper .js-plotly-plot").first.evaluate(key)
    words = {re.sub(r"<[^>]+>|\s", "", text) for text in texts if "действует" in text or "строится" in text}
    expect(page.locator(".paper .hovertext")).not_to_be_empty()
    assert re.sub(r"\s", "", page.locator(".paper .hovertext").text_content()) in words


# The map of a browser that cannot draw the other

NO_WEBGL = """HTMLCanvasElement.prototype.getContext = ((real) => function (kind, ...rest) {
  return kind === 'webgl2' ? null : real.call(this, kind, ...rest);
})(HTMLCanvasElement.prototype.getContext)"""

# Where on the screen the middle point of a line lies.
ON_SCREEN = """(key) => {
  const gd = document.querySelector('#map .js-plotly-plot');
  const trace = gd.data.find((one) => one.mode === 'none' && one.customdata.includes(key));
  const all = trace.customdata.flatMap((one, i) => one === key ? [i] : []);
  const i = all[all.length >> 1];
  const [x, y] = gd._fullLayout.geo._subplot.projection([trace.lon[i], trace.lat[i]]);
  const box = gd.getBoundingClientRect();
  return [box.left + x, box.top + y];
}"""


@pytest.mark.parametrize(
    ("key", "layers", "said"),
    [
        ("segment:SEG-146", "corridors,sites,crossings,labels", "Turkmenabat – Repetek"),
        ("energy:L-CAC", "energy,labels", "Central Asia"),
    ],
)
def test_without_webgl_a_line_says_what_it_is_and_is_selected_by_a_click(page, key, layers, said):
    page.add_init_script(NO_WEBGL)
    page.set_viewport_size({"width": 1366, "height": 1300})
    page.goto(f"/?layer={layers}")
    page.wait_for_selector("#map .annotation", state="attached")
    page.wait_for_selector("[data-painted]", state="attached")
    x, y = page.evaluate(ON_SCREEN, key)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y + 2)
    hover = page.locator("#map .hovertext")
    expect(hover).to_contain_text(said)
    expect(hover).to_contain_text("operating")
    page.mouse.click(x, y + 2)
    page.wait_for_url(re.compile(re.escape(key)))
    expect(page.locator(".card-panel")).to_contain_text(said)
