"""The printed map of a view: what is written round it, and the finished figure, made once for each view."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import geopandas as gpd

from dashboard.bounded import bounded
from dashboard.figures import paper
from dashboard.figures.paper_crowds import Crowd, crowd_notes, crowd_of
from dashboard.figures.paper_ground import Ground
from dashboard.filters import Filters, map_marks
from dashboard.geometry import geometry
from dashboard.panel import label_of
from dashboard.shell import ATTRIBUTION, DISCLAIMER, date_line
from dashboard.text import N_, Words, speak
from dashboard.tiles import tiled_layers
from layers import Atlas
from layers.metrics import METRICS

NO_CROWD = Crowd()
LONGEST_TITLE = 140
BELOW_MARKS = ("land", "water", "rivers", "railways")


# Key: the atlas (one object a data version) and the choice; an old version leaves the caches by disuse.
@lru_cache(maxsize=2)
def ground(atlas: Atlas) -> Ground:
    """The shapes under the marks, read once for each version of the data."""
    frames = {name: gpd.read_file(io.BytesIO(geometry(atlas, name).body)) for name in BELOW_MARKS}
    return Ground.of(atlas.regions, **frames)


@bounded(24, lambda figure, atlas, *_asked: paper.points_of(figure) if tiled_layers(atlas) else 0)
def _printed(
    atlas: Atlas,
    filters: Filters,
    language: str,
    size: tuple[int, int],
    title: str,
    is_alone: bool,
    area: paper.Area | None,
) -> dict[str, Any]:
    words = speak(language)
    marks = map_marks(atlas, filters)
    texts = None if is_alone else texts_of(atlas, filters, words, title, crowd_of(marks, area))
    return paper.paper_map(marks, atlas, ground(atlas), words, size, texts, filters.selected, area)


def printed_map(
    atlas: Atlas,
    filters: Filters,
    language: str,
    size: tuple[int, int],
    title: str = "",
    is_alone: bool = False,
    area: paper.Area | None = None,
) -> dict[str, Any]:
    """The figure of a view, `size` (width, height) in pixels; `is_alone` leaves the texts round the map away.

    `area` (west, south, east, north in degrees) fills the frame, without it the two countries. Do not change
    the figure: it is kept for the next reader.
    """
    return _printed(atlas, filters, language, size, title, is_alone, area)


def texts_of(
    atlas: Atlas, filters: Filters, words: Words, title: str = "", crowd: Crowd = NO_CROWD
) -> paper.Texts:
    """Title, what is shaded and filtered, and the small print."""
    heading = words("Regions, industrial sites and corridors of Uzbekistan and Kazakhstan")
    under = (_metric_text(atlas, filters, words), _filter_text(atlas, filters, words))
    notes = " ".join(_notes(filters, words, crowd))
    small = (notes, f"{words(ATTRIBUTION)} {date_line(atlas, words)}", words(DISCLAIMER))
    return paper.Texts(title.strip()[:LONGEST_TITLE] or heading, tuple(filter(None, under)), small)


def _metric_text(atlas: Atlas, filters: Filters, words: Words) -> str:
    if filters.metric == "none":
        return ""
    metric = METRICS[filters.metric]
    name = f"{words(metric.label)}, {words(metric.unit)}" if metric.unit else words(metric.label)
    start, end = (words.date(day) for day in metric.period(atlas))
    return f"{name}. {words(metric.note, start=start, end=end)}" if metric.note else name


def _filter_text(atlas: Atlas, filters: Filters, words: Words) -> str:
    chosen = [label_of(name, value, atlas, words) for name, value in filters.active()]
    return words(N_("Only: {filters}"), filters=", ".join(chosen)) if chosen else ""


def _notes(filters: Filters, words: Words, crowd: Crowd) -> list[str]:
    """How far the map can be trusted."""
    notes = [
        words("Conic equal-area projection."),
        words("Borders of Uzbek regions are simplified and schematic."),
        words("Lakes are those of 2017; the shores of the Aral Sea have moved since."),
    ]
    if "corridors" in filters.shown:
        notes.append(
            words("Lines follow the railway where its course is known, else they join their ends directly.")
        )
    if "energy" in filters.shown:
        notes.append(words("All energy lines are schematic."))
    if "sites" in filters.shown and not crowd.sites:
        notes.append(words("Sites close together are drawn side by side."))
    return [*notes, *crowd_notes(crowd, words)]
