"""Sheets of every kind and size: nothing leaves them, nothing covers anything, in any language."""

import json
import re
from itertools import pairwise

import pandas as pd
import pytest

from dashboard.export import sheets
from dashboard.export.printed_table import printed_columns
from dashboard.export.publication import SIZES, Column, Wishes, size_of
from dashboard.figures import marks as m
from dashboard.figures.sheet_forms import LINE_FORMS, SITE_FORMS
from dashboard.figures.sheet_grey import grey_of, in_grey
from dashboard.shell import ATTRIBUTION, DISCLAIMER
from dashboard.text import languages, speak
from tests.dashboard.export.boxes import outside, overlapping, text_boxes

CORRIDOR = "/corridors/trans-caspian"
CHART = "chart-trans-caspian-cargo-volume-t-over-time-whole"
BARS = "chart-trans-caspian-transit-time-days-side-by-side-parts-2024-s-c017-stated"
SITE = Wishes(site="https://atlas.example.org")
GREY = re.compile(r"#([0-9a-f]{2})\1\1$|rgba?\((\d+), ?\2, ?\2\b")


DRAWN = [
    (figure, size, languages()[(row + column) % len(languages())])
    for row, figure in enumerate(("strip", CHART, BARS))
    for column, size in enumerate(SIZES.values())
]
"""Each figure in each size, the languages in turn; then the narrowest in the longest language."""

DRAWN += [("strip", SIZES["column"], "ru"), (CHART, SIZES["column"], "ru"), ("strip", SIZES["web"], "uz")]


@pytest.mark.parametrize(("figure", "size", "language"), DRAWN)
def test_texts_of_charts_and_strips_can_be_read_and_never_leave_the_sheet_nor_overlap(
    published, figure, size, language
):
    drawn = sheets.sheet(published(CORRIDOR, figure, language), size, SITE)
    assert outside(drawn) == []
    assert overlapping(drawn) == []
    json.dumps(drawn, allow_nan=False)
    enlarged = size.width / drawn["layout"]["width"]
    name = speak(language)("Corridor Atlas")
    last = next(n for n in drawn["layout"]["annotations"] if f"{name}: " in n["text"])
    assert last["font"]["size"] * enlarged >= 7.4


@pytest.mark.parametrize(
    ("address", "size_id", "language"),
    [("/", "column", "ru"), ("/", "two-columns", "kk"), (CORRIDOR, "column", "uz")],
)
def test_texts_of_maps_in_newspaper_columns_never_leave_the_sheet_nor_overlap(
    published, address, size_id, language
):
    drawn = sheets.sheet(published(address, "map", language), SIZES[size_id], SITE)
    assert outside(drawn) == []
    assert overlapping(drawn) == []
    _, _, width, height = drawn["layout"]["meta"]["map"]
    assert height > 0.2 * width and drawn["layout"]["width"] == SIZES[size_id].width


@pytest.mark.parametrize(("figure", "grows"), [("strip", True), (CHART, False)])
@pytest.mark.parametrize("sides", [(320, 240), (1, 1), (390, 844), (99_999, 400)])
def test_a_frame_of_any_size_gives_a_sheet(published, figure, sides, grows):
    size = size_of(*sides, grows)
    drawn = sheets.sheet(published(CORRIDOR, figure), size, SITE)
    assert outside(drawn) == []
    width, height = sheets.file_size(drawn, size)
    assert width == size.width and (height >= size.height - 0.1 if grows else height == size.height)
    assert drawn["layout"]["width"] / drawn["layout"]["height"] == pytest.approx(width / height, rel=0.01)


@pytest.mark.parametrize("language", languages())
def test_every_sheet_names_source_date_and_link_and_a_map_its_terms(published, language):
    words = speak(language)
    for figure in ("map", "strip", CHART) if language in ("ru", "uz") else ("strip", CHART):
        found = published(f"{CORRIDOR}?within=50", figure, language)
        said = " ".join(text for text, _ in text_boxes(sheets.sheet(found, SIZES["web"], SITE)))
        assert found.title in said and found.atlas.version in said
        assert "atlas.example.org/corridors/trans-caspian?within=50" in said.replace(" ", "")
        assert found.filters[0] in said
        assert sheets.source_line(found.source_ids, found.atlas, words) in said
        assert (words(DISCLAIMER) in said) == (words(ATTRIBUTION) in said) == (figure == "map")


def test_the_reader_may_write_another_title_and_leave_the_subtitle_away(published):
    found = published(CORRIDOR, CHART)
    wishes = Wishes(title="<b>Freight</b> & time", subtitle="")
    drawn = sheets.sheet(found, SIZES["web"], wishes)
    assert any(n["text"] == "&lt;b&gt;Freight&lt;/b&gt; &amp; time" for n in drawn["layout"]["annotations"])
    assert not any(found.subtitle[:30] in text for text, _ in text_boxes(drawn))
    assert found.titled(Wishes(title="  ")) == (found.title, found.subtitle)
    assert len(found.titled(Wishes(title="x" * 999))[0]) == 140


@pytest.mark.parametrize("figure", ["map", "strip", CHART])
def test_the_legend_can_be_left_out(published, figure):
    found = published(CORRIDOR, figure)
    whole, bare = (
        sheets.sheet(found, SIZES["web"], Wishes(legend=has_legend)) for has_legend in (True, False)
    )
    assert len(bare["layout"]["annotations"]) < len(whole["layout"]["annotations"])
    assert outside(bare) == [] and overlapping(bare) == []
    words = {"map": "under construction", "strip": "gauge break", CHART: "part of a year"}[figure]
    assert any(words in text for text, _ in text_boxes(whole))
    assert not any(words in text for text, _ in text_boxes(bare) if len(text) < 60)


def test_labels_and_scale_bar_can_be_left_out(published):
    found = published("/", "map")
    bare = sheets.sheet(found, SIZES["web"], Wishes(labels=False, scale_bar=False))
    assert not any("name" in note for note in bare["layout"]["annotations"])
    assert not any("° N" in note["text"] for note in bare["layout"]["annotations"])
    assert any("° N" in text for text, _ in text_boxes(sheets.sheet(found, SIZES["web"], Wishes())))


@pytest.mark.parametrize("figure", ["map", "strip", CHART])
def test_a_grey_sheet_has_no_colour_and_keeps_dashes(published, figure):
    found = published(CORRIDOR, figure)
    colour, grey = (sheets.sheet(found, SIZES["web"], Wishes(grey=is_grey)) for is_grey in (False, True))
    assert colours(grey) and all(GREY.match(one) for one in colours(grey)), colours(grey)
    dashes = [{t.get("line", {}).get("dash") for t in drawn["data"]} for drawn in (colour, grey)]
    assert dashes[0] == dashes[1]
    assert not all(GREY.match(one) for one in colours(colour))


def colours(figure):
    text = json.dumps(figure).lower()
    return set(re.findall(r"#[0-9a-f]{6}\b|rgba?\([^)]*\)", text))


def test_kinds_and_groups_have_forms_of_their_own_on_grey_paper():
    assert len(set(LINE_FORMS.values())) == len(LINE_FORMS) == len(m.GROUP_COLOURS)
    assert len({form.symbol for form in SITE_FORMS.values()}) == len(SITE_FORMS) == len(m.SITE_COLOURS)
    tones = sorted({form.tone for form in LINE_FORMS.values()})
    assert min(lighter - darker for darker, lighter in pairwise(tones)) >= 10
    carriers = sorted(int(grey_of(colour)[1:3], 16) for colour in m.CARRIER_COLOURS.values())
    assert min(lighter - darker for darker, lighter in pairwise(carriers)) > 50
    levels = [int(grey_of(shade)[1:3], 16) for shade in m.SHADES]
    assert min(paler - darker for paler, darker in pairwise(levels)) > 20
    assert in_grey({"text": "#ff0000 stays", "font": {"color": "rgba(255,0,0,0.5)"}}) == {
        "text": "#ff0000 stays",
        "font": {"color": "rgba(54,54,54,0.5)"},
    }


def test_map_and_legend_have_the_same_forms_on_grey_paper(published):
    found = published("/", "map")
    plain, grey = (sheets.sheet(found, SIZES["web"], Wishes(grey=is_grey)) for is_grey in (False, True))
    sites = next(t for t in grey["data"] if any(k.startswith("site:") for k in t.get("customdata", ())))
    kinds = found.atlas.sites["kind"]
    symbols = {
        key.partition(":")[2]: symbol
        for key, symbol in zip(sites["customdata"], sites["marker"]["symbol"], strict=True)
    }
    assert all(SITE_FORMS[m.SITE_COLOURS[kinds[one]]].symbol == symbol for one, symbol in symbols.items())
    lines = [[t for t in drawn["data"] if t.get("mode") == "lines"] for drawn in (plain, grey)]
    cored = [t for t in lines[0] if (form := LINE_FORMS.get(t["line"]["color"])) and form.core]
    assert cored and len(lines[1]) == len(lines[0]) + len(cored)
    signs = [[s["type"] for s in drawn["layout"]["shapes"]] for drawn in (plain, grey)]
    assert signs[1].count("path") > signs[0].count("path")


def test_a_transparent_sheet_has_no_ground(published):
    drawn = sheets.sheet(published(CORRIDOR, CHART), SIZES["web"], Wishes(transparent=True))
    assert drawn["layout"]["paper_bgcolor"] == drawn["layout"]["plot_bgcolor"] == sheets.CLEAR


@pytest.mark.parametrize(
    ("address", "figure", "size_id", "language"),
    [
        ("/", "sites", "web", "ru"),
        ("/corridors/trans-caspian", "barriers", "column", "uz"),
        ("/pairs", "matrix", "a4-portrait", "kk"),
        ("/regions/UZ-SI", "projects", "square", "ru"),
        ("/trade", "ledger", "two-columns", "ru"),
        ("/reach", "assumptions", "slide", "en"),
    ],
)
def test_a_table_is_drawn_as_far_as_it_fits_and_says_what_is_left_out(
    published, address, figure, size_id, language
):
    found = published(address, figure, language)
    drawn = sheets.sheet(found, SIZES[size_id], SITE)
    assert outside(drawn) == [] and overlapping(drawn) == []
    texts = [text for text, _ in text_boxes(drawn)]
    said = " ".join(texts)
    assert sheets.source_line(found.source_ids, found.atlas, found.words) in said
    assert any(title.title.split(",")[0].split()[0] in said for title in found.columns)
    shown = len([s for s in drawn["layout"]["shapes"] if s["type"] == "path"]) - 1
    assert 1 <= shown <= len(found.table)
    more = len(found.table) - shown
    assert not more or any(found.words.number(more) in text for text in texts)


def test_cells_are_printed_for_readers():
    words = speak("en")
    columns = [
        Column("site_id", "Id"),
        Column("opened", "Opened"),
        Column("area", "Area", "ha"),
        Column("date", "Date"),
        Column("note", "Note"),
    ]
    frame = pd.DataFrame(
        {
            "site_id": ["J-001", "J-002"],
            "opened": [1998.0, None],
            "area": [1234.5, 2.0],
            "date": ["2025-11-15", ""],
            "note": ["", ""],
        }
    )
    printed = printed_columns(frame, columns, words)
    assert [one.title for one in printed] == ["Opened", "Area, ha", "Date"]
    assert [one.cells for one in printed] == [("1998", ""), ("1,234.5", "2"), (words.date("2025-11-15"), "")]
    assert [one.is_number for one in printed] == [True, True, False]


def test_a_very_long_address_is_cut_to_its_page(published, atlas):
    found = published(
        "/?corridor=" + ",".join(atlas.corridors.index) + "&region=" + ",".join(atlas.regions.index)
    )
    assert sheets.link_of(found, SITE) == "https://atlas.example.org/"
