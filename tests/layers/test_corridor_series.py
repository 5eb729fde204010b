"""Figures of corridors that may be drawn together, and those that may not."""

import pandas as pd
import pytest

from layers.contract import words
from layers.corridor_series import (
    FLOWS,
    REASONS,
    SUBJECTS,
    corridor_series,
    sorted_out,
    statements,
    subject_of,
)
from layers.corridors import with_branches


def chart_of(atlas, corridor_id, metric, **wanted):
    charts = [
        chart
        for chart in corridor_series(atlas, corridor_id).charts
        if chart.metric == metric and all(getattr(chart, name) == value for name, value in wanted.items())
    ]
    assert len(charts) == 1
    return charts[0]


def series(chart):
    return [rows for _, rows in chart.statements.groupby("series")]


def row(metric_id, value, **cells):
    plain = {
        "corridor_id": "c",
        "metric": "cargo_volume",
        "section": "",
        "period": "2024",
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "cumulative": False,
        "value": float(value),
        "bound": "",
        "unit": "t",
        "kind": "actual",
        "reporter": "ministry",
        "source_ids": ("S-1",),
        "note": "",
    }
    return plain | cells | {"metric_id": metric_id}


def year(number):
    return {"period": str(number), "period_start": f"{number}-01-01", "period_end": f"{number}-12-31"}


def drawn(*rows):
    table = pd.DataFrame(rows).set_index("metric_id")
    return sorted_out(statements(table), ("c",))


def test_every_row_of_every_corridor_is_in_one_chart_or_in_the_list(atlas):
    for corridor_id in atlas.corridors.index:
        found = corridor_series(atlas, corridor_id)
        shown = [ids for chart in found.charts for ids in chart.statements["metric_ids"]]
        every = [one for ids in [*shown, *found.left_out["metric_ids"]] for one in ids]
        family = with_branches(atlas.corridors, [corridor_id])
        own = atlas.corridor_metrics.index[atlas.corridor_metrics["corridor_id"].isin(family)]
        assert sorted(every) == sorted(own)
        assert found.left_out["reason"].isin(REASONS).all()


def test_a_series_is_one_reporter_one_kind_one_part_and_one_sort_of_period(atlas):
    for corridor_id in atlas.corridors.index:
        for chart in corridor_series(atlas, corridor_id).charts:
            assert chart.statements["unit"].nunique() == 1
            for rows in series(chart) if chart.form == "over-time" else []:
                for column in ("corridor_id", "metric", "section", "firmness", "span", "witness", "reporter"):
                    assert rows[column].nunique() == 1, (chart.key, column)
                assert rows["year"].is_monotonic_increasing


def test_no_chart_holds_an_undated_value(atlas):
    for corridor_id in atlas.corridors.index:
        for chart in corridor_series(atlas, corridor_id).charts:
            assert chart.statements["year"].notna().all()


def test_keys_of_charts_are_their_own(atlas):
    for corridor_id in atlas.corridors.index:
        keys = [chart.key for chart in corridor_series(atlas, corridor_id).charts]
        assert len(keys) == len(set(keys))


def test_the_cargo_of_the_trans_caspian_route_is_the_series_of_the_ministry(atlas):
    first, *_ = series(chart_of(atlas, "trans-caspian", "cargo_volume", is_parts=False))
    assert set(first["reporter"]) == {"Kazakh transport ministry"}
    assert dict(zip(first["year"], first["high"], strict=True)) == {
        2019: 759_000,
        2020: 783_000,
        2021: 586_000,
        2022: 1_485_000,
        2023: 2_764_000,
        2024: 4_484_000,
        2025: 4_119_000,
    }


def test_containers_of_2025_are_there(atlas):
    rows = chart_of(atlas, "trans-caspian", "container_volume").statements
    assert rows.loc[rows["year"].eq(2025) & rows["firmness"].eq("stated"), "high"].tolist() == [77_000]
    assert rows.loc[rows["firmness"].eq("aim"), "high"].tolist() == [96_000, 300_000]


def test_the_narrower_count_of_the_ports_never_joins_the_series_of_the_ministry(atlas):
    found = corridor_series(atlas, "trans-caspian")
    assert ("CM-008",) in list(found.left_out["metric_ids"])


def test_the_undated_volume_of_north_south_is_listed(atlas):
    left = corridor_series(atlas, "north-south").left_out.set_index("metric_ids")
    assert left["reason"][("CM-070",)] == "undated"


def test_a_part_of_a_year_is_a_series_of_its_own_and_stands_in_the_middle_of_its_months(atlas):
    rows = chart_of(atlas, "trans-caspian", "cargo_volume", is_parts=False).statements
    half = rows[rows["period"].eq("2025H1")].iloc[0]
    assert half["span"] == "part"
    assert half["year"] == pytest.approx(2024.75, abs=0.01)
    assert set(rows.loc[rows["series"].eq(half["series"]), "span"]) == {"part"}


def test_both_ends_of_a_range_are_one_statement(atlas):
    rows = chart_of(atlas, "trans-caspian", "transit_time").statements
    ends = rows[rows["section"].eq("altynkol-constanta")].iloc[0]
    assert (ends["low"], ends["high"], ends["metric_ids"]) == (20, 22, ("CM-046", "CM-047"))


def test_branches_with_the_same_count_stand_beside_each_other(atlas):
    chart = chart_of(atlas, "north-south", "container_volume", form="side-by-side")
    values = dict(zip(chart.statements["corridor_id"], chart.statements["high"], strict=True))
    assert values == {"north-south": 8900, "north-south-west": 6600, "north-south-east": 2300}


def test_an_unknown_corridor_is_refused(atlas):
    with pytest.raises(KeyError):
        corridor_series(atlas, "nowhere")


def test_no_figures_give_no_chart_and_an_empty_list(atlas):
    found = corridor_series(atlas, "north-south-caspian")
    assert found.charts == ()
    assert found.left_out.empty


def test_every_metric_of_the_contract_has_a_subject():
    assert set(FLOWS) <= set(words.CORRIDOR_METRICS)
    named = [metric for metrics in SUBJECTS.values() for metric in metrics]
    assert set(named) <= set(words.CORRIDOR_METRICS)
    assert len(named) == len(set(named))
    assert {subject_of(metric) for metric in words.CORRIDOR_METRICS} == {*SUBJECTS, "other"}


def test_two_reporters_of_two_years_are_two_series():
    found = drawn(row("a", 1, **year(2023)), row("b", 2, reporter="railway", **year(2024)))
    assert [rows["witness"].tolist() for rows in series(found.charts[0])] == [["ministry"], ["railway"]]


def test_values_without_a_reporter_are_told_apart_by_their_source():
    nobody = {"reporter": ""}
    found = drawn(
        row("a", 1, **year(2022), **nobody),
        row("b", 2, **year(2023), **nobody),
        row("c", 3, **year(2024), **nobody, source_ids=("S-2",)),
    )
    assert [len(rows) for rows in series(found.charts[0])] == [2, 1]


def test_a_year_and_a_part_of_the_same_year_are_no_development():
    part = {"cumulative": True, "period_end": "2024-06-30"}
    found = drawn(row("a", 1), row("b", 2, **part))
    assert found.charts == ()
    assert found.left_out["reason"].tolist() == ["single", "single"]


def test_what_is_counted_so_far_is_a_part_even_where_its_dates_are_those_of_a_year():
    said = statements(pd.DataFrame([row("a", 1, cumulative=True)]).set_index("metric_id"))
    assert said["span"].tolist() == ["part"]


def test_a_sum_over_several_years_is_listed():
    found = drawn(row("a", 1, **year(2023)), row("b", 2), row("c", 9, period_start="2022-01-01"))
    assert found.left_out["reason"].tolist() == ["years"]


def test_an_open_end_stays_open():
    said = statements(pd.DataFrame([row("a", 1, bound="lower")]).set_index("metric_id")).iloc[0]
    assert said["low"] == 1
    assert pd.isna(said["high"])


def test_ends_of_different_statements_are_not_joined():
    rows = [row("a", 1, bound="lower"), row("b", 2, bound="upper", reporter="railway")]
    assert len(statements(pd.DataFrame(rows).set_index("metric_id"))) == 2


def test_no_rows_give_no_statements():
    empty = pd.DataFrame([row("a", 1)]).set_index("metric_id").iloc[:0]
    found = sorted_out(statements(empty), ("c",))
    assert found.charts == ()
    assert found.left_out.empty
