"""Joint projects: named ones, and the totals that governments state for whole portfolios."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from layers.atlas import Atlas


def portfolio_statements(projects: pd.DataFrame) -> pd.DataFrame:
    """The stated totals, newest first. They overlap and are never added up, nor to the named projects."""
    stated = projects[projects["value_type"].str.startswith("aggregate")]
    return stated.sort_values("year_announced", ascending=False, kind="stable")


def named(projects: pd.DataFrame) -> pd.DataFrame:
    """The single projects, without the portfolio totals."""
    return projects[~projects["value_type"].str.startswith("aggregate")]


def of_region(projects: pd.DataFrame, region_id: str) -> pd.DataFrame:
    """The projects and totals that name this region on either side."""
    column = "uz_region_ids" if region_id.startswith("UZ-") else "kz_region_ids"
    return projects[projects[column].map(lambda ids: region_id in ids).astype(bool)]


# Key: the atlas, one object a data version; nobody changes what is in it.
@lru_cache(maxsize=2)
def dated_statements(atlas: Atlas) -> pd.DataFrame:
    """The stated totals, oldest first, with `reported` (ISO day, month or year) and `occasion`.

    `reported` is the first day on which a source of the statement was published, else its month, else the
    year of the statement, which may be inferred. Statements with one `occasion` (a number, -1 for none)
    count the same event: they name the same regions, year and status.
    """
    rows = portfolio_statements(atlas.projects)
    reported = [_first_day(row, atlas) for _, row in rows.iterrows()]
    same = pd.Series(
        [
            (row["uz_region_ids"], row["kz_region_ids"], row["year_announced"], row["status"])
            if row["uz_region_ids"] or row["kz_region_ids"]
            else (project_id,)
            for project_id, row in rows.iterrows()
        ],
        index=rows.index,
        dtype=object,
    )
    numbers = {key: number for number, key in enumerate(same[same.duplicated(keep=False)].drop_duplicates())}
    rows = rows.assign(reported=reported, occasion=[numbers.get(key, -1) for key in same])
    return rows.sort_values("reported", kind="stable")


def _first_day(row: pd.Series, atlas: Atlas) -> str:
    known = [one for one in atlas.sources.loc[list(row["source_ids"]), "published_date"] if one]
    for length in (10, 7):
        if days := [one for one in known if len(one) == length]:
            return min(days)
    return "" if pd.isna(row["year_announced"]) else str(int(row["year_announced"]))
