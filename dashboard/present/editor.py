"""The parts of the page of presentations: decks of the atlas, and the words of the editor of a reader's own.

assets/deck_editor.js is the editor.
"""

from __future__ import annotations

import json
from typing import Any

from dashboard.export import chrome
from dashboard.plain import Plain
from dashboard.present.files import DECK_FORMATS, NO_HANDOUT
from dashboard.present.own import LARGEST_DECK
from dashboard.present.slides import said, title_of
from dashboard.text import N_, Words, language_name, languages
from layers import Atlas
from layers.decks import LONGEST, MOST_POINTS, Deck

Tree = list[Any]

WORDS = {
    "untitled": N_("My presentation"),
    "title": N_("Title"),
    "language": N_("Language of texts, player and files"),
    "empty": N_(
        "There is no scene yet. “Add to presentation” stands beside every map, chart, strip and table of the "
        "atlas and on every card; a file that was saved before can be opened here."
    ),
    "count": N_("Scenes: {n}"),
    "headline": N_("Headline of scene {n}"),
    "point": N_("Point {n}"),
    "notes": N_("Notes for the speaker"),
    "more": N_("Points and notes"),
    "words_only": N_("words alone, without a figure"),
    "up": N_("Move up: {name}"),
    "down": N_("Move down: {name}"),
    "twice": N_("Duplicate: {name}"),
    "remove": N_("Remove: {name}"),
    "play": N_("Present from here: {name}"),
    "moved": N_("“{name}” is now scene {n}."),
    "doubled": N_("“{name}” stands twice now."),
    "removed": N_("“{name}” was removed."),
    "cleared": N_("All scenes were removed."),
    "opened": N_("{file} was opened; scenes: {n}."),
    "undone": N_("It is as it was."),
    "undo": N_("Undo"),
    "add_words": N_("Add a scene of words"),
    "new_headline": N_("New scene"),
    "clear": N_("Remove all"),
    "save": N_("Save as a file"),
    "open": N_("Open a file"),
    "present": N_("Present"),
    "files": N_("Files"),
    "making": N_("{format} is being made…"),
    "made": N_("{format} is in your downloads: {name}"),
    "failed": N_("This could not be made: {reason}"),
    "offline": N_("The server does not answer. Try again."),
    "not_opened": N_("{file} was not opened."),
    "too_large": N_("The presentation is too large: a file of one has {kilobytes} kB at most."),
    "full": N_("Your presentation is full: it has {n} scenes."),
    "not_kept": N_("This browser keeps nothing: save it as a file before you leave this page."),
}


def editor_words(words: Words) -> str:
    """What the editor says, and its limits, as JSON."""
    told: dict[str, Any] = {name: words(message) for name, message in WORDS.items()}
    told["formats"] = {one.id: words(one.title) for one in offered()}
    told["languages"] = {code: language_name(code) for code in languages()}
    told["longest"] = {name: LONGEST[name] for name in ("title", "headline", "points", "notes")}
    told |= {"points": MOST_POINTS, "bytes": LARGEST_DECK, "kilobytes": words.number(LARGEST_DECK // 1000)}
    return json.dumps(told, ensure_ascii=False)


def offered() -> list[Any]:
    """The formats that this machine can make."""
    return [one for one in DECK_FORMATS.values() if chrome.has_chrome() or not one.needs_chrome]


def ready_decks(atlas: Atlas, words: Words) -> Plain:
    """The presentations of the atlas, each with its scenes and, in every language, player and files."""
    parts: list[Tree] = [_deck(deck, atlas, words) for deck in atlas.decks.values()]
    if not parts:
        parts = [["p", {}, words("These data have no presentation of their own.")]]
    if not chrome.has_chrome():
        parts.append(["p", {"className": "legend-note"}, words(NO_HANDOUT)])
    return Plain.of([["div", {"className": "ready-decks"}, *parts]])


def _deck(deck: Deck, atlas: Atlas, words: Words) -> Tree:
    title = title_of(deck, atlas, words)
    scenes = words.plural("{n} scene", "{n} scenes", len(deck.scenes))
    headlines = [said(scene.headline, atlas, words)[0] for scene in deck.scenes]
    listed = [["li", {"lang": one.language}, one.text] for one in headlines]
    return [
        "article",
        {"className": "ready-deck"},
        ["h3", {"lang": title.language}, title.text or deck.deck_id],
        ["details", {}, ["summary", {}, scenes], ["ol", {}, *listed]],
        ["ul", {"className": "deck-languages"}, *(_in_language(deck, code, words) for code in languages())],
    ]


def _in_language(deck: Deck, code: str, words: Words) -> Tree:
    """Player and files in one language; each link says to programs that read aloud which one it is."""
    name, address = language_name(code), f"/present/{deck.deck_id}"
    play = _link(f"{address}?lang={code}", words("Present"), name, {"className": "btn btn-primary btn-sm"})
    files = [
        _link(
            f"{address}/file?format={one.id}&lang={code}",
            words(one.title),
            name,
            {"className": "btn btn-outline-primary btn-sm", "data-deck-file": words(one.title)},
        )
        for one in offered()
    ]
    return ["li", {}, ["span", {"lang": code, "className": "language"}, name], play, *files]


def _link(address: str, text: str, language: str, looks: dict[str, str]) -> Tree:
    return ["a", {"href": address, "aria-label": f"{text}: {language}", **looks}, text]
