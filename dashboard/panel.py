"""The filter panel: one control a filter, and the values the controls show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import ids, vocabulary
from dashboard.filters import Filters, choices
from dashboard.text import N_, Words
from layers import Atlas
from layers.metrics import METRICS

# The order of the controls on the page and of their values in the callback.
CONTROLS = (
    "metric",
    "shown",
    "corridors",
    "corridor_statuses",
    "countries",
    "regions",
    "kinds",
    "statuses",
    "sectors",
)

_TITLES = {
    "metric": N_("Regions shaded by"),
    "shown": N_("Layers"),
    "corridors": N_("Corridors"),
    "corridor_statuses": N_("Status of the lines"),
    "countries": N_("Country"),
    "regions": N_("Regions"),
    "kinds": N_("Kind of site"),
    "statuses": N_("Status of the sites"),
    "sectors": N_("Sectors"),
}
_LISTS = ("regions", "corridors", "sectors")


def panel(filters: Filters, atlas: Atlas, words: Words) -> html.Form:
    """All controls with the values of these filters."""
    offered = choices(atlas)
    blocks = [
        html.Fieldset(
            [
                html.Legend(words(_TITLES[name])),
                _control(name, _options(name, offered[name], atlas, words), filters, words),
            ]
        )
        for name in CONTROLS
    ]
    reset = html.Button(
        words("Reset filters"),
        id=ids.RESET,
        type="button",
        className="btn btn-outline-secondary btn-sm",
        n_clicks=0,
    )
    return html.Div([*blocks, reset], className="panel", role="group", **{"aria-label": words("Filters")})


def control_values(filters: Filters) -> list[Any]:
    """What each control shows, in the order of CONTROLS."""
    return [filters.metric if name == "metric" else list(getattr(filters, name)) for name in CONTROLS]


def filters_of(values: Sequence[Any], selected: tuple[str, ...]) -> Filters:
    """Filters from the values of the controls, in the order of CONTROLS."""
    chosen = {
        name: value if name == "metric" else tuple(value or ())
        for name, value in zip(CONTROLS, values, strict=True)
    }
    return Filters(**chosen, selected=selected)


def _options(name: str, codes: Sequence[str], atlas: Atlas, words: Words) -> list[dict[str, str]]:
    label = {
        "metric": lambda c: words(METRICS[c].label),
        "shown": lambda c: words(vocabulary.LAYERS[c]),
        "corridors": lambda c: words.name(atlas.corridors.loc[c]),
        "corridor_statuses": lambda c: words(vocabulary.STATUSES[c]),
        "countries": lambda c: words.name(atlas.countries.loc[c]),
        "regions": lambda c: words.name(atlas.regions.loc[c]),
        "kinds": lambda c: words(vocabulary.SITE_KINDS[c]),
        "statuses": lambda c: words(vocabulary.STATUSES[c]),
        "sectors": lambda c: words(vocabulary.SECTORS[c]),
    }[name]
    return [{"value": code, "label": label(code)} for code in codes]


def _control(name: str, options: list[dict[str, str]], filters: Filters, words: Words) -> Any:
    value = filters.metric if name == "metric" else list(getattr(filters, name))
    if name == "metric" or name in _LISTS:
        return dcc.Dropdown(
            options,
            value,
            id=ids.control(name),
            multi=name in _LISTS,
            clearable=name in _LISTS,
            placeholder=words("All"),
            labels=dropdown_words(words),
        )
    return dcc.Checklist(options, value, id=ids.control(name), className="checklist")


def dropdown_words(words: Words) -> dict[str, str]:
    """The words of the dropdown component itself."""
    return {
        "select_all": words("Select all"),
        "deselect_all": words("Deselect all"),
        "selected_count": words("{num_selected} selected"),
        "search": words("Search"),
        "clear_search": words("Clear search"),
        "clear_selection": words("Clear selection"),
        "no_options_found": words("Nothing found"),
    }
