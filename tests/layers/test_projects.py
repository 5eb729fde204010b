"""Named projects by facets and what is stated of them; stated totals; the story of the Council."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers import council
from layers.portfolio import (
    FACETS,
    UNKNOWN,
    ProjectChoice,
    by_facet,
    by_pair,
    chosen,
    offered,
    stated_jobs,
    worth,
)
from layers.projects import dated_statements, named

ALL = ProjectChoice()


def test_the_total_is_that_of_the_single_projects_alone(atlas):
    every = chosen(atlas, ALL)
    assert every == tuple(named(atlas.projects).index)
    found = worth(atlas, every)
    # 360 + 84 + 21 + 500 + 39.61 + 41.5 + 10 + 545 + 4200 million, the 84 a lower bound
    assert found.value_usd == pytest.approx(5801.11e6)
    assert found.is_least
    assert (len(found.valued), found.claimed) == (9, ("P-041",))
    assert stated_jobs(atlas, every)[0] == 1175 + 1000 + 1200 + 2000 + 1450 + 1000 + 700 + 3000


def test_totals_of_many_projects_add_nothing(atlas):
    found = worth(atlas, ["A-2025-80", "A-2025-13", "P-018"])
    assert (found.value_usd, found.valued) == (21e6, ("P-018",))
    assert worth(atlas, ["A-2025-80"]).valued == ()
    assert worth(atlas, ()).value_usd == 0


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_has_every_project(atlas, facet):
    groups = by_facet(atlas, ALL, facet)
    assert tuple(groups) == offered(atlas)[facet]
    assert {one for ids in groups.values() for one in ids} == set(chosen(atlas, ALL))
    assert all(groups.values())


def test_a_project_of_several_sectors_counts_in_each_and_once_in_all(atlas):
    groups = by_facet(atlas, ALL, "sector")
    assert all("P-001" in groups[one] for one in ("industry", "logistics", "trade"))
    assert sum(map(len, groups.values())) > 50
    assert chosen(atlas, ALL).count("P-001") == 1


def test_choices_combine_and_counts_leave_their_own_facet_open(atlas):
    choice = ProjectChoice(sector="food", kz="KZ-61")
    assert chosen(atlas, choice) == ("P-006", "P-033", "P-036")
    assert (
        by_facet(atlas, choice, "sector")["textiles"]
        == by_facet(atlas, ProjectChoice(kz="KZ-61"), "sector")["textiles"]
    )
    assert chosen(atlas, ProjectChoice(value="stated", year="2025")) == ()
    assert len(chosen(atlas, ProjectChoice(value="stated"))) == 10
    assert chosen(atlas, ProjectChoice(year=UNKNOWN)) == ("P-024", "P-026", "P-028", "P-041")


def test_a_choice_is_given_up_by_choosing_it_again():
    pair = ALL.toggled(uz="UZ-SI", kz="KZ-61")
    assert pair == ProjectChoice(uz="UZ-SI", kz="KZ-61")
    assert pair.toggled(uz="UZ-SI", kz="KZ-61") == ALL
    assert pair.toggled(kz="KZ-43") == ProjectChoice(uz="UZ-SI", kz="KZ-43")


def test_pairs_are_those_of_the_matrix(atlas):
    groups = by_pair(atlas, ALL)
    real = {pair: len(ids) for pair, ids in groups.items() if UNKNOWN not in pair}
    assert real == {("UZ-SI", "KZ-61"): 4, ("UZ-FA", "KZ-61"): 1, ("UZ-TO", "KZ-61"): 1}
    assert list(groups)[:3] == list(real)


def test_statements_are_dated_by_their_first_source_and_stand_alone(atlas):
    rows = dated_statements(atlas)
    assert len(rows) == 13
    assert rows["reported"].is_monotonic_increasing
    assert rows.at["A-2025-13", "reported"] == "2025-11-15"  # TREND repeats it in February 2026
    assert rows.at["A-2024-44", "reported"] == "2024-08-07"  # another source knows the month alone
    assert rows.at["A-2023-21", "reported"] == "2023"


def test_the_two_counts_of_one_ceremony_are_one_occasion(atlas):
    rows = dated_statements(atlas)
    together = rows[rows["occasion"].ge(0)]
    assert set(together.index) == {"A-2025-13", "A-2025-12"}
    assert together["occasion"].nunique() == 1
    assert sorted(together["value_usd"]) == [1.2e9, 1.3e9]


def test_no_projects_are_no_totals(atlas):
    bare = replace(atlas, projects=atlas.projects.iloc[:0])
    assert chosen(bare, ALL) == ()
    assert by_facet(bare, ALL, "status") == {}
    assert by_pair(bare, ALL) == {}
    assert dated_statements(bare).empty


def test_the_council_is_told_in_order_and_its_meeting_is_not_confirmed(atlas):
    assert list(council.story(atlas.council).index) == ["EV-13", "EV-14", "EV-20", "EV-24", "EV-27"]
    meeting = council.first_meeting(atlas.council)
    assert council.stage_of(meeting, "2026-11-22") == "not-confirmed"
    assert council.first_meeting(atlas.council.iloc[:3]) is None
    years = council.by_year(atlas.council)
    assert list(years) == sorted(years, reverse=True)
    assert sum(map(len, years.values())) == 27
    assert list(years["2026"].index)[-2:] == ["EV-23", "EV-27"]  # the day is not known


def test_what_is_held_after_today_is_planned(atlas):
    event = atlas.council.loc["EV-26"]
    assert council.stage_of(event, "2026-03-03") == "held"
    assert council.stage_of(event, "2026-03-02") == "planned"
    only_year = event.copy()
    only_year["date"] = "2026"
    assert council.stage_of(only_year, "2026-01-01") == "held"
    assert council.stage_of(only_year, "2025-12-31") == "planned"
