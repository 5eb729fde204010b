"""What a reader does on the pages of regions and of pairs, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect

PAINTED = ".page-map [data-painted=true]"


def painted(page, address):
    """Open a page and wait until its map is drawn."""
    page.goto(address)
    page.wait_for_selector(PAINTED, state="attached")


@pytest.mark.usefixtures("without_map")
def test_a_metric_is_chosen_sorted_and_leads_to_a_profile(page, atlas_url):
    painted(page, f"{atlas_url}/regions?lang=en")
    page.get_by_label("Regions ranked by").select_option("crossing_km")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("metric=crossing_km"))
    rows = page.locator(".ranking-table tbody tr")
    expect(rows).to_have_count(34)
    expect(rows.first).to_contain_text("Tashkent")
    page.locator(".ranking-table thead th").last.get_by_role("button").click()  # least first already
    page.locator(".ranking-table thead th").last.get_by_role("button").click()
    expect(rows.first).to_contain_text("Kostanay Region")
    rows.first.get_by_role("link").click()
    page.wait_for_url(re.compile("/regions/KZ-39"))
    expect(page.locator("h1")).to_have_text("Kostanay Region")


@pytest.mark.usefixtures("without_map")
def test_a_region_without_data_stays_last(page, atlas_url):
    painted(page, f"{atlas_url}/regions?metric=grp_kz&lang=en")
    heading = page.locator(".ranking-table thead th").last.get_by_role("button")
    for _ in range(2):
        heading.click()
        expect(page.locator(".ranking-table tbody tr").last).to_contain_text("no data")


def test_a_site_of_a_profile_opens_its_card_on_the_map(page, atlas_url):
    painted(page, f"{atlas_url}/regions/UZ-SI?lang=en")
    page.get_by_role("button", name="Syrdarya industrial cluster").first.click()
    expect(page.locator(".card-panel h2")).to_contain_text("Syrdarya")


@pytest.mark.usefixtures("without_map")
def test_the_matrix_leads_to_a_pair_and_its_route(page, atlas_url):
    page.goto(f"{atlas_url}/pairs?lang=en")
    expect(page.locator(".matrix tbody td a")).to_have_count(280)
    page.get_by_role("link", name="Value of projects").click()
    page.wait_for_url(re.compile("by=value"))
    expect(page.locator(".toggle [aria-current]")).to_have_text("Value of projects")
    cell = page.locator(".matrix").get_by_role("link", name=re.compile("^Syrdarya Region – Turkistan Region"))
    cell.click()
    page.wait_for_url(re.compile("/pairs/UZ-SI/KZ-61"))
    expect(page.locator(".finding")).to_contain_text("4 joint projects")
    page.wait_for_selector(".strip .js-plotly-plot .main-svg", state="attached")
    page.wait_for_selector(PAINTED, state="attached")
    page.get_by_role("link", name="Other routes, and what if").click()
    page.wait_for_url(re.compile(r"/routes\?from=region:UZ-SI&to=region:KZ-61"))


@pytest.mark.usefixtures("without_map")
def test_the_heads_of_the_matrix_stay_while_its_cells_scroll(phone, atlas_url):
    phone.goto(f"{atlas_url}/pairs?lang=en")
    phone.wait_for_selector(".matrix")
    box = phone.locator(".matrix-box")
    box.evaluate("box => { box.scrollLeft = 700; box.scrollTop = 300; }")
    row = phone.locator(".matrix tbody tr").nth(9)
    left = row.locator("th").evaluate("cell => cell.getBoundingClientRect().left")
    start = box.evaluate("box => box.getBoundingClientRect().left")
    assert abs(left - start) < 3
    head = phone.locator(".matrix thead th").nth(15)
    gap = head.evaluate("cell => cell.getBoundingClientRect().top") - box.evaluate(
        "box => box.getBoundingClientRect().top"
    )
    assert abs(gap) < 3


@pytest.mark.usefixtures("without_map")
@pytest.mark.parametrize(
    ("path", "language"), [("regions/KZ-61", "kk"), ("regions/UZ-SI", "en"), ("pairs/UZ-SI/KZ-61", "kk")]
)
def test_a_profile_prints_on_one_sheet(page, atlas_url, path, language):
    page.goto(f"{atlas_url}/{path}?lang={language}")
    page.wait_for_selector(".two-columns section")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".locator")).to_be_visible()
    expect(page.locator(".page-map")).to_be_hidden()
    expect(page.locator(".site-footer")).to_be_visible()


@pytest.mark.usefixtures("without_map")
def test_an_unknown_pair_leads_to_the_right_one(page, atlas_url):
    page.goto(f"{atlas_url}/pairs/KZ-61/UZ-SI?lang=en")
    page.get_by_role("link", name="Syrdarya Region – Turkistan Region").click()
    page.wait_for_url(re.compile("/pairs/UZ-SI/KZ-61"))
    expect(page.locator("h1")).to_have_text("Syrdarya Region – Turkistan Region")
