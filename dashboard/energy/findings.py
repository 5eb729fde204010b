"""The page in two sentences, generated from the figures of the view."""

from __future__ import annotations

import pandas as pd

from dashboard import vocabulary
from dashboard.energy.terms import HEADINGS
from dashboard.energy.view import EnergyView
from dashboard.figures.flow_words import LOOKS, amount, when
from dashboard.text import Words
from layers import Atlas
from layers.energy import AIMS, KINDS, NO_AMOUNT, period_key


def energy_finding(view: EnergyView, atlas: Atlas, words: Words) -> str:
    """The newest figures of each carrier of the view, and how many are results, contracts and plans."""
    flows = view.flows(atlas)
    flows = flows[~flows["unit"].isin(NO_AMOUNT)]
    if flows.empty:
        return words("No flow of this choice is known to our sources.")
    told = [
        f"{words(heading)}: {said}"
        for carrier, heading in HEADINGS.items()
        if (said := _newest(flows[flows["carrier"].eq(carrier)], bool(view.carrier), words))
    ]
    looks = flows["kind"].map(KINDS)
    counts = [
        f"{words(label)} {words.number(int(looks.eq(look).sum()))}"
        for look, label in LOOKS.items()
        if looks.eq(look).any()
    ]
    figures = words.plural("{n} figure", "{n} figures", len(flows))
    scope = words("that speak of {year}", year=str(view.year)) if view.year else words("newest of their kind")
    return f"{'. '.join(told)}. {figures} {scope}: {', '.join(counts)}."


def _newest(flows: pd.DataFrame, is_alone: bool, words: Words) -> str:
    """The newest figure of a carrier; of a carrier alone the newest result and the newest aim."""
    if flows.empty:
        return ""
    order = [period_key(flow) for _, flow in flows.iterrows()]
    flows = flows.assign(order=order).sort_values("order", kind="stable")
    is_aim = flows["kind"].map(KINDS).isin(AIMS)
    parts = [flows[~is_aim], flows[is_aim]] if is_alone else [flows]
    return "; ".join(_said(part.iloc[-1], words) for part in parts if len(part))


def _said(row: pd.Series, words: Words) -> str:
    return words(
        "{flow}, {amount} ({kind}, {when})",
        flow=words.name(row),
        amount=amount(row, words),
        kind=words(vocabulary.VALUE_KINDS[row["kind"]]),
        when=when(row, words),
    )
