"""The pages of routes and of reach: their questions, answers, refusals, links and words."""

import itertools
import json
import re
import sys
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import plotly
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import page_map
from dashboard.figures import marks as m
from dashboard.figures.class_words import class_words
from dashboard.plain import Plain, trees
from dashboard.routes import told
from dashboard.routes.absent import corrected
from dashboard.routes.conditions import MOST_LINKS, Conditions, given_of
from dashboard.routes.countries import in_order, km_by_country
from dashboard.routes.places import nearest_places, place_groups, place_key
from dashboard.routes.question import Question
from dashboard.routes.reach_parts import PRESETS
from dashboard.routes.reaching import ReachQuestion
from dashboard.routes.refusals import TEXTS
from dashboard.routes.refusals import told as refusal_told
from dashboard.routes.scenes import OTHER_COLOUR, ROUTE_COLOURS
from dashboard.text import languages, speak
from layers.metrics import Metric, no_sources, undated
from layers.network import CAUSES, Refused
from layers.ways import bands

EN = speak("en")
LARGEST_ANSWER = 150_000
POTI = "?from=node:samarkand&to=node:poti"
CKU = "?gateways=china&measure=km&opened=corridor:cku"

junk = st.text(max_size=30)
names = st.sampled_from(
    [
        *("from", "to", "via", "by", "route", "gateways", "measure", "view", "zzz", "year", "planned"),
        *("closed", "opened", "close", "open", "a.rail-speed", "a.nothing", "a."),
    ]
)
values = junk | st.sampled_from(
    ["node:poti", "region:UZ-SA", "crossing:X09", "-1", "1e400", "nan", "2030", "node:", "segment:SEG-051"]
)


@pytest.fixture
def routes_page(site):
    """The module of the page; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.routes"]


@pytest.fixture
def reach_page(site):
    return sys.modules["dashboard.pages.reach"]


def elements(contents):
    """Every element of what a component may hold as [tag, attributes, contents …]."""
    for tree in trees(contents):
        if not isinstance(tree, str):
            yield tree
            yield from elements(Plain.of(tree[2:]))


def text_of(contents):
    """All the text of what a component may hold."""
    return " ".join(
        tree if isinstance(tree, str) else text_of(Plain.of(tree[2:])) for tree in trees(contents)
    )


def links_of(contents):
    return [one[1]["href"] for one in elements(contents) if one[0] == "a" and "data-ask" in one[1]]


def bytes_of(component):
    return len(json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False).encode())


# Questions


def test_without_a_query_the_way_from_samarkand_to_poti_is_asked(atlas):
    asked = Question.from_query({}, atlas)
    assert (asked.start, asked.goal) == ("node:samarkand", "node:poti")
    assert asked.to_query() == POTI
    assert asked.problem is None and not asked.notes


@pytest.mark.parametrize(
    "query",
    [
        POTI,
        "?from=region:UZ-SU&to=node:karachi&via=node:mary&via=node:herat&by=borders&route=2",
        f"{POTI}&closed=crossing:X09,node:aktau_port&opened=corridor:cku&year=2030&planned=1&a.rail-speed=40",
    ],
)
def test_a_question_survives_its_own_address(atlas, query):
    asked = Question.from_query(query, atlas)
    assert not asked.notes and not asked.ignored and asked.problem is None
    assert Question.from_query(asked.to_query(), atlas) == asked
    assert asked.to_query() == query


def test_one_more_link_to_close_joins_those_that_are(atlas):
    asked = Question.from_query(f"{POTI}&closed=node:aktau_port&close=node:kuryk_port", atlas)
    assert asked.conditions.closed == ("node:aktau_port", "node:kuryk_port")


def test_places_are_found_by_their_names_in_any_language(atlas):
    assert place_key(atlas, "Poti") == place_key(atlas, "Поти") == "node:poti"
    with pytest.raises(Refused, match="unknown-place"):
        place_key(atlas, "Atlantis")


def test_the_nearest_names_to_a_wrong_one_lead_to_the_question_put_right(atlas):
    assert "node:samarkand" in nearest_places(atlas, "Samarkqand")
    assert "node:samarkand" in nearest_places(atlas, "node:samarkant")
    asked = Question.from_query("?from=Samarkqand&to=node:poti&by=distance", atlas)
    assert asked.problem.code == "unknown-place"
    mended = corrected(asked, given_of("?from=Samarkqand&to=node:poti&by=distance"), atlas, EN)
    query = urlsplit(mended["node:samarkand"]).query
    assert "from=node:samarkand&to=node:poti&by=distance" in query


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?from=node:poti&to=node:poti", "same-place"),
        ("?from=node:poti&to=node:samarkand&via=node:poti", "same-place"),
        ("?from=node:atlantis", "unknown-place"),
        ("?from=node:cas_mid", "unknown-place"),  # a shape point at sea
        (f"{POTI}&via=node:mary&via=node:herat&via=node:beyneu", "too-many-vias"),
        ("?closed=" + ",".join(f"segment:SEG-{n:03}" for n in range(200)), "too-many-links"),
    ],
)
def test_questions_without_sense_are_refused_in_words(routes_page, atlas, query, code):
    asked = Question.from_query(query, atlas)
    assert asked.problem.code == code
    for language in languages():
        said = text_of(routes_page.layout(lang=language, **given_of(query)))
        assert refusal_told(asked.problem, atlas, speak(language)) in said


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("closed=node:nowhere", "unknown-link"),
        ("opened=node:poti", "unknown-link"),
        ("by=beauty", "unknown-criterion"),
        ("year=soon", "wrong-year"),
        ("year=99999999999999", "wrong-year"),
        ("a.rail-speed=-5", "out-of-range"),
        ("a.rail-speed=fast", "not-a-number"),
        ("a.rail-speed=inf", "not-a-number"),
        ("a.luck=7", "unknown-assumption"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(routes_page, atlas, part, code):
    asked = Question.from_query(f"{POTI}&{part}", atlas)
    assert [refused.code for refused in asked.notes] == [code]
    assert asked == Question.from_query(POTI, atlas)
    shown = text_of(routes_page.answer(atlas, asked, POTI, "en"))
    assert refusal_told(asked.notes[0], atlas, EN) in shown
    assert "4 ways" in shown


def test_every_refusal_has_words_and_no_place_is_left_unfilled(atlas):
    parts = {"key": "node:poti", "count": 9, "most": 5.5, "least": 1, "value": -2, "year": 3, "measure": "x"}
    parts |= {"assumption_id": "rail-speed", "criterion": "x"}
    for code, language in itertools.product(TEXTS, languages()):
        said = refusal_told(Refused(code, **parts), atlas, speak(language))
        assert said and "{" not in said


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(names, values | st.lists(values, max_size=3), max_size=6))
def test_no_query_is_an_error(atlas, query):
    for kind in (Question, ReachQuestion):
        asked = kind.from_query(query, atlas)
        if asked.problem is None:
            assert kind.from_query(asked.to_query(), atlas) == asked
        else:
            assert refusal_told(asked.problem, atlas, EN)
        assert all(refusal_told(note, atlas, EN) for note in asked.notes)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(names, values, max_size=4))
def test_no_query_breaks_a_page(routes_page, reach_page, query):
    for page in (routes_page, reach_page):
        assert text_of(page.layout(lang="en", **query))


def test_links_are_closed_once_and_taken_back(atlas):
    start = Conditions(opened=("segment:SEG-051",), year=2030)
    closed = start.toggled("closed", "segment:SEG-051")
    assert closed == Conditions(closed=("segment:SEG-051",), year=2030)
    assert closed.toggled("closed", "segment:SEG-051") == Conditions(year=2030)
    assert len({f"node:{one}" for one in atlas.nodes.index}) > MOST_LINKS


# Answers


def test_totals_of_the_cards_add_up(atlas):
    sites = [f"site:{one}" for one in atlas.sites.index[:4]]
    for start, goal in [("node:samarkand", "node:poti"), *((one, "node:bandar_abbas") for one in sites)]:
        found = Question(start, goal).routes(atlas)
        assert found
        for route in found:
            assert sum(route.hours_by_cause.values()) == pytest.approx(route.hours)
            assert set(route.hours_by_cause) <= set(told.CAUSES) == set(CAUSES)
            assert sum(route.km_by_mode.values()) == pytest.approx(route.km)
            by_country = km_by_country(route)
            assert sum(by_country.values()) == pytest.approx(route.km)
            assert by_country == pytest.approx(route.km_by_country)
            assert list(by_country) == list(route.km_by_country)
            along = [code for code in bands(route.way, "country_iso3")["value"] if code]
            assert in_order(route) == [code for code, _ in itertools.groupby(along)]


def test_the_answer_tells_the_best_of_four_ways_with_figures_of_the_route(routes_page, atlas):
    asked = Question.from_query(POTI, atlas)
    found = asked.routes(atlas)
    assert len(found) == 4
    shown = routes_page.answer(atlas, asked, POTI, "en")
    text = text_of(shown)
    assert f"Samarkand – Poti takes about {found[0].hours / 24:.1f} days by the fastest of 4 ways" in text
    assert f"{found[0].km:,.0f} km" in text
    ways = routes_page.shown_ways(atlas, asked, "en")
    assert "no year of opening in our sources and count as always open" in text_of(ways)
    cards = [one for one in elements(ways) if "route-card" in one[1].get("className", "").split()]
    assert len(cards) == 4
    for route, card in zip(found, cards, strict=True):
        assert card[1]["data-light"].split() == [f"segment:{one}" for one in route.segment_ids]
    assert "What the changes do" not in text


def test_closing_a_port_shows_before_and_after(routes_page, atlas):
    asked = Question.from_query(f"{POTI}&closed=node:turkmenbashi", atlas)
    text = text_of(routes_page.answer(atlas, asked, "", "en"))
    assert "Closed: “Turkmenbashi" in text
    assert "not among them" in text and "What the changes do, computed" in text
    before, after = asked.before(atlas), asked.routes(atlas)
    gone = set(before[1].segment_ids) | set(before[0].segment_ids)
    assert not any(set(route.segment_ids) == gone for route in after)
    assert all("turkmenbashi" not in (move.from_node, move.to_node) for one in after for move in one.moves)


def test_changed_assumptions_stay_on_both_sides_of_the_comparison(atlas):
    asked = Question.from_query(f"{POTI}&closed=node:turkmenbashi&a.rail-speed=20", atlas)
    as_stated = Question.from_query(POTI, atlas).routes(atlas)
    assert asked.before(atlas)[0].hours > as_stated[0].hours
    assert not Question.from_query(f"{POTI}&a.rail-speed=20", atlas).conditions.changes_network


def test_no_route_names_what_would_join_the_places_and_its_link_does(routes_page, atlas):
    asked = Question.from_query("?from=region:UZ-SU&to=node:karachi", atlas)
    assert asked.routes(atlas) == ()
    shown = routes_page.answer(atlas, asked, "", "en")
    assert "No way leads from Surkhandarya Region to Karachi" in text_of(shown)
    opening = [Question.from_query(urlsplit(href).query, atlas) for href in links_of(shown)]
    assert opening and all(one.conditions.opened for one in opening)
    assert opening[0].routes(atlas)


def test_no_route_names_what_is_closed_and_reopens_it(routes_page, atlas):
    ports = atlas.nodes.index[atlas.nodes["kind"].eq("port")]
    asked = Question.from_query("?from=node:samarkand&to=node:constanta&closed=node:constanta", atlas)
    assert "constanta" in ports and not asked.routes(atlas)
    shown = routes_page.answer(atlas, asked, "", "en")
    assert "What is closed cuts it" in text_of(shown)
    reopened = [Question.from_query(urlsplit(href).query, atlas) for href in links_of(shown)]
    assert Question.from_query("?from=node:samarkand&to=node:constanta", atlas) in reopened
    assert not any(one.notes for one in reopened)


def test_every_line_of_the_way_can_be_closed_by_its_link(routes_page, atlas):
    asked = Question.from_query(f"{POTI}&route=2", atlas)
    route = asked.shown(atlas)
    assert route is asked.routes(atlas)[1]
    links = [
        Question.from_query(urlsplit(href).query, atlas)
        for href in links_of(routes_page.shown_lines(atlas, asked, "en"))
    ]
    closed = {key for one in links for key in one.conditions.closed}
    assert {f"segment:{one}" for one in route.segment_ids} <= closed
    assert not any(note for one in links for note in one.notes)
    assert all(one.goal == "node:poti" and one.chosen == 1 for one in links)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "query", [POTI, f"{POTI}&planned=1&closed=node:turkmenbashi&year=2031&a.port-hours=9"]
)
def test_the_page_of_routes_speaks_and_shows_nothing_missing(routes_page, language, query):
    words = speak(language)
    shown = routes_page.layout(lang=language, **given_of(query))
    text = text_of(shown)
    assert not re.search(r"\bnan\b|<NA>|\bNone\b|\{\w*\}", text)
    assert words("Find ways") in text and words("Assumptions") in text
    assert text.count(words("Show this way")) == 3


def test_the_form_holds_every_place_and_every_assumption(routes_page, atlas):
    shown = routes_page.question_form(Question.from_query(f"{POTI}&a.port-hours=9", atlas), atlas, EN)
    options = {one[1]["value"] for one in elements(shown) if one[0] == "option"}
    assert {f"region:{one}" for one in atlas.regions.index} <= options
    assert {f"site:{one}" for one in atlas.sites.index} <= options
    keys = [key for _, group in place_groups(atlas, "en") for key, _ in group]
    assert (
        len(keys)
        == len(set(keys))
        == len(atlas.regions) + len(atlas.sites) + atlas.nodes["kind"].ne("shape").sum()
    )
    fields = {one[1]["name"]: one[1] for one in elements(shown) if one[0] == "input" and "name" in one[1]}
    assert {f"a.{one}" for one in atlas.assumptions.index} <= set(fields)
    assert fields["a.port-hours"]["defaultValue"] == "9" != fields["a.port-hours"]["data-default"]
    changed = [one for one in elements(shown) if one[0] == "tr" and one[1].get("className") == "changed"]
    assert len(changed) == 1 and "changed, stated 30" in text_of(Plain.of(changed))


def test_the_map_shows_each_way_in_its_colour_and_the_rest_grey(atlas):
    asked = Question.from_query(f"{POTI}&route=3", atlas)
    scene = page_map.made(atlas, page_map.scene("routes", asked.to_query(), EN))
    found = asked.routes(atlas)
    colour = scene.marks.lines["colour"]
    assert set(colour[list(found[2].segment_ids)]) == {ROUTE_COLOURS[2]}
    used = {one for route in found for one in route.segment_ids}
    assert set(colour[~colour.index.isin(used)]) == {OTHER_COLOUR}
    assert {f"segment:{one}" for one in found[2].segment_ids} <= set(scene.selected)
    assert not set(ROUTE_COLOURS) & set(m.GROUP_COLOURS.values())


@pytest.mark.parametrize("query", ["?from=node:atlantis", "?from=region:UZ-SU&to=node:karachi"])
def test_a_question_without_an_answer_has_a_map_and_an_empty_strip(routes_page, atlas, query):
    scene = page_map.made(atlas, page_map.scene("routes", query, EN))
    assert set(scene.marks.lines["colour"]) == {OTHER_COLOUR}
    figure = routes_page.route_strip(atlas, query, EN, 1200, False)
    assert figure["data"] == []


def test_figures_of_a_route_stay_small(routes_page, atlas):
    figure = page_map._figure("screen", page_map.scene("routes", POTI, EN))
    strip = routes_page.route_strip(atlas, POTI, EN, 1200, False)
    assert bytes_of(figure) + bytes_of(strip) < LARGEST_ANSWER


# Reach


def test_reach_opens_with_hours_to_sea_ports_and_one_map(reach_page, atlas):
    asked = ReachQuestion.from_query({}, atlas)
    assert (asked.gateways, asked.measure, asked.view) == ("sea-ports", "hours", "before")
    shown = reach_page.layout(lang="en")
    assert "The way to a sea port is shortest from" in text_of(shown)
    assert not [one for one in elements(shown) if one[1].get("className") == "reach-views"]


def test_opening_cku_brings_andijan_closer_to_china_by_what_the_table_says(reach_page, atlas):
    asked = ReachQuestion.from_query(CKU, atlas)
    changes = asked.changes(atlas)
    assert changes.index[0] == "UZ-AN"
    km = round(changes["before"].iloc[0]) - round(changes["after"].iloc[0])
    said = text_of(reach_page.answer(atlas, asked, "en"))
    assert f"brings Andijan Region {km:,} km closer to the border of China" in said
    assert f"{changes['kind'].eq('nearer').sum()} regions come nearer." in said
    rows = [one for one in elements(reach_page.table(atlas, asked, "en")) if one[0] == "tr"]
    assert len(rows) == 1 + len(atlas.regions)
    assert f"−{km:,}" in text_of(Plain.of([rows[1]]))


def test_the_three_maps_show_before_after_and_their_difference(atlas):
    shown = {}
    for view in ("before", "after", "difference"):
        asked = ReachQuestion.from_query(f"{CKU}&view={view}", atlas)
        assert asked.view == view and ReachQuestion.from_query(asked.to_query(), atlas) == asked
        shown[view] = page_map.made(atlas, page_map.scene("reach", asked.to_query(), EN)).marks.regions
    values = {view: marks.values for view, marks in shown.items()}
    assert (values["after"] - values["before"]).equals(values["difference"])
    assert shown["before"].metric.form == "rate" and 4 <= len(shown["before"].colours) <= 7
    assert shown["difference"].metric.form == "difference"
    assert m.SAME_SHADE in shown["difference"].colours


def test_regions_without_a_way_are_said_and_not_shaded(reach_page, atlas):
    query = "?gateways=node:karachi&measure=km"
    scene = page_map.made(atlas, page_map.scene("reach", query, EN))
    assert (scene.marks.regions.class_of < 0).all()
    assert "No region has a way to Karachi" in text_of(reach_page.layout(lang="en", **given_of(query)))
    joined = ReachQuestion.from_query(f"{query}&opened=corridor:trans-afghan-west", atlas)
    assert "gets a way" in text_of(reach_page.table(atlas, joined, "en"))
    said = text_of(reach_page.answer(atlas, joined, "en"))
    assert re.search(r"gives .+ a way to Karachi \(.+ km, computed\)", said)


def test_a_change_that_changes_nothing_says_so(reach_page, atlas):
    asked = ReachQuestion.from_query("?gateways=china&closed=node:poti", atlas)
    assert asked.changes(atlas)["kind"].eq("same").all()
    said = text_of(reach_page.answer(atlas, asked, "en"))
    assert "Closing “Poti” makes the way to the border of China longer for no region." in said


def test_questions_ready_made_can_all_be_asked(reach_page, atlas):
    links = links_of(reach_page.presets("reach-asked", atlas, EN))
    assert len(links) == len(PRESETS)
    for href in links:
        asked = ReachQuestion.from_query(urlsplit(href).query, atlas)
        assert asked.problem is None and not asked.notes and asked.conditions.changes_network


@pytest.mark.parametrize("query", ["?gateways=moon", "?gateways=node:cas_mid", "?measure=parsecs"])
def test_unknown_gateways_and_measures_are_said(reach_page, atlas, query):
    for language in languages():
        asked = ReachQuestion.from_query(query, atlas)
        refused = asked.problem or asked.notes[0]
        shown = reach_page.layout(lang=language, **given_of(query))
        assert refusal_told(refused, atlas, speak(language)) in text_of(shown)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "query", ["", CKU, "?gateways=node:poti&closed=node:turkmenbashi&planned=1&view=after"]
)
def test_the_page_of_reach_speaks_and_shows_nothing_missing(reach_page, language, query):
    text = text_of(reach_page.layout(lang=language, **given_of(query)))
    assert not re.search(r"\bnan\b|<NA>|\bNone\b|\{\w*\}", text)
    assert speak(language)("Show the reach") in text


# The shading of differences


def shaded(atlas, numbers):
    """Marks of differences of the first regions."""
    values = pd.Series(numbers, atlas.regions.index[: len(numbers)], dtype=float)
    found = Metric("x", "x", "km", "difference", lambda _: values, no_sources, undated)
    return m.region_marks(atlas, found)


def test_less_and_more_have_their_own_shades_on_both_sides_of_no_change(atlas):
    marks = shaded(atlas, [-900, -400, -20, 0, 30, 500, np.nan])
    assert len(marks.colours) == len(set(marks.colours)) == len(marks.breaks) + 1
    level = marks.class_of.iloc[:7].to_list()
    assert level[:6] == sorted(level[:6]) and level[6] == -1
    assert marks.colours[level[3]] == m.SAME_SHADE
    assert set(marks.colours[: level[3]]) <= set(m.LESS_SHADES)
    assert set(marks.colours[level[3] + 1 :]) <= set(m.MORE_SHADES)
    texts = class_words(marks, EN)
    assert len(texts) == len(marks.colours) and texts[level[3]] == "no change"
    assert texts[0].endswith("less") and texts[-1].endswith("more")


@pytest.mark.parametrize("numbers", [[], [0, 0], [np.nan], [-3], [4, 4, 4], [-1, 0.01]])
def test_few_differences_have_few_shades(atlas, numbers):
    marks = shaded(atlas, numbers)
    assert m.SAME_SHADE in marks.colours
    assert len(class_words(marks, EN)) == len(marks.colours) == len(marks.breaks) + 1
    assert marks.class_of.max() < len(marks.colours)


@pytest.mark.parametrize("query", [POTI, "?from=node:samarkand&to=node:samarkand", "?from=x&to=y"])
def test_the_map_is_told_by_a_sentence_also_where_there_is_no_way(routes_page, atlas, query):
    asked = Question.from_query(query, atlas)
    assert json.dumps(routes_page.answer(atlas, asked, query, "en").tree).count('"page-finding"') == 1
