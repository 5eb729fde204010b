"""What a map shows, decided once: polygons, lines and points with their colours, dashes and sizes.

The screen map and the printed map both draw these marks, so that colours, classes and symbols can
never differ between the two. Frames in, frames out; no Dash, no files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
from plotly.colors import diverging, sequential

from dashboard.figures.arrows import COLUMNS, arrows
from layers import Atlas
from layers.energy import KINDS, courses, drawable
from layers.metrics import Metric, classes

# Dark enough for 3:1 against land and against every class of the shading, told apart by people who
# do not see red or green, and always with the name beside them.
GROUP_COLOURS = {
    "trans-caspian": "#0072b2",
    "north-south": "#b35806",
    "china-iran-turkey": "#7b3294",
    "trans-afghan": "#8c1d40",
    "cku": "#1b7f79",
    "northern": "#6f6f6f",
    "south-caucasus": "#b3478e",
    "kz-uz-links": "#111111",
}
SITE_COLOURS = {
    "joint-cluster": "#d81b60",
    "sez": "#1e4fa3",
    "industrial-park": "#00796b",
    "plant": "#3d3d3d",
    "logistics-hub": "#b8500b",
    "dry-port": "#6a3d9a",
    "trade-centre": "#7d6200",
}
CARRIER_COLOURS = {"gas": "#8d5524", "oil": "#2b2b2b", "electricity": "#5e35b1", "water": "#1565c0"}
CROSSING_COLOUR = "#111111"
NO_DATA_COLOUR = "#d6d6d6"
SHADES = sequential.YlOrBr[:6]
LESS_SHADES, SAME_SHADE, MORE_SHADES = diverging.PuOr[7:10], diverging.PuOr[5], diverging.PuOr[3:0:-1]
"""For differences: less and more, each from little to much, and no change between them."""

LEAST_STEP = 0.05
"""A difference nearer to none than this is no change."""

# Line lengths in units of line width; None is a solid line.
STATUS_DASHES: dict[str, tuple[float, ...] | None] = {
    "operating": None,
    "completed": None,
    "under-construction": (4.0, 1.6),
    "planned": (1.8, 1.4),
    "announced": (1.8, 1.4),
    "study": (0.6, 1.4),
    "closed": (0.6, 1.4),
}
MODE_WIDTHS = {"rail": 2.6, "road": 1.5, "sea": 2.0}
FLOW_NAMES = ["name_en", "name_ru", "name_uz", "name_kk"]
FLOW_COLUMNS = [*FLOW_NAMES, "carrier", "kind", "period", "period_start", "period_end"]
STANDING_STATUSES = ("operating", "completed")


@dataclass(frozen=True, eq=False)
class RegionMarks:
    """Regions shaded in classes (a rate, a difference) or carrying circles by area (a total).

    `values` is indexed by region_id, missing where not known; `breaks` are the upper edges between
    classes; `colours` one colour a class; `class_of` the class of each region, -1 without data; `period` the
    first and last day the values speak of.
    """

    metric: Metric
    values: pd.Series
    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    class_of: pd.Series
    period: tuple[str, str]


@cache  # frames are never changed
def no_flows() -> gpd.GeoDataFrame:
    """Flows of which there are none."""
    frame = pd.DataFrame(columns=[*COLUMNS, *FLOW_COLUMNS, "colour"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")


@dataclass(frozen=True)
class MapMarks:
    """Everything one map shows.

    lines: segments with colour, dash and width; sites: points with colour, is_approximate, is_standing and
    is_building; crossings; energy: lines with colour and dash; flows: arrows with colour and look.
    has_all_lines and has_all_sites say that no row is left out. All EPSG:4326.
    """

    regions: RegionMarks
    lines: gpd.GeoDataFrame
    has_all_lines: bool
    sites: gpd.GeoDataFrame
    has_all_sites: bool
    crossings: gpd.GeoDataFrame
    energy: gpd.GeoDataFrame
    shown: tuple[str, ...]
    flows: gpd.GeoDataFrame = field(default_factory=no_flows)

    @property
    def own_rows(self) -> int:
        """How many sites and lines are rows of these marks alone; all of them are shared."""
        sites, lines = (0 if self.has_all_sites else len(self.sites)), len(self.lines)
        return sites + (0 if self.has_all_lines else lines)


def region_marks(atlas: Atlas, metric: Metric) -> RegionMarks:
    """Shading of the regions by one metric, of METRICS or made for one view."""
    values = metric.compute(atlas).reindex(atlas.regions.index).astype(float)
    if metric.form == "difference":
        return difference_marks(metric, values, metric.period(atlas))
    breaks = tuple(classes(values, len(SHADES))) if metric.form == "rate" else ()
    shades = SHADES[: len(breaks) + 1] if metric.form == "rate" and values.notna().any() else []
    if shades:
        class_of = pd.cut(values, [-float("inf"), *breaks, float("inf")], labels=False).fillna(-1).astype(int)
    else:
        class_of = pd.Series(-1, index=values.index)
    return RegionMarks(metric, values, breaks, tuple(shades), class_of, metric.period(atlas))


def difference_marks(metric: Metric, values: pd.Series, period: tuple[str, str]) -> RegionMarks:
    """Shading by differences: the same steps to both sides of no change, without those nothing falls into."""
    sizes = values.abs()
    steps = [edge for edge in classes(sizes[sizes >= LEAST_STEP], len(MORE_SHADES)) if edge > LEAST_STEP]
    level = np.sign(values) * (1 + np.searchsorted(steps, sizes.fillna(0)))
    level = level.where(sizes >= LEAST_STEP, 0).where(values.notna())
    known = level.dropna().astype(int)
    low, high = min((*known, 0)), max((*known, 0))
    return RegionMarks(
        metric,
        values,
        tuple(upper_edge(one, [LEAST_STEP, *steps]) for one in range(low, high)),
        tuple(difference_shade(one, len(steps)) for one in range(low, high + 1)),
        (level - low).fillna(-1).astype(int),
        period,
    )


def upper_edge(level: int, steps: list[float]) -> float:
    """The edge above a class of differences: 0 is no change, -1 a little less, 1 a little more."""
    return -steps[-level - 1] if level < 0 else steps[level]


def difference_shade(level: int, steps: int) -> str:
    """The colour of a class of differences, of so many steps to each side."""
    if level == 0:
        return SAME_SHADE
    shades = LESS_SHADES if level < 0 else MORE_SHADES
    return shades[1] if steps == 0 else shades[abs(level) - 1 if steps > 1 else 2 * abs(level) - 2]


def line_marks(
    segments: gpd.GeoDataFrame, groups: pd.Series, preferred: tuple[str, ...] = ()
) -> gpd.GeoDataFrame:
    """Segments with colour, dash and width.

    `groups` is the colour group of each corridor_id. A segment of several corridors takes the colour
    of the first one the reader prefers, else of its first corridor.
    """
    ranks = {corridor: rank for rank, corridor in enumerate(preferred)}
    # The first of equals is the least: corridors that are not preferred keep the order of the table.
    leading = [min(ids, key=lambda c: ranks.get(c, len(ranks))) for ids in segments["corridor_ids"]]
    colours = {corridor: GROUP_COLOURS[group] for corridor, group in groups.items()}
    return segments.assign(
        leading=leading,
        colour=[colours[corridor] for corridor in leading],
        dash=segments["status"].map(STATUS_DASHES),
        width=segments["mode"].map(MODE_WIDTHS),
    )


def site_marks(sites: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sites with colour by kind and what their symbol says of status and place."""
    return sites.assign(
        colour=sites["kind"].map(SITE_COLOURS),
        is_approximate=sites["location_precision"] == "region-centre",
        is_standing=sites["status"].isin(STANDING_STATUSES),
        is_building=sites["status"] == "under-construction",
    )


def energy_marks(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Energy lines with colour by carrier and dash by status."""
    return lines.assign(colour=lines["carrier"].map(CARRIER_COLOURS), dash=lines["status"].map(STATUS_DASHES))


def flow_marks(atlas: Atlas, flow_ids: pd.Index) -> gpd.GeoDataFrame:
    """These flows of energy as arrows: arrows.COLUMNS, FLOW_COLUMNS, and colour by carrier.

    A flow among several countries has an arrow for each pair; one that cannot be drawn has none.
    """
    every = drawable(atlas.energy_flows)
    rows = every[every.index.isin(flow_ids)]
    drawn = arrows(
        courses(rows, atlas.energy_lines, atlas.countries), rows.assign(look=rows["kind"].map(KINDS)), every
    )
    drawn = drawn.join(rows[FLOW_COLUMNS], on="flow_id")
    return drawn.assign(colour=drawn["carrier"].map(CARRIER_COLOURS))
