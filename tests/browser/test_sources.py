"""What a reader does on the page of sources, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect

ANY_SOURCE = ".publisher-group li[id^='source-']"


def open_sources(page, url, query=""):
    """Open the page and wait until its list is there."""
    page.goto(f"{url}/sources{query}")
    page.wait_for_selector(".how-many")


@pytest.mark.usefixtures("without_map")
def test_the_navigation_leads_to_the_sources(page, atlas_url):
    page.goto(atlas_url)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Sources").click()
    expect(page.locator("h1")).to_have_text("Sources")
    expect(page.locator(".finding")).to_contain_text("sources stand behind the atlas")


def test_the_list_is_searched_by_keyboard_and_the_address_follows(page, atlas_url):
    open_sources(page, atlas_url, "?lang=en")
    expect(page.locator(ANY_SOURCE)).to_have_count(50)
    page.get_by_label("Find by publisher").focus()
    page.keyboard.type("world bank")
    expect(page.locator(".how-many")).to_contain_text(re.compile(r"^\d+ sources? of 528$"))
    page.wait_for_url(re.compile(r"find=world(\+|%20)bank.*lang=en"))
    page.reload()
    expect(page.get_by_label("Find by publisher")).to_have_value("world bank")
    expect(page.locator(".how-many")).to_contain_text("of 528")


def test_a_search_in_vain_says_so(page, atlas_url):
    open_sources(page, atlas_url)
    page.get_by_label("Find by publisher").fill("no such words")
    expect(page.locator(".how-many")).to_contain_text("No source has these words")
    expect(page.locator(ANY_SOURCE)).to_have_count(0)


def test_what_rests_on_a_source_opens_by_keyboard_and_leads_to_the_map(page, atlas_url):
    open_sources(page, atlas_url, "?find=kambarata&lang=en")
    summary = page.locator(".opening > summary", has_text="industrial sites").first
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kambarata-1 hydropower plant").first.click()
    page.wait_for_url(re.compile(r"/\?show=site:J-030&lang=en"))
    expect(page.locator(".card-panel h2")).to_have_text("Kambarata-1 hydropower plant")


def test_another_page_of_the_list_is_an_ordinary_link(page, atlas_url):
    open_sources(page, atlas_url)
    first = page.locator(ANY_SOURCE).first.get_attribute("id")
    page.get_by_role("navigation", name="Pages of the list").get_by_role("link", name="2", exact=True).click()
    page.wait_for_url(re.compile("page=2"))
    expect(page.locator(".pages a[aria-current]")).to_have_text("2")
    assert page.locator(ANY_SOURCE).first.get_attribute("id") != first
    page.go_back()
    expect(page.locator(ANY_SOURCE).first).to_have_id(first)


def test_a_link_to_one_source_shows_it_with_its_rows(page, atlas_url):
    open_sources(page, atlas_url, "?source=S-C001&lang=en")
    expect(page.locator(ANY_SOURCE)).to_have_count(1)
    expect(page.locator("#source-S-C001")).to_contain_text("Cargo, 2019")
    expect(page.locator("#source-S-C001")).to_be_in_viewport()
    page.get_by_role("link", name="Show all sources").click()
    expect(page.locator(ANY_SOURCE)).to_have_count(50)


def test_a_link_to_no_source_says_so(page, atlas_url):
    open_sources(page, atlas_url, "?source=S-X")
    expect(page.locator(".note")).to_have_text("There is no source S-X in the atlas; here are all of them.")


def test_a_link_to_a_part_of_the_page_arrives_there(page, atlas_url):
    open_sources(page, atlas_url, "#disagreements")
    expect(page.locator("#disagreements h2")).to_be_in_viewport()


def test_statements_that_differ_stand_side_by_side_with_their_sources(page, atlas_url):
    open_sources(page, atlas_url)
    body = page.locator(".differences tbody", has_text="4.6 billion USD").first
    expect(body).to_contain_text("5 billion USD")
    expect(body).to_contain_text("Kazakhstan statistics")
    value = body.locator(".sourced", has_text="4.6 billion USD")
    value.locator("summary").click()
    expect(value.get_by_role("link").first).to_be_visible()


def test_old_figures_open_with_their_dates(page, atlas_url):
    open_sources(page, atlas_url)
    page.locator("#age summary", has_text="populations of regions").click()
    expect(page.locator("#age ol li").first).to_contain_text("Region")


def test_a_phone_never_scrolls_sideways(phone, atlas_url):
    open_sources(phone, atlas_url, "?lang=ru")
    for summary in (".opening > summary", "#age summary >> nth=2", ".differences .sourced > summary"):
        phone.locator(summary).first.click()
    expect(phone.locator("#age ol").nth(2)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_language_link_keeps_the_search(page, atlas_url):
    open_sources(page, atlas_url, "?find=trend")
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url(re.compile(r"find=trend.*lang=ru"))
    expect(page.locator("#find-sources")).to_have_value("trend")
    expect(page.locator("h1")).to_have_text("Источники")
