"""The page of the Council: what it says of itself, its projects and stated totals, each with its source."""

import json
import re
import sys
from dataclasses import replace

import plotly
import pytest

from dashboard.council.names import project_line
from dashboard.council.portfolio import bars, portfolio_finding, portfolio_form
from dashboard.council.project_table import project_table
from dashboard.council.statement_chart import decimal_year, statement_chart
from dashboard.council.statements import occasion_notes, statement_part
from dashboard.council.story import council_finding, story_part
from dashboard.council.timeline import timeline_part
from dashboard.council.totals import totals
from dashboard.council.view import PortfolioView
from dashboard.plain import trees
from dashboard.text import languages, speak
from layers.portfolio import ProjectChoice
from layers.projects import dated_statements

EMPTY = re.compile(r"\b(nan|NaN|None|NaT|undefined)\b|<NA>|\{\w+\}")
ENGLISH = speak("en")
MOST_FIGURES = 120_000


@pytest.fixture
def page(site):
    """The module of the page; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.council"]


def text_of(component):
    def inner(found):
        return " ".join(one if isinstance(one, str) else inner(one[2:]) for one in found)

    return re.sub(r"\s+", " ", inner(trees(component)))


def elements(component, tag):
    """All elements of a tag, wherever in it."""

    def walk(found):
        for one in found:
            if not isinstance(one, str):
                if one[0] == tag:
                    yield one
                yield from walk(one[2:])

    return list(walk(trees(component)))


def sourced_values(component):
    """What stands with its sources: the value, and the text of what it opens to."""
    return [
        (text_of_trees(one[2][2:]), text_of_trees(one[3:]))
        for one in elements(component, "details")
        if one[1].get("className") == "sourced"
    ]


def text_of_trees(found):
    return " ".join(one if isinstance(one, str) else text_of_trees(one[2:]) for one in found)


def cites(component, value, publisher):
    return any(value in shown and publisher in opened for shown, opened in sourced_values(component))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("query", [{}, {"sector": "food"}, {"kz": "KZ-61", "value": "stated"}])
def test_the_page_has_no_empty_words(page, language, query):
    made = page.layout(lang=language, **query)
    assert not EMPTY.search(text_of(made)), EMPTY.search(text_of(made))


def test_published_values_stand_with_their_sources(page, atlas):
    made = page.layout(lang="en")
    assert cites(made, "1.3 billion USD", "Trend News Agency")
    assert cites(made, "over 8 billion USD", "Trend News Agency")
    assert cites(made, "1.2 billion USD", "Trend News Agency")
    goal = story_part(atlas, ENGLISH)
    assert cites(goal, "10 billion USD", "Trend News Agency")
    assert "trade turnover by 2030" in text_of(goal)
    row = next(
        one for one in elements(project_table(PortfolioView(), atlas, ENGLISH), "tr") if "70 ha" in str(one)
    )
    assert row[1]["id"] == "P-002"
    assert "Trend News Agency" in str(row)
    assert "/sites/J-003" in str(row)


def test_whether_the_council_has_met_is_not_confirmed(page, atlas):
    text = text_of(page.layout(lang="en"))
    assert "not confirmed by our sources" in council_finding(atlas, ENGLISH)
    assert council_finding(atlas, ENGLISH) in text
    assert "not held" not in text
    assert "absence of evidence" in text  # the words of EV-27
    assert "Decision signed on creating the Council of heads of regions" in text  # EV-20
    assert "planned to meet first in Samarkand in autumn 2024" in text  # EV-13


def test_the_finding_follows_the_data(atlas):
    held = atlas.council.copy()
    held.loc["EV-27", ["stage", "date"]] = ["held", "2026-05-05"]
    assert "has met (5 May 2026)" in council_finding(replace(atlas, council=held), ENGLISH)
    assert "say nothing" in council_finding(replace(atlas, council=atlas.council.iloc[:2]), ENGLISH)


def test_every_event_is_told_once_and_its_stage_is_a_word(atlas):
    made = timeline_part(atlas, ENGLISH)
    items = [one for one in elements(made, "li") if one[1].get("id", "").startswith("EV-")]
    assert {one[1]["id"] for one in items} == set(atlas.council.index)
    assert len(items) == 27
    for one in items:
        stage = one[1]["className"]
        words = {"held": "held", "not-confirmed": "not confirmed"}[stage]
        assert words in text_of_trees([one])
    by_id = {one[1]["id"]: str(one) for one in items}
    assert "2026, day not known" in by_id["EV-27"] and "2026, day not known" in by_id["EV-23"]
    assert "/regions/KZ-43" in by_id["EV-14"] and "/regions/UZ-SA" in by_id["EV-14"]
    assert "place not stated" in by_id["EV-16"]


def test_the_total_says_of_how_many_rows_and_opens_to_them(atlas):
    made = totals(PortfolioView(), atlas, ENGLISH)
    text = text_of(made)
    assert "at least 5.801 billion USD computed" in text
    assert "of the 9 of 50 projects that state a value that may be added" in text
    assert "A claim, not added: Trilateral fertiliser venture (Uralchem), 1.5 billion USD." in text
    assert "counts in each of them, and once in the total" in text
    assert text.count("in each of them, and once in the total") == 1
    opened = elements(made, "details")[0]
    assert "Kambarata-1 hydropower plant" in text_of_trees([opened])
    assert "project:A-" not in str(made)  # no stated total among the rows
    assert "10 of 50 state a value in dollars, 40 do not" in portfolio_finding(
        PortfolioView(), atlas, ENGLISH
    )


def test_a_choice_leaves_its_rows_totals_and_counts(page, atlas):
    view = PortfolioView.from_query({"uz": "UZ-SI", "kz": "KZ-61"}, atlas)
    rows = [one[1]["id"] for one in elements(project_table(view, atlas, ENGLISH), "tr") if "id" in one[1]]
    assert rows == ["P-001", "P-036", "P-038", "P-050"]
    assert "905 million USD" in text_of(totals(view, atlas, ENGLISH))
    assert "4 of 50 named projects fit." in portfolio_finding(view, atlas, ENGLISH)
    [form] = portfolio_form(view, atlas, ENGLISH)
    assert "under construction · 2" in str(form)
    assert "Tashkent Region · 1" in str(form)  # with the Kazakh region kept
    chosen = [one for one in elements(bars(view, atlas, ENGLISH), "a") if "aria-current" in one[1]]
    assert len(chosen) == 3  # each side, and the pair
    assert "uz=UZ-SI" not in chosen[-1][1]["href"]  # a second click gives it up


def test_a_choice_without_projects_says_so(page, atlas):
    text = text_of(page.layout(lang="en", year="2025", value="stated"))
    assert "No named project fits this choice." in text
    assert not EMPTY.search(text)


@pytest.mark.parametrize(
    "query",
    [{"status": "good"}, {"year": "1900"}, {"colour": "red"}, {"uz": "KZ-61"}, {"sector": ["food", "x"]}],
)
def test_what_means_nothing_is_named_and_left_out(page, query):
    text = text_of(page.layout(lang="en", **query))
    assert "was left out" in text
    assert "50 named projects" in text


def test_a_view_comes_back_from_its_url(atlas):
    view = PortfolioView(ProjectChoice("planned", "food", "UZ-SI", "KZ-61", "2023", "not-stated"))
    assert PortfolioView.from_query(view.to_query(), atlas) == view
    assert PortfolioView().to_query() == ""


@pytest.mark.parametrize("language", languages())
def test_statements_are_points_and_never_a_line(atlas, language):
    figure = statement_chart(dated_statements(atlas), speak(language))
    assert {trace["mode"] for trace in figure["data"]} == {"markers"}
    ids = [one for trace in figure["data"] for one in trace["customdata"]]
    assert sorted(ids) == sorted(dated_statements(atlas).index)
    size = len(json.dumps(figure, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False).encode())
    assert size < MOST_FIGURES
    symbols = {
        one: symbol
        for trace in figure["data"]
        for one, symbol in zip(trace["customdata"], trace["marker"]["symbol"], strict=True)
    }
    assert symbols["A-2025-80"] == "triangle-up" and symbols["A-2025-13"] == "circle"


def test_the_two_counts_of_one_ceremony_are_marked(atlas):
    [note] = occasion_notes(dated_statements(atlas), ENGLISH)
    assert "1.3 billion USD" in note and "1.2 billion USD" in note
    figure = statement_chart(dated_statements(atlas), ENGLISH)
    labels = [one["text"] for one in figure["layout"]["annotations"]]
    assert any("1.3 / 1.2" in label and "one occasion" in label for label in labels)
    assert any("over 8" in label for label in labels)


def test_every_stated_total_has_its_row(atlas):
    plain = statement_part(atlas, "en")[-1]
    rows = {one[1]["id"]: text_of_trees([one]) for one in elements(plain, "tr") if "id" in one[1]}
    assert len(rows) == 13
    assert "78" in rows["A-2025-17"] and "15,000" in rows["A-2025-17"] and "Qazinform" in rows["A-2025-17"]
    assert "one occasion, counted twice" in rows["A-2025-12"]


def test_dates_stand_where_they_are_known():
    assert decimal_year("2025") == 2025.5
    assert decimal_year("2025-01") == pytest.approx(2025.04, abs=0.01)
    assert 2025.87 < decimal_year("2025-11-15") < 2025.88


def test_a_folder_without_projects_or_events_has_a_page(atlas):
    bare = replace(atlas, projects=atlas.projects.iloc[:0], council=atlas.council.iloc[:0])
    view = PortfolioView.from_query({"status": "planned"}, bare)
    parts = [
        story_part(bare, ENGLISH),
        timeline_part(bare, ENGLISH),
        portfolio_form(view, bare, ENGLISH),
        totals(view, bare, ENGLISH),
        bars(view, bare, ENGLISH),
        project_table(view, bare, ENGLISH),
        list(statement_part(bare, "en")),
    ]
    assert not EMPTY.search(text_of(parts))
    assert "No stated total is known" in text_of(parts)
    assert statement_chart(dated_statements(bare), ENGLISH)["data"] == []


def test_a_project_in_one_line(atlas):
    said = text_of(project_line("P-003", atlas, ENGLISH))
    assert said == "Analogous projects in Karakalpakstan , announced, value not stated"
    assert cites(project_line("P-010", atlas, ENGLISH), "over 84 million USD", "Spot.uz")
