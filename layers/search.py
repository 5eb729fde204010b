"""Search: finds a thing by any name the data hold for it (layers.names), in any of its spellings.

The index is a few sorted lists and arrays over all names, so that a question looks at those names only that
can fit: an atlas of a hundred thousand places answers as fast as one of a hundred.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from layers.atlas import Atlas
from layers.names import Name, Origin, name_of, names_of_things
from layers.spelling import words_of

MOST_LETTERS = 80
MOST_WORDS = 8
"""What comes after in a query is not read."""

RANK = {"region": 0, "corridor": 0, "node": 1, "crossing": 2, "site": 3, "project": 3}
"""Which kinds stand first among equally good hits."""

LAST = "\U0010ffff"
"""Sorts behind every letter."""


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


@dataclass(frozen=True)
class Hit:
    """A thing found ("region:UZ-TK"), the name that fits, its language ("" for an id), 100 for the best."""

    key: str
    name: str
    language: str
    score: int


@dataclass(frozen=True, eq=False)
class Spellings:
    """Distinct spellings in order, and the names (by number) that have each: those of spelling number n are
    names[starts[n]:starts[n + 1]]. `joined` are all of them in one text, each from its offset on;
    `alphabetic` are the numbers of those of letters alone."""

    texts: list[str]
    starts: np.ndarray
    names: np.ndarray
    joined: str
    offsets: np.ndarray
    alphabetic: list[int]

    def beginning(self, text: str) -> np.ndarray:
        """The names with a spelling that begins so."""
        return self._between(bisect_left(self.texts, text), bisect_left(self.texts, text + LAST))

    def equal(self, text: str) -> np.ndarray:
        """The names with this spelling."""
        return self._between(bisect_left(self.texts, text), bisect_left(self.texts, text + "\0"))

    def containing(self, text: str) -> np.ndarray:
        """The names with a spelling that has this text in it."""
        places = [found.start() for found in re.finditer(re.escape(text), self.joined)]
        numbers = np.unique(np.searchsorted(self.offsets, places, side="right") - 1)
        parts = [self._between(number, number + 1) for number in numbers]
        return np.concatenate(parts) if parts else self.names[:0]

    def _between(self, first: int, last: int) -> np.ndarray:
        return self.names[self.starts[first] : self.starts[last]]


@dataclass(frozen=True, eq=False)
class Index:
    """All names, numbered in the order of the things that they are of.

    `order` says of each name what stands first among names that fit equally well. `spelt` and `sounds` are
    whole names without gaps, the other two the single words, of which the spelt ones may have typos.
    """

    keys: list[str]
    thing: np.ndarray
    texts: list[str]
    languages: list[str]
    order: np.ndarray
    spelt: Spellings
    sounds: Spellings
    spelt_words: Spellings
    sound_words: Spellings


@dataclass(frozen=True, eq=False)
class _Found:
    """Names that fit (numbers), what they are ordered by, and how well they fit."""

    names: np.ndarray
    order: np.ndarray
    quality: np.ndarray
    typos: np.ndarray


def find(index: Index, text: str, limit: int = 8) -> list[Hit]:
    """The things whose names fit a text, the best first, each once; typos count where nothing else fits."""
    query = name_of(" ".join(words_of(text[:MOST_LETTERS])[:MOST_WORDS]))
    if not query.spelt:
        return []
    hits: dict[int, Hit] = {}
    for part in _fitting(index, query):
        _take(hits, index, part, limit)
        if len(hits) >= limit:
            break
    return list(hits.values())


def _take(hits: dict[int, Hit], index: Index, part: _Found, limit: int) -> None:
    """Add the best of these names, one for each thing that is not there yet, up to the limit."""
    left = ~np.isin(index.thing[part.names], list(hits))
    names, order, quality, typos = (one[left] for one in (part.names, part.order, part.quality, part.typos))
    looked = 16 * limit  # a thing has several names that fit
    while len(names):
        best = np.argpartition(order, looked)[:looked] if looked < len(order) else np.arange(len(order))
        for at in best[np.argsort(order[best], kind="stable")]:
            thing, name = int(index.thing[names[at]]), int(names[at])
            if thing not in hits and len(hits) < limit:
                score = 100 - 10 * int(quality[at]) - 3 * int(typos[at])
                hits[thing] = Hit(index.keys[thing], index.texts[name], index.languages[name], score)
        if len(hits) >= limit or looked >= len(order):
            return
        looked *= 8


def _fitting(index: Index, query: Name) -> Iterator[_Found]:
    """The names that fit, in parts: no name of a part stands before one of the parts before it."""
    whole = _well_fitting(index, query)
    yield whole
    several = _of_several_names(index, query) if len(query.words) > 1 else whole.names[:0]
    yield _found(index, several, Quality.WORDS_OF_SEVERAL_NAMES)
    yield _found(index, _containing(index, query), Quality.CONTAINS, is_spelt_so=False)
    if not len(whole.names) and not len(several):
        yield from _with_typos(index, query)


def _found(
    index: Index,
    names: np.ndarray,
    quality: np.ndarray | int,
    typos: np.ndarray | int = 0,
    is_spelt_so: np.ndarray | bool = True,
) -> _Found:
    """Names with how well they fit."""
    quality, typos, so = (np.broadcast_to(one, names.shape) for one in (quality, typos, is_spelt_so))
    # Quality, typos, what is called so, its rank and origin, otherwise spelt, length, number: see _order.
    order = (quality.astype(np.int64) << 58) + (typos.astype(np.int64) << 52)
    return _Found(names, order + index.order[names] + ((~so).astype(np.int64) << 46), quality, typos)


def _order(origin: np.ndarray, rank: np.ndarray, length: np.ndarray) -> np.ndarray:
    """What stands first among names that fit equally well: what things are called, by rank, the shortest."""
    called = (origin > Origin.SHORT).astype(np.int64)
    before = (called << 51) + (rank.astype(np.int64) << 49) + (origin.astype(np.int64) << 47)
    return before + (np.minimum(length, 2**14 - 1).astype(np.int64) << 32) + np.arange(len(origin))


def _well_fitting(index: Index, query: Name) -> _Found:
    """The names that are so, begin so, or of whose words each word of the query begins one."""
    by_sound = len(query.sound) >= 3  # two letters sound like too many others
    quality = np.full(len(index.thing), len(Quality), dtype=np.int8)
    begins = index.spelt.beginning(query.spelt)
    if by_sound:
        quality[_all_words(index, query, in_sound=True)] = Quality.WORDS_BEGIN_IN_SOUND
    quality[_all_words(index, query, in_sound=False)] = Quality.WORDS_BEGIN
    if by_sound:
        quality[index.sounds.beginning(query.sound)] = Quality.BEGINS_IN_SOUND
    quality[begins] = Quality.BEGINS
    if by_sound:
        quality[index.sounds.equal(query.sound)] = Quality.EXACT
    quality[index.spelt.equal(query.spelt)] = Quality.EXACT
    is_spelt_so = np.zeros(len(quality), dtype=bool)
    is_spelt_so[begins] = True
    names = np.flatnonzero(quality < len(Quality))
    return _found(index, names, quality[names], is_spelt_so=is_spelt_so[names])


def _all_words(index: Index, query: Name, *, in_sound: bool) -> np.ndarray:
    """The names that for each word of the query have one that begins so."""
    masks = [_word_begins(index, word, in_sound=in_sound) for word in query.words]
    return np.flatnonzero(np.logical_and.reduce(masks))


def _word_begins(index: Index, word: tuple[str, str], *, in_sound: bool = True) -> np.ndarray:
    """Whether a word of each name begins so, as it is spelt or as it sounds."""
    spelt, sound = word
    mask = np.zeros(len(index.thing), dtype=bool)
    mask[index.spelt_words.beginning(spelt)] = True
    if in_sound and len(sound) > 2:
        mask[index.sound_words.beginning(sound)] = True
    return mask


def _of_several_names(index: Index, query: Name) -> np.ndarray:
    """Of each thing whose names together have all the words, the first name with the first word."""
    masks = [_word_begins(index, word) for word in query.words]
    things = np.ones(len(index.keys), dtype=bool)
    for mask in masks:
        has = np.zeros(len(index.keys), dtype=bool)
        has[index.thing[mask]] = True
        things &= has
    names = np.flatnonzero(masks[0] & things[index.thing])
    return names[np.unique(index.thing[names], return_index=True)[1]]


def _containing(index: Index, query: Name) -> np.ndarray:
    """The names in which the query stands somewhere."""
    if len(query.spelt) < 4:
        return index.thing[:0]
    found = index.spelt.containing(query.spelt)
    if len(query.sound) >= 5:
        found = np.union1d(found, index.sounds.containing(query.sound))
    return found


def _with_typos(index: Index, query: Name) -> Iterator[_Found]:
    """What fits with a few wrong letters; the beginning of a longer word only where no whole word fits."""
    for quality in (Quality.TYPO, Quality.TYPO_IN_BEGINNING):
        near = [_near(index, word, quality is Quality.TYPO_IN_BEGINNING) for word in query.words]
        typos = np.array([one >> 32 for one in near])
        fits = np.flatnonzero((typos < FAR >> 32).all(axis=0))
        if len(fits):
            names = near[0][fits] & 0xFFFFFFFF
            yield _found(index, names, quality, typos[:, fits].sum(axis=0))
            return


FAR = np.int64(99) << 32
"""The typos (and name) of a thing that has no word near another one."""


def _near(index: Index, word: tuple[str, str], is_beginning: bool) -> np.ndarray:
    """For each thing, how many typos its word nearest to this one is apart (times 2³²), and the name with
    it."""
    nearest = np.full(len(index.keys), FAR)
    for typed, known in zip(word, (index.spelt_words, index.sound_words), strict=True):
        for number, typos in _near_words(typed, known, is_beginning):
            names = known.names[known.starts[number] : known.starts[number + 1]]
            np.minimum.at(nearest, index.thing[names], (np.int64(typos) << 32) + names)
    return nearest


def _near_words(typed: str, known: Spellings, is_beginning: bool) -> Iterator[tuple[int, int]]:
    """Known words (numbers) with so few wrong letters (Damerau-Levenshtein), and how many; 0 for what begins
    so."""
    first, last = bisect_left(known.texts, typed), bisect_left(known.texts, typed + LAST)
    yield from ((number, 0) for number in range(first, last))
    allowed = typos_allowed(typed)
    if not allowed or (is_beginning and len(typed) < 5):
        return
    choices: dict[str, list[int]] = defaultdict(list)
    for number in known.alphabetic:
        own = known.texts[number]
        lengths = range(len(typed) - 1, len(typed) + 2) if is_beginning else (len(own),)
        for length in lengths:
            choices[own[:length]].append(number)
    near = process.extract(
        typed, choices.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
    )
    yield from ((number, int(typos)) for choice, typos, _ in near for number in choices[choice])


def typos_allowed(word: str) -> int:
    """How many wrong letters a word may have: none in short words and in numbers and ids."""
    if not word.isalpha():
        return 0
    return 2 if len(word) >= 8 else int(len(word) >= 4)


# The index of an atlas is made once; an old atlas leaves with the next one.
@lru_cache(maxsize=2)
def index(atlas: Atlas) -> Index:
    """Everything of an atlas that can be found."""
    keys, texts, languages = [], [], []
    thing, rank, origin, length = (array("i") for _ in range(4))
    spelt, sounds, spelt_words, sound_words = (_Collected() for _ in range(4))
    for key, names in names_of_things(atlas):
        for name in names:
            number = len(texts)
            texts.append(name.text)
            languages.append(name.language)
            thing.append(len(keys))
            rank.append(RANK[key.partition(":")[0]])
            origin.append(name.origin)
            length.append(len(name.spelt))
            spelt.add(name.spelt, number)
            sounds.add(name.sound, number)
            for word, sound in name.words:
                spelt_words.add(word, number)
                sound_words.add(sound, number)
        keys.append(key)
    of_thing, *orders = (np.array(one, dtype=np.int32) for one in (thing, origin, rank, length))
    found = (one.spellings() for one in (spelt, sounds, spelt_words, sound_words))
    return Index(keys, of_thing, texts, languages, _order(*orders), *found)


class _Collected:
    """Spellings as they come, each with the number of the name that has it; little more than the texts."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._code, self._names = array("i"), array("i")

    def add(self, text: str, name: int) -> None:
        """A spelling of a name."""
        self._code.append(self._codes.setdefault(text, len(self._codes)))
        self._names.append(name)

    def spellings(self) -> Spellings:
        """The distinct ones, each with the numbers of the names that have it."""
        codes, code = self._codes, np.array(self._code, dtype=np.int32)
        distinct = sorted(codes)
        place = np.empty(len(codes), np.int32)
        place[[codes[text] for text in distinct]] = np.arange(len(codes))
        starts = np.cumsum([0, *np.bincount(place[code], minlength=len(codes))])
        lengths = np.fromiter(map(len, distinct), np.int64, len(distinct))
        offsets = np.cumsum(lengths + 1) - lengths - 1
        in_order = np.array(self._names, dtype=np.int32)[np.argsort(place[code], kind="stable")]
        alphabetic = [number for number, text in enumerate(distinct) if text.isalpha()]
        return Spellings(distinct, starts, in_order, "\n".join(distinct), offsets, alphabetic)
