"""What the Council is and whether it has met, as far as sources say; told from the rows of its events."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.council.names import STAGES
from dashboard.free_text import bare_text, free_text
from dashboard.sourced import source_list, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.council import FIRST_MEETING, first_meeting, stage_of, story
from layers.trade import target

MET = {
    "held": N_("Our sources report that the Council of Heads of Regions has met ({date})."),
    "planned": N_("The first meeting of the Council of Heads of Regions is planned ({date})."),
    "not-confirmed": N_(
        "Whether the Council of Heads of Regions has met is not confirmed by our sources: its first meeting "
        "was planned for {date}, and no source that we read by {day} reports it. That is no proof that it "
        "did not take place."
    ),
}
STEPS = {
    "EV-13": N_("Decided on"),
    "EV-14": N_("A forum in its place"),
    "EV-20": N_("Founded"),
    "EV-24": N_("What it is for"),
    FIRST_MEETING: N_("First meeting"),
}


def council_finding(atlas: Atlas, words: Words) -> str:
    """Whether the Council has met, in the words of the data's own caution."""
    event = first_meeting(atlas.council)
    if event is None:
        return words("Our sources say nothing of a first meeting of the Council of Heads of Regions.")
    day = atlas.date.isoformat()
    message = MET[stage_of(event, day)]
    return words(message, date=words.date(event["date"]), day=words.date(day))


def story_part(atlas: Atlas, words: Words) -> html.Section:
    """The events that tell what the Council is, each with its sources, and what trade it aims at."""
    items = [_step(event_id, row, atlas, words) for event_id, row in story(atlas.council).iterrows()]
    if goal := _goal(atlas, words):
        items.append(goal)
    nothing = html.P(words("Our sources say nothing of the Council."), className="not-known")
    told = html.Dl(items, className="story") if items else nothing
    return html.Section([html.H2(words("What the Council is"), id="story"), told])


def _step(event_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Div:
    stage = stage_of(row, atlas.date.isoformat())
    event = bare_text(row, "event", words)
    beside = [" ", badge(stage, words)] if stage != "held" else []
    said: list[Any] = [
        html.P([html.B(words.date(row["date"])), " · ", event, *beside]),
        free_text(row, "outcome", words),
        html.Details(
            [html.Summary(words("Sources")), source_list(row["source_ids"], atlas, words)],
            className="opening",
        ),
    ]
    return html.Div([html.Dt(words(STEPS[event_id])), html.Dd(said)])


def badge(stage: str, words: Words) -> html.Span:
    """Whether an event took place: a word that looks its own."""
    return html.Span(words(STAGES[stage]), className=f"stage {stage}")


def _goal(atlas: Atlas, words: Words) -> html.Div | None:
    try:
        goal = target(atlas.trade)
    except LookupError:
        return None
    note = free_text(goal, "note", words)
    value = sourced(words.dollars(goal["value_usd"]), goal["source_ids"], atlas, words, note, goal["kind"])
    when = words("trade turnover by {year}", year=goal["period_end"][:4])
    link = html.A(words("the way to it"), href=f"/trade?lang={words.language}")
    return html.Div([html.Dt(words("What it is to lead to")), html.Dd([value, " ", when, " · ", link])])
