"""Decks as PowerPoint files, opened again by python-pptx."""

import io
import re
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from dashboard.export.publication import Size, Wishes, find
from dashboard.figures.paper_plan import Texts
from dashboard.present.pptx_chart import plan_of
from dashboard.present.pptx_file import pptx_deck
from dashboard.present.pptx_table import grid_of
from dashboard.present.slides import slides
from dashboard.text import speak
from layers.decks import Deck, Scene

HARMFUL = "<script>alert(1)</script>\x00\x08\x1b\ud800 & \u202e" + "x" * 10_000
FIGURE = Size("scene", "", 830, 480, letters=1.25)


def scene(view, figure="", headline="Headline", points=(), notes="", name="one"):
    return Scene(name, view, figure, {"en": headline}, tuple({"en": one} for one in points), {"en": notes})


@pytest.fixture(scope="module")
def deck():
    return Deck(
        "tested",
        {"en": "A deck <b>", "ru": "Доклад"},
        (
            scene(
                "/?layer=corridors,sites,crossings,labels&metric=population",
                points=["One", "Two"],
                notes="Say\nit",
            ),
            scene("/trade", "turnover"),
            scene("/sites", "bars-sectors"),
            scene("/corridors/trans-caspian", "strip"),
            scene("/sites", "sites"),
            scene("/no/such/page"),
            scene("", headline=HARMFUL, points=[HARMFUL] * 3, notes=HARMFUL),
            replace(scene(""), headline={"ru": "Только по-русски"}),
        ),
    )


@pytest.fixture(scope="module")
def shown(deck, atlas):
    return Presentation(io.BytesIO(pptx_deck(deck, atlas, speak("en"), "https://atlas.example")))


def every(shapes):
    """All shapes, those within groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def texts(slide):
    return " ".join(one.text or "" for one in slide.element.iter(qn("a:t")))


def chart_of(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def test_every_scene_is_a_slide_16_by_9(shown, deck):
    assert len(shown.slides) == len(deck.scenes)
    assert shown.slide_width * 9 == shown.slide_height * 16


def test_titles_and_points_are_placeholders_to_edit(shown):
    slide = shown.slides[0]
    assert slide.shapes.title.text_frame.text == "Headline"
    assert [one.text for one in slide.placeholders[1].text_frame.paragraphs] == ["One", "Two"]
    assert slide.notes_slide.notes_text_frame.text == "Say\nit"


def test_a_map_is_made_of_named_shapes(shown, atlas):
    shapes = list(every(shown.slides[0].shapes))
    freeforms = {one.name for one in shapes if one.shape_type == MSO_SHAPE_TYPE.FREEFORM}
    assert {"Syrdarya Region", "Turkistan Region", "Kyrgyzstan"} <= freeforms
    assert any(name.startswith("Trans-Caspian") and name.endswith("operating") for name in freeforms)
    names = {one.name for one in shapes}
    site = next(iter(atlas.sites.index))
    assert any(name.startswith(f"{site} ") for name in names)
    groups = [one.name for one in shapes if one.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert {"Map", "Regions", "corridors", "industrial sites", "Legend"} <= set(groups)
    assert "Tashkent" in texts(shown.slides[0])


def test_a_chart_has_the_numbers_of_the_figure_and_its_gaps(shown, atlas):
    figure = find("/trade", "turnover", atlas, speak("en")).drawing(FIGURE, Texts("", (), ()), Wishes())
    chart = chart_of(shown.slides[1])
    years = list(chart.plots[0].categories)
    assert years[0] == "2017" and len(years) == int(years[-1]) - 2017 + 1
    drawn = {}
    for one in chart.plots[0].series:
        for year, value in zip(years, one.values, strict=True):
            if value is not None:
                drawn.setdefault((one.name, year), []).append(value)
    told = {}
    for trace in figure["data"]:
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if y is not None:
                told.setdefault((trace["name"], f"{x:.0f}"), []).append(y)
    assert drawn == told
    assert any(None in one.values for one in chart.plots[0].series)
    assert chart.value_axis.axis_title.text_frame.text == "billion USD"


def test_bars_have_the_names_and_numbers_of_the_table(shown, atlas):
    chart = chart_of(shown.slides[2])
    table = find("/sites", "bars-sectors", atlas, speak("en")).table
    assert next(iter(chart.plots[0].categories)) == "food"
    numbers = [column for column in table if table[column].dtype.kind in "if"]
    assert list(chart.plots[0].series[0].values) == [float(v) for v in table[numbers[0]]]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_bars_are_as_long_as_what_is_written_beside_them(atlas, language):
    figure = find("/trade", "parts-of-years", atlas, speak(language)).drawing(
        FIGURE, Texts("", (), ()), Wishes()
    )
    plan = plan_of(figure)
    assert plan.form == "bars" and max(plan.series[0].values) == pytest.approx(4.1, abs=0.2)


def test_a_strip_is_shapes_and_a_table_is_a_table(shown, atlas):
    strip = list(every(shown.slides[3].shapes))
    assert len(strip) > 80 and not any(one.shape_type == MSO_SHAPE_TYPE.PICTURE for one in strip)
    assert "1520 mm" in texts(shown.slides[3])
    table = next(shape.table for shape in shown.slides[4].shapes if shape.has_table)
    publication = find("/sites", "sites", atlas, speak("en"))
    assert table.cell(0, 0).text in {column.title for column in publication.columns}
    assert re.search(r"and \d+ more rows? in the file", texts(shown.slides[4]))
    grid = grid_of(publication, 800, 400)
    assert sum(grid.heights) <= 400 and sum(grid.widths) == pytest.approx(800, abs=1)


def test_the_footer_says_sources_version_and_disclaimer(shown, atlas):
    told = texts(shown.slides[0])
    assert atlas.version in told and "Sources:" in told and "legal status" in told
    assert "https://atlas.example/" in told
    assert "legal status" not in texts(shown.slides[1])


def test_nothing_stands_outside_of_a_slide(shown):
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, shape.name
            assert shape.left + shape.width <= shown.slide_width + 1, shape.name
            assert shape.top + shape.height <= shown.slide_height + 1, shape.name


def test_every_text_has_its_language(shown):
    for slide in list(shown.slides)[:7]:
        for piece in slide.element.iter(qn("a:rPr")):
            assert piece.get("lang") == "en-GB"
    assert shown.slides[7].shapes.title.element.find(".//" + qn("a:rPr")).get("lang") == "ru-RU"


def test_what_is_missing_is_said_and_the_rest_still_plays(shown):
    assert "/no/such/page" in texts(shown.slides[5])


def test_harmful_texts_are_harmless(shown):
    slide = shown.slides[6]
    assert "<script>alert(1)</script>" in slide.shapes.title.text_frame.text
    assert len(slide.shapes.title.text_frame.text) < 1000
    assert "\x08" not in slide.notes_slide.notes_text_frame.text


def test_the_file_knows_what_it_is(shown):
    facts = shown.core_properties
    assert (facts.title, facts.author, facts.language) == ("A deck <b>", "Corridor Atlas", "en-GB")


def test_the_same_data_give_the_same_slides(deck, atlas):
    words = speak("ru")
    one = Deck("small", deck.title, deck.scenes[:1])
    first, second = (
        [slide.element.xml for slide in Presentation(io.BytesIO(pptx_deck(one, atlas, words))).slides]
        for _ in range(2)
    )
    assert first == second
    assert len(slides(one, atlas, words)) == 1
