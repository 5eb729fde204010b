"""One way drawn along the kilometres: its bands, its line, its stops and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.paper_look import dash_of
from dashboard.figures.sheet import INK
from dashboard.figures.strip_drawing import HIT_PX, Drawing, wave
from dashboard.figures.strip_labels import LAST_RANK, Name
from dashboard.figures.strip_texts import (
    band_hover,
    barrier_hover,
    border_hover,
    country_name,
    gauge_break_hover,
    gauge_name,
    step_hovers,
    stop_hover,
)
from dashboard.text import Words
from layers.ways import Way, bands, borders, gauge_breaks, sea_legs

QUIET = "#6b7780"
OWN_COUNTRIES = ("KAZ", "UZB")
COUNTRY_FILLS = {True: ("#f0d9a0", "#e6c67c"), False: ("#dfe3e6", "#cdd4d9")}
COUNTRY_TINTS = {True: ("#fdf6e4", "#fbf0d4"), False: ("#f7f8f9", "#eff2f4")}
SEA_FILL = "#cfe2ee"
MODE_FILLS = {"rail": "#d9dde3", "road": "#eadfce", "sea": SEA_FILL}
GAUGE_FILLS = {1000: "#e7e1c5", 1067: "#e7e1c5", 1435: "#bfe0dc", 1520: "#d8cdea", 1676: "#f3cdb9"}
STATUS_FILLS = {
    "operating": "#e3e8e3",
    "completed": "#e3e8e3",
    "under-construction": "#ffe29a",
    "study": "#e9e4f0",
}
PLAN_FILL, SHARED_FILL = "#f6eeda", "#ffdf75"
BARRIER_COLOUR, BREAK_COLOUR, PORT_COLOUR = "#e69f00", "#7b3294", "#0b5c8a"
LINE_WIDTHS = {"rail": 8.0, "road": 6.0, "sea": 3.0}
STOP_SYMBOLS = {"port": "square", "dry-port": "square", "city": "circle"}
STOP_SIZES = {"port": 12, "dry-port": 9, "city": 11, "station": 7, "border-crossing": 7}
BAND, GAP = 20.0, 2.0


@dataclass(frozen=True, eq=False)
class Setting:
    """What a strip shows beside the way, but for sites.

    countries: the names by country_iso3. barriers: rows of the barriers to mark, with node_id; those not on
    the way are passed over. crossings: the rows by crossing_id. colour: of the corridor. width: pixels for
    which names are placed; more leaves room, less would let them touch.
    """

    countries: pd.DataFrame
    barriers: pd.DataFrame
    crossings: pd.DataFrame
    colour: str
    width: int = 1200


@dataclass(frozen=True, eq=False)
class StripContext:
    """The setting of a strip and the sites hung on it.

    sites: what sites_along gives, None for a strip without sites. within_km: the distance asked for.
    left_out: how many sites within it are too far from the line to find room.
    """

    setting: Setting
    sites: gpd.GeoDataFrame | None = None
    within_km: float = 0.0
    left_out: int = 0

    @property
    def width(self) -> int:
        """Pixels for which names are placed."""
        return self.setting.width


@dataclass(frozen=True)
class Rows:
    """Where the rows of a lane lie across the strip, in pixels; None for a row that is not drawn.

    `near` and `far` are the ends of the ground, `names` where the names begin.
    """

    near: float
    country: float
    names: float
    line: float
    barriers: float | None
    shared: float | None
    status: float | None
    mode: float | None
    gauge: float
    far: float


@dataclass(frozen=True, eq=False)
class Lane:
    """One way in its setting, the words of the reader and its rows; `shared` are stretches of another way
    that it uses too.
    """

    way: Way
    setting: Setting
    words: Words
    rows: Rows
    shared: pd.DataFrame | None = None

    @cached_property
    def node_names(self) -> dict[str, str]:
        """Names of the stops by node_id."""
        return {stop["node_id"]: self.words.name(stop) for stop in self.stops}

    @cached_property
    def stops(self) -> list[dict[str, Any]]:
        """The stops of the way that are places."""
        stops = self.way.stops
        return stops[stops["is_place"]].drop(columns="geometry").to_dict("records")

    @property
    def is_shared(self) -> bool:
        """Whether the other way uses any of its segments."""
        return self.shared is not None and len(self.shared) > 0

    @cached_property
    def barriers(self) -> list[dict[str, Any]]:
        """The barriers on the way with their kilometre, in the order of travel."""
        km = {stop["node_id"]: stop["km"] for stop in self.stops}
        barriers = self.setting.barriers
        rows = barriers[barriers["node_id"].isin(list(km))].reset_index().to_dict("records")
        return sorted(({**row, "km": km[row["node_id"]]} for row in rows), key=lambda row: row["km"])


def draw_lane(drawing: Drawing, lane: Lane) -> None:
    """The whole lane but for its names and its sites."""
    draw_countries(drawing, lane)
    draw_bands(drawing, lane)
    draw_line(drawing, lane)
    draw_stops(drawing, lane)
    draw_barriers(drawing, lane)


def draw_countries(drawing: Drawing, lane: Lane) -> None:
    """The band of countries, and the ground of each under all rows."""
    found = bands(lane.way, "country_iso3")
    stretches = list(zip(found["start_km"], found["end_km"], strict=True))
    fills, texts, hovers = [], [], []
    for position, (iso3, (start, end)) in enumerate(zip(found["value"], stretches, strict=True)):
        is_own = iso3 in OWN_COUNTRIES
        if iso3:
            drawing.rectangle(start, end, lane.rows.near, lane.rows.far, COUNTRY_TINTS[is_own][position % 2])
        else:
            drawing.rectangle(start, end, lane.rows.near, lane.rows.far, "#eef5f9")
        name = country_name(iso3, lane.setting.countries, lane.words) if iso3 else lane.words("at sea")
        fills.append(COUNTRY_FILLS[is_own][position % 2] if iso3 else SEA_FILL)
        texts.append(f"{name}|{iso3}")
        hovers.append(band_hover(name, start, end, lane.words))
    drawing.bars("countries", stretches, lane.rows.country, BAND, fills, texts, hovers)
    drawing.heading(lane.words("Country"), lane.rows.country)


def draw_bands(drawing: Drawing, lane: Lane) -> None:
    """The bands of status, mode and gauge."""
    words, rows = lane.words, lane.rows
    for column, heading, across in (
        ("status", words("Status"), rows.status),
        ("mode", words("Carried by"), rows.mode),
        ("gauge_mm", words("Gauge"), rows.gauge),
    ):
        if across is None:
            continue
        found = gauge_bands(lane.way) if column == "gauge_mm" else bands(lane.way, column)
        named = [band_look(column, value, words) for value in found["value"]]
        stretches = list(zip(found["start_km"], found["end_km"], strict=True))
        hovers = [
            band_hover(f"{heading}: {text.split('|')[0]}", start, end, words)
            for (_, text), (start, end) in zip(named, stretches, strict=True)
        ]
        texts = [text for _, text in named]
        spare = 22.0 if column == "gauge_mm" else 6.0  # a gauge break covers the end of its band
        drawing.bars(column, stretches, across, BAND, [fill for fill, _ in named], texts, hovers, spare)
        drawing.heading(heading, across)
    if lane.is_shared:
        draw_shared(drawing, lane)


def gauge_bands(way: Way) -> pd.DataFrame:
    """The bands of gauge along the railways alone."""
    found = bands(way, "gauge_mm")
    rail = bands(way, "mode")
    rail = rail[rail["value"].eq("rail")]
    cut = [
        (max(start, first), min(end, last), value)
        for start, end, value in found.itertuples(index=False, name=None)
        for first, last in zip(rail["start_km"], rail["end_km"], strict=True)
        if max(start, first) < min(end, last)
    ]
    return pd.DataFrame(cut, columns=["start_km", "end_km", "value"])


def band_look(column: str, value: Any, words: Words) -> tuple[str, str]:
    """Fill and words of a band; shorter words follow after a |."""
    if column == "status":
        return STATUS_FILLS.get(value, PLAN_FILL), words(vocabulary.STATUSES[value])
    if column == "mode":
        return MODE_FILLS[value], words(vocabulary.MODES[value])
    if pd.isna(value):
        return "#ffffff", words("not decided") + "|?"
    return GAUGE_FILLS.get(int(value), "#e7e1c5"), f"{gauge_name(value, words)}|{int(value)}"


def draw_shared(drawing: Drawing, lane: Lane) -> None:
    """The stretches that the other way uses too: behind the line, and a band where there is a row for it."""
    shared, words = lane.shared, lane.words
    stretches = list(zip(shared["start_km"], shared["end_km"], strict=True))
    names = lane.way.stops.set_index("node_id")
    hovers = []
    for row in shared.to_dict("records"):
        ends = (words.name(names.loc[row[end]]) if row[end] in names.index else "" for end in SHARED_ENDS)
        title = words("Shared: {stretch}", stretch=" – ".join(ends))
        hovers.append(band_hover(title, row["start_km"], row["end_km"], words))
    for start, end in stretches:
        drawing.rectangle(start, end, lane.rows.line - 11, lane.rows.line + 11, SHARED_FILL)
    if lane.rows.shared is not None:
        fills, texts = [SHARED_FILL] * len(shared), [words("shared")] * len(shared)
        drawing.bars("shared", stretches, lane.rows.shared, BAND, fills, texts, hovers)
        drawing.heading(words("Shared"), lane.rows.shared)


SHARED_ENDS = ("from_node", "to_node")


def draw_line(drawing: Drawing, lane: Lane) -> None:
    """The line of the way: dash by status; a road is hollow, a way by ship a wave. Points on it answer."""
    steps = lane.way.steps
    runs = steps.groupby(
        (steps[["mode", "status"]] != steps[["mode", "status"]].shift()).any(axis=1).cumsum()
    )
    across = lane.rows.line
    by_look: dict[tuple[str, str], list] = {}
    for _, run in runs:
        mode, status = run["mode"].iloc[0], run["status"].iloc[0]
        start, end = run["start_km"].iloc[0], run["end_km"].iloc[-1]
        straight = [(start, across), (end, across)]
        points = wave(drawing.ruler, start, end, across) if mode == "sea" else straight
        by_look.setdefault((mode, status), []).extend([*points, (None, None)])
    for (mode, status), points in by_look.items():
        draw_stroke(drawing, points[:-1], mode, status, lane.setting.colour)
    points, keys, hovers = [], [], []
    for step, text in zip(
        steps.drop(columns="geometry").to_dict("records"), step_hovers(lane.way, lane.words), strict=True
    ):
        count = max(1, round(drawing.ruler.px(step["length_km"]) / HIT_PX))
        points += [(step["start_km"] + (at + 0.5) / count * step["length_km"], across) for at in range(count)]
        keys += [f"segment:{step['segment_id']}" if step["segment_id"] else ""] * count
        hovers += [text] * count
    drawing.markers("segments", points, keys, hovers, {"size": 14, "opacity": 0})


def draw_stroke(drawing: Drawing, points: list, mode: str, status: str, colour: str) -> None:
    """One line with the dash of its status and the form of its mode."""
    width = LINE_WIDTHS[mode]
    drawing.line(points, colour, width, dash_of(m.STATUS_DASHES[status], width), name=f"{mode} {status}")
    if mode == "road":
        drawing.line(points, "#ffffff", 2.4)


def draw_stops(drawing: Drawing, lane: Lane) -> None:
    """Stations, cities and ports on the line, the borders over it, gauge breaks on the band of the gauge."""
    words, setting, across = lane.words, lane.setting, lane.rows.line
    ends = (lane.way.stops["node_id"].iloc[0], lane.way.stops["node_id"].iloc[-1])
    drawing.markers(
        "stops",
        [(stop["km"], across) for stop in lane.stops],
        [stop_key(stop) for stop in lane.stops],
        [stop_hover(stop, words) for stop in lane.stops],
        {
            "symbol": [STOP_SYMBOLS.get(stop["kind"], "circle") for stop in lane.stops],
            "size": [STOP_SIZES.get(stop["kind"], 7) + 4 * (stop["node_id"] in ends) for stop in lane.stops],
            "color": [PORT_COLOUR if stop["kind"] == "port" else "#ffffff" for stop in lane.stops],
            "line": {"color": INK, "width": 1.8},
            "opacity": 1,
        },
    )
    crossed = borders(lane.way).to_dict("records")
    reach = (lane.rows.near, max(lane.rows.gauge + BAND / 2, lane.rows.line))
    drawing.strokes([[(border["km"], at) for at in reach] for border in crossed], "#8a949b", "3px,3px")
    drawing.markers(
        "borders",
        [(border["km"], across) for border in crossed],
        [border_key(border) for border in crossed],
        [border_hover(b, lane.node_names.get(b["node_id"], ""), setting, words) for b in crossed],
        {
            "symbol": "diamond",
            "size": 13,
            "color": INK,
            "line": {"color": "#ffffff", "width": 1.5},
            "opacity": 1,
        },
    )
    breaks = gauge_breaks(lane.way).to_dict("records")
    drawing.markers(
        "gauge breaks",
        [(one["km"], lane.rows.gauge) for one in breaks],
        [f"node:{one['node_id']}" for one in breaks],
        [gauge_break_hover(one, lane.node_names.get(one["node_id"], ""), words) for one in breaks],
        {
            "symbol": "hourglass",
            "size": 15,
            "color": BREAK_COLOUR,
            "line": {"color": "#ffffff", "width": 1.2},
        },
    )


def stop_key(stop: dict[str, Any]) -> str:
    """What a stop stands for elsewhere; a route may begin at a region or a site."""
    kind = stop["kind"] if stop["kind"] in ("region", "site") else "node"
    return f"{kind}:{stop['node_id']}"


def border_key(border: dict[str, Any]) -> str:
    """What a border on the strip stands for elsewhere: its crossing, else its station, else nothing."""
    if border["crossing_id"]:
        return f"crossing:{border['crossing_id']}"
    return f"node:{border['node_id']}" if border["node_id"] else ""


def draw_barriers(drawing: Drawing, lane: Lane) -> None:
    """Triangles where barriers are; several at one place stand side by side."""
    if lane.rows.barriers is None:
        return
    points: list[tuple[float, float]] = []
    last = -1e9
    for barrier in lane.barriers:
        px = max(drawing.ruler.px(barrier["km"]), last + 14)
        points.append((drawing.ruler.km(px), lane.rows.barriers))
        last = px
    # The last ones must not leave the strip.
    over = max(0.0, last - drawing.ruler.pixels)
    for at in range(len(points) - 1, -1, -1):
        limit = drawing.ruler.length_km - drawing.ruler.km(14) * (len(points) - 1 - at)
        points[at] = (min(points[at][0], limit) if over else points[at][0], points[at][1])
    drawing.markers(
        "barriers",
        points,
        [f"barrier:{barrier['barrier_id']}" for barrier in lane.barriers],
        [barrier_hover(one, lane.node_names.get(one["node_id"], ""), lane.words) for one in lane.barriers],
        {"symbol": "triangle-up", "size": 13, "color": BARRIER_COLOUR, "line": {"color": INK, "width": 1.2}},
    )
    drawing.heading(lane.words("Barriers"), lane.rows.barriers)


def names_of(lane: Lane) -> list[Name]:
    """The names of the stops in order of importance: ends, borders, ports, gauge breaks, cities, others."""
    found = borders(lane.way)
    at_borders, at_breaks = set(found["node_id"]), set(gauge_breaks(lane.way)["node_id"])
    legs = sea_legs(lane.way)
    landings = {*legs["from_node"], *legs["to_node"]}
    last = len(lane.stops) - 1
    names = []
    for position, stop in enumerate(lane.stops):
        rank = LAST_RANK
        tests = (
            position in (0, last),
            stop["node_id"] in at_borders,
            stop["node_id"] in landings,
            stop["node_id"] in at_breaks,
            stop["kind"] in ("city", "port", "dry-port"),
        )
        rank = tests.index(True) if any(tests) else LAST_RANK
        names.append(Name(stop["km"], lane.node_names[stop["node_id"]], rank))
    return names
