"""Tables of pipelines and power lines, of plants, and of projects about energy."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button
from dashboard.export.button import figure_head
from dashboard.free_text import bare_text, free_text, translation_mark
from dashboard.project_value import value_cell
from dashboard.sites.links import site_link
from dashboard.sortable import MOST_ROWS, amount, cut_note, sortable_table
from dashboard.sourced import source_list, sourced
from dashboard.text import N_, Words
from layers import Atlas
from layers.energy import energy_projects, energy_sites

LINE_COLUMNS = (N_("Line"), N_("Carrier"), N_("Status"), N_("Capacity or voltage"), N_("Note"), N_("Sources"))
SITE_COLUMNS = (N_("Site"), N_("Country"), N_("Status"), N_("Investment"), N_("Details"))
PROJECT_COLUMNS = (N_("Project"), N_("Status"), N_("Value"), N_("Expected"), N_("What it is"), N_("Sources"))


def table_or_words(
    caption: Any, columns: tuple[str, ...], rows: list[html.Tr], nothing: str, words: Words
) -> html.Div | html.P:
    """A sortable table, or a sentence where there is no row."""
    if not rows:
        return html.P(nothing, className="not-known")
    table = sortable_table(caption, [words(column) for column in columns], rows, "energy-table")
    return html.Div(table, className="table-box", tabIndex=0)


def head_of(title: str, figure: str, rows: list[html.Tr], words: Words) -> html.Div | html.H2:
    """The heading of a table, with the button for its files where there is one."""
    return figure_head(html.H2(title), figure, words) if rows else html.H2(title)


def lines_part(lines: pd.DataFrame, atlas: Atlas, words: Words) -> list[Any]:
    """Lines with carrier, status, capacity or "not known", and what is said of their course."""
    rows = [_line_row(line_id, row, atlas, words) for line_id, row in lines.iterrows()]
    nothing = words("No line of this carrier is known to our sources.")
    caption = [words("Lines; click a name to see it on the map"), " ", translation_mark(lines, "note", words)]
    return [
        head_of(words("Pipelines and power lines"), "lines", rows, words),
        html.P(words("All energy lines are schematic."), className="legend-note"),
        table_or_words(caption, LINE_COLUMNS, rows, nothing, words),
    ]


def _flying(key: str, atlas: Atlas, words: Words) -> html.Button:
    """A button that shows something on the map and goes there."""
    button = choose_button(key, atlas, words)
    setattr(button, "data-fly", "")
    return button


def _sources(source_ids: tuple[str, ...], atlas: Atlas, words: Words) -> html.Details:
    return html.Details(
        [html.Summary(words("Sources")), html.Div(source_list(source_ids, atlas, words))], className="sourced"
    )


def _line_row(line_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    key, spot, carrier = f"energy:{line_id}", {}, vocabulary.CARRIERS[row["carrier"]]
    if row["geometry"].geom_type == "Point":
        carrier = vocabulary.SITE_KINDS["plant"]
        spot = {"data-spot": f"{row['geometry'].x:.3f},{row['geometry'].y:.3f}"}
    capacity: Any = html.Td(words("not known"), **{"data-value": ""})
    if pd.notna(row["capacity"]):
        shown = vocabulary.quantity(row["capacity"], row["capacity_unit"], words)
        value = sourced(shown, row["source_ids"], atlas, words, free_text(row, "note", words))
        capacity = html.Td(value, **{"data-value": f"{row['capacity_unit']} {row['capacity']:012.2f}"})
    status: list[Any] = [words(vocabulary.STATUSES[row["status"]])]
    status += [html.Small(bare_text(row, "status_note", words))] if row["status_note"] else []
    return html.Tr(
        [
            html.Th(_flying(key, atlas, words), scope="row"),
            html.Td(words(carrier)),
            html.Td(status),
            capacity,
            html.Td(bare_text(row, "note", words), className="long"),
            html.Td(_sources(row["source_ids"], atlas, words)),
        ],
        **{"data-light": key, **spot},
    )


def sites_part(atlas: Atlas, words: Words) -> list[Any]:
    """Plants and zones of the sector, each with a link to its page."""
    sites = energy_sites(atlas.sites)
    shown = sites.iloc[:MOST_ROWS].iterrows()
    rows = [_site_row(site_id, row, atlas, words) for site_id, row in shown]
    nothing = words("No site of the energy sector is known to our sources.")
    return [
        head_of(words("Energy sites"), "sites", rows, words),
        *cut_note(len(rows), len(sites), words),
        table_or_words(words("Sites"), SITE_COLUMNS, rows, nothing, words),
    ]


def _site_row(site_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    key, value = f"site:{site_id}", row["investment_usd"]
    shown = "" if pd.isna(value) else sourced(words.dollars(value), row["source_ids"], atlas, words)
    approximate = row["location_precision"] == "region-centre"
    place = [html.Small(words("approximate place"))] if approximate else []
    return html.Tr(
        [
            html.Th([_flying(key, atlas, words), *place], scope="row"),
            html.Td(words.name(atlas.countries.loc[row["country_iso3"]])),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
            amount(value, shown, words),
            html.Td(
                [free_text(row, "summary", words, html.Span), " ", site_link(site_id, atlas, words)],
                className="long",
            ),
        ],
        **{"data-light": key, "data-spot": f"{row['lon']:.3f},{row['lat']:.3f}"},
    )


def projects_part(atlas: Atlas, words: Words) -> list[Any]:
    """Named projects of the sector; the value as stated, its kind beside it."""
    projects = energy_projects(atlas.projects)
    rows = [_project_row(project_id, row, atlas, words) for project_id, row in projects.iterrows()]
    nothing = words("No energy project is known to our sources.")
    return [
        head_of(words("Energy projects"), "projects", rows, words),
        table_or_words(words("Joint projects"), PROJECT_COLUMNS, rows, nothing, words),
    ]


def _project_row(project_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    key, expected = f"project:{project_id}", row["year_expected"]
    site = [" ", site_link(row["site_id"], atlas, words)] if row["site_id"] else []
    lit = " ".join([key, *([f"site:{row['site_id']}"] if row["site_id"] else [])])
    status: list[Any] = [words(vocabulary.STATUSES[row["status"]])]
    status += [html.Small(bare_text(row, "status_note", words))] if row["status_note"] else []
    return html.Tr(
        [
            html.Th(_flying(key, atlas, words), scope="row"),
            html.Td(status),
            value_cell(row, atlas, words),
            amount(expected, "" if pd.isna(expected) else str(int(expected)), words),
            html.Td([free_text(row, "summary", words, html.Span), *site], className="long"),
            html.Td(_sources(row["source_ids"], atlas, words)),
        ],
        **{"data-light": lit},
    )
