"""What the page of trade calls reporters, goods, sectors and outcomes, and the colours of reporters."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import pandas as pd

from dashboard.corridor_terms import REPORTERS
from dashboard.text import N_, Words
from layers import Atlas

FLOW_TITLES = {
    "turnover": N_("Trade turnover"),
    "export_uz_to_kz": N_("Exports, Uzbekistan to Kazakhstan"),
    "import_uz_from_kz": N_("Imports, Kazakhstan to Uzbekistan"),
}

OUTCOMES = {
    "reached": N_("reached"),
    "not-reached": N_("not reached"),
    "reached-by-some": N_("reached by one count, not by another"),
    "not-known": N_("no value of that year is known to our sources"),
    "not-over": N_("the year is not over yet"),
}

GOODS = {
    "aluminium": N_("aluminium"),
    "asbestos": N_("asbestos"),
    "barley": N_("barley"),
    "beef": N_("beef"),
    "clothing": N_("clothing"),
    "coal": N_("coal"),
    "confectionery": N_("confectionery"),
    "cotton fibre": N_("cotton fibre"),
    "ethyl alcohol and spirits": N_("ethyl alcohol and spirits"),
    "fertilisers": N_("fertilisers"),
    "flour": N_("flour"),
    "fresh and chilled beef": N_("fresh and chilled beef"),
    "fruit and vegetables (share of Uzbek exports of these goods)": N_(
        "fruit and vegetables (share of Uzbek exports of these goods)"
    ),
    "grain": N_("grain"),
    "grain (rail)": N_("grain (by rail)"),
    "gypsum": N_("gypsum"),
    "industrial goods": N_("industrial goods"),
    "maize": N_("maize"),
    "manganese ores": N_("manganese ores"),
    "margarine": N_("margarine"),
    "medicines": N_("medicines"),
    "oils and fats": N_("oils and fats"),
    "ore and copper concentrates": N_("ore and copper concentrates"),
    "passenger cars": N_("passenger cars"),
    "plastics and products": N_("plastics and products of plastics"),
    "portland cement": N_("portland cement"),
    "potatoes": N_("potatoes"),
    "quicklime": N_("quicklime"),
    "raw tobacco": N_("raw tobacco"),
    "rice": N_("rice"),
    "sugar and confectionery": N_("sugar and confectionery"),
    "textile materials and products": N_("textile materials and products"),
    "unprocessed aluminium": N_("unprocessed aluminium"),
    "vegetable oil": N_("vegetable oil"),
    "wheat": N_("wheat"),
    "wheat flour": N_("wheat flour"),
    "zinc ores": N_("zinc ores"),
}
"""Traded goods; one without a word here is shown as the data have it."""

SECTORS = {
    "agriculture, forestry and fisheries": N_("agriculture, forestry and fisheries"),
    "industry": N_("industry"),
    "construction": N_("construction"),
    "trade": N_("trade"),
    "transport and storage": N_("transport and storage"),
    "accommodation and food service": N_("accommodation and food service"),
    "information and communication": N_("information and communication"),
    "health and social services": N_("health and social services"),
    "other": N_("other sectors"),
}
"""Sectors of the statistics of enterprises; one without a word here is shown as the data have it."""

FAMILIES = {
    "uz": ("#1f5fa8", "#00717f", "#4b3fa0"),
    "kz": ("#b35806", "#7a4a00", "#a3341c", "#8f6400", "#5b2c0a"),
    "": ("#555e66", "#7a3f8f", "#222222"),
}
"""Colours of reporters by the country they speak for, "" for others; all dark enough for letters."""


def reporter_text(reporter: str, words: Words) -> str:
    """Who states a figure, as text."""
    return words(REPORTERS[reporter]) if reporter in REPORTERS else reporter or words("reporter not named")


def goods_name(commodity: str, words: Words) -> str:
    return words(GOODS[commodity]) if commodity in GOODS else commodity


def sector_name(sector: str, words: Words) -> str:
    return words(SECTORS[sector]) if sector in SECTORS else sector


# Key: the atlas, one object a data version; an old one leaves by disuse.
@lru_cache(maxsize=2)
def palette(atlas: Atlas) -> dict[str, str]:
    """A colour for each reporter of trade and of enterprises, the same in all charts of the page."""
    named = pd.concat([atlas.trade["reporter"], atlas.enterprises["reporter"]]).unique()
    counts: dict[str, int] = defaultdict(int)
    colours = {}
    for reporter in filter(None, named):
        family = {"Uz": "uz", "Ka": "kz"}.get(reporter[:2], "")
        colours[reporter] = FAMILIES[family][counts[family] % len(FAMILIES[family])]
        counts[family] += 1
    return colours
