"""What the pages of the regions publish: the map and the ranking, the profile's map and sites."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.export import cells
from dashboard.export.kinds import View, filter_text, map_of, table_of
from dashboard.export.lists import Listed, makers_of_lists
from dashboard.export.publication import PUBLISHERS, Makers
from dashboard.figures.marks import region_marks
from dashboard.regions.profile import region_finding
from dashboard.regions.published_tables import tables_of_region
from dashboard.regions.ranking import metric_note, ranking_finding
from dashboard.regions.scenes import all_regions, one_region
from dashboard.regions.view import RegionsView
from dashboard.text import N_, Words
from layers import Atlas
from layers.standing import sources_of


def ranked_regions(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The regions by a metric, as a map and as a ranking."""
    view = RegionsView.from_query(given)
    country = [words.name(atlas.countries.loc[view.country])] if view.country else []
    here = View(atlas, words, "/regions" + view.to_query(), filter_text(country, words))
    title = words("{metric}: regions of Uzbekistan and Kazakhstan", metric=words(view.metric.label))
    ranked = view.ranked(atlas)
    marks = region_marks(atlas, view.metric)
    return {
        "map": lambda: map_of(here, all_regions(atlas, view.to_query()), title, fills=bool(view.country)),
        "ranking": lambda: table_of(
            here,
            cells.region_cells(cells.in_order(marks, ranked.index), atlas, words),
            title,
            (one for region in ranked.index for one in sources_of(atlas, view.metric).get(region, ())),
            name="ranking",
            subtitle=ranking_finding(view, atlas, words),
            notes=tuple(filter(None, [metric_note(view.metric, atlas, words)])),
        ),
    }


def profile_of_region(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The map of a region and the tables of its profile; KeyError for an unknown region."""
    region_id = given["region_id"]
    name = words.name(atlas.regions.loc[region_id])
    here = View(atlas, words, f"/regions/{region_id}")
    sites = atlas.sites[atlas.sites["region_id"].eq(region_id)]
    lists = {
        "sites": Listed(N_("Industrial sites"), sites, cells.site_cells),
        **tables_of_region(region_id, atlas),
    }
    return {
        "map": lambda: map_of(
            here,
            one_region(atlas, region_id),
            words("Map of {name}", name=name),
            subtitle=region_finding(region_id, atlas, words),
        ),
        **makers_of_lists(here, name, lists),
    }


PUBLISHERS["/regions"] = ranked_regions
PUBLISHERS["/regions/<region_id>"] = profile_of_region
