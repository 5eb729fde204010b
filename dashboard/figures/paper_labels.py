"""The names on the printed map: countries, regions, cities; each where it belongs or with a leader line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.figures.paper_crowds import MOST_NAMED
from dashboard.figures.paper_ground import Drawn
from dashboard.figures.placing import Box, Label, Placed, beside, placed
from dashboard.figures.projection import CONIC, Frame
from dashboard.figures.sheet import INK, QUIET, Sheet, text_height, text_width, wrapped
from dashboard.figures.style import PAPER
from dashboard.text import Words
from layers import Atlas

GRID = 11  # candidate places across and down a shape
OUTSIDE_COSTS = 60.0  # pixels of distance for a label that lies wholly outside of its shape
LEADERS_FROM = 500  # pixels of width: a smaller map has names only where they fit
LONGEST_LEADER = 24  # sizes of the letters, on a map 1000 pixels wide or more
CITY_LEADER = 5  # the same for a city that is a region
NUMBER_SIZE, NUMBER_LEADER, NUMBER_OUTSIDE = (
    0.94,
    12,
    0.3,
)  # sizes of a region's letters; of its own; as below
CLOSE = 1500.0  # metres a pixel: from here on a map shows smaller cities too
ENTIRE = 0.95  # share of a region within the frame from which on it may have a leader line
REGION_OUTSIDE, COUNTRY_OUTSIDE = 0.22, 0.06  # share of a label that may reach over the border
COUNTRY_INK = "#6b6a5e"
LEAST_POINTS_INSIDE = 5  # of nine points of a box that is mostly inside of a shape


@dataclass(frozen=True)
class Sizes:
    """Sizes of the letters in pixels."""

    country: float
    region: float
    city: float

    @classmethod
    def for_scale(cls, scale: float) -> Sizes:
        """Sizes for a sheet so many times larger than a square of 1000 pixels."""
        return cls(*(max(8.0, size * scale**0.7) for size in (11.5, 10.2, 10.8)))


@dataclass(frozen=True)
class Asked:
    """Which names a map is to have, in letters for a sheet `scale` times as large as 1000 by 1000 pixels.

    `numbers` (region_id, number) stand in place of the names of regions; `left_out` are keys of names that
    stand elsewhere, `inside_only` of names that do so too and have no leader line here.
    """

    scale: float
    numbers: tuple[tuple[str, int], ...] = ()
    left_out: frozenset[str] = frozenset()
    inside_only: frozenset[str] = frozenset()
    has_leaders: bool = True


def placed_names(
    atlas: Atlas,
    ground: Drawn,
    frame: Frame,
    words: Words,
    asked: Asked,
    marks: Sequence[tuple[float, float, float]],
    lines: Sequence[tuple[float, float]],
    taken: Sequence[Box],
) -> list[Placed]:
    """Names with their places.

    `marks` are circles (x, y, radius) and `lines` points better not covered, `taken` boxes kept free.

    Keys are "country:KAZ", "region:UZ-SI", "number:UZ-SI" and "city:" with the row's id.
    """
    sizes = Sizes.for_scale(asked.scale)
    own = tuple(atlas.regions["country_iso3"].unique())
    cities = [found for found in _cities(atlas, frame, words, sizes) if found[2].key not in asked.left_out]
    countries = [c for c in _countries(atlas, ground, frame, words, sizes) if c.key not in asked.left_out]
    countries_first = [label for label in countries if label.key.partition(":")[2] in own]
    capitals = [label for country, rank, label in cities if rank == 1 and country in own]
    last = [
        *(label for country, rank, label in cities if rank == 1 and country not in own),
        *(label for label in countries if label.key.partition(":")[2] not in own),
        *(label for _, rank, label in cities if 1 < rank <= _lowest_rank(asked.scale, frame)),
    ]
    numbers, names = _regions(atlas, ground, frame, words, sizes, asked)
    seats = [label for label in capitals if label.longest_leader]
    others = [label for label in capitals if not label.longest_leader]
    first = [*seats, *numbers, *others]
    regions = _orders(names)
    orders = [[*first, *countries_first, *ordered, *last] for ordered in regions]
    # A country's own name may wait until the last region has its place.
    orders += [[*first, *ordered, *countries_first, *last] for ordered in regions]
    if numbers:
        # A name over the middle of a small region may leave its number nowhere to go.
        orders += [[*numbers, *seats, *others, *ordered, *countries_first, *last] for ordered in regions]
    wanted = {label.key: 1 for label in (*capitals, *countries_first, *names)}
    wanted |= {label.key: 2 for label in numbers}
    return placed(orders, frame.rectangle, marks, lines, taken, wanted)


def _orders(regions: list[Label]) -> list[list[Label]]:
    """Labels that fit into their regions, and after them the others in several orders."""
    fitting, others = [r for r in regions if _has_room(r)], [r for r in regions if not _has_room(r)]
    orders = [fitting + others]
    # Without leader lines nothing is gained by another order.
    for degrees in range(0, 360, 40) if any(label.longest_leader for label in others) else ():
        turn = math.radians(degrees)
        ahead = {o.key: o.leader_from[0] * math.cos(turn) + o.leader_from[1] * math.sin(turn) for o in others}
        orders.append(fitting + sorted(others, key=lambda label, by=ahead: by[label.key]))
    return orders


def _has_room(label: Label) -> bool:
    return bool(label.places or (label.narrow and label.narrow.places))


def _lowest_rank(scale: float, frame: Frame) -> int:
    """How small a city with a name may be; a map of a small area has room for more."""
    fewest = 1 if scale < 0.6 else 2 if scale < 1 else 3
    return min(fewest + (frame.metres_a_pixel < CLOSE), 4)


@lru_cache(maxsize=4)
def city_of_region(atlas: Atlas) -> dict[str, str]:
    """The key of the city's name for each region that is a city: it names both."""
    large = atlas.cities[atlas.cities["rank"] == 1]
    cities = atlas.regions[atlas.regions["kind"] == "city"]
    nearest = large.geometry.to_crs(CONIC).sindex.nearest(
        cities.geometry.to_crs(CONIC).representative_point(), return_all=False
    )
    return {cities.index[i]: f"city:{large.index[j]}" for i, j in zip(*nearest, strict=True)}


def _cities(atlas: Atlas, frame: Frame, words: Words, sizes: Sizes) -> list[tuple[str, int, Label]]:
    """Labels of the cities in the frame with country and rank, most important first."""
    rows = atlas.cities.sort_values("rank", kind="stable")
    x, y = frame.pixels(rows.geometry.x, rows.geometry.y)
    box, of_regions = frame.rectangle, set(city_of_region(atlas).values())
    near = (x > box.left + 4) & (x < box.right - 4) & (y > box.top + 4) & (y < box.bottom - 4)
    rows, x, y = rows[near], x[near], y[near]
    out = []
    for (city_id, row), px, py in zip(rows.iterrows(), x, y, strict=True):
        label = _city(f"city:{city_id}", words.name(row), (px, py), int(row["rank"]) == 1, sizes)
        if label.key in of_regions:
            label = replace(label, leader_from=(px, py), longest_leader=CITY_LEADER * label.size)
        out.append((row["country_iso3"], int(row["rank"]), label))
    return out


def _city(key: str, name: str, at: tuple[float, float], bold: bool, sizes: Sizes) -> Label:
    size = sizes.city if bold else sizes.city * 0.92
    width, height = text_width(name, size, bold), text_height([name], size)
    # Never farther: beside another symbol it would name that.
    near = beside(*at, width, height, size * 0.45)
    wider = beside(*at, width, height, size * (0.9 if bold else 0.6))
    places = (*near, *((x, y, cost + size) for x, y, cost in wider))
    return Label(key, (name,), size, places, bold, most_covered=2 + 2 * bold, at=at)


# Neither depends on the filters, and a reader changes those on one map.
@lru_cache(maxsize=4)
def _regions(
    atlas: Atlas, ground: Drawn, frame: Frame, words: Words, sizes: Sizes, asked: Asked
) -> tuple[list[Label], list[Label]]:
    """Numbers and names of the regions, the largest first; a region that is a city is named as a city."""
    of_cities = atlas.regions["kind"] == "city"
    keys = "region:" + atlas.regions.index.to_series()
    numbered = atlas.regions.index.isin(list(dict(asked.numbers)))
    named = (~of_cities & ~keys.isin(asked.left_out)) | numbered
    rows = atlas.regions[named & atlas.regions.index.isin(ground.regions.index)]
    whole = ground.regions.loc[rows.index]
    seen = whole.clip_by_rect(*frame.window)
    # A leader line would run out of the frame, or to what is left of a region at its edge.
    is_whole = seen.area > ENTIRE * whole.area
    shapes = _in_pixels(seen[~seen.is_empty], frame)
    shapes = shapes.loc[shapes.area.sort_values(ascending=False).index[:MOST_NAMED]]
    has_leaders = asked.has_leaders and len(shapes) < MOST_NAMED
    every = _in_pixels(ground.regions, frame).simplify(2)
    longest = _longest_leader(frame, sizes) if has_leaders else 0.0
    number_of, numbers, names = dict(asked.numbers), [], []
    for region_id, shape in shapes.items():
        if region_id in number_of:
            numbers.append(_number(region_id, str(number_of[region_id]), shape, sizes.region))
            continue
        name = words.name(rows.loc[region_id])
        has_leader = is_whole[region_id] and f"region:{region_id}" not in asked.inside_only
        reach = longest if has_leader else 0.0
        others = _together(every.drop(region_id)) if has_leaders else shapely.MultiPolygon()
        names.append(_region(region_id, name, shape, others, sizes.region, reach))
    # The smallest has the fewest places.
    return numbers[::-1], names


def _together(shapes: gpd.GeoSeries) -> shapely.MultiPolygon:
    """Shapes as one, ready to be asked of places."""
    found = shapely.multipolygons(shapely.get_parts(shapes.to_numpy()))
    shapely.prepare(found)
    return found


def _longest_leader(frame: Frame, sizes: Sizes) -> float:
    width = frame.rectangle.width
    return LONGEST_LEADER * sizes.region * min(1.0, width / 1000) if width > LEADERS_FROM else 0.0


def _number(region_id: str, number: str, shape: shapely.Geometry, size: float) -> Label:
    """A number in its region, or beside it where the region is smaller than that."""
    size = NUMBER_SIZE * size
    centre, places = _inside(shape, (number,), size, NUMBER_OUTSIDE)
    return Label(
        f"number:{region_id}",
        (number,),
        size,
        places,
        bold=True,
        leader_from=centre,
        longest_leader=NUMBER_LEADER * size,
        most_covered=1,
    )


def _region(
    region_id: str, name: str, shape: shapely.Geometry, others: shapely.Geometry, size: float, longest: float
) -> Label:
    """The name of a region in as few lines as its shape lets it have, or with a leader line."""
    narrowest = _longest_word(name, size)
    forms = {tuple(wrapped(name, size, max(width * size, narrowest))) for width in (8.5, 0)}
    label = None
    for lines in sorted(forms, key=len, reverse=True):
        centre, places = _inside(shape, lines, size, REGION_OUTSIDE)
        label = Label(
            f"region:{region_id}",
            lines,
            size,
            places,
            leader_from=centre,
            longest_leader=longest,
            strange=others,
            narrow=label,
        )
    return label


def _longest_word(text: str, size: float) -> float:
    return max(text_width(word, size) for word in text.split()) + 1


@lru_cache(maxsize=4)
def _countries(atlas: Atlas, ground: Drawn, frame: Frame, words: Words, sizes: Sizes) -> list[Label]:
    """Labels of the countries, the largest part of the map first."""
    own = ground.own_countries(atlas.regions["country_iso3"])
    shapes = _in_pixels(gpd.GeoSeries(pd.concat([own, ground.land])).clip_by_rect(*frame.window), frame)
    shapes = shapes[~shapes.is_empty & shapes.index.isin(atlas.countries.index)]
    out = []
    for iso3 in shapes.area.sort_values(ascending=False).index:
        row = atlas.countries.loc[iso3]
        is_own = iso3 in own.index
        size = sizes.country * (1.25 if is_own else 0.9)
        lines = tuple(wrapped(words.name(row).upper(), size, 11 * size))
        wished = [float(v) for v in frame.pixels(row.geometry.x, row.geometry.y)]
        _, places = _inside(shapes[iso3], lines, size, COUNTRY_OUTSIDE, wished)
        out.append(Label(f"country:{iso3}", lines, size, places, is_own, most_covered=1 + is_own))
    return out


def _in_pixels(shapes: gpd.GeoSeries, frame: Frame) -> gpd.GeoSeries:
    def moved(points: np.ndarray) -> np.ndarray:
        return np.stack(frame.pixels_of_metres(points[:, 0], points[:, 1]), axis=1)

    return gpd.GeoSeries(shapely.transform(shapes.to_numpy(), moved), shapes.index)


def _inside(
    shape: shapely.Geometry, lines: Sequence[str], size: float, outside: float, wished: Sequence[float] = ()
) -> tuple[tuple[float, float], tuple[tuple[float, float, float], ...]]:
    """The middle of a shape's widest part, and places of a label within the shape, the best first.

    At most the share `outside` of a label reaches over the border.
    """
    part = max(shapely.get_parts(shape), key=lambda p: p.area)
    circle = shapely.maximum_inscribed_circle(part, tolerance=max(1.0, math.sqrt(part.area) / 40))
    centre = tuple(shapely.get_coordinates(circle)[0])
    if wished and part.contains(shapely.Point(*wished)):
        centre = tuple(wished)
    west, north, east, south = part.bounds
    x, y = (a.ravel() for a in np.meshgrid(np.linspace(west, east, GRID), np.linspace(north, south, GRID)))
    x, y = np.append(x, centre[0]), np.append(y, centre[1])
    half_width = max(text_width(line, size) for line in lines) / 2
    half_height = text_height(lines, size) / 2
    out = _share_outside(part.simplify(1.0), x, y, half_width, half_height)
    cost = np.hypot(x - centre[0], y - centre[1]) * 0.25 + out * OUTSIDE_COSTS
    fits = np.flatnonzero(out <= outside)
    best = fits[np.argsort(cost[fits], kind="stable")]
    return centre, tuple((float(x[i]), float(y[i]), float(cost[i])) for i in best)


def _share_outside(
    shape: shapely.Geometry, x: np.ndarray, y: np.ndarray, half_width: float, half_height: float
) -> np.ndarray:
    """How much of each box round (x, y) reaches over the edge of a shape; 1 where most of it seems to.

    Cutting a box is slow, so only those are cut that are neither inside nor, by a few points, mostly outside.
    """
    shapely.prepare(shape)
    steps = np.linspace(-1, 1, 3)
    across, down = (a.ravel() for a in np.meshgrid(steps * half_width, steps * half_height))
    inside = shapely.contains_xy(shape, x[:, None] + across, y[:, None] + down).sum(axis=1)
    out = np.ones(len(x))
    likely = np.flatnonzero(inside >= LEAST_POINTS_INSIDE)
    west, east = x[likely] - half_width, x[likely] + half_width
    boxes = shapely.box(west, y[likely] - half_height, east, y[likely] + half_height)
    whole = shapely.contains_properly(shape, boxes)
    out[likely[whole]] = 0.0
    cut = shapely.area(shapely.intersection(boxes[~whole], shape))
    out[likely[~whole]] = 1 - cut / (4 * half_width * half_height)
    return out


def write_names(
    sheet: Sheet, names: Sequence[Placed], marks: Sequence[tuple[float, float, float]], size: float
) -> None:
    """Write the names with their leader lines, and dots for cities where no mark stands on them.

    `size` is the diameter of the dots.
    """
    for name in names:
        at = name.label.at
        if at and not any(math.dist(at, (x, y)) < radius + size for x, y, radius in marks):
            sheet.circle(*at, size, INK, PAPER, 0.8)
        if name.leader:
            sheet.path(name.leader, INK, 0.9)
            sheet.circle(*name.leader[0], 3, INK)
    for name in names:
        kind = name.label.key.partition(":")[0]
        colour = {"country": COUNTRY_INK, "region": QUIET, "number": INK, "city": INK}[kind]
        middle = (name.box.left + name.box.right) / 2, (name.box.top + name.box.bottom) / 2
        sheet.write(
            *middle,
            name.label.lines,
            name.label.size,
            anchor=("center", "middle"),
            bold=name.label.bold,
            colour=colour,
            halo=True,
            name=name.label.key,
        )
