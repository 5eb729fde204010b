"""Words, numbers and dates in each language."""

import pytest
from babel.numbers import format_decimal

from dashboard.text import languages, pick_language, speak


def test_every_catalogue_is_a_language_and_english_comes_first():
    assert languages() == ("en", "ru", "uz", "kk")


@pytest.mark.parametrize(
    ("asked", "header", "chosen"),
    [
        ("ru", None, "ru"),
        ("xx", "kk-KZ,kk;q=0.9,en;q=0.8", "kk"),
        (None, "de-DE,de;q=0.9,uz;q=0.5", "uz"),
        (None, "de", "en"),
        (None, None, "en"),
        ("<script>", ";;;q=x,,", "en"),
        (None, "en;q=0.1, ru;q=0.9", "ru"),
    ],
)
def test_the_link_decides_the_language_then_the_browser_then_english(asked, header, chosen):
    assert pick_language(asked, header) == chosen


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("value", [0, 7, 999, 1000, 12345, 10**12, 1234.0, -5.0, -1234, 1e15, 1e23])
def test_whole_numbers_are_written_as_babel_writes_them(code, value):
    words = speak(code)
    assert words.number(value) == format_decimal(value, "#,##0.###", words.locale)
    assert words.number(value, 2) == format_decimal(value, "#,##0.00", words.locale)


def test_numbers_are_written_as_the_language_writes_them():
    assert speak("en").number(1234567.5) == "1,234,567.5"
    assert speak("ru").number(1234567.5) == "1\xa0234\xa0567,5"
    assert speak("en").percent(11.4) == "11.4%"
    assert speak("ru").percent(11.4) == "11,4\xa0%"


def test_a_missing_number_is_never_shown_as_nan():
    assert speak("en").number(float("nan")) == "not known"


def test_dollars_are_shortened_but_not_rounded_away():
    assert speak("en").dollars(4_970_000_000) == "4.97 billion USD"
    assert speak("en").dollars(435_485_500) == "435.5 million USD"
    assert speak("en").dollars(950) == "950 USD"


def test_dates_months_years_and_other_text():
    words = speak("en")
    assert words.date("2025-11-15") == "15 November 2025"
    assert words.date("2025-11") == "November 2025"
    assert words.date("2025") == "2025"
    assert words.date("2025-13-45") == "2025-13-45"


def test_a_name_falls_back_to_english_and_says_so():
    row = {"name_en": "Syrdarya", "name_ru": "Сырдарья"}
    assert speak("ru").name_and_language(row) == ("Сырдарья", "ru")
    assert speak("kk").name_and_language(row) == ("Syrdarya", "en")


def test_an_unknown_language_speaks_english():
    assert speak("de")("Filters") == "Filters"


def test_a_text_of_a_family_of_columns_falls_back_to_english():
    row = {"event_en": "Talks", "event_ru": "Переговоры", "note": "A note", "note_ru": ""}
    assert speak("ru").text_and_language(row, "event") == ("Переговоры", "ru")
    assert speak("kk").text_and_language(row, "event") == ("Talks", "en")
    assert speak("ru").text_and_language(row, "note") == ("A note", "en")
    assert speak("ru").text(row, "absent") == ""
