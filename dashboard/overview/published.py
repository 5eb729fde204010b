"""What the overview publishes: its map and its table of sites."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.export import cells
from dashboard.export.kinds import View, filter_text, map_of, table_of
from dashboard.export.publication import PUBLISHERS, Makers
from dashboard.figures.screen import HOME
from dashboard.filters import Filters, map_marks
from dashboard.page_map import Scene
from dashboard.panel import label_of
from dashboard.site_table import finding
from dashboard.text import Words
from layers import Atlas


def publications(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The map of a choice, and the sites that fit it."""
    filters = Filters.from_query(given, atlas)
    chosen = [label_of(name, value, atlas, words) for name, value in filters.active()]
    here = View(atlas, words, "/" + filters.to_query(), filter_text(chosen, words))
    sites = filters.apply(atlas).sites
    return {
        "map": lambda: map_of(
            here,
            Scene(map_marks(atlas, filters), HOME, filters.selected),
            words("Regions, industrial sites and corridors of Uzbekistan and Kazakhstan"),
            fills=False,
        ),
        "sites": lambda: table_of(
            here,
            cells.site_cells(sites, atlas, words),
            words("Industrial sites"),
            (one for ids in sites["source_ids"] for one in ids),
            name="sites",
            subtitle=finding(sites["region_id"].tolist(), atlas, words),
            layers=lambda: {"sites": cells.placed(cells.site_cells(sites, atlas, words), sites.geometry)},
        ),
    }


PUBLISHERS["/"] = publications
