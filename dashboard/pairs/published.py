"""What the pages of pairs publish: the matrix as a table, and the map, strip and projects of one pair."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.council.events import event_cells
from dashboard.export import cells
from dashboard.export.kinds import View, map_of, strip_of, table_of
from dashboard.export.lists import Listed, makers_of_lists
from dashboard.export.project_cells import project_cells
from dashboard.export.publication import PUBLISHERS, Column, Makers, Publication
from dashboard.pairs.matrix import matrix_finding, matrix_notes
from dashboard.pairs.matrix_chart import MATRIX_CHART, as_chart
from dashboard.pairs.profile import TOTALS, Pair, names_of, pair_finding
from dashboard.pairs.route import best_route, pair_strip
from dashboard.pairs.scenes import one_pair
from dashboard.regions.published_tables import listed_totals
from dashboard.regions.tables import STRAIGHT_METHOD
from dashboard.text import N_, Words
from layers import Atlas
from layers.mentions import events_of
from layers.pairs import frontiers, nearest_crossings, pairs, region_ids, totals_of

ONLY_KNOWN = N_("A pair without a project is one without a project known to our sources.")


def all_pairs(atlas: Atlas, _given: Mapping[str, str], words: Words) -> Makers:
    """The matrix as a table and as a picture; what its cells say first makes no difference to them."""
    here = View(atlas, words, "/pairs")
    return {"matrix": lambda: _matrix(here), MATRIX_CHART: lambda: as_chart(_matrix(here))}


def _matrix(here: View) -> Publication:
    atlas, words = here.atlas, here.words
    return table_of(
        here,
        pair_cells(atlas, words),
        words("Joint projects of each pair of an Uzbek and a Kazakh region"),
        (one for ids in atlas.projects["source_ids"] for one in ids),
        name="matrix",
        subtitle=matrix_finding(atlas, words),
        notes=tuple(matrix_notes(atlas, words)),
    )


def pair_cells(atlas: Atlas, words: Words) -> cells.Cells:
    """Every pair with its projects and what is stated of their value."""
    every, shared = pairs(atlas), frontiers(atlas)
    sides = {side: every.index.get_level_values(f"{side}_region_id") for side in ("uz", "kz")}
    named = {side: cells.named(ids, atlas.regions, words) for side, ids in sides.items()}
    return [
        (Column("uz_region_id", words("Id")), sides["uz"]),
        (Column("uz_region", words("Uzbek region")), named["uz"]),
        (Column("kz_region_id", words("Id")), sides["kz"]),
        (Column("kz_region", words("Kazakh region")), named["kz"]),
        (Column("projects", words("Joint projects known to our sources")), every["count"]),
        (Column("value", words("Stated value"), "USD"), every["value_usd"]),
        (Column("with_value", words("Projects with a stated value")), every["valued"]),
        (
            Column("value_is_least", words("The value is a lower bound")),
            [words("yes") if is_least else "" for is_least in every["is_least"]],
        ),
        (Column("shared_border", words("Shared border"), words("km")), shared.reindex(every.index).round()),
        (Column("project_ids", words("Projects")), cells.listed(every["projects"])),
    ]


def one_of_them(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The map, the best route and the projects of a pair; KeyError for what is no pair."""
    pair: Pair = (given["uz_region_id"], given["kz_region_id"])
    for region_id, known in zip(pair, region_ids(atlas), strict=True):
        if region_id not in known:
            raise KeyError(region_id)
    here = View(atlas, words, "/pairs/" + "/".join(pair))
    title, told = " – ".join(names_of(pair, atlas, words)), pair_finding(pair, atlas, words)
    makers: Makers = {
        "map": lambda: map_of(here, one_pair(atlas, "/".join(pair)), title, subtitle=told),
        **makers_of_lists(here, title, _tables(pair, atlas)),
    }
    if best_route(atlas, *pair):
        makers["strip"] = lambda: _strip(here, pair, title, told)
    return makers


def _strip(here: View, pair: Pair, title: str, told: str) -> Publication:
    atlas, words = here.atlas, here.words
    way = best_route(atlas, *pair).way
    return strip_of(
        here,
        lambda width, is_upright: pair_strip(atlas, "/".join(pair), words, width, is_upright),
        words("{name} as a strip", name=title),
        cells.stop_cells([(title, way)], atlas, words),
        (one for ids in way.steps["source_ids"] for one in ids),
        subtitle=told,
    )


def _tables(pair: Pair, atlas: Atlas) -> dict[str, Listed]:
    """The tables of the profile by the names of their buttons."""
    return {
        "projects": Listed(
            N_("Joint projects"),
            atlas.projects.loc[list(pairs(atlas).at[pair, "projects"])],
            project_cells,
            (ONLY_KNOWN,),
        ),
        "totals": listed_totals(TOTALS, totals_of(atlas, *pair), atlas),
        "crossings": Listed(
            N_("Nearest crossings"), nearest_crossings(atlas, *pair), cells.crossing_cells, (STRAIGHT_METHOD,)
        ),
        "events": Listed(N_("Events"), events_of(atlas, *pair), event_cells),
    }


PUBLISHERS["/pairs"] = all_pairs
PUBLISHERS["/pairs/<uz_region_id>/<kz_region_id>"] = one_of_them
