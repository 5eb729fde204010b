"""What the sites that fit amount to, in a sentence."""

from __future__ import annotations

import pandas as pd

from dashboard.site_table import finding
from dashboard.text import Words
from layers import Atlas


def sites_finding(sites: pd.DataFrame, atlas: Atlas, words: Words) -> str:
    """How many sites fit and where most are, and how many of these places are only approximate."""
    vague = int(sites["location_precision"].eq("region-centre").sum())
    told = [finding(sites["region_id"].tolist(), atlas, words)]
    if vague:
        message = words.plural(
            "The place of {n} is known to its region only.",
            "The places of {n} are known to their regions only.",
            vague,
        )
        told.append(message)
    return " ".join(told)
