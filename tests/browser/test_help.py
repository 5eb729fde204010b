"""The help, the tour and the walk of a way, by keyboard and on a phone."""

import re

import pytest
from playwright.sync_api import expect

# A promise, because the policy of the pages forbids what playwright's own waiting evaluates.
MAP_HAS_COME = """(longitude) => new Promise((come, stay) => {
    const look = (frames) => {
        if (window.dash_clientside.map.camera().startsWith(longitude)) { come(); return; }
        if (frames > 3600) { stay(new Error(window.dash_clientside.map.camera())); return; }
        requestAnimationFrame(() => look(frames + 1));
    };
    look(0);
})"""
NO_STORAGE = """Object.defineProperty(window, "localStorage", {get() { throw new Error("refused"); }});"""


@pytest.mark.usefixtures("without_map")
def test_the_help_opens_by_key_and_gives_the_focus_back(page, atlas_url):
    page.goto(f"{atlas_url}/?lang=en&tour=off")
    expect(page).to_have_title("Overview – Corridor Atlas")
    field, dialog = page.locator("#search-text"), page.get_by_role("dialog", name="Help", exact=True)
    field.focus()
    page.keyboard.type("?")
    expect(field).to_have_value("?")
    expect(dialog).to_be_hidden()
    expect(page.locator("#tour-offer")).to_be_hidden()
    link = page.get_by_role("link", name="Corridors", exact=True)
    link.focus()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("table", name="Tables", exact=True)).to_contain_text("from row to row")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.get_by_role("button", name="Help and keys").click()
    dialog.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Help and keys")).to_be_focused()
    page.locator(".skip-link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    read = page.locator("details.how-to-read")
    expect(read).to_have_count(1)
    read.locator("summary").click()
    expect(read).to_contain_text("A dotted underline")


@pytest.mark.usefixtures("without_map")
def test_the_tour_is_offered_once_and_recalled_from_the_help(page, atlas_url):
    page.goto(f"{atlas_url}/?lang=en")
    offer, box = page.locator("#tour-offer"), page.get_by_role("dialog", name="Tour of the atlas")
    expect(offer).to_be_visible()
    expect(box).to_be_hidden()
    offer.get_by_role("button", name="Take a tour").focus()
    page.keyboard.press("Enter")
    for number, title in enumerate(("Search", "Filters and layers", "Click for the card", "Take it"), 1):
        expect(box).to_contain_text(f"Step {number} of 4")
        expect(box.get_by_role("heading")).to_contain_text(title)
        expect(page.locator(".tour-ring").first).to_be_visible()
        expect(box.get_by_role("button", name=re.compile("Next|Done"))).to_be_focused()
        page.keyboard.press("Enter")
    expect(box).to_be_hidden()
    expect(page.locator(".tour-ring")).to_have_count(0)
    expect(page.get_by_role("button", name="Help and keys")).to_be_focused()
    assert page.context.cookies() == []
    page.goto(f"{atlas_url}/corridors?lang=en")
    page.locator("h1").wait_for()
    page.get_by_role("button", name="Help and keys").click()
    page.get_by_role("link", name="Take the tour").click()
    expect(box).to_contain_text("Step 1 of 4")
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    expect(offer).to_be_hidden()  # seen already
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_a_corridor_is_walked_place_by_place(page, atlas_url):
    page.goto(f"{atlas_url}/corridors/btk?lang=en")
    page.wait_for_selector(".page-map [data-painted=true]", state="attached")
    slider, said = page.get_by_role("slider", name="Walk the way"), page.locator(".walk-said")
    slider.focus()
    places = int(slider.get_attribute("aria-valuemax"))
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "2")
    expect(said).to_have_text(slider.get_attribute("aria-valuetext"))
    expect(said).to_contain_text("Azerbaijan")
    expect(said).to_have_attribute("aria-live", "off")  # the slider says it
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuenow", str(places))
    expect(said).to_contain_text("Kars")
    page.evaluate(MAP_HAS_COME, "43.")
    page.get_by_role("button", name="The place before").click()
    expect(slider).to_have_attribute("aria-valuenow", str(places - 1))
    expect(said).to_have_attribute("aria-live", "polite")


@pytest.mark.usefixtures("without_map")
def test_the_tour_fits_a_phone_that_keeps_nothing(phone, atlas_url):
    phone.add_init_script(NO_STORAGE)
    phone.goto(f"{atlas_url}/?lang=ru")
    phone.locator("#tour-offer [data-tour=start]").tap()
    box = phone.locator("#tour")
    for _ in range(4):
        expect(box).to_be_in_viewport(ratio=1)
        expect(phone.locator(".tour-ring").first).to_be_in_viewport()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        phone.locator("[data-tour=next]").tap()
    expect(box).to_be_hidden()
    phone.reload()
    phone.locator("#tour-offer [data-tour=dismiss]").tap()
    expect(phone.locator("#tour-offer")).to_be_hidden()
    phone.locator(".help-button").tap()
    expect(phone.locator("#help")).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
