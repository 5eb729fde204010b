"""Joint projects: named ones, and the totals that governments state for whole portfolios."""

from __future__ import annotations

import pandas as pd


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
