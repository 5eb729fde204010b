"""Facts: the numbers and names that a deck may speak of, filled from the data in the reader's language.

`python -m dashboard.present.facts --lang ru` lists them with their values and sources; `--check` says what is
wrong with the views and facts of the decks.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from dashboard.export.command_line import ASKED_DATA, read_data
from dashboard.text import languages, speak
from layers import Atlas, DataError
from layers.contract.faults import did_you_mean
from layers.decks import PLACE

UNKNOWN = "…"
"""What stands in a text in place of a number that the data do not have."""

MOST_NEAR = 20_000
"""Among so many names the nearest is looked for; those of single places come last."""


@dataclass(frozen=True)
class Fact:
    """A number with its unit, or a name; `how` says how it was worked out, "" where it is stated."""

    text: str
    source_ids: tuple[str, ...] = ()
    how: str = ""


Maker = Callable[..., Fact]
"""Makes a fact: `maker(words)`."""

Facts = dict[str, Maker]


@dataclass(frozen=True)
class Filled:
    """A text with its places filled: the sources of what was filled in, how computed ones were worked out,
    and the names of places that are no facts or have no value."""

    text: str
    source_ids: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


# Key: the atlas, one object a data version; nobody changes what is in it.
@lru_cache(maxsize=2)
def facts(atlas: Atlas) -> Mapping[str, Maker]:
    """All facts by name but those of single regions and sites: `facts(atlas)["trade.needed_growth"](words)`.

    The names of a family differ in one part: trade.turnover.<year>, corridor.<corridor_id>.length,
    metric.<metric_id>, barrier.<barrier_id>.ways …
    """
    # The families speak with Fact, so they are imported only here.
    from dashboard.present import facts_of_places, facts_of_subjects, facts_of_ways

    found: Facts = {}
    for family in (*facts_of_subjects.FAMILIES, *facts_of_places.FAMILIES, *facts_of_ways.FAMILIES):
        found |= family(atlas)
    return found


def facts_of_one(name: str, atlas: Atlas) -> Mapping[str, Maker]:
    """The facts of the one region or site that a name speaks of, none where it speaks of no such."""
    from dashboard.present.facts_of_places import SINGLE

    kind, _, rest = name.partition(".")
    one = rest.rpartition(".")[0]
    if kind not in SINGLE or one not in getattr(atlas, SINGLE[kind][0]).index:
        return {}
    return SINGLE[kind][1](one, atlas)


def maker_of(name: str, atlas: Atlas) -> Maker | None:
    """What makes a fact, None where there is none of this name."""
    return facts(atlas).get(name) or facts_of_one(name, atlas).get(name)


def names(atlas: Atlas) -> Iterator[str]:
    """The names of all facts."""
    from dashboard.present.facts_of_places import SINGLE

    yield from facts(atlas)
    for table, made in SINGLE.values():
        for one in getattr(atlas, table).index:
            yield from made(one, atlas)


# Key: the atlas, the name and the language; a fact is never changed.
@lru_cache(maxsize=4096)
def fact(name: str, atlas: Atlas, language: str) -> Fact:
    """A fact by its name; KeyError where there is none, or the data have no value for it."""
    made = maker_of(name, atlas)
    if made is None:
        raise KeyError(name)
    return made(speak(language))


def filled(text: str, atlas: Atlas, language: str) -> Filled:
    """A text with its `{name}` places filled; one that is no fact becomes "…" and is named in `unknown`."""
    sources: dict[str, None] = {}
    how: dict[str, None] = {}
    unknown: dict[str, None] = {}

    def value(name: str) -> str:
        try:
            found = fact(name, atlas, language)
        except KeyError:
            unknown[name] = None
            return UNKNOWN
        sources.update(dict.fromkeys(found.source_ids))
        how.update({found.how: None} if found.how else {})
        return found.text

    shown = PLACE.sub(lambda place: value(place[1]), text)
    return Filled(shown, tuple(sources), tuple(how), tuple(unknown))


def hint(name: str, atlas: Atlas) -> str:
    """The fact whose name is nearest to an unknown one, as a remark; "" where none is near."""
    return did_you_mean(name, islice(names(atlas), MOST_NEAR))


def main(arguments: Sequence[str] | None = None) -> int:
    """List the facts, or check the decks; exit status 1 where a deck has a fault."""
    parser = argparse.ArgumentParser("python -m dashboard.present.facts", description="Facts for decks.")
    parser.add_argument("like", nargs="?", default="", help="only names with this in them")
    parser.add_argument("--lang", default="en", choices=languages())
    parser.add_argument("--check", action="store_true", help="check views, figures and facts of all decks")
    parser.add_argument("--data", type=Path, help=ASKED_DATA)
    asked = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    try:
        atlas = read_data(asked.data)
    except (DataError, ConnectionError) as error:
        sys.stdout.write(f"{error}\n")
        return 1
    if asked.check:
        return checked(atlas)
    with contextlib.suppress(BrokenPipeError):
        for name in names(atlas):
            if asked.like in name:
                sys.stdout.write(listed(name, atlas, asked.lang) + "\n")
    return 0


def listed(name: str, atlas: Atlas, language: str) -> str:
    """One line: name, value, sources; "computed" where it is."""
    try:
        found = fact(name, atlas, language)
    except KeyError:
        return f"{name:<48} –"
    cited = ";".join(found.source_ids[:6]) + ("…" if len(found.source_ids) > 6 else "")
    return f"{name:<48} {found.text:<40} {'computed ' if found.how else ''}{cited}".rstrip()


def checked(atlas: Atlas) -> int:
    """Write what is wrong in the decks; 1 where anything is."""
    from dashboard.present.slides import problems

    found = [problem for deck in atlas.decks.values() for problem in problems(deck, atlas)]
    sys.stdout.write("\n".join([*found, f"{len(atlas.decks)} decks, {len(found)} faults"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    # As a module of its own name, so that its families and this program speak of the same Fact.
    from dashboard.present.facts import main as program

    sys.exit(program())
