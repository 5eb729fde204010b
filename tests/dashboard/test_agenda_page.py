"""The agenda: its address, its form and its paper, as Python makes them."""

import re
import sys
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.council.agenda import (
    FAULTS,
    LONGEST_NOTE,
    LONGEST_QUERY,
    LONGEST_TITLE,
    MOST_ITEMS,
    MOST_VIEWS,
    Agenda,
    Fault,
    Item,
)
from dashboard.council.agenda_links import agenda_link
from dashboard.council.agenda_paper import paper
from dashboard.council.agenda_parts import agenda_finding, form, tools
from dashboard.council.agenda_views import Said, pages_to_choose, said_at
from dashboard.plain import trees
from dashboard.text import languages, speak
from tests.dashboard.test_barriers_page import NOT_MEANT, said

ENGLISH = speak("en")
ITEMS = ("project:P-001", "barrier:B33", "pair:UZ-SI/KZ-61", "view:/regions?metric=crossing_km")


@pytest.fixture
def page(site):
    return sys.modules["dashboard.pages.agenda"]


def made(atlas, *keys, **more):
    return Agenda.from_query({"i": list(keys), **more}, atlas)


def test_an_agenda_is_its_address(site, atlas):
    asked = made(atlas, *ITEMS, title="Second meeting", when="Samarkand", n2="Both railways, 50 % & more")
    assert [item.key for item in asked.items] == list(ITEMS)
    assert asked.items[1].note == "Both railways, 50 % & more"
    assert asked.faults == ()
    assert Agenda.from_query(asked.to_query(), atlas) == asked
    assert asked.to_query().startswith(
        "?title=Second+meeting&when=Samarkand&i=project:P-001&i=barrier:B33&n2="
    )


def test_the_buttons_move_and_drop_with_the_notes(site, atlas):
    def keys(do):
        found = made(atlas, *ITEMS, n2="stays with it", do=do)
        return [item.key for item in found.items], next(i.key for i in found.items if i.note or do == "drop2")

    a, b, c, d = ITEMS
    assert keys("up2") == ([b, a, c, d], b)
    assert keys("down2") == ([a, c, b, d], b)
    assert keys("drop1") == ([b, c, d], b)
    assert keys("drop2")[0] == [a, c, d]
    for nothing in ("up1", "down4", "up9", "drop0", "up-1", "<b>", "up2x"):
        assert keys(nothing) == (list(ITEMS), b)


def test_things_are_added_by_ticks_pairs_pages_and_addresses(site, atlas):
    found = made(
        atlas,
        ITEMS[0],
        add=["barrier:B40", "project:P-038"],
        pu="UZ-NW",
        pk="KZ-43",
        page="/trade",
        view="/routes?from=node:samarkand&to=node:poti&lang=ru",
    )
    assert [item.key for item in found.items[1:]] == [
        "barrier:B40",
        "project:P-038",
        "pair:UZ-NW/KZ-43",
        "view:/trade",
        "view:/routes?from=node:samarkand&to=node:poti",
    ]
    assert made(atlas, pu="UZ-NW").faults == (Fault("half-pair"),)
    assert made(atlas, ITEMS[0], add=ITEMS[0]).faults == (Fault("twice", ITEMS[0]),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "//evil.example/x",
        "/\\evil.example",
        "https://evil.example/regions",
        "https://evil.example\\@localhost/regions",
        "data:text/html,x",
        "http://[",
        "regions",
        "",
    ],
)
def test_only_addresses_of_the_atlas_are_views(site, atlas, address):
    with site.server.test_request_context("/council/agenda", base_url="http://localhost"):
        found = made(atlas, f"view:{address}")
    assert found.items == ()
    assert [fault.code for fault in found.faults] == ["foreign"]


def test_an_address_with_the_own_host_is_its_path(site, atlas):
    with site.server.test_request_context("/", base_url="https://atlas.example:8443"):
        found = made(atlas, view="https://atlas.example:8443/reach?measure=km&lang=kk#top")
        told = said(paper(found, atlas, ENGLISH))
    assert found.items == (Item("view:/reach?measure=km"),)
    assert "https://atlas.example:8443/reach?measure=km" in told


def test_unknown_things_are_named_and_the_rest_works(site, atlas):
    found = made(
        atlas, "project:P-999", ITEMS[0], "barrier:", "pair:KZ-61/UZ-SI", "view:/nowhere", "what", n2="mine"
    )
    assert found.items == (Item(ITEMS[0], "mine"),)
    assert [fault.code for fault in found.faults] == ["unknown", "unknown", "unknown", "no-page", "unknown"]
    told = " ".join(fault.told(ENGLISH) for fault in found.faults)
    assert "project:P-999" in told
    assert "/nowhere" in told


def test_hostile_texts_stay_texts_and_short(page, atlas):
    script = "<script>alert(1)</script>"
    turned = "abc\u202edef\u2066ghi\x00\x1b\u200f"
    told = said(page.layout(lang="en", i=ITEMS[0], title=script, when=turned, n1="x" * 10_000, evil=script))
    assert script in told  # a text of a tree: React writes it as text, never as markup
    assert "abcdefghi" in told
    assert not set("\u202e\u2066\u200f\x00\x1b") & set(told)
    asked = made(atlas, *ITEMS, title="t" * 10_000, n1="ж" * 10_000, n2="ж" * 10_000, n3="x" * 10_000)
    assert len(asked.title) == LONGEST_TITLE
    assert all(len(item.note) <= LONGEST_NOTE for item in asked.items)
    assert asked.length <= LONGEST_QUERY


def test_a_full_link_says_what_was_left_out(site, atlas):
    many = [f"project:{one}" for one in atlas.projects.index]
    found = made(atlas, *many[:20], **{f"n{n}": "ж" * 200 for n in range(1, 21)})
    assert found.length <= LONGEST_QUERY
    assert {fault.code for fault in found.faults} == {"full-note"}
    assert len(found.items) == 20
    assert f"{LONGEST_QUERY:,}" in found.faults[0].told(ENGLISH)
    over = made(atlas, *many)
    assert len(over.items) == MOST_ITEMS
    assert over.faults[0].code == "many"
    views = made(atlas, *(f"view:/regions/{one}" for one in atlas.regions.index[:12]))
    assert len(views.items) == MOST_VIEWS
    assert views.faults[0].code == "many-views"


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["i", "n1", "n2", "title", "when", "add", "view", "page", "pu", "pk", "do", "x"]),
        st.one_of(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=4)),
    )
)
def test_any_query_gives_an_agenda(site, atlas, query):
    found = Agenda.from_query(query, atlas)
    assert found.length <= LONGEST_QUERY
    assert Agenda.from_query(found.to_query(), atlas) == found
    assert all(fault.code in FAULTS for fault in found.faults)


@pytest.mark.parametrize("language", languages())
def test_the_paper_holds_published_facts_with_their_sources(site, atlas, language):
    words = speak(language)
    told = said(paper(made(atlas, *ITEMS, "project:P-003", title="Second meeting"), atlas, words))
    assert not NOT_MEANT.search(told)
    assert words.dollars(360_000_000) in told
    assert words.number(1175) in told
    assert words.text(atlas.barriers.loc["B33"], "severity_basis") in told
    assert re.search(r"11.000", told)  # loaded wagons in early December 2025
    assert words("not known to our sources") in told  # the value of P-003
    for source_id in (*atlas.projects.at["P-001", "source_ids"], *atlas.barriers.at["B33", "source_ids"]):
        assert atlas.sources.at[source_id, "title"] in told
        assert atlas.sources.at[source_id, "url"] in told
    assert "Trend News Agency" in told
    assert atlas.version in told


def test_the_paper_numbers_each_source_once_and_ends_with_the_disclaimer(site, atlas):
    tree = trees(paper(made(atlas, "project:P-001", "project:P-002", "project:P-038"), atlas, ENGLISH))[0]
    ids = {one for project in ("P-001", "P-002", "P-038") for one in atlas.projects.at[project, "source_ids"]}
    sources = next(part for part in tree[2:] if part[1].get("className") == "paper-sources")
    assert [item[1]["id"] for item in sources[2:]] == [f"source-{n}" for n in range(1, len(ids) + 1)]
    assert tree[-1][0] == "footer"
    assert "do not imply any opinion" in said(paper(made(atlas, ITEMS[0]), atlas, ENGLISH))


def test_the_paper_tells_what_the_network_makes_of_a_barrier_and_what_a_page_finds(site, atlas):
    told = said(paper(made(atlas, *ITEMS), atlas, ENGLISH))
    assert "76.5 hours of waiting" in told
    assert "263 get shorter" in told
    assert "905 million USD stated for 2 of them" in told
    assert "Most: Kostanay Region, 2,174 km" in told
    assert "Map of the regions: " in told


def test_a_missing_value_is_said_and_a_stated_total_named_so(site, atlas):
    told = said(paper(made(atlas, "project:A-2025-80"), atlas, ENGLISH))
    assert "Stated total of projects" in told
    assert "over 8 billion USD (lower bound of a total of several projects)" in told


def test_an_empty_agenda_explains_itself(page, atlas):
    told = said(page.layout(lang="en"))
    assert "The agenda is empty" in told
    assert "nothing is stored on the server" in told
    assert "The paper" not in told
    assert agenda_finding(Agenda(), ENGLISH).startswith("The agenda is empty")


def test_the_form_carries_the_agenda_and_its_first_button_only_writes(site, atlas):
    tree = form(made(atlas, *ITEMS, n1="mine"), atlas, ENGLISH).tree
    told = " ".join(said(tree).split())
    buttons = [one for one in flat(tree) if one[0] == "button"]
    assert "name" not in buttons[0][1]
    hidden = [one[1]["value"] for one in flat(tree) if one[1].get("name") == "i"]
    assert hidden == list(ITEMS)
    assert "Note on International Centre" in told
    ticks = [one[1] for one in flat(tree) if one[1].get("type") == "checkbox"]
    assert len(ticks) == len(atlas.projects) + len(atlas.barriers)
    assert sum(bool(one.get("disabled")) for one in ticks) == 2
    assert "3,600 characters" in said(tools(Agenda(), atlas, ENGLISH))


def flat(found):
    """Every element of trees."""
    for tree in found:
        if not isinstance(tree, str):
            yield tree
            yield from flat(tree[2:])


def test_every_page_of_the_list_has_a_heading_and_a_finding(site, atlas):
    chosen = [path for path, _ in pages_to_choose(ENGLISH)]
    assert "/regions" in chosen
    assert "/council/agenda" not in chosen
    for path in chosen:
        found = said_at(atlas, path, "en")
        assert found.heading, path
        assert found.finding, path
    assert said_at(atlas, "/pairs/UZ-SI/KZ-61", "en").heading == "Syrdarya Region – Turkistan Region"
    assert said_at(atlas, "/nowhere/at/all/of/it", "en") == Said()


def test_a_link_adds_one_thing(atlas):
    link = agenda_link("view:/trade?by=x&z=1", ENGLISH).to_plotly_json()["props"]
    assert (
        link["href"]
        == f"/council/agenda?{urlencode({'add': 'view:/trade?by=x&z=1', 'lang': 'en'}, safe=':/')}"
    )
    assert link["data-agenda"] == "view:/trade?by=x&z=1"
