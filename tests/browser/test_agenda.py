"""What a reader does with the agenda, in a real browser on the real data."""

import re

from playwright.sync_api import expect

TEN = (
    "i=project:P-001&i=project:P-038&i=barrier:B33&i=barrier:B35&i=pair:UZ-SI/KZ-61&i=pair:UZ-NW/KZ-43"
    "&i=view:/regions?metric=crossing_km&i=view:/pairs&i=project:P-010&i=barrier:B40"
)


def test_an_agenda_is_put_together_moved_and_survives_a_reload(page, atlas_url):
    page.goto(f"{atlas_url}/council/agenda?lang=en")
    expect(page.locator(".finding")).to_contain_text("The agenda is empty")
    page.locator("summary", has_text="Barriers").click()
    page.get_by_label("capacity, Saryagash").check()
    page.get_by_label("Pair: Uzbek region").select_option("UZ-SI")
    page.get_by_label("Pair: Kazakh region").select_option("KZ-61")
    page.get_by_label("Any address of the atlas").fill(f"{atlas_url}/reach?measure=km")
    page.get_by_role("button", name="Put on the agenda").click()
    items = page.locator(".agenda-items .what")
    expect(items).to_have_count(3)
    page.get_by_label("Note on Syrdarya Region").fill("<b>Дата</b>")
    page.get_by_role("button", name="Move up: Syrdarya Region").focus()
    page.keyboard.press("Enter")
    expect(items.first).to_have_text("Syrdarya Region – Turkistan Region")
    expect(page.locator(".note-own")).to_have_text("Note: <b>Дата</b>")
    expect(page).to_have_url(
        re.compile(r"\?i=pair:UZ-SI/KZ-61&n1=[^&]+&i=barrier:B33&i=view:/reach\?measure=km&")
    )
    page.reload()
    expect(items.first).to_have_text("Syrdarya Region – Turkistan Region")
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url(re.compile("lang=ru"))
    expect(items).to_have_count(3)
    expect(page.locator(".note-own")).to_contain_text("<b>Дата</b>")


def test_a_link_on_another_page_adds_to_the_agenda_of_the_tab(page, atlas_url):
    page.goto(f"{atlas_url}/council/agenda?i=project:P-001&lang=en")
    page.wait_for_selector(".agenda-items")
    page.goto(f"{atlas_url}/council/barriers?barrier=B33&lang=en")
    page.get_by_role("link", name="Add to the agenda").click()
    expect(page.locator(".agenda-items .what")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?i=project:P-001&i=barrier:B33&lang=en"))


def test_ten_items_print_on_three_sheets_at_most_and_nothing_scrolls_on_a_phone(page, phone, atlas_url):
    page.goto(f"{atlas_url}/council/agenda?{TEN}&lang=ru")
    page.wait_for_selector(".agenda-paper")
    printed = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3
    page.emulate_media(media="print")
    expect(page.locator(".agenda-form")).to_be_hidden()
    expect(page.locator(".agenda-paper footer")).to_be_visible()
    for path in ("council/agenda?" + TEN, "council/barriers?barrier=B40"):
        phone.goto(f"{atlas_url}/{path}&lang=ru")
        phone.wait_for_selector("#content h2")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
