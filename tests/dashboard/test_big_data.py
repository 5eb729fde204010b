"""Many sites, regions of the second level and local lines: checked, chosen, paged and found right."""

import dataclasses
import json
import re

import numpy as np
import plotly
import pytest
import shapely

import layers
from dashboard import vocabulary
from dashboard.filters import Filters
from dashboard.text import speak
from layers.access import nearest_crossing, without_border_stops
from layers.network import assumptions_of, reach
from layers.network.whatif import OPEN
from layers.pairs import pairs
from layers.regions import first_level
from layers.search import find, index
from tests.bench.big import Size, write_folder
from tests.plain_choice import facet_counts, select, value_counts

SIZE = Size(sites=4_200, regions=120, vertices=30_000, segments=600)


@pytest.fixture(scope="module")
def big(data_folder, tmp_path_factory) -> layers.Atlas:
    """An atlas of a made-up folder that passes every check."""
    folder = tmp_path_factory.mktemp("big") / "geodata"
    write_folder(data_folder, folder, SIZE)
    return layers.load(folder)


@pytest.fixture
def site_pages(site):
    """The module of the paged table; Dash must exist before its callback is registered."""
    from dashboard import site_pages

    return site_pages


def test_a_made_up_folder_is_as_big_as_asked_and_cuts_the_regions_without_gaps(big, atlas):
    assert (len(big.sites), len(big.regions)) == (SIZE.sites, SIZE.regions)
    assert len(big.segments) == pytest.approx(SIZE.segments, abs=5)
    outlines = big.regions.geometry.to_numpy()
    assert shapely.coverage_is_valid(outlines)
    assert 0.8 < shapely.get_num_coordinates(outlines).sum() / SIZE.vertices < 1.2
    whole = shapely.area(atlas.regions.geometry.to_numpy()).sum()
    assert shapely.area(outlines).sum() == pytest.approx(whole, rel=0.002)
    assert set(first_level(big.regions).index) == set(atlas.regions.index)
    assert len(pairs(big)) == len(pairs(atlas))  # every pair of the first level only


def test_a_choice_among_many_sites_is_what_pandas_says(big):
    districts = tuple(big.regions.index[::7])
    for filters in (
        Filters(countries=("UZB",), kinds=("plant",)),
        Filters(regions=districts, sectors=("food", "textiles")),
        Filters(statuses=("operating",), countries=("KAZ",), corridors=("trans-caspian", "btk")),
        Filters(sectors=("food",), corridors=("cku",), corridor_statuses=("planned", "study")),
    ):
        fitting = select(big.sites, **filters.of_sites())
        assert 0 < len(fitting) < len(big.sites)
        assert list(filters.apply(big).sites.index) == list(fitting.index)
        counts = filters.counts(big)
        others = dataclasses.replace(filters, corridor_statuses=()).apply(big).segments
        assert counts["corridor_statuses"] == value_counts(others["status"]).to_dict()
        others = dataclasses.replace(filters, corridors=()).apply(big).segments
        assert counts["corridors"] == value_counts(others["corridor_ids"]).to_dict()
        for facet, expected in facet_counts(big.sites, filters.of_sites()).items():
            assert counts[facet] == expected.to_dict(), facet


def shown_on(page):
    """The ids of the rows on a page of the table."""
    rows = page[0].children[2].children
    return [getattr(row, "data-key") for row in rows]


def test_pages_of_the_table_hold_each_site_once_in_the_order_asked_for(big, site_pages):
    words, which = speak("ru"), "?country=KAZ&kind=logistics-hub"
    fitting = select(big.sites, countries=("KAZ",), kinds=("logistics-hub",))
    area = site_pages.FIELDS.index("area_ha")
    expected = fitting.sort_values("area_ha", ascending=False, na_position="last", kind="stable")
    found, number = [], 0
    while len(found) < len(fitting):
        turn = site_pages.Turn("overview", which, area, is_descending=True, page=number)
        ids = shown_on(site_pages.page_of(turn, big, words))
        assert len(ids) == min(site_pages.ROWS, len(fitting) - len(found))
        found, number = found + ids, number + 1
    assert number > 1
    assert sorted(found) == sorted(fitting.index)
    values = fitting.loc[found, "area_ha"].to_numpy()
    assert np.array_equal(values, expected["area_ha"].to_numpy(), equal_nan=True)
    behind = site_pages.page_of(site_pages.Turn("overview", which, page=10**9), big, words)
    assert shown_on(behind) == list(fitting.index[-len(shown_on(behind)) :])
    assert shown_on(site_pages.page_of(site_pages.Turn("sites", "?country=none"), big, words))


def test_names_are_sorted_as_readers_count(big, site_pages):
    by_name = site_pages.Turn("sites", "?kind=plant", column=0)
    ids = shown_on(site_pages.page_of(by_name, big, speak("en")))
    made_up = [name.rpartition(" ") for name in big.sites.loc[ids, "name_en"] if name.startswith("Ak")]
    assert len(made_up) > 10
    order = [(kind, int(number)) for kind, _, number in made_up]
    assert order == sorted(order)


@pytest.mark.parametrize("column", range(6))
def test_every_column_sorts_the_sites_by_what_it_shows(big, site_pages, column):
    words, name = speak("kk"), site_pages.FIELDS[column]
    tables = {"kind": vocabulary.SITE_KINDS, "status": vocabulary.STATUSES}
    named = {one: words.name(row) for one, row in big.regions.iterrows()}
    if name == "name":
        shown = [words.name(row) for _, row in big.sites.iterrows()]
    elif name == "region_id":
        shown = [named.get(one, "") for one in big.sites[name]]
    else:
        shown = [words(tables[name][one]) if name in tables else one for one in big.sites[name]]
    keys = [
        re.sub(r"\d+", lambda n: n[0].zfill(9), one.casefold()) if isinstance(one, str) else one
        for one in shown
    ]
    known = [at for at, key in enumerate(keys) if key != "" and key == key]
    unknown = sorted(set(range(len(keys))) - set(known))
    for is_descending in (False, True):
        wanted = [*sorted(known, key=keys.__getitem__, reverse=is_descending), *unknown]
        found = site_pages._order(big, "kk", column, is_descending)
        assert found.tolist() == wanted


def test_many_sites_come_by_pages_and_few_at_once(big, atlas, site_pages):
    from dashboard.explorer import sites_section

    words = speak("en")
    texts = [
        json.dumps(sites_section(Filters(), one, words), cls=plotly.utils.PlotlyJSONEncoder)
        for one in (big, atlas)
    ]
    assert [one.count('"data-key"') for one in texts] == [site_pages.ROWS, len(atlas.sites)]
    assert [site_pages.is_paged(one) for one in (big, atlas)] == [True, False]
    assert len(texts[0]) < 100_000


def test_search_finds_one_name_among_many(big):
    row = big.sites.iloc[-1]
    key = f"site:{row.name}"
    for typed in (row["name_en"], row["name_ru"].lower(), row["name_kk"], row.name):
        assert key in [hit.key for hit in find(index(big), typed)], typed
    typo = row["name_en"].replace("u", "o", 1)
    assert find(index(big), typo)
    assert not find(index(big), "x9x9x9x9")


def test_places_are_typed_where_they_are_too_many_for_a_list(big, atlas, site):
    from dashboard.routes import places
    from dashboard.routes.panel import question_form
    from dashboard.routes.places import nearest_places, place_key, typed_name
    from dashboard.routes.question import Question
    from dashboard.routes.typing import place_finder

    words, station = speak("ru"), f"node:{big.nodes.index[-1]}"
    asked = Question.from_query({"from": f"site:{big.sites.index[-1]}", "to": station}, big)
    forms = [json.dumps(question_form(one, of, words).tree) for one, of in ((asked, big), (asked, atlas))]
    assert [form.count("data-places") > 0 for form in forms] == [True, False]
    assert len(forms[0]) < 150_000
    assert [len(place_finder(one)) for one in (big, atlas)] == [2, 0]
    for key in (asked.start, asked.goal, f"region:{big.regions.index[50]}", "node:poti"):
        assert place_key(big, typed_name(big, key, words)) == key
    with pytest.MonkeyPatch.context() as patch:  # another place has the name too
        patch.setattr(places, "key_named", lambda _atlas, _name: "")
        assert typed_name(big, "node:poti", words) == "Поти (node:poti)"
        assert place_key(big, "Поти (node:poti)") == "node:poti"
        patch.setattr(places, "LONGEST_TYPED", 10)
        assert typed_name(big, "node:poti", words) == "node:poti"
    assert "node:poti" in nearest_places(big, "Potti")


def test_the_nearest_crossing_is_the_best_of_those_of_each(big):
    found = nearest_crossing(big)
    stops = without_border_stops(assumptions_of(big))
    used = big.crossings[big.crossings["status"].isin(OPEN) & big.crossings["node_id"].ne("")]
    nodes = used["node_id"].drop_duplicates().iloc[:4]
    hours = np.array([reach(big, f"node:{one}", stops)["hours"].fillna(np.inf) for one in nodes])
    assert (found["hours"].fillna(np.inf) <= hours.min(axis=0) + 1e-9).all()
    assert found["hours"].notna().sum() > len(found) / 2
    assert set(found["crossing_id"]) <= {"", *used.index}


def test_lists_of_very_many_rows_say_that_they_are_cut(big):
    from dashboard.sortable import MOST_ROWS, cut_note

    words = speak("en")
    assert cut_note(MOST_ROWS, MOST_ROWS, words) == []
    assert "500 of 3,000" in cut_note(MOST_ROWS, 3_000, words)[0].children


def test_a_deck_is_filled_from_big_data(big):
    from dashboard.present.facts import filled

    site, district = big.sites.iloc[-1], big.regions.index[big.regions["kind"].eq("district")][0]
    shown = filled(f"{{sites.count}} {{site.{site.name}.name}} {{region.{district}.name}}", big, "en")
    assert shown.unknown == ()
    assert shown.text == f"4,200 {site['name_en']} {big.regions.at[district, 'name_en']}"
    known = {one for deck in big.decks.values() for scene in deck.scenes for one in scene.headline.values()}
    assert known and not any(filled(text, big, "en").unknown for text in known)


def test_what_a_link_says_of_a_page_needs_no_table(big, monkeypatch):
    from dashboard.export import cells
    from dashboard.export.previews import said_of
    from dashboard.export.publication import find

    with monkeypatch.context() as without:
        without.delattr(cells, "site_cells")
        title, description = said_of(big, "/sites", "en")
    assert title and "4,200" in description
    assert len(find("/sites", "", big, speak("en")).table) == len(big.sites)
