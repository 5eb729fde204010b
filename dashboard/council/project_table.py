"""The table of the named projects: who, where, how much, and what is not known."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.council.names import places, project_link
from dashboard.council.totals import jobs_sourced
from dashboard.council.view import PortfolioView
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.plain import Plain, Tree, trees
from dashboard.project_value import value_cell
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import source_list
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.portfolio import chosen
from layers.projects import named

COLUMNS = (N_("Project"), N_("Status"), N_("Where"), N_("Value"), N_("Jobs"), N_("Announced"), N_("Expected"))


def project_table(view: PortfolioView, atlas: Atlas, words: Words) -> Plain:
    """The projects of the view, sortable; the key makes it anew, because sorting moves its rows."""
    ids = chosen(atlas, view.choice)
    titles = [words(title) for title in COLUMNS]
    mark = translation_mark(named(atlas.projects), "name", words)
    caption = [words("Named projects; click a heading to sort"), " ", mark]
    table = sortable_table(caption, titles, [], "project-table")
    [(tag, attributes, caption, head, body)] = trees(table)
    rows = project_rows(atlas, words.language)
    whole = [tag, attributes, caption, head, [*body, *(rows[one] for one in ids)]]
    box = {"className": "table-box", "tabIndex": 0, "key": view.to_query()}
    return Plain.of([["div", box, whole]])


# Key: the atlas (one object a data version) and the language; trees are never changed.
@lru_cache(maxsize=8)
def project_rows(atlas: Atlas, language: str) -> dict[str, Tree]:
    """The row of each named project, by project_id."""
    words = speak(language)
    return {i: trees(_row(i, row, atlas, words))[0] for i, row in named(atlas.projects).iterrows()}


def _row(project_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    jobs = jobs_sourced(project_id, atlas, words) if pd.notna(row["jobs"]) else ""
    status = [words(vocabulary.STATUSES[row["status"]])]
    if row["status_note"]:
        status.append(html.Small(bare_text(row, "status_note", words)))
    years = [amount(row[one], str(row[one]), words) for one in ("year_announced", "year_expected")]
    return html.Tr(
        [
            html.Th([project_link(project_id, atlas, words), *_details(row, atlas, words)], scope="row"),
            html.Td(status),
            html.Td(places(row, atlas, words) or "–", **{"data-value": _where(row, atlas, words)}),
            value_cell(row, atlas, words),
            amount(row["jobs"], jobs, words),
            *years,
        ],
        id=project_id,
    )


def _where(row: pd.Series, atlas: Atlas, words: Words) -> str:
    """What the column of places is sorted by."""
    regions = (*row["uz_region_ids"], *row["kz_region_ids"])
    return " ".join(words.name(atlas.regions.loc[one]) for one in regions)


def _details(row: pd.Series, atlas: Atlas, words: Words) -> list[Any]:
    """Sectors, and folded away what the project is, who leads it and its sources."""
    inside: list[Any] = [free_text(row, "summary", words)]
    if row["lead"]:
        inside.append(html.P([words("Led by"), ": ", bare_text(row, "lead", words)]))
    inside.append(source_list(row["source_ids"], atlas, words))
    opening = html.Details([html.Summary(words("Details and sources")), *inside], className="opening")
    sectors = vocabulary.spell(row["sectors"], vocabulary.SECTORS, words)
    return [html.Small(sectors) if sectors else None, opening]
