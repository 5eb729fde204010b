"""What a reader does on the pages of routes and of reach, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_corridors import LIT, open_page, strip_of

CARDS = ".route-card"
PAINT = "document.querySelector('#map .js-plotly-plot').data[0].z.join()"


def test_four_ways_from_samarkand_to_poti_and_what_a_closed_port_changes(page, atlas_url):
    open_page(page, atlas_url, "/routes?lang=en&from=region:UZ-TK&to=node:karachi")
    expect(page.locator(".finding")).to_contain_text("No way leads from Tashkent to Karachi")
    page.get_by_label("From", exact=True).select_option("node:samarkand")
    page.get_by_label("To", exact=True).select_option("node:poti")
    page.get_by_role("button", name="Find ways").click()
    page.wait_for_url(re.compile(r"/routes\?from=node:samarkand&to=node:poti&lang=en$"))
    expect(page.locator(CARDS)).to_have_count(4)
    expect(page.locator(".finding")).to_contain_text("by the fastest of 4 ways")
    expect(strip_of(page)).to_contain_text("Samarkand")

    over_the_sea = page.locator(CARDS).filter(has_text="Turkmenistan").filter(has_text="open sea")
    over_the_sea.get_by_role("link", name="Show this way").click()
    page.wait_for_url(re.compile("route=2"))
    expect(strip_of(page)).to_contain_text("Turkmenbashi")
    page.get_by_role("link", name="Close Turkmenbashi port", exact=True).click()
    page.wait_for_url(re.compile("closed=node:turkmenbashi"))
    expect(page.locator(".change")).to_contain_text("1 way of today is not among them any more.")
    expect(page.locator(".change-table")).to_contain_text("Way 2 of today")
    page.get_by_role("link", name="Take back: closed: Turkmenbashi port").click()
    page.wait_for_url(lambda url: "closed" not in url)
    expect(page.locator(".change")).to_have_count(0)
    page.go_back()
    expect(page.locator(".change")).to_contain_text("Turkmenbashi")


@pytest.mark.usefixtures("without_map")
def test_closing_the_ship_line_of_aktau_in_the_table_turns_the_way(page, atlas_url):
    open_page(
        page, atlas_url, "/routes?lang=en&from=node:aktau_port&to=node:alat_port&closed=node:kuryk_port"
    )
    by_ship = page.locator(CARDS).filter(has_text="open sea")
    by_ship.first.get_by_role("link", name="Show this way").click()
    page.get_by_role("link", name="Close Aktau port – Waypoint east of Absheron").click()
    page.wait_for_url(re.compile("closed=node:kuryk_port,segment:SEG-051"))
    expect(page.locator(".change")).to_contain_text("“Aktau port – Waypoint east of Absheron”")
    expect(by_ship.filter(has_text="Kazakhstan – Azerbaijan")).to_have_count(0)


def test_pointing_at_a_card_lights_its_way_up_on_the_map(page, atlas_url):
    open_page(page, atlas_url, "/routes?lang=en")
    card = page.locator(CARDS).nth(1)
    segments = card.get_attribute("data-light").replace("segment:", "").split()
    card.hover()
    page.wait_for_function(f"JSON.stringify({LIT}).includes('{segments[0]}')")
    assert all(one in page.evaluate(f"JSON.stringify({LIT})") for one in segments)


@pytest.mark.usefixtures("without_map")
def test_a_changed_assumption_is_marked_and_travels_in_the_address(page, atlas_url):
    open_page(page, atlas_url, "/routes?lang=en")
    before = page.locator(".finding").inner_text()
    page.get_by_text("Assumptions", exact=True).click()
    page.get_by_label("Speed of freight trains", exact=True).fill("20")
    page.get_by_role("button", name="Find ways").click()
    page.wait_for_url(re.compile(r"a\.rail-speed=20"))
    expect(page.locator(".finding")).not_to_have_text(before)
    expect(page.locator(".assumption-table .changed")).to_contain_text("changed, stated 53.9")
    page.get_by_role("link", name="Back to the stated values").click()
    expect(page.locator(".finding")).to_have_text(before)
    expect(page.get_by_label("Speed of freight trains", exact=True)).to_have_value("53.9")


def test_reach_before_after_and_the_difference(page, atlas_url):
    open_page(page, atlas_url, "/reach?lang=en")
    page.get_by_role("link", name="Open China – Kyrgyzstan – Uzbekistan: km to China").click()
    page.wait_for_url(re.compile("gateways=china&measure=km&opened=corridor:cku"))
    expect(page.locator(".finding")).to_contain_text("brings Andijan Region")
    expect(page.locator(".reach-table tbody tr")).to_have_count(34)
    page.wait_for_function(f"new Set({PAINT}.split(',')).size > 2")
    seen = {page.evaluate(PAINT)}
    for view in ("Today", "With the changes"):
        page.get_by_role("link", name=view, exact=True).click()
        page.wait_for_function(f"seen => !seen.includes({PAINT})", arg=list(seen))
        seen.add(page.evaluate(PAINT))
    assert len(seen) == 3


@pytest.mark.usefixtures("without_map")
def test_a_wrong_address_is_answered_in_words(page, atlas_url):
    open_page(page, atlas_url, "/routes?lang=en&from=Samarkqand&to=node:poti&a.rail-speed=-4")
    expect(page.locator(".answer")).to_contain_text("The atlas has no place Samarkqand.")
    page.locator(".answer").get_by_role("link", name="Samarkand", exact=True).click()
    expect(page.locator(CARDS)).to_have_count(4)


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize(
    "path",
    [
        "/routes?lang=ru&from=region:UZ-SU&to=node:karachi&closed=node:poti&a.port-hours=9",
        "/reach?lang=ru&gateways=china&opened=corridor:cku",
    ],
)
def test_a_phone_never_scrolls_sideways(phone, atlas_url, path):
    open_page(phone, atlas_url, path)
    phone.evaluate(
        "document.querySelectorAll('.route-form > details').forEach((one) => { one.open = true; })"
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
