"""Search: finds a thing by any name the data hold for it (layers.names), in any of its spellings.

The index is a few long texts and arrays over all names, without an object for each, and a question is put to
all of them at once: an atlas of a hundred thousand places answers as one of a hundred does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import compress

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from layers.atlas import Atlas
from layers.names import Names, Origin, names_of_things
from layers.spelling import Spelling, sound_of, spelling_of, words_of
from layers.spellings import BEHIND, END, Spellings, Vocabulary, spans

MOST_LETTERS = 80
MOST_WORDS = 8
"""What comes after in a query is not read."""

RANK = {"region": 0, "corridor": 0, "node": 1, "crossing": 2, "site": 3, "project": 3}
"""Which kinds stand first among equally good hits."""


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
class Words:
    """The words of all names by number, as they are spelt or as they sound, and the names that have each:
    those of word number n are names[starts[n]:starts[n + 1]]. `alphabetic` are the numbers of words of
    letters alone, `lettered` these words."""

    spellings: Spellings
    starts: np.ndarray
    names: np.ndarray
    alphabetic: np.ndarray
    lettered: list[str]

    def names_with(self, words: np.ndarray) -> np.ndarray:
        """The names that have one of these words."""
        return self.names[spans(self.starts[words], self.starts[words + 1] - self.starts[words])]


@dataclass(frozen=True, eq=False)
class Index:
    """All names, numbered in the order of the things that they are of.

    `order` says of each name what stands first among names that fit equally well. `spelt` and `sounds` are
    whole names without gaps, by number; the other two the single words, of which both may have typos.
    """

    keys: list[str]
    thing: np.ndarray
    texts: list[str]
    languages: list[str]
    order: np.ndarray
    spelt: Spellings
    sounds: Spellings
    spelt_words: Words
    sound_words: Words


@dataclass(frozen=True, eq=False)
class _Found:
    """Names that fit (numbers), what they are ordered by, and how well they fit."""

    names: np.ndarray
    order: np.ndarray
    quality: np.ndarray
    typos: np.ndarray


def find(index: Index, text: str, limit: int = 8) -> list[Hit]:
    """The things whose names fit a text, the best first, each once; typos count where nothing else fits."""
    query = spelling_of(" ".join(words_of(text[:MOST_LETTERS])[:MOST_WORDS]))
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


def _fitting(index: Index, query: Spelling) -> Iterator[_Found]:
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


def _well_fitting(index: Index, query: Spelling) -> _Found:
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
        quality[index.sounds.beginning(query.sound + END)] = Quality.EXACT
    quality[index.spelt.beginning(query.spelt + END)] = Quality.EXACT
    is_spelt_so = np.zeros(len(quality), dtype=bool)
    is_spelt_so[begins] = True
    names = np.flatnonzero(quality < len(Quality))
    return _found(index, names, quality[names], is_spelt_so=is_spelt_so[names])


def _all_words(index: Index, query: Spelling, *, in_sound: bool) -> np.ndarray:
    """The names that for each word of the query have one that begins so."""
    masks = [_word_begins(index, word, in_sound=in_sound) for word in query.words]
    return np.flatnonzero(np.logical_and.reduce(masks))


def _word_begins(index: Index, word: tuple[str, str], *, in_sound: bool = True) -> np.ndarray:
    """Whether a word of each name begins so, as it is spelt or as it sounds."""
    spelt, sound = word
    begins = index.spelt_words.spellings.beginning(spelt)
    if in_sound and len(sound) > 2:
        begins = np.union1d(begins, index.sound_words.spellings.beginning(sound))
    mask = np.zeros(len(index.thing), dtype=bool)
    mask[index.spelt_words.names_with(begins)] = True
    return mask


def _of_several_names(index: Index, query: Spelling) -> np.ndarray:
    """Of each thing whose names together have all the words, the first name with the first word."""
    masks = [_word_begins(index, word) for word in query.words]
    things = np.ones(len(index.keys), dtype=bool)
    for mask in masks:
        has = np.zeros(len(index.keys), dtype=bool)
        has[index.thing[mask]] = True
        things &= has
    names = np.flatnonzero(masks[0] & things[index.thing])
    return names[np.unique(index.thing[names], return_index=True)[1]]


def _containing(index: Index, query: Spelling) -> np.ndarray:
    """The names in which the query stands somewhere."""
    if len(query.spelt) < 4:
        return index.thing[:0]
    found = index.spelt.containing(query.spelt)
    if len(query.sound) >= 5:
        found = np.union1d(found, index.sounds.containing(query.sound))
    return found


def _with_typos(index: Index, query: Spelling) -> Iterator[_Found]:
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
        for words, typos in _near_words(typed, known, is_beginning):
            names = known.names_with(words)
            np.minimum.at(nearest, index.thing[names], (np.int64(typos) << 32) + names)
    return nearest


def _near_words(typed: str, known: Words, is_beginning: bool) -> Iterator[tuple[np.ndarray, int]]:
    """Known words (numbers) with so few wrong letters (Damerau-Levenshtein), and how many; 0 for what begins
    so."""
    yield known.spellings.beginning(typed), 0
    allowed = typos_allowed(typed)
    if not allowed or (is_beginning and len(typed) < 5):
        return
    lengths = range(len(typed) - 1, len(typed) + 2) if is_beginning else (None,)
    for length in lengths:
        choices = [word[:length] for word in known.lettered]
        near = process.extract(
            typed, choices, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
        )
        for apart in range(allowed + 1):
            yield known.alphabetic[[at for _, typos, at in near if typos == apart]], apart


def typos_allowed(word: str) -> int:
    """How many wrong letters a word may have: none in short words and in numbers and ids."""
    if not word.isalpha():
        return 0
    return 2 if len(word) >= 8 else int(len(word) >= 4)


# The index of an atlas is made once; an old atlas leaves with the next one.
@lru_cache(maxsize=2)
def index(atlas: Atlas) -> Index:
    """Everything of an atlas that can be found."""
    reading = _Reading()
    for keys, names in names_of_things(atlas):
        reading.add(keys, names)
    return reading.index()


class _Reading:
    """What is read of names, some things after others."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._keys: list[str] = []
        self._texts: list[str] = []
        self._languages: list[str] = []
        self._spelt: list[str] = []
        self._thing, self._order, self._words, self._holders = ([] for _ in range(4))

    def add(self, keys: list[str], names: Names) -> None:
        """Things of one kind and their names; those of one thing that are spelt alike are one."""
        text, words = self._vocabulary.read(names.spelt_as)
        spelt = text.split(END)[:-1]
        is_kept = _first_spelt_so(names, spelt)
        self._add_words(words, is_kept)
        names, spelt = names.at(is_kept), [*compress(spelt, is_kept)]
        self._thing.append(names.thing + np.int32(len(self._keys)))
        self._order.append(_order(names, spelt, RANK[keys[0].partition(":")[0]]))
        self._spelt.append("".join([one + END for one in spelt]))
        self._texts += names.text.tolist()
        self._languages += names.language.tolist()
        self._keys += keys

    def _add_words(self, words: np.ndarray, is_kept: np.ndarray) -> None:
        """The words of names, with BEHIND after those of each name, where the name is kept."""
        is_word = words != BEHIND
        name = np.cumsum(~is_word)[is_word]
        of_kept = is_kept[name]
        number = len(self._texts) - 1 + np.cumsum(is_kept)
        self._words.append(words[is_word][of_kept])
        self._holders.append(number[name[of_kept]].astype(np.int32))

    def index(self) -> Index:
        """The index of all that was added."""
        words, order = np.concatenate(self._words), np.concatenate(self._order)
        names = np.concatenate(self._holders)[np.argsort(words, kind="stable")]
        known = [*self._vocabulary.words]
        starts = np.cumsum([0, *np.bincount(words, minlength=len(known))]).astype(np.int32)
        spelt = "".join(word + END for word in known)
        alphabetic = np.flatnonzero([word.isalpha() for word in known])
        spelt_words, sound_words = (
            Words(Spellings.of(text), starts, names, alphabetic, _lines(text, alphabetic))
            for text in (spelt, sound_of(spelt))
        )
        return Index(
            self._keys,
            np.concatenate(self._thing),
            self._texts,
            self._languages,
            order + np.arange(len(order)),
            Spellings.of("".join(self._spelt)),
            Spellings.of("".join(map(sound_of, self._spelt))),
            spelt_words,
            sound_words,
        )


def _lines(text: str, numbers: np.ndarray) -> list[str]:
    lines = text.split(END)
    return [lines[number] for number in numbers]


def _first_spelt_so(names: Names, spelt: list[str]) -> np.ndarray:
    """Whether each name is the first of its thing that is spelt so; one of no letters is none."""
    is_first, seen, last = [], set(), None
    for thing, one in zip(names.thing.tolist(), spelt, strict=True):
        if thing != last:
            seen, last = {""}, thing
        is_first.append(one not in seen)
        seen.add(one)
    return np.array(is_first, dtype=bool)


def _order(names: Names, spelt: list[str], rank: int) -> np.ndarray:
    """What stands first among names that fit equally well: what things are called, by rank, the shortest."""
    origin, length = names.origin.astype(np.int64), np.fromiter(map(len, spelt), np.int64, len(spelt))
    before = ((origin > Origin.SHORT).astype(np.int64) << 51) + (rank << 49) + (origin << 47)
    return before + (np.minimum(length, 2**14 - 1) << 32)
