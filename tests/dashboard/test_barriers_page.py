"""The register of barriers, as Python makes it."""

import re
import sys
import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.council import barriers as register
from dashboard.council.barrier_part import barrier_part
from dashboard.council.barriers import BarriersView, barriers_table, choose_form, finding
from dashboard.page_map import SCENES
from dashboard.plain import trees
from dashboard.routes.question import Question
from dashboard.text import languages, speak
from layers.barriers import THREAD, effect_of, effects

ENGLISH = speak("en")
NOT_MEANT = re.compile(r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\{\w+\}|\binf\b")
every_language = pytest.mark.parametrize("language", languages())


def strings(tree):
    """All texts of trees, and what their attributes say."""
    if isinstance(tree, str):
        return [tree]
    own = [str(value) for value in tree[1].values() if not isinstance(value, dict)]
    return own + [one for inner in tree[2:] for one in strings(inner)]


def said(component):
    return " ".join(one for tree in trees(component) for one in strings(tree))


@pytest.fixture(scope="module")
def settled(atlas):
    """The atlas, all effects computed."""
    effects(atlas)
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(timeout=60)
    return atlas


@pytest.fixture
def page(site):
    return sys.modules["dashboard.pages.barriers"]


@every_language
def test_every_barrier_is_told_in_every_language(site, settled, language):
    for barrier_id in settled.barriers.index:
        assert not NOT_MEANT.search(said(barrier_part.__wrapped__(settled, barrier_id, language)))
    assert not NOT_MEANT.search(said(barriers_table(settled, BarriersView(), speak(language))))


@pytest.mark.parametrize(
    ("barrier_id", "measured", "publisher"),
    [
        ("B33", "About 11,000 loaded wagons waited in early December 2025", "Vecherny Bishkek"),
        ("B01", "average rail border crossing in Kazakhstan 69.7 hours in 2023", "CAREC"),
        ("B36", "Waits of more than 24 hours in June 2025", ""),
        ("B40", "Detour of 1,330 km instead of about 330 km", ""),
        ("B35", "Reopening set for 31 July 2026; no source confirms that it happened", "Trans.ru"),
    ],
)
def test_what_was_measured_stands_with_its_sources(site, settled, barrier_id, measured, publisher):
    told = said(barrier_part(settled, barrier_id, "en"))
    assert measured in told
    assert publisher in told
    for source_id in settled.barriers.at[barrier_id, "source_ids"]:
        assert settled.sources.at[source_id, "title"] in told
        assert settled.sources.at[source_id, "url"] in told


def test_the_table_holds_all_barriers_and_its_effects_sort(site, settled):
    rows = barriers_table(settled, BarriersView(), ENGLISH).tree[0][2][-1][2:]
    assert len(rows) == 44
    values = [row[-1][1]["data-value"] for row in rows]
    assert values.count("") == 19  # what the network cannot tell comes last
    assert max(int(value) for value in values if value) == len(effect_of(settled, "B33").ways)


def test_the_finding_counts_the_kinds_and_names_the_costliest(site, settled):
    told = finding(BarriersView(), settled, ENGLISH)
    assert told.startswith("44 barriers on 14 corridors: capacity 10, gauge break 9, missing link 7")
    assert "335 of 481, get shorter without B33, Saryagash (capacity)" in told
    assert finding(BarriersView(kind="tariff", country="KAZ"), settled, ENGLISH).startswith("No barrier")


def test_before_all_is_computed_the_table_says_so(site, settled, monkeypatch):
    monkeypatch.setattr(register, "effects", lambda atlas: {})
    told = said(barriers_table(settled, BarriersView(), ENGLISH))
    assert "is being computed" in told
    assert finding(BarriersView(), settled, ENGLISH).endswith("tariffs 2.")


def test_filters_leave_their_own(atlas):
    assert set(BarriersView(kind="gauge-break").barriers(atlas)["kind"]) == {"gauge-break"}
    own = BarriersView(corridor_id="north-south").barriers(atlas)
    assert {"north-south-west", "north-south-east", "north-south"} <= set(own["corridor_id"])
    kazakh = BarriersView(country="KAZ").barriers(atlas)
    assert set(kazakh["node_id"].map(atlas.nodes["country_iso3"])) == {"KAZ"}
    assert set(BarriersView(country="none").barriers(atlas)["node_id"]) == {""}
    assert "capacity (10)" in said(choose_form(BarriersView(), atlas, ENGLISH))


def test_a_view_is_its_address(atlas):
    view = BarriersView("kz-uz-links", "capacity", "KAZ", "B33")
    assert BarriersView.from_query(view.to_query(), atlas) == view
    strange = {"kind": "x", "barrier": "<b>", "colour": "red", "corridor": ["a", "btk"], "country": ""}
    found = BarriersView.from_query(strange, atlas)
    assert found == BarriersView("btk")
    assert found.ignored == ("kind=x", "barrier=<b>", "colour=red")


def test_the_links_to_the_routes_carry_the_same_change(site, settled):
    hrefs = re.findall(r"/routes\?\S+", said(barrier_part(settled, "B40", "en")))
    assert hrefs
    opened = effect_of(settled, "B40").removal.opened
    for href in hrefs:
        query = parse_qs(urlsplit(href).query)
        assert tuple(query["opened"][0].split(",")) == opened
        asked = Question.from_query(query, settled)
        assert asked.problem is None
        assert asked.notes == ()
    top = effect_of(settled, "B40").of("pair").iloc[0]
    asked = Question.from_query(parse_qs(urlsplit(hrefs[0]).query), settled)
    assert asked.routes(settled)[0].hours == pytest.approx(top["after"])


def test_where_the_network_cannot_tell_it_says_so(site, settled):
    assert "it knows no sanctions" in said(barrier_part(settled, "B17", "en"))
    assert "it knows hours, not prices" in said(barrier_part(settled, "B43", "en"))
    assert "averages of the two countries, not measured here" in said(barrier_part(settled, "B33", "en"))


def test_projects_and_sites_behind_it_come_with_the_rule(site, settled):
    told = said(barrier_part(settled, "B33", "en"))
    assert "Rail border capacity: 60 Mt programme" in told
    assert "sites within 50 km" in told
    assert "is not stated by our sources" in told


def test_the_map_lights_up_the_places_or_what_would_open(site, settled):
    lit = SCENES["barriers"](settled, "?kind=gauge-break").selected
    assert "node:dostyk" in lit
    opened = SCENES["barriers"](settled, "?barrier=B40").selected
    assert "segment:SEG-334" in opened
    assert SCENES["barriers"](settled, "?barrier=B05").selected[0].startswith("segment:")
    assert SCENES["barriers"](settled, "?kind=tariff&country=KAZ").selected == ()


def test_the_page_stands_for_any_query_and_for_no_barriers(page, settled):
    told = said(page.layout(lang="en", barrier="B33", colour="red"))
    assert "colour=red" in told
    assert "Add to the agenda" in told
    assert "All barriers of this choice" in told
    empty = replace(settled, barriers=settled.barriers.iloc[:0])
    assert "No barrier" in finding(BarriersView(), empty, ENGLISH)
    assert "No barrier" in said(barriers_table(empty, BarriersView(), ENGLISH))
