"""The page of trade: published values with their sources, charts, and words where something is missing."""

import json
import re
import sys
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qsl

import numpy as np
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st
from plotly.utils import PlotlyJSONEncoder

from dashboard.figures.charts import series_chart
from dashboard.figures.trade_charts import parts_of_years_chart
from dashboard.plain import Plain, trees
from dashboard.text import languages, speak
from dashboard.trade import flows, goods, ledger, owned, target, terms, top
from dashboard.trade.view import FLOWS, TradeView, reporters_of
from layers import trade

ALLOWED_FIGURES = 120_000
LARGEST_PAGE = 450_000
NOT_MEANT = re.compile(r"\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\{\w+\}")
ENGLISH = speak("en")


@pytest.fixture
def page(site):
    """The page's module; Dash must exist before a page is imported."""
    return sys.modules["dashboard.pages.trade"]


def elements(contents):
    """Every element of what a component may hold as [tag, attributes, contents …], outer ones first."""
    yield from inner_elements(trees(contents))


def inner_elements(found):
    for tree in found:
        if not isinstance(tree, str):
            yield tree
            yield from inner_elements(tree[2:])


def text_of(contents):
    return inner_text(trees(contents))


def inner_text(found):
    return "".join(one if isinstance(one, str) else inner_text(one[2:]) for one in found)


def opened_values(contents):
    """What each value that opens says shut, with all the text inside it."""
    for one in elements(contents):
        if one[0] == "details" and one[1].get("className") == "sourced":
            yield inner_text(one[2][2:]), inner_text(one[3:])


def section(layout, anchor):
    return Plain.of(next(one for one in elements(layout) if one[1].get("id") == anchor)[2:])


def figures_of(layout):
    return {one.id: one.figure for one in layout._traverse() if isinstance(one, dcc.Graph)}


def as_json(component):
    return json.dumps(component, cls=PlotlyJSONEncoder, ensure_ascii=False)


def changed(atlas, **tables):
    return replace(atlas, **tables)


@pytest.mark.parametrize(
    ("value", "publishers"),
    [
        ("4.97 billion USD", ["Trend News Agency", "Trend News Agency (ru)"]),
        ("1.55 billion USD", ["Trend News Agency", "Trend News Agency (ru)"]),
        ("3.4 billion USD", ["Trend News Agency"]),
        ("+11.4%", ["Trend News Agency"]),
        ("+16.6%", ["Trend News Agency"]),
        ("1,199", ["Trend News Agency", "Kazinform (kk)"]),
        ("876", ["BAQ.KZ"]),
        ("10 billion USD target", ["Trend News Agency", "Qazinform"]),
    ],
)
def test_a_published_value_stands_on_top_with_its_source(page, value, publishers):
    layout = page.layout(lang="en")
    top_part = layout.children[0]
    inside = [text for shown, text in opened_values(top_part) if shown.strip() == value]
    assert inside
    assert all(f"{publisher}: " in inside[0] for publisher in publishers)


def test_the_finding_says_what_was_and_what_the_target_needs(atlas):
    said = top.finding(atlas, ENGLISH)
    assert "in 2025 was 4.97 billion USD, 11.4% more" in said
    assert "To reach 10 billion USD in 2030 it has to grow by 15.0% a year." in said


def test_the_needed_growth_is_computed_and_says_how(page):
    layout = page.layout(lang="en")
    inside = [text for shown, text in opened_values(layout) if shown == "15.0% a year needed computed"]
    assert len(inside) == 2
    assert all("from the turnover of 2025 to the target of 2030" in text for text in inside)


def test_the_path_is_told_year_by_year(page):
    text = text_of(section(page.layout(lang="en"), "target"))
    for said in ("5.72 billion USD", "8.53 billion USD", "in 2032", "1.47 billion USD", "Set by"):
        assert said in text


def test_earlier_targets_say_what_came_of_them(page):
    text = text_of(section(page.layout(lang="en"), "target"))
    assert text.count("no value of that year is known to our sources") == 2
    assert "reached by one count, not by another" in text
    assert text.count("the year is not over yet") == 2
    assert "4.46 billion USD" in text


def test_every_flow_has_its_charts_and_years_are_not_joined_over_gaps(page, atlas):
    for code in FLOWS:
        for name, figure in figures_of(page.layout(lang="en", flow=code)).items():
            if name == "chart-years":
                assert all(len(trace["x"]) == 1 or None in trace["x"] for trace in figure["data"])
                ids = [one for trace in figure["data"] for one in trace["customdata"] if one]
                years = trade.full_years(atlas.trade, FLOWS[code], ("actual", "preliminary", "approx"))
                assert sorted(ids) == sorted(years.index)


def test_a_preliminary_value_is_hollow(atlas):
    chart = trade.year_chart(atlas, "turnover")
    traces = series_chart(chart, ENGLISH, terms.palette(atlas))["data"]
    hollow = [trace for trace in traces if trace["marker"]["color"] == "#ffffff"]
    assert [trace["customdata"] for trace in hollow] == [["TR-047"]]


def test_a_reporter_has_one_colour_on_the_whole_page(atlas):
    colours = terms.palette(atlas)
    assert len(set(colours.values())) > 8
    for flow in trade.GOODS_FLOWS:
        for trace in series_chart(trade.year_chart(atlas, flow), ENGLISH, colours)["data"]:
            reporter = atlas.trade.at[trace["customdata"][0], "reporter"]
            assert trace["marker"]["line"]["color"] == colours[reporter]


def test_parts_of_years_stand_under_their_reporter(atlas):
    parts = trade.parts_of_years(atlas, "turnover")
    (bars,) = parts_of_years_chart(parts, ENGLISH, terms.palette(atlas))["data"]
    assert len(bars["customdata"]) == len(parts) == 17
    uzbek = [atlas.trade.at[one, "reporter"] for one in bars["customdata"]][:8]
    assert set(uzbek) == {"Uzbekistan statistics"}
    places = [bars["customdata"].index(one) for one in ("TR-018", "TR-031", "TR-040")]
    assert places == list(range(places[0], places[0] + 3))


def test_what_does_not_add_up_is_said_and_not_corrected(page):
    text = text_of(section(page.layout(lang="en"), "flows"))
    assert "exports and imports as stated make 4.95 billion USD, the turnover as stated is 4.97" in text
    assert "−1.85 billion USD" in text


def test_growth_alone_is_a_statement_in_a_table(page):
    text = text_of(section(page.layout(lang="en"), "goods"))
    for said in ("passenger cars", "+83.7%", "4.8-fold increase", "3.8 million litres", "15.3 %"):
        assert said in text


def test_each_chart_of_goods_has_one_unit(atlas):
    for name, figure in goods.figures(atlas, ENGLISH).items():
        ids = [one for trace in figure["data"] for one in trace["customdata"]]
        assert atlas.trade_commodities.loc[ids, "unit"].nunique() == 1, name


def test_enterprises_show_both_counts_and_the_sum_of_the_sectors(page):
    text = text_of(section(page.layout(lang="en"), "enterprises"))
    assert "1,199 on 1 December 2025 (Uzbekistan statistics); another count: 876" in text
    assert "Added up, the 9 sectors make 1,199: the total that is stated." in text
    for said in ("Mangystau", "6,500", "4,595"):
        assert said in text


def test_sectors_that_miss_the_total_say_so(atlas):
    rows = atlas.enterprises.copy()
    rows.at["EN-009", "value"] = 130
    said = text_of(owned.enterprises_section.__wrapped__(changed(atlas, enterprises=rows), "en"))
    assert "make 1,200; the total that is stated is 1,199" in said
    assert "not the total that is stated:" in said


def test_the_ledger_says_how_far_statements_are_apart(page):
    text = text_of(section(page.layout(lang="en"), "ledger"))
    for said in ("400 million USD, 8.7%", "22.6 percentage points", "323, 36.9%", "100 million USD, 8.3%"):
        assert said in text
    assert "Nothing is stated differently of: Traded goods" in text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", FLOWS)
def test_the_page_is_small_and_says_nothing_senseless(page, language, code):
    layout = page.layout(lang=language, flow=code)
    figures = figures_of(layout)
    assert len(as_json(list(figures.values())).encode()) < ALLOWED_FIGURES
    assert len(as_json(layout).encode()) < LARGEST_PAGE
    assert not NOT_MEANT.search(text_of(layout))
    assert "NaN" not in as_json(list(figures.values()))
    ids = [one[1]["id"] for one in elements(layout) if isinstance(one[1].get("id"), str)]
    assert len(ids) == len(set(ids))


def test_headings_are_in_order_and_tables_have_a_head(page):
    layout = page.layout(lang="en")
    levels = [int(one[0][1]) for one in elements(layout) if re.fullmatch(r"h\d", one[0])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for one in elements(layout):
        if one[0] == "table":
            scopes = [inner[1].get("scope") for inner in inner_elements(one[2:]) if inner[0] == "th"]
            assert scopes and all(scopes)


def test_without_any_data_there_are_words(atlas):
    none = changed(
        atlas,
        **{name: getattr(atlas, name).iloc[:0] for name in ("trade", "enterprises", "trade_commodities")},
        projects=atlas.projects.iloc[:0],
    )
    assert "No turnover of a whole year is known" in top.finding(none, ENGLISH)
    assert text_of(top.key_figures(none, ENGLISH)) == ""
    for said, words in (
        (flows.flow_charts.__wrapped__(none, TradeView(), "en"), "No such value is known"),
        (flows.balance_section.__wrapped__(none, "en"), "No reporter states both directions"),
        (target.target_section.__wrapped__(none, "en"), "No target"),
        (goods.goods_section.__wrapped__(none, "en"), "No traded goods are known"),
        (owned.enterprises_section.__wrapped__(none, "en"), "No such value is known"),
        (owned.share_section.__wrapped__(none, "en"), "No share is known"),
        (ledger.ledger_section.__wrapped__(none, "en"), "No figure of this page is stated differently"),
    ):
        assert words in text_of(html.Div(said))


def test_without_a_target_the_page_speaks_of_turnover_alone(atlas):
    none = changed(atlas, trade=atlas.trade[atlas.trade["kind"].ne("target")])
    assert "To reach" not in top.finding(none, ENGLISH)
    assert "No target" in text_of(html.Div(target.target_section.__wrapped__(none, "en")))
    assert "Turnover target" not in text_of(top.key_figures(none, ENGLISH))


def test_without_a_growth_rate_no_pace_is_drawn(atlas):
    rows = atlas.trade.copy()
    rows.at["TR-058", "growth_pct"] = np.nan
    other = changed(atlas, trade=rows)
    text = text_of(html.Div(target.target_section.__wrapped__(other, "en")))
    assert "The growth of 2025 is not stated" in text
    assert not NOT_MEANT.search(text)
    assert [trace["name"] for trace in target.path_figure(other, ENGLISH)["data"]][-1] == "needed path"


def test_one_reporter_alone_gives_charts_or_words(atlas, page):
    for code, reporter in reporters_of(atlas).items():
        for flow in FLOWS:
            layout = page.layout(lang="en", flow=flow, by=code)
            view = TradeView.from_query({"flow": flow, "by": code}, atlas)
            assert view.reporter == reporter
            text = text_of(section(layout, "flows"))
            assert not NOT_MEANT.search(text)
            figure = figures_of(layout).get("chart-years")
            if figure is None:
                assert f"{reporter} states no such value." in text
            else:
                ids = [one for trace in figure["data"] for one in trace["customdata"] if one]
                assert set(atlas.trade.loc[ids, "reporter"]) == {reporter}
    only = changed(atlas, trade=atlas.trade[atlas.trade["reporter"].eq("Uzbekistan statistics")])
    assert "2022: 4.6 billion USD" in text_of(flows.flow_charts.__wrapped__(only, TradeView(), "en"))


def test_what_a_link_says_wrongly_is_left_out_with_a_note(page):
    text = text_of(page.layout(lang="en", flow="gold", by="nobody", x="1"))
    assert "left out: flow=gold, by=nobody, x=1" in text
    assert "4.97 billion USD" in text


@given(st.dictionaries(st.sampled_from(["flow", "by", "lang", "<b>", "x"]), st.text(max_size=60), max_size=5))
def test_any_query_gives_a_view_that_its_own_link_gives_again(atlas, query):
    view = TradeView.from_query(query, atlas)
    assert TradeView.from_query(dict(parse_qsl(view.to_query().lstrip("?"))), atlas) == view


def test_every_view_survives_its_link(atlas):
    for flow in FLOWS.values():
        for reporter in ("", *reporters_of(atlas).values()):
            view = TradeView(flow, reporter)
            assert TradeView.from_query(view.to_query(), atlas) == view


def test_reporters_goods_and_sectors_of_the_data_have_words(atlas):
    assert set(atlas.trade["reporter"]) <= set(terms.REPORTERS)
    assert set(atlas.enterprises["reporter"]) - {""} <= set(terms.REPORTERS)
    assert set(atlas.trade_commodities["commodity"]) <= set(terms.GOODS)
    assert set(atlas.enterprises["sector"]) - {""} <= set(terms.SECTORS)
