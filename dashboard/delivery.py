"""How files, geometry and answers travel: addresses that name a version, caching, compression.

An address that carries the right fingerprint of its content is kept by browsers for a year. Every other one
is asked for again and answered with 304 while nothing has changed.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dash import Dash, page_registry
from dash.fingerprint import build_fingerprint, check_fingerprint
from flask import Response, abort, redirect, request
from werkzeug.utils import safe_join

import layers
from dashboard import drawn, geometry
from dashboard.bundle import NAME, SEPARATE, bundle
from dashboard.compression import CODINGS, Content, Press, coding_for
from dashboard.geometry import HASH_DIGITS
from dashboard.sites import rows

A_YEAR = 365 * 24 * 3600  # seconds
SMALL = 1000
"""Bytes under which compression gains nothing: the answer fits one network packet anyway."""

MIMETYPES = {
    ".css": "text/css",
    ".geojson": geometry.MIMETYPE,
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""Named here because Windows machines often call .js plain text, and browsers then refuse to run it."""

COMPRESSIBLE = re.compile(r"text/.+|application/(json|javascript|xml|.+\+(json|xml))|image/svg\+xml")

LIBRARIES = {"dash_ag_grid": "dash_ag_grid", "dash_table": "dash/dash_table"}
"""Component libraries that few pages or none use, of up to 280 kB of script, and where they lie."""

MAP_SCRIPT_TAG = (
    '<script async fetchpriority="low" '
    'src="/_dash-component-suites/plotly/package_data/plotly.min.js"></script>'
)
"""For the head of a page with a map: Dash asks for this script only when it has drawn the page, and a browser
takes a second to read it."""

BOOTSTRAP = Path(find_spec("flask_bootstrap").submodule_search_locations[0]) / "static" / "bootstrap5"
BOOTSTRAP_FILE = "css/bootstrap.min.css"


def bootstrap_url() -> str:
    """Address of the style sheet that the installed package Bootstrap-Flask brings along."""
    return f"/bootstrap/static/{BOOTSTRAP_FILE}?m={_changed(BOOTSTRAP / BOOTSTRAP_FILE)}"


def asset_url(app: Dash, name: str) -> str | None:
    """Address of a file in assets/ with its fingerprint, or None when there is no such file."""
    path = Path(app.config.assets_folder) / name
    return f"/assets/{name}?m={_changed(path)}" if path.is_file() else None


@lru_cache(maxsize=1)
def plotly_url() -> str:
    """Address of Plotly's script in the installed package, as Dash writes it into pages with figures."""
    path, package = "package_data/plotly.min.js", import_module("plotly")
    changed = int(_changed(Path(package.__file__).parent / path))
    return f"/_dash-component-suites/plotly/{build_fingerprint(path, package.__version__, changed)}"


def theme_tags(app: Dash) -> str:
    """The elements of the head that give a page its theme before it is painted."""
    script = f'<script src="{asset_url(app, "theme.js")}"></script>'
    return f'<link rel="stylesheet" href="{drawn.dark_url()}">\n{script}'


def serve_files(app: Dash, press: Press) -> None:
    """Answer for component libraries, assets, Bootstrap and geometry, and compress what the app answers."""
    views = app.server.view_functions

    def component_suite(package_name: str, fingerprinted_path: str) -> Response:
        path, _ = check_fingerprint(fingerprinted_path)
        if path not in app.registered_paths.get(package_name, ()):
            abort(404)
        forever = _fingerprint_second(fingerprinted_path) in _package_seconds(app, package_name)
        return file_answer(press, _package_folder(package_name) / path, forever)

    def asset(filename: str) -> Response:
        if bundled := NAME.fullmatch(filename):
            content = bundle(Path(app.config.assets_folder), bundled[2])
            return answer(press, content, forever=content.digest[:HASH_DIGITS] == bundled[1])
        return folder_answer(press, Path(app.config.assets_folder), filename)

    def bootstrap(filename: str) -> Response:
        if filename != BOOTSTRAP_FILE:  # the package holds 28 MB that no page uses
            abort(404)
        return folder_answer(press, BOOTSTRAP, filename)

    views["/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"] = component_suite
    views["_dash_assets.static"] = asset
    app.server.add_url_rule("/bootstrap/static/<path:filename>", "bootstrap", bootstrap)
    app.server.add_url_rule(
        "/geodata/<name>.<hash_>.geojson", "geodata", lambda name, hash_: geometry_answer(press, name, hash_)
    )
    app.server.add_url_rule(
        "/drawn/corridor/<id_>.<hash_>.svg",
        "drawn_corridor",
        lambda id_, hash_: corridor_map_answer(press, id_, hash_),
    )
    app.server.add_url_rule("/drawn/dark.<hash_>.css", "drawn_dark", lambda hash_: dark_answer(press, hash_))
    app.server.add_url_rule(
        "/rows/sites.<hash_>.json", "site_rows", lambda hash_: site_rows_answer(press, hash_)
    )
    app.server.after_request(compress_answer)


def scripts_of_page(scripts: str, path: str) -> str:
    """The script elements of the index that the page at this path needs.

    A large library is loaded only by the pages that name it as one of their `libraries`; every page is a
    document of its own, so none meets it later.
    """
    libraries = [page.get("libraries", ()) for page in page_registry.values() if page["path"] == path]
    for name in LIBRARIES.keys() - {name for some in libraries for name in some}:
        element = rf'<script src="[^"]*/_dash-component-suites/{LIBRARIES[name]}/[^"]*"></script>\n?'
        scripts = re.sub(element, "", scripts)
    return scripts


def first_needs(app: Dash) -> Iterator[Content]:
    """Contents that the first page asks for; call it after the index was rendered once.

    Dash names a part `async-…` when it is loaded only by the pages that use it.
    """
    for package, paths in app.registered_paths.items():
        scripts = [path for path in sorted(paths) if path.endswith(".js") and "async-" not in path]
        yield from (file_content(_package_folder(package) / path) for path in scripts)
    yield file_content(BOOTSTRAP / BOOTSTRAP_FILE)
    yield drawn.dark_colours()
    folder = Path(app.config.assets_folder)
    yield from (bundle(folder, kind) for kind in ("css", "js"))
    yield from (
        file_content(path)
        for path in sorted(folder.iterdir())
        if path.suffix in (".css", ".js") and SEPARATE.match(path.name)
    )
    for name in geometry.names(layers.current()):
        yield geometry.geometry(layers.current(), name)


def atlas_with(hash_: str, hash_of: Callable[[layers.Atlas], object]) -> layers.Atlas | None:
    """The snapshot whose content has this hash in its address, whoever asks; 404 for what is no hash."""
    if not re.fullmatch(r"[0-9a-f]{12}", hash_):
        abort(404)
    return next((one for one in layers.held() if hash_of(one) == hash_), None)


def led_to(address: str) -> Response:
    """An answer that leads on, for this time only."""
    response = redirect(address, 302)
    response.cache_control.no_store = True
    return response


def geometry_answer(press: Press, name: str, hash_: str) -> Response:
    """One geometry; an address of a version that is gone leads to the current one."""
    atlas = atlas_with(hash_, lambda one: name in geometry.names(one) and geometry.geometry_hash(one, name))
    if atlas is None and name not in geometry.names(layers.current()):
        abort(404)
    if atlas is None:
        return led_to(geometry.geometry_url(layers.current(), name))
    return answer(press, geometry.geometry(atlas, name), forever=True)


def corridor_map_answer(press: Press, corridor_id: str, hash_: str) -> Response:
    """The small map of one corridor; an address of a version that is gone leads to the current one."""
    known = [one for one in layers.held() if corridor_id in one.corridors.index]
    if not known:
        abort(404)
    atlas = atlas_with(hash_, lambda one: one in known and drawn.small_map_hash(one, corridor_id))
    if atlas is None:
        return led_to(drawn.small_map_url(known[0], corridor_id))
    return answer(press, drawn.corridor_map(atlas, corridor_id), forever=True)


def dark_answer(press: Press, hash_: str) -> Response:
    """The colours of the dark theme."""
    return answer(press, drawn.dark_colours(), forever=hash_ == drawn.dark_colours().digest[:HASH_DIGITS])


def site_rows_answer(press: Press, hash_: str) -> Response:
    """The rows of the grid of sites; an address of a version that is gone leads to the current one."""
    atlas = atlas_with(hash_, rows.rows_hash)
    if atlas is None:
        return led_to(rows.rows_url(layers.current()))
    return answer(press, rows.site_rows(atlas), forever=True)


def folder_answer(press: Press, folder: Path, name: str) -> Response:
    """A file of `folder`, whose address carries the time of its last change as `?m=`."""
    joined = safe_join(str(folder), name)
    if joined is None or not os.path.isfile(joined):  # unlike Path, also for names too long for the disk
        abort(404)
    return file_answer(press, Path(joined), forever=request.args.get("m") == str(_changed(Path(joined))))


def file_answer(press: Press, path: Path, forever: bool) -> Response:
    """A file as it is now on disk."""
    if not path.is_file():
        abort(404)
    return answer(press, file_content(path), forever)


def answer(press: Press, content: Content, forever: bool) -> Response:
    """`content` in a coding the reader accepts; `forever` when its address changes with the content."""
    coding = coding_for(request.accept_encodings) if _is_worth_compressing(content) else None
    body = press.form(content, coding) if coding else content.body
    response = Response(body, mimetype=content.mimetype)
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    # Weak: the quick and the smallest form differ in bytes, not in what they say.
    response.set_etag(content.digest[:16], weak=True)
    if forever:
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response.make_conditional(request)


def compress_answer(response: Response) -> Response:
    """Compress pages and callback answers; they are made anew for each reader and never cached."""
    if "Cache-Control" not in response.headers:
        response.cache_control.no_cache = True
    if response.content_encoding or response.direct_passthrough or response.is_streamed:
        return response
    if not COMPRESSIBLE.fullmatch(response.mimetype or ""):
        return response
    response.vary.add("Accept-Encoding")
    coding = coding_for(request.accept_encodings)
    if coding and response.status_code == 200 and len(response.data) > SMALL:
        response.data = CODINGS[coding](response.data)
        response.content_encoding = coding
    return response


def file_content(path: Path) -> Content:
    """Content of a file, read again only after it has changed."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, _changed_ns: int) -> Content:
    return Content(path.read_bytes(), MIMETYPES.get(path.suffix, "application/octet-stream"))


def _is_worth_compressing(content: Content) -> bool:
    return len(content.body) > SMALL and COMPRESSIBLE.fullmatch(content.mimetype) is not None


def _package_folder(package: str) -> Path:
    return Path(sys.modules[package].__file__).parent


def _package_seconds(app: Dash, package: str) -> set[int]:
    """Seconds that fingerprints of a package may name: its scripts load further parts under their own."""
    folder = _package_folder(package)
    paths = (folder / path for path in app.registered_paths[package])
    return {int(_changed(path)) for path in paths if path.is_file()}


def _fingerprint_second(path: str) -> int | None:
    """Seconds since 1970 inside a fingerprint of Dash, such as `name.v4_4_1m1700000000.js`."""
    found = re.search(r"\.v[\w-]+m(\d+)\.", path)
    return int(found.group(1)) if found else None


def _changed(path: Path) -> float:
    """Seconds since 1970, as Dash writes them into `?m=`."""
    return path.stat().st_mtime
