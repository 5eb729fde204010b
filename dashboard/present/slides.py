"""A scene of a deck made ready to be shown in one language; browser, PPTX and paper all draw these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.export.publication import NotPublished, Publication, find
from dashboard.present.facts import Filled, filled, hint, maker_of
from dashboard.text import N_, SOURCE_LANGUAGE, Words, speak
from layers import Atlas
from layers.decks import Deck, Scene, Texts


@dataclass(frozen=True)
class Said:
    """A text and the language it is in, which differs from the reader's where nobody has written that one.

    `source_ids` are those of the numbers filled in, `how` says how computed ones were worked out.
    """

    text: str
    language: str
    source_ids: tuple[str, ...] = ()
    how: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Slide:
    """A scene in one language: texts with their numbers filled in, and the publication it shows.

    `publication` is None for a scene of words alone, and for one whose view is unknown. `problem` then says
    so in a line for the reader, as it does of numbers that the data do not have ("…" stands for them).
    `source_ids` are those of the numbers in the texts and of the publication.
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
    publication, problem = shown(scene, atlas, words)
    headline, *points = (said(texts, atlas, words) for texts in (scene.headline, *scene.points))
    notes = said(scene.notes, atlas, words)
    unknown = dict.fromkeys(one for _, filling in (headline, *points, notes) for one in filling.unknown)
    if unknown:
        told = words(N_("The data have no value for: {names}."), names=", ".join(unknown))
        problem = f"{problem} {told}".strip()
    numbers = (one for text, _ in (headline, *points) for one in text.source_ids)
    return Slide(
        scene.scene_id,
        headline[0],
        tuple(text for text, _ in points),
        notes[0],
        publication,
        problem,
        tuple(dict.fromkeys((*numbers, *(publication.source_ids if publication else ())))),
    )


def shown(scene: Scene, atlas: Atlas, words: Words) -> tuple[Publication | None, str]:
    """The publication of a scene, or None and why there is none; "" for a scene of words alone."""
    if not scene.view:
        return None, ""
    try:
        return find(scene.view, scene.figure, atlas, words), ""
    except NotPublished as missing:
        return None, str(missing)


def best(texts: Texts, words: Words) -> tuple[str, str]:
    """The best available text as it was written, and its language."""
    for code in (words.language, SOURCE_LANGUAGE, *texts):
        if texts.get(code):
            return texts[code], code
    return "", words.language


def said(texts: Texts, atlas: Atlas, words: Words) -> tuple[Said, Filled]:
    """The best available text with its numbers, which are written as in its own language."""
    text, language = best(texts, words)
    found = filled(text, atlas, language)
    return Said(found.text, language, found.source_ids, found.how), found


def title_of(deck: Deck, atlas: Atlas, words: Words) -> Said:
    """The title of a deck."""
    return said(deck.title, atlas, words)[0]


def problems(deck: Deck, atlas: Atlas) -> list[str]:
    """What a reader would miss in a deck: views, figures and numbers that are not there, a line each."""
    return [
        f"decks/{deck.deck_id}.json, {place}: {problem}"
        for place, problem in (*_in_title(deck, atlas), *_in_scenes(deck, atlas))
    ]


def _in_title(deck: Deck, atlas: Atlas) -> Iterator[tuple[str, str]]:
    for code, text in deck.title.items():
        yield from ((f"title ({code})", one) for one in _missing(text, code, atlas))


def _in_scenes(deck: Deck, atlas: Atlas) -> Iterator[tuple[str, str]]:
    for scene in deck.scenes:
        place = f'scene "{scene.scene_id}"'
        _, problem = shown(scene, atlas, speak(SOURCE_LANGUAGE))
        if problem:
            yield f"{place}, view", problem
        fields = {"headline": scene.headline, "notes": scene.notes}
        fields |= {f"points {number}": texts for number, texts in enumerate(scene.points, start=1)}
        for field, texts in fields.items():
            for code, text in texts.items():
                yield from ((f"{place}, {field} ({code})", one) for one in _missing(text, code, atlas))


def _missing(text: str, language: str, atlas: Atlas) -> Iterator[str]:
    for name in filled(text, atlas, language).unknown:
        near = hint(name, atlas) if maker_of(name, atlas) is None else ", as the data have no value for it"
        yield f"{{{name}}} is no number of the data{near}"
