"""Exploring the overview: counts, chips, links, the table, clusters, phones, browsers without maps."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, chromium, is_root
from tests.browser.test_overview import JUMP, MAP, click_place, open_overview


@pytest.mark.usefixtures("without_map")
def test_every_choice_says_how_much_it_would_show(page, atlas_url, atlas):
    open_overview(page, atlas_url, "?country=UZB")
    zones = (atlas.sites["country_iso3"].eq("UZB") & atlas.sites["kind"].eq("sez")).sum()
    expect(page.locator("#filter-kinds")).to_contain_text(f"special economic zone · {zones}")
    page.get_by_label("special economic zone").check()
    expect(page.locator("#filter-countries")).to_contain_text("Kazakhstan · 14")


@pytest.mark.usefixtures("without_map")
def test_a_chip_gives_up_its_filter_and_reset_gives_up_all(page, atlas_url):
    open_overview(page, atlas_url, "?kind=plant&country=KAZ")
    page.locator(".chips button", has_text="plant").click()
    page.wait_for_function("() => location.search === '?country=KAZ'")
    expect(page.locator(".chips button")).to_have_count(1)
    page.get_by_role("button", name="Reset filters").click()
    expect(page.locator(".chips button")).to_have_count(0)
    expect(page.locator(".site-table tbody tr:visible")).to_have_count(111)


def test_the_table_follows_the_filters_and_shares_the_selection(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port")
    shown = page.locator(".site-table tbody tr:visible")
    expect(shown).to_have_count(2)
    expect(page.locator(".finding")).to_contain_text("2 sites of 111")
    shown.filter(has_text="Khorgos").locator("button").click()
    expect(page.locator(".card-panel h2")).to_have_text("Khorgos Gateway dry port")
    expect(page.locator(".site-table tr.chosen")).to_contain_text("Khorgos Gateway")
    page.wait_for_function(f"() => {MAP}.getZoom() > 7")


@pytest.mark.usefixtures("without_map")
def test_the_table_is_sorted_by_its_headings_with_the_unknown_last(page, atlas_url):
    open_overview(page, atlas_url)
    page.get_by_role("button", name="Area, ha").click()
    areas = page.evaluate(
        "[...document.querySelectorAll('.site-table tbody tr')].map((r) => r.cells[4].dataset.value)"
    )
    known = [float(a) for a in areas if a]
    assert known == sorted(known) and areas[-1] == "" and areas[0] != ""


@pytest.mark.usefixtures("without_map")
def test_the_table_is_walked_with_arrow_keys(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port")
    page.locator(".site-table tbody tr:visible button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".card-panel h2")).to_have_text("DP World Tashkent multimodal terminal")


def test_a_copied_link_restores_filters_selection_camera_and_language(page, phone, atlas_url, atlas):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_overview(page, atlas_url, "?kind=plant&show=site:J-012&lang=ru")
    page.evaluate(f"([lon, lat, zoom]) => {{ const map = {MAP}; {JUMP}; }}", [63.6, 53.2, 6.5])
    page.locator("[data-copy-link].btn-outline-secondary").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('camera='))")
    link = page.evaluate("navigator.clipboard.readText()")
    assert f"data={atlas.version}" in link and "kind=plant" in link and "lang=ru" in link
    phone.goto(link)
    phone.wait_for_selector("#map[data-painted]", state="attached")
    assert phone.evaluate(f"{MAP}.getZoom()") == pytest.approx(6.5, abs=0.02)
    expect(phone.locator(".card-panel h2")).to_be_visible()
    assert phone.get_attribute("html", "lang") == "ru"


@pytest.mark.usefixtures("without_map")
def test_an_old_link_says_that_the_data_have_changed(page, atlas_url):
    open_overview(page, atlas_url, "?kind=plant&data=0123456789ab")
    expect(page.locator("#note")).to_contain_text("The data have changed since this link was made")


@pytest.mark.usefixtures("without_map")
def test_an_error_report_is_ready_to_be_sent(page, atlas_url):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_overview(page, atlas_url, "?show=site:J-003")
    page.get_by_role("button", name="Report an error").click()
    page.wait_for_function("() => navigator.clipboard.readText().then((text) => text.includes('J-003'))")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "TREND https://ru.trend.az/business/4148876.html" in text and "show=site:J-003" in text


def test_sites_on_one_spot_open_a_chooser_and_near_ones_come_apart(page, atlas_url, atlas):
    open_overview(page, atlas_url, "?layer=sites")
    place = atlas.sites.loc["J-010"]
    click_place(page, place["lon"], place["lat"], 10)
    expect(page.locator(".card-panel")).to_contain_text("things at this spot")
    click_place(page, 68.7, 40.85, 4)
    page.wait_for_function(f"() => {MAP}.getZoom() > 4.5")


@pytest.mark.usefixtures("without_map")
def test_nothing_found_is_said_with_what_to_do(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port&sector=textiles")
    expect(page.locator(".finding")).to_have_text(
        "No site fits these filters. Remove one of them, or reset all."
    )


def test_a_phone_folds_filters_and_legend_and_lets_one_finger_scroll(phone, atlas_url):
    open_overview(phone, atlas_url)
    expect(phone.locator("#filters-panel")).not_to_have_attribute("open", re.compile(".*"))
    phone.locator("#filters-panel > summary").tap()
    expect(phone.locator("#filter-kinds")).to_be_visible()
    assert phone.evaluate(f"{MAP}.cooperativeGestures.isEnabled()")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_browser_without_webgl_gets_the_printed_map_and_keeps_the_rest(page, atlas_url, watch):
    flags = [*ARGUMENTS, "--disable-3d-apis", *(["--no-sandbox"] if is_root() else [])]
    poor = page.context.browser.browser_type.launch(executable_path=chromium(), args=flags)
    try:
        other = poor.new_context(locale="en").new_page()
        other.goto(f"{atlas_url}/?kind=dry-port")
        expect(other.locator(".site-table tbody tr:visible")).to_have_count(2)
        other.locator(".site-table tbody tr:visible button").first.click()
        expect(other.locator(".card-panel h2")).to_be_visible()
        expect(other.locator(".cannot-draw")).to_be_visible()
        other.wait_for_selector("#map[data-painted]", state="attached")
        assert other.locator("#map .geolayer .choroplethlayer path").count() >= 34
    finally:
        poor.close()
