"""Projects, named ones and stated totals, as the columns of a published table."""

from __future__ import annotations

import pandas as pd

from dashboard import vocabulary
from dashboard.export.cells import Cells, coded
from dashboard.export.publication import Column
from dashboard.export.row_cells import cited_cells, region_names, texts
from dashboard.text import Words
from layers import Atlas


def project_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Named projects: where, how far, how much, from when to when, led by whom."""
    return [
        (Column("project_id", words("Id")), rows.index),
        (Column("project", words("Project")), texts(rows, "name", words)),
        (
            Column("sectors", words("Sectors")),
            [vocabulary.spell(one, vocabulary.SECTORS, words) for one in rows["sectors"]],
        ),
        (Column("status", words("Status")), coded(rows["status"], vocabulary.STATUSES, words)),
        *place_cells(rows, atlas, words),
        *value_cells(rows, words),
        (Column("jobs", words("Jobs")), rows["jobs"]),
        (Column("announced", words("Announced")), rows["year_announced"]),
        (Column("expected", words("Expected")), rows["year_expected"]),
        (Column("lead", words("Led by")), texts(rows, "lead", words)),
        (Column("summary", words("What it is")), texts(rows, "summary", words)),
        *cited_cells(rows, words),
    ]


def place_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """The regions of both sides, and the ids of site and corridor."""
    return [
        (Column("uz_regions", words("Uzbek regions")), region_names(rows["uz_region_ids"], atlas, words)),
        (Column("kz_regions", words("Kazakh regions")), region_names(rows["kz_region_ids"], atlas, words)),
        (Column("site_id", words("Id of the site")), rows["site_id"]),
        (Column("corridor_id", words("Id of the corridor")), rows["corridor_id"]),
    ]


def value_cells(rows: pd.DataFrame, words: Words) -> Cells:
    """The stated value in dollars and in the currency of the source, and how firm it is."""
    return [
        (Column("value", words("Stated value"), "USD"), rows["value_usd"]),
        (
            Column("value_kind", words("Kind of figure")),
            coded(rows["value_type"], vocabulary.PROJECT_VALUE_TYPES, words),
        ),
        (Column("value_in_source", words("Value in the currency of the source")), rows["value_orig"]),
        (Column("currency", words("Currency")), rows["value_currency"]),
    ]


def statement_total_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> Cells:
    """Stated totals of many projects (rows of `layers.projects.dated_statements`)."""
    return [
        (Column("project_id", words("Id")), rows.index),
        (Column("reported", words("Reported")), rows["reported"]),
        (Column("what", words("What is counted")), texts(rows, "name", words)),
        (Column("reporter", words("By whom")), texts(rows, "lead", words)),
        *value_cells(rows, words),
        (Column("projects", words("Projects")), rows["project_count"]),
        (Column("jobs", words("Jobs")), rows["jobs"]),
        (Column("status", words("Status")), coded(rows["status"], vocabulary.STATUSES, words)),
        *place_cells(rows, atlas, words)[:2],
        (Column("summary", words("What it is")), texts(rows, "summary", words)),
        *cited_cells(rows, words),
    ]
