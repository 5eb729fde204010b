"""A scene of a deck made ready to be shown in one language; browser, PPTX and paper all draw these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.export.publication import NotPublished, Publication, find
from dashboard.text import SOURCE_LANGUAGE, Words, speak
from layers import Atlas
from layers.decks import Deck, Scene, Texts


@dataclass(frozen=True)
class Said:
    """A text and the language it is in, which differs from the reader's where nobody has written that one."""

    text: str
    language: str


@dataclass(frozen=True, eq=False)
class Slide:
    """A scene in one language: texts with their numbers filled in, and the publication it shows.

    `publication` is None for a scene of words alone, and for one whose view is unknown: `problem` then says so
    in a line for the reader. `source_ids` are those of the numbers in the texts and of the publication.
    """

    scene_id: str
    headline: Said
    points: tuple[Said, ...]
    notes: Said
    publication: Publication | None
    problem: str
    source_ids: tuple[str, ...]


def slides(deck: Deck, atlas: Atlas, words: Words) -> tuple[Slide, ...]:
    """All scenes of a deck in the language of `words`."""
    return _slides(deck, atlas, words.language)


# Key: the atlas (one object a data version) and the deck; nobody changes a slide.
@lru_cache(maxsize=16)
def _slides(deck: Deck, atlas: Atlas, language: str) -> tuple[Slide, ...]:
    return tuple(slide(scene, atlas, speak(language)) for scene in deck.scenes)


def slide(scene: Scene, atlas: Atlas, words: Words) -> Slide:
    """One scene."""
    publication, problem = None, ""
    if scene.view:
        try:
            publication = find(scene.view, scene.figure, atlas, words)
        except NotPublished as missing:
            problem = str(missing)
    return Slide(
        scene.scene_id,
        said(scene.headline, words),
        tuple(said(point, words) for point in scene.points),
        said(scene.notes, words),
        publication,
        problem,
        publication.source_ids if publication else (),
    )


def said(texts: Texts, words: Words) -> Said:
    """The best available text and its language."""
    for code in (words.language, SOURCE_LANGUAGE, *texts):
        if texts.get(code):
            return Said(texts[code], code)
    return Said("", words.language)
