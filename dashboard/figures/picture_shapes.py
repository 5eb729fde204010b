"""The marks of a map as plain shapes in pixels, in the order and with the looks of the live map.

Pictures (picture.py) and slides draw these, so that neither can differ from what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import floor
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.picture_clusters import clusters
from dashboard.figures.picture_ground import Same, chained, cut, merged, near
from dashboard.figures.picture_view import TILE, View, fits, projected, world
from dashboard.figures.placing import spread
from dashboard.figures.screen import CROWD, CROWD_RADIUS
from dashboard.figures.style import LINE_STATUSES, PAPER, statuses_like
from dashboard.keys import points_of
from dashboard.text import Words
from dashboard.tiles import travels_as_tiles
from dashboard.tiles.choices import lines_shown, sites_kept
from dashboard.tiles.grid import tiles_of
from dashboard.tiles.segments import DETAILS, run_together
from dashboard.tiles.sites import features
from layers import Atlas

LIT, RING, CLUSTER_EDGE, HEAVY = "#ffd23f", "#8a6a00", "#3d3d3d", "#1a1a1a"
CLUSTER_RADIUS = 13.0  # pixels, as in the style of the live map
PLAN_DASH = (2.2, 1.5)
DIAMOND, CROSS = 0.37, 0.27  # half of the width of the signs of crossings, in sizes of their letters
ROOM = 6.0  # pixels of the shortest of very many lines in a picture, at a fineness of a pixel
FARTHEST = 1.5  # widths of a site that one may stand aside

Rings = tuple[np.ndarray, ...]


@dataclass(frozen=True, eq=False)
class Shape:
    """One thing drawn, in pixels from the upper left corner.

    kind: "polygon" (points are rings, holes among them), "line" (lines), "circle" (one point and a radius) or
    "text" (the point of its middle; `lines` of letters of `size`). layer groups shapes; key is what a reader
    selects ("region:UZ-SA", "" for the ground). Colours are those of the light theme, "" for none; dash is in
    widths. `halo` is the colour round letters, `anchor` the place that they name.
    """

    layer: str
    kind: str
    key: str
    name: str
    points: Rings
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] | None = None
    opacity: float = 1.0
    fill_opacity: float = 1.0
    radius: float = 0.0
    lines: tuple[str, ...] = ()
    size: float = 0.0
    spacing: float = 0.0
    is_round: bool = False
    halo: str = field(default=PAPER)
    anchor: np.ndarray | None = None


def line_shapes(
    marks: m.MapMarks, atlas: Atlas, words: Words, view: View, fine: float, selected: tuple[str, ...]
) -> list[Shape]:
    """Energy lines and corridors with their casings, and flows."""
    shown, out = set(marks.shown), []
    if "energy" in shown:
        out += _energy(marks.energy, words, view, fine, selected)
    if "corridors" in shown:
        out += _corridors(marks.lines, atlas, words, view, fine, selected)
    return [*out, *_flows(marks.flows, words, view, selected)]


@dataclass(frozen=True, eq=False)
class Alike:
    """Lines that look alike as shares of the world, with the first of their rows."""

    ids: tuple[str, ...]
    row: dict[str, Any]
    lines: np.ndarray

    def rings(self, view: View) -> Rings:
        """The lines that show in a view, in pixels."""
        return tuple(line for shape in self.lines[near(self.lines, view)] for line in cut(shape, view))


# Key: the frame of lines, which a scene keeps.
@lru_cache(maxsize=64)
def alike(lines: Same, zoom: float, fine: float, looks: tuple[str, ...]) -> list[Alike]:
    """Lines by what tells their looks apart, run together and as coarse as their pixels at a zoom."""
    frame = lines.thing[lines.thing.geometry.geom_type.isin(("LineString", "MultiLineString"))]
    plain = frame.drop(columns="geometry").to_dict("records")
    groups: dict[tuple, list[int]] = {}
    for i, row in enumerate(plain):
        groups.setdefault(tuple(row[look] for look in looks), []).append(i)
    shares, step = projected(frame.geometry), fine / (TILE * 2.0**zoom)
    return [
        Alike(
            tuple(frame.index[places]),
            plain[places[0]],
            chained(shapely.simplify(merged(shares[places]), step)),
        )
        for places in groups.values()
    ]


@lru_cache(maxsize=64)
def longest(atlas: Atlas, lines: Same, zoom: float, fine: float) -> list[Alike]:
    """Of very many lines those that a picture so coarse has room for, by look."""
    step = fine / (TILE * 2.0**zoom)
    out = []
    for shape, told in run_together(atlas, lines_shown(atlas, lines), DETAILS[0]):
        parts = shapely.get_parts(shape)
        parts = parts[shapely.length(parts) > ROOM * fine * step]
        if len(parts):
            row = {**told, "leading": told["corridors"].partition(";")[0], "colour": f"#{told['colour']}"}
            out.append(Alike((), row, shapely.simplify(parts, step)))
    return out


def _alike(
    lines: gpd.GeoDataFrame, view: View, fine: float, looks: tuple[str, ...]
) -> list[tuple[Alike, Rings]]:
    return _ordered(alike(Same(lines), floor(view.zoom * 4) / 4, fine, looks), view)


def _ordered(several: list[Alike], view: View) -> list[tuple[Alike, Rings]]:
    """Lines with what of them shows in a view."""
    found = [(one, one.rings(view)) for one in several]
    order = {like: rank for rank, status in enumerate(LINE_STATUSES) for like in statuses_like(status)}

    def rank(pair: tuple[Alike, Rings]) -> tuple:
        row = pair[0].row
        return order[row["status"]], row.get("mode", ""), row["colour"]

    # Those that look alike follow each other, which is shorter to write down.
    return sorted(((one, rings) for one, rings in found if rings), key=rank)


def _energy(
    lines: gpd.GeoDataFrame, words: Words, view: View, fine: float, selected: tuple[str, ...]
) -> Iterator[Shape]:
    drawn = _alike(lines.assign(line_id=lines.index), view, fine, ("line_id",))
    lit = [rings for one, rings in drawn if f"energy:{one.ids[0]}" in selected]
    if lit:
        yield _lit("energy", lit, 9)
    for _, rings in drawn:
        yield _casing("energy", rings, 3.6, 0.7)
    for one, rings in drawn:
        row = one.row
        name = ", ".join((words.name(row), words(vocabulary.STATUSES[row["status"]])))
        yield _stroke("energy", f"energy:{one.ids[0]}", name, rings, row["colour"], 1.8, row["dash"])


def _corridors(
    lines: gpd.GeoDataFrame, atlas: Atlas, words: Words, view: View, fine: float, selected: tuple[str, ...]
) -> Iterator[Shape]:
    zoom, looks = floor(view.zoom * 4) / 4, ("leading", "mode", "status", "colour")
    if travels_as_tiles(atlas, "segments"):
        drawn = _ordered(longest(atlas, Same(lines), zoom, fine), view)
    else:
        drawn = _ordered(alike(Same(lines), zoom, fine, looks), view)
    lit = lines[[_is_lit(i, ids, selected) for i, ids in lines["corridor_ids"].items()]] if selected else []
    if len(lit):
        for one in alike(Same(lit), zoom, fine, ()):
            yield _lit("corridors", [one.rings(view)], view.grown(9, 15))
    for mode in m.MODE_WIDTHS:
        width = view.grown(*(m.MODE_WIDTHS[mode] * scale + 2.2 for scale in (0.75, 1.9)))
        for one, rings in drawn:
            if one.row["mode"] == mode:
                yield _casing("corridors", rings, width, 0.85)
    for one, rings in drawn:
        row = one.row
        said = (vocabulary.MODES[row["mode"]], vocabulary.STATUSES[row["status"]])
        # A line of no corridor, such as one of ways over the whole network, has no name of its own.
        known = row["leading"] in atlas.corridors.index
        corridor = words.name(atlas.corridors.loc[row["leading"]]) if known else ""
        name = ", ".join(filter(None, (corridor, *(words(each) for each in said))))
        width = view.grown(*(m.MODE_WIDTHS[row["mode"]] * scale for scale in (0.75, 1.9)))
        key, dash = f"corridor:{row['leading']}", m.STATUS_DASHES[row["status"]]
        yield _stroke("corridors", key, name, rings, row["colour"], width, dash)


def _is_lit(segment_id: str, corridor_ids: Iterable[str], selected: tuple[str, ...]) -> bool:
    return f"segment:{segment_id}" in selected or any(f"corridor:{one}" in selected for one in corridor_ids)


def _stroke(
    layer: str,
    key: str,
    name: str,
    lines: Rings,
    colour: str,
    width: float,
    dash: tuple[float, ...] | None,
) -> Shape:
    dash = dash if isinstance(dash, tuple) else None
    return Shape(layer, "line", key, name, lines, stroke=colour, width=width, dash=dash)


def _lit(layer: str, several: Iterable[Rings], width: float) -> Shape:
    lines = tuple(line for rings in several for line in rings)
    return Shape(f"{layer}-lit", "line", "", "", lines, stroke=LIT, width=width, is_round=True)


def _casing(layer: str, lines: Rings, width: float, opacity: float) -> Shape:
    look = {"width": width, "opacity": opacity, "is_round": layer == "corridors"}
    return Shape(f"{layer}-casing", "line", "", "", lines, stroke=PAPER, **look)


def _flows(flows: gpd.GeoDataFrame, words: Words, view: View, selected: tuple[str, ...]) -> Iterator[Shape]:
    if flows.empty:
        return
    step = 0.5 / view.scale
    arrows, chevrons = (
        [cut(shape, view) for shape in shapely.simplify(projected(shapes), step)]
        for shapes in (flows.geometry, flows["chevrons"])
    )
    rows = list(zip(flows.to_dict("records"), arrows, chevrons, strict=True))
    lit = [arrow for row, arrow, _ in rows if f"flow:{row['flow_id']}" in selected]
    if lit:
        yield _lit("flows", lit, 7)
    for arrow in arrows:
        yield _casing("flows", arrow, 3.5, 1.0)
    edge, mark = view.grown(1.1, 2.2), view.grown(0.9, 2)
    for row, arrow, chevron in rows:
        if not arrow:
            continue
        colour, is_full = row["colour"], row["look"] == "actual"
        key, name = f"flow:{row['flow_id']}", words.name(row)
        dash = PLAN_DASH if row["look"] == "plan" else None
        fill = colour if is_full else PAPER
        yield Shape("flows", "polygon", key, name, arrow, fill, colour, edge, dash, fill_opacity=0.86)
        if chevron:
            yield _stroke("flows", key, name, chevron, PAPER if is_full else colour, mark, None)


def point_shapes(
    marks: m.MapMarks,
    atlas: Atlas,
    words: Words,
    view: View,
    selected: tuple[str, ...],
    is_clustered: bool,
    zoom_of_many: int | None = None,
) -> list[Shape]:
    """What is selected, sites and border crossings.

    `zoom_of_many` is the zoom of the tiles whose clusters stand for very many sites, else that of the view.
    """
    shown = set(marks.shown)
    out = list(_rings(atlas, view, selected))
    if "sites" in shown and len(marks.sites):
        if travels_as_tiles(atlas, "sites"):
            zoom = floor(view.zoom) if zoom_of_many is None else zoom_of_many
            out += _sites_of_tiles(marks.sites, atlas, words, view, zoom)
        else:
            out += _sites(marks.sites, words, view, is_clustered)
    if "crossings" in shown and len(marks.crossings):
        out += _crossings(marks.crossings, words, view)
    return out


def _rings(atlas: Atlas, view: View, selected: tuple[str, ...]) -> Iterator[Shape]:
    for lon, lat in points_of(selected, atlas):
        point = view.places([lon], [lat])
        if fits(point[0], view, 0):
            at, wide = (point,), view.grown(9, 18)
            yield Shape("selected", "circle", "", "", at, LIT, RING, 2, fill_opacity=0.35, radius=wide)


def many_clusters(symbols: Sequence[Shape], atlas: Atlas) -> list[Shape]:
    """Of the symbols the circles of clusters that cover the map; names give way to them."""
    if not travels_as_tiles(atlas, "sites"):
        return []
    return [shape for shape in symbols if shape.layer == "clusters" and shape.kind == "circle"]


def _sites_of_tiles(
    sites: gpd.GeoDataFrame, atlas: Atlas, words: Words, view: View, zoom: int
) -> Iterator[Shape]:
    """Clusters and single sites as the tiles of this zoom have them."""
    kept = sites_kept(atlas, Same(sites))
    found, several = [], []
    for tile in tiles_of(view.window, zoom):
        for at, told in features(atlas, kept, tile):
            point = view.pixels(tile.shares(shapely.get_coordinates(at)))[0]
            if not fits(point, view, 0):
                continue
            if "cluster" in told:
                several.append((point, told["point_count"]))
            else:
                row = {**told, "colour": m.SITE_COLOURS[told["kind"]]}
                found.append(_site(told["site_id"], row, words, point, view))
    yield from _discs(found, several, words)


def _sites(sites: gpd.GeoDataFrame, words: Words, view: View, is_clustered: bool) -> Iterator[Shape]:
    shares = np.stack(world(sites.geometry.x, sites.geometry.y), axis=1)
    pixels = view.pixels(shares)
    alone = list(range(len(sites)))
    if is_clustered:
        radius = CROWD_RADIUS if len(sites) > CROWD else CLUSTER_RADIUS
        groups = clusters(tuple(map(tuple, shares.tolist())), floor(view.zoom), radius)
        alone = [members[0] for _, _, members in groups if len(members) == 1]
        several = [one for one in groups if len(one[2]) > 1]
    else:
        inside = np.flatnonzero(fits(pixels, view, 0))
        wide = 2 * site_radius(view, True)
        pixels = pixels.copy()
        pixels[inside] = spread([tuple(p) for p in pixels[inside]], wide, FARTHEST * wide)
        several = []
    rows = sites.to_dict("records")
    found = [
        _site(str(sites.index[i]), rows[i], words, pixels[i], view) for i in alone if fits(pixels[i], view, 0)
    ]
    counted = [(view.pixels(np.array([x, y])), len(members)) for x, y, members in several]
    counted = [(point, count) for point, count in counted if fits(point, view, 0)]
    yield from _discs(found, counted, words)


def _discs(
    found: list[tuple[Shape, tuple[Shape, ...]]], counted: list[tuple[np.ndarray, int]], words: Words
) -> Iterator[Shape]:
    """Those that look alike together, which is shorter to write down; dots above all discs."""
    yield from sorted((disc for disc, _ in found), key=lambda disc: (disc.stroke, disc.fill, disc.radius))
    yield from sorted((dot for _, dots in found for dot in dots), key=lambda dot: dot.fill)
    yield from (_cluster(count, words, point) for point, count in counted)
    yield from (_number(count, words, point) for point, count in counted)


def site_radius(view: View, is_full: bool) -> float:
    """Pixels of the disc of a site: those that stand or are built are larger."""
    size = 1.0 if is_full else 0.78
    return _stepped(view.zoom, (3, 3.4), (6, 6.2), (10, 9.5)) * size


def _stepped(zoom: float, *stops: tuple[float, float]) -> float:
    return float(np.interp(zoom, *zip(*stops, strict=True)))


def _site(
    site_id: str, row: dict, words: Words, point: np.ndarray, view: View
) -> tuple[Shape, tuple[Shape, ...]]:
    """The disc of a site, and the dot on it while it is being built."""
    colour, is_hollow = row["colour"], row["is_approximate"]
    wide = site_radius(view, row["is_standing"] or row["is_building"])
    width = 2.2 if is_hollow else 1.2
    fill, stroke = (PAPER, colour) if is_hollow else (colour, PAPER)
    key, name, at = f"site:{site_id}", words.name(row), (point[None],)
    # MapLibre draws the stroke of a circle outside of its radius.
    disc = Shape("sites", "circle", key, name, at, fill, stroke, width, radius=wide + width / 2)
    if not row["is_building"]:
        return disc, ()
    dot = _stepped(view.zoom, (3, 1.2), (6, 2.4), (10, 3.6))
    return disc, (Shape("sites", "circle", key, name, at, colour if is_hollow else PAPER, radius=dot),)


def _cluster(count: int, words: Words, point: np.ndarray) -> Shape:
    wide = _stepped(count, (2, 8), (10, 11), (60, 16))
    name = words.plural("{n} site", "{n} sites", count)
    return Shape("clusters", "circle", "", name, (point[None],), PAPER, CLUSTER_EDGE, 1.6, radius=wide + 0.8)


def _number(count: int, words: Words, point: np.ndarray) -> Shape:
    name = words.plural("{n} site", "{n} sites", count)
    return Shape("clusters", "text", "", name, (point[None],), HEAVY, lines=(str(count),), size=11, halo="")


def _crossings(crossings: gpd.GeoDataFrame, words: Words, view: View) -> Iterator[Shape]:
    points = view.places(crossings.geometry.x, crossings.geometry.y)
    size = view.grown(10, 20)
    for (crossing_id, row), point in zip(crossings.iterrows(), points, strict=True):
        if not fits(point, view, 0):
            continue
        key = f"crossing:{crossing_id}"
        name = " – ".join(part for part in (row["name_kz"], row["name_uz"]) if part)
        if row["status"] == "closed":
            half = CROSS * size
            lines = tuple(point + half * np.array([(-1, s), (1, -s)]) for s in (-1, 1))
            yield Shape("crossings", "line", "", "", lines, stroke=PAPER, width=4)
            yield Shape("crossings", "line", key, name, lines, stroke=m.CROSSING_COLOUR, width=1.4)
            continue
        rings = (point + DIAMOND * size * np.array([(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)]),)
        is_open = row["status"] == "operating"
        fill, stroke = (m.CROSSING_COLOUR, PAPER) if is_open else (PAPER, m.CROSSING_COLOUR)
        yield Shape("crossings", "polygon", key, name, rings, fill, stroke, 1.1)
