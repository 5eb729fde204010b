"""The page of sites and the page of one, in a real browser on the real data."""

import re

import pytest
from playwright.sync_api import Page, expect

MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
JUMP = "map.jumpTo({center: [lon, lat], zoom}, {originalEvent: new Event('test')}); map.triggerRepaint()"


def open_sites(page: Page, url: str, query: str = "") -> None:
    """Open the page and wait until map and table are there."""
    page.goto(f"{url}/sites{query}")
    page.wait_for_selector("#map[data-painted]", state="attached")
    page.wait_for_selector(".sites-page[data-shown]")


def expect_shown(page: Page, count: int) -> None:
    """Wait until table and map show so many sites."""
    expect(page.locator(".sites-page")).to_have_attribute("data-shown", str(count))
    expect(page.locator("#map [data-sites]")).to_have_attribute("data-sites", str(count))


def cells(page: Page, column: str) -> list[str]:
    """What stands in a column of the table, from the top."""
    return page.evaluate(
        """async (column) => {
            const api = await window.dash_ag_grid.getApiAsync('sites-grid');
            const found = [];
            api.forEachNodeAfterFilterAndSort((node) => found.push(node.data[column]));
            return found;
        }""",
        column,
    )


def test_a_click_on_a_bar_filters_map_table_and_address_and_back_undoes_it(page, atlas_url, atlas):
    open_sites(page, atlas_url)
    food = atlas.sites["sectors"].map(lambda some: "food" in some)
    page.locator(".bars").get_by_role("button", name=re.compile("^food")).click()
    page.wait_for_url(re.compile("sector=food"))
    expect_shown(page, int(food.sum()))
    expect(page.locator("#sites-finding")).to_contain_text(f"{food.sum()} sites of {len(atlas.sites)}")
    expect(page.locator(".bars .chosen")).to_contain_text("food")
    standing = food & atlas.sites["status"].eq("operating")
    page.locator(".bars").get_by_role("button", name=re.compile("^operating")).click()
    page.wait_for_url(re.compile("status=operating"))
    expect_shown(page, int(standing.sum()))
    assert set(cells(page, "status")) == {"operating"}
    expect(page.locator("#sites-filter-statuses").get_by_label("operating")).to_be_checked()
    page.go_back()
    expect_shown(page, int(food.sum()))
    expect(page.locator("#sites-filter-statuses").get_by_label("operating")).not_to_be_checked()
    page.get_by_role("button", name="Remove the filter food").click()
    expect(page.locator(".sites-page")).to_have_attribute("data-shown", str(len(atlas.sites)))
    assert "sector" not in page.url


@pytest.mark.usefixtures("without_map")
def test_a_link_restores_the_filters_and_the_selection(page, atlas_url, atlas):
    open_sites(page, atlas_url, "?kind=plant&corridor=any&within=10&show=site:P-UZ07")
    expect(page.locator(".page-map .card-panel h2")).to_have_text(atlas.sites.loc["P-UZ07", "name_en"])
    expect(page.locator(".chips")).to_contain_text("any corridor")
    assert set(cells(page, "kind")) == {"plant"}
    assert "show=site:P-UZ07" in page.url
    page.locator("#sites-filter-countries").get_by_label("Uzbekistan").check()
    page.wait_for_url(re.compile("country=UZB.*show=site:P-UZ07"))


@pytest.mark.usefixtures("without_map")
def test_the_table_is_sorted_filtered_and_read_by_keyboard(page, atlas_url, atlas):
    open_sites(page, atlas_url)
    head = page.locator(".ag-header-cell[col-id=area_ha]")
    head.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    areas = cells(page, "area_ha")
    known = [one for one in areas if one is not None]
    assert known == sorted(known, reverse=True)
    assert areas[len(known) :] == [None] * (len(areas) - len(known))
    page.keyboard.press("ArrowDown")
    first = cells(page, "site_id")[0]
    page.keyboard.press("Enter")
    expect(page.locator(".page-map .card-panel h2")).to_have_text(atlas.sites.loc[first, "name_en"])
    page.wait_for_url(re.compile(f"show=site:{first}"))
    expect(page.locator(".ag-row-selected")).to_have_attribute("row-id", first)


def test_a_filter_of_a_column_reaches_the_map(page, atlas_url, atlas):
    open_sites(page, atlas_url)
    wanted = int(atlas.sites["name_en"].str.contains("zone", case=False).sum())
    page.locator(".ag-header-cell[col-id=name] .ag-header-cell-filter-button").click()
    page.locator(".ag-filter input[type=text]").first.fill("zone")
    expect_shown(page, wanted)
    expect(page.locator("#sites-left")).to_contain_text(str(wanted))


@pytest.mark.usefixtures("without_map")
def test_a_column_is_chosen(page, atlas_url):
    open_sites(page, atlas_url)
    expect(page.locator(".ag-header-cell[col-id=jobs]")).to_have_count(0)
    page.locator(".column-choice > summary").click()
    page.locator("#sites-columns").get_by_label("Jobs").check()
    expect(page.locator(".ag-header-cell[col-id=jobs]")).to_have_count(1)
    page.locator("#sites-columns").get_by_label("Kind", exact=True).uncheck()
    expect(page.locator(".ag-header-cell[col-id=kind]")).to_have_count(0)


def test_sites_on_one_spot_are_chosen_from_and_marked_in_the_table(page, atlas_url, atlas):
    open_sites(page, atlas_url)
    place = atlas.sites.loc["J-003"]
    page.evaluate(
        "([lon, lat, zoom]) => new Promise((done) => "
        f"{{ const map = {MAP}; {JUMP}; map.once('idle', () => done()); }})",
        [place["lon"], place["lat"], 8],
    )
    box = page.locator("#map canvas").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".page-map .card-panel")).to_contain_text("2 things at this spot")
    page.locator(".page-map .card-panel").get_by_role("button", name=place["name_en"]).click()
    expect(page.locator(".ag-row-selected")).to_have_attribute("row-id", "J-003")
    page.locator(".page-map .card-panel").get_by_role("link", name="Page of this site").click()
    expect(page.locator("h1")).to_have_text(place["name_en"])


@pytest.mark.usefixtures("without_map")
def test_the_page_of_a_site_leads_on(page, atlas_url, atlas):
    page.goto(f"{atlas_url}/sites/J-003")
    page.wait_for_selector("#map[data-painted]", state="attached")
    expect(page.locator(".site-page")).to_contain_text("The place of this site is approximate")
    number = page.locator("#nearest .sourced").first
    number.locator("summary").click()
    expect(number).to_contain_text("WGS 84")
    page.locator("#near").get_by_role("button", name="Distance, km").click()
    page.locator("#near tbody a").first.click()
    expect(page.locator("h1")).not_to_have_text(atlas.sites.loc["J-003", "name_en"])
    page.get_by_role("link", name="In the table of all sites").click()
    page.wait_for_url(re.compile(r"/sites\?"))
    expect(page.locator(".ag-row-selected")).to_have_count(1)


@pytest.mark.usefixtures("without_map")
def test_an_unknown_site_offers_the_nearest(page, atlas_url, atlas):
    page.goto(f"{atlas_url}/sites/J-03")
    expect(page.locator("h1")).to_have_text("There is no such site")
    page.get_by_role("link", name=atlas.sites.loc["J-003", "name_en"]).click()
    expect(page.locator("h1")).to_have_text(atlas.sites.loc["J-003", "name_en"])
