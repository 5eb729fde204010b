"""The reach of regions, what keeps places apart, and what a change does to both."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
import layers
from layers.network import (
    GATEWAYS,
    Refused,
    WhatIf,
    assumptions_of,
    changes,
    cuts,
    gateways_of,
    no_route,
    reach,
    reach_changes,
    routes,
    search,
)
from layers.network.graph import Links

ATLAS = layers.load(app.data_folder())
STATED = assumptions_of(ATLAS)
CORRIDORS = [f"corridor:{one}" for one in ATLAS.corridors.index]
SEGMENTS = [f"segment:{one}" for one in ATLAS.segments.index]
SETS = st.sampled_from([*GATEWAYS, "node:karachi", "node:moscow"])
MEASURES = st.sampled_from(["hours", "km", "borders"])


def test_the_nearest_nodes_of_two_large_pieces_are_those_of_all_pairs(monkeypatch):
    places = [one for one in ATLAS.nodes.index if ATLAS.nodes.at[one, "kind"] != "shape"]
    pieces = set(places[::2]), set(places[1::2])
    every = cuts.nearest_pair(ATLAS, *pieces)
    monkeypatch.setattr(cuts, "MOST_PAIRS", 1)
    assert cuts.nearest_pair(ATLAS, *pieces) == every


def test_gateways_are_found_in_the_data():
    assert set(gateways_of(ATLAS, "sea-ports")) >= {"poti", "batumi", "bandar_abbas", "karachi", "constanta"}
    assert set(gateways_of(ATLAS, "caspian-ports")) >= {"aktau_port", "turkmenbashi", "alat_port", "anzali"}
    assert not set(gateways_of(ATLAS, "sea-ports")) & set(gateways_of(ATLAS, "caspian-ports"))
    assert set(gateways_of(ATLAS, "china")) == {"dostyk", "khorgos_kz", "torugart"}
    assert {"malaszewicze", "constanta"} <= set(gateways_of(ATLAS, "european-union"))
    assert gateways_of(ATLAS, "node:poti") == ("poti",)
    assert "edirne" not in gateways_of(ATLAS, "european-union")


@settings(max_examples=12)
@given(SETS, MEASURES)
def test_reach_is_that_of_the_best_route(gateways, measure):
    table = reach(ATLAS, gateways, STATED, measure=measure)
    assert list(table.index) == list(ATLAS.regions.index)
    criterion = {"hours": "time", "km": "distance", "borders": "borders"}[measure]
    for region_id, row in table.iloc[::7].iterrows():
        ways = {
            node: found[0]
            for node in gateways_of(ATLAS, gateways)
            if (
                found := routes(
                    ATLAS, f"region:{region_id}", f"node:{node}", STATED, criterion=criterion, most=1
                )
            )
        }
        if not ways:
            assert row["value"] != row["value"]
            assert row["gateway"] == ""
            continue
        own = ways[row["gateway"]]
        assert (row["hours"], row["km"]) == pytest.approx((own.hours, own.km))
        assert row["borders"] == own.borders
        assert row["value"] <= min(getattr(one, measure) for one in ways.values()) + 1e-6


@settings(max_examples=15)
@given(SETS, MEASURES, st.lists(st.sampled_from([*CORRIDORS, *SEGMENTS]), min_size=1, max_size=4))
def test_opening_brings_no_region_further_away(gateways, measure, opened):
    before = reach(ATLAS, gateways, STATED, measure=measure)
    after = reach(ATLAS, gateways, STATED, WhatIf(opened=tuple(opened)), measure)
    assert set(reach_changes(before, after)["kind"]) <= {"nearer", "same", "joined"}


@settings(max_examples=15)
@given(SETS, st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=60))
def test_closing_brings_no_region_nearer(gateways, closed):
    before = reach(ATLAS, gateways, STATED)
    after = reach(ATLAS, gateways, STATED, WhatIf(closed=tuple(closed)))
    assert set(reach_changes(before, after)["kind"]) <= {"further", "same", "cut"}


def test_the_western_trans_afghan_railway_joins_regions_to_karachi():
    before = reach(ATLAS, "node:karachi", STATED, measure="km")
    after = reach(ATLAS, "node:karachi", STATED, WhatIf(opened=("corridor:trans-afghan-west",)), "km")
    assert before["value"].isna().all()
    assert after["value"].notna().all()
    table = reach_changes(before, after)
    assert set(table["kind"]) == {"joined"}
    assert set(table["gateway_after"]) == {"karachi"}


def test_the_railway_over_torugart_brings_the_fergana_valley_nearer_to_china():
    before = reach(ATLAS, "china", STATED, measure="km")
    after = reach(ATLAS, "china", STATED, WhatIf(opened=("corridor:cku",)), "km")
    table = reach_changes(before, after)
    nearer = table[table["kind"].eq("nearer")]
    assert set(nearer.index[:3]) == {"UZ-AN", "UZ-NG", "UZ-FA"}
    assert set(nearer["gateway_after"]) == {"torugart"}
    assert nearer["difference"].is_monotonic_increasing
    assert nearer.index[nearer.index.str.startswith("UZ")].size == 14


def test_an_unknown_set_of_gateways_is_refused():
    for key in ("moon", "node:moon", "region:UZ-SA"):
        with pytest.raises(Refused):
            reach(ATLAS, key, STATED)
    with pytest.raises(Refused):
        reach(ATLAS, "china", STATED, measure="beauty")


def test_nothing_keeps_apart_what_a_route_joins():
    assert no_route(ATLAS, "region:UZ-SA", "node:poti") is None


def test_what_is_not_built_keeps_apart():
    found = no_route(ATLAS, "region:UZ-SU", "node:karachi")
    assert (found.start_node, found.goal_node) == ("naibabad", "peshawar")
    assert 480 < found.gap_km < 500
    assert found.joined_corridors == ("trans-afghan-west",)
    assert found.cut_by == ()
    opened = WhatIf(opened=tuple(f"segment:{one}" for one in found.joined_by))
    assert routes(ATLAS, "region:UZ-SU", "node:karachi", STATED, opened)


def test_what_is_closed_is_named_and_only_what_matters():
    closed = ("node:say_otes", "segment:SEG-001", "segment:SEG-064", "segment:SEG-066")
    found = no_route(ATLAS, "region:UZ-SA", "node:poti", WhatIf(closed=closed))
    assert found.cut_by == ("segment:SEG-064",)
    assert found.joined_by == ()


def test_a_closed_node_is_closed_to_connectors_too():
    closed = WhatIf(closed=("node:aktau_port",))
    assert reach(ATLAS, "node:aktau_port", STATED, closed)["value"].isna().all()
    assert routes(ATLAS, "region:KZ-47", "node:aktau_port", STATED, closed) == ()
    assert no_route(ATLAS, "region:KZ-47", "node:aktau_port", closed).cut_by == ("node:aktau_port",)
    assert routes(ATLAS, "region:KZ-47", "node:beyneu", STATED, closed)


def test_what_is_closed_and_what_is_not_built_may_both_be_needed():
    found = no_route(ATLAS, "region:UZ-SU", "node:karachi", WhatIf(closed=("node:karachi", "node:poti")))
    assert found.is_both
    assert found.cut_by == ("node:karachi",)
    assert found.joined_corridors == ("trans-afghan-west",)


def test_the_least_of_closed_crossings_is_named():
    borders = tuple(f"crossing:{one}" for one in ATLAS.crossings.index)
    others = ("node:farap", "node:galaba")  # the railways to Turkmenistan and Afghanistan
    found = no_route(ATLAS, "region:UZ-TK", "region:KZ-79", WhatIf(closed=(*borders, *others)))
    assert len(found.cut_by) == 1
    assert found.cut_by[0] in borders
    less = tuple(one for one in (*borders, *others) if one not in found.cut_by)
    assert routes(ATLAS, "region:UZ-TK", "region:KZ-79", STATED, WhatIf(closed=less))


def test_a_crossing_that_the_data_say_is_closed_is_named():
    found = no_route(ATLAS, "node:tashkent", "node:gisht_kuprik")
    assert found.cut_by == ("crossing:X01",)


def test_the_leg_that_does_not_lead_through_is_explained():
    found = no_route(ATLAS, "node:tashkent", "node:samarkand", via=("node:karachi",))
    assert (found.start.key, found.goal.key) == ("node:tashkent", "node:karachi")


@settings(max_examples=25)
@given(
    st.sampled_from(list(ATLAS.regions.index)),
    st.sampled_from(["poti", "karachi", "xian", "nakhchivan", "khaf", "moscow"]),
    st.lists(st.sampled_from(SEGMENTS), max_size=150),
)
def test_there_is_an_explanation_exactly_where_there_is_no_route(region_id, node, closed):
    what_if = WhatIf(closed=tuple(closed))
    question = (ATLAS, f"region:{region_id}", f"node:{node}")
    found = no_route(*question, what_if)
    assert (found is None) == bool(routes(*question, STATED, what_if, most=1))
    if found and found.cut_by and not found.is_both:
        again = WhatIf(closed=tuple(one for one in closed if one not in found.cut_by))
        assert routes(*question, STATED, again, most=1)
    if found and found.joined_by:
        left = tuple(one for one in closed if one not in found.cut_by)
        opened = WhatIf(
            closed=left if found.is_both else tuple(closed),
            opened=tuple(f"segment:{one}" for one in found.joined_by),
        )
        assert routes(*question, STATED, opened, most=1)


def test_all_pieces_of_the_network_in_operation_are_known():
    running = ATLAS.segments[ATLAS.segments["status"].eq("operating")]
    graph = nx.from_edgelist(zip(running["from_node"], running["to_node"], strict=True))
    assert sorted(map(len, nx.connected_components(graph))) == [2, 4, 10, 268]


def test_changes_between_two_answers():
    before = routes(ATLAS, "region:UZ-AN", "node:xian", STATED)
    after = routes(ATLAS, "region:UZ-AN", "node:xian", STATED, WhatIf(opened=("corridor:cku",)))
    found = changes(before, after)
    assert found.km < -300
    assert found.hours < 0
    assert 0 in found.new
    assert found.kept[0][0] == 0
    assert changes(before, before).hours == 0
    assert changes(before, before).lost == changes(before, before).new == ()
    gone = changes(before, ())
    assert gone.hours is None
    assert gone.lost == tuple(range(len(before)))


def test_steps_without_weight_lead_in_no_circle():
    befores, afters = np.array([3, 2, 1, 1, 0]), np.array([2, 1, 2, 0, 1])
    tree = search.grown(Links.of(befores, afters, 4), np.zeros(5), {3: (1.0, -1)})
    assert tree.weight.tolist() == [1.0] * 4
    for move in range(4):
        passed = []
        while move != -1:
            assert move not in passed
            passed.append(move)
            move = tree.neighbour[move]
        assert passed[-1] == 3
