"""The filter panel: one control a filter, and the values the controls show."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard import ids, vocabulary
from dashboard.filters import Filters, choices
from dashboard.text import N_, Words, speak
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

LONGEST_WHOLE = 500
"""A longer list of options is offered in part: what is chosen, and what the reader types some of."""

MOST_OFFERED = 100
"""So many options of a list that is offered in part."""


def panel(filters: Filters, atlas: Atlas, words: Words) -> html.Form:
    """All controls with the values of these filters."""
    options = {name: _options(name, atlas, words.language) for name in ("metric", "shown")}
    options |= dict(zip(COUNTED, counted_options(filters, atlas, words), strict=True))
    blocks = [
        html.Fieldset(
            [
                html.Legend(words(_TITLES[name])),
                _control(name, options[name], filters, words, is_in_part(name, atlas)),
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


def filters_of(values: Sequence[Any], selected: tuple[str, ...], atlas: Atlas) -> Filters:
    """Filters from the values of the controls, in the order of CONTROLS.

    Values that the atlas does not offer, such as those of older data, are left out.
    """
    offered = choices(atlas)
    chosen = {
        name: value if name == "metric" else tuple(one for one in value or () if one in offered[name])
        for name, value in zip(CONTROLS, values, strict=True)
    }
    return Filters(**chosen, selected=selected)


COUNTED = tuple(name for name in CONTROLS if name not in ("metric", "shown"))


def counted_options(
    filters: Filters, atlas: Atlas, words: Words, typed: str = ""
) -> list[list[dict[str, Any]]]:
    """The options of each counted control with how many rows each would show, in the order of COUNTED.

    `typed` is what the reader seeks among the regions.
    """
    counts = filters.counts(atlas)
    return [
        counted(_offered(name, filters, atlas, words, typed), counts[name], getattr(filters, name), words)
        for name in COUNTED
    ]


def is_in_part(name: str, atlas: Atlas) -> bool:
    """Whether a list has too many options to offer all at once."""
    return is_long(choices(atlas)[name])


def is_long(values: Collection[str]) -> bool:
    """Whether these are too many to offer all at once."""
    return len(values) > LONGEST_WHOLE


def _offered(name: str, filters: Filters, atlas: Atlas, words: Words, typed: str) -> list[dict[str, str]]:
    options = _options(name, atlas, words.language)
    return part_of(options, getattr(filters, name), typed) if is_in_part(name, atlas) else options


def part_of(options: Sequence[dict[str, str]], chosen: Sequence[str], typed: str) -> list[dict[str, str]]:
    """Of many options those that are chosen and the first that fit what is typed."""
    parts = typed.casefold().split()
    fits = (
        option
        for option in options
        if option["value"] not in chosen and all(part in option["label"].casefold() for part in parts)
    )
    return [*(option for option in options if option["value"] in chosen), *islice(fits, MOST_OFFERED)]


def counted(
    options: Sequence[dict[str, str]], counts: Mapping[str, int], chosen: Sequence[str], words: Words
) -> list[dict[str, Any]]:
    """Options with their counts; one that would show nothing cannot be chosen, only given up."""
    return [
        {
            "value": option["value"],
            "label": f"{option['label']} · {words.number(counts.get(option['value'], 0))}",
            "disabled": not counts.get(option["value"]) and option["value"] not in chosen,
        }
        for option in options
    ]


# Key: the atlas (one object a data version), the control and the language; nobody changes what is in it.
@lru_cache(maxsize=128)
def _options(name: str, atlas: Atlas, language: str) -> list[dict[str, str]]:
    words = speak(language)
    return [{"value": code, "label": label_of(name, code, atlas, words)} for code in choices(atlas)[name]]


def label_of(name: str, code: str, atlas: Atlas, words: Words) -> str:
    """The reader's word for one value of a control."""
    tables = {
        "shown": vocabulary.LAYERS,
        "corridor_statuses": vocabulary.STATUSES,
        "kinds": vocabulary.SITE_KINDS,
        "statuses": vocabulary.STATUSES,
        "sectors": vocabulary.SECTORS,
    }
    frames = {"corridors": atlas.corridors, "countries": atlas.countries, "regions": atlas.regions}
    if name == "metric":
        return words(METRICS[code].label)
    return words(tables[name][code]) if name in tables else words.name(frames[name].loc[code])


def _control(
    name: str, options: list[dict[str, str]], filters: Filters, words: Words, is_partial: bool
) -> Any:
    value = filters.metric if name == "metric" else list(getattr(filters, name))
    if name == "metric" or name in _LISTS:
        return dcc.Dropdown(
            options,
            value,
            id=ids.control(name),
            multi=name in _LISTS,
            clearable=name in _LISTS,
            placeholder=words("All"),
            labels=dropdown_words(words, is_partial),
        )
    return dbc.Checklist(options, value, id=ids.control(name), class_name="checklist")


def dropdown_words(words: Words, is_partial: bool = False) -> dict[str, str]:
    """The words of the dropdown component itself, of one that offers its options all or in part."""
    return {
        "select_all": words("Select all"),
        "deselect_all": words("Deselect all"),
        "selected_count": words("{num_selected} selected"),
        "search": words("Type to find more") if is_partial else words("Search"),
        "clear_search": words("Clear search"),
        "clear_selection": words("Clear selection"),
        "no_options_found": words("Nothing found"),
    }
