"""Search: finds a thing by any name the data hold for it, in any of its spellings.

A thing answers to its names in all languages, to its id, and to the names that cities.geojson gives to the
place where it stands; a region also to its centre and to the cities inside it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import geopandas as gpd
import pandas as pd
from pyproj import Geod
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from shapely import Point

from layers.atlas import Atlas
from layers.corridors import places
from layers.spelling import sound_of, words_of

SAME_PLACE_KM = 30
"""A city and a node that share a name and lie this near are one place: a port is some way from its town."""

MOST_LETTERS = 80
MOST_WORDS = 8
"""What comes after in a query is not read."""

RANK = {"region": 0, "corridor": 0, "node": 1, "crossing": 2, "site": 3, "project": 3}
"""Which kinds stand first among equally good hits."""

_EARTH = Geod(ellps="WGS84")
_ALSO_KNOWN = re.compile(r"also known as ([^;,.()]+)")
_LANGUAGES = ("en", "ru", "uz", "kk")


class Quality(IntEnum):
    """How well a name fits what was typed, the best first; "sound" means spelt otherwise."""

    EXACT = 0
    BEGINS = 1
    BEGINS_IN_SOUND = 2
    WORDS_BEGIN = 3
    WORDS_BEGIN_IN_SOUND = 4
    WORDS_OF_SEVERAL_NAMES = 5
    CONTAINS = 6
    TYPO = 7
    TYPO_IN_BEGINNING = 8


class Origin(IntEnum):
    """Where a name comes from; a place in a thing and an id stand behind what a thing is called."""

    OWN = 0
    SHORT = 1  # without "Region", or of the town whose port it is
    INSIDE = 2
    ID = 3


@dataclass(frozen=True)
class Hit:
    """A thing found ("region:UZ-TK"), the name that fits, its language ("" for an id), 100 for the best."""

    key: str
    name: str
    language: str
    score: int


@dataclass(frozen=True)
class Name:
    """One name of a thing; `spelt` and `sound` have no gaps, `words` are (spelt, sound).

    The rows are the words again with a space before each: " a" in a row asks whether a word begins with "a".
    """

    text: str
    language: str
    origin: Origin
    spelt: str
    sound: str
    words: tuple[tuple[str, str], ...]
    spelt_row: str
    sound_row: str


@dataclass(frozen=True)
class Thing:
    """Something to find, with all its names, the best known first."""

    key: str
    rank: int
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Index:
    """Every thing, and for each word, as spelt and as it sounds, whose names have it: (thing, name)."""

    things: tuple[Thing, ...]
    spelt: dict[str, list[tuple[int, int]]]
    sounds: dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class _Match:
    """A thing that fits, and all by which hits are ordered."""

    thing: Thing
    name: Name
    quality: Quality
    is_spelt_so: bool = True
    typos: int = 0

    def order(self) -> tuple[int, ...]:
        name = self.name
        called = (name.origin > Origin.SHORT, self.thing.rank, name.origin)
        return (self.quality, self.typos, *called, not self.is_spelt_so, len(name.spelt))


def find(index: Index, text: str, limit: int = 8) -> list[Hit]:
    """The things whose names fit a text, the best first, each once; typos count where nothing else fits."""
    query = name_of(" ".join(words_of(text[:MOST_LETTERS])[:MOST_WORDS]))
    if not query.spelt:
        return []
    matches = [match for thing in index.things if (match := _best(thing, query))]
    if all(match.quality >= Quality.CONTAINS for match in matches):
        found = {match.thing.key for match in matches}
        matches += [match for match in _with_typos(index, query) if match.thing.key not in found]
    return [_hit(match) for match in sorted(matches, key=_Match.order)[:limit]]


def _hit(match: _Match) -> Hit:
    score = 100 - 10 * match.quality - 3 * match.typos
    return Hit(match.thing.key, match.name.text, match.name.language, score)


def name_of(text: str, language: str = "", origin: Origin = Origin.OWN, spelt_as: str = "") -> Name:
    """A name, or what a reader typed, with its spellings: those of `spelt_as` where given."""
    words = tuple((word, sound_of(word)) for word in words_of(spelt_as or text))
    joined = "".join(spelt for spelt, _ in words)
    spelt_row = "".join(f" {spelt}" for spelt, _ in words)
    sound_row = "".join(f" {sound}" for _, sound in words)
    return Name(text, language, origin, joined, sound_of(joined), words, spelt_row, sound_row)


def _best(thing: Thing, query: Name) -> _Match | None:
    """The best of a thing's names for a query."""
    matches = [
        _Match(thing, name, quality, name.spelt.startswith(query.spelt))
        for name in thing.names
        if (quality := _quality(name, query)) is not None
    ]
    if matches:
        best = min(matches, key=_Match.order)
        if best.quality < Quality.CONTAINS or len(query.words) == 1:
            return best
    if len(query.words) > 1 and all(_any_begins(thing, word) for word in query.words):
        first = next(name for name in thing.names if _word_begins(name, query.words[0]))
        return _Match(thing, first, Quality.WORDS_OF_SEVERAL_NAMES)
    return min(matches, key=_Match.order, default=None)


def _quality(name: Name, query: Name) -> Quality | None:
    """How well one name fits a query without typos; None where it does not."""
    by_sound = len(query.sound) >= 3  # two letters sound like too many others
    if name.spelt == query.spelt or (by_sound and name.sound == query.sound):
        return Quality.EXACT
    if name.spelt.startswith(query.spelt):
        return Quality.BEGINS
    if by_sound and name.sound.startswith(query.sound):
        return Quality.BEGINS_IN_SOUND
    if all(f" {spelt}" in name.spelt_row for spelt, _ in query.words):
        return Quality.WORDS_BEGIN
    if by_sound and all(_word_begins(name, word) for word in query.words):
        return Quality.WORDS_BEGIN_IN_SOUND
    if len(query.spelt) >= 4 and (
        query.spelt in name.spelt or (len(query.sound) >= 5 and query.sound in name.sound)
    ):
        return Quality.CONTAINS
    return None


def _word_begins(name: Name, word: tuple[str, str]) -> bool:
    """Does a word of the name begin so, as it is spelt or as it sounds?"""
    spelt, sound = word
    return f" {spelt}" in name.spelt_row or (len(sound) > 2 and f" {sound}" in name.sound_row)


def _any_begins(thing: Thing, word: tuple[str, str]) -> bool:
    return any(_word_begins(name, word) for name in thing.names)


def _with_typos(index: Index, query: Name) -> list[_Match]:
    """What fits with a few wrong letters; the beginning of a longer word only where no whole word fits."""
    for quality in (Quality.TYPO, Quality.TYPO_IN_BEGINNING):
        near = [_near(index, word, quality is Quality.TYPO_IN_BEGINNING) for word in query.words]
        both = set(near[0]).intersection(*near[1:])
        matches = []
        for thing in both:
            typos, name = near[0][thing]
            found = index.things[thing]
            total = typos + sum(others[thing][0] for others in near[1:])
            matches.append(_Match(found, found.names[name], quality, typos=total))
        if matches:
            return matches
    return []


def _near(index: Index, word: tuple[str, str], is_beginning: bool) -> dict[int, tuple[int, int]]:
    """For each thing with a word near this one: how many typos apart, and in which of its names."""
    nearest: dict[int, tuple[int, int]] = {}
    for typed, known in zip(word, (index.spelt, index.sounds), strict=True):
        for own, typos in _near_words(typed, known, is_beginning):
            for thing, name in known[own]:
                nearest[thing] = min(nearest.get(thing, (typos, name)), (typos, name))
    return nearest


def _near_words(typed: str, known: Iterable[str], is_beginning: bool) -> Iterator[tuple[str, int]]:
    """Known words with so few wrong letters (Damerau-Levenshtein), and how many; 0 for what begins so."""
    yield from ((own, 0) for own in known if own.startswith(typed))
    allowed = typos_allowed(typed)
    if not allowed or (is_beginning and len(typed) < 5):
        return
    choices: dict[str, list[str]] = defaultdict(list)
    for own in known:
        if own.isalpha():
            lengths = range(len(typed) - 1, len(typed) + 2) if is_beginning else (len(own),)
            for length in lengths:
                choices[own[:length]].append(own)
    near = process.extract(
        typed, choices.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
    )
    yield from ((own, int(typos)) for choice, typos, _ in near for own in choices[choice])


def typos_allowed(word: str) -> int:
    """How many wrong letters a word may have: none in short words and in numbers and ids."""
    if not word.isalpha():
        return 0
    return 2 if len(word) >= 8 else int(len(word) >= 4)


# The index of an atlas is made once; an old atlas leaves with the next one.
@lru_cache(maxsize=2)
def index(atlas: Atlas) -> Index:
    """Everything of an atlas that can be found."""
    names = names_of_things(atlas)
    things = tuple(Thing(key, RANK[key.partition(":")[0]], tuple(own)) for key, own in names.items())
    spelt: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sounds: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for position, thing in enumerate(things):
        for number, name in enumerate(thing.names):
            for word, sound in name.words:
                spelt[word].append((position, number))
                sounds[sound].append((position, number))
    return Index(things, dict(spelt), dict(sounds))


def names_of_things(atlas: Atlas) -> dict[str, list[Name]]:
    """Every name of every thing by its key, what it is called first."""
    frames = {
        "region": atlas.regions,
        "corridor": atlas.corridors,
        "node": places(atlas.nodes),
        "crossing": atlas.crossings,
        "site": atlas.sites,
        "project": atlas.projects,
    }
    names: dict[str, list[Name]] = defaultdict(list)
    for kind, frame in frames.items():
        for identifier, language, text in _named(frame):
            names[f"{kind}:{identifier}"] += _forms(text, language)
    others = (
        _short_names(atlas.regions),
        _towns_of_nodes(frames["node"], atlas.cities),
        _inside_regions(atlas),
    )
    for key, more in itertools.chain(*others, _ids(frames)):
        names[key] += more
    return {key: _each_once(some) for key, some in names.items()}


def _named(frame: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Id, language and text of each name in a table; a note may hold another name."""
    for column in frame.columns:
        if column.startswith("name_"):
            language = column.rpartition("_")[2]  # name_kz_ru is Russian
            language = language if language in _LANGUAGES else "en"  # name_kz of a crossing is in English
            yield from ((i, language, text) for i, text in frame[column].items() if text)
        elif column == "note":
            found = ((i, other) for i, note in frame[column].items() for other in _ALSO_KNOWN.findall(note))
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
    for identifier, node in nodes.iterrows():
        sounds = _sounds(node["name_en"])
        for city, of_city in towns:
            if of_city <= sounds and _apart_km(node.geometry, city.geometry) <= SAME_PLACE_KM:
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


def _ids(frames: dict[str, pd.DataFrame]) -> Iterator[tuple[str, list[Name]]]:
    """The ids, each as one word, or "UZ-SI" would answer to "si"."""
    for kind, frame in frames.items():
        for one in frame.index:
            yield f"{kind}:{one}", [name_of(one, "", Origin.ID, spelt_as="".join(words_of(one)))]


def _each_once(names: list[Name]) -> list[Name]:
    """The first of the names that are spelt alike."""
    first: dict[str, Name] = {}
    for name in names:
        if name.spelt:
            first.setdefault(name.spelt, name)
    return list(first.values())
