"""The chosen route in full: its lines and border places, each with a link that closes it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import vocabulary
from dashboard.routes.conditions import Conditions
from dashboard.routes.fields import Link, asking
from dashboard.routes.places import link_name, node_names
from dashboard.sortable import amount, sortable_table
from dashboard.sourced import source_list
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import Route
from layers.network.whatif import touched
from layers.ways import ports

COLUMNS = (
    N_("From km"),
    N_("Line"),
    N_("Mode"),
    N_("Status"),
    N_("Length, km"),
    N_("Opened"),
    N_("Sources"),
    N_("What if"),
)


def closings(route: Route, conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words) -> Any:
    """What of a route can be closed as a whole: crossings, ports, corridors."""
    ends = {place.stop for place in (route.start, *route.via, route.goal)}
    used = atlas.segments.index.isin(route.segment_ids)
    corridors = [f"corridor:{one}" for one in atlas.corridors.index]
    keys = [
        *(f"crossing:{one}" for one in route.crossing_ids),
        *(f"node:{one}" for one in dict.fromkeys(ports(route.way)["node_id"]) if one not in ends),
        *(key for key in corridors if (touched(atlas, key, "closed") & used).any()),
    ]
    items = [
        html.Li(
            [
                link_name(atlas, key, words),
                " ",
                act(words("close"), key, conditions, link, store, atlas, words),
            ]
        )
        for key in keys
    ]
    return html.Ul(items, className="plain closings")


def act(
    text: str, key: str, conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words
) -> html.A:
    """A link that closes something, named for those who hear it."""
    label = words("Close {name}", name=link_name(atlas, key, words))
    address = link(conditions.toggled("closed", key))
    return asking(text, address, store, className="act", **{"aria-label": label})


def line_table(
    route: Route, conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words
) -> html.Table:
    """Every line of a route in the order of travel."""
    steps = route.way.steps.drop(columns="geometry").to_dict("records")
    rows = [line_row(step, conditions, link, store, atlas, words) for step in steps]
    return sortable_table(words("Lines of the way"), [words(one) for one in COLUMNS], rows, "segment-table")


def line_row(
    step: dict[str, Any], conditions: Conditions, link: Link, store: str, atlas: Atlas, words: Words
) -> html.Tr:
    """One line; the road to the network is no line of the atlas and cannot be closed."""
    key = f"segment:{step['segment_id']}"
    is_line = bool(step["segment_id"])
    opened = step["opened_year"]
    names = node_names(atlas, words.language)
    named = (
        html.Button(
            " – ".join(names[step[end]] for end in ("from_node", "to_node")),
            type="button",
            className="choose",
            **{"data-choose": key},
        )
        if is_line
        else words("road to the network, assumed")
    )
    sources = (
        html.Details([html.Summary(words("Sources")), source_list(step["source_ids"], atlas, words)])
        if is_line
        else words("assumption")
    )
    return html.Tr(
        [
            amount(step["start_km"], words.number(round(step["start_km"])), words),
            html.Th(named, scope="row"),
            html.Td(words(vocabulary.MODES[step["mode"]])),
            html.Td(words(vocabulary.STATUSES[step["status"]])),
            amount(step["length_km"], words.number(round(step["length_km"])), words),
            amount(opened, "" if pd.isna(opened) else str(int(opened)), words),
            html.Td(sources),
            html.Td(act(words("close"), key, conditions, link, store, atlas, words) if is_line else ""),
        ],
        **({"data-light": key} if is_line else {}),
    )
