"""The tables of the page of a corridor: places and lines of the way, barriers, crossings, what is built."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import vocabulary
from dashboard.corridor_terms import PERIODS
from dashboard.corridors import facts
from dashboard.corridors.view import CorridorView
from dashboard.corridors.way_parts import changes_of
from dashboard.export import cells
from dashboard.export.lists import Listed
from dashboard.export.project_cells import project_cells
from dashboard.export.publication import Column
from dashboard.export.row_cells import cited_cells, texts
from dashboard.findings import length_reasons
from dashboard.text import N_, Words
from layers import Atlas
from layers.ways import Way

MEASURED = N_("Computed lengths are measured along the lines of this map.")


def tables_of(view: CorridorView, atlas: Atlas) -> Mapping[str, Listed]:
    """The tables of a corridor by the anchors of their sections."""
    way, one = view.way(atlas), view.corridor_id
    lengths = facts.lengths_of(one, atlas)
    milestones = facts.milestones_of(one, atlas)
    on_way = [source_id for ids in way.steps["source_ids"] for source_id in ids]
    return {
        "places": Listed(
            N_("Places on the way"),
            way.stops[way.stops["is_place"]],
            lambda _rows, atlas, words: stop_cells(way, atlas, words),
            source_ids=on_way,
        ),
        "lines": Listed(N_("Lines of the way"), way.steps, cells.step_cells),
        "barriers": Listed(N_("Barriers"), facts.barriers_on(one, atlas), barrier_cells),
        "crossings": Listed(
            N_("Crossings between Kazakhstan and Uzbekistan"),
            facts.crossings_on(one, atlas),
            cells.crossing_cells,
        ),
        "projects": Listed(N_("Joint projects"), facts.projects_on(one, atlas), project_cells),
        "milestones": Listed(N_("Milestones"), milestones, milestone_cells),
        "lengths": Listed(
            N_("Published and computed lengths"),
            lengths,
            length_cells,
            (MEASURED,),
            [s for row in lengths.to_dict("records") for s in stated_row(row, atlas)["source_ids"]],
        ),
    }


def stop_cells(way: Way, atlas: Atlas, words: Words) -> cells.Cells:
    """The places of a way, and what changes at each."""
    changes, places = changes_of(way, atlas, words), way.stops[way.stops["is_place"]]
    return [
        (Column("node_id", words("Id")), places["node_id"]),
        *cells.stop_cells([("", way)], atlas, words),
        (
            Column("changes", words("What changes here")),
            ["; ".join(changes.get(one, ())) for one in places["node_id"]],
        ),
    ]


def barrier_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """Barriers with their place and what their sources measured."""
    return [
        (Column("barrier_id", words("Id")), rows.index),
        (Column("kind", words("Kind")), cells.coded(rows["kind"], vocabulary.BARRIER_KINDS, words)),
        (Column("corridor", words("Corridor")), cells.named(rows["corridor_id"], atlas.corridors, words)),
        (Column("place", words("Place")), cells.named(rows["node_id"], atlas.nodes, words)),
        (Column("description", words("What it is")), texts(rows, "description", words)),
        (Column("measured", words("What the source measured")), texts(rows, "severity_basis", words)),
        *cited_cells(rows, words),
    ]


def milestone_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """Openings of lines, one event with all its lines in a row."""
    events = [(given, lines) for given, lines in rows.groupby(facts.ONE_MILESTONE)]
    ends = {one: [atlas.nodes.loc[row[c]] for c in ("from_node", "to_node")] for one, row in rows.iterrows()}
    named = {one: " – ".join(words.name(end) for end in both) for one, both in ends.items()}
    return [
        (Column("year", words("Year")), [int(year) for (year, *_), _ in events]),
        (
            Column("what", words("What happens")),
            [words("expected") if is_plan else words("opened") for (_, is_plan, *_), _ in events],
        ),
        (
            Column("status", words("Status")),
            cells.coded([status for (_, _, status, _), _ in events], vocabulary.STATUSES, words),
        ),
        (
            Column("lines", words("Line")),
            ["; ".join(map(named.get, lines.index)) for _, lines in events],
        ),
        (Column("segment_ids", words("Id")), ["; ".join(lines.index) for _, lines in events]),
        (Column("note", words("Note")), [words.text(lines.iloc[0], "note") for _, lines in events]),
        (
            Column("source_ids", words("Sources")),
            ["; ".join(dict.fromkeys(s for ids in lines["source_ids"] for s in ids)) for _, lines in events],
        ),
    ]


def stated_row(length: Mapping[str, str], atlas: Atlas) -> pd.Series:
    """The row of the data that states a published length."""
    table = atlas.segments if length["table"] == "segments" else atlas.corridor_metrics
    return table.loc[length["subject"]]


def length_cells(rows: pd.DataFrame, atlas: Atlas, words: Words) -> cells.Cells:
    """Published lengths beside the computed ones, and why they differ."""
    stated = [stated_row(row, atlas) for row in rows.to_dict("records")]
    kinds = [one.get("kind", "") for one in stated]
    periods = cells.coded([one.get("period", "") for one in stated], PERIODS, words)
    return [
        (Column("row_id", words("Id")), rows["subject"]),
        (Column("from_place", words("From")), cells.named(rows["from_node"], atlas.nodes, words)),
        (Column("to_place", words("To")), cells.named(rows["to_node"], atlas.nodes, words)),
        (Column("period", words("Period")), periods),
        (Column("kind", words("Kind of figure")), cells.coded(kinds, vocabulary.VALUE_KINDS, words)),
        (Column("published", words("Published length"), words("km")), rows["published_km"]),
        (Column("computed", words("Computed length"), words("km")), rows["computed_km"].round(1)),
        (Column("difference", words("Difference"), "%"), (100 * rows["difference"]).round(1)),
        (
            Column("why", words("Why they differ")),
            [" ".join(length_reasons(row, words)) for _, row in rows.iterrows()],
        ),
        (Column("source_ids", words("Sources")), ["; ".join(one["source_ids"]) for one in stated]),
    ]
