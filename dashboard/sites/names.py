"""The reader's words for the facets of the sites and for their values."""

from __future__ import annotations

from functools import lru_cache

from dashboard import vocabulary
from dashboard.cards.parts import title_of
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.site_choice import ANY

TITLES = {
    "countries": N_("Country"),
    "regions": N_("Regions"),
    "kinds": N_("Kind of site"),
    "statuses": N_("Status of the sites"),
    "sectors": N_("Sectors"),
    "corridors": N_("Near these corridors"),
    "crossings": N_("Near these crossings"),
    "investment": N_("Investment figure"),
}

INVESTMENT = {"stated": N_("stated by a source"), "not-stated": N_("not known")}

TABLES = {
    "kinds": vocabulary.SITE_KINDS,
    "statuses": vocabulary.STATUSES,
    "sectors": vocabulary.SECTORS,
    "investment": INVESTMENT,
}


def label_of(name: str, value: str, atlas: Atlas, words: Words) -> str:
    """The reader's word for one value of a facet."""
    if name in TABLES:
        return words(TABLES[name][value])
    if value == ANY:
        return words("any corridor") if name == "corridors" else words("any crossing")
    if name == "crossings":
        return title_of(f"crossing:{value}", atlas, words)[0]
    return _names(atlas, name, words.language)[value]


# Key: the atlas (one object a data version), the table and the language.
@lru_cache(maxsize=16)
def _names(atlas: Atlas, table: str, language: str) -> dict[str, str]:
    """The names of the rows of a table by their ids."""
    rows = getattr(atlas, table)
    return dict(zip(rows.index, speak(language).names(rows), strict=True))
