"""Sheets of every kind and size: nothing leaves them, nothing covers anything, in any language."""

import json
import re
from itertools import pairwise

import pytest

from dashboard.export import sheets
from dashboard.export.publication import SIZES, Wishes, size_of
from dashboard.figures.sheet_grey import grey_of, in_grey
from dashboard.shell import ATTRIBUTION, DISCLAIMER
from dashboard.text import languages, speak
from tests.dashboard.export.boxes import outside, overlapping, text_boxes

CORRIDOR = "/corridors/trans-caspian"
CHART = "chart-trans-caspian-cargo-volume-t-over-time-whole"
BARS = "chart-trans-caspian-transit-time-days-side-by-side-parts-2024-s-c017-stated"
SITE = Wishes(site="https://atlas.example.org")
GREY = re.compile(r"#([0-9a-f]{2})\1\1$|rgba?\((\d+), ?\2, ?\2\b")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("figure", ["strip", CHART, BARS])
@pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.id)
def test_texts_of_charts_and_strips_never_leave_the_sheet_nor_overlap(published, figure, size, language):
    drawn = sheets.sheet(published(CORRIDOR, figure, language), size, SITE)
    assert outside(drawn) == []
    assert overlapping(drawn) == []
    json.dumps(drawn, allow_nan=False)


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    ("address", "size_id"), [("/", "column"), ("/", "two-columns"), (CORRIDOR, "column")]
)
def test_texts_of_maps_in_newspaper_columns_never_leave_the_sheet_nor_overlap(
    published, address, size_id, language
):
    drawn = sheets.sheet(published(address, "map", language), SIZES[size_id], SITE)
    assert outside(drawn) == []
    assert overlapping(drawn) == []
    _, _, width, height = drawn["layout"]["meta"]["map"]
    assert height > 0.2 * width and drawn["layout"]["width"] == SIZES[size_id].width


@pytest.mark.parametrize("grows", [True, False])
@pytest.mark.parametrize("sides", [(320, 240), (1, 1), (390, 844), (99_999, 400)])
@pytest.mark.parametrize("figure", ["strip", CHART])
def test_a_frame_of_any_size_gives_a_sheet(published, figure, sides, grows):
    size = size_of(*sides, grows)
    drawn = sheets.sheet(published(CORRIDOR, figure), size, SITE)
    assert outside(drawn) == []
    width, height = sheets.file_size(drawn, size)
    assert width == size.width and (height >= size.height - 0.1 if grows else height == size.height)
    assert drawn["layout"]["width"] / drawn["layout"]["height"] == pytest.approx(width / height, rel=0.01)


@pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.id)
@pytest.mark.parametrize("figure", ["strip", CHART, BARS])
def test_small_print_can_be_read_in_its_true_size(published, figure, size):
    drawn = sheets.sheet(published(CORRIDOR, figure), size, SITE)
    enlarged = size.width / drawn["layout"]["width"]
    last = next(n for n in drawn["layout"]["annotations"] if "Corridor Atlas" in n["text"])
    assert last["font"]["size"] * enlarged >= 7.4


@pytest.mark.parametrize("language", languages())
def test_every_sheet_names_source_date_and_link_and_a_map_its_terms(published, language):
    words = speak(language)
    for figure in ("map", "strip", CHART):
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
    dashes = [[t.get("line", {}).get("dash") for t in drawn["data"]] for drawn in (colour, grey)]
    assert dashes[0] == dashes[1]
    assert not all(GREY.match(one) for one in colours(colour))


def colours(figure):
    text = json.dumps(figure).lower()
    return set(re.findall(r"#[0-9a-f]{6}\b|rgba?\([^)]*\)", text))


def test_greys_of_what_colour_tells_apart_differ():
    from dashboard.figures import marks as m

    for table in (m.SITE_COLOURS, m.GROUP_COLOURS, m.CARRIER_COLOURS):
        assert len({grey_of(colour) for colour in table.values()}) == len(table)
    levels = [int(grey_of(shade)[1:3], 16) for shade in m.SHADES]
    assert min(paler - darker for paler, darker in pairwise(levels)) > 20
    assert in_grey({"text": "#ff0000 stays", "font": {"color": "rgba(255,0,0,0.5)"}}) == {
        "text": "#ff0000 stays",
        "font": {"color": "rgba(54,54,54,0.5)"},
    }


def test_a_transparent_sheet_has_no_ground(published):
    drawn = sheets.sheet(published(CORRIDOR, CHART), SIZES["web"], Wishes(transparent=True))
    assert drawn["layout"]["paper_bgcolor"] == drawn["layout"]["plot_bgcolor"] == sheets.CLEAR


def test_a_table_is_not_drawn(published):
    with pytest.raises(ValueError, match="not drawn"):
        sheets.sheet(published("/", "sites"), SIZES["web"], Wishes())


def test_a_very_long_address_is_cut_to_its_page(published, atlas):
    found = published(
        "/?corridor=" + ",".join(atlas.corridors.index) + "&region=" + ",".join(atlas.regions.index)
    )
    assert sheets.link_of(found, SITE) == "https://atlas.example.org/"
