"""Tables of sites, projects, crossings and events, on the pages of regions and of pairs."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.project_value import value_cell
from dashboard.regions.sheet import table_or_none
from dashboard.sortable import MOST_ROWS, amount, cut_note
from dashboard.sourced import computed, source_list, sourced
from dashboard.text import N_, Words
from layers import Atlas

SITE_COLUMNS = (N_("Site"), N_("Kind"), N_("Status"), N_("Sectors"))
PROJECT_COLUMNS = (N_("Project"), N_("Status"), N_("Value"), N_("Expected"))
CROSSING_COLUMNS = (N_("Crossing"), N_("Mode"), N_("Status"), N_("Capacity in the source"))
EVENT_COLUMNS = (N_("Date"), N_("Event"), N_("What it brought"), N_("Sources"))
STRAIGHT_METHOD = N_("Straight lines on the WGS 84 ellipsoid from the two centres to the crossing.")


def titled(columns: tuple[str, ...], words: Words) -> list[str]:
    return [words(column) for column in columns]


def site_part(sites: pd.DataFrame, atlas: Atlas, words: Words, most: int = 4) -> list[Any]:
    """The sites of a region, each a button for its card on the map."""
    shown = sites.iloc[:MOST_ROWS]
    rows = [_site_row(f"site:{site_id}", row, atlas, words) for site_id, row in shown.iterrows()]
    nothing = words("No site in this region is known to our sources.")
    table = table_or_none(words("Sites"), titled(SITE_COLUMNS, words), rows, nothing, words, most, "sites")
    return [*cut_note(len(shown), len(sites), words), *table]


def _site_row(key: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    place = words("approximate place") if row["location_precision"] == "region-centre" else ""
    spot = f"{row['lon']:.3f},{row['lat']:.3f}"
    return html.Tr(
        [
            html.Th([choose_button(key, atlas, words), html.Small(place) if place else None], scope="row"),
            html.Td(words(vocabulary.SITE_KINDS[row["kind"]])),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
            html.Td(vocabulary.spell(row["sectors"], vocabulary.SECTORS, words) or "–"),
        ],
        **{"data-light": key, "data-spot": spot},
    )


def project_part(
    projects: pd.DataFrame, nothing: str, atlas: Atlas, words: Words, most: int = 5
) -> list[Any]:
    """Joint projects, or stated totals; the value as stated, its kind beside it."""
    rows = [_project_row(f"project:{i}", row, atlas, words) for i, row in projects.iterrows()]
    return table_or_none(words("Joint projects"), titled(PROJECT_COLUMNS, words), rows, nothing, words, most)


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


def crossing_part(
    crossings: pd.DataFrame, nothing: str, atlas: Atlas, words: Words, most: int = 5
) -> list[Any]:
    """Crossings with status and throughput as stated; with `detour_km`, how far out of the way they lie."""
    is_far = "detour_km" in crossings
    rows = [_crossing_row(f"crossing:{i}", row, is_far, atlas, words) for i, row in crossings.iterrows()]
    titles = titled(CROSSING_COLUMNS, words) + (
        [words("From centre to centre over it, km")] if is_far else []
    )
    return table_or_none(words("Border crossings"), titles, rows, nothing, words, most)


def _crossing_row(key: str, row: pd.Series, is_far: bool, atlas: Atlas, words: Words) -> html.Tr:
    status = [words(vocabulary.STATUSES[row["status"]])]
    if row["status_note"]:
        status.append(html.Small(bare_text(row, "status_note", words)))
    capacity: Any = html.Small(words("not known"))
    if row["capacity"]:
        note = free_text(row, "note", words)
        capacity = sourced(bare_text(row, "capacity", words), row["source_ids"], atlas, words, note)
    cells = [
        html.Th(choose_button(key, atlas, words), scope="row"),
        html.Td(words(vocabulary.MODES[row["mode"]])),
        html.Td(status),
        html.Td(capacity),
    ]
    if is_far:
        km = computed(words.number(round(row["detour_km"])), words(STRAIGHT_METHOD), words)
        cells.append(amount(row["detour_km"], km, words))
    return html.Tr(cells, **{"data-light": key, "data-spot": f"{row['lon']:.3f},{row['lat']:.3f}"})


def event_part(events: pd.DataFrame, nothing: str, atlas: Atlas, words: Words, most: int = 5) -> list[Any]:
    """Events of the Council and before it, newest first; one that no source confirms says so."""
    rows = [_event_row(row, atlas, words) for _, row in events.iterrows()]
    caption = [words("Events"), " ", translation_mark(events, "event", words)]
    return table_or_none(caption, titled(EVENT_COLUMNS, words), rows, nothing, words, most, "events")


def _event_row(row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    doubt = [html.Small(words("not confirmed by our sources"))] if row["stage"] == "not-confirmed" else []
    cited = html.Details([html.Summary(words("Sources")), source_list(row["source_ids"], atlas, words)])
    return html.Tr(
        [
            html.Td(words.date(row["date"]), **{"data-value": row["date"]}),
            html.Th(
                [bare_text(row, "event", words), html.Small(bare_text(row, "place", words)), *doubt],
                scope="row",
            ),
            html.Td(bare_text(row, "outcome", words)),
            html.Td(cited, className="on-screen"),
        ]
    )
