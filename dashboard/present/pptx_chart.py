"""Charts on a slide as charts of Office, with their numbers in an embedded sheet.

Which chart of a publication can be one is decided by its traces: lines and points over numbers, or plain
bars. Anything else is drawn as shapes (pptx_strip).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.present import pptx_xml as x
from dashboard.present.pptx_strip import Figure, at, listed, spoken
from dashboard.text import N_, Words

YEAR = N_("Year")
LETTERS = 12  # points
MOST_SERIES, MOST_POINTS, MANY_NAMES = 24, 400, 14
WHITE, TINT = RGBColor(255, 255, 255), 0.55
NUMBER, SPACES = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"\s")
NEAR = 0.06  # shares of the axes: labels of points nearer than this would cover each other
LINES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "dashdot": MSO_LINE.DASH_DOT}
SIGNS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
}


@dataclass(frozen=True)
class Series:
    """One series: its name, places and values (None where missing), and the trace it comes from."""

    name: str
    places: tuple[Any, ...]
    values: tuple[float | None, ...]
    trace: Figure


@dataclass(frozen=True)
class Plan:
    """What a chart of Office shows. form: "points" over numbers, "lines" over years, "bars" or "columns"."""

    form: str
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    unit: str = ""
    is_over_years: bool = False


def plan_of(figure: Figure) -> Plan | None:
    """How a figure becomes a chart of Office; None where it cannot without losing something."""
    traces = [trace for trace in figure["data"] if trace.get("visible", True) is True]
    kinds = {trace.get("type", "scatter") for trace in traces}
    if not traces or len(traces) > MOST_SERIES or _has_more(figure, traces):
        return None
    if kinds == {"scatter"}:
        return _points(figure, traces)
    return _bars(figure, traces) if kinds == {"bar"} else None


def _has_more(figure: Figure, traces: Sequence[Figure]) -> bool:
    """Second axes, bars that begin somewhere, areas: no chart of Office shows these as they are."""
    axes = {trace.get(name) for trace in traces for name in ("xaxis", "yaxis")} - {None, "x", "y"}
    count = sum(len(listed(trace.get("x"))) for trace in traces)
    special = any(trace.get("fill") or "base" in trace or "text" in trace.get("mode", "") for trace in traces)
    return bool(axes) or special or count > MOST_POINTS or bool(figure["layout"].get("shapes"))


def _points(figure: Figure, traces: Sequence[Figure]) -> Plan | None:
    axes = [figure["layout"].get(name, {}) for name in ("xaxis", "yaxis")]
    if any(axis.get("visible") is False for axis in axes) or axes[0].get("type", "linear") == "date":
        return None
    series = []
    for trace in traces:
        xs, ys = listed(trace.get("x")), listed(trace.get("y"))
        if any(one is not None and not isinstance(one, int | float) for one in (*xs, *ys)):
            return None
        series.append(Series(spoken(str(trace.get("name", ""))), tuple(xs), tuple(ys), trace))
    if not any(value is not None for one in series for value in one.values):
        return None
    places = [place for one in series for place in one.places if place is not None]
    is_over_years = all(float(place).is_integer() and 1900 <= place <= 2100 for place in places)
    unit = _unit(figure)
    gaps = any(None in one.values and "lines" in one.trace.get("mode", "lines") for one in series)
    if is_over_years and gaps and all(_is_single(one) for one in series):
        return _over_years(series, unit)
    return Plan("points", tuple(_told(one) for one in series), unit=unit, is_over_years=is_over_years)


def _is_single(one: Series) -> bool:
    known = [p for p, value in zip(one.places, one.values, strict=False) if value is not None]
    return len(known) == len(set(known))


def _told(one: Series) -> Series:
    """Without its gaps where only signs are drawn; a line stays interrupted by them."""
    pairs = list(zip(one.places, one.values, strict=False))
    if "lines" in one.trace.get("mode", "lines"):
        pairs = [(None, None) if None in pair else pair for pair in pairs]
    else:
        pairs = [pair for pair in pairs if None not in pair]
    places, values = zip(*pairs, strict=True) if pairs else ((), ())
    return Series(one.name, places, values, one.trace)


def _over_years(series: Sequence[Series], unit: str) -> Plan:
    """Lines over all years from the first to the last: a year that nobody reported stays empty."""
    known = [int(p) for one in series for p, v in zip(one.places, one.values, strict=False) if v is not None]
    years = range(min(known), max(known) + 1)
    told = []
    for one in series:
        values = {int(p): v for p, v in zip(one.places, one.values, strict=False) if v is not None}
        told.append(Series(one.name, tuple(years), tuple(values.get(year) for year in years), one.trace))
    return Plan("lines", tuple(told), tuple(str(year) for year in years), unit, True)


def _bars(figure: Figure, traces: Sequence[Figure]) -> Plan | None:
    is_flat = traces[0].get("orientation") == "h"
    if any((trace.get("orientation") == "h") != is_flat for trace in traces):
        return None
    along, across = ("x", "y") if is_flat else ("y", "x")
    places = sorted({one for trace in traces for one in listed(trace.get(across)) if one is not None})
    series, taken = [], []
    for trace in traces:
        pairs = zip(listed(trace.get(across)), listed(trace.get(along)), strict=False)
        values = {place: value for place, value in pairs if place is not None}
        taken += values
        name = spoken(str(trace.get("name", "")))
        series.append(Series(name, tuple(places), tuple(values.get(place) for place in places), trace))
    if len(taken) != len(set(taken)):  # bars of several traces at one place: beside or over each other
        return None
    names, factor = _categories(figure, places, is_flat), _factor(figure, series, along)
    if factor != 1:
        series = [
            replace(one, values=tuple(v if v is None else v / factor for v in one.values)) for one in series
        ]
    return Plan("bars" if is_flat else "columns", tuple(series), names, _unit(figure)) if names else None


def _factor(figure: Figure, series: Sequence[Series], along: str) -> float:
    """By how much the numbers written beside bars are smaller than their lengths: a million of dollars …"""
    lengths = [value for one in series for value in one.values if value]
    for note in figure["layout"].get("annotations", ()):
        length = note.get(along)
        said = SPACES.sub("", spoken(note["text"])).replace(",", ".")
        if isinstance(length, int | float) and length in lengths and (found := NUMBER.match(said)):
            ratio = length / (float(found[0]) or 1.0)
            return next((step for step in (1e9, 1e6, 1e3) if 0.5 < ratio / step < 2), 1.0)
    return 1.0


def _categories(figure: Figure, places: Sequence[float], is_flat: bool) -> tuple[str, ...]:
    """The names of bars: those of the ticks, else the texts at their beginnings; () where they have none."""
    letter = "y" if is_flat else "x"
    axis = figure["layout"].get(f"{letter}axis", {})
    named = dict(zip(axis.get("tickvals") or (), axis.get("ticktext") or (), strict=False))
    if not named and not any(isinstance(place, str) for place in places):
        for note in figure["layout"].get("annotations", ()):
            start = note.get("x" if is_flat else "y")
            is_before = start is not None and start <= 0 and not note["text"].startswith("<b>")
            if is_before and note.get(f"{letter}ref", letter) == letter:
                nearest = min(places, key=lambda place: abs(place - note[letter]))
                if abs(nearest - note[letter]) < 0.5:
                    named.setdefault(nearest, note["text"])
    if all(isinstance(place, str) for place in places):
        return tuple(places)
    found = tuple(spoken(str(named[place])) for place in places if place in named)
    return found if len(found) == len(places) else ()


def _unit(figure: Figure) -> str:
    """The unit, which stands at the upper end of the axis."""
    for note in figure["layout"].get("annotations", ()):
        at = (note.get("xref"), note.get("yref"), note.get("x"), note.get("y"))
        if at == ("paper", "paper", 0, 1):
            return spoken(note["text"])
    title = figure["layout"].get("yaxis", {}).get("title")
    return spoken(str(title.get("text", "") if isinstance(title, dict) else title or ""))


def add_chart(slide: Any, plan: Plan, box: x.Box, words: Words, name: str, about: str) -> None:
    """Put the chart onto a slide."""
    data, kind = _data(plan)
    left, top, width, height = (Emu(round(side * x.PIXEL)) for side in box)
    frame = slide.shapes.add_chart(kind, left, top, width, height, data)
    frame.name = x.plain(name, x.LONGEST_NAME)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", x.plain(about, 1000))
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(LETTERS), x.FONT
    chart.has_title = False
    chart.has_legend = len(plan.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for drawn, one in zip(chart.plots[0].series, plan.series, strict=True):
        _paint(drawn, one, plan)
    if plan.form in ("points", "lines"):
        _label_ends(chart.plots[0].series, plan.series)
    _axes(chart, plan, words)
    _spoken_in(chart, words)


def _data(plan: Plan) -> tuple[Any, Any]:
    form = number_format(plan)
    if plan.form == "points":
        data = XyChartData(number_format=form)
        for one in plan.series:
            series = data.add_series(x.plain(one.name, 200))
            for place, value in zip(one.places, one.values, strict=True):
                series.add_data_point(place, value)
        return data, XL_CHART_TYPE.XY_SCATTER
    data = CategoryChartData(number_format=form)
    data.categories = [x.plain(name, 200) for name in plan.categories]
    for one in plan.series:
        data.add_series(x.plain(one.name, 200), one.values)
    kinds = {"lines": "LINE_MARKERS", "bars": "BAR_CLUSTERED", "columns": "COLUMN_CLUSTERED"}
    return data, getattr(XL_CHART_TYPE, kinds[plan.form])


def number_format(plan: Plan) -> str:
    """Thousands apart, and as many decimals as the numbers have, up to two."""
    values = [value for one in plan.series for value in one.values if value is not None]
    largest = max(map(abs, values), default=0)
    digits = max((_digits(value) for value in values), default=0) if largest < 1000 else 0
    return "#,##0" + ("." + "0" * digits if digits else "")


def _digits(value: float) -> int:
    return next((n for n in (0, 1) if round(value, n) == round(value, 6)), 2)


def _paint(drawn: Any, one: Series, plan: Plan) -> None:
    trace = one.trace
    marker, line = trace.get("marker", {}), trace.get("line", {})
    if plan.form in ("bars", "columns"):
        _paint_bars(drawn, marker)
        return
    mode, colour = trace.get("mode", "lines"), _colour(line.get("color")) or _colour(marker.get("color"))
    drawn.smooth = False
    if "lines" in mode and line.get("width", 2):
        drawn.format.line.color.rgb = colour or RGBColor(0x55, 0x5E, 0x66)
        drawn.format.line.width = Pt(2.25)
        if dash := LINES.get(line.get("dash", "")):
            drawn.format.line.dash_style = dash
    else:
        drawn.format.line.fill.background()
    if "markers" not in mode:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    symbol = str(at(marker.get("symbol", "circle"), 0)).removesuffix("-open")
    drawn.marker.style, drawn.marker.size = SIGNS.get(symbol, XL_MARKER_STYLE.CIRCLE), 8
    edge = _colour(_first(marker.get("line", {}).get("color"))) or colour
    fill = _colour(_first(marker.get("color"))) or colour
    if fill == WHITE and edge is not None:
        # Some programs draw no edge round a sign, and an empty one would not be seen.
        fill = RGBColor(*(round(part + (255 - part) * TINT) for part in edge))
    if fill is not None:
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = fill
    if edge is not None:
        drawn.marker.format.line.color.rgb = edge
        drawn.marker.format.line.width = Pt(1.5)


def _label_ends(drawn: Sequence[Any], series: Sequence[Series]) -> None:
    """The last value of each series as a number above its point, where that covers no other one."""
    known = [
        (place, value)
        for one in series
        for place, value in zip(one.places, one.values, strict=True)
        if value is not None
    ]
    if not known:
        return
    wide, high = (max(column) - min(column) or 1 for column in zip(*known, strict=True))
    told: list[tuple[float, float]] = []
    for shape, one in zip(drawn, series, strict=True):
        last = max((i for i, value in enumerate(one.values) if value is not None), default=None)
        if last is None:
            continue
        here = one.places[last] / wide, one.values[last] / high
        if all(abs(here[0] - a) > NEAR or abs(here[1] - b) > NEAR for a, b in told):
            told.append(here)
            _label(shape, last)


def _label(drawn: Any, i: int) -> None:
    label = drawn.points[i].data_label
    label.position = XL_LABEL_POSITION.ABOVE
    # python-pptx has no call that shows the value of one point alone.
    found = label._get_or_add_dLbl()
    for name in ("showVal", "showCatName", "showSerName", "showLegendKey", "showPercent", "showBubbleSize"):
        for element in found.findall(f"{{{found.nsmap['c']}}}{name}"):
            element.set("val", "1" if name == "showVal" else "0")


def _paint_bars(drawn: Any, marker: Figure) -> None:
    colours = marker.get("color", "#0072b2")
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = _colour(_first(colours)) or RGBColor(0, 0x72, 0xB2)
    if isinstance(colours, list | tuple) and len(set(colours)) > 1:
        for i, colour in enumerate(colours):
            if (own := _colour(colour)) is not None:
                drawn.points[i].format.fill.solid()
                drawn.points[i].format.fill.fore_color.rgb = own


def _first(value: Any) -> Any:
    return at(value, 0)


def _colour(colour: Any) -> RGBColor | None:
    if not isinstance(colour, str):
        return None
    *parts, opacity = x.rgba(colour)
    return RGBColor(*parts) if opacity else None


def _axes(chart: Any, plan: Plan, words: Words) -> None:
    along, values = chart.category_axis, chart.value_axis
    values.has_major_gridlines = plan.form not in ("bars",)
    largest = max((abs(v) for one in plan.series for v in one.values if v is not None), default=0)
    values.tick_labels.number_format = "#,##0" if largest >= 1000 else "General"
    values.tick_labels.number_format_is_linked = False
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = RGBColor(0xE3, 0xE6, 0xE8)
    values.format.line.fill.background()
    if plan.unit:
        _title(values, plan.unit)
    if plan.is_over_years:
        _title(along, words(YEAR))
    if plan.form in ("bars", "columns"):
        chart.plots[0].gap_width, chart.plots[0].overlap = 55, 100
        chart.plots[0].has_data_labels = True
        labels = chart.plots[0].data_labels
        labels.number_format, labels.number_format_is_linked = number_format(plan), False
        labels.show_value = True
    if len(plan.categories) > MANY_NAMES:
        along.tick_labels.font.size = Pt(LETTERS - 2)
    if plan.form != "points":
        # Each name is shown: some programs leave every second one out.
        skip = along._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
        places = [along._element.find(qn(name)) for name in ("c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")]
        following = next((one for one in places if one is not None), None)
        if following is None:
            along._element.append(skip)
        else:
            following.addprevious(skip)
    if plan.form == "bars":
        along.reverse_order, values.visible = True, False
    if plan.form == "points":
        along.has_major_gridlines = False
        along.tick_labels.number_format, along.tick_labels.number_format_is_linked = (
            "0" if plan.is_over_years else "General",
            False,
        )
        places = sorted({place for one in plan.series for place in one.places if place is not None})
        if plan.is_over_years and places:
            along.minimum_scale, along.maximum_scale = places[0] - 1, places[-1] + 1
            along.major_unit = max(1, round((places[-1] - places[0]) / 8))
    lows = [value for one in plan.series for value in one.values if value is not None]
    if lows and min(lows) >= 0:
        values.minimum_scale = 0


def _title(axis: Any, text: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = x.plain(text, 200)
    for paragraph in axis.axis_title.text_frame.paragraphs:
        for piece in paragraph.runs:
            piece.font.size, piece.font.bold = Pt(LETTERS), False


def _spoken_in(chart: Any, words: Words) -> None:
    """The language of all letters of a chart."""
    language = x.LANGUAGES[words.language]
    for element in chart._chartSpace.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr",
        "{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr",
    ):
        element.set("lang", language)
