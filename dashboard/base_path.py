"""The atlas below a path of a host it shares: https://host/atlas/ with ATLAS_BASE_PATH=/atlas.

Inside, every address of the atlas begins with "/": in pages, links, views of decks and agendas. This file is
the one place that puts the base path before them on their way out, and takes it off on their way in. It
changes HTML and JSON where an address stands by the name of its attribute, never in texts: in both, the
quotes around an attribute cannot come from a text. What scripts build themselves goes through `atlasPlace`
(assets/theme.js); what they fetch is placed by assets/data_version.js. Without a base path none of it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response
from werkzeug.utils import redirect

from dashboard.settings import setting

ADDRESSED = "href|src|action|data-keep-view|data-agenda-address"
"""Attributes and properties that hold addresses of pages and files."""

FETCHED = "geodata|rows|drawn|tiles"
"""First parts of addresses with a hash, which stand in figures under many names."""

TAG = re.compile(r"<[a-zA-Z][^<>]*>")
ATTRIBUTE = re.compile(rf'(\s(?:{ADDRESSED})=")(/(?!/)[^"]*)')
SCRIPT_DATA = re.compile(r'(<script type="application/json"[^>]*>)(.*?)(?=</script>)', re.DOTALL)
SLASH = r"(?:/|\\u002f)"  # Dash escapes it in JSON
PROPERTY = re.compile(rf'("(?:{ADDRESSED})":\s*")({SLASH}(?!{SLASH})[^"]*)')
FILE = re.compile(
    rf'((?<!\\)")({SLASH}(?:{FETCHED}){SLASH}(?:[^"\\]|{SLASH})*?\.[0-9a-f]{{12}}(?:\.|{SLASH})(?:[^"\\]|{SLASH})*)(?=")'
)


def mount(server: Flask, base: str) -> None:
    """Put the server below a base path; call it after all functions that are put around requests."""

    def placed(response: Response) -> Response:
        if (there := response.headers.get("Location", "")).startswith("/"):
            response.headers["Location"] = _before(there, base)
        is_plain = not (response.direct_passthrough or response.is_streamed or response.content_encoding)
        if is_plain and "Content-Disposition" not in response.headers and response.mimetype in REWRITTEN:
            text = response.get_data(as_text=True)
            response.set_data(REWRITTEN[response.mimetype](text, base))
        return response

    server.after_request(placed)
    server.wsgi_app = below(server.wsgi_app, base)


def below(inner: Callable[..., Iterable[bytes]], base: str) -> Callable[..., Iterable[bytes]]:
    """The WSGI program at its base path; the root leads there, elsewhere there is nothing."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(f"{base}/"):
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = base, path[len(base) :]
            return inner(environ, start_response)
        if path in ("", "/", base):
            query = environ.get("QUERY_STRING", "")
            return redirect(f"{base}/{'?' + query if query else ''}")(environ, start_response)
        return Response("404 Not Found\n", 404, mimetype="text/plain")(environ, start_response)

    return answered


def placed_json(text: str, base: str) -> str:
    """JSON with its addresses below the base path."""
    for pattern in (PROPERTY, FILE):
        text = pattern.sub(lambda found: found[1] + _before(found[2], base), text)
    return text


def placed_html(text: str, base: str) -> str:
    """HTML with its addresses below the base path, also those in the JSON of its scripts."""

    def tag(found: re.Match[str]) -> str:
        return ATTRIBUTE.sub(lambda one: one[1] + _before(one[2], base), found[0])

    text = SCRIPT_DATA.sub(lambda found: found[1] + placed_json(found[2], base), text)
    return TAG.sub(tag, text)


REWRITTEN = {"text/html": placed_html, "application/json": placed_json}


def inside(path: str) -> str:
    """The path within the atlas of the path of a whole link to it."""
    base = setting("ATLAS_BASE_PATH")
    return path[len(base) :] or "/" if base and f"{path}/".startswith(f"{base}/") else path


def _before(address: str, base: str) -> str:
    """The address below the base path; what stands there already, as Dash writes it, stays."""
    return address if address.replace(r"\u002f", "/").startswith(f"{base}/") else base + address
