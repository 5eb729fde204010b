"""The map of the overview made by other means: static pages of Plotly, and an export of Folium.

All draw the same regions in the same classes, the same lines and the same sites. One static page is the whole
map of the atlas: its land, water, rivers, railways, borders and names too. The other static page and the
export have none of these, and let a reader hide a kind of site. All travel as the atlas does: compressed as
far as Brotli goes, over the same meter.
"""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import brotli
import folium
import plotly.graph_objects as go
import plotly.io
import shapely

from dashboard.figures.marks import MapMarks
from dashboard.figures.screen import screen_map
from dashboard.filters import Filters, map_marks
from dashboard.geometry import geometry, map_urls
from dashboard.text import speak
from layers import Atlas

MIMETYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
PLOTLY = "plotly.min.js"
GROUND = {
    "version": 8,
    "sources": {},
    "layers": [{"id": "ground", "type": "background", "paint": {"background-color": "#dfe7ea"}}],
}
HOME = {"lat": 46.0, "lon": 67.0, "zoom": 3.4}

PLOTLY_DRAWN = """() => {
  const map = document.querySelector('.js-plotly-plot')._fullLayout.map._subplot.map;
  return map.loaded() && map.areTilesLoaded();
}"""
# One kind of site is hidden or shown by what the legend of a static page does.
PLOTLY_FILTER = """() => new Promise((done) => {
  const plot = document.querySelector('.js-plotly-plot');
  const at = plot.data.findIndex((trace) => trace.name === 'plant');
  const map = plot._fullLayout.map._subplot.map;
  const began = performance.now();
  map.once('idle', () => requestAnimationFrame(() => done(performance.now() - began)));
  setTimeout(() => done(Infinity), 10000);
  Plotly.restyle(plot, { visible: plot.data[at].visible === false }, [at]);
})"""
FOLIUM_DRAWN = "() => document.querySelectorAll('path.leaflet-interactive').length >= COUNT"
FOLIUM_FILTER = """() => new Promise((done) => {
  const box = [...document.querySelectorAll('.leaflet-control-layers-overlays label')].find(
    (one) => one.textContent.trim() === 'plant').querySelector('input');
  const count = () => document.querySelectorAll('path.leaflet-interactive').length;
  const before = count();
  const began = performance.now();
  const look = () => requestAnimationFrame(() => {
    if (count() === before) { look(); return; }
    requestAnimationFrame(() => done(performance.now() - began));
  });
  box.click();
  look();
})"""


def opening_marks(atlas: Atlas) -> MapMarks:
    """What the map of the overview shows when it opens."""
    return map_marks(atlas, Filters())


def static_map(atlas: Atlas, marks: MapMarks) -> dict[str, bytes]:
    """The files of a static page that is the whole map, drawn by the figure that the atlas sends."""
    urls = map_urls(atlas, {})
    shapes = {url: json.loads(geometry(atlas, name).body) for name, url in urls.items()}
    figure = screen_map(marks, atlas.regions, atlas.corridors, speak("en"), urls)
    for source in figure["layout"]["map"]["style"]["sources"].values():
        if isinstance(source["data"], str):
            source["data"] = shapes[source["data"]]
    figure["data"][0]["geojson"] = shapes[figure["data"][0]["geojson"]]
    return _beside_plotly(plotly.io.to_html(figure, include_plotlyjs=PLOTLY, validate=False))


def static_page(atlas: Atlas, marks: MapMarks) -> dict[str, bytes]:
    """The files of a static page of regions, lines and sites upon nothing."""
    polygons = _polygons(atlas)
    regions = go.Choroplethmap(
        geojson=polygons,
        featureidkey="properties.region_id",
        locations=list(marks.regions.values.index),
        z=list(marks.regions.class_of),
        colorscale=[
            [i / max(len(marks.regions.colours) - 1, 1), c] for i, c in enumerate(marks.regions.colours)
        ],
        showscale=False,
        text=list(atlas.regions["name_en"]),
    )
    figure = go.Figure([regions, *_line_traces(marks), *_site_traces(marks)])
    centre = {"lat": HOME["lat"], "lon": HOME["lon"]}
    figure.update_layout(
        map={"style": GROUND, "center": centre, "zoom": HOME["zoom"]}, margin=dict.fromkeys("lrtb", 0)
    )
    return _beside_plotly(figure.to_html(include_plotlyjs=PLOTLY))


def _beside_plotly(page: str) -> dict[str, bytes]:
    """The page, with the geometry in it, and the script that it names."""
    script = Path(find_spec("plotly").submodule_search_locations[0], "package_data", PLOTLY)
    return {"index.html": page.encode(), PLOTLY: script.read_bytes()}


def _polygons(atlas: Atlas) -> dict:
    return json.loads(geometry(atlas, "regions").body)


def _line_traces(marks: MapMarks) -> Iterator[go.Scattermap]:
    for colour, lines in marks.lines.groupby("colour"):
        lats: list[float | None] = []
        lons: list[float | None] = []
        for shape in lines.geometry:
            for part in shapely.get_parts(shape):
                points = shapely.get_coordinates(part).round(3)
                lons += [*points[:, 0].tolist(), None]
                lats += [*points[:, 1].tolist(), None]
        yield go.Scattermap(lat=lats, lon=lons, mode="lines", line={"color": colour, "width": 2})


def _site_traces(marks: MapMarks) -> Iterator[go.Scattermap]:
    for kind, sites in marks.sites.groupby("kind"):
        yield go.Scattermap(
            lat=sites.geometry.y.round(3).tolist(),
            lon=sites.geometry.x.round(3).tolist(),
            mode="markers",
            marker={"size": 10, "color": sites["colour"].iloc[0]},
            text=sites["name_en"].tolist(),
            name=kind,
        )


def folium_page(atlas: Atlas, marks: MapMarks) -> dict[str, bytes]:
    """The files of an export of Folium, with the scripts that it names at other hosts beside it.

    An icon font and a plugin for markers with its icons stay empty: nothing here has such icons.
    """
    drawn = folium.Map([HOME["lat"], HOME["lon"]], zoom_start=4, tiles=None)
    colours = {
        region_id: marks.regions.colours[number] if number >= 0 else "#cccccc"
        for region_id, number in marks.regions.class_of.items()
    }
    folium.GeoJson(
        _polygons(atlas),
        style_function=lambda shape: {
            "fillColor": colours.get(shape["properties"]["region_id"]),
            "weight": 1,
        },
        tooltip=folium.GeoJsonTooltip(["region_id"]),
    ).add_to(drawn)
    for row in marks.lines.itertuples():
        for part in shapely.get_parts(row.geometry):
            points = shapely.get_coordinates(part).round(3)[:, ::-1].tolist()
            folium.PolyLine(points, color=row.colour, weight=2).add_to(drawn)
    for kind, sites in marks.sites.groupby("kind"):
        group = folium.FeatureGroup(kind).add_to(drawn)
        for row in sites.itertuples():
            spot = [row.geometry.y, row.geometry.x]
            folium.CircleMarker(spot, 5, color=row.colour, tooltip=row.name_en).add_to(group)
    folium.LayerControl(collapsed=False).add_to(drawn)
    return _beside(drawn.get_root().render())


def folium_count(marks: MapMarks, atlas: Atlas) -> int:
    """Shapes that the export of Folium draws."""
    lines = sum(len(shapely.get_parts(shape)) for shape in marks.lines.geometry)
    return len(atlas.regions) + lines + len(marks.sites)


def _beside(page: str) -> dict[str, bytes]:
    """The page with its scripts and style sheets at addresses beside it."""
    files: dict[str, bytes] = {}
    for address in dict.fromkeys(re.findall(r'(?:src|href)="(https://[^"]+\.(?:js|css))"', page)):
        name = address.rpartition("/")[2]
        source = _installed(name)
        files[name] = source.read_bytes() if source else b""
        page = page.replace(address, name)
    return {"index.html": page.encode(), **files}


def _installed(name: str) -> Path | None:
    """The file of this name in an installed package; None where there is none."""
    leaflet = Path(find_spec("js_lib_leaflet").submodule_search_locations[0], "static", "js_lib_leaflet")
    bootstrap = Path(find_spec("flask_bootstrap").submodule_search_locations[0], "static", "bootstrap5")
    jquery = Path(find_spec("xstatic.pkg.jquery").submodule_search_locations[0], "data")
    known = {
        "leaflet.js": leaflet / "leaflet.js",
        "leaflet.css": leaflet / "leaflet.css",
        "jquery-3.7.1.min.js": jquery / "jquery.min.js",
        "bootstrap.bundle.min.js": bootstrap / "js" / "bootstrap.min.js",
        "bootstrap.min.css": bootstrap / "css" / "bootstrap.min.css",
    }
    return known.get(name)


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[int]:
    """The files at a port, compressed and kept by browsers; the page itself is asked for again."""
    packed = {f"/{name}": brotli.compress(body) for name, body in files.items()}

    class Files(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = "/index.html" if self.path == "/" else self.path
            body = packed.get(path, b"")
            self.send_response(200 if path in packed else 404)
            self.send_header("Content-Type", MIMETYPES.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
            if body:
                self.send_header("Content-Encoding", "br")
            if path != "/index.html":
                self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing: the table is what is printed."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
