"""The strip of the route that is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dashboard.figures.strip import StripContext, empty_figure, strip
from dashboard.figures.strip_lane import Setting
from dashboard.routes.question import Question
from dashboard.routes.scenes import ROUTE_COLOURS
from dashboard.text import Words
from layers import Atlas


def route_strip(atlas: Atlas, which: str, words: Words, width: int, is_upright: bool) -> dict[str, Any]:
    """The chosen route straightened, with all barriers on it; `which` is the query of the page."""
    asked = Question.from_query(which, atlas)
    found = () if asked.problem else asked.routes(atlas)
    if not found:
        return empty_figure(words("No way to draw."))
    rank = asked.rank(found)
    return strip(found[rank - 1].way, StripContext(setting(atlas, rank, width)), words, is_upright)


@lru_cache(maxsize=16)
def setting(atlas: Atlas, rank: int, width: int) -> Setting:
    """What stands beside a route of this rank, made once: drawn strips are kept by it."""
    return Setting(atlas.countries, atlas.barriers, atlas.crossings, ROUTE_COLOURS[rank - 1], width)
