"""Choosing by keyboard: the focus goes into the card and comes back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_overview import open_overview

HEADING = ".card-panel h2"


def close_with_escape(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(".card-body")).to_have_count(0)


@pytest.mark.usefixtures("without_map")
def test_a_row_chosen_by_key_leads_into_the_card_and_escape_back_to_the_row(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port")
    row = page.locator(".site-table tbody tr:visible button").first
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_be_focused()
    expect(page.locator(HEADING)).to_have_text(row.inner_text())
    expect(row).to_have_attribute("aria-current", "true")
    close_with_escape(page)
    expect(row).to_be_focused()
    expect(row).to_have_attribute("aria-current", "false")


@pytest.mark.usefixtures("without_map")
def test_what_is_chosen_again_is_entered_again(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port")
    row = page.locator(".site-table tbody tr:visible button").first
    for _ in range(2):
        row.focus()
        page.keyboard.press("Space")
        expect(page.locator(HEADING)).to_be_focused()


@pytest.mark.usefixtures("without_map")
def test_a_search_leads_into_the_card_and_escape_back_to_the_field(page, atlas_url):
    open_overview(page, atlas_url)
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("Beyneu")
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_be_focused()
    close_with_escape(page)
    expect(field).to_be_focused()


@pytest.mark.usefixtures("without_map")
def test_a_chooser_leads_on_and_the_close_button_back_to_the_map(page, atlas_url):
    open_overview(page, atlas_url, "?show=site:J-003,site:P-UZ09")
    page.locator(".chooser button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(HEADING)).to_have_text("Syrdarya industrial cluster (70 ha)")
    expect(page.locator(HEADING)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".card-body")).to_have_count(0)
    expect(page.get_by_role("button", name="Whole map")).to_be_focused()


@pytest.mark.usefixtures("without_map")
def test_escape_closes_an_open_list_of_sources_before_the_card(page, atlas_url):
    open_overview(page, atlas_url, "?show=site:J-003")
    figure = page.locator(".card-panel .sourced").first
    figure.locator("summary").click()
    figure.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    expect(figure).not_to_have_attribute("open", "")
    expect(figure.locator("summary")).to_be_focused()
    close_with_escape(page)


@pytest.mark.usefixtures("without_map")
def test_escape_that_closes_a_list_of_choices_or_the_search_leaves_the_card(page, atlas_url):
    open_overview(page, atlas_url, "?show=site:J-003")
    page.locator("#filter-sectors").click()
    expect(page.get_by_role("checkbox", name="glass")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="glass")).to_be_hidden()
    page.get_by_role("combobox", name="Search").press_sequentially("navoi")
    page.keyboard.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(page.locator(".card-body")).to_be_visible()


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize("query", ["?kind=dry-port", "?kind=dry-port&show=site:J-003"])
def test_a_pointer_leaves_the_focus_where_it_is(page, atlas_url, query):
    open_overview(page, atlas_url, query)
    row = page.locator(".site-table tbody tr:visible").filter(has_text="Khorgos Gateway").locator("button")
    row.click()
    expect(page.locator(HEADING)).to_have_text("Khorgos Gateway dry port")
    expect(row).to_be_focused()
