"""A reader's own deck, which lives in the browser and in files: it is read, checked and never stored."""

from __future__ import annotations

from functools import lru_cache

from dashboard.export.order import WrongOrder
from dashboard.text import N_, Words
from layers import DataError
from layers.decks import Deck, deck_of

LARGEST_DECK = 300_000
"""Bytes of the text of a deck that a reader may send."""

MOST_TOLD = 12
"""Faults that are told at once."""

SHOWN = "deck.json"
"""How the messages call what was sent, which the reader knows by another name."""

FAULTY = N_("This presentation has faults:")


def own_deck(text: str, words: Words) -> Deck:
    """The deck of a text; WrongOrder, which has a line for each fault and in it the scene and the field."""
    try:
        return _deck(text)
    except DataError as error:
        lines = [" ".join(str(fault).split()) for fault in error.faults[:MOST_TOLD]]
        told = [line.removeprefix(SHOWN).lstrip(",: ") for line in lines]
        if left := len(error.faults) - len(told):
            told.append(words.plural("and {n} more", "and {n} more", left))
        raise WrongOrder("\n".join([words(FAULTY), *told])) from error


# Key: the text. The player asks for a deck some scenes at a time, and what is drawn is kept by the deck.
@lru_cache(maxsize=4)
def _deck(text: str) -> Deck:
    return deck_of(text, "own", SHOWN)
