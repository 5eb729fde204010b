"""The map of data so large that its sites travel as vector tiles."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.bench.big import Size, write_folder

MAP = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
SITES = f"{MAP}.querySourceFeatures('sites', {{ sourceLayer: 'sites' }})"
SUM = "reduce((n, one) => n + (one.properties.point_count || 1), 0)"
COUNTED = f"() => {MAP}.areTilesLoaded() && {SITES}.{SUM}"
LARGEST = f"""() => {{
  const map = {MAP};
  const [one] = map.queryRenderedFeatures({{ layers: ["clusters"] }})
    .sort((a, b) => b.properties.point_count - a.properties.point_count);
  const {{ x, y }} = map.project(one.geometry.coordinates);
  return {{ x, y, zoom: map.getZoom() }};
}}"""
NAMED = (
    f"() => {{ {MAP}.jumpTo({{ center: [%s, %s], zoom: 14.5 }}, {{ originalEvent: new Event('test') }}); }}"
)


def test_clusters_count_what_a_filter_leaves_and_open(page, program, data_folder, tmp_path):
    many = 4_100
    write_folder(data_folder, tmp_path / "many", Size(sites=many, regions=0, vertices=0, segments=0))
    served = program("app.py", "--port", "0", "--data", str(tmp_path / "many"))
    page.goto(served.address() + "/?lang=en&tour=off")
    expect(page.locator("#map")).to_have_attribute("data-painted", "true")
    page.wait_for_function(f"n => ({COUNTED})() === n", arg=many)

    found = page.locator("label", has_text=re.compile(r"^Uzbekistan · "))
    left = int(re.sub(r"\D", "", found.inner_text()))
    assert 0 < left < many
    found.click()
    page.wait_for_function(f"n => ({COUNTED})() === n", arg=left)

    before = page.evaluate(LARGEST)
    page.locator(".maplibregl-canvas").click(position={"x": before["x"], "y": before["y"]})
    page.wait_for_function(f"zoom => {MAP}.getZoom() > zoom + 0.8", arg=before["zoom"])
