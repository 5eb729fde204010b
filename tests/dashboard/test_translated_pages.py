"""Pages and cards in another language hold no text of the data in English where it is translated."""

from __future__ import annotations

import sys

import pytest

import layers
from dashboard.cards import card_of
from dashboard.corridor_charts import charts_section
from dashboard.corridors import facts
from dashboard.evidence import names
from dashboard.keys import frame_of
from dashboard.plain import trees
from dashboard.sites.moments import moments
from dashboard.text import speak
from layers.corridor_series import statements
from tests.layers.breaking import set_cells

KAZAKH, RUSSIAN = speak("kk"), speak("ru")
PAGES = {
    "corridor": {"corridor_id": "kz-uz-links"},
    "energy": {},
    "region": {"region_id": "KZ-61"},
    "routes": {},
    "site": {"site_id": "J-030"},
    "sources": {},
    "trade": {},
}
CARDS = {
    "crossing": None,
    "energy": None,
    "flow": None,
    "node": ("khorgos_kz", "anzali", "konysbayev", "aqina"),
    "project": None,
    "region": ("KZ-61", "UZ-SI"),
    "segment": ("SEG-001", "SEG-050"),
    "site": None,
}
"""Things by kind; None for all of a kind."""


def in_english(contents):
    """The texts of all elements that are marked as English."""
    found = []

    def walk(some):
        for tree in some:
            if isinstance(tree, str):
                continue
            if tree[1].get("lang") == "en":
                found.append(text_of(tree))
            walk(tree[1].get("tree") or ())
            walk(tree[2:])

    walk(trees(contents))
    return found


def text_of(tree):
    return tree if isinstance(tree, str) else "".join(map(text_of, tree[2:]))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_kazakh_has_no_english_text(site, page):
    made = sys.modules[f"dashboard.pages.{page}"].layout(lang="kk", **PAGES[page])
    assert len(text_of(["div", {}, *trees(made)])) > 300
    assert in_english(made) == []


@pytest.mark.parametrize("kind", CARDS)
def test_a_card_in_kazakh_has_no_english_text(atlas, kind):
    for one in CARDS[kind] or frame_of(kind, atlas).index:
        assert in_english(card_of([f"{kind}:{one}"], atlas, KAZAKH)) == [], one


def test_what_has_no_translation_stands_in_english_and_says_so(whole_copy):
    for language in ("ru", "uz", "kk"):
        set_cells(whole_copy, "crossings", "X01", **{f"status_note_{language}": ""})
    atlas = layers.load(whole_copy)
    [found] = in_english(card_of(["crossing:X01"], atlas, KAZAKH))
    assert found.startswith("closed for reconstruction")


def test_charts_and_lengths_of_a_corridor_are_in_the_language_of_the_reader(atlas):
    assert in_english(charts_section(atlas, "trans-caspian", KAZAKH)) == []
    assert in_english(facts.length_section("north-south-east", atlas, KAZAKH)) == []


def test_both_ends_of_a_range_have_their_notes_in_each_language(atlas):
    rows = statements(atlas.corridor_metrics)
    ranges = rows[rows["note"].str.contains("; upper bound")]
    assert len(ranges) > 5
    assert ranges["note_ru"].str.contains("верхняя граница").all()
    half = atlas.corridor_metrics.assign(
        note_ru=lambda frame: frame["note_ru"].mask(frame["bound"].eq("upper"), "")
    )
    ranges = statements(half)[rows["note"].str.contains("; upper bound")]
    assert ranges["note_ru"].eq("").all()
    assert ranges["note_kk"].ne("").all()


def test_dates_of_a_site_are_written_out():
    row = {"expected": "2025-07 (all); 2028", "expected_ru": "2025-07 (всё); 2028", "started": "2023-09"}
    july = f"{RUSSIAN.date('2025-07')} (всё)"
    assert [one.shown for one in moments(row, "expected", RUSSIAN)] == [july, "2028"]
    assert [one.date for one in moments(row, "expected", RUSSIAN)] == ["2025-07", "2028"]
    assert [one.shown for one in moments(row, "started", KAZAKH)] == [KAZAKH.date("2023-09")]
    first = moments(row, "expected", KAZAKH)[0].shown.to_plotly_json()["props"]
    assert first == {"children": "2025-07 (all)", "lang": "en"}


def test_a_text_without_letters_is_of_no_language():
    assert names.english("2024", KAZAKH) == "2024"
    assert names.english("planned", KAZAKH).lang == "en"
