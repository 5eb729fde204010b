"""The pages of regions and of pairs, as Python makes them: all of them, in every language, and any query."""

import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.locator import locator, outlines
from dashboard.page_map import SCENES
from dashboard.pairs.matrix import count_text, matrix, matrix_finding, pairs_with_projects
from dashboard.pairs.profile import profile as pair_profile
from dashboard.pairs.unknown import near_pairs
from dashboard.pairs.view import MatrixView
from dashboard.plain import trees
from dashboard.regions.links import nearest_regions
from dashboard.regions.profile import profile as region_profile
from dashboard.regions.ranking import ranking_finding, ranking_table
from dashboard.regions.view import RegionsView, ranked_by
from dashboard.strips import STRIPS
from dashboard.text import languages, speak
from layers.metrics import METRICS
from layers.pairs import pairs, region_ids

every_language = pytest.mark.parametrize("language", languages())
NOT_MEANT = re.compile(r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\{\w+\}")
ENGLISH = speak("en")


def texts(tree) -> list[str]:
    """All texts of components, and what their attributes say."""
    found = []
    for one in trees(tree):
        if isinstance(one, str):
            found.append(one)
        else:
            found += [str(value) for value in one[1].values() if not isinstance(value, dict)]
            found += [text for inner in one[2:] for text in texts_of(inner)]
    return found


def texts_of(tree) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    own = [str(value) for value in tree[1].values() if not isinstance(value, dict)]
    return own + [text for inner in tree[2:] for text in texts_of(inner)]


def said(tree) -> str:
    return " ".join(texts(tree))


def page(name):
    """The module of a page; Dash must exist before a page is imported."""
    return sys.modules[f"dashboard.pages.{name}"]


@every_language
def test_every_region_has_a_profile(site, atlas, language):
    for region_id in atlas.regions.index:
        assert not NOT_MEANT.search(said(region_profile.__wrapped__(atlas, region_id, language)))


@every_language
def test_every_pair_has_a_profile(site, atlas, language):
    uzbek, kazakh = region_ids(atlas)
    # Each language takes another quarter of the pairs, so that together they are all.
    turn = languages().index(language)
    every = [(one, other) for one in uzbek for other in kazakh][turn :: len(languages())]
    for pair in every:
        assert not NOT_MEANT.search(said(pair_profile.__wrapped__(atlas, pair, language)))


@every_language
@pytest.mark.parametrize("metric_id", ranked_by())
def test_every_metric_ranks_all_regions(atlas, metric_id, language):
    view, words = RegionsView(metric_id), speak(language)
    assert not NOT_MEANT.search(ranking_finding(view, atlas, words))
    table = ranking_table(atlas, view, language)
    rows = table.tree[0][-1][2:]
    assert len(rows) == 34
    assert not NOT_MEANT.search(said(table))


def test_no_data_looks_its_own_and_comes_last(atlas):
    rows = ranking_table(atlas, RegionsView("grp_kz"), "en").tree[0][-1][2:]
    missing = [row[-1][1]["data-value"] == "" for row in rows]
    assert missing == [False] * 20 + [True] * 14
    assert "no-data" in str(rows[-1])
    assert "no data" in str(rows[-1])
    assert "no-data" not in str(rows[0])


def test_counts_of_nothing_are_none_known_and_populations_have_no_rank(atlas):
    rows = ranking_table(atlas, RegionsView("joint_projects"), "en").tree[0][-1][2:]
    assert "none known" in str(rows[-1])
    population = ranking_table(atlas, RegionsView("population"), "en").tree[0][-1][2:]
    assert {row[2][-1] for row in population} == {"–"}


def test_a_country_leaves_its_own_regions(atlas):
    rows = ranking_table(atlas, RegionsView("sites", "UZB"), "en").tree[0][-1][2:]
    assert len(rows) == 14


def test_the_finding_of_the_ranking_follows_the_values(atlas):
    finding = ranking_finding(RegionsView("joint_projects"), atlas, ENGLISH)
    assert "Turkistan Region" in finding
    assert "13" in finding
    assert "14 regions have no data" in ranking_finding(RegionsView("grp_kz"), atlas, ENGLISH)


def test_the_matrix_tells_none_known_from_none(atlas):
    assert matrix_finding(atlas, ENGLISH).startswith("3 of 280 pairs have a joint project known")
    assert "not that there is none" in matrix_finding(atlas, ENGLISH)
    told = texts(matrix(atlas, MatrixView(), "en"))
    empty = [text for text in told if "no project known to our sources" in text and " – " in text]
    assert len(empty) == 2 * 277  # the title and the label of each cell
    assert sum("shared border" in text for text in told) == 2 * 8
    assert len(texts(pairs_with_projects(atlas, ENGLISH))) >= 3


def test_a_value_that_nobody_states_is_said(atlas):
    row = pairs(atlas).loc[("UZ-TO", "KZ-61")]
    assert count_text(row, ENGLISH) == "1 joint project, no value stated"
    row = pairs(atlas).loc[("UZ-SI", "KZ-61")]
    assert count_text(row, ENGLISH) == "4 joint projects, 905 million USD stated for 2 of them"
    assert "?" in texts(matrix(atlas, MatrixView("value"), "en"))


@given(st.dictionaries(st.sampled_from(["metric", "country", "by", "x", "lang"]), st.text(max_size=60)))
def test_any_query_gives_a_view(query):
    view, cells = RegionsView.from_query(query), MatrixView.from_query(query)
    assert view.metric_id in METRICS
    assert view.country in ("", "UZB", "KAZ")
    assert cells.by in ("number", "value")
    assert RegionsView.from_query(view.to_query()) == view


def test_a_strange_query_is_named_on_every_page(site, atlas):
    strange = {"colour": "red"}
    for name, where in (
        ("regions", {}),
        ("region", {"region_id": "KZ-61"}),
        ("pairs", {}),
        ("pair", {"uz_region_id": "UZ-SI", "kz_region_id": "KZ-61"}),
    ):
        assert "colour=red" in str(page(name).layout(lang="en", **where, **strange).to_plotly_json())


@pytest.mark.parametrize(
    ("text", "region_id"),
    [("uz-sa", "UZ-SA"), ("samarkand", "UZ-SA"), ("Самарканд", "UZ-SA"), ("Turkestan", "KZ-61")],
)
def test_an_unknown_region_gets_the_nearest_names(atlas, text, region_id):
    assert region_id in nearest_regions(text, atlas)


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "<script>", "x" * 5000, "{id}"])
def test_junk_gets_a_helpful_page(site, atlas, text):
    assert "There is no such region" in said(page("region").layout(text, "en"))
    assert "There is no such pair" in said(page("pair").layout(text, text, "en"))


def test_swapped_regions_get_the_right_order(site):
    told = said(page("pair").layout("KZ-61", "UZ-SI", "en"))
    assert "The Uzbek region stands first" in told
    assert "/pairs/UZ-SI/KZ-61?lang=en" in told


def test_two_regions_of_one_country_are_no_pair(site, atlas):
    assert "There is no such pair" in said(page("pair").layout("UZ-SI", "UZ-SA", "en"))
    assert near_pairs("syrdarya", "turkistan", atlas)[0] == ("UZ-SI", "KZ-61")


def test_scenes_show_the_region_or_the_pair_and_nothing_else(site, atlas):
    region = SCENES["region"](atlas, "KZ-61")
    assert set(region.marks.sites["region_id"]) == {"KZ-61"}
    assert region.selected == ("region:KZ-61",)
    pair = SCENES["pair"](atlas, "UZ-SI/KZ-61")
    assert set(pair.marks.sites["region_id"]) == {"UZ-SI", "KZ-61"}
    assert {"region:UZ-SI", "region:KZ-61"} < set(pair.selected)
    assert len(SCENES["regions"](atlas, "?metric=sites&country=UZB").marks.lines) == 0


def test_the_strip_of_a_pair_is_its_best_route(site, atlas):
    figure = STRIPS["pair"](atlas, "UZ-SI/KZ-61", ENGLISH, 1000, False)
    assert figure["data"]


def test_a_pair_that_no_line_joins_says_so(atlas):
    cut = replace(atlas, segments=atlas.segments.assign(status="planned"))
    told = said(pair_profile.__wrapped__(cut, ("UZ-SI", "KZ-61"), "en"))
    assert "No way by lines in operation joins the two centres" in told


def test_the_still_map_is_sound_svg_with_the_lit_regions(atlas):
    drawn = outlines(atlas.regions)
    svg = locator(drawn, ("KZ-61",), atlas.crossings, [("A & <b>", 68.0, 43.0)], "500 km")
    root = ET.fromstring(svg)
    assert drawn.paths["KZ-61"] in svg
    assert "A & <b>" in "".join(root.itertext())
    assert len(svg) < 40_000
