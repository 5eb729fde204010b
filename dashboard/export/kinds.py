"""The four kinds of publications, made from what pages have already: map, strip, chart, table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.corridor_findings import finding
from dashboard.export import alt_text, cells
from dashboard.export.cells import Cells, table_of_cells
from dashboard.export.printed_table import MOST_ROWS, printed_columns
from dashboard.export.publication import Figure, Layers, Publication, Size, Wishes
from dashboard.figures import marks as m
from dashboard.figures import sheet_chart, sheet_strip
from dashboard.figures.charts import looks, parts_chart, series_chart
from dashboard.figures.paper import Parts, needed_height, paper_map
from dashboard.figures.paper_crowds import Crowd, crowd_notes, crowd_of
from dashboard.figures.paper_plan import Texts
from dashboard.figures.sheet_chart import Room, Sign
from dashboard.figures.sheet_table import table_sheet
from dashboard.page_map import Scene
from dashboard.printed import ground
from dashboard.text import N_, Words
from layers import Atlas
from layers.corridor_series import Chart

NO_CROWD = Crowd()

LOOKS = {
    "stated": ("●", N_("actual")),
    "estimate": ("○", N_("estimate")),
    "aim": ("◇", N_("target or plan")),
    "part": ("□", N_("part of a year")),
}
"""What the symbols of a chart over time mean, by how firm a figure is."""


@dataclass(frozen=True, eq=False)
class View:
    """A page as a reader sees it: its address without the language, and in words what was chosen."""

    atlas: Atlas
    words: Words
    address: str
    filters: tuple[str, ...] = ()


def map_of(
    view: View,
    scene: Scene,
    title: str,
    *,
    name: str = "map",
    subtitle: str = "",
    table: Callable[[], Cells] | None = None,
    fills: bool = True,
) -> Publication:
    """The map of a scene, filled by the scene's window when it `fills`, else by the two countries.

    Without a `table` of its own it has that of what it shows: regions by a metric, else lines, else sites.
    Either is made when it is first read.
    """
    atlas, words, marks = view.atlas, view.words, scene.marks

    def drawing(size: Size, texts: Texts, wishes: Wishes) -> Figure:
        parts = Parts(wishes.legend, wishes.labels, wishes.scale_bar)
        area, height = scene.home if fills else None, size.height
        if size.is_column:
            height = needed_height(marks, atlas, ground(atlas), words, size.width, height, texts, area, parts)
        shape = (size.width, height)
        return paper_map(marks, atlas, ground(atlas), words, shape, texts, scene.selected, area, parts)

    return Publication(
        name=name,
        kind="map",
        address=view.address,
        title=title,
        subtitle=subtitle or metric_text(marks.regions, words),
        alt=alt_text.of_map(title, marks, atlas, words),
        rows=lambda: table_of_cells(table() if table else map_cells(marks, atlas, words)),
        source_ids=sources_of_marks(marks, atlas),
        atlas=atlas,
        words=words,
        filters=view.filters,
        notes=map_notes(marks.shown, words, crowd_of(marks, scene.home if fills else None)),
        drawing=drawing,
        layers=lambda: map_layers(marks, atlas, words),
        scene=scene,
    )


def strip_of(
    view: View,
    strip: Callable[[int, bool], Figure],
    title: str,
    table: Cells,
    source_ids: Iterable[str],
    *,
    name: str = "strip",
    subtitle: str = "",
) -> Publication:
    """A strip that `strip(width, is_upright)` draws; its table is that of its places."""

    def drawing(size: Size, texts: Texts, wishes: Wishes) -> Figure:
        return sheet_strip.strip_sheet(strip, room_of(size), texts, wishes.legend)

    frame, columns = table_of_cells(table)
    return _drawn(view, name, "strip", title, subtitle, frame, columns, source_ids, drawing)


def chart_of(
    view: View,
    figure: Callable[[], Figure],
    title: str,
    table: Cells,
    source_ids: Iterable[str],
    *,
    name: str,
    subtitle: str = "",
    alt: str = "",
    signs: Sequence[Sign] = (),
    notes: tuple[str, ...] = (),
    stretches: bool = True,
) -> Publication:
    """A chart of a page: `figure` as the page draws it, `signs` its key.

    A chart that `stretches` gets higher where a sheet has room, any other gets larger.
    """

    def drawing(size: Size, texts: Texts, wishes: Wishes) -> Figure:
        key = signs if wishes.legend else ()
        return sheet_chart.chart_sheet(figure(), room_of(size), texts, key, stretches)

    frame, columns = table_of_cells(table)
    made = _drawn(view, name, "chart", title, subtitle, frame, columns, source_ids, drawing)
    return replace(made, notes=notes, alt=alt or made.alt)


def series_of(view: View, chart: Chart, names: dict[str, str], title: str) -> Publication:
    """A chart of the figures of a corridor, over time or side by side; `names` of corridors by id."""
    words, is_over_time = view.words, chart.form == "over-time"
    draw = series_chart if is_over_time else lambda one, spoken: parts_chart(one, names, spoken)
    said = finding(chart, names, words)
    notes = [words("A part of the corridor or a wider count: not its total.")] if chart.is_parts else []
    return chart_of(
        view,
        lambda: draw(chart, words),
        title,
        cells.statement_cells(chart.statements, words),
        (one for ids in chart.statements["source_ids"] for one in ids),
        name=f"chart-{chart.key}",
        subtitle=said,
        alt=alt_text.of_chart(title, said, chart.statements, words),
        signs=series_signs(chart, words) if is_over_time else (),
        notes=tuple(notes) if is_over_time else (),
        stretches=is_over_time,
    )


def series_signs(chart: Chart, words: Words) -> tuple[Sign, ...]:
    """What the symbols and colours of a chart over time mean: one sign for each witness."""
    found: dict[tuple[str, str], list[str]] = {}
    for look in looks(chart, words):
        first = look.statements.iloc[0]
        kind = "part" if first["span"] == "part" else first["firmness"]
        found.setdefault((look.colour, look.name), []).append(kind)
    return tuple(
        Sign(
            "".join(LOOKS[kind][0] for kind in kinds),
            colour,
            f"{name}: {', '.join(words(LOOKS[kind][1]) for kind in kinds)}",
        )
        for (colour, name), kinds in found.items()
    )


def table_of(
    view: View,
    table: Cells,
    title: str,
    source_ids: Iterable[str],
    *,
    name: str = "table",
    subtitle: str = "",
    notes: tuple[str, ...] = (),
    layers: Callable[[], Layers] | None = None,
) -> Publication:
    """A table alone, drawn as its first rows and columns; with `layers` it can be had as geometry too."""
    frame, columns = table_of_cells(table)
    words = view.words

    def more(rows: int, left_out: int) -> str:
        told = [words.plural("and {n} more row in the file", "and {n} more rows in the file", rows)]
        told += [words.plural("{n} more column in the file", "{n} more columns in the file", left_out)]
        return "; ".join(text for text, count in zip(told, (rows, left_out), strict=True) if count)

    def drawing(size: Size, texts: Texts, _wishes: Wishes) -> Figure:
        printed = printed_columns(frame, columns, words)
        hidden = len(frame) - min(len(frame), MOST_ROWS)
        return table_sheet(
            printed, room_of(size), texts, lambda rows, left_out: more(rows + hidden, left_out)
        )

    made = _drawn(view, name, "table", title, subtitle, frame, columns, source_ids, drawing)
    return replace(made, notes=notes, layers=layers)


def _drawn(
    view: View, name: str, kind: str, title: str, subtitle: str, frame: Any, columns: Any, ids: Any, draw: Any
) -> Publication:
    return Publication(
        name=name,
        kind=kind,
        address=view.address,
        title=title,
        subtitle=subtitle,
        alt=alt_text.of_table(kind, title, subtitle, frame, columns, view.words),
        rows=lambda: (frame, columns),
        source_ids=tuple(dict.fromkeys(ids)),
        atlas=view.atlas,
        words=view.words,
        filters=view.filters,
        drawing=draw,
    )


def room_of(size: Size) -> Room:
    """The sheet for what is no map."""
    return Room(size.width, size.height, size.letters, size.is_column)


def map_cells(marks: m.MapMarks, atlas: Atlas, words: Words) -> Cells:
    """The table of a map: what it shades, else its lines, else its sites, else the regions."""
    if marks.regions.metric.form == "none":
        if "corridors" in marks.shown and len(marks.lines):
            return cells.line_cells(marks.lines, atlas, words)
        if "sites" in marks.shown and len(marks.sites):
            return cells.site_cells(marks.sites, atlas, words)
    return cells.region_cells(marks.regions, atlas, words)


def map_layers(marks: m.MapMarks, atlas: Atlas, words: Words) -> Layers:
    """Everything a map shows as layers in EPSG:4326, named alike in all languages; none is empty."""
    regions = atlas.regions.geometry.loc[marks.regions.values.index]
    found = {"regions": cells.placed(cells.region_cells(marks.regions, atlas, words), regions)}
    others = {
        "corridors": (marks.lines, cells.line_cells, "corridor_lines"),
        "sites": (marks.sites, cells.site_cells, "sites"),
        "crossings": (marks.crossings, cells.crossing_cells, "crossings"),
    }
    for shown, (rows, made, name) in others.items():
        if shown in marks.shown and len(rows):
            found[name] = cells.placed(made(rows, atlas, words), rows.geometry)
    if "energy" in marks.shown and len(marks.energy):
        found["energy_lines"] = cells.placed(cells.energy_cells(marks.energy, words), marks.energy.geometry)
    return found


def sources_of_marks(marks: m.MapMarks, atlas: Atlas) -> tuple[str, ...]:
    """The sources of everything a map shows, each once: first those of the metric."""
    ids = [one for some in marks.regions.metric.source_ids(atlas).values() for one in some]
    rows = {"corridors": marks.lines, "sites": marks.sites, "crossings": marks.crossings}
    for shown, frame in (*rows.items(), ("energy", marks.energy)):
        if shown in marks.shown:
            ids += [one for some in frame["source_ids"] for one in some]
    return tuple(dict.fromkeys(ids))


def metric_text(regions: m.RegionMarks, words: Words) -> str:
    """By what the regions are shaded, in which unit and of when; "" where they are not."""
    metric = regions.metric
    if metric.form == "none":
        return ""
    name = f"{words(metric.label)}, {words(metric.unit)}" if metric.unit else words(metric.label)
    start, end = (words.date(day) for day in regions.period)
    # The unit may end with the point of an abbreviation.
    return f"{name.rstrip('.')}. {words(metric.note, start=start, end=end)}" if metric.note else name


def map_notes(shown: Iterable[str], words: Words, crowd: Crowd = NO_CROWD) -> tuple[str, ...]:
    """How far a map with these layers can be trusted."""
    notes = [
        words("Conic equal-area projection."),
        words("Borders of Uzbek regions are simplified and schematic."),
        words("Lakes are those of 2017; the shores of the Aral Sea have moved since."),
    ]
    if "corridors" in shown:
        notes.append(
            words("Lines follow the railway where its course is known, else they join their ends directly.")
        )
    if "energy" in shown:
        notes.append(words("All energy lines are schematic."))
    if "sites" in shown and not crowd.sites:
        notes.append(words("Sites close together are drawn side by side."))
    return (*notes, *crowd_notes(crowd, words))


def filter_text(labels: Iterable[str], words: Words) -> tuple[str, ...]:
    """What was chosen, as the lines of a publication: one line, or none."""
    chosen = [label for label in labels if label]
    return (words(N_("Only: {filters}"), filters=", ".join(chosen)),) if chosen else ()
