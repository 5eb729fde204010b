"""The legend of the map, written in HTML from the same tables that colour the marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import geopandas as gpd
from dash import html

from dashboard import vocabulary
from dashboard.figures import marks as m
from dashboard.figures.arrows import scales
from dashboard.figures.class_words import class_words
from dashboard.figures.flow_words import FLOW_NOTE, LOOKS, unit_name
from dashboard.figures.paper_crowds import Crowd, crowd_notes, crowd_of
from dashboard.figures.theme import css
from dashboard.plain import Plain
from dashboard.text import Words, speak

SWATCH_LINE = 34
PIXELS_A_KM = 0.4
"""Of the widths of flows in the legend, about as on the whole map in a window."""


def legend(marks: m.MapMarks, words: Words) -> Plain:
    """Explains every symbol the map shows at the moment and none it does not."""
    shown, language = set(marks.shown), words.language
    parts = [
        _regions(marks.regions, language),
        _corridors(_values(marks.lines, "colour"), _values(marks.lines, "status"), language)
        if "corridors" in shown
        else None,
        _sites(_values(marks.sites, "kind"), language) if "sites" in shown else None,
        _crossings(language) if "crossings" in shown else None,
        _energy(_values(marks.energy, "carrier"), language) if "energy" in shown else None,
        _flows(marks.flows, words) if len(marks.flows) else None,
    ]
    return Plain(html.Div([*parts, *_notes(shown, crowd_of(marks), words)]))


def _values(rows: gpd.GeoDataFrame, column: str) -> frozenset[str]:
    return frozenset(rows[column].tolist())


def _notes(shown: set[str], crowd: Crowd, words: Words) -> list[html.P]:
    """How far the lines of the map can be trusted."""
    notes = [
        words("Borders of Uzbek regions are simplified and schematic."),
        words("Lakes are those of 2017; the shores of the Aral Sea have moved since."),
    ]
    if "corridors" in shown:
        notes.append(
            words("Lines follow the railway where its course is known, else they join their ends directly.")
        )
    notes += crowd_notes(crowd, words)
    return [html.P(note, className="legend-note") for note in notes]


def _entry(swatch: Any, label: str) -> html.Li:
    return html.Li([swatch, html.Span(label)])


def _group(title: str, entries: list[html.Li], note: str = "") -> list[Any]:
    return [html.H3(title), *([html.P(note, className="legend-note")] if note else []), html.Ul(entries)]


def _kept(part: Callable[..., list[Any]]) -> Callable[..., Plain]:
    """A part of the legend, made once for what it depends on, of which the last is a language."""

    @lru_cache(maxsize=64)
    def made(*depends: Any) -> Plain:
        return Plain(part(*depends[:-1], speak(depends[-1])))

    return made


@_kept
def _regions(regions: m.RegionMarks, words: Words) -> list[Any]:
    if regions.metric.form == "none":
        return []
    metric = regions.metric
    title = f"{words(metric.label)}, {words(metric.unit)}" if metric.unit else words(metric.label)
    start, end = (words.date(day) for day in regions.period)
    note = words(metric.note, start=start, end=end) if metric.note else ""
    if metric.form == "total":
        largest = words.number(regions.values.max(), metric.digits)
        circle = html.I(className="swatch circle", style={"background": css("#b8742a")})
        return _group(title, [_entry(circle, words("circle by area; largest {n}", n=largest))], note)
    entries = [
        _entry(html.I(className="swatch", style={"background": css(colour)}), label)
        for colour, label in zip(regions.colours, class_words(regions, words), strict=True)
    ]
    if (regions.class_of < 0).any():
        entries.append(
            _entry(html.I(className="swatch", style={"background": css(m.NO_DATA_COLOUR)}), words("no data"))
        )
    return _group(title, entries, note)


def _line(colour: str, dash: tuple[float, ...] | None, width: float = 3) -> html.I:
    """A stretch of line drawn with CSS: a dash is a gradient, so that it looks as it does on the map."""
    colour = css(colour)
    if dash is None:
        background = colour
    else:
        on, off = (v * width for v in dash)
        background = f"repeating-linear-gradient(90deg, {colour} 0 {on}px, transparent {on}px {on + off}px)"
    return html.I(
        className="swatch line",
        style={"background": background, "height": f"{width}px", "width": f"{SWATCH_LINE}px"},
    )


@_kept
def _corridors(colours: frozenset[str], present: frozenset[str], words: Words) -> list[Any]:
    groups = [
        _entry(_line(colour, None), words(vocabulary.CORRIDOR_GROUPS[group]))
        for group, colour in m.GROUP_COLOURS.items()
        if colour in colours
    ]
    statuses = [
        _entry(_line("#333333", m.STATUS_DASHES[status]), words(vocabulary.STATUSES[status]))
        for status in vocabulary.STATUSES
        if status in present
    ]
    title = words("Corridors") if groups else words("Lines")
    return [*_group(title, groups), html.Ul(statuses, className="statuses")]


def _disc(colour: str, *names: str) -> html.I:
    return html.I(className=" ".join(("swatch disc", *names)), style={"--colour": css(colour)})


@_kept
def _sites(kinds: frozenset[str], words: Words) -> list[Any]:
    entries = [
        _entry(_disc(colour), words(vocabulary.SITE_KINDS[kind]))
        for kind, colour in m.SITE_COLOURS.items()
        if kind in kinds
    ]
    symbols = [
        (_disc("#555555"), words("operating")),
        (_disc("#555555", "building"), words("under construction")),
        (_disc("#555555", "small"), words("planned or announced")),
        (_disc("#555555", "hollow"), words("approximate place")),
    ]
    statuses = html.Ul([_entry(*symbol) for symbol in symbols], className="statuses")
    return [*_group(words("Industrial sites"), entries), statuses]


@_kept
def _crossings(words: Words) -> list[Any]:
    entries = [
        _entry(html.I(glyph, className="swatch glyph"), label)
        for glyph, label in (
            ("◆", words("open")),
            ("◇", words("planned or under construction")),
            ("✕", words("closed")),
        )
    ]
    return _group(words("Border crossings"), entries)


@_kept
def _energy(present: frozenset[str], words: Words) -> list[Any]:
    carriers = [
        _entry(_line(colour, None, 2), words(vocabulary.CARRIERS[carrier]))
        for carrier, colour in m.CARRIER_COLOURS.items()
        if carrier in present
    ]
    return _group(words("Energy lines"), carriers, words("All energy lines are schematic."))


def _flows(flows: gpd.GeoDataFrame, words: Words) -> list[Any]:
    """What arrows mean: one scale of widths for each unit, and the looks of results, contracts and plans."""
    parts: list[Any] = [html.H3(words("Flows, width by amount"))]
    for unit, values in scales(flows):
        entries = [
            _entry(html.I(className="swatch flow-width", style={"height": f"{wide:.0f}px"}), shown)
            for wide, shown in ((wide * PIXELS_A_KM, words.number(value)) for value, wide in values)
        ]
        parts += [html.P(unit_name(unit, words), className="legend-note"), html.Ul(entries)]
    looks = [
        _entry(html.I(className=f"swatch flow-look {look}"), words(LOOKS[look]))
        for look in LOOKS
        if look in set(flows["look"])
    ]
    return [
        *parts,
        html.Ul(looks, className="statuses"),
        html.P(words(FLOW_NOTE), className="legend-note"),
    ]
