"""The table of sites beside the map, and the sentence above it.

All rows travel once with the page, each with what filters ask of its site; assets/sites.js shows those that
fit and keeps selection on the map and in the table the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import geopandas as gpd
from dash import html

from dashboard import vocabulary
from dashboard.sortable import amount, sortable_table
from dashboard.text import N_, Words
from layers import Atlas
from layers.sites import FACETS, leading_regions

COLUMNS = (N_("Site"), N_("Kind"), N_("Status"), N_("Region"), N_("Area, ha"), N_("Investment, million USD"))


def finding(region_ids: Collection[str], atlas: Atlas, words: Words) -> str:
    """One sentence on where the sites that fit lie, by the region_id of each of them."""
    if not region_ids:
        return words("No site fits these filters. Remove one of them, or reset all.")
    leading = leading_regions(region_ids)
    names = [words.name(atlas.regions.loc[region_id]) for region_id in leading]
    counted = words.plural("{n} site", "{n} sites", len(region_ids))
    if not names:
        return words("{sites} of {total}.", sites=counted, total=words.number(len(atlas.sites)))
    return words(
        "{sites} of {total}; most are in: {regions}.",
        sites=counted,
        total=words.number(len(atlas.sites)),
        regions=", ".join(
            f"{name} ({words.number(n)})" for name, n in zip(names, leading.values(), strict=True)
        ),
    )


def site_table(atlas: Atlas, words: Words, fitting: Collection[str] | None = None) -> html.Table:
    """All sites, one row each, those hidden that are not `fitting`; a missing figure is an empty cell with a
    dash and sorts last.
    """
    rows = site_rows(atlas.sites, atlas, words)
    if fitting is not None:
        shown = set(fitting)
        for row, site_id in zip(rows, atlas.sites.index, strict=True):
            row.hidden = site_id not in shown
    caption = words("Industrial sites that fit the filters; click a heading to sort")
    return sortable_table(caption, [words(title) for title in COLUMNS], rows, "site-table")


def site_rows(sites: gpd.GeoDataFrame, atlas: Atlas, words: Words) -> list[html.Tr]:
    """The rows of sites, each with what filters ask of its site."""
    regions = dict(zip(atlas.regions.index, words.names(atlas.regions), strict=True))
    rows = zip(sites.index, sites.to_dict("records"), strict=True)
    return [_site_row(site_id, row, regions.get(row["region_id"], "–"), words) for site_id, row in rows]


def _site_row(site_id: str, row: Mapping[str, Any], region: str, words: Words) -> html.Tr:
    name, language = words.name_and_language(row)
    choose = html.Button(
        name, type="button", lang=language, **{"data-choose": f"site:{site_id}", "data-fly": ""}
    )
    cells = [
        html.Th(choose, scope="row", **{"data-value": name}),
        html.Td(words(vocabulary.SITE_KINDS[row["kind"]])),
        html.Td(words(vocabulary.STATUSES[row["status"]])),
        html.Td(region),
        amount(row["area_ha"], words.number(row["area_ha"]), words),
        amount(row["investment_usd"], words.number(row["investment_usd"] / 1e6), words),
    ]
    facets = {f"data-{facet}": _codes(row[column]) for facet, column in FACETS.items()}
    spot = f"{row['geometry'].x:.3f},{row['geometry'].y:.3f}"
    return html.Tr(
        cells, **{"data-key": site_id, "data-light": f"site:{site_id}", "data-spot": spot, **facets}
    )


def _codes(cell: str | tuple[str, ...]) -> str:
    return cell if isinstance(cell, str) else " ".join(cell)
