"""Numbers are read exactly or refused with a reason, whatever people type."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.contract import numbers


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_decimals_are_read_exactly(value):
    assert numbers.number(f"{value:f}") == float(value)


@given(st.integers())
def test_whole_numbers_are_read_exactly(value):
    assert numbers.WHOLE.fullmatch(str(value))
    assert numbers.number(str(value)) == float(value)


@given(st.text())
def test_any_other_text_is_refused_with_a_reason(text):
    value = numbers.number(text)
    if value is None:
        assert numbers.reason(text)
    else:
        assert math.isfinite(value)


@given(st.integers(-999, 999), st.integers(0, 99999))
def test_a_decimal_comma_is_named_with_its_remedy(whole, part):
    text = f"{whole},{part}"
    assert numbers.number(text) is None
    assert f"write {whole}.{part}, not {text}" in numbers.reason(text)


@pytest.mark.parametrize(
    "text", ["inf", "nan", "1e5", "1_000", "０", "٣", "0x1F", "", ".5", "5.", "+5", "--5"]
)
def test_spellings_of_programs_and_other_digits_are_refused(text):
    assert numbers.number(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4O.57", "not a number (text in a number)"),
        ("12 km", "not a number (text in a number)"),
        ("about", "not a number"),
        ("1,234,567", "write 1234567"),
        ("1 234,5", "write 1234.5"),
        ("1\u00a0200", "write 1200"),
        ("−5,5", "write -5.5"),
        (" 7", "write 7"),
    ],
)
def test_the_reason_says_what_to_write(text, reason):
    assert reason in numbers.reason(text)


def test_a_fraction_is_no_whole_number():
    assert numbers.reason("2.5", whole=True) == "not a whole number"


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1))
def test_points_are_read_latitude_first(pairs):
    text = "; ".join(f"{lat:.6f} {lon:.6f}" for lat, lon in pairs)
    for (lon, lat), (expected_lat, expected_lon) in zip(numbers.points(text), pairs, strict=True):
        assert lat == pytest.approx(expected_lat, abs=1e-6)
        assert lon == pytest.approx(expected_lon, abs=1e-6)


@pytest.mark.parametrize("text", ["50", "50.1, 46.9", "46.9 150.1 3", "95 60", "50.1 46,9", "", "1 2;"])
def test_broken_points_are_refused(text):
    with pytest.raises(ValueError):
        numbers.points(text)
