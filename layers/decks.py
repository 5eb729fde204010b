"""Decks: the scenes of a presentation, read from JSON files and checked like all data.

Those of a data folder are `atlas.decks`; a reader's own is read by `deck_of`.
"""

from layers.contract.decks import (
    LANGUAGES,
    LONGEST,
    MOST_POINTS,
    MOST_SCENES,
    PLACE,
    Deck,
    Scene,
    Texts,
    deck_of,
)

__all__ = [
    "LANGUAGES",
    "LONGEST",
    "MOST_POINTS",
    "MOST_SCENES",
    "PLACE",
    "Deck",
    "Scene",
    "Texts",
    "deck_of",
]
