"""A deck as a file: slides of PowerPoint, a handout on paper, or one page of HTML that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.export.order import WrongOrder
from dashboard.export.publication import NotPublished
from dashboard.present.own import own_deck
from dashboard.text import N_, Words, speak
from layers import Atlas
from layers.decks import Deck

Write = Callable[[Deck, Atlas, Words, str], bytes]


# The writers are imported when they are needed: their libraries are large, and few readers want a file.
def _pptx(deck: Deck, atlas: Atlas, words: Words, site: str) -> bytes:
    from dashboard.present.pptx_file import pptx_deck

    return pptx_deck(deck, atlas, words, site)


def _handout(deck: Deck, atlas: Atlas, words: Words, site: str) -> bytes:
    from dashboard.present.handout_file import handout

    return handout(deck, atlas, words, site)


def _html(deck: Deck, atlas: Atlas, words: Words, site: str) -> bytes:
    from dashboard.present.html_file import html_deck

    return html_deck(deck, atlas, words.language, site)


@dataclass(frozen=True)
class DeckFormat:
    """A kind of file; `title` is a message, `write` makes it of a deck, in the words' language."""

    id: str
    title: str
    media_type: str
    write: Write
    needs_chrome: bool = False


DECK_FORMATS = {
    one.id: one
    for one in (
        DeckFormat(
            "pptx",
            N_("PowerPoint slides"),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _pptx,
        ),
        DeckFormat("pdf", N_("Handout (PDF)"), "application/pdf", _handout, needs_chrome=True),
        DeckFormat("html", N_("One HTML file"), "text/html", _html),
    )
}

NO_HANDOUT = N_(
    "This server has no Chrome or Chromium, which the PDF handout needs. The presentation can be printed "
    "from the browser, two scenes a page."
)

SECONDS_A_DECK, SECONDS_A_SCENE, MOST_SECONDS = 40, 3, 400
"""How long a file may take on a busy machine before the program that makes it is ended."""


@dataclass(frozen=True)
class DeckOrder:
    """A deck wanted as a file: one of the atlas by its id, or a reader's own by its `text`, which is JSON."""

    deck_id: str
    format_id: str
    language: str
    site: str = ""
    text: str = ""

    @classmethod
    def of(
        cls, given: Mapping[str, Any], language: str, site: str, deck_id: str, text: str = ""
    ) -> DeckOrder:
        """The order of a query; WrongOrder for a format there is not."""
        words, format_id = speak(language), str(given.get("format", ""))
        if format_id not in DECK_FORMATS:
            message = N_("There is no {what} “{given}”; there are: {known}.")
            known = ", ".join(DECK_FORMATS)
            raise WrongOrder(words(message, what=words("format"), given=format_id[:40], known=known))
        return cls(deck_id, format_id, words.language, site, text)

    @property
    def format(self) -> DeckFormat:
        """The format."""
        return DECK_FORMATS[self.format_id]

    def deck(self, atlas: Atlas) -> Deck:
        """The deck; NotPublished for one the atlas does not have, WrongOrder for a faulty one."""
        words = speak(self.language)
        return own_deck(self.text, words) if self.text else deck_of(self.deck_id, atlas, words)

    def file(self, atlas: Atlas) -> bytes:
        """The file itself; as `deck`, and NoChrome."""
        return self.format.write(self.deck(atlas), atlas, speak(self.language), self.site)

    def asked(self) -> dict[str, Any]:
        """The order as plain data, of which `again` makes it."""
        return {"deck": [self.deck_id, self.format_id, self.language, self.site, self.text]}

    @classmethod
    def again(cls, asked: Mapping[str, Any]) -> DeckOrder:
        """The order that `asked` has told."""
        return cls(*asked["deck"])

    @property
    def seconds(self) -> int:
        """How long the file may take."""
        scenes = self.text.count('"headline"') or 30
        return min(SECONDS_A_DECK + SECONDS_A_SCENE * scenes, MOST_SECONDS)


def deck_of(deck_id: str, atlas: Atlas, words: Words) -> Deck:
    """A deck of the atlas; NotPublished names those there are."""
    if deck_id not in atlas.decks:
        message = N_("There is no presentation “{deck}”; there are: {decks}.")
        raise NotPublished(words(message, deck=deck_id[:60], decks=", ".join(atlas.decks)))
    return atlas.decks[deck_id]


def deck_file_name(deck: Deck, order: DeckOrder) -> str:
    """The name of a file of ASCII letters: the id of a deck of the atlas, the title of a reader's own."""
    title = next((text for text in (deck.title.get("en"), *deck.title.values()) if text), "")
    told = order.deck_id if not order.text else title
    slug = re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-")[:60] or "presentation"
    return f"corridor-atlas-{slug}-{order.language}.{order.format_id}"
