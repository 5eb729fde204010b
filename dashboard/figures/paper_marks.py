"""The marks of a map as Plotly geo traces: vectors in the printed map's projection, from bottom to top."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures import paper_ground as ground
from dashboard.figures import screen
from dashboard.figures.flow_words import followed, in_short
from dashboard.figures.paper_crowds import MOST_NAMED
from dashboard.figures.paper_look import (
    BUILDING_DOT,
    COUNT_EDGE,
    HOLLOW_EDGE,
    TOTALS_COLOUR,
    TOTALS_EDGE,
    TOTALS_OPACITY,
    Look,
    dash_of,
    opaque,
)
from dashboard.figures.paper_spots import Spots, in_frame, lettered
from dashboard.figures.projection import CONIC, Frame
from dashboard.figures.sheet import FONT_FAMILY, INK
from dashboard.figures.style import LAND, PAPER, WATER
from dashboard.figures.tiled import MESH_OPACITY, MESH_WIDTH
from dashboard.text import Words
from layers import Atlas

Trace = dict[str, Any]
BORDER, WATER_EDGE, RIVER, RAILWAY, OWN_BORDER = "#a59f90", "#9fbccd", "#a8c6d8", "#aca79c", "#6f6858"
LIT = "#ffd23f"
CASING = "rgba(255,255,255,0.85)"
HOVER = {"bgcolor": "#ffffff", "bordercolor": "#444444", "font": {"color": "#1a1a1a"}, "align": "left"}
STEP = 6.0  # pixels between points along a line
PLAN_DASH = (3.0, 2.2)  # widths
THIN = 0.3  # pixels of the borders of so many regions that thicker ones would cover the shading


def points_along(marks: m.MapMarks, lines: gpd.GeoDataFrame, frame: Frame) -> list[tuple[float, float]]:
    """Points of the sheet along `lines` of corridors and on the arrows, for labels to keep away from."""
    if len(marks.flows):
        degrees = shapely.get_coordinates(list(marks.flows["chevrons"]))
        return list(zip(*frame.pixels(degrees[:, 0], degrees[:, 1]), strict=True))
    if "corridors" not in marks.shown or lines.empty:
        return []
    dense = in_metres(_parted(lines)[0], frame).geometry.segmentize(STEP * frame.metres_a_pixel)
    metres = shapely.get_coordinates(dense.to_numpy())
    return list(zip(*frame.pixels_of_metres(metres[:, 0], metres[:, 1]), strict=True))


def traces(
    marks: m.MapMarks,
    lines: gpd.GeoDataFrame,
    atlas: Atlas,
    below: ground.Drawn,
    spots: Spots,
    frame: Frame,
    look: Look,
    words: Words,
    selected: tuple[str, ...],
) -> list[Trace]:
    """Everything the map shows but its names; `lines` are the corridors as they are drawn."""
    shown = set(marks.shown)
    return [
        _polygons(below.land, ground.collection(below, "land"), LAND, BORDER, 0.7 * look.line),
        _regions(_showing(marks.regions, below), atlas, below, words, selected),
        _polygons(below.water, ground.collection(below, "water"), WATER, WATER_EDGE, 0.5),
        *_totals(marks.regions, atlas, frame, look),
        *([_line(ground.joined(below.rivers), RIVER, 0.8 * look.line)] if "rivers" in shown else []),
        *([_line(ground.joined(below.railways), RAILWAY, 0.7 * look.line)] if "railways" in shown else []),
        _line(_own_borders(below, atlas), OWN_BORDER, 1.2 * look.line),
        *(_energy(marks.energy, frame, look, selected) if "energy" in shown else []),
        *(_corridors(marks.lines, lines, frame, look, selected) if "corridors" in shown else []),
        *(_flows(marks.flows, look, words, selected) if len(marks.flows) else []),
        *_rings(spots, marks, atlas, look, frame, selected),
        *(_sites(marks.sites, spots.sites, frame, look, words) if len(spots.sites) else []),
        *(_crossings(marks.crossings, spots.crossings, frame, look, words) if len(spots.crossings) else []),
        *(_counts(spots.counts, frame, look, words) if len(spots.counts) else []),
    ]


def _polygons(shapes: gpd.GeoSeries, collection: dict[str, Any], fill: str, edge: str, width: float) -> Trace:
    return {
        "type": "choropleth",
        "geojson": collection,
        "locations": [str(i) for i in shapes.index],
        "z": [0] * len(shapes),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": edge, "width": round(width, 2)}},
    }


def _showing(regions: m.RegionMarks, below: ground.Drawn) -> m.RegionMarks:
    """The regions that show; classes and their edges are those of all."""
    ids = regions.values.index.intersection(below.regions.index)
    return replace(regions, values=regions.values.loc[ids], class_of=regions.class_of.loc[ids])


def _regions(
    regions: m.RegionMarks, atlas: Atlas, below: ground.Drawn, words: Words, selected: tuple[str, ...]
) -> Trace:
    values = screen.region_values(regions, atlas.regions, words)
    outline = screen.region_outline(regions, selected)["line"]
    if len(below.regions) > MOST_NAMED:
        widths = outline["width"]
        several = [wide if wide > 1 else THIN for wide in widths] if isinstance(widths, list) else THIN
        outline = outline | {"width": several}
    return {
        "type": "choropleth",
        "geojson": ground.collection(below, "regions"),
        "locations": list(regions.values.index),
        "customdata": [f"region:{region_id}" for region_id in regions.values.index],
        "showscale": False,
        "hovertemplate": "%{text}<extra></extra>",
        "hoverlabel": HOVER,
        **values,
        "colorscale": [[edge, opaque(colour)] for edge, colour in values["colorscale"]],
        "marker": {"line": outline},
    }


def _own_borders(below: ground.Drawn, atlas: Atlas) -> gpd.GeoSeries:
    return ground.joined(below.own_countries(atlas.regions["country_iso3"]).boundary)


def _totals(regions: m.RegionMarks, atlas: Atlas, frame: Frame, look: Look) -> list[Trace]:
    if regions.metric.form != "total":
        return []
    values = regions.values[regions.values > 0].sort_values(ascending=False)
    places = atlas.regions.loc[values.index]
    x, y = frame.pixels(places["centre_lon"], places["centre_lat"])
    near, places, largest = frame.has(x, y), places[frame.has(x, y)], values.max()
    marker = {
        "size": [round(look.circle(value / largest), 1) for value in values[near]],
        "color": TOTALS_COLOUR,
        "opacity": TOTALS_OPACITY,
        "line": {"color": TOTALS_EDGE, "width": 1},
    }
    return [_points(places["centre_lon"], places["centre_lat"], marker)] if len(places) else []


def _points(lon: Iterable[float], lat: Iterable[float], marker: dict[str, Any]) -> Trace:
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [round(float(v), 4) for v in lon],
        "lat": [round(float(v), 4) for v in lat],
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _line(shapes: gpd.GeoSeries, colour: str, width: float, dash: tuple[float, ...] | None = None) -> Trace:
    """One trace for lines that look alike; shapes in metres of the projection."""
    lon, lat = ground.line_degrees(shapes)
    width = round(width, 2)
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": lon,
        "lat": lat,
        "line": {"color": colour, "width": width, "dash": dash_of(dash, width)},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def in_metres(lines: gpd.GeoDataFrame, frame: Frame) -> gpd.GeoDataFrame:
    """Lines in metres of the projection, as fine as a frame's pixels and cut a little outside of it."""
    lines = lines[lines.geometry.geom_type.isin(("LineString", "MultiLineString"))]
    coarse = ground.coarse_lines(lines.geometry.to_crs(CONIC), frame)
    return lines.loc[coarse.index].set_geometry(coarse)


def _by_dash(lines: gpd.GeoDataFrame) -> list[tuple[tuple[float, ...] | None, gpd.GeoDataFrame]]:
    """Lines by their dash, solid ones first: a plan never hides under what stands."""
    order = list(dict.fromkeys(m.STATUS_DASHES.values()))
    ranks = lines["status"].map(lambda status: order.index(m.STATUS_DASHES[status]))
    return [(order[rank], rows) for rank, rows in lines.groupby(ranks)]


def _energy(lines: gpd.GeoDataFrame, frame: Frame, look: Look, selected: tuple[str, ...]) -> list[Trace]:
    lines, width = in_metres(lines, frame), 1.8 * look.line
    if lines.empty:
        return []
    lit = [f"energy:{line_id}" in selected for line_id in lines.index]
    out = [_line(lines.geometry[lit], LIT, 8 * look.line)] if any(lit) else []
    out.append(_line(lines.geometry, CASING, width + 1.8 * look.line))
    for dash, alike in _by_dash(lines):
        out += [_line(rows.geometry, colour, width, dash) for colour, rows in alike.groupby("colour")]
    return out


def _flows(flows: gpd.GeoDataFrame, look: Look, words: Words, selected: tuple[str, ...]) -> list[Trace]:
    """Arrows: results full, contracts hatched, plans with a dashed edge; their amounts stand on them."""
    edges = flows.geometry.to_crs(CONIC).map(lambda shape: shapely.LineString(shape.exterior.coords))
    edges = gpd.GeoSeries(edges, index=flows.index, crs=CONIC)
    lit = [f"flow:{flow_id}" in selected for flow_id in flows["flow_id"]]
    out = [_line(edges[lit], LIT, 7 * look.line)] if any(lit) else []
    out.append(_line(edges, CASING, 3.2 * look.line))
    chevrons = gpd.GeoSeries(list(flows["chevrons"]), flows.index, 4326).to_crs(CONIC)
    for (kind, colour), rows in flows.groupby(["look", "colour"], sort=False):
        out.append(_arrows(rows, colour if kind == "actual" else PAPER, words))
        drawn = chevrons[rows.index].loc[lambda lines: ~lines.is_empty]
        if len(drawn):
            out.append(_line(drawn, PAPER if kind == "actual" else colour, 1.1 * look.line))
        out.append(_line(edges[rows.index], colour, 1.4 * look.line, PLAN_DASH if kind == "plan" else None))
    return out


def _arrows(flows: gpd.GeoDataFrame, fill: str, words: Words) -> Trace:
    """Arrows of one colour that say what they are, with "flow:…" for a click."""
    keys = [f"flow:{flow_id}" for flow_id in flows["flow_id"]]
    texts = [flow_text(row, words) for row in flows.to_dict("records")]
    shapes = flows.geometry.to_crs(CONIC).map(_several)
    trace = _polygons(shapes, ground.geojson(shapes), fill, "rgba(0,0,0,0)", 0)
    return trace | told(keys, texts)


def _several(shape: shapely.Polygon) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shape])


def flow_text(row: dict[str, Any], words: Words) -> str:
    """What an arrow says under the pointer."""
    return (
        f"<b>{html.escape(words.name(row))}</b><br>{html.escape(in_short(row, words))}<br>"
        f"{html.escape(followed(row, words))}"
    )


def _corridors(
    every: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, frame: Frame, look: Look, selected: tuple[str, ...]
) -> list[Trace]:
    """The lines as they are drawn, over those of `every` segment that is selected."""
    keys = set(selected)
    lit = [_is_selected(*row, keys) for row in every["corridor_ids"].items()] if keys else []
    lit = in_metres(every[lit], frame) if any(lit) else []
    out = [_line(lit.geometry, LIT, 8 * look.line)] if len(lit) else []
    lines, meshes = (in_metres(some, frame) for some in _parted(lines))
    for (colour, width), rows in meshes.groupby(["colour", "width"]):
        out.append(_line(rows.geometry, colour, MESH_WIDTH * width * look.line) | {"opacity": MESH_OPACITY})
    for width, rows in lines.groupby("width"):
        out.append(_line(rows.geometry, CASING, (width + 2) * look.line))
    for dash, alike in _by_dash(lines):
        for (colour, width), rows in alike.groupby(["colour", "width"]):
            out.append(_line(rows.geometry, colour, width * look.line, dash))
    return out


def _parted(lines: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Lines, and those of nets of very many, which are drawn thinly: they would cover all else."""
    is_mesh = lines["is_mesh"].astype(bool) if "is_mesh" in lines else pd.Series(False, index=lines.index)
    return lines[~is_mesh], lines[is_mesh]


def _is_selected(segment_id: str, corridor_ids: Iterable[str], keys: set[str]) -> bool:
    return f"segment:{segment_id}" in keys or any(f"corridor:{corridor}" in keys for corridor in corridor_ids)


def _rings(
    spots: Spots, marks: m.MapMarks, atlas: Atlas, look: Look, frame: Frame, selected: tuple[str, ...]
) -> list[Trace]:
    """Rings round the sites, crossings and places on the network that are selected."""
    sites = [key.removeprefix("site:") for key in selected] if len(spots.counts) else []
    together = marks.sites[marks.sites.index.isin(sites)]
    nodes = atlas.nodes[atlas.nodes.index.isin([key.removeprefix("node:") for key in selected])]
    chosen = pd.concat(
        [
            spots.sites[[f"site:{i}" in selected for i in spots.sites.index]],
            in_frame(together[~together.index.isin(spots.sites.index)], frame),
            spots.crossings[[f"crossing:{i}" in selected for i in spots.crossings.index]],
            in_frame(nodes, frame),
        ]
    )
    ring = {
        "color": "rgba(255,210,63,0.5)",
        "line": {"color": "#8a6a00", "width": 2},
        "size": 2.2 * look.site,
    }
    return [_points(*frame.degrees(chosen["x"], chosen["y"]), ring)] if len(chosen) else []


def _sites(
    sites: gpd.GeoDataFrame, spots: pd.DataFrame, frame: Frame, look: Look, words: Words
) -> list[Trace]:
    sites = sites.loc[spots.index]
    full_size = (sites["is_standing"] | sites["is_building"]).map({True: 1.0, False: 0.78})
    hollow, colours, wide = list(sites["is_approximate"]), list(sites["colour"]), look.site * full_size
    marker = {
        "size": [round(w, 1) for w in wide],
        "color": [PAPER if h else c for h, c in zip(hollow, colours, strict=True)],
        "opacity": 1,
        "line": {
            "color": [c if h else PAPER for h, c in zip(hollow, colours, strict=True)],
            "width": [round(w * HOLLOW_EDGE, 1) if h else 0.9 for h, w in zip(hollow, wide, strict=True)],
        },
    }
    discs = _points(*frame.degrees(spots["x"], spots["y"]), marker)
    discs |= told([f"site:{i}" for i in sites.index], [_site_text(r, words) for _, r in sites.iterrows()])
    building = sites["is_building"].to_numpy()
    if not building.any():
        return [discs]
    dots = {
        "size": round(look.site * BUILDING_DOT, 1),
        "color": [c if h else PAPER for h, c, b in zip(hollow, colours, building, strict=True) if b],
        "opacity": 1,
        "line": {"width": 0},
    }
    return [discs, _points(*frame.degrees(spots["x"][building], spots["y"][building]), dots)]


def _counts(counts: pd.DataFrame, frame: Frame, look: Look, words: Words) -> list[Trace]:
    """Circles with the number of the sites that stand together in each."""
    marker = {
        "size": [round(wide, 1) for wide in counts["wide"]],
        "color": PAPER,
        "opacity": 1,
        "line": {"color": COUNT_EDGE, "width": 1.2},
    }
    rows = counts[["count", "wide"]].itertuples(index=False)
    numbers = [lettered(int(count), wide, look.small, words) for count, wide in rows]
    letters = {"family": FONT_FAMILY, "size": [round(size, 1) for _, size in numbers], "color": INK}
    said = [words.plural("{n} site", "{n} sites", int(count)) for count in counts["count"]]
    return [
        _points(*frame.degrees(counts["x"], counts["y"]), marker)
        | {
            "mode": "markers+text",
            "text": [text for text, _ in numbers],
            "textposition": "middle center",
            "textfont": letters,
            "hovertext": said,
            "hoverinfo": "text",
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hoverlabel": HOVER,
        }
    ]


def told(keys: list[str], texts: list[str]) -> dict[str, Any]:
    """What a symbol is, under the pointer and for a click."""
    return {
        "customdata": keys,
        "text": texts,
        "hoverinfo": "text",
        "hovertemplate": "%{text}<extra></extra>",
        "hoverlabel": HOVER,
    }


def _site_text(row: pd.Series, words: Words) -> str:
    parts = [words(vocabulary.SITE_KINDS[row["kind"]]), words(vocabulary.STATUSES[row["status"]])]
    parts += [words("approximate place")] if row["is_approximate"] else []
    return f"<b>{html.escape(words.name(row))}</b><br>{' · '.join(parts)}"


def _crossings(
    crossings: gpd.GeoDataFrame, spots: pd.DataFrame, frame: Frame, look: Look, words: Words
) -> list[Trace]:
    rows = crossings.loc[spots.index]
    is_open, is_closed = rows["status"].eq("operating"), rows["status"].eq("closed")
    marker = {
        "symbol": ["x" if closed else "diamond" for closed in is_closed],
        "size": [round(look.site * (0.8 if closed else 1.05), 1) for closed in is_closed],
        "color": [m.CROSSING_COLOUR if full else PAPER for full in is_open | is_closed],
        "opacity": 1,
        "line": {
            "color": [PAPER if full else m.CROSSING_COLOUR for full in is_open | is_closed],
            "width": 1.1,
        },
    }
    texts = [
        f"<b>{html.escape(vocabulary.crossing_name(row, words))}</b><br>"
        + " · ".join(
            (
                words("border crossing"),
                words(vocabulary.MODES[row["mode"]]),
                words(vocabulary.STATUSES[row["status"]]),
            )
        )
        for _, row in rows.iterrows()
    ]
    trace = _points(*frame.degrees(spots["x"], spots["y"]), marker)
    return [trace | told([f"crossing:{i}" for i in rows.index], texts)]
