"""The strip: a way straightened on a kilometre axis, with its countries, gauges, borders, barriers and sites.

It lies on a wide screen and stands upright, kilometres downwards, on a phone. `duel` draws two ways on one
axis. Figures are plain dicts. Marks carry keys such as "node:kars" or "segment:SEG-001" as customdata.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np

from dashboard.figures import marks as m
from dashboard.figures import strip_key
from dashboard.figures.sheet import FONT_FAMILY, INK, text_width
from dashboard.figures.strip_drawing import HEADING, SMALL, TEXT_SIZE, Drawing, Ruler, plain
from dashboard.figures.strip_labels import (
    SLANT,
    Name,
    apart,
    beside,
    beside_points,
    height_of,
    in_lines,
    shortened,
    slanted,
)
from dashboard.figures.strip_lane import (
    BAND,
    GAP,
    QUIET,
    Lane,
    Rows,
    Setting,
    StripContext,
    draw_lane,
    names_of,
)
from dashboard.figures.strip_texts import site_hover
from dashboard.text import N_, Words
from layers import Atlas
from layers.ways import Way, shared_with

__all__ = ["StripContext", "context_of", "duel", "strip"]

LEFT_PX, RIGHT_PX = 118.0, 92.0  # beside a lying strip: headings of rows; the last slanted name
SITES_PX, NO_SITES_PX, AXIS_PX, KEY_GAP_PX, TITLE_PX = 132.0, 12.0, 30.0, 14.0, 30.0
BETWEEN_LANES_PX = 22.0
NAME_PX, LEAST_UPRIGHT_PX = 18.0, 620.0
UPRIGHT_SITES_PX = 74.0
SITE_RADIUS = 5.5
NOWHERE = Rows(*(0.0,) * 10)  # until the names say how much room they take


def context_of(
    atlas: Atlas,
    corridor_id: str,
    sites: gpd.GeoDataFrame | None = None,
    within_km: float = 0.0,
    width: int = 1200,
    left_out: int = 0,
) -> StripContext:
    """The context of a way of one corridor.

    Barriers are those of the corridor, of its parent and of its branches.
    """
    return StripContext(setting_of(atlas, corridor_id, width), sites, within_km, left_out)


@lru_cache(maxsize=64)
def setting_of(atlas: Atlas, corridor_id: str, width: int) -> Setting:
    """The setting of the ways of one corridor, made once: drawn strips are kept by it."""
    corridor = atlas.corridors.loc[corridor_id]
    family = {corridor_id, corridor["parent_id"]}
    family |= set(atlas.corridors.index[atlas.corridors["parent_id"].eq(corridor_id)])
    barriers = atlas.barriers[atlas.barriers["corridor_id"].isin(family - {""})]
    return Setting(atlas.countries, barriers, atlas.crossings, m.GROUP_COLOURS[corridor["group"]], width)


def strip(way: Way, context: StripContext, words: Words, is_upright: bool = False) -> dict[str, Any]:
    """One way; a way of no kilometres gives an empty figure."""
    if way.length_km <= 0:
        return empty_figure(words("No way to draw."))
    has_sites = context.sites is not None
    kept, lane = drawn(way, context.setting, words, is_upright, has_sites)
    drawing = kept.copy()  # what is kept serves all distances
    if is_upright:
        if has_sites:
            draw_sites(drawing, lane, context, UPRIGHT_SITES_PX, -(UPRIGHT_SITES_PX - SITE_RADIUS - 1))
            n = words.number(context.within_km)
            told = nearest_only(context, words) or words("Sites to {n} km", n=n)
            drawing.heading(told, UPRIGHT_SITES_PX / 2)
        return figure(drawing, [lane], words, context.width - 8, context.sites)
    bottom = lane.rows.far + AXIS_PX
    if has_sites:
        depth = SITES_PX if len(context.sites) else NO_SITES_PX
        draw_sites(drawing, lane, context, bottom, depth)
        bottom += depth + SITE_RADIUS + 4
    return figure(drawing, [lane], words, bottom, context.sites, axis_at=lane.rows.far)


@lru_cache(maxsize=64)
def drawn(
    way: Way, setting: Setting, words: Words, is_upright: bool, has_sites: bool
) -> tuple[Drawing, Lane]:
    """The strip of a way without its sites, which alone change with the distance."""
    if not is_upright:
        drawing = Drawing(Ruler(way.length_km, setting.width - LEFT_PX - RIGHT_PX))
        return drawing, lying_lane(drawing, Lane(way, setting, words, NOWHERE), 0.0)
    lane = Lane(way, setting, words, NOWHERE)
    names = names_of(lane)
    pixels = max(LEAST_UPRIGHT_PX, NAME_PX * (len(names) + 1))
    drawing = Drawing(Ruler(way.length_km, pixels, is_upright=True))
    left = UPRIGHT_SITES_PX + 8 if has_sites else 2.0
    lane = replace(lane, rows=upright_rows(left, bool(lane.barriers)))
    draw_lane(drawing, lane)
    name_upright(drawing, lane, names, setting.width - 12)
    return drawing, lane


def duel(
    first: tuple[str, Way, StripContext],
    second: tuple[str, Way, StripContext],
    words: Words,
    is_upright: bool = False,
) -> dict[str, Any]:
    """Two ways, each with its name, on one kilometre axis; stretches that both use are marked on both.

    Sites are left out.
    """
    length_km = max(first[1].length_km, second[1].length_km)
    if length_km <= 0:
        return empty_figure(words("No way to draw."))
    names = (first[0], second[0])
    lanes = [
        Lane(way, context.setting, words, NOWHERE, shared_with(way, other))
        for (_, way, context), (_, other, _) in ((first, second), (second, first))
    ]
    if is_upright:
        return upright_duel(names, lanes, length_km, words)
    drawing = Drawing(Ruler(length_km, first[2].width - LEFT_PX - RIGHT_PX))
    top = 0.0
    for number, (name, lane) in enumerate(zip(names, lanes, strict=True)):
        drawing.write(f"<b>{plain(name)}</b>", 0, top + 4, ("left", "top"), lane.setting.colour, size=14)
        lanes[number] = lying_lane(drawing, lane, top + TITLE_PX)
        top = lanes[number].rows.far + BETWEEN_LANES_PX
    far = top - BETWEEN_LANES_PX
    return figure(drawing, lanes, words, far + AXIS_PX, axis_at=far)


def lying_lane(drawing: Drawing, lane: Lane, top: float) -> Lane:
    """A lane with its names, drawn from `top` downwards; returns it with its rows."""
    names = slanted(names_of(lane), drawing.ruler, RIGHT_PX)
    lane = replace(lane, rows=lying_rows(top, height_of(names), bool(lane.barriers), lane.is_shared))
    draw_lane(drawing, lane)
    start = lane.rows.names
    ends = [((one.name.km, lane.rows.line - 7), (drawing.ruler.km(one.px), start)) for one in names]
    drawing.strokes(ends, "#aab3b9")
    for one in names:
        text = f"<b>{plain(one.text)}</b>" if one.name.rank == 0 else plain(one.text)
        colour = INK if one.name.rank < 4 else HEADING
        km = drawing.ruler.km(one.px)
        drawing.write(text, km, start, ("left", "bottom"), colour, textangle=-SLANT, xshift=-8, yshift=-3)
    return lane


def lying_rows(top: float, names_px: float, has_barriers: bool, is_shared: bool) -> Rows:
    """The rows of a lying lane from `top` downwards."""
    country = top + BAND / 2
    names = top + BAND + names_px
    line = names + 22
    at = line + 14
    barriers = at + 10 if has_barriers else None
    at += 24 if has_barriers else 2
    rows = []
    for shown in (is_shared, True, True, True):
        rows.append(at + BAND / 2 if shown else None)
        at += (BAND + GAP) if shown else 0
    return Rows(top, country, names, line, barriers, *rows, far=at + 2)


def upright_rows(left: float, has_barriers: bool, is_narrow: bool = False) -> Rows:
    """The rows of an upright lane from `left` to the right: bands, line, barriers, names.

    A narrow lane has no bands of mode and status, which its line shows by form and dash.
    """
    at, found = left, []
    for shown in (True, True, not is_narrow, not is_narrow):
        found.append(at + BAND / 2 if shown else None)
        at += BAND + GAP if shown else 0
    country, gauge, mode, status = found
    line = at + 12
    barriers = line + 18 if has_barriers else None
    names = line + (36 if has_barriers else 26)
    return Rows(left, country, names, line, barriers, None, status, mode, gauge, far=line + 10)


def draw_sites(drawing: Drawing, lane: Lane, context: StripContext, base: float, depth: float) -> None:
    """Sites hung below the line at their kilometre, as deep as they are far, with the names that fit."""
    words, ruler = lane.words, drawing.ruler
    if len(context.sites) or ruler.is_upright:
        draw_depths(drawing, words, context.within_km, base, depth)
    sites = m.site_marks(context.sites).reset_index().to_dict("records")
    scale = depth / max(context.within_km, 1e-9)
    hung = [(ruler.px(site["km"]), base + site["distance_km"] * scale) for site in sites]
    px = apart(hung, 2 * SITE_RADIUS, ruler.pixels)
    points = [(ruler.km(along), across) for along, across in px]
    stems = [((site["km"], base), place) for site, place in zip(sites, points, strict=True)]
    drawing.strokes(stems, "#c3cbd0")
    keys = [f"site:{site['site_id']}" for site in sites]
    drawing.markers("sites", points, keys, [site_hover(site, words) for site in sites], site_look(sites))
    if not ruler.is_upright:
        name_sites(drawing, context, words, sites, px, (base, base + depth))


def nearest_only(context: StripContext, words: Words) -> str:
    """What is said of a strip on which not all sites hang; "" where all do."""
    if not context.left_out:
        return ""
    shown, km = len(context.sites), words.number(context.within_km)
    message = N_("The {n} nearest of {all} sites within {km} km")
    return words(message, n=words.number(shown), all=words.number(shown + context.left_out), km=km)


def draw_depths(drawing: Drawing, words: Words, within_km: float, base: float, depth: float) -> None:
    """Lines at no, half and the whole distance, with their kilometres."""
    for share in (0.0, 0.5, 1.0):
        at = base + share * depth
        drawing.line([(0, at), (drawing.ruler.length_km, at)], "#dfe4e7", 1)
        km = words.number(within_km * share)
        if drawing.ruler.is_upright:
            above = {"yref": "paper", "y": 1, "yshift": 1}
            drawing.write(km if share else "", 0, at, ("center", "bottom"), QUIET, size=SMALL, **above)
        elif share:
            left = {"xref": "paper", "x": 0, "xshift": -8}
            drawing.write(words("{n} km", n=km), 0, at, ("right", "middle"), QUIET, size=SMALL, **left)


def site_look(sites: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Discs by the kind of site: hollow where the place is approximate, smaller where nothing stands yet."""
    hollow = [site["is_approximate"] for site in sites]
    colours = [site["colour"] for site in sites]
    sizes = [2 * SITE_RADIUS if site["is_standing"] or site["is_building"] else 8.5 for site in sites]
    return {
        **{"symbol": "circle", "opacity": 1, "size": sizes},
        "color": ["#ffffff" if is_hollow else own for is_hollow, own in zip(hollow, colours, strict=True)],
        "line": {
            "color": [
                own if is_hollow else "#ffffff" for is_hollow, own in zip(hollow, colours, strict=True)
            ],
            "width": [2.2 if is_hollow else 1 for is_hollow in hollow],
        },
    }


def name_sites(
    drawing: Drawing,
    context: StripContext,
    words: Words,
    sites: list[dict],
    px: list[tuple[float, float]],
    frame: tuple[float, float],
) -> None:
    """The names of the sites that find room, and before them what the discs are."""
    n = words.number(context.within_km)
    text = words("Sites within {n} km", n=n) if sites else words("No site within {n} km", n=n)
    text = nearest_only(context, words) or text
    place = {"xref": "paper", "x": 0, "xshift": -8, "align": "right", "yshift": 8}
    lines = "<br>".join(plain(line) for line in in_lines(text, SMALL, LEFT_PX - 10, 4))
    drawing.write(lines, 0, frame[0], ("right", "top"), HEADING, size=SMALL, **place)
    texts = [in_lines(words.name(site), SMALL, 150, 2) for site in sites]
    ranks = [0 if site["kind"] == "joint-cluster" else 1 + (not site["is_standing"]) for site in sites]
    stems = [(x - 1, frame[0], x + 1, y) for x, y in px]
    room = (0.0, frame[0] + 2, drawing.ruler.pixels + RIGHT_PX, frame[1] + 12)
    for position, side, box in beside_points(px, texts, ranks, SMALL, SITE_RADIUS, room, stems):
        km = drawing.ruler.km(px[position][0])
        shift = (SITE_RADIUS + 2) * (1 if side == "left" else -1)
        lines = "<br>".join(plain(line) for line in texts[position])
        rest = {"xshift": shift, "align": side, "size": SMALL}
        drawing.write(lines, km, (box[1] + box[3]) / 2, (side, "middle"), "#39444c", **rest)


def upright_duel(names: Sequence[str], lanes: list[Lane], length_km: float, words: Words) -> dict[str, Any]:
    """Two ways side by side with their kilometres downwards; only their main stops are named."""
    width = lanes[0].setting.width - 8
    half = width / 2
    count = max(len(main_names(lane)) for lane in lanes)
    drawing = Drawing(Ruler(length_km, max(LEAST_UPRIGHT_PX, 2.4 * NAME_PX * count), is_upright=True))
    for number, lane in enumerate(lanes):
        left = number * (half + 3)
        lanes[number] = lane = replace(lane, rows=upright_rows(left, bool(lane.barriers), is_narrow=True))
        draw_lane(drawing, lane)
        name_upright(drawing, lane, main_names(lane), left + half, lines=2)
    top = drawing.headings_px + 26
    for name, lane in zip(names, lanes, strict=True):
        title = "<br>".join(plain(line) for line in in_lines(name, TEXT_SIZE, half - 16, 3))
        place = {"yref": "paper", "y": 1, "yshift": top, "align": "left"}
        anchor = ("left", "bottom")
        drawing.write(f"<b>{title}</b>", 0, lane.rows.near, anchor, lane.setting.colour, **place)
    return figure(drawing, lanes, words, width, top=top + 3 * 1.3 * TEXT_SIZE + 4)


def main_names(lane: Lane) -> list[Name]:
    """The names of the ends, borders, landings and gauge breaks."""
    return [name for name in names_of(lane) if name.rank < 4]


def name_upright(drawing: Drawing, lane: Lane, names: Sequence[Name], right: float, lines: int = 1) -> None:
    """Names and kilometres beside an upright line, joined to their stops; on two lines in a narrow lane."""
    rows, words = lane.rows, lane.words
    placed = beside(names, drawing.ruler, NAME_PX * (1.7 if lines == 2 else 1))
    start = rows.line + 7
    drawing.strokes(
        [
            ((one.name.km, start), (one.name.km, start + 3), (drawing.ruler.km(one.px), rows.names - 3))
            for one in placed
        ],
        "#aab3b9",
    )
    for one in placed:
        km = drawing.ruler.km(one.px)
        number = words.number(round(one.name.km))
        taken = 0.0 if lines == 2 else text_width(number, TEXT_SIZE) + 6
        text = plain(shortened(one.text, right - rows.names - taken, one.name.rank == 0))
        text = f"<b>{text}</b>" if one.name.rank == 0 else text
        number = f'<span style="color:{QUIET}">{number}</span>'
        text += ("<br>" if lines == 2 else " ") + number
        rest = {"align": "left"} if lines == 2 else {}
        drawing.write(text, km, rows.names, ("left", "middle"), **rest)


def figure(
    drawing: Drawing,
    lanes: Sequence[Lane],
    words: Words,
    across: float,
    sites: gpd.GeoDataFrame | None = None,
    axis_at: float | None = None,
    top: float | None = None,
) -> dict[str, Any]:
    """The whole figure: the strip, and under it the key; `across` are the pixels that the strip takes across
    the way, `axis_at` where a lying one has its axis.
    """
    top = drawing.headings_px + 26 if top is None else top
    ruler = drawing.ruler
    is_upright = ruler.is_upright
    margin = (
        {"l": 4, "r": 4, "t": round(top), "b": 6}
        if is_upright
        else {"l": LEFT_PX, "r": RIGHT_PX, "t": 6, "b": 6}
    )
    along_px, strip_px = (across, ruler.pixels) if is_upright else (ruler.pixels, across)
    placed = strip_key.laid_out(strip_key.entries(lanes, sites, words), along_px)
    key_px = strip_key.height_of(placed)
    traces, notes = strip_key.draw_key(placed, lanes[0].setting.colour)
    whole = strip_px + KEY_GAP_PX + key_px
    split = round((key_px + KEY_GAP_PX) / whole, 5)
    hidden = {"visible": False, "fixedrange": True}
    end_km = round(
        ruler.length_km + 0.1, 1
    )  # places are rounded to a tenth, and beyond the range nothing shows
    km_axis = {**hidden, "range": [end_km, 0] if is_upright else [0, end_km]}
    px_axis = {**hidden, "range": [0, across] if is_upright else [across, 0]}
    x, y = (px_axis, km_axis) if is_upright else (km_axis, px_axis)
    if axis_at is not None:
        x = km_axis | axis_look(ruler, words)
        x |= {"anchor": "free", "position": round(split + (1 - axis_at / across) * (1 - split), 5)}
    layout = {
        **{"xaxis": x, "yaxis": y | {"domain": [split, 1]}},
        "xaxis2": {**hidden, "anchor": "y2", "range": [0, along_px]},
        "yaxis2": {**hidden, "anchor": "x2", "range": [key_px, 0], "domain": [0, round(key_px / whole, 5)]},
        **{"height": round(whole + margin["t"] + margin["b"]), "margin": margin, "autosize": True},
        **{"shapes": drawing.shapes, "annotations": [*drawing.annotations, *notes]},
        **{"showlegend": False, "hovermode": "closest", "dragmode": False, "barmode": "overlay"},
        **{"bargap": 0, "paper_bgcolor": "#ffffff", "plot_bgcolor": "rgba(0,0,0,0)"},
        "font": {"family": FONT_FAMILY, "size": TEXT_SIZE, "color": INK},
        "hoverlabel": {"align": "left", "bgcolor": "#ffffff", "font": {"size": 13, "color": INK}},
    }
    return {"data": [*drawing.traces, *traces], "layout": layout}


def axis_look(ruler: Ruler, words: Words) -> dict[str, Any]:
    """Ticks at round kilometres."""
    step = next(s for s in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if ruler.px(s) >= 84 or s == 5000)
    ticks = [int(tick) for tick in np.arange(0, ruler.length_km + 1e-6, step)]
    return {
        **{"visible": True, "tickvals": ticks, "ticks": "outside", "ticklen": 5, "showgrid": False},
        "ticktext": [words("{n} km", n=words.number(tick)) for tick in ticks],
        **{"tickcolor": QUIET, "tickfont": {"size": SMALL, "color": QUIET}, "zeroline": False},
        **{"showline": True, "linecolor": QUIET},
    }


def empty_figure(text: str) -> dict[str, Any]:
    """A figure that says why there is nothing to see."""
    note = {"text": plain(text), "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = {"visible": False, "fixedrange": True}
    font = {"family": FONT_FAMILY, "size": TEXT_SIZE, "color": INK}
    return {
        "data": [],
        "layout": {"xaxis": hidden, "yaxis": hidden, "annotations": [note], "font": font, "height": 120},
    }
