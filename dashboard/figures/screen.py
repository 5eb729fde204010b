"""The map for exploring: marks drawn by MapLibre inside a Plotly figure.

Regions are a Plotly choropleth trace. Lines and points are layers of the map style, which can do what
Plotly's map traces cannot: dashes, rings, collision-free labels, several marks told apart at one spot.
Their geometry travels once, by URL. A filter changes such layers by `instructions`, small dicts that
`assets/map.js` carries out: {"layer", "filter", "paint", "visible"} or {"source", "data"}.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.text import Words
from layers.metrics import METRICS

LAND, WATER, PAPER = "#f5f3ee", "#c9dce8", "#ffffff"
REGION_LAYERS_BELOW = "water"
# The land drawn reaches from Duisburg to Xi'an; panning further would show empty sea.
PAN_BOUNDS = {"west": 4, "east": 127, "south": 18, "north": 62}
HOME = {"west": 46.2, "east": 87.6, "south": 36.8, "north": 55.7}
FONT = ["Noto Sans Regular"]
LINE_STATUSES = ("operating", "under-construction", "planned", "study")
_DASH_LAYER = {"completed": "operating", "announced": "planned", "closed": "study"}

Expression = list[Any]
Instruction = dict[str, Any]


def overview_map(marks: m.MapMarks, regions: pd.DataFrame, corridors: pd.DataFrame, words: Words,
                 urls: Mapping[str, str], selected: tuple[str, ...] = ()) -> dict[str, Any]:
    """Figure of the overview map as a plain dict.

    `regions` has names, centre_lat and centre_lon by region_id, `corridors` names by corridor_id; `urls` is
    the GeoJSON address of each source.
    """
    style = base_style(words, urls)
    for instruction in instructions(marks, selected):
        _apply(style, instruction)
    traces = [_region_trace(marks.regions, regions, words, urls["regions"], selected),
              _total_trace(marks.regions, regions)]
    return {
        "data": traces,
        "layout": {
            "map": {"style": style, "bounds": PAN_BOUNDS, "center": {"lon": 66.9, "lat": 46.8}, "zoom": 3.6},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": "camera",
            "showlegend": False,
            "hovermode": "closest",
            "paper_bgcolor": LAND,
            "meta": {"words": tooltip_words(words, corridors), "gestures": gesture_words(words), "language": words.language, "home": HOME},
        },
    }


# ---------------------------------------------------------------- regions (Plotly traces)


def _region_trace(regions: m.RegionMarks, names: pd.DataFrame, words: Words, url: str,
                  selected: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "choroplethmap",
        "geojson": url,
        "featureidkey": "properties.region_id",
        "locations": list(regions.values.index),
        "showscale": False,
        "below": REGION_LAYERS_BELOW,
        "hovertemplate": "%{text}<extra></extra>",
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": "#444444", "font": {"color": "#1a1a1a"}, "align": "left"},
        **region_values(regions, names, words),
        "marker": region_outline(regions, selected),
    }


def region_outline(regions: m.RegionMarks, selected: tuple[str, ...]) -> dict[str, Any]:
    """The border of each region, heavy round a selected one."""
    heavy = [f"region:{region_id}" in selected for region_id in regions.values.index]
    if not any(heavy):
        return {"opacity": 0.8, "line": {"color": "#8b8577", "width": 0.8}}
    return {"opacity": 0.8, "line": {"color": ["#1a1a1a" if h else "#8b8577" for h in heavy], "width": [3 if h else 0.8 for h in heavy]}}


def region_values(regions: m.RegionMarks, names: pd.DataFrame, words: Words) -> dict[str, Any]:
    """The properties of the region trace that depend on the metric."""
    count = max(len(regions.colours), 1)
    empty = LAND if regions.metric == "none" or METRICS[regions.metric].form == "total" else m.NO_DATA_COLOUR
    colours = [empty, *(regions.colours or (LAND,))]
    steps = [[edge / len(colours), colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]
    return {
        "z": [int(c) for c in regions.class_of],
        "zmin": -1.5,
        "zmax": count - 0.5,
        "colorscale": steps,
        "text": [_region_hover(region_id, value, regions.metric, names, words)
                 for region_id, value in regions.values.items()],
    }


def _region_hover(region_id: str, value: float, metric_id: str, names: pd.DataFrame, words: Words) -> str:
    name = f"<b>{html.escape(words.name(names.loc[region_id]))}</b>"
    if metric_id == "none":
        return name
    metric = METRICS[metric_id]
    shown = words("no data") if pd.isna(value) else f"{words.number(value, metric.digits)} {words(metric.unit)}".strip()
    return f"{name}<br>{words(metric.label)}: {shown}"


def _total_trace(regions: m.RegionMarks, centres: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "scattermap",
        "mode": "markers",
        "lat": [round(v, 2) for v in centres["centre_lat"]],
        "lon": [round(v, 2) for v in centres["centre_lon"]],
        "hoverinfo": "skip",
        "below": "railways",
        **total_values(regions),
    }


def total_values(regions: m.RegionMarks) -> dict[str, Any]:
    """The properties of the circle trace that depend on the metric."""
    is_total = METRICS[regions.metric].form == "total"
    sizes = [round(circle_diameter(v, regions.values.max()), 1) for v in regions.values] if is_total else []
    return {"visible": is_total, "marker": {"size": sizes, "color": "#b8742a", "opacity": 0.55}}


def circle_diameter(value: float, largest: float, widest: float = 58.0) -> float:
    """Diameter in pixels of a circle whose area stands for a value; nothing is drawn for no data or zero."""
    if pd.isna(value) or value <= 0 or not largest:
        return 0.0
    return widest * (value / largest) ** 0.5


# ---------------------------------------------------------------- the map style


def base_style(words: Words, urls: Mapping[str, str]) -> dict[str, Any]:
    """A MapLibre style whose sources are all files of the atlas: no tile server, no font server."""
    names = ("land", "water", "rivers", "railways", "labels", "segments", "energy", "crossings", "sites")
    sources: dict[str, Any] = {name: {"type": "geojson", "data": urls[name]} for name in names}
    sources["segments"]["promoteId"] = "segment_id"
    sources["spots"] = {"type": "geojson", "data": _features([])}
    layers = [*_ground(), *_lines(), *_points(), *_labels(words)]
    return {"version": 8, "id": f"atlas-{words.language}", "sources": sources, "layers": layers}


def _layer(kind: str, name: str, source: str, paint: dict, layout: dict | None = None, **rest: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": source, "paint": paint, "layout": layout or {}, **rest}


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
        _layer("line", "energy-casing", "energy", {"line-color": PAPER, "line-width": 3.6, "line-opacity": 0.7}),
        *(_energy_layer(status) for status in LINE_STATUSES),
        _layer("line", "selected-line", "segments", {"line-color": "#ffd23f", "line-width": _zoomed(9, 15)}, _ROUND),
        _layer("line", "corridors-casing", "segments",
               {"line-color": PAPER, "line-width": _by_mode(2.2), "line-opacity": 0.85}, _ROUND),
    ]
    return layers + [_corridor_layer(status) for status in LINE_STATUSES]


_ROUND = {"line-cap": "round", "line-join": "round"}


def _corridor_layer(status: str) -> dict:
    paint = {"line-color": _default_colour(), "line-width": _by_mode(0)}
    return _dashed(_layer("line", f"corridors-{status}", "segments", paint, {"line-join": "round"}), status)


def _energy_layer(status: str) -> dict:
    colour = ["match", ["get", "carrier"], *_pairs(m.CARRIER_COLOURS), "#444444"]
    layer = _layer("line", f"energy-{status}", "energy", {"line-color": colour, "line-width": 1.8})
    return {**_dashed(layer, status), "filter": _of_status(status)}


def _dashed(layer: dict, status: str) -> dict:
    dash = m.STATUS_DASHES[status]
    if dash:
        layer["paint"]["line-dasharray"] = list(dash)
    return layer


def _points() -> list[dict]:
    colour = ["match", ["get", "kind"], *_pairs(m.SITE_COLOURS), "#444444"]
    approximate, building = ["get", "is_approximate"], ["get", "is_building"]
    size = ["case", ["any", ["get", "is_standing"], building], 1.0, 0.78]
    disc = {
        "circle-color": ["case", approximate, PAPER, colour],
        "circle-stroke-color": ["case", approximate, colour, PAPER],
        "circle-stroke-width": ["case", approximate, 2.2, 1.2],
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 3, ["*", 3.4, size], 6, ["*", 6.2, size],
                          10, ["*", 9.5, size]],
    }
    dot = {"circle-color": ["case", approximate, colour, PAPER],
           "circle-radius": ["interpolate", ["linear"], ["zoom"], 3, 1.2, 6, 2.4, 10, 3.6]}
    ring = {"circle-color": "rgba(255,210,63,0.35)", "circle-stroke-color": "#8a6a00", "circle-stroke-width": 2,
            "circle-radius": _zoomed(9, 18)}
    glyph = ["match", ["get", "status"], ["operating"], "◆", ["closed"], "✕", "◇"]
    return [
        _layer("circle", "selected-site", "sites", ring),
        _layer("circle", "selected-crossing", "crossings", ring),
        _layer("circle", "sites", "sites", disc),
        _layer("circle", "sites-building", "sites", dot, filter=building),
        _layer("symbol", "crossings", "crossings",
               {"text-color": m.CROSSING_COLOUR, "text-halo-color": PAPER, "text-halo-width": 1.6},
               {"text-field": glyph, "text-font": FONT, "text-size": _zoomed(10, 20),
                "text-allow-overlap": True, "text-ignore-placement": True}),
        _layer("symbol", "spots", "spots",
               {"text-color": "#1a1a1a", "text-halo-color": PAPER, "text-halo-width": 1.4},
               {"text-field": ["to-string", ["get", "count"]], "text-font": FONT, "text-size": 11,
                "text-offset": [0.75, -0.75], "text-allow-overlap": True, "text-ignore-placement": True}, minzoom=4.2),
    ]


def _labels(words: Words) -> list[dict]:
    name = ["coalesce", ["get", f"name_{words.language}"], ["get", "name_en"]]
    ink = {"text-color": "#26323a", "text-halo-color": "rgba(255,255,255,0.9)", "text-halo-width": 1.3}
    quiet = {**ink, "text-color": "#5c6470"}
    anchored = {"text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.55,
                "text-justify": "auto"}
    layers = [
        _label("countries", ["==", ["get", "type"], "country"], name, quiet,
               {"text-size": _zoomed(11, 17), "text-transform": "uppercase", "text-letter-spacing": 0.14,
                "text-max-width": 7}),
        _label("regions-names", ["==", ["get", "type"], "region"], name, quiet,
               {"text-size": _zoomed(10, 14), "text-max-width": 8}, minzoom=4.6),
    ]
    for rank, minzoom in ((1, 0), (2, 4.6), (3, 5.4), (4, 6.4)):
        test = ["all", ["==", ["get", "type"], "city"], ["==", ["get", "rank"], rank]]
        layers.append(_label(f"cities-{rank}", test, name, ink,
                             {"text-size": _zoomed(11 if rank == 1 else 10, 15), **anchored}, minzoom=minzoom))
    layers.append(_layer("symbol", "site-names", "sites", ink,
                         {"text-field": name, "text-font": FONT, "text-size": 11, "text-max-width": 12, **anchored},
                         minzoom=7.6))
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


def _default_colour() -> Expression:
    return ["match", ["get", "group"], *_pairs(m.GROUP_COLOURS), "#444444"]


# ---------------------------------------------------------------- what a filter changes


def instructions(marks: m.MapMarks, selected: tuple[str, ...] = ()) -> list[Instruction]:
    """What to change in the style so that it shows these marks."""
    shown = set(marks.shown)
    return [
        *_line_instructions(marks, "corridors" in shown),
        *({"layer": f"energy-{status}", "visible": "energy" in shown} for status in ("casing", *LINE_STATUSES)),
        *_site_instructions(marks.sites, "sites" in shown),
        {"layer": "crossings", "visible": "crossings" in shown, "filter": _one_of("crossing_id", marks.crossings.index)},
        {"layer": "railways", "visible": "railways" in shown},
        {"layer": "rivers", "visible": "rivers" in shown},
        *({"layer": name, "visible": "labels" in shown} for name in _LABEL_LAYERS),
        *selection_instructions(marks, selected),
    ]


_LABEL_LAYERS = ("label-countries", "label-regions-names", *(f"label-cities-{rank}" for rank in (1, 2, 3, 4)))


def _line_instructions(marks: m.MapMarks, visible: bool) -> list[Instruction]:
    lines, colour = marks.lines, _line_colour(marks.lines)
    every: Expression = ["has", "segment_id"]
    casing = every if marks.has_all_lines else _one_of("segment_id", lines.index)
    out: list[Instruction] = [{"layer": "corridors-casing", "visible": visible, "filter": casing}]
    for status in LINE_STATUSES:
        alike = _alike(status)
        own = lines.index[lines["status"].isin(alike)]
        drawn = _of_status(status) if marks.has_all_lines else _one_of("segment_id", own)
        out.append({"layer": f"corridors-{status}", "visible": visible, "paint": {"line-color": colour},
                    "filter": drawn})
    return out


def _line_colour(lines: pd.DataFrame) -> Expression | str:
    """One colour, the colour of the first corridor, or exceptions to it: whichever says it shortest."""
    if lines["colour"].nunique() == 1:
        return lines["colour"].iloc[0]
    own = lines[lines["leading"] != lines["corridor_ids"].str[0]]
    if own.empty:
        return _default_colour()
    pairs = [item for colour, group in own.groupby("colour") for item in (list(group.index), colour)]
    return ["match", ["get", "segment_id"], *pairs, _default_colour()]


def _site_instructions(sites: pd.DataFrame, visible: bool) -> list[Instruction]:
    drawn = _one_of("site_id", sites.index)
    spots = sites.groupby([sites.geometry.x, sites.geometry.y]).size()
    several = _features([(x, y, {"count": int(n)}) for (x, y), n in spots[spots > 1].items()])
    return [
        {"layer": "sites", "visible": visible, "filter": drawn},
        {"layer": "sites-building", "visible": visible, "filter": ["all", ["get", "is_building"], drawn]},
        {"layer": "site-names", "visible": visible, "filter": drawn},
        {"layer": "spots", "visible": visible},
        {"source": "spots", "data": several},
    ]


def selection_instructions(marks: m.MapMarks, selected: tuple[str, ...]) -> list[Instruction]:
    """Light up what is selected; a corridor lights up all its segments."""
    chosen: dict[str, list[str]] = {}
    for key in selected:
        kind, _, identifier = key.partition(":")
        chosen.setdefault(kind, []).append(identifier)
    segments = list(chosen.get("segment", []))
    for corridor in chosen.get("corridor", []):
        segments += [i for i, ids in marks.lines["corridor_ids"].items() if corridor in ids]
    return [
        {"layer": "selected-line", "filter": _one_of("segment_id", segments)},
        {"layer": "selected-site", "filter": _one_of("site_id", chosen.get("site", []))},
        {"layer": "selected-crossing", "filter": _one_of("crossing_id", chosen.get("crossing", []))},
    ]


def _one_of(name: str, ids: Iterable[str]) -> Expression:
    return ["in", ["get", name], ["literal", list(ids)]]


def _of_status(status: str) -> Expression:
    return ["in", ["get", "status"], ["literal", _alike(status)]]


def _alike(status: str) -> list[str]:
    """The statuses drawn with the dash of this one."""
    return [status, *(other for other, layer in _DASH_LAYER.items() if layer == status)]


def _apply(style: dict[str, Any], instruction: Instruction) -> None:
    if "source" in instruction:
        style["sources"][instruction["source"]]["data"] = instruction["data"]
        return
    layer = next(layer for layer in style["layers"] if layer["id"] == instruction["layer"])
    if "filter" in instruction:
        layer["filter"] = instruction["filter"]
    if "visible" in instruction:
        layer["layout"]["visibility"] = "visible" if instruction["visible"] else "none"
    layer["paint"] |= instruction.get("paint", {})


def _features(points: Iterable[tuple[float, float, dict]]) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": properties,
                 "geometry": {"type": "Point", "coordinates": [x, y]}} for x, y, properties in points]
    return {"type": "FeatureCollection", "features": features}


def tooltip_words(words: Words, corridors: pd.DataFrame) -> dict[str, Any]:
    """The words a tooltip in the browser is put together from; `corridors` has names by corridor_id."""
    def table(codes: Mapping[str, str]) -> dict[str, str]:
        return {code: words(message) for code, message in codes.items()}
    return {
        "status": table(vocabulary.STATUSES),
        "kind": table(vocabulary.SITE_KINDS),
        "mode": table(vocabulary.MODES),
        "carrier": table(vocabulary.CARRIERS),
        "approximate": words("approximate place"),
        "schematic": words("schematic line"),
        "crossing": words("border crossing"),
        "corridor": {corridor_id: words.name(row) for corridor_id, row in corridors.iterrows()},
        "more": words("and {n} more here: click to choose"),
    }


def gesture_words(words: Words) -> dict[str, str]:
    """What MapLibre tells a reader on a phone whose one finger scrolls the page."""
    return {
        "CooperativeGesturesHandler.MobileHelpText": words("Use two fingers to move the map"),
        "CooperativeGesturesHandler.WindowsHelpText": words("Use Ctrl and scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": words("Use ⌘ and scroll to zoom the map"),
    }
