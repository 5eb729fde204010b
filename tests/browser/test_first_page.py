"""What stands on a page before its scripts have run, and how the live page takes its place."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

LAND = (245, 243, 238)

# Where the picture puts the corners of what the map opens on, and what moves afterwards.
WATCH = """
window.seen = { moved: 0, pictures: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((one) => { seen.moved += one.value; }))
  .observe({ type: "layout-shift", buffered: true });
(function look() {
  const box = document.querySelector(".first-page .picture > svg");
  if (box) {
    const { left, top, right, bottom } = box.getBoundingClientRect();
    seen.box = [left, top + window.scrollY, right, bottom + window.scrollY];
  }
  const isPainted = document.querySelector("#map[data-painted]");
  if (!isPainted && !document.querySelector(".picture") && seen.box) { seen.bare = true; }
  requestAnimationFrame(look);
})();
"""
# Where the live map puts the same corners.
LIVE = """() => {
  const gd = document.querySelector("#map .js-plotly-plot");
  const map = gd._fullLayout.map._subplot.map;
  const [west, south, east, north] = gd._fullLayout.meta.home;
  const { left, top } = map.getCanvas().getBoundingClientRect();
  const [first, last] = [map.project([west, north]), map.project([east, south])];
  return [left + first.x, top + window.scrollY + first.y, left + last.x, top + window.scrollY + last.y];
}"""


@pytest.mark.parametrize("reader", ["page", "phone"])
def test_the_live_map_takes_the_place_of_the_picture_without_a_jump(reader: str, request):
    page: Page = request.getfixturevalue(reader)
    page.add_init_script(WATCH)
    page.goto("/")
    expect(page.locator("#map")).to_have_attribute("data-painted", "true")
    expect(page.locator(".picture, .first-page")).to_have_count(0)
    shot = BytesIO(page.locator("#map .maplibregl-canvas").screenshot())
    drawn = np.asarray(Image.open(shot).convert("RGB"))
    assert (drawn == LAND).all(axis=2).mean() > 0.05  # the map is not only there, it has what it draws
    seen = page.evaluate("seen")
    assert page.evaluate(LIVE) == pytest.approx(seen["box"], abs=2)
    assert "bare" not in seen  # there was the picture or the map, at every moment
    assert seen["moved"] < 0.1


def test_a_page_says_and_shows_something_without_scripts(open_context):
    page = open_context(java_script_enabled=False, color_scheme="dark").new_page()
    page.goto("/corridors?lang=ru&theme=dark")
    expect(page.get_by_role("heading", level=1)).to_have_text("Транспортные коридоры")
    picture = page.locator(".map .picture > svg")
    expect(picture).to_be_visible()
    assert picture.locator("text", has_text="Ташкент").locator("visible=true").count() == 1
    assert picture.bounding_box()["width"] > 400
    expect(page.locator("noscript")).to_have_count(1)
    dark = "() => getComputedStyle(document.querySelector('.picture')).backgroundColor"
    assert page.evaluate(dark) == "rgb(16, 34, 46)"
