"""The page of sources: every source, what rests on it, disagreements, ages, methods, terms."""

import json
import re
import sys

import dash
import plotly
import pytest

from dashboard.evidence import listing
from dashboard.evidence.ages import old_rows
from dashboard.evidence.listing import A_PAGE, Asked
from dashboard.evidence.names import CORRIDOR_METRICS, ENTERPRISES, TABLES, TRADE_FLOWS, name_of
from dashboard.text import languages, speak
from layers import evidence
from layers.contract import tables
from layers.contract import words as contract

LARGEST_PAGE = 400_000


@pytest.fixture
def page(site):
    """The page's module; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.sources"]


def as_json(component):
    return json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def text_of(component):
    """All the text of a component, one piece after the other."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for name, inner in value.get("props", value).items():
                if name == "children":
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, str):
            found.append(value)

    walk(json.loads(as_json(component)))
    return "".join(found)


def part(layout, anchor):
    return next(one for one in layout._traverse() if getattr(one, "id", None) == anchor)


def ids_in(layout):
    return re.findall(r'"id": "source-([^"]+)"', as_json(layout))


def found_ids(asked, atlas):
    return list(listing.matching(asked, atlas).index)


@pytest.mark.parametrize("language", languages())
def test_the_page_is_small_and_says_nothing_senseless(page, language):
    layout = page.layout(lang=language)
    assert len(as_json(layout).encode()) < LARGEST_PAGE
    assert not re.search(r"\bnan\b|<NA>|None|NaT", text_of(layout))


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
    assert 0 < as_json(page.layout(lang="en", page=asked)).count('"id": "source-') <= A_PAGE


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
    assert "/?show=corridor:trans-caspian&lang=en" in as_json(layout)


def test_an_unknown_source_is_said_quietly_and_all_are_shown(page):
    layout = page.layout(lang="en", source="S-X <b>")
    assert "There is no source S-X <b> in the atlas" in text_of(layout)
    assert as_json(layout).count('"id": "source-') == A_PAGE


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
        items = as_json(listing.rows_of(source_id, atlas, words)).count('"type": "Li"')
        assert items == len(evidence.resting_on(atlas, source_id))


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
    shown = as_json(part(page.layout(lang="en"), "disagreements"))
    for source_id in (*atlas.trade.at["TR-015", "source_ids"], *atlas.trade.at["TR-012", "source_ids"]):
        assert json.dumps(atlas.sources.at[source_id, "url"]) in shown


@pytest.mark.parametrize("table", ["regions", "region_indicators", "corridor_metrics"])
def test_old_figures_are_listed_oldest_first(atlas, table):
    rows = evidence.ages(atlas)
    rows = rows[rows["table"].eq(table) & rows["is_old"] & rows["is_newest"]]
    listed = old_rows(table, atlas, speak("en"))
    assert len(listed.children) == len(rows) > 0
    first = speak("en").date(rows["date"].iloc[0].date().isoformat())
    assert text_of(listed.children[0]).startswith(first)


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
    ids = {one.id for one in layout._traverse() if isinstance(getattr(one, "id", None), str)}
    anchors = set(re.findall(r'"href": "#([^"]+)"', as_json(layout)))
    assert len(anchors) == 7
    assert anchors <= ids


def test_the_page_stands_in_the_navigation(site):
    entry = next(one for one in dash.page_registry.values() if one["path"] == "/sources")
    assert entry["order"] == 8


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
