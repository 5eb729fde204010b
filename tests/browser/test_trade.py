"""What a reader does on the page of trade, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import expect

DRAWN = ".js-plotly-plot .main-svg"


def test_a_flow_and_a_reporter_are_chosen_and_stay_in_the_address(page, atlas_url):
    page.goto(f"{atlas_url}/trade?lang=en")
    page.wait_for_selector(f"#chart-years {DRAWN}", state="attached")
    page.locator("select[name=flow]").select_option("exports")
    page.locator("select[name=by]").select_option("uzbekistan-statistics")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile(r"flow=exports&by=uzbekistan-statistics"))
    expect(page.locator("#flows .chart").first).to_contain_text("2022: 1.4 billion USD")
    expect(page.locator("select[name=by]")).to_have_value("uzbekistan-statistics")


def test_a_value_opens_its_source(page, atlas_url):
    page.goto(f"{atlas_url}/trade?lang=en")
    page.locator(".trade-figures summary", has_text="1,199").click()
    expect(page.locator(".trade-figures .sourced[open]")).to_contain_text("Trend News Agency")


@pytest.mark.parametrize("language", ["ru"])
def test_nothing_scrolls_sideways_on_a_phone_and_all_charts_are_drawn(phone, atlas_url, language):
    phone.goto(f"{atlas_url}/trade?lang={language}")
    phone.wait_for_selector(f"#chart-share {DRAWN}", state="attached")
    expect(phone.locator(".trade-page .js-plotly-plot")).to_have_count(10)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
