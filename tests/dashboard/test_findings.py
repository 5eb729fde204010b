"""Sentences about two ways are true and read well, for every pair of corridors."""

from __future__ import annotations

import re
from itertools import combinations, permutations

import pytest

from dashboard.findings import MESSAGES, difference_sentence, length_reasons, unfinished_sentence
from dashboard.text import languages, speak
from layers.lengths import published_lengths
from layers.ways import Difference, Summary, difference, summary, variant_way, variants_of

COUNTS = {"borders": "border crossing", "sea_legs": "sea leg", "gauge_breaks": "gauge break"}


def side(length_km=1000.0, borders=0, sea_legs=0, gauge_breaks=0, **km_by_status) -> Summary:
    """A way in figures."""
    by_status = km_by_status or {"operating": length_km}
    return Summary(length_km, (), borders, gauge_breaks, sea_legs, 0, by_status, {}, 0.0)


def said(first: Summary, second: Summary, language: str = "en") -> str:
    return difference_sentence("A", "B", Difference(first, second, 0.0), speak(language))


@pytest.fixture(scope="module")
def first_ways(atlas):
    """The first way of each corridor."""
    ids = {corridor: variants_of(atlas, corridor).index[0] for corridor in atlas.corridors.index}
    return {corridor: variant_way(atlas, variant) for corridor, variant in ids.items()}


def test_every_pair_of_corridors_is_told_apart_truly(first_ways):
    assert len(first_ways) == 14
    for (one, way), (other, other_way) in permutations(first_ways.items(), 2):
        sentence = difference_sentence(f"<{one}>", f"<{other}>", difference(way, other_way), speak("en"))
        check(sentence, {f"<{one}>": summary(way), f"<{other}>": summary(other_way)})


def check(sentence: str, sides: dict[str, Summary]) -> None:
    """Each number of a sentence is that of the way it speaks of."""
    names = re.findall(r"<[\w-]+>", sentence)
    subject, other = names[0], next(name for name in names if name != names[0])
    here, there = sides[subject], sides[other]
    shorter = re.search(r"is ([\d,]+) km shorter", sentence)
    km = float(shorter[1].replace(",", "")) if shorter else 0.0
    assert there.length_km - here.length_km == pytest.approx(km, abs=5.0), sentence
    spoken = []
    for part in re.findall(r"(?:has|but) (\d.*?) against ([\d, and]*\d)", sentence):
        own = re.findall(r"(\d+) ([a-z ]+?)s?(?=,| and |$)", part[0])
        others = re.findall(r"\d+", part[1])
        assert len(own) == len(others), sentence
        spoken += [(name, int(n), int(m)) for (n, name), m in zip(own, others, strict=True)]
    told = {name: (n, m) for name, n, m in spoken}
    for field, name in COUNTS.items():
        pair = getattr(here, field), getattr(there, field)
        assert told.get(name, pair) == pair, sentence
        assert (name in told) == (pair[0] != pair[1]), sentence


def test_both_orders_say_the_same(first_ways):
    for (one, way), (other, other_way) in combinations(first_ways.items(), 2):
        there = difference_sentence(one, other, difference(way, other_way), speak("en"))
        back = difference_sentence(other, one, difference(other_way, way), speak("en"))
        assert back == there or (sorted(back) == sorted(there) and "equally long, with" in there)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            side(9360, 3, 2, 2),
            side(10_000, 3, 0, 1),
            "A is 640 km shorter than B but has 2 sea legs and 2 gauge breaks against 0 and 1.",
        ),
        (
            side(10_000, 3, 0, 1),
            side(9360, 3, 2, 2),
            "B is 640 km shorter than A but has 2 sea legs and 2 gauge breaks against 0 and 1.",
        ),
        (side(300, 1), side(420, 2), "A is 120 km shorter than B and has 1 border crossing against 2."),
        (
            side(300, 1, 1),
            side(423, 2, 0),
            "A is 123 km shorter than B and has 1 border crossing against 2, but 1 sea leg against 0.",
        ),
        (
            side(300, 1, 1, 1),
            side(400, 1, 1, 1),
            "A is 100 km shorter than B, with as many border crossings, sea legs and gauge breaks.",
        ),
        (
            side(300.2),
            side(300.1),
            "A and B are equally long, with as many border crossings, sea legs and gauge breaks.",
        ),
        (
            side(8004, 5, 0, 2),
            side(8001, 3, 0, 2),
            "B and A are equally long; B has 3 border crossings against 5.",
        ),
        (
            side(300, 1, 1),
            side(300, 2, 0),
            "A and B are equally long; A has 1 border crossing against 2, but 1 sea leg against 0.",
        ),
        (
            side(300, 1, 2, 3),
            side(400, 2, 3, 4),
            "A is 100 km shorter than B and has 1 border crossing, 2 sea legs and 3 gauge breaks"
            " against 2, 3 and 4.",
        ),
    ],
)
def test_sentences(first, second, expected):
    assert said(first, second) == expected


def test_every_sentence_is_used():
    sides = [side(km, borders, legs) for km in (500, 600) for borders in (0, 1) for legs in (0, 1)]
    sentences = {
        re.sub(r"A|B|\d+", "", re.sub(r"\d [a-z ]+? against \d", "#", said(*pair)))
        for pair in permutations(sides, 2)
    } | {said(side(), side())}
    assert len(sentences) >= len(MESSAGES)


@pytest.mark.parametrize("language", languages())
def test_no_language_leaves_a_place_empty(language):
    for first, second in permutations([side(500, 1, 1, 1), side(600, 2, 0, 1), side(600, 0, 5, 21)], 2):
        sentence = said(first, second, language)
        assert "{" not in sentence
        assert "A" in sentence
        assert "B" in sentence


def test_what_does_not_stand_yet(first_ways):
    words = speak("en")
    assert unfinished_sentence("A", summary(first_ways["trans-caspian"]), words) == ""
    sentence = unfinished_sentence("A", summary(first_ways["cku"]), words)
    assert re.fullmatch(r"Of the 444 km of A, 383 km are under construction\.", sentence)
    several = side(300, operating=100.0, planned=120.4, study=79.6)
    assert unfinished_sentence("A", several, words) == (
        "Of the 300 km of A, 120 km are planned and 80 km are under study."
    )


def test_why_a_length_differs(atlas):
    rows = published_lengths(atlas).set_index("subject")
    words = speak("en")
    reasons = length_reasons(rows.loc["CM-151"], words)
    assert "100%" in reasons[0]
    assert "straight lines" in reasons[0]
    assert length_reasons(rows.loc["CM-059"], words) == []
    assert len(length_reasons(rows.loc["CM-076"], words)) == 2
    for _, row in rows[~rows["within"]].iterrows():
        assert length_reasons(row, words)


def test_rounding_follows_how_far_lengths_can_be_trusted():
    assert "is 120 km" in said(side(5000), side(5123))
    assert "is 123 km" in said(side(500), side(623))
    assert "equally long" in said(side(5000), side(5004))
