"""Where things stand on a printed sheet: title, map, inset, key of numbers, legend, small print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.figures import paper_legend as legend
from dashboard.figures.paper_look import Look
from dashboard.figures.projection import Rectangle
from dashboard.figures.sheet import INK, QUIET, Sheet, text_height, wrapped

SIDE_LEGEND_FROM = 1.15  # width by height of a sheet whose legend stands beside the map
SIDE_LEGEND, LEGEND_COLUMN = 17.5, 15.5  # widths in sizes of its letters
INSET_COLUMN, WIDEST_COLUMN = 13.5, 16.5  # the same for each column beside or over an inset
INSET_SHARE = 0.45  # of the width below the map
INSET_SHAPE = 1.6  # width by height of an inset, which may be higher
NARROWEST_INSET = 230.0  # pixels
LEAST_MAP = 0.5  # share of the sheet's height that a map with its legend below keeps
SMALLEST_LETTERS = 7.8  # pixels
KEY_RIM = 3.0  # pixels between the map and the key of its numbers


@dataclass(frozen=True)
class Texts:
    """What is written round the map; each of `small_print` begins a line."""

    title: str
    under_title: tuple[str, ...]
    small_print: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """What must find room round the map.

    `inset` is the title of an enlargement, "" for none, `key` the names of what the map numbers; what the map
    must show is `shape` times as wide as high, and the map at most `tallest` times as high as wide.
    """

    entries: tuple[legend.Entry, ...] = ()
    inset: str = ""
    key: str = ""
    shape: float = 1.0
    tallest: float = 3.0


@dataclass(frozen=True)
class Plan:
    """Where on a sheet the map, the title of its inset, the inset and the legend's columns stand.

    `lowest` is where the small print begins.
    """

    map: Rectangle
    look: Look
    inset: Rectangle | None = None
    columns: tuple[legend.Column, ...] = ()
    legend_left: float = 0.0
    legend_top: float = 0.0
    legend_width: float = 0.0
    lowest: float = float("inf")

    @property
    def legend_fits(self) -> bool:
        """Does the legend end above the small print?"""
        return self.legend_top + legend.height_of(self.columns) <= self.lowest


def written(sheet: Sheet, look: Look, texts: Texts | None, wish: Wish) -> Plan:
    """Write everything round the map and say where that leaves the map; without texts it is nearly alone."""
    if texts is None:
        height = min(sheet.height, wish.tallest * sheet.width)
        plan = Plan(Rectangle(0, (sheet.height - height) / 2, sheet.width, height), look)
    else:
        area = _written_texts(sheet, look, texts)
        is_beside = sheet.width / sheet.height >= SIDE_LEGEND_FROM
        plan = replace((_beside if is_beside else _above)(area, wish, look), lowest=area.bottom)
        place = (plan.legend_left, plan.legend_top, plan.legend_width)
        legend.draw(sheet, plan.columns, *place, plan.look)
    if plan.inset:
        lines = _title_of_inset(wish, plan.inset.width, plan.look)
        top = plan.inset.top - text_height(lines, plan.look.legend)
        sheet.write(plan.inset.left, top, lines, plan.look.legend, bold=True)
    return replace(plan, map=_over_its_key(sheet, plan, wish))


def _written_texts(sheet: Sheet, look: Look, texts: Texts) -> Rectangle:
    """Write title and small print; what is left between them."""
    rim, width = look.rim, sheet.width - 2 * look.rim
    top = _paragraphs(sheet, [texts.title], look.title, rim, width, bold=True)
    top = _paragraphs(sheet, texts.under_title, look.body, top, width, colour=QUIET) + 0.6 * rim
    bottom = sheet.height - rim
    for text in reversed(texts.small_print):
        lines = wrapped(text, look.small, width)
        bottom -= text_height(lines, look.small)
        sheet.write(rim, bottom, lines, look.small, colour=QUIET)
    return Rectangle(rim, top, width, bottom - 0.5 * rim - top)


def _paragraphs(
    sheet: Sheet,
    texts: Sequence[str],
    size: float,
    top: float,
    width: float,
    *,
    bold: bool = False,
    colour: str = INK,
) -> float:
    """Write texts under each other and give the height reached."""
    for text in filter(None, texts):
        lines = wrapped(text, size, width, bold)
        sheet.write((sheet.width - width) / 2, top, lines, size, bold=bold, colour=colour)
        top += text_height(lines, size)
    return top


def _key_height(wish: Wish, width: float, look: Look) -> float:
    return text_height(wrapped(wish.key, look.legend, width), look.legend) + KEY_RIM if wish.key else 0.0


def _over_its_key(sheet: Sheet, plan: Plan, wish: Wish) -> Rectangle:
    """Write the key under the map, which gives up the room for it."""
    box, size = plan.map, plan.look.legend
    rim = KEY_RIM if box.width >= sheet.width else 0.0
    lines = wrapped(wish.key, size, box.width - 2 * rim)
    height = _key_height(wish, box.width - 2 * rim, plan.look)
    sheet.write(box.left + rim, box.bottom - height + KEY_RIM, lines, size)
    return Rectangle(box.left, box.top, box.width, max(box.height - height, 60.0))


def _title_of_inset(wish: Wish, width: float, look: Look) -> list[str]:
    return wrapped(wish.inset, look.legend, width, bold=True)


def _smaller(look: Look) -> Look:
    return replace(look, legend=look.legend * 0.96)


def _beside(area: Rectangle, wish: Wish, look: Look) -> Plan:
    """The legend right of the map, over the inset if there is one, in letters that let it fit."""
    count = 2 if wish.inset else 1
    while True:
        each = _column_over_inset(area, wish, look) if wish.inset else SIDE_LEGEND * look.legend
        width = count * each + (count - 1) * legend.COLUMN_GAP if wish.entries or wish.inset else 0.0
        columns = legend.packed(wish.entries, count, each, look)
        used, gap = legend.height_of(columns), look.rim * 0.7 if width else 0.0
        title = text_height(_title_of_inset(wish, width, look), look.legend) if wish.inset else 0.0
        room = area.height - used - (gap + title if wish.inset else 0.0)
        fits = room >= (width / INSET_SHAPE if wish.inset else 0.0)
        if fits or look.legend <= SMALLEST_LETTERS:
            break
        look = _smaller(look)
    if wish.inset and (not fits or width < NARROWEST_INSET):
        return _beside(area, replace(wish, inset=""), look)
    map_width = area.width - width - gap
    box = Rectangle(area.left, area.top, map_width, min(area.height, wish.tallest * map_width))
    inset = Rectangle(box.right + gap, area.bottom - room, width, room) if wish.inset else None
    return Plan(box, look, inset, tuple(columns), box.right + gap, area.top, each)


def _column_over_inset(area: Rectangle, wish: Wish, look: Look) -> float:
    """The wider, the larger the inset; but the map shall not become smaller for it."""
    spare = (area.width - look.rim * 0.7 - legend.COLUMN_GAP - wish.shape * area.height) / 2
    return min(max(spare, INSET_COLUMN * look.legend), WIDEST_COLUMN * look.legend)


def _above(area: Rectangle, wish: Wish, look: Look) -> Plan:
    """The map above its legend in columns and its inset, in letters that leave the map its room."""
    wide = INSET_SHARE * area.width
    if wish.inset and wide < NARROWEST_INSET:
        wish = replace(wish, inset="")
    while True:
        gap = look.rim * 0.5
        legend_width = area.width - (wide + legend.COLUMN_GAP if wish.inset else 0.0)
        narrowest = (INSET_COLUMN if wish.inset else LEGEND_COLUMN) * look.legend
        most = max(2, int((legend_width + legend.COLUMN_GAP) // (narrowest + legend.COLUMN_GAP)))
        tries = [_columns(legend_width, wish.entries, count, look) for count in range(2, most + 1)]
        columns, width = min(tries, key=lambda found: legend.height_of(found[0]))
        title = text_height(_title_of_inset(wish, wide, look), look.legend) if wish.inset else 0.0
        below = max(legend.height_of(columns), wide / INSET_SHAPE + title if wish.inset else 0.0)
        room = area.height - below - gap - _key_height(wish, area.width, look)
        if room >= LEAST_MAP * area.height or look.legend <= SMALLEST_LETTERS:
            break
        look = _smaller(look)
    height = min(area.height - below - gap, wish.tallest * area.width)
    box = Rectangle(area.left, area.top, area.width, max(height, 60.0))
    top = box.bottom + gap
    inset = Rectangle(area.right - wide, top + title, wide, below - title) if wish.inset else None
    return Plan(box, look, inset, tuple(columns), area.left, top, width)


def _columns(
    width: float, entries: Sequence[legend.Entry], count: int, look: Look
) -> tuple[list[legend.Column], float]:
    """A legend in so many columns that share a width, and the width of one."""
    each = (width - (count - 1) * legend.COLUMN_GAP) / count
    return legend.packed(entries, count, each, look), each
