"""Facts: the numbers and names that a deck may speak of, filled from the data in the reader's language.

`python -m dashboard.present.facts --lang ru` lists them with their values and sources; `--check` says what is
wrong with the views and facts of the decks.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.text import languages, speak
from layers import Atlas, DataError, load
from layers.contract.faults import did_you_mean
from layers.decks import PLACE

UNKNOWN = "…"
"""What stands in a text in place of a number that the data do not have."""

DATA = Path(__file__).parents[2] / "geodata"


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
    """All facts by name: `facts(atlas)["trade.needed_growth"](words)`.

    The names of a family differ in one part: trade.turnover.<year>, corridor.<corridor_id>.length,
    region.<region_id>.<metric>, metric.<metric_id>, barrier.<barrier_id>.ways …
    """
    # The families speak with Fact, so they are imported only here.
    from dashboard.present import facts_of_places, facts_of_subjects, facts_of_ways

    found: Facts = {}
    for family in (*facts_of_subjects.FAMILIES, *facts_of_places.FAMILIES, *facts_of_ways.FAMILIES):
        found |= family(atlas)
    return found


# Key: the atlas, the name and the language; a fact is never changed.
@lru_cache(maxsize=4096)
def fact(name: str, atlas: Atlas, language: str) -> Fact:
    """A fact by its name; KeyError where there is none, or the data have no value for it."""
    return facts(atlas)[name](speak(language))


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
    return did_you_mean(name, facts(atlas))


def main(arguments: Sequence[str] | None = None) -> int:
    """List the facts, or check the decks; exit status 1 where a deck has a fault."""
    parser = argparse.ArgumentParser("python -m dashboard.present.facts", description="Facts for decks.")
    parser.add_argument("like", nargs="?", default="", help="only names with this in them")
    parser.add_argument("--lang", default="en", choices=languages())
    parser.add_argument("--check", action="store_true", help="check views, figures and facts of all decks")
    folder = Path(os.environ.get("ATLAS_DATA") or DATA)
    parser.add_argument("--data", type=Path, default=folder, help="data folder (%(default)s)")
    asked = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="backslashreplace")  # a console may lack the letters of a name
    try:
        atlas = load(asked.data)
    except DataError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    if asked.check:
        return checked(atlas)
    with contextlib.suppress(BrokenPipeError):
        for name in facts(atlas):
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
