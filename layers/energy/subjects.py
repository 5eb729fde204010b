"""Plants and projects that are about energy."""

from __future__ import annotations

import numpy as np
import pandas as pd

SECTORS = ("energy", "oil-gas")


def energy_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites with a sector of SECTORS."""
    return sites[_is_of(sites)]


def energy_projects(projects: pd.DataFrame) -> pd.DataFrame:
    """The named projects with a sector of SECTORS; totals of portfolios are left out."""
    return projects[_is_of(projects) & ~projects["value_type"].str.startswith("aggregate")]


def _is_of(rows: pd.DataFrame) -> pd.Series:
    number, several = pd.factorize(rows["sectors"])  # few lists, of however many rows
    is_of = np.array([not set(SECTORS).isdisjoint(sectors) for sectors in several], dtype=bool)
    return pd.Series(is_of[number], index=rows.index)
