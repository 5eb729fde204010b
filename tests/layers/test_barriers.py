"""What stands behind the barriers, and what the network makes of them."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from layers.barrier_times import UNCHANGED, Eased, asked_ways, times
from layers.barriers import (
    SILENT,
    THREAD,
    Effect,
    Untold,
    effect_of,
    effects,
    projects_behind,
    removal_of,
    sites_near,
)
from layers.nearby import NEIGHBOUR_KM
from layers.network import GATEWAYS, WhatIf, assumptions_of, reach, routes


@pytest.fixture(scope="module")
def every(atlas):
    return {one: effect_of(atlas, one) for one in atlas.barriers.index}


@pytest.mark.parametrize("gateways", GATEWAYS)
def test_the_times_are_those_of_the_network(atlas, gateways):
    own = times(atlas)
    own = own[own["kind"].eq(gateways)]
    known = reach(atlas, gateways, assumptions_of(atlas))
    assert np.allclose(own["hours"], known["hours"])
    assert list(own["goal"]) == [f"node:{one}" for one in known["gateway"]]


def test_the_times_of_pairs_and_of_corridors_are_those_of_the_best_routes(atlas):
    own = times(atlas)
    chosen = [*own.index[own["kind"].eq("pair")][::70], *own.index[own["kind"].eq("corridor")][::9]]
    for _, way in own.loc[chosen].iterrows():
        found = routes(atlas, way["start"], way["goal"], assumptions_of(atlas), most=1)
        assert way["hours"] == pytest.approx(found[0].hours if found else np.inf)


def test_nothing_taken_away_changes_nothing(atlas):
    assert times(atlas, WhatIf(), Eased()) is times(atlas, WhatIf(), UNCHANGED)


def test_the_ways_are_all_regions_to_gateways_all_pairs_and_the_ends_of_corridors(atlas):
    kinds = [one.kind for one in asked_ways(atlas)]
    assert (kinds.count("pair"), sum(one in GATEWAYS for one in kinds)) == (280, 4 * 34)
    assert kinds.count("corridor") == 65


def test_every_barrier_has_an_effect_or_a_reason_for_none(atlas, every):
    assert len(every) == 44
    for barrier_id, found in every.items():
        kind = atlas.barriers.at[barrier_id, "kind"]
        assert isinstance(found, Untold) if kind in SILENT else isinstance(found, Effect | Untold)
        if isinstance(found, Effect):
            assert (found.ways["gained"] > 0).all()
            assert found.ways["gained"].is_monotonic_decreasing


def test_a_border_is_taken_away_with_the_hours_of_both_sides(atlas, every):
    removal = every["B33"].removal
    assert removal.what == "border"
    assert removal.hours == pytest.approx(69.7 + 6.8)
    segments = [atlas.segments.index[one] for one in removal.eased.border_segments]
    assert tuple(segments) == atlas.crossings.at["X09", "segment_ids"]
    assert every["B33"].ways["gained"].max() <= removal.hours
    assert len(every["B33"].of("pair")) > 200


def test_a_change_of_gauge_on_the_only_way_costs_its_hours(atlas, every):
    found = every["B09"]
    way = found.ways[found.ways["start"].eq("node:baku") & found.ways["goal"].eq("node:kars")].iloc[0]
    assert way["gained"] == pytest.approx(assumptions_of(atlas).values["gauge-change-hours"])


def test_a_gauge_break_may_stand_at_the_other_end_of_the_border(atlas, every):
    assert every["B30"].removal.eased.gauge_nodes == ("brest",)
    assert every["B19"].removal.eased.gauge_nodes == ("serakhs",)
    assert every["B01"].removal.what == "gauge-in-border"


@pytest.mark.parametrize("barrier_id", ["B40", "B22", "B08"])
def test_a_link_is_the_what_if_of_the_page_of_routes(atlas, every, barrier_id):
    found = every[barrier_id]
    what_if = WhatIf(opened=found.removal.opened)
    assert len(found.ways)
    for _, way in found.ways.head(3).iterrows():
        ends = (way["start"], way["goal"])
        after = routes(atlas, *ends, assumptions_of(atlas), what_if, most=1)
        before = routes(atlas, *ends, assumptions_of(atlas), most=1)
        assert (way["before"], way["after"]) == pytest.approx((before[0].hours, after[0].hours))


def test_a_line_that_is_not_built_is_open_with_its_barrier_and_without(every):
    assert every["B21"].removal.beforehand == ("corridor:cku",)
    assert every["B09"].removal.beforehand == ()


def test_a_way_that_becomes_possible_gains_without_end(every):
    ways = every["B23"].ways
    new = ways[ways["start"].eq("node:tashkent") & ways["goal"].eq("node:peshawar")].iloc[0]
    assert np.isinf(new["before"])
    assert np.isfinite(new["after"])


def test_a_closed_crossing_is_opened_and_a_way_round_too(every):
    assert every["B35"].removal.opened == ("crossing:X01",)
    assert every["B08"].removal.opened == ("segment:SEG-023",)
    assert every["B08"].removal.what == "bypass"


def test_what_stands_behind_a_barrier_follows_the_stated_rule(atlas):
    assert list(projects_behind(atlas, "B33").index) == ["P-001", "P-038", "P-050"]
    assert "P-040" not in projects_behind(atlas, "B03").index  # power lines carry no goods
    near = sites_near(atlas, "B33")
    assert len(near)
    assert (near["distance_km"] <= NEIGHBOUR_KM).all()
    assert sites_near(atlas, "B05").empty  # a whole corridor has no place


def test_all_effects_are_computed_beside_the_requests(atlas, every):
    effects(atlas)
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(timeout=60)
    assert effects(atlas) == every


def test_an_atlas_without_barriers_or_places_behind_them_has_nothing_to_tell(atlas):
    assert effects(replace(atlas, barriers=atlas.barriers.iloc[:0])) == {}
    bare = replace(atlas, sites=atlas.sites.iloc[:0], projects=atlas.projects.iloc[:0])
    assert sites_near(bare, "B33").empty
    assert projects_behind(bare, "B33").empty


def test_a_place_where_nothing_is_counted_says_so(atlas):
    assert removal_of(atlas, "B34") == Untold("nothing-counted")
    assert removal_of(atlas, "B25") == Untold("gauge-unknown")
    assert removal_of(atlas, "B05") == Untold("whole-corridor")
