"""The address of tiles: what may be asked for, and the answers that are kept."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
from flask import Flask, Response, abort, request

import layers
from dashboard import sent
from dashboard.compression import CODINGS, coding_for
from dashboard.delivery import A_YEAR, SMALL, atlas_with, led_to
from dashboard.figures.picture_frame import NARROW
from dashboard.figures.picture_ground import Same
from dashboard.figures.picture_view import view_of
from dashboard.figures.screen import HOME
from dashboard.kept import Kept
from dashboard.page_map import made
from dashboard.tiles import (
    LARGEST_WHOLE,
    regions,
    segments,
    sites,
    tiled_layers,
    tiles_digest,
    tiles_url,
    travels_as_tiles,
)
from dashboard.tiles.choices import Lines, lines_shown, sites_kept, usual_shown
from dashboard.tiles.database import database_tile
from dashboard.tiles.grid import Tile, encoded, tiles_of
from layers import Atlas
from layers.atlas import pinned

Asked = tuple[str, str] | None
"""The kind of a scene and what tells it apart; None for all rows as they always look."""

MIMETYPE = "application/vnd.mapbox-vector-tile"
KEPT_BYTES = 24_000_000
"""Of tiles in each process, as they are sent."""

OVERHEAD = 400

OPENING = (2, 3, 4)
"""Zooms of the tiles of the whole map, from a phone to a hall: those of all rows stay in memory."""


def serve_tiles(server: Flask) -> None:
    """Give the web server the routes of tiles, and of where one thing lies."""
    kept = Kept(KEPT_BYTES, OVERHEAD)
    server.add_url_rule(
        "/tiles/<layer>.<hash_>/<int:z>/<int:x>/<int:y>.mvt",
        "tiles",
        lambda layer, hash_, z, x, y: tile_answer(kept, layer, hash_, Tile(z, x, y)),
    )
    server.add_url_rule("/tiles/<layer>.<hash_>/<id_>.geojson", "tiled_shape", shape_answer)


def prepare_tiles(atlas: Atlas) -> None:
    """Have the tiles of the opening view made before readers come: some seconds of work."""
    for layer in tiled_layers(atlas):
        for size in NARROW:
            view = view_of(HOME, size)
            for tile in tiles_of(view.window, int(view.zoom)):
                opening_tile(atlas, layer, tile)


def tile_answer(kept: Kept, layer: str, hash_: str, tile: Tile) -> Response:
    """One tile; an address of a version that is gone leads to the current one."""
    if layer not in LARGEST_WHOLE or not tile.is_there():
        abort(404)
    atlas = atlas_with(hash_, tiles_digest)
    asked = asked_for(layer)
    if atlas is None:
        address = tiles_url(layers.current(), layer, asked)
        for name, number in zip("zxy", (tile.z, tile.x, tile.y), strict=True):
            address = address.replace(f"{{{name}}}", str(number))
        return led_to(address)
    if not travels_as_tiles(atlas, layer):
        abort(404)
    coding = coding_for(request.accept_encodings)
    key = (tiles_digest(atlas), layer, asked, tile, coding)
    body, coding = kept.get(key) or kept.put(key, _pressed(tile_of(atlas, layer, asked, tile), coding))
    response = Response(body, mimetype=MIMETYPE, status=200 if body else 204)
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    return lasting(response)


def asked_for(layer: str) -> Asked:
    """The scene that a query names; 404 for one that is not there. Regions are the same in all."""
    if layer == "regions" or "of" not in request.args:
        return None
    asked = (request.args["of"], request.args.get("which", ""))
    if not sent.scene({"kind": asked[0], "which": asked[1], "lang": "en"}):
        abort(404)
    return asked


def tile_of(atlas: Atlas, layer: str, asked: Asked, tile: Tile) -> bytes:
    """A tile of one layer as Mapbox Vector Tile; b"" where nothing lies in it."""
    if asked is None and tile.z in OPENING:
        return opening_tile(atlas, layer, tile)
    return _made(atlas, layer, asked, tile)


# Key: the atlas, one object a data version.
@lru_cache(maxsize=128)
def opening_tile(atlas: Atlas, layer: str, tile: Tile) -> bytes:
    """A tile of all rows that maps open with: for a phone, a desk and a hall."""
    return _made(atlas, layer, None, tile)


def _made(atlas: Atlas, layer: str, asked: Asked, tile: Tile) -> bytes:
    kept, shown = rows_of(atlas, layer, asked)
    if (body := database_tile(atlas, layer, tile, kept, shown)) is not None:
        return body + (encoded({"names": regions.names(atlas, tile)}) if layer == "regions" else b"")
    if layer == "regions":
        return encoded({"regions": regions.features(atlas, tile), "names": regions.names(atlas, tile)})
    if layer == "segments":
        return encoded({"segments": segments.features(atlas, shown, tile)})
    return encoded({"sites": sites.features(atlas, kept, tile)})


def rows_of(atlas: Atlas, layer: str, asked: Asked) -> tuple[np.ndarray | None, Lines | None]:
    """The sites that are left, None for all, and the lines that are shown: what the layer needs of it."""
    if layer == "regions" or asked is None:
        return None, usual_shown(atlas) if layer == "segments" else None
    with pinned(atlas):
        marks = made(atlas, {"kind": asked[0], "which": asked[1]}).marks
    if layer == "segments":
        return None, lines_shown(atlas, Same(marks.lines))
    return sites_kept(atlas, Same(marks.sites)), None


def _pressed(body: bytes, coding: str | None) -> tuple[bytes, str | None]:
    if coding is None or len(body) <= SMALL:
        return body, None
    return CODINGS[coding](body), coding


def shape_answer(layer: str, hash_: str, id_: str) -> Response:
    """Where one site or segment lies, as GeoJSON: a page that has no tile of it lights it up."""
    atlas = atlas_with(hash_, tiles_digest) if layer in ("sites", "segments") else None
    if atlas is None or id_ not in getattr(atlas, layer).index:
        abort(404)
    shape = getattr(atlas, layer).geometry[id_]
    return lasting(Response(json.dumps(shape.__geo_interface__), mimetype="application/geo+json"))


def lasting(response: Response) -> Response:
    """An answer that browsers keep for a year, as its address changes with it."""
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response
