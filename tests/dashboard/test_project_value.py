"""Amounts in tenge keep their original; dollars that a source converted say what is known of the rate."""

from __future__ import annotations

import json

import pytest

from dashboard.cards import card_of
from dashboard.plain import trees
from dashboard.project_value import conversion, value_cell, value_text
from dashboard.text import speak


@pytest.fixture
def row(atlas):
    return lambda project_id: atlas.projects.loc[project_id]


def test_a_converted_value_keeps_its_original_and_names_the_rate_it_makes(row, atlas):
    words = speak("en")
    assert value_text(row("P-001"), words) == "360 million USD"
    told = conversion(row("P-001"), words)
    assert "185.1 billion KZT" in told and "514 KZT for a dollar (computed)" in told
    assert "neither rate nor day" in told
    text = json.dumps(trees(card_of(["project:P-001"], atlas, words)), default=str)
    assert "185.1 billion KZT" in text


def test_a_value_in_tenge_alone_is_shown_in_tenge_and_sorted_last(row, atlas):
    words = speak("en")
    assert value_text(row("P-037"), words) == "123 billion KZT"
    assert "does not convert" in conversion(row("P-037"), words)
    assert value_cell(row("P-037"), atlas, words).to_plotly_json()["props"]["data-value"] == ""


def test_a_project_without_any_value_shows_none(row, atlas):
    words = speak("en")
    assert value_text(row("P-002"), words) == "" == conversion(row("P-002"), words)


def test_amounts_are_written_as_the_language_does():
    assert speak("ru").money(25e9, "KZT").startswith("25")
    assert speak("en").money(950.0, "UZS") == "950 UZS"
