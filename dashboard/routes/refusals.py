"""The words for questions that cannot be answered, and for parts of a link that were left out."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.routes.places import place_name
from dashboard.text import N_, Words
from layers import Atlas
from layers.network import Refused
from layers.network.whatif import YEARS

TEXTS = {
    "unknown-place": N_("The atlas has no place {key}."),
    "same-place": N_("The way begins where it ends: {key}. Choose two different places."),
    "too-many-vias": N_("A way can be led over {most} places at most; this link names {count}."),
    "too-many-links": N_(
        "At most {most} links can be closed or opened at once; this address names {count}. Take some out."
    ),
    "unknown-link": N_("There is no such link to close or open: {key}. It was left out."),
    "unknown-criterion": N_("Ways are not ranked by {criterion}. They are ranked by time here."),
    "unknown-gateways": N_("There are no such gateways: {key}. Choose some from the list."),
    "unknown-measure": N_("Reach is not measured in {measure}. It is measured in hours here."),
    "unknown-assumption": N_("There is no assumption {assumption_id}. It was left out."),
    "not-a-number": N_("“{value}” is no number, so the stated value stays: {assumption_id}."),
    "out-of-range": N_(
        "{value} is not possible here, only {least} to {most}, so the stated value stays: {assumption_id}."
    ),
    "wrong-year": N_("{year} is no year from {first} to {last}, so the network of today is shown."),
}


def told(refused: Refused, atlas: Atlas, words: Words) -> str:
    """What is wrong, in a sentence."""
    parts: dict[str, Any] = {name: shortened(value, words) for name, value in refused.parts.items()}
    assumption = refused.parts.get("assumption_id")
    if assumption in atlas.assumptions.index:
        parts["assumption_id"] = words.name(atlas.assumptions.loc[assumption])
    if refused.code == "same-place":
        parts["key"] = place_name(atlas, str(refused.parts["key"]), words)
    if refused.code == "wrong-year":
        parts |= {"first": YEARS[0], "last": YEARS[-1]}
    return words(TEXTS[refused.code], **parts)


def shortened(value: object, words: Words) -> str:
    """A part of a link as it may be said again: numbers as written here, texts cut."""
    if isinstance(value, int | float):
        return words.number(value)
    return str(value)[:60]


def notes_part(
    notes: tuple[Refused, ...], ignored: tuple[str, ...], atlas: Atlas, words: Words
) -> list[html.P]:
    """What was left out of a link, and why."""
    said = [told(refused, atlas, words) for refused in notes]
    if ignored:
        message = N_("Part of this link means nothing here and was left out: {parts}")
        said.append(words(message, parts=", ".join(ignored)))
    return [html.P(one, className="note") for one in said]
