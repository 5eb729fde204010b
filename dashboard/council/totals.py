"""Sums over named projects, each of which opens down to the rows it is made of."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.council.names import project_link, worth_text
from dashboard.council.view import PortfolioView
from dashboard.project_value import value_sourced, value_text
from dashboard.sourced import sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.portfolio import Worth, chosen, stated_jobs, worth

NOTES = (
    N_("A project of several sectors or regions counts in each of them, and once in the total."),
    N_("Totals that governments state for many projects are never added to anything."),
    N_("A sum that a source states in tenge alone is not in it; the details of the project have it."),
)


def totals(view: PortfolioView, atlas: Atlas, words: Words) -> html.Div:
    """The sums of values and of jobs; each opens down to the rows it is made of."""
    ids = chosen(atlas, view.choice)
    found, (jobs, with_jobs) = worth(atlas, ids), stated_jobs(atlas, ids)
    boxes = []
    if found.valued:
        boxes.append(_value_total(ids, found, atlas, words))
    if with_jobs:
        of = words(
            "of the {n} of {all} projects that state jobs, planned or filled",
            n=words.number(len(with_jobs)),
            all=words.number(len(ids)),
        )
        rows = [(one, jobs_sourced(one, atlas, words)) for one in with_jobs]
        boxes.append(_total(words("{n} jobs", n=words.number(jobs)), of, rows, [], atlas, words))
    return html.Div(boxes, className="totals")


def _value_total(ids: tuple[str, ...], found: Worth, atlas: Atlas, words: Words) -> html.Details:
    of = words(
        "of the {n} of {all} projects that state a value that may be added",
        n=words.number(len(found.valued)),
        all=words.number(len(ids)),
    )
    rows = [(one, value_sourced(atlas.projects.loc[one], atlas, words)) for one in found.valued]
    notes = [_claim(atlas.projects.loc[one], words) for one in found.claimed]
    notes += [words(note) for note in NOTES]
    return _total(worth_text(found, words), of, rows, notes, atlas, words)


def _claim(row: pd.Series, words: Words) -> str:
    message = N_("A claim, not added: {name}, {value}.")
    return words(message, name=words.name(row), value=value_text(row, words))


def jobs_sourced(project_id: str, atlas: Atlas, words: Words) -> html.Details:
    row = atlas.projects.loc[project_id]
    return sourced(words.number(int(row["jobs"])), row["source_ids"], atlas, words)


def _total(
    shown: str, of: str, rows: list[tuple[str, Any]], notes: list[str], atlas: Atlas, words: Words
) -> html.Details:
    lines = [html.Li([project_link(one, atlas, words), ": ", value]) for one, value in rows]
    head = html.Summary([html.B(shown), " ", html.Small(words("computed")), html.Br(), of])
    return html.Details([head, html.Ul(lines), *(html.P(note, className="legend-note") for note in notes)])
