"""What is known of a corridor beside its ways: barriers, crossings, projects, milestones, lengths."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button
from dashboard.corridor_terms import when
from dashboard.findings import length_reasons
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.project_value import value_cell
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import source_list, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.corridors import segments_of, with_branches
from layers.lengths import published_lengths
from layers.projects import named

BARRIER_COLUMNS = (N_("Kind"), N_("Place"), N_("What it is"), N_("What the source measured"), N_("Sources"))
CROSSING_COLUMNS = (
    N_("Crossing"),
    N_("Mode"),
    N_("Status"),
    N_("Capacity in the source"),
    N_("Remarks"),
    N_("Sources"),
)
PROJECT_COLUMNS = (N_("Project"), N_("Status"), N_("Value"), N_("Expected"))
LENGTH_COLUMNS = (
    N_("From – to"),
    N_("Published, km"),
    N_("Computed, km"),
    N_("Difference"),
    N_("Why they differ"),
)
ONE_MILESTONE = ["year", "is_plan", "status", "note"]
"""What lines share that one event opened."""

MILESTONE_COLUMNS = (N_("Year"), N_("What happens"), N_("Line"), N_("Sources"))


def barrier_section(corridor_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """Every barrier of a corridor and its branches, with place, what was measured and sources."""
    barriers = barriers_on(corridor_id, atlas)
    if barriers.empty:
        return [html.P(words("No barrier is known to our sources."), className="not-known")]
    rows = [_barrier_row(barrier_id, row, atlas, words) for barrier_id, row in barriers.iterrows()]
    caption = [words("Barriers"), " ", translation_mark(barriers, "description", words)]
    return [_table(caption, BARRIER_COLUMNS, rows, words)]


def barriers_on(corridor_id: str, atlas: Atlas) -> pd.DataFrame:
    """The barriers of a corridor and its branches."""
    own = with_branches(atlas.corridors, [corridor_id])
    return atlas.barriers[atlas.barriers["corridor_id"].isin((corridor_id, *own))]


def _barrier_row(barrier_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    place = (
        choose_button(f"node:{row['node_id']}", atlas, words) if row["node_id"] else words("whole corridor")
    )
    lit = {"data-light": f"node:{row['node_id']}", "data-spot": spot_of(row["node_id"], atlas)}
    return html.Tr(
        [
            html.Td(words(vocabulary.BARRIER_KINDS[row["kind"]])),
            html.Td(place),
            html.Td(bare_text(row, "description", words)),
            html.Td(bare_text(row, "severity_basis", words) or "–"),
            _sources(row["source_ids"], atlas, words),
        ],
        id=barrier_id,
        **(lit if row["node_id"] else {}),
    )


def spot_of(node_id: str, atlas: Atlas) -> str:
    """Longitude and latitude of a node as assets/choose.js reads them; "" for none."""
    if not node_id:
        return ""
    point = atlas.nodes.geometry[node_id]
    return f"{point.x:.3f},{point.y:.3f}"


def crossing_section(corridor_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The crossings between the two countries that lie on the lines of a corridor."""
    crossings = crossings_on(corridor_id, atlas)
    if crossings.empty:
        text = words("No crossing between Kazakhstan and Uzbekistan lies on this corridor.")
        return [html.P(text, className="not-known")]
    rows = [_crossing_row(f"crossing:{i}", row, atlas, words) for i, row in crossings.iterrows()]
    mark = translation_mark(crossings, "note", words)
    caption = [words("Crossings between Kazakhstan and Uzbekistan"), " ", mark]
    return [_table(caption, CROSSING_COLUMNS, rows, words)]


def crossings_on(corridor_id: str, atlas: Atlas) -> pd.DataFrame:
    """The crossings between the two countries on the lines of a corridor and its branches."""
    own = set(segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id])).index)
    on_it = atlas.crossings["segment_ids"].map(lambda ids: not own.isdisjoint(ids)).astype(bool)
    return atlas.crossings[on_it]


def _crossing_row(key: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    status = [words(vocabulary.STATUSES[row["status"]])]
    if row["status_note"]:
        status.append(html.Small(bare_text(row, "status_note", words)))
    return html.Tr(
        [
            html.Th(choose_button(key, atlas, words), scope="row"),
            html.Td(words(vocabulary.MODES[row["mode"]])),
            html.Td(status),
            html.Td(bare_text(row, "capacity", words) or words("not known")),
            html.Td(bare_text(row, "note", words) or "–"),
            _sources(row["source_ids"], atlas, words),
        ],
        **{"data-light": key, "data-spot": f"{row['lon']:.3f},{row['lat']:.3f}"},
    )


def project_section(corridor_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The joint projects that name a corridor."""
    own = projects_on(corridor_id, atlas)
    if own.empty:
        return [
            html.P(words("No joint project on this corridor is known to our sources."), className="not-known")
        ]
    rows = [_project_row(f"project:{i}", row, atlas, words) for i, row in own.iterrows()]
    return [_table(words("Joint projects"), PROJECT_COLUMNS, rows, words)]


def projects_on(corridor_id: str, atlas: Atlas) -> pd.DataFrame:
    """The named joint projects of a corridor and its branches."""
    projects = named(atlas.projects)
    return projects[projects["corridor_id"].isin(with_branches(atlas.corridors, [corridor_id]))]


def _project_row(key: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    expected = row["year_expected"]
    return html.Tr(
        [
            html.Th(choose_button(key, atlas, words), scope="row"),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
            value_cell(row, atlas, words),
            amount(expected, "" if pd.isna(expected) else str(int(expected)), words),
        ]
    )


def milestone_section(corridor_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """When lines of a corridor were opened and when others are expected, oldest first."""
    both = milestones_of(corridor_id, atlas)
    if both.empty:
        return [html.P(words("No year of opening is known to our sources."), className="not-known")]
    rows = [_milestone_row(lines, atlas, words) for _, lines in both.groupby(ONE_MILESTONE)]
    return [_table(words("Milestones"), MILESTONE_COLUMNS, rows, words)]


def milestones_of(corridor_id: str, atlas: Atlas) -> pd.DataFrame:
    """The lines of a corridor with a `year` of opening, or one expected where `is_plan`."""
    own = segments_of(atlas.segments, with_branches(atlas.corridors, [corridor_id]))
    opened = own[own["opened_year"].notna()].assign(year=lambda f: f["opened_year"], is_plan=False)
    planned = own[own["planned_year"].notna()].assign(year=lambda f: f["planned_year"], is_plan=True)
    return pd.concat([opened, planned])


def _milestone_row(lines: pd.DataFrame, atlas: Atlas, words: Words) -> html.Tr:
    first = lines.iloc[0]
    status = words(vocabulary.STATUSES[first["status"]])
    told = words("expected ({status})", status=status) if first["is_plan"] else words("opened")
    keys = [f"segment:{segment_id}" for segment_id in lines.index]
    named = [part for key in keys for part in (choose_button(key, atlas, words), "; ")][:-1]
    cited = tuple(dict.fromkeys(s for ids in lines["source_ids"] for s in ids))
    return html.Tr(
        [
            amount(first["year"], str(int(first["year"])), words),
            html.Td(told),
            html.Th([*named, free_text(first, "note", words, html.Small)], scope="row"),
            _sources(cited, atlas, words),
        ],
        **{"data-light": " ".join(keys)},
    )


def length_section(corridor_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """Every published length of a corridor beside the computed one, and why they differ."""
    shown = lengths_of(corridor_id, atlas)
    if shown.empty:
        return [html.P(words("No published length is known to our sources."), className="not-known")]
    rows = [_length_row(row, atlas, words) for _, row in shown.iterrows()]
    return [
        html.P(words("Computed lengths are measured along the lines of this map."), className="legend-note"),
        _table(words("Published and computed lengths"), LENGTH_COLUMNS, rows, words),
    ]


def lengths_of(corridor_id: str, atlas: Atlas) -> pd.DataFrame:
    """The published lengths (rows of published_lengths) of a corridor, its branches and their lines."""
    return published_lengths(atlas, frozenset(with_branches(atlas.corridors, [corridor_id])))


def _length_row(row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    table = atlas.segments if row["table"] == "segments" else atlas.corridor_metrics
    stated = table.loc[row["subject"]]
    ends = [words.name(atlas.nodes.loc[row[c]]) for c in ("from_node", "to_node") if row[c]]
    kind, period = stated.get("kind", ""), when(stated, words) if "period" in stated else ""
    told = ", ".join(filter(None, [period, words(vocabulary.VALUE_KINDS[kind]) if kind else ""]))
    note = free_text(stated, "note", words)
    published = sourced(words.number(row["published_km"]), stated["source_ids"], atlas, words, note)
    apart = row["difference"]
    return html.Tr(
        [
            html.Th(" – ".join(ends) or words("not in the atlas"), scope="row"),
            amount(row["published_km"], [published, html.Small(told)], words),
            amount(row["computed_km"], words.number(round(row["computed_km"] or 0)), words)
            if pd.notna(row["computed_km"])
            else amount(float("nan"), None, words),
            amount(apart, words.percent(apart * 100, 0) if pd.notna(apart) else "", words),
            html.Td([html.Div(reason) for reason in length_reasons(row, words)]),
        ]
    )


def _sources(source_ids: tuple[str, ...], atlas: Atlas, words: Words) -> html.Td:
    return html.Td(html.Details([html.Summary(words("Sources")), source_list(source_ids, atlas, words)]))


def _table(caption: Any, columns: tuple[str, ...], rows: list[html.Tr], words: Words) -> html.Div:
    table = sortable_table(caption, [words(column) for column in columns], rows)
    return html.Div(table, className="table-box", tabIndex=0)
