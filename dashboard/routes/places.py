"""Places and links by their keys: names, lists to choose from, the nearest names to a wrong one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.cards.parts import title_of
from dashboard.keys import names_at
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.corridors import places as nodes_that_are_places
from layers.corridors import segments_of, with_branches
from layers.network import Refused, place_of, row_of
from layers.network.places import TABLES
from layers.network.whatif import OPEN
from layers.search import Hit, find, index

Options = tuple[tuple[str, str], ...]
Groups = tuple[tuple[str, Options], ...]

MOST_FOUND = 24
LONGEST_TYPED = 80
WITH_KEY = re.compile(r"\(([a-z]+:[^()]+)\)\s*$")
FIRST = ("node:samarkand", "node:poti")
MOST_LISTED = 1_000
"""A list to choose from has a group of things only where they are no more than these."""

NODE_GROUPS = {
    "city": N_("Cities"),
    "port": N_("Ports"),
    "dry-port": N_("Dry ports"),
    "border-crossing": N_("Border places"),
    "station": N_("Stations"),
}


@lru_cache(maxsize=4)
def first_places(atlas: Atlas) -> tuple[str, str]:
    """The places of the page as it opens; other data may lack the usual ones."""
    known = nodes_that_are_places(atlas.nodes).index
    if all(one.removeprefix("node:") in known for one in FIRST):
        return FIRST
    keys = (*(f"node:{one}" for one in known[:2]), *(f"region:{one}" for one in atlas.regions.index[:2]))
    start, goal = (*keys, "", "")[:2]
    return start, goal


def place_key(atlas: Atlas, text: str) -> str:
    """The key of a place by its key, by its name in any language, or by a name with the key in brackets;
    Refused where it is none of them.
    """
    text = text[:LONGEST_TYPED]
    with_key = WITH_KEY.search(text)
    try:
        return place_of(atlas, with_key[1] if with_key else text).key
    except Refused:
        named = key_named(atlas, text)
        if named:
            return named
        raise


def has_many_places(atlas: Atlas) -> bool:
    """Whether there are too many places for a list: they are then found while a reader types."""
    return max(len(getattr(atlas, table)) for table in TABLES.values()) > MOST_LISTED


def key_named(atlas: Atlas, text: str) -> str:
    """The key of the place with this name in any language, "" where there is none."""
    if not has_many_places(atlas):
        return keys_by_name(atlas).get(text.casefold(), "")
    hits = find(index(atlas), text, limit=MOST_FOUND)
    same = {hit.key for hit in hits if hit.name.casefold() == text.casefold()}
    return next((key for key in places_among(atlas, hits) if key in same), "")


def places_among(atlas: Atlas, hits: list[Hit]) -> list[str]:
    """The keys of those hits that are places; a shape point is none."""
    shapes = atlas.nodes.index[atlas.nodes["kind"].eq("shape")]
    own = [hit.key for hit in hits if hit.key.partition(":")[0] in TABLES]
    return [key for key in own if not (key.startswith("node:") and key.removeprefix("node:") in shapes)]


def typed_name(atlas: Atlas, key: str, words: Words) -> str:
    """What a reader types for a place: its name, and its key where another place has that name too."""
    name = place_name(atlas, key, words)
    if key_named(atlas, name) == key:
        return name
    both = f"{name} ({key})"
    return both if len(both) <= LONGEST_TYPED else key


@lru_cache(maxsize=2)
def keys_by_name(atlas: Atlas) -> dict[str, str]:
    """The key of every place by each of its names in small letters; cities before regions before sites."""
    found: dict[str, str] = {}
    frames = {"node": nodes_that_are_places(atlas.nodes), "region": atlas.regions, "site": atlas.sites}
    for kind, frame in frames.items():
        for column in (name for name in frame.columns if name.startswith("name_")):
            for one, name in frame[column].items():
                if isinstance(name, str) and name:
                    found.setdefault(name.casefold(), f"{kind}:{one}")
    return found


def nearest_places(atlas: Atlas, text: str) -> tuple[str, ...]:
    """The keys of up to four places whose names or ids are nearest to a text."""
    _, _, one = text[:80].rpartition(":")
    if has_many_places(atlas):
        return tuple(places_among(atlas, find(index(atlas), one, limit=MOST_FOUND)))[:4]
    wanted = one.casefold().replace("_", " ")
    names = keys_by_name(atlas)
    ids = {key.partition(":")[2].casefold().replace("_", " "): key for key in names.values()}
    near = difflib.get_close_matches(wanted, [*names, *ids], n=8, cutoff=0.6)
    keys = [names.get(name) or ids[name] for name in near]
    return tuple(dict.fromkeys(keys))[:4]


def place_name(atlas: Atlas, key: str, words: Words) -> str:
    """The name of a place."""
    return words.name(row_of(atlas, place_of(atlas, key)))


def link_name(atlas: Atlas, key: str, words: Words) -> str:
    """The name of a link that can be closed or opened."""
    kind, _, one = key.partition(":")
    names = node_names(atlas, words.language)
    if kind == "node":
        return names[one]
    if kind == "segment":
        return " – ".join(names[end] for end in ends_of_segments(atlas)[one])
    if kind == "crossing":
        return words("crossing {name}", name=title_of(key, atlas, words)[0])
    return title_of(key, atlas, words)[0]


@lru_cache(maxsize=8)
def node_names(atlas: Atlas, language: str) -> dict[str, str]:
    """The name of every node, also of shape points."""
    words = speak(language)
    return dict(zip(atlas.nodes.index, words.names(atlas.nodes), strict=True))


@lru_cache(maxsize=2)
def ends_of_segments(atlas: Atlas) -> dict[str, tuple[str, str]]:
    """The two nodes of every segment."""
    ends = atlas.segments[["from_node", "to_node"]].itertuples(name=None)
    return {one: (start, end) for one, start, end in ends}


def link_names(atlas: Atlas, keys: tuple[str, ...], words: Words) -> str:
    """The names of links, in quotation marks, as a list."""
    return ", ".join(words("“{name}”", name=link_name(atlas, key, words)) for key in keys)


@lru_cache(maxsize=8)
def place_groups(atlas: Atlas, language: str) -> Groups:
    """Every place where a route may begin or end, in groups, by name."""
    words = speak(language)
    regions = atlas.regions
    return (
        *(
            (
                words("Regions: {country}", country=words.name(atlas.countries.loc[code])),
                options("region", regions[regions["country_iso3"].eq(code)], words),
            )
            for code in vocabulary.COUNTRIES
        ),
        *node_groups(atlas, language),
        (words("Industrial sites"), options("site", atlas.sites, words)),
    )


@lru_cache(maxsize=8)
def node_groups(atlas: Atlas, language: str) -> Groups:
    """The nodes of the network in groups by kind, each with its country."""
    words, nodes = speak(language), nodes_that_are_places(atlas.nodes)
    found = []
    for kind, title in NODE_GROUPS.items():
        own = nodes[nodes["kind"].eq(kind)]
        if len(own) > MOST_LISTED:
            continue
        named = [(f"node:{one}", with_country(atlas, row, words)) for one, row in own.iterrows()]
        found.append((words(title), tuple(sorted(named, key=lambda pair: pair[1].casefold()))))
    return tuple(found)


def with_country(atlas: Atlas, node: Mapping[str, Any], words: Words) -> str:
    """The name of a node and its country."""
    code = node["country_iso3"]
    if not code:
        return words.name(node)
    return f"{words.name(node)}, {words.name(names_at(atlas, 'countries', code))}"


def options(kind: str, frame: pd.DataFrame, words: Words) -> Options:
    """Keys and names of these rows, by name."""
    named = list(zip((f"{kind}:{one}" for one in frame.index), words.names(frame), strict=True))
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


@lru_cache(maxsize=8)
def closable(atlas: Atlas, language: str) -> Groups:
    """What can be closed from a list: crossings, ports, border places, corridors."""
    words, nodes = speak(language), atlas.nodes
    crossings = atlas.crossings[atlas.crossings["status"].isin(OPEN)].index
    by_kind = {kind: nodes[nodes["kind"].eq(kind)] for kind in ("port", "border-crossing")}
    return (
        (words("Border crossings"), linked(atlas, [f"crossing:{one}" for one in crossings], words)),
        *(
            (words(NODE_GROUPS[kind]), linked(atlas, [f"node:{one}" for one in own.index], words))
            for kind, own in by_kind.items()
        ),
        (words("Corridors"), linked(atlas, [f"corridor:{one}" for one in atlas.corridors.index], words)),
    )


@lru_cache(maxsize=8)
def openable(atlas: Atlas, language: str) -> Groups:
    """What can be opened from a list: corridors with lines not in operation, and those lines."""
    words, segments = speak(language), atlas.segments
    coming = segments.index[~segments["status"].isin((*OPEN, "closed"))]
    crossings = atlas.crossings[~atlas.crossings["status"].isin(OPEN)].index
    corridors = [f"corridor:{one}" for one in unfinished(atlas)]
    return (
        (words("Corridors"), linked(atlas, corridors, words)),
        (words("Border crossings"), linked(atlas, [f"crossing:{one}" for one in crossings], words)),
        (words("Lines"), linked(atlas, [f"segment:{one}" for one in coming[:MOST_LISTED]], words)),
    )


@lru_cache(maxsize=2)
def unfinished(atlas: Atlas) -> dict[str, float]:
    """Kilometres not in operation of each corridor that has such lines."""
    coming = atlas.segments[~atlas.segments["status"].isin((*OPEN, "closed"))]
    found = {}
    for corridor_id in atlas.corridors.index:
        own = segments_of(coming, with_branches(atlas.corridors, [corridor_id]))
        if len(own):
            found[corridor_id] = float(own["computed_length_km"].sum())
    return found


def linked(atlas: Atlas, keys: list[str], words: Words) -> Options:
    """Keys and names of links, by name."""
    named = [(key, link_name(atlas, key, words)) for key in keys]
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))
