"""Light and dark in a real browser: from the address, from the system, and by the button."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

PAINTED = "[data-painted=true]"
GROUND = "getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(15, 22, 26)", "rgb(247, 246, 243)"
FIRST_PAINT = """
window.themeAtPaint = new Promise((ready) => {
  const told = () => ready(document.documentElement.dataset.bsTheme);
  new PerformanceObserver(told).observe({ type: "paint", buffered: true });
});
"""
AT_PAINT = "window.themeAtPaint"
SETTLED = """() => new Promise((ready) => {
  const map = document.querySelector("#map .js-plotly-plot")._fullLayout.map._subplot.map;
  map.once("idle", () => ready());
  map.triggerRepaint();
})"""
FILL = "text => getComputedStyle(text).fill"


def ground(page) -> int:
    """The colour that most of the map has, as the sum of its red, green and blue."""
    page.evaluate(SETTLED)
    picture = Image.open(io.BytesIO(page.locator("#map").screenshot())).convert("RGB")
    _, colour = max(picture.getcolors(picture.width * picture.height))
    return sum(colour)


@pytest.mark.usefixtures("without_map")
def test_the_address_sets_the_theme_before_paint_and_links_keep_it(page):
    page.add_init_script(FIRST_PAINT)
    page.goto("/trade?lang=en&theme=dark")
    page.wait_for_selector("h1")
    assert page.evaluate(GROUND) == DARK
    assert page.evaluate(AT_PAINT) == "dark"
    page.get_by_role("link", name="Energy", exact=True).click()
    page.wait_for_url(re.compile(r"/energy\?(?=.*lang=en)(?=.*theme=dark)"))
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile(r"/energy\?(?=.*carrier)?(?=.*theme=dark)"))
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url(re.compile(r"lang=ru.*theme=dark|theme=dark.*lang=ru"))
    assert page.evaluate(GROUND) == DARK


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_without_a_word_in_the_address_the_page_is_as_the_system(phone, scheme):
    phone.emulate_media(color_scheme=scheme)
    phone.goto("/regions?lang=en")
    phone.wait_for_selector("h1")
    assert phone.evaluate(GROUND) == {"dark": DARK, "light": LIGHT}[scheme]
    other = {"dark": "light", "light": "dark"}[scheme]
    phone.emulate_media(color_scheme=other)
    expect(phone.locator("html")).to_have_attribute("data-theme", other)
    assert "theme" not in phone.url
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.emulate_media(color_scheme="dark", media="print")
    assert phone.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_the_button_changes_map_and_charts_and_the_address(page):
    page.goto("/corridors/btk?lang=en&theme=light")
    page.wait_for_selector(PAINTED, state="attached")
    tick, button = page.locator(".chart .xtick text").first, page.locator("[data-theme-switch]")
    ink, bright = tick.evaluate(FILL), ground(page)
    expect(button).to_have_accessible_name(re.compile("Colours: light"))
    button.click()
    expect(page).to_have_url(re.compile(r"btk\?lang=en$"))
    button.click()
    expect(page).to_have_url(re.compile(r"theme=dark"))
    expect(button).to_have_accessible_name(re.compile("Colours: dark"))
    expect(tick).not_to_have_css("fill", ink)
    assert ground(page) < bright / 3
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(tick).to_have_css("fill", ink)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(tick).not_to_have_css("fill", ink)
