"""Free texts and names of the data in Russian, Uzbek and Kazakh beside the English ones."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from layers import load
from tests.layers.breaking import set_cells

FAMILIES = (
    ("corridors", "summary"),
    ("projects", "name"),
    ("projects", "summary"),
    ("sites", "name"),
    ("sites", "summary"),
    ("barriers", "description"),
    ("barriers", "severity_basis"),
    ("council", "event"),
    ("council", "outcome"),
    ("crossings", "note"),
    ("energy_lines", "name"),
    ("energy_flows", "name"),
    ("nodes", "name"),
    ("sites", "place"),
    ("council", "place"),
    ("projects", "lead"),
    ("crossings", "name_kz"),
    ("crossings", "name_uz"),
)
SHORT = FAMILIES[-6:]
"""Names of places and people, too short to tell a language by its letters."""
LANGUAGES = ("ru", "uz", "kk")
CASES = [
    (table, family, language)
    for table, family in FAMILIES
    for language in LANGUAGES
    if (table, family, language) != ("sites", "name", "ru")  # a name of its own, not translated from English
]
PARTIAL = {("sites", "summary"): r"J-\d+"}
"""Families that are translated for some rows only: the form of their ids."""

NEVER_UZBEK = re.compile(r"['‘’`´]|(?<![oOgG])ʻ|[Ѐ-ӿ]")
KAZAKH_LETTERS = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")


def translated(atlas, table, family):
    """The rows of a family that have an English text and are to have translations: id, English, row."""
    frame = getattr(atlas, table)
    english = f"{family}_en" if f"{family}_en" in frame else family
    form = PARTIAL.get((table, family), ".*")
    rows = frame[frame[english].ne("") & frame.index.str.fullmatch(form)]
    return [(one, row[english], row) for one, row in rows.iterrows()]


def numbers(text, language):
    """How often each number stands in a text, whatever the language separates digits with."""
    text = text.translate(str.maketrans("²³", "23"))
    if language == "en":
        text = re.sub(r"\b(\d{4})-\d{2}-(\d{2})\b", r"\1 \2", text)  # the month becomes a word
        text = re.sub(r"\bH1\b", "", text)  # a half of a year too
        text = text.replace("bcm", "m3")
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


@pytest.mark.parametrize(("table", "family"), [one for one in FAMILIES if one not in SHORT])
def test_kazakh_has_letters_of_its_own_and_russian_has_not(atlas, table, family):
    rows = [row for _, _, row in translated(atlas, table, family)]
    long = [row[f"{family}_kk"] for row in rows if len(row[f"{family}_kk"]) > 60]
    assert long
    assert not [text for text in long if not KAZAKH_LETTERS.search(text)]
    if (table, family, "ru") in CASES:
        assert not [row[f"{family}_ru"] for row in rows if KAZAKH_LETTERS.search(row[f"{family}_ru"])]


def test_a_text_without_translation_loads(folder):
    set_cells(folder, "corridors", "btk", summary_ru="", summary_uz="", summary_kk="")
    assert load(folder).corridors.at["btk", "summary_kk"] == ""


def test_numbers_are_compared_whatever_their_separators():
    assert numbers("77,000 TEU, 4.12 Mt, 50 m2", "en") == numbers("77\xa0000 ДФЭ, 4,12 млн т, 50 м²", "ru")
    assert numbers("reopened 2022-07-12", "en") == numbers("вновь открыт 12 июля 2022 года", "ru")
    assert numbers("1.2bn", "en") != numbers("1,3 млрд", "ru")
