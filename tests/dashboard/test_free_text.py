"""Free texts in the reader's language, marked where they are translated."""

from __future__ import annotations

import json

import pandas as pd
from dash import html

from dashboard.cards import card_of
from dashboard.corridors.facts import barrier_section
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.text import speak

ROW = {"summary_en": "A line.", "summary_ru": "Линия.", "note": "A note.", "note_ru": "", "empty_en": ""}


def plain(component):
    return component.to_plotly_json()["props"]


def test_a_translated_text_says_that_it_is_translated():
    shown = plain(free_text(ROW, "summary", speak("ru")))
    assert shown["children"][0] == "Линия."
    assert "lang" not in shown
    assert plain(shown["children"][2])["className"] == "translated"


def test_a_text_in_its_own_language_has_no_mark():
    assert plain(free_text(ROW, "summary", speak("en"))) == {"children": ["A line."]}


def test_an_untranslated_text_is_english_and_says_so():
    shown = free_text(ROW, "summary", speak("kk"), html.Span)
    assert isinstance(shown, html.Span)
    assert plain(shown) == {"children": ["A line."], "lang": "en"}
    assert plain(free_text(ROW, "note", speak("ru"))) == {"children": ["A note."], "lang": "en"}


def test_no_text_is_nothing():
    assert free_text(ROW, "empty", speak("ru")) is None
    assert free_text(ROW, "absent", speak("ru")) is None
    assert bare_text(ROW, "empty", speak("ru")) == ""


def test_a_table_is_marked_once_where_a_text_in_it_is_translated():
    rows = pd.DataFrame([ROW, ROW | {"summary_ru": ""}])
    assert bare_text(rows.iloc[0], "summary", speak("ru")) == "Линия."
    assert translation_mark(rows, "summary", speak("ru")) is not None
    assert translation_mark(rows, "summary", speak("kk")) is None
    assert translation_mark(rows, "summary", speak("en")) is None
    assert translation_mark(rows[:0], "summary", speak("ru")) is None


def test_cards_and_tables_speak_the_language_of_the_reader(atlas):
    for language in ("ru", "uz", "kk"):
        words = speak(language)
        shown = [
            (card_of(["site:J-003"], atlas, words), atlas.sites.loc["J-003"], "summary"),
            (card_of(["project:P-010"], atlas, words), atlas.projects.loc["P-010"], "summary"),
            (card_of(["corridor:btk"], atlas, words), atlas.corridors.loc["btk"], "summary"),
            (barrier_section("btk", atlas, words), atlas.barriers.loc["B09"], "description"),
            (barrier_section("btk", atlas, words), atlas.barriers.loc["B09"], "severity_basis"),
        ]
        for component, row, family in shown:
            page = json.dumps(component, default=vars, ensure_ascii=False)
            assert row[f"{family}_{language}"] in page
            assert "translated" in page
            assert row.get(f"{family}_en", row.get(family)) not in page
