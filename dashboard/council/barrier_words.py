"""What the network says of a barrier, in sentences; and why it says nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.routes.places import link_names
from dashboard.text import N_, Words
from layers import Atlas
from layers.barrier_times import asked_ways
from layers.barriers import Effect, Removal, Untold, effect_of
from layers.network import GATEWAYS

UNTOLD = {
    "documents": N_("The network cannot tell: it counts no hours for papers and formalities of their own."),
    "tariff": N_("The network cannot tell: it knows hours, not prices."),
    "sanctions": N_(
        "The network cannot tell: it knows no sanctions, and leads over every line in operation."
    ),
    "security": N_("The network cannot tell: it knows no danger, and leads over every line in operation."),
    "sea-level": N_("The network cannot tell: it knows hours, not how much a ship may carry."),
    "whole-corridor": N_("The network cannot tell: the barrier has no single place."),
    "nothing-counted": N_(
        "The network cannot tell: it knows no capacity, and counts no hours of waiting at this place."
    ),
    "gauge-unknown": N_("The network cannot tell: the gauge beyond this place is not decided."),
    "big-network": N_("Not computed: the network has too many lines to search it for each barrier."),
}

TAKEN = {
    "gauge": N_("Taken away: the {hours} hours that the network counts for the change of gauge here."),
    "gauge-in-border": N_(
        "Taken away: the {hours} hours of waiting that the network counts at this border, both sides "
        "together. They were measured with the change of gauge in them, so it cannot be taken away alone."
    ),
    "border": N_(
        "Taken away: the {hours} hours of waiting that the network counts at this border, both sides "
        "together; they are averages of the two countries, not measured here."
    ),
    "port": N_(
        "Taken away: the {hours} hours that the network counts in this port, with the wait for a ship."
    ),
    "closed": N_("Taken away: the closure of {names}."),
    "link": N_("Taken away: the gap. Opened: {names}."),
    "bypass": N_("Taken away: the need to pass here. Opened: {names}."),
    "corridor": N_(
        "The missing lines at this place alone make no way shorter, so all lines of the corridor that are "
        "not open are opened together: {names}."
    ),
}
MOST_NAMES = 5
BEFOREHAND = N_(
    "The line is not built yet, so all lines of the corridor count as open, both with the barrier and "
    "without."
)

GROUPS = {
    tuple(GATEWAYS): N_("ways from the centres of the regions to the nearest gateways"),
    ("pair",): N_("ways between an Uzbek and a Kazakh region"),
    ("corridor",): N_("ways between the ends of the corridors"),
}


def taken(removal: Removal, atlas: Atlas, words: Words) -> str:
    """What is taken away, in one or two sentences."""
    hours = words.number(round(removal.hours, 1))
    said = words(TAKEN[removal.what], hours=hours, names=opened_names(removal, atlas, words))
    return f"{words(BEFOREHAND)} {said}" if removal.beforehand else said


def opened_names(removal: Removal, atlas: Atlas, words: Words) -> str:
    """The names of the lines that are opened, each once: a railway and a road may join the same places."""
    names = list(dict.fromkeys(link_names(atlas, (key,), words) for key in removal.opened))
    more = words.plural("and {n} more line", "and {n} more lines", len(names) - MOST_NAMES)
    return ", ".join([*names[:MOST_NAMES], *([more] if len(names) > MOST_NAMES else [])])


def short_effect(found: Effect, atlas: Atlas, words: Words) -> str:
    """How many of all ways get shorter, and by how much at most."""
    shown = words("{n} of {all}", n=words.number(len(found.ways)), all=words.number(len(asked_ways(atlas))))
    finite = found.ways["gained"][np.isfinite(found.ways["gained"])]
    if finite.empty:
        return shown
    return words("{ways}, by up to {hours} hours", ways=shown, hours=words.number(round(finite.max(), 1)))


def effect_sentences(found: Effect, atlas: Atlas, words: Words) -> list[str]:
    """One sentence for each group of ways; one in all where none gets shorter."""
    if found.ways.empty:
        none = words(
            "Not one of the {all} ways asked for gets shorter: the quickest lead elsewhere all the same.",
            all=words.number(len(asked_ways(atlas))),
        )
        return [none]
    kinds = pd.Series([one.kind for one in asked_ways(atlas)])
    said = []
    for group, label in GROUPS.items():
        total, own = int(kinds.isin(group).sum()), found.of(*group)
        if total:
            said.append(_group(own, total, words(label), words))
    return said


def _group(ways: pd.DataFrame, total: int, label: str, words: Words) -> str:
    """How many ways of one group get shorter and by how much; those that did not exist are told apart."""
    if ways.empty:
        return words("Of {all} {ways}: none.", all=words.number(total), ways=label)
    finite = ways["gained"][np.isfinite(ways["gained"])]
    said = words("Of {all} {ways}:", all=words.number(total), ways=label)
    parts = []
    if len(finite):
        parts.append(
            words.plural(
                "{n} gets shorter, by {most} hours at most, {median} at the median",
                "{n} get shorter, by {most} hours at most, {median} at the median",
                len(finite),
                most=words.number(round(finite.max(), 1)),
                median=words.number(round(finite.median(), 1)),
            )
        )
    if new := len(ways) - len(finite):
        parts.append(words.plural("{n} becomes possible", "{n} become possible", new))
    return f"{said} {'; '.join(parts)}."


def one_line(barrier_id: str, atlas: Atlas, words: Words) -> str:
    """What the network says of a barrier, for a paper."""
    found = effect_of(atlas, barrier_id)
    if isinstance(found, Untold):
        return words(UNTOLD[found.why])
    return " ".join([taken(found.removal, atlas, words), *effect_sentences(found, atlas, words)])
