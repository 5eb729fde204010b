"""What a browser may send to a callback: the shape of every input and state, by its id and property.

Pages and scripts of the atlas send nothing else, so that callbacks need not doubt what they get. Whoever adds
an input adds its shape here; a test names those that are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard import ids
from dashboard.corridors.duel import Duel
from dashboard.council.portfolio import ASKED as PORTFOLIO_ASKED
from dashboard.council.ranking import ASKED as PRIORITIES_ASKED
from dashboard.evidence import listing
from dashboard.page_map import SCENES
from dashboard.panel import CONTROLS
from dashboard.sites.panel import CONTROLS as SITE_CONTROLS
from dashboard.text import languages
from layers import current
from layers.metrics import METRICS

Shape = Callable[[Any], bool]
"""Says whether a value has the shape."""

LONGEST_TEXT = 8_000
"""Letters of one text: no address is longer."""

MOST_ITEMS = 5_000
"""Items of one list: no filter has as many values."""


def anything(_value: Any) -> bool:
    """Whatever it is."""
    return True


def text(value: Any) -> bool:
    """A text that fits into an address."""
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def typed(value: Any) -> bool:
    """What a reader has typed or pasted: of any length, the search reads its beginning."""
    return isinstance(value, str)


def path(value: Any) -> bool:
    """The path of an address."""
    return text(value) and value.startswith("/")


def number(value: Any) -> bool:
    """A number that a script can count with: no NaN and no infinity."""
    return isinstance(value, int | float) and abs(value) < 1e15


def whole(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and number(value)


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def language(value: Any) -> bool:
    """The code of a language of the atlas."""
    return isinstance(value, str) and value in languages()


def metric(value: Any) -> bool:
    """The id of a measure."""
    return isinstance(value, str) and value in METRICS


def maybe(shape: Shape) -> Shape:
    """Nothing, or a value of the shape."""
    return lambda value: value is None or shape(value)


def some(shape: Shape) -> Shape:
    """A list of values of one shape."""
    return lambda value: isinstance(value, list) and len(value) <= MOST_ITEMS and all(map(shape, value))


def fields(needed: Mapping[str, Shape], others: Mapping[str, Shape] | None = None) -> Shape:
    """An object with the fields that are `needed`, perhaps with `others`, and with none beside them."""
    known = {**needed, **(others or {})}

    def fits(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and needed.keys() <= value.keys() <= known.keys()
            and all(known[name](one) for name, one in value.items())
        )

    return fits


def scene(value: Any) -> bool:
    """What tells the scene of a map apart; the thing it shows must be there, also after new data came."""
    told = fields({"kind": text, "which": text, "lang": language})
    return told(value) and value["kind"] in SCENES and _is_there(value["kind"], value["which"])


def _is_there(kind: str, which: str) -> bool:
    atlas, asked = current(), which.partition("?")[0]
    if kind == "pair":
        pair = asked.split("/")
        return len(pair) == 2 and all(one in atlas.regions.index for one in pair)
    if kind == "duel":
        duel = Duel.from_query(which, atlas)
        return {duel.a, duel.b} <= set(atlas.corridors.index)
    frames = {"corridor": atlas.corridors, "site": atlas.sites, "region": atlas.regions}
    return kind not in frames or asked in frames[kind].index


def _of_corridor(value: Any) -> bool:
    told = fields({"corridor_id": text, "query": text, "lang": language, "is_new": flag})
    return told(value) and _is_there("corridor", value["corridor_id"])


VIEW = fields({"query": text, "lang": language, "is_new": flag}, {"ignored": some(text)})
"""What a page shows, as it travels between its callbacks."""

PUT = fields({"query": text, "at": number}, {"back": maybe(flag)})
"""A question that a script has put together."""

PICKED = maybe(fields({"keys": some(text)}, {"at": number, "fly": flag}))
CHOICES = maybe(some(text))
CLICKS = maybe(number)
CHIPS = '{"name":["ALL"],"type":"drop","value":["ALL"]}'
"""The buttons that give up one value of a filter each, as Dash writes their ids."""

SHAPES: dict[tuple[str, str], Shape] = {
    (CHIPS, "n_clicks"): CLICKS,
    ("_pages_location", "pathname"): path,
    ("_pages_location", "search"): maybe(text),
    (ids.ADDRESS, "data"): maybe(text),
    (ids.VIEW, "data"): VIEW,
    (ids.RENDERER, "data"): maybe(text),
    (ids.PICKED, "data"): PICKED,
    (ids.RESET, "n_clicks"): CLICKS,
    (ids.REGIONS_TYPED, "data"): maybe(text),
    (ids.SITE_TURN, "data"): fields(
        {"of": text, "which": text, "column": whole, "is_descending": flag, "page": whole},
        {"lang": language, "at": number},
    ),
    **{(ids.control(name), "value"): CHOICES for name in CONTROLS},
    (ids.control("metric"), "value"): metric,
    (ids.SCENE, "data"): scene,
    (ids.DRAWN_SCENE, "data"): maybe(scene),
    (ids.PAGE_RENDERER, "data"): maybe(text),
    (ids.PAGE_PICKED, "data"): PICKED,
    (ids.STRIP_SHAPE, "data"): maybe(text),
    (ids.SEARCH_ASKED, "data"): fields({"text": typed, "at": number}),
    (ids.SEARCH, "lang"): language,
    (ids.CORRIDOR_WAY, "value"): maybe(text),
    (ids.CORRIDOR_WITHIN, "value"): maybe(number),
    (ids.CORRIDOR_VIEW, "data"): _of_corridor,
    (ids.ROUTES_ASKED, "data"): PUT,
    (ids.ROUTES_VIEW, "data"): VIEW,
    (ids.PLACE_TYPED, "data"): fields({"text": typed, "lang": language}),
    (ids.REACH_ASKED, "data"): PUT,
    (ids.REACH_VIEW, "data"): VIEW,
    (PORTFOLIO_ASKED, "data"): PUT,
    ("council-view", "data"): VIEW,
    (PRIORITIES_ASKED, "data"): PUT,
    ("priorities-view", "data"): VIEW,
    (listing.TYPED, "data"): maybe(typed),
    (listing.ASKED, "data"): fields({"query": text, "lang": language}),
    (ids.SITES_ADDRESS, "data"): maybe(text),
    (ids.SITES_ASKED, "data"): maybe(fields({"name": text, "value": text, "at": number})),
    (ids.SITES_VIEW, "data"): VIEW,
    (ids.SITES_REGIONS_TYPED, "data"): maybe(text),
    **{(ids.site_control(name), "value"): CHOICES for name in SITE_CONTROLS},
    (ids.site_control("within_km"), "value"): maybe(number),
}
