"""What a reader does on the pages of the Council, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.usefixtures("without_map")
def test_weights_rank_anew_and_back_sets_them_back(page, atlas_url):
    page.goto(f"{atlas_url}/council/priorities?lang=en")
    rows = page.locator(".priority-table > tbody > tr")
    expect(rows).to_have_count(50)
    expect(rows.first).to_contain_text("1–22")
    jobs = page.get_by_role("slider", name="Jobs")
    jobs.focus()
    for weight in (2, 1, 0):
        page.keyboard.press("ArrowLeft")
        expect(page).to_have_url(re.compile(f"jobs={weight}"))
    expect(rows.first).not_to_contain_text("1–22")
    expect(jobs).to_be_focused()
    expect(page.locator(".council-chart .main-svg").first).to_be_visible()
    rows.first.get_by_text("What the score is made of").click()
    expect(rows.first.locator(".parts tbody tr")).to_have_count(6)
    rows.first.locator(".parts .sourced summary").first.click()
    expect(rows.first.locator(".parts .sourced > div").first).to_contain_text("KZT 286bn")
    for _ in range(3):
        page.go_back()
    expect(rows.first).to_contain_text("1–22")
    expect(page.get_by_role("slider", name="Jobs")).to_have_value("3")


@pytest.mark.usefixtures("without_map")
def test_a_bar_leads_to_its_rows_and_a_total_opens_to_its_own(page, atlas_url):
    page.goto(f"{atlas_url}/council?lang=en")
    rows = page.locator(".project-table tbody tr")
    expect(rows).to_have_count(50)
    page.locator(".council-bars").get_by_role("link", name=re.compile("^Syrdarya Region – Turkistan")).click()
    page.wait_for_url(re.compile("uz=UZ-SI&kz=KZ-61"))
    expect(rows).to_have_count(4)
    total = page.locator(".totals details").first
    total.locator("summary").first.click()
    expect(total).to_contain_text("Darbaza–Maktaaral railway")
    page.get_by_label("Status", exact=True).select_option("planned")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(2)
    page.wait_for_url(re.compile("status=planned"))
    page.go_back()
    expect(rows).to_have_count(4)


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize("path", ["council", "council/priorities"])
def test_it_fits_a_phone_and_a_sheet(phone, page, atlas_url, path):
    phone.goto(f"{atlas_url}/{path}?lang=ru")
    phone.wait_for_selector(".sortable tbody tr")
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{atlas_url}/{path}?lang=en")
    page.wait_for_selector(".council-chart .main-svg")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # the width of A4 between its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    expect(page.locator(".council-page form button").first).to_be_hidden()
