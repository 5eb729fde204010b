"""The player of a presentation: a page of its own that holds all it shows once it is loaded."""

from __future__ import annotations

import time
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask import Response, request

import layers
from dashboard import delivery, drawn
from dashboard.export.served import asked_words
from dashboard.present.player_words import player_words
from dashboard.present.slides import title_of
from dashboard.present.stage import base_map, geometry_addresses, map_words, script_safe, staged_json
from dashboard.snapshots import version_tag
from dashboard.text import Words, language_name, languages, speak
from layers import Atlas
from layers.decks import Deck

SCRIPTS = ("present_parts.js", "present_map.js", "present_window.js", "present_paper.js", "present.js")
"""Scripts of the player in the order in which they run; Plotly's and that of the map come after them."""

STYLE = "present.css"
MOST_SCENES = 8
SECONDS = 1.5
"""Scenes answered together, and the time after which no further one is begun."""

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>{title}</title>
{head}
</head>
<body>
<noscript><p>{no_script}</p></noscript>
<script type="application/json" id="given">{given}</script>
{scripts}
</body>
</html>
"""

LIST = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{head}
</head>
<body class="list">
<main><h1>{title}</h1><p>{said}</p><ul>{decks}</ul><p><a href="/?lang={language}">{back}</a></p></main>
</body></html>
"""


def serve_presentations(app: Dash) -> None:
    """Answer for /present/…: the list of decks, a deck, and its scenes for the page that holds them."""
    server = app.server
    server.add_url_rule("/present/", "present_list", lambda: list_page(app))
    server.add_url_rule("/present/<deck_id>", "present", lambda deck_id: deck_answer(app, deck_id))
    server.add_url_rule(
        "/present/<deck_id>/scenes", "present_scenes", lambda deck_id: deck_scenes(app, deck_id)
    )


def deck_answer(app: Dash, deck_id: str) -> Response:
    """The player with a deck of the data; an unknown one gives the list of those there are."""
    atlas, words = layers.current(), asked_words()
    deck = atlas.decks.get(deck_id)
    return player_page(app, deck, atlas, words) if deck else list_page(app, deck_id)


def deck_scenes(app: Dash, deck_id: str) -> Response:
    """Some scenes of a deck of the data."""
    atlas = layers.current()
    deck = atlas.decks.get(deck_id)
    return scenes_answer(deck, atlas, asked_words()) if deck else list_page(app, deck_id)


def player_page(
    app: Dash, deck: Deck, atlas: Atlas, words: Words, ask: Mapping[str, str] | None = None
) -> Response:
    """The page that plays a deck, from the scene of `?scene=` on.

    `ask` says where the page asks for its other scenes: {"url"} and for a deck of the reader's own also
    {"body"}, the deck as the reader sent it, which is then posted there; `scenes_answer` is what answers.
    """
    told = told_of(deck, atlas, words) | {"ask": dict(ask or {"url": f"/present/{deck.deck_id}/scenes"})}
    told["geometry"] = geometry_addresses(atlas)
    start = _start(deck)
    scenes = _some_scenes(deck, atlas, words, max(start - 1, 0), "wide", most=3)
    urls = [delivery.asset_url(app, name) for name in ("data_version.js", *SCRIPTS, "no_world.js")]
    urls += [
        delivery.plotly_url(),
        *(delivery.asset_url(app, name) for name in ("map_calm.js", "map_tiles.js", "map.js")),
    ]
    text = PAGE.format(
        language=words.language,
        title=escape(f"{told['title']} · {words('Corridor Atlas')}"),
        head=version_tag(atlas) + "\n" + _head(app),
        no_script=escape(words("Corridor Atlas needs JavaScript.")),
        given=given_json(told, {words.language: scenes}),
        scripts="\n".join(f'<script defer src="{escape(url)}"></script>' for url in urls if url),
    )
    return Response(text, mimetype="text/html")


def told_of(deck: Deck, atlas: Atlas, words: Words) -> dict[str, Any]:
    """What the player must know besides its scenes."""
    return {
        "deck": deck.deck_id,
        "title": title_of(deck, atlas, words).text or deck.deck_id,
        "language": words.language,
        "languages": {code: language_name(code) for code in languages()},
        "ids": [scene.scene_id for scene in deck.scenes],
        "packs": {words.language: pack(deck, atlas, words)},
        "map": base_map(atlas, words.language),
    }


def pack(deck: Deck, atlas: Atlas, words: Words) -> dict[str, Any]:
    """What a language has besides scenes: the title, the words of the player and of the live map."""
    return {
        "title": title_of(deck, atlas, words).text or deck.deck_id,
        "words": player_words(words),
        "map": map_words(atlas, words.language),
    }


def given_json(told: Mapping[str, Any], scenes: Mapping[str, Mapping[int, str]]) -> str:
    """All of it with scenes by language and number, which are JSON already."""
    inside = ",".join(
        f'"{language}":{{' + ",".join(f'"{number}":{one}' for number, one in own.items()) + "}"
        for language, own in scenes.items()
    )
    return script_safe(told)[:-1] + f',"scenes":{{{inside}}}}}'


def scenes_answer(deck: Deck, atlas: Atlas, words: Words) -> Response:
    """Scenes from `?from=` on in `?shape=`, as many as are soon made; with the first, the words."""
    start = request.args.get("from", 0, type=int)
    shape = "tall" if request.args.get("shape") == "tall" else "wide"
    scenes = _some_scenes(deck, atlas, words, start, shape)
    told = {"version": atlas.version, "language": words.language}
    told |= {"pack": pack(deck, atlas, words)} if start <= 0 else {}
    body = given_json(told, {words.language: scenes})
    response = Response(body, mimetype="application/json")
    response.cache_control.no_cache = True
    return response


def _some_scenes(
    deck: Deck, atlas: Atlas, words: Words, start: int, shape: str, most: int = MOST_SCENES
) -> dict[int, str]:
    begun, made = time.monotonic(), {}
    for number in range(max(start, 0), min(max(start, 0) + most, len(deck.scenes))):
        if made and time.monotonic() - begun > SECONDS:
            break
        made[number] = staged_json(deck, number, atlas, words.language, shape)
    return made


def _start(deck: Deck) -> int:
    asked = request.args.get("scene", "")
    ids = [scene.scene_id for scene in deck.scenes]
    return ids.index(asked) if asked in ids else 0


def list_page(app: Dash, unknown: str = "") -> Response:
    """The decks there are, with 404 where one was asked for that there is not."""
    atlas, words = layers.current(), asked_words()
    items = "".join(
        f'<li><a href="/present/{escape(deck_id)}?lang={words.language}">'
        f"{escape(title_of(deck, atlas, words).text or deck_id)}</a></li>"
        for deck_id, deck in atlas.decks.items()
    )
    missing = words("There is no presentation “{deck}”. There are:", deck=unknown[:60]) if unknown else ""
    text = LIST.format(
        language=words.language,
        title=escape(words("Presentations")),
        head=_head(app),
        said=escape(missing),
        decks=items,
        back=escape(words("Corridor Atlas")),
    )
    return Response(text, status=404 if unknown else 200, mimetype="text/html")


def _head(app: Dash) -> str:
    style, icon = delivery.asset_url(app, STYLE), Path(app.config.assets_folder, "favicon.svg")
    return (
        icon_link(icon) + "\n"
        f'<link rel="stylesheet" href="{style}">\n'
        f'<link rel="stylesheet" href="{drawn.dark_url()}">\n'
        f'<script src="{delivery.asset_url(app, "theme.js")}"></script>'
    )


def icon_link(path: Path) -> str:
    """The icon within the page: browsers ask for one anew whenever the address changes."""
    return f'<link rel="icon" href="data:image/svg+xml,{quote(path.read_text("utf-8"))}">'


def all_languages(language: str) -> tuple[Words, ...]:
    """Words of every language, that of the reader first."""
    return tuple(map(speak, (language, *(code for code in languages() if code != language))))
