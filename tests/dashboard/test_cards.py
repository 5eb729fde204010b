"""Cards, headlines, legend and panel: every thing of the data in every language."""

import json
import re

import plotly
import pytest

from dashboard import vocabulary
from dashboard.cards import card_of, title_of
from dashboard.figures import marks as m
from dashboard.filters import Filters
from dashboard.headlines import headlines
from dashboard.keys import SELECTABLE, frame_of
from dashboard.legend import legend
from dashboard.panel import CONTROLS, control_values, filters_of, panel
from dashboard.sourced import source_list, sourced
from dashboard.text import languages, speak
from layers.contract import words as contract
from layers.metrics import METRICS


def text_of(component):
    """All the text of a component and what it holds."""
    as_json = json.loads(json.dumps(component, cls=plotly.utils.PlotlyJSONEncoder))
    found = []

    def walk(value, name=""):
        if isinstance(value, dict):
            for key, inner in value.get("props", value).items():
                walk(inner, key)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, name)
        elif isinstance(value, str) and name in ("children", "title", "label", "aria-label", "href"):
            found.append(value)

    walk(as_json)
    return " ".join(found)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", SELECTABLE)
def test_every_thing_has_a_card_without_nan_and_with_its_sources(atlas, kind, language):
    words = speak(language)
    for identifier, row in frame_of(kind, atlas).iterrows():
        text = text_of(card_of([f"{kind}:{identifier}"], atlas, words))
        assert title_of(f"{kind}:{identifier}", atlas, words)[0]
        assert not re.search(r"\bnan\b|<NA>|None", text), (identifier, text)
        cited = [s for s in row.get("source_ids", ()) if s != "GK"]
        assert all(atlas.sources.loc[s, "title"] in text for s in cited), identifier


def test_a_crossing_is_called_by_the_names_of_both_sides_in_the_language(atlas):
    assert title_of("crossing:X09", atlas, speak("en")) == ("Saryagash – Keles", "en")
    assert title_of("crossing:X09", atlas, speak("kk")) == ("Сарыағаш – Келес", "kk")
    assert title_of("crossing:X05", atlas, speak("uz")) == ("Atameken", "uz")


def test_a_card_says_what_is_approximate_and_what_is_not_known(atlas):
    text = text_of(card_of(["site:J-003"], atlas, speak("en")))
    assert "approximate place" in text
    assert "70 ha" in text
    assert "https://ru.trend.az/business/4148876.html" in text
    assert "Not known to our sources: investment, jobs." in text


def test_a_line_on_general_knowledge_says_so_and_links_nowhere(atlas):
    alone = atlas.segments.index[atlas.segments["source_ids"] == ("GK",)]
    assert len(alone) > 200
    text = text_of(card_of([f"segment:{alone[0]}"], atlas, speak("en")))
    assert "General knowledge, not cited" in text and "http" not in text


def test_gauge_not_decided_is_said_and_no_gauge_break(atlas):
    assert "not decided" in text_of(card_of(["segment:SEG-301"], atlas, speak("en")))


def test_several_things_at_one_spot_open_a_chooser(atlas):
    text = text_of(card_of(["site:J-003", "site:P-UZ09"], atlas, speak("en")))
    assert "2 things at this spot" in text
    assert "Syrdarya industrial cluster (70 ha)" in text and "biotechnology" in text


def test_headline_figures_are_the_published_ones(atlas):
    text = text_of(headlines(atlas, speak("en")))
    for figure in (
        "4.97 billion USD",
        "11.4%",
        "1.55 billion USD",
        "3.4 billion USD",
        "10 billion USD",
        "1,199",
        "876",
        "over 8 billion USD",
        "111",
        "15.0%",
    ):
        assert figure in text, figure


def test_headline_counts_add_up(atlas):
    numbers = [
        int(n)
        for n in re.findall(
            r"(?:operating|construction|planned|announced) (\d+)", text_of(headlines(atlas, speak("en")))
        )
    ]
    drawn = len(atlas.corridors) - 1
    assert sum(numbers) == len(atlas.sites) + drawn


@pytest.mark.parametrize("language", languages())
def test_the_legend_names_what_the_map_shows_and_nothing_else(atlas, language):
    words = speak(language)
    filters = Filters.from_query("?kind=plant&corridor=btk&layer=sites,corridors", atlas)
    rows = filters.apply(atlas)
    marks = m.MapMarks(
        regions=m.region_marks(atlas, METRICS["density"]),
        lines=m.line_marks(rows.segments, atlas.corridors["group"], ("btk",)),
        has_all_lines=False,
        sites=m.site_marks(rows.sites),
        has_all_sites=False,
        crossings=rows.crossings,
        energy=m.energy_marks(atlas.energy_lines),
        shown=filters.shown,
    )
    text = json.dumps(legend(marks, words).tree, ensure_ascii=False)
    assert words(vocabulary.SITE_KINDS["plant"]) in text
    assert words(vocabulary.SITE_KINDS["sez"]) not in text
    assert words("Border crossings") not in text
    assert not re.search(r"\bnan\b", text)


def test_controls_and_filters_are_the_same_choice(atlas):
    filters = Filters.from_query("?country=KAZ&sector=food&metric=sites&layer=energy", atlas)
    assert filters_of(control_values(filters), (), atlas) == filters
    text = text_of(panel(filters, atlas, speak("en")))
    assert len(CONTROLS) == 9 and "Turkistan Region" in text


def test_a_source_with_a_strange_address_is_not_a_link(atlas):
    bad = atlas.sources.assign(url="javascript:alert(1)")
    text = text_of(source_list(["TREND"], type("A", (), {"sources": bad}), speak("en")))
    assert "javascript" not in text


def test_the_words_cover_the_vocabulary_of_the_data():
    for codes, table in (
        (contract.STATUSES, vocabulary.STATUSES),
        (contract.SITE_KINDS, vocabulary.SITE_KINDS),
        (contract.SECTORS, vocabulary.SECTORS),
        (contract.LOCATION_PRECISIONS, vocabulary.LOCATION_PRECISIONS),
        (contract.MODES, vocabulary.MODES),
        (contract.CARRIERS, vocabulary.CARRIERS),
        (contract.CORRIDOR_GROUPS, vocabulary.CORRIDOR_GROUPS),
        (contract.VALUE_KINDS, vocabulary.VALUE_KINDS),
        (contract.REGION_KINDS, vocabulary.REGION_KINDS),
        (contract.REGION_INDICATORS, vocabulary.INDICATORS),
        (contract.BARRIER_KINDS, vocabulary.BARRIER_KINDS),
        (set(contract.NODE_KINDS) - {"shape"}, vocabulary.NODE_KINDS),
        (contract.PROJECT_VALUE_TYPES, vocabulary.PROJECT_VALUE_TYPES),
        (set(contract.UNITS) - {"year"}, vocabulary.UNITS),
    ):
        assert set(codes) == set(table)


def test_every_figure_of_a_kind_says_it_with_its_sources(atlas):
    rows = atlas.region_indicators
    assert {"actual", "plan", "estimate"} <= set(rows["kind"])
    for region_id, group in rows.groupby("region_id"):
        text = text_of(card_of([f"region:{region_id}"], atlas, speak("en")))
        for kind, count in group["kind"].value_counts().items():
            assert text.count(f"Kind of figure: {vocabulary.VALUE_KINDS[kind]}") == count, region_id


@pytest.mark.parametrize(("kind", "beside"), [("actual", ""), ("target", "target"), ("", "")])
def test_a_figure_that_is_not_actual_says_so_beside_the_number(atlas, kind, beside):
    opened = sourced("5 km", ["GK"], atlas, speak("en"), kind=kind)
    summary, inside = opened.children
    assert text_of(summary).split() == f"5 km {beside} Show the source".split()
    assert ("Kind of figure" in text_of(inside)) == bool(kind)


def test_the_value_of_a_project_says_what_it_is_a_value_of(atlas):
    known = atlas.projects[atlas.projects["value_usd"].notna()]
    assert (known["value_type"] != "").all()
    for project_id, row in known.iterrows():
        text = text_of(card_of([f"project:{project_id}"], atlas, speak("en")))
        assert f"Kind of figure: {vocabulary.PROJECT_VALUE_TYPES[row['value_type']]}" in text
