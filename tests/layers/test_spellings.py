"""Many texts as one: looked through as each text alone, and read of names as each name is spelt alone."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layers import search, spellings
from layers.spelling import sound_of, words_of
from layers.spellings import END, Spellings, Vocabulary

LETTERS = st.text(alphabet="absh1ж中", max_size=9)


def lines(spelt: Spellings) -> list[str]:
    return spelt.letters.decode().removesuffix(spellings.HEAD * END).split(END)[:-1]


@settings(max_examples=150, deadline=None)
@given(st.lists(LETTERS), LETTERS.filter(bool))
@example(["ab", "", "abab", "abs", "b"], "abab")
@example([], "a")
def test_many_texts_are_looked_through_as_each_alone(texts, asked):
    spelt = Spellings.of("".join(text + END for text in texts))
    assert lines(spelt) == texts
    wanted = {
        "begin": [text.startswith(asked) for text in texts],
        "are": [text == asked for text in texts],
        "contain": [asked in text for text in texts],
    }
    found = {
        "begin": spelt.beginning(asked),
        "are": spelt.beginning(asked + END),
        "contain": spelt.containing(asked),
    }
    for how, numbers in found.items():
        assert list(numbers) == list(np.flatnonzero(wanted[how])), how


@pytest.mark.parametrize("remembered", [spellings.MOST_PARTS, 5])
def test_names_are_read_together_as_each_is_spelt_alone(atlas, monkeypatch, remembered):
    monkeypatch.setattr(spellings, "MOST_PARTS", remembered)
    search.index.cache_clear()
    index = search.index(atlas)
    assert len(index.texts) > 2_000
    words = lines(index.spelt_words.spellings)
    for text, spelt, sound in zip(index.texts, lines(index.spelt), lines(index.sounds), strict=True):
        own = words_of(text)
        is_dotted = "ё" in text.lower() and spelt != "".join(own)
        assert spelt == "".join(words_of(text.replace("ё", "е").replace("Ё", "Е")) if is_dotted else own)
        assert sound == sound_of(spelt)
    assert lines(index.sound_words.spellings) == [sound_of(word) for word in words]


def test_each_word_leads_to_the_names_that_have_it(atlas):
    index = search.index(atlas)
    number = lines(index.spelt_words.spellings).index("tashkent")
    found = {index.texts[name] for name in index.spelt_words.names_with(np.array([number]))}
    assert found == {text for text in index.texts if "tashkent" in words_of(text)}


def test_texts_of_strange_signs_have_no_words_and_stay_apart():
    text, words = Vocabulary().read(["  «—» ", "Oʻrta  yoʻlak", "", "a\nb_c"])
    assert text.split(END) == ["", "ortayolak", "", "abc", ""]
    assert (words == spellings.BEHIND).sum() == 4
