"""The priority list as a page: what it says, explains and leaves open, and what links may ask of it."""

import json
import re
import sys
from dataclasses import replace

import plotly
import pytest

from dashboard.council.criteria import facts, rule_of
from dashboard.council.method import method
from dashboard.council.rank_chart import COLOUR_OF, rank_chart, standing_of
from dashboard.council.ranking import ranking_finding, ranking_table, rows_of, weight_form
from dashboard.council.view import PriorityView
from dashboard.plain import Plain, trees
from dashboard.text import languages, speak
from layers.priorities import CRITERIA, EQUAL, Weights, in_top, ranking

EMPTY = re.compile(r"\b(nan|NaN|None|NaT|undefined)\b|<NA>|\{\w+\}")
ENGLISH = speak("en")
MOST_FIGURE = 60_000


@pytest.fixture
def page(site):
    """The module of the page; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.priorities"]


def text_of(component):
    def inner(found):
        return " ".join(one if isinstance(one, str) else inner(one[2:]) for one in found)

    return re.sub(r"\s+", " ", inner(trees(component)))


def rows_in(component):
    """The rows of the list, by project_id."""

    def walk(found):
        for one in found:
            if not isinstance(one, str):
                if one[0] == "tr" and "id" in one[1]:
                    yield one
                yield from walk(one[2:])

    return {row[1]["id"]: row for row in walk(trees(component))}


def ranked_of(view, atlas):
    low, high = rows_of(view, atlas)
    return ranking(low, high, view.weights), in_top(low, high, view.weights)


def table_of(view, atlas, words=ENGLISH):
    return ranking_table(*ranked_of(view, atlas), view, atlas, words)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("query", [{}, {"value": "5", "jobs": "0", "todo": "1"}])
def test_the_page_has_no_empty_words(page, language, query):
    text = text_of(page.layout(lang=language, **query))
    assert not EMPTY.search(text), EMPTY.search(text)


def test_every_project_is_in_the_list_with_its_range(atlas):
    rows = rows_in(table_of(PriorityView(), atlas))
    assert len(rows) == 50
    assert list(rows)[:2] == ["P-038", "P-001"]
    assert "1–17" in str(rows["P-001"])
    assert "1–50" in str(rows["P-009"])


def test_a_score_is_explained_by_its_parts(atlas):
    row = rows_in(table_of(PriorityView(), atlas))["P-038"]
    text = text_of(_as_plain(row))
    assert "Value 545 million USD converted into dollars" in text
    assert "KZT 286bn" in text  # the sum as its source states it
    assert "0.68 3 11.4" in text  # mark, weight, points: 0.684 * 3 / 18
    assert "Jobs not stated by our sources 0–1 3 0.0–16.7" in text
    assert "Readiness under construction 0.75 3 12.5" in text
    assert "Score, of 100 73.9–90.6" in text


def test_parts_add_up_to_the_score(atlas):
    view = PriorityView(Weights(5, 4, 3, 2, 1, 0))
    ranked, _ = ranked_of(view, atlas)
    low, high = rows_of(view, atlas)
    weights = list(view.weights.by_criterion().values())
    for one in ranked.index:
        for part, end in ((low, "low"), (high, "high")):
            added = sum(part.at[one, name] * w / 15 for name, w in zip(CRITERIA, weights, strict=True))
            assert added == pytest.approx(ranked.at[one, end], abs=1e-6)


def test_a_claim_is_named_and_not_counted(atlas):
    text = text_of(_as_plain(["div", {}, *facts(atlas, "en")["P-041"][0]]))
    assert "1.5 billion USD claim, not confirmed" in text
    assert "not counted" in text


def test_a_computed_distance_says_how(atlas):
    text = text_of(_as_plain(["div", {}, *facts(atlas, "en")["P-017"][4]]))
    assert text.startswith("16 km computed From the site to the nearest line")


def test_the_finding_says_what_is_certain(atlas):
    view = PriorityView(Weights(5, 0, 3, 3, 3, 3))
    ranked, shares = ranked_of(view, atlas)
    standings = [standing_of(row) for _, row in ranked.iterrows()]
    said = ranking_finding(ranked, shares, atlas, ENGLISH)
    assert said.startswith(
        "First by the middle: Darbaza–Maktaaral railway, which may take the places 1 to 9 of 50."
    )
    assert standings.count("certain") == 2
    assert "whatever is not known: 2; may be: 41; cannot be: 7." in said


@pytest.mark.parametrize("language", languages())
def test_the_chart_shows_every_range_and_keeps_its_size(atlas, language):
    ranked, _ = ranked_of(PriorityView(), atlas)
    figure = rank_chart(ranked, atlas, speak(language))
    bars, dots = figure["data"]
    assert bars["customdata"] == list(ranked.index)
    ends = [(base + 0.5, base + width - 0.5) for base, width in zip(bars["base"], bars["x"], strict=True)]
    assert ends == list(zip(ranked["best"], ranked["worst"], strict=True))
    assert dots["x"] == ranked["place"].tolist()
    assert set(bars["marker"]["color"]) <= set(COLOUR_OF.values())
    size = len(json.dumps(figure, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False).encode())
    assert size < MOST_FIGURE


def test_without_weights_nothing_is_ranked(page):
    made = page.layout(lang="en", **dict.fromkeys(CRITERIA, "0"))
    text = text_of(made)
    assert "All weights are 0, so nothing is ranked." in text
    assert rows_in(made) == {}
    assert not page.answer(page.current(), PriorityView(Weights(0, 0, 0, 0, 0, 0)), "en")[1]


@pytest.mark.parametrize("query", [{"value": "9"}, {"jobs": "many"}, {"todo": "0"}, {"x": "1"}])
def test_a_bad_link_is_named_and_the_rest_ranked(page, query):
    made = page.layout(lang="en", **query)
    [(name, value)] = query.items()
    assert f"was left out: {name}={value}" in text_of(made)
    assert next(iter(rows_in(made))) == "P-038"


def test_the_form_holds_the_weights_of_the_link(atlas):
    [form] = weight_form(PriorityView(Weights(value=5), is_todo=True), ENGLISH)
    said = str(form)
    assert form[1]["action"] == "/council/priorities"
    assert said.count("'type': 'range'") == 6
    assert "'name': 'value', 'min': '0', 'max': '5', 'step': '1', 'defaultValue': '5'" in said
    assert "'defaultChecked': True" in said


def test_what_operates_may_be_left_out(atlas):
    rows = rows_in(table_of(PriorityView(EQUAL, True), atlas))
    assert len(rows) == 43  # six operate, one is completed
    assert "P-016" not in rows and "P-012" not in rows


def test_a_view_comes_back_from_its_url():
    view = PriorityView(Weights(jobs=0, border=5), True)
    assert view.to_query() == "?jobs=0&border=5&todo=1"
    assert PriorityView.from_query(view.to_query()) == view
    assert PriorityView(EQUAL, True).to_query() == "?todo=1"


def test_the_rules_are_told(atlas):
    text = text_of(method(ENGLISH))
    for one in CRITERIA:
        assert rule_of(one, ENGLISH) in text
    assert "1 million USD or less is 0, 10 billion USD or more is 1" in text
    assert "500 times" in text and "between 0.5 and 1.5" in text
    assert "under construction 0.75" in text


def test_a_folder_without_projects_has_a_page(page, atlas):
    bare = replace(atlas, projects=atlas.projects.iloc[:0])
    said, chart, table = page.answer(bare, PriorityView(), "en")
    assert said == "No named project is to be ranked."
    assert not chart and not table


def _as_plain(tree):
    return Plain.of([tree])
