"""One spelling for all: what a name becomes so that its forms in four languages and two scripts meet.

`words_of` keeps the letters: case, diacritics and apostrophes go, and Cyrillic of Russian, Uzbek and Kazakh
becomes Latin, so that Тошкент is toshkent and Oʻzbekiston is ozbekiston. `sound_of` goes on to what a reader
hears, so that Toshkent, Tashkent, Ташкент and Тошкент are one word. Both work by rules and know no place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np

# Uzbek ʻ and ʼ and whatever keyboards put in their place, the signs of scholars and feet included.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`´ʹʾʿˈ′‛＇"))

_LATIN_OF_RUSSIAN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
    **{"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"},
    **{"ъ": "", "ь": ""},
}
_LATIN_OF_UZBEK = {"ў": "o", "қ": "q", "ғ": "g", "ҳ": "h"}
_LATIN_OF_KAZAKH = {"ә": "a", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
# Letters whose mark or shape says more than the plain letter would.
_PLAIN_LATIN = {"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ı": "i", "ŋ": "n", "ə": "a", "ł": "l"}

_LATIN = str.maketrans({**_LATIN_OF_RUSSIAN, **_LATIN_OF_UZBEK, **_LATIN_OF_KAZAKH, **_PLAIN_LATIN})

# One letter for each family of sounds that spellings of the three languages exchange: Russian and English
# "kh" for Uzbek "x", Kazakh "sh" for Uzbek "ch", Uzbek "o" for Russian "a", Uzbek "-ov" for Kazakh "-au".
# What several letters sound like is written large until the single letters are exchanged.
_JOINED = {
    **dict.fromkeys(("shch", "tch", "ch", "sh"), "C"),
    **dict.fromkeys(("dzh", "dj", "zh"), "J"),
    **{"kh": "H", "gh": "G", "ph": "F", "ts": "S", "ck": "K"},
}
_SINGLE = str.maketrans(
    {"x": "h", "q": "k", "c": "k", "w": "v", "u": "v", "y": "i", "e": "i", "o": "a"}
    | {sound: sound.lower() for sound in _JOINED.values()}
)
_SPELT = re.compile("|".join(sorted(_JOINED, key=len, reverse=True)))
_SOFT_C = re.compile(r"c(?=[eiy])")
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[^\w\0]|_")


class Spelling(NamedTuple):
    """A text without gaps as it is spelt and as it sounds, and its words as (spelt, sound)."""

    spelt: str
    sound: str
    words: tuple[tuple[str, str], ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small plain Latin letters: "Oʻrta yoʻlak" is ("orta", "yolak")."""
    if text.isascii() and text.isalnum():
        return (text.lower(),)
    return tuple(_WORD.findall(_in_plain_letters(text)))


def without_gaps(text: str) -> str:
    """The words of a text as one; where it holds several texts, each with a NUL behind, as one of each."""
    return _GAP.sub("", _in_plain_letters(text))


def _in_plain_letters(text: str) -> str:
    if text.isascii():
        return text.translate(_APOSTROPHES).lower()
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    marked = unicodedata.normalize("NFKD", text.translate(_LATIN))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return plain.translate(_LATIN)


def sound_of(word: str) -> str:
    """How a word of `words_of` sounds, one letter for each family of sounds, none of them doubled; of several
    words with other signs between them, how each does."""
    joined = _SPELT.sub(lambda found: _JOINED[found[0]], _SOFT_C.sub("s", word))
    letters = np.frombuffer(joined.translate(_SINGLE).encode(), np.uint8)
    is_latin = (letters >= ord("a")) & (letters <= ord("z"))
    is_again = np.append(False, letters[1:] == letters[:-1])[: len(letters)]
    return letters[~(is_again & is_latin)].tobytes().decode()


def spelling_of(text: str) -> Spelling:
    """The spellings of a text and of its words."""
    words = words_of(text)
    spelt = "".join(words)
    return Spelling(spelt, sound_of(spelt), tuple((word, sound_of(word)) for word in words))
