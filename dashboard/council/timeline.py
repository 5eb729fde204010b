"""The events of the Council and before it, by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.council.story import badge
from dashboard.export.button import figure_head
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.regions.links import region_link
from dashboard.sourced import source_list
from dashboard.text import Words
from layers import Atlas
from layers.council import by_year, stage_of
from layers.mentions import mentions

NOT_STATED = "not stated"
"""What the data have in the place of a place."""


def timeline_part(atlas: Atlas, words: Words) -> html.Section:
    """All events, newest first; each opens to what it brought, the regions it names and its sources."""
    today, title = atlas.date.isoformat(), html.H2(words("How it came about"), id="timeline")
    stages = [stage_of(row, today) for _, row in atlas.council.iterrows()]
    mark = translation_mark(atlas.council, "event", words)
    years = [
        html.Li([html.H3(year), html.Ol([_event(i, row, today, atlas, words) for i, row in rows.iterrows()])])
        for year, rows in by_year(atlas.council).items()
    ]
    return html.Section(
        [
            figure_head(title, "events", words) if years else title,
            html.P([_summary(stages, words), " ", mark], className="legend-note"),
            html.Ol(years, className="council-timeline"),
        ]
    )


def _summary(stages: list[str], words: Words) -> str:
    parts = [
        words.plural("{n} event", "{n} events", len(stages)),
        words("held: {n}", n=words.number(stages.count("held"))),
        words("planned: {n}", n=words.number(stages.count("planned"))),
        words("not confirmed: {n}", n=words.number(stages.count("not-confirmed"))),
    ]
    note = words("An event opens to what it brought, the regions it names and its sources.")
    return f"{', '.join(parts)}. {note}"


def _event(event_id: str, row: pd.Series, today: str, atlas: Atlas, words: Words) -> html.Li:
    stage = stage_of(row, today)
    is_placed = row["place"] not in ("", NOT_STATED)
    where = html.Span(bare_text(row, "place", words)) if is_placed else words("place not stated")
    head = [
        html.Span(_day(row["date"], words), className="day"),
        html.Span([bare_text(row, "event", words), html.Small([" · ", where]), " ", badge(stage, words)]),
    ]
    regions = sorted(mentions(atlas)[event_id], key=list(atlas.regions.index).index)
    inside: list[Any] = [free_text(row, "outcome", words)]
    if regions:
        links = [part for one in regions for part in (", ", region_link(one, atlas, words))][1:]
        inside.append(html.P([words("Regions named"), ": ", *links]))
    inside.append(source_list(row["source_ids"], atlas, words))
    return html.Li(html.Details([html.Summary(head), html.Div(inside)]), className=stage, id=event_id)


def _day(date: str, words: Words) -> str:
    """The date; of one known to the year only, that it is."""
    return words.date(date) if len(date) > 4 else words("{year}, day not known", year=date)
