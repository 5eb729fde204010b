"""Corridor Atlas as a web application.

`python app.py` serves it on this machine; `gunicorn -w 2 --threads 4 app:server` on a server.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit("Corridor Atlas needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import argparse
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import dash
import dash_ag_grid
import dash_bootstrap_components
from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

import layers
from dashboard import base_path, delivery, geometry, guard, head, logs, overload, shell
from dashboard.answers import serve_kept
from dashboard.bundle import bundle_url
from dashboard.cache_folder import cache_folder
from dashboard.compression import Press
from dashboard.desk import Desk, check_address
from dashboard.export.embed import serve_embeds
from dashboard.export.previews import link_tags
from dashboard.export.served import serve_exports, site_address
from dashboard.first_page import first_page
from dashboard.health import health_of
from dashboard.present.page import serve_presentations
from dashboard.present.served import serve_decks
from dashboard.settings import faults, setting
from dashboard.site_pages import prepare_orders
from dashboard.snapshots import serve_snapshots, version_tag
from dashboard.text import pick_language, speak
from dashboard.tiles import travels_as_tiles
from dashboard.tiles.served import prepare_tiles, serve_tiles
from dashboard.warmth import warm_up
from layers import barriers, search
from layers.contract import DataError
from layers.watch import Watcher, watcher_of

# Each worker process must know every component library before its first request, or its readers may stay
# on "Loading…": a library registers itself when it is imported.
COMPONENT_LIBRARIES = (dash.dcc, dash.html, dash_ag_grid, dash_bootstrap_components)

VERSION = "0.1.0"
GUNICORN_GIVES_UP = 4
"""The exit code after which gunicorn stops; after any other it starts the worker again and again."""

ROOT = Path(__file__).resolve().parent

INDEX = """<!DOCTYPE html>
<html lang="{lang}"{theme}>
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>"""


class Site(dash.Dash):
    """Dash, with the reader's language in the page's head and 404 for addresses without a page."""

    def index(self, *_args: object, **_kwargs: object) -> Response:
        """The HTML every page starts from; Dash fills it in the browser."""
        if guard.is_page(request.path):
            return Response(super().index(), mimetype="text/html")
        if guard.is_for_programs(request.path):
            abort(404)
        return Response(super().index(), mimetype="text/html", status=404)

    def interpolate_index(self, **parts: str) -> str:
        """The index in the language of `?lang=`, else of the browser."""
        language = pick_language(request.args.get("lang"), request.headers.get("Accept-Language"))
        atlas, address, site = layers.current(), request.full_path, site_address()
        parts["title"] = escape(head.title_of(request.path, atlas, speak(language)))
        parts["metas"] += "\n" + link_tags(atlas, address, language, site)
        if guard.is_page(request.path):
            parts["metas"] += "\n" + head.language_links(address, site)
        parts["metas"] += "\n" + delivery.theme_tags(self) + "\n" + version_tag(atlas, speak(language))
        page, names = head.page_at(request.path)
        first = first_page(page, names, request.args.to_dict(), language, atlas)
        parts["app_entry"] = first + shell.first_words(language, page)
        if first:
            parts["metas"] += "\n" + delivery.MAP_SCRIPT_TAG
        if icon := delivery.asset_url(self, "favicon.svg"):
            parts["favicon"] = f'<link rel="icon" type="image/svg+xml" href="{icon}">'
        parts["scripts"] = delivery.scripts_of_page(parts["scripts"], request.path)
        index = super().interpolate_index(**parts).replace("{lang}", language, 1)
        return index.replace("{theme}", head.theme_marks(request.args.get("theme")), 1)


def create_app(folder: Path | None = None, watcher: Watcher | None = None) -> dash.Dash:
    """The application over the data in `folder`: ATLAS_DATA, or geodata/ beside this file, when None.

    With a watcher it goes on to follow them. Call it once in a process: Dash registers pages and callbacks
    globally. Raises layers.contract.DataError with every fault of the data.
    """
    layers.serve(watcher.begin() if watcher else layers.load(folder or data_folder()))
    site = Site(
        __name__,
        use_pages=True,
        pages_folder="dashboard/pages",
        assets_folder=str(ROOT / "assets"),
        title="Corridor Atlas",
        update_title=None,
        include_pages_meta=False,  # link_tags says more, in the reader's language
        assets_ignore=".",  # they come as one file each
        index_string=INDEX,
        routes_pathname_prefix="/",
        requests_pathname_prefix=setting("ATLAS_BASE_PATH") + "/",
        external_stylesheets=[delivery.bootstrap_url(), bundle_url(ROOT / "assets", "css")],
        external_scripts=[bundle_url(ROOT / "assets", "js")],
        serve_locally=True,
        # Otherwise every index carries the layouts of all pages. tests/test_app.py checks the ids instead.
        suppress_callback_exceptions=True,
    )
    site.layout = shell.layout
    head.name_pages()
    prepare_server(site, watcher)
    return site


def prepare_server(site: dash.Dash, watcher: Watcher | None = None) -> None:
    """Give the web server its routes, limits and headers, and make it ready for the first reader."""
    server: Flask = site.server
    server.config["MAX_CONTENT_LENGTH"] = guard.LARGEST_BODY
    press = Press(cache_folder())
    overload.bound(server)
    serve_snapshots(server, watcher)
    server.before_request(name_version)
    serve_kept(server)
    server.before_request(guard.refuse_long_address)
    server.before_request(guard.refuse_strange_callback(site))
    server.after_request(guard.add_headers(site))
    server.register_error_handler(guard.HTTPException, guard.short_answer)
    server.add_url_rule("/healthz", "healthz", health_of(VERSION, watcher))
    delivery.serve_files(site, press)
    workshop = serve_exports(site)
    serve_embeds(site, workshop)
    serve_presentations(site)
    serve_decks(site, workshop)
    serve_tiles(server)
    put_outside(server, watcher)
    # Dash collects callbacks and scripts at its first index: now, so that no reader meets a worker without.
    with server.test_request_context("/"):
        server.preprocess_request()
        site.index()
    press.order(delivery.first_needs(site))
    press.start()
    make_ready(layers.current())
    if watcher:
        watcher.ready = make_ready_at_leisure


def put_outside(server: Flask, watcher: Watcher | None) -> None:
    """Put around the server what readers behind a proxy and those who watch over it need."""
    count = None
    base, proxies = setting("ATLAS_BASE_PATH"), setting("ATLAS_TRUSTED_PROXIES")
    if setting("ATLAS_METRICS"):
        from dashboard.metrics import serve_metrics  # only here: few need its library

        count = serve_metrics(server, watcher, base)
    if base:
        base_path.mount(server, base)
    if proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=0, x_proto=proxies, x_host=proxies)
    server.wsgi_app = logs.watched(server.wsgi_app, count)


def name_version() -> None:
    """Tell the log which version of the data a request reads."""
    request.environ[logs.VERSION] = layers.current().version


def make_ready(atlas: layers.Atlas) -> None:
    """Have what every page needs of a version of the data before readers get it."""
    for name in geometry.names(atlas):
        geometry.geometry(atlas, name)
    prepare_tiles(atlas)
    prepare_orders(atlas)
    if not travels_as_tiles(atlas, "segments"):  # of so many it takes minutes: the register itself begins it
        barriers.effects(atlas)  # beside the first requests, so that the register is complete


def make_ready_at_leisure(atlas: layers.Atlas) -> None:
    """The same, and what the first search would wait for: readers get the version before meanwhile."""
    make_ready(atlas)
    search.index(atlas)


def data_folder() -> Path:
    """Folder of the data unless another one is named on the command line."""
    return Path(os.environ.get("ATLAS_DATA") or ROOT / "geodata")


def created_or_exit(folder: Path) -> dash.Dash:
    """The application, or the end of the process with one line for each fault of the settings or the data."""
    if found := faults(os.environ):
        sys.exit("Corridor Atlas does not start, because of its settings:\n" + "\n".join(found))
    logs.write_log(setting("ATLAS_LOG"), setting("ATLAS_LOG_LEVEL"))
    try:
        if not setting("ATLAS_DATABASE_URL") and not folder.is_dir():
            sys.exit(f"Corridor Atlas: there is no data folder {folder}")
        watcher = watcher_of(folder, cache_folder())
        site = create_app(folder, watcher)
        watcher.start()
        warm_up(site)
        return site
    except DataError as error:
        sys.exit(f"Corridor Atlas does not start, because of the data in {folder}:\n{error}")
    except (ConnectionError, LookupError) as error:
        sys.exit(f"Corridor Atlas does not start, because of its database: {error}")


def main(arguments: list[str] | None = None) -> None:
    """Serve the atlas on this machine until Ctrl+C."""
    choices = parse_arguments(arguments)
    # A page asks for more files at once than there are threads: no reason to warn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with served_on(choices.host, choices.port):
        check_address(choices.host, choices.port)
    site = created_or_exit(choices.data)
    with served_on(choices.host, choices.port):
        desk = Desk(site.server, choices.host, choices.port)
    print(f"Corridor Atlas {VERSION} on {address(choices.host, desk.port)} (Ctrl+C stops)", flush=True)
    desk.run()


@contextmanager
def served_on(host: str, port: int) -> Iterator[None]:
    """Ends the process with a line where this address cannot be had."""
    try:
        yield
    except (OSError, ValueError) as error:
        sys.exit(f"Corridor Atlas cannot serve on {host}, port {port}: {error}")


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Host, port and data folder; ends the process with a usage line when they make no sense."""
    parser = argparse.ArgumentParser("python app.py", description="Serve Corridor Atlas on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=port_number, default=8050, help="port (%(default)s; 0: a free one)")
    parser.add_argument("--data", type=Path, default=data_folder(), help="data folder (%(default)s)")
    return parser.parse_args(arguments)


def port_number(text: str) -> int:
    """A TCP port, or the error argparse shows."""
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    base = setting("ATLAS_BASE_PATH")
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{base and base + '/'}"


def __getattr__(name: str) -> Flask:
    """`server`, made when a web server such as gunicorn asks for it and not when a test imports this file."""
    if name != "server":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        globals()["server"] = created_or_exit(data_folder()).server
    except SystemExit as ending:
        print(ending.code, file=sys.stderr, flush=True)
        sys.exit(GUNICORN_GIVES_UP)
    return globals()["server"]


if __name__ == "__main__":
    main()
