"""Decks: the scenes of a presentation, read from JSON files and checked like all data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""A text by language code; languages that nobody wrote are left out."""


@dataclass(frozen=True, eq=False)
class Scene:
    """One scene: a view of the atlas (path and query without language, "" for none) with one of its figures
    ("" for the main one), what is said about it, and what only the speaker reads."""

    scene_id: str
    view: str
    figure: str
    headline: Texts
    points: tuple[Texts, ...]
    notes: Texts


@dataclass(frozen=True, eq=False)
class Deck:
    """A presentation; `deck_id` is the name of its file."""

    deck_id: str
    title: Texts
    scenes: tuple[Scene, ...]
