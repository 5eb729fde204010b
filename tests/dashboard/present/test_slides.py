"""Slides: texts with their numbers from the data, views, figures, and what is said where one is missing."""

from __future__ import annotations

import json
import re

import pytest

from dashboard.export.publication import SIZES, Wishes, find
from dashboard.figures.paper_plan import Texts
from dashboard.pairs.matrix_chart import MATRIX_CHART
from dashboard.present.facts import fact, filled, main, names
from dashboard.present.slides import problems, slides, title_of
from dashboard.text import languages, speak
from layers.decks import deck_of
from layers.pairs import pairs

BAD = re.compile(r"[{}…]|\b[Nn]a[Nn]\b|\bNone\b|not known")


def own(*scenes):
    """A reader's own deck."""
    return deck_of(json.dumps({"title": {"en": "Mine"}, "scenes": list(scenes)}))


@pytest.mark.parametrize(
    ("name", "text", "source_id"),
    [
        ("trade.turnover.2025", "4.97 billion USD", "S-S209"),
        ("trade.turnover.latest", "4.97 billion USD", "S-S209"),
        ("trade.turnover.2025.growth", "11.4%", "S-S209"),
        ("trade.target", "10 billion USD", "S-S163"),
        ("trade.needed_growth", "15.0%", "S-S163"),
        ("trade.target.year_at_pace", "2032", "S-S163"),
        ("enterprises.kz_in_uz", "1,199", "TREND"),
        ("project.A-2025-80.value", "over 8 billion USD", "TREND"),
        ("site.J-003.area", "70 ha", "TREND"),
        ("regions.count", "34", "TREND"),
        ("pairs.count", "280", ""),
        ("corridor.trans-caspian.cargo_volume.2024", "4.48 million t", "S-C001"),
        ("metric.CM-209", "11,000 wagons", ""),
        ("metric.CM-039.number", "13", ""),
        ("flow.EF-001", "921.7 million m³", "TREND"),
        ("council.first_meeting.stage", "not confirmed", "TREND"),
        ("event.EV-20.date", "15 November 2025", "TREND"),
        ("barrier.B33.place", "Saryagash", ""),
        ("data.date", "22 November 2026", ""),
    ],
)
def test_known_values(atlas, name, text, source_id):
    found = fact(name, atlas, "en")
    assert found.text == text
    assert not source_id or source_id in found.source_ids
    assert set(found.source_ids) <= set(atlas.sources.index)


def test_what_is_worked_out_says_how(atlas):
    for name in (
        "trade.needed_growth",
        "sites.count",
        "corridor.btk.length",
        "barrier.B33.ways",
        "pairs.count",
    ):
        assert fact(name, atlas, "en").how, name
        assert fact(name, atlas, "ru").how != fact(name, atlas, "en").how
    assert fact("trade.turnover.2025", atlas, "en").how == ""


def test_numbers_are_written_as_in_the_language_of_their_text(atlas):
    texts = {"ru": "4,97 млрд долл. США", "uz": "4,97 mlrd AQSH dollari", "kk": "4,97 млрд АҚШ доллары"}
    for language, text in texts.items():
        shown = filled("{trade.turnover.2025}", atlas, language).text
        assert shown.replace("\xa0", " ") == text


def test_facts_of_the_data_have_texts_and_known_sources(atlas):
    """One of each family; those without a value raise KeyError and nothing else."""
    seen, missing = set(), 0
    for name in names(atlas):
        family = re.sub(r"[A-Z]{1,2}-?\d+|\d+", "#", name)
        if family in seen:
            continue
        seen.add(family)
        try:
            found = fact(name, atlas, "kk")
        except KeyError:
            missing += 1
            continue
        assert found.text, name
        assert not re.search(r"\bnan\b|None", found.text), name
        assert set(found.source_ids) <= set(atlas.sources.index), name
    assert len(seen) > 300
    assert missing < 40


def test_every_scene_of_the_deck_is_whole_in_every_language(deck, atlas):
    assert problems(deck, atlas) == []
    for language in languages():
        assert not BAD.search(title_of(deck, atlas, speak(language)).text)
        for shown in slides(deck, atlas, speak(language)):
            assert shown.problem == ""
            assert shown.publication is not None
            for text in (shown.headline, *shown.points, shown.notes):
                assert text.language == language
                assert text.text
                assert not BAD.search(text.text), text.text
                assert "“" not in text.text or language == "en"
                assert "'" not in text.text or language == "en", text.text
            assert len(shown.headline.text) <= 120, shown.headline.text
            assert all(len(point.text) <= 135 for point in shown.points)
            assert set(shown.source_ids) <= set(atlas.sources.index)


def test_the_deck_has_the_subjects_asked_for_and_a_mix_of_figures(deck, atlas):
    shown = slides(deck, atlas, speak("en"))
    kinds = [one.publication.kind for one in shown]
    assert len(shown) == 16
    assert kinds.count("map") >= 8
    assert kinds.count("strip") >= 2
    assert kinds.count("chart") >= 4
    assert "table" in kinds
    headlines = {one.scene_id: one.headline.text for one in shown}
    assert headlines["trade-target"] == "Turnover must grow 15.0% a year to reach 10 billion USD by 2030"
    assert "not confirmed" in headlines["council"]
    assert shown[1].points[0].text.startswith("4.97 billion USD in 2025, 11.4%")
    assert {"S-S209", "S-S163"} <= set(shown[1].source_ids)
    assert shown[1].headline.how


def test_an_unknown_view_figure_and_number_are_named_and_the_rest_plays(atlas):
    deck = own(
        {"id": "a", "view": "/nowhere", "headline": {"en": "A"}},
        {"id": "b", "view": "/trade", "figure": "pth", "headline": {"en": "B"}},
        {"id": "c", "view": "/trade", "headline": {"en": "C {trade.turnover.2052} x"}},
        {"id": "d", "headline": {"en": "D"}, "points": [{"en": "at {site.J-002.jobs}"}]},
        {"id": "e", "view": "/trade", "figure": "path", "headline": {"en": "E"}},
    )
    shown = slides(deck, atlas, speak("en"))
    assert shown[0].publication is None
    assert "/nowhere" in shown[0].problem
    assert "There is no figure “pth” here; there are: " in shown[1].problem
    assert shown[2].publication is not None
    assert (shown[2].headline.text, shown[2].problem) == (
        "C … x",
        "The data have no value for: trade.turnover.2052.",
    )
    assert shown[3].points[0].text == "at …"
    assert (shown[4].problem, shown[4].publication.name) == ("", "path")
    lines = problems(deck, atlas)
    assert [line.partition(": ")[0] for line in lines] == [
        'decks/own.json, scene "a", view',
        'decks/own.json, scene "b", view',
        'decks/own.json, scene "c", headline (en)',
        'decks/own.json, scene "d", points 1 (en)',
    ]
    assert '(did you mean "trade.turnover.2025"?)' in lines[2] or "did you mean" in lines[2]


def test_a_missing_language_is_marked(atlas):
    deck = own({"id": "a", "headline": {"ru": "Рост {trade.needed_growth}"}, "notes": {"en": "n"}})
    [shown] = slides(deck, atlas, speak("kk"))
    assert (shown.headline.language, shown.headline.text) == ("ru", "Рост 15,0\xa0%")
    assert (shown.notes.language, shown.notes.text) == ("en", "n")
    assert shown.points == ()


def test_braces_of_a_reader_stay(atlas):
    assert filled("a {b c} {", atlas, "en").text == "a {b c} {"


def test_200_scenes_are_made_ready(atlas):
    deck = own(
        *({"id": f"s{n}", "view": "/trade", "figure": "path", "headline": {"en": f"{n}"}} for n in range(200))
    )
    assert len(slides(deck, atlas, speak("uz"))) == 200


def test_the_facts_are_listed_and_the_decks_checked(atlas, monkeypatch, capsys):
    monkeypatch.setattr("dashboard.present.facts.read_data", lambda _folder: atlas)
    assert main(["trade.needed", "--lang", "ru"]) == 0
    line = capsys.readouterr().out
    assert re.match(r"trade\.needed_growth +15,0\s% +computed .*S-S163", line)
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == "1 decks, 0 faults\n"


@pytest.mark.parametrize("language", languages())
def test_the_matrix_as_a_picture_has_every_pair_and_its_gaps(atlas, language):
    made = find("/pairs", MATRIX_CHART, atlas, speak(language))
    assert made.kind == "chart"
    assert len(made.table) == 280
    figure = made.drawing(SIZES["slide"], Texts("", (), ()), Wishes())
    [points] = figure["data"]
    every = pairs(atlas)
    assert len(points["x"]) == 280
    numbers = [note for note in figure["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert len(numbers) == int(every["count"].gt(0).sum())
    names = {note["text"] for note in figure["layout"]["annotations"]}
    assert {speak(language).name(row) for _, row in atlas.regions.iterrows()} <= names
    filled_cells = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert (
        len(filled_cells) == 9
    )  # three with projects, two of them on the border, and six border pairs without
