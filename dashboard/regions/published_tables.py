"""The tables of the profiles of regions and of pairs as they are published."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import vocabulary
from dashboard.council.events import event_cells
from dashboard.export import cells
from dashboard.export.lists import Listed
from dashboard.export.project_cells import project_cells, statement_total_cells
from dashboard.export.publication import Column
from dashboard.regions.comparison import when
from dashboard.regions.profile import BORDER_METHOD, LINES_METHOD, TOTALS
from dashboard.text import N_, Words
from layers import Atlas
from layers.access import corridors_through
from layers.crossings import of_region
from layers.mentions import events_of
from layers.pairs import UZBEK, margins, neighbours, pairs, totals_of
from layers.projects import dated_statements
from layers.standing import Standing, sources_of, standings


def tables_of_region(region_id: str, atlas: Atlas) -> Mapping[str, Listed]:
    """The tables of a region by the names of their buttons."""
    through = corridors_through(atlas)
    own = through[through["region_id"].eq(region_id)].set_index("corridor_id")
    figures = standings(atlas, region_id)
    cited = [s for one in figures for s in sources_of(atlas, one.metric).get(region_id, ())]
    border = neighbours(atlas, region_id)
    corridors = atlas.corridors.loc[own.index].assign(km=own["km"], is_operating=own["is_operating"])
    return {
        "comparison": Listed(
            N_("The region among the regions of its country"),
            pd.DataFrame({"standing": figures}),
            standing_cells,
            source_ids=cited,
        ),
        "projects": Listed(
            N_("Joint projects"),
            atlas.projects.loc[list(margins(atlas).at[region_id, "projects"])],
            project_cells,
        ),
        "totals": listed_totals(TOTALS, totals_of(atlas, region_id), atlas),
        "corridors": Listed(N_("Corridors"), corridors, corridor_cells, (LINES_METHOD,)),
        "crossings": Listed(
            N_("Border crossings"), of_region(atlas.crossings, region_id), cells.crossing_cells
        ),
        "neighbours": Listed(
            N_("Neighbours across the border"),
            border.rename("km").to_frame().assign(region_id=region_id),
            neighbour_cells,
            (BORDER_METHOD,),
            (),
        ),
        "events": Listed(N_("Events"), events_of(atlas, region_id), event_cells),
    }


def listed_totals(heading: str, rows: pd.DataFrame, atlas: Atlas) -> Listed:
    """Stated totals of many projects, each with the day on which it was reported."""
    dated = dated_statements(atlas)
    return Listed(heading, dated.loc[dated.index.intersection(rows.index)], statement_total_cells)


def standing_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> cells.Cells:
    """The figures of a region with its place among the regions of its country."""
    found: list[Standing] = list(rows["standing"])
    return [
        (Column("metric_id", words("Id")), [one.metric.id for one in found]),
        (Column("metric", words("Figure")), [words(one.metric.label) for one in found]),
        (Column("unit", words("Unit")), [words(one.metric.unit) for one in found]),
        (Column("period", words("Period")), [when(one, words) for one in found]),
        (Column("value", words("Value")), [one.value for one in found]),
        (Column("rank", words("Rank")), [one.rank or None for one in found]),
        (Column("last_rank", words("Last rank shared")), [one.last_rank or None for one in found]),
        (Column("regions", words("Regions compared")), [len(one.values) for one in found]),
        (Column("median", words("Median")), [one.median for one in found]),
        (
            Column("computed", words("computed")),
            [words("yes") if one.metric.computed else "" for one in found],
        ),
    ]


def corridor_cells(rows: pd.DataFrame, _atlas: Atlas, words: Words) -> cells.Cells:
    """The corridors through a region with the length of their lines in it."""
    return [
        (Column("corridor_id", words("Id")), rows.index),
        (Column("corridor", words("Corridor")), [words.name(row) for _, row in rows.iterrows()]),
        (Column("status", words("Status")), cells.coded(rows["status"], vocabulary.STATUSES, words)),
        (Column("lines_here", words("Its lines here"), words("km")), rows["km"].round(1)),
        (
            Column("all_operating", words("all lines here in operation")),
            [words("yes") if one else words("no") for one in rows["is_operating"]],
        ),
        (Column("source_ids", words("Sources")), cells.listed(rows["source_ids"])),
    ]


def neighbour_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """The regions across the border with the projects of each pair; `rows` by id with km and region_id."""
    both = [
        (own, other) if atlas.regions.at[own, "country_iso3"] == UZBEK else (other, own)
        for other, own in rows["region_id"].items()
    ]
    return [
        (Column("region_id", words("Id")), rows.index),
        (Column("region", words("Region across the border")), cells.named(rows.index, atlas.regions, words)),
        (Column("border", words("Shared border"), words("km")), rows["km"].round(1)),
        (Column("projects", words("Joint projects")), [int(pairs(atlas).at[one, "count"]) for one in both]),
    ]
