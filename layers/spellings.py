"""Very many short texts as one, looked through at once: the spellings of names and of their words.

A hundred thousand sites have half a million names: one object of Python for each would take ten times the
memory and the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from layers.spelling import words_of

END = "\0"
"""Behind each text; no text of the data has it (layers.contract.signs)."""

BEHIND = -1
"""The number of END among numbers of words."""


HEAD = 4
"""So many letters of each text are looked at together."""


@dataclass(frozen=True, eq=False)
class Spellings:
    """Texts by number, in UTF-8, each with an END; `starts` says where each begins, `heads` with what."""

    letters: bytes
    starts: np.ndarray
    heads: np.ndarray

    @classmethod
    def of(cls, text: str) -> Spellings:
        """Texts that each have an END behind them."""
        letters = np.frombuffer(text.encode() + HEAD * END.encode(), np.uint8)
        starts = np.append(0, np.flatnonzero(letters == ord(END))[:-HEAD] + 1)[:-1].astype(np.int32)
        heads = np.zeros(len(starts), np.uint32)
        for place in range(HEAD):
            heads = heads << 8 | letters[starts + place]
        return cls(letters.tobytes(), starts, heads)

    def beginning(self, text: str) -> np.ndarray:
        """The texts that begin so; with an END behind it, those that are so."""
        begun = text.encode()
        head = int.from_bytes(begun[:HEAD])
        found = np.flatnonzero(self.heads >> 8 * max(0, HEAD - len(begun)) == head)
        letters = np.frombuffer(self.letters, np.uint8)
        for place, letter in enumerate(begun[HEAD:], HEAD):  # a text that is shorter has its END there
            found = found[letters[self.starts[found] + place] == letter]
        return found

    def containing(self, text: str) -> np.ndarray:
        """The texts that have this one in them."""
        places = [found.start() for found in re.finditer(re.escape(text.encode()), self.letters)]
        return np.unique(np.searchsorted(self.starts, places, side="right") - 1)


MOST_PARTS = 20_000
"""What is remembered of texts: most words are those of many, a number is of one."""


class Vocabulary(dict[str, tuple[str, tuple[int, ...]]]):
    """How what stands between two gaps is spelt, and its words by number in `words`."""

    def __init__(self) -> None:
        super().__init__({END: (END, (BEHIND,))})
        self.words: dict[str, int] = {}

    def __missing__(self, part: str) -> tuple[str, tuple[int, ...]]:
        own = words_of(part)
        numbers = tuple([self.words.setdefault(word, len(self.words)) for word in own])
        self[part] = found = "".join(own), numbers
        return found

    def read(self, texts: Iterable[str]) -> tuple[str, np.ndarray]:
        """The spellings of texts, each with an END, and the numbers of their words, BEHIND each text."""
        if len(self) > MOST_PARTS:
            self.clear()
            self[END] = END, (BEHIND,)
        parts = f" {END} ".join([*texts, ""]).split(" ")
        found = [*map(self.__getitem__, parts)]
        numbers = np.fromiter(chain.from_iterable([own for _, own in found]), np.int32)
        return "".join([spelt for spelt, _ in found]), numbers


def spans(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The positions in several spans of an array, one span after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
