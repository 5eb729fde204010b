"""Charts of figures over time and of parts beside each other, as plain Plotly figures.

Results are full points on a solid line, approximate ones hollow, estimates hollow points on dashes, aims
diamonds on dots, parts of a year hollow squares that no line joins to a year. A figure is as wide as the
page; its labels are put where they cover nothing on a phone and on a screen. A title is not part of it.
"""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from babel import numbers

from dashboard.corridor_terms import amounts, digits, part_name, scale_of, section_name, unit_name, when, who
from dashboard.figures.chart_labels import NARROW, Plot, Wish, placed_labels
from dashboard.figures.marks import GROUP_COLOURS
from dashboard.figures.sheet import FONT_FAMILY, INK, QUIET, text_width, wrapped
from dashboard.text import Words
from dashboard.vocabulary import VALUE_KINDS
from layers.corridor_series import ADDING_UP, Chart

# Of the colours of the groups those that people who do not see red or green tell apart best.
_GROUPS = ("trans-caspian", "north-south", "cku", "south-caucasus", "kz-uz-links", "trans-afghan", "northern")
COLOURS = tuple(GROUP_COLOURS[group] for group in _GROUPS)
DASHES = {"stated": "solid", "about": "solid", "estimate": "dash", "aim": "dot"}
SYMBOLS = {"stated": "circle", "about": "circle", "estimate": "circle", "aim": "diamond"}
"""By firmness; "about" are results that their source calls preliminary or approximate."""
PART_SYMBOL = "square"
GRID, PAPER = "#e3e6e8", "#ffffff"
TICKED = {"ticks": "outside", "ticklen": 4, "linecolor": "#8c979d"}
LINED = {"gridcolor": GRID, "showgrid": True, "showline": False}

TEXT, SMALL = 12, 11.5  # pixels
HEIGHT, LOW_HEIGHT, FEW = 310, 230, 4  # charts of few statements are lower
TOP, BOTTOM, RIGHT = 30, 30, 14
MOST_TICKS = 6
YEAR_LABEL = 38  # pixels that a year takes under the axis
HOVER_WIDTH = 210  # pixels
RANGE_WIDTH = 7  # pixels

Figure = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Look:
    """How one series is drawn, and what it is called; only results of whole years or dates are full."""

    colour: str
    symbol: str
    dash: str
    is_full: bool
    name: str
    statements: pd.DataFrame

    @property
    def marker(self) -> Figure:
        """The symbol as Plotly takes it; a hollow one hides the line behind it."""
        fill = self.colour if self.is_full else PAPER
        return {
            "symbol": self.symbol,
            "size": 9,
            "color": fill,
            "opacity": 1,
            "line": {"width": 2, "color": self.colour},
        }


def looks(chart: Chart, words: Words, palette: Mapping[str, str] | None = None) -> list[Look]:
    """The series of a chart over time; one witness of one part has one colour in all of them.

    A `palette` gives witnesses the colours that they have in other charts of a page too.
    """
    many_parts = chart.statements["section"].nunique() > 1
    found, colours = [], {}
    for _, rows in chart.statements.groupby("series", sort=True):
        first = rows.iloc[0]
        name = section_name(first["section"], words) if many_parts else who(first, words)
        own = (palette or {}).get(first["witness"], COLOURS[len(colours) % len(COLOURS)])
        colour = colours.setdefault((first["section"], first["witness"]), own)
        symbol = PART_SYMBOL if first["span"] == "part" else SYMBOLS[first["firmness"]]
        is_full = first["firmness"] == "stated" and first["span"] != "part"
        found.append(Look(colour, symbol, DASHES[first["firmness"]], is_full, name, rows))
    return found


def series_chart(chart: Chart, words: Words, palette: Mapping[str, str] | None = None) -> Figure:
    """Statements over the years on one scale from zero; customdata of a point are its metric_ids.

    `palette`: colours by witness.
    """
    rows = chart.statements
    scale = scale_of(_largest(rows), chart.unit)
    steps = scale_steps(_largest(rows) / scale)
    top = _largest(rows) / scale * 1.14 or steps[-1]
    height = HEIGHT if len(rows) > FEW else LOW_HEIGHT
    ticks, texts = _time_ticks(rows, words)
    span = rows["year"].max() - rows["year"].min()
    edge = max(0.07 * span, 0.02 if span < 1 else 0.4)
    ends = (rows["year"].min() - edge, rows["year"].max() + edge)
    shown = [digits(step, words) for step in steps]
    left = 10 + math.ceil(max(text_width(text, TEXT) for text in shown))
    series = looks(chart, words, palette)
    plot = Plot(ends, (0.0, top), (left, TOP, RIGHT, BOTTOM), height)
    layout = chart_layout(words, height, (left, TOP, RIGHT, BOTTOM))
    layout["xaxis"] = chart_axis(ends, ticks, texts) | TICKED
    layout["yaxis"] = chart_axis((0, top), steps, shown) | LINED
    layout["annotations"] = [
        unit_caption(unit_name(chart.unit, scale, words), left),
        *placed_labels(_wishes(series, scale, words), plot),
    ]
    return {"data": [_trace(look, scale, words) for look in series], "layout": layout}


def _largest(rows: pd.DataFrame) -> float:
    return float(rows[["low", "high"]].max().max())


def _wishes(series: Sequence[Look], scale: float, words: Words) -> list[Wish]:
    """What is written beside the points of each series: results first, the latest before the others."""
    wishes = []
    for look in sorted(series, key=_importance):
        values = tuple(_short(row, scale, words) for _, row in look.statements.iterrows())
        points = [tuple(point) for point in _places(look.statements, scale)]
        joined = [pair for pair in pairwise(points) if _is_joined(pair, look)]
        wishes.append(Wish(look.name, look.colour, tuple(points), values, tuple(joined)))
    return wishes


def _importance(look: Look) -> tuple[bool, bool, float]:
    first = look.statements["firmness"].iloc[0]
    return not look.is_full, first != "aim", -float(look.statements["year"].max())


def _short(row: pd.Series, scale: float, words: Words) -> str:
    ends = [digits(end / scale, words) for end in (row["low"], row["high"]) if not math.isnan(end)]
    return "–".join(dict.fromkeys(ends))


def _places(rows: pd.DataFrame, scale: float) -> list[list[float]]:
    middles = rows[["low", "high"]].mean(axis=1) / scale
    return [[float(x), round(float(y), 6)] for x, y in zip(rows["year"], middles, strict=True)]


def _is_joined(pair: tuple[tuple[float, float], tuple[float, float]], look: Look) -> bool:
    """Of what adds up over years only years that follow each other are joined; parts of a year never are."""
    first = look.statements.iloc[0]
    if first["span"] == "part":
        return False
    return first["metric"] not in ADDING_UP or pair[1][0] - pair[0][0] <= 1


def _trace(look: Look, scale: float, words: Words) -> Figure:
    """One series; between points that are not joined stands an empty one."""
    rows = look.statements
    points = _places(rows, scale)
    x: list[float | None] = []
    y: list[float | None] = []
    ids: list[str] = []
    texts: list[str] = []
    for number, (point, (_, row)) in enumerate(zip(points, rows.iterrows(), strict=True)):
        if number and not _is_joined((tuple(points[number - 1]), tuple(point)), look):
            x, y, ids, texts = [*x, None], [*y, None], [*ids, ""], [*texts, ""]
        x.append(point[0])
        y.append(point[1])
        ids.append(" ".join(row["metric_ids"]))
        texts.append(hover_text(row, words))
    trace = {
        "type": "scatter",
        "mode": "lines+markers" if len(rows) > 1 else "markers",
        "name": html.escape(look.name, quote=False),
        "x": x,
        "y": y,
        "customdata": ids,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": look.colour, "width": 2.4, "dash": look.dash},
        "marker": look.marker,
        "cliponaxis": False,
        "showlegend": False,
    }
    halves = ((rows["high"] - rows["low"]) / 2 / scale).fillna(0)
    return trace | _whiskers(halves, x, look) if halves.gt(0).any() else trace


def _whiskers(halves: pd.Series, x: Sequence[float | None], look: Look) -> Figure:
    """A range as a bar from end to end; its middle is nobody's value and has no symbol."""
    sizes = iter(halves.round(6).tolist())
    array = [0 if place is None else next(sizes) for place in x]
    error = {"type": "data", "array": array, "color": look.colour, "thickness": RANGE_WIDTH, "width": 0}
    return {"error_y": error, "marker": look.marker | {"opacity": [0 if half else 1 for half in array]}}


def hover_text(row: Mapping[str, Any], words: Words, name: str = "") -> str:
    """Value, period, kind and who states it, in lines that fit a phone."""
    value = amounts(row, words, is_exact=True)
    kind = f"{when(row, words)}, {words(VALUE_KINDS[row['kind']])}"
    lines = [line for text in (name, kind, who(row, words)) for line in wrapped(text, TEXT, HOVER_WIDTH)]
    return "<br>".join([f"<b>{html.escape(value, quote=False)}</b>", *(html.escape(t, False) for t in lines)])


def scale_steps(largest: float) -> list[float]:
    """Round numbers from zero to a little below or above the largest value."""
    rough = (largest or 1.0) / (MOST_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    count = math.floor(largest / step + 0.13) if largest else 1
    return [round(step * number, 10) for number in range(count + 1)]


def _time_ticks(rows: pd.DataFrame, words: Words) -> tuple[list[float], list[str]]:
    """Whole years, as many as fit a phone; within one year the periods themselves."""
    first, last = rows["year"].min(), rows["year"].max()
    if last - first < 1:
        marked = rows.drop_duplicates("year").sort_values("year")
        return marked["year"].tolist(), [when(row, words) for _, row in marked.iterrows()]
    years = range(math.ceil(first), math.floor(last) + 1)
    step = next(s for s in (1, 2, 5, 10, 20, 50) if len(years) / s * YEAR_LABEL <= NARROW - 70)
    ticks = [year for year in years if year % step == 0] if step > 2 else list(years[::-1][::step][::-1])
    return [float(year) for year in ticks], [str(year) for year in ticks]


def parts_chart(chart: Chart, names: Mapping[str, str], words: Words) -> Figure:
    """Parts of a corridor, or branches by their `names`, beside each other."""
    rows = chart.statements
    bars = pd.DataFrame(
        {
            "id": rows["metric_ids"].map(" ".join),
            "name": [part_name(row, names, words) for _, row in rows.iterrows()],
            "low": rows["low"].fillna(rows["high"]),
            "high": rows["high"].fillna(rows["low"]),
            "shown": [amounts(row, words) for _, row in rows.iterrows()],
        }
    )
    said = [
        hover_text(row, words, name) for (_, row), name in zip(rows.iterrows(), bars["name"], strict=True)
    ]
    return bar_chart(bars.assign(said=said), words, firmness=rows["firmness"].iloc[0])


def bar_chart(
    bars: pd.DataFrame,
    words: Words,
    colour: str = COLOURS[0],
    firmness: str = "stated",
    is_sorted: bool = True,
) -> Figure:
    """Horizontal bars from zero with their names and values, the largest on top when `is_sorted`.

    `bars`: id (customdata), name, low, high (equal but for a range; NaN where not known), shown (the value as
    written), said (HTML of the hover text). Names that are too long to stand beside the bars stand above.
    """
    bars = bars.sort_values("high", ascending=False, kind="stable") if is_sorted else bars
    widest = max((text_width(name, TEXT) for name in bars["name"]), default=0)
    is_above = widest > NARROW * 0.38
    row_height = 46 if is_above else 27
    left = 2 if is_above else math.ceil(widest) + 8
    height = 12 + row_height * max(len(bars), 1)
    room = NARROW - left - 6
    value_width = max((text_width(text, TEXT, bold=True) for text in bars["shown"]), default=0) + 12
    largest = float(bars["high"].max()) if bars["high"].gt(0).any() else 1.0
    layout = chart_layout(words, height, (left, 6, 6, 6))
    layout["xaxis"] = chart_axis((0, largest * room / (room - value_width)), [], []) | {"visible": False}
    layout["yaxis"] = chart_axis((len(bars) - 0.5, -0.5), [], []) | {"visible": False}
    layout["barmode"] = "overlay"
    layout["annotations"] = [
        note
        for place, (_, bar) in enumerate(bars.iterrows())
        for note in _bar_texts(bar, place, is_above, row_height, words)
    ]
    return {"data": _bar_traces(bars, colour, firmness, is_above), "layout": layout}


def _bar_traces(bars: pd.DataFrame, colour: str, firmness: str, is_above: bool) -> list[Figure]:
    """The bars up to the lower ends, and what lies between the ends of ranges."""
    places = list(range(len(bars)))
    fills = {
        "stated": {"color": colour},
        "estimate": {"color": PAPER, "pattern": {"shape": "/", "fgcolor": colour, "bgcolor": PAPER}},
        "aim": {"color": PAPER, "pattern": {"shape": ".", "fgcolor": colour, "bgcolor": PAPER}},
    }
    common = {
        "type": "bar",
        "orientation": "h",
        "y": [place + (0.2 if is_above else 0) for place in places],
        "width": 0.36 if is_above else 0.62,
        "customdata": bars["id"].tolist(),
        # Plotly does not draw the text of `hovertext`; `text` it would write on the bars.
        "hovertext": bars["said"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }
    edge = {"line": {"color": colour, "width": 1}}
    traces = [common | {"x": [_or_none(x) for x in bars["low"]], "marker": fills[firmness] | edge}]
    spread = (bars["high"] - bars["low"]).fillna(0)
    if spread.gt(0).any():
        between = {"color": PAPER, "pattern": {"shape": "|", "fgcolor": colour, "bgcolor": PAPER}}
        base = [_or_none(x) for x in bars["low"]]
        traces.append(common | {"x": spread.tolist(), "base": base, "marker": between | edge})
    return traces


def _or_none(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _bar_texts(bar: pd.Series, place: int, is_above: bool, row_height: int, words: Words) -> list[Figure]:
    known = not pd.isna(bar["high"])
    shown = f"<b>{html.escape(bar['shown'], quote=False)}</b>" if known else words("not known")
    down = 0.2 * row_height if is_above else 0
    value = text_note(shown, bar["high"] if known else 0, place, "left", "middle", INK if known else QUIET)
    side = "left" if is_above else "right"
    name = text_note(html.escape(bar["name"], quote=False), 0, place, side, "middle")
    return [
        value | {"xshift": 5, "yshift": -down},
        name | ({"yshift": row_height * 0.22, "xshift": -1} if is_above else {"xshift": -6}),
    ]


def text_note(text: str, x: float, y: float, xanchor: str, yanchor: str, colour: str = INK) -> Figure:
    """A text at a place of the axes."""
    font = {"size": TEXT, "color": colour, "family": FONT_FAMILY}
    place = {"x": float(x), "y": y, "xanchor": xanchor, "yanchor": yanchor}
    return {"text": text, "font": font, "showarrow": False, "borderpad": 0, **place}


def unit_caption(text: str, left: float) -> Figure:
    """The unit, over the numbers of the scale."""
    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": SMALL, "color": QUIET, "family": FONT_FAMILY}
    return {"text": text, "showarrow": False, "font": font, "xshift": -left, "yshift": 10, **place}


def chart_axis(ends: tuple[float, float], ticks: Sequence[float], texts: Sequence[str]) -> Figure:
    """An axis with its ends, the places of its ticks and what stands at them."""
    return {
        "range": [round(float(end), 4) for end in ends],
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": list(texts),
        "tickfont": {"size": TEXT, "color": QUIET},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "automargin": False,
    }


def chart_layout(words: Words, height: int, margin: tuple[float, float, float, float]) -> Figure:
    """What all charts share: size, letters, hover; `margin` is left, top, right, bottom."""
    left, top, right, bottom = margin
    separators = numbers.get_decimal_symbol(words.locale) + numbers.get_group_symbol(words.locale)
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": left, "t": top, "r": right, "b": bottom, "pad": 0},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT_FAMILY, "size": TEXT, "color": INK},
        "separators": separators,
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": "#5c6470",
            "align": "left",
            "font": {"size": TEXT, "color": INK, "family": FONT_FAMILY},
        },
    }
