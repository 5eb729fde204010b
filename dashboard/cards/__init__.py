"""The card of one thing on the map: all its facts, each with its sources, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dash import html

from dashboard.cards.adding import add_card_button
from dashboard.cards.lines import corridor_body, energy_body, flow_body, segment_body
from dashboard.cards.nodes import node_body, where_from
from dashboard.cards.parts import choose_button, kind_of, title_of
from dashboard.cards.places import crossing_body, region_body
from dashboard.cards.projects import project_body
from dashboard.cards.sites import site_body
from dashboard.keys import frame_of
from dashboard.sourced import source_list
from dashboard.text import Words
from layers import Atlas

BODIES: dict[str, Callable[..., list[Any]]] = {
    "site": site_body,
    "segment": segment_body,
    "corridor": corridor_body,
    "energy": energy_body,
    "flow": flow_body,
    "crossing": crossing_body,
    "region": region_body,
    "node": node_body,
    "project": project_body,
}


def card_of(keys: Sequence[str], atlas: Atlas, words: Words) -> html.Div | None:
    """The card of what is selected; a list to choose from when several things share the spot.

    assets/focus.js leads the focus to its heading when it was chosen by keyboard.
    """
    if not keys:
        return None
    body = chooser(keys, atlas, words) if len(keys) > 1 else _single(keys[0], atlas, words)
    close = html.Button(
        "×",
        type="button",
        className="close",
        title=words("Close"),
        **{"aria-label": words("Close"), "data-choose": ""},
    )
    chosen = ",".join(keys)
    return html.Div([close, body], className="card-body", key=chosen, **{"data-keys": chosen})


def chooser(keys: Sequence[str], atlas: Atlas, words: Words) -> html.Div:
    """Several things at one spot, each a button."""
    heading = words.plural("{n} thing at this spot", "{n} things at this spot", len(keys))
    return html.Div(
        [
            html.H2(heading, tabIndex=-1),
            html.Ul(
                [
                    html.Li([choose_button(key, atlas, words), html.Small(kind_of(key, atlas, words))])
                    for key in keys
                ],
                className="chooser",
            ),
        ]
    )


def _single(key: str, atlas: Atlas, words: Words) -> html.Div:
    kind, _, identifier = key.partition(":")
    row = frame_of(kind, atlas).loc[identifier]
    name, language = title_of(key, atlas, words)
    cited = row.get("source_ids", ())  # a node names where its coordinates come from instead
    return html.Div(
        [
            html.P(kind_of(key, atlas, words), className="kind"),
            html.H2(name, lang=language, tabIndex=-1),
            *BODIES[kind](identifier, row, atlas, words),
            html.H3(words("Sources")),
            where_from(row, words) if kind == "node" else source_list(cited, atlas, words),
            html.P(
                [add_card_button(key, atlas, words), report_button(key, name, cited, atlas, words)],
                className="card-actions",
            ),
        ]
    )


def report_button(key: str, name: str, source_ids: Sequence[str], atlas: Atlas, words: Words) -> html.Button:
    """A button that copies a message ready to be sent: row, sources and link, with room for what is wrong."""
    cited = [
        f"{source_id} {atlas.sources.loc[source_id, 'url']}".strip() for source_id in source_ids if source_id
    ]
    lines = [
        words("Corridor Atlas, an error in: {name} ({id})", name=name, id=key.partition(":")[2]),
        words("What is wrong, and what is right:"),
        "",
        words("Sources of the atlas: {list}", list="; ".join(cited)),
    ]
    data = {"data-copy": "\n".join(lines), "data-copy-link": atlas.version, "data-copied": words("Copied")}
    return html.Button(
        words("Report an error"), type="button", className="report btn btn-link btn-sm", **data
    )
