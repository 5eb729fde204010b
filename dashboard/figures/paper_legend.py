"""The legend of the printed map: what is shown and nothing else, packed into columns and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.arrows import scales
from dashboard.figures.class_words import class_words
from dashboard.figures.flow_words import LOOKS, unit_name
from dashboard.figures.paper_crowds import SO_MANY
from dashboard.figures.paper_look import (
    BUILDING_DOT,
    COUNT_EDGE,
    HOLLOW_EDGE,
    NEUTRAL,
    TOTALS_COLOUR,
    TOTALS_EDGE,
    Look,
    dash_of,
    opaque,
)
from dashboard.figures.sheet import INK, QUIET, Sheet, text_height, wrapped
from dashboard.figures.style import PAPER
from dashboard.text import Words

SWATCH_WIDTH = 2.6  # sizes of the letters
GAP_OF_GROUPS, GAP_OF_PARTS, GAP_OF_ENTRIES = 0.55, 0.4, 0.12  # sizes of the letters
COLUMN_GAP = 14.0  # pixels


@dataclass(frozen=True)
class Swatch:
    """A piece of what an entry explains: box, line, disc, count, diamond, cross, circles, arrow, or none."""

    kind: str = ""
    colour: str = INK
    dash: tuple[float, ...] | None = None
    is_hollow: bool = False
    is_building: bool = False
    size: float = 1.0
    shares: tuple[float, ...] = ()
    look: str = ""  # of an arrow


@dataclass(frozen=True)
class Entry:
    """One row: a title, a note, or a swatch with its meaning."""

    text: str
    swatch: Swatch = Swatch()
    is_title: bool = False
    is_note: bool = False
    is_apart: bool = False  # a little space above: what follows explains forms and not colours


@dataclass(frozen=True)
class Column:
    """Entries over each other with the height each one takes."""

    entries: tuple[Entry, ...]
    heights: tuple[float, ...]


def entries_of(marks: m.MapMarks, words: Words, has_counts: bool = False) -> list[Entry]:
    """Every symbol the map shows at the moment; it `has_counts` where sites stand together."""
    shown = set(marks.shown)
    return [
        *_regions(marks.regions, words),
        *(_corridors(marks, words) if "corridors" in shown and len(marks.lines) else []),
        *(_sites(marks, words, has_counts) if "sites" in shown and len(marks.sites) else []),
        *(_crossings(marks, words) if "crossings" in shown and len(marks.crossings) else []),
        *(_energy(marks, words) if "energy" in shown and len(marks.energy) else []),
        *(_flows(marks, words) if len(marks.flows) else []),
    ]


def _regions(regions: m.RegionMarks, words: Words) -> list[Entry]:
    if regions.metric.form == "none":
        return []
    metric = regions.metric
    title = f"{words(metric.label)}, {words(metric.unit)}" if metric.unit else words(metric.label)
    entries = [Entry(title, is_title=True)]
    if metric.form == "total":
        return entries + _totals(regions, metric.digits, words)
    for colour, text in zip(regions.colours, class_words(regions, words), strict=True):
        entries.append(Entry(text, Swatch("box", opaque(colour))))
    if (regions.class_of < 0).any():
        entries.append(Entry(words("no data"), Swatch("box", opaque(m.NO_DATA_COLOUR))))
    return entries


def _totals(regions: m.RegionMarks, digits: int, words: Words) -> list[Entry]:
    largest = regions.values.max()
    if not largest > 0:
        return []
    shown = [f"{largest * share:.2g}" for share in (0.9, 0.2)]
    shares = tuple(float(value) / largest for value in shown)
    numbers = " · ".join(words.number(float(value), digits if float(value) < 10 else None) for value in shown)
    entries = [Entry(numbers, Swatch("circles", TOTALS_COLOUR, shares=shares))]
    missing = regions.values.isna().any()
    return entries + ([Entry(words("no circle: no data or zero"), is_note=True)] if missing else [])


def _corridors(marks: m.MapMarks, words: Words) -> list[Entry]:
    colours, statuses = set(marks.lines["colour"]), set(marks.lines["status"])
    groups = [
        Entry(words(vocabulary.CORRIDOR_GROUPS[group]), Swatch("line", colour))
        for group, colour in m.GROUP_COLOURS.items()
        if colour in colours
    ]
    title = words("Corridors") if groups else words("Lines")
    return [Entry(title, is_title=True), *groups, *_statuses(statuses, words)]


def _statuses(statuses: set[str], words: Words) -> list[Entry]:
    """One row for each dash, with the words of all statuses that have it."""
    by_dash: dict[tuple[float, ...] | None, list[str]] = {}
    for status, message in vocabulary.STATUSES.items():
        if status in statuses:
            by_dash.setdefault(m.STATUS_DASHES[status], []).append(words(message))
    return _apart([Entry(", ".join(texts), Swatch("line", NEUTRAL, dash)) for dash, texts in by_dash.items()])


def _apart(entries: list[Entry]) -> list[Entry]:
    return [replace(entry, is_apart=not i) for i, entry in enumerate(entries)]


def _sites(marks: m.MapMarks, words: Words, has_counts: bool) -> list[Entry]:
    sites, kinds = marks.sites, set(marks.sites["kind"])
    standing, building = sites["is_standing"].any(), sites["is_building"].any()
    planned = (~sites["is_standing"] & ~sites["is_building"]).any()
    looks = (
        (standing, words("operating"), Swatch("disc", NEUTRAL)),
        (building, words("under construction"), Swatch("disc", NEUTRAL, is_building=True)),
        (planned, words("planned or announced"), Swatch("disc", NEUTRAL, size=0.78)),
        (sites["is_approximate"].any(), words("approximate place"), Swatch("disc", NEUTRAL, is_hollow=True)),
    )
    return [
        Entry(words("Industrial sites"), is_title=True),
        *(
            Entry(words(vocabulary.SITE_KINDS[kind]), Swatch("disc", colour))
            for kind, colour in m.SITE_COLOURS.items()
            if kind in kinds
        ),
        *_apart([Entry(text, swatch) for is_there, text, swatch in looks if is_there]),
        *([Entry(words(SO_MANY), Swatch("count"))] if has_counts else []),
    ]


def _crossings(marks: m.MapMarks, words: Words) -> list[Entry]:
    statuses = set(marks.crossings["status"])
    entries = [Entry(words("Border crossings"), is_title=True)]
    if "operating" in statuses:
        entries.append(Entry(words("open"), Swatch("diamond", m.CROSSING_COLOUR)))
    if statuses - {"operating", "closed"}:
        text = words("planned or under construction")
        entries.append(Entry(text, Swatch("diamond", m.CROSSING_COLOUR, is_hollow=True)))
    if "closed" in statuses:
        entries.append(Entry(words("closed"), Swatch("cross", m.CROSSING_COLOUR)))
    return entries


def _energy(marks: m.MapMarks, words: Words) -> list[Entry]:
    carriers = set(marks.energy["carrier"])
    return [
        Entry(words("Energy lines"), is_title=True),
        *(
            Entry(words(vocabulary.CARRIERS[carrier]), Swatch("line", colour, size=0.7))
            for carrier, colour in m.CARRIER_COLOURS.items()
            if carrier in carriers
        ),
    ]


def _flows(marks: m.MapMarks, words: Words) -> list[Entry]:
    """Arrows: largest and smallest of each unit, then the looks of results, contracts and plans."""
    entries = [Entry(words("Flows, width by amount"), is_title=True)]
    for unit, values in scales(marks.flows):
        shown = " – ".join(words.number(value) for value, _ in reversed(values))
        entries.append(Entry(f"{unit_name(unit, words)}: {shown}", is_note=True))
    looks = [
        Entry(words(LOOKS[look]), Swatch("arrow", NEUTRAL, look=look))
        for look in LOOKS
        if look in set(marks.flows["look"])
    ]
    return [*entries, *_apart(looks)]


def packed(entries: Sequence[Entry], count: int, width: float, look: Look) -> list[Column]:
    """The entries in at most `count` columns of a width; what stands under one title stays together."""
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry.is_title or not groups:
            groups.append([])
        groups[-1].append(entry)
    columns: list[list[Entry]] = [[] for _ in range(min(count, len(groups)))]
    heights = [0.0] * len(columns)
    for group in groups:
        lowest = heights.index(min(heights))
        columns[lowest] += group
        heights[lowest] += sum(_height(entry, width, look) for entry in group)
    return [Column(tuple(c), tuple(_height(entry, width, look) for entry in c)) for c in columns]


def height_of(columns: Sequence[Column]) -> float:
    """Pixels that the highest column takes."""
    return max((sum(column.heights) for column in columns), default=0.0)


def _height(entry: Entry, width: float, look: Look) -> float:
    text = text_height(_lines(entry, width, look), look.legend)
    circles = look.circle(max(entry.swatch.shares)) + 2 if entry.swatch.shares else 0.0
    return max(text, circles) + _gap(entry, look)


def _gap(entry: Entry, look: Look) -> float:
    kind = GAP_OF_GROUPS if entry.is_title else GAP_OF_PARTS if entry.is_apart else GAP_OF_ENTRIES
    return kind * look.legend


def _lines(entry: Entry, width: float, look: Look) -> list[str]:
    return wrapped(entry.text, look.legend, width - _indent(entry, look), entry.is_title)


def _indent(entry: Entry, look: Look) -> float:
    if not entry.swatch.kind:
        return 0.0
    wide = look.circle(max(entry.swatch.shares)) + 6 if entry.swatch.shares else 0.0
    return max(SWATCH_WIDTH * look.legend + 5, wide)


def draw(sheet: Sheet, columns: Sequence[Column], left: float, top: float, width: float, look: Look) -> None:
    """Draw the columns beside each other, each `width` wide."""
    for column in columns:
        y = top
        for entry, height in zip(column.entries, column.heights, strict=True):
            gap = _gap(entry, look)
            _draw_entry(sheet, entry, left, y + gap + (height - gap) / 2, width, look)
            y += height
        left += width + COLUMN_GAP


def _draw_entry(sheet: Sheet, entry: Entry, left: float, y: float, width: float, look: Look) -> None:
    place = (left + _indent(entry, look), y)
    colour = QUIET if entry.is_note else INK
    lines = _lines(entry, width, look)
    sheet.write(*place, lines, look.legend, anchor=("left", "middle"), bold=entry.is_title, colour=colour)
    if entry.swatch.kind:
        DRAWN[entry.swatch.kind](sheet, entry.swatch, left, y, look)


def _draw_box(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    wide, half = SWATCH_WIDTH * look.legend, 0.45 * look.legend
    sheet.rectangle(left, y - half, left + wide, y + half, swatch.colour, "#8b8577", 0.6)


def _draw_line(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    width = max(m.MODE_WIDTHS.values()) * look.line * swatch.size
    ends = [(left, y), (left + SWATCH_WIDTH * look.legend, y)]
    sheet.path(ends, swatch.colour, width, dash_of(swatch.dash, width))


def _draw_arrow(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    """An arrow in the look of a result, a contract or a plan."""
    wide, half = SWATCH_WIDTH * look.legend, 0.22 * look.legend
    neck, tip = left + 0.6 * wide, left + wide
    corners = [(left, y - half), (neck, y - half), (neck, y - 2 * half), (tip, y), (neck, y + 2 * half)]
    corners += [(neck, y + half), (left, y + half), (left, y - half)]
    fill = swatch.colour if swatch.look == "actual" else PAPER
    dash = dash_of((3.0, 2.2), 1.0) if swatch.look == "plan" else "solid"
    sheet.path(corners, swatch.colour, 1.0, dash, fill=fill)
    for step in range(1, 5) if swatch.look == "contract" else ():
        x = left + step * 0.11 * wide
        sheet.path([(x, y - half), (x + half, y), (x, y + half)], swatch.colour, 0.9)


def _draw_disc(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    x, wide = left + SWATCH_WIDTH * look.legend / 2, look.site * swatch.size
    if swatch.is_hollow:
        sheet.circle(x, y, wide, PAPER, swatch.colour, wide * HOLLOW_EDGE)
        return
    sheet.circle(x, y, wide, swatch.colour, PAPER, 1.0)
    if swatch.is_building:
        sheet.circle(x, y, wide * BUILDING_DOT, PAPER)


def _draw_count(sheet: Sheet, _swatch: Swatch, left: float, y: float, look: Look) -> None:
    x, size = left + SWATCH_WIDTH * look.legend / 2, 0.8 * look.legend
    sheet.circle(x, y, 1.5 * look.legend, PAPER, COUNT_EDGE, 1.2)
    sheet.write(x, y, ["12"], size, anchor=("center", "middle"))


def _draw_diamond(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    x, half = left + SWATCH_WIDTH * look.legend / 2, look.site * 0.6
    corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    sheet.path(corners, swatch.colour, 1.2, fill=PAPER if swatch.is_hollow else swatch.colour)


def _draw_cross(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    x, half = left + SWATCH_WIDTH * look.legend / 2, look.site * 0.45
    sheet.path([(x - half, y - half), (x + half, y + half)], swatch.colour, 1.6)
    sheet.path([(x - half, y + half), (x + half, y - half)], swatch.colour, 1.6)


def _draw_circles(sheet: Sheet, swatch: Swatch, left: float, y: float, look: Look) -> None:
    widest = look.circle(max(swatch.shares))
    for share in swatch.shares:
        wide = look.circle(share)
        sheet.circle(left + widest / 2, y + (widest - wide) / 2, wide, "rgba(184,116,42,0.3)", TOTALS_EDGE)


DRAWN = {
    "box": _draw_box,
    "line": _draw_line,
    "disc": _draw_disc,
    "count": _draw_count,
    "diamond": _draw_diamond,
    "cross": _draw_cross,
    "arrow": _draw_arrow,
    "circles": _draw_circles,
}
