"""Trade over time, its target, goods and enterprises: what may be compared and what is worked out."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from layers import evidence, trade
from layers.trade.aims import year_reached


def emptied(atlas):
    tables = ("trade", "enterprises", "trade_commodities")
    return replace(atlas, **{name: getattr(atlas, name).iloc[:0] for name in tables})


def changed(frame, row_id, **values):
    """A copy of a frame with other values in one row."""
    copy = frame.copy()
    for column, value in values.items():
        copy.at[row_id, column] = value
    return copy


@pytest.mark.parametrize("flow", trade.GOODS_FLOWS)
def test_a_series_of_years_is_of_one_reporter_and_holds_years_alone(atlas, flow):
    rows = trade.year_chart(atlas, flow).statements
    assert rows.groupby("series")["reporter"].nunique().eq(1).all()
    assert set(rows["span"]) == {"year"}
    assert rows["year"].eq(rows["period_end"].str[:4].astype(float)).all()
    assert not set(rows["kind"]) & {"target", "plan"}


def test_the_main_chart_holds_the_published_values_of_2025(atlas):
    found = {}
    for flow in trade.GOODS_FLOWS:
        last = trade.year_chart(atlas, flow).statements.sort_values("year").iloc[-1]
        found[last["metric_ids"]] = (last["high"], last["growth_pct"])
    assert found == {("TR-058",): (4.97e9, 11.4), ("TR-059",): (1.55e9, 1.2), ("TR-060",): (3.4e9, 16.6)}


def test_preliminary_values_are_a_series_apart(atlas):
    rows = trade.year_chart(atlas, "turnover").statements
    about = rows[rows["firmness"].eq("about")]
    assert about["metric_ids"].tolist() == [("TR-047",)]
    assert not rows[~rows.index.isin(about.index)]["series"].isin(about["series"]).any()


def test_both_growth_rates_of_2017_stand(atlas):
    rows = trade.year_chart(atlas, "turnover").statements
    assert sorted(rows.loc[rows["year"].eq(2017), "growth_pct"]) == [8.6, 31.2]


def test_one_reporter_can_be_chosen_and_may_state_nothing(atlas):
    chart = trade.year_chart(atlas, "turnover", "Uzbekistan statistics")
    assert chart.statements["metric_ids"].tolist() == [("TR-015",)]
    assert trade.year_chart(atlas, "export_uz_to_kz", "Kazakhstan presidency") is None


def test_the_same_months_of_years_stand_together(atlas):
    parts = trade.parts_of_years(atlas, "turnover")
    assert set(parts["span"]) == {"part"}
    july = parts[parts["months"].eq("01-01/07-31")]
    assert july["period_start"].str[:4].tolist() == ["2022", "2023", "2024"]
    assert trade.same_months(parts)["high"].tolist() == [2.5e9, 2.4e9, 2.2e9]


def test_months_of_two_reporters_are_never_compared(atlas):
    parts = trade.parts_of_years(atlas, "turnover")
    only = parts[parts["metric_ids"].isin([("TR-025",), ("TR-037",)])]
    assert only["months"].nunique() == 1
    assert trade.same_months(only).empty


def test_the_balance_needs_both_directions_of_one_reporter(atlas):
    rows = trade.balances(atlas.trade)
    of_2022 = rows[rows["period"].eq("2022")].set_index("reporter")["balance_usd"]
    assert of_2022.to_dict() == {"Kazakhstan statistics": -2.4e9, "Uzbekistan statistics": -1.8e9}
    assert rows.iloc[-1][["export_id", "import_id", "balance_usd"]].tolist() == ["TR-059", "TR-060", -1.85e9]
    alone = trade.balances(atlas.trade.drop("TR-017"))
    assert "Uzbekistan statistics" not in set(alone.loc[alone["period"].eq("2022"), "reporter"])


def test_the_target_needs_15_percent_a_year(atlas):
    way = trade.gauge(atlas.trade)
    assert (way.goal_year, way.last_year, way.pace_pct) == (2030, 2025, pytest.approx(11.4))
    assert round(way.needed_pct, 1) == 15.0
    assert way.path["year"].tolist() == list(range(2025, 2031))
    assert way.path["needed_usd"].iloc[-1] == pytest.approx(10e9)
    assert way.path["pace_usd"].iloc[-1] == pytest.approx(4.97e9 * 1.114**5)
    assert way.pace_year == 2032
    assert 4.97e9 * 1.114**6 < 10e9 < 4.97e9 * 1.114**7


@pytest.mark.parametrize(
    ("value", "growth", "year"), [(5.0, 1.0, 2026), (10.0, -0.5, 2025), (5.0, 0.0, None), (5.0, np.nan, None)]
)
def test_the_year_in_which_a_goal_is_reached(value, growth, year):
    assert year_reached(2025, value, growth, 10.0) == year


def test_without_a_target_or_a_result_there_is_no_gauge(atlas):
    rows = atlas.trade
    assert trade.gauge(rows[rows["kind"].ne("target")]) is None
    assert trade.gauge(rows[rows["kind"].eq("target")]) is None
    assert trade.gauge(rows[rows["period_end"].lt("2019") | rows["flow"].ne("turnover")]) is not None


def test_without_a_growth_rate_there_is_no_pace(atlas):
    way = trade.gauge(changed(atlas.trade, "TR-058", growth_pct=np.nan))
    assert np.isnan(way.pace_pct)
    assert way.pace_year is None
    assert way.path["pace_usd"].iloc[1:].isna().all()


def test_what_came_of_the_targets(atlas):
    found = trade.outcomes(atlas.trade, atlas.date).set_index("trade_id")
    assert found["outcome"].to_dict() == {
        "TR-005": "not-known",
        "TR-007": "not-known",
        "TR-021": "reached-by-some",
        "TR-066": "not-over",
        "TR-065": "not-over",
    }
    assert found.at["TR-021", "result_ids"] == ("TR-012", "TR-015")
    later = trade.outcomes(atlas.trade, datetime.date(2027, 1, 1)).set_index("trade_id")
    assert later.at["TR-066", "outcome"] == "not-known"


@pytest.mark.parametrize(("value", "outcome"), [(6e9, "not-reached"), (4.6e9, "reached")])
def test_a_target_is_judged_by_all_values_of_its_year(atlas, value, outcome):
    found = trade.outcomes(changed(atlas.trade, "TR-021", value_usd=value), atlas.date)
    assert found.set_index("trade_id").at["TR-021", "outcome"] == outcome


def test_a_growth_rate_says_what_the_year_before_was(atlas):
    assert trade.implied_before_usd(atlas.trade.loc["TR-058"]) == pytest.approx(4.461e9, rel=1e-3)
    assert np.isnan(trade.implied_before_usd(atlas.trade.loc["TR-035"]))


def test_goods_on_one_scale_share_direction_period_and_unit(atlas):
    for flow, sizes in (("kz_to_uz", [9, 16]), ("uz_to_kz", [7])):
        found = trade.baskets(atlas.trade_commodities, flow)
        assert [len(basket.rows) for basket in found] == sizes
        for basket in found:
            assert basket.rows[["flow", "period", "unit"]].drop_duplicates().shape[0] == 1


def test_every_statement_of_goods_is_drawn_or_listed(atlas):
    rows = atlas.trade_commodities
    for flow in ("kz_to_uz", "uz_to_kz"):
        drawn = [one for basket in trade.baskets(rows, flow) for one in basket.rows.index]
        loose = trade.loose_commodities(rows, flow)
        assert sorted([*drawn, *loose.index]) == sorted(rows.index[rows["flow"].eq(flow)])
    loose = trade.loose_commodities(rows, "kz_to_uz")["span"]
    assert loose[loose.eq("growth")].index.tolist() == ["TC-036", "TC-037", "TC-038", "TC-039", "TC-040"]
    assert loose[loose.eq("year")].index.tolist() == ["TC-045", "TC-046"]


def test_counts_of_enterprises_are_a_series_for_each_reporter(atlas):
    rows = trade.enterprise_chart(atlas, "kz_capital_in_uz").statements
    assert rows.groupby("series")["witness"].nunique().eq(1).all()
    by_id = {ids[0]: row for ids, (_, row) in zip(rows["metric_ids"], rows.iterrows(), strict=True)}
    assert by_id["EN-007"]["series"] != by_id["EN-006"]["series"]
    assert by_id["EN-007"]["series"] != by_id["EN-017"]["series"]
    assert by_id["EN-004"]["firmness"] == "about"
    assert by_id["EN-001"][["period_start", "period_end"]].tolist() == ["2018-07-01", "2018-07-31"]


def test_nine_sectors_make_the_total(atlas):
    found = trade.sectors(atlas.enterprises)
    assert (len(found.rows), found.sum, found.adds_up) == (9, 1199, True)
    assert found.rows.iloc[-1]["sector"] == "other"
    other = trade.sectors(changed(atlas.enterprises, "EN-009", value=130))
    assert (other.sum, other.adds_up) == (1200, False)


def test_regional_and_joint_counts_are_in_no_series(atlas):
    assert trade.partial_counts(atlas.enterprises).index.tolist() == ["EN-023", "EN-020", "EN-022"]


def test_shares_of_parts_of_years_are_no_years(atlas):
    rows = trade.share_chart(atlas).statements
    assert set(rows["span"]) == {"part"}
    assert len(rows) == atlas.trade["share_pct"].notna().sum()


def test_empty_tables_give_nothing_to_draw(atlas):
    none = emptied(atlas)
    assert trade.year_chart(none, "turnover") is None
    assert trade.parts_of_years(none, "turnover").empty
    assert trade.share_chart(none) is None
    assert trade.gauge(none.trade) is None
    assert trade.sectors(none.enterprises) is None
    assert trade.enterprise_chart(none, "kz_capital_in_uz") is None
    assert trade.baskets(none.trade_commodities, "kz_to_uz") == []
    for frame in (
        trade.balances(none.trade),
        trade.outcomes(none.trade, none.date),
        trade.partial_counts(none.enterprises),
        trade.loose_commodities(none.trade_commodities, "kz_to_uz"),
    ):
        assert frame.empty


def test_how_far_statements_are_apart():
    apart = evidence.spread(pd.Series([4.6e9, 5e9, np.nan]))
    assert apart.difference == pytest.approx(4e8)
    assert round(apart.percent, 1) == 8.7
    assert evidence.spread(pd.Series([2.0, 2.0])) is None
    assert np.isnan(evidence.spread(pd.Series([0.0, 2.0])).percent)
