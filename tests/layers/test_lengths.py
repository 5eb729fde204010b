"""Every published length beside the computed one: near, or with the reason why not."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from layers import lengths


@pytest.fixture(scope="module")
def compared(atlas):
    return lengths.published_lengths(atlas).set_index("subject")


def test_every_published_length_is_listed(atlas, compared):
    segments = atlas.segments.index[atlas.segments["length_km"].notna()]
    metrics = atlas.corridor_metrics.index[atlas.corridor_metrics["metric"].eq("length")]
    assert list(compared.index) == [*segments, *metrics]
    assert len(compared) >= 45


def test_every_length_is_near_or_says_why_not(compared):
    without = compared[~compared["within"] & ~compared["reasons"].map(bool) & compared["length_note"].eq("")]
    assert without.empty, without[["published_km", "computed_km", "difference"]]
    assert set(compared["reasons"].explode().dropna()) <= set(lengths.REASONS)
    assert not compared.loc[compared["within"], "reasons"].map(bool).any()


def test_within_means_at_most_twelve_percent_apart(compared):
    known = compared[compared["computed_km"].notna()]
    share = known["computed_km"] / known["published_km"] - 1
    assert np.allclose(share, known["difference"])
    assert (share.abs().le(0.12) == known["within"]).all()
    assert not compared.loc[compared["computed_km"].isna(), "within"].any()


@pytest.mark.parametrize(
    ("subject", "published_km", "computed_km"),
    [
        ("CM-059", 846, 775),  # Baku–Tbilisi–Kars
        ("CM-051", 8693, 9013),  # Xi'an–Istanbul
        ("CM-062", 42, 42),  # southern Armenia
        ("CM-088", 162, 154),  # Astara–Rasht
        ("CM-181", 836, 789),  # Dostyk–Moiynty
        ("CM-157", 225, 210),  # Khaf–Herat
        ("SEG-315", 203, 207),  # Turkmenabat–Kerki
    ],
)
def test_known_lengths_are_near(compared, subject, published_km, computed_km):
    row = compared.loc[subject]
    assert row["published_km"] == published_km
    assert row["computed_km"] == pytest.approx(computed_km, abs=1)
    assert row["within"]


@pytest.mark.parametrize(
    ("subject", "difference", "reason"),
    [
        ("CM-113", -0.17, "straight-lines"),  # the whole of China–Kyrgyzstan–Uzbekistan
        ("CM-116", -0.24, "straight-lines"),  # its Kyrgyz part
        ("CM-128", -0.17, "straight-lines"),  # Termez–Kharlachi
        ("CM-200", -0.22, "straight-lines"),  # Darbaza–Maktaaral
        ("CM-151", -0.30, "straight-lines"),  # Herat–Kandahar
        ("CM-187", -0.23, "straight-lines"),  # Bakhty–Ayagoz
        ("SEG-036", -0.23, "straight-lines"),
        ("SEG-312", -0.18, "places"),  # Rozanak is known to 12 km
        ("CM-145", 0.19, "places"),  # Naibabad, where the line turns, is known to 10 km
        ("CM-066", 0.19, "other-ends"),  # 224 km, and 251 km from Kars to Nakhchivan as the crow flies
        ("CM-211", 0.21, "other-ends"),  # 280 km, and 340 km from Kyzylorda to Uchkuduk
        ("CM-215", 0.28, "other-ends"),  # only the rebuilt part of the road
    ],
)
def test_lengths_that_differ_say_why(compared, subject, difference, reason):
    row = compared.loc[subject]
    assert row["difference"] == pytest.approx(difference, abs=0.006)
    assert reason in row["reasons"]


@pytest.mark.parametrize("subject", ["CM-076", "CM-129"])
def test_a_stretch_that_is_not_in_the_atlas_has_no_computed_length(compared, subject):
    row = compared.loc[subject]
    assert np.isnan(row["computed_km"])
    assert row["reasons"] == ("absent",)
    assert row["length_note"]


def test_a_length_far_beyond_any_detour_is_not_put_down_to_straight_lines(compared):
    row = compared.loc["CM-164"]
    assert row["difference"] < -0.25
    assert row["reasons"] == ()
    assert "names only the two ends" in row["length_note"]


def test_a_length_that_nothing_explains_has_no_reason(atlas):
    values = atlas.corridor_metrics["value"].mask(atlas.corridor_metrics.index == "CM-059", 2000.0)
    other = dataclasses.replace(atlas, corridor_metrics=atlas.corridor_metrics.assign(value=values))
    row = lengths.published_lengths(other).set_index("subject").loc["CM-059"]
    assert not row["within"]
    assert row["reasons"] == ()
    assert row["length_note"] == ""


def test_no_published_length_at_all(atlas):
    segments = atlas.segments.assign(length_km=np.nan)
    other = dataclasses.replace(atlas, segments=segments, corridor_metrics=atlas.corridor_metrics.iloc[:0])
    assert lengths.published_lengths(other).empty
    assert "reasons" in lengths.published_lengths(other)
