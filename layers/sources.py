"""Where every number comes from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

GENERAL_KNOWLEDGE = "GK"
"""The id that stands for coordinates, names, codes and the like, which need no citation and have no link."""


def resolve(sources: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """The sources with these ids, in this order and each once; KeyError for an id that is none."""
    return sources.loc[list(dict.fromkeys(ids))]


def rests_on_general_knowledge(ids: Iterable[str]) -> bool:
    """Whether nothing but general knowledge stands behind a row: it is shown as not cited, without a link."""
    return set(ids) == {GENERAL_KNOWLEDGE}
