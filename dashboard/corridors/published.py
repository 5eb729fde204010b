"""What the page of a corridor publishes: map, strip, charts of its figures, tables of sites and figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from dashboard.corridor_charts import chart_title, corridor_names
from dashboard.corridors.published_lists import compared, every_corridor
from dashboard.corridors.published_tables import tables_of
from dashboard.corridors.scenes import one_corridor
from dashboard.corridors.strips import corridor_strip
from dashboard.corridors.view import WITHIN_KM, CorridorView
from dashboard.corridors.way_parts import way_finding
from dashboard.export import cells
from dashboard.export.kinds import View, filter_text, map_of, series_of, strip_of, table_of
from dashboard.export.lists import makers_of_lists
from dashboard.export.publication import PUBLISHERS, Makers, Publication
from dashboard.text import Words
from layers import Atlas
from layers.corridor_series import corridor_series
from layers.ways import variants_of


def publications(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The figures of a corridor; KeyError for an unknown one."""
    corridor_id = given["corridor_id"]
    name = words.name(atlas.corridors.loc[corridor_id])
    query = {part: value for part, value in given.items() if part != "corridor_id"}
    view = CorridorView.from_query(corridor_id, query, atlas)
    here = View(atlas, words, f"/corridors/{corridor_id}{view.to_query(atlas)}", _chosen(view, atlas, words))
    which = corridor_id + view.to_query(atlas)
    names = corridor_names(atlas, words)
    found = corridor_series(atlas, corridor_id)
    charts = {
        f"chart-{chart.key}": partial(
            series_of, here, chart, names, f"{name}. {chart_title(chart, corridor_id, names, words)}"
        )
        for chart in found.charts
    }
    return {
        "map": lambda: map_of(
            here,
            one_corridor(atlas, which),
            words("Map of the corridor {name}", name=name),
            subtitle=way_finding(view.way(atlas), atlas, words),
        ),
        "strip": lambda: _strip(here, view, words("{name} as a strip", name=name)),
        **charts,
        "sites": lambda: _sites(here, view, name),
        "figures": lambda: _figures(here, corridor_id, name),
        **makers_of_lists(here, name, tables_of(view, atlas)),
    }


def _chosen(view: CorridorView, atlas: Atlas, words: Words) -> tuple[str, ...]:
    variants = variants_of(atlas, view.corridor_id)
    way = [words.name(variants.loc[view.variant_id])] if view.variant_id != variants.index[0] else []
    n = words.number(view.within_km)
    within = [words("Sites within {n} km", n=n)] if view.within_km != WITHIN_KM else []
    return filter_text([*way, *within], words)


def _strip(here: View, view: CorridorView, title: str) -> Publication:
    atlas, words, way = here.atlas, here.words, view.way(here.atlas)
    which = view.corridor_id + view.to_query(atlas)
    return strip_of(
        here,
        lambda width, is_upright: corridor_strip(atlas, which, words, width, is_upright),
        title,
        cells.stop_cells([(title, way)], atlas, words),
        (one for ids in way.steps["source_ids"] for one in ids),
        subtitle=way_finding(way, atlas, words),
    )


def _sites(here: View, view: CorridorView, name: str) -> Publication:
    atlas, words = here.atlas, here.words
    sites = view.sites(atlas)
    n = words.number(view.within_km)
    return table_of(
        here,
        cells.site_cells(sites, atlas, words),
        words("{part}: {finding}", part=name, finding=words("Sites within {n} km", n=n)),
        (one for ids in sites["source_ids"] for one in ids),
        name="sites",
        layers=lambda: {"sites": cells.placed(cells.site_cells(sites, atlas, words), sites.geometry)},
    )


def _figures(here: View, corridor_id: str, name: str) -> Publication:
    found = corridor_series(here.atlas, corridor_id)
    rows = pd.concat([*(chart.statements for chart in found.charts), found.left_out])
    return table_of(
        here,
        cells.statement_cells(rows.sort_values("row", kind="stable"), here.words),
        here.words("{part}: {finding}", part=name, finding=here.words("Figures over time")),
        (one for ids in rows["source_ids"] for one in ids),
        name="figures",
    )


PUBLISHERS["/corridors"] = every_corridor
PUBLISHERS["/corridors/compare"] = compared
PUBLISHERS["/corridors/<corridor_id>"] = publications
