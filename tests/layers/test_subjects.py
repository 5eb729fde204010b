"""What the pages ask of each subject, on the real data."""

from __future__ import annotations

import pandas as pd
import pytest

from layers import corridors, council, crossings, energy, projects, regions, sites, sources, trade
from layers.contract.words import STATUSES
from layers.site_choice import SiteChoice, fitting


def test_the_latest_full_year_of_turnover(atlas):
    year = trade.latest_full_year(atlas.trade)
    assert (year["period"], year["value_usd"], year["growth_pct"]) == ("2025", 4.97e9, 11.4)
    assert year["reporter"] == "Uzbekistan ministry of investment"
    assert "TREND" in year["source_ids"]


@pytest.mark.parametrize(("flow", "value"), [("export_uz_to_kz", 1.55e9), ("import_uz_from_kz", 3.4e9)])
def test_exports_and_imports_are_shown_as_stated_and_need_not_add_up(atlas, flow, value):
    year = trade.latest_full_year(atlas.trade, flow)
    assert (year["period"], year["value_usd"]) == ("2025", value)


def test_targets_and_parts_of_a_year_are_no_full_year(atlas):
    years = trade.full_years(atlas.trade)
    assert set(years["kind"]) == {"actual"}
    assert not years["cumulative"].any()
    assert years["period_start"].is_monotonic_increasing
    assert set(atlas.trade.loc[atlas.trade["period_start"].eq("2022-01-01"), "reporter"]) > {
        "Uzbekistan statistics"
    }


def test_a_flow_without_full_years_is_an_error(atlas):
    with pytest.raises(LookupError, match="no whole year of turnover"):
        trade.latest_full_year(atlas.trade.iloc[:0])


def test_the_target_for_2030(atlas):
    assert trade.target(atlas.trade)["value_usd"] == 10e9
    assert trade.target(atlas.trade, 2020)["value_usd"] == 5e9
    with pytest.raises(LookupError, match="2031"):
        trade.target(atlas.trade, 2031)


def test_both_counts_of_enterprises_stand_side_by_side(atlas):
    counts = trade.enterprises_latest(atlas.enterprises, "kz_capital_in_uz")
    assert (counts.latest["value"], counts.latest["date"]) == (1199, "2025-12-01")
    assert counts.latest["reporter"] == "Uzbekistan statistics"
    assert counts.others[["value", "date"]].to_numpy().tolist() == [[876, "2025-11-14"]]


def test_a_count_without_a_rival_has_no_others(atlas):
    counts = trade.enterprises_latest(atlas.enterprises, "uz_capital_in_kz")
    assert counts.latest["value"] == 4595
    assert counts.others.empty


def test_an_earlier_count_of_the_same_reporter_is_no_other_count(atlas):
    row = atlas.enterprises.loc["EN-007"]
    earlier = row.to_frame().T.assign(date="2025-06-01", value=1180)
    long_ago = row.to_frame().T.assign(date="2024-01-01", value=900, reporter="another office")
    rows = pd.concat([atlas.enterprises.loc[["EN-007"]], earlier, long_ago], keys=["a", "b", "c"])
    assert trade.enterprises_latest(rows).others.empty


def test_only_approximate_counts_are_an_error(atlas):
    with pytest.raises(LookupError, match="joint_both"):
        trade.enterprises_latest(atlas.enterprises, "joint_both")


def test_portfolio_totals_are_apart_from_named_projects_and_newest_first(atlas):
    totals, named = projects.portfolio_statements(atlas.projects), projects.named(atlas.projects)
    assert (len(totals), len(named)) == (13, 50)
    assert totals["year_announced"].tolist() == sorted(totals["year_announced"], reverse=True)
    assert {1.3e9, 1.2e9} <= set(totals["value_usd"])
    assert totals["sectors"].map(len).eq(0).all()


def test_projects_of_a_region(atlas):
    found = projects.of_region(atlas.projects, "UZ-SI")
    assert "A-2025-13" in found.index
    assert found["uz_region_ids"].map(lambda ids: "UZ-SI" in ids).all()


def chosen_sites(atlas, **choice):
    """The rows of the sites that fit a choice."""
    return atlas.sites[fitting(atlas, SiteChoice(**choice))]


def test_no_choice_selects_every_site(atlas):
    assert chosen_sites(atlas).index.equals(atlas.sites.index)


def test_each_choice_narrows_and_choices_combine(atlas):
    uzbek = chosen_sites(atlas, countries=("UZB",))
    assert len(uzbek) == 48
    assert len(chosen_sites(atlas, countries=("UZB", "KGZ"))) == 49
    textile = chosen_sites(atlas, sectors=("textiles",))
    assert len(textile) == 23
    both = chosen_sites(atlas, countries=("UZB",), sectors=("textiles",))
    assert set(both.index) == set(uzbek.index) & set(textile.index)
    assert len(chosen_sites(atlas, statuses=("operating",), kinds=("sez",))) <= 26
    assert set(chosen_sites(atlas, regions=("UZ-SI",))["region_id"]) == {"UZ-SI"}


def test_a_site_of_several_sectors_is_found_by_any_of_them(atlas):
    for sector in ("food", "logistics"):
        assert "J-001" in chosen_sites(atlas, sectors=(sector, "mining")).index


def test_choices_that_fit_nothing_leave_no_site(atlas):
    assert chosen_sites(atlas, kinds=("no such kind",)).empty


def test_counts_by_status_follow_the_order_of_the_legend(atlas):
    counts = sites.status_counts(atlas.sites)
    assert counts.to_dict() == {"operating": 49, "under-construction": 29, "planned": 15, "announced": 18}
    assert list(counts.index) == [status for status in STATUSES if status in counts]
    assert corridors.status_counts(atlas.corridors).sum() == 14


def test_joint_sites(atlas):
    assert list(sites.joint(atlas.sites).index) == [one for one in atlas.sites.index if one.startswith("J-")]


def test_segments_of_corridors(atlas):
    assert len(corridors.segments_of(atlas.segments, ["trans-caspian"])) == 102
    assert len(corridors.segments_of(atlas.segments, ["trans-caspian", "northern"])) < 102 + 82
    assert corridors.segments_of(atlas.segments, []).empty
    assert corridors.segments_of(atlas.segments, ["north-south"]).empty


def test_a_parent_stands_for_its_branches(atlas):
    ids = corridors.with_branches(atlas.corridors, ["north-south"])
    assert ids == ("north-south", "north-south-west", "north-south-east", "north-south-caspian")
    assert len(corridors.segments_of(atlas.segments, ids)) == 83
    assert corridors.with_branches(atlas.corridors, ["cku"]) == ("cku",)


def test_kilometres_by_status(atlas):
    lengths = corridors.length_by_status(atlas.segments, "trans-caspian")
    own = corridors.segments_of(atlas.segments, ["trans-caspian"])
    assert lengths.sum() == pytest.approx(own["computed_length_km"].sum())
    assert lengths.index[0] == "operating"
    assert 10_000 < lengths["operating"] < 25_000
    assert corridors.length_by_status(atlas.segments, "north-south").empty


def test_bends_of_sea_routes_are_no_places(atlas):
    places = corridors.places(atlas.nodes)
    assert "shape" not in set(places["kind"])
    assert len(places) < len(atlas.nodes)


def test_the_latest_whole_year_of_a_corridor_metric(atlas):
    cargo = corridors.latest_metric(atlas.corridor_metrics, "trans-caspian", "cargo_volume")
    assert cargo["period_end"] == "2025-12-31"
    assert not cargo["cumulative"]
    assert corridors.latest_metric(atlas.corridor_metrics, "tripp", "cargo_volume") is None


def test_a_part_of_a_year_is_no_latest_year(atlas):
    year = atlas.corridor_metrics.loc[["CM-001"]]
    part = year.assign(period_start="2026-01-01", period_end="2026-06-30", cumulative=True)
    target = year.assign(period_start="2030-01-01", period_end="2030-12-31", kind="target")
    rows = pd.concat([part, target, year])
    latest = corridors.latest_metric(rows, year["corridor_id"].iloc[0], year["metric"].iloc[0])
    assert latest["period_end"] == year["period_end"].iloc[0]


def test_crossings_of_a_region(atlas):
    assert len(crossings.of_region(atlas.crossings, "KZ-61")) == 9
    assert len(crossings.of_region(atlas.crossings, "UZ-QR")) == 2


def test_a_series_has_one_unit(atlas):
    for one in atlas.energy_flows["series_id"].unique():
        assert energy.series(atlas.energy_flows, one)["unit"].nunique() == 1, one


def test_the_council_newest_first_and_what_is_not_confirmed(atlas):
    events = council.newest_first(atlas.council)
    assert events["date"].tolist() == sorted(atlas.council["date"], reverse=True)
    assert len(council.not_confirmed(atlas.council)) == 1


def test_regions_of_one_country(atlas):
    assert len(regions.of_country(atlas.regions, "UZB")) == 14


def test_cities_come_most_important_first(atlas):
    assert atlas.cities["rank"].is_monotonic_increasing


def test_sources_are_resolved_in_order_and_once(atlas):
    found = sources.resolve(atlas.sources, ("TREND", "GK", "TREND"))
    assert list(found.index) == ["TREND", "GK"]
    assert found.at["TREND", "publisher"] == "Trend News Agency"
    with pytest.raises(KeyError):
        sources.resolve(atlas.sources, ["nowhere"])


def test_general_knowledge_alone_is_told_from_a_source():
    assert sources.rests_on_general_knowledge(("GK",))
    assert not sources.rests_on_general_knowledge(("GK", "TREND"))
    assert not sources.rests_on_general_knowledge(())
