"""Decks: presentations as JSON files of scenes, from `decks/` of a data folder or a reader's own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.contract.faults import DataError, Fault, did_you_mean, shortened
from layers.contract.files import read_text
from layers.contract.signs import EXPECTED, unseen

FOLDER = "decks"
LANGUAGES = ("en", "ru", "uz", "kk")

MOST_SCENES, MOST_POINTS = 200, 3
LONGEST = {"title": 140, "headline": 200, "points": 240, "notes": 3000, "view": 2000, "figure": 200}
"""Characters of each field, places not filled."""

PLACE = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9._/-]*)\}")
"""A place for a number: `{trade.turnover.2025}`."""

YEAR = r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)"
NAME = r"(?<![^\W_])[^\W\d_][^\W_]*(?:-\d+)?(?![^\W_])"
ALLOWED = re.compile(f"{YEAR}|{NAME}")
"""Where a digit may be typed: a year of 1900 to 2099, and a word that begins with a letter ("A4", "B33",
"CASA-1000", "Kambarata-1"). All other numbers are places, so that they are those of the data."""

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


class Reader:
    """What is said of a deck file: its faults, each with the place where it stands."""

    def __init__(self, shown: str, has_typed_numbers: bool, faults: list[Fault]) -> None:
        self.shown, self.has_typed_numbers, self.faults = shown, has_typed_numbers, faults

    def fault(self, place: str, problem: str, expected: str) -> None:
        """One more fault; `place` is "" for the whole file."""
        self.faults.append(Fault(self.shown, 0, "", "", problem, expected, place))


def deck_bytes(folder: Path) -> dict[str, bytes]:
    """The deck files of a data folder by their names below it; none where it has no `decks/`."""
    found = sorted((folder / FOLDER).glob("*.json"))
    return {f"{FOLDER}/{path.name}": path.read_bytes() for path in found if not path.name.startswith(".")}


def read_decks(found: Mapping[str, bytes], folder: str, faults: list[Fault]) -> dict[str, Deck]:
    """The decks of `deck_bytes` by their ids; `folder` is how messages call the data folder."""
    decks = {}
    for name in found:
        deck_id, shown = Path(name).stem, f"{folder}/{name}"
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", deck_id):
            expected = "lower-case letters and digits with hyphens between them, as first-meeting.json"
            faults.append(Fault(shown, 0, "", "", f'the file is called "{Path(name).name}"', expected))
            continue
        text = read_text(name, dict(found), shown, faults)
        deck = None if text is None else read_deck(text, deck_id, shown, faults)
        if deck is not None:
            decks[deck_id] = deck
    return decks


def deck_of(text: str, deck_id: str = "own", shown: str = "") -> Deck:
    """A reader's own deck, in which numbers may be typed; a DataError names every fault.

    `shown` is how the messages call the file.
    """
    faults: list[Fault] = []
    deck = read_deck(text, deck_id, shown or f"{deck_id}.json", faults, has_typed_numbers=True)
    if deck is None or faults:
        raise DataError(faults)
    return deck


def read_deck(
    text: str, deck_id: str, shown: str, faults: list[Fault], has_typed_numbers: bool = False
) -> Deck | None:
    """A deck from its text; what is wrong is added to `faults`, None where nothing can be read."""
    reader = Reader(shown, has_typed_numbers, faults)
    content = parsed(text, reader)
    if content is None:
        return None
    unknown_fields(content, ("title", "scenes"), "", reader)
    title = texts(content.get("title"), "title", "title", reader, is_needed=True)
    scenes = content.get("scenes")
    if not isinstance(scenes, list) or not scenes:
        reader.fault("scenes", "there is no scene", "a list of one scene or more")
        return None
    if len(scenes) > MOST_SCENES:
        reader.fault("scenes", f"{len(scenes)} scenes", f"{MOST_SCENES} at most: make two decks of it")
        return None
    return Deck(deck_id, title, tuple(read_scenes(scenes, reader)))


def parsed(text: str, reader: Reader) -> dict[str, Any] | None:
    """The object of a JSON text; fields that stand twice are a fault, as one of them would be lost."""
    twice: list[str] = []

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend(dict.fromkeys(name for name in names if names.count(name) > 1))
        return dict(pairs)

    try:
        content = json.loads(text, object_pairs_hook=fields)
    except json.JSONDecodeError as error:
        problem = f"broken JSON ({error.msg}, column {error.colno})"
        expected = "a comma between two parts, each bracket and quote closed"
        reader.faults.append(Fault(reader.shown, error.lineno, "", "", problem, expected))
        return None
    except RecursionError:
        reader.fault("", "brackets in brackets without end", "a title and scenes")
        return None
    except ValueError:  # Python reads no number of thousands of digits
        reader.fault("", "a number without end", "a title and scenes")
        return None
    for name in twice:
        reader.fault("", f'the field "{shortened(name)}" stands twice in one place', "each field once")
    if not isinstance(content, dict):
        reader.fault("", "the file is no JSON object", '{"title": …, "scenes": […]}')
        return None
    return content


def read_scenes(scenes: list[Any], reader: Reader) -> Iterator[Scene]:
    """The scenes that can be read, each id once."""
    seen: dict[str, int] = {}
    for number, content in enumerate(scenes, start=1):
        place = f"scene {number}"
        if not isinstance(content, dict):
            reader.fault(place, "no JSON object", '{"id": …, "view": …, "headline": …}')
            continue
        scene_id = content.get("id")
        if not isinstance(scene_id, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", scene_id):
            problem = f'id is "{shortened(str(scene_id))}"' if "id" in content else "id is missing"
            reader.fault(place, problem, 'letters, digits and hyphens, as "trade-target"')
            continue
        place = f'scene "{scene_id}"'
        if scene_id in seen:
            problem = f"the id stands twice (scenes {seen[scene_id]} and {number})"
            reader.fault(place, problem, "an id of its own for each scene")
            continue
        seen[scene_id] = number
        yield read_scene(scene_id, content, place, reader)


def read_scene(scene_id: str, content: dict[str, Any], place: str, reader: Reader) -> Scene:
    """One scene; what cannot be read of it is left out and named."""
    unknown_fields(content, ("id", "view", "figure", "headline", "points", "notes"), place, reader)
    view, figure = (line(content, name, place, reader) for name in ("view", "figure"))
    if view and not re.match(r"/(?![/\\])", view):
        expected = 'an address of the atlas without its host, as "/corridors/btk?within=50"'
        reader.fault(f"{place}, view", f'"{shortened(view)}" is no view', expected)
    if view and re.search(r"[?&]lang=", view):
        problem, expected = (
            "the view names a language",
            "the address without lang=: a deck speaks all of them",
        )
        reader.fault(f"{place}, view", problem, expected)
    if figure and not view:
        reader.fault(f"{place}, figure", "a figure without a view", "the view on which it stands")
    return Scene(
        scene_id,
        view,
        figure,
        texts(content.get("headline"), f"{place}, headline", "headline", reader, is_needed=True),
        points(content.get("points"), place, reader),
        texts(content.get("notes"), f"{place}, notes", "notes", reader),
    )


def points(content: Any, place: str, reader: Reader) -> tuple[Texts, ...]:
    """The points of a scene, three at most."""
    if content is None:
        return ()
    if not isinstance(content, list):
        reader.fault(f"{place}, points", "no list", '[{"en": "…", "ru": "…"}]')
        return ()
    if len(content) > MOST_POINTS:
        reader.fault(f"{place}, points", f"{len(content)} points", f"{MOST_POINTS} at most")
    return tuple(
        texts(point, f"{place}, points {number}", "points", reader, is_needed=True)
        for number, point in enumerate(content, start=1)
    )


def line(content: dict[str, Any], name: str, place: str, reader: Reader) -> str:
    """An address or a name; "" where it is left out."""
    value = content.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST[name]:
        expected = f"a text of {LONGEST[name]} characters at most"
        reader.fault(f"{place}, {name}", f'"{shortened(str(value))}"', expected)
        return ""
    if problem := unseen(value):
        reader.fault(f"{place}, {name}", problem, EXPECTED)
        return ""
    return value.strip()


def texts(value: Any, place: str, name: str, reader: Reader, is_needed: bool = False) -> Texts:
    """A text by language; languages left out or empty are missing, which is no fault while one is there."""
    expected = 'a text by language, as {"en": "…", "ru": "…"}'
    if value is None and not is_needed:
        return {}
    if not isinstance(value, dict):
        reader.fault(place, "is missing" if value is None else f'"{shortened(str(value))}"', expected)
        return {}
    found = {}
    for code, text in value.items():
        if code not in LANGUAGES:
            hint = did_you_mean(code, LANGUAGES)
            reader.fault(place, f'unknown language "{shortened(code)}"{hint}', " ".join(LANGUAGES))
        elif not isinstance(text, str):
            reader.fault(f"{place} ({code})", f'"{shortened(str(text))}" is no text', "a text in quotes")
        elif text.strip():
            check_text(text, f"{place} ({code})", name, reader)
            found[code] = text.strip()
    if is_needed and all(isinstance(text, str) and not text.strip() for text in value.values()):
        reader.fault(place, "no language has a text", expected)
    return found


def check_text(text: str, place: str, name: str, reader: Reader) -> None:
    """The length of a text, its signs and braces, and that its numbers come from the data."""
    if problem := unseen(text):
        reader.fault(place, problem, EXPECTED)
    if len(text) > LONGEST[name]:
        reader.fault(place, f"{len(text)} characters", f"{LONGEST[name]} at most")
    if reader.has_typed_numbers:
        return
    rest = PLACE.sub(" ", text)
    if brace := re.search(r"\{[^{}]*\}?|\}", rest):
        problem = f'"{shortened(brace[0])}" is no place for a number'
        reader.fault(place, problem, "the name of a fact in braces, as {trade.turnover.2025}")
        return
    if number := typed_number(rest):
        expected = "the name of a fact in braces; `python -m dashboard.present.facts` lists them"
        reader.fault(place, f'the number "{number}" is typed', expected)


def typed_number(text: str) -> str:
    """The first number of a text that is neither a year nor in a name; "" where there is none."""
    found = re.search(r"\d[\d.,]*", ALLOWED.sub(" ", text))
    return found[0].rstrip(".,") if found else ""


def unknown_fields(content: dict[str, Any], known: Iterable[str], place: str, reader: Reader) -> None:
    """A fault for each field that means nothing: a misspelt one would be lost in silence."""
    known = tuple(known)
    for name in content:
        if name not in known:
            problem = f'unknown field "{shortened(name)}"{did_you_mean(name, known)}'
            reader.fault(place, problem, f"only {', '.join(known)}")
