"""What rests on which source, what is stated differently, and what is old."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from layers import evidence
from layers.contract.tables import TABLES


def groups_of(atlas, topic):
    """The ids of the rows of each disagreement of a topic."""
    rows = evidence.disagreements(atlas)
    rows = rows[rows["topic"].eq(topic)]
    return [set(ids) for _, ids in rows.groupby("group")["row_id"]]


def changed(atlas, table, row_id, **cells):
    """The atlas with other cells in one row."""
    frame = getattr(atlas, table).copy()
    for column, value in cells.items():
        frame.at[row_id, column] = value
    return dataclasses.replace(atlas, **{table: frame})


def test_every_source_of_every_row_is_found_once(atlas):
    found = evidence.citations(atlas)
    columns = [
        (table, column)
        for table, schema in TABLES.items()
        for column, form in schema.columns.items()
        if form.metadata.get("refers_to") == "sources"
    ]
    assert len(found) == sum(getattr(atlas, table)[column].map(len).sum() for table, column in columns)
    assert not found.duplicated().any()
    assert set(found["source_id"]) <= set(atlas.sources.index)
    counted = sum(len(ids) for rows in evidence.rows_by_source(atlas).values() for ids in rows.values())
    assert counted == len(found)


def test_the_rows_of_one_source_are_those_that_name_it(atlas):
    rows = evidence.resting_on(atlas, "S-C001")
    named = atlas.corridor_metrics["source_ids"].map(lambda ids: "S-C001" in ids)
    assert rows["corridor_metrics", "source_ids"] == tuple(atlas.corridor_metrics.index[named])
    assert evidence.resting_on(atlas, "no such source") == {}


def test_a_population_is_told_apart_from_its_region(atlas):
    assert "KZ-11" in evidence.resting_on(atlas, "S-S316")["regions", "population_source_ids"]


def test_rows_on_general_knowledge_alone_are_counted(atlas):
    counted = evidence.general_knowledge(atlas).set_index("table")
    assert counted.at["segments", "alone"] == (atlas.segments["source_ids"] == ("GK",)).sum()
    assert counted.at["regions", "alone"] == 0
    assert counted.at["regions", "named"] == 34
    assert not set(counted.index) & {"trade", "enterprises", "energy_flows", "corridor_metrics"}


@pytest.mark.parametrize(
    ("topic", "ids"),
    [
        ("trade", {"TR-012", "TR-015"}),
        ("trade", {"TR-001", "TR-004"}),
        ("enterprises", {"EN-006", "EN-007"}),
        ("portfolio", {"A-2025-13", "A-2025-12"}),
        ("parts", {"CM-006", "CM-008"}),
        ("corridors", {"CM-041", "CM-042", "CM-043"}),
        ("energy", {"EF-004", "EF-005"}),
    ],
)
def test_known_disagreements_are_found(atlas, topic, ids):
    assert ids in groups_of(atlas, topic)


def test_values_differ_within_each_disagreement_and_so_do_those_who_state_them(atlas):
    for (topic, _), rows in evidence.disagreements(atlas).groupby(["topic", "group"]):
        frame = getattr(atlas, rows["table"].iloc[0]).loc[rows["row_id"]]
        value = "value" if "value" in frame else "value_usd"
        differ = frame[value].nunique() > 1 or frame.get("growth_pct", pd.Series()).nunique() > 1
        assert differ, (topic, list(frame.index))
        assert evidence.witnesses(frame).nunique() > 1, (topic, list(frame.index))


def test_a_target_is_no_disagreement_with_a_result(atlas):
    assert not [ids for ids in groups_of(atlas, "trade") if "TR-021" in ids]


def test_one_reporter_does_not_disagree_with_itself(atlas):
    same = changed(atlas, "trade", "TR-015", reporter=atlas.trade.at["TR-012", "reporter"])
    assert {"TR-012", "TR-015"} not in groups_of(same, "trade")


def test_equal_values_are_no_disagreement(atlas):
    first = atlas.trade.loc["TR-012"]
    same = changed(atlas, "trade", "TR-015", value_usd=first["value_usd"], growth_pct=first["growth_pct"])
    assert {"TR-012", "TR-015"} not in groups_of(same, "trade")


def test_counts_more_than_a_year_apart_are_not_compared(atlas):
    later = changed(atlas, "enterprises", "EN-007", date="2026-12-01")
    assert not [ids for ids in groups_of(later, "enterprises") if "EN-007" in ids]


def test_parts_that_do_not_add_up_are_named_with_what_is_left(atlas):
    sums = evidence.unequal_sums(atlas).set_index("turnover")
    assert sums.at["TR-058", "rest_usd"] == pytest.approx(20e6)
    assert (sums.at["TR-058", "export_uz_to_kz"], sums.at["TR-058", "import_uz_from_kz"]) == (
        "TR-059",
        "TR-060",
    )
    assert "TR-012" not in sums.index


def test_old_is_more_than_a_year_before_the_date_of_the_atlas(atlas):
    ages = evidence.ages(atlas)
    limit = pd.Timestamp(atlas.date) - pd.DateOffset(years=1)
    assert ages["is_old"].equals(ages["date"].lt(limit))
    assert ages["date"].dropna().is_monotonic_increasing
    assert set(ages["table"]) == {"regions", "region_indicators", "corridor_metrics"}


def test_aims_have_no_age(atlas):
    figures = evidence.ages(atlas)
    metrics = figures.loc[figures["table"].eq("corridor_metrics"), "row_id"]
    assert not set(atlas.corridor_metrics.loc[metrics, "kind"]) & {"target", "plan", "contract"}


def test_only_the_latest_of_a_series_is_the_newest(atlas):
    newest = evidence.ages(atlas).set_index(["table", "row_id"])["is_newest"]
    assert not newest["corridor_metrics", "CM-001"]
    assert newest["corridor_metrics", "CM-007"]
    undated = evidence.ages(atlas)["date"].isna()
    assert not evidence.ages(atlas).loc[undated, ["is_old", "is_newest"]].any(axis=None)


def test_tables_without_rows_give_no_disagreements(atlas):
    tables = ("trade", "enterprises", "projects", "corridor_metrics", "energy_flows", "region_indicators")
    none = {name: getattr(atlas, name).iloc[:0] for name in (*tables, "trade_commodities")}
    empty = dataclasses.replace(atlas, **none)
    assert evidence.disagreements(empty).empty
    assert evidence.unequal_sums(empty).empty
    assert len(evidence.ages(empty)) == 34


def test_the_glossary_explains_each_term_in_four_languages(atlas):
    for column in (f"{part}_{code}" for part in ("name", "definition") for code in ("en", "ru", "uz", "kk")):
        assert atlas.glossary[column].ne("").all(), column
        assert atlas.glossary[column].is_unique, column
    assert not atlas.glossary["definition_uz"].str.contains("['’‘`]").any()
