"""Which regions the events of the Council name."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from layers.atlas import Atlas
from layers.council import newest_first

TEXTS = ("event_en", "place", "outcome_en")
RANKS = (" Region", "Republic of ")
"""What an English name of a region has around its own word."""


def events_of(atlas: Atlas, *region_ids: str) -> pd.DataFrame:
    """The events that name all of these regions, newest first.

    A region is named by its name, its centre or a crossing on its side, as the place of the event or in its
    text; that an event names two regions does not say that it was about the two.
    """
    wanted = frozenset(region_ids)
    fits = mentions(atlas).map(lambda found: wanted <= found).astype(bool)
    return newest_first(atlas.council[fits])


@lru_cache(maxsize=2)
def mentions(atlas: Atlas) -> pd.Series:
    """The regions that each event names, as frozensets of region_id, indexed by event_id."""
    patterns = _patterns(atlas)
    texts = atlas.council[list(TEXTS)].agg(" | ".join, axis=1)
    return texts.map(lambda text: frozenset(i for i, pattern in patterns.items() if pattern.search(text)))


def _patterns(atlas: Atlas) -> dict[str, re.Pattern[str]]:
    """What names each region that events may name. A bare name that a city and its region share is the
    city's."""
    rows = atlas.regions[["name_en", "kind", "centre_en"]]
    words = {region_id: _own_word(name) for region_id, name in rows["name_en"].items()}
    cities = {words[i] for i in rows.index[rows["kind"].eq("city")]}
    crossings, every = _crossing_names(atlas), set(words.values())
    told = " | ".join(text for column in TEXTS for text in atlas.council[column])
    found = {}
    for region_id, _, kind, centre in rows.itertuples(name=None):
        word = words[region_id]
        more = {centre, *crossings.get(region_id, ())} - every
        if not any(name in told for name in (word, *more)):
            continue
        forms = [
            _form(word, kind == "city", word in cities),
            *(rf"\b{re.escape(m)}\b" for m in sorted(more)),
        ]
        found[region_id] = re.compile("|".join(forms))
    return found


def _own_word(name: str) -> str:
    for rank in RANKS:
        name = name.replace(rank, "")
    return name


def _form(word: str, is_city: bool, is_shared: bool) -> str:
    """The pattern of a name; where two share it, the region is "Tashkent Region" or "Tashkent–Turkistan"."""
    bare = rf"\b{re.escape(word)}\b"
    if is_city:
        return rf"(?<!–){bare}(?! Region|–)"
    return rf"{bare}(?= Region|–)|(?<=–){bare}" if is_shared else bare


def _crossing_names(atlas: Atlas) -> dict[str, set[str]]:
    """The names of the crossings of each region on its own side, without remarks in brackets."""
    found: dict[str, set[str]] = {}
    for side in ("kz", "uz"):
        for region_id, name in atlas.crossings[[f"{side}_region_id", f"name_{side}"]].itertuples(index=False):
            if short := name.partition(" (")[0]:
                found.setdefault(region_id, set()).add(short)
    return found
