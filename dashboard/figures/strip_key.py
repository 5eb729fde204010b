"""The key under a strip: what its symbols, lines and colours mean, only those that it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.paper_look import dash_of
from dashboard.figures.sheet import INK, text_width
from dashboard.figures.strip_drawing import SMALL, Ruler, plain, rounded, wave
from dashboard.figures.strip_lane import (
    BARRIER_COLOUR,
    BREAK_COLOUR,
    LINE_WIDTHS,
    PORT_COLOUR,
    SHARED_FILL,
    Lane,
)
from dashboard.text import N_, Words
from layers.ways import borders, gauge_breaks

ROW_PX, SAMPLE_PX, BETWEEN_PX = 21.0, 30.0, 18.0


@dataclass(frozen=True)
class Entry:
    """One entry: its words, and a marker or a line that shows what they are of."""

    text: str
    marker: dict[str, Any] | None = None
    line: tuple[str, str] | None = None  # mode, status


def entries(lanes: Iterable[Lane], sites: gpd.GeoDataFrame | None, words: Words) -> list[Entry]:
    """What the lanes and the sites show, in the order of the vocabularies."""
    lanes = list(lanes)
    stops = {stop["kind"] for lane in lanes for stop in lane.stops}
    ring = {"color": "#ffffff", "line": {"color": INK, "width": 1.8}}
    edge = {"line": {"color": INK, "width": 1.2}}
    symbols = (
        ("city" in stops, "city", {"symbol": "circle", "size": 11, **ring}),
        (bool(stops & {"station", "border-crossing"}), "station", {"symbol": "circle", "size": 7, **ring}),
        ("port" in stops, "port", {"symbol": "square", "size": 12, **ring, "color": PORT_COLOUR}),
        ("dry-port" in stops, "dry port", {"symbol": "square", "size": 9, **ring}),
        (
            any(len(borders(lane.way)) for lane in lanes),
            "border crossing",
            {"symbol": "diamond", "size": 12, "color": INK},
        ),
        (
            any(len(gauge_breaks(lane.way)) for lane in lanes),
            "gauge break",
            {"symbol": "hourglass", "size": 13, "color": BREAK_COLOUR},
        ),
        (
            any(lane.barriers for lane in lanes),
            "barrier",
            {"symbol": "triangle-up", "size": 12, "color": BARRIER_COLOUR, **edge},
        ),
    )
    found = [Entry(words(KEY_WORDS[name]), marker) for shown, name, marker in symbols if shown]
    if any(lane.is_shared for lane in lanes):
        found.append(Entry(words("shared"), {"symbol": "square", "size": 15, "color": SHARED_FILL}))
    return [*found, *line_entries(lanes, words), *site_entries(sites, words)]


KEY_WORDS = {
    **{"city": vocabulary.NODE_KINDS["city"], "station": vocabulary.NODE_KINDS["station"]},
    **{"port": vocabulary.NODE_KINDS["port"], "dry port": vocabulary.NODE_KINDS["dry-port"]},
    **{"border crossing": vocabulary.NODE_KINDS["border-crossing"]},
    **{"gauge break": vocabulary.BARRIER_KINDS["gauge-break"], "barrier": N_("barrier")},
}


def line_entries(lanes: list[Lane], words: Words) -> list[Entry]:
    """The lines: each mode as it stands, each other status by its dash."""
    modes = {mode for lane in lanes for mode in lane.way.steps["mode"]}
    statuses = {status for lane in lanes for status in lane.way.steps["status"]}
    found = [
        Entry(words(name), line=(mode, "operating"))
        for mode, name in vocabulary.MODES.items()
        if mode in modes and len(modes) > 1
    ]
    return found + [
        Entry(words(name), line=("rail", status))
        for status, name in vocabulary.STATUSES.items()
        if status in statuses and len(statuses) > 1
    ]


def site_entries(sites: gpd.GeoDataFrame | None, words: Words) -> list[Entry]:
    """The kinds of sites by colour, and the hollow circle of an approximate place."""
    if sites is None:
        return []
    kinds = set(sites["kind"])
    found = [
        Entry(words(name), {"symbol": "circle", "size": 10, "color": m.SITE_COLOURS[kind]})
        for kind, name in vocabulary.SITE_KINDS.items()
        if kind in kinds
    ]
    if sites["location_precision"].eq("region-centre").any():
        hollow = {"symbol": "circle", "size": 10, "color": "#ffffff", "line": {"color": INK, "width": 2}}
        found.append(Entry(words(vocabulary.LOCATION_PRECISIONS["region-centre"]), hollow))
    return found


def laid_out(found: list[Entry], width: float) -> list[tuple[Entry, float, float]]:
    """The entries with x and y of their samples, in rows of so many pixels."""
    placed, x, row = [], 0.0, 0
    for entry in found:
        wide = SAMPLE_PX + text_width(entry.text, SMALL) + BETWEEN_PX
        if x and x + wide - BETWEEN_PX > width:
            x, row = 0.0, row + 1
        placed.append((entry, x, (row + 0.5) * ROW_PX))
        x += wide
    return placed


def height_of(placed: list[tuple[Entry, float, float]]) -> float:
    """Pixels that the key takes."""
    return max((y for _, _, y in placed), default=-ROW_PX / 2) + ROW_PX / 2


def draw_key(placed: list[tuple[Entry, float, float]], colour: str) -> tuple[list[dict], list[dict]]:
    """Traces and annotations of the key, on axes x2 and y2 in pixels."""
    traces, annotations = [], []
    marked = [(entry.marker, x + SAMPLE_PX / 2 - 4, y) for entry, x, y in placed if entry.marker]
    if marked:
        lines = [marker.get("line", {}) for marker, _, _ in marked]
        look = {name: [marker[name] for marker, _, _ in marked] for name in ("symbol", "size", "color")}
        look["opacity"] = 1
        look["line"] = {
            "color": [line.get("color", "#ffffff") for line in lines],
            "width": [line.get("width", 0) for line in lines],
        }
        places = {"x": rounded([x for _, x, _ in marked]), "y": rounded([y for _, _, y in marked])}
        traces.append({"type": "scatter", "mode": "markers", **places, "marker": look})
    for entry, x, y in placed:
        if entry.line:
            traces += sample(*entry.line, x, y, colour)
        annotations.append(
            {
                **{"xref": "x2", "yref": "y2", "x": round(x + SAMPLE_PX, 1), "y": y, "showarrow": False},
                **{"xanchor": "left", "yanchor": "middle", "text": plain(entry.text)},
                **{"font": {"size": SMALL}},
            }
        )
    common = {"xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
    return [{**trace, **common} for trace in traces], annotations


def sample(mode: str, status: str, x: float, y: float, colour: str) -> list[dict]:
    """The short line that stands for a mode or a status."""
    long = SAMPLE_PX - 6
    width = LINE_WIDTHS[mode] * 0.75
    ends = [(x, y), (x + long, y)]
    points = wave(Ruler(long, long), x, x + long, y) if mode == "sea" else ends
    line = {"color": colour, "width": width, "dash": dash_of(m.STATUS_DASHES[status], width * 0.6)}
    places = {"x": rounded([one for one, _ in points]), "y": rounded([one for _, one in points])}
    drawn = {"type": "scatter", "mode": "lines", **places, "line": line}
    if mode != "road":
        return [drawn]
    return [drawn, {**drawn, "line": {"color": "#ffffff", "width": 2}}]
