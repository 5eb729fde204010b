"""What a reader does on the overview, in a real browser on the real data."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"

# As a reader's own move, which Plotly keeps.
JUMP = "map.jumpTo({center: [lon, lat], zoom}, {originalEvent: new Event('test')}); map.triggerRepaint()"


def open_overview(page: Page, url: str, query: str = "") -> None:
    """Open the page and wait until the map is painted."""
    page.goto(f"{url}/{query}")
    page.wait_for_selector("#map[data-painted]", state="attached")


def drawn(page: Page, layer: str) -> list[str]:
    """Ids that a layer of the map is set to draw."""
    return page.evaluate(f"{MAP}.getFilter('{layer}')[2][1]")


def expect_sites(page: Page, count: int) -> None:
    """Wait until the map holds so many sites."""
    expect(page.locator("#map [data-sites]")).to_have_attribute("data-sites", str(count))


def click_place(page: Page, lon: float, lat: float, zoom: float = 8) -> None:
    """Bring a place to the middle of the map and click it there."""
    page.evaluate(
        "([lon, lat, zoom]) => new Promise((done) => "
        f"{{ const map = {MAP}; {JUMP}; map.once('idle', () => done()); }})",
        [lon, lat, zoom],
    )
    box = page.locator("#map canvas").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_the_atlas_opens_with_its_figures_and_a_painted_map(page, atlas_url):
    open_overview(page, atlas_url)
    expect(page.locator(".headlines")).to_contain_text("4.97 billion USD")
    expect(page.locator(".legend")).to_contain_text("Population density")
    expect(page.locator("footer")).to_contain_text("do not imply any opinion on the legal status")
    expect(page.locator("footer")).to_contain_text("Natural Earth")
    with Image.open(io.BytesIO(page.locator("#map").screenshot())) as picture:
        assert len(picture.convert("RGB").getcolors(1_000_000)) > 500


@pytest.mark.usefixtures("without_map")
def test_a_number_opens_its_source(page, atlas_url):
    open_overview(page, atlas_url)
    figure = page.locator(".headline .sourced").first
    figure.locator("summary").click()
    expect(figure.locator("a[href='https://ru.trend.az/business/4148876.html']")).to_be_visible()


def test_a_filter_changes_map_address_and_legend_and_back_undoes_it(page, atlas_url):
    open_overview(page, atlas_url)
    page.locator("#filter-kinds").get_by_label("dry port").check()
    page.wait_for_url(re.compile(r"kind=dry-port"))
    expect_sites(page, 2)
    expect(page.locator(".legend")).not_to_contain_text("trade centre")
    page.get_by_label("energy lines").check()
    page.wait_for_url(re.compile(r"layer="))
    page.wait_for_function(f"() => {MAP}.getLayoutProperty('energy-operating', 'visibility') === 'visible'")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('layer=')")
    expect(page.get_by_label("energy lines")).not_to_be_checked()
    expect(page.locator("#filter-kinds").get_by_label("dry port")).to_be_checked()
    page.go_back()
    page.wait_for_function("() => location.search === ''")
    expect(page.locator("#filter-kinds").get_by_label("dry port")).not_to_be_checked()
    expect_sites(page, 111)


def test_the_metric_shades_the_regions_and_the_camera_stays(page, atlas_url):
    open_overview(page, atlas_url)
    home = page.evaluate(f"{MAP}.getCenter().lng")
    before = page.evaluate("document.querySelector('#map .js-plotly-plot').data[0].z.join()")
    page.locator("#filter-metric").click()
    page.get_by_role("dialog").get_by_text("Industrial output (Uzbekistan)").click()
    page.wait_for_url(re.compile("metric=industrial_output_uz"))
    page.wait_for_function(
        "(old) => document.querySelector('#map .js-plotly-plot').data[0].z.join() !== old", arg=before
    )
    expect(page.locator(".legend")).to_contain_text("Industrial output (Uzbekistan)")
    assert page.evaluate(f"{MAP}.getCenter().lng") == pytest.approx(home, abs=0.01)


def test_a_shared_spot_opens_a_chooser_and_then_the_card(page, atlas_url, atlas):
    open_overview(page, atlas_url, "?layer=sites")
    place = atlas.sites.loc["J-003"]
    click_place(page, place["lon"], place["lat"])
    expect(page.locator(".card-panel")).to_contain_text("2 things at this spot")
    page.locator(".card-panel").get_by_role("button", name="Syrdarya industrial cluster (70 ha)").click()
    expect(page.locator(".card-panel h2")).to_have_text("Syrdarya industrial cluster (70 ha)")
    expect(page.locator(".card-panel")).to_contain_text("approximate place")
    page.wait_for_url(re.compile(r"show=site:J-003$"))
    area = page.locator(".card-panel .sourced", has_text="70 ha").first
    area.locator("summary").click()
    expect(area).to_contain_text("Trend News Agency")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".card-body")).to_have_count(0)


def test_a_click_on_a_line_or_a_region_opens_its_card(page, atlas_url, atlas):
    open_overview(page, atlas_url, "?layer=corridors&corridor=btk")
    line = atlas.segments.loc["SEG-057"].geometry
    middle = line.interpolate(0.5, normalized=True)
    click_place(page, middle.x, middle.y)
    expect(page.locator(".card-panel h2")).to_have_text("Kurdamir – Yevlakh")
    page.locator(".card-panel").get_by_role("button", name="Baku-Tbilisi-Kars railway").click()
    expect(page.locator(".card-panel h2")).to_have_text("Baku-Tbilisi-Kars railway")
    centre = atlas.regions.geometry["KZ-11"].representative_point()
    click_place(page, centre.x, centre.y, 6)
    expect(page.locator(".card-panel h2")).to_have_text("Akmola Region")


def test_pointing_at_a_mark_names_it(page, atlas_url, atlas):
    open_overview(page, atlas_url, "?layer=sites")
    place = atlas.sites.loc["P-KZ04"]
    page.evaluate(f"([lon, lat, zoom]) => {{ const map = {MAP}; {JUMP}; }}", [place["lon"], place["lat"], 9])
    spot = page.evaluate(f"{MAP}.project([{place['lon']}, {place['lat']}])")
    box = page.locator("#map canvas").first.bounding_box()
    page.mouse.move(box["x"] + spot["x"] - 40, box["y"] + spot["y"])
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"], steps=4)
    expect(page.locator(".map-tooltip")).to_contain_text("under construction")


def test_a_shared_link_opens_the_same_view(page, atlas_url):
    query = "?country=UZB&kind=sez&metric=population&show=crossing:X09&lang=ru"
    open_overview(page, atlas_url, query)
    expect(page.locator(".card-panel h2")).to_contain_text("Сарыагаш – Келес")
    expect(page.locator("#filter-countries input").first).to_be_checked()
    expect_sites(page, 12)
    assert page.get_attribute("html", "lang") == "ru"


def test_what_a_link_asks_in_vain_is_said_quietly(page, atlas_url):
    open_overview(page, atlas_url, "?metric=gold&region=UZ-SI&x=%3Cscript%3E")
    expect(page.locator("#note")).to_contain_text("metric=gold")
    assert set(drawn(page, "crossings")) == {"X05", "X06", "X07", "X11"}


@pytest.mark.usefixtures("without_map")
def test_a_language_link_keeps_the_view(page, atlas_url):
    open_overview(page, atlas_url, "?kind=plant&show=site:J-012")
    page.get_by_role("link", name="Қазақ тілі").click()
    page.wait_for_url(re.compile("lang=kk"))
    page.wait_for_selector("#map[data-painted]", state="attached")
    assert "kind=plant" in page.url and "show=site:J-012" in page.url
    assert page.get_attribute("html", "lang") == "kk"
    expect(page.locator(".card-panel h2")).to_be_visible()


@pytest.mark.usefixtures("without_map")
def test_a_filter_keeps_the_language(page, atlas_url):
    open_overview(page, atlas_url, "?lang=uz")
    page.locator("#filter-countries input").first.check()
    page.wait_for_url(re.compile("country=UZB"))
    assert "lang=uz" in page.url
    assert page.get_attribute("html", "lang") == "uz"


@pytest.mark.usefixtures("without_map")
def test_an_unknown_page_says_so(page, atlas_url, watch):
    watch.expect_error("404")
    page.goto(f"{atlas_url}/nowhere")
    expect(page.locator("h1")).to_have_text("There is no such page")
    page.get_by_role("link", name="Go to the overview").click()
    expect(page.locator(".headlines")).to_be_visible()


@pytest.mark.usefixtures("without_map")
def test_a_phone_shows_the_map_first_and_never_scrolls_sideways(phone, atlas_url):
    open_overview(phone, atlas_url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    order = [phone.locator(name).bounding_box()["y"] for name in ("#map", ".filters", ".legend")]
    assert order == sorted(order)


def test_two_readers_do_not_disturb_each_other(page, phone, atlas_url):
    open_overview(page, atlas_url, "?kind=plant&lang=en")
    open_overview(phone, atlas_url, "?kind=sez&lang=ru")
    page.locator("#filter-kinds").get_by_label("dry port").check()
    page.wait_for_url(re.compile("dry-port"))
    expect_sites(phone, 26)
    assert phone.get_attribute("html", "lang") == "ru"
