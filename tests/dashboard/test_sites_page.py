"""The page of all sites and the page of each one."""

import base64
import dataclasses
import json
import re
import sys

import dash
import numpy as np
import plotly
import pytest
from dash import html

import layers
from dashboard import cards
from dashboard.plain import Plain, trees
from dashboard.sites import bars, facts, grid, links, panel, rows, scenes, surroundings, told
from dashboard.sites.view import READ_ELSEWHERE, SitesView, offered
from dashboard.text import languages, speak
from layers import nearby
from layers.network import routes as network_routes
from layers.site_choice import ANY, CHOICES, SiteChoice, counts, fitting
from tests.bench.big import Size, write_folder

MANY = 10_000
LARGEST_ANSWER = 20_000


@pytest.fixture
def pages(site):
    """The modules of both pages; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.sites"], sys.modules["dashboard.pages.site"]


@pytest.fixture(scope="module")
def many(data_folder, tmp_path_factory) -> layers.Atlas:
    """An atlas of ten thousand sites."""
    folder = tmp_path_factory.mktemp("many") / "geodata"
    write_folder(data_folder, folder, Size(sites=MANY, regions=0, vertices=0, segments=0))
    return layers.load(folder)


@pytest.fixture
def english():
    return speak("en")


def as_json(component):
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def elements(contents):
    """Every element of what a component may hold as [tag, attributes, contents …], outer ones first."""
    waiting = [tree for tree in trees(contents) if not isinstance(tree, str)]
    while waiting:
        tree = waiting.pop(0)
        yield tree
        waiting = [one for one in tree[2:] if not isinstance(one, str)] + waiting


def text_of(contents):
    """All the text of what a component may hold."""
    found = trees(contents)
    return "".join(one if isinstance(one, str) else text_of(Plain.of(one[2:])) for one in found)


def addresses(contents):
    return [one[1]["href"] for one in elements(contents) if one[0] == "a"]


def unpacked(text, count):
    """Which of so many rows fit, as the browser reads it."""
    if text is None:
        return np.ones(count, dtype=bool)
    return np.unpackbits(np.frombuffer(base64.b64decode(text), dtype=np.uint8))[:count].astype(bool)


def answer(client, trigger, **values):
    """The answer of the server to a change on the page of sites: its bytes, and what it holds."""
    listed = client.get("/_dash-dependencies").json
    (callback,) = [one for one in listed if one["output"].startswith("..sites-view.data")]
    known = {
        "sites-view.data": {"query": "", "lang": "en", "is_new": False},
        "page-renderer.data": "screen",
        "sites-filter-within_km.value": 25,
    } | values

    def filled(part):
        if isinstance(part, list):
            return [filled(one) for one in part]
        empty = [] if part["id"].startswith("sites-filter-") else None
        return part | {"value": known.get(f"{part['id']}.{part['property']}", empty)}

    outputs = [one.rpartition(".") for one in callback["output"].strip(".").split("...")]
    body = {
        "output": callback["output"],
        "outputs": [{"id": name, "property": prop} for name, _, prop in outputs],
        "inputs": [filled(one) for one in callback["inputs"]],
        "state": [filled(one) for one in callback["state"]],
        "changedPropIds": [trigger],
    }
    got = client.post("/_dash-update-component", json=body)
    return len(got.data), got.json["response"] if got.status_code == 200 else {}


# The view and its address


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?country=UZB&kind=sez,plant",
        "?sector=food&corridor=any,cku&within=50",
        "?region=UZ-SI&status=operating&crossing=X05&investment=stated&show=site:J-003",
    ],
)
def test_a_view_survives_its_address(atlas, query):
    view = SitesView.from_query(query, atlas)
    assert view.to_query() == query
    assert SitesView.from_query(view.to_query(), atlas) == view
    assert view.ignored == ()


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("?kind=castle", "kind=castle"),
        ("?within=7", "within=7"),
        ("?corridor=silk", "corridor=silk"),
        ("?show=site:J-999", "show=site:J-999"),
        ("?nonsense=1", "nonsense=1"),
    ],
)
def test_what_means_nothing_is_left_out_and_named(atlas, english, pages, query, ignored):
    view = SitesView.from_query(query, atlas)
    assert view == SitesView()
    assert view.ignored == (ignored,)
    assert ignored in text_of(pages[0]._note(view, english))


def test_other_parts_of_an_address_are_read_elsewhere(atlas):
    assert SitesView.from_query({name: "x" for name in READ_ELSEWHERE}, atlas).ignored == ()


def test_a_value_is_added_and_given_up(atlas):
    view = SitesView().toggled("sectors", "textiles", atlas).toggled("sectors", "food", atlas)
    assert view.choice.sectors == ("food", "textiles")
    assert view.toggled("sectors", "food", atlas).choice.sectors == ("textiles",)
    assert view.toggled("sectors", "castles", atlas) == view
    assert view.toggled("castles", "food", atlas) == view


# The page


@pytest.mark.parametrize("language", languages())
def test_the_page_counts_every_option(atlas, pages, language):
    layout = pages[0].layout(lang=language)
    told_options = {
        component.id: component.options
        for component in layout._traverse()
        if str(getattr(component, "id", "")).startswith("sites-filter-")
    }
    left = counts(atlas, SiteChoice())
    for name in CHOICES:
        options = told_options[f"sites-filter-{name}"]
        assert [option["value"] for option in options] == list(offered(atlas)[name])
        for option in options:
            assert option["label"].endswith(f"· {left[name][option['value']]}")
            assert not re.search(r"nan|None", option["label"])


def test_the_finding_counts_sites_and_vague_places(atlas, english):
    vague = int(atlas.sites["location_precision"].eq("region-centre").sum())
    assert told.sites_finding(atlas.sites, atlas, english).startswith(f"{len(atlas.sites)} sites of ")
    assert f"The places of {vague} are known" in told.sites_finding(atlas.sites, atlas, english)
    assert "No site fits" in told.sites_finding(atlas.sites.iloc[:0], atlas, english)


def test_a_bar_for_each_status_and_sector_with_its_count(atlas, english):
    choice = SiteChoice(sectors=("food",), countries=("UZB",))
    left = counts(atlas, choice)
    found = [one for one in elements(bars.bar_charts(choice, atlas, english)) if "data-site-filter" in one[1]]
    assert {(one[1]["data-site-filter"], one[1]["data-site-value"]) for one in found} == {
        (name, value) for name in bars.CHARTS for value in offered(atlas)[name]
    }
    for one in found:
        n = left[one[1]["data-site-filter"]][one[1]["data-site-value"]]
        assert text_of(Plain.of(one[2:])).endswith(str(n))
        assert one[1]["aria-pressed"] == str(one[1]["data-site-value"] == "food").lower()
        assert bool(one[1].get("disabled")) == (n == 0)


def test_a_chip_for_each_chosen_value(atlas, english):
    view = SitesView.from_query("?kind=sez&corridor=any&crossing=X05", atlas)
    chips = [one[1] for one in elements(panel.site_chips(view, atlas, english)) if one[0] == "button"]
    assert [(one["data-site-filter"], one["data-site-value"]) for one in chips] == view.active()
    assert not list(elements(panel.site_chips(SitesView(), atlas, english)))[1:]


def test_controls_say_what_the_view_says(atlas):
    view = SitesView.from_query("?kind=sez&sector=food,metals&within=100", atlas)
    assert panel.view_of(panel.control_values(view), SitesView(), atlas) == view
    senseless = [None, ["moon"], ["sez", 7], [], [], [], [], [], "far"]
    assert panel.view_of(senseless, view, atlas).choice == SiteChoice(kinds=("sez",), within_km=100)


def test_the_map_opens_on_the_sites_that_fit(atlas):
    fits = fitting(atlas, SiteChoice(kinds=("dry-port",)))
    scene = scenes.many_sites(atlas, "?kind=dry-port&show=site:J-003")
    assert list(scene.marks.sites.index) == list(atlas.sites.index[fits])
    assert not scene.marks.has_all_sites
    assert scene.selected == ("site:J-003",)
    assert scenes.many_sites(atlas, "").marks.has_all_sites


def test_a_map_of_a_site_holds_what_lies_around_it(atlas):
    west, south, east, north = scenes.one_site(atlas, "J-001").home
    site = atlas.sites.geometry["J-001"]
    assert west < site.x < east
    assert south < site.y < north
    near = nearby.nearest_things(atlas).loc["J-001"]
    crossing = atlas.crossings.geometry[near["open_crossing"]]
    assert west < crossing.x < east
    assert south < crossing.y < north


# The answer to a filter


def test_a_filter_sends_a_bit_a_site(client, atlas):
    size, got = answer(client, "sites-filter-kinds.value", **{"sites-filter-kinds.value": ["sez"]})
    fits = unpacked(got["sites-fit"]["data"]["fits"], len(atlas.sites))
    assert list(atlas.sites.index[fits]) == list(atlas.sites.index[atlas.sites["kind"].eq("sez")])
    assert got["sites-view"]["data"] == {"query": "?kind=sez", "lang": "en", "is_new": True}
    assert f"{fits.sum()} sites of 111" in got["sites-finding"]["children"]
    assert "scene" not in got
    assert size < LARGEST_ANSWER


def test_a_bar_chooses_what_it_counts_and_sets_the_control(client, atlas):
    asked = {"sites-asked.data": {"name": "sectors", "value": "food", "at": 1}}
    _, got = answer(client, "sites-asked.data", **asked)
    assert got["sites-view"]["data"]["query"] == "?sector=food"
    assert got["sites-filter-sectors"]["value"] == ["food"]
    before = {"sites-view.data": {"query": "?sector=food&kind=sez", "lang": "en", "is_new": False}}
    _, got = answer(client, "sites-asked.data", **asked, **before)
    assert got["sites-view"]["data"]["query"] == "?kind=sez"
    _, got = answer(
        client, "sites-asked.data", **{"sites-asked.data": {"name": "", "value": "", "at": 2}}, **before
    )
    assert got["sites-view"]["data"]["query"] == ""
    assert got["sites-fit"]["data"]["fits"] is None


def test_back_sets_the_controls_and_makes_no_history(client):
    _, got = answer(client, "sites-address.data", **{"sites-address.data": "?country=KAZ&within=100"})
    assert got["sites-view"]["data"] == {"query": "?country=KAZ&within=100", "lang": "en", "is_new": False}
    assert got["sites-filter-countries"]["value"] == ["KAZ"]
    assert got["sites-filter-within_km"]["value"] == 100


def test_a_control_set_by_the_server_changes_nothing(client):
    now = {"sites-view.data": {"query": "?sector=food", "lang": "en", "is_new": False}}
    assert answer(
        client, "sites-filter-sectors.value", **{"sites-filter-sectors.value": ["food"]}, **now
    ) == (
        0,
        {},
    )


def test_a_printed_map_is_drawn_anew(client):
    printed = {"page-renderer.data": "paper:600x400", "sites-filter-kinds.value": ["sez"]}
    _, got = answer(client, "sites-filter-kinds.value", **printed)
    assert got["scene"]["data"] == {"kind": "sites", "which": "?kind=sez", "lang": "en"}


# The rows of the grid


def test_the_rows_are_the_sites(atlas):
    columns = json.loads(rows.site_rows(atlas).body)
    assert columns["site_id"] == list(atlas.sites.index)
    assert {len(column) for column in columns.values()} == {len(atlas.sites)}
    assert sum(one is None for one in columns["area_ha"]) == atlas.sites["area_ha"].isna().sum()
    assert max(one for one in columns["port_km"] if one is not None) < 4000
    assert b"NaN" not in rows.site_rows(atlas).body


@pytest.mark.parametrize("language", languages())
def test_every_code_in_the_rows_has_a_word(atlas, language):
    columns, words = json.loads(rows.site_rows(atlas).body), rows.row_words(atlas, speak(language))
    for name in ("kind", "status", "region_id", "country_iso3"):
        assert {code for code in columns[name] if code} <= set(words[name])
    assert {code for some in columns["sectors"] for code in some.split()} <= set(words["sectors"])
    assert "{n}" in words["original"]
    assert "{currency}" in words["original"]


def test_the_rows_travel_once(client, atlas):
    got = client.get(rows.rows_url(atlas), headers={"Accept-Encoding": "br"})
    assert got.status_code == 200
    assert got.mimetype == "application/json"
    assert "immutable" in got.headers["Cache-Control"]
    assert got.content_encoding == "br"
    older = client.get("/rows/sites.000000000000.json")
    assert older.status_code == 302
    assert older.headers["Location"].endswith(rows.rows_url(atlas))
    assert client.get("/rows/sites.x.json").status_code == 404


def test_a_page_without_a_grid_does_not_load_its_script(client):
    script = 'src="/_dash-component-suites/dash_ag_grid/'
    assert client.get("/sites").text.count(script) == 1
    assert client.get("/sites?lang=kk&kind=sez").text.count(script) == 1
    for path in ("/", "/corridors", "/sites/J-003", "/no-such-page"):
        assert script not in client.get(path).text


def test_each_column_of_the_grid_has_words_and_rows(english, atlas):
    columns = [one for one in grid.site_grid(english)._traverse() if getattr(one, "columnDefs", None)]
    fields = {column["field"] for column in columns[0].columnDefs}
    assert fields == {column[0] for column in grid.COLUMNS}
    made = set(json.loads(rows.site_rows(atlas).body)) | {"name", "country", "region", "investment"}
    assert fields <= made


# One site


@pytest.mark.parametrize("language", languages())
def test_every_site_has_a_page(atlas, pages, language):
    for site_id in atlas.sites.index[:: 7 if language == "en" else 40]:
        said = as_json(pages[1].layout(site_id=site_id, lang=language))
        assert not re.search(r"\bnan\b|NaN|None", said)
        assert f"/routes?from=site:{site_id}" in said


def test_the_page_of_a_site_tells_its_facts_with_sources(atlas, english, pages):
    known, around = pages[1]._known(atlas, "J-001", "en"), pages[1]._around(atlas, "J-001", "en")
    said = text_of(known)
    for fact in (
        "360 million USD",
        "185.1 billion KZT",
        "100 ha",
        "1,175",
        "under construction",
        "TCL Gr. LLP",
    ):
        assert fact in said
    summaries = [one for one in elements(known) if one[0] == "summary"]
    assert len(summaries) >= 9
    assert "/regions/KZ-61?lang=en" in addresses(known)
    assert "https://ru.trend.az/business/4148876.html" in addresses(around)
    moments = [text_of(Plain.of([one])) for one in elements(around) if one[0] == "li" and " – " in str(one)]
    assert "first half of 2027 official opening" in text_of(around)
    assert moments


def test_a_timeline_runs_from_announced_to_expected(atlas, english):
    items = [
        text_of(Plain.of(one[2:]))
        for one in elements(facts.timeline("J-001", atlas, english))
        if one[0] == "li"
    ]
    starts = [
        item.split(" – ")[0].split(":")[0] for item in items if " – " in item and not item.startswith("Trend")
    ]
    assert [
        one for one in starts if one in ("Project announced", "Started", "Expected", "Project expected")
    ] == [
        "Project announced",
        "Project announced",
        "Started",
        "Expected",
        "Expected",
        "Project expected",
    ]
    nothing = "No date of this site is known"
    assert nothing in text_of(facts.timeline(without_dates(atlas), atlas, english))


def without_dates(atlas):
    """A site of which no date is known."""
    bare = atlas.sites[atlas.sites["started"].eq("") & atlas.sites["expected"].eq("")]
    return bare.index[~bare.index.isin(atlas.projects["site_id"])][0]


def test_an_approximate_place_is_said_plainly(atlas, english):
    assert "approximate" in text_of(facts.place_note(atlas.sites.loc["J-003"], english))
    exact = atlas.sites.loc["J-003"].copy()
    exact["location_precision"] = "exact"
    assert facts.place_note(exact, english) is None


def test_what_is_not_known_is_listed(atlas, english):
    said = text_of(facts.missing(atlas.sites.loc["J-003"], english))
    for label in ("investment", "jobs", "start", "expected completion", "exact place"):
        assert label in said
    only_tenge = atlas.sites[atlas.sites["investment_usd"].isna() & atlas.sites["investment_orig"].notna()]
    assert "investment" not in text_of(facts.missing(only_tenge.iloc[0], english))


def test_the_nearest_things_have_both_distances(atlas, english):
    table = surroundings.nearest_table("P-UZ07", atlas, english)
    near = nearby.nearest_things(atlas).loc["P-UZ07"]
    said = text_of(table)
    assert english.number(round(near["port_km"])) in said
    (route,) = network_routes(
        atlas,
        "site:P-UZ07",
        f"node:{near['port']}",
        surroundings.assumptions_of(atlas),
        criterion="distance",
        most=1,
    )
    assert english.number(round(route.km)) in said
    assert said.count("computed") >= 6


def test_a_closed_crossing_is_followed_by_the_nearest_open_one(atlas, english):
    near = nearby.nearest_things(atlas)
    site_id = near.index[near["crossing"].eq("X01")][0]
    said = text_of(surroundings.nearest_table(site_id, atlas, english))
    assert "closed" in said
    assert "Nearest such crossing in operation" in said
    assert "no open way" in said


def test_sites_near_by_are_listed_with_kilometres(atlas, english):
    section = surroundings.neighbour_table("J-003", atlas, english)
    near = nearby.sites_within(atlas, "J-003")
    assert text_of(section).startswith(f"{len(near)} other sites lie within 50 km.")
    assert [one.split("?")[0] for one in addresses(section)] == [f"/sites/{one}" for one in near.index]
    alone = dataclasses.replace(atlas, sites=atlas.sites.loc[["J-003"]])
    assert "No other site" in text_of(surroundings.neighbour_table("J-003", alone, english))


@pytest.mark.parametrize(
    ("asked", "near"),
    [("J-03", "J-003"), ("j-003", "J-003"), ("Syrdarya cluster", "J-003"), ("Сырдарья", None)],
)
def test_an_unknown_site_leads_to_the_nearest_names(atlas, english, pages, asked, near):
    said = pages[1].layout(site_id=asked, lang="en")
    assert "There is no such site" in text_of(said)
    assert asked in text_of(said)
    if near:
        assert f"/sites/{near}?lang=en" in addresses(said)
    assert "/sites?lang=en" in addresses(said)


def test_a_name_like_no_other_leads_to_all_sites(atlas, english):
    assert addresses(links.no_such_site("qqqqqq", atlas, english)) == ["/sites?lang=en"]


def test_the_card_of_a_site_leads_to_its_page(atlas):
    assert "/sites/J-003?lang=ru" in addresses(cards.card_of(["site:J-003"], atlas, speak("ru")))


# Ten thousand sites


def test_ten_thousand_sites_load_and_are_chosen_right(many, english):
    assert len(many.sites) == MANY
    found = nearby.site_regions(many)
    assert found["outside_km"].max() < 1
    choice = SiteChoice(sectors=("food",), countries=("UZB",), corridors=(ANY,), within_km=10)
    fits, sites = fitting(many, choice), many.sites
    expected = (
        sites["sectors"].map(lambda some: "food" in some)
        & sites["country_iso3"].eq("UZB")
        & (nearby.corridor_distances(many).min(axis=1) <= 10)
    )
    assert fits.tolist() == expected.tolist()
    assert 100 < fits.sum() < 3000
    assert unpacked(rows.packed(fits), MANY).tolist() == fits.tolist()
    assert len(rows.packed(fits)) < 2000
    assert "of 10,000" in told.sites_finding(sites[fits], many, english)


def test_a_crowd_of_neighbours_is_cut_short(many, english):
    near = nearby.sites_within(many, "J-005").shape[0]
    assert near > surroundings.MOST_SITES
    section = surroundings.neighbour_table("J-005", many, english)
    assert len(addresses(section)) == surroundings.MOST_SITES
    assert english.number(near) in text_of(section)


def test_a_component_of_the_page_is_found(pages):
    layout = pages[0].layout()
    assert isinstance(layout, html.Div)
    named = {
        getattr(one, "id", "") for one in layout._traverse() if isinstance(getattr(one, "id", None), str)
    }
    assert {"sites-grid", "sites-view", "map", "scene"} <= named
    assert dash.page_registry["dashboard.pages.sites"]["libraries"] == ("dash_ag_grid",)
