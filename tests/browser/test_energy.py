"""What a reader does on the page of energy, in a real browser on the real data."""

import re

from playwright.sync_api import expect

from tests.browser.test_paper import NO_WEBGL

PAINTED = ".page-map [data-painted=true]"
MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"


def test_a_flow_is_chosen_in_the_table_and_lights_up_on_the_map(page, atlas_url):
    page.goto(f"{atlas_url}/energy?lang=en")
    page.wait_for_selector(PAINTED, state="attached")
    page.get_by_label("Carrier").select_option("electricity")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("carrier=electricity"))
    page.wait_for_selector(PAINTED, state="attached")
    expect(page.locator("table.flows tbody tr")).to_have_count(4)
    page.get_by_role("button", name="Electricity from Uzbekistan to Kazakhstan").first.click()
    expect(page.locator(".card-panel h2")).to_have_text("Electricity from Uzbekistan to Kazakhstan")
    expect(page.locator(".card-panel")).to_contain_text("900 million kWh")
    page.wait_for_function(f"() => JSON.stringify({MAP}.getFilter('selected-flow')).includes('EF-012')")
    page.wait_for_function(f"() => {MAP}.queryRenderedFeatures({{layers: ['selected-flow']}}).length > 0")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")


def test_an_arrow_says_its_amount_under_the_pointer_and_opens_its_card(page, atlas_url):
    page.goto(f"{atlas_url}/energy?lang=en&carrier=oil&year=2024")
    page.wait_for_selector(PAINTED, state="attached")
    page.wait_for_function(f"() => {MAP}.queryRenderedFeatures({{layers: ['flows']}}).length > 0")
    middle = f"""() => {{
      const map = {MAP};
      const arrow = map.getStyle().sources.flows.data.features.find((f) => f.properties.flow_id === 'EF-024');
      const ring = arrow.geometry.coordinates[0];
      const box = ring.reduce((b, [x, y]) => [Math.min(b[0], x), Math.max(b[1], x)], [180, -180]);
      const frame = map.getContainer().getBoundingClientRect();
      for (let lat = 44; lat < 54; lat += 0.05) {{
        for (let lon = box[0]; lon < box[1]; lon += 0.05) {{
          const at = map.project([lon, lat]);
          const found = map.queryRenderedFeatures([[at.x - 4, at.y - 4], [at.x + 4, at.y + 4]],
            {{ layers: ['flows', 'sites', 'clusters', 'crossings'] }});
          const ids = new Set(found.map((f) => f.properties.flow_id));
          if (ids.size === 1 && ids.has('EF-024')) {{ return [frame.left + at.x, frame.top + at.y]; }}
        }}
      }}
      return null;
    }}"""
    x, y = page.evaluate(middle)
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    tip = page.locator(".map-tooltip")
    expect(tip).to_contain_text("550 thousand t, plan, 2024")
    expect(tip).to_contain_text("along a schematic line")
    page.mouse.click(x, y)
    expect(page.locator(".card-panel")).to_contain_text("Raised from 500")


def test_without_webgl_the_printed_map_has_the_same_arrows(page, atlas_url):
    page.add_init_script(NO_WEBGL)
    page.goto(f"{atlas_url}/energy?lang=en&carrier=gas")
    page.wait_for_selector(PAINTED, state="attached")
    drawn = page.evaluate("""() => document.querySelector('#map .js-plotly-plot').data
      .flatMap((trace) => trace.customdata || []).filter((key) => String(key).startsWith('flow:'))""")
    assert {"flow:EF-001", "flow:EF-008"} <= set(drawn)
    expect(page.locator("#map .annotation", has_text="11 billion m³ a year").first).to_be_attached()
