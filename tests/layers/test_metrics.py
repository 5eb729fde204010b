"""Every metric of the registry keeps the promises of its fields, and classes can be read."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.metrics import METRICS, classes
from layers.regions import of_country

every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


@every_metric
def test_values_are_numbers_for_every_region(atlas, metric):
    values = metric.compute(atlas)
    assert values.index.equals(atlas.regions.index)
    assert values.dtype == float
    assert not (values < 0).any()


@every_metric
def test_every_value_above_zero_has_sources(atlas, metric):
    values, ids = metric.compute(atlas), metric.source_ids(atlas)
    assert set(values[values > 0].index) <= set(ids)
    for region, some in ids.items():
        assert region in atlas.regions.index
        assert some
        assert set(some) <= set(atlas.sources.index)


@every_metric
def test_periods_are_two_days_or_none(atlas, metric):
    start, end = metric.period(atlas)
    assert bool(start) == bool(end)
    if start:
        assert datetime.date.fromisoformat(start) <= datetime.date.fromisoformat(end)
    assert "{start}" not in metric.note or start


@every_metric
def test_words_and_form(metric):
    assert metric.label
    assert metric.form in ("rate", "total", "none")
    assert metric.unit or metric.form == "none"


@every_metric
def test_a_metric_of_one_country_has_no_value_in_the_other(atlas, metric):
    if metric.country:
        known = metric.compute(atlas).dropna().index
        assert set(atlas.regions.loc[known, "country_iso3"]) == {metric.country}


@pytest.mark.parametrize(
    ("metric", "indicator", "regions", "period"),
    [
        ("grp_kz", "grp", 20, ("2024-01-01", "2024-06-30")),
        ("industrial_output_uz", "industrial_output", 14, ("2025-01-01", "2025-10-31")),
    ],
)
def test_indicators_take_the_one_period_that_all_regions_have(atlas, metric, indicator, regions, period):
    assert METRICS[metric].compute(atlas).notna().sum() == regions
    assert METRICS[metric].period(atlas) == period
    rows = atlas.region_indicators
    own = of_country(atlas.regions, METRICS[metric].country).index
    rows = rows[rows["indicator"].eq(indicator) & rows["region_id"].isin(own)]
    assert set(rows["unit"]) == {METRICS[metric].unit}


def test_density_is_people_by_area_and_says_that_it_is_computed(atlas):
    density = METRICS["density"]
    values = density.compute(atlas)
    assert values["UZ-TK"] > 5000
    assert values["KZ-10"] == pytest.approx(595676 / 185500)
    assert density.computed
    assert density.period(atlas) == ("2022-01-01", "2026-01-01")


def test_counts_of_sites_add_up(atlas):
    assert METRICS["sites"].compute(atlas).sum() == 110  # one site lies in Kyrgyzstan
    assert METRICS["sites_operating"].compute(atlas).sum() <= 49
    assert METRICS["joint_sites"].compute(atlas)["KZ-61"] > 0


def test_no_metric_has_no_values(atlas):
    assert METRICS["none"].compute(atlas).isna().all()


def test_classes_of_the_density_are_round_and_even(atlas):
    values = METRICS["density"].compute(atlas)
    edges = classes(values)
    assert edges == (5, 6, 15, 150, 500)
    sizes = np.bincount(np.searchsorted(edges, values, side="left"))
    assert sizes.min() >= 3
    assert sizes.max() <= 9


def test_few_values_have_few_classes():
    assert classes(pd.Series([], dtype=float)) == ()
    assert classes(pd.Series([np.nan, 7.0, 7.0])) == ()
    assert classes(pd.Series([0, 0, 1, 1, 2, np.nan]), n=6) == (0, 1)


@given(
    st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), min_size=2, max_size=60),
    st.integers(2, 7),
)
def test_classes_rise_and_are_never_empty(values, n):
    edges = classes(pd.Series(values), n)
    assert len(edges) < n
    assert list(edges) == sorted(set(edges))
    sizes = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
    assert (sizes > 0).all()
