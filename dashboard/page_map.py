"""A map for exploring on any page: the page names a scene, this draws it and shows what is picked.

A page registers how its scene is made (`SCENES["corridor"] = corridor_scene`) and puts `page_map(...)` into
its layout. To change what the map shows, a callback of the page writes a new `scene(...)` into `ids.SCENE`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import (
    ClientsideFunction,
    Input,
    Output,
    Patch,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
    no_update,
)

from dashboard import ids
from dashboard.bounded import bounded
from dashboard.cards import card_of
from dashboard.explorer import map_frame
from dashboard.figures import marks as m
from dashboard.figures import paper, screen
from dashboard.figures.tiled import tiled
from dashboard.geometry import map_urls
from dashboard.keys import bounds_of, exists, points_of
from dashboard.legend import legend
from dashboard.plain import Plain
from dashboard.printed import ground
from dashboard.text import Words, speak
from dashboard.tiles import asked_of, travels_as_tiles
from layers import Atlas, current


@dataclass(frozen=True)
class Scene:
    """What a map shows, where it opens (west, south, east, north) and what is lit up."""

    marks: m.MapMarks
    home: screen.Bounds
    selected: tuple[str, ...] = ()


SCENES: dict[str, Callable[[Atlas, str], Scene]] = {}
"""How the scene of each kind is made from what tells it apart ("trans-caspian", a query …)."""


def scene(kind: str, which: str, words: Words) -> dict[str, str]:
    """A scene as it travels to the browser and back."""
    return {"kind": kind, "which": which, "lang": words.language}


def page_map(
    shown: dict[str, str], words: Words, label: str, figure: str = "", finding: str = ids.PAGE_FINDING
) -> html.Div:
    """The map with its legend and the card of what is picked; `label` says what it shows.

    `figure` is its name among what the page publishes, "" for a map that is not published; `finding` is the
    id of the sentence that says what the map shows.
    """
    atlas = current()
    card = html.Div(
        id=ids.PAGE_CARD,
        className="card-panel",
        role="region",
        **{"aria-label": words("Selected on the map")},
    )
    explained = html.Details(
        [
            html.Summary(words("Legend")),
            html.Div(legend(made(atlas, shown).marks, words), id=ids.PAGE_LEGEND),
        ],
        className="legend",
    )
    stores = [dcc.Store(id=ids.SCENE, data=shown), dcc.Store(id=ids.DRAWN_SCENE)]
    stores += [dcc.Store(id=name) for name in (ids.PAGE_RENDERER, ids.CHANGES, ids.PAGE_PICKED)]
    return html.Div(
        [map_frame(words, label, figure, finding), card, explained, *stores], className="page-map"
    )


def beside_map(said: Any, shown: html.Div, about: list[Any]) -> html.Div:
    """What is `said` of a map, the map, and what else there is to know: one under the other on a phone, with
    the map beside the rest where there is room.
    """
    return html.Div([html.Div(said), shown, html.Div(about)], className="beside-map")


# Key: the atlas (one object a data version) and the scene; an old version leaves the caches by disuse.
def made(atlas: Atlas, shown: dict[str, str]) -> Scene:
    """The scene itself."""
    return _made(atlas, shown["kind"], shown["which"])


@bounded(128, lambda scene, *_asked: scene.marks.own_rows)
def _made(atlas: Atlas, kind: str, which: str) -> Scene:
    return SCENES[kind](atlas, which)


clientside_callback(
    ClientsideFunction("map", "probe"), Output(ids.PAGE_RENDERER, "data"), Input(ids.PAGE_RENDERER, "id")
)


@callback(
    Output(ids.MAP, "figure", allow_duplicate=True),
    Output(ids.DRAWN_SCENE, "data"),
    Input(ids.PAGE_RENDERER, "data"),
    State(ids.SCENE, "data"),
    prevent_initial_call=True,
)
def draw(renderer: str | None, shown: dict[str, str]) -> tuple[Any, Any]:
    """The whole map, once the browser has said how it can draw it."""
    if not renderer:
        return no_update, no_update
    return _figure(renderer, shown), shown


@callback(
    Output(ids.MAP, "figure", allow_duplicate=True),
    Output(ids.CHANGES, "data", allow_duplicate=True),
    Output(ids.PAGE_LEGEND, "children"),
    Output(ids.DRAWN_SCENE, "data", allow_duplicate=True),
    Input(ids.SCENE, "data"),
    State(ids.DRAWN_SCENE, "data"),
    State(ids.PAGE_RENDERER, "data"),
    prevent_initial_call=True,
)
def redraw(shown: dict[str, str], drawn: dict[str, str] | None, renderer: str | None) -> tuple[Any, ...]:
    """What differs between the scene that is drawn and the one the page asks for now."""
    if drawn is None or shown == drawn or not renderer:
        return no_update, no_update, no_update, no_update
    atlas, words = current(), speak(shown["lang"])
    before, after = made(atlas, drawn), made(atlas, shown)
    explained = legend(after.marks, words)
    if renderer != "screen":
        return _figure(renderer, shown), no_update, explained, shown
    old, new = (_instructions(one, atlas, words) for one in (drawn, shown))
    changes = [change for change in new if change not in old]
    if before.home != after.home:
        changes.append({"home": list(after.home)})
    return _patch(before, after, atlas, words), changes, explained, shown


@callback(
    Output(ids.PAGE_CARD, "children"),
    Output(ids.CHANGES, "data", allow_duplicate=True),
    Input(ids.PAGE_PICKED, "data"),
    State(ids.SCENE, "data"),
    prevent_initial_call=True,
)
def pick(picked: dict[str, Any] | None, shown: dict[str, str]) -> tuple[Any, Any]:
    """The card of what was clicked on the map, the strip or in a list; the map lights it up."""
    atlas = current()
    keys = tuple(key for key in (picked or {}).get("keys", []) if exists(key, atlas))
    now = made(atlas, shown)
    tiles = tiled(scene_urls(atlas, shown, now.marks))
    changes = screen.selection_instructions(now.marks, keys or now.selected, points_of(keys, atlas), tiles)
    if (picked or {}).get("fly") and keys and (bounds := bounds_of(keys[0], atlas)):
        changes.append({"fly": bounds})
    return Plain(card_of(keys, atlas, speak(shown["lang"]))), changes


def _instructions(shown: dict[str, str], atlas: Atlas, words: Words) -> list[screen.Instruction]:
    now = made(atlas, shown)
    points, tiles = points_of(now.selected, atlas), tiled(scene_urls(atlas, shown, now.marks))
    return screen.instructions(now.marks, now.selected, points, words, tiles)


def scene_urls(atlas: Atlas, shown: dict[str, str], marks: m.MapMarks) -> dict[str, str]:
    """Addresses of all that the map of a scene draws from: tiles of all rows where all look as always."""
    asked = (shown["kind"], shown["which"])
    return map_urls(atlas, asked_of(atlas, marks, sites=asked, segments=asked))


def _figure(renderer: str, shown: dict[str, str]) -> Any:
    """The whole map: on screen, or printed to the size of its frame where the browser cannot draw it."""
    atlas, words = current(), speak(shown["lang"])
    now = made(atlas, shown)
    if renderer == "screen":
        urls = scene_urls(atlas, shown, now.marks)
        points = points_of(now.selected, atlas)
        return screen.screen_map(
            now.marks, atlas.regions, atlas.corridors, words, urls, now.selected, points, now.home
        )
    size = paper.size_of(renderer)
    if not size:
        return no_update
    return paper.paper_map(now.marks, atlas, ground(atlas), words, size, None, now.selected, now.home)


def _patch(before: Scene, after: Scene, atlas: Atlas, words: Words) -> Any:
    """What changes in the traces of the regions; nothing where they are shaded alike."""
    old, new = before.marks.regions, after.marks.regions
    if old.metric == new.metric and old.values.equals(new.values):
        return no_update
    patch, traces = Patch(), {1: screen.total_values(new)}
    if not travels_as_tiles(atlas, "regions"):
        traces[0] = screen.region_values(new, atlas.regions, words)
    for position, values in traces.items():
        for name, value in values.items():
            patch["data"][position][name] = value
    return patch
