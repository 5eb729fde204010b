"""The map for exploring: marks drawn by MapLibre inside a Plotly figure.

Regions are a Plotly choropleth trace. Lines and points are layers of the map style, which can do what
Plotly's map traces cannot: dashes, rings, collision-free labels, several marks told apart at one spot.
Their geometry travels once, by URL. A filter changes such layers by `instructions`, small dicts that
`assets/map.js` carries out: {"layer", "filter", "paint", "visible"}, {"source", "data"}, {"source", "keep"}
for the sites, of which only some ids are kept, or {"source", "tiles"} for a layer that travels as tiles.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures import tiled
from dashboard.figures.flow_features import flow_names, flow_shapes
from dashboard.figures.style import (
    LABEL_LAYERS,
    LAND,
    LINE_STATUSES,
    Expression,
    base_style,
    colour_of_group,
    feature_collection,
    of_status,
    statuses_like,
)
from dashboard.text import SOURCE_LANGUAGE, Words, speak
from layers.metrics import Metric

REGION_LAYERS_BELOW = "water"
# The land drawn reaches from Duisburg to Xi'an; panning further would show empty sea.
PAN_BOUNDS = {"west": 4, "east": 127, "south": 18, "north": 62}
Bounds = tuple[float, float, float, float]
HOME: Bounds = (46.2, 36.8, 87.6, 55.7)

Instruction = dict[str, Any]
Points = Sequence[tuple[float, float]]
CROWD, CROWD_RADIUS = 1000, 32  # sites, pixels: circles of so many would cover each other
SITE_LAYERS = ("sites", "sites-building", "clusters", "cluster-numbers", "site-names")


def screen_map(
    marks: m.MapMarks,
    regions: pd.DataFrame,
    corridors: pd.DataFrame,
    words: Words,
    urls: Mapping[str, str],
    selected: tuple[str, ...] = (),
    points: Points = (),
    home: Bounds = HOME,
) -> dict[str, Any]:
    """Figure of a map for exploring as a plain dict, which opens on `home` (west, south, east, north).

    `regions` has names, centre_lat and centre_lon by region_id, `corridors` names by corridor_id; `urls` is
    the address of each source, of GeoJSON or of tiles.
    """
    style, tiles = base_style(words, urls), tiled.tiled(urls)
    if tiles:
        tiled.draw_from_tiles(style, tiles)
    if not marks.has_all_sites and "sites" not in tiles:
        # assets/map.js puts the sites that fit there; a file still loading would come after them.
        style["sources"]["sites"]["data"] = feature_collection([])
    if len(marks.sites) > CROWD and "sites" not in tiles:
        style["sources"]["sites"]["clusterRadius"] = CROWD_RADIUS
    changes = instructions(marks, selected, points, words, tiles)
    for instruction in changes:
        _apply(style, instruction)
    for layer in style["layers"]:
        # Plotly takes empty parts away when the camera moves, finds the style changed and loads it anew.
        if not layer.get("layout"):
            layer.pop("layout", None)
    region_trace = (
        {"type": "choroplethmap", "locations": [], "z": [], "geojson": feature_collection([])}
        if "regions" in tiles
        else _region_trace(marks.regions, regions, words, urls["regions"], selected)
    )
    traces = [region_trace, _total_trace(marks.regions, regions)]
    return {
        "data": traces,
        "layout": {
            "map": {"style": style, "bounds": PAN_BOUNDS, "center": {"lon": 66.9, "lat": 46.8}, "zoom": 3.6},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "uirevision": "camera",
            "showlegend": False,
            "hovermode": "closest",
            "paper_bgcolor": LAND,
            "meta": {
                "words": tooltip_words(words, corridors),
                "gestures": gesture_words(words),
                "language": words.language,
                "sites": {
                    "url": urls["sites"],
                    "keep": None if marks.has_all_sites or "sites" in tiles else list(marks.sites.index),
                },
                "home": list(home),
                **({"tiles": tiled.told_of(tiles, changes)} if tiles else {}),
            },
        },
    }


def _region_trace(
    regions: m.RegionMarks, names: pd.DataFrame, words: Words, url: str, selected: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "type": "choroplethmap",
        "geojson": url,
        "featureidkey": "properties.region_id",
        "locations": list(regions.values.index),
        "showscale": False,
        "below": REGION_LAYERS_BELOW,
        "hovertemplate": "%{text}<extra></extra>",
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": "#444444",
            "font": {"color": "#1a1a1a"},
            "align": "left",
        },
        **region_values(regions, names, words),
        "marker": region_outline(regions, selected),
    }


def region_outline(regions: m.RegionMarks, selected: tuple[str, ...]) -> dict[str, Any]:
    """The border of each region, heavy round a selected one."""
    heavy = [f"region:{region_id}" in selected for region_id in regions.values.index]
    if not any(heavy):
        return {"opacity": 0.8, "line": {"color": "#8b8577", "width": 0.8}}
    return {
        "opacity": 0.8,
        "line": {
            "color": ["#1a1a1a" if h else "#8b8577" for h in heavy],
            "width": [3 if h else 0.8 for h in heavy],
        },
    }


def region_values(regions: m.RegionMarks, names: pd.DataFrame, words: Words) -> dict[str, Any]:
    """The properties of the region trace that depend on the metric."""
    count = max(len(regions.colours), 1)
    empty = LAND if regions.metric.form in ("none", "total") else m.NO_DATA_COLOUR
    colours = [empty, *(regions.colours or (LAND,))]
    steps = [[edge / len(colours), colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]
    return {
        "z": [int(c) for c in regions.class_of],
        "zmin": -1.5,
        "zmax": count - 0.5,
        "colorscale": steps,
        "text": [
            _region_hover(region_id, value, regions.metric, names, words)
            for region_id, value in regions.values.items()
        ],
    }


def _region_hover(region_id: str, value: float, metric: Metric, names: pd.DataFrame, words: Words) -> str:
    name = f"<b>{html.escape(words.name(names.loc[region_id]))}</b>"
    if metric.form == "none":
        return name
    shown = (
        words("no data")
        if pd.isna(value)
        else f"{words.number(value, metric.digits)} {words(metric.unit)}".strip()
    )
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
    is_total, largest = regions.metric.form == "total", regions.values.max()
    sizes = [round(circle_diameter(v, largest), 1) for v in regions.values] if is_total else []
    return {"visible": is_total, "marker": {"size": sizes, "color": "#b8742a", "opacity": 0.55}}


def circle_diameter(value: float, largest: float, widest: float = 58.0) -> float:
    """Diameter in pixels of a circle whose area stands for a value; nothing is drawn for no data or zero."""
    if pd.isna(value) or value <= 0 or not largest:
        return 0.0
    return widest * (value / largest) ** 0.5


def instructions(
    marks: m.MapMarks,
    selected: tuple[str, ...] = (),
    points: Points = (),
    words: Words | None = None,
    tiles: Mapping[str, str] | None = None,
) -> list[Instruction]:
    """What to change in the style so that it shows these marks.

    `words` tell of flows and of regions in tiles, else English does; `tiles` are the addresses of the layers
    that travel as tiles.
    """
    words, tiles = words or speak(SOURCE_LANGUAGE), tiles or {}
    shown = set(marks.shown)
    return [
        *(
            tiled.line_instructions(marks.lines, tiles["segments"], "corridors" in shown)
            if "segments" in tiles
            else _line_instructions(marks, "corridors" in shown)
        ),
        *(tiled.region_instructions(marks.regions, words) if "regions" in tiles else ()),
        *_energy_instructions(marks.energy, "energy" in shown),
        *flow_instructions(marks.flows, words),
        *_site_instructions(marks.sites, marks.has_all_sites, "sites" in shown, tiles.get("sites")),
        {
            "layer": "crossings",
            "visible": "crossings" in shown,
            "filter": _one_of("crossing_id", marks.crossings.index),
        },
        {"layer": "railways", "visible": "railways" in shown},
        {"layer": "rivers", "visible": "rivers" in shown},
        *({"layer": name, "visible": "labels" in shown} for name in LABEL_LAYERS),
        *selection_instructions(marks, selected, points, tiles),
    ]


def _line_instructions(marks: m.MapMarks, visible: bool) -> list[Instruction]:
    lines, colour = marks.lines, _line_colour(marks.lines)
    every: Expression = ["has", "segment_id"]
    casing = every if marks.has_all_lines else _one_of("segment_id", lines.index)
    out: list[Instruction] = [{"layer": "corridors-casing", "visible": visible, "filter": casing}]
    own = {} if marks.has_all_lines else _ids_by_status(lines)
    for status in LINE_STATUSES:
        drawn = of_status(status) if marks.has_all_lines else _one_of("segment_id", own[status])
        out.append(
            {
                "layer": f"corridors-{status}",
                "visible": visible,
                "paint": {"line-color": colour},
                "filter": drawn,
            }
        )
    return out


def _ids_by_status(lines: pd.DataFrame) -> dict[str, list[str]]:
    """The lines that look alike, by the status that the layer of their dash is named by."""
    statuses = [*zip(lines.index, lines["status"].tolist(), strict=True)]
    alike = {status: statuses_like(status) for status in LINE_STATUSES}
    return {name: [one for one, status in statuses if status in drawn] for name, drawn in alike.items()}


def _line_colour(lines: pd.DataFrame) -> Expression | str:
    """One colour, the colour of the first corridor, or exceptions to it: whichever says it shortest."""
    if len(colours := set(lines["colour"].tolist())) == 1:
        return colours.pop()
    exceptions: dict[str, list[str]] = {}
    columns = (lines[name].tolist() for name in ("colour", "leading", "corridor_ids"))
    for segment_id, colour, leading, ids in zip(lines.index, *columns, strict=True):
        if leading != ids[0]:
            exceptions.setdefault(colour, []).append(segment_id)
    if not exceptions:
        return colour_of_group()
    pairs = [item for colour in sorted(exceptions) for item in (exceptions[colour], colour)]
    return ["match", ["get", "segment_id"], *pairs, colour_of_group()]


def _site_instructions(
    sites: pd.DataFrame, has_all: bool, visible: bool, url: str | None = None
) -> list[Instruction]:
    if url:
        kept: Instruction = {"source": "sites", "tiles": url}
    else:
        kept = {"source": "sites", "keep": None if has_all else list(sites.index)}
    return [kept, *({"layer": name, "visible": visible} for name in SITE_LAYERS)]


def _energy_instructions(lines: pd.DataFrame, visible: bool) -> list[Instruction]:
    """The lines of these marks and no others, each in the layer of its dash."""
    return [
        {"layer": f"energy-{name}", "visible": visible, "filter": _one_of("line_id", ids)}
        for name, ids in {"casing": lines.index, **_ids_by_status(lines)}.items()
    ]


def flow_instructions(flows: pd.DataFrame, words: Words) -> list[Instruction]:
    """The arrows of flows, which travel with the figure: side by side they lie otherwise in each choice."""
    if flows.empty:
        return [{"source": name, "data": feature_collection([])} for name in ("flows", "flow-names")]
    return [
        {"source": "flows", "data": flow_shapes(flows, words)},
        {"source": "flow-names", "data": flow_names(flows, words)},
    ]


def selection_instructions(
    marks: m.MapMarks,
    selected: tuple[str, ...],
    points: Points,
    tiles: Mapping[str, str] | None = None,
) -> list[Instruction]:
    """Light up what is selected: the spots at `points` (lon, lat), and all segments of a corridor."""
    segments: list[str] = []
    named: dict[str, list[str]] = {"energy": [], "flow": [], "region": []}
    for key in selected:
        kind, _, identifier = key.partition(":")
        if kind in named:
            named[kind].append(identifier)
        if kind == "segment":
            segments.append(identifier)
        elif kind == "corridor":
            segments += [i for i, ids in marks.lines["corridor_ids"].items() if identifier in ids]
    lines: Instruction = {"layer": "selected-line", "filter": _one_of("segment_id", segments)}
    if "segments" in (tiles or {}):
        lines = {"source": "selected-lines", "data": tiled.lit_lines(marks.lines, segments)}
    areas = [{"layer": "selected-region", "filter": _one_of("region_id", named["region"])}]
    return [
        lines,
        *(areas if "regions" in (tiles or {}) else ()),
        {"layer": "selected-energy", "filter": _one_of("line_id", named["energy"])},
        {"layer": "selected-flow", "filter": _one_of("flow_id", named["flow"])},
        {"source": "selected", "data": feature_collection([(lon, lat, {}) for lon, lat in points])},
    ]


def _one_of(name: str, ids: Iterable[str]) -> Expression:
    return ["in", ["get", name], ["literal", list(ids)]]


def _apply(style: dict[str, Any], instruction: Instruction) -> None:
    if "keep" in instruction or "told" in instruction:
        return  # assets/map.js does this: the source is clustered, so its data must change
    if "tiles" in instruction:
        style["sources"][instruction["source"]]["tiles"] = [instruction["tiles"]]
        return
    if "source" in instruction:
        style["sources"][instruction["source"]]["data"] = instruction["data"]
        return
    layer = next(layer for layer in style["layers"] if layer["id"] == instruction["layer"])
    if "filter" in instruction:
        layer["filter"] = instruction["filter"]
    if "visible" in instruction:
        layer["layout"]["visibility"] = "visible" if instruction["visible"] else "none"
    layer["paint"] |= instruction.get("paint", {})


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
        "sites": words("{n} sites close together: click to come nearer"),
        "more": words("and {n} more here: click to choose"),
    }


def gesture_words(words: Words) -> dict[str, str]:
    """What MapLibre tells a reader on a phone whose one finger scrolls the page."""
    return {
        "CooperativeGesturesHandler.MobileHelpText": words("Use two fingers to move the map"),
        "CooperativeGesturesHandler.WindowsHelpText": words("Use Ctrl and scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": words("Use ⌘ and scroll to zoom the map"),
    }
