"""A deck as one HTML file that plays from a USB stick: all languages, figures, geometry and scripts in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path

from dashboard.export.html_file import PLOTLY
from dashboard.figures import theme
from dashboard.geometry import geometry
from dashboard.present.page import PAGE, SCRIPTS, STYLE, all_languages, given_json, icon_link, pack, told_of
from dashboard.present.stage import GEOMETRIES, script_safe, staged_json
from dashboard.text import speak
from dashboard.tiles import tiled_layers
from layers import Atlas
from layers.decks import Deck

ASSETS = Path(__file__).parents[2] / "assets"

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; worker-src blob:; connect-src blob: data:; base-uri 'none'; form-action 'none'"
)
"""No other file and no server, whatever happens."""

Told = Callable[[int, int], None]


def html_deck(
    deck: Deck,
    atlas: Atlas,
    language: str,
    site: str = "",
    progress: Told | None = None,
    is_alone: bool = False,
) -> bytes:
    """The file, which opens in `language`; `site` is the address of the atlas for links back, "" for none.

    `progress` is told after each scene how many of how many are made. Opened with `?print=1` the file shows
    the handout, two scenes a page, or `per=1` one; `lang=` is the language. With `is_alone` it has that one
    language and no live map, which is enough for the handout.
    """
    words = speak(language)
    told = told_of(deck, atlas, words) | {"site": site.rstrip("/"), "ask": None}
    every = (words,) if is_alone else all_languages(language)
    told["packs"] = {one.language: pack(deck, atlas, one) for one in every}
    scenes: dict[str, dict[int, str]] = {one.language: {} for one in every}
    total, made = len(every) * len(deck.scenes), 0
    for one in every:
        for number in range(len(deck.scenes)):
            scenes[one.language][number] = staged_json(deck, number, atlas, one.language, "wide")
            made += 1
            if progress:
                progress(made, total)
    text = PAGE.format(
        language=words.language,
        title=escape(told["title"]),
        head=_head(),
        no_script=escape(words("Corridor Atlas needs JavaScript.")),
        given=given_json(told, scenes),
        scripts=("" if is_alone else _geometry(atlas)) + _scripts(),
    )
    return text.encode()


def _head() -> str:
    style = (ASSETS / STYLE).read_text("utf-8")
    dark = theme.style_sheet()
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<style>{style}</style>\n<style id="dark-colours">{dark}</style>\n'
        f"{icon_link(ASSETS / 'favicon.svg')}\n<script>{_script('theme.js')}</script>"
    )


def _geometry(atlas: Atlas) -> str:
    """Each geometry in an element of its own, read when the live map is made."""
    return "".join(
        f'<script type="application/json" id="geometry-{name}">'
        f"{script_safe(json.loads(geometry(atlas, name).body))}</script>\n"
        for name in (() if tiled_layers(atlas) else GEOMETRIES)
    )


def _scripts() -> str:
    names = [*SCRIPTS, "no_world.js", "plotly", "map_calm.js", "map_tiles.js", "map.js"]
    return "\n".join(f"<script>{_plotly() if name == 'plotly' else _script(name)}</script>" for name in names)


def _script(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _plotly() -> str:
    return PLOTLY.read_text("utf-8")
