"""What every answer carries for safety, and short plain words for whatever cannot be answered."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from dash import Dash, page_registry
from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

from dashboard import sent
from dashboard.logs import ID

LARGEST_BODY = 1_000_000
"""Bytes a reader may send; a callback of the atlas sends a few thousand."""

LONGEST_ADDRESS = 8_000
"""Bytes of path and query: a link of the atlas has half of them at most, an export names one escaped."""

CALLBACK_PATH = "/_dash-update-component"

NOT_PAGES = ("_", "assets/", "bootstrap/", "embed/", "export/", "geodata/", "healthz/", "present/", "tiles/")
"""Beginnings of paths that programs ask for; an unknown one gets short text, not a page."""


def content_security_policy(app: Dash) -> str:
    """The policy under which maps, export and tables work.

    MapLibre draws in workers that it starts from blob: addresses; without them the map is blank and silent.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(app.csp_hashes())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


EMBEDDED = "/embed/"
"""Beginning of the paths of figures that may stand on other people's pages."""

EMBED_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    ]
)

PLAYED = "/present/"
"""Beginning of the paths of presentations, which hold their geometry themselves, at blob: addresses."""

PLAYER_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src blob:",
        "connect-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)

NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'"
NO_PAGES = frozenset(["application/geo+json", "application/json", "text/css", "text/javascript"])
"""Media types of what a browser never shows as a page: a page asks for dozens, so their headers are short."""

POLICIES = {EMBEDDED: EMBED_POLICY, PLAYED: PLAYER_POLICY}
"""By the beginning of a path; all other pages have that of Dash."""


PERMISSIONS = "camera=(), geolocation=(), microphone=()"
"""What no page of ours asks a reader for, whatever came into it."""


def add_headers(app: Dash) -> Callable[[Response], Response]:
    """A function that puts the security headers on an answer."""

    @cache  # asked for with the first answer, when all callbacks are known
    def policy() -> str:
        return content_security_policy(app)

    def with_headers(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Our own requests carry the page's address, which says the language; other hosts learn nothing.
        response.headers["Referrer-Policy"] = "same-origin"
        if response.mimetype in NO_PAGES:
            response.headers["Content-Security-Policy"] = NO_PAGE_POLICY
        else:
            own = next((found for path, found in POLICIES.items() if request.path.startswith(path)), None)
            response.headers["Content-Security-Policy"] = own or policy()
            response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return with_headers


def short_answer(error: HTTPException) -> Response:
    """One line of plain text for an error; of a fault the log has the traceback under the id named here."""
    request_id = request.environ.get(ID, "") if error.code >= 500 else ""
    named = f" (request {request_id})" if request_id else ""
    response = Response(f"{error.code} {error.name}{named}\n", status=error.code, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if error.code == 405 and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def is_page(path: str) -> bool:
    """Is there a page at this path of an address?"""
    asked = path.strip("/")
    return any(
        asked == page["path"].strip("/")
        or bool(page["path_template"] and _matches(asked, page["path_template"].strip("/")))
        for page in page_registry.values()
    )


def is_for_programs(path: str) -> bool:
    """Does a program rather than a reader ask for this unknown path: a file, or a part of Dash?"""
    asked = path.strip("/")
    return asked.startswith(NOT_PAGES) or "." in asked.rpartition("/")[2]


def refuse_long_address() -> None:
    """Answer 414 to an address that is longer than any of ours, before anybody reads it."""
    if len(request.query_string) + len(request.path.encode()) > LONGEST_ADDRESS:
        abort(414)


def refuse_strange_callback(app: Dash) -> Callable[[], None]:
    """A function that answers 400 to what no page of ours has sent, before Dash stumbles over it."""

    def check() -> None:
        if request.path != CALLBACK_PATH or request.method != "POST":
            return
        body = _body()
        output = body.get("output") if isinstance(body, dict) else None
        callback = app.callback_map.get(output) if isinstance(output, str) else None
        if callback is None or not _fits(body, callback):
            abort(400)

    return check


def _body() -> Any:
    """The JSON of a request; 400, 413 or 415 where there is none that can be answered."""
    try:
        body = request.get_json()
        if b"\\u" in request.get_data():
            json.dumps(body, ensure_ascii=False).encode()  # half a letter cannot be written into an answer
    except (RecursionError, UnicodeEncodeError):
        abort(400)
    return body


def _fits(body: dict[str, Any], callback: dict[str, Any]) -> bool:
    """Is the request what Dash's own script makes of this callback, its values in the shapes of ours?"""
    changed = body.get("changedPropIds", [])
    return (
        all(_are_parts(body.get(kind, []), callback[kind]) for kind in ("inputs", "state"))
        and _are_outputs(body.get("outputs"), body["output"])
        and isinstance(changed, list)
        and all(isinstance(one, str) for one in changed)
    )


def _are_parts(given: object, wanted: list[dict[str, Any]]) -> bool:
    """Are these the inputs, or the state, of a callback?"""
    return (
        isinstance(given, list)
        and len(given) == len(wanted)
        and all(_is_part(one, part) for one, part in zip(given, wanted, strict=True))
    )


def _is_part(given: object, part: dict[str, Any]) -> bool:
    """Is it `{id, property, value}` as wanted, or for a pattern such as ALL a list of what fits it?"""
    shape = sent.SHAPES.get((part["id"], part["property"]), sent.anything)
    if not part["id"].startswith("{"):
        return _is_property(given, part["id"], part["property"]) and shape(given.get("value"))
    names = json.loads(part["id"]).keys()
    return (
        isinstance(given, list)
        and len(given) <= sent.MOST_ITEMS
        and all(
            isinstance(one, dict)
            and isinstance(one.get("id"), dict)
            and one["id"].keys() == names
            and all(sent.text(value) for value in one["id"].values())
            and one.get("property") == part["property"]
            and shape(one.get("value"))
            for one in given
        )
    )


def _is_property(given: object, id_: str, name: str) -> bool:
    return isinstance(given, dict) and given.get("id") == id_ and given.get("property") == name


def _are_outputs(given: object, output: str) -> bool:
    """Are these the outputs that "..a.b...c.d.." names: two here, one where it is written "a.b"?"""
    if not output.startswith(".."):
        return _is_property(given, *output.rsplit(".", 1))
    names = output[2:-2].split("...")
    return (
        isinstance(given, list)
        and len(given) == len(names)
        and all(_is_property(one, *name.rsplit(".", 1)) for one, name in zip(given, names, strict=True))
    )


def _matches(path: str, template: str) -> bool:
    parts, wanted = path.split("/"), template.split("/")
    return len(parts) == len(wanted) and all(
        want.startswith("<") or part == want for part, want in zip(parts, wanted, strict=True)
    )
