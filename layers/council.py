"""The milestones of the Council of Heads of Regions and of the meetings before it."""

from __future__ import annotations

import pandas as pd

FIRST_MEETING = "EV-27"
"""The event of the first meeting of the Council."""

STORY = ("EV-13", "EV-14", "EV-20", "EV-24", FIRST_MEETING)
"""What the Council is in events: decided on, a forum instead, founded, what it is for, its first meeting."""


def newest_first(council: pd.DataFrame) -> pd.DataFrame:
    """The events, newest first; a date of which only the year is known stands after the dated ones of that
    year.
    """
    return council.sort_values("date", ascending=False, kind="stable")


def not_confirmed(council: pd.DataFrame) -> pd.DataFrame:
    """The events of which the sources do not say whether they took place: never to be shown as "not held"."""
    return council[council["stage"].eq("not-confirmed")]


def first_meeting(council: pd.DataFrame) -> pd.Series | None:
    """What is known of the first meeting; None where the data do not speak of it."""
    return council.loc[FIRST_MEETING] if FIRST_MEETING in council.index else None


def story(council: pd.DataFrame) -> pd.DataFrame:
    """The events that tell what the Council is, in the order of telling; those that the data have."""
    return council.loc[[event_id for event_id in STORY if event_id in council.index]]


def by_year(council: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The events by year, newest first."""
    rows = newest_first(council)
    return {year: own for year, own in rows.groupby(rows["date"].str[:4], sort=False)}


def stage_of(event: pd.Series, today: str) -> str:
    """ "held", "planned" or "not-confirmed": what is held after `today` (ISO) is planned.

    Of a date known to the year only, the year must have begun.
    """
    if event["stage"] == "held" and event["date"] > today[: len(event["date"])]:
        return "planned"
    return event["stage"]
