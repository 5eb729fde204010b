"""Every name by which a thing of the atlas can be found, in plain letters and as it sounds.

A thing answers to its names in all languages, to its id, and to the names that cities.geojson gives to the
place where it stands; a region also to its centre and to the cities inside it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
from pyproj import Geod
from shapely import Point

from layers.atlas import Atlas
from layers.corridors import places
from layers.spelling import sound_of, spelling_of, words_of

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
    """One name of a thing; `spelt` and `sound` have no gaps, `words` are (spelt, sound)."""

    text: str
    language: str
    origin: Origin
    spelt: str
    sound: str
    words: tuple[tuple[str, str], ...]


def name_of(text: str, language: str = "", origin: Origin = Origin.OWN, spelt_as: str = "") -> Name:
    """A name, or what a reader typed, with its spellings: those of `spelt_as` where given."""
    return Name(text, language, origin, *spelling_of(spelt_as or text))


ROWS_AT_ONCE = 5_000
"""Of so many rows the names are held at once."""


def names_of_things(atlas: Atlas) -> Iterator[tuple[str, list[Name]]]:
    """The key of every thing with all its names, what it is called first."""
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
    for key, more in itertools.chain(*others):
        further[key] += more
    for kind, frame in frames.items():
        for start in range(0, len(frame), ROWS_AT_ONCE):
            yield from _of_rows(kind, frame.iloc[start : start + ROWS_AT_ONCE], further)


def _of_rows(
    kind: str, rows: pd.DataFrame, further: dict[str, list[Name]]
) -> Iterator[tuple[str, list[Name]]]:
    """The things of these rows: their names in the table, the further ones, their ids."""
    names: dict[str, list[Name]] = defaultdict(list)
    for identifier, language, text in _named(rows):
        names[f"{kind}:{identifier}"] += _forms(text, language)
    for identifier in rows.index:
        key = f"{kind}:{identifier}"
        names[key] += [*further.get(key, ()), _id(identifier)]
    yield from ((key, _each_once(some)) for key, some in names.items())


def _named(frame: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Id, language and text of each name in a table; a note may hold another name."""
    for column in frame.columns:
        if column.startswith("name_"):
            language = column.rpartition("_")[2]  # name_kz_ru is Russian
            language = language if language in _LANGUAGES else "en"  # name_kz of a crossing is in English
            yield from ((i, language, text) for i, text in frame[column].items() if text)
        elif column == "note":
            found = (
                (i, other) for i, note in frame[column].items() if note for other in _ALSO_KNOWN.findall(note)
            )
            yield from ((i, "en", other.strip()) for i, other in found)


def _forms(text: str, language: str, origin: Origin = Origin.OWN) -> Iterator[Name]:
    """A name, and again without the dots that Russian mostly leaves out over ё."""
    yield name_of(text, language, origin)
    if language == "ru" and "ё" in text.lower():
        yield name_of(text, language, origin, spelt_as=text.replace("ё", "е").replace("Ё", "Е"))


def _short_names(regions: gpd.GeoDataFrame) -> Iterator[tuple[str, list[Name]]]:
    """What remains of the names of regions without the words that many of them share: "Region", "облысы"."""
    for language in _LANGUAGES:
        names = regions[f"name_{language}"]
        counts = Counter(word for text in names for word in text.split())
        for identifier, text in names.items():
            own = [word for word in text.split() if counts[word] * 4 < len(names)]
            yield f"region:{identifier}", [name_of(" ".join(own), language, Origin.SHORT)]


def _towns_of_nodes(nodes: gpd.GeoDataFrame, cities: gpd.GeoDataFrame) -> Iterator[tuple[str, list[Name]]]:
    """The names of the city where a node stands: the two are near and the node's name has the city's."""
    towns = [(city, _sounds(city["name_en"])) for _, city in cities.iterrows()]
    by_word: dict[str, list[int]] = defaultdict(list)
    for position, (_, of_city) in enumerate(towns):
        by_word[next(iter(of_city), "")].append(position)
    for identifier, name, point in zip(nodes.index, nodes["name_en"], nodes.geometry, strict=True):
        sounds = _sounds(name)
        for position in sorted(itertools.chain.from_iterable(by_word.get(word, ()) for word in sounds)):
            city, of_city = towns[position]
            if of_city <= sounds and _apart_km(point, city.geometry) <= SAME_PLACE_KM:
                origin = Origin.OWN if of_city == sounds else Origin.SHORT
                yield f"node:{identifier}", _names_of_city(city, origin)


def _sounds(text: str) -> set[str]:
    return {sound_of(word) for word in words_of(text)}


def _apart_km(one: Point, other: Point) -> float:
    return _EARTH.inv(one.x, one.y, other.x, other.y)[2] / 1000


def _inside_regions(atlas: Atlas) -> Iterator[tuple[str, list[Name]]]:
    """The centre of each region, and the cities inside it by all their names."""
    for identifier, centre in atlas.regions["centre_en"].items():
        yield f"region:{identifier}", [name_of(centre, "en", Origin.INSIDE)]
    inside = atlas.cities.sjoin(atlas.regions[["geometry"]], predicate="within")
    for _, city in inside.iterrows():
        yield f"region:{city['region_id']}", _names_of_city(city, Origin.INSIDE)


def _names_of_city(city: pd.Series, origin: Origin) -> list[Name]:
    return [name for code in _LANGUAGES for name in _forms(city[f"name_{code}"], code, origin)]


def _id(one: str) -> Name:
    """An id as one word, or "UZ-SI" would answer to "si"."""
    spelt = "".join(words_of(one))
    sound = sound_of(spelt)
    return Name(one, "", Origin.ID, spelt, sound, ((spelt, sound),))


def _each_once(names: Iterable[Name]) -> list[Name]:
    """The first of the names that are spelt alike."""
    first: dict[str, Name] = {}
    for name in names:
        if name.spelt:
            first.setdefault(name.spelt, name)
    return list(first.values())
