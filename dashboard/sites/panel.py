"""The controls of the page of sites with their live counts, and what is chosen as buttons that give it up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard import ids
from dashboard.panel import counted, dropdown_words, is_long, part_of
from dashboard.sites.names import TITLES, label_of
from dashboard.sites.view import DISTANCES_KM, SitesView, in_order, offered
from dashboard.text import Words, speak
from layers import Atlas
from layers.site_choice import CHOICES, SiteChoice, counts

LISTS = ("regions", "sectors", "corridors", "crossings")
"""Facets of many values, chosen from a list that opens."""

CONTROLS = (*CHOICES, "within_km")
"""The order of the controls on the page and of their values in the callback."""


def site_panel(view: SitesView, atlas: Atlas, words: Words) -> html.Div:
    """All controls with the values of a view."""
    options = dict(zip(CHOICES, counted_options(atlas, view.choice, words.language), strict=True))
    blocks = []
    for name in CHOICES:
        title = html.Legend(words(TITLES[name]))
        is_partial = name == "regions" and offers_regions_in_part(atlas)
        blocks.append(html.Fieldset([title, _control(name, options[name], view.choice, words, is_partial)]))
        if name == "crossings":
            blocks.append(_distance(view.choice, words))
    reset = html.Button(
        words("Reset filters"),
        type="button",
        className="btn btn-outline-secondary btn-sm",
        **{"data-site-filter": "", "data-site-value": ""},
    )
    return html.Div([*blocks, reset], className="panel", role="group", **{"aria-label": words("Filters")})


def _control(
    name: str, options: list[dict[str, Any]], choice: SiteChoice, words: Words, is_partial: bool
) -> Any:
    value, own = list(getattr(choice, name)), ids.site_control(name)
    if name not in LISTS:
        return dbc.Checklist(options, value, id=own, class_name="checklist")
    told = dropdown_words(words, is_partial)
    return dcc.Dropdown(options, value, id=own, multi=True, placeholder=words("All"), labels=told)


def _distance(choice: SiteChoice, words: Words) -> html.Fieldset:
    options = [{"value": km, "label": words("{n} km", n=words.number(km))} for km in DISTANCES_KM]
    radio = dbc.RadioItems(
        options, choice.within_km, id=ids.site_control("within_km"), class_name="distances"
    )
    return html.Fieldset([html.Legend(words("At most so far from them")), radio])


def offers_regions_in_part(atlas: Atlas) -> bool:
    """Whether the regions are too many to offer all at once: the reader types some of a name."""
    return is_long(offered(atlas)["regions"])


# Key: the atlas (one object a data version), the choice and the language; nobody changes what is in it.
@lru_cache(maxsize=128)
def counted_options(
    atlas: Atlas, choice: SiteChoice, language: str, typed: str = ""
) -> list[list[dict[str, Any]]]:
    """The options of each facet with how many sites each would leave, in the order of CHOICES.

    `typed` is what the reader seeks among the regions.
    """
    left, words = counts(atlas, choice), speak(language)
    options = {name: _options(atlas, name, language) for name in CHOICES}
    if offers_regions_in_part(atlas):
        options["regions"] = part_of(options["regions"], choice.regions, typed)
    return [counted(options[name], left[name], getattr(choice, name), words) for name in CHOICES]


@lru_cache(maxsize=64)
def _options(atlas: Atlas, name: str, language: str) -> list[dict[str, str]]:
    named = labels(atlas, name, language)
    return [{"value": value, "label": label} for value, label in named.items()]


@lru_cache(maxsize=64)
def labels(atlas: Atlas, name: str, language: str) -> dict[str, str]:
    """The words for the values of one facet, in the order they are offered."""
    words = speak(language)
    return {value: label_of(name, value, atlas, words) for value in offered(atlas)[name]}


def control_values(view: SitesView) -> list[Any]:
    """What each control shows, in the order of CONTROLS."""
    return [*(list(getattr(view.choice, name)) for name in CHOICES), view.choice.within_km]


def view_of(values: Sequence[Any], before: SitesView, atlas: Atlas) -> SitesView:
    """The view that the controls say, in the order of CONTROLS; what the atlas does not offer is left out."""
    known = offered(atlas)
    *lists, within_km = values
    chosen = {name: in_order(some or (), known[name]) for name, some in zip(CHOICES, lists, strict=True)}
    within_km = within_km if within_km in DISTANCES_KM else before.choice.within_km
    return before.choosing(**chosen, within_km=within_km)


def site_chips(view: SitesView, atlas: Atlas, words: Words) -> html.Ul:
    """One button for each value that is chosen; assets/sites_page.js reports the click."""
    items = [html.Li(_chip(name, value, atlas, words)) for name, value in view.active()]
    return html.Ul(items, className="chips", **{"aria-label": words("Filters that are set")})


def _chip(name: str, value: str, atlas: Atlas, words: Words) -> html.Button:
    label = labels(atlas, name, words.language)[value]
    remove = words("Remove the filter {name}", name=label)
    data = {"aria-label": remove, "data-site-filter": name, "data-site-value": value}
    cross = html.Span(" ×", **{"aria-hidden": "true"})
    return html.Button([label, cross], type="button", title=remove, **data)
