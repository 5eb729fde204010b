"""What a reader does on the pages of corridors, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect

MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
LIT = f"{MAP}.getFilter('lit-line')"


def open_page(page, url, path):
    """Open a page with a map and wait until the map is painted."""
    page.goto(f"{url}{path}")
    page.wait_for_selector("#map[data-painted=true]", state="attached")


def strip_of(page):
    """The strip, once it is drawn."""
    page.wait_for_selector(".strip .main-svg text")
    return page.locator(".strip")


@pytest.mark.usefixtures("without_map")
def test_the_list_leads_to_a_corridor_with_map_strip_and_charts(page, atlas_url):
    open_page(page, atlas_url, "/corridors?lang=en")
    expect(page.locator(".finding")).to_contain_text("operate from end to end")
    page.get_by_role("link", name="Trans-Caspian International Transport Route (Middle Corridor)").click()
    page.wait_for_url(re.compile("/corridors/trans-caspian"))
    expect(strip_of(page)).to_contain_text("Aktau port")
    expect(page.locator(".finding").first).to_contain_text("2 gauge breaks, 1 sea leg")
    expect(page.locator("#barriers")).to_contain_text("Tankers take about 10,000 t instead of 12,000 t")
    expect(page.locator("main")).to_contain_text("4.12 million t in 2025")


def test_pointing_at_a_row_lights_the_corridor_up_on_the_map_and_back(page, atlas_url):
    open_page(page, atlas_url, "/corridors?lang=en")
    page.locator("tr[data-light='corridor:btk'] a").first.focus()
    page.wait_for_function(f"JSON.stringify({LIT}).includes(';btk;')")
    page.locator(".site-header a").first.focus()
    page.wait_for_function(f"!JSON.stringify({LIT}).includes(';btk;')")
    page.evaluate("document.dispatchEvent(new CustomEvent('atlas:over', {detail: ['corridor:cku']}))")
    expect(page.locator("tr.lit")).to_contain_text("China-Kyrgyzstan-Uzbekistan")


@pytest.mark.usefixtures("without_map")
def test_the_table_is_sorted_by_its_headings(page, atlas_url):
    open_page(page, atlas_url, "/corridors?lang=en")
    page.get_by_role("button", name="Gauge breaks").click()
    page.get_by_role("button", name="Gauge breaks").click()
    first = page.locator(".corridor-table tbody tr").first.locator("td").nth(5)
    expect(first).to_have_text("2")
    expect(page.locator(".corridor-table tbody tr").last).to_contain_text("North-South Transport Corridor")


def test_another_way_and_distance_change_map_strip_and_address(page, atlas_url):
    open_page(page, atlas_url, "/corridors/trans-caspian?lang=en")
    strip_of(page)
    page.get_by_label("100 km", exact=True).check()
    page.wait_for_url(re.compile("within=100"))
    expect(page.locator("#along-part")).to_contain_text("within 100 km of this way")
    expect(strip_of(page)).to_contain_text("Sites within 100 km")
    page.get_by_label("Way from end to end").select_option("Xi'an – Aktau – Baku – Edirne")
    page.wait_for_url(re.compile("way=trans-caspian-xian-edirne&within=100"))
    expect(strip_of(page)).to_contain_text("Edirne")
    page.reload()
    expect(strip_of(page)).to_contain_text("Edirne")


def test_a_place_of_the_list_lights_up_on_the_map_and_opens_its_card(page, atlas_url):
    open_page(page, atlas_url, "/corridors/btk?lang=en")
    page.get_by_text("Places on the way", exact=True).first.click()
    row = page.locator(".stop-table tr[data-light='node:akhalkalaki']")
    row.get_by_role("button").focus()
    page.wait_for_function(f"{MAP}.getSource('lit')._data.geojson?.features?.length !== 0")
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel h2")).to_have_text("Akhalkalaki")


@pytest.mark.usefixtures("without_map")
def test_two_corridors_are_compared_by_a_form(page, atlas_url):
    open_page(page, atlas_url, "/corridors/compare?a=trans-caspian&b=northern&lang=en")
    expect(page.locator(".finding")).to_contain_text(re.compile("is [0-9,]+ km shorter than"))
    expect(strip_of(page)).to_contain_text("Northern Eurasian rail corridor")
    page.get_by_label("Second corridor").select_option("btk")
    page.get_by_label("To", exact=True).select_option("none")
    page.get_by_label("From", exact=True).select_option("none")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(re.compile("b=btk"))
    expect(page.locator(".note")).to_contain_text("each from end to end")


@pytest.mark.usefixtures("without_map")
def test_a_strip_is_not_wider_than_a_phone(phone, atlas_url):
    open_page(phone, atlas_url, "/corridors/compare?lang=ru")
    strip_of(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.usefixtures("without_map")
def test_an_unknown_corridor_has_a_helpful_page(page, atlas_url):
    page.goto(f"{atlas_url}/corridors/silk-road?lang=en")
    expect(page.locator("h1")).to_have_text("There is no such corridor")
    page.get_by_role("link", name="All corridors").click()
    page.wait_for_url(re.compile("/corridors"))
