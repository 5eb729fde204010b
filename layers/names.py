"""Every name by which a thing of the atlas can be found.

A thing answers to its names in all languages, to its id, and to the names that cities.geojson gives to the
place where it stands; a region also to its centre and to the cities inside it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Geod
from shapely import Point

from layers.atlas import Atlas
from layers.corridors import places
from layers.spelling import sound_of, without_gaps, words_of

SAME_PLACE_KM = 30
"""A city and a node that share a name and lie this near are one place: a port is some way from its town."""

_EARTH = Geod(ellps="WGS84")
_ALSO_KNOWN = re.compile(r"also known as ([^;,.()]+)")
_LANGUAGES = ("en", "ru", "uz", "kk")


class Origin(IntEnum):
    """Where a name comes from; a place in a thing and an id stand behind what a thing is called."""

    OWN = 0
    SHORT = 1  # without "Region", or of the town whose port it is
    INSIDE = 2
    ID = 3


class Name(NamedTuple):
    """A name that does not stand in the table of its thing."""

    key: str
    text: str
    language: str
    origin: Origin


class Names(NamedTuple):
    """Names in columns: the number of the thing, the text with its language ("" of an id), where it comes
    from, and the text that it is spelt as."""

    thing: np.ndarray
    text: np.ndarray
    language: np.ndarray
    origin: np.ndarray
    spelt_as: np.ndarray

    def at(self, which: np.ndarray) -> Names:
        """Those at these positions, or where a mask says so."""
        return Names(*(column[which] for column in self))


ROWS_AT_ONCE = 5_000
"""Of so many rows the names are held at once."""


def names_of_things(atlas: Atlas) -> Iterator[tuple[list[str], Names]]:
    """The keys of some things after others, and all names of these things, what each is called first."""
    frames = {
        "region": atlas.regions,
        "corridor": atlas.corridors,
        "node": places(atlas.nodes),
        "crossing": atlas.crossings,
        "site": atlas.sites,
        "project": atlas.projects,
    }
    others = (
        _short_names(atlas.regions),
        _towns_of_nodes(frames["node"], atlas.cities),
        _inside_regions(atlas),
    )
    further: dict[str, list[Name]] = defaultdict(list)
    for name in itertools.chain(*others):
        further[name.key].append(name)
    for kind, frame in frames.items():
        for start in range(0, len(frame), ROWS_AT_ONCE):
            rows = frame.iloc[start : start + ROWS_AT_ONCE]
            keys = [f"{kind}:{identifier}" for identifier in rows.index]
            yield keys, _names_of_rows(rows, keys, further)


def _names_of_rows(rows: pd.DataFrame, keys: list[str], further: dict[str, list[Name]]) -> Names:
    """The names of these rows in their table, the further ones, their ids."""
    parts = [*_named(rows)]
    for thing, key in enumerate(keys):
        for name in further.get(key, ()):
            parts.append(_alike([thing], [name.text], name.language, name.origin))
    ids = _alike(range(len(rows)), rows.index, "", Origin.ID)
    # An id is one word, or "UZ-SI" would answer to "si".
    ids.spelt_as[:] = without_gaps("\0".join([*rows.index, ""])).split("\0")[:-1]
    names = Names(*map(np.concatenate, zip(*parts, ids, strict=True)))
    return names.at(np.argsort(names.thing, kind="stable"))


def _named(rows: pd.DataFrame) -> Iterator[Names]:
    """The names in a table; a note may hold another name."""
    for column in rows.columns:
        if column.startswith("name_"):
            language = column.rpartition("_")[2]  # name_kz_ru is Russian
            language = language if language in _LANGUAGES else "en"  # name_kz of a crossing is in English
            texts = rows[column].to_numpy(dtype=object)
            things = np.flatnonzero(texts != "")
            yield _alike(things, texts[things], language, Origin.OWN)
        elif column == "note":
            found = [(i, one) for i, note in enumerate(rows[column]) for one in _ALSO_KNOWN.findall(note)]
            yield _alike([i for i, _ in found], [one.strip() for _, one in found], "en", Origin.OWN)


def _alike(things: Sequence[int], texts: Sequence[str], language: str, origin: Origin) -> Names:
    """Names of one language and origin, and again without the dots that Russian mostly leaves out over ё."""
    dotted = [at for at, text in enumerate(texts) if "ё" in text.lower()] if language == "ru" else []
    plain = [texts[at].replace("ё", "е").replace("Ё", "Е") for at in dotted]
    shown = np.array([*texts, *(texts[at] for at in dotted)], dtype=object)
    return Names(
        np.array([*things, *(things[at] for at in dotted)], dtype=np.int32),
        shown,
        np.full(len(shown), language, dtype=object),
        np.full(len(shown), origin, dtype=np.int8),
        np.array([*texts, *plain], dtype=object),
    )


def _short_names(regions: gpd.GeoDataFrame) -> Iterator[Name]:
    """What remains of the names of regions without the words that many of them share: "Region", "облысы"."""
    for language in _LANGUAGES:
        names = regions[f"name_{language}"]
        counts = Counter(word for text in names for word in text.split())
        for identifier, text in names.items():
            own = [word for word in text.split() if counts[word] * 4 < len(names)]
            yield Name(f"region:{identifier}", " ".join(own), language, Origin.SHORT)


def _towns_of_nodes(nodes: gpd.GeoDataFrame, cities: gpd.GeoDataFrame) -> Iterator[Name]:
    """The names of the city where a node stands: the two are near and the node's name has the city's."""
    towns = [*zip((city for _, city in cities.iterrows()), _sounds(cities["name_en"]), strict=True)]
    by_word: dict[str, list[int]] = defaultdict(list)
    for position, (_, of_city) in enumerate(towns):
        by_word[next(iter(of_city), "")].append(position)
    of_nodes = _sounds(nodes["name_en"])
    for identifier, sounds, point in zip(nodes.index, of_nodes, nodes.geometry, strict=True):
        for position in sorted(itertools.chain.from_iterable(by_word.get(word, ()) for word in sounds)):
            city, of_city = towns[position]
            if of_city <= sounds and _apart_km(point, city.geometry) <= SAME_PLACE_KM:
                origin = Origin.OWN if of_city == sounds else Origin.SHORT
                yield from _names_of_city(f"node:{identifier}", city, origin)


def _sounds(texts: Iterable[str]) -> list[set[str]]:
    """How the words of each text sound."""
    lines = sound_of("\n".join(" ".join(words_of(text)) for text in texts)).split("\n")
    return [set(line.split()) for line in lines]


def _apart_km(one: Point, other: Point) -> float:
    return _EARTH.inv(one.x, one.y, other.x, other.y)[2] / 1000


def _inside_regions(atlas: Atlas) -> Iterator[Name]:
    """The centre of each region, and the cities inside it by all their names."""
    for identifier, centre in atlas.regions["centre_en"].items():
        yield Name(f"region:{identifier}", centre, "en", Origin.INSIDE)
    inside = atlas.cities.sjoin(atlas.regions[["geometry"]], predicate="within")
    for _, city in inside.iterrows():
        yield from _names_of_city(f"region:{city['region_id']}", city, Origin.INSIDE)


def _names_of_city(key: str, city: pd.Series, origin: Origin) -> Iterator[Name]:
    return (Name(key, city[f"name_{code}"], code, origin) for code in _LANGUAGES)
