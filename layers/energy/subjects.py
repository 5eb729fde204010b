"""Plants and projects that are about energy."""

from __future__ import annotations

import pandas as pd

SECTORS = ("energy", "oil-gas")


def energy_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites with a sector of SECTORS."""
    return sites[_is_of(sites)]


def energy_projects(projects: pd.DataFrame) -> pd.DataFrame:
    """The named projects with a sector of SECTORS; totals of portfolios are left out."""
    return projects[_is_of(projects) & ~projects["value_type"].str.startswith("aggregate")]


def _is_of(rows: pd.DataFrame) -> pd.Series:
    return rows["sectors"].map(lambda sectors: bool(set(sectors) & set(SECTORS))).astype(bool)
