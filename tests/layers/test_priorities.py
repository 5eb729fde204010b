"""The priority list: marks, ranges of ranks worked out by hand, and how firm they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.priorities import (
    CRITERIA,
    EQUAL,
    JOBS,
    VALUE_USD,
    Weights,
    in_top,
    log_mark,
    marks,
    ranking,
    scores,
)

NAMES = ["a", "b", "c", "d"]


def frame(**columns):
    """Marks of four projects; criteria that are not given are 0."""
    return pd.DataFrame({one: columns.get(one, [0.0] * 4) for one in CRITERIA}, index=NAMES)


LOW = frame(value=[0.8, 0.5, 0.0, 0.2])
HIGH = frame(value=[0.8, 0.5, 1.0, 0.2])
VALUE_ONLY = Weights(5, 0, 0, 0, 0, 0)


def test_a_missing_value_gives_the_places_it_may_take():
    ranked = ranking(LOW, HIGH, VALUE_ONLY)
    places = ranked[["best", "worst", "place"]].to_dict("index")
    # c is anywhere; each of the others loses one place where c turns out well.
    assert places == {
        "a": {"best": 1, "worst": 2, "place": 1},
        "b": {"best": 2, "worst": 3, "place": 2},
        "c": {"best": 1, "worst": 4, "place": 2},
        "d": {"best": 3, "worst": 4, "place": 4},
    }
    assert list(ranked.index) == ["a", "b", "c", "d"]  # of equal middles what is certain comes first
    assert ranked.loc["c", ["low", "middle", "high"]].tolist() == [0, 0.5, 1]


def test_where_all_is_known_the_best_place_is_the_worst_and_equals_share_it():
    known = frame(value=[0.1, 0.9, 0.9, 0.5])
    ranked = ranking(known, known, VALUE_ONLY)
    assert (ranked["best"] == ranked["worst"]).all()
    assert ranked["place"].to_dict() == {"b": 1, "c": 1, "d": 3, "a": 4}


def test_scores_are_means_by_weight():
    own = frame(value=[1, 0, 0, 0], jobs=[0, 1, 0, 0])
    assert scores(own, Weights(3, 1, 0, 0, 0, 0)).tolist() == [0.75, 0.25, 0, 0]
    assert scores(own, EQUAL).tolist() == pytest.approx([1 / 6, 1 / 6, 0, 0])


def test_nothing_is_ranked_without_weights():
    with pytest.raises(ZeroDivisionError, match="nothing can be ranked"):
        ranking(LOW, HIGH, Weights(0, 0, 0, 0, 0, 0))


def test_no_projects_give_an_empty_ranking():
    empty = LOW.iloc[:0]
    assert ranking(empty, empty, EQUAL).empty
    assert in_top(empty, empty, EQUAL).empty


def test_a_place_in_the_top_is_as_sure_as_what_is_not_known():
    shares = in_top(LOW, HIGH, VALUE_ONLY, top=2)
    assert shares.loc["a"].tolist() == [1, 1, 1]
    assert shares.loc["b"].tolist() == [1, 1, 1]  # equal to the middle of c
    assert shares.loc["c"].tolist() == [0, 1, 1]
    assert shares.loc["d"].tolist() == [0, 0, 0]
    assert (in_top(LOW, HIGH, VALUE_ONLY, top=4) == 1).all(axis=None)


def test_a_project_does_not_compete_with_its_own_middle():
    low, high = frame(value=[0.4, 0.3, 0, 0]), frame(value=[1, 0.3, 0, 0])
    assert in_top(low, high, VALUE_ONLY, top=1).loc["a"].tolist() == [1, 1, 1]  # 0.4 is still more than 0.3


def test_weights_that_vary_decide_between_equals_about_half_of_the_time():
    own = frame(value=[1, 0, 0, 0], jobs=[0, 1, 0, 0])
    shares = in_top(own, own, Weights(3, 3, 0, 0, 0, 0), top=1)
    assert shares.at["a", "if_middle"] + shares.at["b", "if_middle"] == pytest.approx(1)
    assert 0.4 < shares.at["a", "if_middle"] < 0.6
    again = in_top(own, own, Weights(3, 3, 0, 0, 0, 0), top=1)
    pd.testing.assert_frame_equal(shares, again)
    firm = in_top(own, own, Weights(5, 1, 0, 0, 0, 0), top=1)  # 2.5 is more than 1.5
    assert firm["if_middle"].tolist() == [1, 0, 0, 0]


@given(st.integers(0, 10_000), st.integers(1, 14))
def test_a_range_holds_every_place_that_can_come_true(seed, top):
    """Any figures between the lowest and the highest give a place inside the range."""
    rng = np.random.default_rng(seed)
    ends = np.sort(rng.choice([0, 0.25, 0.5, 1], size=(2, 12, len(CRITERIA))), axis=0)
    low, high = (pd.DataFrame(part, columns=CRITERIA) for part in ends)
    weights = Weights(*(int(one) for one in rng.integers(0, 6, len(CRITERIA) - 1)), border=1)
    ranked = ranking(low, high, weights)
    true = low + (high - low) * rng.random(low.shape)
    own = scores(true, weights)
    for one, row in ranked.iterrows():
        place = 1 + int((own > own[one] + 1e-9).sum())
        assert row["best"] <= place <= row["worst"]
        assert row["best"] <= row["place"] <= row["worst"]
    shares = in_top(low, high, weights, top=top, draws=20)
    assert (shares["if_worst"] <= shares["if_middle"]).all()
    assert (shares["if_middle"] <= shares["if_best"]).all()


def test_the_ends_of_a_range_are_reached():
    best = scores(HIGH.where(HIGH.index.to_series().eq("c"), LOW), VALUE_ONLY)
    assert (best > best["c"]).sum() + 1 == ranking(LOW, HIGH, VALUE_ONLY).at["c", "best"]


def test_amounts_are_marked_by_their_digits():
    assert [log_mark(10.0**n, VALUE_USD) for n in range(5, 12)] == pytest.approx(
        [0, 0, 0.25, 0.5, 0.75, 1, 1]
    )
    assert log_mark(1000, JOBS) == pytest.approx(0.5)
    assert log_mark(0, JOBS) == 0


def test_marks_of_the_real_projects(atlas):
    given = marks(atlas)
    assert len(given.low) == 50
    assert (given.low <= given.high).all(axis=None)
    assert given.low.min(axis=None) >= 0 and given.high.max(axis=None) <= 1
    # 40 of 50 state no value and one states a claim, which is none.
    assert given.why["value"].value_counts().to_dict() == {
        "missing": 40,
        "stated": 8,
        "claim": 1,
        "minimum": 1,
    }
    assert given.why["jobs"].eq("missing").sum() == 42
    assert (given.low.at["P-041", "value"], given.high.at["P-041", "value"]) == (0, 1)
    assert given.low.at["P-010", "value"] == pytest.approx(log_mark(84e6, VALUE_USD))
    assert given.high.at["P-010", "value"] == 1
    assert given.why.loc["P-038"].tolist() == [
        "stated",
        "missing",
        "under-construction",
        "both",
        "named",
        "border",
    ]
    # A site known to the region alone is on no corridor for sure, and off none.
    assert given.why.at["P-003", "corridor"] == "no-place"
    assert given.why.at["P-016", "corridor"] == "far"  # Kostanay
    assert given.near_km["P-017"] == pytest.approx(16.5, abs=0.2)
    assert given.why.at["P-039", "border"] == "abroad"


def test_the_real_list_leaves_open_what_is_not_known(atlas):
    given = marks(atlas)
    ranked = ranking(given.low, given.high, EQUAL)
    assert list(ranked.index[:2]) == ["P-038", "P-001"]
    assert ranked.loc["P-001", ["low", "high"]].nunique() == 1  # all six are known
    assert ranked.loc["P-001", ["best", "worst"]].tolist() == [1, 17]
    # Of a project of which nothing is known but that it is announced every place is possible.
    assert ranked.loc["P-009", ["best", "worst"]].tolist() == [1, 50]
    shares = in_top(given.low, given.high, EQUAL)
    assert shares.index[shares["if_worst"].eq(1)].tolist() == ["P-001", "P-038"]


def test_a_folder_without_projects_has_no_marks(atlas):
    bare = marks(replace(atlas, projects=atlas.projects.iloc[:0]))
    assert bare.low.empty
    assert ranking(bare.low, bare.high, EQUAL).empty


def test_weights_travel_in_the_url():
    weights = Weights.from_query("?value=5&border=0")
    assert weights == Weights(value=5, border=0)
    assert weights.to_query() == "?value=5&border=0"
    assert EQUAL.to_query() == ""
    assert Weights.from_query({"jobs": "3"}) == EQUAL


@pytest.mark.parametrize("bad", ["6", "-1", "1.5", "x", "²", "99999999999", "3 or 4"])
def test_a_bad_weight_keeps_its_default_and_is_named(bad):
    weights = Weights.from_query({"jobs": bad, "value": "1"})
    assert weights == Weights(value=1)
    assert weights.ignored == (f"jobs={bad}",)


@given(st.tuples(*[st.integers(0, 5)] * len(CRITERIA)))
def test_any_weights_come_back_from_their_url(numbers):
    weights = Weights(*numbers)
    assert Weights.from_query(weights.to_query()) == weights
