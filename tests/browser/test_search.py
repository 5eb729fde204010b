"""Searching with the keyboard, as a reader does on the overview."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_overview import MAP, open_overview

OPTIONS = "#search-list [role=option]"


def box(page: Page):
    """The field, found as assistive software finds it."""
    return page.get_by_role("combobox", name="Search")


def type_and_wait(page: Page, text: str) -> None:
    """Type a text and wait for the options that answer it."""
    box(page).fill(text)
    expect(box(page)).to_have_attribute("aria-expanded", "true")


def test_keys_alone_lead_from_any_spelling_to_the_card_and_the_place(page, atlas_url, atlas):
    open_overview(page, atlas_url)
    page.locator("body").press("/")
    expect(box(page)).to_be_focused()
    for text in ("Toshkent", "Тошкент", "Ташкент", "Tahskent"):
        box(page).fill("navoi")
        expect(page.locator(OPTIONS).first).to_contain_text("Navoi")
        box(page).fill("")
        page.keyboard.type(text)
        expect(page.locator(OPTIONS).first).to_contain_text("Tashkent")
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel h2")).to_have_text("Tashkent")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.wait_for_url(re.compile(r"show=region:UZ-TK"))
    middle = atlas.regions.geometry["UZ-TK"].centroid
    page.wait_for_function(
        f"([lon, lat]) => Math.hypot({MAP}.getCenter().lng - lon, {MAP}.getCenter().lat - lat) < 0.3",
        arg=[middle.x, middle.y],
    )


@pytest.mark.usefixtures("without_map")
def test_the_card_of_a_node_and_of_a_project_open(page, atlas_url):
    open_overview(page, atlas_url)
    type_and_wait(page, "Beyneu")
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel")).to_contain_text("Coordinates")
    type_and_wait(page, "P-038")
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel h2")).to_have_text("Darbaza–Maktaaral railway")
    expect(page.locator(".card-panel")).to_contain_text("545 million USD")


@pytest.mark.usefixtures("without_map")
def test_arrows_move_around_the_list_and_the_field_keeps_the_focus(page, atlas_url):
    open_overview(page, atlas_url)
    type_and_wait(page, "akt")
    options = page.locator(OPTIONS)
    count = options.count()
    assert count > 2
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_have_attribute("aria-activedescendant", "search-option-0")
    page.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(box(page)).to_have_attribute("aria-activedescendant", f"search-option-{count - 1}")
    expect(page.locator(f"{OPTIONS}[aria-selected=true]")).to_have_count(1)
    expect(box(page)).to_be_focused()
    chosen = options.nth(count - 1).locator(".title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel h2")).to_have_text(chosen)
    expect(box(page)).to_have_value(chosen)


@pytest.mark.usefixtures("without_map")
def test_escape_closes_the_list_and_then_empties_the_field(page, atlas_url):
    open_overview(page, atlas_url)
    type_and_wait(page, "navoi")
    page.keyboard.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(box(page)).to_have_value("navoi")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-list")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")


@pytest.mark.usefixtures("without_map")
def test_leaving_the_field_closes_the_list(page, atlas_url):
    open_overview(page, atlas_url)
    type_and_wait(page, "navoi")
    page.keyboard.press("Tab")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")


@pytest.mark.usefixtures("without_map")
def test_a_click_on_an_option_chooses_it(page, atlas_url):
    open_overview(page, atlas_url)
    type_and_wait(page, "X09")
    page.locator(OPTIONS).first.click()
    expect(page.locator(".card-panel h2")).to_have_text("Saryagash – Keles")


@pytest.mark.usefixtures("without_map")
def test_nothing_found_is_said_with_a_hint(page, atlas_url):
    open_overview(page, atlas_url)
    box(page).fill("<b>qwrtpsdf")
    expect(page.locator("#search-status")).to_contain_text("Nothing found for “<b>qwrtpsdf”. Try a town")
    expect(page.locator("#search-status .nothing")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".card-body")).to_have_count(0)
    box(page).fill("")
    expect(page.locator("#search-status .nothing")).to_be_hidden()


@pytest.mark.usefixtures("without_map")
def test_ten_thousand_letters_are_no_burden(page, atlas_url):
    open_overview(page, atlas_url)
    page.evaluate(
        "window.dash_clientside.set_props('search-asked', {data: {text: 'Ташкент '.repeat(1250), at: 99}})"
    )
    expect(page.locator("#search-status [data-at='99']")).to_be_attached()


@pytest.mark.usefixtures("without_map")
def test_names_are_in_the_language_of_the_reader_and_marked(page, atlas_url):
    open_overview(page, atlas_url, "?lang=kk")
    page.locator("#search-text").fill("Qizilorda")
    first = page.locator(OPTIONS).first
    expect(first.locator(".title")).to_have_text("Қызылорда облысы")
    expect(first.locator(".title")).to_have_attribute("lang", "kk")


@pytest.mark.usefixtures("without_map")
def test_a_slash_in_a_field_is_a_slash(page, atlas_url):
    open_overview(page, atlas_url)
    box(page).fill("")
    box(page).press("/")
    expect(box(page)).to_have_value("/")


@pytest.mark.usefixtures("without_map")
def test_on_a_phone_the_list_stays_on_the_screen(phone, atlas_url):
    open_overview(phone, atlas_url)
    type_and_wait(phone, "turk")
    expect(phone.locator("#search-list")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator(OPTIONS).first.tap()
    expect(phone.locator(".card-panel h2")).to_be_visible()
