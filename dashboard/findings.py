"""Sentences generated from two ways: what tells them apart, and what of a way does not stand yet.

Each message is a whole clause, so that a translator may order its words freely; counts come with their nouns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from babel.lists import format_list

from dashboard.text import N_, Words
from layers.ways import Difference, Summary

COUNTED: dict[str, Callable[[int, Words], str]] = {
    "borders": lambda n, words: words.plural("{n} border crossing", "{n} border crossings", n),
    "sea_legs": lambda n, words: words.plural("{n} sea leg", "{n} sea legs", n),
    "gauge_breaks": lambda n, words: words.plural("{n} gauge break", "{n} gauge breaks", n),
}
"""What is counted along a way: the field of its summary and the words for so many."""

LENGTH_REASONS = {
    "absent": N_("This stretch is not in the atlas."),
    "other-ends": N_(
        "The published length is below the straight line between the two places, so the source measured"
        " between other ends."
    ),
    "straight-lines": N_(
        "The atlas draws {share} of this stretch as straight lines between known points, which are shorter"
        " than the railway or road."
    ),
    "places": N_("Points on this stretch are known only roughly."),
}
"""Why a computed length is not the published one; the codes are layers.lengths.REASONS."""


def difference_sentence(first: str, second: str, found: Difference, words: Words) -> str:
    """What tells two ways apart in length, border crossings, sea legs and gauge breaks, in one sentence.

    `first` and `second` are their names. The shorter way is spoken of; of two equally long ones that with
    fewer counts. Lengths are rounded as far as they can be trusted.
    """
    km = rounded_km(found)
    names, sides = [first, second], [found.first, found.second]
    if km < 0 or (km == 0 and total(sides[1]) < total(sides[0])):
        names.reverse()
        sides.reverse()
    fewer, more = [], []
    for name in COUNTED:
        here, there = getattr(sides[0], name), getattr(sides[1], name)
        if here != there:
            (fewer if here < there else more).append((name, (here, there)))
    values = {"name": names[0], "other": names[1], "km": words.number(abs(km))}
    for kind, counts in (("fewer", fewer), ("more", more)):
        values[kind] = listed([COUNTED[name](here, words) for name, (here, _) in counts], words)
        values[f"{kind}_other"] = listed([words.number(there) for _, (_, there) in counts], words)
    return words(MESSAGES[km != 0, bool(fewer), bool(more)], **values)


MESSAGES = {
    (True, False, False): N_(
        "{name} is {km} km shorter than {other}, with as many border crossings, sea legs and gauge breaks."
    ),
    (True, True, False): N_("{name} is {km} km shorter than {other} and has {fewer} against {fewer_other}."),
    (True, False, True): N_("{name} is {km} km shorter than {other} but has {more} against {more_other}."),
    (True, True, True): N_(
        "{name} is {km} km shorter than {other} and has {fewer} against {fewer_other},"
        " but {more} against {more_other}."
    ),
    (False, False, False): N_(
        "{name} and {other} are equally long, with as many border crossings, sea legs and gauge breaks."
    ),
    (False, True, False): N_(
        "{name} and {other} are equally long; {name} has {fewer} against {fewer_other}."
    ),
    (False, True, True): N_(
        "{name} and {other} are equally long; {name} has {fewer} against {fewer_other},"
        " but {more} against {more_other}."
    ),
}
"""The sentence by whether the lengths differ, and whether the way spoken of has fewer or more of what is
counted. Of two equally long ways the one with fewer is spoken of, so that it never has more alone.
"""


def rounded_km(found: Difference) -> int:
    """By how many kilometres the first way is shorter, to 10 km where the ways are 1,000 km or longer."""
    longest = max(found.first.length_km, found.second.length_km)
    return int(round(found.shorter_by_km, -1 if longest >= 1000 else 0))


def total(side: Summary) -> int:
    """All that is counted along a way."""
    return sum(getattr(side, name) for name in COUNTED)


def listed(parts: Sequence[str], words: Words) -> str:
    """Parts as this language lists them."""
    return format_list(list(parts), locale=words.locale) if parts else ""


def unfinished_sentence(name: str, found: Summary, words: Words) -> str:
    """What of a way does not stand yet, "" where all of it does."""
    parts = [
        words(UNFINISHED[status], n=words.number(round(km)))
        for status, km in found.km_by_status.items()
        if status in UNFINISHED
    ]
    if not parts:
        return ""
    length = words.number(round(found.length_km))
    return words(
        "Of the {length} km of {name}, {parts}.", name=name, length=length, parts=listed(parts, words)
    )


UNFINISHED = {
    "under-construction": N_("{n} km are under construction"),
    "planned": N_("{n} km are planned"),
    "study": N_("{n} km are under study"),
    "announced": N_("{n} km are announced"),
    "closed": N_("{n} km are closed"),
}


def length_reasons(row: pd.Series, words: Words) -> list[str]:
    """Why the computed length of a row of published_lengths is not the published one: sentences of the atlas,
    then what the source says of its way.
    """
    share = words.percent(100 * row["schematic_share"], 0) if pd.notna(row["schematic_share"]) else ""
    own = [words(LENGTH_REASONS[reason], share=share) for reason in row["reasons"]]
    note = words.text(row, "length_note")
    return own + ([note] if note and not row["within"] else [])
