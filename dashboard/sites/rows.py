"""The rows of the grid: all sites as columns of codes and numbers, under an address that changes with them.

They travel once and are kept by the browser; words come with the page, so that all languages share one file.
assets/sites_page.js makes the rows of the grid from both.
"""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard import vocabulary
from dashboard.compression import Content
from dashboard.text import Words
from layers import Atlas
from layers.nearby import nearest_things

MIMETYPE = "application/json"
HASH_DIGITS = 12

NAMES = ("name_en", "name_ru", "name_uz", "name_kk")
TEXTS = (
    *("kind", "status", "country_iso3", "region_id", "location_precision", "place", "started", "expected"),
    *("place_ru", "place_uz", "place_kk", "started_ru", "started_uz", "started_kk"),
    *("expected_ru", "expected_uz", "expected_kk", "investment_currency"),
)
NUMBERS = ("area_ha", "investment_usd", "investment_orig", "jobs")
KILOMETRES = ("corridor_km", "rail_node_km", "open_crossing_km", "port_km")


def rows_url(atlas: Atlas) -> str:
    """Address of the rows."""
    return f"/rows/sites.{rows_hash(atlas)}.json"


def rows_hash(atlas: Atlas) -> str:
    """The part of the address that changes with the rows."""
    return site_rows(atlas).digest[:HASH_DIGITS]


# Key: the atlas, one object a data version.
@lru_cache(maxsize=2)
def site_rows(atlas: Atlas) -> Content:
    """All sites in the order of the table, column by column; numbers not known are null."""
    sites = atlas.sites
    near = nearest_things(atlas)
    columns: dict[str, Any] = {"site_id": list(sites.index)}
    columns |= {name: list(sites[name]) for name in (*NAMES, *TEXTS) if name in sites}
    columns |= {"sectors": [" ".join(some) for some in sites["sectors"]]}
    columns |= {name: _numbers(sites[name]) for name in NUMBERS}
    columns |= {name: _numbers(near[name].round()) for name in KILOMETRES}
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return Content(text.encode(), MIMETYPE)


def _numbers(column: pd.Series) -> list[float | int | None]:
    values = column.astype(float)
    return [None if pd.isna(one) else int(one) if one == int(one) else one for one in values]


def row_words(atlas: Atlas, words: Words) -> dict[str, Any]:
    """The reader's words for the codes in the rows."""
    tables = {
        "kind": vocabulary.SITE_KINDS,
        "status": vocabulary.STATUSES,
        "sectors": vocabulary.SECTORS,
    }
    found: dict[str, Any] = {
        name: {code: words(word) for code, word in table.items()} for name, table in tables.items()
    }
    found["region_id"] = {one: words.name(row) for one, row in atlas.regions.iterrows()}
    present = atlas.countries.loc[atlas.sites["country_iso3"].unique()]
    found["country_iso3"] = {one: words.name(row) for one, row in present.iterrows()}
    return found | {
        "approximate": words(vocabulary.LOCATION_PRECISIONS["region-centre"]),
        "original": words("{n} million {currency}", n="{n}", currency="{currency}"),
    }


def packed(fits: np.ndarray) -> str | None:
    """Which rows fit as one bit each, base64; None for all of them."""
    return None if fits.all() else base64.b64encode(np.packbits(fits).tobytes()).decode()
