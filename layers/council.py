"""The milestones of the Council of Heads of Regions and of the meetings before it."""

from __future__ import annotations

import pandas as pd


def newest_first(council: pd.DataFrame) -> pd.DataFrame:
    """The events, newest first; a date of which only the year is known stands after the dated ones of that
    year.
    """
    return council.sort_values("date", ascending=False, kind="stable")


def not_confirmed(council: pd.DataFrame) -> pd.DataFrame:
    """The events of which the sources do not say whether they took place: never to be shown as "not held"."""
    return council[council["stage"].eq("not-confirmed")]
