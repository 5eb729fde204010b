"""The places that each project may take, as bars from the best to the worst with a dot at the middle."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.figures.charts import COLOURS, Figure, chart_axis, chart_layout, text_note
from dashboard.figures.sheet import INK, text_width, wrapped
from dashboard.figures.sheet_chart import Sign
from dashboard.figures.strip_labels import LONGEST_CUT
from dashboard.text import N_, Words
from layers import Atlas
from layers.priorities import TOP

ROW, LINE, TEXT, NAME_WIDTH, HOVER_WIDTH = 17, 13, 11, 150, 230  # pixels
MOST_PRINTED = 20
TOP_MARGIN, BOTTOM, RIGHT = 42, 10, 12  # pixels
CERTAIN, POSSIBLE, NEVER = COLOURS[0], "#9cc3dd", "#c9cdd0"


def standing_of(row: Mapping[str, float]) -> str:
    """Whether a project is among the first ten whatever is not known, may be, or cannot be."""
    if row["worst"] <= TOP:
        return "certain"
    return "possible" if row["best"] <= TOP else "never"


COLOUR_OF = {"certain": CERTAIN, "possible": POSSIBLE, "never": NEVER}
STANDINGS = {
    "certain": N_("certain to be among the first ten"),
    "possible": N_("may be among them"),
    "never": N_("cannot be among them"),
}
RANKS_TITLE, RANKS = N_("Places that each project may take"), "ranks"
"""The title of the chart, and its name among what the page publishes."""


def rank_signs(words: Words) -> tuple[Sign, ...]:
    """What the colours of the bars and the points mean."""
    bars = (Sign("■", COLOUR_OF[one], words(text)) for one, text in STANDINGS.items())
    return (*bars, Sign("●", INK, words("place by the middle")))


def first_of(ranked: pd.DataFrame) -> pd.DataFrame:
    """As many of the first rows as a sheet of paper can carry, none of those that share a place alone."""
    if len(ranked) <= MOST_PRINTED:
        return ranked
    outside = ranked["place"].iloc[MOST_PRINTED]
    return ranked[ranked["place"].lt(outside)] if ranked["place"].iloc[0] < outside else ranked


def rank_chart(ranked: pd.DataFrame, atlas: Atlas, words: Words, number: int = 0, lines: int = 1) -> Figure:
    """The rows of `layers.priorities.ranking` from top to bottom; customdata of a bar is its project_id.

    `number` is how many places there are where these are only the first rows, `lines` how many a name may
    take.
    """
    names = [words.name(atlas.projects.loc[project_id]) for project_id in ranked.index]
    number = number or len(ranked)
    height = TOP_MARGIN + (ROW + LINE * (lines - 1)) * max(len(ranked), 1) + BOTTOM
    left = NAME_WIDTH + 30
    layout = chart_layout(words, height, (left, TOP_MARGIN, RIGHT, BOTTOM))
    ticks = [1, *range(10, number + 1, 10)]
    layout["xaxis"] = chart_axis((0.3, number + 0.7), ticks, [words.number(one) for one in ticks]) | {
        "side": "top",
        "showgrid": True,
        "gridcolor": "#eceeef",
        "showline": False,
        "tickfont": {"size": TEXT},
    }
    places = [words.number(one) for one in ranked["place"]]
    texts = [f"{short(name, lines)} <b>{place}</b>" for name, place in zip(names, places, strict=True)]
    layout["yaxis"] = chart_axis((len(ranked) - 0.4, -0.6), list(range(len(ranked))), texts) | {
        "showline": False,
        "tickfont": {"size": TEXT, "color": INK},
    }
    layout["barmode"] = "overlay"
    layout["annotations"] = _captions(number, words)
    if number > TOP:
        line = {"color": INK, "width": 1.5, "dash": "dash"}
        layout["shapes"] = [
            {
                "type": "line",
                "x0": TOP + 0.5,
                "x1": TOP + 0.5,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": line,
            }
        ]
    return {"data": _traces(ranked, names, words), "layout": layout}


# Widths of letters take long to add up, and the names are always the same.
@lru_cache(maxsize=1024)
def short(name: str, lines: int = 1) -> str:
    """A name cut to the room beside the bars; the whole of it is in the hover text and the table."""
    first = wrapped(name, TEXT, NAME_WIDTH)[: lines - 1]
    rest = name.removeprefix(" ".join(first)).strip()[:LONGEST_CUT]
    if text_width(rest, TEXT) > NAME_WIDTH:
        while rest and text_width(rest + "…", TEXT) > NAME_WIDTH:
            rest = rest[:-1]
        rest = rest.rstrip() + "…"
    return "<br>".join(html.escape(line, quote=False) for line in (*first, rest) if line)


def _captions(number: int, words: Words) -> list[Figure]:
    """What the line after the tenth place means."""
    if number <= TOP:
        return []
    note = text_note(words("first ten end here"), TOP + 0.5, 1, "right", "bottom")
    return [note | {"yref": "paper", "yshift": 20}]


def _traces(ranked: pd.DataFrame, names: list[str], words: Words) -> list[Figure]:
    rows = list(range(len(ranked)))
    said = [_hover(name, row, words) for name, row in zip(names, ranked.to_dict("records"), strict=True)]
    common: dict[str, Any] = {
        "y": rows,
        "customdata": ranked.index.tolist(),
        "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }
    bars = common | {
        "type": "bar",
        "orientation": "h",
        "width": 0.62,
        "base": [best - 0.5 for best in ranked["best"].tolist()],
        "x": (ranked["worst"] - ranked["best"] + 1).tolist(),
        "marker": {"color": [COLOUR_OF[standing_of(row)] for row in ranked.to_dict("records")]},
    }
    dots = common | {
        "type": "scatter",
        "mode": "markers",
        "x": ranked["place"].tolist(),
        "marker": {"symbol": "circle", "size": 7, "color": INK, "opacity": 1},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    dots = {key: value for key, value in dots.items() if key not in ("hovertext", "hovertemplate")}
    return [bars, dots]


def _hover(name: str, row: Mapping[str, float], words: Words) -> str:
    places = words(
        "places {best} to {worst}, by the middle {place}",
        best=words.number(int(row["best"])),
        worst=words.number(int(row["worst"])),
        place=words.number(int(row["place"])),
    )
    lines = [html.escape(line, quote=False) for line in wrapped(name, 12, HOVER_WIDTH)]
    return "<br>".join([f"<b>{'<br>'.join(lines)}</b>", html.escape(places, quote=False)])
