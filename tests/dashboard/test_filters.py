"""The reader's choice and its form in the URL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import LAYERS_ON, Filters, choices


def test_the_opening_view_has_an_empty_query(atlas):
    assert Filters().to_query() == ""
    assert Filters.from_query("", atlas) == Filters()


def test_a_query_returns_unchanged(atlas):
    query = (
        "?country=UZB&kind=plant,sez&corridor=trans-caspian&layer=sites,energy&metric=sites&show=site:J-003"
    )
    filters = Filters.from_query(query, atlas)
    assert filters.ignored == ()
    assert Filters.from_query(filters.to_query(), atlas) == filters
    assert filters.selected == ("site:J-003",)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?metric=wealth", "metric=wealth"),
        ("?region=UZ-XX", "region=UZ-XX"),
        ("?show=site:NOPE", "show=site:NOPE"),
        ("?show=sources:GK", "show=sources:GK"),
        ("?utm=1", "utm=1"),
    ],
)
def test_what_means_nothing_falls_back_and_is_named(atlas, query, named):
    filters = Filters.from_query(query, atlas)
    assert filters == Filters()
    assert filters.ignored == (named,)


def test_a_good_part_of_a_list_is_kept(atlas):
    filters = Filters.from_query("?kind=plant,castle", atlas)
    assert filters.kinds == ("plant",)
    assert filters.ignored == ("kind=castle",)


def test_all_layers_can_be_switched_off(atlas):
    filters = Filters(shown=())
    assert filters.to_query() == "?layer=none"
    assert Filters.from_query(filters.to_query(), atlas).shown == ()
    assert Filters().shown == LAYERS_ON


def test_the_rows_fit_the_choice(atlas):
    rows = Filters.from_query("?country=UZB&kind=sez&sector=textiles", atlas).apply(atlas)
    assert len(rows.sites) > 0
    assert set(rows.sites["country_iso3"]) == {"UZB"}
    assert set(rows.sites["kind"]) == {"sez"}
    assert all("textiles" in sectors for sectors in rows.sites["sectors"])
    lines = (
        Filters.from_query("?corridor=cku&corridor_status=under-construction", atlas).apply(atlas).segments
    )
    assert set(lines["status"]) == {"under-construction"}
    assert all("cku" in ids for ids in lines["corridor_ids"])


def test_crossings_of_a_region_are_those_on_its_border(atlas):
    rows = Filters.from_query("?region=UZ-SI", atlas).apply(atlas)
    assert set(rows.crossings["uz_region_id"]) == {"UZ-SI"}


@given(st.text(max_size=300))
def test_no_query_at_all_can_break_a_page(atlas, text):
    filters = Filters.from_query("?" + text, atlas)
    assert Filters.from_query(filters.to_query(), atlas) == filters


@given(seed=st.randoms(use_true_random=False))
def test_every_combination_of_choices_survives_the_url(atlas, seed):
    offered = choices(atlas)
    chosen = {
        name: tuple(value for value in values if seed.random() < 0.5)
        for name, values in offered.items()
        if name != "metric"
    }
    filters = Filters(**chosen, metric=seed.choice(list(offered["metric"])))
    assert Filters.from_query(filters.to_query(), atlas) == filters
