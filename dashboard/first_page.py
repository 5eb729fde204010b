"""The page that comes with the address: its layout as plain HTML down to the map, with a picture of the map.

It is there before any script has run. assets/first_page.js puts the live page in its place without a jump;
programs and browsers without JavaScript keep it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import dash
from flask import g, has_request_context

from dashboard import ids, shell
from dashboard.figures.picture_frame import NARROW, WIDE, frame_picture
from dashboard.figures.picture_view import camera_of
from dashboard.page_map import made
from dashboard.plain import Plain, Tree, trees
from dashboard.plain_html import plain_html
from dashboard.text import speak
from layers import Atlas

NOT_READ = frozenset({"lang", "theme"})  # of a query: what the layout does not depend on
NARROWING = frozenset({"explorer", "beside-map"})  # classes of what holds a map and something beside it
PICTURE = "picture"  # the tag that stands for it
_drawing = threading.Lock()


class Busy(Exception):
    """Another picture is being drawn."""


def first_page(
    page: dict[str, Any], parts: dict[str, str], query: dict[str, str], language: str, atlas: Atlas
) -> str:
    """HTML of a page of Dash's registry that has a map, "" of any other; `parts` are what its address names.

    Only one picture is drawn at a time: a page that is asked for meanwhile goes without.
    """
    if not has_map(page):
        return ""
    asked = tuple(sorted((name, value) for name, value in query.items() if name not in NOT_READ))
    path = page["path_template"] or page["path"]
    key = (atlas, path, tuple(sorted(parts.items())), asked, language)
    try:
        return _with_picture(*key)
    except Busy:
        if has_request_context():
            g.is_unfinished = True  # dashboard/answers.py does not keep it
        return _written(*key, has_picture=False)


def has_map(page: dict[str, Any]) -> bool:
    """Does a page show a map?"""
    return bool({"page_map", "map_frame"} & vars(sys.modules[page["module"]]).keys())


# Key: the atlas (one object a data version) and the view; an old version leaves the cache by disuse.
@lru_cache(maxsize=160)
def _with_picture(*key: Any) -> str:
    if not _drawing.acquire(blocking=False):
        raise Busy
    try:
        return _written(*key, has_picture=True)
    finally:
        _drawing.release()


def _written(
    atlas: Atlas,
    path: str,
    parts: tuple[tuple[str, str], ...],
    query: tuple[tuple[str, str], ...],
    language: str,
    has_picture: bool,
) -> str:
    page = next(one for one in dash.page_registry.values() if path in (one["path_template"], one["path"]))
    layout = page["layout"](**{**dict(query), **dict(parts), "lang": language})
    (whole,) = trees(shell.layout(Plain.of(trees(layout))))
    shown = _down_to_map(whole)
    if shown is None:
        return ""
    picture = _picture(atlas, whole, query, language) if has_picture else ""
    return f'<div class="first-page">{plain_html(shown, {PICTURE: picture})}</div>'


def _down_to_map(tree: Tree) -> Tree | None:
    """What stands on a page down to its map, and right beside it; None where there is no map."""
    if isinstance(tree, str):
        return None
    tag, attributes, *inside = tree
    if _is_map(tree):
        return [*tree, [PICTURE, {}]]
    for at, one in enumerate(inside):
        if found := _down_to_map(one):
            after = inside[at + 1 :] if _is_map(one) else []
            return [tag, attributes, *inside[:at], found, *after]
    return None


def _is_map(tree: Tree) -> bool:
    return not isinstance(tree, str) and tree[1].get("className") == "map"


def _picture(atlas: Atlas, whole: Tree, query: tuple[tuple[str, str], ...], language: str) -> str:
    """The picture of the scene of a page."""
    elements = list(_elements(whole))
    stored = {
        str(given.get("id")): given["data"]
        for tag, given in elements
        if tag.endswith(".Store") and "data" in given
    }
    if ids.SCENE in stored:
        scene = stored[ids.SCENE]
    else:
        scene = {"kind": "overview", "which": stored[ids.VIEW]["query"]}
    is_narrow = any(given.get("className") in NARROWING for _, given in elements)
    camera = camera_of("?" + urlencode(query))
    return frame_picture(made(atlas, scene), atlas, speak(language), NARROW if is_narrow else WIDE, camera)


def _elements(tree: Tree) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(tree, str):
        yield tree[0], tree[1]
        for one in tree[2:]:
            yield from _elements(one)
