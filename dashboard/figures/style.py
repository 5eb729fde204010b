"""The style of the screen map: a MapLibre style whose sources are all files of the atlas.

Layers from bottom to top: ground, energy lines, corridors, flows, points, names. Text has no glyph server: it
is drawn with the reader's own fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.figures import marks as m
from dashboard.text import Words

LAND, WATER, PAPER = "#f5f3ee", "#c9dce8", "#ffffff"
FONT = ["Noto Sans Regular"]
SOURCES = ("land", "water", "rivers", "railways", "labels", "segments", "energy", "crossings", "sites")
LINE_STATUSES = ("operating", "under-construction", "planned", "study")
LABEL_LAYERS = ("label-countries", "label-regions-names", *(f"label-cities-{rank}" for rank in (1, 2, 3, 4)))
_DASH_LAYER = {"completed": "operating", "announced": "planned", "closed": "study"}

Expression = list[Any]


def base_style(words: Words, urls: Mapping[str, str]) -> dict[str, Any]:
    """A MapLibre style whose sources are all files of the atlas: no tile server, no font server."""
    sources: dict[str, Any] = {name: {"type": "geojson", "data": urls[name]} for name in SOURCES}
    sources["segments"]["promoteId"] = "segment_id"
    # Sites that would overlap are drawn as one circle with their number; sites on one spot always are.
    sources["sites"] |= {
        "cluster": True,
        "clusterRadius": 13,
        "clusterMaxZoom": 22,
        "maxzoom": 23,
        "promoteId": "site_id",
    }
    sources |= {
        name: {"type": "geojson", "data": feature_collection([])}
        for name in ("selected", "lit", "flows", "flow-names")
    }
    layers = [*_ground(), *_lines(), *_flows(), *_points(), *_labels(words), _flow_names()]
    return {"version": 8, "id": f"atlas-{words.language}", "sources": sources, "layers": layers}


def _layer(
    kind: str, name: str, source: str, paint: dict, layout: dict | None = None, **rest: Any
) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": source, "paint": paint, "layout": dict(layout or {}), **rest}


def _ground() -> list[dict]:
    return [
        {"id": "background", "type": "background", "paint": {"background-color": WATER}},
        _layer("fill", "land", "land", {"fill-color": LAND}),
        _layer("line", "borders", "land", {"line-color": "#a59f90", "line-width": 0.8}),
        _layer("fill", "water", "water", {"fill-color": WATER, "fill-outline-color": "#9fbccd"}),
        _layer("line", "rivers", "rivers", {"line-color": "#a8c6d8", "line-width": _zoomed(0.6, 1.6)}),
        _layer("line", "railways", "railways", {"line-color": "#b1aca1", "line-width": _zoomed(0.5, 1.3)}),
    ]


def _lines() -> list[dict]:
    layers = [
        *(
            _layer(
                "line",
                f"{name}-energy",
                "energy",
                {"line-color": "#ffd23f", "line-width": 9},
                _ROUND,
                filter=["in", ["get", "line_id"], ["literal", []]],
            )
            for name in ("selected", "lit")
        ),
        _layer(
            "line", "energy-casing", "energy", {"line-color": PAPER, "line-width": 3.6, "line-opacity": 0.7}
        ),
        *(_energy_layer(status) for status in LINE_STATUSES),
        _layer(
            "line",
            "selected-line",
            "segments",
            {"line-color": "#ffd23f", "line-width": _zoomed(9, 15)},
            _ROUND,
        ),
        _layer(
            "line",
            "lit-line",
            "segments",
            {"line-color": "#ffd23f", "line-width": _zoomed(12, 18), "line-opacity": 0.9},
            _ROUND,
            filter=["in", ["get", "segment_id"], ["literal", []]],
        ),
        _layer(
            "line",
            "corridors-casing",
            "segments",
            {"line-color": PAPER, "line-width": _by_mode(2.2), "line-opacity": 0.85},
            _ROUND,
        ),
    ]
    return layers + [_corridor_layer(status) for status in LINE_STATUSES]


_ROUND = {"line-cap": "round", "line-join": "round"}


def _corridor_layer(status: str) -> dict:
    paint = {"line-color": colour_of_group(), "line-width": _by_mode(0)}
    return _dashed(_layer("line", f"corridors-{status}", "segments", paint, {"line-join": "round"}), status)


def _energy_layer(status: str) -> dict:
    colour = ["match", ["get", "carrier"], *_pairs(m.CARRIER_COLOURS), "#444444"]
    layer = _layer("line", f"energy-{status}", "energy", {"line-color": colour, "line-width": 1.8})
    return {**_dashed(layer, status), "filter": of_status(status)}


def _dashed(layer: dict, status: str) -> dict:
    dash = m.STATUS_DASHES[status]
    if dash:
        layer["paint"]["line-dasharray"] = list(dash)
    return layer


def _flows() -> list[dict]:
    """Arrows: full, hatched or empty with a dashed edge; their chevrons are features of their own."""
    colour: Expression = ["get", "colour"]
    edge = {"line-color": colour, "line-width": _zoomed(1.1, 2.2)}
    fill = {"fill-color": ["match", ["get", "look"], "actual", colour, PAPER], "fill-opacity": 0.86}
    marks = {"line-color": ["match", ["get", "look"], "actual", PAPER, colour], "line-width": _zoomed(0.9, 2)}
    arrow, is_plan = ["==", ["get", "part"], "arrow"], ["==", ["get", "look"], "plan"]
    lit = {"line-color": "#ffd23f", "line-width": 7}
    none: Expression = ["in", ["get", "flow_id"], ["literal", []]]
    return [
        *(_layer("line", f"{name}-flow", "flows", lit, _ROUND, filter=none) for name in ("selected", "lit")),
        _layer("line", "flows-casing", "flows", {"line-color": PAPER, "line-width": 3.5}, filter=arrow),
        _layer("fill", "flows", "flows", fill, filter=arrow),
        _layer("line", "flows-chevrons", "flows", marks, filter=["!", arrow]),
        _layer("line", "flows-edge", "flows", edge, filter=["all", arrow, ["!", is_plan]]),
        _layer(
            "line",
            "flows-edge-dashed",
            "flows",
            {**edge, "line-dasharray": [2.2, 1.5]},
            filter=["all", arrow, is_plan],
        ),
    ]


def _flow_names() -> dict:
    """What `flow_words.beside` tells of each arrow, beside its middle where there is room."""
    paint = {"text-color": ["get", "colour"], "text-halo-color": PAPER, "text-halo-width": 1.8}
    layout = {
        "text-field": ["get", "text"],
        "text-font": FONT,
        "text-size": 11.5,
        "text-max-width": 13,
        "text-padding": 5,
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.8,
        "text-justify": "auto",
    }
    return _layer("symbol", "flow-names", "flow-names", paint, layout)


def _points() -> list[dict]:
    colour = ["match", ["get", "kind"], *_pairs(m.SITE_COLOURS), "#444444"]
    approximate, building = ["get", "is_approximate"], ["get", "is_building"]
    size = ["case", ["any", ["get", "is_standing"], building], 1.0, 0.78]
    disc = {
        "circle-color": ["case", approximate, PAPER, colour],
        "circle-stroke-color": ["case", approximate, colour, PAPER],
        "circle-stroke-width": ["case", approximate, 2.2, 1.2],
        "circle-radius": [
            "interpolate",
            ["linear"],
            ["zoom"],
            3,
            ["*", 3.4, size],
            6,
            ["*", 6.2, size],
            10,
            ["*", 9.5, size],
        ],
    }
    dot = {
        "circle-color": ["case", approximate, colour, PAPER],
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 3, 1.2, 6, 2.4, 10, 3.6],
    }
    ring = {
        "circle-color": "rgba(255,210,63,0.35)",
        "circle-stroke-color": "#8a6a00",
        "circle-stroke-width": 2,
        "circle-radius": _zoomed(9, 18),
    }
    single: Expression = ["!", ["has", "point_count"]]
    return [
        _layer("circle", "selected", "selected", ring),
        _layer("circle", "lit", "lit", ring),
        _layer("circle", "sites", "sites", disc, filter=single),
        _layer("circle", "sites-building", "sites", dot, filter=["all", single, building]),
        *_clusters(),
        _glyphs(),
    ]


def _clusters() -> list[dict]:
    several: Expression = ["has", "point_count"]
    circle = {
        "circle-color": PAPER,
        "circle-stroke-color": "#3d3d3d",
        "circle-stroke-width": 1.6,
        "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 8, 10, 11, 60, 16],
    }
    number = {
        "text-field": ["to-string", ["get", "point_count"]],
        "text-font": FONT,
        "text-size": 11,
        "text-allow-overlap": True,
        "text-ignore-placement": True,
    }
    return [
        _layer("circle", "clusters", "sites", circle, filter=several),
        _layer("symbol", "cluster-numbers", "sites", {"text-color": "#1a1a1a"}, number, filter=several),
    ]


def _glyphs() -> dict:
    """Border crossings: full where open, hollow where not yet, crossed where closed."""
    glyph = ["match", ["get", "status"], ["operating"], "◆", ["closed"], "✕", "◇"]
    paint = {"text-color": m.CROSSING_COLOUR, "text-halo-color": PAPER, "text-halo-width": 1.6}
    layout = {
        "text-field": glyph,
        "text-font": FONT,
        "text-size": _zoomed(10, 20),
        "text-allow-overlap": True,
        "text-ignore-placement": True,
    }
    return _layer("symbol", "crossings", "crossings", paint, layout)


def _labels(words: Words) -> list[dict]:
    name = ["coalesce", ["get", f"name_{words.language}"], ["get", "name_en"]]
    ink = {"text-color": "#26323a", "text-halo-color": "rgba(255,255,255,0.9)", "text-halo-width": 1.3}
    quiet = {**ink, "text-color": "#5c6470"}
    anchored = {
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.55,
        "text-justify": "auto",
    }
    layers = [
        _label(
            "countries",
            ["==", ["get", "type"], "country"],
            name,
            quiet,
            {
                "text-size": _zoomed(11, 17),
                "text-transform": "uppercase",
                "text-letter-spacing": 0.14,
                "text-max-width": 7,
            },
        ),
        _label(
            "regions-names",
            ["==", ["get", "type"], "region"],
            name,
            quiet,
            {"text-size": _zoomed(10, 14), "text-max-width": 8},
            minzoom=4.6,
        ),
    ]
    for rank, minzoom in ((1, 0), (2, 4.6), (3, 5.4), (4, 6.4)):
        test = ["all", ["==", ["get", "type"], "city"], ["==", ["get", "rank"], rank]]
        layers.append(
            _label(
                f"cities-{rank}",
                test,
                name,
                ink,
                {"text-size": _zoomed(11 if rank == 1 else 10, 15), **anchored},
                minzoom=minzoom,
            )
        )
    layers.append(
        _layer(
            "symbol",
            "site-names",
            "sites",
            ink,
            {"text-field": name, "text-font": FONT, "text-size": 11, "text-max-width": 12, **anchored},
            minzoom=7.6,
        )
    )
    return layers


def _label(name: str, test: Expression, text: Expression, paint: dict, layout: dict, **rest: Any) -> dict:
    layout = {"text-field": text, "text-font": FONT, "text-padding": 3, **layout}
    return _layer("symbol", f"label-{name}", "labels", paint, layout, filter=test, **rest)


def _zoomed(small: float, large: float) -> Expression:
    return ["interpolate", ["linear"], ["zoom"], 3, small, 9, large]


def _by_mode(extra: float) -> Expression:
    def at(scale: float) -> Expression:
        pairs = [v for mode, width in m.MODE_WIDTHS.items() for v in (mode, round(width * scale + extra, 2))]
        return ["match", ["get", "mode"], *pairs, 2]

    return ["interpolate", ["linear"], ["zoom"], 3, at(0.75), 9, at(1.9)]


def _pairs(table: Mapping[str, str]) -> list[str]:
    return [item for pair in table.items() for item in pair]


def colour_of_group() -> Expression:
    return ["match", ["get", "group"], *_pairs(m.GROUP_COLOURS), "#444444"]


def of_status(status: str) -> Expression:
    return ["in", ["get", "status"], ["literal", statuses_like(status)]]


def statuses_like(status: str) -> list[str]:
    """The statuses drawn with the dash of this one."""
    return [status, *(other for other, layer in _DASH_LAYER.items() if layer == status)]


def feature_collection(points: Iterable[tuple[float, float, dict]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [x, y]}}
        for x, y, properties in points
    ]
    return {"type": "FeatureCollection", "features": features}
