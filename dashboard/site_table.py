"""The table of sites beside the map, and the sentence above it.

All rows travel once with the page; assets/table.js shows those that fit the filters, sorts them, and keeps
selection on the map and in the table the same.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.text import N_, Words
from layers import Atlas
from layers.sites import leading_regions

COLUMNS = (N_("Site"), N_("Kind"), N_("Status"), N_("Region"), N_("Area, ha"), N_("Investment, million USD"))


def finding(sites: pd.DataFrame, atlas: Atlas, words: Words) -> str:
    """One sentence on where the sites that fit lie; computed from the rows."""
    if sites.empty:
        return words("No site fits these filters. Remove one of them, or reset all.")
    leading = leading_regions(sites)
    names = [words.name(atlas.regions.loc[region_id]) for region_id in leading.index]
    counted = words.plural("{n} site", "{n} sites", len(sites))
    if not names:
        return words("{sites} of {total}.", sites=counted, total=words.number(len(atlas.sites)))
    return words(
        "{sites} of {total}; most are in: {regions}.",
        sites=counted,
        total=words.number(len(atlas.sites)),
        regions=", ".join(f"{name} ({words.number(int(n))})" for name, n in zip(names, leading, strict=True)),
    )


def site_table(atlas: Atlas, words: Words) -> html.Table:
    """All sites, one row each; a missing figure is an empty cell with a dash and sorts last."""
    heads = [
        html.Th(html.Button(words(title), type="button"), scope="col", **{"aria-sort": "none"})
        for title in COLUMNS
    ]
    rows = [_row(site_id, row, atlas, words) for site_id, row in atlas.sites.iterrows()]
    caption = html.Caption(words("Industrial sites that fit the filters; click a heading to sort"))
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="site-table")


def _row(site_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    name, language = words.name_and_language(row)
    region = words.name(atlas.regions.loc[row["region_id"]]) if row["region_id"] else "–"
    choose = html.Button(
        name, type="button", lang=language, **{"data-choose": f"site:{site_id}", "data-fly": ""}
    )
    cells = [
        html.Th(choose, scope="row", **{"data-value": name}),
        html.Td(words(vocabulary.SITE_KINDS[row["kind"]])),
        html.Td(words(vocabulary.STATUSES[row["status"]])),
        html.Td(region),
        _figure(row["area_ha"], 1, words),
        _figure(row["investment_usd"], 1e6, words),
    ]
    return html.Tr(cells, **{"data-key": site_id})


def _figure(value: Any, size: float, words: Words) -> html.Td:
    if pd.isna(value):
        return html.Td("–", title=words("not known"), className="amount", **{"data-value": ""})
    shown = words.number(float(value) / size)
    return html.Td(shown, className="amount", **{"data-value": str(float(value))})
