"""One spelling for all: what a name becomes so that its forms in four languages and two scripts meet.

`words_of` keeps the letters: case, diacritics and apostrophes go, and Cyrillic of Russian, Uzbek and Kazakh
becomes Latin, so that Тошкент is toshkent and Oʻzbekiston is ozbekiston. `sound_of` goes on to what a reader
hears, so that Toshkent, Tashkent, Ташкент and Тошкент are one word. Both work by rules and know no place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
_SOUNDS = {
    **dict.fromkeys(("shch", "tch", "ch", "sh"), "c"),
    **dict.fromkeys(("dzh", "dj", "zh"), "j"),
    **dict.fromkeys(("kh", "x"), "h"),
    **{"gh": "g", "ph": "f", "ts": "s", "ck": "k", "q": "k", "c": "k"},
    **{"w": "v", "u": "v", "y": "i", "e": "i", "o": "a"},
}
_SPELT = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SOFT_C = re.compile(r"c(?=[eiy])")
_TWICE = re.compile(r"([a-z])\1+")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small plain Latin letters: "Oʻrta yoʻlak" is ("orta", "yolak")."""
    if text.isascii():
        return tuple(_WORD.findall(text.translate(_APOSTROPHES).lower()))
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    marked = unicodedata.normalize("NFKD", text.translate(_LATIN))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return tuple(_WORD.findall(plain.translate(_LATIN)))


def sound_of(word: str) -> str:
    """How a word of `words_of` sounds, one letter for each family of sounds, none of them doubled."""
    return _TWICE.sub(r"\1", _SPELT.sub(lambda found: _SOUNDS[found[0]], _SOFT_C.sub("s", word)))


# Names repeat their words, and a hundred thousand of them are spelt when an atlas starts.
@lru_cache(maxsize=50_000)
def _words_of_part(part: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, sound_of(word)) for word in words_of(part))


_JOINING = ("sh", "hc", "ch", "tc", "dz", "zh", "dj", "kh", "gh", "ph", "ts", "ck", "ce", "ci", "cy")
"""Two letters that sound otherwise side by side than alone."""


def spelling_of(text: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """A text without gaps as it is spelt and as it sounds, and its words as (spelt, sound)."""
    words = tuple(word for part in text.split() for word in _words_of_part(part))
    spelt, sound = "", ""
    for own, heard in words:
        if (spelt[-1:] + own[:1]) in _JOINING:
            spelt = "".join(word for word, _ in words)
            return spelt, sound_of(spelt), words
        spelt += own
        is_double = sound[-1:] == heard[:1] and sound[-1:].isalpha()
        sound += heard[1:] if is_double else heard
    return spelt, sound, words
