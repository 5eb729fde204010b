"""Free texts and names of the data in Russian, Uzbek and Kazakh beside the English ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

import pandas as pd
import pytest

from layers import load
from layers.contract.tables import TABLES
from tests.layers.breaking import set_cells

LANGUAGES = ("ru", "uz", "kk")


def is_demanded(column):
    """Does the contract itself refuse an empty cell, as in the names of regions?"""
    return any(check.title == "empty" for check in column.checks)


FAMILIES = [
    (table, column.removesuffix("_kk"))
    for table, schema in TABLES.items()
    for column in schema.columns
    if column.endswith("_kk") and not is_demanded(schema.columns[column])
]
"""Every family of texts that has columns of translations."""
CASES = [
    (table, family, language)
    for table, family in FAMILIES
    for language in LANGUAGES
    if (table, family, language) != ("sites", "name", "ru")  # a name of its own, not translated from English
]
DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
"""What is written out in each language and so needs no translation."""
LONG = 60
"""Letters from which on a text tells its language by them."""

NEVER_UZBEK = re.compile(r"['‘’`´]|(?<![oOgG])ʻ|[Ѐ-ӿ]")
KAZAKH_LETTERS = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")


@lru_cache(maxsize=128)
def translated(atlas, table, family):
    """The rows of a family that have an English text and are to have translations: id, English, row."""
    frame = pd.DataFrame(getattr(atlas, table))
    english = f"{family}_en" if f"{family}_en" in frame else family
    columns = [english, *(f"{family}_{language}" for language in LANGUAGES)]
    texts = frame[columns].map(lambda cell: "; ".join(cell) if isinstance(cell, tuple) else cell)
    rows = texts[texts[english].ne("") & ~texts[english].str.fullmatch(DATE)]
    return [(one, row[english], row) for one, row in zip(rows.index, rows.to_dict("records"), strict=True)]


def numbers(text, language):
    """How often each number stands in a text, whatever the language separates digits with."""
    text = text.translate(str.maketrans("²³", "23"))
    if language == "en":
        text = re.sub(r"\b(\d{4})-\d{2}-(\d{2})\b", r"\1 \2", text)  # the month becomes a word
        text = re.sub(r"\bH1\b", "", text)  # a half of a year too
        text = re.sub("[bm]cm", "m3", text)
        text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    else:
        text = re.sub(r"(?<=\d)\xa0(?=\d{3})", "", text).replace(",", ".")
    return Counter(found.lstrip("0") or "0" for found in re.findall(r"\d+(?:\.\d+)?", text))


@pytest.mark.parametrize(("table", "family", "language"), CASES)
def test_every_text_is_translated(atlas, table, family, language):
    rows = translated(atlas, table, family)
    assert rows
    assert not [one for one, _, row in rows if not row[f"{family}_{language}"]]


@pytest.mark.parametrize(("table", "family", "language"), CASES)
def test_a_translation_has_the_numbers_of_its_original(atlas, table, family, language):
    differing = [
        f"{one}: {english} | {row[f'{family}_{language}']}"
        for one, english, row in translated(atlas, table, family)
        if numbers(english, "en") != numbers(row[f"{family}_{language}"], language)
    ]
    assert not differing


@pytest.mark.parametrize(("table", "family"), FAMILIES)
def test_uzbek_is_latin_with_its_own_apostrophes(atlas, table, family):
    texts = [row[f"{family}_uz"] for _, _, row in translated(atlas, table, family)]
    assert not [text for text in texts if NEVER_UZBEK.search(text)]


@pytest.mark.parametrize(("table", "family", "language"), [case for case in CASES if case[2] != "uz"])
def test_latin_words_in_cyrillic_texts_are_names_of_the_original(atlas, table, family, language):
    strange = [
        f"{one}: {word}"
        for one, english, row in translated(atlas, table, family)
        for word in re.findall(r"[A-Za-z]{2,}", row[f"{family}_{language}"])
        if word not in english or word.islower()
    ]
    assert not strange


@pytest.mark.parametrize(("table", "family"), FAMILIES)
def test_kazakh_has_letters_of_its_own_and_russian_has_not(atlas, table, family):
    rows = [row for _, _, row in translated(atlas, table, family)]
    long = [row[f"{family}_kk"] for row in rows if len(row[f"{family}_kk"]) > LONG]
    assert not [text for text in long if not KAZAKH_LETTERS.search(text)]
    if (table, family, "ru") in CASES:
        assert not [row[f"{family}_ru"] for row in rows if KAZAKH_LETTERS.search(row[f"{family}_ru"])]


@pytest.mark.parametrize("family", ["expected", "partners"])
def test_several_texts_of_a_cell_are_as_many_in_each_language(atlas, family):
    rows = [list(row.values()) for _, _, row in translated(atlas, "sites", family)]
    assert rows
    assert not [row for row in rows if len({text.count(";") for text in row}) > 1]


def test_one_english_text_has_one_translation(atlas):
    found = defaultdict(set)
    for table, family in FAMILIES:
        for _, english, row in translated(atlas, table, family) if family == "note" else ():
            found[english].add(tuple(row.values()))
    assert len(found) > 300
    assert not {english: own for english, own in found.items() if len(own) > 1}


def test_a_text_without_translation_loads(folder):
    set_cells(folder, "corridors", "btk", summary_ru="", summary_uz="", summary_kk="")
    assert load(folder).corridors.at["btk", "summary_kk"] == ""


def test_numbers_are_compared_whatever_their_separators():
    assert numbers("77,000 TEU, 4.12 Mt, 50 m2", "en") == numbers("77\xa0000 ДФЭ, 4,12 млн т, 50 м²", "ru")
    assert numbers("reopened 2022-07-12", "en") == numbers("вновь открыт 12 июля 2022 года", "ru")
    assert numbers("1.2bn", "en") != numbers("1,3 млрд", "ru")
