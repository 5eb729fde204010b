"""What is said of a flow of energy: its amount, its period, and whether it is a result, signed or planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import when as span
from dashboard.text import N_, Words

FLOWS = {
    "gas": N_("flow of gas"),
    "electricity": N_("flow of electricity"),
    "oil": N_("flow of oil"),
    "water": N_("flow of water"),
}
LOOKS = {"actual": N_("actual"), "contract": N_("contract"), "plan": N_("plan or target")}
UNIT_NAMES = {
    "bcm": N_("billion m³"),
    "bcm per year": N_("billion m³ a year"),
    "million m3": N_("million m³"),
    "million m3 per day": N_("million m³ a day"),
    "million kWh": N_("million kWh"),
    "million kWh per year": N_("million kWh a year"),
    "thousand tonnes": N_("thousand t"),
    "percent growth": N_("growth in %"),
}
"""Units of flows without their number."""

FLOW_NOTE = N_(
    "Each unit has its own scale; arrows of different units cannot be compared. Small amounts have the least "
    "width that shows."
)


def unit_name(unit: str, words: Words) -> str:
    """A unit as the title of a scale."""
    return words(UNIT_NAMES[unit]) if unit in UNIT_NAMES else unit


def when(row: Mapping[str, Any], words: Words) -> str:
    """The period of a flow: the days where they are known, else what the source calls it, in English."""
    start, end = row["period_start"], row["period_end"]
    if start and not end:
        return words("from {date}, end not stated", date=words.date(start))
    if end and not start:
        return words("up to {date}, beginning not stated", date=words.date(end))
    return span(row, words)


def amount(row: Mapping[str, Any], words: Words) -> str:
    """The value with its unit."""
    return vocabulary.quantity(row["value"], row["unit"], words)


def in_short(row: Mapping[str, Any], words: Words) -> str:
    """Amount, kind and period in one line: what the map says of an arrow."""
    return ", ".join((amount(row, words), words(vocabulary.VALUE_KINDS[row["kind"]]), when(row, words)))


def beside(flows: pd.DataFrame) -> Callable[[Mapping[str, Any], Words], str]:
    """What stands beside an arrow: among those of several carriers, which are many, the amount alone."""
    return amount if flows["carrier"].nunique() > 1 else in_short


def followed(row: Mapping[str, Any], words: Words) -> str:
    """How the arrow on the map was laid."""
    return words("along a schematic line") if row["line_id"] else words("schematic curve between countries")
