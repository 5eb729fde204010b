"""Routes: the best one, what it amounts to, alternatives, and figures that others have published."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
import layers
from layers.network import AS_IT_IS, CAUSES, Refused, WhatIf, assumptions_of, place_of, routes
from layers.ways import borders, gauge_breaks, sea_legs

ATLAS = layers.load(app.data_folder())
STATED = assumptions_of(ATLAS)
NODES = [f"node:{one}" for one in ATLAS.nodes.index[ATLAS.nodes["kind"].ne("shape")]]
KEYS = [
    *NODES,
    *(f"region:{one}" for one in ATLAS.regions.index),
    *(f"site:{one}" for one in ATLAS.sites.index),
]
PLACES = st.sampled_from(KEYS)
PAIRS = st.tuples(PLACES, PLACES).filter(lambda pair: pair[0] != pair[1])
CRITERIA = st.sampled_from(["time", "distance", "borders"])
SEGMENTS = [f"segment:{one}" for one in ATLAS.segments.index]
CORRIDORS = [f"corridor:{one}" for one in ATLAS.corridors.index]
CROSSINGS = [f"crossing:{one}" for one in ATLAS.crossings.index]
NOT_THROUGH_RUSSIA = WhatIf(closed=("node:samur",))
ROADS_SHUT = tuple(f"crossing:X{number:02}" for number in range(1, 9))


def best(start, goal, what_if=AS_IT_IS, criterion="time", via=()):
    """The best route, or None."""
    found = routes(ATLAS, start, goal, STATED, what_if, criterion, via, most=1)
    return found[0] if found else None


def size(route, criterion):
    """What a criterion counts; unreachable is more than anything."""
    if route is None:
        return (float("inf"),)
    return {"time": (route.hours,), "distance": (route.km,), "borders": (route.borders, route.hours)}[
        criterion
    ]


def trail(route):
    return [(move.segment, move.from_node, move.to_node) for move in route.moves]


@cache
def lines_in_operation():
    """For each node the segments in operation, each with the node at its other end."""
    rows = ATLAS.segments[ATLAS.segments["status"].eq("operating")]
    shut = set(ATLAS.crossings.loc[ATLAS.crossings["status"].eq("closed"), "segment_ids"].explode())
    beside = {}
    for row in rows[~rows.index.isin(shut)].itertuples():
        beside.setdefault(row.from_node, []).append((row, row.to_node))
        beside.setdefault(row.to_node, []).append((row, row.from_node))
    return beside


def independent_hours(start, goal):
    """The least hours between two nodes, reckoned anew: a state is a node and the segment one came by."""
    value, country = STATED.values, ATLAS.nodes["country_iso3"].to_dict()
    beside = lines_in_operation()

    def pair_of(row):
        ends = sorted((country[row.from_node], country[row.to_node]))
        return "-".join(ends).lower() if "" not in ends and ends[0] != ends[1] else ""

    def is_lake(row):
        return country[row.from_node] == country[row.to_node]

    def side(mode, code):
        return value.get(f"border-hours-{mode}-{code}", value[f"border-hours-{mode}"])

    def running(row):
        pair = pair_of(row)
        border = 0.0
        if row.mode != "sea" and pair:
            both = sum(side(row.mode, code) for code in pair.split("-"))
            border = value.get(f"border-hours-{row.mode}-{pair}", both)
        speed = value.get(f"{row.mode}-speed-{country[row.from_node].lower()}", value[f"{row.mode}-speed"])
        return row.computed_length_km / speed + border

    def between(before, after):
        one, two = (row.mode if row is not None else "" for row in (before, after))
        if two == "sea" and one != "sea":
            return (
                value["lake-ferry-hours"]
                if is_lake(after)
                else value["port-hours"] + value["ferry-wait-hours"]
            )
        if one == "sea" and two != "sea":
            return 0.0 if is_lake(before) else value["port-hours"]
        if {one, two} == {"rail", "road"}:
            return value["transfer-hours"]
        if one == two == "rail" and before.gauge_mm != after.gauge_mm:
            special = (value.get(f"gauge-change-hours-{pair_of(row)}") for row in (before, after))
            return next((hours for hours in special if hours is not None), value["gauge-change-hours"])
        return 0.0

    states = nx.DiGraph()
    by_id = {row.Index: row for ends in beside.values() for row, _ in ends}
    waiting = [(start, "")]
    while waiting:
        node, came_by = waiting.pop()
        before = by_id.get(came_by)
        if node == goal:
            states.add_edge((node, came_by), "there", hours=between(before, None))
            continue
        for row, there in beside.get(node, ()):
            if row.Index != came_by:
                new = (there, row.Index) not in states
                states.add_edge(
                    (node, came_by), (there, row.Index), hours=between(before, row) + running(row)
                )
                if new:
                    waiting.append((there, row.Index))
    try:
        return nx.dijkstra_path_length(states, (start, ""), "there", weight="hours")
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return None


@settings(max_examples=30)
@given(st.sampled_from(NODES), st.sampled_from(NODES))
def test_the_first_route_is_the_best_there_is(start, goal):
    if start != goal:
        route = best(start, goal)
        hours = independent_hours(start.removeprefix("node:"), goal.removeprefix("node:"))
        assert (route is None) == (hours is None)
        assert route is None or route.hours == pytest.approx(hours, abs=1e-6)


@settings(max_examples=30)
@given(PAIRS, CRITERIA)
def test_the_figures_of_a_route_add_up_and_are_those_of_its_way(pair, criterion):
    for route in routes(ATLAS, *pair, STATED, AS_IT_IS, criterion):
        assert sum(route.hours_by_cause.values()) == pytest.approx(route.hours)
        assert set(route.hours_by_cause) <= set(CAUSES)
        for parts in (route.km_by_mode, route.km_by_status, route.km_by_country):
            assert sum(parts.values()) == pytest.approx(route.km)
        assert route.way.length_km == pytest.approx(route.km)
        assert route.way.segment_ids == route.segment_ids
        assert len(gauge_breaks(route.way)) == route.gauge_breaks
        assert len(sea_legs(route.way)) == route.sea_legs
        assert len(borders(route.way)) <= route.borders <= len(borders(route.way)) + route.sea_legs
        assert route.gk_km + route.connector_km <= route.km + 1e-6
        assert set(route.km_by_status) == {"operating"}


@settings(max_examples=30)
@given(PAIRS, CRITERIA)
def test_alternatives_are_ranked_and_different(pair, criterion):
    found = routes(ATLAS, *pair, STATED, AS_IT_IS, criterion)
    assert len(found) <= 4
    ranks = [tuple(round(one, 6) for one in size(route, criterion)) for route in found]
    assert ranks == sorted(ranks)
    for one, other in combinations(found, 2):
        assert trail(one) != trail(other)
        assert set(one.segment_ids) != set(other.segment_ids)
    if criterion == "distance":
        for one, other in combinations(found, 2):
            km = dict(zip(one.way.steps["segment_id"], one.way.steps["length_km"], strict=True))
            shared = sum(km[one] for one in set(km) & set(other.segment_ids))
            assert shared <= 0.7 * min(one.km, other.km) + 1e-6


def test_the_ways_over_and_around_the_caspian_are_alternatives():
    found = routes(ATLAS, "region:UZ-SA", "node:poti", STATED)
    passed = [{move.to_node for move in route.moves} for route in found]
    assert any("turkmenbashi" in nodes for nodes in passed)
    assert any({"aktau_port", "kuryk_port"} & nodes for nodes in passed)
    assert any("astrakhan" in nodes or "makhachkala" in nodes for nodes in passed)
    assert not [one for one in passed if {"aktau_port", "kuryk_port"} <= one]


@settings(max_examples=40)
@given(PAIRS, PLACES, CRITERIA)
def test_a_way_through_a_third_place_is_never_better(pair, third, criterion):
    if third not in pair:
        assert size(best(*pair, criterion=criterion), criterion) <= tuple(
            one + 1e-6 for one in size(best(*pair, criterion=criterion, via=(third,)), criterion)
        )


@settings(max_examples=40)
@given(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(NODES))
def test_the_triangle_holds(one, two, three):
    if len({one, two, three}) < 3:
        return
    legs = [best(*pair, criterion="distance") for pair in ((one, two), (two, three), (one, three))]
    if legs[0] and legs[1]:
        assert legs[2].km <= legs[0].km + legs[1].km + 1e-6
        through = best(one, three, via=(two,))
        change = max(STATED.values["gauge-change-hours"], STATED.values["transfer-hours"])
        assert through.hours <= best(one, two).hours + best(two, three).hours + change + 1e-6


@settings(max_examples=30)
@given(PAIRS, CRITERIA)
def test_routes_are_the_same_in_both_directions(pair, criterion):
    there, back = best(*pair, criterion=criterion), best(*pair[::-1], criterion=criterion)
    assert size(there, criterion) == pytest.approx(size(back, criterion))


@settings(max_examples=40)
@given(PAIRS, st.lists(st.sampled_from([*SEGMENTS, *CROSSINGS]), min_size=1, max_size=30), CRITERIA)
def test_closing_what_a_route_does_not_use_changes_nothing(pair, closed, criterion):
    before = best(*pair, criterion=criterion)
    if before is None:
        return
    own = {f"segment:{one}" for one in before.segment_ids} | {
        f"crossing:{one}" for one in before.crossing_ids
    }
    after = best(*pair, WhatIf(closed=tuple(one for one in closed if one not in own)), criterion)
    assert size(after, criterion) == pytest.approx(size(before, criterion))


@settings(max_examples=40)
@given(
    PAIRS, st.lists(st.sampled_from([*SEGMENTS, *CORRIDORS, *CROSSINGS]), min_size=1, max_size=6), CRITERIA
)
def test_opening_a_link_never_makes_anything_longer(pair, opened, criterion):
    before = size(best(*pair, criterion=criterion), criterion)
    after = size(best(*pair, WhatIf(opened=tuple(opened)), criterion), criterion)
    assert after <= tuple(one + 1e-6 for one in before)


@settings(max_examples=20)
@given(PAIRS, st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=200))
def test_closing_never_makes_anything_shorter(pair, closed):
    before, after = size(best(*pair), "time"), size(best(*pair, WhatIf(closed=tuple(closed))), "time")
    assert before <= tuple(one + 1e-6 for one in after)


# Lengths are those of the drawn lines, of which a third is straight between known places, so they fall short
# of the railway's own kilometres by up to an eighth.
SHORT = 0.12


@pytest.mark.parametrize(
    ("start", "goal", "via", "km", "what_if"),
    [
        # UzDaily, "High-speed train Afrosiyob to run five times a week",
        # http://www.uzdaily.com/articles-id-17206.htm
        ("tashkent", "samarkand", (), 344, AS_IT_IS),
        # Railway Gazette, "Almaty - Toshkent wide-bodied Talgo service launched",
        # https://railwaygazette.com/asia/almaty-toshkent-wide-bodied-talgo-service-launched/44211.article
        ("almaty", "tashkent", (), 964, WhatIf(closed=ROADS_SHUT)),
        # AZERTAC in Xalq qazeti (Russian), on the modernisation of transport in Mangystau Region,
        # https://www.xalqqazeti.az/ru/sosial-heyat/223593-kazaxstan-moderniziruet-transport-manqistauskoy-oblasti
        ("beyneu", "mangystau", (), 404, AS_IT_IS),
        ("baku", "kars", (), 846, AS_IT_IS),  # corridor_metrics.csv, CM-059
        ("zhanaozen", "gorgan", (), 928, AS_IT_IS),  # CM-105
        ("dostyk", "moiynty", (), 836, AS_IT_IS),  # CM-181
        ("altynkol", "zhetygen", (), 298, AS_IT_IS),  # segments.csv, note of SEG-018
        ("xian", "istanbul", ("node:aktau_port", "node:kars"), 8693, AS_IT_IS),  # CM-051
    ],
)
def test_published_distances(start, goal, via, km, what_if):
    route = best(f"node:{start}", f"node:{goal}", what_if, "distance", via)
    assert (1 - SHORT) * km <= route.km <= 1.02 * km
    assert set(route.km_by_mode) <= {"rail", "sea"}


@pytest.mark.parametrize(
    ("start", "goal", "via", "days"),
    [
        ("altynkol", "alat_port", "aktau_port", (9, 9)),  # corridor_metrics.csv, CM-044: timetable
        ("altynkol", "poti", "aktau_port", (12, 12)),  # CM-045: timetable
        ("khorgos_cn", "poti", "aktau_port", (13, 17)),  # CM-039, CM-040: ministry, 2025
        ("xian", "tehran", "bolashak", (15, 15)),  # CM-161: expected for the test train of 2024
    ],
)
def test_published_times(start, goal, via, days):
    route = best(f"node:{start}", f"node:{goal}", NOT_THROUGH_RUSSIA, via=(f"node:{via}",))
    assert 0.88 * days[0] <= route.hours / 24 <= 1.12 * days[1]


def test_hours_of_a_route_by_hand():
    route = best("node:altynkol", "node:alat_port", NOT_THROUGH_RUSSIA, via=("node:aktau_port",))
    value = STATED.values
    assert route.hours_by_cause["port"] == 2 * value["port-hours"] + value["ferry-wait-hours"]
    assert route.hours_by_cause["sea"] == pytest.approx(route.km_by_mode["sea"] / value["sea-speed"])
    assert route.hours_by_cause["rail"] == pytest.approx(route.km_by_mode["rail"] / value["rail-speed"])
    assert set(route.hours_by_cause) == {"rail", "sea", "port"}
    assert (route.borders, route.gauge_breaks, route.sea_legs) == (1, 0, 1)
    assert len(borders(route.way)) == 0  # Kazakhstan and Azerbaijan meet at sea


def test_borders_cost_what_their_two_sides_do():
    value = STATED.values
    rail = best("node:saryagash", "node:keles", WhatIf(closed=ROADS_SHUT))
    assert rail.crossing_ids == ("X09",)
    sides = value["border-hours-rail-kaz"] + value["border-hours-rail-uzb"]
    assert rail.hours_by_cause["border"] == pytest.approx(sides)
    customs_union = best("node:aktobe", "node:sol_iletsk").hours_by_cause["border"]
    assert customs_union == value["border-hours-rail-kaz-rus"]
    general = best("node:boyuk_kesik", "node:gardabani").hours_by_cause["border"]
    assert general == 2 * value["border-hours-rail"]


def test_a_change_of_gauge_takes_its_hours_but_for_the_one_that_the_border_holds_already():
    value = STATED.values
    turkey = best("node:tbilisi", "node:kars")
    assert turkey.gauge_breaks == 1
    assert turkey.hours_by_cause["gauge"] == value["gauge-change-hours"]
    china = best("node:jinghe", "node:dostyk")
    assert china.gauge_breaks == 1
    assert "gauge" not in china.hours_by_cause


def test_a_gauge_not_decided_is_no_break():
    what_if = WhatIf(opened=("corridor:trans-afghan-west",))
    assert best("node:kandahar", "node:quetta", what_if).gauge_breaks == 0


def test_regions_and_sites_join_by_road_and_load_there():
    route = best("region:KZ-33", "node:astana")
    assert route.moves[0].from_node == "region:KZ-33"
    assert route.connector_km > 40
    assert route.hours_by_cause["transfer"] == STATED.values["transfer-hours"]
    first = route.way.steps.iloc[0]
    assert (first["segment_id"], first["mode"], first["status"]) == ("", "road", "operating")
    assert best("region:UZ-TK", "site:J-003") is not None


def test_a_connector_passes_no_border_unless_its_country_has_no_line():
    for key in KEYS:
        place = place_of(ATLAS, key)
        route = best(key, "node:tashkent") if place.kind == "site" else None
        if route and route.moves[0].borders:
            assert place.country_iso3 == "KGZ"


def test_a_crossing_that_is_closed_in_the_data_is_not_used():
    shut = best("node:tashkent", "node:gisht_kuprik")
    assert shut is None
    opened = best("node:tashkent", "node:gisht_kuprik", WhatIf(opened=("crossing:X01",)))
    assert opened.crossing_ids == ("X01",)


@pytest.mark.parametrize(
    ("what_if", "leads"),
    [
        (AS_IT_IS, False),
        (WhatIf(as_of_year=2029), False),
        (WhatIf(as_of_year=2030), True),
        (WhatIf(include_planned=True), True),
        (WhatIf(opened=("corridor:cku",)), True),
        (WhatIf(opened=("corridor:cku",), closed=("segment:SEG-265",)), False),
    ],
)
def test_the_railway_over_torugart_comes_with_its_year(what_if, leads):
    found = routes(ATLAS, "region:UZ-AN", "node:kashgar", STATED, what_if)
    over = [route for route in found if "SEG-265" in route.segment_ids]
    assert bool(over) == leads
    if over:
        assert over[0].km_by_status["under-construction"] > 300


@pytest.mark.parametrize(
    ("what_if", "leads"),
    [
        (WhatIf(include_planned=True), False),
        (WhatIf(as_of_year=2100, include_planned=True), False),
        (WhatIf(opened=("corridor:trans-afghan",)), True),
    ],
)
def test_a_study_is_opened_by_name_alone(what_if, leads):
    assert (best("region:UZ-SU", "node:peshawar", what_if) is not None) == leads


@pytest.mark.parametrize(("year", "leads"), [(2026, False), (None, True)])
def test_planned_without_a_year_comes_when_planned_is_included(year, leads):
    what_if = WhatIf(as_of_year=year) if year else WhatIf(include_planned=True)
    assert (best("node:astara_ir", "node:hashtpar", what_if) is not None) == leads


def test_a_line_not_built_yet_by_the_year_is_left_out():
    assert best("node:shalkar", "node:bozoy") is not None
    assert best("node:shalkar", "node:bozoy", WhatIf(as_of_year=2014)) is not None
    assert best("node:shalkar", "node:bozoy", WhatIf(as_of_year=2013)) is None


def test_changed_assumptions_change_the_hours_and_nothing_else():
    slower = STATED.changed({"rail-speed": 20})
    before = routes(ATLAS, "node:tashkent", "node:samarkand", STATED)[0]
    after = routes(ATLAS, "node:tashkent", "node:samarkand", slower)[0]
    assert after.hours == pytest.approx(before.km / 20)
    assert after.km == before.km


def test_routes_through_other_places_pass_them_in_order():
    via = ("node:almaty", "region:KZ-43", "node:beyneu")
    route = best("region:UZ-SA", "node:poti", via=via)
    nodes = [route.moves[0].from_node, *(move.to_node for move in route.moves)]
    passed = [nodes.index(place_of(ATLAS, key).stop) for key in via]
    assert passed == sorted(passed)
    assert route.way.length_km == pytest.approx(route.km)


def test_a_way_may_turn_back_at_a_place_it_must_pass():
    route = best("node:beyneu", "node:shetpe", via=("node:aktau_port",))
    assert route.segment_ids.count("SEG-049") == 2
    assert all(one.to_node == two.from_node for one, two in pairwise(route.moves))


@pytest.mark.parametrize(
    ("start", "goal", "more", "code", "parts"),
    [
        ("node:atlantis", "node:poti", {}, "unknown-place", {"key": "node:atlantis"}),
        ("poti", "node:poti", {}, "unknown-place", {"key": "poti"}),
        ("corridor:btk", "node:poti", {}, "unknown-place", {"key": "corridor:btk"}),
        ("node:cas_mid", "node:poti", {}, "unknown-place", {"key": "node:cas_mid"}),
        ("node:poti", "node:poti", {}, "same-place", {"key": "node:poti"}),
        ("node:poti", "node:baku", {"via": ("node:baku",)}, "same-place", {"key": "node:baku"}),
        ("node:poti", "node:baku", {"criterion": "beauty"}, "unknown-criterion", {"criterion": "beauty"}),
        ("node:poti", "node:baku", {"via": ("node:ganja",) * 6}, "too-many-vias", {"count": 6, "most": 5}),
        (
            "node:poti",
            "node:baku",
            {"what_if": WhatIf(closed=("segment:SEG-9999",))},
            "unknown-link",
            {"key": "segment:SEG-9999"},
        ),
        (
            "node:poti",
            "node:baku",
            {"what_if": WhatIf(opened=("node:baku",))},
            "unknown-link",
            {"key": "node:baku"},
        ),
    ],
)
def test_a_question_without_sense_is_refused(start, goal, more, code, parts):
    with pytest.raises(Refused) as refused:
        routes(ATLAS, start, goal, STATED, **more)
    assert (refused.value.code, refused.value.parts) == (code, parts)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"rail-speed": -5}, "out-of-range"),
        ({"rail-speed": 0}, "out-of-range"),
        ({"rail-speed": 5000}, "out-of-range"),
        ({"border-hours-rail": -1}, "out-of-range"),
        ({"connector-detour": 0.5}, "out-of-range"),
        ({"rail-speed": float("nan")}, "not-a-number"),
        ({"rail-speed": "quick"}, "not-a-number"),
        ({"rail-speed": None}, "not-a-number"),
        ({"rail-sped": 50}, "unknown-assumption"),
    ],
)
def test_an_absurd_assumption_is_refused(values, code):
    with pytest.raises(Refused) as refused:
        STATED.changed(values)
    assert refused.value.code == code


def test_an_assumption_set_back_is_not_changed():
    assert STATED.changed({"rail-speed": 40}).changed({"rail-speed": STATED.values["rail-speed"]}) == STATED
    assert STATED.changed({"port-hours": "0"}).changes == (("port-hours", 0.0),)


@pytest.mark.parametrize("year", [1500, 3000, "2030", 2030.0])
def test_a_year_out_of_reason_is_refused(year):
    with pytest.raises(Refused, match="wrong-year"):
        WhatIf(as_of_year=year)


def test_equal_changes_of_the_network_are_equal():
    assert WhatIf(closed=("node:poti", "crossing:X09", "node:poti")) == WhatIf(
        closed=("crossing:X09", "node:poti")
    )


def test_two_hundred_closed_links_are_answered():
    assert routes(ATLAS, "node:xian", "node:poti", STATED, WhatIf(closed=tuple(SEGMENTS[:200]))) == ()
