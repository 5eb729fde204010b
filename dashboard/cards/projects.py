"""Cards of joint projects, and of the totals that governments state for many of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import (
    Fact,
    buttons,
    choose_button,
    fact_list,
    is_total,
    not_known,
    sourced_number,
)
from dashboard.council.agenda_links import agenda_link
from dashboard.free_text import bare_text, free_text
from dashboard.project_value import value_sourced
from dashboard.text import Words
from layers import Atlas


def project_body(project_id: str, row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """What is known of a project or of a stated total."""
    facts = [
        (words("Value"), shown) if (shown := value_sourced(row, atlas, words)) else None,
        (words("Projects"), sourced_number(row, "project_count", "{n}", atlas, words))
        if pd.notna(row["project_count"])
        else None,
        (words("Jobs"), sourced_number(row, "jobs", "{n}", atlas, words)) if pd.notna(row["jobs"]) else None,
        *_where(row, atlas, words),
        (words("Sectors"), vocabulary.spell(row["sectors"], vocabulary.SECTORS, words))
        if row["sectors"]
        else None,
        (words("Announced"), str(row["year_announced"])) if pd.notna(row["year_announced"]) else None,
        (words("Expected"), str(row["year_expected"])) if pd.notna(row["year_expected"]) else None,
        (words("Led by"), bare_text(row, "lead", words)) if row["lead"] else None,
        (words("Status in the source"), free_text(row, "status_note", words, html.Span))
        if row["status_note"]
        else None,
    ]
    overlap = words("Stated totals overlap one another: the atlas never adds them up.")
    return [
        fact_list(facts),
        free_text(row, "summary", words),
        html.P(overlap, className="note") if is_total(row) else None,
        not_known(_missing(row, words), words),
        html.P(agenda_link(f"project:{project_id}", words)),
    ]


def _where(row: pd.Series, atlas: Atlas, words: Words) -> list[Fact | None]:
    regions = [f"region:{one}" for one in (*row["uz_region_ids"], *row["kz_region_ids"])]
    return [
        (words("Site"), choose_button(f"site:{row['site_id']}", atlas, words)) if row["site_id"] else None,
        (words("Regions"), buttons(regions, atlas, words)) if regions else None,
        (words("Corridor"), choose_button(f"corridor:{row['corridor_id']}", atlas, words))
        if row["corridor_id"]
        else None,
    ]


def _missing(row: pd.Series, words: Words) -> list[str]:
    """What the sources do not tell; a total has no year of completion and no leader to be known."""
    labels = {"value_usd": words("value in dollars"), "jobs": words("jobs")}
    if not is_total(row):
        labels |= {"year_expected": words("year of completion"), "lead": words("who leads it")}
    places = {"uz_region_ids", "kz_region_ids", "site_id", "corridor_id"}
    unknown = [label for column, label in labels.items() if pd.isna(row[column]) or row[column] == ""]
    return unknown if any(row[column] for column in places) else [*unknown, words("place")]
