"""What lies around a site: the nearest corridor, railway, crossing and port, other sites near it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.cards.parts import choose_button
from dashboard.corridors.listing import corridor_address
from dashboard.keys import points_of
from dashboard.sites.links import site_link
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import computed
from dashboard.text import N_, Words
from layers import Atlas
from layers.nearby import NEIGHBOUR_KM, corridors_within, sites_within, things_near
from layers.network import assumptions_of
from layers.network_km import DETOUR, km_to
from layers.site_choice import WITHIN_KM

MOST_SITES = 100

# Column of layers.nearby.nearest_things, what it is called, the kind of its key.
THINGS = (
    ("corridor", N_("Nearest corridor"), "corridor"),
    ("rail_node", N_("Nearest place on a railway in operation"), "node"),
    ("crossing", N_("Nearest crossing between Kazakhstan and Uzbekistan"), "crossing"),
    ("open_crossing", N_("Nearest such crossing in operation"), "crossing"),
    ("port", N_("Nearest sea port"), "node"),
)
COLUMNS = (N_("What"), N_("Name"), N_("Straight line, km"), N_("Along the network, km"))
SITE_COLUMNS = (N_("Site"), N_("Kind"), N_("Status"), N_("Distance, km"))
STRAIGHT = N_(
    "The straight line on the WGS 84 ellipsoid to the nearest point; of a corridor, to the nearest of its "
    "lines by land, built or planned."
)
ALONG = N_(
    "The shortest way over lines in operation, measured along the lines of this map; the road to the network "
    "is taken as {n} times the straight line."
)


def nearest_table(site_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The nearest of each kind with kilometres, straight and along the network."""
    near = things_near(atlas, site_id)
    rows = []
    for column, title, kind in THINGS:
        if near[column] and not (column == "open_crossing" and near[column] == near["crossing"]):
            key = f"{kind}:{near[column]}"
            rows.append(_thing_row(words(title), key, near[f"{column}_km"], site_id, atlas, words))
    if not rows:
        return [html.P(words("The atlas has no network near this site."), className="not-known")]
    head = html.Thead(html.Tr([html.Th(words(title), scope="col") for title in COLUMNS]))
    caption = html.Caption(words("What lies nearest; click a number to see how it is computed"))
    table = html.Table([caption, head, html.Tbody(rows)], className="sortable nearest-table")
    return [html.Div(table, className="table-box", tabIndex=0)]


def _thing_row(title: str, key: str, km: float, site_id: str, atlas: Atlas, words: Words) -> html.Tr:
    along = km_to(atlas, site_id, key)
    detour = words.number(assumptions_of(atlas).values[DETOUR])
    network = (
        html.Td(words("no open way"), className="amount")
        if pd.isna(along)
        else amount(along, computed(kilometres(along, words), words(ALONG, n=detour), words), words)
    )
    straight = amount(km, computed(kilometres(km, words), words(STRAIGHT), words), words)
    name = [choose_button(key, atlas, words), html.Small(_aside(key, atlas, words))]
    spots = points_of((key,), atlas)
    light = {"data-light": key} | ({"data-spot": f"{spots[0][0]:.3f},{spots[0][1]:.3f}"} if spots else {})
    return html.Tr([html.Th(title, scope="row"), html.Td(name), straight, network], **light)


def _aside(key: str, atlas: Atlas, words: Words) -> str:
    """The country of a node, the status of a corridor or a crossing."""
    kind, _, one = key.partition(":")
    if kind == "node":
        code = atlas.nodes.loc[one, "country_iso3"]
        return words.name(atlas.countries.loc[code]) if code else ""
    row = (atlas.corridors if kind == "corridor" else atlas.crossings).loc[one]
    status = words(vocabulary.STATUSES[row["status"]])
    return status if kind == "corridor" else f"{words(vocabulary.MODES[row['mode']])}, {status}"


def kilometres(km: float, words: Words) -> str:
    """A distance in whole kilometres: places are known no better."""
    return words("under 1") if km < 1 else words.number(round(km))


def corridor_list(site_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """The corridors that pass near a site."""
    near = corridors_within(atlas, site_id, WITHIN_KM)
    if near.empty:
        text = words("No corridor passes within {n} km.", n=words.number(WITHIN_KM))
        return [html.P(text, className="not-known")]
    intro = words("Corridors with a line within {n} km:", n=words.number(WITHIN_KM))
    items = []
    for corridor_id, km in near.items():
        name, language = words.name_and_language(atlas.corridors.loc[corridor_id])
        link = html.A(name, href=corridor_address(corridor_id, words), lang=language)
        far = html.Small(words("{n} km", n=kilometres(km, words)))
        items.append(html.Li([link, " ", far], **{"data-light": f"corridor:{corridor_id}"}))
    return [html.P(intro), html.Ul(items)]


def neighbour_table(site_id: str, atlas: Atlas, words: Words) -> list[Any]:
    """Other sites near a site, nearest first; a sentence where there are none."""
    others = sites_within(atlas, site_id)
    within = words.number(NEIGHBOUR_KM)
    if others.empty:
        text = words("No other site of the atlas lies within {n} km.", n=within)
        return [html.P(text, className="not-known")]
    told = words.plural(
        "{n} other site lies within {km} km.", "{n} other sites lie within {km} km.", len(others), km=within
    )
    if len(others) > MOST_SITES:
        told += " " + words("The nearest {n} are listed.", n=words.number(MOST_SITES))
    rows = [_site_row(one, row, atlas, words) for one, row in others.head(MOST_SITES).iterrows()]
    table = sortable_table(words("Other sites near this one"), [words(c) for c in SITE_COLUMNS], rows)
    return [html.P(told), html.Div(table, className="table-box", tabIndex=0)]


def _site_row(site_id: str, row: pd.Series, atlas: Atlas, words: Words) -> html.Tr:
    vague = row["location_precision"] == "region-centre"
    mark = html.Small(words(vocabulary.LOCATION_PRECISIONS["region-centre"])) if vague else None
    return html.Tr(
        [
            html.Th(site_link(site_id, atlas, words), scope="row", **{"data-value": words.name(row)}),
            html.Td(words(vocabulary.SITE_KINDS[row["kind"]])),
            html.Td(words(vocabulary.STATUSES[row["status"]])),
            amount(row["distance_km"], [kilometres(row["distance_km"], words), mark], words),
        ],
        **{
            "data-light": f"site:{site_id}",
            "data-spot": f"{row.geometry.x:.3f},{row.geometry.y:.3f}",
        },
    )
