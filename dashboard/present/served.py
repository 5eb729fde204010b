"""What answers at the addresses of presentations beside the player: files, and decks of readers' own.

Nothing of a reader's own deck is kept: it comes with a request and goes with its answer.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from urllib.parse import quote

from dash import Dash
from flask import Response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge

import layers
from dashboard.export import chrome
from dashboard.export.order import WrongOrder
from dashboard.export.publication import NotPublished, find
from dashboard.export.served import asked_words, guarded, line, site_address
from dashboard.export.workshop import Workshop
from dashboard.kept import Kept
from dashboard.present.files import NO_HANDOUT, DeckOrder, deck_file_name
from dashboard.present.own import LARGEST_DECK, own_deck
from dashboard.present.page import player_page, scenes_answer
from dashboard.text import N_, Words

PRESENTATIONS, OWN_SCENES = "/presentations", "/present/own/scenes"
MOST_OVERHEAD = 20_000
"""Bytes that a form adds around a deck."""

KEPT_FILES = 24_000_000  # bytes


def serve_decks(app: Dash, workshop: Workshop) -> None:
    """Add the routes; the files are made by the program that makes those of figures."""
    kept = Kept(KEPT_FILES)
    routes: dict[str, tuple[str, str, Callable[..., Response]]] = {
        "present_scene": ("GET", "scene", scene_answer),
        "present_own_none": ("GET", "own", to_presentations),
        "present_own": ("POST", "own", lambda: own_page(app)),
        "present_own_scenes": ("POST", "own/scenes", own_scenes),
        "present_check": ("POST", "own/check", check_answer),
        "present_own_file": ("POST", "own/file", lambda: own_file_answer(workshop)),
        "present_file": ("GET", "<deck_id>/file", lambda deck_id: file_answer(deck_id, kept, workshop)),
    }
    for name, (method, path, made) in routes.items():
        app.server.add_url_rule(f"/present/{path}", name, guarded_deck(made), methods=[method])


def guarded_deck(made: Callable[..., Response]) -> Callable[..., Response]:
    """The route, with plain text for whatever cannot be had: one line, or one for each fault of a deck."""

    def route(**named: str) -> Response:
        try:
            return made(**named)
        except RequestEntityTooLarge:
            words = asked_words()
            return line(words(TOO_LARGE, kilobytes=words.number(LARGEST_DECK // 1000)), 413)

    return guarded(route, NO_HANDOUT)


TOO_LARGE = N_("The presentation is too large: a file of one has {kilobytes} kB at most.")


def asked_text() -> str:
    """The JSON of the deck that comes with a request: its body, or the field `deck` of a form.

    RequestEntityTooLarge or WrongOrder.
    """
    if (request.content_length or 0) > LARGEST_DECK + MOST_OVERHEAD:
        raise RequestEntityTooLarge
    body = request.form.get("deck", "").encode() if request.form else request.get_data(cache=False)
    if len(body) > LARGEST_DECK:
        raise RequestEntityTooLarge
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongOrder(asked_words()("This is no presentation: it is not a text in UTF-8.")) from None
    if not text.strip():
        raise WrongOrder(asked_words()("There is no presentation in this request."))
    return text


def to_presentations() -> Response:
    """An own deck has no address: whoever asks for one is led to where it can be presented."""
    return redirect(f"{PRESENTATIONS}?lang={asked_words().language}")


def own_page(app: Dash) -> Response:
    """The player with a reader's own deck, which the page sends again when it asks for further scenes."""
    text, words = asked_text(), asked_words()
    ask = {"url": OWN_SCENES, "body": text}
    response = player_page(app, own_deck(text, words), layers.current(), words, ask)
    response.headers["Cache-Control"] = "no-store"
    return response


def own_scenes() -> Response:
    """Some scenes of a reader's own deck."""
    words = asked_words()
    response = scenes_answer(own_deck(asked_text(), words), layers.current(), words)
    response.headers["Cache-Control"] = "no-store"
    return response


def check_answer() -> Response:
    """Says whether a file holds a deck: nothing where it does, else its faults."""
    own_deck(asked_text(), asked_words())
    return Response(status=204)


def file_answer(deck_id: str, kept: Kept, workshop: Workshop) -> Response:
    """A deck of the atlas as a file."""
    order = DeckOrder.of(request.args, asked_words().language, site_address(), deck_id)
    atlas = layers.current()
    order.deck(atlas)
    key = (atlas.version, datetime.date.today(), order)
    found = kept.get(key)
    if found is None:
        found = kept.put(key, (made(order, atlas, workshop), order.format.media_type))
    return attached(found[0], order, atlas)


def own_file_answer(workshop: Workshop) -> Response:
    """A reader's own deck as a file."""
    order = DeckOrder.of(request.args, asked_words().language, site_address(), "own", asked_text())
    atlas = layers.current()
    order.deck(atlas)
    return attached(made(order, atlas, workshop), order, atlas)


def made(order: DeckOrder, atlas: layers.Atlas, workshop: Workshop) -> bytes:
    """The file, made beside the server."""
    if order.format.needs_chrome and not chrome.has_chrome():
        raise chrome.NoChrome
    return workshop.file(order, atlas)


def attached(body: bytes, order: DeckOrder, atlas: layers.Atlas) -> Response:
    """The answer that a browser saves, also under the title where that has letters beyond ASCII."""
    deck = order.deck(atlas)
    title = deck.title.get(order.language) or next(iter(deck.title.values()), "")
    name = deck_file_name(deck, order)
    pretty = quote(f"{' '.join(title.split())[:80]}.{order.format_id}".replace("/", " "), safe="")
    response = Response(body, mimetype=order.format.media_type)
    more = f"; filename*=UTF-8''{pretty}" if order.text and title else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"{more}'
    response.headers["Cache-Control"] = "no-store" if order.text else "no-cache"
    return response


def scene_answer() -> Response:
    """What is said when a scene was added, and the headline of a figure that was.

    `?n=3` is how many scenes there are, `at=2` where the scene was already, `full=1` that there was no room,
    `kept=0` that the browser keeps nothing.
    """
    words, given = asked_words(), request.args
    told = {"said": said(given, words), "open": words("Open"), "close": words("Close")}
    told |= {"save": words("Save as a file"), "untitled": words("My presentation")}
    if view := given.get("view", ""):
        try:
            told["headline"] = find(view, given.get("figure", ""), layers.current(), words).title
        except NotPublished:
            told["headline"] = ""
    response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def said(given: dict[str, str], words: Words) -> str:
    """The sentence for a reader who has added something."""
    number, at = number_of(given.get("n", "")), number_of(given.get("at", ""))
    if at:
        return words("It is in your presentation already, as scene {n}.", n=words.number(at))
    if given.get("full"):
        return words("Your presentation is full: it has {n} scenes.", n=words.number(number))
    added = words.plural(
        "Added to your presentation ({n} scene).", "Added to your presentation ({n} scenes).", number
    )
    if given.get("kept") == "0":
        return f"{added} {words('This browser keeps nothing: save it as a file before you leave this page.')}"
    return added


def number_of(text: str) -> int:
    """A whole number of a query, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
