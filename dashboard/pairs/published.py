"""What the pages of pairs publish: the matrix as a table, and the map, strip and projects of one pair."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import vocabulary
from dashboard.export import cells
from dashboard.export.kinds import View, map_of, strip_of, table_of
from dashboard.export.publication import PUBLISHERS, Column, Makers, Publication
from dashboard.pairs.matrix import matrix_finding, matrix_notes
from dashboard.pairs.profile import Pair, names_of, pair_finding
from dashboard.pairs.route import best_route, pair_strip
from dashboard.pairs.scenes import one_pair
from dashboard.text import Words
from layers import Atlas
from layers.pairs import frontiers, pairs, region_ids


def all_pairs(atlas: Atlas, _given: Mapping[str, str], words: Words) -> Makers:
    """The matrix; what its cells say first makes no difference to the table."""
    here = View(atlas, words, "/pairs")
    return {
        "matrix": lambda: table_of(
            here,
            pair_cells(atlas, words),
            words("Joint projects of each pair of an Uzbek and a Kazakh region"),
            (one for ids in atlas.projects["source_ids"] for one in ids),
            name="matrix",
            subtitle=matrix_finding(atlas, words),
            notes=tuple(matrix_notes(atlas, words)),
        )
    }


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
        "projects": lambda: _projects(here, pair, title),
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


def _projects(here: View, pair: Pair, title: str) -> Publication:
    atlas, words = here.atlas, here.words
    rows = atlas.projects.loc[list(pairs(atlas).at[pair, "projects"])]
    return table_of(
        here,
        project_cells(rows, atlas, words),
        words("{part}: {finding}", part=title, finding=words("Joint projects")),
        (one for ids in rows["source_ids"] for one in ids),
        name="projects",
        notes=(words("A pair without a project is one without a project known to our sources."),),
    )


def project_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """Joint projects with their regions on both sides."""
    return [
        (Column("project_id", words("Id")), rows.index),
        (Column("project", words("Project")), [words.name(row) for _, row in rows.iterrows()]),
        (Column("status", words("Status")), cells.coded(rows["status"], vocabulary.STATUSES, words)),
        (
            Column("uz_regions", words("Uzbek regions")),
            ["; ".join(cells.named(ids, atlas.regions, words)) for ids in rows["uz_region_ids"]],
        ),
        (
            Column("kz_regions", words("Kazakh regions")),
            ["; ".join(cells.named(ids, atlas.regions, words)) for ids in rows["kz_region_ids"]],
        ),
        (Column("value", words("Stated value"), "USD"), rows["value_usd"]),
        (Column("value_kind", words("Kind of figure")), rows["value_type"]),
        (Column("source_ids", words("Sources")), cells.listed(rows["source_ids"])),
    ]


PUBLISHERS["/pairs"] = all_pairs
PUBLISHERS["/pairs/<uz_region_id>/<kz_region_id>"] = one_of_them
