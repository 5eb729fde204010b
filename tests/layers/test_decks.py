"""Decks read and checked: each fault names file, scene and field, and what should stand there."""

from __future__ import annotations

import json

import pytest

import layers
from layers import DataError
from layers.check import main
from layers.contract import faults as faulty
from layers.contract.decks import read_deck, typed_number
from layers.decks import LONGEST, MOST_SCENES, deck_of

SHOWN = "geodata/decks/talk.json"


def scene(**fields):
    """A faultless scene, with other fields."""
    return {"id": "one", "view": "/trade", "headline": {"en": "Turnover"}, **fields}


def text_of(*scenes, **fields):
    """The text of a deck."""
    return json.dumps({"title": {"en": "Talk"}, "scenes": list(scenes or [scene()]), **fields})


def found(text):
    """The messages of the faults of a deck of the data folder."""
    faults: list[faulty.Fault] = []
    read_deck(text, "talk", SHOWN, faults)
    return [str(fault) for fault in faults]


def test_the_decks_of_the_folder_are_read(atlas):
    deck = atlas.decks["first-meeting"]
    assert deck.deck_id == "first-meeting"
    assert 12 <= len(deck.scenes) <= 16
    assert [one.scene_id for one in deck.scenes][:2] == ["council", "trade-target"]
    for one in deck.scenes:
        for texts in (deck.title, one.headline, one.notes, *one.points):
            assert list(texts) == ["en", "ru", "uz", "kk"], one.scene_id
        assert len(one.points) in (2, 3)


def test_a_faultless_deck_and_what_may_be_left_out():
    deck = deck_of(
        text_of(scene(figure="path", points=[{"ru": "  точка "}]), {"id": "2", "headline": {"kk": "я"}})
    )
    assert deck.scenes[0].points == ({"ru": "точка"},)
    assert (deck.scenes[0].view, deck.scenes[0].figure) == ("/trade", "path")
    last = deck.scenes[1]
    assert (last.view, last.figure, last.points, dict(last.notes)) == ("", "", (), {})


@pytest.mark.parametrize(
    ("fields", "place", "problem"),
    [
        (
            {"points": [{"en": "a"}, {"ru": "рост 15 %"}]},
            ', scene "one", points 2 (ru): ',
            'the number "15" is typed',
        ),
        (
            {"headline": {"en": "{trade"}},
            ', scene "one", headline (en): ',
            '"{trade" is no place for a number',
        ),
        ({"headline": {"en": "a} b"}}, ', scene "one", headline (en): ', '"}" is no place'),
        ({"headline": {"en": "{}"}}, ', scene "one", headline (en): ', '"{}" is no place'),
        ({"headline": {}}, ', scene "one", headline: ', "no language has a text"),
        ({"headline": None}, ', scene "one", headline: ', "is missing"),
        (
            {"headline": {"uzb": "a"}},
            ', scene "one", headline: ',
            'unknown language "uzb" (did you mean "uz"?)',
        ),
        ({"headline": {"en": 5}}, ', scene "one", headline (en): ', '"5" is no text'),
        ({"notes": "read me"}, ', scene "one", notes: ', '"read me"; expected a text by language'),
        (
            {"notes": {"en": "a" * 3001}},
            ', scene "one", notes (en): ',
            "3001 characters; expected 3000 at most",
        ),
        ({"points": [{"en": "a"}] * 4}, ', scene "one", points: ', "4 points; expected 3 at most"),
        ({"points": {"en": "a"}}, ', scene "one", points: ', "no list"),
        ({"view": "https://example.org/"}, ', scene "one", view: ', "is no view"),
        ({"view": "//example.org"}, ', scene "one", view: ', "is no view"),
        ({"view": 7}, ', scene "one", view: ', '"7"; expected a text'),
        ({"view": "/trade?lang=ru"}, ', scene "one", view: ', "names a language"),
        ({"view": None, "figure": "path"}, ', scene "one", figure: ', "a figure without a view"),
        ({"headlines": {}}, ', scene "one": ', 'unknown field "headlines" (did you mean "headline"?)'),
        ({"id": "a b"}, ", scene 1: ", 'id is "a b"'),
    ],
)
def test_a_faulty_scene_is_named_with_its_field(fields, place, problem):
    [message] = found(text_of(scene(**fields)))
    assert message.startswith(f"{SHOWN}{place}")
    assert problem in message
    assert "; expected " in message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"title": {"en": "a"},\n "scenes": [\n}', f"{SHOWN}, row 3: broken JSON"),
        ("[]", "is no JSON object"),
        ('{"title": {"en": "a"}}', ", scenes: there is no scene"),
        (text_of(scene(), "two"), ", scene 2: no JSON object"),
        (text_of(scene(), {"headline": {"en": "a"}}), ", scene 2: id is missing"),
        (text_of(scene(), scene()), 'scene "one": the id stands twice (scenes 1 and 2)'),
        (
            '{"title": {"en": "a", "en": "b"}, "scenes": [{"id": "x", "headline": {"en": "a"}}]}',
            'field "en" stands twice',
        ),
        (text_of(author="me"), 'unknown field "author"'),
        (text_of(title={"en": "Of 34 regions"}), ", title (en): the number"),
        ("[" * 100_000, "brackets in brackets"),
    ],
)
def test_a_faulty_file(text, problem):
    assert any(problem in message for message in found(text))


def test_several_faults_are_named_at_once():
    messages = found(text_of(scene(headline={"en": "5 km"}, notes=[]), scene(id="two", points=[{}])))
    assert [message.partition(": ")[0].removeprefix(f"{SHOWN}, ") for message in messages] == [
        'scene "one", headline (en)',
        'scene "one", notes',
        'scene "two", points 1',
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("From 2025 to 2030, 2024–2034 and 2026-yil", ""),
        ("Kambarata-1, Камбарата-1, Қамбарата-1, CASA-1000, B33, A4 and L-CAC", ""),
        ("In 1899", "1899"),
        ("by 2,025 t", "2,025"),
        ("15.0 %", "15.0"),
        ("on 15 November 2025", "15"),
        ("a 70-hectare cluster", "70"),
        ("3-й шаг", "3"),
        ("20251", "20251"),
    ],
)
def test_a_typed_number_is_no_year_and_no_name(text, number):
    assert typed_number(text) == number


def test_numbers_of_a_readers_own_deck_may_be_typed():
    deck = deck_of(text_of(scene(headline={"en": "15 % of {us}"})))
    assert deck.scenes[0].headline["en"] == "15 % of {us}"
    with pytest.raises(DataError, match=r'my.json, scene "one", headline: is missing; expected'):
        deck_of(text_of(scene(headline=None)), shown="my.json")


def test_a_deck_of_200_scenes_is_read_and_one_more_is_too_many():
    many = [scene(id=f"s{number}") for number in range(MOST_SCENES + 1)]
    assert len(deck_of(text_of(*many[:MOST_SCENES])).scenes) == 200
    with pytest.raises(DataError, match="201 scenes; expected 200 at most"):
        deck_of(text_of(*many))


def test_the_longest_texts_pass():
    longest = {name: "ә" * LONGEST[name] for name in ("headline", "points", "notes")}
    texts = {"headline": {"kk": longest["headline"]}, "points": [{"kk": longest["points"]}]}
    assert found(text_of(scene(**texts, notes={"kk": longest["notes"]}))) == []


def test_faults_of_decks_and_tables_come_together(folder, capsys):
    (folder / "decks" / "talk.json").write_text(text_of(scene(headline={"en": "9 km"})), encoding="utf-8")
    (folder / "decks" / "My Deck.json").write_text(text_of(), encoding="utf-8")
    (folder / "decks" / "old.json").write_bytes("{}\n".encode("utf-16"))
    (folder / "barriers.csv").unlink()
    assert main([str(folder)]) == 1
    said = capsys.readouterr().out
    assert "geodata/barriers.csv: file is missing" in said
    assert 'geodata/decks/talk.json, scene "one", headline (en): the number "9" is typed; expected' in said
    assert 'geodata/decks/My Deck.json: the file is called "My Deck.json"; expected lower-case' in said
    assert "geodata/decks/old.json, row 1: not UTF-8" in said


def test_decks_are_part_of_the_version_and_a_folder_without_any_is_fine(folder):
    before = layers.load(folder)
    path = folder / "decks" / "first-meeting.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Turnover must", "Turnover has to"), encoding="utf-8"
    )
    changed = layers.load(folder)
    path.unlink()
    path.parent.rmdir()
    without = layers.load(folder)
    assert len({before.version, changed.version, without.version}) == 3
    assert without.decks == {}
