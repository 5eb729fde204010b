"""The best route between the two regions of a pair: in facts, as a strip, on the map."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any

from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button, fact_list
from dashboard.figures.strip import StripContext, strip
from dashboard.figures.strip_lane import Setting
from dashboard.sourced import computed
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import Route, assumptions_of, no_route, routes
from layers.network.whatif import AS_IT_IS

COLOUR = "#0b5f8a"
KM_METHOD = N_(
    "Measured along the lines of this map from centre to centre; between a centre and the network by road, "
    "longer than the straight line."
)
HOURS_METHOD = N_(
    "Running, borders, changes of gauge and handling under the assumptions of the atlas, which the page of "
    "routes shows and lets you change."
)


def best_route(atlas: Atlas, uz_region_id: str, kz_region_id: str) -> Route | None:
    """The quickest route between the two centres by the network as it is; None where there is none."""
    keys = (f"region:{uz_region_id}", f"region:{kz_region_id}")
    found = routes(atlas, *keys, assumptions_of(atlas), most=1)
    return found[0] if found else None


def route_part(uz_region_id: str, kz_region_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """What the best route amounts to, and where to see others."""
    found = best_route(atlas, uz_region_id, kz_region_id)
    ends = f"from=region:{uz_region_id}&to=region:{kz_region_id}"
    link = html.A(words("Other routes, and what if"), href=f"/routes?{ends}&lang={words.language}")
    if found is None:
        return [
            html.P(_no_way(uz_region_id, kz_region_id, atlas, words), className="not-known"),
            html.P(link),
        ]
    facts = [
        (
            words("Length"),
            computed(words("{n} km", n=words.number(round(found.km))), words(KM_METHOD), words),
        ),
        (
            words("Time"),
            computed(words("{n} hours", n=words.number(round(found.hours))), words(HOURS_METHOD), words),
        ),
        (words("By mode"), _by_mode(found, words)),
        (words("Countries in order"), _countries(found, atlas, words)),
        (words("Crossings"), _crossings(found, atlas, words)),
        (words("Gauge"), _gauge(found, atlas, words)),
        (words("Not cited"), words("{share} of the way rests on general knowledge", share=_gk(found, words))),
    ]
    return [fact_list(facts), html.P(link, className="on-screen")]


def _no_way(uz_region_id: str, kz_region_id: str, atlas: Atlas, words: Words) -> str:
    """What to say where no way leads through; a planned line that would is named by the page of routes."""
    why = no_route(atlas, f"region:{uz_region_id}", f"region:{kz_region_id}", AS_IT_IS)
    if why is not None and why.joined_by:
        return words("No way by lines in operation joins the two centres; planned lines would.")
    return words("No way by lines in operation joins the two centres.")


def _by_mode(found: Route, words: Words) -> str:
    return "; ".join(
        words("{status}: {n} km", status=words(vocabulary.MODES[mode]), n=words.number(round(km)))
        for mode, km in found.km_by_mode.items()
        if km
    )


def _countries(found: Route, atlas: Atlas, words: Words) -> str:
    country = atlas.nodes["country_iso3"]
    passed = [country.get(move.to_node, "") for move in found.moves]
    codes = [code for code, _ in groupby([found.start.country_iso3, *filter(None, passed)])]
    return " – ".join(words.name(atlas.countries.loc[code]) for code in codes)


def _crossings(found: Route, atlas: Atlas, words: Words) -> Any:
    if not found.crossing_ids:
        return words("none of those in the atlas")
    items = []
    for crossing_id in found.crossing_ids:
        status = words(vocabulary.STATUSES[atlas.crossings.at[crossing_id, "status"]])
        items.append(html.Li([choose_button(f"crossing:{crossing_id}", atlas, words), f", {status}"]))
    return html.Ul(items, className="plain")


def _gauge(found: Route, atlas: Atlas, words: Words) -> str:
    gauges = atlas.segments.loc[list(found.segment_ids), "gauge_mm"].dropna().unique()
    if not len(gauges):
        return words("no railway on this way")
    breaks = words.plural("{n} gauge break", "{n} gauge breaks", found.gauge_breaks)
    return words("{mm} mm", mm=", ".join(f"{one:.0f}" for one in gauges)) + ", " + breaks


def _gk(found: Route, words: Words) -> str:
    return words.percent(100 * found.gk_share, 0)


@lru_cache(maxsize=16)
def _setting(atlas: Atlas, width: int) -> Setting:
    return Setting(atlas.countries, atlas.barriers, atlas.crossings, COLOUR, width)


def pair_strip(atlas: Atlas, which: str, words: Words, width: int, is_upright: bool) -> dict[str, Any]:
    """The strip of the best route of a pair; `which`: "UZ-SI/KZ-61", a pair that has a route."""
    found = best_route(atlas, *which.split("/"))
    return strip(found.way, StripContext(_setting(atlas, width)), words, is_upright)
