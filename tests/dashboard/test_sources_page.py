"""The page of sources: every source, what rests on it, disagreements, ages, methods, terms."""

import json
import re
import sys

import dash
import plotly
import pytest
from dash import html

from dashboard.evidence import listing
from dashboard.evidence.ages import old_rows
from dashboard.evidence.listing import A_PAGE, Asked
from dashboard.evidence.names import CORRIDOR_METRICS, ENTERPRISES, TABLES, TRADE_FLOWS, name_of
from dashboard.plain import Plain, trees
from dashboard.text import languages, speak
from layers import evidence
from layers.contract import tables
from layers.contract import words as contract

LARGEST_PAGE = 400_000
MOST_COMPONENTS = 40


@pytest.fixture
def page(site):
    """The page's module; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.sources"]


def as_json(component):
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def elements(contents):
    """Every element of what a component may hold as [tag, attributes, contents …], outer ones first."""
    yield from inner_elements(trees(contents))


def inner_elements(found):
    for tree in found:
        if not isinstance(tree, str):
            yield tree
            yield from inner_elements(tree[2:])


def text_of(contents):
    """All the text of what a component may hold, one piece after the other."""
    return inner_text(trees(contents))


def inner_text(found):
    return "".join(one if isinstance(one, str) else inner_text(one[2:]) for one in found)


def part(layout, anchor):
    """The contents of the element with this id."""
    return Plain.of(next(one for one in elements(layout) if one[1].get("id") == anchor)[2:])


def hrefs(component):
    return [one[1]["href"] for one in elements(component) if "href" in one[1]]


def ids_in(layout):
    """The sources that a page lists."""
    ids = [one[1].get("id") or "" for one in elements(layout)]
    return [str(one).removeprefix("source-") for one in ids if str(one).startswith("source-")]


def found_ids(asked, atlas):
    return list(listing.matching(asked, atlas).index)


@pytest.mark.parametrize("language", languages())
def test_the_page_is_small_and_says_nothing_senseless(page, language):
    layout = page.layout(lang=language)
    assert len(as_json(layout).encode()) < LARGEST_PAGE
    assert len(list(layout._traverse())) < MOST_COMPONENTS
    assert not re.search(r"\bnan\b|<NA>|None|NaT", text_of(layout))


def test_plain_contents_are_data_and_no_markup():
    inside = html.P(["<b>", None, html.A("x", href="/y", **{"aria-label": "z"})], className="a")
    tree = ["p", {"className": "a"}, "<b>", ["a", {"href": "/y", "aria-label": "z"}, "x"]]
    assert Plain(inside).tree == [tree]
    assert trees(html.Div(Plain(inside))) == [["div", {}, tree]]


def test_the_finding_is_counted_from_the_data(page, atlas):
    text = text_of(page.layout(lang="en"))
    assert f"{len(atlas.sources) - 1} sources stand behind the atlas" in text
    assert f"{evidence.cited_rows(atlas):,} rows name their sources" in text
    assert f"{evidence.ages(atlas)['is_old'].sum()} figures are older than a year" in text


def test_the_pages_of_the_list_hold_every_source_once(page, atlas):
    pages = -(-(len(atlas.sources) - 1) // A_PAGE)
    seen = []
    for number in range(1, pages + 1):
        seen += ids_in(page.layout(lang="en", page=str(number)))
    assert sorted(seen) == sorted(set(atlas.sources.index) - {"GK"})


@pytest.mark.parametrize("asked", ["0", "-1", "999", "x", "²", "1e9", ""])
def test_a_page_that_does_not_exist_is_another_one(page, asked):
    assert 0 < len(ids_in(page.layout(lang="en", page=asked))) <= A_PAGE


@pytest.mark.parametrize("words", ["astana times", "ASTANA", "S-C001", "report.az"])
def test_sources_are_found_by_any_of_their_words(atlas, words):
    ids = found_ids(Asked(find=words), atlas)
    assert 0 < len(ids) < len(atlas.sources) - 1
    rows = listing.documents(atlas).loc[ids, "text"]
    assert rows.map(lambda text: all(word in text for word in words.casefold().split())).all()


def test_a_search_for_signs_is_no_pattern(atlas):
    assert found_ids(Asked(find="(.*"), atlas) == []
    assert "No source has these words" in text_of(listing.found(Asked(find="(.*"), atlas, speak("en")))


def test_one_source_is_shown_alone_with_its_rows_open(page, atlas):
    layout = page.layout(lang="en", source="S-C001")
    assert ids_in(layout) == ["S-C001"]
    text = text_of(part(layout, "list"))
    assert "Trans-Caspian International Transport Route (Middle Corridor): Cargo, 2019" in text
    assert "/?show=corridor:trans-caspian&lang=en" in hrefs(layout)
    details = next(one for one in elements(part(layout, "source-S-C001")) if one[0] == "details")
    assert details[1]["open"]


def test_an_unknown_source_is_said_quietly_and_all_are_shown(page):
    layout = page.layout(lang="en", source="S-X <b>")
    assert "There is no source S-X <b> in the atlas" in text_of(layout)
    assert len(ids_in(layout)) == A_PAGE


def test_general_knowledge_leads_to_its_part(page):
    assert "General knowledge, not cited: General knowledge" in text_of(page.layout(lang="en", source="GK"))


@pytest.mark.parametrize("query", [{"find": ["a"]}, {"find": "x" * 5000}, {"source": None}, {"zzz": "1"}])
def test_any_query_gives_a_page(page, query):
    assert page.layout(**query) is not None


@pytest.mark.parametrize("language", languages())
def test_every_row_with_a_source_has_a_name(atlas, language):
    words = speak(language)
    rows = evidence.citations(atlas)[["table", "row_id"]].drop_duplicates()
    for table, row_id in rows.itertuples(index=False):
        text = text_of(name_of(table, row_id, atlas, words))
        assert text.strip(" ,:") and not re.search(r"\bnan\b|<NA>|None", text), (table, row_id)


def test_the_rows_of_a_source_are_all_named(atlas):
    words = speak("en")
    for source_id in ("TREND", "S-S316"):
        items = [one for one in elements(listing.rows_of(source_id, atlas, words)) if one[0] == "li"]
        rows = evidence.resting_on(atlas, source_id).values()
        assert len(items) == sum(map(len, rows))


def test_a_source_of_very_many_rows_counts_the_rest(atlas):
    assert "and " in text_of(listing.rows_of("GK", atlas, speak("en")))


def test_what_must_be_shown_side_by_side_is(page):
    text = text_of(part(page.layout(lang="en"), "disagreements"))
    for pair in (
        ("5 billion USD, +29.8%", "4.6 billion USD, +17.9%"),
        ("876", "1,199"),
        ("1.3 billion USD", "1.2 billion USD"),
        ("4,484,000 t", "3,300,000 t"),
        ("4.97 billion USD", "1.55 billion USD", "3.4 billion USD", "+20 million USD"),
    ):
        assert all(value in text for value in pair), pair
    assert "narrower count: cargo through the Kazakh and Azerbaijani ports" in text
    assert "Kazakhstan statistics" in text and "Uzbekistan statistics" in text


def test_each_statement_has_its_sources(page, atlas):
    shown = hrefs(part(page.layout(lang="en"), "disagreements"))
    for source_id in (*atlas.trade.at["TR-015", "source_ids"], *atlas.trade.at["TR-012", "source_ids"]):
        assert atlas.sources.at[source_id, "url"] in shown


@pytest.mark.parametrize("table", ["regions", "region_indicators", "corridor_metrics"])
def test_old_figures_are_listed_oldest_first(atlas, table):
    rows = evidence.ages(atlas)
    rows = rows[rows["table"].eq(table) & rows["is_old"] & rows["is_newest"]]
    listed = old_rows(table, atlas, speak("en"))
    assert len(listed.children) == len(rows) > 0
    first = speak("en").date(rows["date"].iloc[0].date().isoformat())
    assert text_of(listed.children[0]).startswith(first)
    assert all(any("/sources?source=" in href for href in hrefs(item)) for item in listed.children)


def test_nothing_is_listed_for_a_table_without_ages(atlas):
    assert old_rows("sites", atlas, speak("en")) is None


@pytest.mark.parametrize("language", languages())
def test_terms_are_explained_in_the_readers_language(page, atlas, language):
    text = text_of(part(page.layout(lang=language), "glossary"))
    for definition in atlas.glossary[f"definition_{language}"]:
        assert definition in text


def test_boundaries_carry_licences_and_the_disclaimer(page):
    text = text_of(part(page.layout(lang="en"), "boundaries"))
    for piece in ("ODbL 1.0", "CC BY 4.0", "COD-AB 2023", "2017", "do not imply any opinion"):
        assert piece in text


def test_every_link_of_the_contents_leads_somewhere(page):
    layout = page.layout(lang="en")
    anchors = {href[1:] for href in hrefs(layout) if href.startswith("#")}
    assert len(anchors) == 8
    assert anchors <= {one[1].get("id") for one in elements(layout)}


def test_the_page_stands_in_the_navigation(site):
    orders = {one["path"]: one.get("order") for one in dash.page_registry.values()}
    assert orders["/sources"] == max(order for order in orders.values() if order is not None)


def test_every_table_and_code_has_a_word():
    cited = {
        (table, column)
        for table, schema in tables.TABLES.items()
        for column, form in schema.columns.items()
        if form.metadata.get("refers_to") == "sources"
    }
    assert cited == set(TABLES)
    assert set(CORRIDOR_METRICS) == set(contract.CORRIDOR_METRICS)
    assert set(TRADE_FLOWS) == {*contract.TRADE_FLOWS, *contract.COMMODITY_FLOWS}
    assert set(ENTERPRISES) == set(contract.ENTERPRISE_DIRECTIONS)
