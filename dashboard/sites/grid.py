"""The grid of all sites: its columns and words; assets/sites_page.js fills it and joins it with the map."""

from __future__ import annotations

from typing import Any

import dash_ag_grid
import dash_bootstrap_components as dbc
from dash import html

from dashboard import ids
from dashboard.export.button import figure_buttons
from dashboard.text import N_, Words

# Field, title, width in pixels, whether it is shown at first, whether it is an amount.
COLUMNS = (
    ("name", N_("Site"), 270, True, False),
    ("kind", N_("Kind"), 160, True, False),
    ("status", N_("Status"), 140, True, False),
    ("country", N_("Country"), 120, False, False),
    ("region", N_("Region"), 160, True, False),
    ("place", N_("Place"), 200, False, False),
    ("sectors", N_("Sectors"), 180, True, False),
    ("area_ha", N_("Area, ha"), 110, True, True),
    ("investment", N_("Investment, million USD"), 140, True, True),
    ("jobs", N_("Jobs"), 110, False, True),
    ("started", N_("Started"), 130, False, False),
    ("expected", N_("Expected"), 150, False, False),
    ("corridor_km", N_("To the nearest corridor, km"), 150, True, True),
    ("rail_node_km", N_("To the nearest railway place, km"), 150, False, True),
    ("open_crossing_km", N_("To the nearest open crossing, km"), 160, True, True),
    ("port_km", N_("To the nearest port, km"), 140, False, True),
)

# What the grid itself says; the keys are its own.
GRID_WORDS = {
    "noRowsToShow": N_("No site fits these filters. Remove one of them, or reset all."),
    "noMatchingRows": N_("No site fits these filters. Remove one of them, or reset all."),
    "loadingOoo": N_("Loading…"),
    "filterOoo": N_("Filter…"),
    "equals": N_("equal to"),
    "notEqual": N_("not equal to"),
    "lessThan": N_("less than"),
    "greaterThan": N_("more than"),
    "lessThanOrEqual": N_("at most"),
    "greaterThanOrEqual": N_("at least"),
    "inRange": N_("between"),
    "inRangeStart": N_("from"),
    "inRangeEnd": N_("to"),
    "contains": N_("contains"),
    "notContains": N_("does not contain"),
    "startsWith": N_("begins with"),
    "endsWith": N_("ends with"),
    "blank": N_("not known"),
    "notBlank": N_("known"),
    "andCondition": N_("and"),
    "orCondition": N_("or"),
    "ariaFilterMenuOpen": N_("Open the filter of the column"),
    "ariaFilteringOperator": N_("How to compare"),
    "ariaFilterValue": N_("Value to compare with"),
    "ariaFilterFromValue": N_("from"),
    "ariaFilterToValue": N_("to"),
    "ariaFilterColumn": N_("Press Ctrl and Enter to open the filter"),
    "ariaLabelColumnFilter": N_("Filter of the column"),
    "ariaColumnFiltered": N_("The column is filtered"),
    "ariaSortableColumn": N_("Press Enter to sort"),
    "ariaRowSelect": N_("Press Space to show the site on the map"),
    "ariaRowDeselect": N_("Press Space to give the site up"),
    "ariaRowSelectionDisabled": N_("This row cannot be chosen"),
}
KEYS = N_(
    "Arrow keys walk the table. Enter sorts on a heading, shows a site on the map, and opens its page on its "
    "name. Distances are straight lines, computed."
)


def site_grid(words: Words) -> html.Section:
    """The grid with the choice of its columns and what its keys do; rows come by their own address."""
    grid = dash_ag_grid.AgGrid(
        id=ids.SITES_GRID,
        columnDefs=[_column(*column, words) for column in COLUMNS],
        defaultColDef={
            "filter": "agTextColumnFilter",
            "sortable": True,
            "resizable": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            "comparator": {"function": "siteOrder"},
            "filterParams": {"buttons": [], "maxNumConditions": 1},
            "suppressHeaderMenuButton": True,
        },
        getRowId="params.data.site_id",
        dashGridOptions={
            "rowSelection": {
                "mode": "multiRow",
                "checkboxes": False,
                "headerCheckbox": False,
                "enableClickSelection": True,
            },
            "localeText": {key: words(text) for key, text in GRID_WORDS.items()},
            "rowHeight": 44,
            "suppressColumnMoveAnimation": True,
            "animateRows": False,
            "enableCellTextSelection": True,
            "suppressDragLeaveHidesColumns": True,
            # Arrow keys walk the cells; Tab leaves them, or it would stop a thousand times on the way.
            "tabToNextCell": {"function": "false"},
        },
        className="site-grid",
        style={"height": "100%", "width": "100%"},
    )
    hint = html.P(words(KEYS), className="legend-note")
    left = html.Span(id="sites-left", role="status", **{"data-left": words("{n} shown in the table")})
    bar = html.Div([_column_choice(words), left, figure_buttons("sites", words)], className="grid-bar")
    label = words("Table of industrial sites")
    box = html.Div(grid, className="grid-box", role="region", **{"aria-label": label})
    return html.Section([bar, box, hint])


def _column(field: str, title: str, width: int, shown: bool, is_amount: bool, words: Words) -> dict[str, Any]:
    column: dict[str, Any] = {
        "field": field,
        "headerName": words(title),
        "width": width,
        "hide": not shown,
        "tooltipField": field,
    }
    if field == "name":
        column |= {"cellRenderer": "SiteName", "minWidth": 180, "flex": 1}
    if is_amount:
        column |= {
            "type": "rightAligned",
            "filter": "agNumberColumnFilter",
            "valueFormatter": {
                "function": "siteMoney(params)" if field == "investment" else "siteNumber(params.value)"
            },
        }
        column.pop("tooltipField")
    return column


def _column_choice(words: Words) -> html.Details:
    options = [{"value": field, "label": words(title)} for field, title, *_ in COLUMNS if field != "name"]
    shown = [field for field, _, _, is_shown, _ in COLUMNS if is_shown and field != "name"]
    choice = dbc.Checklist(options, shown, id=ids.SITES_COLUMNS, class_name="checklist columns")
    return html.Details([html.Summary(words("Columns")), choice], className="column-choice")
